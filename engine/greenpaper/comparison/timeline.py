"""What is due after the inspections and visits of one authority: when, why, and whether it was done in time.

That something is late is information, and no error.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from greenpaper.comparison.due import Done, Off, Start, State, Window, applies, start_of, state_of, window_of
from greenpaper.comparison.inspections import evaluated
from greenpaper.comparison.occasions import Governing, Occasion, governing, occasions_of
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.framework.calendars import INSPECTIONS, Calendars
from greenpaper.framework.checked import Deadline, Framework
from greenpaper.records.record import Authority, Record
from greenpaper.records.visits import VisitTables

WAITING = (State.NOT_YET_DUE, State.DUE_NOW, State.OVERDUE, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due after an occasion, as one or more versions say.

    `applies` is None where it is not known whether it is due at all: only on one of the `conditions`, of which each is
    what some column, or decision, must be. `off` is by how much it was, or is, too early or too late.
    """

    deadline: Deadline
    versions: tuple[str, ...]
    start: Start
    window: Window
    applies: bool | None
    conditions: tuple[str, ...]
    done: Done | None
    state: State
    off: Off | None = None

    def is_open(self, as_of: date | None) -> bool:
        """Whether it is still to come, or to be waited for."""
        if self.state is State.NOT_RECORDED:
            return as_of is None or self.window.last is None or as_of <= self.window.last
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class Moment:
    """One occasion, the versions that govern it, and what is due after it."""

    occasion: Occasion
    governing: Governing
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next under a version: what follows from the last inspection, and what is due after it."""

    evaluation: Evaluation
    last: Moment | None

    @property
    def framework(self) -> Framework:
        return self.evaluation.framework


@dataclass(frozen=True, slots=True)
class Timeline:
    """The occasions of an authority, the oldest first, and what comes next, as of a day.

    `record` is its last inspection. `missing` are tables of visits that versions speak of and that are not there.
    """

    record: Record
    as_of: date | None
    moments: tuple[Moment, ...]
    coming: Coming
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What the records hold: one authority, its inspections, oldest first, and all tables of visits.

    `waits` is, by table, the longest time that anything in it took to be published.
    """

    authority: Authority
    inspections: tuple[Record, ...]
    visits: VisitTables
    waits: Mapping[str, timedelta]


@dataclass(frozen=True, slots=True)
class Policy:
    """The versions that can govern, the one that holds for what comes next, and the calendars they count by.

    `elsewhere` names all facts that some version knows.
    """

    frameworks: tuple[Framework, ...]
    in_force: Framework
    calendars: Calendars
    elsewhere: Collection[str] = ()


def tables_of(frameworks: Iterable[Framework]) -> tuple[str, ...]:
    """The names of the tables of visits that events of the versions are of."""
    names = (event.of for framework in frameworks for event in framework.events.values())
    return tuple(dict.fromkeys(name for name in names if name != INSPECTIONS))


def timeline(policy: Policy, held: Held, as_of: date | None) -> Timeline:
    """The timeline of one authority as it stands on a day: of what began or was published later nothing is known.

    Unknown: a day that the records do not hold, or that lies outside a calendar, leaves what depends on it unknown.
    """
    occasions = occasions_of(held.authority, held.inspections, held.visits, as_of)
    counting = _Counting(policy, occasions, held.waits, as_of)
    moments = tuple(counting.moments())
    last = next((each for each in reversed(occasions) if each.record), None)
    record = last.record if last and last.record else Record(held.authority, {})
    next_due = counting.moment(last, Governing((policy.in_force,))) if last else None
    coming = Coming(evaluated(policy.in_force, record, policy.elsewhere)[0], next_due)
    missing = (name for name in tables_of((*policy.frameworks, policy.in_force)) if name not in held.visits.by_name)
    return Timeline(record, as_of, moments, coming, tuple(missing))


@dataclass(frozen=True, slots=True)
class _Counting:
    """Times counted after the occasions of one authority."""

    policy: Policy
    occasions: tuple[Occasion, ...]
    waits: Mapping[str, timedelta]
    as_of: date | None

    def moments(self) -> Iterator[Moment]:
        for occasion in self.occasions:
            wait = self.waits.get(occasion.table, timedelta.max)
            yield self.moment(occasion, governing(self.policy.frameworks, occasion, wait))

    def moment(self, occasion: Occasion, governed: Governing) -> Moment:
        """What is due after an occasion under each version that can govern it, the earliest first.

        What several say is told once.
        """
        found: dict[tuple[object, ...], Due] = {}
        for framework in governed.frameworks:
            for due in self._under(framework, occasion):
                key = (due.deadline.title, due.deadline.by, due.start.day, due.window, due.state)
                found[key] = _together(found[key], due) if key in found else due
        return Moment(occasion, governed, tuple(sorted(found.values(), key=_latest)))

    def _under(self, framework: Framework, occasion: Occasion) -> Iterator[Due]:
        record, elsewhere = occasion.record, self.policy.elsewhere
        evaluation = evaluated(framework, record, elsewhere)[0] if record else None
        for deadline in framework.deadlines.values():
            if framework.events[deadline.after].of == occasion.table:
                is_due = applies(deadline, occasion, evaluation)
                if is_due is not False:
                    yield self._due(framework, deadline, occasion, is_due)

    def _due(self, framework: Framework, deadline: Deadline, occasion: Occasion, is_due: bool | None) -> Due:
        start = start_of(framework.events, framework.events[deadline.after], occasion)
        window = window_of(deadline, start, self.policy.calendars)
        done, met_by = self._done(framework, deadline, occasion), framework.events.get(deadline.met_by)
        recorded = met_by is not None and met_by.recorded_as is not None
        state, off = state_of(window, done, self.as_of, recorded=recorded)
        conditions = () if is_due else (_condition(deadline),)
        return Due(deadline, (framework.version,), start, window, is_due, conditions, done, state, off)

    def _done(self, framework: Framework, deadline: Deadline, occasion: Occasion) -> Done | None:
        """The event that ends the waiting: of the same occasion where it is another event, else of the next one."""
        event = framework.events.get(deadline.met_by)
        if event is None or event.recorded_as is None:
            return None
        same = event.of == occasion.table and deadline.met_by != deadline.after
        place = self.occasions.index(occasion) + (0 if same else 1)
        found = next((each for each in self.occasions[place:] if each.table == event.of), None)
        if found is None:
            return None
        day = found.day(event.recorded_as)
        return Done(event, day, None if day else found.published) if day or not same else None


def _latest(due: Due) -> date:
    return due.window.last or due.window.first or date.max


def _condition(deadline: Deadline) -> str:
    """What must be so for anything to be due."""
    said = (
        (name, str(value).lower() if isinstance(value, bool) else value) for name, value in deadline.only_where.items()
    )
    return " and ".join(f"{name} is {value}" for name, value in said)


def _together(first: Due, second: Due) -> Due:
    """What two versions, or two deadlines of one, say alike; it is due for certain where one of them says so."""
    is_due = first.applies or second.applies
    conditions = () if is_due else tuple(dict.fromkeys((*first.conditions, *second.conditions)))
    versions = tuple(dict.fromkeys((*first.versions, *second.versions)))
    return replace(first, versions=versions, applies=is_due, conditions=conditions)
