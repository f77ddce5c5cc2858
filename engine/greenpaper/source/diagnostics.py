"""What is wrong in a file, as a value: severity, a code of words, one sentence, places, one thing to do.

A diagnostic holds text and spans only, never the thing it is about, so that every floor can make one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from greenpaper.source.text import Span

MOST_SHOWN = 100


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """Words under (or beside) the characters they are about."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `labels` begins with the place at fault; further labels show what it disagrees with.

    `message` stands alone on one line: lower case, no full stop, the author's words in backticks.
    """

    severity: Severity
    code: str
    message: str
    labels: tuple[Label, ...]
    help: str = ""
    notes: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return self.labels[0].span


class PolicyError(Exception):
    """Raised at the door of loading, with every problem found behind it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_file_order(diagnostics)
        super().__init__("; ".join(f"{d.span.place}: {d.message}" for d in self.diagnostics))


def error(code: str, message: str, *labels: Label, help: str = "", notes: Iterable[str] = ()) -> Diagnostic:
    """A problem that keeps the file from being used."""
    return Diagnostic(Severity.ERROR, code, message, labels, help, tuple(notes))


def warning(code: str, message: str, *labels: Label, help: str = "", notes: Iterable[str] = ()) -> Diagnostic:
    """A problem the file can be used with."""
    return Diagnostic(Severity.WARNING, code, message, labels, help, tuple(notes))


def note(code: str, message: str, *labels: Label, help: str = "", notes: Iterable[str] = ()) -> Diagnostic:
    """Something worth knowing that asks for nothing."""
    return Diagnostic(Severity.NOTE, code, message, labels, help, tuple(notes))


def in_file_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file and place; the same thing said twice of one place is said once."""
    seen: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        span = diagnostic.span
        key = (span.source.name, span.start, span.end, diagnostic.code, diagnostic.message)
        seen.setdefault(key, diagnostic)
    return tuple(seen[key] for key in sorted(seen))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in diagnostics)
