"""What a decision comes to, given every answer that is still possible: the same for one record and for many."""

from collections.abc import Collection
from dataclasses import dataclass

from greenpaper.framework.checked import Decision, Status
from greenpaper.situations.compiled import Answer

ORDER_OF_STATUS = (Status.DECIDED, Status.NO_RULE, Status.CONFLICT)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a decision says of every record with these possible answers.

    `possible` are the answers without the rules that gave them; `rules` are the ids of those that can have decided.
    """

    status: Status
    possible: tuple[Answer, ...]
    rules: tuple[str, ...]

    @property
    def outcome(self) -> str | None:
        """The id of the one outcome, or None when undetermined, without a rule, in conflict or inadmissible."""
        one = self.status is Status.DECIDED and len(self.possible[0].outcomes) == 1
        return self.possible[0].outcomes[0] if one else None

    @property
    def rule(self) -> str | None:
        """The id of the one rule that decided, when it is certain."""
        return self.rules[0] if self.status is Status.DECIDED and len(self.rules) == 1 else None


def concluded(decision: Decision, answers: Collection[Answer], *, admissible: bool) -> Conclusion:
    """What follows from the answers, with the rules that gave them; `admissible` says whether constraints were kept."""
    ordered = in_order(decision, answers)
    possible = tuple(dict.fromkeys(answer.without_rules for answer in ordered))
    gave = {rule for answer in ordered for rule in answer.rules}
    status = possible[0].status if len(possible) == 1 else Status.UNDETERMINED
    return Conclusion(
        status if admissible else Status.INADMISSIBLE,
        possible,
        tuple(rule.id for rule in decision.rules if rule.id in gave),
    )


def in_order(decision: Decision, answers: Collection[Answer]) -> tuple[Answer, ...]:
    """Decided answers in the order of the outcomes, then no rule, then conflicts."""
    order = {name: number for number, name in enumerate(decision.outcomes)}
    rules = {rule.id: number for number, rule in enumerate(decision.rules)}

    def rank(answer: Answer) -> tuple[int, list[int], list[int]]:
        return (
            ORDER_OF_STATUS.index(answer.status),
            [order[name] for name in answer.outcomes],
            [rules[name] for name in answer.rules],
        )

    return tuple(sorted(answers, key=rank))
