"""What the cases of a version try: which rules decide in one that passes, and which conditions hold and fail in some.

A condition is here one comparison or quantity, the smallest part of a rule's condition that has words of its own. A
case tries the decisions that it expects something of, and those that these read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from greenpaper.evaluation.cases import CaseResult
from greenpaper.evaluation.evaluate import Evaluation, Verdict
from greenpaper.evaluation.truth import Truth, trace
from greenpaper.framework.checked import Decision, Framework, Resolve, Rule, Status
from greenpaper.language.terms import AllOf, AnyOf, Named, Negated, Term, subterms
from greenpaper.source.text import Span

Key = tuple[str, str]
"""A rule by its decision and its id, or a condition by the address of what it is part of and its words."""


@dataclass(frozen=True, slots=True)
class RuleTried:
    """A rule, and whether it surely decided in a case that passes. `under` are the options without which it is not."""

    decision: str
    rule: Rule
    under: tuple[str, ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class ConditionTried:
    """A condition, and whether it was true in one case that passes, and false in one.

    `about` is the address of the rule or the definition it is part of; `span` is where it stands.
    """

    about: str
    words: str
    span: Span | None
    under: tuple[str, ...]
    holds: bool
    fails: bool

    @property
    def is_covered(self) -> bool:
        return self.holds and self.fails


@dataclass(frozen=True, slots=True)
class CaseCoverage:
    """Every rule of a version under any of its options, and every condition in them."""

    rules: tuple[RuleTried, ...]
    conditions: tuple[ConditionTried, ...]


def case_coverage(frameworks: Sequence[Framework], results: Iterable[CaseResult]) -> CaseCoverage:
    """What the cases that pass try, of all that is in the frameworks: a version, and the same under other options.

    A rule or a condition that stands in several of them counts once. Unknown: a condition that is unknown in a case is
    neither true nor false in it, and a rule that only perhaps decided did not.
    """
    first = frameworks[0]
    frameworks = sorted(frameworks, key=lambda each: len(_options(each, first)))
    decided: set[Key] = set()
    values: dict[Key, set[Truth]] = defaultdict(set)
    for result in results:
        if result.passed and result.evaluation:
            for decision in _tried(result, result.evaluation):
                verdict = result.evaluation.decisions[decision.id]
                decided.update((decision.id, rule.id) for rule in _deciding(verdict))
                for key, term in _conditions(result.evaluation.framework, decision):
                    values[key].add(trace(term, result.evaluation.facts.known).value)
    return CaseCoverage(tuple(_rules(frameworks, decided)), tuple(_all_conditions(frameworks, values)))


def _tried(result: CaseResult, evaluation: Evaluation) -> Iterator[Decision]:
    """The decisions that the case expects something of, and those that these read."""
    decisions = evaluation.framework.decisions
    expected = {each.decision for each in result.case.expectations}
    parts = (part for name in expected for rule in decisions[name].rules for part in subterms(rule.when.term))
    read = {part.name for part in parts if isinstance(part, Named)}
    return (decision for name, decision in decisions.items() if name in expected | read)


def _deciding(verdict: Verdict) -> tuple[Rule, ...]:
    """The rules that surely decided: the only one that can have, or where several do together, those that apply."""
    if verdict.status is not Status.DECIDED:
        return ()
    if verdict.rule or verdict.decision.resolve is Resolve.FIRST:
        return (verdict.rule,) if verdict.rule else ()
    applying = {step.rule.id for step in verdict.trace if step.applies}
    return tuple(rule for rule in verdict.rules if rule.id in applying)


def _conditions(framework: Framework, decision: Decision) -> Iterator[tuple[Key, Term]]:
    """Every condition in the rules; those in a definition are its own, wherever it is used."""
    for rule in decision.rules:
        yield from _inside(framework, f"decisions/{decision.id}/rules/{rule.id}", rule.when.term)


def _inside(framework: Framework, about: str, term: Term) -> Iterator[tuple[Key, Term]]:
    match term:
        case AllOf(parts=parts) | AnyOf(parts=parts) if all(part.words for part in parts):
            for part in parts:
                yield from _inside(framework, about, part)
        case Negated(part=part) if part.words:
            yield from _inside(framework, about, part)
        case Named(name, part) if name in framework.vocabulary.definitions:
            yield from _inside(framework, f"definitions/{name}", part)
        case _:
            yield (about, term.words), term


def _rules(frameworks: Sequence[Framework], decided: set[Key]) -> Iterator[RuleTried]:
    seen: set[Key] = set()
    for framework in frameworks:
        for decision in framework.decisions.values():
            for rule in decision.rules:
                key = (decision.id, rule.id)
                if key not in seen:
                    yield RuleTried(decision.id, rule, _options(framework, frameworks[0]), key in decided)
                seen.add(key)


def _all_conditions(frameworks: Sequence[Framework], values: Mapping[Key, set[Truth]]) -> Iterator[ConditionTried]:
    seen: set[Key] = set()
    for framework in frameworks:
        places = _places(framework)
        for decision in framework.decisions.values():
            for key, _ in _conditions(framework, decision):
                if key not in seen:
                    place, found = places[key[0]], values.get(key, set())
                    span, under = place.of(key[1]) if place else None, _options(framework, frameworks[0])
                    yield ConditionTried(*key, span, under, True in found, False in found)
                seen.add(key)


def _places(framework: Framework) -> Mapping[str, Span | None]:
    """The address of each condition that rules have or use → where it stands."""
    rules = {
        f"decisions/{decision.id}/rules/{rule.id}": rule.when.span
        for decision in framework.decisions.values()
        for rule in decision.rules
    }
    return rules | {f"definitions/{name}": each.span for name, each in framework.vocabulary.definitions.items()}


def _options(framework: Framework, first: Framework) -> tuple[str, ...]:
    """The options chosen in the framework and not in the first one."""
    chosen = {(each.proposal, each.option) for each in first.choices}
    return tuple(
        f"{each.proposal}={each.option}" for each in framework.choices if (each.proposal, each.option) not in chosen
    )
