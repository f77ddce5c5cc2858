"""A consultation as checked: what was asked about the proposals of a version, when, what was answered and decided.

What is not known is not there: a date without an entry, a count or a share that is None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from greenpaper.framework.checked import Citation, Confidence, Document
from greenpaper.framework.life import lead_to
from greenpaper.source.partial_dates import SomeDay, some_day
from greenpaper.source.text import Span


class Stage(StrEnum):
    """How far a consultation has come."""

    ANNOUNCED = "announced"
    OPEN = "open"
    ANALYSING = "analysing"
    OUTCOME = "outcome"
    WITHDRAWN = "withdrawn"


ALLOWED_STEPS: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.ANNOUNCED: (Stage.OPEN, Stage.WITHDRAWN),
    Stage.OPEN: (Stage.ANALYSING, Stage.WITHDRAWN),
    Stage.ANALYSING: (Stage.OUTCOME, Stage.WITHDRAWN),
    Stage.OUTCOME: (),
    Stage.WITHDRAWN: (),
}
"""Stage → those that may come next. What was once open is not announced again; an outcome is not withdrawn."""


class Milestone(StrEnum):
    """The dates of a consultation, in their order."""

    ANNOUNCED = "announced"
    OPENS = "opens"
    CLOSES = "closes"
    OUTCOME = "outcome"
    IN_FORCE = "in_force"


class Asks(StrEnum):
    """What kind of answer a question asks for. Of `text`, one person may give several."""

    AGREEMENT = "agreement"
    CHOICE = "choice"
    TEXT = "text"


class Decided(StrEnum):
    """What became of a proposal."""

    ADOPTED = "adopted"
    CHANGED = "adopted with changes"
    DROPPED = "dropped"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class DateSaid:
    """What one source says of a date: a day, or only a month."""

    on: str
    citation: Citation
    confidence: Confidence
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def first(self) -> date:
        """The earliest day that it can be."""
        return self._day.earliest

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        return self._day.latest

    @property
    def _day(self) -> SomeDay:
        day = some_day(self.on)
        assert day
        return day


Dates = Mapping[Milestone, tuple[DateSaid, ...]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document, and what it is to the consultation."""

    document: Document
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which people answered."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was asked about the proposals named; in its own words where it is `quoted`."""

    id: str
    title: str
    asks: Asks
    confidence: Confidence
    proposals: tuple[str, ...] = ()
    quoted: bool = False
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """How many gave an answer to a question through a channel, as a number, a share in per cent, or both.

    Without an answer: how many answered the question; without a question: how many answered at all. Without a channel
    it is not said through which. `places` has the place of each of its parts.
    """

    confidence: Confidence
    citation: Citation
    channel: str = ""
    question: str = ""
    answer: str = ""
    count: int | None = None
    share: Decimal | None = None
    note: str = ""
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the titles of its options; `unchanging` are those that leave the base as it is."""

    id: str
    title: str
    confidence: Confidence
    preferred: str
    options: Mapping[str, str]
    unchanging: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one proposal. `option` is the one adopted; `resulting` the version that came of it."""

    proposal: str
    decided: Decided
    confidence: Confidence
    citation: Citation
    option: str = ""
    because: str = ""
    resulting: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Consultation:
    """All that is known of one consultation. `proposals` and `sources` are those of the version it is about."""

    title: str
    publisher: str
    stage: Stage
    confidence: Confidence
    dates: Dates
    citation: Citation | None = None
    note: str = ""
    documents: tuple[Listed, ...] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    responses: tuple[Response, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    proposals: Mapping[str, Proposed] = field(default_factory=dict)
    sources: Mapping[str, Document] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False, repr=False)


def may_follow(old: str, new: str) -> bool:
    """Whether a consultation that was at one stage may be at the other later on."""
    return lead_to(ALLOWED_STEPS, Stage(old), Stage(new))


def days_between(earlier: Sequence[DateSaid], later: Sequence[DateSaid]) -> tuple[int, int] | None:
    """The least and the most days from one date to another, whichever source is right; None where one is not known.

    A pair of sources by which the later date comes first is left out.
    """
    spans = [each for one in earlier for other in later for each in _days(one, other)]
    return (min(least for least, _ in spans), max(most for _, most in spans)) if spans else None


def _days(one: DateSaid, other: DateSaid) -> Iterator[tuple[int, int]]:
    most = (other.last - one.first).days
    if most >= 0:
        yield max((other.first - one.last).days, 0), most


def first_out_of_order(dates: Dates) -> tuple[Milestone, Milestone] | None:
    """The first date that lies before an earlier one, and that one, whichever source is right; None where all can be
    in order."""
    reached, by = date.min, None
    for milestone in Milestone:
        said = dates.get(milestone, ())
        if not said:
            continue
        possible = [max(each.first, reached) for each in said if each.last >= reached]
        if not possible:
            assert by
            return milestone, by
        reached, by = min(possible), milestone
    return None
