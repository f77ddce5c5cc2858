"""Inspections and the versions that govern them, as page, data and rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from greenpaper.comparison.compare import Unusable
from greenpaper.comparison.inspections import CheckedInspection, Governed, Inspected, Resolution, Resolved, Standing
from greenpaper.framework.checked import AssumedFor, Constraint, Force, Framework
from greenpaper.records.record import Record
from greenpaper.report import words
from greenpaper.report.comparison import constraints_rest_on
from greenpaper.report.data import record_data, version_data
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View
from greenpaper.source.partial_dates import SomeDay

COLUMNS = (
    "code", "authority", "first_day", "last_day", "published", "version", "resolved", "why_not_resolved", "assumed",
    "standing", "broken",
)  # fmt: skip
FLAGGED = "Flagged"
COUNTS: Mapping[str, Callable[[Governed], int]] = {
    "Inspections": lambda governed: len(governed.inspections),
    "By judgements": lambda governed: governed.resolved(Resolution.BY_JUDGEMENTS),
    "Assumed": lambda governed: governed.assumed,
    "Admissible": lambda governed: governed.count(Standing.ADMISSIBLE) + governed.count(Standing.FLAGGED),
    FLAGGED: lambda governed: governed.count(Standing.FLAGGED),
    "Inadmissible": lambda governed: governed.count(Standing.INADMISSIBLE),
}
NOT_ALONE = "no single constraint, but several together"


def inspections_view(inspected: Inspected, taken: date | None = None) -> View:
    """Counts for each version, what is inadmissible or flagged, and what is not resolved.

    `taken` is the day of the records.
    """
    return View("Inspections by the version that governs them", tuple(_page(inspected, taken)))


def _page(inspected: Inspected, taken: date | None) -> Iterator[Block]:
    yield Paragraph(f"{selected([each.resolved.record for each in inspected.checked], taken)} {_resolved(inspected)}")
    yield _counts(inspected.governed)
    yield from _breaking("Inadmissible under the version that governs", inspected, Standing.INADMISSIBLE)
    yield from _breaking("Unusual under the version that governs", inspected, Standing.FLAGGED)
    yield from _listed("Not resolved", "Why", [(each, each.why) for each in inspected.not_resolved])
    judged = (each.resolved for each in inspected.checked if each.resolved.how is Resolution.BY_JUDGEMENTS)
    versions = [(each, words.label(each.framework)) for each in judged if each.framework]
    yield from _listed(
        "Resolved by their judgements, as a day on which a version began or ended is not known", "Version", versions
    )
    yield from unusable_blocks(inspected.unusable)
    if rests := tuple(_rests_on(inspected)):
        yield Heading("What this rests on")
        yield Bullets(rests)


def selected(records: Sequence[Record], taken: date | None) -> str:
    """How many inspections of how many authorities, and of how many of them the days are not known."""
    codes = {each.authority.code for each in records}
    undated = sum(not has_days(each) for each in records)
    said = f"{counted(len(records))} of {words.authorities(len(codes))}{words.records_to(taken, None)}."
    if not undated:
        return said
    which = "1 has no days on site and is" if undated == 1 else f"{undated} have no days on site and are"
    return f"{said} {which} selected by the day of publication."


def has_days(record: Record) -> bool:
    return record.inspection.started is not None


def counted(inspections: int) -> str:
    return f"{inspections} {'inspection' if inspections == 1 else 'inspections'}"


def _resolved(inspected: Inspected) -> str:
    left, wrong = len(inspected.not_resolved), len(inspected.inadmissible)
    resolved = f"{len(inspected.checked) - left} resolved to the version that governs" + (
        f", {left} not" if left else ""
    )
    return f"{resolved}; {wrong or 'none'} inadmissible."


def _counts(governed: Sequence[Governed]) -> Table:
    flags = any(each.force is Force.USUAL for version in governed for each in version.framework.constraints)
    shown = [name for name in COUNTS if flags or name != FLAGGED]
    rows = ((*_version(each.framework), *(str(COUNTS[name](each)) for name in shown)) for each in governed)
    columns = ("Version", "From", "Until", *shown)
    return Table("Inspections by version", columns, tuple(rows), frozenset(range(3, len(columns))))


def _version(framework: Framework) -> tuple[str, str, str]:
    return words.label(framework), _day(framework.starts), _day(framework.ends)


def _day(day: SomeDay | None) -> str:
    return day.words if day else ""


def _listed(heading: str, column: str, found: Sequence[tuple[Resolved, str]]) -> Iterator[Block]:
    if found:
        rows = tuple((each.record.authority.name, when(each.record), said) for each, said in found)
        yield Heading(heading)
        yield Table(counted(len(rows)), ("Authority", "Inspected", column), rows)


def _breaking(heading: str, inspected: Inspected, standing: Standing) -> Iterator[Block]:
    found = [each for each in inspected.checked if each.standing is standing]
    if found:
        columns = ("Authority", "Inspected", "Version", "Breaks", "Grades")
        yield Heading(heading)
        yield Table(counted(len(found)), columns, tuple(_broken(each) for each in found))


def _broken(checked: CheckedInspection) -> tuple[str, ...]:
    assert checked.evaluation
    record, facts = checked.resolved.record, checked.evaluation.facts
    return (
        record.authority.name,
        when(record),
        words.label(checked.evaluation.framework),
        "; ".join(_constraint(each) for each in checked.broken) or NOT_ALONE,
        words.known_facts(facts.known, facts),
    )


def _constraint(constraint: Constraint) -> str:
    return f"{constraint.id} ({constraint.force}, {constraint.confidence}): {words.value(constraint.condition.words)}"


def when(record: Record) -> str:
    """The days on site, or when the report came out."""
    return words.inspected(record.inspection).removeprefix("inspected ") or "days not known"


def unusable_blocks(unusable: Sequence[Unusable]) -> Iterator[Block]:
    """Every cell that could not be used, with the inspection it is of."""
    if unusable:
        yield Heading("Values that could not be used")
        yield Bullets(
            tuple(
                f"{words.record_head(each.record)}: {words.fact(cell.fact)} {words.quoted(cell.given)}: {cell.message}"
                for each in unusable
                for cell in each.cells
            )
        )


def unusable_data(unusable: Sequence[Unusable]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {**record_data(each.record), "fact": cell.fact, "given": cell.given, "problem": cell.message}
        for each in unusable
        for cell in each.cells
    ]


def _rests_on(inspected: Inspected) -> Iterator[str]:
    for governed in inspected.governed:
        if governed.inspections:
            yield from constraints_rest_on(governed.framework)
        for each in governed.framework.assumed_for:
            count = sum(checked.resolved.assumed is each for checked in governed.inspections)
            if count:
                yield f"{words.label(governed.framework)}: assumed for {counted(count)}{_days(each)}. {said(each)}"


def _days(assumed: AssumedFor) -> str:
    bounds = (("from", assumed.starts), ("until", assumed.ends))
    return "".join(f" {word} {words.published(str(day))}" for word, day in bounds if day)


def said(assumed: AssumedFor) -> str:
    """Why the version is assumed, in one line."""
    return " ".join(assumed.because.split())


def inspections_data(inspected: Inspected) -> dict[str, Any]:
    """Counts for each version, and every inspection with its version and how it stands to it."""
    return {
        "inspections": len(inspected.checked),
        "resolved": len(inspected.checked) - len(inspected.not_resolved),
        "inadmissible": len(inspected.inadmissible),
        "versions": [_governed_data(each) for each in inspected.governed],
        "each": [_inspection_data(each) for each in inspected.checked],
        "unusable": unusable_data(inspected.unusable),
    }


def _governed_data(governed: Governed) -> dict[str, Any]:
    framework = governed.framework
    return {
        **version_data(framework),
        "from": str(framework.starts) if framework.starts else None,
        "until": str(framework.ends) if framework.ends else None,
        "inspections": len(governed.inspections),
        "by_judgements": governed.resolved(Resolution.BY_JUDGEMENTS),
        "assumed": governed.assumed,
        **{str(each): governed.count(each) for each in Standing},
    }


def _inspection_data(checked: CheckedInspection) -> dict[str, Any]:
    resolved = checked.resolved
    return {
        **record_data(resolved.record),
        "version": resolved.framework.version if resolved.framework else None,
        "resolved": str(resolved.how),
        "why_not_resolved": resolved.why or None,
        "assumed": said(resolved.assumed) if resolved.assumed else None,
        "standing": str(checked.standing) if checked.standing else None,
        "broken": [
            {
                "constraint": each.id,
                "require": each.condition.words,
                "force": str(each.force),
                "confidence": str(each.confidence),
                "place": each.span.place if each.span else None,
            }
            for each in checked.broken
        ],
    }


def inspections_rows(inspected: Inspected) -> Iterator[tuple[str, ...]]:
    """A row for each inspection, in the columns of `COLUMNS`."""
    for each in inspected.checked:
        resolved = each.resolved
        yield (
            *record_cells(resolved.record),
            words.label(resolved.framework) if resolved.framework else "",
            str(resolved.how),
            resolved.why,
            said(resolved.assumed) if resolved.assumed else "",
            str(each.standing) if each.standing else "",
            "; ".join(constraint.id for constraint in each.broken),
        )


def record_cells(record: Record) -> tuple[str, ...]:
    """Code, authority, first and last day on site, and the day of the report."""
    inspection = record.inspection
    days = (inspection.started, inspection.ended, inspection.published)
    return record.authority.code, record.authority.name, *(day.isoformat() if day else "" for day in days)
