"""Where the time of one `evaluate_many` goes, and what parts of it take alone: as JSON.

Steps are measured with Python's profiler in one thread, so that they add up; alone are the same memory read and
written, and the same table looked up, with nothing else around it.
"""

import cProfile
import json
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Mapping

import numpy as np
from inputs import arrow_typed, drawn, only

import greenpaper as gp
from greenpaper.population import many
from greenpaper.population.tables import tables_of
from greenpaper.population.turns import CHUNK
from greenpaper.population.walking import looked_up

RUNS = 5
STEPS: Mapping[str, tuple[str, ...]] = {
    "look-up in the table": ("take",),
    "nulls to the class of what is not known": ("_with_unknown", "missing"),
    "keys from classes": ("_joined",),
    "every class in range": ("reduce",),
    "answers to their columns": ("put", "_byte", "astype"),
    "nulls of the answers": ("truths",),
}


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def step_of(function: str) -> str:
    return next((step for step, names in STEPS.items() if any(f"'{name}'" in function for name in names)), "")


def named(function: tuple[str, int, str]) -> str:
    """How the profiler calls it, whether of Python or of a library."""
    return f"'{function[2]}'" if not function[2].startswith("<method") else function[2].partition(" of ")[0][8:]


def steps(work: Callable[[], object]) -> dict[str, float]:
    """Step → seconds of one run; what belongs to none is the rest."""
    work()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(RUNS):
        work()
    profiler.disable()
    found = dict.fromkeys([*STEPS, "the rest: batches, dictionaries, calls"], 0.0)
    for function, (_, _, seconds, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        found[step_of(named(function)) or "the rest: batches, dictionaries, calls"] += seconds / RUNS
    return found


def limits(table: np.ndarray, columns: Mapping[str, np.ndarray]) -> dict[str, float]:
    """What the parts would take that nothing can leave out."""
    given = list(columns.values())
    rows = len(given[0])
    key = np.zeros(rows, np.uint16)
    for column in given:
        key = key * np.uint16(5) + column
    out = [np.empty(rows, np.uint8) for _ in range(4)]

    def copied() -> None:
        for column, into in zip(given, out, strict=True):
            np.copyto(into, column)

    entries = np.zeros(len(table), np.uint16)

    def all_looked_up() -> None:
        for first in range(0, rows, CHUNK):
            looked_up(entries, key[first : first + CHUNK])

    return {
        "four columns read and four written": median(copied),
        "the look-up alone, keys at hand": median(all_looked_up),
    }


def main() -> None:
    count = int(sys.argv[1])
    columns = only(drawn(count))
    framework, frame = gp.load("2026"), arrow_typed(columns)
    many.in_turn = map
    found = steps(lambda: gp.evaluate_many(framework, frame))
    (table,) = (step.table for step in tables_of(framework, next(iter(framework.decisions))).steps)
    print(json.dumps({"records": count, "steps": found, "limits": limits(table, columns)}))


if __name__ == "__main__":
    main()
