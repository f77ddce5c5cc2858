"""Every problem of manifests and of what cites their sentences. The docstring of each is its manual page."""

from collections.abc import Iterable

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def manifest_of_no_document(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A manifest is about a document that no version lists.

    Why it matters
        No statement can cite its sentences, so that all of them would stay unaccounted for ever.
    """
    return error("manifest-of-no-document", f"no version lists a document named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "list it under `sources` of the version that it is about")  # fmt: skip


def sentence_says_nothing(span: Span) -> Diagnostic:
    """A sentence has neither a paraphrase nor a quotation.

    Why it matters
        Nobody could tell whether a statement that cites it says the same.

    Avoid
        s1: {note: On the second page.}

    Prefer
        s1: {says: Whoever is judged weak is visited again., note: On the second page.}
    """
    return error("sentence-says-nothing", "neither what the sentence says nor words of it are given", Label(span),
                 help="write under `says` what it says in your own words")  # fmt: skip


def quote_changed(right: str, span: Span, quote: Span | None) -> Diagnostic:
    """A quotation is not the one of which the hash was taken, or there is only one of the two.

    Why it matters
        A quotation is to be what the document prints; one that was retouched must not pass for it.

    Avoid
        s1: {quote: judged weak}

    Prefer
        s1: {quote: judged weak, sha256: 4deb713d37cad8a3bd1b8c9e215110802bc061ea8e1327453ce309cce64c2d7f}
    """
    if quote is None:
        return error("quote-changed", "this is the hash of a quotation that is not there", Label(span),
                     help="write the words under `quote`, or leave the hash out")  # fmt: skip
    if quote == span:
        return error("quote-changed", "the quotation has no hash", Label(span),
                     help=f"compare it with the document, and write below it `sha256: {right}`")  # fmt: skip
    return error("quote-changed", "the quotation is not the one that its hash was taken of", Label(span),
                 Label(quote, "the quotation"),
                 help=f"compare it with the document; as it stands the hash is {right}")  # fmt: skip


def unknown_sentence(name: str, document: str, span: Span, known: Iterable[str], manifest: Span | None) -> Diagnostic:
    """A statement cites a sentence that the manifest of its document does not have.

    Why it matters
        It would look as if somebody had traced the statement to the document.
    """
    if manifest is None:
        return error("unknown-sentence", f"there is no manifest of `{document}`, and so no sentence `{name}`", Label(span),
                     help=f"write `sources/{document}.yaml` beside the versions")  # fmt: skip
    return error("unknown-sentence", f"no sentence of `{document}` is named `{name}`", Label(span),
                 Label(manifest, "its manifest"),
                 help=did_you_mean(name, known) or f"there are {', '.join(known) or 'none'}")  # fmt: skip


def cited_though_not_encoded(name: str, document: str, span: Span, reason: Span) -> Diagnostic:
    """A statement cites a sentence that the manifest says is not encoded.

    Why it matters
        One of the two is wrong, and whoever counts what is left out would count it.
    """
    return error("cited-though-not-encoded", f"`{name}` of `{document}` is cited, and said to be encoded nowhere",
                 Label(span), Label(reason, "said here"),
                 help="delete the reason, or do not cite the sentence")  # fmt: skip


PROBLEMS = (
    manifest_of_no_document, sentence_says_nothing, quote_changed, unknown_sentence, cited_though_not_encoded,
)  # fmt: skip
