"""Diagnostics as text: the first line alone, then each place with its line and a caret, then one thing to do."""

from collections.abc import Iterable, Iterator

from greenpaper.source.diagnostics import MOST_SHOWN, Diagnostic, Label, in_file_order
from greenpaper.source.text import Span, line_of, position_in

WIDEST = 110
TAB = "    "


def to_text(diagnostic: Diagnostic) -> str:
    """One diagnostic in full. Labels on one line share it, each with a row of carets of its own."""
    lines = [first_line(diagnostic)]
    gutter = max(len(str(label.span.position.line)) for label in diagnostic.labels)
    edge = " " * gutter + " |"
    shown: Span | None = None
    for label in diagnostic.labels:
        snippet = tuple(_snippet(label, gutter))
        if shown and _fits_under(label.span, shown):
            lines += snippet[1:]
        else:
            lines += [f"{' ' * gutter}--> {_short(label.span.place)}", edge, *snippet]
        shown = label.span
    if diagnostic.help or diagnostic.notes:
        lines.append(edge)
    lines += [f"note: {_short(note)}" for note in diagnostic.notes]
    if diagnostic.help:
        lines.append(f"help: {_short(diagnostic.help)}")
    return "\n".join(lines)


def _fits_under(span: Span, shown: Span) -> bool:
    if span.source is not shown.source or span.position.line != shown.position.line:
        return False
    return len(visible(line_of(span.source.text, span.position.line)[: WIDEST + 1])) <= WIDEST


def first_line(diagnostic: Diagnostic) -> str:
    """Severity, code and sentence: what stands alone in a list or a log."""
    return f"{diagnostic.severity}[{diagnostic.code}]: {_short(diagnostic.message)}"


def all_to_text(diagnostics: Iterable[Diagnostic]) -> str:
    """All of a run, in file order, at most 100, with a count of the rest."""
    ordered = in_file_order(diagnostics)
    blocks = [to_text(diagnostic) for diagnostic in ordered[:MOST_SHOWN]]
    if len(ordered) > MOST_SHOWN:
        blocks.append(f"and {len(ordered) - MOST_SHOWN} more")
    return "\n\n".join(blocks)


def visible(text: str) -> str:
    """`text` with tabs as spaces and every character that shows nothing, or that a terminal obeys, as its code."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible_character, text))


def _short(text: str, *, most: int = 4 * WIDEST) -> str:
    """`text` made visible, cut when very long."""
    shown = visible(text[: most + 1])
    return shown if len(shown) <= most else shown[:most] + " …"


def _visible_character(character: str) -> str:
    if character == "\t":
        return TAB
    return character if character.isprintable() else f"<U+{ord(character):04X}>"


def _snippet(label: Label, gutter: int) -> Iterator[str]:
    span = label.span
    at = span.position
    line = line_of(span.source.text, at.line)
    start = at.column - 1
    end = max(start + 1, min(len(line), start + (span.end - span.start)))
    if _spans_lines(span):
        end = max(start + 1, len(line.rstrip()))
    before, marked, after = _cut(*map(visible, _near(line, start, end)))
    words = f" {_short(label.text, most=2 * WIDEST)}" if label.text else ""
    yield f"{at.line:>{gutter}} | {before}{marked}{after}".rstrip()
    yield f"{' ' * gutter} | {' ' * _width(before)}{'^' * max(1, _width(marked))}{words}"


def _near(line: str, start: int, end: int) -> tuple[str, str, str]:
    """The line before, at and after the place, with no more of it than `_cut` can use."""
    most = 2 * WIDEST
    return line[max(0, start - most) : start], line[start : min(end, start + most)], line[end : end + most]


def _spans_lines(span: Span) -> bool:
    return position_in(span.source.text, max(span.start, span.end - 1)).line > span.position.line


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """Keep a long line near its caret."""
    if len(before) + len(marked) + len(after) <= WIDEST:
        return before, marked, after
    marked = marked if len(marked) <= WIDEST else marked[: WIDEST - 1] + "…"
    room = max(0, WIDEST - len(marked))
    if len(before) > room:
        before = "…" + before[len(before) - room // 2 :]
    room = max(0, room - len(before))
    return before, marked, after if len(after) <= room else after[:room] + "…"


def _width(text: str) -> int:
    """Columns `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
