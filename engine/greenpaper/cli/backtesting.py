"""`greenpaper backtest`."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Selection, Unusable, catalogue_of, day_of, records_in, select
from greenpaper.comparison.backtest import BackTest, Succession, backtest, successions, tables_needed
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import selector_of
from greenpaper.records.tables import Records, load_register
from greenpaper.records.visits import VisitTables, load_visits
from greenpaper.source.shipped import shipped


@dataclass(frozen=True, slots=True)
class History:
    """Which pairs of inspections: by their first one, and by the days on which it may have begun."""

    selection: Selection
    since: str = ""
    until: str = ""


def backtest_version(
    version: str, history: History, *, form: Format, policies: Path | None, records: Path | None
) -> None:
    """Print the back-test of one version. Raises Unusable, PolicyError or NoSuchVersion."""
    table = records_in(records)
    selector = selector_of(version, catalogue_of(policies))
    framework = selector.load()
    if not any(decision.back_test for decision in framework.decisions.values()):
        raise Unusable(
            f"{framework.version} does not say what its outcomes are compared with: add `back_test` to a decision"
        )
    pairs = _selected(history, table, framework)
    visits = _visits(framework, table, records)
    out(_in(form, backtest(framework, pairs, visits, elsewhere=selector.catalogue.all_facts), table.taken))


def _selected(history: History, records: Records, framework: Framework) -> tuple[Succession, ...]:
    """The pairs whose first inspection is selected. Raises Unusable when there are none."""
    pairs = successions(records.inspections)
    since, until = (day_of(text, records) if text else None for text in (history.since, history.until))
    pairs = tuple(each for each in pairs if _begins(each, since, until))
    firsts = replace(records, current=tuple(each.first for each in pairs))
    chosen = {id(record) for record in select(history.selection, firsts, [framework], None)}
    return tuple(each for each in pairs if id(each.first) in chosen)


def _begins(pair: Succession, since: date | None, until: date | None) -> bool:
    """Whether the first inspection began on such a day, or was published then where its days are not known."""
    inspection = pair.first.inspection
    began = inspection.started or inspection.latest_day
    return (since is None or since <= began) and (until is None or began <= until)


def _visits(framework: Framework, records: Records, where: Path | None) -> VisitTables:
    """The tables of visits that lie with the records: in their folder, or beside their file."""
    folder = where or shipped("authorities")
    register = records.register if folder.is_dir() else load_register(shipped("authorities"))
    return load_visits(folder if folder.is_dir() else folder.parent, tables_needed(framework), register)


def _in(form: Format, tested: BackTest, taken: date | None) -> str:
    from greenpaper.report.backtest import COLUMNS, backtest_data, backtest_rows, backtest_view
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: backtest_view(tested, taken),
        lambda: backtest_data(tested),
        lambda: to_csv(COLUMNS, backtest_rows(tested)),
    )
