"""`greenpaper inspections`."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer

from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Selection, Unusable, catalogue_of, day_of, records_in, select
from greenpaper.comparison.applying import Under, under
from greenpaper.comparison.inspections import Inspected, inspect
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import selector_of
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.records.record import Record
from greenpaper.records.tables import Records


@dataclass(frozen=True, slots=True)
class Asked:
    """Which inspections, by the days on which they may have begun and by region; and the versions asked of them."""

    region: str = ""
    since: str = ""
    until: str = ""
    under: tuple[str, ...] = ()


def show_inspections(asked: Asked, *, form: Format, policies: Path | None, records: Path | None) -> None:
    """Print every inspection with the version that governs it, or what the versions asked say of all of them.

    Exits with FINDINGS when one is inadmissible under its version. Raises Unusable, PolicyError or NoSuchVersion.
    """
    table, catalogue = records_in(records), catalogue_of(policies)
    chosen = _selected(asked, table)
    if asked.under:
        frameworks = [selector_of(text, catalogue).load() for text in asked.under]
        out(_under_in(form, under(frameworks, chosen, elsewhere=catalogue.all_facts), table.taken))
        return
    inspected = inspect(_in_order(catalogue), chosen, elsewhere=catalogue.all_facts)
    out(_inspected_in(form, inspected, table.taken))
    if inspected.inadmissible:
        raise typer.Exit(FINDINGS)


def _in_order(catalogue: Catalogue) -> tuple[Framework, ...]:
    """The versions that are whole and say which inspections they govern, by their first day."""
    frameworks = [catalogue.load(version) for version, head in catalogue.heads.items() if not head.base]
    found = tuple(each for each in frameworks if each.starts)
    if not found:
        raise NoSuchVersion(f"no version in `{catalogue.folder}` says which inspections it governs")
    return found


def _selected(asked: Asked, records: Records) -> tuple[Record, ...]:
    """The inspections selected, oldest first for each authority. Raises Unusable when there are none."""
    every = replace(records, current=records.inspections)
    chosen = select(Selection(region=asked.region), every, (), None)
    since, until = (day_of(text, records) if text else None for text in (asked.since, asked.until))
    chosen = tuple(each for each in chosen if _begins(each, since, until))
    if not chosen:
        raise Unusable("no inspection meets the selection")
    return chosen


def _begins(record: Record, since: date | None, until: date | None) -> bool:
    """Whether it began on such a day, or was published then where its days are not known."""
    began = record.inspection.started or record.inspection.latest_day
    return (since is None or since <= began) and (until is None or began <= until)


def _inspected_in(form: Format, inspected: Inspected, taken: date | None) -> str:
    from greenpaper.report.inspections import COLUMNS, inspections_data, inspections_rows, inspections_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: inspections_view(inspected, taken),
        lambda: inspections_data(inspected),
        lambda: to_csv(COLUMNS, inspections_rows(inspected)),
    )


def _under_in(form: Format, asked: Under, taken: date | None) -> str:
    from greenpaper.report.applying import COLUMNS, under_data, under_rows, under_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: under_view(asked, taken),
        lambda: under_data(asked),
        lambda: to_csv(COLUMNS, under_rows(asked)),
    )
