"""The life of a version: which status it may have after another."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

S = TypeVar("S", bound=StrEnum)


class Life(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    CONFIRMED = "confirmed"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


STEPS: Mapping[Life, tuple[Life, ...]] = {
    Life.DRAFT: (Life.CONSULTATION, Life.CONFIRMED, Life.WITHDRAWN),
    Life.CONSULTATION: (Life.CONFIRMED, Life.WITHDRAWN),
    Life.CONFIRMED: (Life.IN_FORCE, Life.WITHDRAWN),
    Life.IN_FORCE: (Life.SUPERSEDED,),
    Life.SUPERSEDED: (),
    Life.WITHDRAWN: (),
}
"""Status → those that may come next.

A draft may be confirmed at once: nothing here can know that a change must be consulted on. What was consulted on or
confirmed never becomes a draft again, since people have answered to it, or prepare for it: a change of mind is another
version. What has been in force is superseded and not withdrawn: inspections were made under it.
"""

SETTLED = (Life.CONFIRMED, Life.IN_FORCE, Life.SUPERSEDED)
"""Those in which a version can be sealed: what it demands is meant to stay as it is."""


def may_follow(old: str, new: str) -> bool:
    """Whether a version that had one status may have the other later on."""
    return lead_to(STEPS, Life(old), Life(new))


def lead_to(steps: Mapping[S, Iterable[S]], old: S, new: S) -> bool:
    """Whether one is the other, or any number of steps leads from it to the other. Steps never lead back."""
    return old == new or any(lead_to(steps, step, new) for step in steps[old])
