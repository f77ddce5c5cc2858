"""Which version governs inspections that start on a day, when some days are known only to the month."""

from collections.abc import Mapping
from datetime import date

from greenpaper.framework.checked import Framework
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.framework.written import FrameworkFile
from greenpaper.source.partial_dates import SomeDay, lies_between, some_day

ALWAYS = SomeDay(date.max, date.max)


def first_and_last(head: FrameworkFile) -> tuple[SomeDay | None, SomeDay | None]:
    """The first and last day of the inspections that a version governs; None where it names none."""
    starting = head.applies_to.inspections_starting if head.applies_to else None
    return (some_day(starting.first), some_day(starting.until)) if starting else (None, None)


def first_day(head: FrameworkFile) -> date:
    """The earliest day from which a version can govern inspections; the end of all days for one that governs none."""
    first, _ = first_and_last(head)
    return first.earliest if first else date.max


def governing(heads: Mapping[str, FrameworkFile], starting: date) -> str | None:
    """The version that governs inspections starting on this day, the one that began last of several; None without one.

    Raises NoSuchVersion where that depends on a day of which only the month is known.
    """
    governs = {version: lies_between(starting, *first_and_last(head)) for version, head in heads.items()}
    surely = [version for version, is_governing in governs.items() if is_governing]
    found = max(surely, key=lambda version: first_day(heads[version]), default=None)
    since = first_day(heads[found]) if found else date.min
    for version, is_governing in governs.items():
        first, _ = first_and_last(heads[version])
        if version != found and is_governing is not False and first and min(first.latest, starting) > since:
            raise NoSuchVersion(f"{_unknown_day(version, heads[version], starting)}: name the version")
    return found


def _unknown_day(version: str, head: FrameworkFile, starting: date) -> str:
    """The day on which it depends whether, or since when, a version governs inspections starting on a day."""
    first, last = first_and_last(head)
    if last and first and first.latest <= starting and lies_between(starting, first, last) is None:
        return f"`{version}` was in force until a day in {last.words} that is not known"
    return f"`{version}` came into force on a day in {first.words if first else ''} that is not known"


def share_days(framework: Framework, other: FrameworkFile) -> bool:
    """Whether two versions govern inspections of the same days, whichever days of their months they begin and end."""
    first, last = first_and_last(other)
    if framework.starts is None or first is None:
        return False
    begins_in_time = framework.starts.latest <= (last or ALWAYS).earliest
    return begins_in_time and first.latest <= (framework.ends or ALWAYS).earliest
