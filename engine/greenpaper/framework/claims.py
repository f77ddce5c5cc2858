"""What an invariant claims of the answers of one decision, in every situation that it is about.

No rule is not an outcome, nor is a conflict; both count as worse than every outcome.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of these outcomes."""

    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsNot:
    """The answer is none of these outcomes."""

    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverBetterThan:
    """The answer is this outcome or a worse one."""

    outcome: str


@dataclass(frozen=True, slots=True)
class AlwaysAnswered:
    """The answer is an outcome."""


@dataclass(frozen=True, slots=True)
class NeverWorsensAs:
    """Of two situations that differ in one of these facts alone, the better grade never has the worse answer."""

    facts: tuple[str, ...]


class SecondIs(StrEnum):
    """How the answer of the second version stands to that of the first in the same situation."""

    SAME = "same"
    NEVER_WORSE = "never_worse"
    NEVER_BETTER = "never_better"


Claim = Is | IsNot | NeverBetterThan | AlwaysAnswered | NeverWorsensAs
ClaimOfTwo = SecondIs | IsNot
