"""The figures as a page: tables with units, what was checked, and how the figures are to be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

Found = Mapping[str, Any]
HEAD = """\
# Benchmarks of many records

This page is written by `make bench`. It sets `evaluate_many` and `compare_many` beside code written by hand and beside
other engines, on the same records and in one run.

- **Job A**: what follows under 2026 for each record, from four grades.
- **Job B**: how many records go from which answer under 2025 to which under 2026, from five grades and the constraints
  that tie them.

The records are drawn from a seed: 12, 28, 45 and 15 in a hundred for the four grades, from the worst, and one in ten of
every fact unknown. In job B the overall grade is the lowest of the others, and any grade in one record of twenty, so
that some records break the constraints.
"""
CHECKED = """\
## What was checked

No time counts before its answers are right. Each contender answers all {partial} partial records of its job, and then
every record of its size, and each column that it gives is compared with a table from `gp.evaluate`, one call for each
partial record. For job A a few lines of three-valued logic in plain Python are a second opinion on that table; they
agree on all 625. So for these three rules the outcomes still possible over all completions, and rules in three-valued
logic, say the same. That does not hold for every framework, and not for 2025, whose constraints leave out completions.

Contenders without an answer, and why:

{failed}

## How to read the figures

- **Read ratios below 1.5 as equal.** A cell that is taken again can differ by as much. The tables side by side are the
  surest: there the contenders take turns in one process, and each ratio is the median of those within a round.
- Only the work is timed, on records that are already in the contender's own shape, and the medians are of at least five
  runs (three for ten million records). What Python, libraries and rules need to start is under *A new process*.
- **What goes in and out is not the same.** greenpaper reads every cell, refuses words that are no grade with their row
  and column, and gives words and nulls back. The C loop and numpy get codes that nobody checked, and give codes. By
  hand in Polars and DuckDB a wrong word is an error of the library or counts as no grade. Only greenpaper gives
  `possible` and `rule` without somebody having worked them out: where others give all four columns, their table is
  the reference's.
- **New memory counts as much as the work.** Each run of the C loop asks for new columns. In a process of its own the
  system has to give them, page by page, which takes about half of its time; side by side it can find memory there
  that others have used. Its time in its own process is in *Job A*. greenpaper's columns are in memory that Arrow keeps,
  so side by side is the fairer of the two.
- Engines that take one record at a time get a dictionary of small whole numbers and give one word. What an unknown
  grade means was worked out for them by hand, in thirteen lines that hold for these three rules alone; none of them
  has rules in three-valued logic. They are run up to a million records, where one run takes no more than four seconds.
- The hand-written contenders were tried in several ways, and the fastest kept: Polars compares the codes of its Enum
  columns on its streaming engine, with both cores; numpy works by masks in parts that stay in the cache.
