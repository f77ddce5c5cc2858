"""Frames of every kind with the same cells in them, and their columns read back as plain values.

A new kind of frame is one line in `EAGER` or `LAZY`. Columns are lists of plain cells: words, truths, `Decimal`, days, None.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import cycle
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

Columns = Mapping[str, Sequence[Any]]
NOON = time(12, 30)
UNKNOWN_WORDS = ("not known", "Not Applicable", "", "NOT JUDGED SEPARATELY", "unreadable in the source")


def columns_of(records: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Columns:
    """The cells of each fact, one for each record; None where a record says nothing of it."""
    return {name: [record.get(name) for record in records] for name in names}


def values_of(frame: Any, name: str) -> list[Any]:
    """A column of a frame of any kind, with None for every missing value."""
    found = nw.from_native(frame)
    series = (found.collect() if isinstance(found, nw.LazyFrame) else found)[name]
    return [None if no else value for no, value in zip(series.is_null().to_list(), series.to_list(), strict=True)]


# Cells


def said(cells: Sequence[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None]


def plain(cells: Sequence[Any]) -> list[Any]:
    """Whole numbers as int, decimals as float."""
    kind = int if all(cell == int(cell) for cell in said(cells) if isinstance(cell, Decimal)) else float
    return [kind(cell) if isinstance(cell, Decimal) else cell for cell in cells]


def is_of(cells: Sequence[Any], kind: type) -> bool:
    found = said(plain(cells))
    return bool(found) and all(type(cell) is kind for cell in found)


def written(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def in_words(cells: Sequence[Any]) -> list[str]:
    """Everything as text, with a word for a kind of unknown where nothing is known."""
    unknown = cycle(UNKNOWN_WORDS)
    return [next(unknown) if cell is None else written(cell) for cell in cells]


# Arrow


def arrow_column(
    cells: Sequence[Any],
    words: pa.DataType = pa.string(),  # noqa: B008 - a type never changes
    wholes: pa.DataType = pa.int64(),  # noqa: B008
    sizes: pa.DataType = pa.float64(),  # noqa: B008
    days: pa.DataType = pa.date32(),  # noqa: B008
) -> pa.Array:
    if is_of(cells, date):
        return pa.array(cells, pa.date32()).cast(days)
    if pa.types.is_decimal(sizes) and is_of(cells, float):
        return pa.array(cells, sizes)
    kinds = ((str, words), (int, wholes), (float, sizes))
    kind = next((kind for of, kind in kinds if is_of(cells, of)), None)
    if kind is not None and pa.types.is_dictionary(kind):
        return pa.array(plain(cells), kind.value_type).dictionary_encode().cast(kind)
    return pa.array(plain(cells), kind)


def arrow(columns: Columns, **kinds: pa.DataType) -> pa.Table:
    return pa.table({name: arrow_column(cells, **kinds) for name, cells in columns.items()})


def arrow_unsigned(columns: Columns) -> pa.Table:
    return pa.table({
        name: arrow_column(cells, wholes=pa.uint8() if min(said(plain(cells))) >= 0 else pa.int8())
        if is_of(cells, int)
        else arrow_column(cells)
        for name, cells in columns.items()
    })  # fmt: skip


def arrow_dictionaries(columns: Columns, index: pa.DataType) -> pa.Table:
    """Every column as a dictionary, numbers and days as well."""
    encoded = {name: arrow_column(cells).dictionary_encode() for name, cells in columns.items()}
    return pa.table({
        name: column
        if pa.types.is_null(column.type.value_type)
        else column.cast(pa.dictionary(index, column.type.value_type))
        for name, column in encoded.items()
    })  # fmt: skip


def arrow_chunks(columns: Columns) -> pa.Table:
    """Single rows, a chunk without any row, and the rest."""
    whole = arrow_dictionaries(columns, pa.int8())
    parts = [whole.slice(0, 1), whole.slice(1, 1), whole.slice(1, 0), whole.slice(2)]
    return pa.concat_tables(parts)


def arrow_slices(columns: Columns) -> pa.Table:
    """A part of longer arrays, so that neither values nor bits of presence begin at the start of a byte."""
    padded = {name: [*cells[:1] * 5, *cells, *cells[-1:] * 3] for name, cells in columns.items()}
    length = len(next(iter(columns.values())))
    return pa.table({name: arrow_column(cells).slice(5, length) for name, cells in padded.items()})


def arrow_in_words(columns: Columns) -> pa.Table:
    return pa.table({name: in_words(cells) for name, cells in columns.items()})


# pandas


def pandas(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({name: plain(cells) for name, cells in columns.items()})


def pandas_categories(columns: Columns) -> pd.DataFrame:
    """Words as categories, in another order than that of the scale, with one that no row has."""
    frame = pandas(columns)
    for name, cells in columns.items():
        if is_of(cells, str):
            frame[name] = pd.Categorical(cells, [*sorted(set(said(cells)), reverse=True), "not there"])
    return frame


def pandas_objects(columns: Columns) -> pd.DataFrame:
    """Columns of Python objects in which each value is written in another way than the one before."""
    return pd.DataFrame({name: pd.Series(_mixed(cells), dtype=object) for name, cells in columns.items()})


def _mixed(cells: Sequence[Any]) -> list[Any]:
    missing = cycle((None, np.nan, pd.NA, pd.NaT, "not known"))
    return [next(missing) if cell is None else _ways(cell)[number % 3] for number, cell in enumerate(cells)]


def _ways(cell: Any) -> tuple[Any, Any, Any]:
    match cell:
        case bool():
            return cell, np.bool_(cell), written(cell)
        case Decimal():
            return cell, plain([cell])[0], str(cell)
        case date():
            return cell, pd.Timestamp(datetime.combine(cell, NOON)), cell.isoformat()
        case _:
            return cell, cell, np.str_(cell)


# Polars


def polars(columns: Columns, change: Callable[[pl.Series, int], pl.Series] = lambda series, _: series) -> pl.DataFrame:
    made = [pl.Series(name, plain(cells)) for name, cells in columns.items()]
    return pl.DataFrame([change(series, number) for number, series in enumerate(made)])


def as_enum(series: pl.Series, number: int) -> pl.Series:
    """Words as an Enum in another order than the scale's, days as moments."""
    match series.dtype:
        case pl.String:
            return series.cast(pl.Enum(sorted(set(said(series.to_list())), reverse=True)))
        case pl.Date:
            return series.dt.combine(NOON) if number % 2 else series.cast(pl.Datetime("ms"))
        case _:
            return series


