"""A lifted diagram as tables: consecutive facts merged while the table stays small, so that a walk is a few look-ups.

A step takes the state so far and the classes of its facts to the next state; the states after the last step are
conclusions. A decision over few facts is one step: a dense table of every combination of classes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from greenpaper.evaluation.conclusion import Conclusion, concluded
from greenpaper.framework.checked import Decision, Framework
from greenpaper.population.classes import Classes, cell_sets, classes_of
from greenpaper.population.lifting import Lifted, Possible, lifted
from greenpaper.situations.compiled import compiled
from greenpaper.situations.diagram import Diagram

MOST_ENTRIES = 16_384
"""A larger table leaves the nearer caches, and every look-up then costs more than the step it saves."""

Codes = NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Some consecutive facts: how many classes each has, and the next state for each state and combination.

    `table` has `states` times the product of `arities` entries, the first fact's class counting most.
    """

    facts: tuple[str, ...]
    arities: tuple[int, ...]
    table: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """One decision as steps; the number that comes out is an index into `conclusions`.

    There is at least one step: that of a decision in which no fact matters has none, and one entry.
    """

    decision: Decision
    steps: tuple[Step, ...]
    conclusions: tuple[Conclusion, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that matter, in the order of the steps."""
        return tuple(fact for step in self.steps for fact in step.facts)


@lru_cache(maxsize=64)
def classes_in(framework: Framework) -> dict[str, Classes]:
    """The classes of every fact of the framework, whether a rule reads it or not."""
    return {fact: classes_of(fact, (framework,)) for fact in framework.vocabulary.facts}


@lru_cache(maxsize=256)
def tables_of(framework: Framework, decision: str) -> Tables:
    """One decision of the framework as tables. Errors: TooLarge."""
    whole, classes = compiled(framework), classes_in(framework)
    sets = [cell_sets(classes[cells.fact], cells) for cells in whole.space.cells]
    found = lifted(whole, decision, sets)
    names = [whole.space.cells[level].fact for level in found.levels]
    return _tables(whole.framework.decisions[decision], found, names)


def _tables(decision: Decision, found: Lifted, names: Sequence[str]) -> Tables:
    steps, states, level = [], [found.root], 0
    while level < len(names):
        end = _end(found.forest.arities, len(states), level)
        reached = _reached(found, states, range(level, end))
        states = list(dict.fromkeys(reached))
        number = {state: at for at, state in enumerate(states)}
        table = np.array([number[each] for each in reached], dtype=smallest(len(states)))
        steps.append(Step(tuple(names[level:end]), found.forest.arities[level:end], table))
        level = end
    leaves: list[Possible] = [found.forest.leaves[state] for state in states]  # type: ignore[misc]
    return _in_order(decision, tuple(steps), [_concluded(decision, each) for each in leaves])


def _end(arities: Sequence[int], states: int, level: int) -> int:
    """One after the last level of the step that begins at `level`."""
    end = level + 1
    while end < len(arities) and states * prod(arities[level : end + 1]) <= MOST_ENTRIES:
        end += 1
    return end


def _reached(found: Lifted, states: Sequence[Diagram], levels: Sequence[int]) -> list[Diagram]:
    """Where each state leads for every combination of classes, in the order of their numbers."""
    forest = found.forest
    for level in levels:
        states = [forest.below(state, level, cell) for state in states for cell in range(forest.arities[level])]
    return list(states)


def _concluded(decision: Decision, possible: Possible) -> Conclusion:
    admissible = any(fits for fits, _ in possible)
    return concluded(decision, [answer for _, answer in possible], admissible=admissible)


def _in_order(decision: Decision, steps: tuple[Step, ...], conclusions: Sequence[Conclusion]) -> Tables:
    """The same with conclusions in an order that does not depend on how they were found, equal ones together."""
    ordered = sorted(dict.fromkeys(conclusions), key=lambda each: tuple(_rank(decision, each)))
    steps = steps or (Step((), (), np.zeros(1, np.uint8)),)
    place = {each: number for number, each in enumerate(ordered)}
    numbers = np.array([place[each] for each in conclusions], dtype=smallest(len(ordered)))
    *before, last = steps
    last = Step(last.facts, last.arities, numbers[last.table])
    return Tables(decision, (*before, last), tuple(ordered))


def _rank(decision: Decision, each: Conclusion) -> Iterator[object]:
    """Certain outcomes in their order, then by status, by how many answers are possible, and which."""
    statuses, outcomes = list(type(each.status)), list(decision.outcomes)
    rules = [rule.id for rule in decision.rules]
    yield statuses.index(each.status)
    yield len(each.possible)
    yield [(statuses.index(one.status), [outcomes.index(name) for name in one.outcomes]) for one in each.possible]
    yield [rules.index(rule) for rule in each.rules]


def smallest(count: int) -> type[np.unsignedinteger]:
    """The smallest type that holds the numbers below `count`, and one more that is none of them."""
    return np.uint8 if count < 256 else np.uint16 if count < 65_536 else np.uint32
