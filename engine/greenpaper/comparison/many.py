"""Versions side by side over many records: counted by situation, so that each situation that occurs is worked out once.

What is said is what `compare` says of the same records, one by one: totals for each version, and how many move for
certain or perhaps from the first version to each of the others.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from greenpaper.comparison.many_decisions import Decided, ManyDecision
from greenpaper.evaluation.truth import trace
from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.population.batches import Encoding, strangers
from greenpaper.population.classes import Classes, UnlikeFacts, classes_of
from greenpaper.population.counting import Counts, Group, counted
from greenpaper.population.counting_lazily import counted_lazily, held_by_an_engine
from greenpaper.population.many import ON_BAD
from greenpaper.population.streams import batches_of
from greenpaper.population.tables import tables_of
from greenpaper.population.unusable import BadCell, BadCells, UnusableFrame
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Authority, Cell, Record


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one group, or all of them. A group without a name is of those that give none."""

    group: Group
    rows: int
    decisions: tuple[ManyDecision, ...]


@dataclass(frozen=True, slots=True)
class ManyComparison:
    """All records, and by `by` each group of them. `situations` is how many occur.

    `unknown` has for each fact that some version reads in how many records it is not known. `bad` are the first cells
    that could not be used, and counted as unknown, of `bad_count`.
    """

    frameworks: tuple[Framework, ...]
    whole: Part
    by: str | None
    groups: tuple[Part, ...]
    situations: int
    unknown: Mapping[str, int]
    bad: tuple[BadCell, ...]
    bad_count: int
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Where:
    """A condition that chooses records: those of which it is true, not those of which it is unknown."""

    term: Term
    vocabulary: Vocabulary

    def holds(self, cells: Mapping[str, Cell]) -> bool:
        known = facts_of(Record(Authority("", ""), cells), self.vocabulary)[0].known
        return trace(self.term, known).value is True


def compare_many(
    frames: Any,
    versions: Sequence[Framework],
    *,
    by: str | None = None,
    beside: Collection[str] = (),
    on_bad: str = "raise",
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
    where: Where | None = None,
) -> ManyComparison:
    """Every record under every version, counted, and what changes from the first version to each of the others.

    `frames` is a frame of any kind, or a stream: something that gives frames or record batches one after the other, of
    which no more than a few are in memory at once. `by` is a column, each of whose values is also told by itself;
    `beside` names columns that are no facts, and `elsewhere` facts of other versions. `as_of` is the day to which
    months are counted, and `where` chooses records.

    Unknown: an unknown fact leads to a possible move, never to a guess. Errors: UnusableFrame has every cell that
    cannot be used, the first hundred in words, with the number of its row in the whole stream; with
    `on_bad="unknown"` such a cell counts as unknown. TooLarge; UnlikeFacts; UnusableFile;
    UnusableGroups; ValueError for what does not exist.
    """
    if on_bad not in ON_BAD:
        raise ValueError(f"there is no way with bad cells `{on_bad}`: there are {', '.join(ON_BAD)}")
    if not versions:
        raise ValueError("name a version")
    frameworks = tuple(versions)
    for each in frameworks:
        if not isinstance(each, Framework):
            raise TypeError(f"`{each}` is no version that is loaded: `load` makes one of its name")
    encoding = encoding_of(frameworks, as_of, where)
    met = _Met(frameworks, {*beside, by or ""}, elsewhere)
    counts = _counts(frames, encoding, by, met)
    bad = counts.bad
    if on_bad == "raise":
        bad = _together(met.odd, counts.bad)
        if bad.count:
            raise UnusableFrame(bad.first, bad.count)
    if where:
        counts = counts.where(where.holds, facts_read(where.term))
    return _comparison(frameworks, counts, by, bad, as_of)


def encoding_of(frameworks: Sequence[Framework], as_of: date | None, where: Where | None = None) -> Encoding:
    """How the facts that some version or the condition reads become classes. Errors: TooLarge, UnlikeFacts."""
    read = {fact: None for each in frameworks for name in each.decisions for fact in tables_of(each, name).facts}
    more = (where.term,) if where else ()
    read |= dict.fromkeys(fact for term in more for fact in facts_read(term))
    classes = {fact: _classes(fact, tuple(frameworks), more) for fact in read}
    others = dict(_others(tuple(frameworks), classes))
    since = {fact: day for fact in (*classes, *others) if (day := _since(fact, frameworks))}
    return Encoding(classes, since, as_of, others)


@lru_cache(maxsize=1024)
def _classes(fact: str, frameworks: tuple[Framework, ...], more: tuple[Term, ...] = ()) -> Classes:
    """The same each time, so that what is known of them is known the next time."""
    return classes_of(fact, frameworks, more)


def _others(frameworks: tuple[Framework, ...], read: Collection[str]) -> Iterator[tuple[str, Classes]]:
    """The facts on which no answer depends; those that the versions declare unlike are not looked at."""
    every = dict.fromkeys(fact for each in frameworks for fact in each.vocabulary.facts)
    for fact in every:
        if fact not in read:
            with suppress(UnlikeFacts):
                _since(fact, frameworks)
                yield fact, _classes(fact, frameworks)


def _since(fact: str, frameworks: Sequence[Framework]) -> str:
    """The date from which a fact follows; empty where it follows from none. Errors: UnlikeFacts."""
    found = {each.vocabulary.facts[fact].derived for each in frameworks if fact in each.vocabulary.facts}
    if len(found) > 1:
        raise UnlikeFacts(fact)
    derived = next(iter(found))
    return derived.since if derived else ""


class _Met:
    """The columns that were met, and those of them that no version knows."""

    def __init__(self, frameworks: Sequence[Framework], beside: Collection[str], elsewhere: Collection[str]) -> None:
        self.vocabularies, self.beside, self.elsewhere = [each.vocabulary for each in frameworks], beside, elsewhere
        self.columns: set[str] = set()
        self.odd: list[BadCell] = []

    def meet(self, columns: Sequence[str]) -> None:
        fresh = [each for each in columns if each not in self.columns]
        self.columns.update(fresh)
        self.odd += strangers(fresh, self.vocabularies, self.beside, self.elsewhere)


def _counts(frames: Any, encoding: Encoding, by: str | None, met: _Met) -> Counts:
    """What DuckDB or Spark holds is counted there; everything else passes by, batch for batch."""
    held = held_by_an_engine(frames)
    if held:
        met.meet(held.columns)
        return counted_lazily(held, encoding, by)
    wanted = encoding.columns | {by} if by else encoding.columns
    return counted(batches_of(frames, wanted, met.meet), encoding, by=by)


def _together(odd: Sequence[BadCell], met: BadCells) -> BadCells:
    bad = BadCells()
    bad.add(odd, len(odd))
    bad.add(met.first, met.count)
    return bad


def _comparison(
    frameworks: tuple[Framework, ...], counts: Counts, by: str | None, bad: BadCells, as_of: date | None
) -> ManyComparison:
    names = tuple(dict.fromkeys(name for framework in frameworks for name in framework.decisions))
    found = [Decided(name, frameworks, counts) for name in names]
    rows = {number: count for (number,), count in counts.added_up()}
    whole = Part(None, counts.rows, tuple(each.of(None) for each in found))
    groups = tuple(
        Part(group, rows[number], tuple(each.of(number) for each in found))
        for number, group in enumerate(counts.groups)
        if by is not None and number in rows
    )
    return ManyComparison(
        frameworks, whole, by, groups, counts.occurring, counts.unknown(), tuple(bad.first), bad.count, as_of
    )
