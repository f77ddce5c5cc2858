"""Comma-separated text to rows whose every cell knows its place, and rows back to text.

Everything wrong with the form of the text is a problem with a place; what the cells mean is not known here. Cells that
a spreadsheet would run as a formula are written behind an apostrophe, which reading takes off again; numbers are not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from greenpaper.records import problems
from greenpaper.source import problems as source_problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Source, Span

MOST_BYTES = 64 * 1024 * 1024
LINE_END = re.compile(r"\r\n|\n|\r")
QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
PLAIN = re.compile(r"[^,\r\n]*+")
FORMULA = re.compile(r"(?!-[0-9]+(\.[0-9]+)?\Z)'*[=+\-@]")
NEEDS_QUOTES = re.compile(r'[",\r\n]')
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the text. `line` is the line it begins on, counted from 1; `start` the offset of that line."""

    source: Source
    start: int
    line: int
    cells: tuple[str, ...]

    def span(self, column: int = 0) -> Span:
        """The place of a cell, without the blanks around it; the row's end for a cell that is not there."""
        places, end, _ = _scan(self.source.text, self.start)
        start, stop = places[column] if column < len(places) else (end, end)
        words = self.source.text[start:stop]
        start += len(words) - len(words.lstrip())
        return Span(self.source, start, start + len(words.strip()))


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it that have as many cells."""

    source: Source
    header: Row
    rows: tuple[Row, ...]


Read = tuple[Table | None, tuple[Diagnostic, ...]]


def read_table(name: str, content: bytes) -> Read:
    """The bytes of a file as a table. UTF-8, with or without a byte order mark; lines end with LF, CR LF or CR.

    Problems: too many bytes, not UTF-8, empty, a quote that is not closed, a header with an unnamed or repeated column,
    rows shorter or longer than the header. Rows that say nothing are left out.
    """
    if len(content) > MOST_BYTES:
        span = Span(Source(name, ""), 0, 0)
        return None, (source_problems.file_too_large(span, len(content), MOST_BYTES),)
    try:
        source = Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        source = Source(name, content.decode("utf-8", "replace"))
        at = len(content[: fault.start].decode("utf-8"))
        return None, (source_problems.not_utf_8(Span(source, at, at + 1)),)
    return _table(source)


def _table(source: Source) -> Read:
    found: list[Diagnostic] = []
    rows = list(_rows(source, found))
    if not rows:
        return None, tuple(found) or (source_problems.empty_file(Span(source, 0, 0)),)
    header = _without_empty_end(rows[0])
    found += _header_problems(header)
    width, fitting = len(header.cells), []
    for row in rows[1:]:
        cells = row.cells
        if len(cells) < width:
            found.append(problems.short_row(row.span(len(cells)), len(cells), width))
        elif len(cells) > width and any(cells[width:]):
            found.append(problems.long_row(row.span(width), len(cells), width))
        else:
            fitting.append(row)
    return Table(source, header, tuple(fitting)), tuple(found)


def _without_empty_end(row: Row) -> Row:
    cells = row.cells
    while cells and not cells[-1]:
        cells = cells[:-1]
    return Row(row.source, row.start, row.line, cells)


def _header_problems(header: Row) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for column, name in enumerate(header.cells):
        if not name:
            yield problems.unnamed_column(header.span(column), column + 1)
        elif name in first:
            yield problems.repeated_column(name, header.span(column), header.span(first[name]))
        else:
            first[name] = column
    if len(header.cells) == 1 and any(sign in header.cells[0] for sign in ";\t"):
        yield problems.not_commas(header.span())


def _rows(source: Source, found: list[Diagnostic]) -> Iterator[Row]:
    """Every row that says something, header first. Reading stops at a quote that is never closed."""
    text, at, line = source.text, 0, 1
    while at < len(text):
        end_of_line = LINE_END.search(text, at)
        end = end_of_line.start() if end_of_line else len(text)
        words = text[at:end]
        cells = words.split(",")
        if '"' in words:
            places, end, fault = _scan(text, at)
            cells = [_unquoted(text[start:stop]) for start, stop in places]
            if fault:
                found.append(_fault(source, fault))
                if _is_open(text, fault):
                    return
        values = tuple([cell.strip() for cell in cells])
        if "'" in words:
            values = tuple(map(_unguarded, values))
        if any(values):
            yield Row(source, at, line, values)
        line += 1 + len(LINE_END.findall(text, at, end))
        end_of_line = LINE_END.match(text, end)
        at = end_of_line.end() if end_of_line else len(text)


def _scan(text: str, at: int) -> tuple[list[Place], int, Place | None]:
    """The places of the cells of the row at `at`, where the row ends, and the place of a quote at fault.

    A quote that is not closed is a fault that reaches to the end of the text.
    """
    places: list[Place] = []
    fault: Place | None = None
    while True:
        start, quoted = at, QUOTED.match(text, at)
        if quoted is None and text.startswith('"', at):
            return [*places, (start, len(text))], len(text), (start, len(text))
        at = quoted.end() if quoted else start
        rest = PLAIN.match(text, at)
        stop = rest.end() if rest else at
        if quoted and text[at:stop].strip():
            fault = fault or (at, stop)
        places.append((start, stop))
        if not text.startswith(",", stop):
            return places, stop, fault
        at = stop + 1


def _fault(source: Source, fault: Place) -> Diagnostic:
    start, stop = fault
    if _is_open(source.text, fault):
        return problems.quote_not_closed(Span(source, start, start + 1))
    return problems.text_after_quote(Span(source, start, stop))


def _is_open(text: str, fault: Place) -> bool:
    return text.startswith('"', fault[0])


def _unquoted(cell: str) -> str:
    trimmed = cell.strip()
    if len(trimmed) > 1 and trimmed.startswith('"') and trimmed.endswith('"'):
        return trimmed[1:-1].replace('""', '"')
    return trimmed


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table as text: LF, quotes only where needed, no cell that a spreadsheet would run."""
    return "".join(",".join(map(_written, row)) + "\n" for row in (header, *rows))


def _written(cell: str) -> str:
    guarded = "'" + cell if FORMULA.match(cell) else cell
    return '"' + guarded.replace('"', '""') + '"' if NEEDS_QUOTES.search(guarded) else guarded
