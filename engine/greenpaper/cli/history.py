"""`greenpaper log`."""

from functools import partial
from pathlib import Path

from greenpaper.cli.forms import Format, Told
from greenpaper.cli.printing import aside, formatted, out
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.comparison.history import history
from greenpaper.framework.selection import selector_of
from greenpaper.report.history import history_data, history_view
from greenpaper.source.revisions import is_shallow


def tell_history(text: str, *, limit: int | None, form: Told, policies: Path | None) -> None:
    """Print every commit that touched a version. Raises Unusable, NoSuchVersion or NoSuchRevision."""
    selector = selector_of(text, catalogue_of(policies))
    folder, version = selector.folder, selector.version
    found = history(folder, version, dict(selector.options), revision=selector.revision or "HEAD", limit=limit)
    entries = tuple(found)
    if not entries:
        raise Unusable(f"no commit of `{folder}` holds a version named `{selector.name}`")
    view, data = partial(history_view, selector.name, entries), partial(history_data, selector.name, entries)
    out(formatted(Format(form), view, data, lambda: ""))
    if is_shallow(folder):
        aside("greenpaper: this is a shallow clone, without what came before: `git fetch --unshallow` brings it")
