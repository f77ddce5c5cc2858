"""A set of situations in few words: conditions that together hold in all of it and nowhere else.

Every region is a conjunction of short tests that holds, within the constraints, only inside the set, and from which no
test can be left out: a prime implicant over the tests of `literals`. A region begins at one situation that no earlier
region holds; its tests are the cheapest that keep every situation outside the set away. They are found by an implicit
hitting set: choose the cheapest tests that refuse every outsider seen so far, look for an outsider that they let in,
and go on until there is none. Regions that the others make superfluous are dropped, and those that share situations
are marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from greenpaper.analysis.hitting import hitting_until
from greenpaper.analysis.literals import Literal
from greenpaper.analysis.witnesses import first_situation
from greenpaper.language.terms import AllOf, Term, facts_read
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Diagram
from greenpaper.situations.nearest import nearest

MOST_REGIONS = 12
MOST_NODES = 20_000  # more than this to describe one set is given up
Situation = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the set: the condition, how many of its situations it holds, and how many that no earlier one does.

    `shares` says that some of them are in another region too. `follows` is what the constraints say of facts that the
    condition does not name. `where` is true in those situations.
    """

    term: Term
    words: str
    situations: int
    further: int
    shares: bool
    follows: tuple[str, ...]
    where: Diagram


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of a set, the largest first, and how many of its situations are beyond the most that are listed."""

    regions: tuple[Region, ...]
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class _Test:
    """A literal with its diagram, for the situations in hand."""

    literal: Literal
    diagram: Diagram


class Describer:
    """Describes sets of situations within `inside`, with one stock of tests.

    `levels` are those of the counted facts, in the order in which facts are named.
    """

    def __init__(self, compiler: Compiler, levels: Sequence[int], inside: Diagram, literals: Sequence[Literal]) -> None:
        self.compiler, self.forest = compiler, compiler.forest
        self.declared, self.levels, self.inside = tuple(levels), tuple(sorted(levels)), inside
        self.never = self.forest.leaf(False)
        cheapest: dict[Diagram, _Test] = {}
        for literal in literals:
            diagram = compiler.diagram(literal.term)
            if diagram not in cheapest or literal.cost < cheapest[diagram].literal.cost:
                cheapest[diagram] = _Test(literal, diagram)
        self.tests = tuple(test for test in cheapest.values() if test.diagram not in self.forest.leaves)

    def describe(self, target: Diagram, *, most: int = MOST_REGIONS) -> Regions:
        """The regions of the set where `target` is true, inside. Errors: TooHard, TooLarge."""
        usual = self.forest.limit
        self.forest.limit = min(usual, len(self.forest.nodes) + MOST_NODES)
        try:
            return self._described(target, most)
        finally:
            self.forest.limit = usual

    def _described(self, target: Diagram, most: int) -> Regions:
        members = self.forest.both(target, self.inside)
        outside = self.forest.without(self.inside, target)
        left = members
        found: list[tuple[tuple[_Test, ...], Diagram]] = []
        while left != self.never and len(found) < most:
            tests = self._region(left, outside)
            where = members
            for test in tests:
                where = self.forest.both(where, test.diagram)
            found.append((tests, where))
            left = self.forest.without(left, where)
        kept = self._needed(found, members) if left == self.never else found
        kept.sort(key=lambda each: -self.count(each[1]))
        return Regions(tuple(self._told(kept, members)), self.count(left))

    def count(self, diagram: Diagram) -> int:
        """In how many situations the diagram is true."""
        return self.forest.counts(diagram, self.levels).get(True, 0)

    def _region(self, left: Diagram, outside: Diagram) -> tuple[_Test, ...]:
        """The cheapest tests that hold at one situation of `left` and together let no situation of `outside` in."""
        start = first_situation(self.forest, self.levels, left)
        assert start is not None
        usable = [test for test in self.tests if self._holds(test.diagram, start)]

        def let_in(chosen: frozenset[int]) -> frozenset[int] | None:
            left_in = outside
            for number in chosen:
                left_in = self.forest.both(left_in, usable[number].diagram)
            outsider = nearest(self.forest, left_in, True, start)
            if outsider is None:
                return None
            return frozenset(number for number, test in enumerate(usable) if not self._holds(test.diagram, outsider))

        chosen = hitting_until([test.literal.cost for test in usable], let_in)
        return tuple(usable[number] for number in sorted(chosen))

    def _holds(self, diagram: Diagram, situation: Situation) -> bool:
        nodes = self.forest.nodes
        level, children = nodes[diagram]
        while children:
            diagram = children[situation[level]]
            level, children = nodes[diagram]
        return bool(self.forest.leaves[diagram])

    def _needed(
        self, found: list[tuple[tuple[_Test, ...], Diagram]], members: Diagram
    ) -> list[tuple[tuple[_Test, ...], Diagram]]:
        """The regions without those whose situations the others hold too."""
        kept = list(found)
        for each in found:
            rest = members
            for _, where in (other for other in kept if other is not each):
                rest = self.forest.without(rest, where)
            if rest == self.never:
                kept.remove(each)
        return kept

    def _told(self, kept: Sequence[tuple[tuple[_Test, ...], Diagram]], members: Diagram) -> list[Region]:
        sharing = {
            number
            for pair in combinations(range(len(kept)), 2)
            if self.forest.both(kept[pair[0]][1], kept[pair[1]][1]) != self.never
            for number in pair
        }
        told, left = [], members
        for number, (tests, where) in enumerate(kept):
            rest = self.forest.without(left, where)
            terms = tuple(test.literal.term for test in sorted(tests, key=self._reading_order))
            words = " and ".join(term.words for term in terms)
            told.append(
                Region(
                    AllOf(terms, words),
                    words,
                    self.count(where),
                    self.count(left) - self.count(rest),
                    number in sharing,
                    tuple(self._follows(terms, where)),
                    where,
                )
            )
            left = rest
        return told

    def _reading_order(self, test: _Test) -> tuple[bool, int, int, str]:
        """Single facts first, then groups; facts in their own order, and none before some."""
        levels = self.forest.levels(test.diagram)
        several = getattr(test.literal.term, "least", 0)
        return len(levels) > 1, min(self.declared.index(each) for each in levels), several, test.literal.words

    def _follows(self, terms: Sequence[Term], where: Diagram) -> Iterator[str]:
        """What holds of facts that the condition does not name, wherever it holds inside."""
        if self.inside in self.forest.leaves:
            return
        held, inside = (self.forest.cells_where(each, self.levels) for each in (where, self.inside))
        named = {self.compiler.space.level[fact] for term in terms for fact in facts_read(term)}
        for level in self.declared:
            if level in named:
                continue
            left = held[level]
            if len(left) < len(inside[level]):
                said = (test.literal for test in self.tests if self._cells_met(test.diagram, level) == left)
                if best := min(said, key=lambda each: each.cost, default=None):
                    yield best.words

    def _cells_met(self, diagram: Diagram, level: int) -> frozenset[int] | None:
        """The cells of a test of this one fact; None for other tests."""
        found, children = self.forest.nodes[diagram]
        if found != level or any(child not in self.forest.leaves for child in children):
            return None
        return frozenset(cell for cell, child in enumerate(children) if self.forest.leaves[child])
