"""Where each named thing of a version stands, by its address: `facts/<id>`, `decisions/<id>/outcomes/<id>`."""

from collections.abc import Iterator, Mapping

from greenpaper.framework.reading import Reading
from greenpaper.framework.written import DecisionFile, FrameworkFile, VocabularyFile
from greenpaper.source.text import Span

NAMED = ("scales", "facts", "groups", "definitions")


def places_of(
    head: Reading[FrameworkFile],
    names: Reading[VocabularyFile] | None,
    decisions: Mapping[str, Reading[DecisionFile]],
) -> Iterator[tuple[str, Span]]:
    """Address and place of every source, name and outcome."""
    for source in head.written.sources:
        yield f"sources/{source}", head.key("sources", source)
    if names:
        for kind in NAMED:
            for name in getattr(names.written, kind):
                yield f"{kind}/{name}", names.key(kind, name)
    for decision, reading in decisions.items():
        for outcome in reading.written.outcomes:
            yield f"decisions/{decision}/outcomes/{outcome}", reading.key("outcomes", outcome)
