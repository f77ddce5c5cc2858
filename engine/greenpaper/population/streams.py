"""What records can come as: a frame of any kind, an open file, or a stream of these; all read as batches of Arrow."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from greenpaper.population.files import File
from greenpaper.population.frames import Eager, Lazy, as_arrow, frame_of
from greenpaper.population.lazily import polars_batches
from greenpaper.population.turns import READ_AT_ONCE

Meet = Callable[[Sequence[str]], None]


def batches_of(given: Any, columns: Collection[str], meet: Meet) -> Iterator[pa.RecordBatch]:
    """The batches of a frame or a stream of frames, with those of the columns that are there.

    `meet` is told all columns of each frame before its first batch. Errors: TypeError for what is neither.
    """
    for each in _frames(given):
        yield from _batches(each, columns, meet)


def _frames(given: Any) -> Iterable[Any]:
    if isinstance(given, (pa.RecordBatch, pa.Table, File)):
        return (given,)
    if isinstance(given, pa.RecordBatchReader):
        return given  # type: ignore[no-any-return]
    try:
        frame_of(given)
    except TypeError:
        if isinstance(given, (str, bytes, dict)) or not isinstance(given, Iterable):
            raise
        return given
    return (given,)


def _batches(given: Any, columns: Collection[str], meet: Meet) -> Iterator[pa.RecordBatch]:
    if isinstance(given, pa.RecordBatch):
        _check_names(given.schema.names)
        meet(given.schema.names)
        wanted = [name for name in given.schema.names if name in columns]
        yield given.select(wanted) if wanted else _empty(len(given))
        return
    if isinstance(given, File):
        meet(given.columns)
        yield from given.batches(columns)
        return
    frame = frame_of(given)
    meet(frame.columns)
    if isinstance(frame, Eager):
        yield from as_arrow(frame, columns).to_batches()
    else:
        yield from _lazily(frame, frozenset(columns))


def _lazily(given: Lazy, columns: frozenset[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a question not yet asked: those of Polars and DuckDB a few at a time."""
    if given.frame.implementation.is_polars():
        yield from polars_batches(given, columns)
        return
    part = given.frame.select([name for name in given.columns if name in columns] or given.columns[0])
    if part.implementation.is_duckdb():
        yield from part.to_native().to_arrow_reader(READ_AT_ONCE)
    else:
        yield from part.collect("pyarrow").to_native().to_batches(max_chunksize=READ_AT_ONCE)


def _check_names(names: Sequence[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"the frame has several columns of one name: `{twice}`")


def _empty(rows: int) -> pa.RecordBatch:
    """As many records of which nothing is known."""
    return pa.record_batch({"": pa.nulls(rows)})
