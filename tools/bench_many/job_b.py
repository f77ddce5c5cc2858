"""Job B: how many records move from what to what between 2025 and 2026; greenpaper and by hand.

By hand the records are counted by situation, and the answers to each of the 3,125 are looked up in two tables. These
are of the reference: nobody wrote down what the constraints of 2025 leave possible.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl
from contender import Answers, Contender, Input
from inputs import Columns, InDuckDB, arrow_typed, codes_only, duckdb_typed, polars_strings, polars_typed
from own import ALL, evaluated, reader
from reference import (
    GRADES,
    LABELS,
    UNKNOWN,
    WITH_OVERALL,
    Codes,
    framework,
    partial_records,
    place_of,
    truth,
)

import greenpaper as gp

VERSIONS = ("2025", "2026")
ENUM = pl.Enum(GRADES)


def compared() -> Callable[[Any], Any]:
    versions = [framework(version) for version in VERSIONS]
    return lambda frame: gp.compare_many(frame, versions)


def by_polars(kind: Any = ENUM) -> Callable[[pl.DataFrame], pl.DataFrame]:
    answers = table().cast(dict.fromkeys(WITH_OVERALL, kind))
    return lambda frame: frame.group_by(WITH_OVERALL).len().join(answers, on=WITH_OVERALL, nulls_equal=True)


def by_polars_places() -> Callable[[pl.DataFrame], np.ndarray]:
    """The place of each record as one expression, and numpy counts the places."""
    codes = (pl.col(fact).to_physical().fill_null(UNKNOWN).cast(pl.UInt16) for fact in WITH_OVERALL)
    place = sum(code * (UNKNOWN + 1) ** (4 - number) for number, code in enumerate(codes))
    both = both_labels()
    return lambda frame: summed(np.bincount(frame.select(place).to_series().to_numpy(), minlength=len(both)), both)


def by_duckdb() -> Callable[[InDuckDB], pl.DataFrame]:
    answers = table()
    counted = f"select {', '.join(WITH_OVERALL)}, count(*) as len from records group by all"

    def work(given: InDuckDB) -> pl.DataFrame:
        found = given.relation.query("records", counted).pl()
        return found.cast(dict.fromkeys(WITH_OVERALL, pl.Enum(GRADES))).join(answers, on=WITH_OVERALL, nulls_equal=True)

    return work


def by_numpy() -> Callable[[Sequence[Codes]], np.ndarray]:
    """Each part's places are counted, and the counts then put together by the two labels."""
    both = both_labels()

    def work(columns: Sequence[Codes]) -> np.ndarray:
        counts = np.zeros(len(both), np.int64)
        for start in range(0, len(columns[0]), 1 << 17):
            counts += np.bincount(
                place_of([column[start : start + (1 << 17)] for column in columns]), minlength=len(both)
            )
        return summed(counts, both)

    return work


def both_labels() -> np.ndarray:
    """One number for the two labels of every partial record."""
    before, after = (truth(version).label for version in VERSIONS)
    return before.astype(np.uint16) * len(LABELS) + after[place_of(partial_records(WITH_OVERALL)[1:])]


def summed(counts: np.ndarray, both: np.ndarray) -> np.ndarray:
    """The counts of the partial records, put together by their labels."""
    return np.bincount(both, counts, len(LABELS) ** 2).astype(np.int64).reshape(len(LABELS), -1)


def table() -> pl.DataFrame:
    """Every partial record with the codes of its two labels."""
    rows = dict(zip(WITH_OVERALL, partial_records(WITH_OVERALL), strict=True))
    places = {version: place_of([rows[fact] for fact in truth(version).facts]) for version in VERSIONS}
    labels = {version: truth(version).label[places[version]] for version in VERSIONS}
    return polars_typed(rows).with_columns(**{version: pl.Series(codes) for version, codes in labels.items()})


def read(counted: pl.DataFrame) -> Answers:
    found = np.zeros((len(LABELS), len(LABELS)), np.int64)
    np.add.at(found, tuple(counted[version].to_numpy() for version in VERSIONS), counted["len"].to_numpy())
    return {"moves": found}


def read_numpy(counted: np.ndarray) -> Answers:
    return {"moves": counted}


def read_own(comparison: Any) -> Answers:
    found = np.zeros((len(LABELS), len(LABELS)), np.int64)
    for each in comparison.whole.decisions[0].moves[0].transitions:
        before, after = (LABELS.index(told.outcome or told.status.value) for told in (each.before, each.after))
        found[before, after] += each.count
    return {"moves": found}


def contender(
    name: str,
    made_by: str,
    input_: Input,
    prepare: Callable[[Columns], Any],
    start: Callable[[], Callable[[Any], Any]],
    read: Callable[[Any], Answers],
) -> Contender:
    return Contender(name, made_by, input_, "counts of transitions", prepare, start, read, WITH_OVERALL)


def alone(kind: str, input_: Input, prepare: Callable[[Columns], Any]) -> Contender:
    """One version on the same frame, all four columns of every record: what a comparison is measured by."""
    name = f"greenpaper on {kind}, evaluate_many of 2025 alone, {input_.value}"
    start = evaluated(ALL, "2025")
    return Contender(
        name, "greenpaper", input_, "all four columns", prepare, start, reader("2025"), WITH_OVERALL, "2025"
    )


CONTENDERS = [
    alone("Polars", Input.TYPED, polars_typed),
    contender("greenpaper on Polars, compare_many", "greenpaper", Input.TYPED, polars_typed, compared, read_own),
    alone("Arrow", Input.TYPED, arrow_typed),
    contender("greenpaper on Arrow, compare_many", "greenpaper", Input.TYPED, arrow_typed, compared, read_own),
    alone("Polars", Input.STRINGS, polars_strings),
    contender(
        "greenpaper on Polars, compare_many, strings", "greenpaper", Input.STRINGS, polars_strings, compared, read_own
    ),
    contender("Polars, group_by and join, Enum", "polars", Input.TYPED, polars_typed, by_polars, read),
    contender(
        "Polars, group_by and join, strings",
        "polars",
        Input.STRINGS,
        polars_strings,
        lambda: by_polars(pl.String),
        read,
    ),
    contender("Polars, place and numpy count, Enum", "polars", Input.TYPED, polars_typed, by_polars_places, read_numpy),
    contender("DuckDB, group by and join, ENUM", "duckdb", Input.TYPED, duckdb_typed, by_duckdb, read),
    contender("numpy, count of places", "numpy", Input.CODES, codes_only, by_numpy, read_numpy),
]
