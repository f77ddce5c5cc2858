"""`greenpaper explain`."""

from dataclasses import replace
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Unusable, day_of, find_record, records_in, version_or_in_force
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.evaluation.records import UnusableRecord, evaluate
from greenpaper.records.record import Record


def explain_authority(
    authority: str,
    version: str,
    changes: list[str],
    *,
    as_of: str,
    form: Format,
    policies: Path | None,
    records: Path | None,
) -> None:
    table = records_in(records)
    record = _changed(find_record(authority, table), changes)
    selector = version_or_in_force(version, table, policies)
    try:
        evaluation = evaluate(
            selector.load(), record, as_of=day_of(as_of, table), elsewhere=selector.catalogue.all_facts
        )
    except UnusableRecord as fault:
        raise Unusable(str(fault)) from None
    out(_in(form, record, evaluation))


def _in(form: Format, record: Record, evaluation: Evaluation) -> str:
    from greenpaper.report.data import COLUMNS, evaluation_data, evaluation_rows
    from greenpaper.report.explanation import explanation_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: explanation_view(record, evaluation),
        lambda: evaluation_data(record, evaluation, trace=True),
        lambda: to_csv(COLUMNS, evaluation_rows(record, evaluation)),
    )


def _changed(record: Record, changes: list[str]) -> Record:
    """The record with self-assessed values in place of its own."""
    cells = dict(record.cells)
    for change in changes:
        name, sign, value = change.partition("=")
        if not (name and sign):
            raise Unusable(f"`--set {change}`: write fact=value, such as `--set leaders=good`")
        cells[name.strip()] = value.strip() or None
    return replace(record, cells=cells)
