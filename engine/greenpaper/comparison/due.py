"""One time counted after an event: from which day, until when, and how what is due then stands on another day.

What is not known stays unknown, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenpaper.comparison.occasions import Occasion
from greenpaper.evaluation.evaluate import Evaluation, Verdict
from greenpaper.framework.calendars import Calendars, Unreached, time_after
from greenpaper.framework.checked import Deadline, Event, Status, TimeUnit
from greenpaper.records.facts import TRUTHS, months_between
from greenpaper.records.record import Cell, Unknown


class Footing(StrEnum):
    """How the day of an event is known."""

    RECORDED = "recorded"
    ASSUMED = "assumed"
    UNKNOWN = "not known"


class State(StrEnum):
    """How something that is due stands on a day."""

    IN_TIME = "in time"
    EARLY = "early"
    LATE = "late"
    DONE = "done"
    NOT_YET_DUE = "not yet due"
    DUE_NOW = "due now"
    OVERDUE = "overdue"
    NOT_RECORDED = "not recorded"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Start:
    """The event that a time is counted from: its day, and how that is known.

    `taken_from` is the event whose day is taken for it where it is assumed; `why` is why there is none.
    """

    event: Event
    footing: Footing
    day: date | None = None
    taken_from: Event | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which it is in time, None for no bound; `unknown` is why neither is known."""

    first: date | None = None
    last: date | None = None
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What ended the waiting. `day` is None where it is not known; it was then `by` another day at the latest."""

    event: Event
    day: date | None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Off:
    """By how much something is too early or too late: whole months, or days where that is less than one."""

    count: int
    unit: TimeUnit


def start_of(events: Mapping[str, Event], event: Event, occasion: Occasion) -> Start:
    """The day of an event of an occasion: recorded, taken from another event, or not known."""
    if event.recorded_as and (day := occasion.day(event.recorded_as)):
        return Start(event, Footing.RECORDED, day)
    other = events.get(event.assumed_from)
    if other and other.recorded_as and (day := occasion.day(other.recorded_as)):
        return Start(event, Footing.ASSUMED, day, other)
    missing = event.recorded_as or (other.recorded_as if other else None)
    why = f"the records do not have its {missing}" if missing else "the records do not hold when that was"
    return Start(event, Footing.UNKNOWN, why=why)


def window_of(deadline: Deadline, start: Start, calendars: Calendars) -> Window:
    """The days on which what is due after an event is in time."""
    if start.day is None:
        return Window(unknown=start.why)
    first = _after(start.day, deadline.least, deadline, calendars)
    last = _after(start.day, deadline.most, deadline, calendars)
    if isinstance(first, Unreached):
        return Window(unknown=first.why)
    return Window(unknown=last.why) if isinstance(last, Unreached) else Window(first, last)


def _after(day: date, count: int | None, deadline: Deadline, calendars: Calendars) -> date | Unreached | None:
    if count is None:
        return None
    if deadline.calendar and deadline.calendar not in calendars:
        return Unreached(f"there is no calendar named `{deadline.calendar}`")
    return time_after(day, count, deadline.unit, calendars.get(deadline.calendar))


def applies(deadline: Deadline, occasion: Occasion, evaluation: Evaluation | None) -> bool | None:
    """Whether anything is due at all: whether each column, or answer to a decision, is what it must be.

    Unknown (None): a cell that is missing, unreadable, or neither true nor false where it must be one of them, or a
    decision with several possible answers.
    """
    verdicts = evaluation.decisions if evaluation else {}
    held = [
        _answered(verdicts[name], wanted) if name in verdicts else _same(occasion.cells.get(name), wanted)
        for name, wanted in deadline.only_where.items()
    ]
    return False if False in held else None if None in held else True


def _answered(verdict: Verdict, wanted: bool | int | float | str) -> bool | None:
    held = {each.status is Status.DECIDED and wanted in each.outcomes for each in verdict.possible}
    return held.pop() if len(held) == 1 else None


def _same(cell: Cell, wanted: bool | int | float | str) -> bool | None:
    if cell is None or cell == "" or isinstance(cell, Unknown):
        return None
    said = str(cell).casefold()
    if isinstance(wanted, bool):
        return TRUTHS[said] is wanted if said in TRUTHS else None
    return said == str(wanted).casefold()


def state_of(window: Window, done: Done | None, as_of: date | None, *, recorded: bool) -> tuple[State, Off | None]:
    """How it stands on a day, and by how much it is too early or too late.

    `recorded` says whether the records would hold that it was done.
    """
    first, last = window.first, window.last
    if done:
        return _once_done(first, last, done)
    if window.unknown or (as_of is None and recorded):
        return State.UNKNOWN, None
    if as_of is None or not recorded:
        return State.NOT_RECORDED, None
    if last and as_of > last:
        return State.OVERDUE, off(last, as_of)
    return (State.DUE_NOW if first and as_of >= first else State.NOT_YET_DUE), None


def _once_done(first: date | None, last: date | None, done: Done) -> tuple[State, Off | None]:
    if first is None and last is None:
        return State.DONE, None
    if done.day is None:
        in_time = first is None and last is not None and done.by is not None and done.by <= last
        return (State.IN_TIME if in_time else State.DONE), None
    if last and done.day > last:
        return State.LATE, off(last, done.day)
    return (State.EARLY, off(done.day, first)) if first and done.day < first else (State.IN_TIME, None)


def off(earlier: date, later: date) -> Off:
    """The whole months between two days, or the days where there is no whole month."""
    months = months_between(earlier, later)
    return Off(months, TimeUnit.MONTHS) if months else Off((later - earlier).days, TimeUnit.DAYS)
