"""A register's table to authorities, and back."""

from collections.abc import Iterable, Iterator, Mapping

from greenpaper.records import problems
from greenpaper.records.columns import BETWEEN, REGISTER_COLUMNS, columns_of, lacking, several
from greenpaper.records.csv_text import Row, read_table, write_table
from greenpaper.records.directory import directory_of
from greenpaper.records.record import Authority
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Span

RegisterRead = tuple[tuple[Authority, ...], tuple[Diagnostic, ...]]


def read_register(name: str, content: bytes) -> RegisterRead:
    """A register's bytes as authorities, and every problem in them."""
    table, found = read_table(name, content)
    if table is None:
        return (), found
    refused = (*found, *lacking(table, ("code",), ("name",)))
    if len(refused) > len(found):
        return (), refused
    at = columns_of(table)
    rows = tuple((_authority(row, at), row) for row in table.rows)
    return tuple(each for each, _ in rows), (*found, *_register_problems(rows, at))


def _authority(row: Row, at: Mapping[str, int]) -> Authority:
    text = {name: row.cells[at[name]] if name in at else "" for name in REGISTER_COLUMNS}
    return Authority(
        code=text["code"], name=text["name"], region=text["region"], kind=text["kind"], urn=text["urn"],
        la_code=text["la_code"], aliases=several(text["aliases"]), neighbours=several(text["neighbours"]),
    )  # fmt: skip


def _register_problems(rows: tuple[tuple[Authority, Row], ...], at: Mapping[str, int]) -> Iterator[Diagnostic]:
    codes = {authority.code for authority, _ in rows}
    row_of = {id(authority): row for authority, row in rows}
    for name, owner, second in directory_of(authority for authority, _ in rows).clashes:
        yield problems.taken_name(name, _place_of(name, row_of[id(second)]), owner.name)
    for authority, row in rows:
        for column in ("code", "name"):
            if not row.cells[at[column]]:
                yield problems.nothing_in_cell(column, row.span(at[column]))
        for neighbour in authority.neighbours:
            if neighbour not in codes:
                yield problems.unknown_neighbour(neighbour, row.span(at["neighbours"]))


def _place_of(name: str, row: Row) -> Span:
    column = next((n for n, cell in enumerate(row.cells) if name in (cell, *several(cell))), 0)
    return row.span(column)


def register_to_csv(register: Iterable[Authority]) -> str:
    """A register as the text of its table; reading it gives the same authorities."""
    rows = (
        (each.code, each.name, each.region, each.kind, each.urn, each.la_code,
         BETWEEN.join(each.aliases), BETWEEN.join(each.neighbours))
        for each in register
    )  # fmt: skip
    return write_table(REGISTER_COLUMNS, rows)
