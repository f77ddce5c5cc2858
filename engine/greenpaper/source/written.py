"""What every written shape shares: a strict base, and the forms of names, texts and dates.

A written shape says what a file may hold and nothing more; what its names mean is looked up elsewhere.
"""

import re
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

ID = r"^[a-z][a-z0-9_]*$"
LABEL = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
MONTH_OR_DAY = r"^\d{4}-\d{2}(-\d{2})?$"


def _iso_date(value: object) -> object:
    """Text in the form 2026-04-01 as a date; anything else is left for the model to refuse."""
    if not isinstance(value, str) or not re.match(DAY, value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_date", "not in the calendar") from None


def _partial_date(value: object) -> object:
    """Text in the form 2026-04-01 or 2018-01, which must be in the calendar."""
    if not isinstance(value, str) or not re.match(MONTH_OR_DAY, value):
        raise PydanticCustomError("date_type", "not a date")
    try:
        date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    except ValueError:
        raise PydanticCustomError("no_such_date", "not in the calendar") from None
    return value


Id = Annotated[str, Field(pattern=ID, description="A short name in small letters, digits and underscores")]
Label = Annotated[str, Field(pattern=LABEL, description="A short name in letters, digits, hyphens and underscores")]
Text = Annotated[str, Field(min_length=1)]
IsoDate = Annotated[
    date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "pattern": DAY, "description": "2026-04-01"})
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {"type": "string", "pattern": MONTH_OR_DAY, "description": "2026-04-01, or 2018-01 when the day is not known"}
    ),
]


class Written(BaseModel):
    """What all written shapes share: exact types, no unknown keys, and no key without a value."""

    kind: ClassVar[str] = ""
    """What the kind of file is called, for shapes that are a whole file; also the name of its JSON Schema."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _something_is_written(cls, value: object) -> object:
        if value is None:
            raise PydanticCustomError("nothing_written", "nothing is written here")
        return value
