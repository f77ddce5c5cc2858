"""Where each named thing of a version stands, by its address: `facts/<id>`, `decisions/<id>/outcomes/<id>`."""

from collections.abc import Iterator, Mapping

from greenpaper.framework.reading import Reading
from greenpaper.framework.written import DecisionFile, FrameworkFile, VocabularyFile
from greenpaper.framework.written_activities import ActivitiesFile
from greenpaper.source.text import Span

NAMED = ("scales", "facts", "groups", "definitions")


def places_of(
    head: Reading[FrameworkFile],
    names: Reading[VocabularyFile] | None,
    activities: Reading[ActivitiesFile] | None,
    decisions: Mapping[str, Reading[DecisionFile]],
) -> Iterator[tuple[str, Span]]:
    """Address and place of every source, name, activity and outcome."""
    for source in head.written.sources:
        yield f"sources/{source}", head.key("sources", source)
    if names:
        for kind in NAMED:
            for name in getattr(names.written, kind):
                yield f"{kind}/{name}", names.key(kind, name)
    if activities:
        for name in activities.written.activities:
            yield f"activities/{name}", activities.key("activities", name)
    for decision, reading in decisions.items():
        for outcome in reading.written.outcomes:
            yield f"decisions/{decision}/outcomes/{outcome}", reading.key("outcomes", outcome)
