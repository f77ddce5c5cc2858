"""Two versions on one record: which pairs of answers are possible.

A pair is possible when a completion of the record that the first version admits gives the first answer, one that the
second admits gives the second, and the two agree on every fact that both decisions read. A version is therefore
never seen to move anybody against itself, and a fact that only one side reads is free on that side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from greenpaper.framework.checked import Framework
from greenpaper.language.types import Known
from greenpaper.language.vocabulary import Fact
from greenpaper.situations.cells import Cells
from greenpaper.situations.compiled import Answer, Compiled, compile_in, terms_of
from greenpaper.situations.diagram import Diagram, Forest
from greenpaper.situations.space import Space, space_of

Pair = tuple[Answer, Answer]


@dataclass(frozen=True, slots=True)
class Together:
    """Two versions over one space. `unlike` are facts that the two declare with different types."""

    before: Compiled
    after: Compiled
    unlike: frozenset[str]

    def why_not_comparable(self, decision: str) -> str:
        """Empty when the decision can be compared; otherwise what stands in the way."""
        for side in (self.before, self.after):
            if decision not in side.decisions:
                return f"{side.framework.version} has no decision `{decision}`"
        shared = set(self.before.decisions[decision].reads) & set(self.after.decisions[decision].reads)
        apart = ", ".join(sorted(shared & self.unlike))
        return f"the two versions judge {apart} on different scales, and no mapping is given" if apart else ""


@lru_cache(maxsize=64)
def together(before: Framework, after: Framework) -> Together:
    """Both versions compiled over the cells that either can tell apart; unlike facts have levels for each side."""
    facts: dict[str, Fact] = {**after.vocabulary.facts, **before.vocabulary.facts}
    both = before.vocabulary.facts.keys() & after.vocabulary.facts.keys()
    unlike = frozenset(fact for fact in both if before.vocabulary.facts[fact].type != after.vocabulary.facts[fact].type)
    space = space_of((*terms_of(before), *terms_of(after)), facts)
    shared = tuple(each for each in space.cells if each.fact not in unlike)
    of_before, of_after = (_cells(each, unlike) for each in (before, after))
    left = Space((*shared, *of_before, *map(_unnamed, of_after)))
    right = Space((*shared, *map(_unnamed, of_before), *of_after))
    forest = Forest(left.arities)
    return Together(compile_in(before, left, forest), compile_in(after, right, forest), unlike)


def _cells(framework: Framework, facts: frozenset[str]) -> tuple[Cells, ...]:
    """The cells that one version alone can tell apart in these facts."""
    alone = space_of(terms_of(framework), framework.vocabulary.facts)
    return tuple(each for each in alone.cells if each.fact in facts)


def _unnamed(cells: Cells) -> Cells:
    """The cells as a level that no fact of the other version uses."""
    return replace(cells, fact="")


def possible_pairs(
    versions: Together, decision: str, before: Mapping[str, Known], after: Mapping[str, Known]
) -> frozenset[Pair]:
    """Every possible pair of answers, without the rules that gave them, on one record.

    `before` and `after` are the record's known facts in each version. A side whose constraints the record breaks is
    taken without them. Errors: the decision must be comparable.
    """
    left, left_levels = _restricted(versions.before, decision, before)
    right, right_levels = _restricted(versions.after, decision, after)
    forest = versions.before.forest
    shared = left_levels & right_levels
    memo: dict[tuple[Diagram, Diagram], frozenset[Pair]] = {}

    def visit(first: Diagram, second: Diagram) -> frozenset[Pair]:
        if (first, second) not in memo:
            memo[first, second] = frozenset(_pairs(first, second))
        return memo[first, second]

    def _pairs(first: Diagram, second: Diagram) -> set[Pair]:
        level = min(forest.level(first), forest.level(second))
        if level == len(forest.arities):
            ends = (forest.leaves[first], forest.leaves[second])
            match ends:
                case Answer(), Answer():
                    return {(ends[0].without_rules, ends[1].without_rules)}
                case _:
                    return set()
        cells = range(forest.arities[level])
        steps = zip(cells, cells, strict=True) if level in shared else product(cells, cells)
        return {
            pair
            for one, other in steps
            for pair in visit(forest.below(first, level, one), forest.below(second, level, other))
        }

    return visit(left, right)


def _restricted(side: Compiled, name: str, known: Mapping[str, Known]) -> tuple[Diagram, frozenset[int]]:
    """The decision's diagram on what is known, and the levels of the facts its rules read."""
    decision = side.decisions[name]
    situation = side.space.situate(known)
    rest = side.forest.restrict(decision.within, situation)
    if not any(isinstance(value, Answer) for value in side.forest.values(rest)):
        rest = side.forest.restrict(decision.free, situation)
    return rest, frozenset(side.space.level[fact] for fact in decision.reads)
