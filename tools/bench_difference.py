"""Two versions with many four-grade facts, compared: greenpaper, oxidd and z3 on the same pairs in one run.

The pair is in the shape of the 2026 rules, with a group of all facts but one and half of it asked for. `changed` is a
pair that differs, `same` a pair that is worded differently and means the same. Every time is the median of a few
rounds, from conditions to result; a number counts only where all who can say so agree on it. oxidd counts; z3 finds a
witness or proves that there is none, and is given up after a while.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from oxidd.bdd import BDDFunction, BDDManager

from greenpaper.comparison.difference import difference
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework

SIZES = (8, 16, 24, 40, 80)
ROUNDS = 3
GIVEN_UP = 20_000  # milliseconds after which z3 is stopped
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
FRAMEWORK = """\
framework: bench
version: "{version}"
title: A benchmark
status: draft
sources: {{bench: {{title: A benchmark, publisher: nobody}}}}
"""
DECISION = """\
decision: pathway
question: What follows?
outcomes: {{light: {{title: light}}, intensive: {{title: intensive}}, monitoring: {{title: monitoring}}}}
resolve: first
precedence: {{confidence: illustrative, note: A benchmark}}
rules:
{rules}"""
RULE = (
    "  - {{id: {0}, when: '{1}', then: {0}, modality: will, confidence: illustrative, source: {{document: bench}}}}\n"
)


def conditions(kind: str, size: int) -> tuple[str, str, str]:
    """The conditions of the three rules, for a version with so many facts."""
    half = (size - 1) // 2
    match kind:
        case "before":
            return (
                "any of practice is inadequate",
                f"leaders is requires_improvement or at least {half} of practice are requires_improvement",
                f"leaders is at least good and at least {half} of practice are at least good",
            )
        case "changed":
            return (
                "any of practice is inadequate",
                f"leaders is at most requires_improvement or at least {half + 1} of practice are requires_improvement",
                f"leaders is at least good and at least {half - 1} of practice are at least good",
            )
        case _:
            return (
                "not all of practice are at least requires_improvement",
                "not (leaders is not requires_improvement and"
                f" at most {half - 1} of practice are requires_improvement)",
                f"not (leaders is worse than good or at most {half - 1} of practice are at least good)",
            )


def version(folder: Path, kind: str, size: int) -> Framework:
    """The version as greenpaper reads it."""
    home = folder / kind
    (home / "decisions").mkdir(parents=True)
    names = ["leaders", *(f"fact_{number}" for number in range(1, size))]
    fact = "{{type: grade, scale: four, title: {0}, confidence: illustrative}}"
    facts = "".join(f"  {name}: {fact.format(name)}\n" for name in names)
    (home / "framework.yaml").write_text(FRAMEWORK.format(version=kind))
    (home / "vocabulary.yaml").write_text(
        f"scales: {{four: {{worst_to_best: [{', '.join(GRADES)}], confidence: illustrative}}}}\nfacts:\n{facts}"
        f"groups: {{practice: {{title: practice, members: [{', '.join(names[1:])}]}}}}\n"
    )
    rules = zip(("monitoring", "intensive", "light"), conditions(kind, size), strict=True)
    written = "".join(RULE.format(*rule) for rule in rules)
    (home / "decisions" / "pathway.yaml").write_text(DECISION.format(rules=written))
    return Catalogue(folder).load(kind)


def by_greenpaper(before: Framework, after: Framework) -> int:
    """How many situations change."""
    counts = difference(before, after).decisions["pathway"].counts()
    return sum(count for became, count in counts.items() if became.before not in became.after)


class Oxidd:
    """The same rules over two bits for each fact."""

    def __init__(self, size: int) -> None:
        self.manager = BDDManager(4_000_000, 1_000_000, 1)
        self.manager.add_vars(2 * size)
        self.size = size
        self.low = [self.manager.var(2 * number) for number in range(size)]
        self.high = [self.manager.var(2 * number + 1) for number in range(size)]

    def is_(self, fact: int, grade: int) -> BDDFunction:
        high = self.high[fact] if grade & 2 else ~self.high[fact]
        low = self.low[fact] if grade & 1 else ~self.low[fact]
        return high & low

    def at_least(self, count: int, tests: list[BDDFunction]) -> BDDFunction:
        """The running count, from the last fact to the first."""
        states = [self.manager.true() if held >= count else self.manager.false() for held in range(len(tests) + 1)]
        for number in reversed(range(len(tests))):
            states = [tests[number].ite(states[held + 1], states[held]) for held in range(number + 1)]
        return states[0]

    def answers(self, kind: str) -> list[BDDFunction]:
        """Where each of the three rules decides."""
        group, half = range(1, self.size), (self.size - 1) // 2
        ri = [self.is_(fact, 1) for fact in group]
        good = [self.high[fact] for fact in group]
        monitoring = self.at_least(1, [self.is_(fact, 0) for fact in group])
        if kind == "changed":
            intensive = ~self.high[0] | self.at_least(half + 1, ri)
            light = self.high[0] & self.at_least(half - 1, good)
        else:
            intensive = self.is_(0, 1) | self.at_least(half, ri)
            light = self.high[0] & self.at_least(half, good)
        return [monitoring, ~monitoring & intensive, ~monitoring & ~intensive & light]


def by_oxidd(kind: str, size: int) -> int:
    """How many situations change."""
    oxidd = Oxidd(size)
    differ = oxidd.manager.false()
    for first, last in zip(oxidd.answers("before"), oxidd.answers(kind), strict=True):
        differ |= first ^ last
    return int(differ.sat_count(2 * size))


def by_z3(kind: str, size: int) -> bool | None:
    """Whether any situation changes; None when given up."""
    import z3

    low = [z3.Bool(f"low{number}") for number in range(size)]
    high = [z3.Bool(f"high{number}") for number in range(size)]

    def answers(which: str) -> list[Any]:
        group, half = range(1, size), (size - 1) // 2
        ri = [z3.And(z3.Not(high[fact]), low[fact]) for fact in group]
        good = [high[fact] for fact in group]
        monitoring = z3.Or([z3.Not(z3.Or(high[fact], low[fact])) for fact in group])
        needs, light_needs = (half + 1, half - 1) if which == "changed" else (half, half)
        leaders = z3.Not(high[0]) if which == "changed" else z3.And(z3.Not(high[0]), low[0])
        many = z3.PbGe([(each, 1) for each in ri], needs)
        if which == "same":
            many = z3.Not(z3.PbLe([(each, 1) for each in ri], needs - 1))
        intensive = z3.Or(leaders, many)
        light = z3.And(high[0], z3.PbGe([(each, 1) for each in good], light_needs))
        return [monitoring, z3.And(z3.Not(monitoring), intensive), z3.And(z3.Not(monitoring), z3.Not(intensive), light)]

    solver = z3.Solver()
    solver.set("timeout", GIVEN_UP)
    solver.add(z3.Or([first != last for first, last in zip(answers("before"), answers(kind), strict=True)]))
    return {"sat": True, "unsat": False}.get(str(solver.check()))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Median milliseconds, and the result, which must be the same every time."""
    times, results = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        results.append(work())
        times.append((time.perf_counter() - start) * 1000)
    assert all(each == results[0] for each in results)
    return statistics.median(times), results[0]


