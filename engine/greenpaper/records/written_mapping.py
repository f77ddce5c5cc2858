"""Mappings as they are written: which raw column is what, which words mean which values, and what is not used.

Every key that a mapping file may have is here, with its kind. Words of policies stand in the files, never here.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from greenpaper.records.record import Unknown

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)
Said = Annotated[str, StringConstraints(min_length=1)]


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


class WrittenColumn(BaseModel):
    """What a raw column is: `is` names a column of the project's table, `values` a list of its words.

    Two raw columns may be the same thing: the first that says something is used, and a later one that says otherwise
    is a disagreement.
    """

    model_config = STRICT
    own: Said = Field(alias="is")
    date: DateForm = DateForm.YEAR_FIRST
    values: str = ""
    other_words: OtherWords = OtherWords.REFUSED
    unknown: dict[str, Unknown] = {}
    split: str = ""


class WrittenLeftOut(BaseModel):
    """Rows that are left out, and why."""

    model_config = STRICT
    column: Said
    value: Said
    because: Said


class WrittenSource(BaseModel):
    """One raw file."""

    model_config = STRICT
    file: Said
    origin: Said = Field(alias="from")
    format: Format
    sheet: str = ""
    columns: dict[str, WrittenColumn]
    values: dict[str, dict[str, str]] = {}
    unknown: dict[str, Unknown] = {}
    not_used: dict[str, Said] = {}
    left_out: tuple[WrittenLeftOut, ...] = ()


class WrittenWhen(BaseModel):
    """Which rows a rule is about: all that is written here must hold. With nothing written it is about every row.

    `last_day_before` looks at the publication where the source gives no days on site.
    """

    model_config = STRICT
    last_day_before: date | None = None
    published_before: date | None = None
    days_on_site: DaysOnSite | None = None
    says: dict[str, Unknown] = {}


class WrittenRule(BaseModel):
    """What becomes of the rows of `when`. For each row the first rule that is about it is used, and no other."""

    model_config = STRICT
    when: WrittenWhen
    move: dict[str, Said] = {}
    put: dict[str, Unknown] = {}
    because: Said
    note: str = ""


class WrittenSince(BaseModel):
    """The first day that is of interest, by the first day on site, or the publication where that is missing."""

    model_config = STRICT
    day: date
    because: Said


class WrittenTable(BaseModel):
    """One table of records: its columns in order, the mappings of its sources in order of trust, and the rules."""

    model_config = STRICT
    columns: tuple[Said, ...]
    sources: tuple[Said, ...]
    since: WrittenSince | None = None
    rules: tuple[WrittenRule, ...] = ()
    corrections: str = ""


class WrittenImport(BaseModel):
    """All that is read from one folder of raw files."""

    model_config = STRICT
    title: Said
    register_source: Said = Field(alias="register")
    tables: dict[str, WrittenTable]
    files_not_used: dict[str, Said] = {}


class WrittenPeriod(BaseModel):
    model_config = STRICT
    first: date
    last: date


class WrittenCorrection(BaseModel):
    """What a source does not say of one inspection. `authority` is for the reader and must agree with the row."""

    model_config = STRICT
    report: Said
    authority: Said
    further_periods: tuple[WrittenPeriod, ...] = ()
    note: Said
    because: Said
    source: Said


class WrittenCorrections(BaseModel):
    model_config = STRICT
    corrections: tuple[WrittenCorrection, ...]
