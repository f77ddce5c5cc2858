"""Constraints that exclude everything, or nothing, or nothing that the others do not exclude."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from greenpaper.analysis.counting import Counter
from greenpaper.framework.checked import Constraint, Force, Framework
from greenpaper.language.terms import facts_read
from greenpaper.situations.compiled import Compiled, compile_in, terms_of
from greenpaper.situations.diagram import Diagram, Forest
from greenpaper.situations.space import space_of


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Constraints that together exclude all `situations`, and no longer do so without any one of them."""

    constraints: tuple[Constraint, ...]
    facts: tuple[str, ...]
    situations: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A constraint that excludes none of `situations`, or (by force usual) flags none or `all` of them."""

    constraint: Constraint
    facts: tuple[str, ...]
    situations: int
    all: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """A constraint that excludes nothing beyond what `others` exclude."""

    constraint: Constraint
    others: tuple[Constraint, ...]


def contradiction(whole: Compiled) -> Contradiction | None:
    """The constraints to blame when nothing is admissible; None when something is."""
    forest = whole.forest
    if whole.admissible != forest.leaf(False):
        return None
    kept = _fewest(whole.framework.always, lambda some: _together(whole, some) == forest.leaf(False))
    facts = dict.fromkeys(fact for each in kept for fact in facts_read(each.condition.term))
    return Contradiction(kept, tuple(facts), whole.space.size(facts))


def idle(whole: Compiled) -> Iterator[Idle]:
    """Constraints that hold whatever the facts are, and unusual ones that say nothing of any admissible record."""
    for each in whole.framework.always:
        if _diagram(whole, each) == whole.forest.leaf(True):
            yield _idle(whole, each, ())
    if usual := [each for each in whole.framework.constraints if each.force is Force.USUAL]:
        wide = _with(whole, usual)
        for each in usual:
            counter = Counter(wide, facts_read(each.condition.term))
            holds = counter.within(_diagram(wide, each))
            if counter.inside != counter.no and holds in (counter.inside, counter.no):
                yield Idle(each, counter.facts, counter.situations, all=holds == counter.no)


def following(whole: Compiled) -> Iterator[Following]:
    """Constraints that follow from the others, the last first, each without those found before it."""
    kept = [each for each in whole.framework.always if _diagram(whole, each) != whole.forest.leaf(True)]
    for constraint in reversed(kept.copy()):
        others = [each for each in kept if each is not constraint]
        if _implied(whole, constraint, others):
            kept = others
            yield Following(constraint, _fewest(others, partial(_implied, whole, constraint)))


def never_demands(whole: Compiled, constraint: Constraint) -> bool:
    """Whether a constraint that limits excludes nothing because there is nowhere that it demands anything."""
    if constraint.where is None or constraint.force is not Force.ALWAYS:
        return False
    return whole.compiler.diagram(constraint.where.term) == whole.forest.leaf(False)


def _idle(whole: Compiled, constraint: Constraint, limits: Iterable[Constraint]) -> Idle:
    counter = Counter(whole, facts_read(constraint.condition.term), limits)
    return Idle(constraint, counter.facts, counter.situations)


def _with(whole: Compiled, usual: Iterable[Constraint]) -> Compiled:
    """The framework over cells that also tell apart what unusual constraints do."""
    framework: Framework = whole.framework
    terms = (*terms_of(framework), *(each.condition.term for each in usual))
    order = dict.fromkeys([cells.fact for cells in whole.space.cells])
    order |= dict.fromkeys(fact for term in terms for fact in facts_read(term))
    space = space_of(terms, framework.vocabulary.facts, order)
    return compile_in(framework, space, Forest(space.arities))


def _fewest(
    constraints: Iterable[Constraint], enough: Callable[[tuple[Constraint, ...]], bool]
) -> tuple[Constraint, ...]:
    """Constraints that are enough, and no longer so without any one of them: one after the other is left out."""
    kept = tuple(constraints)
    for each in kept:
        fewer = tuple(other for other in kept if other is not each)
        if enough(fewer):
            kept = fewer
    return kept


def _implied(whole: Compiled, constraint: Constraint, others: Iterable[Constraint]) -> bool:
    forest = whole.forest
    return forest.without(_together(whole, others), _diagram(whole, constraint)) == forest.leaf(False)


def _together(whole: Compiled, constraints: Iterable[Constraint]) -> Diagram:
    return whole.forest.both(*(_diagram(whole, each) for each in constraints))


def _diagram(whole: Compiled, constraint: Constraint) -> Diagram:
    return whole.compiler.diagram(constraint.condition.term)
