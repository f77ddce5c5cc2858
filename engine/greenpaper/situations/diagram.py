"""Decision diagrams over cells: multi-valued, multi-terminal, reduced and shared.

A node is (level, children), one child for each cell of the fact at that level; equal nodes are one node, and a node
whose children are all the same is that child. A diagram is therefore equal to another exactly when it is the same
number. Levels a diagram skips do not matter to it: walks take a skipped level as "any cell".

Cost: an operation visits each pair of nodes once. Depth is the number of facts, so recursion is harmless.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

Diagram = int
MOST_NODES = 300_000  # about a second and 100 MB; far beyond, diagrams grow faster than they can be built
WIDE = 16  # so many children weigh as much as a node
WORKING_NODES = 1_000_000  # for all that is worked out from finished diagrams


class TooLarge(Exception):
    """A diagram would need more nodes than the limit. Nothing is known from what was built so far."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the diagram would need more than {limit:,} nodes")


@dataclass(slots=True)
class Forest:
    """Shared nodes over facts whose cells number `arities`, first fact on top. Numbers of nodes are diagrams."""

    arities: tuple[int, ...]
    limit: int = MOST_NODES
    nodes: list[tuple[int, tuple[Diagram, ...]]] = field(default_factory=list)
    leaves: dict[Diagram, Hashable] = field(default_factory=dict)
    _known: dict[Hashable, Diagram] = field(default_factory=dict)
    _wide: int = 0

    def leaf(self, value: Hashable) -> Diagram:
        """The diagram that is `value` everywhere."""
        key = ("leaf", type(value), value)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.leaves[len(self.nodes)] = value
            self.nodes.append((len(self.arities), ()))
        return self._known[key]

    def node(self, level: int, children: Sequence[Diagram]) -> Diagram:
        """The diagram that looks at the fact of `level` and goes on with the child of its cell."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, tuple(children))
        made = self._known.get(key)
        if made is None:
            made = self._known[key] = len(self.nodes)
            self._wide += len(key[1]) // WIDE
            if made + self._wide >= self.limit:
                raise TooLarge(self.limit)
            self.nodes.append(key)
        return made

    def level(self, diagram: Diagram) -> int:
        """The level the diagram looks at first; the number of facts for a leaf."""
        return self.nodes[diagram][0]

    def below(self, diagram: Diagram, level: int, cell: int) -> Diagram:
        """What is left of the diagram when the fact of `level` is in `cell`, for a level not under its first."""
        found, children = self.nodes[diagram]
        return children[cell] if found == level else diagram

    def single_tests(self, diagrams: Iterable[Diagram]) -> list[tuple[int, tuple[bool, ...]]] | None:
        """(level, whether each cell meets it), by level, where every diagram tests one fact and no two the same."""
        found: dict[int, tuple[bool, ...]] = {}
        for diagram in diagrams:
            level, children = self.nodes[diagram]
            if not children or level in found or any(child not in self.leaves for child in children):
                return None
            found[level] = tuple(bool(self.leaves[child]) for child in children)
        return sorted(found.items())

    def apply(self, combine: Callable[..., Hashable], *diagrams: Diagram) -> Diagram:
        """The diagram whose value is everywhere `combine` of the values of `diagrams`."""
        memo: dict[tuple[Diagram, ...], Diagram] = {}
        nodes, leaves, bottom = self.nodes, self.leaves, len(self.arities)

        def visit(at: tuple[Diagram, ...]) -> Diagram:
            made = memo.get(at)
            if made is not None:
                return made
            level = min([nodes[each][0] for each in at])
            if level == bottom:
                made = self.leaf(combine(*[leaves[each] for each in at]))
            else:
                made = self.node(level, [visit(below) for below in self._split(at, level)])
            memo[at] = made
            return made

        return visit(diagrams)

    def _split(self, at: tuple[Diagram, ...], level: int) -> Iterable[tuple[Diagram, ...]]:
        """What is left of the diagrams for each cell of the fact of `level`, where some of them begin."""
        arity = self.arities[level]
        columns = []
        for each in at:
            found, children = self.nodes[each]
            columns.append(children if found == level else (each,) * arity)
        return zip(*columns, strict=True)

    def choose(self, condition: Diagram, then: Diagram, otherwise: Diagram) -> Diagram:
        """`then` wherever the condition is true, and `otherwise` elsewhere.

        Stops where the condition is settled: one that looks only at facts above the others costs its own nodes alone.
        """
        memo: dict[tuple[Diagram, ...], Diagram] = {}
        nodes, leaves = self.nodes, self.leaves

        def visit(at: tuple[Diagram, ...]) -> Diagram:
            asked, yes, no = at
            if yes == no:
                return yes
            if asked in leaves:
                return yes if leaves[asked] else no
            made = memo.get(at)
            if made is None:
                level = min(nodes[asked][0], nodes[yes][0], nodes[no][0])
                made = memo[at] = self.node(level, [visit(below) for below in self._split(at, level)])
            return made

        return visit((condition, then, otherwise))

    def both(self, *diagrams: Diagram) -> Diagram:
        """True where all of the diagrams are; true everywhere where there are none."""
        found, never = self.leaf(True), self.leaf(False)
        for diagram in diagrams:
            found = self.choose(found, diagram, never)
        return found

    def without(self, diagram: Diagram, other: Diagram) -> Diagram:
        """True where the diagram is and the other is not."""
        return self.choose(other, self.leaf(False), diagram)

    def differ(self, one: Diagram, other: Diagram) -> Diagram:
        """True where the two diagrams have different values. Stops where they go on alike."""
        memo: dict[tuple[Diagram, ...], Diagram] = {}
        ends = self.leaf(False), self.leaf(True)

        def visit(at: tuple[Diagram, ...]) -> Diagram:
            first, second = at
            if first == second:
                return ends[False]
            if first in self.leaves and second in self.leaves:
                return ends[True]
            made = memo.get(at)
            if made is None:
                level = min(self.level(first), self.level(second))
                made = memo[at] = self.node(level, [visit(below) for below in self._split(at, level)])
            return made

        return visit((one, other))

    def fill(self, diagram: Diagram, gap: Hashable, condition: Diagram, value: Hashable) -> Diagram:
        """`value` wherever the diagram has the value `gap` and the condition is true; the diagram elsewhere.

        Stops where the diagram has another value: what an earlier rule settles costs a later one nothing.
        """
        memo: dict[tuple[Diagram, ...], Diagram] = {}
        nodes, leaves = self.nodes, self.leaves
        empty, filled = self.leaf(gap), self.leaf(value)

        def visit(at: tuple[Diagram, ...]) -> Diagram:
            now, asked = at
            if now in leaves and now != empty:
                return now
            if asked in leaves:
                if not leaves[asked]:
                    return now
                if now == empty:
                    return filled
            made = memo.get(at)
            if made is None:
                level = min(nodes[now][0], nodes[asked][0])
                made = memo[at] = self.node(level, [visit(below) for below in self._split(at, level)])
            return made

        return visit((diagram, condition))

    def taken_from(self, other: "Forest", diagram: Diagram) -> Diagram:
        """A diagram of another forest whose levels are the first ones of this."""
        memo: dict[Diagram, Diagram] = {}

        def visit(at: Diagram) -> Diagram:
            if at not in memo:
                level, children = other.nodes[at]
                below = [visit(child) for child in children]
                memo[at] = self.node(level, below) if below else self.leaf(other.leaves[at])
            return memo[at]

        return visit(diagram)

    def restrict(self, diagram: Diagram, fixed: Mapping[int, int]) -> Diagram:
        """What is left of the diagram when each level in `fixed` is in its one cell."""
        memo: dict[Diagram, Diagram] = {}

        def visit(at: Diagram) -> Diagram:
            if at not in memo:
                level, children = self.nodes[at]
                if not children:
                    memo[at] = at
                elif level in fixed:
                    memo[at] = visit(children[fixed[level]])
                else:
                    memo[at] = self.node(level, [visit(child) for child in children])
            return memo[at]

        return visit(diagram)

    def values(self, diagram: Diagram, allowed: Mapping[int, Iterable[int]] | None = None) -> frozenset[Hashable]:
        """Every value the diagram can still take. `allowed` limits the cells of some levels; other levels are free."""
        allowed = allowed or {}
        seen, stack, found = {diagram}, [diagram], set()
        while stack:
            at = stack.pop()
            level, children = self.nodes[at]
            if not children:
                found.add(self.leaves[at])
                continue
            for cell in allowed.get(level, range(len(children))):
                if children[cell] not in seen:
                    seen.add(children[cell])
                    stack.append(children[cell])
        return frozenset(found)

    def path(self, diagram: Diagram, value: Hashable) -> dict[int, int] | None:
        """One way to the value: level → cell, for the levels it passes; None where the value never comes.

        At each level the highest cell that leads there, so that the way does not depend on chance.
        """
        target = self.leaf(value)
        dead: set[Diagram] = set()

        def visit(at: Diagram) -> dict[int, int] | None:
            level, children = self.nodes[at]
            if not children or at in dead:
                return {} if at == target else None
            for cell in reversed(range(len(children))):
                below = visit(children[cell])
                if below is not None:
                    return {level: cell, **below}
            dead.add(at)
            return None

        return visit(diagram)

    def size(self, diagram: Diagram) -> int:
        """How many nodes the diagram has, leaves included."""
        seen, stack = {diagram}, [diagram]
        while stack:
            fresh = set(self.nodes[stack.pop()][1]) - seen
            seen |= fresh
            stack.extend(fresh)
        return len(seen)

    def cells_where(self, diagram: Diagram, levels: Sequence[int]) -> dict[int, frozenset[int]]:
        """Level → the cells in which a diagram of truths can be true. `levels` must be in order."""
        found: dict[int, set[int]] = {level: set() for level in levels}
        never = self.leaf(False)
        seen, stack = {diagram}, [diagram] if diagram != never else []
        if stack:
            self._free(found, -1, self.level(diagram))
        while stack:
            level, children = self.nodes[stack.pop()]
            for cell, child in enumerate(children):
                if child != never:
                    found[level].add(cell)
                    self._free(found, level, self.level(child))
                    if child not in seen:
                        seen.add(child)
                        stack.append(child)
        return {level: frozenset(cells) for level, cells in found.items()}

    def _free(self, found: Mapping[int, set[int]], above: int, below: int) -> None:
        """Every cell of the levels that are skipped between two others."""
        for level in range(above + 1, below):
            if level in found:
                found[level].update(range(self.arities[level]))

    def levels(self, diagram: Diagram) -> frozenset[int]:
        """The levels the diagram looks at anywhere: the facts that matter to it."""
        seen, stack, found = {diagram}, [diagram], set()
        while stack:
            level, children = self.nodes[stack.pop()]
            if children:
                found.add(level)
                fresh = set(children) - seen
                seen |= fresh
                stack.extend(fresh)
        return frozenset(found)

    def counts(
        self, diagram: Diagram, levels: Iterable[int], allowed: Mapping[int, Sequence[int]] | None = None
    ) -> dict[Hashable, int]:
        """Value → in how many situations over `levels` the diagram takes it. Exact whole numbers.

        `levels` must hold every level the diagram looks at. `allowed` limits the cells of some levels.
        """
        allowed = allowed or {}
        counted = sorted(levels)
        position = {level: number for number, level in enumerate(counted)} | {len(self.arities): len(counted)}
        sizes = [len(allowed.get(level, range(self.arities[level]))) for level in counted]
        memo: dict[Diagram, dict[Diagram, int]] = {}

        def skipped(above: int, below: int) -> int:
            return prod(sizes[above:below])

        def visit(at: Diagram) -> dict[Diagram, int]:
            if at in memo:
                return memo[at]
            level, children = self.nodes[at]
            if not children:
                return {at: 1}
            total: dict[Diagram, int] = {}
            for child in [children[cell] for cell in allowed[level]] if level in allowed else children:
                factor = skipped(position[level] + 1, position[self.level(child)])
                for leaf, count in visit(child).items():
                    total[leaf] = total.get(leaf, 0) + count * factor
            memo[at] = total
            return total

        factor = skipped(0, position[self.level(diagram)])
        return {self.leaves[leaf]: count * factor for leaf, count in visit(diagram).items()}
