"""The names a condition may use, and what each one is. Frozen; built by `framework`, used by everything above."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from greenpaper.language.terms import Term
from greenpaper.language.types import Scale, Type
from greenpaper.source.text import Span

NAME = re.compile(r"[a-z][a-z0-9_]*")


def names_in(words: str) -> frozenset[str]:
    """Everything in the words of a condition that can be a name."""
    return frozenset(NAME.findall(words))


@dataclass(frozen=True, slots=True)
class MonthsSince:
    """Whole completed months from the date fact `since` to the day the records are taken."""

    since: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known of an authority. `span` is where its type is declared."""

    id: str
    title: str
    type: Type
    span: Span = field(compare=False, repr=False)
    derived: MonthsSince | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one type that conditions count or aggregate together."""

    id: str
    title: str
    members: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition, and its canonical words. `term` is None when the definition itself has a problem."""

    id: str
    term: Term | None
    span: Span = field(compare=False, repr=False)
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DecisionName:
    """Another decision, as something conditions may compare: its outcomes, and for each the term that gives it."""

    id: str
    outcomes: Scale
    gives: Mapping[str, Term]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names of one version. `title` is how problems call it, such as `2026`.

    `maps` has, for a scale of this version, what the words of other versions' scales can be on it.
    """

    title: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    decisions: Mapping[str, DecisionName] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
