"""Dates as sources give them: a day, `2023-01-16`, or a month, `2023-01`, where the day in it is not known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DAY_LENGTH = len("2023-01-16")


@dataclass(frozen=True, slots=True)
class SomeDay:
    """One day, not before `earliest` and not after `latest`: they are the same where it is known."""

    earliest: date
    latest: date

    @property
    def is_known(self) -> bool:
        return self.earliest == self.latest

    @property
    def words(self) -> str:
        """`2023-01-16`, or `January 2023`."""
        return f"{self.earliest}" if self.is_known else f"{self.earliest:%B %Y}"

    def __str__(self) -> str:
        return f"{self.earliest}" if self.is_known else f"{self.earliest:%Y-%m}"


def some_day(text: str) -> SomeDay | None:
    """The day of a date as a source gives it; None where there is no text."""
    if not text:
        return None
    if len(text) == DAY_LENGTH:
        return SomeDay(day := date.fromisoformat(text), day)
    first = date.fromisoformat(f"{text}-01")
    return SomeDay(first, first.replace(day=monthrange(first.year, first.month)[1]))


def lies_between(day: date, first: SomeDay | None, last: SomeDay | None) -> bool | None:
    """Whether a day lies from `first` to `last`; without a last day, for ever, and without a first, never.

    Unknown (None) where it depends on which day of its month one of them is.
    """
    if first is None or day < first.earliest or (last and day > last.latest):
        return False
    return True if first.latest <= day and (last is None or day <= last.earliest) else None
