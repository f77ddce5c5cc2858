"""The project's own tables, and tables in their columns, to authorities and records.

Only `code`, `authority`, the dates and a few more columns mean something here; every other column is a cell whose
meaning a vocabulary decides. Knows no yaml and no pydantic, so that every command may load the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greenpaper.records import problems
from greenpaper.records.columns import lacking
from greenpaper.records.csv_text import MOST_BYTES, read_table
from greenpaper.records.directory import Directory, directory_of
from greenpaper.records.record import Authority, Record
from greenpaper.records.record_table import rows_to_records
from greenpaper.records.register_table import RegisterRead, read_register
from greenpaper.source import problems as source_problems
from greenpaper.source.diagnostics import Diagnostic, PolicyError
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Source, Span

REGISTER_FILE = "register.csv"
INSPECTIONS_FILE = "inspections.csv"


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a table, oldest first for each authority. `current` has one for each authority of `register`.

    `taken` is the latest day of publication in the table, or the latest day on site where nothing says when it was
    published. Unknown: an authority without an inspection has a current record in which nothing is known.
    """

    register: tuple[Authority, ...]
    inspections: tuple[Record, ...]
    current: tuple[Record, ...]
    taken: date | None
    directory: Directory

    def find(self, name: str) -> Record | None:
        """The current record of the authority of that name, alias or code."""
        authority = self.directory.find(name)
        return next((each for each in self.current if each.authority is authority), None) if authority else None

    def of(self, authority: Authority) -> tuple[Record, ...]:
        """Every record of one authority, oldest first."""
        return tuple(each for each in self.inspections if each.authority.code == authority.code)

    def suggestion(self, name: str) -> str:
        """One line of help for a name that is not found, or nothing."""
        return did_you_mean(name, self.directory.names)


RecordsRead = tuple[Records | None, tuple[Diagnostic, ...]]


def load_register(folder: Path) -> tuple[Authority, ...]:
    """The authorities of `register.csv` in `folder`. Problems: all of them, behind one PolicyError."""
    register, found = _register_in(folder)
    if found:
        raise PolicyError(found)
    return register


def load_records(where: Path, *, register: tuple[Authority, ...] = ()) -> Records:
    """The records of a folder with a register and inspections, or of one CSV or XLSX file in the same columns.

    A single file is read against `register`; without one, its rows make their own authorities. Problems: all of them,
    behind one PolicyError.
    """
    records, found = check_records(where, register=register)
    if records is None or found:
        raise PolicyError(found)
    return records


def check_records(where: Path, *, register: tuple[Authority, ...] = ()) -> RecordsRead:
    """As `load_records`, with the problems as values. There are no records when there is a problem."""
    if not where.is_dir():
        content, unread = read_bytes(where)
        return (None, unread) if content is None else read_records(str(where), content, register)
    own, found = _register_in(where)
    file = where / INSPECTIONS_FILE
    content, unread = read_bytes(file)
    if content is None:
        return None, (*found, *unread)
    records, wrong = read_records(str(file), content, own, whole=True)
    return (None if found else records), (*found, *wrong)


def _register_in(folder: Path) -> RegisterRead:
    file = folder / REGISTER_FILE
    content, unread = read_bytes(file)
    return ((), unread) if content is None else read_register(str(file), content)


def read_bytes(file: Path) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The content of a table's file. Problems: cannot be opened, too many bytes."""
    span = Span(Source(str(file), ""), 0, 0)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            size = max(file.stat().st_size, len(content))
            return None, (source_problems.file_too_large(span, size, MOST_BYTES),)
        return content, ()
    except OSError as fault:
        return None, (source_problems.unreadable_file(span, fault.strerror or str(fault)),)


def read_records(
    name: str, content: bytes, register: tuple[Authority, ...] = (), *, whole: bool = False
) -> RecordsRead:
    """A table's bytes as records, and every problem in them.

    `whole` says that the table is of the whole register, so that authorities without a row are current too.
    """
    if name.lower().endswith(".xlsx"):
        from greenpaper.records.workbook import sheet_as_csv

        text, refused = sheet_as_csv(name, content)
        if text is None:
            return None, refused
        content = text
    table, wrong = read_table(name, content)
    if table is None:
        return None, wrong
    refused = (*wrong, *lacking(table, ("authority", "code")))
    if len(refused) > len(wrong):
        return None, refused
    if not table.rows and not wrong:
        return None, (problems.no_rows(table.header.span()),)
    directory = directory_of(register)
    read, found = rows_to_records(table, directory)
    refused = (*wrong, *found)
    if refused:
        return None, refused
    return (records_of(read, register, directory) if whole else records_of(read)), ()


def records_of(
    rows: Iterable[Record], register: tuple[Authority, ...] = (), directory: Directory | None = None
) -> Records:
    """Records in order, with what follows from them. Without a register, that of the records' own authorities.

    `directory` is that of `register`, where it is there already.
    """
    inspections = list(rows)
    register = register or tuple({each.authority.code: each.authority for each in inspections}.values())
    place = {authority.code: number for number, authority in enumerate(register)}
    inspections.sort(key=lambda each: (place[each.authority.code], each.inspection.latest_day))
    latest = {each.authority.code: each for each in inspections}
    current = tuple(latest.get(authority.code) or Record(authority, {}) for authority in register)
    published = [each.inspection.published for each in inspections if each.inspection.published]
    on_site = [each.inspection.ended for each in inspections if each.inspection.ended]
    taken = max(published or on_site, default=None)
    return Records(register, tuple(inspections), current, taken, directory or directory_of(register))
