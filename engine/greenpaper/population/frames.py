"""Frames of every kind, by way of narwhals: what columns they have, their data as Arrow, and columns added to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
from narwhals.exceptions import DuplicateError
from numpy.typing import NDArray

from greenpaper.population.answers import Answers, InWords
from greenpaper.population.turns import READ_AT_ONCE

PLAIN = {str, bool, int, float, Decimal, date}
WORDS = {str, type(None), float}
"""Kinds of values of a column of words, of which a number can only be a missing one: Arrow takes no other."""
FEW_ROWS = 500
"""In so few rows words are quicker to give to Polars one by one than as places."""
NOT_IN_ARROW = ("Int128", "UInt128", "Object")
"""Kinds of columns of Polars that Arrow has no kind for."""


@dataclass(frozen=True, slots=True)
class Eager:
    """A frame whose rows are at hand: pandas, Polars, PyArrow."""

    frame: nw.DataFrame[Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.frame.columns)


@dataclass(frozen=True, slots=True)
class Lazy:
    """A frame that is a question not yet asked: Polars lazy, DuckDB, PySpark."""

    frame: nw.LazyFrame[Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.frame.collect_schema().names())


def frame_of(given: Any) -> Eager | Lazy:
    """The frame as one of two kinds. Errors: TypeError for what is no frame; ValueError for two columns of one name."""
    try:
        found = nw.from_native(given)
    except TypeError:
        raise TypeError(f"a {type(given).__name__} is no frame of pandas, Polars, PyArrow, DuckDB or PySpark") from None
    except DuplicateError as fault:
        raise ValueError(f"the frame has several columns of one name: {fault}") from None
    return Lazy(found) if isinstance(found, nw.LazyFrame) else Eager(found)


def as_arrow(given: Eager, columns: Collection[str]) -> pa.Table:
    """Those of the columns that the frame has, as Arrow data: without a copy wherever the kind of frame allows it."""
    wanted = [name for name in given.columns if name in columns]
    if not wanted:
        return pa.table({"": pa.nulls(len(given.frame))})
    if isinstance(native := given.frame.to_native(), pa.Table):
        return native.select(wanted)
    if given.frame.implementation.is_pandas_like():
        return pa.table({name: _from_pandas(native[name]) for name in wanted})
    part = given.frame[wanted]
    kinds = part.to_native().schema
    written = [_in_words(part[name]) for name, kind in kinds.items() if type(kind).__name__ in NOT_IN_ARROW]
    part = part.with_columns(*written) if written else part
    return pa.RecordBatchReader.from_stream(part.to_native()).read_all()


def _in_words(series: nw.Series[Any]) -> nw.Series[Any]:
    return nw.new_series(series.name, _all_written(series), nw.String, backend=series.implementation)


def _from_pandas(native: Any) -> pa.Array:
    """A column of pandas; one whose values are of several kinds is read by how they are written."""
    try:
        if hasattr(native.array, "codes"):
            found = _from_codes(native.array.codes, native.array.categories)
        else:
            found = pa.array(native, from_pandas=True) if native.dtype != object or _is_of_one_kind(native) else None
    except (pa.ArrowException, OverflowError, TypeError):
        found = None
    if found is None or _is_extension(found):
        return pa.array(_all_written(nw.from_native(native, series_only=True)), pa.string())
    return found


def _from_codes(codes: NDArray[Any], categories: Any) -> pa.DictionaryArray:
    """Codes of which those below zero stand for nothing, without a copy."""
    codes = np.ascontiguousarray(codes)
    there = np.packbits(codes >= 0, bitorder="little")
    buffers = [pa.py_buffer(there), pa.py_buffer(codes)]
    places = pa.Array.from_buffers(pa.from_numpy_dtype(codes.dtype), len(codes), buffers)
    return pa.DictionaryArray.from_arrays(places, pa.array(categories, from_pandas=True), safe=False)


def _is_of_one_kind(native: Any) -> bool:
    """Whether Arrow takes the values for what they are: it makes numbers of truths where there are numbers, too."""
    found = set(map(type, native.to_numpy()))
    if found <= WORDS:
        return True
    found = set(map(type, native.dropna().tolist()))
    return (len(found) <= 1 and found <= PLAIN) or found == {int, float}


def _is_extension(column: pa.Array) -> bool:
    return isinstance(column.type, pa.BaseExtensionType)


def _all_written(series: nw.Series[Any]) -> list[str | None]:
    missing = series.is_null().to_list()
    return [None if no else _written(each) for no, each in zip(missing, series.to_list(), strict=True)]


def _written(value: Any) -> str:
    """How a table has the value: a moment as its day."""
    match value:
        case bool() | np.bool_():
            return str(value).lower()
        case datetime():
            return value.date().isoformat()
        case _:
            return str(value)


def added(given: Eager, columns: Mapping[str, Answers]) -> Any:
    """The frame with more columns, as the kind it is."""
    native, backend = given.frame.to_native(), given.frame.implementation
    if isinstance(native, pa.Table):
        return reduce(lambda table, name: table.append_column(name, _as_arrow(columns[name])), columns, native)
    if backend.is_polars():
        return _added_to_polars(native, backend.to_native_namespace(), columns)
    if backend.is_pandas():
        return _added_to_pandas(native, backend.to_native_namespace(), columns)
    more = nw.from_arrow(pa.table({name: _as_arrow(each) for name, each in columns.items()}), backend=backend)
    return given.frame.with_columns(*more.iter_columns()).to_native()


def _as_arrow(column: Answers) -> pa.Array:
    return column.as_arrow if isinstance(column, InWords) else pa.array(column)


def _added_to_pandas(native: Any, pandas: Any, columns: Mapping[str, Answers]) -> Any:
    made = {name: _as_pandas(pandas, column) for name, column in columns.items()}
    return native.assign(**{name: pandas.Series(each, index=native.index, copy=False) for name, each in made.items()})


def _as_pandas(pandas: Any, column: Answers) -> Any:
    """A column of words as categories whose codes are the places; where there is no word, the code is below zero."""
    if not isinstance(column, InWords):
        return column
    wide = len(column.words) > np.iinfo(column.places.dtype).max // 2
    codes = column.places.astype(f"u{2 * column.places.itemsize}") if wide else column.places
    if column.present is not None:
        _fill_absent(codes, column.present)
    return pandas.Categorical.from_codes(codes.view(f"i{codes.itemsize}"), dtype=_categories(pandas, column.words))


def _fill_absent(codes: NDArray[Any], present: pa.BooleanArray) -> None:
    """Sets every bit where there is no word; some rows at a time, since the whole would take as much as a column."""
    bits = np.frombuffer(present.buffers()[1] or b"", np.uint8)
    for first in range(0, len(codes), READ_AT_ONCE):
        part = codes[first : first + READ_AT_ONCE]
        there = np.unpackbits(bits[first // 8 :], count=len(part), bitorder="little")
        part |= np.subtract(there, 1, dtype=codes.dtype)


def _added_to_polars(native: Any, polars: Any, columns: Mapping[str, Answers]) -> Any:
    """Polars makes all columns of words from their places at once, and quickest where none of them is missing."""
    if len(native) <= FEW_ROWS:
        return native.hstack([_of_few(polars, name, each) for name, each in columns.items()])
    words = {name: each for name, each in columns.items() if isinstance(each, InWords)}
    numbers = {name: each.places if isinstance(each, InWords) else each for name, each in columns.items()}
    kinds = {name: _enum(polars, each.words) for name, each in words.items()}
    made = polars.from_arrow(pa.table(numbers)).with_columns(polars.col(name).cat.to(kinds[name]) for name in words)
    there = {name: polars.from_arrow(each.present) for name, each in words.items() if each.present is not None}
    missing = {name: polars.Series([None], dtype=kinds[name]) for name in there}
    return native.hstack(
        [made[name].zip_with(there[name], missing[name]) if name in there else made[name] for name in columns]
    )


def _of_few(polars: Any, name: str, column: Answers) -> Any:
    """A column of few rows, for which what Polars does once for all of them would take the longest."""
    if isinstance(column, InWords):
        return polars.Series(name, column.listed, dtype=polars.String).cast(_enum(polars, column.words))
    return polars.Series(name, column)


@lru_cache(maxsize=256)
def _enum(polars: Any, words: tuple[str, ...]) -> Any:
    return polars.Enum(words)


@lru_cache(maxsize=256)
def _categories(pandas: Any, words: tuple[str, ...]) -> Any:
    return pandas.CategoricalDtype(words)
