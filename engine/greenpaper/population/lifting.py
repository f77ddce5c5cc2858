"""A decision's diagram lifted to classes: one more child for each class that leaves several cells possible.

Such a child is the union of the children of its cells, so that a walk down one path gives every answer that is still
possible: the powerset construction. What breaks a constraint counts only where nothing else is left.

Cost: the lifted diagram is a few times as large as the plain one for counting rules; at worst it grows exponentially.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from greenpaper.situations.compiled import Answer, Compiled
from greenpaper.situations.diagram import MOST_NODES, Diagram, Forest

Possible = frozenset[tuple[bool, Answer]]
"""Answers that are still possible, each with whether the constraints admit it: all of them do, or none."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """A decision over classes: `levels` are those of the plain diagram that matter, `forest` has one for each."""

    forest: Forest
    root: Diagram
    levels: tuple[int, ...]


def lifted(whole: Compiled, decision: str, sets: Sequence[Sequence[Sequence[int]]]) -> Lifted:
    """The decision of a compiled framework, where `sets` has the cells of each class of each level.

    Errors: TooLarge.
    """
    plain = whole.forest
    joint = plain.apply(lambda fits, answer: (fits, answer), whole.admissible, whole.decisions[decision].free)
    levels = tuple(sorted(plain.levels(joint)))
    place = {level: number for number, level in enumerate(levels)}
    forest = Forest(tuple(len(sets[level]) for level in levels), MOST_NODES)
    memo: dict[Diagram, Diagram] = {}

    def either(one: Diagram, other: Diagram) -> Diagram:
        return one if one == other else forest.apply(_either, one, other)

    def lift(at: Diagram) -> Diagram:
        if at not in memo:
            level, children = plain.nodes[at]
            if not children:
                memo[at] = forest.leaf(frozenset({plain.leaves[at]}))
            else:
                below = [lift(child) for child in children]
                memo[at] = forest.node(place[level], [reduce(either, [below[c] for c in cells]) for cells in sets[level]])
        return memo[at]

    return Lifted(forest, lift(joint), levels)


def _either(one: Possible, other: Possible) -> Possible:
    both = one | other
    return frozenset(each for each in both if each[0]) or both
