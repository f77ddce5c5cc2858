"""The algebra of diagrams, against functions that are written out situation by situation."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenpaper.situations.diagram import Diagram, Forest

Situation = tuple[int, ...]
Function = Mapping[Situation, Hashable]

ARITIES = st.lists(st.integers(2, 4), min_size=1, max_size=4).map(tuple)


def situations(arities: tuple[int, ...]) -> list[Situation]:
    return list(product(*(range(arity) for arity in arities)))


def built(forest: Forest, function: Function, situation: Situation = ()) -> Diagram:
    """The diagram of a function that is written out in full."""
    level = len(situation)
    if level == len(forest.arities):
        return forest.leaf(function[situation])
    return forest.node(level, [built(forest, function, (*situation, cell)) for cell in range(forest.arities[level])])


def written_out(forest: Forest, diagram: Diagram) -> Function:
    """The function of a diagram, found by walking down once for each situation."""
    found = {}
    for situation in situations(forest.arities):
        at = diagram
        for level, cell in enumerate(situation):
            at = forest.below(at, level, cell)
        found[situation] = forest.leaves[at]
    return found


@st.composite
def functions(draw: st.DrawFn, how_many: int = 1) -> tuple[tuple[int, ...], list[Function]]:
    """Arities, and functions over them with few values, so that levels are often skipped."""
    arities = draw(ARITIES)
    found = []
    for _ in range(how_many):
        values = draw(st.sampled_from(((True, False), (0, 1, 2), ("same",))))
        matters = draw(st.lists(st.booleans(), min_size=len(arities), max_size=len(arities)))
        memo: dict[Situation, Hashable] = {}
        for situation in situations(arities):
            key = tuple(cell for cell, used in zip(situation, matters, strict=True) if used)
            if key not in memo:
                memo[key] = draw(st.sampled_from(values))
        found.append(
            {
                situation: memo[tuple(cell for cell, used in zip(situation, matters, strict=True) if used)]
                for situation in situations(arities)
            }
        )
    return arities, found


def for_every_function(how_many: int, check: Callable[..., None], examples: int = 120) -> None:
    @settings(max_examples=examples)
    @given(functions(how_many))
    def run(drawn):
        arities, drawn_functions = drawn
        forest = Forest(arities)
        check(forest, *drawn_functions)

    run()


def test_a_diagram_has_the_value_of_its_function_everywhere():
    def check(forest, function):
        assert written_out(forest, built(forest, function)) == function

    for_every_function(1, check)


def test_two_diagrams_are_the_same_number_exactly_when_their_functions_are_equal():
    seen: Counter[bool] = Counter()

    def check(forest, one, other):
        same = one == other and [*map(type, one.values())] == [*map(type, other.values())]
        assert (built(forest, one) == built(forest, other)) is same
        seen[same] += 1

    for_every_function(2, check, 200)
    assert min(seen[True], seen[False]) > 10


def test_the_same_function_reached_by_another_way_is_the_same_number():
    def check(forest, one, other):
        left, right = built(forest, one), built(forest, other)
        assert forest.apply(lambda value: value, left) == left
        pairs = forest.apply(lambda first, second: (first, second), left, right)
        assert forest.apply(lambda pair: pair[0], pairs) == left
        assert forest.apply(lambda pair: pair[1], pairs) == right

    for_every_function(2, check)


def test_true_and_one_are_different_leaves():
    forest = Forest((2,))
    assert forest.leaf(True) != forest.leaf(1)
    assert forest.leaf(False) != forest.leaf(0)
    assert forest.leaf(True) == forest.leaf(True)


def test_apply_combines_the_values_of_every_situation():
    def check(forest, one, other, third):
        def combine(*values):
            return repr(values)

        made = forest.apply(combine, *(built(forest, each) for each in (one, other, third)))
        expected = {situation: combine(one[situation], other[situation], third[situation]) for situation in one}
        assert written_out(forest, made) == expected

    for_every_function(3, check)


def test_choose_takes_the_one_where_the_condition_holds_and_the_other_elsewhere():
    seen: Counter[bool] = Counter()

    def check(forest, asked, then, otherwise):
        made = forest.choose(*(built(forest, each) for each in (asked, then, otherwise)))
        expected = {at: then[at] if holds else otherwise[at] for at, holds in asked.items()}
        assert written_out(forest, made) == expected
        assert made == built(forest, expected)
        seen.update(map(bool, asked.values()))

    for_every_function(3, check)
    assert min(seen[True], seen[False]) > 100


def test_restrict_leaves_what_holds_once_some_facts_are_known():
    seen = 0

    @settings(max_examples=120)
    @given(functions(), st.data())
    def run(drawn, data):
        nonlocal seen
        arities, (function,) = drawn
        forest = Forest(arities)
        levels = data.draw(st.sets(st.sampled_from(range(len(arities)))))
        fixed = {level: data.draw(st.integers(0, arities[level] - 1)) for level in levels}
        rest = forest.restrict(built(forest, function), fixed)
        assert not forest.levels(rest) & set(fixed)
        for situation, value in written_out(forest, rest).items():
            assert value == function[tuple(fixed.get(level, cell) for level, cell in enumerate(situation))]
        seen += len(fixed)

    run()
    assert seen > 100


def test_values_are_those_of_the_situations_allowed():
    seen: Counter[int] = Counter()

    @settings(max_examples=120)
    @given(functions(), st.data())
    def run(drawn, data):
        arities, (function,) = drawn
        forest = Forest(arities)
        levels = data.draw(st.sets(st.sampled_from(range(len(arities)))))
        allowed = {
            level: data.draw(st.sets(st.integers(0, arities[level] - 1), min_size=1)) for level in sorted(levels)
        }
        expected = {
            value
            for situation, value in function.items()
            if all(situation[level] in cells for level, cells in allowed.items())
        }
        assert forest.values(built(forest, function), allowed) == expected
        seen[len(expected)] += 1

    run()
    assert len(seen) > 1


def test_levels_are_those_of_the_facts_that_the_function_depends_on():
    def check(forest, function):
        depends = {
            level
            for level in range(len(forest.arities))
            if any(
                value != function[(*situation[:level], cell, *situation[level + 1 :])]
                for situation, value in function.items()
                for cell in range(forest.arities[level])
            )
        }
        assert forest.levels(built(forest, function)) == depends

    for_every_function(1, check)


def test_counts_are_the_numbers_of_situations_with_each_value_skipped_facts_included():
    skipped = 0

    def check(forest, function):
        nonlocal skipped
        diagram = built(forest, function)
        assert forest.counts(diagram, range(len(forest.arities))) == Counter(function.values())
        skipped += len(forest.arities) - len(forest.levels(diagram))

    for_every_function(1, check, 200)
    assert skipped > 100


def test_counts_over_fewer_facts_are_those_of_the_facts_asked_for():
    def check(forest, function):
        diagram = built(forest, function)
        asked = sorted(forest.levels(diagram))
        seen: dict[Situation, Hashable] = {}
        for situation, value in function.items():
            seen[tuple(situation[level] for level in asked)] = value
        assert forest.counts(diagram, asked) == Counter(seen.values())

    for_every_function(1, check)


def test_counting_without_a_fact_that_matters_is_refused():
    forest = Forest((2, 2))
    diagram = forest.node(0, [forest.leaf(True), forest.leaf(False)])
    with pytest.raises(KeyError):
        forest.counts(diagram, [1])


def test_a_path_leads_to_its_value_and_is_missing_exactly_where_the_value_never_comes():
    seen: Counter[bool] = Counter()

    def check(forest, function):
        diagram = built(forest, function)
        for value in (True, False, 0, 1, 2, "same"):
            path = forest.path(diagram, value)
            occurs = any(each == value and type(each) is type(value) for each in function.values())
            assert (path is not None) is occurs
            seen[occurs] += 1
            if path is not None:
                led = {
                    function[situation]
                    for situation in function
                    if all(situation[level] == cell for level, cell in path.items())
                }
                assert led == {value}

    for_every_function(1, check)
    assert min(seen[True], seen[False]) > 100


def test_every_situation_shares_its_nodes():
    """Nodes are kept once: building everything a second time adds none."""

    def check(forest, one, other):
        built(forest, one), built(forest, other)
        before = len(forest.nodes)
        built(forest, one), built(forest, other)
        assert len(forest.nodes) == before
        assert len(set(forest.nodes)) + len(forest.leaves) - 1 == len(forest.nodes)

    for_every_function(2, check)
