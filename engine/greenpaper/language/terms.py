"""Conditions as checked: few shapes, every name resolved, quantities spelled out member by member.

One meaning for all: `evaluation` gives a term Kleene's three values on one record, `situations` compiles it to a
diagram over all of them. `words` is how the author wrote the part; equality ignores it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from greenpaper.language.types import Known


class Op(StrEnum):
    """Comparison of two values. Grades compare by rank on their scale, numbers and dates by size."""

    IS = "is"
    IS_NOT = "is not"
    AT_LEAST = "is at least"
    AT_MOST = "is at most"
    ABOVE = "is above"
    BELOW = "is below"


class Measure(StrEnum):
    """What is read from the facts on the left of a comparison."""

    ONE = "one"
    LOWEST = "lowest"
    HIGHEST = "highest"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Reference:
    """Another fact on the right of a comparison."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compared:
    """`measure` of `facts`, compared with a constant or with another fact.

    `order` lists the words of a scale from worst to best when the values are words, and is empty otherwise.
    """

    measure: Measure
    facts: tuple[str, ...]
    op: Op
    right: Known | Reference
    order: tuple[str, ...] = ()
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact takes one of `values`."""

    fact: str
    values: tuple[Known, ...]
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Counted:
    """At least `least` and at most `most` of `parts` hold."""

    parts: tuple["Term", ...]
    least: int
    most: int
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class IsKnown:
    """The record knows the fact. Only for selecting records."""

    fact: str
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Negated:
    part: "Term"
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no parts, always true."""

    parts: tuple["Term", ...]
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; with no parts, never true."""

    parts: tuple["Term", ...]
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A definition or a decision's outcome, with the term it stands for."""

    name: str
    part: "Term"
    words: str = field(default="", compare=False)


Term = Compared | OneOf | Counted | IsKnown | Negated | AllOf | AnyOf | Named

ALWAYS = AllOf(())
NEVER = AnyOf(())


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything inside it, outermost first, a shared part once."""
    seen: set[int] = set()
    stack = [term]
    while stack:
        part = stack.pop()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            stack.extend(reversed(_inside(part)))


def _inside(term: Term) -> tuple[Term, ...]:
    match term:
        case Compared() | OneOf() | IsKnown():
            return ()
        case Counted(parts=parts) | AllOf(parts=parts) | AnyOf(parts=parts):
            return parts
        case Negated(part=part) | Named(part=part):
            return (part,)
        case _:
            assert_never(term)


def facts_read(term: Term) -> tuple[str, ...]:
    """Every fact that the term reads, each once, in the order of first use."""
    return tuple(dict.fromkeys(fact for part in subterms(term) for fact in facts_of(part)))


def facts_of(term: Term) -> tuple[str, ...]:
    """The facts that the term itself reads, without those of its parts."""
    match term:
        case Compared(facts=facts, right=Reference(fact)):
            return (*facts, fact)
        case Compared(facts=facts):
            return facts
        case OneOf(fact=fact) | IsKnown(fact=fact):
            return (fact,)
        case _:
            return ()


def constants(term: Term) -> Iterator[tuple[str, Known]]:
    """Every fact with every constant it is compared with: the cuts that make its cells."""
    for part in subterms(term):
        match part:
            case Compared(facts=facts, right=right) if not isinstance(right, Reference):
                yield from ((fact, right) for fact in facts)
            case OneOf(fact=fact, values=values):
                yield from ((fact, value) for value in values)


def needs_every_value(term: Term) -> frozenset[str]:
    """Facts that are added up or compared with each other, so that each of their values must be its own cell."""
    found: set[str] = set()
    for part in subterms(term):
        match part:
            case Compared(right=Reference()) | Compared(measure=Measure.TOTAL):
                found.update(facts_of(part))
    return frozenset(found)


def compared_holds(term: Compared, values: Mapping[str, Known]) -> bool:
    """Whether the comparison holds when every fact in it has a value."""
    right = values[term.right.fact] if isinstance(term.right, Reference) else term.right
    return holds(term.op, measured(term, values), size_of(right, term.order))


def measured(term: Compared, values: Mapping[str, Known]) -> int | Decimal:
    """The measure of the left side, as a size that compares."""
    sizes = [size_of(values[fact], term.order) for fact in term.facts]
    match term.measure:
        case Measure.ONE:
            return sizes[0]
        case Measure.LOWEST:
            return min(sizes)
        case Measure.HIGHEST:
            return max(sizes)
        case Measure.TOTAL:
            return sum(sizes)
        case _:
            assert_never(term.measure)


def holds(op: Op, left: int | Decimal, right: int | Decimal) -> bool:
    """`left op right` for two sizes."""
    match op:
        case Op.IS:
            return left == right
        case Op.IS_NOT:
            return left != right
        case Op.AT_LEAST:
            return left >= right
        case Op.AT_MOST:
            return left <= right
        case Op.ABOVE:
            return left > right
        case Op.BELOW:
            return left < right
        case _:
            assert_never(op)


def size_of(value: Known, order: tuple[str, ...]) -> int | Decimal:
    match value:
        case str():
            return order.index(value)
        case bool() | int() | Decimal():
            return value
        case _:
            return value.toordinal()
