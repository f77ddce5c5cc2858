"""What is known of an authority, as it was given. Values stay as written until a vocabulary gives them a type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unknown(StrEnum):
    """Why a fact has no value. The kinds are different words and are counted apart."""

    NOT_KNOWN = "not known"
    NOT_APPLICABLE = "not applicable"
    NOT_JUDGED_SEPARATELY = "not judged separately"
    UNREADABLE = "unreadable in the source"
    OTHER_SCALE = "judged on another scale"


Cell = str | bool | int | float | Decimal | date | Unknown | None


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority. `code` is its ONS code; `neighbours` are the codes of its statistical neighbours."""

    code: str
    name: str
    region: str = ""
    kind: str = ""
    urn: str = ""
    la_code: str = ""
    aliases: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days on site, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Inspection:
    """The inspection that the facts of a record come from. An inspection may have several periods on site."""

    periods: tuple[Period, ...] = ()
    published: date | None = None
    kind: str = ""
    report: str = ""
    note: str = ""

    @property
    def started(self) -> date | None:
        return min((period.first for period in self.periods), default=None)

    @property
    def ended(self) -> date | None:
        """The latest last day on site; unknown (None) when the report gives no dates."""
        return max((period.last for period in self.periods), default=None)

    @property
    def latest_day(self) -> date:
        """The day that orders inspections: the last on site, or the publication where that is missing."""
        return self.ended or self.published or date.min


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: a file and the number of its line, counted from 1. Line 0 is no file at all."""

    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One authority's facts at one time. A fact that is absent, or None, is not known."""

    authority: Authority
    cells: Mapping[str, Cell]
    inspection: Inspection = field(default_factory=Inspection)
    origin: Origin = field(default_factory=Origin)
