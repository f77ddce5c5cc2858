"""`greenpaper versions`."""

from pathlib import Path

from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import catalogue_of
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.source.partial_dates import some_day

Row = tuple[str, ...]


def list_versions(*, as_json: bool, policies: Path | None) -> None:
    """Print a line for each version. Raises NoSuchVersion where there are none."""
    from greenpaper.report.to_text import to_text
    from greenpaper.report.view import Table, View

    rows: list[Row] = []
    catalogue = catalogue_of(policies)
    if not catalogue.versions:
        raise NoSuchVersion(f"there are no versions in `{catalogue.folder}`")
    for version, head in catalogue.heads.items():
        starting = head.applies_to.inspections_starting if head.applies_to else None
        first, until = (starting.first, starting.until) if starting else ("", "")
        rows.append((version, head.status, first, until, head.base, head.title))
    columns = ("Version", "Status", "From", "Until", "Base", "Title")
    if as_json:
        out(json_text([dict(zip((each.lower() for each in columns), row, strict=True)) for row in rows]))
    else:
        table = Table("", columns, tuple(map(_in_words, rows)))
        out(to_text(View("Versions, by the first day of the inspections they govern", (table,))))


def _in_words(row: Row) -> Row:
    """The row with months written out, so that they are not taken for a day."""
    version, status, first, until, *rest = row
    days = (day.words if (day := some_day(text)) else "" for text in (first, until))
    return (version, status, *days, *rest)
