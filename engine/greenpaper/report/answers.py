"""An answer and a value as plain data."""

from greenpaper.framework.checked import Status
from greenpaper.language.types import Known
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


def plain(value: Known) -> str | int | bool:
    """A value as JSON has it; decimals and dates as text."""
    match value:
        case bool() | int() | str():
            return value
        case _:
            return str(value)
