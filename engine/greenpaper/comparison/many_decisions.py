"""One decision over many records: totals for each version, and which situations move from the first to each other.

Everything is worked out for all groups at once, and told of each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import product

from greenpaper.comparison.compare import Movement, Total, movement, pairs_of, totals, words_of
from greenpaper.comparison.pairs import Pair, possible_pairs
from greenpaper.comparison.together import Together, together, why_not_comparable
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework
from greenpaper.population.classes import Classes
from greenpaper.population.counting import Counts, word_of
from greenpaper.population.sums import Key, added_up
from greenpaper.population.tables import Codes, tables_of
from greenpaper.records.facts import Facts, facts_of
from greenpaper.records.record import Authority, Record
from greenpaper.situations.compiled import Answer

Situation = tuple[tuple[str, str | None], ...]
"""Facts with the words of their values, None where nothing is known."""
Found = tuple[Movement, frozenset[Pair]]
Line = tuple[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Mover:
    """Records of one situation that move, or may move: `numbers` are its classes, of each fact that matters."""

    classes: tuple[Classes, ...]
    numbers: tuple[int, ...]
    before: Conclusion
    after: Conclusion
    movement: Movement
    pairs: frozenset[Pair]
    count: int

    @property
    def situation(self) -> Situation:
        """The facts that matter to the decision, with the words of their values."""
        return tuple(
            (each.fact, word_of(each, number)) for each, number in zip(self.classes, self.numbers, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Transition:
    """How many records go from one set of possible answers to another; of them move for certain, and may move."""

    before: Conclusion
    after: Conclusion
    count: int
    certain: int
    possible: int


@dataclass(frozen=True, eq=False)
class ManyMoves:
    """From the first version to another: every transition, and the situations that move.

    `not_comparable` says why nothing can be said; it is empty when the two were compared.
    """

    before: Framework
    after: Framework
    transitions: tuple[Transition, ...]
    moving: Callable[[], Iterator[Mover]]
    not_comparable: str = ""

    @cached_property
    def movers(self) -> tuple[Mover, ...]:
        """The situations that move, or may, the most frequent first."""
        return tuple(self.moving())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ManyMoves) and self._said == other._said

    def __hash__(self) -> int:
        return hash((self.before, self.after, self.transitions))

    @property
    def _said(self) -> tuple[object, ...]:
        return self.before, self.after, self.transitions, self.movers, self.not_comparable

    def counts(self) -> Mapping[Movement, int]:
        """How many records move for certain, may move, and do not move."""
        certain, possible = (sum(getattr(each, kind) for each in self.transitions) for kind in ("certain", "possible"))
        staying = sum(each.count for each in self.transitions) - certain - possible
        return {Movement.CERTAIN: certain, Movement.POSSIBLE: possible, Movement.NONE: staying}


@dataclass(frozen=True, slots=True)
class ManyDecision:
    """One decision under all versions: totals, and the moves from the first version to each of the others."""

    id: str
    question: str
    totals: tuple[Total, ...]
    moves: tuple[ManyMoves, ...]


class Decided:
    """One decision, worked out for all groups at once, and told of each."""

    def __init__(self, name: str, frameworks: Sequence[Framework], counts: Counts) -> None:
        self.name, self.frameworks = name, frameworks
        having = {number: each for number, each in enumerate(frameworks) if name in each.decisions}
        numbers = {number: counts.concluded(each, name) for number, each in having.items()}
        self.question = " / ".join(dict.fromkeys(each.decisions[name].question for each in having.values()))
        self.answered = {
            number: _by_group(counts.added_up(numbers[number]), tables_of(each, name).conclusions)
            for number, each in having.items()
        }
        self.moves = [_Moves(name, frameworks, number, counts, numbers) for number in range(1, len(frameworks))]

    def of(self, group: int | None) -> ManyDecision:
        """What is said of one group, or of all."""
        given = [self.answered.get(number, {}).get(group, []) for number in range(len(self.frameworks))]
        lines = totals(self.name, self.frameworks, given)
        return ManyDecision(self.name, self.question, tuple(lines), tuple(each.of(group) for each in self.moves))


def _by_group(
    lines: Iterable[Line], conclusions: Sequence[Conclusion]
) -> Mapping[int | None, list[tuple[Conclusion, int]]]:
    """Group → what is said, and of how many; that of all under None."""
    found: dict[int | None, dict[int, int]] = {}
    for (group, number), count in lines:
        for each in (group, None):
            sums = found.setdefault(each, {})
            sums[number] = sums.get(number, 0) + count
    return {group: [(conclusions[number], count) for number, count in sums.items()] for group, sums in found.items()}


KINDS = tuple(Movement)


class _Moves:
    """The moves of one decision from the first version to another, in each group and in all."""

    def __init__(
        self, name: str, frameworks: Sequence[Framework], after: int, counts: Counts, numbers: Mapping[int, Codes]
    ) -> None:
        self.before, self.after = frameworks[0], frameworks[after]
        self.reason = why_not_comparable(self.before, self.after, name)
        if self.reason:
            return
        facts = _facts(name, (self.before, self.after), counts.classes)
        self.known = _known(tuple(frameworks), after, name, tuple(counts.classes[fact] for fact in facts))
        ends = numbers[0], numbers[after]
        situations = counts.added_up(*(counts.columns[fact] for fact in facts), *ends)
        kinds = situations.told(self.known.of_ends, self.known.of, KINDS.index(Movement.POSSIBLE))
        self.sums = added_up(situations.counts, situations.keys[0], *situations.keys[-2:], kinds)
        self.moving = situations.without(kinds, KINDS.index(Movement.NONE))

    def of(self, group: int | None) -> ManyMoves:
        """What is said of one group, or of all."""
        if self.reason:
            return ManyMoves(self.before, self.after, (), lambda: iter(()), self.reason)
        return ManyMoves(self.before, self.after, self._transitions(group), partial(self._movers, group))

    def _movers(self, group: int | None) -> Iterator[Mover]:
        """The most frequent first, and then in the order of their classes."""
        for key, count in self.moving.of_group(group).most_first():
            before, after = (each[number] for each, number in zip(self.known.conclusions, key[-2:], strict=True))
            yield Mover(self.known.classes, key[:-2], before, after, *self.known.found(key), count)

    def _transitions(self, group: int | None) -> tuple[Transition, ...]:
        """In the order of the conclusions; those that differ by their rules alone together."""
        found: dict[tuple[Conclusion, Conclusion], dict[Movement, int]] = {}
        for (one, other, kind), count in self.sums.of_group(group):
            ends = (self.known.without_rules[0][one], self.known.without_rules[1][other])
            sums = found.setdefault(ends, dict.fromkeys(KINDS, 0))
            sums[KINDS[kind]] += count
        return tuple(
            Transition(*ends, sum(sums.values()), sums[Movement.CERTAIN], sums[Movement.POSSIBLE])
            for ends, sums in found.items()
        )


def _facts(name: str, frameworks: Iterable[Framework], classes: Mapping[str, Classes]) -> tuple[str, ...]:
    """The facts that matter to the decision in some version, in the order of the classes."""
    read = {fact for each in frameworks for fact in tables_of(each, name).facts}
    return tuple(fact for fact in classes if fact in read)


class _Known:
    """What was worked out of a decision under two versions: each pair of conclusions once, and each situation.

    A situation is the numbers of the classes, and then of both conclusions.
    """

    def __init__(
        self, frameworks: tuple[Framework, ...], after: int, decision: str, classes: tuple[Classes, ...]
    ) -> None:
        self.versions: Together = together(frameworks[0], frameworks[after])
        self.decision, self.judged, self.classes = decision, words_of(frameworks), classes
        self.conclusions = tuple(tables_of(each, decision).conclusions for each in (frameworks[0], frameworks[after]))
        self.without_rules = tuple(tuple(replace(each, rules=()) for each in ends) for ends in self.conclusions)
        self.ends: dict[Key, int] = {}
        self.situations: dict[Key, Found] = {}

    def of_ends(self, ends: Key) -> int:
        """How records with these conclusions move, whichever answers they can have together: a place in `KINDS`."""
        if ends not in self.ends:
            self.ends[ends] = KINDS.index(movement(tuple(product(*self._possible(ends)))))
        return self.ends[ends]

    def of(self, situation: Key) -> int:
        """How records of a situation move: a place in `KINDS`."""
        return KINDS.index(self.found(situation)[0])

    def found(self, situation: Key) -> Found:
        """Whether records of a situation move, and between which answers."""
        if situation not in self.situations:
            sides = partial(self._sides, situation[:-2])
            pairs = pairs_of(
                *self._possible(situation[-2:]), lambda: possible_pairs(self.versions, self.decision, *sides())
            )
            self.situations[situation] = movement(pairs), pairs
        return self.situations[situation]

    def _possible(self, ends: Key) -> tuple[Sequence[Answer], Sequence[Answer]]:
        before, after = ends
        return self.conclusions[0][before].possible, self.conclusions[1][after].possible

    def _sides(self, numbers: tuple[int, ...]) -> tuple[Facts, Facts]:
        cells = {each.fact: each.values[number] for each, number in zip(self.classes, numbers, strict=True)}
        record = Record(Authority("", ""), cells)
        sides = (self.versions.before.framework, self.versions.after.framework)
        old, new = (facts_of(record, each.vocabulary, elsewhere=cells, judged=self.judged)[0] for each in sides)
        return old, new


@lru_cache(maxsize=256)
def _known(frameworks: tuple[Framework, ...], after: int, decision: str, classes: tuple[Classes, ...]) -> _Known:
    return _Known(frameworks, after, decision, classes)
