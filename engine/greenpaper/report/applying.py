"""Inspections under versions that are asked of all of them, as page, data and rows: which rules apply to how many."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from greenpaper.comparison.applying import Accord, Applied, Rules, SideBySide, Under, UnderVersion
from greenpaper.evaluation.evaluate import Verdict
from greenpaper.framework.checked import Decision, Status
from greenpaper.records.record import Record
from greenpaper.report import words
from greenpaper.report.comparison import rests_on
from greenpaper.report.data import record_data, verdict_data, version_data
from greenpaper.report.inspections import has_days, record_cells, selected, unusable_blocks, unusable_data, when
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

COLUMNS = (
    "code", "authority", "first_day", "last_day", "published", "version", "decision", "rules_that_apply", "status",
    "outcome", "possible",
)  # fmt: skip
NOT_KNOWN, NONE = "not known", "none"


def under_view(asked: Under, taken: date | None = None) -> View:
    """Which rules apply to how many inspections, and where versions differ; `taken` is the day of the records."""
    versions = words.listed([words.label(each.framework) for each in asked.versions])
    return View(f"Inspections under {versions}", tuple(_page(asked, taken)))


def _page(asked: Under, taken: date | None) -> Iterator[Block]:
    records = [each.record for each in asked.versions[0].applied]
    yield Paragraph(f"{selected(records, taken)} Every version is asked of all of them, whichever governs.")
    for version in asked.versions:
        for decision in version.framework.decisions.values():
            yield Heading(f"{words.label(version.framework)}: {decision.question}")
            yield _table(version, decision)
        yield from _inadmissible(version)
    for each in asked.compared:
        yield from _compared(each)
    yield from unusable_blocks(asked.unusable)
    yield Heading("What this rests on")
    rests = tuple(point for version in asked.versions for point in rests_on(version.framework))
    yield Bullets(rests or ("Every rule is stated by its source.",))


def _table(version: UnderVersion, decision: Decision) -> Table:
    rows = [_row(_label(rules), [each.record for each in found]) for rules, found in version.by_rules(decision).items()]
    rows.append(_row("all", [each.record for each in version.applied]))
    columns = ("Rules that apply", "With days on site", "Without", "Inspections")
    return Table("Inspections by the rules that apply", columns, tuple(rows), frozenset({1, 2, 3}))


def _label(rules: Rules | None) -> str:
    return NOT_KNOWN if rules is None else words.listed(rules) or NONE


def _row(label: str, records: Sequence[Record]) -> tuple[str, ...]:
    dated = sum(map(has_days, records))
    return label, str(dated), str(len(records) - dated), str(len(records))


def _inadmissible(version: UnderVersion) -> Iterator[Block]:
    count = sum(
        any(verdict.status is Status.INADMISSIBLE for verdict in each.evaluation.decisions.values())
        for each in version.applied
    )
    if count:
        label = words.label(version.framework)
        yield Paragraph(
            f"The constraints of {label} exclude what is known of {count}; its rules are asked all the same."
        )


def _compared(compared: SideBySide) -> Iterator[Block]:
    yield Heading(f"{words.label(compared.before)} and {words.label(compared.after)}: {compared.decision.question}")
    rows = tuple(_row(str(accord), records) for accord, records in compared.inspections.items())
    columns = ("Answer", "With days on site", "Without", "Inspections")
    yield Table("Inspections by whether the answer is the same", columns, rows, frozenset({1, 2, 3}))
    if different := compared.inspections[Accord.DIFFERENT]:
        yield Paragraph("The answer is different for:")
        yield Bullets(tuple(f"{each.authority.name}, {when(each)}" for each in different))


def under_data(asked: Under) -> dict[str, Any]:
    """Counts by the rules that apply, every inspection under every version, and where versions differ."""
    return {
        "versions": [_version_data(each) for each in asked.versions],
        "compared": [_compared_data(each) for each in asked.compared],
        "unusable": unusable_data(asked.unusable),
    }


def _version_data(version: UnderVersion) -> dict[str, Any]:
    return {
        **version_data(version.framework),
        "inspections": len(version.applied),
        "decisions": {
            name: [
                {"rules": _listed(rules), **_counts([each.record for each in found])}
                for rules, found in version.by_rules(decision).items()
            ]
            for name, decision in version.framework.decisions.items()
        },
        "each": [
            {
                **record_data(each.record),
                "decisions": {
                    name: {"rules_that_apply": _listed(each.rules[name]), **verdict_data(verdict)}
                    for name, verdict in each.evaluation.decisions.items()
                },
            }
            for each in version.applied
        ],
    }


def _listed(rules: Rules | None) -> list[str] | None:
    return None if rules is None else list(rules)


def _counts(records: Sequence[Record]) -> dict[str, int]:
    return {"inspections": len(records), "without_days": sum(not has_days(each) for each in records)}


def _compared_data(compared: SideBySide) -> dict[str, Any]:
    return {
        "from": compared.before.version,
        "to": compared.after.version,
        "decision": compared.decision.id,
        **{str(accord): _counts(records) for accord, records in compared.inspections.items()},
    }


def under_rows(asked: Under) -> Iterator[tuple[str, ...]]:
    """A row for each inspection, version and decision, in the columns of `COLUMNS`."""
    for version in asked.versions:
        for each in version.applied:
            for name, verdict in each.evaluation.decisions.items():
                yield _cells(words.label(version.framework), each, name, verdict)


def _cells(label: str, applied: Applied, name: str, verdict: Verdict) -> tuple[str, ...]:
    rules = applied.rules[name]
    return (
        *record_cells(applied.record),
        label,
        name,
        NOT_KNOWN if rules is None else "; ".join(rules) or NONE,
        str(verdict.status),
        verdict.outcome.id if verdict.outcome else "",
        "; ".join(" and ".join(each.outcomes) or str(each.status) for each in verdict.possible),
    )
