"""`greenpaper compare`."""

from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.selecting import Selection, day_of, records_in, select, selectors_of
from greenpaper.comparison.compare import Comparison, compare


def compare_versions(
    versions: list[str],
    selection: Selection,
    *,
    report: Path | None,
    as_of: str,
    form: Format,
    policies: Path | None,
    records: Path | None,
) -> None:
    report_form = form_of(report) if report else None
    selectors = selectors_of(versions, policies)
    frameworks = [each.load() for each in selectors]
    table = records_in(records)
    day = day_of(as_of, table)
    chosen = select(selection, table, frameworks, day)
    known = frozenset().union(*(each.catalogue.all_facts for each in selectors))
    comparison = compare(frameworks, chosen, as_of=day, elsewhere=known)
    out(_in(form, comparison, whole=form is Format.HTML))
    if report and report_form:
        write(report, _in(report_form, comparison, whole=True))
        aside(f"Written to {report}: every authority with its reasons.")


def _in(form: Format, comparison: Comparison, *, whole: bool) -> str:
    from greenpaper.report.comparison import comparison_view
    from greenpaper.report.data import COLUMNS, comparison_data, evaluation_rows
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: comparison_view(comparison, authorities=whole),
        lambda: comparison_data(comparison),
        lambda: to_csv(
            COLUMNS,
            (line for row in comparison.rows for each in row.evaluations for line in evaluation_rows(row.record, each)),
        ),
    )
