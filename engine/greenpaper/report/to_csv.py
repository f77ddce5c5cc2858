"""Rows as CSV. A cell that a spreadsheet would take for a formula is kept as text."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A header and the rows, UTF-8, lines ending in LF."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: str) -> str:
    """The cell with an apostrophe in front where it begins like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
