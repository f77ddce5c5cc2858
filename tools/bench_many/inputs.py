"""Seeded records in every shape that a contender may want them in.

All come from the same codes: grades drawn 12, 28, 45 and 15 in a hundred, and one in ten of every fact unknown.
`overall` is the lowest of the four grades, and any grade in one record of twenty: some break the constraints of 2025.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from reference import FACTS, GRADES, UNKNOWN, WITH_OVERALL, Codes

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

SEED = 20260820
SHARES = (0.12, 0.28, 0.45, 0.15)
UNKNOWN_SHARE = 0.10
ODD_SHARE = 0.05
Columns = dict[str, Codes]


def drawn(count: int) -> Columns:
    """So many records, `overall` first."""
    random = np.random.default_rng(SEED)
    edges = np.cumsum(SHARES)[:-1].astype(np.float32)
    grades = [_grades(random, edges, count) for _ in FACTS]
    overall = np.minimum.reduce(grades)
    odd = random.random(count, np.float32) < ODD_SHARE
    overall[odd] = _grades(random, edges, count)[odd]
    for column in (overall, *grades):
        column[random.random(count, np.float32) < UNKNOWN_SHARE] = UNKNOWN
    return dict(zip(WITH_OVERALL, (overall, *grades), strict=True))


def _grades(random: np.random.Generator, edges: np.ndarray, count: int) -> Codes:
    return np.searchsorted(edges, random.random(count, np.float32), side="right").astype(np.uint8)


def polars_typed(columns: Columns) -> "pl.DataFrame":
    """Columns of the type Enum, null where unknown."""
    import polars as pl

    codes = pl.DataFrame({name: pl.Series(codes, dtype=pl.UInt8) for name, codes in columns.items()})
    known = pl.when(pl.all() != UNKNOWN).then(pl.all())
    return codes.select(known).with_columns(pl.all().cat.to(pl.Enum(GRADES))).rechunk()


def polars_strings(columns: Columns) -> "pl.DataFrame":
    import polars as pl

    return polars_typed(columns).cast(pl.String)


def arrow_typed(columns: Columns) -> "pa.Table":
    """Dictionary columns with indices of 8 bits."""
    import pyarrow as pa

    words = pa.array(GRADES)
    made = {
        name: pa.DictionaryArray.from_arrays(pa.array(codes.view(np.int8), mask=codes == UNKNOWN), words)
        for name, codes in columns.items()
    }
    return pa.table(made)


def arrow_strings(columns: Columns) -> "pa.Table":
    import pyarrow as pa

    typed = arrow_typed(columns)
    return pa.table({name: typed[name].cast(pa.string()) for name in typed.column_names})


def pandas_typed(columns: Columns) -> "pd.DataFrame":
    """Categorical columns."""
    import pandas as pd

    of_grades = pd.CategoricalDtype(GRADES, ordered=True)
    signed = {name: np.where(codes == UNKNOWN, -1, codes).astype(np.int8) for name, codes in columns.items()}
    return pd.DataFrame({name: pd.Categorical.from_codes(codes, dtype=of_grades) for name, codes in signed.items()})


def pandas_strings(columns: Columns) -> "pd.DataFrame":
    return pandas_typed(columns).astype("str")


@dataclass(frozen=True, slots=True)
class InDuckDB:
    """A table `records` in the memory of DuckDB."""

    connection: "duckdb.DuckDBPyConnection"

    @property
    def relation(self) -> "duckdb.DuckDBPyRelation":
        return self.connection.table("records")

    def stored(self, made: "duckdb.DuckDBPyRelation") -> "InDuckDB":
        """What was made, worked out into a table of its own."""
        self.connection.execute("drop table if exists answered")
        made.create("answered")
        return self


def duckdb_typed(columns: Columns) -> InDuckDB:
    """Columns of an ENUM type."""
    return _in_duckdb(columns, f"enum{GRADES}")


def duckdb_strings(columns: Columns) -> InDuckDB:
    return _in_duckdb(columns, "varchar")


def _in_duckdb(columns: Columns, kind: str) -> InDuckDB:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 2")
    connection.register("given", arrow_typed(columns))
    cast = ", ".join(f"{name}::varchar::{kind} as {name}" for name in columns)
    connection.execute(f"create table records as select {cast} from given")
    connection.unregister("given")
    return InDuckDB(connection)


def codes_only(columns: Columns) -> list[Codes]:
    return list(columns.values())


def rows_of_codes(columns: Columns) -> list[dict[str, int]]:
    """One dictionary of small integers for each record."""
    lists = [codes.tolist() for codes in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def rows_of_words(columns: Columns, unknown: Any = None) -> list[dict[str, Any]]:
    """One dictionary of words for each record."""
    words = (*GRADES, unknown)
    lists = [[words[code] for code in codes.tolist()] for codes in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def sizes(columns: Columns) -> tuple[int, int]:
    """The bytes of these records as Arrow has them: with one byte and one bit a cell, and as strings."""
    cells = sum(len(codes) for codes in columns.values())
    lengths = np.array([*map(len, GRADES), 0])
    letters = sum(int((np.bincount(codes, minlength=UNKNOWN + 1) * lengths).sum()) for codes in columns.values())
    return cells + cells // 8, cells * 4 + cells // 8 + letters


def only(columns: Columns, names: Sequence[str] = FACTS) -> Columns:
    return {name: columns[name] for name in names}
