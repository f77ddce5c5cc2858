"""The cheapest ways from one situation to others: shortest paths down a diagram, whose cost is what its cells cost."""

from collections.abc import Callable, Hashable, Iterator, Mapping

from greenpaper.situations.diagram import Diagram, Forest

Price = Callable[[int, int], int | None]
"""What it costs to put the fact of a level into a cell; None where that is not allowed."""

Costs = Mapping[Diagram, Mapping[Hashable, int]]
Way = dict[int, int]


def steps_from(own: Mapping[int, int]) -> Price:
    """A cost of one for each cell between the own cell and another; nothing where the own cell is not known."""
    return lambda level, cell: abs(cell - own[level]) if level in own else 0


def least_costs(forest: Forest, diagram: Diagram, price: Price) -> Costs:
    """For the diagram and all below it: each value it can come to, with the least cost of doing so.

    Levels that a way skips stay as they are and cost nothing.
    """
    found: dict[Diagram, dict[Hashable, int]] = {}

    def visit(at: Diagram) -> Mapping[Hashable, int]:
        if at not in found:
            level, children = forest.nodes[at]
            if not children:
                found[at] = {forest.leaves[at]: 0}
            else:
                best: dict[Hashable, int] = {}
                for cell, child in enumerate(children):
                    cost = price(level, cell)
                    if cost is not None:
                        for value, below in visit(child).items():
                            best[value] = min(best.get(value, cost + below), cost + below)
                found[at] = best
        return found[at]

    visit(diagram)
    return found


def cheapest_ways(forest: Forest, costs: Costs, diagram: Diagram, value: Hashable, price: Price) -> Iterator[Way]:
    """Every cheapest way to the value: level → cell for the levels it passes. Cells from the first on."""
    level, children = forest.nodes[diagram]
    if not children:
        yield {}
        return
    for cell, child in enumerate(children):
        cost, below = price(level, cell), costs.get(child, {}).get(value)
        if cost is not None and below is not None and cost + below == costs[diagram][value]:
            for way in cheapest_ways(forest, costs, child, value, price):
                yield {level: cell, **way}


def nearest(forest: Forest, diagram: Diagram, value: Hashable, own: Mapping[int, int]) -> Way | None:
    """The situation nearest to the own one in which the diagram has the value; None where it never has."""
    price = steps_from(own)
    costs = least_costs(forest, diagram, price)
    if value not in costs[diagram]:
        return None
    return {**own, **next(cheapest_ways(forest, costs, diagram, value, price))}
