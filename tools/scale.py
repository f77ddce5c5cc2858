"""The figures of docs/scale.md: one job on one machine by Arrow, Polars, DuckDB and Spark, each in its own process.

    python tools/scale.py [ROWS] [--facts 40]

The job reads a Parquet file of records, answers every decision of a version and writes one with the answers. A
figure counts only when the file holds what the others hold. Needs the extra `spark`, and the libraries that the page
names. With `--facts` the version is one of that many facts, half of which must be good.
"""

import argparse
import json
import multiprocessing
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.parquet as pq

import greenpaper as gp
from greenpaper.framework.checked import Framework
from greenpaper.source.shipped import shipped

TIMES = 3
Job = Callable[[Framework, Path, Path], None]


def by_arrow(framework: Framework, given: Path, into: Path) -> None:
    pq.write_table(gp.evaluate_many(framework, pq.read_table(given)), into)


def by_polars(framework: Framework, given: Path, into: Path) -> None:
    import polars as pl

    gp.evaluate_many(framework, pl.scan_parquet(given)).sink_parquet(into)


def by_duckdb(framework: Framework, given: Path, into: Path) -> None:
    import duckdb

    gp.evaluate_many(framework, duckdb.read_parquet(str(given))).write_parquet(str(into))


def by_spark(framework: Framework, given: Path, into: Path) -> None:
    frame = session().read.parquet(str(given))
    gp.evaluate_many(framework, frame).write.mode("overwrite").parquet(str(into))


def session() -> "object":
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    return SparkSession.builder.master("local[*]").config(map=settings).getOrCreate()


JOBS: dict[str, tuple[str, Job]] = {
    "PyArrow": ("pyarrow", by_arrow),
    "Polars, lazy": ("polars", by_polars),
    "DuckDB": ("duckdb", by_duckdb),
    "Spark, local": ("pyspark", by_spark),
}


def measured(name: str, facts: int, given: Path, into: Path) -> tuple[list[float], int, str]:
    """Seconds of each run, the most memory of the process in MiB, and what was written, counted."""
    framework, job = framework_of(facts), JOBS[name][1]
    seconds = []
    for _ in range(TIMES):
        start = perf_counter()
        job(framework, given, into)
        seconds.append(perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return seconds, memory, counted(framework, into)


def counted(framework: Framework, file: Path) -> str:
    """How many rows have which answers, as text that is the same whoever wrote the file."""
    names = [f"{name}_{column}" for name in framework.decisions for column in ("outcome", "status", "possible", "rule")]
    table = pq.read_table(file, columns=names)
    plain = {name: table[name].cast(pa.string()) for name in names}
    lines = pa.table(plain).group_by(names).aggregate([([], "count_all")]).to_pylist()
    return json.dumps(sorted(map(str, lines)))


def framework_of(facts: int) -> Framework:
    return many_facts(facts) if facts else gp.load(shipped("policies") / "2026")


def many_facts(facts: int) -> Framework:
    """A version with one rule over many facts, written to a folder that is gone afterwards."""
    names = [f"part_{number}" for number in range(facts)]
    listed = "".join(
        f"  {name}: {{type: grade, scale: quality, title: t, confidence: illustrative}}\n" for name in names
    )
    paper = "sources: {paper: {title: t, publisher: p, published: 2026-01}}\n"
    files = {
        "framework.yaml": f"framework: many\nversion: many\ntitle: Many facts\nstatus: draft\n{paper}",
        "vocabulary.yaml": "scales: {quality: {worst_to_best: [poor, fair, good, fine], confidence: illustrative}}\n"
        f"facts:\n{listed}groups: {{all_parts: {{title: all parts, members: [{', '.join(names)}]}}}}\n",
        "decisions/one.yaml": "decision: follow_up\nquestion: What follows?\nresolve: first\n"
        "outcomes: {letter: {title: t}, visit: {title: t}}\nrules:\n"
        f"{_rule('enough', f'at least {facts // 2} of all_parts are at least good', 'letter')}"
        f"{_rule('poor', 'any of all_parts is poor', 'visit')}",
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / "many" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return gp.load(Path(folder) / "many")


def _rule(name: str, when: str, then: str) -> str:
    return (
        f"  - {{id: {name}, when: {when}, then: {then}, modality: usually, confidence: illustrative, "
        "source: {document: paper}}\n"
    )


def records(framework: Framework, facts: int, rows: int) -> pa.Table:
    """Records drawn from what was observed; of a version of many facts, grades drawn evenly, some not known."""
    if not facts:
        return gp.sample(framework, rows, seed=1)
    import numpy as np

    draw, words = np.random.default_rng(1), ["poor", "fair", "good", "fine", None]
    places = (draw.integers(0, 5, rows).astype("int8") for _ in range(facts))
    return pa.table({f"part_{at}": pa.array(words).take(pa.array(each)) for at, each in enumerate(places)})


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rows", type=int, nargs="?", default=10_000_000)
    asked.add_argument("--facts", type=int, default=0)
    asked.add_argument("--only", choices=JOBS, action="append")
    given = asked.parse_args()
    told: dict[str, str] = {}
    print(f"{given.rows:,} records, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.parquet"
        pq.write_table(records(framework_of(given.facts), given.facts, given.rows), file)
        for number, name in enumerate(given.only or JOBS):
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                work = (name, given.facts, file, Path(folder) / f"{number}.parquet")
                seconds, memory, told[name] = alone.apply(measured, work)
            runs = ", ".join(f"{each:.1f}" for each in seconds)
            print(f"{name} {version(JOBS[name][0])}: {runs} s; {memory:,} MiB", flush=True)
    same = len(set(told.values())) == 1
    print("all wrote the same answers" if same else "THE ANSWERS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
