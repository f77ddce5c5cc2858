"""Exact numbers and bounds in words."""

from decimal import Decimal
from fractions import Fraction

import pytest

from greenpaper.comparison.amounts import ANY, Bounds
from greenpaper.framework.checked import Activity, Amount
from greenpaper.report.amounts import bounds, cell, change, number, plain_number, taken


def between(least, most):
    return Bounds(*(None if end is None else Fraction(end) for end in (least, most)))


@pytest.mark.parametrize(
    "given, said",
    [("0", "0"), ("4", "4"), ("2.5", "2.5"), ("-0.05", "-0.05"), ("-12", "-12"), ("1234567.125", "1234567.125"),
     ("1e-30", "0." + "0" * 29 + "1")],
)  # fmt: skip
def test_a_number_has_all_its_decimals(given, said):
    assert number(Fraction(Decimal(given))) == said


@pytest.mark.parametrize(
    "least, most, said, changed",
    [
        (4, 6, "4 to 6", "+4 to +6"),
        (4, 4, "4", "+4"),
        (0, 0, "0", "0"),
        (4, None, "at least 4", "at least +4"),
        (0, None, "not known", "at least 0"),
    ],
)
def test_bounds_say_what_is_known(least, most, said, changed):
    assert bounds(between(least, most)) == said
    assert change(between(least, most)) == changed


@pytest.mark.parametrize(
    "least, most, said",
    [(-4, 6, "-4 to +6"), (None, -2, "at most -2"), (None, None, "not known"), (-3, -3, "-3")],
)
def test_a_change_has_its_sign(least, most, said):
    assert change(between(least, most)) == said


def test_cells_and_json_leave_out_what_has_no_bound():
    assert [cell(end) for end in (None, Fraction(5, 2), Fraction(4))] == ["", "2.5", "4"]
    assert [plain_number(end) for end in (None, Fraction(5, 2), Fraction(4))] == [None, "2.5", 4]


def test_what_an_activity_takes_is_inspectors_times_days():
    assert taken(Activity("a", "A", Amount(Decimal(4), Decimal(6)), Amount(Decimal(5), Decimal(5)))) == "4 to 6 × 5"
    assert taken(Activity("a", "A", Amount(Decimal(2), None))) == "at least 2 × not known"
    assert bounds(ANY) == "not known"
