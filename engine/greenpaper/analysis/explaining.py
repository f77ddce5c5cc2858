"""Findings with the reasons that a version gives for them in `explained.yaml`. Errors cannot be explained away."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from greenpaper.analysis import problems, tracing_problems
from greenpaper.analysis.finding import Finding
from greenpaper.framework.checked import Explained, Framework
from greenpaper.source.diagnostics import Severity
from greenpaper.source.nearest import did_you_mean

OF_SITUATIONS, OF_TRACING = (
    tuple(problem.__name__.replace("_", "-") for problem in room.PROBLEMS) for room in (problems, tracing_problems)
)
"""The codes of findings of all situations, and of those of what is cited."""


def explained(
    framework: Framework, found: Sequence[Finding], codes: Collection[str] = OF_SITUATIONS
) -> tuple[Finding, ...]:
    """The findings, each warning that an entry explains as a note with its reason, and entries that explain nothing.

    `codes` are those that such findings can have: entries about others are not judged here.
    """
    reasons = {(entry.finding, entry.about): entry for entry in framework.explained}
    told = (_told(finding, reasons.get((finding.diagnostic.code, finding.about))) for finding in found)
    return (*told, *_needless(framework, found, codes))


def _told(finding: Finding, entry: Explained | None) -> Finding:
    said = finding.diagnostic
    if entry is None or said.severity is not Severity.WARNING:
        return finding
    reason = f"explained ({entry.confidence}): {entry.because}"
    note = replace(said, severity=Severity.NOTE, notes=(*said.notes, reason), help="")
    return replace(finding, diagnostic=note, stub="", explained=entry.because)


def _needless(framework: Framework, found: Sequence[Finding], codes: Collection[str]) -> Iterator[Finding]:
    known = (*OF_SITUATIONS, *OF_TRACING)
    there = {(each.diagnostic.code, each.about): each.diagnostic.severity for each in found}
    for entry in framework.explained:
        severity = there.get((entry.finding, entry.about))
        if severity is Severity.WARNING:
            continue
        assert entry.span
        about = f"explained/{entry.id}"
        if entry.finding not in known and codes is OF_SITUATIONS:
            yield Finding(problems.unknown_finding(entry.finding, entry.span, known), about)
        elif entry.finding in codes:
            why = _why(entry, severity, [about for code, about in there if code == entry.finding])
            yield Finding(problems.explains_nothing(entry.finding, entry.about, entry.span, why), about)


def _why(entry: Explained, severity: Severity | None, abouts: Sequence[str]) -> str:
    match severity:
        case Severity.ERROR:
            return "an error cannot be explained: correct what it speaks of"
        case Severity.NOTE:
            return "a note needs no explanation: delete the entry"
        case _:
            return did_you_mean(entry.about, abouts)
