"""How sure the numbers of a workload are: as sure as the least sure statement that they are worked out from.

Every option that is chosen counts as one of them, since any of its edits can have changed an amount.
"""

from collections.abc import Iterable, Iterator

from greenpaper.framework.checked import Amount, Confidence, Decision, Framework, Rule

SUREST_FIRST = tuple(Confidence)


def least_sure(each: Iterable[Confidence]) -> Confidence | None:
    """The least sure of them; None where there are none."""
    return max(each, key=SUREST_FIRST.index, default=None)


def footing(framework: Framework, decision: str, activities: Iterable[str]) -> Confidence | None:
    """How sure the load of these activities is in one version; None where it states nothing of them."""
    found = [sure for name in activities for sure in _confidences(framework, framework.decisions[decision], name)]
    return least_sure([*found, *(choice.confidence for choice in framework.choices)] if found else ())


def rules_of(decision: Decision, outcome: str) -> tuple[Rule, ...]:
    """The rules that lead to an outcome."""
    return tuple(rule for rule in decision.rules if rule.outcome.id == outcome)


def _confidences(framework: Framework, decision: Decision, activity: str) -> Iterator[Confidence]:
    """Of what the activity takes, of how often it follows, and of the rules by which it follows."""
    taken = framework.activities.get(activity)
    amounts: list[Amount | None] = [taken.inspectors, taken.days_on_site] if taken else []
    for outcome in decision.outcomes.values():
        if activity in (outcome.activities or {}):
            amounts.append((outcome.activities or {})[activity])
            yield from (rule.confidence for rule in rules_of(decision, outcome.id))
    yield from (each.confidence for each in amounts if each and each.confidence)
