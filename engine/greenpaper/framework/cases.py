"""Cases file → checked cases: every name in them exists. Whether they hold is found by evaluating them."""

from collections.abc import Iterable, Iterator, Mapping

from greenpaper.framework import problems
from greenpaper.framework.checked import Case, Choice, Decision, Expectation, Status
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import Case as WrittenCase
from greenpaper.framework.written import CasesFile
from greenpaper.language.vocabulary import Vocabulary

STATUS_WORDS = frozenset(status.value for status in Status if status is not Status.DECIDED)

Cases = Reading[CasesFile]


def check_cases(
    reading: Cases, vocabulary: Vocabulary, decisions: Mapping[str, Decision], choices: Iterable[Choice] = ()
) -> Iterator[Case]:
    """Every case of one file, with the names in it that do not exist as problems.

    The names of a case that asks for other options than `choices` are those of another composition, and not looked up.
    """
    first: dict[str, int] = {}
    for number, written in enumerate(reading.written.cases):
        if written.name in first:
            span, earlier = (reading.value("cases", each, "name") for each in (number, first[written.name]))
            reading.found.append(problems.duplicate_id(written.name, "cases", span, earlier))
        first.setdefault(written.name, number)
        if all(_asked(written, choice) == choice.option for choice in choices):
            _look_up(reading, number, written, vocabulary, decisions)
        yield _case(reading, number, written)


def _asked(written: WrittenCase, choice: Choice) -> str:
    return written.options.get(choice.proposal, choice.option if choice.preferred else "")


def _case(reading: Cases, number: int, written: WrittenCase) -> Case:
    return Case(
        name=written.name,
        given=written.given,
        expectations=tuple(
            Expectation(
                name,
                expected.outcome,
                expected.possible or (),
                expected.rule,
                reading.key("cases", number, "expect", name),
            )
            for name, expected in written.expect.items()
        ),
        options=written.options,
        as_of=written.as_of,
        option_places={name: reading.key("cases", number, "options", name) for name in written.options},
        span=reading.value("cases", number, "name"),
    )


def _look_up(
    reading: Cases, number: int, written: WrittenCase, vocabulary: Vocabulary, decisions: Mapping[str, Decision]
) -> None:
    for fact in written.given:
        if fact not in vocabulary.facts:
            span = reading.key("cases", number, "given", fact)
            reading.found.append(problems.unknown_in_case(fact, "fact", span, vocabulary.facts))
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
                declared = vocabulary.decisions[name].span
                span = reading.value(*path, "outcome") if word == expected.outcome else reading.value(*path)
                reading.found.append(problems.unknown_outcome(word, span, decision.outcomes, declared))
        rules = [rule.id for rule in decision.rules]
        if expected.rule and expected.rule not in rules:
            span = reading.value(*path, "rule")
            reading.found.append(problems.unknown_in_case(expected.rule, "rule", span, rules))
