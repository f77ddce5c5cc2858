"""From statements to the sentences of the documents that they are taken from, and back.

Everything is read off the files: which statements cite which sentences, in this version and in the others, and what
the sentences said when the version was last traced.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from greenpaper.framework import manifest_problems as problems
from greenpaper.framework.checked import Confidence, Document
from greenpaper.framework.manifests import Manifest, Manifests, Sentence
from greenpaper.framework.parts import LAYOUT, Part, Parts
from greenpaper.framework.written_manifest import TracedFile
from greenpaper.framework.written_statements import Citation
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.emitting import text_of
from greenpaper.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, child, head, text_at
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span

RULES = "rules"
KEYS_OF_A_CITATION = frozenset(Citation.model_fields)
FOLDERS = {kind: pattern.partition("/")[0] for kind, pattern in LAYOUT if "/" in pattern}
HEADING = "Written by `greenpaper sources VERSION --accept`: what each sentence that is cited said then."

Fingerprints = Mapping[str, Mapping[str, str]]
"""Document → sentence → what it said, as its fingerprint."""


class Account(StrEnum):
    """What became of a sentence, as one version sees it."""

    ENCODED = "encoded"
    ELSEWHERE = "encoded in other versions"
    NOT_ENCODED = "deliberately not encoded"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence as it is named in a citation."""

    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement, by its address, with a document that it cites and the sentences of it.

    `span` is where the statement stands, and `at` where the document is named. `confidence` is empty where none is
    given.
    """

    address: str
    document: str
    sentences: tuple[Named, ...]
    is_rule: bool
    confidence: str
    span: Span = field(compare=False, repr=False)
    at: Span = field(compare=False, repr=False)

    @property
    def needs_a_sentence(self) -> bool:
        """Whether it is a rule that was read somewhere: one that is made up to illustrate rests on no words."""
        return self.is_rule and not self.sentences and self.confidence != Confidence.ILLUSTRATIVE

    def cites(self, document: str, sentence: str) -> bool:
        """Whether it cites this sentence."""
        return self.document == document and any(each.id == sentence for each in self.sentences)


@dataclass(frozen=True, slots=True)
class Stale:
    """A sentence that some statements cite and that does not say what it said when the version was traced.

    `was` is its fingerprint then, empty where it was not cited.
    """

    document: str
    sentence: Sentence
    was: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """A sentence with the statements of the version that cite it, and those of other versions."""

    sentence: Sentence
    here: tuple[Cited, ...]
    elsewhere: Mapping[str, tuple[Cited, ...]]

    @property
    def account(self) -> Account:
        """What became of it; a reason for leaving it out counts where nobody cites it."""
        if self.here:
            return Account.ENCODED
        if self.elsewhere:
            return Account.ELSEWHERE
        return Account.NOT_ENCODED if self.sentence.not_encoded else Account.UNACCOUNTED


@dataclass(frozen=True, slots=True)
class TracedDocument:
    """A document that the version lists, with its sentences; without a manifest there are none."""

    document: Document
    manifest: Manifest | None
    sentences: tuple[TracedSentence, ...]


@dataclass(frozen=True, slots=True)
class Tracing:
    """A version and its documents, both ways. `stale` is None where the version was never traced."""

    version: str
    documents: tuple[TracedDocument, ...]
    cited: tuple[Cited, ...]
    stale: tuple[Stale, ...] | None

    @property
    def sentences(self) -> tuple[TracedSentence, ...]:
        return tuple(sentence for document in self.documents for sentence in document.sentences)

    @property
    def rules(self) -> tuple[Cited, ...]:
        return tuple(each for each in self.cited if each.is_rule)

    @property
    def without_sentence(self) -> tuple[Cited, ...]:
        """The rules that were read somewhere and cite no sentence."""
        return tuple(each for each in self.cited if each.needs_a_sentence)

    @property
    def without_manifest(self) -> tuple[TracedDocument, ...]:
        return tuple(each for each in self.documents if each.manifest is None)

    def count(self, account: Account) -> int:
        return sum(each.account is account for each in self.sentences)


def traced(
    version: str,
    documents: Mapping[str, Document],
    parts: Parts,
    others: Mapping[str, Parts],
    manifests: Manifests,
    before: Fingerprints | None,
) -> Tracing:
    """One version with what it cites. `parts` are its files, composed, and `others` those of the other versions.

    `before` is how the sentences stood when it was last traced; None where it never was.
    """
    here = citations(parts)
    elsewhere = {other: citations(files) for other, files in others.items()}
    found = tuple(
        TracedDocument(document, manifests.get(name), tuple(_sentences(manifests.get(name), here, elsewhere)))
        for name, document in documents.items()
    )
    return Tracing(version, found, here, None if before is None else stale(here, manifests, before))


def _sentences(
    manifest: Manifest | None, here: tuple[Cited, ...], elsewhere: Mapping[str, tuple[Cited, ...]]
) -> Iterator[TracedSentence]:
    for sentence in manifest.sentences.values() if manifest else ():
        of = (manifest.document if manifest else "", sentence.id)
        there = {other: tuple(each for each in cited if each.cites(*of)) for other, cited in elsewhere.items()}
        those = {other: cited for other, cited in there.items() if cited}
        yield TracedSentence(sentence, tuple(each for each in here if each.cites(*of)), those)


# Citations


def citations(parts: Parts) -> tuple[Cited, ...]:
    """Every statement in the files that cites a document, in their order."""
    return tuple(each for part in parts for each in _in_part(part))


def _in_part(part: Part) -> Iterator[Cited]:
    address = f"{FOLDERS[part.kind]}/{_name(part)}" if part.kind in FOLDERS else part.kind
    for steps, node, statement, said in _walked(part.node, (), head(part.node), ""):
        below = steps[1:] if steps[:1] == (part.kind,) else steps
        is_rule = part.kind == "decision" and len(below) == 2 and below[0] == RULES
        document = child(node, "document")
        assert document
        yield Cited(
            address="/".join((address, *below)),
            document=text_at(node, "document"),
            sentences=tuple(_named(node)),
            is_rule=is_rule,
            confidence=said,
            span=statement,
            at=head(document),
        )


def _name(part: Part) -> str:
    return text_at(part.node, part.kind) or PurePath(part.name).stem


Walked = tuple[tuple[str, ...], Node, Span, str]
"""The steps to a statement, its citation, the place of the statement and its confidence."""


def _walked(node: Node, steps: tuple[str, ...], place: Span, confidence: str) -> Iterator[Walked]:
    """Every citation below a node, and the statement that it stands in: the one that the key is a part of."""
    match node:
        case MappingNode(entries):
            confidence = text_at(node, "confidence") or confidence
            for entry in entries:
                if _is_citation(entry.value):
                    yield steps, entry.value, place, confidence
                else:
                    yield from _walked(entry.value, (*steps, entry.key.text), entry.key.span, confidence)
        case SequenceNode(items):
            for number, item in enumerate(items, start=1):
                yield from _walked(item, (*steps, text_at(item, "id") or str(number)), head(item), confidence)
        case ScalarNode():
            return


def _is_citation(node: Node) -> bool:
    if not isinstance(node, MappingNode) or not text_at(node, "document"):
        return False
    return all(entry.key.text in KEYS_OF_A_CITATION for entry in node.entries)


def _named(citation: Node) -> Iterator[Named]:
    named = child(citation, "sentences")
    for item in named.items if isinstance(named, SequenceNode) else ():
        if isinstance(item, ScalarNode):
            yield Named(item.text, item.span)


def check_citations(parts: Parts, manifests: Manifests) -> Iterator[Diagnostic]:
    """What is wrong with the sentences that the statements in these files cite."""
    for cited in citations(parts):
        manifest = manifests.get(cited.document)
        known = manifest.sentences if manifest else {}
        for named in cited.sentences:
            sentence = known.get(named.id)
            if sentence is None:
                where = manifest.span if manifest else None
                yield problems.unknown_sentence(named.id, cited.document, named.span, known, where)
            elif sentence.not_encoded:
                yield problems.cited_though_not_encoded(named.id, cited.document, named.span, sentence.span)


# How the sentences stood


def fingerprints_in(parts: Parts) -> tuple[Fingerprints | None, tuple[Diagnostic, ...]]:
    """How sentences stood when the version with these files was last traced; None where it never was."""
    node = next((part.node for part in parts if part.kind == TracedFile.kind), None)
    if node is None:
        return None, ()
    written, found = read_shape(TracedFile, node)
    return (written.traced if written else None), found


def stale(cited: Collection[Cited], manifests: Manifests, before: Fingerprints) -> tuple[Stale, ...]:
    """Every cited sentence that does not say what it said, or was not cited, in the order of the citations."""
    found: list[Stale] = []
    for document, sentence in _each_once(cited, manifests):
        was = before.get(document, {}).get(sentence.id, "")
        if was != sentence.fingerprint:
            citing = tuple(each for each in cited if each.cites(document, sentence.id))
            found.append(Stale(document, sentence, was, citing))
    return tuple(found)


def traced_text(cited: Collection[Cited], manifests: Manifests) -> str:
    """The text of `traced.yaml`: what the cited sentences say."""
    now: dict[str, dict[str, str]] = {}
    for document, sentence in sorted(_each_once(cited, manifests), key=lambda each: (each[0], each[1].id)):
        now.setdefault(document, {})[sentence.id] = sentence.fingerprint
    return text_of({TracedFile.kind: now}, [HEADING])


def _each_once(cited: Collection[Cited], manifests: Manifests) -> Iterator[tuple[str, Sentence]]:
    """The sentences that are cited and that there are."""
    named = dict.fromkeys((each.document, sentence.id) for each in cited for sentence in each.sentences)
    for document, name in named:
        manifest = manifests.get(document)
        if manifest and name in manifest.sentences:
            yield document, manifest.sentences[name]
