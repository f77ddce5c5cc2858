"""A calendar as written: which days of which years are worked, and which are not."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from greenpaper.framework.written_statements import Confidence
from greenpaper.source.written import DAY, Id, IsoDate, Text, Written

Day = Annotated[str, Field(pattern=DAY, description="A day, such as 2026-12-25")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Holiday(Written):
    """A day on which no work is done. `once` marks one that is not so every year, `substitute` one that stands in for
    another that falls on a weekend."""

    title: Text
    once: bool = False
    substitute: bool = False
    note: Text = ""


class Basis(Written):
    """A document that says which days are no working days, or where they were taken from."""

    title: Text
    publisher: Text
    url: Text = ""
    note: Text = ""


class CalendarFile(Written):
    """`calendars/*.yaml` beside the versions: the working days of the years from `from` to `until`."""

    kind: ClassVar[str] = "calendar"
    calendar: Id
    title: Text
    first: IsoDate = Field(alias="from")
    until: IsoDate
    weekend: Annotated[tuple[Weekday, ...], Field(strict=False)]
    holidays: dict[Day, Holiday]
    confidence: Confidence
    sources: Annotated[tuple[Basis, ...], Field(min_length=1, strict=False)]
    note: Text = ""
