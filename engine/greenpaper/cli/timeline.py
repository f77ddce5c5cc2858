"""`greenpaper timeline`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import catalogue_of, day_of, find_record, records_in
from greenpaper.comparison.occasions import waits_of
from greenpaper.comparison.timeline import Held, Policy, Timeline, tables_of, timeline
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import selector_of
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.records.tables import Records, load_register
from greenpaper.records.visits import VisitTables, load_visits
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.shipped import shipped


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose timeline, as of which day, and under which version what comes next is told."""

    authority: str
    version: str = ""
    as_of: str = ""


def tell_timeline(asked: Asked, *, form: Format, policies: Path | None, records: Path | None) -> None:
    """Print what is due when, and why, for one authority. Raises Unusable, PolicyError or NoSuchVersion."""
    table = records_in(records)
    authority = find_record(asked.authority, table).authority
    day = day_of(asked.as_of, table)
    catalogue = catalogue_of(policies)
    in_force = _in_force(catalogue, asked.version, day)
    policy = _policy(catalogue, in_force)
    visits = _visits(policy.frameworks, table, records)
    held = Held(authority, table.of(authority), visits, waits_of(table.inspections, visits))
    out(_in(form, timeline(policy, held, day)))


def _in_force(catalogue: Catalogue, version: str, day: date | None) -> Framework:
    """The version that was named, or the one that governs an inspection starting on the day."""
    if version:
        return selector_of(version, catalogue).load(whole=True)
    found = catalogue.in_force(day) if day else None
    if found is None:
        raise NoSuchVersion("no version is in force on that day: name one with `--version`")
    return catalogue.load(found, whole=True)


def _policy(catalogue: Catalogue, in_force: Framework) -> Policy:
    """Every version that is whole, with the calendars. Raises PolicyError where one has a problem."""
    frameworks = tuple(
        catalogue.load(version, whole=True) for version, head in catalogue.heads.items() if not head.base
    )
    calendars, found = catalogue.calendars
    if found:
        raise PolicyError(found)
    return Policy(frameworks, in_force, calendars, catalogue.all_facts)


def _visits(frameworks: tuple[Framework, ...], records: Records, where: Path | None) -> VisitTables:
    """The tables of visits that lie with the records: in their folder, or beside their file."""
    folder = where or shipped("authorities")
    register = records.register if folder.is_dir() else load_register(shipped("authorities"))
    return load_visits(folder if folder.is_dir() else folder.parent, tables_of(frameworks), register)


def _in(form: Format, told: Timeline) -> str:
    from greenpaper.report.timeline import COLUMNS, timeline_data, timeline_rows, timeline_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: timeline_view(told),
        lambda: timeline_data(told),
        lambda: to_csv(COLUMNS, timeline_rows(told)),
    )