def main() -> None:
    print(f"{'pair':8}{'facts':>6}{'greenpaper':>13}{'oxidd':>11}{'ratio':>8}{'z3':>13}   changed situations")
    for size in SIZES:
        for kind in ("changed", "same"):
            with tempfile.TemporaryDirectory() as folder:
                before, after = (version(Path(folder), each, size) for each in ("before", kind))
            own, count = timed(lambda before=before, after=after: by_greenpaper(before, after))
            other, expected = timed(lambda kind=kind, size=size: by_oxidd(kind, size))
            start = time.perf_counter()
            found = by_z3(kind, size)
            z3_time = (time.perf_counter() - start) * 1000
            assert count == expected, f"greenpaper counts {count}, oxidd {expected}"
            assert found is None or found is bool(count), "z3 disagrees"
            z3_said = f"{z3_time:10.0f} ms" if found is not None else "  given up"
            print(f"{kind:8}{size:6}{own:10.1f} ms{other:8.1f} ms{own / other:8.2f}{z3_said:>13}   {shown(count)}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = f"Python {sys.version.split()[0]}; medians of {ROUNDS}, z3 once"
    print(f"all three in one process at most {memory} MB; {said}")


def shown(count: int) -> str:
    return f"{count:,}" if count < 10**12 else f"{count:.6e} (exact, {len(str(count))} digits)"


if __name__ == "__main__":
    main()