def as_categorical(series: pl.Series, number: int) -> pl.Series:
    return series.cast(pl.Categorical) if series.dtype == pl.String else series


WIDTHS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


def in_other_widths(series: pl.Series, number: int, shift: int = 0) -> pl.Series:
    if series.dtype != pl.Int64:
        return series
    fits = WIDTHS if (series.min() or 0) >= 0 else WIDTHS[:5]
    return series.cast(fits[(number + shift + (series.len())) % len(fits)])


def as_floats(series: pl.Series, number: int) -> pl.Series:
    return series.cast(pl.Float64) if series.dtype == pl.Int64 else series


OTHER = {"words": pa.dictionary(pa.int8(), pa.string()), "wholes": pa.int16(), "days": pa.timestamp("us")}

EAGER: Mapping[str, Callable[[Columns], Any]] = {
    "pandas": pandas,
    "pandas, nullable": lambda columns: pandas(columns).convert_dtypes(),
    "pandas, Arrow": lambda columns: pandas(columns).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, categories": pandas_categories,
    "pandas, objects": pandas_objects,
    "Polars": polars,
    "Polars, enum": partial(polars, change=as_enum),
    "Polars, categorical": partial(polars, change=as_categorical),
    "Polars, widths": partial(polars, change=in_other_widths),
    "Polars, floats": partial(polars, change=as_floats),
    "Arrow": arrow,
    "Arrow, large": partial(arrow, words=pa.large_string(), wholes=pa.int8(), days=pa.timestamp("us")),
    "Arrow, views": partial(arrow, words=pa.string_view(), wholes=pa.int32(), sizes=pa.decimal128(12, 4)),
    "Arrow, floats": partial(arrow, wholes=pa.float64(), days=pa.date64()),
    "Arrow, zoned": partial(arrow, wholes=pa.int16(), days=pa.timestamp("ns", "UTC")),
    "Arrow, unsigned": arrow_unsigned,
    "Arrow, dictionaries": partial(arrow_dictionaries, index=pa.int32()),
    "Arrow, small dictionaries": partial(arrow_dictionaries, index=pa.int8()),
    "Arrow, chunks": arrow_chunks,
    "Arrow, slices": arrow_slices,
    "Arrow, words": arrow_in_words,
}
LAZY: Mapping[str, Callable[[Columns], Any]] = {
    "Polars, lazy": lambda columns: polars(columns).lazy(),
    "Polars, lazy enum": lambda columns: polars(columns, change=as_enum).lazy(),
    "DuckDB": lambda columns: duckdb.connect().from_arrow(arrow(columns)),
    "DuckDB, other types": lambda columns: duckdb.connect().from_arrow(arrow(columns, **OTHER)),
}
KINDS = {**EAGER, **LAZY}
