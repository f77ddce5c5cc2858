"""`greenpaper evaluate`."""

from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Selection, Unusable, day_of, records_in, select, version_or_in_force
from greenpaper.evaluation.records import UnusableRecord, evaluate


def evaluate_authorities(
    version: str, selection: Selection, *, as_of: str, form: Format, policies: Path | None, records: Path | None
) -> None:
    """Print what one version says of the records selected. Raises Unusable, PolicyError or NoSuchVersion."""
    from greenpaper.report.data import COLUMNS, evaluation_data, evaluation_rows
    from greenpaper.report.evaluations import evaluations_view
    from greenpaper.report.to_csv import to_csv

    table = records_in(records)
    selector = version_or_in_force(version, table, policies)
    framework = selector.load()
    day = day_of(as_of, table)
    known = selector.catalogue.all_facts
    chosen = select(selection, table, [framework], day)
    evaluated, faults = [], []
    for record in chosen:
        try:
            evaluated.append((record, evaluate(framework, record, as_of=day, elsewhere=known)))
        except UnusableRecord as fault:
            faults.append(str(fault))
    if faults:
        raise Unusable("\n".join(faults))
    rows = (line for record, evaluation in evaluated for line in evaluation_rows(record, evaluation))
    text = formatted(
        form,
        lambda: evaluations_view(framework, evaluated, table.taken, day),
        lambda: [evaluation_data(record, evaluation) for record, evaluation in evaluated],
        lambda: to_csv(COLUMNS, rows),
    )
    out(text)
