"""Facts cut into cells: every value is in exactly one, no cell is empty, and one value stands for its whole cell."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenpaper.language.terms import Op, holds, size_of
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Scale, Truth
from greenpaper.situations.cells import Cells, cells_of

WHOLE = Numeric(whole=True)
DECIMAL = Numeric(whole=False)
FIRST_DAY, LAST_DAY = date.min, date.max


def whole_numbers(*constants: str, least: int | None = None, most: int | None = None) -> Cells:
    ends = (None if end is None else Decimal(end) for end in (least, most))
    return cells_of("n", Numeric(True, "", *ends), map(Decimal, constants))


def decimals(*constants: str, least: str | None = None, most: str | None = None) -> Cells:
    ends = (None if end is None else Decimal(end) for end in (least, most))
    return cells_of("n", Numeric(False, "", *ends), map(Decimal, constants))


def dates(*constants: str) -> Cells:
    return cells_of("d", Calendar(), map(date.fromisoformat, constants))


def cells_by_value(cells: Cells, values: Sequence[Known]) -> list[int]:
    return [cells.cell_of(value) for value in values]


# Words and truths


def test_each_word_of_a_scale_is_a_cell_from_worst_to_best():
    cells = cells_of("g", Graded(Scale("s", ("bad", "fair", "good"), True)), ())
    assert cells.values == cells.labels == ("bad", "fair", "good")
    assert cells_by_value(cells, ("bad", "fair", "good")) == [0, 1, 2]


def test_a_truth_has_the_cells_false_and_true():
    cells = cells_of("t", Truth(), (True,))
    assert cells.values == (False, True)
    assert cells.labels == ("false", "true")


def test_a_word_that_is_not_on_the_scale_is_in_no_cell():
    with pytest.raises(KeyError):
        cells_of("g", Graded(Scale("s", ("bad", "good"), True)), ()).cell_of("great")


# Whole numbers


def test_a_number_that_is_compared_with_nothing_is_one_cell():
    assert len(whole_numbers()) == len(decimals()) == len(dates()) == 1
    assert whole_numbers().labels == decimals().labels == dates().labels == ("any",)


def test_a_constant_makes_a_cell_of_its_own_between_those_below_and_above():
    assert whole_numbers("30").labels == ("below 30", "30", "above 30")
    assert cells_by_value(whole_numbers("30"), [Decimal(29), Decimal(30), Decimal(31)]) == [0, 1, 2]


def test_adjacent_whole_numbers_leave_no_empty_gap_between_them():
    assert whole_numbers("3", "4").labels == ("below 3", "3", "4", "above 4")


def test_one_whole_number_between_two_constants_is_its_own_label():
    assert whole_numbers("3", "5").labels == ("below 3", "3", "4", "5", "above 5")
    assert whole_numbers("3", "7").labels == ("below 3", "3", "4 to 6", "7", "above 7")


def test_a_fraction_cuts_whole_numbers_without_a_cell_of_its_own():
    cells = whole_numbers("2.5")
    assert cells.labels == ("below 2.5", "above 2.5")
    assert cells_by_value(cells, [Decimal(2), Decimal(3)]) == [0, 1]
    assert whole_numbers("2.2", "2.8").values == (Decimal(2), Decimal(3))


def test_no_cell_lies_beyond_the_declared_range():
    assert whole_numbers("0", "5", least=0, most=5).labels == ("0", "1 to 4", "5")
    assert whole_numbers("1", least=0, most=1).labels == ("below 1", "1")
    assert decimals("0", "2.5", least="0", most="2.5").labels == ("0", "between 0 and 2.5", "2.5")


def test_constants_outside_the_declared_range_cut_nothing():
    assert whole_numbers("-1", "3", "9", least=0, most=5).cuts == (Decimal(3),)


def test_equal_constants_written_differently_are_one_cut():
    assert decimals("1.5", "1.50", "1.500").labels == ("below 1.5", "1.5", "above 1.5")


def test_a_range_of_one_number_is_one_cell():
    assert whole_numbers(least=4, most=4).values == whole_numbers("4", least=4, most=4).values == (Decimal(4),)
    assert decimals(least="0", most="0").values == decimals("0", least="0", most="0").values == (Decimal(0),)


# Dates


def test_adjacent_days_leave_no_empty_gap_between_them():
    assert dates("2024-02-28", "2024-02-29").labels == (
        "below 2024-02-28",
        "2024-02-28",
        "2024-02-29",
        "above 2024-02-29",
    )
    assert dates("2024-02-28", "2024-03-01").labels[2] == "2024-02-29"


def test_the_first_and_last_days_of_the_calendar_have_nothing_beyond_them():
    cells = cells_of("d", Calendar(), (FIRST_DAY, LAST_DAY))
    assert cells.values[0] == FIRST_DAY
    assert cells.values[-1] == LAST_DAY
    assert len(cells) == 3


# Every value a cell


def test_a_fact_that_is_added_up_has_a_cell_for_each_value_of_its_range():
    cells = cells_of("n", Numeric(True, "", Decimal(-1), Decimal(3)), (Decimal(2),), every_value=True)
    assert cells.values == tuple(map(Decimal, (-1, 0, 1, 2, 3)))
    assert cells_by_value(cells, cells.values) == [0, 1, 2, 3, 4]


def test_a_range_whose_ends_are_no_whole_numbers_holds_only_the_whole_numbers_inside():
    cells = cells_of("n", Numeric(True, "", Decimal("0.5"), Decimal("3.5")), (), every_value=True)
    assert cells.values == tuple(map(Decimal, (1, 2, 3)))


# One value stands for its cell

DRAWN_DECIMALS = st.integers(-500, 500).map(lambda number: Decimal(number) / 100)
DRAWN_DAYS = st.integers(0, 60).map(lambda days: date(2024, 2, 1) + timedelta(days))


@st.composite
def cut_facts(draw: st.DrawFn) -> tuple[Cells, list[Known], list[Known]]:
    """Cells, the constants they were cut at, and values of the type, many of them next to the constants."""
    kind = draw(st.sampled_from(("whole", "halves", "decimal", "date")))
    if kind == "date":
        days = draw(st.lists(DRAWN_DAYS, max_size=5))
        near = [day + timedelta(step) for day in days for step in (-1, 0, 1)]
        return cells_of("d", Calendar(), days), days, near + draw(st.lists(DRAWN_DAYS, min_size=1, max_size=20))
    drawn = st.integers(-10, 10).map(Decimal)
    constants = draw(st.lists(drawn if kind == "whole" else DRAWN_DECIMALS, max_size=5))
    if kind == "decimal":
        near = [each + step for each in constants for step in map(Decimal, ("-0.001", "0", "0.001"))]
        values = near + draw(st.lists(DRAWN_DECIMALS, min_size=1, max_size=20))
    else:
        values = draw(st.lists(drawn, min_size=10, max_size=30))
    ends = sorted(draw(st.lists(drawn, min_size=2, max_size=2))) if draw(st.booleans()) else (None, None)
    values = [each for each in values if ends[0] is None or ends[0] <= each <= ends[1]]
    return cells_of("n", Numeric(kind != "decimal", "", *ends), constants), constants, values


def same_under(test: Callable[[Known], bool], cells: Cells, values: Sequence[Known]) -> bool:
    return all(test(value) is test(cells.values[cells.cell_of(value)]) for value in values)


def test_a_value_and_the_one_that_stands_for_its_cell_pass_the_same_tests():
    seen = 0

    @settings(max_examples=150)
    @given(cut_facts())
    def in_every_cut(drawn):
        nonlocal seen
        cells, constants, values = drawn
        for op, constant in product(Op, constants):
            right = size_of(constant, ())
            assert same_under(lambda value, op=op, right=right: holds(op, size_of(value, ()), right), cells, values)
            seen += len(values)

    in_every_cut()
    assert seen > 5_000


def test_every_cell_has_a_value_of_its_own_which_lies_in_it_and_cells_are_in_order():
    seen = 0

    @settings(max_examples=150)
    @given(cut_facts())
    def in_every_cut(drawn):
        nonlocal seen
        cells, _, _ = drawn
        assert cells_by_value(cells, cells.values) == list(range(len(cells)))
        assert list(cells.values) == sorted(cells.values)
        assert len(set(cells.labels)) == len(cells.labels) == len(cells)
        seen += len(cells)

    in_every_cut()
    assert seen > 500


def test_a_larger_value_is_never_in_an_earlier_cell():
    @settings(max_examples=150)
    @given(cut_facts())
    def in_every_cut(drawn):
        cells, _, values = drawn
        numbers = cells_by_value(cells, sorted(values))
        assert numbers == sorted(numbers)

    in_every_cut()


@pytest.mark.parametrize(
    "constants",
    [
        ["1000000000000000000000000000000000"],
        ["-1000000000000000000000000000000000"],
        ["1", "1.0000000000000000000000000000000001"],
        ["0.1234567890123456789012345678901234", "0.1234567890123456789012345678901236"],
    ],
)
def test_numbers_of_more_digits_than_arithmetic_keeps_are_still_cut_exactly(constants):
    cells = decimals(*constants)
    assert list(cells.values) == sorted(set(cells.values))
    assert cells_by_value(cells, cells.values) == list(range(2 * len(constants) + 1))
