"""Rules that have no effect: those that another always comes before, and those that nobody would miss."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from greenpaper.analysis.counting import Witness
from greenpaper.analysis.coverage import Coverage
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.framework.checked import Resolve, Rule
from greenpaper.situations.compiled import NO_RULE, Answer
from greenpaper.situations.diagram import Diagram


@dataclass(frozen=True, slots=True)
class Preceded:
    """A rule that applies in `situations` situations, in all of which one of `by` comes first."""

    rule: Rule
    situations: int
    by: tuple[Rule, ...]
    witness: Witness | None


@dataclass(frozen=True, slots=True)
class Needless:
    """A rule without which every situation would have the same answer, and one of those in which it applies."""

    rule: Rule
    situations: int
    witness: Witness | None


def preceded_rules(coverage: Coverage) -> Iterator[Preceded]:
    """Rules whose condition can be met, but which never decide because an earlier rule always does."""
    if coverage.decision.resolve is not Resolve.FIRST:
        return
    counter, compiled = coverage.counter, coverage.compiled
    for rule in coverage.decision.rules:
        applies = compiled.applies[rule.id]
        deciding = _deciding(coverage, applies)
        if rule in coverage.never or rule.id in deciding:
            continue
        confirm = partial(_applies_in_vain, coverage.decision.id, rule.id)
        by = tuple(each for each in coverage.decision.rules if each.id in deciding)
        yield Preceded(rule, counter.count(applies), by, counter.witness(applies, confirm))


def _deciding(coverage: Coverage, where: Diagram) -> frozenset[str]:
    """The rules that decide where the diagram holds."""
    counter = coverage.counter
    answers = counter.forest.choose(counter.within(where), coverage.compiled.free, counter.no)
    found = (value for value in counter.forest.values(answers) if isinstance(value, Answer))
    return frozenset(rule for answer in found for rule in answer.rules)


def _applies_in_vain(decision: str, rule: str, evaluation: Evaluation) -> bool:
    verdict = evaluation.decisions[decision]
    applied = any(step.applies for step in verdict.trace if step.rule.id == rule)
    return applied and rule not in {each.id for each in verdict.rules}


def needless_rules(coverage: Coverage, idle: Collection[Rule]) -> Iterator[Needless]:
    """Rules that could go without any change of behaviour, the last first, each without those found before it.

    `idle` are rules that are known to do nothing; they count as gone. Of rules that make each other needless all but
    one are found.
    """
    kept = [rule for rule in coverage.decision.rules if rule not in idle]
    match coverage.decision.resolve:
        case Resolve.FIRST:
            found = _needless_in_order(coverage, kept)
        case Resolve.AGREE | Resolve.EVERY:
            found = _needless_beside_others(coverage, kept)
        case Resolve.ONLY_ONE:  # without a rule that applies anywhere, no rule or one conflict less
            return
        case resolve:
            assert_never(resolve)
    for rule in found:
        applies = coverage.compiled.applies[rule.id]
        confirm = partial(_applies, coverage.decision.id, rule.id)
        yield Needless(rule, coverage.counter.count(applies), coverage.counter.witness(applies, confirm))


def _needless_in_order(coverage: Coverage, rules: Sequence[Rule]) -> Iterator[Rule]:
    """Rules after which another one with the same outcome would decide wherever they do."""
    counter, compiled, forest = coverage.counter, coverage.compiled, coverage.counter.forest
    decider = forest.apply(lambda answer: answer.rules, compiled.free)
    later = forest.leaf(NO_RULE.outcomes)
    for rule in reversed(rules):
        same = forest.leaf((rule.outcome.id,))
        decides = counter.within(forest.apply(lambda by, rule=rule: by == (rule.id,), decider))
        if forest.choose(decides, later, same) == same:
            yield rule
        else:
            later = forest.choose(compiled.applies[rule.id], same, later)


def _needless_beside_others(coverage: Coverage, rules: Sequence[Rule]) -> Iterator[Rule]:
    """Rules wherever which others with the same outcome apply."""
    counter, compiled, kept = coverage.counter, coverage.compiled, list(rules)
    for rule in reversed(rules):
        others = (compiled.applies[each.id] for each in kept if each is not rule and each.outcome == rule.outcome)
        if not counter.holds_somewhere(counter.forest.without(compiled.applies[rule.id], counter.either(*others))):
            kept.remove(rule)
            yield rule


def _applies(decision: str, rule: str, evaluation: Evaluation) -> bool:
    return any(step.applies for step in evaluation.decisions[decision].trace if step.rule.id == rule)
