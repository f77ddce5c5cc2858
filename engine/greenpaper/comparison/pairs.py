"""Two versions on one record: which pairs of answers are possible.

A pair is possible when a completion of the record that the first version admits gives the first answer, one that the
second admits gives the second, and the two agree on every fact that both decisions read. A version is therefore
never seen to move anybody against itself, and a fact that only one side reads is free on that side.
"""

from collections.abc import Collection, Mapping
from itertools import product

from greenpaper.comparison.together import Together
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import Answer
from greenpaper.situations.diagram import Diagram, Forest

Pair = tuple[Answer, Answer]
Allowed = Mapping[int, tuple[int, ...]]


def possible_pairs(versions: Together, decision: str, before: Facts, after: Facts) -> frozenset[Pair]:
    """Every possible pair of answers, without the rules that gave them, on one record.

    `before` and `after` are the record's facts in each version. A side whose constraints the record breaks is
    taken without them. Errors: the decision must be comparable.
    """
    left, right = versions.before.space.allowed(before.possible), versions.after.space.allowed(after.possible)
    first, last = (
        starting(versions.forest, side.decisions[decision].within, side.decisions[decision].free, allowed)
        for side, allowed in ((versions.before, left), (versions.after, right))
    )
    shared = versions.before.levels_read(decision) & versions.after.levels_read(decision)
    return pairs_between(versions.forest, (first, left), (last, right), shared)


def pairs_between(
    forest: Forest, before: tuple[Diagram, Allowed], after: tuple[Diagram, Allowed], shared: Collection[int]
) -> frozenset[Pair]:
    """Every pair of answers of two diagrams, each within the cells allowed on its side, that agree on `shared`."""
    (first, left), (last, right) = before, after
    memo: dict[tuple[Diagram, Diagram], frozenset[Pair]] = {}

    def visit(one: Diagram, other: Diagram) -> frozenset[Pair]:
        if (one, other) not in memo:
            memo[one, other] = frozenset(_pairs(one, other))
        return memo[one, other]

    def _pairs(one: Diagram, other: Diagram) -> set[Pair]:
        level = min(forest.level(one), forest.level(other))
        if level == len(forest.arities):
            ends = (forest.leaves[one], forest.leaves[other])
            match ends:
                case Answer(), Answer():
                    return {(ends[0].without_rules, ends[1].without_rules)}
                case _:
                    return set()
        every = range(forest.arities[level])
        cells, others = left.get(level, every), right.get(level, every)
        steps = ((cell, cell) for cell in cells if cell in others) if level in shared else product(cells, others)
        return {
            pair
            for cell, each in steps
            for pair in visit(forest.below(one, level, cell), forest.below(other, level, each))
        }

    return visit(first, last)


def starting(forest: Forest, within: Diagram, free: Diagram, allowed: Allowed) -> Diagram:
    """The decision's diagram: within the constraints, or without them where nothing allowed suits them."""
    return within if any(isinstance(value, Answer) for value in forest.values(within, allowed)) else free
