"""Proposals and readings as written: options, each a set of edits addressed by id."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from greenpaper.framework.written_statements import ConditionText, Confidence, Scalar
from greenpaper.source.written import Id, Label, Text, Written


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Edit(Written):
    """One change to the base version, addressed by ids such as decisions/pathway/rules/light."""

    replace: Text = ""
    with_: object = Field(None, alias="with")
    add_to: Text = ""
    entry: object = None
    before: Label = ""
    after: Label = ""
    remove: Text = ""
    set_: Text = Field("", alias="set")
    to: Scalar | None = None


class Intent(Written):
    """Situations in which an option means to change what a decision says."""

    decision: Id
    where: ConditionText
    note: Text = ""


class Movers(Written):
    """The authorities that an option is expected to move, for certain or perhaps: all of them, by name."""

    certain: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    possible: Annotated[tuple[Text, ...], Field(strict=False)] = ()


Chosen = Annotated[
    tuple[Label, ...],
    Field(min_length=1, strict=False),
    BeforeValidator(_several, json_schema_input_type=Label | tuple[Label, ...]),
]


class Option(Written):
    """`requires`, `excludes` and `after` name options of other proposals: of those listed one must be chosen, none may
    be, or this one is made after them where both are chosen."""

    title: Text
    note: Text = ""
    requires: dict[Label, Chosen] = {}
    excludes: dict[Label, Chosen] = {}
    after: dict[Label, Chosen] = {}
    edits: Annotated[tuple[Edit, ...], Field(strict=False)] = ()
    intent: Annotated[tuple[Intent, ...], Field(strict=False)] | None = None
    movers: Movers | None = None


class ProposalFile(Written):
    """`proposals/*.yaml`: one thing that could change, and the options for it."""

    kind: ClassVar[str] = "proposal"
    proposal: Label
    title: Text
    confidence: Confidence
    preferred: Label
    note: Text = ""
    options: Annotated[dict[Label, Option], Field(min_length=1)]


class ReadingFile(Written):
    """`readings/*.yaml`: one place where the published words are ambiguous, and the ways in which they can be read."""

    kind: ClassVar[str] = "reading"
    reading: Label
    title: Text
    confidence: Confidence
    preferred: Label
    note: Text = ""
    options: Annotated[dict[Label, Option], Field(min_length=1)]
