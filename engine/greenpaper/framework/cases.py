"""Cases file → checked cases: every name in them exists. Whether they hold is found by evaluating them."""

from collections.abc import Iterator, Mapping

from greenpaper.framework import problems
from greenpaper.framework.checked import Case, Decision, Expectation, Status
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import Case as WrittenCase
from greenpaper.framework.written import CasesFile
from greenpaper.language.vocabulary import Vocabulary

STATUS_WORDS = frozenset(status.value for status in Status if status is not Status.DECIDED)

Cases = Reading[CasesFile]


def check_cases(reading: Cases, vocabulary: Vocabulary, decisions: Mapping[str, Decision]) -> Iterator[Case]:
    """Every case of one file whose names all exist."""
    first: dict[str, int] = {}
    for number, written in enumerate(reading.written.cases):
        if written.name in first:
            span, earlier = (reading.value("cases", each, "name") for each in (number, first[written.name]))
            reading.found.append(problems.duplicate_id(written.name, "cases", span, earlier))
        first.setdefault(written.name, number)
        yield _case(reading, number, written, vocabulary, decisions)


def _case(
    reading: Cases, number: int, written: WrittenCase, vocabulary: Vocabulary, decisions: Mapping[str, Decision]
) -> Case:
    for fact in written.given:
        if fact not in vocabulary.facts:
            span = reading.key("cases", number, "given", fact)
            reading.found.append(problems.unknown_in_case(fact, "fact", span, vocabulary.facts))
    return Case(
        name=written.name,
        given=written.given,
        expectations=tuple(_expectations(reading, number, written, decisions)),
        options=written.options,
        as_of=written.as_of,
        span=reading.value("cases", number, "name"),
    )


def _expectations(
    reading: Cases, number: int, written: WrittenCase, decisions: Mapping[str, Decision]
) -> Iterator[Expectation]:
    for name, expected in written.expect.items():
        path = ("cases", number, "expect", name)
        key = reading.key(*path)
        if name not in decisions:
            reading.found.append(problems.unknown_in_case(name, "decision", key, decisions))
            continue
        decision = decisions[name]
        if bool(expected.outcome) is bool(expected.possible):
            reading.found.append(problems.says_two_things(key))
        for word in (expected.outcome, *(expected.possible or ())):
            if word and word not in decision.outcomes and word not in STATUS_WORDS:
                declared = decision.span or key
                span = reading.value(*path, "outcome") if word == expected.outcome else reading.value(*path)
                reading.found.append(problems.unknown_outcome(word, span, decision.outcomes, declared))
        rules = [rule.id for rule in decision.rules]
        if expected.rule and expected.rule not in rules:
            span = reading.value(*path, "rule")
            reading.found.append(problems.unknown_in_case(expected.rule, "rule", span, rules))
        yield Expectation(name, expected.outcome, expected.possible or (), expected.rule, key)
