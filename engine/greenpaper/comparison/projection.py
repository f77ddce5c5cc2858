"""From pairs of words back to old words: what some pair of an old word leads to is what is possible for that word."""

from collections.abc import Callable, Collection, Hashable, Iterable

from greenpaper.situations.cells import Cells
from greenpaper.situations.diagram import Diagram, Forest
from greenpaper.situations.space import Space

Combine = Callable[[Iterable[Hashable]], Hashable]


def project(
    space: Space, forest: Forest, diagram: Diagram, mapped: Collection[int], combine: Combine
) -> tuple[Space, Forest, Diagram]:
    """The diagram with the cells of the `mapped` levels that have one value put together by `combine`.

    The space is the same with those levels cut into single words. Errors: TooLarge.
    """
    made = Space(tuple(_single(cells) if level in mapped else cells for level, cells in enumerate(space.cells)))
    target = Forest(made.arities, forest.limit)
    memo: dict[Diagram, Diagram] = {}

    def visit(at: Diagram) -> Diagram:
        if at not in memo:
            level, children = forest.nodes[at]
            if not children:
                memo[at] = target.leaf(forest.leaves[at])
            else:
                below = [visit(child) for child in children]
                memo[at] = target.node(level, _grouped(level, below) if level in mapped else below)
        return memo[at]

    def _grouped(level: int, below: list[Diagram]) -> list[Diagram]:
        old = space.cells[level].values
        return [
            target.apply(lambda *values: combine(values), *dict.fromkeys(_of(below, old, word)))
            for word in made.cells[level].values
        ]

    return made, target, visit(diagram)


def _of(below: list[Diagram], old: tuple[Hashable, ...], word: Hashable) -> list[Diagram]:
    return [child for child, value in zip(below, old, strict=True) if value == word]


def _single(cells: Cells) -> Cells:
    words = tuple(dict.fromkeys(cells.values))
    return Cells(cells.fact, words, tuple(map(str, words)), index={word: number for number, word in enumerate(words)})
