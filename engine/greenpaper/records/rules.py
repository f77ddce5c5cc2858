"""Rules and corrections of a mapping, applied to the rows of a table: they are data, with a reason and a source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from greenpaper.records import mapping_problems
from greenpaper.records.columns import RECORD_COLUMNS
from greenpaper.records.directory import Directory
from greenpaper.records.interpret import Draft, NotUsed, Value
from greenpaper.records.mapping import Read
from greenpaper.records.record import Authority, Inspection, Period, Record, Unknown
from greenpaper.records.written_mapping import DaysOnSite, WrittenCorrections, WrittenRule, WrittenWhen
from greenpaper.source.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft with its authority, the values it will be written with, and what was said about it on the way."""

    draft: Draft
    authority: Authority
    values: Mapping[str, Value]
    further: tuple[Period, ...] = ()
    notes: tuple[str, ...] = ()
    not_used: tuple[NotUsed, ...] = ()

    @property
    def key(self) -> object:
        """What makes two rows the same: the address of the report, or all that the row says."""
        return self.draft.text("report") or tuple(sorted((name, str(value)) for name, value in self.values.items()))

    @property
    def began(self) -> date | None:
        return self.draft.day("first_day") or self.draft.day("published")

    def says_something(self, columns: Iterable[str]) -> bool:
        """Whether any fact has a value."""
        facts = (self.values.get(name) for name in columns if name not in RECORD_COLUMNS)
        return any(_is_known(value) for value in facts)


def _is_known(value: Value) -> bool:
    return value is not None and not isinstance(value, Unknown)


def applied(rules: Iterable[WrittenRule], entry: Entry) -> Entry:
    """The entry after the first rule that is about it."""
    rule = next((each for each in rules if _is_about(each.when, entry)), None)
    if rule is None:
        return entry
    values = dict(entry.values)
    for name, to in rule.move.items():
        values[to] = values.pop(name, None)
    lost = [name for name in rule.put if _is_known(values.get(name))]
    values |= rule.put
    draft = entry.draft
    return replace(
        entry,
        values=values,
        notes=(*entry.notes, rule.note) if rule.note else entry.notes,
        not_used=tuple(NotUsed(draft.file, draft.row.line, draft.raw[name], rule.because) for name in lost),
    )


def _is_about(when: WrittenWhen, entry: Entry) -> bool:
    draft = entry.draft
    last, published = draft.day("last_day"), draft.day("published")
    ended = last or published
    return (
        (when.days_on_site is None or (when.days_on_site is DaysOnSite.GIVEN) == (last is not None))
        and (when.last_day_before is None or (ended is not None and ended < when.last_day_before))
        and (when.published_before is None or (published is not None and published < when.published_before))
        and all(entry.values.get(name) is kind for name, kind in when.says.items())
    )


def corrected(
    corrections: Read[WrittenCorrections] | None, entries: list[Entry], directory: Directory
) -> tuple[list[Entry], tuple[Diagnostic, ...]]:
    """The entries with their corrections. Problems: a correction of a report or an authority that no entry is about."""
    if corrections is None:
        return entries, ()
    by_report = {entry.draft.text("report"): entry for entry in entries}
    found = []
    for number, each in enumerate(corrections.written.corrections):
        entry = by_report.get(each.report)
        if entry is None:
            span = corrections.place("corrections", number, "report")
            found.append(mapping_problems.nothing_matches(each.report, span))
        elif directory.find(each.authority) is not entry.authority:
            span = corrections.place("corrections", number, "authority")
            found.append(mapping_problems.nothing_matches(each.authority, span))
        else:
            periods = tuple(Period(period.first, period.last) for period in each.further_periods)
            by_report[each.report] = replace(entry, further=periods, notes=(*entry.notes, each.note))
    return [by_report.get(entry.draft.text("report"), entry) for entry in entries], tuple(found)


def record_of(entry: Entry) -> Record:
    """The entry as a record; its note begins with the place it was read from."""
    draft, first, last = entry.draft, entry.draft.day("first_day"), entry.draft.day("last_day")
    periods = (Period(first, last),) if first and last else ()
    cells = {name: value for name, value in entry.values.items() if name not in RECORD_COLUMNS}
    inspection = Inspection(
        periods=(*periods, *entry.further),
        published=draft.day("published"),
        kind=draft.text("kind"),
        report=draft.text("report"),
        note="; ".join((draft.place, *entry.notes)),
    )
    return Record(entry.authority, cells, inspection)
