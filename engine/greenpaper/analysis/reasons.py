"""Why a decision says what it says of one record, and what would make it say something else.

A reason is the smallest set of known facts that settles the answer whatever the others are, each then widened to all
the values that settle it as well. Changes are the cheapest ways to situations with another answer. Both keep to what
the constraints admit.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from greenpaper.analysis.hitting import TooHard, hitting_until
from greenpaper.evaluation.evaluate import Evaluation, Settling, Verdict, answers_in, without_rules
from greenpaper.framework.checked import Status
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Type, is_ordered
from greenpaper.situations.compiled import NOWHERE, Answer, Compiled, CompiledDecision, compiled
from greenpaper.situations.diagram import Diagram, Forest, TooLarge
from greenpaper.situations.nearest import Price, cheapest_ways, least_costs

STEP = 1000  # what one grade costs; values that are no grades cost as much, and a little more the further they are
MOST_WAYS = 50


@dataclass(frozen=True, slots=True)
class Because:
    """One fact of a reason: its value, and every value that would do as well, as labels of its cells in order."""

    fact: str
    value: Known
    values: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Facts that settle an answer together; without any one of them, or with more values of one, it is not settled.

    `leans` says that it needs the constraints too.
    """

    answer: Answer
    facts: tuple[Because, ...]
    leans: bool


@dataclass(frozen=True, slots=True)
class Change:
    """The cheapest ways to another answer: each says what facts become. `steps` are grades, or values that change.

    `more` says that there are further ways as cheap. `certain` says that what is not known cannot stand in the way.
    """

    answer: Answer
    steps: int
    ways: tuple[Mapping[str, str], ...]
    more: bool
    certain: bool


def reason(evaluation: Evaluation, decision: str) -> Reason | None:
    """The reason for the answer; None where there is not one answer, or no admissible situation.

    Unknown: None for a version too large to work it out.
    """
    verdict = evaluation.decisions[decision]
    if len(verdict.possible) != 1 or verdict.status is Status.INADMISSIBLE:
        return None
    with suppress(TooLarge, TooHard):
        return _Asked(evaluation, decision).reason(verdict.possible[0])
    return None


def changes(evaluation: Evaluation, decision: str, fixed: Collection[str] = ()) -> tuple[Change, ...] | None:
    """For every other answer that can be reached without touching `fixed`, all of the cheapest ways to it.

    Unknown: None where the answer, or whether the record is admissible, depends on a fact that is not known; where the
    record breaks the constraints; and for a version too large to work it out.
    """
    verdict = evaluation.decisions[decision]
    if verdict.status is Status.INADMISSIBLE:
        return None
    with suppress(TooLarge, TooHard):
        return _Asked(evaluation, decision).changes(verdict, frozenset(fixed))
    return None


def best_next(verdict: Verdict) -> Settling | None:
    """The unknown fact to find out first: the one of whose values the largest share settles the answer.

    Among equals the one that leaves fewest answers at worst, then on average, then the first declared.
    """
    return min(verdict.settling, key=_left, default=None)


def _left(settling: Settling) -> tuple[Fraction, int, Fraction]:
    counts = [len(answers) for answers in settling.leads_to.values()]
    unsettled = sum(count > 1 for count in counts)
    return Fraction(unsettled, len(counts)), max(counts), Fraction(sum(counts), len(counts))


