"""`greenpaper project`."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Selection, Unusable, named_apart, records_in, select, selectors_of
from greenpaper.framework.checked import Framework
from greenpaper.records.tables import Records

if TYPE_CHECKING:
    from greenpaper.comparison.coming_years import ComingYears

YEARS = re.compile(r"(\d{4})(?:\.\.(\d{4}))?")
HOW = "name one, such as 2027, or several, such as 2027..2030"
MOST_YEARS = 20
AT_ONCE = 4
"""How many years are drawn where none is named."""
MOST_DRAWS = 100_000
MOST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn, as it was given."""

    years: str
    draws: int
    seed: int
    since: str
    region: str


def project(versions: list[str], wanted: Wanted, *, form: Format, policies: Path | None, records: Path | None) -> None:
    """Print the coming years. Raises Unusable, PolicyError or NoSuchVersion."""
    from greenpaper.comparison.coming_draws import Asked
    from greenpaper.comparison.coming_years import coming_years
    from greenpaper.population.steps import NothingToDrawFrom

    table = records_in(records)
    taken = _taken(table)
    years, since = _years(wanted.years, taken), _day(wanted.since)
    _within("--draws", wanted.draws, 1, MOST_DRAWS)
    _within("--seed", wanted.seed, 0, MOST_SEED)
    selectors = selectors_of(versions, policies)
    frameworks = [_called(name, each.load()) for name, each in zip(named_apart(selectors), selectors, strict=True)]
    followed = select(Selection(region=wanted.region), table, frameworks, taken)
    known = frozenset().union(*(each.catalogue.all_facts for each in selectors))
    asked = Asked(years, wanted.draws, wanted.seed, since)
    try:
        found = coming_years(frameworks, table, asked, followed=followed, elsewhere=known)
    except NothingToDrawFrom as fault:
        raise Unusable(str(fault)) from None
    if not found.decisions:
        raise Unusable("no version says what follows from its outcomes: add `activities` to them")
    out(_in(form, found))


def _taken(table: Records) -> date:
    if table.taken is None:
        raise Unusable("no record has a day, so that nothing can be counted from it: give `published` or days on site")
    return table.taken


def _years(text: str, taken: date) -> tuple[int, ...]:
    """The years that were named, or those after the one in which the records were taken."""
    next_year = taken.year + 1
    if not text:
        return tuple(range(next_year, next_year + AT_ONCE))
    found = YEARS.fullmatch(text.strip())
    if not found:
        raise Unusable(f"`{text}` is no year: {HOW}")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise Unusable(f"`{text}` ends before it begins: {HOW}")
    if first < next_year:
        raise Unusable(f"{first} has begun on the day of the records, {taken}: name years from {next_year} on")
    if last >= next_year + MOST_YEARS:
        raise Unusable(f"{last} is too far off: name years up to {next_year + MOST_YEARS - 1}")
    return tuple(range(first, last + 1))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"`{text}` is not a day: write year, month and day, such as 2021-06-01") from None


def _within(option: str, given: int, least: int, most: int) -> None:
    if not least <= given <= most:
        raise Unusable(f"`{option}` is {given}: give a number from {least} to {most}")


def _called(name: str, framework: Framework) -> Framework:
    return framework if framework.version == name else replace(framework, version=name)


def _in(form: Format, found: "ComingYears") -> str:
    from greenpaper.report.coming_years import coming_view
    from greenpaper.report.coming_years_data import COLUMNS, coming_data, coming_rows
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form, lambda: coming_view(found), lambda: coming_data(found), lambda: to_csv(COLUMNS, coming_rows(found))
    )
