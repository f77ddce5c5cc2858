"""One decision over many records: totals for each version, and which situations move from the first to each other.

Everything is worked out for all groups at once, and told of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from greenpaper.comparison.compare import Movement, Total, movement, pairs_of, totals, words_of
from greenpaper.comparison.pairs import Pair, possible_pairs
from greenpaper.comparison.together import Together, together, why_not_comparable
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework
from greenpaper.population.classes import Classes
from greenpaper.population.counting import Counts, word_of
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


@dataclass(frozen=True, slots=True)
class ManyMoves:
    """From the first version to another: every transition, and the situations that move, the most frequent first.

    `not_comparable` says why nothing can be said; it is empty when the two were compared.
    """

    before: Framework
    after: Framework
    transitions: tuple[Transition, ...]
    movers: tuple[Mover, ...]
    not_comparable: str = ""

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


Between = tuple[int, int]
Key = tuple[int, ...]


class _Moves:
    """The moves of one decision from the first version to another, in each group and in all."""

    def __init__(
        self, name: str, frameworks: Sequence[Framework], after: int, counts: Counts, numbers: Mapping[int, Codes]
    ) -> None:
        self.name, self.before, self.after = name, frameworks[0], frameworks[after]
        self.reason = why_not_comparable(self.before, self.after, name)
        if self.reason:
            return
        self.conclusions = tuple(tables_of(each, name).conclusions for each in (self.before, self.after))
        facts = _facts(name, (self.before, self.after), counts.classes)
        self.classes = tuple(counts.classes[fact] for fact in facts)
        self.known = _known(tuple(frameworks), after, name, self.classes)
        keys = (numbers[0], numbers[after])
        lines = counts.added_up(*keys)
        self.sums = _sums((group, (one, other), count) for (group, one, other), count in lines)
        moving = {(one, other) for (_, one, other), _ in lines if self._is_open(one, other)}
        found = counts.situations_with(facts, keys, moving)
        self.situations = _sums((line[0], line[1:], count) for line, count in found)

    def _is_open(self, one: int, other: int) -> bool:
        """Whether records with these conclusions move, or can."""
        old, new = self.conclusions[0][one].possible, self.conclusions[1][other].possible
        return not len(old) == len(new) == 1 or old[0].behaviour != new[0].behaviour

    def of(self, group: int | None) -> ManyMoves:
        """What is said of one group, or of all."""
        if self.reason:
            return ManyMoves(self.before, self.after, (), (), self.reason)
        movers, sums = list[Mover](), dict[tuple[Between, Movement], int]()
        for key, count in self.situations.get(group, {}).items():
            one, other, numbers = key[0], key[1], key[2:]
            before, after = self.conclusions[0][one], self.conclusions[1][other]
            how, pairs = self.known.of(numbers, before.possible, after.possible)
            if how is not Movement.NONE:
                movers.append(Mover(self.classes, numbers, before, after, how, pairs, count))
                kind = (one, other), how
                sums[kind] = sums.get(kind, 0) + count
        movers.sort(key=lambda each: (-each.count, each.numbers))
        return ManyMoves(self.before, self.after, self._transitions(self.sums.get(group, {}), sums), tuple(movers))

    def _transitions(
        self, all_of: Mapping[Key, int], moving: Mapping[tuple[Between, Movement], int]
    ) -> tuple[Transition, ...]:
        """In the order of the conclusions; those that differ by their rules alone together."""
        found: dict[tuple[Conclusion, Conclusion], list[int]] = {}
        for (one, other), count in sorted(all_of.items()):
            ends = (replace(self.conclusions[0][one], rules=()), replace(self.conclusions[1][other], rules=()))
            each = found.setdefault(ends, [0, 0, 0])
            kinds = (moving.get(((one, other), kind), 0) for kind in (Movement.CERTAIN, Movement.POSSIBLE))
            for at, more in enumerate((count, *kinds)):
                each[at] += more
        return tuple(Transition(*ends, *sums) for ends, sums in found.items())


def _facts(name: str, frameworks: Iterable[Framework], classes: Mapping[str, Classes]) -> tuple[str, ...]:
    """The facts that matter to the decision in some version, in the order of the classes."""
    read = {fact for each in frameworks for fact in tables_of(each, name).facts}
    return tuple(fact for fact in classes if fact in read)


def _sums(lines: Iterable[tuple[int, Key, int]]) -> Mapping[int | None, Mapping[Key, int]]:
    """Group → key → how many; those of all under None."""
    found: dict[int | None, dict[Key, int]] = {}
    for group, key, count in lines:
        sums = found.setdefault(group, {})
        sums[key] = sums.get(key, 0) + count
    if len(found) == 1:
        return {**found, None: next(iter(found.values()))}
    whole: dict[Key, int] = {}
    for sums in found.values():
        for key, count in sums.items():
            whole[key] = whole.get(key, 0) + count
    return {**found, None: whole}


class _Known:
    """What was worked out of a decision under two versions: each combination of classes once."""

    def __init__(
        self, frameworks: tuple[Framework, ...], after: int, decision: str, classes: tuple[Classes, ...]
    ) -> None:
        self.versions: Together = together(frameworks[0], frameworks[after])
        self.decision, self.judged, self.classes = decision, words_of(frameworks), classes
        self.found: dict[tuple[int, ...], Found] = {}

    def of(self, numbers: tuple[int, ...], old: Sequence[Answer], new: Sequence[Answer]) -> Found:
        """Whether records of these classes move, and between which answers."""
        if numbers not in self.found:
            pairs = pairs_of(old, new, lambda: possible_pairs(self.versions, self.decision, *self._sides(numbers)))
            self.found[numbers] = movement(pairs), pairs
        return self.found[numbers]

    def _sides(self, numbers: tuple[int, ...]) -> tuple[Facts, Facts]:
        cells = {each.fact: each.values[number] for each, number in zip(self.classes, numbers, strict=True)}
        record = Record(Authority("", ""), cells)
        sides = (self.versions.before.framework, self.versions.after.framework)
        old, new = (facts_of(record, each.vocabulary, elsewhere=cells, judged=self.judged)[0] for each in sides)
        return old, new


@lru_cache(maxsize=256)
def _known(frameworks: tuple[Framework, ...], after: int, decision: str, classes: tuple[Classes, ...]) -> _Known:
    return _Known(frameworks, after, decision, classes)
