"""A decision as conditions: for each outcome, the term that says when the decision gives it.

This is how one decision is used as a fact of another: substituted, never passed on as a set of possible outcomes, so
that what belongs together stays together. Where no rule applies, or rules conflict, no outcome's term holds.
"""

from collections.abc import Iterable

from greenpaper.framework.checked import Decision, Resolve, Rule
from greenpaper.language.terms import NEVER, AllOf, AnyOf, Counted, Negated, Term


def outcome_terms(decision: Decision) -> dict[str, Term]:
    """Outcome id → term; empty for `every`, which has no single answer."""
    match decision.resolve:
        case Resolve.FIRST:
            return {outcome: _first(decision.rules, outcome) for outcome in decision.outcomes}
        case Resolve.AGREE:
            return {outcome: _agreed(decision.rules, outcome) for outcome in decision.outcomes}
        case Resolve.ONLY_ONE:
            return {outcome: _alone(decision.rules, outcome) for outcome in decision.outcomes}
        case Resolve.EVERY:
            return {}


def _first(rules: tuple[Rule, ...], outcome: str) -> Term:
    term: Term = NEVER
    for rule in reversed(rules):
        when = rule.when.term
        term = AnyOf((when, term)) if rule.outcome.id == outcome else AllOf((Negated(when), term))
    return term


def _agreed(rules: tuple[Rule, ...], outcome: str) -> Term:
    """Some rule for the outcome applies, and none for another."""
    others = AnyOf(tuple(rule.when.term for rule in rules if rule.outcome.id != outcome))
    return AllOf((AnyOf(_for(rules, outcome)), Negated(others)))


def _alone(rules: tuple[Rule, ...], outcome: str) -> Term:
    """Exactly one rule applies, and it is for the outcome."""
    every = tuple(rule.when.term for rule in rules)
    return AllOf((Counted(every, 1, 1), AnyOf(_for(rules, outcome))))


def _for(rules: Iterable[Rule], outcome: str) -> tuple[Term, ...]:
    return tuple(rule.when.term for rule in rules if rule.outcome.id == outcome)
