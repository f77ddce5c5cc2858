"""Policy files as written: one strict model for each kind of file. The JSON Schemas in `schemas/` are made from these.

Nothing is looked up here: that a fact exists, a source is cited or a condition means something is `checker`'s work.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from greenpaper.framework.written_activities import ActivitiesFile, Amount
from greenpaper.framework.written_calendar import CalendarFile
from greenpaper.framework.written_consultation import ConsultationFile, ResponsesFile
from greenpaper.framework.written_contents import (
    CriteriaFile,
    DeadlinesFile,
    EventsFile,
    OpenQuestionsFile,
    ReferencesFile,
    ThemesFile,
)
from greenpaper.framework.written_manifest import ManifestFile, TracedFile
from greenpaper.framework.written_proposals import ProposalFile, ReadingFile
from greenpaper.framework.written_seal import SealFile
from greenpaper.framework.written_statements import Citation, ConditionText, Confidence, Scalar
from greenpaper.source.written import Id, IsoDate, Label, PartialDate, Text, Written

Selected = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(\+[A-Za-z0-9][A-Za-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9_-]*)*$",
        description="A version, such as 2026 or 2027-draft+proposal=option",
    ),
]


def _expectation(value: object) -> object:
    return {"outcome": value} if isinstance(value, str) else value


class Source(Written):
    """A document that statements are taken from."""

    title: Text
    publisher: Text
    published: PartialDate = ""
    url: Text = ""
    note: Text = ""


class Starting(Written):
    """First and last day on which an inspection may start to be governed by this version, or the months they are in."""

    first: PartialDate = Field("", alias="from")
    until: PartialDate = ""


class AssumedFor(Written):
    """Days on which a text that has not been read stood in the place of this one, which is assumed to hold."""

    starting: Starting
    because: Text
    source: Citation | None = None


class AppliesTo(Written):
    inspections_starting: Starting
    assumed_for: Annotated[tuple[AssumedFor, ...], Field(strict=False)] = ()
    source: Citation | None = None


class FrameworkFile(Written):
    """`framework.yaml`: what this version is, when it applies and which documents it rests on."""

    kind: ClassVar[str] = "framework"
    framework: Id
    version: Label
    title: Text
    status: Literal["draft", "consultation", "confirmed", "in force", "superseded", "withdrawn"]
    applies_to: AppliesTo | None = None
    confidence: Confidence | None = None
    replaces: Label = ""
    base: Label = ""
    note: Text = ""
    sources: dict[Label, Source] = {}


class Scale(Written):
    """Grades from worst to best, with the words the source prints for them."""

    worst_to_best: Annotated[tuple[Id, ...], Field(min_length=2, strict=False)]
    titles: dict[Id, Text] = {}
    maps_from: dict[Id, dict[Id, Annotated[tuple[Id, ...], Field(min_length=1, strict=False)]]] = {}
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class Fact(Written):
    """One thing that can be known of an authority."""

    type: Literal["grade", "truth", "whole number", "decimal", "date", "one of"]
    title: Text
    scale: Id = ""
    words: Annotated[tuple[Id, ...], Field(min_length=2, strict=False)] | None = None
    unit: Id = ""
    range: Annotated[tuple[int | float, ...], Field(min_length=2, max_length=2, strict=False)] | None = None
    since: Id = ""
    assigned_by: Text = ""
    also_titled: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    split_from: Id = ""
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class Group(Written):
    title: Text
    members: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)]


class Definition(Written):
    title: Text
    when: ConditionText
    note: Text = ""


class VocabularyFile(Written):
    """`vocabulary.yaml`: the names that conditions may use."""

    kind: ClassVar[str] = "vocabulary"
    scales: dict[Id, Scale] = {}
    facts: dict[Id, Fact]
    groups: dict[Id, Group] = {}
    definitions: dict[Id, Definition] = {}


class Constraint(Written):
    """What assigned judgements must agree with. It limits what can occur; it never computes a value."""

    id: Label
    when: ConditionText = ""
    require: ConditionText
    force: Literal["always", "usual"]
    confidence: Confidence
    source: Citation
    note: Text = ""


class ConstraintsFile(Written):
    """`constraints.yaml`: what combinations of facts the version allows."""

    kind: ClassVar[str] = "constraints"
    constraints: Annotated[tuple[Constraint, ...], Field(strict=False)]


class Outcome(Written):
    title: Text
    attributes: dict[Id, Scalar] = {}
    activities: dict[Id, int | float | Amount] | None = None
    note: Text = ""


class Rule(Written):
    id: Label
    when: ConditionText
    then: Id
    modality: Literal["will", "usually", "may"]
    confidence: Confidence
    source: Citation
    note: Text = ""


class LeftOpen(Written):
    """Situations for which the source says nothing."""

    when: ConditionText
    note: Text
    confidence: Confidence


class Precedence(Written):
    """Why the order of the rules is what it is, when it matters."""

    confidence: Confidence
    note: Text
    source: Citation | None = None


class Sequel(Written):
    """What an attribute of the outcomes is compared with in a back-test: exactly one of the two."""

    next: Literal["kind"] | None = None
    between: Label = ""


class DecisionFile(Written):
    """`decisions/*.yaml`: one question, its outcomes and the rules that choose between them."""

    kind: ClassVar[str] = "decision"
    decision: Id
    question: Text
    outcomes: Annotated[dict[Id, Outcome], Field(min_length=1)]
    outcomes_ordered: Literal["best to worst"] | None = None
    resolve: Literal["first", "agree", "only one", "every"]
    precedence: Precedence | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, strict=False)]
    left_open: Annotated[tuple[LeftOpen, ...], Field(strict=False)] = ()
    back_test: dict[Id, Sequel] = {}
    note: Text = ""


class Explained(Written):
    """Why something that `check` warns of is as it should be."""

    id: Label
    finding: Label
    about: Text
    because: Text
    confidence: Confidence


class ExplainedFile(Written):
    """`explained.yaml`: findings of `check` that have a reason."""

    kind: ClassVar[str] = "explained"
    explained: Annotated[tuple[Explained, ...], Field(strict=False)]


class Invariant(Written):
    """One statement about all situations: exactly one claim about the answers of one decision."""

    id: Label
    title: Text
    where: ConditionText = ""
    decision: Id
    is_: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)] | None = Field(None, alias="is")
    is_not: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)] | None = None
    never_better_than: Id = ""
    always_answered: bool = False
    never_worsens_as: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)] | None = None
    expected: Literal["proved", "refuted"] = "proved"
    because: Text = ""
    confidence: Confidence
    note: Text = ""


class InvariantsFile(Written):
    """`invariants.yaml` in a version: what its answers must meet in all situations, proved or refuted by `check`."""

    kind: ClassVar[str] = "invariants"
    invariants: Annotated[tuple[Invariant, ...], Field(min_length=1, strict=False)]


class TwoVersions(Written):
    """Two versions side by side."""

    first: Selected
    second: Selected


class Relation(Written):
    """One statement about two versions in all situations: exactly one claim about the answers of the second."""

    id: Label
    title: Text
    versions: TwoVersions
    where: ConditionText = ""
    decision: Id
    second_is: Literal["same", "never_worse", "never_better"] | None = None
    second_is_not: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)] | None = None
    expected: Literal["proved", "refuted"] = "proved"
    because: Text = ""
    confidence: Confidence
    note: Text = ""


class RelationsFile(Written):
    """`invariants.yaml` beside the versions: what two of them must keep between them in all situations."""

    kind: ClassVar[str] = "relations"
    invariants: Annotated[tuple[Relation, ...], Field(min_length=1, strict=False)]


class Expectation(Written):
    """What a case expects of one decision: an outcome, or a status, or the outcomes still possible."""

    outcome: Text = ""
    possible: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)] | None = None
    rule: Label = ""


class Case(Written):
    """A worked example: what is known, and what must follow."""

    name: Text
    options: dict[Label, Label] = {}
    as_of: IsoDate | None = None
    given: dict[Id, Scalar | None]
    expect: Annotated[
        dict[Id, Annotated[Expectation, BeforeValidator(_expectation, json_schema_input_type=Text | Expectation)]],
        Field(min_length=1),
    ]
    note: Text = ""


class CasesFile(Written):
    """`cases/*.yaml`: worked examples, which run as the policy's own tests."""

    kind: ClassVar[str] = "cases"
    cases: Annotated[tuple[Case, ...], Field(min_length=1, strict=False)]


FILES: tuple[type[Written], ...] = (
    FrameworkFile,
    VocabularyFile,
    ConstraintsFile,
    ActivitiesFile,
    CriteriaFile,
    ThemesFile,
    ReferencesFile,
    EventsFile,
    DeadlinesFile,
    OpenQuestionsFile,
    DecisionFile,
    ExplainedFile,
    InvariantsFile,
    CasesFile,
    ProposalFile,
    ReadingFile,
    RelationsFile,
    ConsultationFile,
    ResponsesFile,
    SealFile,
    ManifestFile,
    TracedFile,
    CalendarFile,
)
KINDS = {file.kind: file for file in FILES}
