"""Conclusions of many records as columns of Arrow data: outcome, status, the possible answers, the deciding rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework, Status
from greenpaper.population.tables import Codes, Step, Tables, smallest, tables_of
from greenpaper.population.walking import CHUNK


class Column(StrEnum):
    """What is told of each decision; the column of a frame is called by the decision and this."""

    OUTCOME = "outcome"
    STATUS = "status"
    POSSIBLE = "possible"
    RULE = "rule"


def possible_answers(framework: Framework) -> Mapping[str, tuple[Conclusion, ...]]:
    """For each decision, what each code in its column of possible answers stands for. Errors: TooLarge."""
    return {name: tables_of(framework, name).conclusions for name in framework.decisions}


def words(tables: Tables, column: Column) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """The words of a column, and for each conclusion the one it has; None where it has none."""
    match column:
        case Column.OUTCOME:
            return tuple(tables.decision.outcomes), tuple(each.outcome for each in tables.conclusions)
        case Column.STATUS:
            return tuple(each.value for each in Status), tuple(each.status.value for each in tables.conclusions)
        case Column.RULE:
            return tuple(rule.id for rule in tables.decision.rules), tuple(each.rule for each in tables.conclusions)
        case Column.POSSIBLE:
            raise AssertionError("the possible answers are numbers")


def name_of(decision: str, column: Column) -> str:
    """How a column of answers is called in a frame."""
    return f"{decision}_{column}"


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The answers of one decision as they come out of its tables: for each record one number in each column asked for.

    `steps` are those of the tables, the last of which leads to all columns at once. A number in the column of possible
    answers is that of the conclusion, in the others the place of a word, or `none` where there is none.
    """

    tables: Tables
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]

    @property
    def dtypes(self) -> Mapping[Column, np.dtype[Any]]:
        """The type of the numbers in each column."""
        dtype: Any = self.steps[-1].table.dtype
        return {column: dtype[column.value] for column in self.columns}


@lru_cache(maxsize=256)
def layout(tables: Tables, columns: tuple[Column, ...]) -> Layout:
    """How the columns asked for come out of the tables of one decision."""
    numbers = {column: _numbers(tables, column) for column in columns}
    named = [(column.value, each.dtype) for column, each in numbers.items()]
    width = 1 << (np.dtype(named).itemsize - 1).bit_length() if named else 1  # a width that is looked up quickly
    offsets = np.cumsum([0, *(each.dtype.itemsize for each in numbers.values())])[:-1]
    spec: Any = {
        "names": [n for n, _ in named],
        "formats": [t for _, t in named],
        "offsets": offsets,
        "itemsize": width,
    }
    packed = np.zeros(len(tables.conclusions), np.dtype(spec))
    for column, each in numbers.items():
        packed[column.value] = each
    *before, last = tables.steps
    return Layout(tables, columns, (*before, Step(last.facts, last.arities, packed[last.table])))


def _numbers(tables: Tables, column: Column) -> Codes:
    if column is Column.POSSIBLE:
        return np.arange(len(tables.conclusions), dtype=smallest(len(tables.conclusions)))
    listed, of_each = words(tables, column)
    kind = smallest(len(listed))
    return np.array([none(kind) if each is None else listed.index(each) for each in of_each], kind)


def none(kind: type[np.unsignedinteger]) -> int:
    """The number that is no place of a word."""
    return int(np.iinfo(kind).max)


@dataclass(frozen=True, slots=True)
class InWords:
    """A column of words: the words once, for each record the place of its own, and where there is one at all.

    `present` has a bit for each record, lowest first, or is None where every record has a word.
    """

    words: tuple[str, ...]
    places: Codes
    present: NDArray[np.uint8] | None

    @property
    def as_arrow(self) -> pa.DictionaryArray:
        """The column as Arrow data, without a copy."""
        return pa.DictionaryArray.from_arrays(self.places_as_arrow, pa.array(self.words, pa.string()), safe=False)

    @property
    def places_as_arrow(self) -> pa.Array:
        """The places alone as Arrow data, without a copy."""
        present = None if self.present is None else pa.py_buffer(self.present)
        kind = pa.from_numpy_dtype(self.places.dtype)
        return pa.Array.from_buffers(kind, len(self.places), [present, pa.py_buffer(self.places)])


Answers = Codes | InWords


def answer_columns(asked: Layout, numbers: Mapping[Column, Codes]) -> Iterator[tuple[str, Answers]]:
    """The columns of one decision with their names, given the numbers of each. Numbers of no word become zero."""
    for column, each in numbers.items():
        name = name_of(asked.tables.decision.id, column)
        yield name, each if column is Column.POSSIBLE else _in_words(each, *words(asked.tables, column))


def _in_words(places: Codes, listed: tuple[str, ...], of_each: Sequence[str | None]) -> InWords:
    if None not in of_each:
        return InWords(listed, places, None)
    present = np.empty((len(places) + 7) // 8, np.uint8)
    for first in range(0, len(places), CHUNK):
        part = places[first : first + CHUNK]
        there = part != none(places.dtype.type)
        present[first // 8 : (first + CHUNK) // 8] = np.packbits(there, bitorder="little")
        part *= there
    return InWords(listed, places, present)
