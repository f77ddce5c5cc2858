"""greenpaper on frames of four libraries, with typed columns and with strings."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import numpy as np
from contender import Answers, Contender, Input, codes_of
from inputs import (
    Columns,
    InDuckDB,
    arrow_strings,
    arrow_typed,
    duckdb_strings,
    duckdb_typed,
    pandas_strings,
    pandas_typed,
    polars_strings,
    polars_typed,
)
from reference import DECISION, OUTCOMES, STATUSES, Codes, framework, truth

import greenpaper as gp

ALL, TWO = ("outcome", "status", "possible", "rule"), ("outcome", "status")


def evaluated(columns: Collection[str], version: str = "2026") -> Callable[[], Callable[[Any], Any]]:
    def start() -> Callable[[Any], Any]:
        read_in = framework(version)
        return lambda frame: gp.evaluate_many(read_in, frame, columns=columns)

    return start


def in_duckdb(columns: Collection[str]) -> Callable[[], Callable[[InDuckDB], InDuckDB]]:
    """The relation that comes back is worked out into a table, as the SQL by hand is."""

    def start() -> Callable[[InDuckDB], InDuckDB]:
        version = framework("2026")
        return lambda given: given.stored(gp.evaluate_many(version, given.relation, columns=columns))

    return start


def reader(version: str = "2026") -> Callable[[Any], Answers]:
    """Whichever of the four columns there are."""

    def read(frame: Any) -> Answers:
        words = {"outcome": OUTCOMES, "status": STATUSES, "rule": truth(version).rules}
        there = {name for name in ALL if f"{DECISION}_{name}" in names(frame)}
        made = {name: codes_of(column(frame, name), words[name]) for name in words if name in there}
        if "possible" in there:
            made["possible"] = numbered(version)[column(frame, "possible").to_numpy()]
        return made

    return read


def names(frame: Any) -> Collection[str]:
    return frame.column_names if hasattr(frame, "column_names") else frame.columns


def column(frame: Any, name: str) -> Any:
    import polars as pl

    found = frame[f"{DECISION}_{name}"]
    if type(found).__module__.startswith("pandas"):
        return pl.from_pandas(found)
    return found if isinstance(found, pl.Series) else pl.Series(pl.from_arrow(found))


@cache
def numbered(version: str) -> Codes:
    """The codes of greenpaper's `possible` → the numbers that the reference has for the same answers."""
    numbers = {each: number for number, each in enumerate(dict.fromkeys(truth(version).possible))}
    entries = gp.possible_answers(framework(version))[DECISION]
    sets = (frozenset((answer.status.value, answer.outcomes) for answer in entry.possible) for entry in entries)
    return np.array([numbers[each] for each in sets], dtype=np.uint8)


def read_duckdb(given: InDuckDB) -> Answers:
    return reader()(given.connection.table("answered").pl())


def contender(kind: str, input_: Input, prepare: Callable[[Columns], Any], columns: Collection[str] = ALL) -> Contender:
    duckdb = kind == "DuckDB"
    return Contender(
        f"greenpaper on {kind}, {len(columns)} columns, {input_.value}",
        "greenpaper",
        input_,
        "all four columns" if len(columns) == 4 else "outcome and status",
        prepare,
        in_duckdb(columns) if duckdb else evaluated(columns),
        read_duckdb if duckdb else reader(),
    )


CONTENDERS = [
    contender("Polars", Input.TYPED, polars_typed),
    contender("Polars", Input.TYPED, polars_typed, TWO),
    contender("Arrow", Input.TYPED, arrow_typed),
    contender("pandas", Input.TYPED, pandas_typed),
    contender("DuckDB", Input.TYPED, duckdb_typed),
    contender("Polars", Input.STRINGS, polars_strings),
    contender("Polars", Input.STRINGS, polars_strings, TWO),
    contender("Arrow", Input.STRINGS, arrow_strings),
    contender("pandas", Input.STRINGS, pandas_strings),
    contender("DuckDB", Input.STRINGS, duckdb_strings),
]
