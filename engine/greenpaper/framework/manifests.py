"""Manifests: the normative sentences of the source documents, kept beside the versions, or every problem in them."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from greenpaper.framework import manifest_problems as problems
from greenpaper.framework.parts import Parts
from greenpaper.framework.problems import duplicate_id
from greenpaper.framework.reading import Reading
from greenpaper.framework.written_manifest import ManifestFile, ManifestSentence
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span

LENGTH = 12
"""Of a fingerprint."""


class Read(StrEnum):
    """How far a document has been read."""

    IN_FULL = "in full"
    IN_PART = "in part"
    THROUGH_OTHERS = "through others"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One normative sentence: what it says in other words, and the few of its own that are kept.

    `not_encoded` is the reason why no version holds it; empty where one may. Every text is in one line.
    """

    id: str
    says: str
    quote: str
    not_encoded: str
    note: str
    span: Span = field(compare=False, repr=False)

    @property
    def fingerprint(self) -> str:
        """Of what it says: the same as long as that is the same."""
        said = f"{self.says}\n{self.quote}"
        return hashlib.sha256(said.encode("utf-8")).hexdigest()[:LENGTH]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sentences of one document, by id, and how far it has been read."""

    document: str
    read: Read
    note: str
    sentences: Mapping[str, Sentence]
    span: Span = field(compare=False, repr=False)


Manifests = Mapping[str, Manifest]


@dataclass(frozen=True, slots=True)
class Found:
    """A problem in a manifest; `document` is what the manifest is about, empty where that concerns every version."""

    document: str
    problem: Diagnostic


def check_manifests(parts: Parts, listed: Collection[str] | None) -> tuple[Manifests, tuple[Found, ...]]:
    """Manifests by document, with every problem in them.

    `listed` are the documents that some version lists; None where that cannot be read.
    """
    manifests: dict[str, Manifest] = {}
    found: list[Found] = []
    for part in parts:
        written, wrong = read_shape(ManifestFile, part.node)
        found += [Found("", each) for each in wrong]
        if written is None:
            continue
        reading = Reading(written, part.node)
        span, first = reading.value("document"), manifests.get(written.document)
        if first:
            found.append(Found("", duplicate_id(written.document, "manifests", span, first.span)))
        elif listed is not None and written.document not in listed:
            found.append(Found("", problems.manifest_of_no_document(written.document, span, listed)))
        note, sentences = _in_a_line(written.note), dict(_sentences(reading))
        manifests.setdefault(written.document, Manifest(written.document, Read(written.read), note, sentences, span))
        found += [Found(written.document, each) for each in reading.found]
    return manifests, tuple(found)


def _sentences(reading: Reading[ManifestFile]) -> Iterator[tuple[str, Sentence]]:
    for name, written in reading.written.sentences.items():
        place = reading.key("sentences", name)
        if not written.says and not written.quote:
            reading.found.append(problems.sentence_says_nothing(place))
        reading.found.extend(_unlike_its_hash(reading, name, written))
        said = (written.says, written.quote, written.not_encoded, written.note)
        says, quote, reason, note = map(_in_a_line, said)
        yield name, Sentence(name, says, quote, reason, note, place)


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def _unlike_its_hash(reading: Reading[ManifestFile], name: str, written: ManifestSentence) -> Iterator[Diagnostic]:
    right = hashlib.sha256(written.quote.encode("utf-8")).hexdigest() if written.quote else ""
    if written.sha256 != right:
        at = reading.value("sentences", name, "sha256" if written.sha256 else "quote")
        quote = reading.value("sentences", name, "quote") if written.quote else None
        yield problems.quote_changed(right, at, quote)
