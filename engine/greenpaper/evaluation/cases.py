"""The policy's own worked cases: each is evaluated, and what it expects is compared with what comes out."""

from dataclasses import dataclass

from greenpaper.evaluation.evaluate import Evaluation, Verdict, evaluate_facts
from greenpaper.framework.checked import Case, Expectation, Framework, Status
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Authority, Record


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run. `failures` say what was expected and what came out; none means it passed.

    `evaluation` is None where what is given cannot be evaluated.
    """

    case: Case
    failures: tuple[str, ...]
    evaluation: Evaluation | None = None

    @property
    def passed(self) -> bool:
        return not self.failures


def run_case(framework: Framework, case: Case) -> CaseResult:
    """Evaluate the case under the framework (composed with the case's own options)."""
    record = Record(Authority("", case.name), case.given)
    facts, wrong = facts_of(record, framework.vocabulary, as_of=case.as_of)
    if wrong:
        return CaseResult(case, tuple(f"`{each.fact}` is given as `{each.given}`: {each.message}" for each in wrong))
    evaluation = evaluate_facts(framework, facts)
    failures = (_failure(each, evaluation.decisions[each.decision]) for each in case.expectations)
    return CaseResult(case, tuple(failure for failure in failures if failure), evaluation)


def _failure(expected: Expectation, verdict: Verdict) -> str:
    came = ", ".join(label(each.outcomes, each.status) for each in verdict.possible)
    if expected.possible:
        possible = {label(each.outcomes, each.status) for each in verdict.possible}
        if set(expected.possible) != possible or verdict.status is Status.INADMISSIBLE:
            return f"`{expected.decision}` can be {came}; expected was {', '.join(expected.possible)}"
    elif expected.outcome != _said(verdict):
        return f"`{expected.decision}` is {_said(verdict)}{_among(verdict, came)}; expected was {expected.outcome}"
    if expected.rule and [rule.id for rule in verdict.rules] != [expected.rule]:
        rules = ", ".join(rule.id for rule in verdict.rules) or "no rule"
        return f"`{expected.decision}` was decided by {rules}; expected was {expected.rule}"
    return ""


def _said(verdict: Verdict) -> str:
    return verdict.outcome.id if verdict.outcome else str(verdict.status)


def _among(verdict: Verdict, came: str) -> str:
    return f" ({came})" if verdict.status is Status.UNDETERMINED else ""


def label(outcomes: tuple[str, ...], status: Status) -> str:
    """An answer in the words that cases use: outcome ids, or the status where there is none."""
    return " and ".join(outcomes) if status is Status.DECIDED else str(status)
