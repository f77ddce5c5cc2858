"""An answer as plain data."""

from greenpaper.framework.checked import Status
from greenpaper.situations.compiled import Answer


def answer_data(answer: Answer) -> str | list[str] | None:
    """An outcome's id, several of them, or None where no rule applies."""
    match answer.status, answer.outcomes:
        case Status.DECIDED, (outcome,):
            return outcome
        case Status.NO_RULE, _:
            return None
        case _, outcomes:
            return list(outcomes)
