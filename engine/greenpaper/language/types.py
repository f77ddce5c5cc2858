"""What kinds of value facts have. A type knows which words or numbers it allows; it knows no fact."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

Known = str | bool | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Scale:
    """Words a fact may take. Ordered ones run from worst to best.

    `noun` is what one of its words is called: a grade, a word, an outcome.
    """

    id: str
    words: tuple[str, ...]
    ordered: bool
    noun: str = "grade"

    def rank(self, word: str) -> int:
        """How many words are worse. Errors: ValueError for a word that is not on the scale."""
        return self.words.index(word)


@dataclass(frozen=True, slots=True)
class Graded:
    scale: Scale


@dataclass(frozen=True, slots=True)
class Truth:
    pass


@dataclass(frozen=True, slots=True)
class Numeric:
    """Numbers, whole or decimal. A declared range includes both its ends; `unit` is a plain word or empty."""

    whole: bool
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_finite(self) -> bool:
        """Whether every value can be listed: whole numbers with both ends declared."""
        return self.whole and self.least is not None and self.most is not None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates, to the day."""


Type = Graded | Truth | Numeric | Calendar


def describe(kind: Type) -> str:
    """The type in a few words, with its article."""
    match kind:
        case Graded(scale):
            return f"{'an' if scale.noun[0] in 'aeiou' else 'a'} {scale.noun}"
        case Truth():
            return "true or false"
        case Numeric(unit=unit):
            return f"a number of {unit}" if unit else "a number"
        case Calendar():
            return "a date"
        case _:
            assert_never(kind)


def is_ordered(kind: Type) -> bool:
    """Whether values of the type have a worse or smaller and a better or larger side."""
    match kind:
        case Graded(scale):
            return scale.ordered
        case Truth():
            return False
        case Numeric() | Calendar():
            return True
        case _:
            assert_never(kind)
