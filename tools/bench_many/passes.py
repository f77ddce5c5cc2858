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
import timeit
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from inputs import Columns, arrow_typed, drawn, only, pandas_typed, polars_typed

import greenpaper as gp
from greenpaper.population import many
from greenpaper.population.answers import Column
from greenpaper.population.frames import added, as_arrow, frame_of
from greenpaper.population.tables import tables_of
from greenpaper.population.turns import CHUNK
from greenpaper.population.walking import looked_up

RUNS = 5
FEW = 153
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


def few(prepare: Callable[[Columns], Any], own: Callable[[Any, dict[str, Any]], object]) -> dict[str, float]:
    """Seconds that each step takes for few records; `own` is what the library of the frame does by itself."""
    framework, frame = gp.load("2026"), prepare(only(drawn(FEW)))
    columns = tuple(Column)
    plan = many.plan_of(framework, None, columns, on_bad="raise", as_of=None)
    given = frame_of(frame)
    data = as_arrow(given, plan.encoding.columns)
    answers = many._answers(plan, data, [])
    whole = gp.evaluate_many(framework, frame)
    made = {name: whole[name] for name in answers}
    works: dict[str, Callable[[], object]] = {
        "the frame taken by narwhals": lambda: frame_of(frame),
        "its facts as Arrow data": lambda: as_arrow(given, plan.encoding.columns),
        "answers": lambda: many._answers(plan, data, []),
        "their columns made and added": lambda: added(given, many._answers(plan, data, [])),
        "`evaluate_many`, all of it": lambda: gp.evaluate_many(framework, frame),
        "the library alone, adding four columns that are made": lambda: own(frame, made),
    }
    found = {step: median_of_turns(work) for step, work in works.items()}
    found["their columns made and added"] -= found["answers"]
    return found


def median_of_turns(work: Callable[[], object]) -> float:
    """The median of many runs, each of a few turns."""
    return statistics.median(timeit.repeat(work, number=20, repeat=25)) / 20


KINDS: Mapping[str, tuple[Callable[[Columns], Any], Callable[[Any, dict[str, Any]], object]]] = {
    "Arrow": (
        arrow_typed,
        lambda frame, made: reduce(lambda table, name: table.append_column(name, made[name]), made, frame),
    ),
    "Polars": (polars_typed, lambda frame, made: frame.hstack(list(made.values()))),
    "pandas": (pandas_typed, lambda frame, made: frame.assign(**made)),
}


def main() -> None:
    count = int(sys.argv[1])
    of_few = {kind: few(*each) for kind, each in KINDS.items()}
    columns = only(drawn(count))
    framework, frame = gp.load("2026"), arrow_typed(columns)
    many.in_turn = map
    found = steps(lambda: gp.evaluate_many(framework, frame))
    (table,) = (step.table for step in tables_of(framework, next(iter(framework.decisions))).steps)
    alone = limits(table, columns)
    print(json.dumps({"records": count, "steps": found, "limits": alone, "few": {"records": FEW, "kinds": of_few}}))


if __name__ == "__main__":
    main()
