"""Records counted by situation, of which there are few, so that what is to be said of each is worked out once.

A situation is one class for each fact. Its number is made of the classes, like digits; the numbers are counted where
they stand while there are few of them, and sorted otherwise. How a stream was cut into batches makes no difference.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import prod
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from numpy.typing import NDArray

from greenpaper.framework.checked import Framework
from greenpaper.population.arrow_columns import listed
from greenpaper.population.batches import Encoding, Reading
from greenpaper.population.classes import Classes
from greenpaper.population.sums import Sums, added_up
from greenpaper.population.tables import Codes, classes_in, smallest, tables_of
from greenpaper.population.tallies import FEW_BINS, MOST_GROUPS, MOST_KEY, Digits, Numbers, Tally, begins
from greenpaper.population.turns import CHUNK, in_turn, placed
from greenpaper.population.unusable import BadCells
from greenpaper.population.walking import walk
from greenpaper.records.facts import Wrong
from greenpaper.records.record import Cell

Group = str | None


class UnusableGroups(ValueError):
    """A column cannot be grouped by: it is not there, has too many values, or values that are lists or the like."""


@dataclass(frozen=True, eq=False)
class Counts:
    """How many records there are of each situation that occurs, in each group: a line for each, in order.

    `group` has for each line a place in `groups`, whose last is None where the column says nothing of some record;
    `columns` has the class of each fact, and `counts` how many records. Without a column to group by there is one
    group, None. Shapes: `group`, `counts` and every column have one number for each line.
    """

    rows: int
    classes: Mapping[str, Classes]
    groups: tuple[Group, ...]
    group: Numbers
    columns: Mapping[str, Codes]
    counts: Numbers
    bad: BadCells

    @cached_property
    def situations(self) -> Mapping[tuple[Group, tuple[int, ...]], int]:
        """The same as a mapping: the group and the classes, in the order of `classes`, to how many."""
        lines = zip(*(column.tolist() for column in self.columns.values()), strict=True) if self.columns else None
        each = lines or iter([()] * len(self.counts))
        named = (self.groups[number] for number in self.group.tolist())
        return dict(zip(zip(named, each, strict=True), self.counts.tolist(), strict=True))

    def concluded(self, framework: Framework, decision: str) -> Codes:
        """For each line the number of the conclusion, in the tables of the decision. Errors: TooLarge."""
        tables, own = tables_of(framework, decision), classes_in(framework)
        columns = {fact: own_numbers(self.classes[fact], own[fact]).take(self.columns[fact]) for fact in tables.facts}
        return walk(tables.steps, columns, len(self.counts))

    def where(self, holds: Callable[[Mapping[str, Cell]], bool], facts: Collection[str]) -> "Counts":
        """Only the situations in which something holds; asked once for each combination of values of the facts."""
        read = [fact for fact in self.classes if fact in facts]
        chosen = np.zeros(len(self.counts), bool)
        for lines, cells in self._distinct(read):
            chosen[lines] = holds(cells)
        return self._only(np.flatnonzero(chosen))

    def _distinct(self, facts: Sequence[str]) -> Iterator[tuple[Numbers, Mapping[str, Cell]]]:
        """The lines of each combination of classes of the facts, with values that stand for it."""
        keys = [self.columns[fact] for fact in facts]
        order = np.lexsort(keys) if keys else np.arange(len(self.counts))
        starts = np.flatnonzero(begins([key[order] for key in keys])) if len(order) and keys else np.zeros(1, int)
        for lines in np.split(order, starts[1:]) if len(order) else ():
            first = int(lines[0])
            yield lines, {fact: self.classes[fact].values[self.columns[fact][first]] for fact in facts}

    def _only(self, at: Numbers) -> "Counts":
        columns = {fact: column[at] for fact, column in self.columns.items()}
        counts = self.counts[at]
        return Counts(int(counts.sum()), self.classes, self.groups, self.group[at], columns, counts, self.bad)

    @property
    def occurring(self) -> int:
        """How many situations occur, each once however many groups it occurs in."""
        if len(self.groups) == 1:
            return len(self.counts)
        return len(added_up(self.counts, np.zeros_like(self.group), *self.columns.values()))

    def added_up(self, *keys: Codes) -> Sums:
        """How many records have each combination of the keys that occurs, in each group: the group comes first.

        Shapes: each key has a number for each line.
        """
        return added_up(self.counts, self.group, *keys)

    def unknown(self) -> Mapping[str, int]:
        """In how many records each fact is not known at all."""
        return {
            fact: int(self.counts[self.columns[fact] == classes.unknown].sum())
            for fact, classes in self.classes.items()
        }


def word_of(classes: Classes, number: int) -> str | None:
    """A class in words: a value, or the gap between two constants; None where nothing is known."""
    if number == classes.unknown:
        return None
    value = classes.values[number]
    return (
        classes.cells.labels[number] if classes.cells else str(value).lower() if isinstance(value, bool) else str(value)
    )


@lru_cache(maxsize=1024)
def own_numbers(classes: Classes, own: Classes) -> Codes:
    """For each class under several versions, the class under one of them; a word that it cannot use is unknown."""
    found = (own.class_of(value) for value in classes.values)
    return np.array([own.unknown if isinstance(each, Wrong) else each for each in found], smallest(len(own)))


# Counting a stream


def counted(batches: Iterable[pa.RecordBatch], encoding: Encoding, *, by: str | None = None) -> Counts:
    """How many records of each situation a stream of batches holds, for each value of the column `by`.

    Cells that cannot be used count as unknown, and are listed with the number of their row. Errors: UnusableGroups.
    """
    radices = tuple(map(len, encoding.classes.values()))
    digits, groups, bad, row = Digits(radices), Groups(by), BadCells(), 0
    tally = Tally(prod(radices) if prod(radices) <= MOST_KEY // (MOST_GROUPS + 1) else MOST_KEY // (MOST_GROUPS + 1))
    bins = tally.size if by is None and tally.size <= FEW_BINS else 0
    for part in in_turn(lambda each: _encoded(digits, by, bins, *each), placed(map(encoding.reading, batches))):
        if part.bins is None:
            tally.add(part.keys, groups.numbered(part))
        else:
            tally.add_bins(part.bins)
        bad.add(part.bad.first, part.bad.count)
        row += part.rows
    keys, counts = tally.found()
    columns = digits.taken_apart(keys % tally.size)
    return in_lines(row, encoding.classes, groups.values, keys // tally.size, columns, counts, bad)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The situations of a batch as numbers; the values of the column to group by, and where each record's is.

    Where there are few and no groups they are counted already: `bins` has how many there are of each.
    """

    rows: int
    keys: Numbers | Codes
    bins: Numbers | None
    values: tuple[Group, ...]
    places: NDArray[Any] | None
    bad: BadCells


