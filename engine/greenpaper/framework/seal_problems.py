"""Every problem of a version that was sealed, or whose status moved. The docstring of each is its manual page."""

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.text import Span


def changed_since_sealed(version: str, what: str, span: Span) -> Diagnostic:
    """A sealed version is not what it was when it was sealed, or at its last erratum.

    Why it matters
        Somebody relies on what the version said; a change must be owned up to, with its reason.
    """
    return error("changed-since-sealed", f"{what} of `{version}` changed since this was written", Label(span),
                 help=f'undo the change, or record it: greenpaper freeze {version} --erratum "why"')  # fmt: skip


def unknown_seal_format(written: int, known: int, span: Span) -> Diagnostic:
    """A seal was made in a form that this program does not know.

    Why it matters
        Its hashes cannot be compared, and an unread seal must not look like a whole one.
    """
    return error("unknown-seal-format", f"the seal has the format {written}, and only {known} is known", Label(span),
                 help="use the version of greenpaper that wrote it, or a later one")  # fmt: skip


def no_such_step(old: str, new: str, span: Span, before: Span) -> Diagnostic:
    """A version has a status that it cannot have come to.

    Why it matters
        What was confirmed or in force would look as if nobody had ever relied on it.
    """
    return error("no-such-step", f"what was `{old}` cannot be `{new}` later on", Label(span),
                 Label(before, "it was this"), help="write the status that it has come to, or make another version")  # fmt: skip


PROBLEMS = (changed_since_sealed, unknown_seal_format, no_such_step)
