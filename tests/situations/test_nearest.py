"""Cheapest ways down a diagram, against every situation tried."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from greenpaper.situations.diagram import Forest
from greenpaper.situations.nearest import cheapest_ways, least_costs, nearest, steps_from
from situations.test_diagram import built, functions, situations


def prices(draw, arities):
    """A cost for each cell, or None where it is not allowed; at least one cell of each fact is."""
    costs = st.none() | st.integers(0, 3)
    table = []
    for arity in arities:
        cells = draw(st.lists(costs, min_size=arity, max_size=arity))
        table.append(cells if any(each is not None for each in cells) else [0] * arity)
    return table


@settings(max_examples=150)
@given(functions(), st.data())
def test_least_costs_and_every_cheapest_way_are_those_of_all_situations(drawn, data):
    arities, (function,) = drawn
    forest = Forest(arities)
    diagram = built(forest, function)
    table = prices(data.draw, arities)
    looked_at = forest.levels(diagram)
    best, ways = by_hand(function, arities, table, looked_at)
    costs = least_costs(forest, diagram, lambda level, cell: table[level][cell])
    assert costs[diagram] == best
    for value, cost in best.items():
        found = list(cheapest_ways(forest, costs, diagram, value, lambda level, cell: table[level][cell]))
        cells = Counter(cell for way in found for cell in completed(way, arities, table, looked_at))
        assert set(cells) == ways[value, cost]
        assert max(cells.values()) == 1, "no way is told twice"


def by_hand(function, arities, table, looked_at):
    """Value → its least cost; and (value, cost) → every allowed choice of cells for the facts that are looked at.

    A fact that a way skips costs nothing, so a situation costs the least that any way to it does.
    """
    best, ways = {}, {}
    for at in situations(arities):
        if all(table[level][cell] is not None for level, cell in enumerate(at) if level in looked_at):
            cost = paid(function, arities, table, at)
            best[function[at]] = min(best.get(function[at], cost), cost)
            ways.setdefault((function[at], cost), set()).add(only(at, looked_at))
    return best, ways


def paid(function, arities, table, at):
    """The cells of the facts that still matter, given those above them."""
    total = 0
    for level, cell in enumerate(at):
        below = [function[other] for other in situations(arities) if other[:level] == at[:level]]
        size = len(below) // arities[level]
        parts = [below[start : start + size] for start in range(0, len(below), size)]
        if any(part != parts[0] for part in parts):
            total += table[level][cell]
    return total


def completed(way, arities, table, looked_at):
    """The choices that the way stands for: any allowed cell where it skips a fact."""
    for at in situations(arities):
        allowed = all(table[level][cell] is not None for level, cell in enumerate(at) if level in looked_at)
        once = all(cell == 0 for level, cell in enumerate(at) if level not in looked_at)
        if allowed and once and all(at[level] == cell for level, cell in way.items()):
            yield only(at, looked_at)


def only(at, levels):
    return tuple(cell for level, cell in enumerate(at) if level in levels)


@settings(max_examples=150)
@given(functions(), st.data())
def test_the_nearest_situation_takes_the_fewest_steps(drawn, data):
    arities, (function,) = drawn
    forest = Forest(arities)
    own = {level: data.draw(st.integers(0, arity - 1)) for level, arity in enumerate(arities)}
    for value in dict.fromkeys((*function.values(), "no such value")):
        found = nearest(forest, built(forest, function), value, own)
        steps = [
            sum(abs(cell - own[level]) for level, cell in enumerate(at))
            for at, each in function.items()
            if each == value
        ]
        if not steps:
            assert found is None
            continue
        at = tuple(found[level] for level in range(len(arities)))
        assert function[at] == value
        assert sum(abs(cell - own[level]) for level, cell in enumerate(at)) == min(steps)


def test_a_cell_that_is_not_known_costs_nothing():
    price = steps_from({0: 2})
    assert [price(0, cell) for cell in range(4)] == [2, 1, 0, 1]
    assert [price(1, cell) for cell in range(4)] == [0, 0, 0, 0]
