"""A framework as checked: every name resolved, every condition a term. Frozen; what all floors above work with.

One file, though a long one: these are the words that everything above speaks in, each a few lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from greenpaper.framework.claims import Claim, ClaimOfTwo
from greenpaper.language.terms import Term
from greenpaper.language.types import Scale
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.source.partial_dates import SomeDay, lies_between
from greenpaper.source.text import Span


class Confidence(StrEnum):
    """How sure a statement is: in the source, counted from published data, assumed, or made up to illustrate."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    ILLUSTRATIVE = "illustrative"


class Modality(StrEnum):
    """How firmly the source says that the outcome follows."""

    WILL = "will"
    USUALLY = "usually"
    MAY = "may"


class Resolve(StrEnum):
    """What happens when several rules apply."""

    FIRST = "first"
    AGREE = "agree"
    ONLY_ONE = "only one"
    EVERY = "every"


class Force(StrEnum):
    """`always` limits what can occur; `usual` only flags what is unusual."""

    ALWAYS = "always"
    USUAL = "usual"


class Status(StrEnum):
    """How a decision stands on one record."""

    DECIDED = "decided"
    UNDETERMINED = "undetermined"
    NO_RULE = "no rule"
    CONFLICT = "conflict"
    INADMISSIBLE = "inadmissible"


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str
    publisher: str
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    document: Document
    says: str = ""
    note: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titled:
    """A thing that has a title, and no more to say than how sure it is and where it comes from."""

    id: str
    title: str
    confidence: Confidence
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many or how much: a number from `least` to `most`; None is no bound.

    Without a confidence of its own it is as sure as the rules that lead to the outcome that states it.
    """

    least: Decimal
    most: Decimal | None
    confidence: Confidence | None = None
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that inspectors come for, or an authority prepares, and what one time takes; None is not known.

    `occurs` says when it takes place where no outcome leads to it.
    """

    id: str
    title: str
    inspectors: Amount | None = None
    days_on_site: Amount | None = None
    note: str = ""
    occurs: Titled | None = None
    notice: Titled | None = None
    products: tuple[Titled, ...] = ()
    topics: tuple[Titled, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One heading under which a judgement is made.

    `themes` and `refers_to` are ids of themes and references, with how sure it is that they belong here.
    """

    id: str
    judgement: str
    title: str
    confidence: Confidence
    topics: tuple[Titled, ...] = ()
    themes: Mapping[str, Confidence] = field(default_factory=dict)
    refers_to: Mapping[str, Confidence] = field(default_factory=dict)
    citation: Citation | None = None
    note: str = ""


class Recorded(StrEnum):
    """Which day of an inspection or a visit the records hold."""

    FIRST_DAY = "first day on site"
    LAST_DAY = "last day on site"
    PUBLICATION = "publication"


class TimeUnit(StrEnum):
    """What a time is counted in."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something happens to an inspection, or to a visit of the table `of`.

    `recorded_as` is None where the records do not have it; `assumed_from` is the event whose day is taken for it then.
    """

    id: str
    title: str
    of: str
    recorded_as: Recorded | None = None
    assumed_from: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due after an event: not before `least` and not after `most` of the unit; None is no bound.

    `only_where` are columns of the event's table and what must stand in them.
    """

    id: str
    title: str
    by: str
    after: str
    least: int | None
    most: int | None
    unit: TimeUnit
    modality: Modality
    confidence: Confidence
    calendar: str = ""
    only_where: Mapping[str, bool | int | float | str] = field(default_factory=dict)
    met_by: str = ""
    citation: Citation | None = None
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something that no document that has been read answers. `treated` is what is done meanwhile."""

    id: str
    question: str
    treated: str
    about: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssumedFor:
    """Days on which a text that has not been read stood in the place of this one; None is open."""

    starts: SomeDay | None
    ends: SomeDay | None
    because: str
    citation: Citation | None = None

    def covers(self, starting: date) -> bool | None:
        """Whether this day is one of them; unknown (None) where that depends on a day not known."""
        return lies_between(starting, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition: its term, and its canonical words."""

    term: Term
    words: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can follow. `activities` are how many of each follow, by id; None where that is not stated."""

    id: str
    title: str
    attributes: Mapping[str, bool | int | float | str] = field(default_factory=dict)
    activities: Mapping[str, Amount] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    when: Condition
    outcome: Outcome
    modality: Modality
    confidence: Confidence
    citation: Citation
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    when: Condition
    note: str
    confidence: Confidence
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Precedence:
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Next:
    """A column of the next inspection of the same authority."""

    column: str


@dataclass(frozen=True, slots=True)
class Between:
    """How many visits of a table lie between the inspection and the next."""

    visits: str
    span: Span | None = field(default=None, compare=False, repr=False)


Sequel = Next | Between


@dataclass(frozen=True, slots=True)
class Decision:
    """One question. `outcomes` are in the order written; `ordered` says that this is from best to worst.

    `back_test` says with what happened later an attribute of the outcomes is compared.
    """

    id: str
    question: str
    outcomes: Mapping[str, Outcome]
    ordered: bool
    resolve: Resolve
    rules: tuple[Rule, ...]
    left_open: tuple[LeftOpen, ...] = ()
    precedence: Precedence | None = None
    back_test: Mapping[str, Sequel] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Constraint:
    """`condition` holds in every situation that can occur (`always`) or in most (`usual`).

    `where` is the part of it that says where it demands something; None is everywhere.
    """

    id: str
    condition: Condition
    force: Force
    confidence: Confidence
    citation: Citation
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """Why the findings of one kind about one thing are as they should be."""

    id: str
    finding: str
    about: str
    because: str
    confidence: Confidence
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Invariant:
    """What is claimed of a decision in every admissible situation, or in those in which `where` holds.

    `expected` is False for one that is known to fail; `because` then says why that is as it should be.
    """

    id: str
    title: str
    decision: str
    claim: Claim
    confidence: Confidence
    where: Condition | None = None
    expected: bool = True
    because: str = ""
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects of one decision. `outcome` is an outcome id or the words of a status."""

    decision: str
    outcome: str = ""
    possible: tuple[str, ...] = ()
    rule: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    given: Mapping[str, bool | int | float | str | None]
    expectations: tuple[Expectation, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    option_places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """The option taken of one proposal, or of one reading of published words, in a composed version."""

    proposal: str
    title: str
    option: str
    option_title: str
    confidence: Confidence
    preferred: bool
    is_reading: bool = False


@dataclass(frozen=True, slots=True)
class FactNote:
    """What a vocabulary says of a fact beyond its type. `split_from` is the fact of which it was a part before."""

    title: str
    confidence: Confidence
    assigned_by: str = ""
    note: str = ""
    also_titled: tuple[str, ...] = ()
    split_from: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class ScaleMapping:
    """What each word of another version's scale can be on a scale of this one: one word, or any of several."""

    scale: str
    from_scale: str
    words: Mapping[str, tuple[str, ...]]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """One version of policy; equal only to itself.

    `confidence` is that of the version as a whole, where it says one. `starts` and `ends` bound the first day of the
    inspections it governs, each perhaps known only to the month; None is open. `days_from` says where these days come
    from, and `assumed_for` which of them are only assumed.
    `word_titles` gives the printed words of grades, such as `requires improvement to be good`. `cited` are the
    documents that some statement cites, and `places` where each named thing stands, by its address, as `facts/<id>`.
    """

    id: str
    version: str
    title: str
    status: str
    vocabulary: Vocabulary
    decisions: Mapping[str, Decision]
    constraints: tuple[Constraint, ...] = ()
    cases: tuple[Case, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    fact_notes: Mapping[str, FactNote] = field(default_factory=dict)
    word_titles: Mapping[str, str] = field(default_factory=dict)
    mappings: tuple[ScaleMapping, ...] = ()
    activities: Mapping[str, Activity] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    themes: Mapping[str, Titled] = field(default_factory=dict)
    references: Mapping[str, Titled] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    open_questions: Mapping[str, OpenQuestion] = field(default_factory=dict)
    assumed_for: tuple[AssumedFor, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    cited: frozenset[str] = frozenset()
    places: Mapping[str, Span] = field(default_factory=dict)
    explained: tuple[Explained, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    starts: SomeDay | None = None
    ends: SomeDay | None = None
    days_from: Citation | None = None
    replaces: str = ""
    base: str = ""
    confidence: Confidence | None = None
    choices: tuple[Choice, ...] = ()
    note: str = ""

    @property
    def always(self) -> tuple[Constraint, ...]:
        """The constraints that limit what can occur."""
        return tuple(each for each in self.constraints if each.force is Force.ALWAYS)

    def governs(self, starting: date) -> bool | None:
        """Whether inspections that start on this day are governed by this version.

        Unknown (None) where it depends on a day of which only the month is known.
        """
        return lies_between(starting, self.starts, self.ends)

    def assumed_on(self, starting: date) -> AssumedFor | None:
        """The days for which the version is only assumed to be the right text, where this one perhaps is among them."""
        return next((each for each in self.assumed_for if each.covers(starting) is not False), None)


@dataclass(frozen=True, slots=True)
class Relation:
    """What is claimed of one decision of two versions in every situation that both admit.

    `where` is a condition on the first version, whose decisions it may use.
    """

    id: str
    title: str
    before: Framework
    after: Framework
    decision: str
    claim: ClaimOfTwo
    confidence: Confidence
    where: Condition | None = None
    expected: bool = True
    because: str = ""
    note: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
