"""The situations that a statement is about: those the constraints admit, over the facts that can matter to it.

Counted are the facts that the decision or the statement reads and those that a constraint ties to them. Shared by
statements about one version and about two, whose diagrams then stand in one forest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenpaper.analysis.counting import always
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Decision, Framework, Status
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Graded, Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import NOWHERE, Answer, Compiled
from greenpaper.situations.diagram import Diagram, Forest

Situation = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The value of a diagram in admissible situations that the statement is not about."""


ELSEWHERE = Elsewhere()


def tied(levels: Iterable[int], sides: Sequence[Compiled]) -> frozenset[int]:
    """The levels, and those that constraints tie to any of them, however far."""
    found = set(levels)
    ties = [_levels(side, each.condition.term) for side in sides for each in always(side.framework)]
    while more := [tie for tie in ties if tie & found and not tie <= found]:
        found.update(*more)
    return frozenset(found)


def inside(levels: frozenset[int], sides: Sequence[Compiled]) -> Diagram:
    """Where the constraints on these levels hold; nowhere when those on other levels can never hold."""
    forest = sides[0].forest
    near = far = forest.leaf(True)
    for side in sides:
        for each in always(side.framework):
            diagram = side.compiler.diagram(each.condition.term)
            if _levels(side, each.condition.term) <= levels:
                near = forest.choose(near, diagram, near)
            else:
                far = forest.choose(far, diagram, far)
    return near if True in forest.values(far) else forest.leaf(False)


def said(side: Compiled, decision: str, admitted: Diagram, where: Diagram) -> Diagram:
    """What the decision answers, without the rules, in the situations in question."""

    def answer(fits: object, asked: object, found: object) -> Hashable:
        assert isinstance(found, Answer)
        return (found.without_rules if asked else ELSEWHERE) if fits else NOWHERE

    return side.forest.apply(answer, admitted, where, side.decisions[decision].free)


def example(forest: Forest, diagram: Diagram, levels: Iterable[int]) -> Situation | None:
    """One situation in which the diagram is true, highest in the order of the levels; None where there is none."""
    path = forest.path(diagram, True)
    return None if path is None else {level: path.get(level, forest.arities[level] - 1) for level in levels}


def that_matters(forest: Forest, situation: Situation, kept: Iterable[tuple[Diagram, Answer]]) -> Situation:
    """The situation without the facts that could as well be anything the constraints allow: each answer stays."""
    kept, fewest = tuple(kept), dict(situation)
    for level in situation:
        fewer = {each: cell for each, cell in fewest.items() if each != level}
        if all(forest.values(forest.restrict(diagram, fewer)) <= {NOWHERE, answer} for diagram, answer in kept):
            fewest = fewer
    return fewest


def values_of(side: Compiled, situation: Situation) -> dict[str, Known]:
    """Fact → its value, for the facts that the version itself knows, in the order of its vocabulary."""
    found = {side.space.cells[level].fact: side.space.cells[level].values[cell] for level, cell in situation.items()}
    return {fact: found[fact] for fact in side.framework.vocabulary.facts if fact in found}


def confirm(framework: Framework, decision: str, known: Mapping[str, Known], answer: Answer) -> None:
    """Evaluate the record. Raises AssertionError when it does not have this one answer."""
    verdict = evaluate_facts(framework, Facts(known, {})).decisions[decision]
    if verdict.status is Status.INADMISSIBLE or verdict.possible != (answer,):
        raise AssertionError(f"evaluation does not confirm the witness {known}: {verdict.possible}")


def outcomes_of(answer: Answer) -> tuple[str, ...]:
    """The outcomes that the decision settles on: none without a rule, and none in a conflict."""
    return () if answer.status is Status.CONFLICT else answer.outcomes


def places_of(decision: Decision) -> Mapping[tuple[str, ...], int]:
    """The outcome settled on → its place from best to worst, with no outcome last."""
    every: tuple[tuple[str, ...], ...] = (*((outcome,) for outcome in decision.outcomes), ())
    return {outcomes: place for place, outcomes in enumerate(every)}


def kind_in_words(frameworks: Iterable[Framework], facts: Iterable[str]) -> str:
    """`sets of grades` where every fact is a grade, `situations` otherwise."""
    known = {name: fact.type for framework in frameworks for name, fact in framework.vocabulary.facts.items()}
    kinds = [known[fact] for fact in facts]
    graded = all(isinstance(kind, Graded) and kind.scale.noun == "grade" for kind in kinds)
    return "sets of grades" if graded else "situations"


def _levels(side: Compiled, term: Term) -> frozenset[int]:
    return frozenset(side.space.level[fact] for fact in facts_read(term))
