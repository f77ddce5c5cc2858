"""Statements and the sentences they are taken from, both ways, as page, data and rows."""

from collections.abc import Iterator
from typing import Any, assert_never

from greenpaper.framework.manifests import Manifest
from greenpaper.framework.tracing import Account, Cited, Stale, TracedDocument, TracedSentence, Tracing
from greenpaper.report import words
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

COLUMNS = (
    "version", "document", "read", "sentence", "says", "quote", "account", "reason", "statement", "cited_in", "place",
    "stale",
)  # fmt: skip


IN_OTHER_WORDS = (
    "Each sentence is told in other words than those of its document; only what stands in quotation marks is quoted. "
    "It is encoded where a statement of a version cites it."
)


def sources_view(label: str, tracing: Tracing) -> View:
    """Each document with what became of its sentences, then each statement with the sentences it cites."""
    return View(f"{label}: {_gist(tracing)}", tuple(_page(tracing)))


def _gist(tracing: Tracing) -> str:
    counts = ", ".join(f"{tracing.count(each)} {each}" for each in Account)
    sentences, documents = len(tracing.sentences), len(tracing.documents)
    of = f"{_counted(sentences, 'sentence')} of {_counted(documents, 'document')}"
    rules, without = len(tracing.rules), len(tracing.without_sentence)
    return f"{of}: {counts}; {without} of {_counted(rules, 'rule')} {_cite(without)} none; {_freshness(tracing)}"


def _freshness(tracing: Tracing) -> str:
    return "never traced" if tracing.stale is None else f"{len(tracing.stale)} stale"


def _cite(count: int) -> str:
    return "cites" if count == 1 else "cite"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _page(tracing: Tracing) -> Iterator[Block]:
    yield from _stale(tracing)
    if tracing.sentences:
        yield Paragraph(IN_OTHER_WORDS)
    for document in tracing.documents:
        yield from _document(document)
    yield Heading("From statements to sentences")
    yield Bullets(tuple(map(_statement, tracing.cited)) or ("No statement cites a document.",))
    yield Heading("Rules that cite no sentence")
    if tracing.without_sentence:
        yield Bullets(tuple(f"{each.address} ({each.span.place})" for each in tracing.without_sentence))
    else:
        yield Paragraph("None, but for rules that are made up to illustrate.")


def _stale(tracing: Tracing) -> Iterator[Block]:
    if tracing.stale is None:
        yield Paragraph("How the sentences stood when the version was traced is not written down: --accept does so.")
    elif tracing.stale:
        yield Heading("Stale: sentences that do not say what they said when the version was traced")
        yield Bullets(tuple(map(_was, tracing.stale)))


def _was(stale: Stale) -> str:
    was = f"was {stale.was}" if stale.was else "was not cited"
    cited = ", ".join(each.address for each in stale.cited)
    return f"{stale.document} {stale.sentence.id} {was}, is {stale.sentence.fingerprint}; read again: {cited}"


def _document(document: TracedDocument) -> Iterator[Block]:
    about = document.document
    yield Heading(f"{about.id}: {about.title}", 3)
    published = words.published(about.published)
    by = f"{about.publisher}{f', {published}' if published else ''}."
    if document.manifest is None:
        yield Paragraph(f"{by} It has no manifest, so what it says is not accounted for.")
        return
    yield Paragraph(f"{by} {_read(document.manifest)}")
    if document.sentences:
        rows = tuple((each.sentence.id, _says(each), _became(each)) for each in document.sentences)
        yield Table("", ("Sentence", "What it says", "What became of it"), rows)


def _read(manifest: Manifest) -> str:
    return f"Read {manifest.read}. {manifest.note}".strip()


def _says(each: TracedSentence) -> str:
    """The paraphrase, and the few words that are kept."""
    quote = f"“{each.sentence.quote}”" if each.sentence.quote else ""
    return " ".join(filter(None, (each.sentence.says, quote)))


