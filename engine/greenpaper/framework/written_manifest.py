"""What is kept of a source document, as written: its sentences, and in a version how they stood when it was traced."""

from typing import ClassVar, Literal

from greenpaper.source.written import Label, Text, Written


class ManifestSentence(Written):
    """One normative sentence of a document: what it says in other words, or a few of its own, or both.

    `not_encoded` is why no version holds it. `sha256` is that of the quotation, which is thereby kept as it is.
    """

    says: Text = ""
    quote: Text = ""
    sha256: Text = ""
    not_encoded: Text = ""
    note: Text = ""


class ManifestFile(Written):
    """`sources/*.yaml` beside the versions: the normative sentences of one document, and how far it has been read."""

    kind: ClassVar[str] = "manifest"
    document: Label
    read: Literal["in full", "in part", "through others"]
    note: Text = ""
    sentences: dict[Label, ManifestSentence] = {}


class TracedFile(Written):
    """`traced.yaml`: by document and sentence, what each that the version cites said when it was last traced."""

    kind: ClassVar[str] = "traced"
    traced: dict[Label, dict[Label, Text]]
