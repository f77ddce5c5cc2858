"""One situation that shows a finding: which, and which of its facts matter."""

from collections.abc import Mapping, Sequence

from greenpaper.situations.diagram import Diagram, Forest

Situation = Mapping[int, int]


def first_situation(forest: Forest, levels: Sequence[int], diagram: Diagram) -> dict[int, int]:
    """The first situation where the diagram is true, the last cell of every fact first.

    Errors: AssertionError when it is true nowhere.
    """
    path = forest.path(diagram, True)
    assert path is not None, "there is no such situation"
    return {level: path.get(level, forest.arities[level] - 1) for level in levels}


def that_matter(
    forest: Forest, levels: Sequence[int], inside: Diagram, target: Diagram, situation: Situation
) -> dict[int, int]:
    """The situation without the facts that could as well be anything: inside, what is left is in the target still."""
    strays = forest.choose(target, forest.leaf(False), inside)
    kept = dict(situation)
    for level in levels:
        fewer = {each: cell for each, cell in kept.items() if each != level}
        if True not in forest.values(strays, {each: (cell,) for each, cell in fewer.items()}):
            kept = fewer
    return kept
