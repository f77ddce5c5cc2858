"""What inspectors came for: the inspections and visits of one authority, and the versions that govern each.

A version governs by the first day on site. Where that is not known, or it depends on a day of which only the month is,
several versions are possible; each of them is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from greenpaper.comparison.inspections import fits, surely_or_perhaps
from greenpaper.framework.calendars import INSPECTIONS
from greenpaper.framework.checked import AssumedFor, Framework, Recorded
from greenpaper.records.record import Authority, Cell, Period, Record
from greenpaper.records.visits import Visit, VisitTables


@dataclass(frozen=True, slots=True)
class Occasion:
    """One inspection, or one visit of a table. `record` is that of an inspection."""

    table: str
    authority: Authority
    periods: tuple[Period, ...]
    published: date | None
    cells: Mapping[str, Cell]
    record: Record | None = None

    @property
    def first(self) -> date | None:
        return min((each.first for each in self.periods), default=None)

    @property
    def last(self) -> date | None:
        return max((each.last for each in self.periods), default=None)

    @property
    def begins(self) -> date | None:
        """The day that it has in a row of occasions: the first on site, or the publication where that is missing."""
        return self.first or self.published

    def day(self, recorded: Recorded) -> date | None:
        """The day that the records hold; None where they do not hold it of this one."""
        match recorded:
            case Recorded.FIRST_DAY:
                return self.first
            case Recorded.LAST_DAY:
                return self.last
            case Recorded.PUBLICATION:
                return self.published


@dataclass(frozen=True, slots=True)
class Governing:
    """The versions that govern an occasion, or can; `how` says how that is known, or why not.

    `assumed` are days for which the one version is only taken to hold.
    """

    frameworks: tuple[Framework, ...]
    how: str = ""
    assumed: AssumedFor | None = None


def occasions_of(
    authority: Authority, inspections: Sequence[Record], visits: VisitTables, as_of: date | None
) -> tuple[Occasion, ...]:
    """Every inspection and visit of an authority that had begun by a day, the oldest first.

    One without days on site is taken in by the publication of its report or letter, or where that is missing too.
    """
    found = [_inspection(each) for each in inspections]
    for name, table in visits.by_name.items():
        found += [_visit(name, each) for each in table.of.get(authority.code, ())]
    begun = (each for each in found if as_of is None or (each.begins or date.min) <= as_of)
    known = (_known_by(each, as_of) for each in begun)
    return tuple(sorted(known, key=lambda each: (each.begins or date.min, each.table)))


def _inspection(record: Record) -> Occasion:
    held = record.inspection
    return Occasion(INSPECTIONS, record.authority, held.periods, held.published, record.cells, record)


def _visit(table: str, visit: Visit) -> Occasion:
    periods = (Period(visit.first, visit.last),) if visit.first and visit.last else ()
    return Occasion(table, visit.authority, periods, visit.published, visit.cells)


def _known_by(occasion: Occasion, as_of: date | None) -> Occasion:
    """The occasion without what was published later: the day of that, and all that the report or letter says."""
    if as_of is None or occasion.published is None or occasion.published <= as_of:
        return occasion
    held = occasion.record
    unread = replace(held, cells={}, inspection=replace(held.inspection, published=None)) if held else None
    return replace(occasion, published=None, cells={}, record=unread)


def waits_of(inspections: Sequence[Record], visits: VisitTables) -> Mapping[str, timedelta]:
    """Table → the longest time that its occasions took to be published."""
    held = (each.inspection for each in inspections)
    waits = (each.published - each.started for each in held if each.published and each.started)
    return {
        INSPECTIONS: max(waits, default=timedelta.max),
        **{name: each.wait for name, each in visits.by_name.items()},
    }


def governing(frameworks: Sequence[Framework], occasion: Occasion, wait: timedelta = timedelta.max) -> Governing:
    """The versions that can govern an occasion; by its judgements, where days leave several.

    One without days on site is taken to have begun within `wait` before it was published.
    """
    possible, surely = _possible(frameworks, occasion, wait)
    fitting = tuple(each for each in possible if occasion.record is None or fits(occasion.record, each))
    match fitting or possible:
        case ():
            return Governing((), "no version here governs that day")
        case (framework,) if surely:
            by_day = "" if occasion.first else "by its publication, since its days on site are not known"
            return _by(framework, occasion, by_day)
        case (framework,) if fitting and occasion.record:
            return _by(framework, occasion, "by its judgements")
        case left:
            reason = "that depends on a day that is not known" if occasion.first else "its days on site are not known"
            return Governing(left, f"perhaps, since {reason}")


def _by(framework: Framework, occasion: Occasion, how: str) -> Governing:
    day = occasion.begins
    return Governing((framework,), how, framework.assumed_on(day) if day else None)


def _possible(
    frameworks: Sequence[Framework], occasion: Occasion, wait: timedelta
) -> tuple[tuple[Framework, ...], bool]:
    """The versions that can govern an occasion, and whether the only one surely does."""
    if occasion.first:
        surely, perhaps = surely_or_perhaps(frameworks, occasion.first)
        possible = tuple(each for each in frameworks if each is surely or each in perhaps)
        return possible, possible == (surely,)
    said = [(each, _can_govern(each, occasion, wait)) for each in frameworks]
    possible = tuple(each for each, governs in said if governs is not False)
    return possible, len(possible) == 1 and any(governs for _, governs in said)


def _can_govern(framework: Framework, occasion: Occasion, wait: timedelta) -> bool | None:
    """Whether a version governs an occasion without days on site; unknown (None) where it may."""
    if occasion.published is None:
        return None if framework.starts else False
    if wait == timedelta.max:
        return None if framework.starts and framework.starts.earliest <= occasion.published else False
    earliest, latest = framework.governs(occasion.published - wait), framework.governs(occasion.published)
    if earliest and latest:
        return True
    starts, ends = framework.starts, framework.ends
    if starts is None or starts.earliest > occasion.published or (ends and ends.latest < occasion.published - wait):
        return False
    return None
