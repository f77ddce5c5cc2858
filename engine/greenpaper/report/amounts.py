"""Exact numbers and bounds as they are read: 4, 2.5, 4 to 6, at least 4; a change with its sign."""

from fractions import Fraction
from typing import Any

from greenpaper.comparison.amounts import Bounds, Number, bounds_of
from greenpaper.framework.checked import Activity, Amount


def number(given: Fraction) -> str:
    """A number in decimals, all of them. Errors: one that has infinitely many."""
    places = 0
    while (given * 10**places).denominator > 1:
        places += 1
    whole, rest = divmod(abs(given.numerator) * 10**places // given.denominator, 10**places)
    return f"{'-' if given < 0 else ''}{whole}" + (f".{rest:0{places}}" if places else "")


def bounds(given: Bounds) -> str:
    """What is known of an amount."""
    return _between(given, number, unknown=given.most is None and given.least == 0)


def change(given: Bounds) -> str:
    """What is known of a difference; what it adds has a plus sign."""
    return _between(given, _signed, unknown=given.least is given.most is None)


def _signed(given: Fraction) -> str:
    return f"+{number(given)}" if given > 0 else number(given)


def _between(given: Bounds, said: Any, *, unknown: bool) -> str:
    match given.least, given.most:
        case _ if unknown:
            return "not known"
        case None, most:
            return f"at most {said(most)}"
        case least, None:
            return f"at least {said(least)}"
        case least, most:
            return said(least) if least == most else f"{said(least)} to {said(most)}"


def amount(given: Amount | None) -> str:
    """What is stated of an amount."""
    return bounds(bounds_of(given))


def taken(activity: Activity) -> str:
    """What one time of an activity takes."""
    return f"{amount(activity.inspectors)} × {amount(activity.days_on_site)}"


def cell(given: Number) -> str:
    """A bound as a cell of a table; empty where there is none."""
    return "" if given is None else number(given)


def plain_number(given: Number) -> int | str | None:
    """A bound as JSON has it: a decimal as text, null where there is none."""
    if given is None:
        return None
    return given.numerator if given.denominator == 1 else number(given)
