"""One contender in a process of its own, at one size or some: times, memory, and what was wrong. Prints JSON."""

import ctypes
import gc
import importlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from contender import Contender, Input, wrong
from inputs import Columns, only
from reference import partial_records, read_kept

PLACES = ("own", "limits_c", "limits_numpy", "limits_polars", "limits_duckdb", "peers_vectors", "peers_rows", "job_b")
MOST_BY_ROWS = 4.0
STATUS = Path("/proc/self/status")


def contenders(place: str) -> list[Contender]:
    return importlib.import_module(place).CONTENDERS


def resident(of: str = "VmRSS") -> int:
    """Bytes of this process that are in memory, or (`VmHWM`) the most that have been since `forget_most`."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(of))
    return int(line.split()[1]) * 1024


def forget_most() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def give_back() -> None:
    """What Python holds and does not need goes back to the machine."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)


def measured(contender: Contender, work: Any, file: Path, runs: int) -> dict[str, Any]:
    """Seconds of each run, what was wrong, and the most memory in the first run beyond what was there before."""
    give_back()
    before = resident()
    given = contender.prepare(records(contender, file))
    give_back()
    forget_most()
    built = resident()
    result = work(given)
    most = resident("VmHWM")
    faults = wrong(contender.read(result), records(contender, file), contender.version)
    del result
    times = [] if faults else [seconds(work, given) for _ in range(runs)]
    found = {"seconds": times, "input": built - before, "most": most - before, "wrong": faults}
    return found if faults else {**found, "median": statistics.median(times)}


def records(contender: Contender, file: Path) -> Columns:
    return only(dict(np.load(file)), contender.facts)


def seconds(work: Any, given: Any) -> float:
    start = time.perf_counter()
    made = work(given)
    taken = time.perf_counter() - start
    del made
    return taken


def main(place: str, name: str, folder: str, *asked: str) -> None:
    """`asked` are sizes with how many runs of each; one that is predicted to take too long ends them."""
    read_kept(Path(folder) / "truth")
    contender = next(each for each in contenders(place) if each.name == name)
    work = contender.start()
    small = dict(zip(contender.facts, partial_records(contender.facts), strict=True))
    faults = wrong(contender.read(work(contender.prepare(small))), small, contender.version)
    found: dict[str, Any] = {}
    for count, runs in (each.split(":") for each in asked):
        if faults or not fits(contender, found, int(count)):
            break
        found[count] = measured(contender, work, Path(folder) / f"{count}.npz", int(runs))
    print(json.dumps(found or {asked[0].partition(":")[0]: {"wrong": faults}}))


def fits(contender: Contender, found: dict[str, Any], count: int) -> bool:
    """Whether one run should take no more than a few seconds, for those that take one record at a time."""
    rates = [int(size) / each["median"] for size, each in found.items() if "median" in each]
    return contender.input is not Input.ROWS or not rates or count / rates[-1] <= MOST_BY_ROWS


if __name__ == "__main__":
    main(*sys.argv[1:])
