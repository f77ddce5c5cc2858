"""The coming years of several versions in every draw: how often each activity takes place, and what days it takes.

Equal random numbers serve all versions, and each part of the draws is worked out by itself: results depend neither on
what else is asked for, nor on how many draws are worked on together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from greenpaper.comparison.coming_basis import REASONS, Projected
from greenpaper.framework.checked import Activity, Amount
from greenpaper.population.chances import Chances, Purpose
from greenpaper.population.choice import Numbers
from greenpaper.population.cycles import Counted, Years, counted

AT_ONCE = 150_000
"""How many rows, one for each draw and authority, are worked on together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is drawn: which years, in how many draws, from which seed, and from which first inspections on."""

    years: tuple[int, ...]
    draws: int = 10_000
    seed: int = 1
    since: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One version in every draw: `visits` of each activity by draw and year, `days` alike; None is not known.

    `apart` is how many authorities are not counted, by reason, draw and year, and last for any of these reasons.
    """

    visits: Mapping[str, Numbers]
    days: Mapping[str, Numbers | None]
    apart: Numbers

    @property
    def all_visits(self) -> Numbers:
        """The visits of all activities."""
        return sum(self.visits.values(), start=np.zeros(self.apart.shape[1:], dtype=np.int64))

    @property
    def all_days(self) -> Numbers | None:
        """The days of all activities."""
        known = [each for each in self.days.values() if each is not None]
        return sum(known, start=np.zeros(self.apart.shape[1:])) if len(known) == len(self.days) else None


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPair:
    """Two versions in every draw, over the authorities that both count; `left_out` are the others by draw and year."""

    before: Drawn
    after: Drawn
    left_out: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class AllDrawn:
    """Each version alone, and each of the others beside the first, by the numbers of the versions."""

    alone: Mapping[int, Drawn]
    pairs: Mapping[int, DrawnPair]


def drawn(parts: Mapping[int, Projected], asked: Asked, taken: date) -> AllDrawn:
    """Every draw of each version; the records were taken on the day `taken`, and version 0 is the first."""
    people = next(iter(parts.values())).cycles.passed.size
    years, at_once = years_of(asked.years, taken), max(1, AT_ONCE // max(1, people))
    blocks = [
        _block(parts, years, Chances(asked.seed, people, first, min(at_once, asked.draws - first)))
        for first in range(0, asked.draws, at_once)
    ]
    takes = {number: _taking(part, asked) for number, part in parts.items()}
    alone = {number: _joined([block.alone[number] for block in blocks], takes[number]) for number in parts}
    pairs = {
        number: _joined_pair([block.pairs[number] for block in blocks], (takes[0], takes[number]))
        for number in blocks[0].pairs
    }
    return AllDrawn(alone, pairs)


def years_of(years: Sequence[int], taken: date) -> Years:
    """Successive years in days from that on which the records were taken."""
    begins = [(date(year, 1, 1) - taken).days for year in (*years, years[-1] + 1)]
    day = date(taken.year + 1, 3, 1) if (taken.month, taken.day) == (2, 29) else taken.replace(year=taken.year + 1)
    return Years(begins, (day - taken).days)


# A part of the draws


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Over all authorities: times by activity, draw and year, and who is not counted by reason, draw and year."""

    times: Numbers
    apart: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    alone: Mapping[int, _Sums]
    pairs: Mapping[int, tuple[_Sums, _Sums]]


def _block(parts: Mapping[int, Projected], years: Years, chances: Chances) -> _Block:
    found = {number: counted(part.cycles, years, len(REASONS), chances) for number, part in parts.items()}
    alone = {number: _summed(each.times, np.concatenate([each.apart, _anyhow(each)])) for number, each in found.items()}
    others = [number for number in found if number and 0 in found]
    return _Block(alone, {number: _both(found[0], found[number]) for number in others})


def _summed(times: Numbers, apart: Numbers) -> _Sums:
    """The sums over all authorities, which are the last of four axes."""
    return _Sums(times.sum(axis=3, dtype=np.int32), apart.sum(axis=3, dtype=np.int32))


def _anyhow(given: Counted) -> Numbers:
    """Who is not counted, for whatever reason."""
    return np.asarray(given.apart.any(axis=0, keepdims=True))


def _both(before: Counted, after: Counted) -> tuple[_Sums, _Sums]:
    """The sums of two versions over those that both count; `apart` are those that one of them does not."""
    without = _anyhow(before) | _anyhow(after)
    if not without.any():
        return _summed(before.times, without), _summed(after.times, without)
    return _summed(before.times * ~without, without), _summed(after.times * ~without, without)


# All draws

Takes = Mapping[str, Numbers | None]
"""The inspector days that one time of each activity takes, in every draw; None is not known."""


def _joined(parts: Sequence[_Sums], takes: Takes) -> Drawn:
    times = np.concatenate([each.times for each in parts], axis=1)
    visits = dict(zip(takes, times, strict=True))
    days = {name: _days(each, takes[name]) for name, each in visits.items()}
    return Drawn(visits, days, np.concatenate([each.apart for each in parts], axis=1))


def _joined_pair(parts: Sequence[tuple[_Sums, _Sums]], takes: tuple[Takes, Takes]) -> DrawnPair:
    before, after = (_joined([each[side] for each in parts], takes[side]) for side in (0, 1))
    return DrawnPair(before, after, before.apart[0])


def _days(visits: Numbers, takes: Numbers | None) -> Numbers | None:
    """Visits that nobody makes take no days, however many one would take."""
    if takes is None:
        return None if visits.any() else np.zeros(visits.shape)
    return visits * takes[:, np.newaxis]


def _taking(part: Projected, asked: Asked) -> Takes:
    chances = Chances(asked.seed, 1, 0, asked.draws)
    return {
        each.activity: _takes(part.framework.activities.get(each.activity), chances) for each in part.cycles.follows
    }


def _takes(activity: Activity | None, chances: Chances) -> Numbers | None:
    """Inspectors times days on site, each one number for all that a version does in a draw."""
    if activity is None:
        return None
    inspectors = _amount(activity.inspectors, chances.of(Purpose.INSPECTORS, name=activity.id))
    days = _amount(activity.days_on_site, chances.of(Purpose.DAYS, name=activity.id))
    return None if inspectors is None or days is None else inspectors * days


def _amount(given: Amount | None, uniform: Numbers) -> Numbers | None:
    """An amount in every draw: of bounds that are whole each whole number has the same chance."""
    if given is None or given.most is None:
        return None
    least, most = float(given.least), float(given.most)
    if least.is_integer() and most.is_integer():
        return least + np.floor(uniform * (most - least + 1))
    return least + uniform * (most - least)
