"""Mappings as they are written: which raw column is what, which words mean which values, and what is not used.

Every key that a mapping file may have is here, with its kind. Words of policies stand in the files, never here.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from greenpaper.records.record import Unknown
from greenpaper.source.written import IsoDate, Text, Written

Kind = Annotated[Unknown, Field(strict=False)]


class Format(StrEnum):
    """The kind of a raw file."""

    CSV = "csv"
    XLSX = "xlsx"


class DateForm(StrEnum):
    """How a raw column writes its days. A year of two digits is of this century."""

    YEAR_FIRST = "yyyy-mm-dd"
    DAY_FIRST = "dd/mm/yyyy"
    SHORT_YEAR = "dd/mm/yy"


class OtherWords(StrEnum):
    """What becomes of a word that is not in a column's list of values."""

    REFUSED = "refused"
    KEPT = "kept"


class DaysOnSite(StrEnum):
    """Whether the source gives the days on site."""

    GIVEN = "given"
    MISSING = "missing"


class WrittenColumn(Written):
    """What a raw column is: `is` names a column of the project's table, `values` a list of its words.

    Two raw columns may be the same thing: the first that says something is used, and a later one that says otherwise
    is a disagreement.
    """

    own: Text = Field(alias="is")
    date: Annotated[DateForm, Field(strict=False)] = DateForm.YEAR_FIRST
    values: str = ""
    other_words: Annotated[OtherWords, Field(strict=False)] = OtherWords.REFUSED
    unknown: dict[str, Kind] = {}
    split: str = ""


class WrittenLeftOut(Written):
    """Rows that are left out, and why."""

    column: Text
    value: Text
    because: Text


class WrittenSource(Written):
    """One raw file."""

    kind: ClassVar[str] = "mapping"
    file: Text
    origin: Text = Field(alias="from")
    format: Annotated[Format, Field(strict=False)]
    sheet: str = ""
    columns: dict[str, WrittenColumn]
    values: dict[str, dict[str, str]] = {}
    unknown: dict[str, Kind] = {}
    not_used: dict[str, Text] = {}
    left_out: Annotated[tuple[WrittenLeftOut, ...], Field(strict=False)] = ()


class WrittenWhen(Written):
    """Which rows a rule is about: all that is written here must hold. With nothing written it is about every row.

    `last_day_before` looks at the publication where the source gives no days on site.
    """

    last_day_before: IsoDate | None = None
    published_before: IsoDate | None = None
    days_on_site: Annotated[DaysOnSite, Field(strict=False)] | None = None
    says: dict[str, Kind] = {}


class WrittenRule(Written):
    """What becomes of the rows of `when`. For each row the first rule that is about it is used, and no other."""

    when: WrittenWhen
    move: dict[str, Text] = {}
    put: dict[str, Kind] = {}
    because: Text
    note: str = ""


class WrittenSince(Written):
    """The first day that is of interest, by the first day on site, or the publication where that is missing."""

    day: IsoDate
    because: Text


class WrittenTable(Written):
    """One table of records: its columns in order, the mappings of its sources in order of trust, and the rules."""

    columns: Annotated[tuple[Text, ...], Field(strict=False)]
    sources: Annotated[tuple[Text, ...], Field(strict=False)]
    since: WrittenSince | None = None
    rules: Annotated[tuple[WrittenRule, ...], Field(strict=False)] = ()
    corrections: str = ""


class WrittenImport(Written):
    """All that is read from one folder of raw files."""

    kind: ClassVar[str] = "import"
    title: Text
    register_source: Text = Field(alias="register")
    tables: dict[str, WrittenTable]
    files_not_used: dict[str, Text] = {}


class WrittenPeriod(Written):
    first: IsoDate
    last: IsoDate


class WrittenCorrection(Written):
    """What a source does not say of one inspection. `authority` is for the reader and must agree with the row."""

    report: Text
    authority: Text
    further_periods: Annotated[tuple[WrittenPeriod, ...], Field(strict=False)] = ()
    note: Text
    because: Text
    source: Text


class WrittenCorrections(Written):
    """What sources do not say, and who says it instead."""

    kind: ClassVar[str] = "corrections"
    corrections: Annotated[tuple[WrittenCorrection, ...], Field(strict=False)]


FILES: tuple[type[Written], ...] = (WrittenImport, WrittenSource, WrittenCorrections)
