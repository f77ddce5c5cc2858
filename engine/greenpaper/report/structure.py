"""What two versions say, statement by statement, as blocks of a page and as data."""

from collections.abc import Iterator
from typing import Any

from greenpaper.comparison.statements import Value
from greenpaper.comparison.structure import Change, KeyChange, Kind, Standing, Structure
from greenpaper.framework.checked import Confidence
from greenpaper.report.view import Block, Heading, Pairs, Paragraph, Redline
from greenpaper.source.text import Span

NAME = "id"
"""The key that an address ends in, which need not be said again."""


def structure_blocks(structure: Structure) -> Iterator[Block]:
    """How many statements differ, then each of them with its words and places."""
    yield Heading("What the versions say")
    yield Paragraph(counts_line(structure))
    for change in structure.changes:
        yield Heading(_title(change), 3)
        yield from _said(change)
        yield Paragraph(_places(change))


def counts_line(structure: Structure) -> str:
    """How many statements there are of each kind; the kinds that do not occur are left out."""
    counts = structure.counts
    said = [f"{counts[kind]} {kind}" for kind in Kind if kind is not Kind.KEPT and counts[kind]]
    differ = ", ".join(said) or "no statement differs"
    return f"Statements: {differ}; {counts[Kind.KEPT]} kept."


def _title(change: Change) -> str:
    moved = " and moved" if change.moved and change.kind is not Kind.MOVED else ""
    return f"{change.address}: {change.kind}{moved}{' (illustrative)' if is_illustrative(change) else ''}"


def is_illustrative(change: Change) -> bool:
    """Whether something in the statement was made up to illustrate."""
    return Confidence.ILLUSTRATIVE in change.confidences


def _said(change: Change) -> Iterator[Block]:
    match change.kind:
        case Kind.ADDED | Kind.REMOVED:
            keys = (each for each in change.keys if each.key != NAME)
            yield Pairs(tuple((_label(each), _words(each.after or each.before)) for each in keys))
        case Kind.CHANGED:
            yield Redline(tuple((_label(each), each.runs) for each in change.keys))
        case _:
            pass
    for each in change.keys:
        if each.moved:
            yield Paragraph(f"In another place of {each.key}: {', '.join(each.moved)}.")
    if change.moved:
        before, after = change.moved
        yield Paragraph(f"Stood {_standing(before)}, stands {_standing(after)}.")


def _label(change: KeyChange) -> str:
    return change.key.replace("/", " / ")


def _words(value: Value | None) -> str:
    return value.words if value else ""


def _standing(standing: Standing) -> str:
    return f"in place {standing.number}, after {standing.previous}" if standing.previous else "first"


def _places(change: Change) -> str:
    """Where it stood and stands; one place where it is in the same file and line of both."""
    return " → ".join(dict.fromkeys(span.place for span in (change.before, change.after) if span))


def structure_data(structure: Structure) -> dict[str, Any]:
    """The counts, and every statement that differs with its keys, redlines and places."""
    return {
        "same": structure.is_same,
        "counts": {str(kind): count for kind, count in structure.counts.items()},
        "changes": [_change(each) for each in structure.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "address": change.address,
        "kind": str(change.kind),
        "illustrative": is_illustrative(change),
        "moved": [_stood(each) for each in change.moved] if change.moved else None,
        "before": _place(change.before),
        "after": _place(change.after),
        "keys": [_key(each) for each in change.keys],
    }


def _stood(standing: Standing) -> dict[str, Any]:
    return {"number": standing.number, "after": standing.previous or None}


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"file": span.source.name, "line": span.position.line, "column": span.position.column}


def _key(change: KeyChange) -> dict[str, Any]:
    return {
        "key": change.key,
        "before": change.before.plain if change.before else None,
        "after": change.after.plain if change.after else None,
        "redline": [[str(run.mark), run.text] for run in change.runs],
        "moved": list(change.moved),
    }
