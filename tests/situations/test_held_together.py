"""Two diagrams held against each other, and situations counted in some cells only, against every path tried by hand."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from greenpaper.situations.diagram import Forest

ARITIES = (2, 3, 4)


def a_diagram(forest: Forest, random: Random) -> tuple[int, dict[tuple[int, ...], str]]:
    """A diagram with a few values, and its value on each path."""
    values = {path: random.choice("aab") for path in product(*map(range, ARITIES))}

    def made(path: tuple[int, ...]) -> int:
        if len(path) == len(ARITIES):
            return forest.leaf(values[path])
        return forest.node(len(path), [made((*path, cell)) for cell in range(ARITIES[len(path)])])

    return made(()), values


@pytest.mark.parametrize("seed", range(20))
def test_diagrams_differ_where_their_values_do(seed):
    random, forest = Random(seed), Forest(ARITIES)
    (one, first), (other, second) = a_diagram(forest, random), a_diagram(forest, random)
    differing = sum(first[path] != second[path] for path in first)
    assert forest.counts(forest.differ(one, other), range(3)).get(True, 0) == differing
    assert forest.differ(one, one) == forest.leaf(False)


@pytest.mark.parametrize("seed", range(20))
def test_situations_are_counted_in_the_cells_that_are_allowed(seed):
    random, forest = Random(seed), Forest(ARITIES)
    diagram, values = a_diagram(forest, random)
    allowed = {2: tuple(sorted(random.sample(range(4), 2))), 1: (random.randrange(3),)}
    inside = [path for path in values if all(path[level] in cells for level, cells in allowed.items())]
    assert forest.counts(diagram, range(3), allowed) == Counter(values[path] for path in inside)
