"""The situations that a statement is about: those the constraints admit, over the facts that can matter to it.

Counted are the facts that the decision or the statement reads and those that a constraint ties to them. Shared by
statements about one version and about two, whose diagrams then stand in one forest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Decision, Framework, Status
from greenpaper.language.types import Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import NOWHERE, Answer, Compiled, Tie, tied
from greenpaper.situations.diagram import Diagram, Forest

Situation = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The value of a diagram in admissible situations that the statement is not about."""


ELSEWHERE = Elsewhere()


def tied_in(levels: Iterable[int], sides: Sequence[Compiled]) -> frozenset[int]:
    """The levels, and those that constraints of any side tie to them, however far."""
    return tied(frozenset(levels), _ties(sides))[0]


def inside(levels: frozenset[int], sides: Sequence[Compiled]) -> Diagram:
    """Where the constraints on these levels hold; nowhere when those on other levels can never hold."""
    forest, ties = sides[0].forest, _ties(sides)
    near = forest.both(*(holds for read, holds in ties if read <= levels))
    far = forest.both(*(holds for read, holds in ties if not read <= levels))
    return forest.leaf(False) if far == forest.leaf(False) else near


def _ties(sides: Iterable[Compiled]) -> list[Tie]:
    return [tie for side in sides for tie in side.ties()]


def said(side: Compiled, decision: str, admitted: Diagram, where: Diagram) -> Diagram:
    """What the decision answers, without the rules, in the situations in question."""

    def answer(fits: object, asked: object, found: object) -> Hashable:
        assert isinstance(found, Answer)
        return (found.without_rules if asked else ELSEWHERE) if fits else NOWHERE

    return side.forest.apply(answer, admitted, where, side.decisions[decision].free)


def that_matters(forest: Forest, situation: Situation, kept: Iterable[tuple[Diagram, Answer]]) -> Situation:
    """The situation without the facts that could as well be anything the constraints allow: each answer stays."""
    kept, fewest = tuple(kept), dict(situation)
    for level in situation:
        fewer = {each: cell for each, cell in fewest.items() if each != level}
        if all(
            forest.values(diagram, {each: (cell,) for each, cell in fewer.items()}) <= {NOWHERE, answer}
            for diagram, answer in kept
        ):
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