class _Asked:
    """One decision and one record, over the diagram of the version."""

    def __init__(self, evaluation: Evaluation, decision: str) -> None:
        self.whole: Compiled = compiled(evaluation.framework)
        self.decision: CompiledDecision = self.whole.decisions[decision]
        self.forest: Forest = self.whole.forest
        self.within = self.forest.apply(without_rules, self.decision.within)
        self.free = self.forest.apply(without_rules, self.decision.free)
        self.own = self.whole.space.situate(evaluation.facts.known)
        declared = tuple(evaluation.framework.vocabulary.facts)
        self.levels = sorted(self.own, key=lambda level: declared.index(self.whole.space.cells[level].fact))

    def reason(self, answer: Answer) -> Reason:
        chosen = hitting_until([1] * len(self.levels), lambda kept: self._against(kept, answer))
        allowed = {self.levels[number]: frozenset({self.own[self.levels[number]]}) for number in sorted(chosen)}
        for level in allowed:
            allowed[level] = self._widened(level, allowed, answer)
        leans = self.forest.values(self.free, allowed) != {answer}
        return Reason(answer, tuple(self._because(level, cells) for level, cells in allowed.items()), leans)

    def _against(self, kept: frozenset[int], answer: Answer) -> frozenset[int] | None:
        """The fewest known facts, besides those kept, that lead to another answer when they change; None when none."""
        fixed = {self.levels[number] for number in kept}
        price = self._price(fixed, lambda level, cell: int(cell != self.own[level]))
        costs = least_costs(self.forest, self.within, price)
        others = {value: cost for value, cost in costs[self.within].items() if value not in (answer, NOWHERE)}
        if not others:
            return None
        value = min(others, key=lambda each: (others[each], str(each)))
        way = next(cheapest_ways(self.forest, costs, self.within, value, price))
        return frozenset(
            number for number, level in enumerate(self.levels) if level in way and way[level] != self.own[level]
        )

    def _price(self, fixed: Collection[int], cost: Price) -> Price:
        """Fixed facts stay, other known ones cost, and unknown ones may be anything."""

        def price(level: int, cell: int) -> int | None:
            if level not in self.own:
                return 0
            return cost(level, cell) if level not in fixed or cell == self.own[level] else None

        return price

    def _widened(self, level: int, allowed: Mapping[int, frozenset[int]], answer: Answer) -> frozenset[int]:
        """All the cells that do as well: on a scale an interval, upwards first."""
        cells, kept = self.whole.space.cells[level], allowed[level]
        if not self._is_ordered(level):
            return frozenset(cell for cell in range(len(cells)) if self._settles({**allowed, level: {cell}}, answer))
        for direction in (1, -1):
            cell = self.own[level] + direction
            while 0 <= cell < len(cells) and self._settles({**allowed, level: kept | {cell}}, answer):
                kept |= {cell}
                cell += direction
        return kept

    def _settles(self, allowed: Mapping[int, Collection[int]], answer: Answer) -> bool:
        return self.forest.values(self.within, allowed) - {NOWHERE} <= {answer}

    def _is_ordered(self, level: int) -> bool:
        return is_ordered(self._kind(level))

    def _kind(self, level: int) -> Type:
        return self.whole.framework.vocabulary.facts[self.whole.space.cells[level].fact].type

    def _because(self, level: int, kept: Collection[int]) -> Because:
        cells = self.whole.space.cells[level]
        values = tuple(cells.labels[cell] for cell in sorted(kept))
        return Because(cells.fact, cells.values[self.own[level]], values, cells.labels)

    def changes(self, verdict: Verdict, fixed: Collection[str]) -> tuple[Change, ...] | None:
        if self.forest.levels(self.forest.restrict(self.within, self.own)):
            return None
        price = self._price(
            {self.whole.space.level[fact] for fact in fixed if fact in self.whole.space.level}, self._steps
        )
        costs = least_costs(self.forest, self.within, price)
        answers = answers_in(self.whole, self.decision.decision, self.within)
        reached = (answer for answer in answers if answer in costs[self.within] and answer not in verdict.possible)
        return tuple(self._change(answer, costs[self.within][answer], costs, price) for answer in reached)

    def _steps(self, level: int, cell: int) -> int:
        """A step for each grade between; one for any other value, of sizes the nearest that will do."""
        away = abs(cell - self.own[level])
        match self._kind(level):
            case Graded() if self._is_ordered(level):
                return STEP * away
            case Numeric() | Calendar() if away:
                return STEP + away
            case _:
                return STEP if away else 0

    def _change(
        self, answer: Answer, cost: int, costs: Mapping[Diagram, Mapping[Hashable, int]], price: Price
    ) -> Change:
        ways = list(islice(self._ways(answer, costs, price), MOST_WAYS + 1))
        listed = ways[:MOST_WAYS]
        certain = all(self._leads_to(answer, way) for way in listed)
        cells = self.whole.space.cells
        told = tuple({cells[level].fact: cells[level].labels[cell] for level, cell in way.items()} for way in listed)
        return Change(answer, cost // STEP, told, len(ways) > MOST_WAYS, certain)

    def _leads_to(self, answer: Answer, way: Mapping[int, int]) -> bool:
        allowed = {level: (cell,) for level, cell in {**self.own, **way}.items()}
        return self._settles(allowed, answer)

    def _ways(
        self, answer: Answer, costs: Mapping[Diagram, Mapping[Hashable, int]], price: Price
    ) -> Iterator[Mapping[int, int]]:
        """Every cheapest way: the known facts that change, with their cells; each once, whatever unknown facts do."""
        seen: set[tuple[tuple[int, int], ...]] = set()
        for way in cheapest_ways(self.forest, costs, self.within, answer, price):
            changed = tuple((each, way[each]) for each in self.levels if each in way and way[each] != self.own[each])
            if changed not in seen:
                seen.add(changed)
                yield dict(changed)
