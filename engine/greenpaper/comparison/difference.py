"""Two versions over all situations: for every decision, which answer becomes which, in how many situations.

Situations are counted over the facts that the decision reads in either version and those that a constraint ties to
them, within the constraints of both. A fact that only one side reads is free on the other. Where words of a scale map
to several, situations are those of the first version, and the second may leave several answers possible.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenpaper.comparison.compare import Movement
from greenpaper.comparison.projection import project
from greenpaper.comparison.together import Together, all_facts, both_terms, join, why_not_comparable
from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.situations.compiled import NOWHERE, Answer, tied
from greenpaper.situations.diagram import MOST_NODES, WORKING_NODES, Diagram, Forest
from greenpaper.situations.order import Order, with_best_order
from greenpaper.situations.space import Space


@dataclass(frozen=True, slots=True)
class Became:
    """What one answer becomes: the first version's answer, and every answer that the second may give.

    There is one of these unless words of a scale map to several.
    """

    before: Answer
    after: tuple[Answer, ...]

    @property
    def movement(self) -> Movement:
        if self.before not in self.after:
            return Movement.CERTAIN
        return Movement.NONE if len(self.after) == 1 else Movement.POSSIBLE


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """One decision of both versions: `answers` has a `Became` in every situation, NOWHERE outside the constraints.

    `levels` are the counted facts, by their place in `space`. `joined` is the diagram before mapped words were put
    together again, over `versions.forest`; it is `answers` itself where nothing is mapped.
    """

    decision: str
    versions: Together
    space: Space
    forest: Forest
    levels: tuple[int, ...]
    answers: Diagram
    joined: Diagram

    def facts(self) -> tuple[str, ...]:
        """The counted facts, by name."""
        return tuple(self.space.cells[level].fact for level in self.levels)

    @property
    def maps(self) -> bool:
        """Whether grades of counted facts are mapped from one scale to another."""
        return self.space is not self.versions.reading

    def counts(self) -> dict[Became, int]:
        """Every transition that occurs, with the number of its situations."""
        found = self.forest.counts(self.answers, self.levels)
        return {became: count for became, count in found.items() if isinstance(became, Became)}

    def where(self, became: Became) -> Diagram:
        """True in the situations of one transition."""
        return self.forest.apply(lambda value: value == became, self.answers)

    def admissible(self) -> Diagram:
        """True within the constraints of both versions."""
        return self.forest.apply(lambda value: value is not NOWHERE, self.answers)


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Every decision that both versions have and that can be compared, and why others cannot."""

    before: Framework
    after: Framework
    versions: Together
    decisions: Mapping[str, SideBySide]
    not_comparable: Mapping[str, str]

    @property
    def changes(self) -> bool:
        """Whether any situation of any comparable decision changes, certainly or possibly."""
        return any(became.movement is not Movement.NONE for each in self.decisions.values() for became in each.counts())


def difference(
    before: Framework, after: Framework, *, more: Sequence[Term] = (), limit: int = MOST_NODES
) -> Difference:
    """Both versions side by side in every situation. `more` are further terms whose facts are counted and cut too.

    Errors: TooLarge when no order of the facts keeps the diagrams within `limit` nodes.
    """

    names = dict.fromkeys((*before.decisions, *after.decisions))
    reasons = {name: why_not_comparable(before, after, name) for name in names}

    def build(order: Order, allowed: int) -> Difference:
        versions = join(before, after, order, allowed, more=more)
        return Difference(
            before,
            after,
            versions,
            {name: _side_by_side(versions, name, more) for name, reason in reasons.items() if not reason},
            {name: reason for name, reason in reasons.items() if reason},
        )

    terms = (*both_terms(before, after), *more)
    found = with_best_order(terms, all_facts(before, after), build, limit=limit)
    for forest in (found.versions.forest, *(each.forest for each in found.decisions.values())):
        forest.limit = WORKING_NODES
    return found


def _side_by_side(versions: Together, name: str, more: Sequence[Term]) -> SideBySide:
    levels, inside = _counted(versions, name, more)
    first, last = versions.before.decisions[name].free, versions.after.decisions[name].free
    joined = versions.forest.apply(became, inside, first, last)
    mapped = {versions.reading.level[fact] for fact in versions.joined} & set(levels)
    if not mapped:
        return SideBySide(name, versions, versions.reading, versions.forest, levels, joined, joined)
    space, forest, answers = project(versions.reading, versions.forest, joined, mapped, put_together)
    return SideBySide(name, versions, space, forest, levels, answers, joined)


def became(inside: object, first: object, last: object) -> Hashable:
    """What the first version's answer becomes in a situation; NOWHERE where the constraints do not hold."""
    if not inside:
        return NOWHERE
    assert isinstance(first, Answer)
    assert isinstance(last, Answer)
    return Became(first.behaviour, (last.behaviour,))


def as_behaviour(value: object) -> Answer:
    """A value of a decision's diagram without constraints, as behaviour."""
    assert isinstance(value, Answer)
    return value.behaviour


def put_together(values: Iterable[Hashable]) -> Hashable:
    """What the cells that one word maps to become together; those outside the constraints add nothing."""
    found = [value for value in values if isinstance(value, Became)]
    if not found:
        return NOWHERE
    after = {answer for each in found for answer in each.after}
    return Became(found[0].before, tuple(sorted(after, key=lambda each: (each.status, each.outcomes))))


def _counted(versions: Together, name: str, more: Sequence[Term]) -> tuple[tuple[int, ...], Diagram]:
    """The levels that are counted for the decision, and where the constraints tied to them all hold."""
    sides, forest = (versions.before, versions.after), versions.forest
    asked = {versions.reading.level[fact] for term in more for fact in facts_read(term)}
    read = frozenset(asked).union(*(side.levels_read(name) for side in sides))
    levels, constraints = tied(read, [tie for side in sides for tie in side.ties()])
    return tuple(sorted(levels)), forest.both(*constraints)
