"""One situation that shows a finding: which, and which of its facts matter."""

from collections.abc import Iterable, Mapping, Sequence

from greenpaper.situations.diagram import Diagram, Forest

Situation = Mapping[int, int]


def first_situation(forest: Forest, levels: Iterable[int], diagram: Diagram) -> dict[int, int] | None:
    """The first situation where the diagram is true, the last cell of every fact first; None where it never is."""
    path = forest.path(diagram, True)
    return None if path is None else {level: path.get(level, forest.arities[level] - 1) for level in levels}


def that_matter(
    forest: Forest, levels: Sequence[int], inside: Diagram, target: Diagram, situation: Situation
) -> dict[int, int]:
    """The situation without the facts that could as well be anything: inside, what is left is in the target still."""
    strays = forest.without(inside, target)
    kept = dict(situation)
    for level in levels:
        fewer = {each: cell for each, cell in kept.items() if each != level}
        if True not in forest.values(strays, {each: (cell,) for each, cell in fewer.items()}):
            kept = fewer
    return kept
