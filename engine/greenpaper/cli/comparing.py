"""`greenpaper compare`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from greenpaper.cli.counting import Counting, count_versions, is_counted
from greenpaper.cli.forms import Format
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.selecting import Selection, Unusable, day_of, named_apart, records_in, select, selectors_of
from greenpaper.comparison.compare import Comparison, compare
from greenpaper.framework.checked import Framework


def compare_versions(
    versions: list[str],
    selection: Selection,
    counting: Counting,
    *,
    report: Path | None,
    as_of: str,
    form: Format,
    policies: Path | None,
    records: Path | None,
) -> None:
    """Print the comparison, and write the report that was asked for. Raises Unusable, PolicyError or NoSuchVersion."""
    report_form = form_of(report) if report else None
    _must_spare(records, report)
    counted = is_counted(records, counting)
    selectors = selectors_of(versions, policies)
    frameworks = [_called(name, each.load()) for name, each in zip(named_apart(selectors), selectors, strict=True)]
    known = frozenset().union(*(each.catalogue.all_facts for each in selectors))
    if counted and records:
        count_versions(frameworks, known, selection, counting, report=report, as_of=as_of, form=form, records=records)
        return
    table = records_in(records)
    day = day_of(as_of, table)
    chosen = select(selection, table, frameworks, day)
    comparison = compare(frameworks, chosen, as_of=day, elsewhere=known)
    out(_in(form, comparison, table.taken, whole=form is Format.HTML))
    if report and report_form:
        write(report, _in(report_form, comparison, table.taken, whole=True))
        aside(f"Written to {report}: every authority with its reasons.")


def _must_spare(records: Path | None, report: Path | None) -> None:
    if records and report and report.exists() and records.exists() and report.samefile(records):
        raise Unusable(f"`{report}` holds the records: write the report to another file")


def _called(name: str, framework: Framework) -> Framework:
    return framework if framework.version == name else replace(framework, version=name)


def _in(form: Format, comparison: Comparison, taken: date | None, *, whole: bool) -> str:
    from greenpaper.report.comparison import comparison_view
    from greenpaper.report.data import COLUMNS, comparison_data, evaluation_rows
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: comparison_view(comparison, taken, authorities=whole),
        lambda: comparison_data(comparison),
        lambda: to_csv(
            COLUMNS,
            (line for row in comparison.rows for each in row.evaluations for line in evaluation_rows(row.record, each)),
        ),
    )
