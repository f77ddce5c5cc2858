"""All columns of answers of a decision in one number for each record, so that they cost one look-up together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from greenpaper.population.answers import Column, words
from greenpaper.population.tables import Codes, Step, Tables

Presence = tuple[bool, ...]
"""For each conclusion, whether a column has a word."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Some neighbouring bits of an entry: the lowest of them, and how many. No more than eight are within one byte."""

    first: int
    count: int

    @property
    def byte(self) -> int | None:
        """The byte that they are in, from the lowest; None where they are in several."""
        return self.first // 8 if self.count <= 8 else None


class Entries:
    """Entries as they are looked up, taken apart into bytes as far as these are asked for."""

    def __init__(self, entries: Codes) -> None:
        self.entries, self._bytes = entries, dict[int, Codes]()

    def put(self, bits: Bits, into: NDArray[Any]) -> None:
        """Writes the numbers that stand in some bits of each entry; only other bits beside them cost a pass."""
        found, first = (self.entries, bits.first) if bits.byte is None else (self._byte(bits.byte), bits.first % 8)
        beyond = 8 * found.itemsize - first - bits.count
        if first:
            found = np.right_shift(found, first, out=into, casting="unsafe")
        if beyond:
            np.bitwise_and(found, (1 << bits.count) - 1, out=into, casting="unsafe")
        elif not first:
            into[:] = found

    def truths(self, bits: Bits) -> pa.BooleanArray:
        """The same of a single bit."""
        assert bits.byte is not None
        packed = np.packbits(self._byte(bits.byte) & (1 << bits.first % 8), bitorder="little")
        return pa.BooleanArray.from_buffers(pa.bool_(), len(self.entries), [None, pa.py_buffer(packed)])

    def _byte(self, number: int) -> Codes:
        if number not in self._bytes:
            self._bytes[number] = np.empty(len(self.entries), np.uint8)
            np.right_shift(self.entries, 8 * number, out=self._bytes[number], casting="unsafe")
        return self._bytes[number]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The answers of one decision as they come out of its tables, all columns asked for in one entry.

    `steps` are those of the tables, the last of which leads to entries. In the column of possible answers stands the
    number of the conclusion, in the others the place of one of its `words`, and zero where there is none. Whether there
    is one is a bit, which columns that agree on it share; `presence` has none for a column that always has a word.
    """

    tables: Tables
    words: Mapping[Column, tuple[str, ...]]
    columns: Mapping[Column, Bits]
    presence: Mapping[Column, Bits]
    steps: tuple[Step, ...]

    def empty(self, records: int) -> Mapping[Column, Codes]:
        """A place for the numbers of each column, in memory of Arrow's, which is quicker to have than new memory."""
        return {column: _empty(records, _whole(bits.count)) for column, bits in self.columns.items()}

    def read(self, entries: Codes, into: Mapping[Column, Codes]) -> Mapping[Bits, pa.BooleanArray]:
        """Puts the numbers of each column where they belong, and tells which records have a word."""
        apart = Entries(entries)
        for column, bits in self.columns.items():
            apart.put(bits, into[column])
        return {bits: apart.truths(bits) for bits in {*self.presence.values()}}


def _empty(records: int, kind: type[np.unsignedinteger]) -> Codes:
    return np.frombuffer(pa.allocate_buffer(records * np.dtype(kind).itemsize), kind)


def _whole(bits: int) -> type[np.unsignedinteger]:
    """The narrowest whole numbers of so many bits."""
    return next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if bits <= 8 * np.dtype(kind).itemsize)


@lru_cache(maxsize=256)
def layout(tables: Tables, columns: tuple[Column, ...]) -> Layout:
    """How the columns asked for come out of the tables of one decision."""
    numbers, present = dict[Column, list[int]](), dict[Column, Presence]()
    for column in columns:
        numbers[column], there = _numbers(tables, column)
        if not all(there):
            present[column] = there
    lists: list[Sequence[int]] = [*numbers.values(), *dict.fromkeys(present.values())]
    places = [*_placed([max(each).bit_length() for each in lists])]
    entries = np.zeros(len(tables.conclusions), _whole(max((bits.first + bits.count for bits in places), default=0)))
    for each, bits in zip(lists, places, strict=True):
        entries |= np.array(each, entries.dtype) << bits.first
    of_presence = dict(zip(dict.fromkeys(present.values()), places[len(numbers) :], strict=True))
    *before, last = tables.steps
    return Layout(
        tables,
        {column: words(tables, column)[0] for column in columns if column is not Column.POSSIBLE},
        dict(zip(numbers, places, strict=False)),
        {column: of_presence[each] for column, each in present.items()},
        (*before, Step(last.facts, last.arities, entries[last.table])),
    )


def _placed(counts: Sequence[int]) -> Iterator[Bits]:
    """So many bits each, one after the other, but none over the edge of a byte that fits in one."""
    first = 0
    for count in counts:
        if count <= 8 < first % 8 + count:
            first += -first % 8
        yield Bits(first, count)
        first += count


def _numbers(tables: Tables, column: Column) -> tuple[list[int], Presence]:
    """For each conclusion its number in a column, and whether it has one."""
    if column is Column.POSSIBLE:
        return [*range(len(tables.conclusions))], (True,) * len(tables.conclusions)
    listed, of_each = words(tables, column)
    place = {word: number for number, word in enumerate(listed)}
    return [place.get(word or "", 0) for word in of_each], tuple(word is not None for word in of_each)
