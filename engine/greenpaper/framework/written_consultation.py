"""A consultation and the responses to it as written. Whether what they name exists is `consultation`'s work."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from greenpaper.framework.written_statements import Citation, Confidence
from greenpaper.source.written import Label, PartialDate, Text, Written


class DateSaid(Written):
    """What one source says of a date. Several for one date are sources that disagree, and all are kept."""

    on: PartialDate
    source: Citation
    confidence: Confidence
    note: Text = ""


Said = Annotated[tuple[DateSaid, ...], Field(strict=False)]


class Dates(Written):
    """The dates of a consultation; of one that has no entry nothing is known."""

    announced: Said = ()
    opens: Said = ()
    closes: Said = ()
    outcome: Said = ()
    in_force: Said = ()


class DocumentListed(Written):
    """A source of the version, and what it is to the consultation."""

    document: Label
    role: Text
    note: Text = ""


class ChannelOpened(Written):
    """A way in which people answered."""

    title: Text
    note: Text = ""


class QuestionAsked(Written):
    """Something that was asked: in its own words when `quoted`, otherwise in ours."""

    id: Label
    title: Text
    quoted: bool = False
    asks: Literal["agreement", "choice", "text"]
    proposals: Annotated[tuple[Label, ...], Field(strict=False)] = ()
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class DecisionTold(Written):
    """What became of one proposal."""

    proposal: Label
    decision: Literal["adopted", "adopted with changes", "dropped", "deferred"]
    option: Label = ""
    because: Text = ""
    resulting_version: Label = ""
    confidence: Confidence
    source: Citation


class ConsultationFile(Written):
    """`consultation.yaml`: what a government asked about the proposals of a version, when, and what it decided."""

    kind: ClassVar[str] = "consultation"
    title: Text
    publisher: Text
    status: Literal["announced", "open", "analysing", "outcome", "withdrawn"]
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""
    dates: Dates | None = None
    documents: Annotated[tuple[DocumentListed, ...], Field(strict=False)] = ()
    channels: dict[Label, ChannelOpened] = {}
    questions: Annotated[tuple[QuestionAsked, ...], Field(strict=False)] = ()
    decisions: Annotated[tuple[DecisionTold, ...], Field(strict=False)] = ()


class ResponseSaid(Written):
    """How many gave one answer to one question through one channel; without a question, how many answered at all."""

    channel: Label = ""
    question: Label = ""
    answer: Text = ""
    count: int | None = None
    share: int | float | None = None
    confidence: Confidence
    source: Citation
    note: Text = ""


class ResponsesFile(Written):
    """`responses.yaml`: what was answered, in numbers."""

    kind: ClassVar[str] = "responses"
    responses: Annotated[tuple[ResponseSaid, ...], Field(strict=False)]
