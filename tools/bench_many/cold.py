"""A new process to the answers of its first 153 records, and 153 records in a process that is warm. Prints JSON."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow.parquet as pq
from contender import codes_of
from growth import timed
from inputs import arrow_typed, drawn, pandas_typed, polars_typed
from reference import FACTS, LABELS, ROOT, partial_records, truth

import greenpaper as gp
from greenpaper.framework.catalogue import Catalogue

AUTHORITIES = 153
DAY = date(2026, 8, 20)
OWN = "import greenpaper as gp; gp.evaluate_many(gp.load('policies/2026'), frame, elsewhere=['overall'])"
HAND = """
import polars as pl
R, G = ["inadequate", "requires_improvement", "good", "outstanding"], ["good", "outstanding"]
l, *p = map(pl.col, ["leaders", "help_and_protection", "in_care", "care_leavers"])
two = lambda t: (t(p[0]) & t(p[1])) | (t(p[0]) & t(p[2])) | (t(p[1]) & t(p[2]))
m = (p[0] == R[0]) | (p[1] == R[0]) | (p[2] == R[0])
i = (l == R[1]) | two(lambda f: f == R[1])
g = l.is_in(G) & two(lambda f: f.is_in(G))
u = "undetermined"
chain = pl.when(m).then(pl.lit("monitoring")).when(m.is_null()).then(pl.lit(u)).when(i).then(pl.lit("intensive"))
chain = chain.when(i.is_null()).then(pl.lit(u)).when(g).then(pl.lit("light")).when(g.is_null()).then(pl.lit(u))
made = frame.with_columns(label=chain.otherwise(pl.lit("no rule")))
"""
ARROW = "import pyarrow.parquet as pq; frame = pq.read_table({0!r})"
POLARS = "import polars as pl; frame = pl.read_parquet({0!r})"
COLD: dict[str, tuple[str, ...]] = {
    "Python, nothing": ("pass",),
    "`import numpy, pyarrow, narwhals`": ("import numpy, pyarrow, narwhals",),
    "`import polars`": ("import polars",),
    "greenpaper on Arrow, first 153": (ARROW, OWN),
    "greenpaper on Polars, first 153": (POLARS, OWN),
    "Polars rules by hand, first 153": (POLARS, HAND),
    "greenpaper on plain records, `compare` of 153": (
        "import greenpaper as gp",
        "gp.compare([gp.load(f'policies/{v}') for v in ('2025', '2026')], gp.load_records().current,"
        " elsewhere=['care_and_care_leavers', 'overall'])",
    ),
}


def cold(rounds: int) -> dict[str, float]:
    """Median seconds of each process, in turns."""
    times: dict[str, list[float]] = {name: [] for name in COLD}
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/records.parquet"
        pq.write_table(arrow_typed(drawn(AUTHORITIES)), file)
        for _ in range(rounds):
            for name, parts in COLD.items():
                code = "\n".join(part.replace("{0!r}", repr(file)) for part in parts)
                command = [sys.executable, "-c", code]
                start = time.perf_counter()
                subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def by_hand_is_right() -> None:
    """Errors: AssertionError where the rules by hand say something else of some partial record."""
    known: dict[str, Any] = {"frame": polars_typed(dict(zip(FACTS, partial_records(FACTS), strict=True)))}
    exec(HAND, known)
    assert (codes_of(known["made"]["label"], LABELS) == truth("2026").label).all(), "the rules by hand disagree"


def warm(rounds: int) -> dict[str, float]:
    """Median seconds a version over 153 records, when everything has been asked once."""
    versions = [gp.load(ROOT / "policies" / name) for name in ("2025", "2026")]
    columns, plain = drawn(AUTHORITIES), gp.load_records(ROOT / "authorities").current
    frame, in_polars, in_pandas = arrow_typed(columns), polars_typed(columns), pandas_typed(columns)
    known = Catalogue(ROOT / "policies").all_facts

    def answers_to(given: Any) -> Callable[[], object]:
        return lambda: [gp.evaluate_many(each, given, elsewhere=known) for each in versions]

    works: dict[str, Callable[[], object]] = {
        "`evaluate_many`, an Arrow table of 153": answers_to(frame),
        "`evaluate_many`, a Polars frame of 153": answers_to(in_polars),
        "`evaluate_many`, a pandas frame of 153": answers_to(in_pandas),
        "`compare_many`, an Arrow table of 153": lambda: gp.compare_many(frame, versions, elsewhere=known),
        "`compare`, 153 plain records": lambda: gp.compare(versions, plain, as_of=DAY, elsewhere=known),
    }
    found = {}
    for name, work in works.items():
        work()
        found[name] = statistics.median(timed(work)[0] for _ in range(rounds)) / len(versions)
    return found


if __name__ == "__main__":
    by_hand_is_right()
    print(json.dumps({"cold": cold(int(sys.argv[1])), "warm": warm(4 * int(sys.argv[1]))}))