- The frames are seeded and their situations few. Other shares and more facts give other figures: see *Growth*.
"""


def page(found: Found) -> str:
    parts = [HEAD, *_machine(found)]
    parts += _beside(found["beside"]) if "beside" in found else []
    parts += _profile(found["profile"]) if "profile" in found else []
    parts += _job(found, "A") if found["contenders"] else []
    parts += _job(found, "B") if found["contenders"] else []
    parts += _memory(found) if found["contenders"] else []
    parts += _cold(found["cold"]) if "cold" in found else []
    parts += _growth(found["growth"]) if "growth" in found else []
    parts.append(CHECKED.format(partial="625 or 3,125", failed=_failed(found["contenders"])))
    return "\n".join(parts).rstrip() + "\n"


def _machine(found: Found) -> Iterator[str]:
    of = found["machine"]
    listed = ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    yield f"Run on {of['date']}: {of['cores']} cores ({of['cpu']}), {of['memory']} GB, Python {of['python']},"
    yield f"gcc {of['gcc']}; load before the run {of['load']:.1f}."
    yield f"{fill(listed, 120)}.\n"


def _beside(found: Found) -> Iterator[str]:
    yield "## Side by side\n"
    yield f"{int(found['records']):,} records, in turns in one process."
    yield "A ratio is a time divided by that of the first line.\n"
    for group, several in found["groups"].items():
        yield f"### {group}\n"
        if "failed" in several:
            yield f"No figures: {several['failed']}\n"
            continue
        rows = [(name, f"{each['seconds'] * 1000:,.1f}", ratio(each["ratio"])) for name, each in several.items()]
        yield table(("contender", "ms", "ratio"), rows)


def _profile(found: Found) -> Iterator[str]:
    yield "## Where the time goes\n"
    if "failed" in found:
        yield f"No figures: {found['failed']}\n"
        return
    yield f"One `evaluate_many` over {int(found['records']):,} typed records in Arrow, four columns out, in one thread"
    yield "and under Python's profiler, which adds a little to each step. Below it what parts of it take alone.\n"
    whole = sum(found["steps"].values())
    rows = [(step, f"{each * 1000:,.1f}", f"{each / whole:.0%}") for step, each in found["steps"].items()]
    yield table(("step", "ms", "share"), [*rows, ("all", f"{whole * 1000:,.1f}", "100%")])
    yield table(("alone", "ms"), [(what, f"{each * 1000:,.1f}") for what, each in found["limits"].items()])
    least = sum(found["limits"].values())
    yield "So the distance to the C loop is made of passes over memory that C does not need: it gets codes without"
    yield "nulls, forms keys in registers and writes all columns at once. Column by column, these two lines alone take"
    yield f"one thread {least * 1000:,.1f} ms, and two threads half of it at best. Compiled code could do"
    yield "with less; the engine has none: it would need a compiler where it is installed, or a second engine."
    yield "No way is quicker than the memory that it reads and writes, which bounds every ratio to OpenFisca as well.\n"
    yield from _few(found["few"])


def _few(found: Found) -> Iterator[str]:
    yield f"### {found['records']} records\n"
    yield "The same for few records, in microseconds, warm. What a library takes by itself is beside it.\n"
    kinds = found["kinds"]
    steps = next(iter(kinds.values()))
    rows = [(step, *(f"{each[step] * 1e6:,.0f}" for each in kinds.values())) for step in steps]
    yield table(("step", *kinds), rows)


def _job(found: Found, job: str) -> Iterator[str]:
    title = "Job A: each record under 2026" if job == "A" else "Job B: 2025 against 2026"
    counts, there = found["counts"], [each for each in found["contenders"] if each["job"] == job]
    first, rest = counts[0], counts[1:]
    yield f"## {title}\n"
    yield f"Microseconds for {first} records, then millions of records a second. The ratio is of the times at"
    yield "the largest size that both have, to greenpaper on Polars with columns of the same kind and as many out.\n"
    heads = ("contender", "in", "out", f"{first}, µs", *(f"{count:,}, M/s" for count in rest), "ratio")
    timed = [each for each in there if medians(each)]
    rows = [
        (
            each["name"],
            each["input"],
            each["gives"],
            f"{medians(each)[str(first)] * 1e6:,.0f}",
            *(rate(medians(each).get(str(count)), count) for count in rest),
            ratio(_to_own(each, timed)),
        )
        for each in timed
    ]
    yield table(heads, rows)


def medians(each: Found) -> Mapping[str, float]:
    """Size → median seconds, where the contender has one."""
    return {size: one["median"] for size, one in each["sizes"].items() if "median" in one}


def _to_own(each: Found, there: Sequence[Found]) -> float | None:
    """The ratio of the times, where greenpaper has one at the same size."""
    kind = "columns of strings" if each["input"] == "columns of strings" else "typed columns"
    many = "4" if "four" in each["gives"] else "2"
    names = [f"greenpaper on Polars, {many} columns, {kind}"] if each["job"] == "A" else []
    names.append("greenpaper on Polars, compare_many" + (", strings" if "strings" in kind else ""))
    own = next((medians(one) for one in there if one["name"] in names), {})
    both = [size for size in medians(each) if size in own]
    return medians(each)[both[-1]] / own[both[-1]] if both else None


def _memory(found: Found) -> Iterator[str]:
    size = str(found["counts"][-1])
    yield "## Memory\n"
    yield f"The most that a fresh process had in memory in its first run over {int(size):,} records, beyond what was"
    yield "there before: the records, the answers and all in between. As a multiple of what the records take where they"
    yield "are held, and of what their four facts take in Arrow.\n"
    typed, strings = found["bytes"][size]
    yield f"In Arrow they take {typed / 1e6:,.1f} MB as typed columns, and {strings / 1e6:,.1f} MB as strings.\n"
    rows = []
    for each in found["contenders"]:
        one = each["sizes"].get(size, {})
        if each["job"] == "A" and "median" in one:
            of = strings if each["input"] == "columns of strings" else typed
            held, most = one["input"], one["most"]
            sizes = (f"{held / 1e6:,.1f}", f"{most / 1e6:,.1f}", f"{most / held:,.1f}", f"{most / of:,.1f}")
            rows.append((each["name"], each["gives"], *sizes))
    yield table(("contender", "out", "records as held, MB", "most, MB", "times as held", "times in Arrow"), rows)


def _cold(found: Found) -> Iterator[str]:
    yield "## A new process, and a warm one\n"
    if "failed" in found:
        yield f"No figures: {found['failed']}\n"
        return
    cold = [(name, f"{each * 1000:,.0f}") for name, each in found["cold"].items()]
    yield table(("a new process, to its end", "ms"), cold)
    warm = [(name, f"{each * 1000:,.2f}") for name, each in found["warm"].items()]
    yield table(("153 records, asked before, two versions", "ms a version"), warm)


GROWS = {
    "facts": "Facts: three rules in the shape of 2026 over so many facts, `evaluate_many`",
    "rules": "Rules: so many over six facts, each about three of them, `evaluate_many`",
    "versions": "Versions: so many over four facts, `compare_many`",
    "compared": "Facts: two versions over so many facts, `compare_many`",
}


def _growth(found: Found) -> Iterator[str]:
    yield "## Growth\n"
    yield "Arrow tables with dictionary columns and all four columns out. The first call also works the version out"
    yield "into tables; later calls have them. Three hundred records are asked one by one too, and have the same"
    yield "answers.\n"
    for what, several in found.items():
        yield f"### {GROWS[what]}\n"
        rows = [(number, *_grown(one)) for number, one in several.items()]
        heads = (what if what != "compared" else "facts", "records", "situations", "first call, s", "again, s", "M/s")
        yield table(heads, rows)


def _grown(one: Found) -> tuple[str, ...]:
    if "failed" in one:
        return ("", "", one["failed"], "", "")
    count = one["records"]
    situations = f"{one['situations']:,}" if "situations" in one else ""
    return (f"{count:,}", situations, f"{one['first']:.2f}", f"{one['seconds']:.3f}", rate(one["seconds"], count))


def _failed(there: Iterable[Found]) -> str:
    """Each contender that gave wrong answers or none, with the reason."""
    reasons = []
    for each in there:
        whys = [each["failed"]] if "failed" in each else []
        for one in each["sizes"].values():
            whys += [one["failed"]] if "failed" in one else one["wrong"]
        reasons += [f"- {each['name']}: {why}" for why in dict.fromkeys(whys)]
    return "\n".join(reasons) or "- none"


def rate(seconds: float | None, count: int) -> str:
    """Millions of records a second, with three digits."""
    if seconds is None:
        return "–"
    millions = int(count) / seconds / 1e6
    return f"{millions:,.0f}" if millions >= 100 else f"{millions:.1f}" if millions >= 10 else f"{millions:.3g}"


def ratio(times: float | None) -> str:
    if times is None:
        return "–"
    digits = ",.0f" if times >= 20 else ".1f" if times >= 2 else ".2f" if times >= 0.1 else ".2g"
    return format(times, digits)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
