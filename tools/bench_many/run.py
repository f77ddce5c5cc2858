"""Many records beside peers: every contender checked against the reference, then timed, each in a process of its own.

`--quick` runs small sizes; `--only` some parts; `--write` writes the page of results, which is printed otherwise.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import growth
import numpy as np
from beside import GROUPS
from contender import Contender, Input
from inputs import Columns, drawn, only, sizes
from one import PLACES, contenders
from page import page
from reference import ROOT, keep

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
SIZES, QUICK = (153, 100_000, 1_000_000, 10_000_000), (153, 10_000, 50_000)
PATIENCE = 300
PARTS = ("contenders", "beside", "profile", "cold", "growth")
LIBRARIES = ("narwhals", "numpy", "pyarrow", "polars", "pandas", "duckdb")
Found = dict[str, Any]


def runs_of(count: int) -> int:
    return next(runs for least, runs in ((10_000_000, 3), (1_000_000, 7), (100_000, 9), (0, 21)) if count >= least)


def child(script: str, *words: object) -> Found:
    """What a process of its own prints, or why it gave nothing."""
    command = [sys.executable, str(HERE / script), *map(str, words)]
    print("  ", *words, file=sys.stderr, flush=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"given up after {PATIENCE} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]}
    return json.loads(done.stdout)


def every_contender(counts: Sequence[int]) -> Iterator[Found]:
    """Each contender with what was found at each size; a library that cannot be imported, with the reason."""
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder) / "truth")
        for count in counts:
            np.savez(Path(folder) / f"{count}.npz", **drawn(count))
        for place in PLACES:
            try:
                there = contenders(place)
            except ImportError as fault:
                yield {"name": place, "failed": str(fault), "job": "A", "sizes": {}}
                continue
            yield from (measured(place, each, folder, counts) for each in there)


def measured(place: str, contender: Contender, folder: str, counts: Sequence[int]) -> Found:
    """The largest size in a process of its own, for the memory; the others together in one before it."""
    *few, most = counts
    rows = contender.input is Input.ROWS
    asked = (f"{count}:{min(runs_of(count), 5) if rows else runs_of(count)}" for count in few)
    found = child("one.py", place, contender.name, folder, *asked)
    if "failed" in found:
        found = {str(few[0]): found}
    elif all("median" in found.get(str(count), {}) for count in few) and not rows:
        last = child("one.py", place, contender.name, folder, f"{most}:{runs_of(most)}")
        found |= {str(most): last} if "failed" in last else last
    return {
        "name": contender.name,
        "made_by": contender.made_by,
        "input": contender.input.value,
        "gives": contender.gives,
        "job": "B" if len(contender.facts) > 4 else "A",
        "sizes": found,
    }


def grown(quick: bool) -> Found:
    count, runs = (10_000, 3) if quick else (1_000_000, 5)
    asked: dict[str, Sequence[int]] = {
        "facts": growth.FACTS,
        "rules": growth.RULES,
        "versions": growth.VERSIONS,
        "compared": growth.COMPARED,
    }
    found: Found = {}
    for what, numbers in asked.items():
        few = numbers[:2] if quick else numbers
        records = count // 10 if what == "compared" else count
        found[what] = {number: child("growth.py", what, number, records, runs) for number in few}
    return found


def machine() -> Found:
    cpu = next((line.partition(":")[2].strip() for line in lines("/proc/cpuinfo") if "model name" in line), "unknown")
    kilobytes = next(int(line.split()[1]) for line in lines("/proc/meminfo") if "MemTotal" in line)
    compiler = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    return {
        "cores": os.cpu_count(),
        "cpu": cpu,
        "memory": round(kilobytes / 2**20),
        "python": platform.python_version(),
        "gcc": compiler,
        "load": os.getloadavg()[0],
        "date": date.today().isoformat(),
    }


def lines(file: str) -> list[str]:
    return Path(file).read_text().splitlines()


def versions_of(found: Sequence[Found]) -> dict[str, str]:
    """Library → version, of those that took part."""
    names = dict.fromkeys([*LIBRARIES, *(each.get("made_by", "") for each in found)])
    known: dict[str, str] = {}
    for name in names:
        if name and name not in ("gcc", "greenpaper", "python"):
            known[name] = metadata.version(name)
    return known


def input_bytes(counts: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Bytes of the four facts at each size, typed and as strings, by Arrow's account."""
    biggest: Columns = drawn(min(counts[-1], 1_000_000))
    per_record = [size / len(biggest["leaders"]) for size in sizes(only(biggest))]
    return {count: tuple(round(each * count) for each in per_record) for count in counts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some parts")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the figures as JSON too")
    parser.add_argument(
        "--again", type=Path, metavar="FILE", help="the page of figures that were kept, with `--only` those parts anew"
    )
    asked = parser.parse_args()
    kept = json.loads(asked.again.read_text()) if asked.again else {}
    anew = [] if asked.again and asked.only == PARTS else asked.only
    fresh = all_of(anew, asked.quick) if anew or not kept else {}
    found = kept | {each: fresh[each] for each in fresh if not kept or each in anew}
    if asked.keep:
        asked.keep.write_text(json.dumps(found))
    text = page(found)
    if asked.write:
        PAGE.write_text(text)
    else:
        print(text)


def all_of(parts: Sequence[str], quick: bool) -> Found:
    counts = QUICK if quick else SIZES
    found: Found = {"machine": machine(), "counts": counts, "bytes": input_bytes(counts)}
    found["contenders"] = list(every_contender(counts)) if "contenders" in parts else []
    if "beside" in parts:
        asked = (counts[-1], 5 if quick else 9)
        found["beside"] = {"records": asked[0], "groups": {each: child("beside.py", each, *asked) for each in GROUPS}}
    if "profile" in parts:
        found["profile"] = child("passes.py", counts[-1])
    if "cold" in parts:
        found["cold"] = child("cold.py", 3 if quick else 9)
    if "growth" in parts:
        found["growth"] = grown(quick)
    found["versions"] = versions_of(found["contenders"])
    return json.loads(json.dumps(found))  # sizes as words, as when the figures were kept


if __name__ == "__main__":
    main()
