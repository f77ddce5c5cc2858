"""From one inspection to the next and the next, for all authorities and many draws at once.

A *cycle* runs from the last day on site of one inspection to the first of the next. Days are counted from that on which
the records were taken, which is day 0. Knows no framework: a version is lists of what can be drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenpaper.population.chances import Chances, Purpose
from greenpaper.population.choice import Choice, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Follows:
    """How many of one activity follow in each situation, from `least` to `most`.

    `at_end` says in which of them they are the inspection that ends the cycle; elsewhere they lie within it.
    """

    activity: str
    least: Numbers
    most: Numbers
    at_end: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Observed days between inspections, in pools that are sorted; `pool_of` has the pool of each situation."""

    pools: Choice
    pool_of: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Cycles:
    """One version: where authorities begin, and what can follow in each situation.

    `starts` has for each authority the situations it may be in, `passed` the days since its last inspection, and
    `aside` the number, from 1 on, of the reason why it is not followed; 0 is followed. `steps` has for each situation
    the steps from there, each of which leads `to` a situation by an inspection of some `length` in days. `apart`
    numbers the reason why a situation is not counted in the same way.
    """

    starts: Choice
    passed: Numbers
    aside: Numbers
    gaps: Gaps
    steps: Choice
    to: Numbers
    length: Numbers
    follows: tuple[Follows, ...]
    apart: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Years:
    """Successive years by the day on which each begins, and last the day after all of them.

    `twelve_months` is how many days these are from day 0 on.
    """

    begins: Sequence[int]
    twelve_months: int

    @property
    def count(self) -> int:
        return len(self.begins) - 1

    @property
    def of_day(self) -> Numbers:
        """The number of the year of each day from 0 on; days outside, and all later ones, have the number after."""
        found = np.full(self.begins[-1] + 1, self.count, dtype=np.int32)
        for year in range(self.count):
            found[self.begins[year] : self.begins[year + 1]] = year
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """`times` by activity, draw, year and authority; `apart` by reason, draw, year and authority."""

    times: Numbers
    apart: Numbers


def counted(cycles: Cycles, years: Years, reasons: int, chances: Chances) -> Counted:
    """How often each activity takes place in each year, and who is not counted in it for each reason."""
    run = _Run(cycles, years, chances, reasons)
    run.go()
    shape = (chances.draws, years.count + 1, chances.authorities)
    times = run.times.reshape(len(cycles.follows), *shape)[:, :, : years.count]
    return Counted(times, run.apart.reshape(reasons, *shape)[:, :, : years.count])