def _became(each: TracedSentence) -> str:
    match each.account:
        case Account.ENCODED:
            return f"{each.account}: {', '.join(cited.address for cited in each.here)}"
        case Account.ELSEWHERE:
            return f"{each.account}: {', '.join(each.elsewhere)}"
        case Account.NOT_ENCODED:
            return f"{each.account}: {each.sentence.not_encoded}"
        case Account.UNACCOUNTED:
            return str(each.account)
        case _:
            assert_never(each.account)


def _statement(cited: Cited) -> str:
    sentences = ", ".join(each.id for each in cited.sentences) or "no sentence named"
    said = "; ".join(filter(None, (cited.confidence, cited.span.place)))
    return f"{cited.address}: {cited.document}, {sentences} ({said})"


def sources_data(version: str, tracing: Tracing) -> dict[str, Any]:
    """The same as plain data; `stale` is null where the version was never traced."""
    return {
        "version": version,
        "counts": {str(each): tracing.count(each) for each in Account},
        "documents": [_document_data(each) for each in tracing.documents],
        "statements": [_cited_data(each) for each in tracing.cited],
        "rules_without_sentence": [each.address for each in tracing.without_sentence],
        "documents_without_manifest": [each.document.id for each in tracing.without_manifest],
        "stale": None if tracing.stale is None else [_stale_data(each) for each in tracing.stale],
    }


def _document_data(document: TracedDocument) -> dict[str, Any]:
    about, manifest = document.document, document.manifest
    return {
        "id": about.id,
        "title": about.title,
        "publisher": about.publisher,
        "published": about.published or None,
        "url": about.url or None,
        "read": str(manifest.read) if manifest else None,
        "note": manifest.note or None if manifest else None,
        "sentences": [_sentence_data(each) for each in document.sentences],
    }


def _sentence_data(each: TracedSentence) -> dict[str, Any]:
    sentence = each.sentence
    return {
        "id": sentence.id,
        "says": sentence.says or None,
        "quote": sentence.quote or None,
        "note": sentence.note or None,
        "fingerprint": sentence.fingerprint,
        "place": sentence.span.place,
        "account": str(each.account),
        "reason": sentence.not_encoded or None,
        "here": [_place_data(cited) for cited in each.here],
        "elsewhere": {other: [_place_data(cited) for cited in those] for other, those in each.elsewhere.items()},
    }


def _place_data(cited: Cited) -> dict[str, str]:
    return {"address": cited.address, "place": cited.span.place}


def _cited_data(cited: Cited) -> dict[str, Any]:
    return {
        **_place_data(cited),
        "is_rule": cited.is_rule,
        "confidence": cited.confidence or None,
        "document": cited.document,
        "sentences": [each.id for each in cited.sentences],
    }


def _stale_data(stale: Stale) -> dict[str, Any]:
    return {
        "document": stale.document,
        "sentence": stale.sentence.id,
        "was": stale.was or None,
        "is": stale.sentence.fingerprint,
        "cited_by": [_place_data(each) for each in stale.cited],
    }


def sources_rows(version: str, tracing: Tracing) -> Iterator[tuple[str, ...]]:
    """A row for each sentence and statement that cites it, in the columns of `COLUMNS`; one where none does."""
    stale = {(each.document, each.sentence.id) for each in tracing.stale or ()}
    for document in tracing.documents:
        read = str(document.manifest.read) if document.manifest else ""
        for each in document.sentences:
            sentence, name = each.sentence, document.document.id
            old = "yes" if (name, sentence.id) in stale else "no" if tracing.stale is not None and each.here else ""
            said = (sentence.id, sentence.says, sentence.quote, str(each.account), sentence.not_encoded)
            for statement in _statements(version, each) or [("", "", "")]:
                yield (version, name, read, *said, *statement, old)


def _statements(version: str, each: TracedSentence) -> list[tuple[str, str, str]]:
    """Address, version and place of the statements that cite a sentence."""
    those = {version: each.here, **each.elsewhere}
    return [(cited.address, where, cited.span.place) for where, there in those.items() for cited in there]
