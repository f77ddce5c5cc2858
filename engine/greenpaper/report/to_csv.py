"""Rows as CSV. A cell that a spreadsheet would take for a formula is kept as text."""

from collections.abc import Iterable, Sequence

from greenpaper.records.csv_text import write_table

BLANKS_BEFORE_A_FORMULA = ("\t", "\r")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A header and the rows, UTF-8, lines ending in LF."""
    return write_table(columns, ([_guarded(cell) for cell in row] for row in rows))


def _guarded(cell: str) -> str:
    """The cell with an apostrophe in front where it begins with a blank that spreadsheets pass over."""
    return f"'{cell}" if cell.startswith(BLANKS_BEFORE_A_FORMULA) else cell
