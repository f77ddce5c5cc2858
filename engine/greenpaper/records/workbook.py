"""One sheet of a workbook as comma-separated text, line for row: the only door to python_calamine."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

from greenpaper.records import problems
from greenpaper.records.csv_text import MOST_BYTES, write_table
from greenpaper.source import problems as source_problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Source, Span


def sheet_as_csv(name: str, content: bytes, *, sheet: str = "") -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The sheet called `sheet`, or the first, as CSV whose line numbers are the numbers of the sheet's rows."""
    span = Span(Source(name, ""), 0, 0)
    if len(content) > MOST_BYTES:
        return None, (source_problems.file_too_large(span, len(content), MOST_BYTES),)
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        return None, (problems.no_workbook_reader(span),)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if sheet and sheet not in book.sheet_names:
            return None, (problems.unknown_sheet(sheet, span, book.sheet_names),)
        found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        rows = found.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as fault:
        return None, (problems.bad_workbook(span, str(fault)),)
    return _as_text(rows).encode(), ()


def _as_text(rows: Iterable[Iterable[object]]) -> str:
    header, *rest = [[_cell(value) for value in row] for row in rows] or [[]]
    return write_table(header, rest)


def _cell(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return " ".join(str(value).split())
