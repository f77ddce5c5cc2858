"""Contenders side by side in one process, in turns, so that a busy machine is so for all. Prints JSON.

Each group has the same records and the same columns out, and greenpaper first; the others are told as ratios to it.
"""

import json
import statistics
import sys
from typing import Any

from contender import Contender, wrong
from inputs import drawn, only
from one import PLACES, contenders, seconds

OWN = "greenpaper on"
GROUPS: dict[str, tuple[str, ...]] = {
    "Outcome and status, typed columns": (
        f"{OWN} Polars, 2 columns, typed columns",
        "Polars, rules on the codes of the Enum, streaming",
        "Polars, rules on Enum words",
        "Polars, table, 2 columns",
    ),
    "All four columns, typed columns": (
        f"{OWN} Polars, 4 columns, typed columns",
        "Polars, table, 4 columns",
    ),
    "All four columns, typed columns in Arrow": (
        f"{OWN} Arrow, 4 columns, typed columns",
        "C loop over a table, 4 columns, 1 core",
        "C loop over a table, 4 columns, 2 cores",
        "numpy, table, 4 columns",
        "OpenFisca, formula on Enum arrays",
    ),
    "Outcome and status, columns of strings": (
        f"{OWN} Polars, 2 columns, columns of strings",
        "Polars, rules on strings, streaming",
        "Polars, join with the table, 2 columns",
    ),
    "All four columns, columns of strings": (
        f"{OWN} Polars, 4 columns, columns of strings",
        "Polars, join with the table, 4 columns",
    ),
    "In DuckDB, typed columns": (
        f"{OWN} DuckDB, 4 columns, typed columns",
        "DuckDB, rules as SQL on ENUM columns",
    ),
    "Two versions compared, typed columns": (
        f"{OWN} Polars, compare_many",
        f"{OWN} Polars, evaluate_many of 2025 alone, typed columns",
        "Polars, group_by and join, Enum",
        "Polars, place and numpy count, Enum",
    ),
    "Two versions compared, typed columns in Arrow": (
        f"{OWN} Arrow, compare_many",
        f"{OWN} Arrow, evaluate_many of 2025 alone, typed columns",
        "numpy, count of places",
    ),
    "Two versions compared, columns of strings": (
        f"{OWN} Polars, compare_many, strings",
        f"{OWN} Polars, evaluate_many of 2025 alone, columns of strings",
        "Polars, group_by and join, strings",
    ),
}


def all_contenders() -> dict[str, Contender]:
    return {each.name: each for place in PLACES if place != "peers_rows" for each in contenders(place)}


def side_by_side(several: list[Contender], count: int, rounds: int) -> dict[str, Any]:
    """Median seconds of each, and the median of its ratios to the first, each within one round."""
    columns = drawn(count)
    given = [each.prepare(only(columns, each.facts)) for each in several]
    works = [each.start() for each in several]
    for each, work, frame in zip(several, works, given, strict=True):
        faults = wrong(each.read(work(frame)), columns, each.version)
        assert not faults, f"{each.name}: {'; '.join(faults)}"
    found = [[seconds(work, frame) for work, frame in zip(works, given, strict=True)] for _ in range(rounds)]
    return {
        each.name: {
            "seconds": statistics.median(times[number] for times in found),
            "ratio": statistics.median(times[number] / times[0] for times in found),
        }
        for number, each in enumerate(several)
    }


def main(group: str, count: str, rounds: str) -> None:
    known = all_contenders()
    print(json.dumps(side_by_side([known[name] for name in GROUPS[group]], int(count), int(rounds))))


if __name__ == "__main__":
    main(*sys.argv[1:])