class _Run:
    """The arrays that one pass fills: a row for each draw and authority, all of which go through a cycle together."""

    def __init__(self, cycles: Cycles, years: Years, chances: Chances, reasons: int) -> None:
        self.cycles, self.years, self.chances = cycles, years, chances
        self.people, self.wide = chances.authorities, years.count + 1
        self.size = chances.draws * self.people
        # How far on the place of a year is; and where the places of each row begin.
        self.of_day = years.of_day * self.people
        rows = np.arange(self.size, dtype=np.int32)
        self.begins = rows // max(1, self.people) * (self.people * self.wide) + rows % max(1, self.people)
        self.times = np.zeros((len(cycles.follows), self.size * self.wide), dtype=np.int16)
        self.apart = np.zeros((reasons, self.size * self.wide), dtype=np.bool_)

    def go(self) -> None:
        """Cycle after cycle, until every inspection is after the last of the years."""
        cycles, chances = self.cycles, self.chances
        rows = self._followed()
        who = rows % chances.authorities
        situation = cycles.starts.drawn(who, chances.of(Purpose.FIRST).take(rows))
        start, gap = self._first(rows, who, situation)
        cycle = 0
        while True:
            self._count(cycle, rows, situation, start, gap)
            step = cycles.steps.drawn(situation, chances.of(Purpose.STEP, cycle).take(rows))
            start = start + gap + cycles.length.take(step)
            left = np.flatnonzero(start < self.years.begins[-1])
            if not left.size:
                return
            rows, start, situation = rows.take(left), start.take(left), cycles.to.take(step.take(left))
            cycle += 1
            gaps = cycles.gaps
            gap = gaps.pools.drawn(gaps.pool_of.take(situation), chances.of(Purpose.GAP, cycle).take(rows))

    def _followed(self) -> Numbers:
        """The rows of the authorities that are followed; the others are set apart in every year."""
        reason = np.tile(self.cycles.aside, self.chances.draws)
        for row in range(len(self.apart)):
            for year in range(self.wide):
                self.apart[row][self.begins[reason == row + 1] + year * self.people] = True
        return np.flatnonzero(reason == 0).astype(np.int32)

    def _first(self, rows: Numbers, who: Numbers, situation: Numbers) -> tuple[Numbers, Numbers]:
        """When the last inspection ended, and a gap that is longer than what has passed since."""
        pools, pool = self.cycles.gaps.pools, self.cycles.gaps.pool_of.take(situation)
        shorter = _shorter(pools, self.cycles.passed)
        skipped = shorter.ravel().take(who * pools.counts.size + pool)
        left, uniform = pools.counts.take(pool) - skipped, self.chances.of(Purpose.GAP).take(rows)
        passed = self.cycles.passed.take(who)
        place = pools.begins.take(pool) + skipped + (uniform * left).astype(np.int32)
        observed = pools.items.take(np.where(left > 0, place, 0))
        soon = passed + 1 + (uniform * self.years.twelve_months).astype(np.int32)
        return -passed, np.where(left > 0, observed, soon)

    def _count(self, cycle: int, rows: Numbers, situation: Numbers, start: Numbers, gap: Numbers) -> None:
        """What takes place in one cycle of each row."""
        for number, follows in enumerate(self.cycles.follows):
            often = self._often(follows, cycle, rows, situation)
            at_end = follows.at_end.take(situation)
            self._add(number, rows, start + gap, np.where(at_end, often, 0))
            self._spread(number, cycle, rows, start, gap, np.where(at_end, 0, often))
        self._set_apart(rows, situation, start, gap)

    def _often(self, follows: Follows, cycle: int, rows: Numbers, situation: Numbers) -> Numbers:
        least, most = follows.least.take(situation), follows.most.take(situation)
        if np.array_equal(follows.least, follows.most):
            return least
        uniform = self.chances.of(Purpose.COUNT, cycle, follows.activity).take(rows)
        often: Numbers = least + (uniform * (most - least + 1)).astype(np.int32)
        return often

    def _spread(self, number: int, cycle: int, rows: Numbers, start: Numbers, gap: Numbers, often: Numbers) -> None:
        """Visits on any of the days after the one inspection, up to the first of the next."""
        name = self.cycles.follows[number].activity
        for slot in range(int(often.max(initial=0))):
            some = np.flatnonzero(often > slot)
            uniform = self.chances.of(Purpose.VISIT, cycle, name, slot).take(rows.take(some))
            day = start.take(some) + 1 + (uniform * gap.take(some)).astype(np.int32)
            self._add(number, rows.take(some), day, 1)

    def _add(self, number: int, rows: Numbers, day: Numbers, often: Numbers | int) -> None:
        """Count in the year of the day: no row is there twice, so that none is lost."""
        place = self.begins.take(rows) + self.of_day.take(day, mode="clip")
        self.times[number][place] += np.asarray(often, dtype=np.int16)

    def _set_apart(self, rows: Numbers, situation: Numbers, start: Numbers, gap: Numbers) -> None:
        """Mark the years of which some day is in a cycle that is not counted."""
        reason = self.cycles.apart.take(situation)
        some = np.flatnonzero(reason)
        begin, end = start.take(some) + 1, start.take(some) + gap.take(some)
        for year in range(self.years.count) if some.size else ():
            first, after = self.years.begins[year], self.years.begins[year + 1]
            covered = some[(begin < after) & (end >= first)]
            self.apart[reason.take(covered) - 1, self.begins.take(rows.take(covered)) + year * self.people] = True


def _shorter(pools: Choice, passed: Numbers) -> Numbers:
    """For each authority, how many of each pool are not longer than what has passed since its inspection."""
    parts = [pools.items[begin : begin + count] for begin, count in zip(pools.begins, pools.counts, strict=True)]
    return np.stack([np.searchsorted(part, passed, side="right") for part in parts], axis=1).astype(np.int32)
