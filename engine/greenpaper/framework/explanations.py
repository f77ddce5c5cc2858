"""What `explained.yaml` says: findings that have a reason. Whether there are such findings is the analysis's to say."""

from collections.abc import Iterable, Iterator

from greenpaper.framework import problems
from greenpaper.framework.checked import Confidence, Explained
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import ExplainedFile
from greenpaper.source.text import Span


def read_explained(readings: Iterable[Reading[ExplainedFile]]) -> Iterator[Explained]:
    """Every entry, with an id that is there twice as a problem."""
    first: dict[str, Span] = {}
    for reading in readings:
        for number, entry in enumerate(reading.written.explained):
            span = reading.value("explained", number, "id")
            if entry.id in first:
                reading.found.append(problems.duplicate_id(entry.id, "explanations", span, first[entry.id]))
            first.setdefault(entry.id, span)
            at = reading.value("explained", number, "finding")
            yield Explained(entry.id, entry.finding, entry.about, entry.because, Confidence(entry.confidence), at)
