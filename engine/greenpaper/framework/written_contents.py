"""What a framework says beside its decisions, as written: criteria and themes, deadlines, and what is not known."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from greenpaper.framework.written_statements import Citation, Confidence, Scalar, Titled
from greenpaper.source.written import Id, Label, Text, Written


class Criterion(Written):
    """One heading under which a judgement is made. Each topic, theme and reference is as sure as it says itself."""

    judgement: Id
    title: Text
    topics: dict[Id, Titled] = {}
    themes: dict[Id, Confidence] = {}
    refers_to: dict[Id, Confidence] = {}
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class CriteriaFile(Written):
    """`criteria.yaml`: under which headings each judgement is made, and what inspectors look at."""

    kind: ClassVar[str] = "criteria"
    criteria: dict[Label, Criterion]


class ThemesFile(Written):
    """`themes.yaml`: what runs through several criteria and is emphasised."""

    kind: ClassVar[str] = "themes"
    themes: dict[Id, Titled]


class ReferencesFile(Written):
    """`references.yaml`: the entries of another framework that criteria refer to."""

    kind: ClassVar[str] = "references"
    references: dict[Id, Titled]


class Event(Written):
    """A day on which something happens to an inspection, or to a visit of a table that lies with the records.

    `recorded_as` says which day of it that is; without it the records do not have the event. `assumed_from` is
    another event whose day is taken for it then.
    """

    title: Text
    of: Id
    recorded_as: Literal["first day on site", "last day on site", "publication"] | None = None
    assumed_from: Id = ""
    note: Text = ""


class EventsFile(Written):
    """`events.yaml`: the days from which deadlines run, and what the records hold of them."""

    kind: ClassVar[str] = "events"
    events: dict[Id, Event]


class Deadline(Written):
    """What is due within a time after an event: until `at_most`, not before `at_least`.

    `only_where` names columns of the table and what must stand in them; `met_by` is the next event of its kind that
    ends the waiting.
    """

    title: Text
    by: Text
    after: Id
    at_least: int | None = None
    at_most: int | None = None
    unit: Literal["working days", "days", "weeks", "months"]
    calendar: Id = ""
    only_where: dict[Id, Scalar] = {}
    met_by: Id = ""
    modality: Literal["will", "usually", "may"]
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class DeadlinesFile(Written):
    """`deadlines.yaml`: what is due, by whom, and how long after which event."""

    kind: ClassVar[str] = "deadlines"
    deadlines: dict[Id, Deadline]


class OpenQuestion(Written):
    """Something that no document that has been read answers. `treated` is what is done meanwhile."""

    question: Text
    about: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    treated: Text
    note: Text = ""


class OpenQuestionsFile(Written):
    """`open_questions.yaml`: what is not known of this version."""

    kind: ClassVar[str] = "open_questions"
    open_questions: dict[Id, OpenQuestion]
