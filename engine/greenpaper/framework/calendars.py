"""Calendars: which days are worked, and the day that comes a time after another.

A calendar speaks of some years. Of other days nothing is known, and nothing is guessed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never

from greenpaper.framework import calendar_problems as problems
from greenpaper.framework.checked import Confidence, Framework, TimeUnit
from greenpaper.framework.content_problems import unknown_entry
from greenpaper.framework.parts import Parts
from greenpaper.framework.reading import Reading
from greenpaper.framework.written_calendar import CalendarFile
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.shape_problems import no_such_day
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY, DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR = timedelta(days=1), 7, 12

INSPECTIONS = "inspections"
"""What events of inspections, and not of a table of visits, are of."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which no work is done; `once` marks one that is not so every year."""

    day: date
    title: str
    once: bool = False
    substitute: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days from `first` to `last`: all but those of the weekend and the holidays."""

    id: str
    title: str
    first: date
    last: date
    weekend: frozenset[int]
    holidays: Mapping[date, Holiday]
    confidence: Confidence
    span: Span | None = field(default=None, compare=False, repr=False)

    def is_worked(self, day: date) -> bool | None:
        """Whether the day is a working day; unknown (None) for one of which the calendar does not speak."""
        if not self.first <= day <= self.last:
            return None
        return day.weekday() not in self.weekend and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Unreached:
    """A day that is not known, and why."""

    why: str


Calendars = Mapping[str, Calendar]
Checked = tuple[Calendars, tuple[Diagnostic, ...]]


def working_days_after(day: date, count: int, calendar: Calendar) -> date | Unreached:
    """The day by which so many working days have passed since `day`, which does not count itself.

    Unknown: where one of the days between is not in the calendar.
    """
    passed = 0
    while passed < count:
        day += DAY
        worked = calendar.is_worked(day)
        if worked is None:
            return Unreached(f"the calendar `{calendar.id}` is of {calendar.first} to {calendar.last} only")
        passed += worked
    return day


def months_after(day: date, count: int) -> date:
    """The same day so many months later, or the last of a month that has no such day.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 3, 15), 30)
    (datetime.date(2026, 2, 28), datetime.date(2028, 9, 15))
    """
    years, month = divmod(day.month - 1 + count, MONTHS_OF_A_YEAR)
    year, month = day.year + years, month + 1
    following = date(year + month // MONTHS_OF_A_YEAR, month % MONTHS_OF_A_YEAR + 1, 1)
    return date(year, month, min(day.day, (following - DAY).day))


def time_after(day: date, count: int, unit: TimeUnit, calendar: Calendar | None) -> date | Unreached:
    """The day that comes so many of a unit after another. Unknown: beyond the calendar, or the end of all dates."""
    try:
        match unit:
            case TimeUnit.WORKING_DAYS:
                return working_days_after(day, count, calendar) if calendar else Unreached("there is no calendar")
            case TimeUnit.DAYS:
                return day + count * DAY
            case TimeUnit.WEEKS:
                return day + DAYS_OF_A_WEEK * count * DAY
            case TimeUnit.MONTHS:
                return months_after(day, count)
            case _:
                assert_never(unit)
    except (OverflowError, ValueError):
        return Unreached("it lies beyond the last year that a date can have")


# Files


def check_calendars(parts: Parts) -> Checked:
    """Every calendar by its id, and every problem in them. One with a problem is left out."""
    calendars: dict[str, Calendar] = {}
    found: list[Diagnostic] = []
    for part in parts:
        written, wrong = read_shape(CalendarFile, part.node, gate=True)
        found += wrong
        if written is not None:
            reading = Reading(written, part.node)
            calendar = _calendar(reading, part.name)
            found += reading.found
            calendars |= {} if reading.found else {calendar.id: calendar}
    return calendars, tuple(found)


def _calendar(reading: Reading[CalendarFile], name: str) -> Calendar:
    written = reading.written
    stem = name.rpartition("/")[2].rpartition(".")[0]
    if written.calendar != stem:
        reading.found.append(problems.calendar_is_not_its_file(written.calendar, stem, reading.value("calendar")))
    if written.until < written.first:
        reading.found.append(problems.calendar_ends_early(reading.value("until"), reading.value("from")))
    return Calendar(
        written.calendar,
        written.title,
        written.first,
        written.until,
        frozenset(WEEKDAYS.index(each) for each in written.weekend),
        dict(_holidays(reading)),
        Confidence(written.confidence),
        reading.value("calendar"),
    )


def _holidays(reading: Reading[CalendarFile]) -> Iterator[tuple[date, Holiday]]:
    for text, written in reading.written.holidays.items():
        place = reading.key("holidays", text)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            reading.found.append(no_such_day(text, place))
            continue
        if not reading.written.first <= day <= reading.written.until:
            reading.found.append(problems.holiday_outside(text, place, reading.value("from")))
        yield day, Holiday(day, written.title, written.once, written.substitute, written.note)


def check_deadlines(framework: Framework, read: Callable[[], Checked]) -> Iterator[Diagnostic]:
    """What a version's deadlines name that there is not: calendars, decisions or facts, and outcomes of decisions.

    Calendars are read, and said to be wrong, only where a deadline counts by one. Columns of a table of visits are
    known only where the table is.
    """
    calendars, found = read() if any(each.calendar for each in framework.deadlines.values()) else ({}, ())
    yield from found
    for deadline in framework.deadlines.values():
        place = deadline.span
        if place and deadline.calendar and deadline.calendar not in calendars and not found:
            yield unknown_entry(deadline.calendar, "calendar", place, calendars)
        for name, wanted in deadline.only_where.items():
            decision = framework.decisions.get(name)
            known = (*framework.decisions, *framework.vocabulary.facts)
            if place and decision and wanted not in decision.outcomes:
                yield unknown_entry(str(wanted), "outcome", place, decision.outcomes)
            elif place and framework.events[deadline.after].of == INSPECTIONS and name not in known:
                yield unknown_entry(name, "decision or fact", place, known)
