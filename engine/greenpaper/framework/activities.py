"""Activities, and how many of them follow from each outcome, as checked: numbers or bounds, none of them negative."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from greenpaper.framework import problems
from greenpaper.framework.checked import Activity, Amount, Confidence, Outcome, Titled
from greenpaper.framework.contents import Cite, read_one, read_titled
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import DecisionFile
from greenpaper.framework.written_activities import ActivitiesFile
from greenpaper.framework.written_activities import Amount as WrittenAmount
from greenpaper.framework.written_statements import Titled as WrittenTitled
from greenpaper.source.text import Span

KEYS = ("number", "at_least", "at_most")


def read_activities(reading: Reading[ActivitiesFile] | None, cite: Cite) -> Iterator[tuple[str, Activity]]:
    """Every activity by its id; an amount that is not given, or has a problem, is None."""
    for name, written in reading.written.activities.items() if reading else ():
        assert reading
        inspectors = _amount(reading, written.inspectors, cite, "activities", name, "inspectors")
        days = _amount(reading, written.days_on_site, cite, "activities", name, "days_on_site")
        yield (
            name,
            Activity(
                name,
                written.title,
                inspectors,
                days,
                written.note,
                read_one(reading, "occurs", written.occurs, cite, "activities", name, "occurs"),
                read_one(reading, "notice", written.notice, cite, "activities", name, "notice"),
                _listed(reading, written.products, cite, "activities", name, "products"),
                _listed(reading, written.topics, cite, "activities", name, "topics"),
            ),
        )


def _listed(
    reading: Reading[ActivitiesFile], written: Mapping[str, WrittenTitled], cite: Cite, *path: str
) -> tuple[Titled, ...]:
    return tuple(each for _, each in read_titled(reading, written, cite, *path))


def read_outcomes(
    reading: Reading[DecisionFile], activities: Reading[ActivitiesFile] | None, cite: Cite
) -> Iterator[tuple[str, Outcome]]:
    """Every outcome of a decision by its id, with what follows from it; None where that is not stated."""
    known = activities.written.activities if activities else {}
    for name, written in reading.written.outcomes.items():
        counts = None if written.activities is None else dict(_counts(reading, name, known, cite))
        yield name, Outcome(name, written.title, written.attributes, counts)


def _counts(reading: Reading[DecisionFile], outcome: str, known: Any, cite: Cite) -> Iterator[tuple[str, Amount]]:
    for name, written in (reading.written.outcomes[outcome].activities or {}).items():
        path = ("outcomes", outcome, "activities", name)
        if name not in known:
            reading.found.append(problems.unknown_activity(name, reading.key(*path), known))
        count = _count(reading, written, cite, *path)
        if count:
            yield name, count


def _count(
    reading: Reading[DecisionFile], written: int | float | WrittenAmount, cite: Cite, *path: str
) -> Amount | None:
    """How often an activity follows: whole numbers."""
    if not isinstance(written, WrittenAmount):
        least = Decimal(str(written))
        return Amount(least, least) if _is_whole(reading, least, *path) and _is_some(reading, least, *path) else None
    whole = [_is_whole(reading, value, *path, key) for key, value in _given(written)]
    return _amount(reading, written, cite, *path) if all(whole) else None


def _amount(reading: Reading[Any], written: WrittenAmount | None, cite: Cite, *path: str) -> Amount | None:
    if written is None:
        return None
    citation = cite(reading, written.source, *path, "source")
    given = dict(_given(written))
    if not given or (len(given) > 1 and "number" in given):
        reading.found.append(problems.number_or_bounds(reading.key(*path)))
        return None
    if not all(_is_some(reading, value, *path, key) for key, value in given.items()):
        return None
    least = given.get("number", given.get("at_least", Decimal(0)))
    most = given.get("number", given.get("at_most"))
    if most is not None and least > most:
        places: tuple[Span, Span] = (reading.value(*path, "at_least"), reading.value(*path, "at_most"))
        reading.found.append(problems.least_above_most(*places))
        return None
    return Amount(least, most, Confidence(written.confidence), citation, written.note)


def _given(written: WrittenAmount) -> Iterator[tuple[str, Decimal]]:
    for key in KEYS:
        if (value := getattr(written, key)) is not None:
            yield key, Decimal(str(value))


def _is_some(reading: Reading[Any], value: Decimal, *path: str) -> bool:
    if value < 0:
        reading.found.append(problems.negative_amount(reading.value(*path)))
    return value >= 0


def _is_whole(reading: Reading[Any], value: Decimal, *path: str) -> bool:
    if value % 1:
        reading.found.append(problems.part_of_a_visit(reading.value(*path)))
    return not value % 1
