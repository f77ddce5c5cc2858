"""`greenpaper options`."""

from dataclasses import dataclass, replace
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.selecting import Selection, Unusable, catalogue_of, day_of, records_in, select
from greenpaper.comparison.options import Options, TooMany, options_of
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.records.record import Record
from greenpaper.records.tables import Records


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: all options over some authorities, or what decides for one of them."""

    selection: Selection
    authority: str = ""


def show_options(
    version: str,
    asked: Asked,
    *,
    report: Path | None,
    as_of: str,
    form: Format,
    policies: Path | None,
    records: Path | None,
) -> None:
    """Print every combination of options, and write the report that was asked for.

    Raises Unusable, PolicyError or NoSuchVersion.
    """
    report_form = form_of(report) if report else None
    selector = selector_of(version, catalogue_of(policies))
    table = records_in(records)
    day = day_of(as_of, table)
    chosen = _records(selector, asked, table, as_of)
    try:
        found = options_of(
            selector.catalogue,
            selector.version,
            chosen,
            asked=dict(selector.options),
            as_of=day,
            elsewhere=selector.catalogue.all_facts,
        )
    except TooMany as fault:
        raise Unusable(f"{fault}: choose some of them, as in {version}+proposal=option") from None
    if not found.proposals:
        raise Unusable(f"`{selector.name}` has no proposals and no readings: there is nothing to choose")
    out(_in(form, found, table, as_of, asked))
    if report and report_form:
        write(report, _in(report_form, found, table, as_of, asked))
        aside(f"Written to {report}.")


def _records(selector: Selector, asked: Asked, table: Records, as_of: str) -> tuple[Record, ...]:
    framework = selector.catalogue.load(selector.version, dict(selector.options))
    selection = replace(asked.selection, authority=asked.authority)
    return select(selection, table, [framework], day_of(as_of, table))


def _in(form: Format, found: Options, table: Records, as_of: str, asked: Asked) -> str:
    from greenpaper.report.options import COLUMNS, authority_data, options_data, options_rows, options_view
    from greenpaper.report.to_csv import to_csv

    one = 0 if asked.authority else None
    return formatted(
        form,
        lambda: options_view(found, table.taken, day_of(as_of, table), one),
        lambda: options_data(found) if one is None else authority_data(found, one),
        lambda: to_csv(COLUMNS, options_rows(found)),
    )
