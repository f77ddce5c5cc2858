"""Values as sizes that compare, the ends of a type, and tests that the ends alone settle."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil, floor, inf
from typing import assert_never

from greenpaper.language.syntax import Verb
from greenpaper.language.terms import Measure
from greenpaper.language.types import Graded, Known, Numeric, Truth, Type

Size = int | float | Decimal
INFINITE = Decimal("Infinity")


def size_of(kind: Type, value: Known) -> Size:
    """The value's rank on its scale, its number, or its day counted from a fixed one."""
    match kind, value:
        case Graded(scale), str(word):
            return scale.rank(word)
        case _, bool() | int() | Decimal() as number:
            return number
        case _, date() as day:
            return day.toordinal()
        case _:
            raise AssertionError(value)


def value_count(kind: Type) -> int | None:
    """How many values the type has; None when they cannot be listed."""
    match kind:
        case Graded(scale):
            return len(scale.words)
        case Truth():
            return 2
        case Numeric(least=Decimal() as least, most=Decimal() as most) if kind.is_finite:
            return floor(most) - ceil(least) + 1
        case _:
            return None


def measured_type(measure: Measure, kinds: Sequence[Type]) -> Type:
    """The type of the measure over facts of these types, with the range that theirs give it."""
    numbers = [kind for kind in kinds if isinstance(kind, Numeric)]
    if not numbers:
        return kinds[0]
    least = _joined(measure, [-INFINITE if kind.least is None else kind.least for kind in numbers])
    most = _joined(measure, [INFINITE if kind.most is None else kind.most for kind in numbers])
    return replace(numbers[0], least=least if least.is_finite() else None, most=most if most.is_finite() else None)


def _joined(measure: Measure, ends: Sequence[Decimal]) -> Decimal:
    match measure:
        case Measure.ONE | Measure.LOWEST:
            return min(ends)
        case Measure.HIGHEST:
            return max(ends)
        case Measure.TOTAL:
            return sum(ends, Decimal(0))
        case _:
            assert_never(measure)


def settled(kind: Type, verb: Verb, values: list[Known]) -> tuple[bool, str] | None:
    """(always true?, why) when the type and the constants alone settle a test; None when the fact matters."""
    sizes = [size_of(kind, value) for value in values]
    if isinstance(kind, Numeric) and kind.whole and verb in (Verb.IS, Verb.IS_NOT) and sizes[0] != int(sizes[0]):
        return verb is Verb.IS_NOT, "the fact is a whole number"
    if verb in (Verb.ONE_OF, Verb.NOT_ONE_OF):
        return _settled_list(kind, verb is Verb.ONE_OF, sizes)
    least, most = _ends(kind)
    match verb:
        case Verb.AT_LEAST:
            return _range(sizes[0], inf, least, most)
        case Verb.AT_MOST:
            return _range(-inf, sizes[0], least, most)
        case Verb.BETTER_THAN | Verb.MORE_THAN:
            return _reversed(_range(-inf, sizes[0], least, most), "nothing is above it", "everything is above it")
        case Verb.WORSE_THAN | Verb.LESS_THAN:
            return _reversed(_range(sizes[0], inf, least, most), "nothing is below it", "everything is below it")
        case Verb.BETWEEN if sizes[0] > sizes[1]:
            return False, "the first value is above the second"
        case Verb.BETWEEN if isinstance(kind, Numeric) and kind.whole and ceil(sizes[0]) > floor(sizes[1]):
            return False, "no whole number lies there"
        case Verb.BETWEEN:
            return _range(sizes[0], sizes[1], least, most)
        case Verb.IS | Verb.IS_NOT if not least <= sizes[0] <= most:
            return verb is Verb.IS_NOT, "the value is outside the declared range"
        case _:
            return None


def _settled_list(kind: Type, one_of: bool, sizes: list[Size]) -> tuple[bool, str] | None:
    least, most = _ends(kind)
    whole = isinstance(kind, Numeric) and kind.whole
    possible = {size for size in sizes if least <= size <= most and not (whole and size != int(size))}
    if not possible:
        return not one_of, "the fact takes none of these values"
    return (one_of, "every value is listed") if len(possible) == value_count(kind) else None


def _range(low: Size, high: Size, least: Size, most: Size) -> tuple[bool, str] | None:
    if high < least or low > most:
        return False, "no value lies there"
    if low <= least and most <= high:
        return True, "every value lies there"
    return None


def _reversed(verdict: tuple[bool, str] | None, never: str, always: str) -> tuple[bool, str] | None:
    if verdict is None:
        return None
    return (False, never) if verdict[0] else (True, always)


def _ends(kind: Type) -> tuple[Size, Size]:
    match kind:
        case Graded(scale) if scale.ordered:
            return 0, len(scale.words) - 1
        case Numeric(least=least, most=most):
            return -inf if least is None else least, inf if most is None else most
        case _:
            return -inf, inf
