"""`greenpaper sources`."""

from functools import partial
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out, write
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.parts import MANIFESTS, TRACED
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.framework.traced_versions import accepted, tracing_of
from greenpaper.framework.tracing import Stale, Tracing
from greenpaper.report import words
from greenpaper.report.sources import COLUMNS, sources_data, sources_rows, sources_view
from greenpaper.source.render import visible


def tell_sources(text: str, *, accept: bool, form: Format, policies: Path | None) -> None:
    """Print which statements cite which sentences, and back; or write down how these stand.

    Raises Unusable, PolicyError or NoSuchVersion.
    """
    selector = selector_of(text, catalogue_of(policies))
    if accept:
        _accept(selector)
        return
    out(_in(form, tracing_of(selector.catalogue, selector.version, dict(selector.options)), selector))


def _in(form: Format, tracing: Tracing, selector: Selector) -> str:
    from greenpaper.report.to_csv import to_csv

    label = words.label(selector.load())
    return formatted(
        form,
        partial(sources_view, label, tracing),
        partial(sources_data, selector.name, tracing),
        lambda: to_csv(COLUMNS, sources_rows(selector.name, tracing)),
    )


def _accept(selector: Selector) -> None:
    """Write down what the cited sentences say, as what the version was traced to."""
    catalogue, version = selector.catalogue, selector.version
    if selector.options or not isinstance(catalogue.folder, Path):
        raise Unusable(
            f"`{selector.text}`: what is accepted are the sentences that a version cites as its files are now, "
            "without a revision or options"
        )
    if not catalogue.manifests[0]:
        raise Unusable(f"there is no manifest in `{catalogue.folder / MANIFESTS}`, and so nothing to accept")
    tracing, text = tracing_of(catalogue, version, {}), accepted(catalogue, version)
    path = catalogue.folder / version / TRACED
    write(path, text)
    out("\n".join([f"{version}: traced, as {visible(str(path))} says", *map(_line, tracing.stale or ())]))


def _line(stale: Stale) -> str:
    was = f"{stale.was} → " if stale.was else "newly cited, "
    return f"  {stale.document} {stale.sentence.id}: {was}{stale.sentence.fingerprint}"
