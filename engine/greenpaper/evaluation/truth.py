"""A term's value on one record: true, false, or unknown (None), by Kleene's rules, which are also SQL's.

A comparison that reads an unknown fact is unknown. `and` is false when a part is; `or` is true when a part is; a
count is true or false when the known parts settle it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from greenpaper.language.terms import (
    AllOf,
    AnyOf,
    Compared,
    Counted,
    IsKnown,
    Named,
    Negated,
    OneOf,
    Term,
    compared_holds,
    facts_of,
    facts_read,
)
from greenpaper.language.types import Known

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a condition, its value, and the parts it was worked out from."""

    term: Term
    value: Truth
    parts: tuple["Step", ...] = ()


def trace(term: Term, known: Mapping[str, Known]) -> Step:
    """The value of the term where facts that are not in `known` are unknown, with every step to it."""
    match term:
        case Compared():
            unknown = any(fact not in known for fact in facts_of(term))
            return Step(term, None if unknown else compared_holds(term, known))
        case OneOf(fact=fact, values=values):
            return Step(term, known[fact] in values if fact in known else None)
        case IsKnown(fact=fact):
            return Step(term, fact in known)
        case Counted(parts=parts, least=least, most=most):
            steps = tuple(trace(part, known) for part in parts)
            return Step(term, _count(steps, least, most), steps)
        case AllOf(parts=parts):
            steps = tuple(trace(part, known) for part in parts)
            return Step(term, _count(steps, len(parts), len(parts)), steps)
        case AnyOf(parts=parts):
            steps = tuple(trace(part, known) for part in parts)
            return Step(term, _count(steps, 1, len(parts)), steps)
        case Negated(part=part):
            step = trace(part, known)
            return Step(term, None if step.value is None else not step.value, (step,))
        case Named(part=part):
            step = trace(part, known)
            return Step(term, step.value, (step,))
        case _:
            assert_never(term)


def _count(steps: Sequence[Step], least: int, most: int) -> Truth:
    """Whether between `least` and `most` of the steps hold."""
    true = sum(step.value is True for step in steps)
    unknown = sum(step.value is None for step in steps)
    if true > most or true + unknown < least:
        return False
    return True if least <= true and true + unknown <= most else None


def reasons(step: Step) -> tuple[Step, ...]:
    """The smallest parts that made the step what it is: those that agree with it, down to single tests.

    Where a step is unknown, these are the unknown parts. A test that is worked out from parts without words of their
    own, such as `is between`, is one reason.
    """
    match step.term:
        case AllOf() | AnyOf() if all(part.term.words for part in step.parts):
            deciding = [part for part in step.parts if part.value is step.value]
            return tuple(reason for part in deciding for reason in reasons(part))
        case Named():
            return (step,)
        case _:
            return (step,)


def deciding_facts(step: Step) -> tuple[str, ...]:
    """The facts that made the step what it is; of a count, those of the members that decided it."""
    match step.term:
        case Counted(least=least):
            wanted = _decisive(step, least)
            members = [part for part in step.parts if part.value in wanted]
            return tuple(dict.fromkeys(fact for part in members for fact in deciding_facts(part)))
        case Negated():
            return deciding_facts(step.parts[0])
        case _:
            return facts_read(step.term)


def _decisive(step: Step, least: int) -> tuple[Truth, ...]:
    """Which members of a count tell why it holds, fails or is unknown: those that hold, or those that do not."""
    held = sum(part.value is True for part in step.parts)
    match step.value:
        case None:
            return (None,)
        case True:
            return (True,) if least else (False, None)
        case False:
            return (False, None) if held < least else (True,)
