"""All situations of a decision: how many no rule covers, against what the file declares open, and which rules overlap.

Counts are exact, over the facts that the decision reads and those that a constraint ties to them, within the
constraints. Every witness is replayed through the evaluation of one record before it is given out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.framework.checked import Decision, Force, Framework, LeftOpen, Rule
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import NO_RULE, Compiled, CompiledDecision, compiled
from greenpaper.situations.diagram import Diagram

Witness = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that both apply in `situations` situations. `agree` when they lead to the same outcome."""

    first: Rule
    second: Rule
    situations: int
    agree: bool
    witness: Witness


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the rules of one decision cover, of `situations` admissible ones over `facts`.

    `undeclared` are situations without a rule that `left_open` does not name; `needless` are those that an entry of it
    (by position) names although a rule applies. `never` are rules that apply nowhere. A witness names only the facts
    that matter: whatever the others are, the situation is one of those counted.
    """

    decision: Decision
    facts: tuple[str, ...]
    situations: int
    without_rule: int
    left_open: int
    undeclared: int
    needless: Mapping[int, int]
    gap_witness: Witness | None
    overlaps: tuple[Overlap, ...]
    never: tuple[Rule, ...]


def cover(framework: Framework) -> tuple[Coverage, ...]:
    """The coverage of every decision."""
    whole = compiled(framework)
    return tuple(_cover(whole, decision) for decision in whole.decisions.values())


def counted_facts(framework: Framework, decision: Decision) -> frozenset[str]:
    """The facts the decision's conditions read, and those that a constraint ties to any of these."""
    conditions = [rule.when for rule in decision.rules] + [entry.when for entry in decision.left_open]
    facts = {fact for when in conditions for fact in facts_read(when.term)}
    ties = [set(facts_read(term)) for term in _always(framework)]
    while more := [tie for tie in ties if tie & facts and not tie <= facts]:
        facts.update(*more)
    return frozenset(facts)


def _always(framework: Framework) -> tuple[Term, ...]:
    return tuple(each.condition.term for each in framework.constraints if each.force is Force.ALWAYS)


class _Counter:
    """One decision while its situations are counted."""

    def __init__(self, whole: Compiled, decision: CompiledDecision) -> None:
        self.whole, self.decision, self.forest = whole, decision, whole.forest
        counted = counted_facts(whole.framework, decision.decision)
        self.facts = tuple(fact for fact in whole.framework.vocabulary.facts if fact in counted)
        self.levels = [whole.space.level[fact] for fact in self.facts]
        tied = [term for term in _always(whole.framework) if set(facts_read(term)) <= counted]
        self.inside = self.holds(all, *(whole.compiler.diagram(term) for term in tied))

    def holds(self, combine: Callable[[tuple[object, ...]], bool], *diagrams: Diagram) -> Diagram:
        """Where `combine` holds of the values of the diagrams."""
        return self.forest.apply(lambda *values: combine(values), *diagrams) if diagrams else self.forest.leaf(True)

    def count(self, diagram: Diagram) -> int:
        return self.forest.counts(self.holds(all, self.inside, diagram), self.levels).get(True, 0)

    def witness(self, diagram: Diagram, confirm: Callable[[Evaluation], bool]) -> Witness | None:
        """The situation highest in the order of the facts, confirmed by evaluating it; None where there is none."""
        path = self.forest.path(self.holds(all, self.inside, diagram), True)
        if path is None:
            return None
        situation = {level: path.get(level, self.forest.arities[level] - 1) for level in self.levels}
        if not confirm(evaluate_facts(self.whole.framework, Facts(self._values(situation), {}))):
            raise AssertionError(f"evaluation does not confirm the witness {self._values(situation)}")
        return self._values(self._that_matter(diagram, situation))

    def _that_matter(self, diagram: Diagram, situation: Mapping[int, int]) -> Mapping[int, int]:
        """The situation without the facts that could as well be anything the constraints allow."""
        sure = self.holds(lambda values: not values[0] or bool(values[1]), self.inside, diagram)
        kept = dict(situation)
        for level in self.levels:
            fewer = {each: cell for each, cell in kept.items() if each != level}
            if self.forest.values(self.forest.restrict(sure, fewer)) == {True}:
                kept = fewer
        return kept

    def _values(self, situation: Mapping[int, int]) -> Witness:
        cells = self.whole.space.cells
        return {cells[level].fact: cells[level].values[situation[level]] for level in self.levels if level in situation}


def _cover(whole: Compiled, compiled_decision: CompiledDecision) -> Coverage:
    decision = compiled_decision.decision
    counter = _Counter(whole, compiled_decision)
    gap = counter.holds(lambda values: values[0] == NO_RULE, compiled_decision.free)
    named = counter.holds(any, whole.forest.leaf(False), *(_diagram(whole, entry) for entry in decision.left_open))
    undeclared = counter.holds(lambda values: bool(values[0] and not values[1]), gap, named)
    answers = whole.forest.counts(counter.holds(all, counter.inside), counter.levels)
    without_rule = counter.count(gap)
    seen = undeclared if counter.count(undeclared) else gap

    def confirms(evaluation: Evaluation) -> bool:
        return evaluation.decisions[decision.id].possible == (NO_RULE,)

    return Coverage(
        decision=decision,
        facts=counter.facts,
        situations=answers.get(True, 0),
        without_rule=without_rule,
        left_open=counter.count(named),
        undeclared=counter.count(undeclared),
        needless=dict(_needless(whole, decision, counter, gap)),
        gap_witness=counter.witness(seen, confirms),
        overlaps=tuple(_overlaps(whole, decision, counter)),
        never=tuple(rule for rule in decision.rules if not counter.count(_diagram(whole, rule))),
    )


def _needless(whole: Compiled, decision: Decision, counter: _Counter, gap: Diagram) -> Iterator[tuple[int, int]]:
    for number, entry in enumerate(decision.left_open):
        covered = counter.holds(lambda values: bool(values[1] and not values[0]), gap, _diagram(whole, entry))
        if count := counter.count(covered):
            yield number, count


def _diagram(whole: Compiled, statement: Rule | LeftOpen) -> Diagram:
    return whole.compiler.diagram(statement.when.term)


def _overlaps(whole: Compiled, decision: Decision, counter: _Counter) -> Iterator[Overlap]:
    for first, second in combinations(decision.rules, 2):
        both = counter.holds(all, _diagram(whole, first), _diagram(whole, second))
        confirm = partial(_both_apply, decision.id, {first.id, second.id})
        if (witness := counter.witness(both, confirm)) is not None:
            yield Overlap(first, second, counter.count(both), first.outcome == second.outcome, witness)


def _both_apply(decision: str, rules: set[str], evaluation: Evaluation) -> bool:
    applied = {step.rule.id for step in evaluation.decisions[decision].trace if step.applies}
    return rules <= applied
