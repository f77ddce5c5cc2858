"""A decision's diagram lifted to classes: one more child for each class that leaves several cells possible.

Such a child stands for all the children of its cells, so that a walk down one path gives every answer that is still
possible: the powerset construction, in which a node is a set of plain ones. What breaks a constraint counts only where
nothing else is left.

Cost: the lifted diagram is a few times as large as the plain one for counting rules; at worst it grows exponentially.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from greenpaper.situations.compiled import Answer, Compiled
from greenpaper.situations.diagram import MOST_NODES, Diagram, Forest, TooLarge

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
    memo: dict[frozenset[Diagram], Diagram] = {}

    def lift(left: frozenset[Diagram]) -> Diagram:
        """What can follow where it is known only that one of these plain diagrams is left."""
        if left not in memo:
            if len(memo) > MOST_NODES:
                raise TooLarge(MOST_NODES)
            level = min(map(plain.level, left))
            memo[left] = forest.leaf(_possible(left)) if level == len(plain.arities) else _looked_at(left, level)
        return memo[left]

    def _looked_at(left: frozenset[Diagram], level: int) -> Diagram:
        below = [frozenset(plain.below(each, level, cell) for each in left) for cell in range(plain.arities[level])]
        return forest.node(place[level], [lift(_any_of(below, cells)) for cells in sets[level]])

    def _possible(left: frozenset[Diagram]) -> Possible:
        every: Possible = frozenset(plain.leaves[each] for each in left)  # type: ignore[misc]
        return frozenset(each for each in every if each[0]) or every

    return Lifted(forest, lift(frozenset({joint})), levels)


def _any_of(below: Sequence[frozenset[Diagram]], cells: Sequence[int]) -> frozenset[Diagram]:
    return below[cells[0]] if len(cells) == 1 else frozenset().union(*(below[cell] for cell in cells))
