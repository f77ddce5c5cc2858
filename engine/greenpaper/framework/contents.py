"""What a framework says beside its decisions, as checked: criteria, themes, references, events, deadlines, questions.

Every name in it is looked up: a criterion's judgement, themes and references, a deadline's events, and the addresses
that an open question is about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from greenpaper.framework import content_problems, problems
from greenpaper.framework.checked import (
    AssumedFor,
    Citation,
    Confidence,
    Criterion,
    Deadline,
    Event,
    Modality,
    OpenQuestion,
    Recorded,
    TimeUnit,
    Titled,
)
from greenpaper.framework.composition import tree_of
from greenpaper.framework.edits import at_address
from greenpaper.framework.parts import Parts
from greenpaper.framework.reading import Reading, Readings
from greenpaper.framework.written import FrameworkFile, Starting
from greenpaper.framework.written_contents import (
    CriteriaFile,
    DeadlinesFile,
    EventsFile,
    OpenQuestionsFile,
    ReferencesFile,
    ThemesFile,
)
from greenpaper.framework.written_contents import Deadline as WrittenDeadline
from greenpaper.framework.written_statements import Titled as WrittenTitled
from greenpaper.language.types import Graded
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.source.partial_dates import SomeDay, some_day

Cite = Callable[..., Citation | None]
"""Finds the document of a written citation that stands at a path, and collects the problem when there is none."""

IsAddress = Callable[[str], bool]
"""Whether something stands at an address."""


def read_titled(
    reading: Reading[Any], written: Mapping[str, WrittenTitled], cite: Cite, *path: str
) -> Iterator[tuple[str, Titled]]:
    """Things that have only a title, by id, as they stand under `path`."""
    for name, each in written.items():
        found = read_one(reading, name, each, cite, *path, name)
        if found:
            yield name, found


def read_one(reading: Reading[Any], name: str, written: WrittenTitled | None, cite: Cite, *path: str) -> Titled | None:
    """The thing with a title that stands at `path`, or None where there is none."""
    if written is None:
        return None
    citation = cite(reading, written.source, *path, "source")
    return Titled(name, written.title, Confidence(written.confidence), citation, written.note)


def read_themes(readings: Iterable[Reading[ThemesFile]], cite: Cite) -> Iterator[tuple[str, Titled]]:
    """Every theme by its id."""
    for reading in readings:
        yield from read_titled(reading, reading.written.themes, cite, "themes")


def read_references(readings: Iterable[Reading[ReferencesFile]], cite: Cite) -> Iterator[tuple[str, Titled]]:
    """Every entry of another framework by its id."""
    for reading in readings:
        yield from read_titled(reading, reading.written.references, cite, "references")


def read_criteria(
    readings: Readings,
    vocabulary: Vocabulary,
    themes: Mapping[str, Titled],
    references: Mapping[str, Titled],
    cite: Cite,
) -> Iterator[tuple[str, Criterion]]:
    """Every criterion by its id. Problems: a judgement that is no grade, a theme or reference that is not listed."""
    judgements = {name: fact for name, fact in vocabulary.facts.items() if isinstance(fact.type, Graded)}
    for reading in readings.of(CriteriaFile):
        for name, written in reading.written.criteria.items():
            path = ("criteria", name)
            if written.judgement not in judgements:
                span = reading.value(*path, "judgement")
                reading.found.append(content_problems.unknown_entry(written.judgement, "judgement", span, judgements))
            for kind, what, known in (("themes", "theme", themes), ("refers_to", "reference", references)):
                for entry in getattr(written, kind):
                    if entry not in known:
                        span = reading.key(*path, kind, entry)
                        reading.found.append(content_problems.unknown_entry(entry, what, span, known))
            yield (
                name,
                Criterion(
                    name,
                    written.judgement,
                    written.title,
                    Confidence(written.confidence),
                    tuple(each for _, each in read_titled(reading, written.topics, cite, *path, "topics")),
                    {theme: Confidence(sure) for theme, sure in written.themes.items()},
                    {entry: Confidence(sure) for entry, sure in written.refers_to.items()},
                    cite(reading, written.source, *path, "source"),
                    written.note,
                ),
            )


def read_events(readings: Iterable[Reading[EventsFile]]) -> Iterator[tuple[str, Event]]:
    """Every event by its id. Problems: one assumed from an event that the records do not have, or of another table."""
    files = tuple(readings)
    known = {name: event for reading in files for name, event in reading.written.events.items()}
    for reading in files:
        for name, written in reading.written.events.items():
            if written.assumed_from:
                span = reading.value("events", name, "assumed_from")
                other = known.get(written.assumed_from)
                if other is None:
                    reading.found.append(content_problems.unknown_entry(written.assumed_from, "event", span, known))
                elif other.recorded_as is None or other.of != written.of:
                    reading.found.append(content_problems.not_in_the_records(written.assumed_from, span))
            recorded = Recorded(written.recorded_as) if written.recorded_as else None
            yield name, Event(name, written.title, written.of, recorded, written.assumed_from, written.note)


def read_deadlines(
    readings: Iterable[Reading[DeadlinesFile]], events: Mapping[str, Event], cite: Cite
) -> Iterator[tuple[str, Deadline]]:
    """Every deadline by its id. Problems: an event that is not listed, no time or one upside down, no calendar."""
    for reading in readings:
        for name, written in reading.written.deadlines.items():
            path = ("deadlines", name)
            for key in ("after", "met_by"):
                event = getattr(written, key)
                if event and event not in events:
                    reading.found.append(
                        content_problems.unknown_entry(event, "event", reading.value(*path, key), events)
                    )
            _check_time(reading, written, *path)
            yield (
                name,
                Deadline(
                    name,
                    written.title,
                    written.by,
                    written.after,
                    written.at_least,
                    written.at_most,
                    TimeUnit(written.unit),
                    Modality(written.modality),
                    Confidence(written.confidence),
                    written.calendar,
                    written.only_where,
                    written.met_by,
                    cite(reading, written.source, *path, "source"),
                    written.note,
                    reading.key(*path),
                ),
            )


def _check_time(reading: Reading[DeadlinesFile], written: WrittenDeadline, *path: str) -> None:
    given = {key: value for key in ("at_least", "at_most") if (value := getattr(written, key)) is not None}
    if not given:
        reading.found.append(content_problems.no_time(reading.key(*path)))
    for key, value in given.items():
        if value < 0:
            reading.found.append(problems.negative_amount(reading.value(*path, key)))
    if len(given) > 1 and given["at_least"] > given["at_most"]:
        reading.found.append(
            problems.least_above_most(reading.value(*path, "at_least"), reading.value(*path, "at_most"))
        )
    in_working_days = TimeUnit(written.unit) is TimeUnit.WORKING_DAYS
    if in_working_days is not bool(written.calendar):
        span = reading.value(*path, "unit") if in_working_days else reading.key(*path, "calendar")
        reading.found.append(content_problems.calendar_and_unit(span, in_working_days=in_working_days))


def read_questions(
    readings: Iterable[Reading[OpenQuestionsFile]], is_address: IsAddress, was_address: IsAddress
) -> Iterator[tuple[str, OpenQuestion]]:
    """Every open question by its id. Problems: one about an address at which nothing stands, nor stood before.

    What the options of a draft took away is left out of what a question is about.
    """
    for reading in readings:
        for name, written in reading.written.open_questions.items():
            for number, address in enumerate(written.about):
                if not (is_address(address) or was_address(address)):
                    span = reading.value("open_questions", name, "about", number)
                    reading.found.append(content_problems.question_about_nothing(address, span))
            about = tuple(filter(is_address, written.about))
            yield name, OpenQuestion(name, written.question, written.treated, about, written.note)


def stands_at(parts: Parts, address: str) -> bool:
    """Whether a statement has this address, as findings and edits address it, or is in the file that it begins with."""
    steps = address.split("/")
    inside = [part.node for part in parts if part.kind in ("framework", "vocabulary")]
    named = any(at_address(node, steps) for node in inside)
    below = any(at_address(part.node, steps[1:]) for part in parts if [part.kind] == steps[:1])
    return bool(parts) and (named or below or at_address(tree_of(parts), steps) is not None)


def read_assumed_for(reading: Reading[FrameworkFile], cite: Cite) -> Iterator[AssumedFor]:
    """The days for which the version is only assumed to hold; the document on when it applies is looked up too.

    Without a first day they begin with the version. Problems: days that end before they begin, or that are none of the
    version's.
    """
    applies = reading.written.applies_to
    if applies is None:
        return
    cite(reading, applies.source, "applies_to", "source")
    first, last = _days(reading, applies.inspections_starting, "applies_to", "inspections_starting")
    for number, written in enumerate(applies.assumed_for):
        path = ("applies_to", "assumed_for", number)
        starts, ends = _days(reading, written.starting, *path, "starting")
        in_order = not (_is_before(last, first) or _is_before(ends, starts))
        if in_order and (_is_before(ends, first) or _is_before(last, starts)):
            whole = reading.value("applies_to", "inspections_starting")
            reading.found.append(content_problems.assumed_outside(reading.value(*path, "starting"), whole))
        yield AssumedFor(starts or first, ends, written.because, cite(reading, written.source, *path, "source"))


def _days(
    reading: Reading[FrameworkFile], written: Starting, *path: str | int
) -> tuple[SomeDay | None, SomeDay | None]:
    first, last = some_day(written.first), some_day(written.until)
    if _is_before(last, first):
        ends, begins = reading.value(*path, "until"), reading.value(*path, "from")
        reading.found.append(content_problems.days_end_early(ends, begins))
    return first, last


def _is_before(day: SomeDay | None, other: SomeDay | None) -> bool:
    """Whether a day is before the other, whichever days of their months they are."""
    return day is not None and other is not None and day.latest < other.earliest
