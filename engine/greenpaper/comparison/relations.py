"""What two versions must keep between them: proved for all situations that both admit, or refuted with one.

Facts that one version alone reads are free. Outcomes are matched by id, in the order of the first version.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from greenpaper.analysis.asked import (
    confirm,
    inside,
    outcomes_of,
    places_of,
    said,
    that_matters,
    tied_in,
    values_of,
)
from greenpaper.analysis.witnesses import first_situation
from greenpaper.comparison.together import Together, all_facts, both_terms, join, why_apart
from greenpaper.evaluation.truth import trace
from greenpaper.framework.checked import Relation
from greenpaper.framework.claims import IsNot, SecondIs
from greenpaper.language.terms import facts_read
from greenpaper.language.types import Known
from greenpaper.situations.compiled import Answer
from greenpaper.situations.diagram import Diagram, TooLarge
from greenpaper.situations.order import Order, with_best_order


@dataclass(frozen=True, slots=True)
class Apart:
    """A situation in which the claim fails, as each version sees it, and what each answers."""

    before: Mapping[str, Known]
    after: Mapping[str, Known]
    first: Answer
    second: Answer


@dataclass(frozen=True, slots=True)
class RelationProof:
    """How a relation fares, over `facts`, in the `about` situations it speaks of: `against` of them refute it.

    `why_not` says why the versions cannot be compared, and `too_large` that they can and that it is too much to work
    out; the rest is then empty, and nothing is proved.
    """

    relation: Relation
    facts: tuple[str, ...] = ()
    about: int = 0
    against: int = 0
    witness: Apart | None = None
    why_not: str = ""
    too_large: bool = False

    @property
    def holds(self) -> bool:
        return not self.against and not self.why_not and not self.too_large


def prove_relation(relation: Relation) -> RelationProof:
    """The relation over all situations that both versions admit."""
    before, after = relation.before, relation.after
    more = (relation.where.term,) if relation.where else ()
    facts = all_facts(before, after)

    def build(order: Order, limit: int) -> RelationProof:
        return _prove(relation, join(before, after, order, limit, more=more))

    try:
        return with_best_order((*both_terms(before, after), *more), facts, build)
    except TooLarge:
        return RelationProof(relation, too_large=True)


def why_not_comparable(relation: Relation, versions: Together) -> str:
    """Empty when the relation can be proved or refuted; otherwise what stands in the way."""
    read = facts_read(relation.where.term) if relation.where else ()
    return versions.why_not_comparable(relation.decision) or why_apart(relation.before, relation.after, read)


def _prove(relation: Relation, versions: Together) -> RelationProof:
    if why_not := why_not_comparable(relation, versions):
        return RelationProof(relation, why_not=why_not)
    sides, forest = (versions.before, versions.after), versions.forest
    asked = versions.before.compiler.diagram(relation.where.term) if relation.where else forest.leaf(True)
    read = {side.space.level[fact] for side in sides for fact in side.decisions[relation.decision].reads}
    wanted = facts_read(relation.where.term) if relation.where else ()
    levels = tied_in({*read, *(versions.before.space.level[fact] for fact in wanted)}, sides)
    admitted = inside(levels, sides)
    first, second = (said(side, relation.decision, admitted, asked) for side in sides)
    fails = _fails(relation)
    about = forest.apply(lambda one: isinstance(one, Answer), first)
    against = forest.apply(lambda one, other: isinstance(one, Answer) and fails(one, other), first, second)
    situation = first_situation(forest, sorted(levels), against)
    names = {versions.reading.cells[level].fact for level in levels}
    return RelationProof(
        relation,
        tuple(sorted(names, key=[*all_facts(relation.before, relation.after), *names].index)),
        forest.counts(about, levels).get(True, 0),
        forest.counts(against, levels).get(True, 0),
        None if situation is None else _witness(relation, versions, (first, second), situation),
    )


def _fails(relation: Relation) -> Callable[[Answer, Answer], bool]:
    """The pairs of answers that refute the claim."""
    places = places_of(relation.before.decisions[relation.decision])
    match relation.claim:
        case IsNot(outcomes):
            return lambda first, second: bool(set(outcomes_of(second)) & set(outcomes))
        case SecondIs.SAME:
            return lambda first, second: set(outcomes_of(first)) != set(outcomes_of(second))
        case SecondIs.NEVER_WORSE:
            return lambda first, second: places[outcomes_of(first)] < places[outcomes_of(second)]
        case SecondIs.NEVER_BETTER:
            return lambda first, second: places[outcomes_of(first)] > places[outcomes_of(second)]
        case _:
            assert_never(relation.claim)


def _witness(
    relation: Relation, versions: Together, diagrams: tuple[Diagram, Diagram], situation: Mapping[int, int]
) -> Apart:
    """The situation by the facts that matter. Raises AssertionError when an evaluation says otherwise."""
    forest, sides = versions.forest, (versions.before, versions.after)
    answers = []
    for diagram in diagrams:
        (answer,) = forest.values(forest.restrict(diagram, situation))
        assert isinstance(answer, Answer)
        answers.append(answer)
    few = that_matters(forest, situation, zip(diagrams, answers, strict=True))
    for side, answer in zip(sides, answers, strict=True):
        confirm(side.framework, relation.decision, values_of(side, situation), answer)
    everything = {**values_of(versions.after, situation), **values_of(versions.before, situation)}
    if relation.where and trace(relation.where.term, everything).value is not True:
        raise AssertionError(f"`{relation.where.words}` is not true of the witness")
    return Apart(values_of(versions.before, few), values_of(versions.after, few), *answers)
