"""What statements in policy files have in common as they are written: how sure they are, and where they come from."""

from typing import Annotated, Literal

from pydantic import Field

from greenpaper.source.written import Label, Text, Written

Confidence = Literal["stated", "derived", "assumed", "illustrative"]


ConditionText = Annotated[str, Field(description="A condition, such as: leaders is at least good")]
Scalar = bool | int | float | str


class Citation(Written):
    """Where in the sources a statement comes from, and the few words that decide it.

    `sentences` are those of the document's manifest that say it.
    """

    document: Label
    sentences: Annotated[tuple[Label, ...], Field(strict=False)] = ()
    says: Text = ""
    note: Text = ""


class Titled(Written):
    """A thing that has a title and no more to say: how sure it is, and where it comes from."""

    title: Text
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""
