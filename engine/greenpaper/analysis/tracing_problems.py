"""What is found of statements and the sentences they cite. The docstring of each is its manual page."""

from collections.abc import Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, warning
from greenpaper.source.text import Span


def cites_no_sentence(rule: str, document: str, span: Span, manifest: Span) -> Diagnostic:
    """A rule cites a document of which there is a manifest, and no sentence of it.

    Why it matters
        Nobody can tell which words the rule rests on, nor that it is to be read again when these words change.

    Avoid
        source: {document: release-2026-03-20}

    Prefer
        source: {document: release-2026-03-20, sentences: [s1]}
    """
    return warning("cites-no-sentence", f"`{rule}` cites no sentence of `{document}`", Label(span),
                   Label(manifest, "its manifest"), help="name under `sentences` those that it rests on")  # fmt: skip


def stale_sentence(
    sentence: str, document: str, spans: tuple[Span, Span], prints: tuple[str, str], cited: Sequence[str], version: str
) -> Diagnostic:
    """A sentence does not say what it said when the version that cites it was last traced, or was not cited then.

    Why it matters
        The statements that cite it rest on other words: they may no longer say the same.
    """
    was, now = prints
    said = f"it was {was} and is {now}" if was else "it was not cited when the version was last traced"
    return warning("stale-sentence", f"`{sentence}` of `{document}` is not as it was traced", Label(spans[0]),
                   Label(spans[1], "what it says"), notes=(said, f"cited by: {', '.join(cited)}"),
                   help=f"read what cites it again, then: greenpaper sources {version} --accept")  # fmt: skip


PROBLEMS = (cites_no_sentence, stale_sentence)
