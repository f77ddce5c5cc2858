"""`greenpaper explain`."""

from collections.abc import Mapping
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
    """Print what follows for one authority. Raises Unusable, PolicyError or NoSuchVersion."""
    table = records_in(records)
    changed = dict(map(_change, changes))
    found = find_record(authority, table)
    record = replace(found, cells={**found.cells, **changed})
    selector = version_or_in_force(version, table, policies)
    try:
        evaluation = evaluate(
            selector.load(), record, as_of=day_of(as_of, table), elsewhere=selector.catalogue.all_facts
        )
    except UnusableRecord as fault:
        raise Unusable(str(fault)) from None
    out(_in(form, record, evaluation, changed))


def _in(form: Format, record: Record, evaluation: Evaluation, changed: Mapping[str, str | None]) -> str:
    from greenpaper.report.data import COLUMNS, evaluation_data, evaluation_rows
    from greenpaper.report.explanation import explanation_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: explanation_view(record, evaluation, changed),
        lambda: evaluation_data(record, evaluation, trace=True) | {"set": dict(changed)},
        lambda: to_csv(COLUMNS, evaluation_rows(record, evaluation)),
    )


def _change(text: str) -> tuple[str, str | None]:
    """A fact and the value it is to have in place of the record's own; None makes it unknown."""
    name, sign, value = text.partition("=")
    if not (name.strip() and sign):
        raise Unusable(f"`--set {text}`: write fact=value, such as `--set leaders=good`")
    return name.strip(), value.strip() or None
