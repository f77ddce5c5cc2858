"""Loading, as `import greenpaper as gp` offers it."""

from pathlib import Path

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import selector_of
from greenpaper.records import tables
from greenpaper.source.shipped import shipped


def load(version: str | Path, **options: str) -> Framework:
    """One version, checked: a selector of those that come with the package, or of a folder by its path.

    `options` choose other than the preferred option of a proposal, as `+key=value` in the selector does. Errors:
    PolicyError holds every problem with its place; NoSuchVersion and NoSuchRevision say what is not there.
    """
    chosen = "".join(f"+{name}={option}" for name, option in options.items())
    return selector_of(f"{version}{chosen}", Catalogue(shipped("policies"))).load(whole=True)


def load_records(folder: str | Path | None = None) -> tables.Records:
    """The records in a folder or file, or those of the 153 authorities. Errors: PolicyError."""
    return tables.load_records(Path(folder) if folder else shipped("authorities"))
