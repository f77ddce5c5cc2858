"""`greenpaper new`."""

import shlex
from pathlib import Path

from greenpaper.cli.folders import free_folder, make
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.beginning import FILL_IN, draft_on
from greenpaper.source.render import visible


def begin_draft(version: str, base: str, *, policies: Path | None) -> None:
    """Write the files of a draft to fill in. Raises Unusable, PolicyError or NoSuchVersion; then none is written."""
    catalogue = catalogue_of(policies)
    assert isinstance(catalogue.folder, Path)
    if below := catalogue.base_of(base):
        raise Unusable(f"`{base}` is itself a draft on `{below}`: a draft is based on a version that is whole")
    folder = free_folder(catalogue.folder / version, version)
    files = draft_on(catalogue.load(base), version)
    make(folder, files)
    out(f"Written to {visible(str(folder))}: {', '.join(files)}")
    among = f" --policies {visible(shlex.quote(str(policies)))}" if policies else ""
    out(f"Replace what is {FILL_IN}, then run `greenpaper check {version}{among}`")
