"""What versions cost in coming years, drawn many times: inspections at observed distances, grades by observed steps.

Each version is taken to govern all along. One draw follows every authority from inspection to inspection: unknown facts
are those of the nearest complete record, the next inspection comes after an observed gap, what follows is spread over
it, and the grades after it are those of an observed step. Equal random numbers serve all versions, so that a change
between two of them is that of one future.

What varies is chance as it was observed, and amounts that are stated as a range. That the past goes on is assumed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from greenpaper.comparison.coming_basis import REASONS, Apart, Basis, Projected, needs_of, projected
from greenpaper.comparison.coming_draws import AllDrawn, Asked, Drawn, DrawnPair, drawn
from greenpaper.comparison.compare import Unusable, words_of
from greenpaper.framework.checked import Framework
from greenpaper.population.choice import Numbers
from greenpaper.records.record import Record
from greenpaper.records.tables import Records

PERCENT = (5, 50, 95)


@dataclass(frozen=True, slots=True)
class Spread:
    """The least numbers that at least 5, 50 and 95 of a hundred draws do not exceed, to a tenth."""

    low: Fraction
    median: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class YearLoad:
    """The visits of one year, and the inspector days that they take; None is not known."""

    visits: Spread
    days: Spread | None


@dataclass(frozen=True, slots=True)
class YearLoads:
    """For each activity, and for all together, the load of every year."""

    by_activity: Mapping[str, tuple[YearLoad, ...]]
    total: tuple[YearLoad, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """One version in the coming years.

    `not_counted` are how many authorities are not counted in each year, `apart` how many for each reason that occurs.
    """

    framework: Framework
    basis: Basis
    loads: YearLoads
    not_counted: tuple[Spread, ...]
    apart: Mapping[Apart, tuple[Spread, ...]]


@dataclass(frozen=True, slots=True)
class ComingChange:
    """What another version costs more than the first, draw by draw.

    `left_out` are how many authorities are left out in each year, because one of the two does not count them.
    """

    before: Framework
    after: Framework
    loads: YearLoads
    left_out: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class DecisionYears:
    """What follows from one decision; a version without it is None."""

    id: str
    question: str
    versions: tuple[Coming | None, ...]
    changes: tuple[ComingChange, ...]


@dataclass(frozen=True, slots=True)
class ComingYears:
    """Versions in the coming years; `taken` is the day of the records."""

    frameworks: tuple[Framework, ...]
    asked: Asked
    taken: date
    authorities: int
    decisions: tuple[DecisionYears, ...]
    unusable: tuple[Unusable, ...]


def coming_years(
    frameworks: Sequence[Framework],
    records: Records,
    asked: Asked,
    *,
    followed: Sequence[Record] | None = None,
    elsewhere: Collection[str] = (),
) -> ComingYears:
    """What each framework costs in the years asked for, which lie after the records, and how much more than the first.

    `followed` are some of the current records (without them, all); what is drawn from are all records. Unknown: facts
    are those of the nearest complete records; an amount without a bound leaves days unknown; who gets no stated
    workload is counted apart. Errors: NothingToDrawFrom.
    """
    assert records.taken
    people = tuple(records.current if followed is None else followed)
    known = frozenset(elsewhere).union(*(each.vocabulary.facts for each in frameworks))
    judged = words_of(frameworks)
    decisions, wrong = [], []
    for name in _told(frameworks):
        needs = {n: needs_of(each, name, known, judged) for n, each in enumerate(frameworks) if name in each.decisions}
        parts = {
            number: projected(each, each.framework.decisions[name], records, people, since=asked.since)
            for number, each in needs.items()
        }
        wrong += [each for part in parts.values() for each in part.unusable]
        decisions.append(_decision(name, frameworks, parts, drawn(parts, asked, records.taken)))
    unusable = tuple({(each.record.authority.code, each.cells): each for each in wrong}.values())
    return ComingYears(tuple(frameworks), asked, records.taken, len(people), tuple(decisions), unusable)


def _told(frameworks: Iterable[Framework]) -> tuple[str, ...]:
    """The decisions of which some version says what follows from an outcome, which can be nothing."""
    each = ((name, decision) for framework in frameworks for name, decision in framework.decisions.items())
    told = (name for name, one in each if any(outcome.activities is not None for outcome in one.outcomes.values()))
    return tuple(dict.fromkeys(told))


def _decision(
    name: str, frameworks: Sequence[Framework], parts: Mapping[int, Projected], all_: AllDrawn
) -> DecisionYears:
    questions = dict.fromkeys(each.decisions[name].question for each in frameworks if name in each.decisions)
    versions = (_coming(parts[n], all_.alone[n]) if n in parts else None for n in range(len(frameworks)))
    changes = (_change(frameworks[0], frameworks[number], pair) for number, pair in all_.pairs.items())
    return DecisionYears(name, " / ".join(questions), tuple(versions), tuple(changes))


def _coming(part: Projected, given: Drawn) -> Coming:
    activities = {name: _loads(visits, given.days[name]) for name, visits in given.visits.items()}
    *reasons, anyhow = given.apart
    apart = {reason: tuple(_spreads(row)) for reason, row in zip(REASONS, reasons, strict=True) if row.any()}
    loads = YearLoads(activities, _loads(given.all_visits, given.all_days))
    return Coming(part.framework, part.basis, loads, tuple(_spreads(anyhow)), apart)


def _change(before: Framework, after: Framework, pair: DrawnPair) -> ComingChange:
    old, new = pair.before, pair.after
    names = tuple(dict.fromkeys((*old.visits, *new.visits)))
    activities = {name: _loads(*_difference(old, new, name)) for name in names}
    visits, days = new.all_visits - old.all_visits, _less(new.all_days, old.all_days)
    return ComingChange(before, after, YearLoads(activities, _loads(visits, days)), tuple(_spreads(pair.left_out)))


def _difference(old: Drawn, new: Drawn, name: str) -> tuple[Numbers, Numbers | None]:
    nothing = np.zeros(old.apart.shape[1:], dtype=np.int32)
    visits = new.visits.get(name, nothing) - old.visits.get(name, nothing)
    return visits, _less(new.days.get(name, nothing), old.days.get(name, nothing))


def _less(new: Numbers | None, old: Numbers | None) -> Numbers | None:
    return None if new is None or old is None else new - old


def _loads(visits: Numbers, days: Numbers | None) -> tuple[YearLoad, ...]:
    """The load of every year from its visits, and its days, by draw and year."""
    each = [None] * visits.shape[1] if days is None else _spreads(days)
    return tuple(YearLoad(*pair) for pair in zip(_spreads(visits), each, strict=True))


def _spreads(drawn_: Numbers) -> Iterator[Spread]:
    """For every year, how a number by draw and year spreads over the draws."""
    ordered = np.sort(drawn_, axis=0)
    places = [-(-len(ordered) * percent // 100) - 1 for percent in PERCENT]
    for column in ordered[places].T:
        yield Spread(*(Fraction(round(float(number) * 10), 10) for number in column))
