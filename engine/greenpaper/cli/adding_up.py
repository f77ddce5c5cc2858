"""`greenpaper workload`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import (
    Selection,
    Unusable,
    catalogue_of,
    day_of,
    named_apart,
    records_in,
    select,
    selectors_of,
)
from greenpaper.comparison.workload import Workload, workload
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector, selector_of

MOST_COMBINATIONS = 50


@dataclass(frozen=True, slots=True)
class Sum:
    """What is added up: over which records, whether by region too, and whether for every combination of options."""

    selection: Selection
    by_region: bool = False
    options: bool = False


def add_up(
    versions: list[str], asked: Sum, *, as_of: str, form: Format, policies: Path | None, records: Path | None
) -> None:
    """Print the workload. Raises Unusable, PolicyError or NoSuchVersion."""
    if asked.options and asked.by_region:
        raise Unusable("`--options` and `--by` cannot be asked for together: choose one of them")
    selectors = _combinations(versions, policies) if asked.options else selectors_of(versions, policies)
    frameworks = [_called(name, each.load()) for name, each in zip(named_apart(selectors), selectors, strict=True)]
    table = records_in(records)
    day = day_of(as_of, table)
    chosen = select(asked.selection, table, frameworks, day)
    known = frozenset().union(*(each.catalogue.all_facts for each in selectors))
    added = workload(frameworks, chosen, as_of=day, elsewhere=known)
    if not added.decisions:
        raise Unusable("no version says what follows from its outcomes: add `activities` to them")
    out(_in(form, added, table.taken, asked, versions))


def _combinations(versions: Sequence[str], policies: Path | None) -> tuple[Selector, ...]:
    """The base of the one version that is named, where it has one, then every combination of its options."""
    if len(versions) != 1:
        raise Unusable("`--options` is about one version: name it, such as 2027-draft")
    named = selector_of(versions[0], catalogue_of(policies))
    if named.options:
        raise Unusable(f"`--options` takes every option: name `{named.version}` without any")
    combinations = named.catalogue.combinations(named.version, most=MOST_COMBINATIONS + 1)
    if len(combinations) > MOST_COMBINATIONS:
        told = f"more than {MOST_COMBINATIONS} combinations of options are not added up at once"
        raise Unusable(f"{told}: name some of them, each as {named.version}+proposal=option")
    found = [replace(named, options=tuple(each.items())) for each in combinations]
    if not any(each.options for each in found):
        raise Unusable(f"`{named.version}` has no options to choose between")
    base = named.load().base
    return (*((replace(named, version=base),) if base else ()), *found)


def _called(name: str, framework: Framework) -> Framework:
    return framework if framework.version == name else replace(framework, version=name)


def _in(form: Format, added: Workload, taken: date | None, asked: Sum, versions: Sequence[str]) -> str:
    from greenpaper.report.to_csv import to_csv
    from greenpaper.report.workload import workload_view
    from greenpaper.report.workload_data import COLUMNS, workload_data, workload_rows
    from greenpaper.report.workload_options import options_view

    by = asked.by_region
    return formatted(
        form,
        lambda: options_view(added, versions[0], taken) if asked.options else workload_view(added, taken, by_region=by),
        lambda: workload_data(added, by_region=by),
        lambda: to_csv(COLUMNS, workload_rows(added, by_region=by)),
    )
