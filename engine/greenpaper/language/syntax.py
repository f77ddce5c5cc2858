"""Conditions as written: a frozen tree with a place on every node. Equality ignores places."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from greenpaper.source.text import Span


class Verb(StrEnum):
    """How a comparison compares, in the words it is written with after `is` or `are`."""

    IS = "is"
    IS_NOT = "not"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BETTER_THAN = "better than"
    WORSE_THAN = "worse than"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    BETWEEN = "between"
    ONE_OF = "one of"
    NOT_ONE_OF = "not one of"
    KNOWN = "known"
    UNKNOWN = "unknown"


class Quantifier(StrEnum):
    """How many members of a group must meet a test."""

    ANY = "any"
    ALL = "all"
    NONE = "none"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"


class Aggregate(StrEnum):
    """Which one value stands for a group."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Word:
    """A name where a value stands: a grade, a word of a list, or another fact."""

    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    unit: Word | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Day:
    value: date
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TruthValue:
    value: bool
    span: Span = field(compare=False, repr=False)


Value = Word | Number | Day | TruthValue


@dataclass(frozen=True, slots=True)
class NamedGroup:
    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ListedGroup:
    members: tuple[Word, ...]
    span: Span = field(compare=False, repr=False)


Group = NamedGroup | ListedGroup


@dataclass(frozen=True, slots=True)
class FactName:
    """One fact, or another decision, as the thing compared."""

    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many members of a group, each tested by itself."""

    quantifier: Quantifier
    number: int | None
    group: Group
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Aggregated:
    """One value worked out over a group."""

    aggregate: Aggregate
    group: Group
    span: Span = field(compare=False, repr=False)


Subject = FactName | Quantity | Aggregated


@dataclass(frozen=True, slots=True)
class Test:
    __test__ = False  # the name is the language's, not pytest's

    verb: Verb
    values: tuple[Value, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    subject: Subject
    test: Test
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Holds:
    """A truth fact or a named definition standing alone."""

    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Condition", ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Condition", ...]
    span: Span = field(compare=False, repr=False)


Condition = Comparison | Holds | Not | And | Or


def names_used(conditions: Iterable[Condition | None]) -> set[str]:
    """Every single name that the conditions use where a definition or decision could stand."""
    used: set[str] = set()
    stack = [condition for condition in conditions if condition is not None]
    while stack:
        match stack.pop():
            case Or(parts) | And(parts):
                stack.extend(parts)
            case Not(part):
                stack.append(part)
            case Holds(name) | Comparison(FactName(name)):
                used.add(name)
            case Comparison():
                pass
    return used
