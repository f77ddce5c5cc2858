"""What the attributes of a decision are compared with, as checked: they exist, and visits are compared with numbers."""

from collections.abc import Iterator, Mapping

from greenpaper.framework import problems
from greenpaper.framework.checked import Between, Next, Outcome, Sequel
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import DecisionFile
from greenpaper.source.diagnostics import Diagnostic


def check_back_test(reading: Reading[DecisionFile], outcomes: Mapping[str, Outcome]) -> dict[str, Sequel]:
    """Attribute → what it is compared with. Problems are collected by `reading`."""
    return dict(_sequels(reading, outcomes))


def _sequels(reading: Reading[DecisionFile], outcomes: Mapping[str, Outcome]) -> Iterator[tuple[str, Sequel]]:
    attributes = dict.fromkeys(name for outcome in outcomes.values() for name in outcome.attributes)
    for name, written in reading.written.back_test.items():
        key = reading.key("back_test", name)
        if name not in attributes:
            reading.found.append(problems.unknown_attribute(name, key, attributes))
        elif bool(written.next) is bool(written.between):
            reading.found.append(problems.next_or_between(key))
        elif written.next:
            yield name, Next(written.next)
        else:
            reading.found.extend(_not_numbers(reading, name, outcomes))
            yield name, Between(written.between, reading.value("back_test", name, "between"))


def _not_numbers(
    reading: Reading[DecisionFile], attribute: str, outcomes: Mapping[str, Outcome]
) -> Iterator[Diagnostic]:
    for name, outcome in outcomes.items():
        value = outcome.attributes.get(attribute, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            span = reading.value("outcomes", name, "attributes", attribute)
            yield problems.no_number_of_visits(attribute, span, reading.key("back_test", attribute))
