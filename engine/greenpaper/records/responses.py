"""A table of responses to a consultation: its cells as words and numbers, each with its place.

Which channels, questions and documents there are is not known here, nor is whether the numbers go together.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from greenpaper.records import problems
from greenpaper.records import response_problems as own_problems
from greenpaper.records.columns import columns_of, lacking
from greenpaper.records.csv_text import Row, Table, read_table
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Span

NEEDED = (("channel",), ("question",), ("answer",), ("count", "share"), ("document",), ("confidence",))
COLUMNS = (*(name for names in NEEDED for name in names), "note")
COUNT = re.compile(r"-?[0-9]{1,12}")
SHARE = re.compile(r"(-?[0-9]{1,12}(?:\.[0-9]{1,12})?) ?%?")


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One row. Empty words, and numbers that are None, say nothing; `places` has the place of each column."""

    channel: str
    question: str
    answer: str
    count: int | None
    share: Decimal | None
    document: str
    confidence: str
    note: str
    places: Mapping[str, Span]


Read = tuple[tuple[ResponseRow, ...], tuple[Diagnostic, ...]]


def read_response_table(name: str, content: bytes, confidences: Collection[str]) -> Read:
    """The rows of a table of responses, and every problem in it.

    `confidences` are the words for how sure a row is. Rows with a problem are among the rows, so that more can be found
    wrong with them; a number that cannot be read is 0 there.
    """
    table, wrong = read_table(name, content)
    if table is None:
        return (), wrong
    if wrong and len(table.header.cells) == 1:
        return (), wrong
    refused = (*lacking(table, *NEEDED), *_of_no_use(table))
    if refused:
        return (), (*wrong, *refused)
    if not table.rows and not wrong:
        return (), (problems.no_rows(table.header.span()),)
    found: list[Diagnostic] = list(wrong)
    rows = tuple(_row(row, columns_of(table), confidences, found) for row in table.rows)
    return rows, tuple(found)


def _of_no_use(table: Table) -> Iterator[Diagnostic]:
    for column, name in enumerate(table.header.cells):
        if name and name not in COLUMNS:
            yield own_problems.column_of_no_use(name, table.header.span(column), COLUMNS)


def _row(row: Row, columns: Mapping[str, int], confidences: Collection[str], found: list[Diagnostic]) -> ResponseRow:
    words = {name: row.cells[columns[name]] if name in columns else "" for name in COLUMNS}
    places = {name: row.span(columns.get(name, 0)) for name in COLUMNS}
    if words["confidence"] not in confidences:
        found.append(own_problems.no_confidence(words["confidence"], places["confidence"], confidences))
    if not words["document"]:
        found.append(own_problems.no_document(places["document"]))
    return ResponseRow(
        channel=words["channel"],
        question=words["question"],
        answer=words["answer"],
        count=_count(words["count"], places["count"], found),
        share=_share(words["share"], places["share"], found),
        document=words["document"],
        confidence=words["confidence"],
        note=words["note"],
        places=places,
    )


def _count(words: str, place: Span, found: list[Diagnostic]) -> int | None:
    if COUNT.fullmatch(words):
        return int(words)
    if words:
        found.append(own_problems.count_not_whole(words, place))
    return 0 if words else None


def _share(words: str, place: Span, found: list[Diagnostic]) -> Decimal | None:
    number = SHARE.fullmatch(words)
    if number:
        return Decimal(number[1])
    if words:
        found.append(own_problems.not_per_cent(words, place))
    return Decimal(0) if words else None
