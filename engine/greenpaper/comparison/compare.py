"""Versions side by side over records: totals, and who moves for certain or perhaps.

The first version is the one that the others are compared with, whichever it is. Counts are authorities, each exactly
once for each version; undetermined, without a rule, in conflict and inadmissible are never added to each other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from greenpaper.comparison.pairs import Pair, possible_pairs
from greenpaper.comparison.together import Together, together
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.evaluation.evaluate import Evaluation, Verdict, evaluate_facts
from greenpaper.framework.checked import Framework, Outcome, Status
from greenpaper.language.types import Graded
from greenpaper.records.facts import WrongCell, facts_of
from greenpaper.records.record import Record
from greenpaper.situations.compiled import Answer


class Movement(StrEnum):
    """Whether an authority's answer changes between two versions."""

    NONE = "does not move"
    POSSIBLE = "may move"
    CERTAIN = "moves"


@dataclass(frozen=True, slots=True)
class Row:
    """One record under every version, in their order."""

    record: Record
    evaluations: tuple[Evaluation, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One authority that moves, or may move, from its answer under one version to that under another."""

    row: Row
    before: Verdict
    after: Verdict
    movement: Movement
    pairs: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Moves:
    """Everybody whose answer changes or may change between two versions.

    `not_comparable` says why nothing can be said; it is empty when the two were compared.
    """

    before: Framework
    after: Framework
    moves: tuple[Move, ...]
    not_comparable: str = ""

    def certain(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.movement is Movement.CERTAIN)

    def possible(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.movement is Movement.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Total:
    """How many records have one answer, for each version; None for a version without that decision.

    `label` is an outcome, or those collected together, or a status when no outcome is certain.
    """

    label: tuple[Outcome, ...] | Status
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DecisionComparison:
    """One decision under all versions: totals, and the moves from the first version to each of the others."""

    id: str
    question: str
    totals: tuple[Total, ...]
    moves: tuple[Moves, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """Cells of one record that its facts cannot take; they count as unreadable."""

    record: Record
    cells: tuple[WrongCell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    frameworks: tuple[Framework, ...]
    rows: tuple[Row, ...]
    decisions: tuple[DecisionComparison, ...]
    unusable: tuple[Unusable, ...]
    as_of: date | None


def compare(
    frameworks: Sequence[Framework],
    records: Sequence[Record],
    *,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Comparison:
    """Every record under every framework, and what changes from the first framework to the others.

    Unknown: an unknown fact leads to a possible move, never to a guess. `elsewhere` names facts of other versions,
    which are not applicable here. Cells that cannot be used are listed in `unusable` and count as unreadable.
    """
    known = frozenset(elsewhere).union(*(framework.vocabulary.facts for framework in frameworks))
    judged = words_of(frameworks)
    rows, unusable = [], []
    for record in records:
        typed = [facts_of(record, each.vocabulary, as_of=as_of, elsewhere=known, judged=judged) for each in frameworks]
        wrong = tuple(dict.fromkeys(cell for _, cells in typed for cell in cells))
        if wrong:
            unusable.append(Unusable(record, wrong))
        evaluations = (evaluate_facts(each, facts) for each, (facts, _) in zip(frameworks, typed, strict=True))
        rows.append(Row(record, tuple(evaluations)))
    names = dict.fromkeys(name for framework in frameworks for name in framework.decisions)
    return Comparison(
        tuple(frameworks),
        tuple(rows),
        tuple(_decision(name, frameworks, rows) for name in names),
        tuple(unusable),
        as_of,
    )


def words_of(frameworks: Sequence[Framework]) -> dict[str, frozenset[str]]:
    """Fact → every word by which some of the versions judge it."""
    found: dict[str, frozenset[str]] = {}
    for framework in frameworks:
        for name, fact in framework.vocabulary.facts.items():
            words = fact.type.scale.words if isinstance(fact.type, Graded) else ()
            found[name] = found.get(name, frozenset()).union(words)
    return found


def _decision(name: str, frameworks: Sequence[Framework], rows: Sequence[Row]) -> DecisionComparison:
    questions = dict.fromkeys(each.decisions[name].question for each in frameworks if name in each.decisions)
    question = " / ".join(questions)
    moves = tuple(_moves(name, frameworks[0], frameworks[number], number, rows) for number in range(1, len(frameworks)))
    return DecisionComparison(name, question, tuple(_totals(name, frameworks, rows)), moves)


def _totals(name: str, frameworks: Sequence[Framework], rows: Sequence[Row]) -> list[Total]:
    verdicts = [[row.evaluations[number].decisions.get(name) for row in rows] for number in range(len(frameworks))]
    return totals(name, frameworks, [[(verdict, 1) for verdict in column if verdict] for column in verdicts])


def totals(
    name: str, frameworks: Sequence[Framework], given: Sequence[Collection[tuple[Verdict | Conclusion, int]]]
) -> list[Total]:
    """A line for each outcome of any version, then for each collection of outcomes and each status that occurs.

    `given` has for each version what it says, and of how many records.
    """
    outcomes: dict[str, Outcome] = {}
    for framework in frameworks:
        for outcome in framework.decisions[name].outcomes.values() if name in framework.decisions else ():
            outcomes.setdefault(outcome.id, outcome)

    sums = [_added_up(column) for column in given]

    def line(label: tuple[Outcome, ...] | Status) -> Total:
        said = label if isinstance(label, Status) else frozenset(each.id for each in label)
        counts = (
            found.get(said, 0) if name in framework.decisions else None
            for framework, found in zip(frameworks, sums, strict=True)
        )
        return Total(label, tuple(counts))

    lines = [line((outcome,)) for outcome in outcomes.values()]
    decided = {said for found in sums for said in found if isinstance(said, frozenset)}
    collected = [tuple(each for name, each in outcomes.items() if name in ids) for ids in decided if len(ids) > 1]
    order = list(outcomes)
    lines += [line(each) for each in sorted(collected, key=lambda each: [order.index(one.id) for one in each])]
    statuses = [line(status) for status in Status if status is not Status.DECIDED]
    return lines + [total for total in statuses if any(total.counts)]


def _added_up(column: Iterable[tuple[Verdict | Conclusion, int]]) -> Mapping[frozenset[str] | Status, int]:
    """How many records have each answer: the ids of what was decided, which versions have in common, or the status."""
    found: dict[frozenset[str] | Status, int] = {}
    for answered, count in column:
        decided = answered.status is Status.DECIDED
        said = frozenset(answered.possible[0].outcomes) if decided else answered.status
        found[said] = found.get(said, 0) + count
    return found


def _moves(name: str, before: Framework, after: Framework, number: int, rows: Sequence[Row]) -> Moves:
    versions = together(before, after)
    if reason := versions.why_not_comparable(name):
        return Moves(before, after, (), reason)
    found = (_move(versions, name, number, row) for row in rows)
    return Moves(before, after, tuple(move for move in found if move.movement is not Movement.NONE))


def _move(versions: Together, name: str, number: int, row: Row) -> Move:
    before, after = row.evaluations[0], row.evaluations[number]
    pairs = answer_pairs(versions, name, before, after)
    return Move(row, before.decisions[name], after.decisions[name], movement(pairs), pairs)


def answer_pairs(versions: Together, name: str, before: Evaluation, after: Evaluation) -> frozenset[Pair]:
    """Every possible pair of answers of one decision to one record under two comparable versions."""
    old, new = before.decisions[name], after.decisions[name]
    return pairs_of(old.possible, new.possible, lambda: possible_pairs(versions, name, before.facts, after.facts))


def pairs_of(old: Sequence[Answer], new: Sequence[Answer], jointly: Callable[[], frozenset[Pair]]) -> frozenset[Pair]:
    """Every possible pair of the answers to one record; `jointly` finds those that can be had together."""
    if len(old) == len(new) == 1:
        return frozenset({(old[0], new[0])})
    # Where no completion suits the constraints of both versions, each is taken on its own.
    return jointly() or frozenset(product(old, new))


def movement(pairs: Collection[tuple[Answer, Answer]]) -> Movement:
    """Certain when every possible pair differs, possible when some does."""
    differing = sum(first.behaviour != second.behaviour for first, second in pairs)
    if not differing:
        return Movement.NONE
    return Movement.CERTAIN if differing == len(pairs) else Movement.POSSIBLE
