"""Sums, products and differences of numbers of which only bounds are known: exact, and as narrow as can be.

Every result holds exactly the numbers between its bounds that the operation can give when its operands vary
independently of each other; that bounds are attained is what makes them exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from greenpaper.framework.checked import Amount

Number = Fraction | None
"""A bound; None where there is none."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers from `least` to `most`; None is no bound on that side."""

    least: Number
    most: Number


NOTHING = Bounds(Fraction(0), Fraction(0))
ONE = Bounds(Fraction(1), Fraction(1))
ANY = Bounds(Fraction(0), None)
"""Any number that is not negative: an amount that is not known."""


def bounds_of(amount: Amount | None) -> Bounds:
    """The bounds that an amount states; ANY where it is not known."""
    if amount is None:
        return ANY
    return Bounds(Fraction(amount.least), None if amount.most is None else Fraction(amount.most))


def added(each: Iterable[Bounds]) -> Bounds:
    """The sum of all; nothing where there are none."""
    every = list(each)
    return Bounds(_sum([one.least for one in every]), _sum([one.most for one in every]))


def multiplied(each: Iterable[Bounds]) -> Bounds:
    """The product of all, none of which may be negative; one where there are none."""
    found = ONE
    for one in each:
        found = scaled(found, one)
    return found


def scaled(given: Bounds, factor: Bounds) -> Bounds:
    """The product with a factor that is not negative."""
    return Bounds(_lowest(given.least, factor), _negated(_lowest(_negated(given.most), factor)))


def taken_from(before: Bounds, after: Bounds) -> Bounds:
    """`after` without `before`."""
    return added([after, Bounds(_negated(before.most), _negated(before.least))])


def any_of(each: Iterable[Bounds]) -> Bounds:
    """The bounds of one of them, whichever it is. There must be one."""
    every = list(each)
    least, most = [one.least for one in every], [_negated(one.most) for one in every]
    return Bounds(_smallest(least), _negated(_smallest(most)))


def _sum(numbers: Iterable[Number]) -> Number:
    total = Fraction(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _negated(number: Number) -> Number:
    return None if number is None else -number


def _smallest(numbers: list[Number]) -> Number:
    known = [number for number in numbers if number is not None]
    return min(known) if len(known) == len(numbers) else None


def _lowest(least: Number, factor: Bounds) -> Number:
    """The lower bound of a product, from that of the other factor: a negative one is multiplied by the most."""
    assert factor.least is not None
    if least is not None and least >= 0:
        return least * factor.least
    if factor.most == 0:
        return Fraction(0)
    return None if least is None or factor.most is None else least * factor.most
