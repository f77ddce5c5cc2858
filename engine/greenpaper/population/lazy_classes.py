"""The class of each value of a column as an expression, for engines that cannot call Python.

Words are compared one by one, numbers and days by halves between the edges that records at hand are cut by. Every
condition is written so that it is never null where it matters: what is missing is asked for first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

from greenpaper.language.types import Calendar, Numeric
from greenpaper.population.arrow_columns import EPOCH, LAST, cuts_of_days, cuts_of_floats, cuts_of_wholes
from greenpaper.population.classes import Classes
from greenpaper.population.spans import (
    BLANKS,
    Spans,
    day_of,
    spans_of,
    spans_since,
    spellings,
    unknown_in_small_letters,
)
from greenpaper.records.facts import Wrong

LARGEST = 1.7976931348623157e308
WHOLE_ABOVE = 2.0**52
DIGITS_OF_A_FLOAT = 15

Expression = nw.Expr
Kind = nw.dtypes.DType
OneOf = Callable[[Expression, Mapping[str, int], Expression], Expression]


class UnreadableColumn(TypeError):
    """A column of a lazy frame has a type that only Python could read: which, and what to do."""

    def __init__(self, column: str, kind: Kind, to: str) -> None:
        super().__init__(f"`{column}` holds {kind}, which a lazy frame cannot read as its fact: cast it to {to}")


def class_of(column: str, kind: Kind, classes: Classes, *, by_map: bool = False) -> Expression:
    """The number of each value's class, as an expression; what cannot be used has the number of classes.

    With `by_map` words are looked up in a map: Spark compiles what it is told, and long chains of comparisons are slow
    there or too long; in DuckDB a map makes a join, which loses the order of rows. Errors: UnreadableColumn for text
    where there are numbers or days.
    """
    value, wrong = nw.col(column), number_of(len(classes))
    known: Expression = wrong
    if _is_text(kind) and not isinstance(classes.kind, (Numeric, Calendar)):
        known = _of_words(value.cast(nw.String), classes, _by_map if by_map else _in_cases)
    elif isinstance(classes.kind, Numeric):
        known = _of_numbers(column, kind, classes)
    elif isinstance(classes.kind, Calendar):
        known = _of_days(column, kind, classes)
    elif kind == nw.Boolean:
        known = nw.when(value).then(number_of(_of(True, classes))).otherwise(number_of(_of(False, classes)))
    return nw.when(value.is_null()).then(number_of(classes.unknown)).otherwise(known)


def months_class_of(own: Expression, since: str, kind: Kind, as_of: date, classes: Classes) -> Expression:
    """The class with that of the months from a column of days, wherever the fact itself says nothing.

    Errors: UnreadableColumn for days in words.
    """
    day = _day(since, kind)
    real = (own == classes.unknown) & ~day.is_null() & _is_real(day)
    found = _stepped(day, spans_since(classes, as_of).between(1 - EPOCH, LAST), _on)
    return nw.when(real).then(found).otherwise(own)


def number_of(number: int) -> Expression:
    """A number of a class, in 32 bits."""
    return nw.lit(number, dtype=nw.Int32)


def _is_text(kind: Kind) -> bool:
    return isinstance(kind, (nw.String, nw.Enum, nw.Categorical))


def _of(value: bool, classes: Classes) -> int:
    found = classes.class_of(value)
    return len(classes) if isinstance(found, Wrong) else found


def _of_words(value: Expression, classes: Classes, one_of: OneOf) -> Expression:
    """Words as they stand come first; only what is none of them is stripped, and then put in small letters."""
    bare = value.str.strip_chars(BLANKS)
    unknown = dict.fromkeys(unknown_in_small_letters(), classes.unknown)
    found = one_of(bare.str.to_lowercase(), unknown, number_of(len(classes)))
    return one_of(value, spellings(classes), one_of(bare, spellings(classes), found))


def _in_cases(value: Expression, numbers: Mapping[str, int], otherwise: Expression) -> Expression:
    chain: Any = nw
    for word, number in numbers.items():
        chain = chain.when(value == word).then(number_of(number))
    found: Expression = chain.otherwise(otherwise) if numbers else otherwise
    return found


def _by_map(value: Expression, numbers: Mapping[str, int], otherwise: Expression) -> Expression:
    words, found = list(numbers), list(numbers.values())
    return value.replace_strict(words, found, default=otherwise, return_dtype=nw.Int32()) if numbers else otherwise


def _of_numbers(column: str, kind: Kind, classes: Classes) -> Expression:
    value, wrong = nw.col(column), len(classes)
    if kind.is_integer():
        return _stepped(value, spans_of(cuts_of_wholes(classes), wrong).between(*_limits(kind)))
    if _is_text(kind) or _has_too_many_digits(kind):
        raise UnreadableColumn(column, kind, "a float or a whole number")
    if not kind.is_numeric():
        return number_of(wrong)
    size = value.cast(nw.Float64)
    odd = (size > LARGEST) | (size < -LARGEST)
    assert isinstance(classes.kind, Numeric)
    if classes.kind.whole:
        odd |= (size.abs() < WHOLE_ABOVE) & (size != size.floor())
    return nw.when(odd).then(number_of(wrong)).otherwise(_stepped(size, spans_of(cuts_of_floats(classes), wrong)))


def _limits(kind: Kind) -> tuple[int, int]:
    """The largest numbers that an edge may be: no value of the type lies beyond them."""
    bits = 127 if isinstance(kind, (nw.UInt64, nw.Int128, nw.UInt128)) else 63
    return -(2**bits), 2**bits - 1


def _has_too_many_digits(kind: Kind) -> bool:
    return isinstance(kind, nw.Decimal) and (kind.precision or DIGITS_OF_A_FLOAT + 1) > DIGITS_OF_A_FLOAT


def _of_days(column: str, kind: Kind, classes: Classes) -> Expression:
    if not isinstance(kind, (nw.Date, nw.Datetime)) and not _is_text(kind) and not kind.is_integer():
        return number_of(len(classes))
    day = _day(column, kind)
    found = _stepped(day, spans_of(cuts_of_days(classes), len(classes)).between(1 - EPOCH, LAST), _on)
    return nw.when(_is_real(day)).then(found).otherwise(number_of(len(classes)))


def _day(column: str, kind: Kind) -> Expression:
    if kind == nw.Date:
        return nw.col(column)
    if isinstance(kind, nw.Datetime):
        return nw.col(column).cast(nw.Date)
    raise UnreadableColumn(column, kind, "a date")


def _is_real(day: Expression) -> Expression:
    """Whether a calendar of Python's reaches the day."""
    return (day >= _on(1 - EPOCH)) & (day <= _on(LAST))


def _on(days: int) -> Expression:
    """A day, written out: Spark cannot take a day before the year 1000 from Python as it is."""
    return nw.lit(day_of(days).isoformat()).cast(nw.Date)


def _stepped(value: Expression, spans: Spans, literal: Callable[[Any], Expression] = nw.lit) -> Expression:
    """The number of the span that each value lies in, found by halves."""
    edges = [literal(each) for each in spans.edges]
    return by_halves(value, edges, [number_of(each) for each in spans.numbers])


def by_halves(value: Expression, edges: Sequence[Any], found: Sequence[Expression]) -> Expression:
    """The last of `found` whose edge the value reaches; the first has none."""
    if not edges:
        return found[0]
    middle = len(edges) // 2
    below = by_halves(value, edges[:middle], found[: middle + 1])
    above = by_halves(value, edges[middle + 1 :], found[middle + 1 :])
    return nw.when(value < edges[middle]).then(below).otherwise(above)
