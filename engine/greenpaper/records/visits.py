"""A table of visits in the project's columns, and how many visits lie between two days.

A table speaks of the days from its first visit to its last. Of other days it says nothing, which is not the same as
that nobody was visited.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from greenpaper.records.columns import lacking
from greenpaper.records.csv_text import read_table
from greenpaper.records.directory import directory_of
from greenpaper.records.record import Authority, Cell, Origin, Record
from greenpaper.records.record_table import rows_to_records
from greenpaper.records.tables import INSPECTIONS_FILE, REGISTER_FILE, read_bytes
from greenpaper.source.diagnostics import Diagnostic, PolicyError

SUFFIX = ".csv"
NO_VISITS = (REGISTER_FILE, INSPECTIONS_FILE)
DAY = timedelta(days=1)


class Uncounted(StrEnum):
    """Why it is not known how many visits lie between two days."""

    BEYOND = "the table of visits does not speak of all the days between"
    DOUBTFUL = "a visit without days on site may or may not lie between"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to one authority. Its days on site, or the publication of its letter, may be unknown (None).

    `cells` are the other columns of the table, as they were given.
    """

    authority: Authority
    first: date | None
    last: date | None
    published: date | None
    origin: Origin = field(default_factory=Origin)
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visits:
    """A table of visits, by the code of the authority.

    `begins` and `ends` are the first and last day on site of any visit; a table in which no visit has days says
    nothing of any day. `wait` is the longest time from the end of a visit to the publication of its letter.
    """

    of: Mapping[str, tuple[Visit, ...]]
    begins: date | None
    ends: date | None
    wait: timedelta

    def between(self, authority: Authority, after: date, before: date) -> int | Uncounted:
        """How many visits begin after the one day and end before the other.

        Unknown: the reason why they cannot be counted. A visit without days on site is taken to have ended
        within `wait` before the publication of its letter; it is counted where all of that time lies between, and makes
        the count unknown where only some of it does.
        """
        if not self.begins or not self.ends or after + DAY < self.begins or before - DAY > self.ends:
            return Uncounted.BEYOND
        found = [self._lies_between(each, after, before) for each in self.of.get(authority.code, ())]
        return Uncounted.DOUBTFUL if None in found else found.count(True)

    def _lies_between(self, visit: Visit, after: date, before: date) -> bool | None:
        if visit.first and visit.last:
            return after < visit.first and visit.last < before
        if visit.published is None:
            return None
        earliest = visit.published - self.wait
        if visit.published <= after or earliest >= before:
            return False
        return True if after < earliest and visit.published < before else None


@dataclass(frozen=True, slots=True)
class VisitTables:
    """Tables of visits by name; `there` names every table that lies with the records, whether it was read or not."""

    by_name: Mapping[str, Visits] = field(default_factory=dict)
    there: tuple[str, ...] = ()


VisitsRead = tuple[Visits | None, tuple[Diagnostic, ...]]


def load_visits(folder: Path, names: Iterable[str], register: tuple[Authority, ...]) -> VisitTables:
    """The tables of these names that lie in `folder`, such as `visits.csv` for `visits`.

    Problems: all of them, behind one PolicyError; that a table is not there is none.
    """
    there = tuple(sorted(file.stem for file in folder.glob(f"*{SUFFIX}") if file.name not in NO_VISITS))
    read = {name: _visits_in(folder / f"{name}{SUFFIX}", register) for name in names if name in there}
    found = tuple(problem for _, problems in read.values() for problem in problems)
    if found:
        raise PolicyError(found)
    return VisitTables({name: visits for name, (visits, _) in read.items() if visits}, there)


def _visits_in(file: Path, register: tuple[Authority, ...]) -> VisitsRead:
    content, unread = read_bytes(file)
    return (None, unread) if content is None else read_visits(str(file), content, register)


def read_visits(name: str, content: bytes, register: tuple[Authority, ...]) -> VisitsRead:
    """A table's bytes as visits, and every problem in them. A table without rows is one that says nothing."""
    table, found = read_table(name, content)
    if table is None:
        return None, found
    refused = (*found, *lacking(table, ("authority", "code")))
    if len(refused) > len(found):
        return None, refused
    rows, wrong = rows_to_records(table, directory_of(register))
    refused = (*found, *wrong)
    return (None if refused else visits_of(map(_visit, rows))), refused


def _visit(row: Record) -> Visit:
    held = row.inspection
    return Visit(row.authority, held.started, held.ended, held.published, row.origin, row.cells)


def visits_of(visits: Iterable[Visit]) -> Visits:
    """Visits as a table, with what follows from all of them together."""
    listed = tuple(visits)
    of: dict[str, tuple[Visit, ...]] = {}
    for each in listed:
        of[each.authority.code] = (*of.get(each.authority.code, ()), each)
    begins = min((each.first for each in listed if each.first), default=None)
    ends = max((each.last for each in listed if each.last), default=None)
    waits = (each.published - each.last for each in listed if each.published and each.last)
    return Visits(of, begins, ends, max(waits, default=timedelta.max))
