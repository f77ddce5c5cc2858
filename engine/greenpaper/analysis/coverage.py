"""All situations of a decision: how many no rule covers, against what is declared open, and which rules overlap."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import combinations

from greenpaper.analysis.counting import Counter, Witness, whole_of
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.framework.checked import Decision, Framework, LeftOpen, Rule
from greenpaper.language.terms import facts_read
from greenpaper.situations.compiled import NO_RULE, Compiled, CompiledDecision
from greenpaper.situations.diagram import Diagram


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that both apply in `situations` situations. `agree` when they lead to the same outcome."""

    first: Rule
    second: Rule
    situations: int
    agree: bool
    witness: Witness


@dataclass(frozen=True, slots=True)
class Covered:
    """An entry of `left_open` (by position) that names `situations` in which one of `rules` applies."""

    entry: int
    situations: int
    rules: tuple[Rule, ...]
    witness: Witness


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the rules of one decision cover, of `situations` admissible ones over `facts`.

    `undeclared` are situations without a rule that `left_open` does not name; `needless` are entries of it that name
    others too. `never` are rules that apply nowhere. A witness names only the facts
    that matter: whatever the others are, the situation is one of those counted. `counter` counts more of the same
    situations, and `missing` is where those undeclared lie.
    """

    decision: Decision
    facts: tuple[str, ...]
    situations: int
    without_rule: int
    left_open: int
    undeclared: int
    needless: tuple[Covered, ...]
    gap_witness: Witness | None
    overlaps: tuple[Overlap, ...]
    never: tuple[Rule, ...]
    counter: Counter = field(compare=False, repr=False)
    missing: Diagram = field(compare=False, repr=False)

    @property
    def compiled(self) -> CompiledDecision:
        """The decision as diagrams, in the forest of the counter."""
        return self.counter.whole.decisions[self.decision.id]


@lru_cache(maxsize=16)
def cover(framework: Framework) -> tuple[Coverage, ...]:
    """The coverage of every decision. Errors: TooLarge."""
    whole = whole_of(framework)
    return tuple(_cover(whole, decision) for decision in whole.decisions.values())


def _read(decision: Decision) -> frozenset[str]:
    conditions = [rule.when for rule in decision.rules] + [entry.when for entry in decision.left_open]
    return frozenset(fact for when in conditions for fact in facts_read(when.term))


def _cover(whole: Compiled, compiled_decision: CompiledDecision) -> Coverage:
    decision = compiled_decision.decision
    counter = Counter(whole, _read(decision))
    gap = whole.forest.apply(lambda answer: answer == NO_RULE, compiled_decision.free)
    named = counter.either(*(_diagram(whole, entry) for entry in decision.left_open))
    undeclared = counter.within(whole.forest.without(gap, named))
    seen = undeclared if undeclared != counter.no else gap

    def confirms(evaluation: Evaluation) -> bool:
        return evaluation.decisions[decision.id].possible == (NO_RULE,)

    return Coverage(
        decision=decision,
        facts=counter.facts,
        situations=counter.situations,
        without_rule=counter.count(gap),
        left_open=counter.count(named),
        undeclared=counter.count(undeclared),
        needless=tuple(_needless(whole, decision, counter, gap)),
        gap_witness=counter.witness(seen, confirms),
        overlaps=tuple(_overlaps(whole, decision, counter)),
        never=tuple(rule for rule in decision.rules if not counter.holds_somewhere(_diagram(whole, rule))),
        counter=counter,
        missing=undeclared,
    )


def _needless(whole: Compiled, decision: Decision, counter: Counter, gap: Diagram) -> Iterator[Covered]:
    confirm = partial(_has_a_rule, decision.id)
    for number, entry in enumerate(decision.left_open):
        covered = whole.forest.without(_diagram(whole, entry), gap)
        if (witness := counter.witness(covered, confirm)) is not None:
            applying = (
                rule
                for rule in decision.rules
                if counter.holds_somewhere(whole.forest.both(covered, _diagram(whole, rule)))
            )
            yield Covered(number, counter.count(covered), tuple(applying), witness)


def _has_a_rule(decision: str, evaluation: Evaluation) -> bool:
    return NO_RULE not in evaluation.decisions[decision].possible


def _diagram(whole: Compiled, statement: Rule | LeftOpen) -> Diagram:
    return whole.compiler.diagram(statement.when.term)


def _overlaps(whole: Compiled, decision: Decision, counter: Counter) -> Iterator[Overlap]:
    for first, second in combinations(decision.rules, 2):
        both = whole.forest.both(_diagram(whole, first), _diagram(whole, second))
        confirm = partial(_both_apply, decision.id, {first.id, second.id})
        if (witness := counter.witness(both, confirm)) is not None:
            yield Overlap(first, second, counter.count(both), first.outcome == second.outcome, witness)


def _both_apply(decision: str, rules: set[str], evaluation: Evaluation) -> bool:
    applied = {step.rule.id for step in evaluation.decisions[decision].trace if step.applies}
    return rules <= applied
