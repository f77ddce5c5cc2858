"""Invariants files → checked invariants: names that exist, one claim each. Whether they hold is proved above."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from greenpaper.framework import problems
from greenpaper.framework.checked import Condition, Confidence, Decision, Framework, Invariant, Relation, Resolve
from greenpaper.framework.claims import (
    AlwaysAnswered,
    Claim,
    ClaimOfTwo,
    Is,
    IsNot,
    NeverBetterThan,
    NeverWorsensAs,
    SecondIs,
)
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import Invariant as WrittenInvariant
from greenpaper.framework.written import InvariantsFile, RelationsFile
from greenpaper.framework.written import Relation as WrittenRelation
from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.types import Graded
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.source.text import Span

CLAIMS = ("is", "is_not", "never_better_than", "always_answered", "never_worsens_as")
CLAIMS_OF_TWO = ("second_is", "second_is_not")
ENTRIES = "invariants"

Decisions = Mapping[str, Decision]
Loaded = Callable[[str, Span], Framework | None]


def check_invariants(
    reading: Reading[InvariantsFile], vocabulary: Vocabulary, decisions: Decisions
) -> Iterator[Invariant]:
    """Every invariant of the file that can be used, with the mistakes in the others as problems."""
    _check_ids(reading)
    for number, written in enumerate(reading.written.invariants):
        before = len(reading.found)
        _check_shape(reading, number, CLAIMS)
        where = _where(reading, number, vocabulary)
        claim = _claim(reading, number, written, vocabulary, decisions)
        if claim and len(reading.found) == before:
            yield Invariant(
                id=written.id,
                title=written.title,
                decision=written.decision,
                claim=claim,
                confidence=Confidence(written.confidence),
                where=where,
                expected=written.expected == "proved",
                because=written.because,
                note=written.note,
                span=reading.value(ENTRIES, number, "title"),
            )


def check_relations(
    reading: Reading[RelationsFile], load: Loaded, among: Callable[[Sequence[str]], bool]
) -> Iterator[Relation]:
    """Every relation of the file that can be used, with the mistakes in the others as problems.

    `load` gives a version named at a place, or None with its problems said. Only relations whose versions are `among`
    those asked for are looked at.
    """
    _check_ids(reading)
    for number, written in enumerate(reading.written.invariants):
        versions = written.versions
        if among((versions.first, versions.second)):
            before = len(reading.found)
            _check_shape(reading, number, CLAIMS_OF_TWO)
            first = load(versions.first, reading.value(ENTRIES, number, "versions", "first"))
            second = load(versions.second, reading.value(ENTRIES, number, "versions", "second"))
            if first and second and len(reading.found) == before:
                yield from _relation(reading, number, written, first, second)


def _relation(
    reading: Reading[RelationsFile], number: int, written: WrittenRelation, first: Framework, second: Framework
) -> Iterator[Relation]:
    before = len(reading.found)
    where = _where(reading, number, _both(first, second))
    claim = _claim_of_two(reading, number, written, first, second)
    if claim and len(reading.found) == before:
        yield Relation(
            id=written.id,
            title=written.title,
            before=first,
            after=second,
            decision=written.decision,
            claim=claim,
            confidence=Confidence(written.confidence),
            where=where,
            expected=written.expected == "proved",
            because=written.because,
            note=written.note,
            span=reading.value(ENTRIES, number, "title"),
        )


def _both(first: Framework, second: Framework) -> Vocabulary:
    """The facts and groups of both versions; definitions and decisions are those of the first."""
    names, others = first.vocabulary, second.vocabulary
    facts = {**others.facts, **names.facts}
    return Vocabulary(names.title, facts, {**others.groups, **names.groups}, names.definitions, names.decisions)


# What every statement must be


def _check_ids(reading: Reading[Any]) -> None:
    first: dict[str, Span] = {}
    for number, written in enumerate(reading.written.invariants):
        span = reading.value(ENTRIES, number, "id")
        if written.id in first:
            reading.found.append(problems.duplicate_id(written.id, ENTRIES, span, first[written.id]))
        first.setdefault(written.id, span)


def _check_shape(reading: Reading[Any], number: int, claims: Sequence[str]) -> None:
    """Exactly one claim, and a reason when it is expected to fail."""
    written = reading.written.invariants[number]
    if sum(bool(value) for value in _values(written, claims)) != 1:
        reading.found.append(problems.claims_one_thing(claims, reading.value(ENTRIES, number, "id")))
    if written.expected != "proved" and not written.because:
        reading.found.append(problems.refuted_without_reason(reading.value(ENTRIES, number, "expected")))


def _values(written: WrittenInvariant | WrittenRelation, claims: Sequence[str]) -> list[object]:
    keys = {field.alias or name: name for name, field in type(written).model_fields.items()}
    return [getattr(written, keys[claim]) for claim in claims]


def _where(reading: Reading[Any], number: int, vocabulary: Vocabulary) -> Condition | None:
    """The condition under `where`; None when there is none, or when it has problems, which are collected."""
    if not reading.written.invariants[number].where:
        return None
    parsed = reading.condition(ENTRIES, number, "where")
    if parsed is None:
        return None
    term, wrong = check_condition(parsed, vocabulary)
    reading.found.extend(wrong)
    return Condition(term, format_condition(parsed)) if term is not None else None


# Claims


def _claim(
    reading: Reading[InvariantsFile],
    number: int,
    written: WrittenInvariant,
    vocabulary: Vocabulary,
    decisions: Decisions,
) -> Claim | None:
    decision = _decision(reading, number, written.decision, decisions)
    if decision is None:
        return None
    if written.is_:
        return Is(_outcomes(reading, number, "is", written.is_, decision))
    if written.is_not:
        return IsNot(_outcomes(reading, number, "is_not", written.is_not, decision))
    if written.never_better_than:
        _check_order(reading, number, "never_better_than", decision)
        return NeverBetterThan(
            _outcomes(reading, number, "never_better_than", (written.never_better_than,), decision)[0]
        )
    if written.never_worsens_as:
        _check_order(reading, number, "never_worsens_as", decision)
        return NeverWorsensAs(_facts(reading, number, written.never_worsens_as, vocabulary))
    return AlwaysAnswered()


def _claim_of_two(
    reading: Reading[RelationsFile], number: int, written: WrittenRelation, first: Framework, second: Framework
) -> ClaimOfTwo | None:
    before = _decision(reading, number, written.decision, first.decisions)
    after = _decision(reading, number, written.decision, second.decisions) if before else None
    if before is None or after is None:
        return None
    if written.second_is_not:
        return IsNot(_outcomes(reading, number, "second_is_not", written.second_is_not, after))
    if written.second_is in (None, SecondIs.SAME):
        return SecondIs.SAME
    _check_order(reading, number, "second_is", before)
    if set(after.outcomes) - set(before.outcomes):
        odd = next(outcome for outcome in after.outcomes if outcome not in before.outcomes)
        span, declared = reading.value(ENTRIES, number, "second_is"), before.span
        assert declared
        reading.found.append(problems.unknown_outcome(odd, span, before.outcomes, declared))
    return SecondIs(written.second_is)


def _decision(reading: Reading[Any], number: int, name: str, decisions: Decisions) -> Decision | None:
    if name not in decisions:
        span = reading.value(ENTRIES, number, "decision")
        reading.found.append(problems.unknown_in_invariant(name, "decision", span, decisions))
    return decisions.get(name)


def _outcomes(
    reading: Reading[Any], number: int, key: str, named: tuple[str, ...], decision: Decision
) -> tuple[str, ...]:
    assert decision.span
    for position, outcome in enumerate(named):
        if outcome not in decision.outcomes:
            path = (ENTRIES, number, key, position) if len(named) > 1 else (ENTRIES, number, key)
            span = reading.value(*path)
            reading.found.append(problems.unknown_outcome(outcome, span, decision.outcomes, decision.span))
    return named


def _check_order(reading: Reading[Any], number: int, key: str, decision: Decision) -> None:
    if not decision.ordered or decision.resolve is Resolve.EVERY:
        span = reading.key(ENTRIES, number, key)
        help = "write `outcomes_ordered: best to worst` in a decision that gives one outcome at a time"
        reading.found.append(problems.claim_needs_order(f"the outcomes of `{decision.id}`", span, help))


def _facts(
    reading: Reading[InvariantsFile], number: int, named: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The facts named, and the members of groups named, each once; all of them grades of a scale with an order."""
    found: dict[str, None] = {}
    for position, name in enumerate(named):
        span = reading.value(ENTRIES, number, "never_worsens_as", position)
        group = vocabulary.groups.get(name)
        if group is None and name not in vocabulary.facts:
            known = (*vocabulary.facts, *vocabulary.groups)
            reading.found.append(problems.unknown_in_invariant(name, "fact or group", span, known))
            continue
        members = group.members if group else (name,)
        for fact in members:
            kind = vocabulary.facts[fact].type
            if not (isinstance(kind, Graded) and kind.scale.ordered):
                what = f"the values of `{fact}`"
                reading.found.append(problems.claim_needs_order(what, span, "name grades of a scale"))
        found.update(dict.fromkeys(members))
    return tuple(found)
