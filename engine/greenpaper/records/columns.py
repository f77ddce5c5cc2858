"""The columns of the project's own tables, and how their cells are written: days, lists, kinds of unknown."""

from collections.abc import Iterator, Mapping
from datetime import date

from greenpaper.records import problems
from greenpaper.records.csv_text import Table
from greenpaper.records.record import Cell, Unknown
from greenpaper.source.diagnostics import Diagnostic

REGISTER_COLUMNS = ("code", "name", "region", "kind", "urn", "la_code", "aliases", "neighbours")
BEFORE_CELLS = ("code", "authority", "first_day", "last_day", "further_periods", "published", "kind")
AFTER_CELLS = ("report", "note")
RECORD_COLUMNS = (*BEFORE_CELLS, *AFTER_CELLS)
BETWEEN = "; "
DATE_FORM = "yyyy-mm-dd"
UNKNOWN_WORDS: Mapping[str, Unknown | None] = {**{kind.value: kind for kind in Unknown}, "": None}


def day_of(words: str) -> date | None:
    """A day written as 2025-03-21 or, as spreadsheets in England save it, 21/03/2025."""
    try:
        if len(words) == 10 and words[2] == words[5] == "/":
            words = f"{words[6:]}-{words[3:5]}-{words[:2]}"
        return date.fromisoformat(words) if len(words) == 10 and words.isascii() else None
    except ValueError:
        return None


def value_of(cell: str) -> Cell:
    """What a cell says: a kind of unknown, nothing, or its words."""
    return UNKNOWN_WORDS.get(cell.casefold(), cell)


def several(cell: str) -> tuple[str, ...]:
    """The parts of a cell with `; ` between them."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def columns_of(table: Table) -> dict[str, int]:
    """Where each column stands."""
    return {name: column for column, name in enumerate(table.header.cells)}


def lacking(table: Table, *needed: tuple[str, ...]) -> Iterator[Diagnostic]:
    """One of each of the `needed` groups of columns must be there."""
    header = table.header
    for names in needed:
        if not set(names) & set(header.cells):
            yield problems.missing_column(names, header.span(len(header.cells)), header.cells)
