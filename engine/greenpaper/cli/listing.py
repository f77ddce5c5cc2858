"""`greenpaper versions`."""

from pathlib import Path

from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import catalogue_of
from greenpaper.framework.catalogue import NoSuchVersion


def list_versions(*, as_json: bool, policies: Path | None) -> None:
    """Print a line for each version. Raises NoSuchVersion where there are none."""
    from greenpaper.report.to_text import to_text
    from greenpaper.report.view import Table, View

    rows = []
    catalogue = catalogue_of(policies)
    if not catalogue.versions:
        raise NoSuchVersion(f"there are no versions in `{catalogue.folder}`")
    for version, head in catalogue.heads.items():
        starting = head.applies_to.inspections_starting if head.applies_to else None
        first = starting.first.isoformat() if starting and starting.first else ""
        until = starting.until.isoformat() if starting and starting.until else ""
        rows.append((version, head.status, first, until, head.base, head.title))
    columns = ("Version", "Status", "From", "Until", "Base", "Title")
    if as_json:
        out(json_text([dict(zip((each.lower() for each in columns), row, strict=True)) for row in rows]))
    else:
        out(
            to_text(
                View("Versions, by the first day of the inspections they govern", (Table("", columns, tuple(rows)),))
            )
        )
