"""What two versions do, decision by decision: transitions, the edits behind them, and what lies outside an intent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from greenpaper.comparison.blame import Blame, Responsible, responsible
from greenpaper.comparison.bounded import Bounds, bounds
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.constraints import Limits, admit_the_same, limits, say_the_same
from greenpaper.comparison.difference import Became, Difference, difference
from greenpaper.comparison.mixtures import Unmixable
from greenpaper.comparison.together import both_terms, unlike_facts, why_not_comparable
from greenpaper.comparison.transitions import Place, Told, Transition
from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Known
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import MOST_NODES, TooLarge


@dataclass(frozen=True, slots=True)
class Spill:
    """A change outside the intent: which, in how many situations, and where."""

    became: Became
    situations: int
    places: tuple[Place, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One decision: of `situations`, how many change for certain and how many perhaps, and all there is to say of it.

    `spill` is empty where all change lies inside the intent, and None where no intent was stated.
    """

    decision: str
    question: str
    facts: tuple[str, ...]
    situations: int
    transitions: tuple[Transition, ...]
    blames: Mapping[Became, Blame]
    responsible: Responsible
    limits: Limits | None
    admit_the_same: bool
    told: Told
    spill: tuple[Spill, ...] | None = None

    def moving(self, movement: Movement) -> int:
        """In how many situations the answer moves so."""
        return sum(each.situations for each in self.transitions if each.became.movement is movement)

    @property
    def changed(self) -> int:
        return self.moving(Movement.CERTAIN)

    @property
    def possible(self) -> int:
        return self.moving(Movement.POSSIBLE)

    @property
    def changes(self) -> tuple[Transition, ...]:
        """The transitions that move somebody, certainly or perhaps."""
        return tuple(each for each in self.transitions if each.became.movement is not Movement.NONE)

    def holding(self, known: Mapping[str, Known]) -> Transition | None:
        """The transition that every situation with these values is in; None where there is not one."""
        return next((each for each in self.transitions if self.told.holds(each, known)), None)


@dataclass(frozen=True, slots=True)
class Behaviours:
    """Every decision of two versions; `not_comparable` says why nothing can be said of one, and what would help.

    Where the diagrams would be too large, `bounded` has what can be proved of each decision instead of `decisions`.
    """

    before: Framework
    after: Framework
    decisions: tuple[Behaviour, ...]
    not_comparable: Mapping[str, str]
    bounded: tuple[Bounds, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether it is proved that nothing changes: every decision compared, and no situation moves even perhaps.

        Where the versions have no situation in common there is nothing to compare; where one admits situations that the
        other does not, that is a change too.
        """
        return self._is_settled and self._admit_the_same and not any(each.changes for each in self.decisions)

    @property
    def _admit_the_same(self) -> bool:
        alike = not self.bounded or say_the_same(self.before, self.after)
        return alike and all(each.admit_the_same for each in self.decisions)

    @property
    def spills(self) -> bool:
        """Whether it is not proved that all change lies inside the intent that was stated."""
        return not self._is_settled or any(each.spill for each in self.decisions)

    @property
    def _is_settled(self) -> bool:
        """Whether every decision is compared in every situation, and there are any."""
        bounded = all(each.same for each in self.bounded)
        return not self.not_comparable and bounded and all(each.situations for each in self.decisions)


def behaviours(
    before: Framework, after: Framework, intent: Term | None = None, *, limit: int = MOST_NODES
) -> Behaviours:
    """Everything that changes, and inside which parts of it; beyond `limit` nodes, what can be proved all the same.

    Of changes inside or outside an intent nothing is said beyond the limit.
    """
    try:
        found = difference(before, after, more=[intent] if intent else [], limit=limit)
    except TooLarge:
        return _bounded(before, after)
    return Behaviours(
        before, after, tuple(_behaviour(found, name, intent) for name in found.decisions), found.not_comparable
    )


def _bounded(before: Framework, after: Framework) -> Behaviours:
    names = dict.fromkeys((*before.decisions, *after.decisions))
    read = {fact for term in both_terms(before, after) for fact in facts_read(term)}
    apart = sorted(read & unlike_facts(before, after))
    too_large = f"there are too many kinds of situations, and the versions judge {', '.join(apart)} differently"
    reasons = {name: why_not_comparable(before, after, name) or (too_large if apart else "") for name in names}
    proved = (bounds(before, after, name) for name, reason in reasons.items() if not reason)
    return Behaviours(before, after, (), {name: each for name, each in reasons.items() if each}, tuple(proved))


def _behaviour(found: Difference, name: str, intent: Term | None) -> Behaviour:
    side = found.decisions[name]
    told = Told(side)
    answerable = responsible(side)
    moving = [each for each in told.transitions if each.became.movement is not Movement.NONE]
    return Behaviour(
        decision=name,
        question=" / ".join(dict.fromkeys(each.decisions[name].question for each in (found.before, found.after))),
        facts=told.names,
        situations=told.situations,
        transitions=told.transitions,
        blames=dict(_blames(answerable, moving)),
        responsible=answerable,
        limits=limits(side),
        admit_the_same=admit_the_same(side),
        told=told,
        spill=tuple(_spill(told, moving, intent)) if intent else None,
    )


def _blames(answerable: Responsible, moving: Sequence[Transition]) -> Iterator[tuple[Became, Blame]]:
    """The edits behind each transition, as far as that can be worked out."""
    for transition in moving if answerable.blame else ():
        assert answerable.blame
        with suppress(TooLarge, Unmixable):
            yield transition.became, answerable.blame(transition.became)


def _spill(told: Told, moving: Sequence[Transition], intent: Term) -> Iterator[Spill]:
    forest = told.side.forest
    meant = Compiler(told.side.space, forest).diagram(intent)
    for transition in moving:
        outside = forest.choose(meant, forest.leaf(False), transition.where)
        count = told.describer.count(outside)
        if count:
            places, beyond = told.places(outside, transition.became)
            yield Spill(transition.became, count, places, beyond)
