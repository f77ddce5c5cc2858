"""One record against one framework: what each decision says, which outcomes are still possible, and why.

The trace follows the rules in Kleene's logic; the possible answers come from the diagram, over every completion of
the record that the version's own constraints admit. On complete records the two agree.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from greenpaper.evaluation.conclusion import concluded, in_order
from greenpaper.evaluation.truth import Step, trace
from greenpaper.framework.checked import Constraint, Decision, Framework, LeftOpen, Outcome, Rule, Status
from greenpaper.language.terms import Named, facts_read, subterms
from greenpaper.language.types import Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import (
    NO_RULE,
    NOWHERE,
    Answer,
    Compiled,
    CompiledDecision,
    compiled,
    compiled_for,
    limited,
    terms_of,
    tied,
)
from greenpaper.situations.diagram import Diagram, TooLarge


@dataclass(frozen=True, slots=True)
class RuleStep:
    """One rule as it was tried: whether its condition holds (None is unknown), and how that came about."""

    rule: Rule
    step: Step

    @property
    def applies(self) -> bool | None:
        return self.step.value


@dataclass(frozen=True, slots=True)
class Settling:
    """What finding out one unknown fact would do: for each value it could have, the answers then possible."""

    fact: str
    leads_to: Mapping[str, tuple[Answer, ...]]

    @property
    def settles(self) -> bool:
        """Whether at least one value leaves a single answer."""
        return any(len(answers) == 1 for answers in self.leads_to.values())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one decision says of one record.

    `possible` are the answers that some admissible completion of the record gets; a single one decides. `rules` are
    the rules that can have made the decision. `left_open` covers the record where no rule applies. `settling` tells,
    for an undetermined record, what each unknown fact that matters would do. `silent` are decisions that this one
    reads and that give, or may give, no answer: comparisons with them are then false.
    """

    decision: Decision
    status: Status
    possible: tuple[Answer, ...]
    rules: tuple[Rule, ...]
    trace: tuple[RuleStep, ...]
    left_open: tuple[LeftOpen, ...] = ()
    settling: tuple[Settling, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The one outcome, or None when undetermined, without a rule, in conflict or inadmissible."""
        one = self.status is Status.DECIDED and len(self.possible[0].outcomes) == 1
        return self.decision.outcomes[self.possible[0].outcomes[0]] if one else None

    @property
    def rule(self) -> Rule | None:
        """The one rule that decided, when it is certain."""
        return self.rules[0] if self.status is Status.DECIDED and len(self.rules) == 1 else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A record under a framework: every decision's verdict, and the constraints the record breaks or strains."""

    framework: Framework
    facts: Facts
    decisions: Mapping[str, Verdict]
    broken: tuple[Constraint, ...]


def evaluate_facts(framework: Framework, facts: Facts) -> Evaluation:
    """Every decision of the framework on these facts. Records with the same values are worked out once."""
    read = _facts_read(framework)
    values = tuple((fact, facts.known[fact]) for fact in read if fact in facts.known)
    narrowed = tuple((fact, facts.narrowed[fact]) for fact in read if fact in facts.narrowed)
    verdicts, broken = _evaluated(framework, values, narrowed)
    return Evaluation(framework, facts, verdicts, broken)


@lru_cache(maxsize=64)
def _facts_read(framework: Framework) -> tuple[str, ...]:
    """Every fact that a rule, an open entry or a constraint of any force reads."""
    terms = (*terms_of(framework), *(each.condition.term for each in framework.constraints))
    return tuple(dict.fromkeys(fact for term in terms for fact in facts_read(term)))


@lru_cache(maxsize=4096)
def _evaluated(
    framework: Framework, values: tuple[tuple[str, Known], ...], narrowed: tuple[tuple[str, tuple[Known, ...]], ...]
) -> tuple[Mapping[str, Verdict], tuple[Constraint, ...]]:
    known = dict(values)
    try:
        return _evaluated_in(compiled(framework), framework, known, dict(narrowed))
    except TooLarge:
        return _evaluated_in(compiled_for(framework, known), framework, known, dict(narrowed))


def _evaluated_in(
    whole: Compiled, framework: Framework, known: Mapping[str, Known], narrowed: Mapping[str, tuple[Known, ...]]
) -> tuple[Mapping[str, Verdict], tuple[Constraint, ...]]:
    situation = whole.space.situate(known)
    whole = limited(whole, narrowed)
    admissible = True in whole.forest.values(whole.forest.restrict(whole.admissible, situation))
    verdicts = {
        name: _verdict(whole, decision, known, situation, admissible) for name, decision in whole.decisions.items()
    }
    heard = {name: replace(verdict, silent=_silent(verdict, verdicts)) for name, verdict in verdicts.items()}
    return heard, _broken(framework, known)


def _silent(verdict: Verdict, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    parts = (part for rule in verdict.decision.rules for part in subterms(rule.when.term))
    read = dict.fromkeys(part.name for part in parts if isinstance(part, Named) and part.name in verdicts)
    return tuple(
        name
        for name in read
        if any(not each.outcomes or each.status is Status.CONFLICT for each in verdicts[name].possible)
    )


def _verdict(
    whole: Compiled,
    decision: CompiledDecision,
    known: Mapping[str, Known],
    situation: Mapping[int, int],
    admissible: bool,
) -> Verdict:
    rest = whole.forest.restrict(decision.within if admissible else decision.free, situation)
    found = concluded(decision.decision, answers_in(whole, decision.decision, rest), admissible=admissible)
    without_rule = found.possible == (NO_RULE,)
    return Verdict(
        decision=decision.decision,
        status=found.status,
        possible=found.possible,
        rules=tuple(rule for rule in decision.decision.rules if rule.id in found.rules),
        trace=tuple(RuleStep(rule, trace(rule.when.term, known)) for rule in decision.decision.rules),
        left_open=_left_open(decision.decision, known) if without_rule else (),
        settling=_settling(whole, decision, rest, situation) if admissible and len(found.possible) > 1 else (),
    )


def answers_in(whole: Compiled, decision: Decision, diagram: Diagram) -> tuple[Answer, ...]:
    """The answers a diagram can still give: decided ones in the order of the outcomes, then no rule, then conflicts."""
    found = (value for value in whole.forest.values(diagram) if isinstance(value, Answer))
    return in_order(decision, tuple(found))


def _settling(
    whole: Compiled, decision: CompiledDecision, rest: Diagram, situation: Mapping[int, int]
) -> tuple[Settling, ...]:
    """For each fact that still matters to the answer, what each of its values would leave possible."""
    behaviour = whole.forest.apply(without_rules, rest)
    found = []
    for level in sorted(whole.forest.levels(behaviour) & _tied(whole, decision, situation)):
        cells = whole.space.cells[level]
        below = [whole.forest.restrict(behaviour, {level: number}) for number in range(len(cells))]
        leads_to, kinds = {}, set()
        for label, rest_of in zip(cells.labels, below, strict=True):
            if answers := answers_in(whole, decision.decision, rest_of):
                leads_to[label] = answers
                kinds.add(rest_of)
        if len(kinds) > 1:
            found.append(Settling(cells.fact, leads_to))
    return tuple(found)


def _tied(whole: Compiled, decision: CompiledDecision, situation: Mapping[int, int]) -> frozenset[int]:
    """The unknown facts that the decision reads, and those that constraints tie to them, however far."""
    forest = whole.forest
    rests = [forest.restrict(holds, situation) for _, holds in whole.ties()]
    read = forest.levels(forest.restrict(decision.free, situation))
    return tied(read, [(forest.levels(rest), rest) for rest in rests])[0]


def without_rules(value: object) -> Hashable:
    """An answer whichever rule gave it; what is outside the constraints as it is."""
    return value.without_rules if isinstance(value, Answer) else NOWHERE


def _left_open(decision: Decision, known: Mapping[str, Known]) -> tuple[LeftOpen, ...]:
    """The entries that may cover the record: those that are not false of it."""
    return tuple(entry for entry in decision.left_open if trace(entry.when.term, known).value is not False)


def _broken(framework: Framework, known: Mapping[str, Known]) -> tuple[Constraint, ...]:
    return tuple(each for each in framework.constraints if trace(each.condition.term, known).value is False)
