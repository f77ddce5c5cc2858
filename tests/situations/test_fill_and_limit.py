"""What diagrams of whole decisions are built with: gaps filled, single tests, other forests' diagrams, the limit."""

from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenpaper.situations.diagram import Forest, TooLarge
from situations.test_diagram import built, for_every_function, functions, written_out


def test_fill_puts_the_value_into_the_gaps_where_the_condition_holds_and_nowhere_else():
    filled = 0

    def check(forest, function, asked):
        nonlocal filled
        for gap in dict.fromkeys((*function.values(), "no such value")):
            made = forest.fill(built(forest, function), gap, built(forest, asked), "filled")
            expected = {at: "filled" if value is gap and asked[at] else value for at, value in function.items()}
            assert written_out(forest, made) == expected
            assert made == built(forest, expected)
            filled += "filled" in expected.values()

    for_every_function(2, check)
    assert filled > 50


def test_what_is_settled_is_not_looked_at_again():
    forest = Forest((2, 2, 2))
    yes, no = forest.leaf(True), forest.leaf(False)
    settled = forest.leaf("settled")
    condition = forest.node(0, [forest.node(1, [yes, no]), forest.node(2, [no, yes])])
    before = len(forest.nodes)
    assert forest.fill(settled, "gap", condition, "filled") == settled
    assert forest.choose(condition, settled, settled) == settled
    assert len(forest.nodes) - before <= 2, "only the leaves of the gap and of what fills it"


def test_choose_of_one_diagram_either_way_is_that_diagram():
    def check(forest, asked, then):
        diagram = built(forest, then)
        assert forest.choose(built(forest, asked), diagram, diagram) == diagram

    for_every_function(2, check)


def test_a_diagram_taken_from_another_forest_is_the_same_function_whatever_the_levels_below():
    def check(forest, function, other):
        wider = Forest((*forest.arities, 3, 2))
        built(
            wider,
            {
                (*at, *more): value
                for at, value in other.items()
                for more in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
            },
        )
        taken = wider.taken_from(forest, built(forest, function))
        assert {at[: len(forest.arities)]: value for at, value in written_out(wider, taken).items()} == function
        assert wider.levels(taken) == forest.levels(built(forest, function))
        assert taken == wider.taken_from(forest, built(forest, function))

    for_every_function(2, check, 60)


def test_single_tests_are_told_by_level_with_the_cells_that_meet_them():
    forest = Forest((3, 2, 4))
    yes, no = forest.leaf(True), forest.leaf(False)
    first, last = forest.node(0, [no, yes, yes]), forest.node(2, [yes, no, no, no])
    assert forest.single_tests([last, first]) == [(0, (False, True, True)), (2, (True, False, False, False))]
    assert forest.single_tests([]) == []


def test_two_tests_of_one_fact_and_what_is_settled_or_looks_at_several_are_no_single_tests():
    forest = Forest((3, 2))
    yes, no = forest.leaf(True), forest.leaf(False)
    first, second = forest.node(0, [no, yes, yes]), forest.node(1, [no, yes])
    assert forest.single_tests([first, forest.node(0, [yes, no, no])]) is None
    assert forest.single_tests([first, first]) is None
    assert forest.single_tests([first, yes]) is None
    assert forest.single_tests([forest.node(0, [no, second, yes])]) is None
    assert forest.single_tests([first, second]) is not None


@settings(max_examples=60)
@given(functions(), st.integers(0, 40))
def test_under_a_limit_there_is_the_whole_diagram_or_none(drawn, limit):
    arities, (function,) = drawn
    needed = Forest(arities)
    whole = built(needed, function)
    limited = Forest(arities, limit)
    if len(needed.nodes) <= limit:
        assert written_out(limited, built(limited, function)) == function
    else:
        over = any(number not in needed.leaves for number in range(limit, len(needed.nodes)))  # leaves are not refused
        with pytest.raises(TooLarge, match=f"more than {limit} nodes") if over else nullcontext():
            assert built(limited, function) == whole


OPERATIONS = {
    "apply": lambda forest, one, other: forest.apply(lambda first, second: (first, second), one, other),
    "choose": lambda forest, one, other: forest.choose(other, one, forest.leaf("else")),
    "fill": lambda forest, one, other: forest.fill(one, 3, other, "filled"),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_keeps_to_the_limit(operation):
    forest = Forest((3,) * 6)
    total = {at: sum(at) for at in written_out(forest, forest.leaf(0))}
    one = built(forest, total)
    other = built(forest, {at: value % 2 == 1 for at, value in total.items()})
    forest.limit = len(forest.nodes)
    with pytest.raises(TooLarge):
        operation(forest, one, other)
    forest.limit = 1_000
    operation(forest, one, other)
