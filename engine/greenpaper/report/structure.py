"""What two versions say, statement by statement, as blocks of a page and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from greenpaper.comparison.redline import Mark, Run, Runs
from greenpaper.comparison.statements import Value
from greenpaper.comparison.structure import TITLE, Change, KeyChange, Kind, Standing, Structure
from greenpaper.framework.checked import Confidence
from greenpaper.report.view import Block, Heading, Pairs, Paragraph, Redline
from greenpaper.source.text import Span

NAME = "id"
"""The key that an address ends in, which need not be said again."""

WHOLE = "framework"
"""The address of what is said of a version as a whole."""


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
    renamed = sum(_is_renamed(change) for change in structure.changes)
    more = {Kind.CHANGED: f" ({renamed} of them renamed)" if renamed else ""}
    said = [f"{counts[kind]} {kind}{more.get(kind, '')}" for kind in Kind if kind is not Kind.KEPT and counts[kind]]
    differ = ", ".join(said) or "no statement differs"
    return f"Statements: {differ}; {counts[Kind.KEPT]} kept."


def _title(change: Change) -> str:
    title = f" “{change.title}”" if change.title else ""
    return f"{change.address}{title}: {_became(change)}{' (illustrative)' if is_illustrative(change) else ''}"


def _became(change: Change) -> str:
    """What became of a statement, in words."""
    renamed = "renamed" if change.only_renamed else "renamed and changed"
    kind = renamed if _is_renamed(change) else str(change.kind)
    moved = " and moved" if change.moved and change.kind is not Kind.MOVED else ""
    return kind + moved + (f", split from {change.split_from}" if change.split_from else "")


def _is_renamed(change: Change) -> bool:
    """Whether a statement is called otherwise than before; that two versions have two titles renames nothing."""
    return change.is_renamed and change.address != WHOLE


def is_illustrative(change: Change) -> bool:
    """Whether something in the statement was made up to illustrate."""
    return Confidence.ILLUSTRATIVE in change.confidences


def _said(change: Change) -> Iterator[Block]:
    match change.kind:
        case Kind.ADDED | Kind.REMOVED:
            keys = tuple(each for each in change.keys if each.key != NAME)
            yield Pairs(tuple((label, " ".join(run.text for run in runs)) for label, runs in _rows(keys)))
        case Kind.CHANGED:
            yield Redline(tuple(_rows(change.keys)))
        case _:
            pass
    for each in change.keys:
        if each.moved:
            yield Paragraph(f"In another place of {each.key}: {', '.join(each.moved)}.")
    if change.moved:
        before, after = change.moved
        yield Paragraph(f"Stood {_standing(before)}, stands {_standing(after)}.")


def _rows(keys: Sequence[KeyChange]) -> Iterator[tuple[str, Runs]]:
    """Each key with its redline; what a statement holds as entries with titles, such as topics, entry by entry."""
    groups: dict[str, list[KeyChange]] = {}
    for each in keys:
        groups.setdefault(_entry(each.key) or each.key, []).append(each)
    for name, group in groups.items():
        if any(each.key == f"{name}/{TITLE}" and not (each.before and each.after) for each in group):
            yield _label(name), _entry_runs(name, group)
        else:
            yield from ((_label(each.key), each.runs) for each in group)


def _entry(key: str) -> str:
    """The entry of a statement to which a key belongs, such as one topic; empty for keys of the statement itself."""
    return "/".join(key.split("/")[:2]) if key.count("/") > 1 else ""


def _entry_runs(name: str, group: Sequence[KeyChange]) -> Runs:
    """An entry that came or went, in one line: its title, how sure it is and its source, and what else it says."""
    said = {each.key.removeprefix(f"{name}/"): _words(each.after or each.before) for each in group}
    title, sure = said.pop(TITLE), [said.pop(key, "") for key in ("confidence", "source/document")]
    brackets = ", ".join(filter(None, sure))
    more = "".join(f"; {_label(key)}: {text}" for key, text in said.items())
    came = any(each.after for each in group)
    return (Run(Mark.INSERTED if came else Mark.DELETED, f"{title} ({brackets}){more}"),)


def _label(key: str) -> str:
    return key.replace("/", " / ")


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
        "renamed": _is_renamed(change),
        "split_from": change.split_from or None,
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