def _encoded(digits: "Digits", by: str | None, bins: int, reading: Reading, rows: slice, before: int) -> Encoded:
    bad, count = BadCells(), rows.stop - rows.start
    columns, _ = reading.of(rows, before=before, bad=bad)
    values: tuple[Group, ...] = (None,)
    places: NDArray[Any] | None = None
    if by is not None:
        values, places = _grouped(reading.batch[rows], by)
    keys = digits.joined(tuple(columns.values()), count)
    return Encoded(count, keys, np.bincount(keys, minlength=bins) if bins else None, values, places, bad)


def _grouped(batch: pa.RecordBatch, by: str) -> tuple[tuple[Group, ...], NDArray[Any]]:
    """The distinct values of a column, None last, and the place of each record's value."""
    if by not in batch.schema.names:
        raise UnusableGroups(f"there is no column `{by}` to group by: there are {', '.join(batch.schema.names)}")
    column = batch.column(by)
    if kinds.is_dictionary(column.type) and len(column.dictionary) > CHUNK:
        column = column.dictionary_decode()
    if kinds.is_nested(column.type):
        raise UnusableGroups(f"`{by}` holds {column.type}, which nothing can be grouped by")
    try:
        encoded = column if kinds.is_dictionary(column.type) else pc.dictionary_encode(column)
    except pa.ArrowNotImplementedError:
        raise UnusableGroups(f"`{by}` holds {column.type}, which nothing can be grouped by") from None
    values, places = listed(encoded.dictionary), encoded.indices.cast(pa.int64())
    return (*map(name_of_group, values), None), places.fill_null(len(values)).to_numpy(zero_copy_only=False)


def name_of_group(value: Any) -> Group:
    """A value as a group is called; what is empty says nothing."""
    return None if value is None else (str(value).lower() if isinstance(value, bool) else str(value).strip()) or None


@dataclass(slots=True)
class Groups:
    """The values met so far of the column to group by, in the order in which they were met."""

    column: str | None
    met: dict[Group, int] = field(default_factory=dict)

    @property
    def values(self) -> tuple[Group, ...]:
        return tuple(self.met) if self.column is not None else (None,)

    def numbered(self, part: Encoded) -> Numbers | None:
        """The number of each record's group; None where all are in one. Errors: UnusableGroups."""
        if self.column is None or part.places is None:
            return None
        numbers = np.zeros(len(part.values), np.int64)
        for place in np.flatnonzero(np.bincount(part.places, minlength=len(part.values))).tolist():
            numbers[place] = self.met.setdefault(part.values[place], len(self.met))
        if len(self.met) - (None in self.met) > MOST_GROUPS:
            raise UnusableGroups(
                f"`{self.column}` has more than {MOST_GROUPS:,} values: group by a column that has fewer"
            )
        return numbers.take(part.places)


def in_lines(
    rows: int,
    classes: Mapping[str, Classes],
    groups: tuple[Group, ...],
    group: Numbers,
    columns: Sequence[Codes],
    counts: Numbers,
    bad: BadCells,
) -> Counts:
    """The lines by group and situation, the groups by their names and the one without a name last."""
    named = tuple(sorted(groups, key=lambda each: (each is None, each or "")))
    places = {each: place for place, each in enumerate(named)}
    group = np.array([places[each] for each in groups], np.int64)[group]
    order = np.lexsort((*reversed(columns), group))
    kept = {fact: column[order] for fact, column in zip(classes, columns, strict=True)}
    return Counts(rows, classes, named, group[order], kept, counts[order], bad)
