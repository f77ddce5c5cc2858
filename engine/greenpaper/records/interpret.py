"""One raw file, read with its mapping, to drafts in the project's columns. Every row becomes a draft or is not used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from greenpaper.records import mapping_problems, problems
from greenpaper.records.columns import BETWEEN, day_of
from greenpaper.records.csv_text import Row, Table, read_table
from greenpaper.records.mapping import SourceMapping
from greenpaper.records.record import Unknown
from greenpaper.records.workbook import sheet_as_csv
from greenpaper.records.written_mapping import DateForm, Format, OtherWords, WrittenColumn
from greenpaper.source.diagnostics import Diagnostic

Value = str | date | Unknown | None
DAYS = ("first_day", "last_day", "published")


@dataclass(frozen=True, slots=True, order=True)
class NotUsed:
    """Something a raw file says that the tables do not. `row` is the line in the file, 0 for all of them;
    `column` is empty for the whole row.
    """

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One raw row in the project's columns. `raw` gives the raw column that each came from."""

    file: str
    row: Row
    values: Mapping[str, Value]
    raw: Mapping[str, str]

    def text(self, own: str) -> str:
        value = self.values.get(own)
        return value if isinstance(value, str) and not isinstance(value, Unknown) else ""

    def day(self, own: str) -> date | None:
        value = self.values.get(own)
        return value if isinstance(value, date) else None

    @property
    def place(self) -> str:
        return f"{self.file} line {self.row.line}"


@dataclass(frozen=True, slots=True)
class Interpreted:
    """What one raw file says."""

    drafts: tuple[Draft, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def interpret(mapping: SourceMapping, shown: str, content: bytes) -> Interpreted:
    """The raw file's bytes as drafts. `shown` is the name its problems carry.

    Problems: those of its text, columns that are missing or not mapped, words the mapping does not know, bad days.
    """
    if mapping.written.format is Format.XLSX:
        text, refused = sheet_as_csv(shown, content, sheet=mapping.written.sheet)
        if text is None:
            return Interpreted(diagnostics=refused)
        content = text
    table, wrong = read_table(shown, content)
    if table is None:
        return Interpreted(diagnostics=wrong)
    columns = tuple(_column_problems(mapping, table))
    if any(each.code == "raw-column-missing" for each in columns):
        return Interpreted(diagnostics=(*wrong, *columns))
    reading = _Reading(mapping, table, _at(table))
    drafts = tuple(draft for row in table.rows for draft in reading.drafts(row))
    reading.not_used.extend(NotUsed(mapping.written.file, 0, *each) for each in mapping.written.not_used.items())
    reading.found.extend(_without_row(mapping, reading.left_out))
    return Interpreted(drafts, tuple(reading.not_used), (*wrong, *columns, *reading.found))


def _at(table: Table) -> dict[str, int]:
    return {name: column for column, name in enumerate(table.header.cells)}


def _column_problems(mapping: SourceMapping, table: Table) -> Iterator[Diagnostic]:
    header, written = table.header, mapping.written
    mapped = (*written.columns, *written.not_used)
    for section in ("columns", "not_used"):
        for name in getattr(written, section):
            if name not in header.cells:
                span = mapping.key(section, name)
                yield mapping_problems.raw_column_missing(name, span, header.span(), header.cells)
    for number, left in enumerate(written.left_out):
        if left.column not in header.cells:
            span = mapping.place("left_out", number, "column")
            yield mapping_problems.raw_column_missing(left.column, span, header.span(), header.cells)
    for column, name in enumerate(header.cells):
        if name and name not in mapped:
            yield mapping_problems.raw_column_not_mapped(name, header.span(column), mapped)


def _without_row(mapping: SourceMapping, met: set[int]) -> Iterator[Diagnostic]:
    for number, left in enumerate(mapping.written.left_out):
        if number not in met:
            yield mapping_problems.nothing_matches(left.value, mapping.place("left_out", number, "value"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One raw table being read."""

    mapping: SourceMapping
    table: Table
    at: Mapping[str, int]
    not_used: list[NotUsed] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)

    def drafts(self, row: Row) -> Iterator[Draft]:
        """The row as a draft, unless it is left out or has a problem."""
        written = self.mapping.written
        for number, left in enumerate(written.left_out):
            if row.cells[self.at[left.column]] == left.value:
                self.left_out.add(number)
                self.not_used.append(NotUsed(written.file, row.line, "", left.because))
                return
        before = len(self.found)
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        for name, column in written.columns.items():
            value = self._value(row, name, column)
            if values.get(column.own) is None or isinstance(values[column.own], Unknown):
                values[column.own], raw[column.own] = value, name
            elif not (value is None or isinstance(value, Unknown) or value == values[column.own]):
                reason = f"says `{value}`, while `{raw[column.own]}` of the same row says `{values[column.own]}`"
                self.not_used.append(NotUsed(written.file, row.line, name, reason))
        self.found.extend(_days_in_order(row, values, raw, self.at))
        if len(self.found) == before:
            yield Draft(written.file, row, values, raw)

    def _value(self, row: Row, name: str, column: WrittenColumn) -> Value:
        words = row.cells[self.at[name]]
        if not words:
            return None
        written = self.mapping.written
        for sentinels in (column.unknown, written.unknown):
            for sentinel, kind in sentinels.items():
                if _same(sentinel) == _same(words):
                    return kind
        if column.own in DAYS:
            return self._day(row, name, column, words)
        if column.values:
            words = self._word(row, name, column, words)
        if column.split:
            return BETWEEN.join(part.strip() for part in words.split(column.split) if part.strip())
        return words

    def _day(self, row: Row, name: str, column: WrittenColumn, words: str) -> date | None:
        day = _day_in_form(words, column.date)
        if day is None:
            self.found.append(problems.bad_date(words, column.date.value, row.span(self.at[name])))
        return day

    def _word(self, row: Row, name: str, column: WrittenColumn, words: str) -> str:
        values = self.mapping.written.values[column.values]
        for word, value in values.items():
            if _same(word) == _same(words):
                return value
        if column.other_words is OtherWords.REFUSED:
            known = (*values, *column.unknown, *self.mapping.written.unknown)
            span = row.span(self.at[name])
            self.found.append(mapping_problems.unknown_raw_word(words, span, known, self.mapping.name))
        return words


def _same(words: str) -> str:
    return " ".join(words.split()).casefold()


def _day_in_form(words: str, form: DateForm) -> date | None:
    """The day, written in `form` or, as workbooks give their own days, with the year first."""
    match form:
        case DateForm.SHORT_YEAR if len(words) == 8 and words[2] == words[5] == "/":
            return day_of(f"{words[:6]}20{words[6:]}")
        case DateForm.DAY_FIRST if len(words) == 10 and words[2] == words[5] == "/":
            return day_of(words)
        case _:
            return day_of(words) if words[4:5] == "-" else None


def _days_in_order(
    row: Row, values: Mapping[str, Value], raw: Mapping[str, str], at: Mapping[str, int]
) -> Iterator[Diagnostic]:
    first, last, published = (values.get(name) for name in DAYS)
    if bool(first) != bool(last) and {"first_day", "last_day"} <= set(raw):
        present, missing = (raw["first_day"], raw["last_day"]) if first else (raw["last_day"], raw["first_day"])
        yield problems.half_a_period(present, missing, row.span(at[present]))
    for earlier, later, before, after in ((first, last, *DAYS[:2]), (last, published, *DAYS[1:])):
        if isinstance(earlier, date) and isinstance(later, date) and later < earlier:
            yield problems.dates_out_of_order(raw[before], raw[after], row.span(at[raw[after]]))
