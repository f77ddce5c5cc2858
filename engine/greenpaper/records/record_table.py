"""The rows of a table of records to records, and back. What the cells are worth is decided by a vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from greenpaper.records import problems
from greenpaper.records.columns import BETWEEN, DATE_FORM, RECORD_COLUMNS, columns_of, day_of, several, value_of
from greenpaper.records.csv_text import Row, Table, write_table
from greenpaper.records.directory import Directory, folded
from greenpaper.records.record import Authority, Cell, Inspection, Origin, Period, Record, Unknown
from greenpaper.source.diagnostics import Diagnostic

NOBODY = Authority("", "")


def rows_to_records(table: Table, directory: Directory) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Every row as a record of an authority of `directory`; when that is empty, rows make their own authorities."""
    at = columns_of(table)
    facts = tuple((name, column) for name, column in at.items() if name not in RECORD_COLUMNS)
    reading = _Reading(at, directory, not directory.by_name, facts)
    pairs = [(reading.record(row), row) for row in table.rows]
    return tuple(record for record, _ in pairs), (*reading.found, *_ties(pairs))


def _ties(pairs: Iterable[tuple[Record, Row]]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, date], Row] = {}
    for record, row in pairs:
        if record.authority.code:
            key = (record.authority.code, record.inspection.latest_day)
            earlier = first.setdefault(key, row)
            if earlier is not row:
                yield problems.equally_late(record.authority.name, row.span(), earlier.span())


@dataclass(frozen=True, slots=True)
class _Reading:
    """One table being read: where its columns are, whom its rows may name, and the problems met on the way."""

    at: Mapping[str, int]
    directory: Directory
    makes_authorities: bool
    facts: tuple[tuple[str, int], ...]
    found: list[Diagnostic] = field(default_factory=list)
    met: dict[tuple[str, str], Authority] = field(default_factory=dict)

    def record(self, row: Row) -> Record:
        cells = {name: value_of(row.cells[column]) for name, column in self.facts}
        return Record(self._authority(row), cells, self._inspection(row), Origin(row.source.name, row.line))

    def _text(self, row: Row, name: str) -> str:
        return row.cells[self.at[name]] if name in self.at else ""

    def _authority(self, row: Row) -> Authority:
        code, name = self._text(row, "code"), self._text(row, "authority")
        given = [(words, column) for words, column in ((code, "code"), (name, "authority")) if words]
        if not given:
            span = row.span(self.at.get("authority", self.at.get("code", 0)))
            self.found.append(problems.unknown_authority("", span, ()))
        elif self.makes_authorities:
            return Authority(code=code or folded(name), name=name or code)
        return self.met.get((code, name)) or self._known(row, given)

    def _known(self, row: Row, given: list[tuple[str, str]]) -> Authority:
        hits = [(self.directory.find(words), words, self.at[column]) for words, column in given]
        for hit, words, column in hits:
            if hit is None:
                self.found.append(problems.unknown_authority(words, row.span(column), self.directory.names))
        known = list({hit.code: hit for hit, *_ in hits if hit}.values())
        if len(known) > 1:
            (_, first, beside), (_, second, column) = hits
            self.found.append(problems.two_authorities(second, row.span(column), first, row.span(beside)))
        if len(known) != 1 or any(hit is None for hit, *_ in hits):
            return NOBODY
        self.met[self._text(row, "code"), self._text(row, "authority")] = known[0]
        return known[0]

    def _inspection(self, row: Row) -> Inspection:
        first, last = self._date(row, "first_day"), self._date(row, "last_day")
        published = self._date(row, "published")
        periods = () if first is None or last is None else (Period(first, last),)
        further = self._further(row)
        if not (first and last and published and first <= last <= published):
            self.found.extend(self._order(row, first, last, published))
        return Inspection(
            (*periods, *further), published,
            self._text(row, "kind"), self._text(row, "report"), self._text(row, "note"),
        )  # fmt: skip

    def _date(self, row: Row, name: str) -> date | None:
        words = self._text(row, name)
        if not words:
            return None
        day = day_of(words)
        if day is None:
            self.found.append(problems.bad_date(words, DATE_FORM, row.span(self.at[name])))
        return day

    def _further(self, row: Row) -> tuple[Period, ...]:
        words = self._text(row, "further_periods")
        if not words:
            return ()
        days = [[day_of(day.strip()) for day in part.split("/")] for part in several(words)]
        periods = [Period(pair[0], pair[1]) for pair in days if len(pair) == 2 and pair[0] and pair[1]]
        if len(periods) < len(days) or any(period.last < period.first for period in periods):
            self.found.append(problems.bad_periods(words, row.span(self.at["further_periods"])))
        return tuple(periods)

    def _order(self, row: Row, first: date | None, last: date | None, published: date | None) -> Iterator[Diagnostic]:
        for present, missing in (("first_day", "last_day"), ("last_day", "first_day")):
            if self._text(row, present) and not self._text(row, missing):
                yield problems.half_a_period(present, missing, row.span(self.at[present]))
        for earlier, later, before, after in (
            (first, last, "first_day", "last_day"),
            (last, published, "last_day", "published"),
        ):
            if earlier and later and later < earlier:
                yield problems.dates_out_of_order(before, after, row.span(self.at[after]))


def records_to_csv(records: Iterable[Record], columns: tuple[str, ...]) -> str:
    """Records as the text of a table with these columns; reading it gives the same records."""
    return write_table(columns, (_row(record, columns) for record in records))


def _row(record: Record, columns: tuple[str, ...]) -> tuple[str, ...]:
    inspection = record.inspection
    first = inspection.periods[0] if inspection.periods else None
    known: dict[str, Cell] = {
        "code": record.authority.code,
        "authority": record.authority.name,
        "first_day": first.first if first else None,
        "last_day": first.last if first else None,
        "further_periods": BETWEEN.join(f"{each.first}/{each.last}" for each in inspection.periods[1:]),
        "published": inspection.published,
        "kind": inspection.kind,
        "report": inspection.report,
        "note": inspection.note,
    }
    return tuple(_words(known[name] if name in known else record.cells.get(name)) for name in columns)


def _words(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Unknown():
            return cell.value
        case _:
            return str(cell)
