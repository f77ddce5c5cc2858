"""Loading, as `import greenpaper as gp` offers it."""

from pathlib import Path

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.records import tables
from greenpaper.source.shipped import shipped


def load(version: str | Path, **options: str) -> Framework:
    """One version, checked: an id of those that come with the package, or the path of a folder.

    `options` choose other than the preferred option of a proposal. Errors: PolicyError holds every problem with its
    place; NoSuchVersion names the nearest.
    """
    path = Path(version)
    if len(path.parts) > 1:
        return Catalogue(path.resolve().parent).load(path.resolve().name, options)
    return Catalogue(shipped("policies")).load(str(version), options)


def load_records(folder: str | Path | None = None) -> tables.Records:
    """The records in a folder or file, or those of the 153 authorities. Errors: PolicyError."""
    return tables.load_records(Path(folder) if folder else shipped("authorities"))
