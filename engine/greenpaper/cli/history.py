"""`greenpaper log`."""

from functools import partial
from pathlib import Path

from greenpaper.cli.forms import Format, Told
from greenpaper.cli.printing import aside, formatted, out
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.comparison.history import history
from greenpaper.framework.selection import selector_of
from greenpaper.framework.selectors import read_selector
from greenpaper.report.history import history_data, history_view
from greenpaper.source.revisions import is_shallow


def tell_history(text: str, *, limit: int | None, form: Told, policies: Path | None) -> None:
    """Print every commit that touched a version. Raises Unusable, NoSuchVersion or NoSuchRevision."""
    catalogue = catalogue_of(policies)
    selected = read_selector(text)
    if selected.options:
        raise Unusable(f"`{text}`: the history is that of the version with its preferred options: name it alone")
    folder, version = catalogue.folder, selected.version
    if selected.is_path:
        folder, version = Path(version).resolve().parent, Path(version).resolve().name
    elif selected.as_of:
        version = selector_of(text, catalogue).version
    assert isinstance(folder, Path)
    entries = tuple(history(folder, version, revision=selected.revision or "HEAD", limit=limit))
    if not entries:
        raise Unusable(f"no commit of `{folder}` holds a version named `{version}`")
    view, data = partial(history_view, version, entries), partial(history_data, version, entries)
    out(formatted(Format(form), view, data, lambda: ""))
    if is_shallow(folder):
        aside("greenpaper: this is a shallow clone, without what came before: `git fetch --unshallow` brings it")
