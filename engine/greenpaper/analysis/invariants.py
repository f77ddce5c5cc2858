"""Invariants of one version: each proved for all admissible situations, or refuted with one in which it fails.

The count of situations against it is exact. Every witness is replayed through the evaluation of one record before it
is given out, and names only the facts that matter to the answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
from greenpaper.evaluation.truth import trace
from greenpaper.framework.checked import Decision, Framework, Invariant
from greenpaper.framework.claims import AlwaysAnswered, Claim, Is, IsNot, NeverBetterThan, NeverWorsensAs
from greenpaper.language.terms import facts_read
from greenpaper.language.types import Known
from greenpaper.situations.compiled import Answer, Compiled, compile_in, terms_of
from greenpaper.situations.diagram import Diagram, Forest, TooLarge
from greenpaper.situations.order import Order, with_best_order
from greenpaper.situations.space import space_of

Fails = Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Against:
    """A situation in which the claim fails: the facts that matter to the answer, and the answer."""

    values: Mapping[str, Known]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Raised:
    """Two situations that differ in `fact` alone, the better value of which has the worse answer."""

    values: Mapping[str, Known]
    fact: str
    worse: Known
    better: Known
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Proof:
    """How an invariant fares, over `facts`, in the `about` situations it speaks of: `against` of them refute it.

    For a claim about what a better grade does, both count pairs of situations that differ in that grade alone.
    `too_large` says that it is too much to work out: nothing is then proved or refuted.
    """

    invariant: Invariant
    facts: tuple[str, ...]
    about: int
    against: int
    witness: Against | Raised | None
    too_large: bool = False

    @property
    def holds(self) -> bool:
        return not self.against and not self.too_large


@lru_cache(maxsize=64)
def prove(framework: Framework) -> tuple[Proof, ...]:
    """Every invariant of the framework."""
    return tuple(_prove(framework, each) for each in framework.invariants)


def _prove(framework: Framework, invariant: Invariant) -> Proof:
    """Each in a forest of its own, so that many small ones do not come to the limit together."""
    facts = framework.vocabulary.facts
    terms = (*terms_of(framework), *([invariant.where.term] if invariant.where else []))

    def build(order: Order, limit: int) -> Proof:
        space = space_of(terms, facts, order)
        return _Proving(compile_in(framework, space, Forest(space.arities, limit)), invariant).proof()

    try:
        return with_best_order(terms, facts, build)
    except TooLarge:
        return Proof(invariant, (), 0, 0, None, too_large=True)


@dataclass(slots=True)
class _Proving:
    """One invariant while it is proved. `said` is what the decision answers in the situations in question."""

    whole: Compiled
    invariant: Invariant
    levels: frozenset[int] = field(init=False)
    said: Diagram = field(init=False)

    def __post_init__(self) -> None:
        whole, where = self.whole, self.invariant.where
        read = {*whole.decisions[self.invariant.decision].reads, *(facts_read(where.term) if where else ())}
        if isinstance(self.invariant.claim, NeverWorsensAs):
            read.update(fact for fact in self.invariant.claim.facts if fact in whole.space.level)
        self.levels = tied_in((whole.space.level[fact] for fact in read), (whole,))
        asked = whole.compiler.diagram(where.term) if where else whole.forest.leaf(True)
        self.said = said(whole, self.invariant.decision, inside(self.levels, (whole,)), asked)

    def proof(self) -> Proof:
        match self.invariant.claim:
            case NeverWorsensAs(facts):
                return self._of_raising(facts)
            case claim:
                return self._of_single(fails(claim, self.decision))

    @property
    def decision(self) -> Decision:
        return self.whole.decisions[self.invariant.decision].decision

    def _of_single(self, wrong: Fails) -> Proof:
        forest = self.whole.forest
        asked = forest.apply(lambda answer: isinstance(answer, Answer), self.said)
        against = forest.apply(lambda answer: isinstance(answer, Answer) and wrong(answer), self.said)
        situation = first_situation(forest, sorted(self.levels), against)
        witness = None if situation is None else self._against(situation)
        return self._proof(self._count(asked, self.levels), self._count(against, self.levels), witness)

    def _against(self, situation: Mapping[int, int]) -> Against:
        answer = self._answer(situation)
        few = that_matters(self.whole.forest, situation, [(self.said, answer)])
        return Against(self._confirmed(situation, few, answer), answer)

    def _of_raising(self, facts: tuple[str, ...]) -> Proof:
        forest, worsens = self.whole.forest, self._worsens()
        about = against = 0
        witness: Raised | None = None
        for level in (self.whole.space.level[fact] for fact in facts if fact in self.whole.space.level):
            others = self.levels - {level}
            ends = [forest.restrict(self.said, {level: cell}) for cell in range(forest.arities[level])]
            for low, high in _steps(len(ends)):
                compared = forest.apply(worsens, ends[low], ends[high])
                counts = forest.counts(compared, others)
                about += counts.get(True, 0) + counts.get(False, 0)
                against += counts.get(True, 0)
                situation = None if witness else first_situation(forest, sorted(others), compared)
                witness = witness if situation is None else self._raised(situation, level, low, high)
        return self._proof(about, against, witness)

    def _worsens(self) -> Callable[[object, object], bool | None]:
        """Whether the second of two answers is the worse one; None where one of them is not in question."""
        places = places_of(self.decision)

        def worsens(low: object, high: object) -> bool | None:
            if not (isinstance(low, Answer) and isinstance(high, Answer)):
                return None
            return places[outcomes_of(low)] < places[outcomes_of(high)]

        return worsens

    def _raised(self, situation: Mapping[int, int], level: int, low: int, high: int) -> Raised:
        below, above = ({**situation, level: cell} for cell in (low, high))
        before, after = self._answer(below), self._answer(above)
        kept = [
            (self.whole.forest.restrict(self.said, {level: cell}), answer)
            for cell, answer in ((low, before), (high, after))
        ]
        few = that_matters(self.whole.forest, situation, kept)
        self._confirmed(below, {**few, level: low}, before)
        self._confirmed(above, {**few, level: high}, after)
        cells = self.whole.space.cells[level]
        return Raised(values_of(self.whole, few), cells.fact, cells.values[low], cells.values[high], before, after)

    def _confirmed(self, situation: Mapping[int, int], few: Mapping[int, int], answer: Answer) -> Mapping[str, Known]:
        """The few values. Raises AssertionError when evaluation says otherwise, of the situation or of the few."""
        where = self.invariant.where
        for known in (values_of(self.whole, situation), values_of(self.whole, few)):
            confirm(self.whole.framework, self.invariant.decision, known, answer)
        if where and trace(where.term, values_of(self.whole, situation)).value is not True:
            raise AssertionError(f"`{where.words}` is not true of the witness")
        return values_of(self.whole, few)

    def _answer(self, situation: Mapping[int, int]) -> Answer:
        (answer,) = self.whole.forest.values(self.whole.forest.restrict(self.said, situation))
        assert isinstance(answer, Answer)
        return answer

    def _count(self, diagram: Diagram, levels: frozenset[int]) -> int:
        return self.whole.forest.counts(diagram, levels).get(True, 0)

    def _proof(self, about: int, against: int, witness: Against | Raised | None) -> Proof:
        counted = {self.whole.space.cells[level].fact for level in self.levels}
        facts = tuple(fact for fact in self.whole.framework.vocabulary.facts if fact in counted)
        return Proof(self.invariant, facts, about, against, witness)


def fails(claim: Claim, decision: Decision) -> Fails:
    """The answers that refute a claim about single situations."""
    places = places_of(decision)
    match claim:
        case Is(outcomes):
            return lambda answer: not outcomes_of(answer) or not set(outcomes_of(answer)) <= set(outcomes)
        case IsNot(outcomes):
            return lambda answer: bool(set(outcomes_of(answer)) & set(outcomes))
        case NeverBetterThan(outcome):
            return lambda answer: places[outcomes_of(answer)] < places[outcome,]
        case AlwaysAnswered():
            return lambda answer: not outcomes_of(answer)
        case NeverWorsensAs():
            raise AssertionError("this claim is about pairs of situations")
        case _:
            assert_never(claim)


def _steps(cells: int) -> Iterator[tuple[int, int]]:
    """A worse and a better cell, near ones first. All of them, because constraints may forbid those between."""
    for step in range(1, cells):
        for low in range(cells - step):
            yield low, low + step
