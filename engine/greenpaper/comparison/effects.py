"""What each option does by itself, which proposals matter only beside others, and which options are never better.

Two combinations are held against each other when they differ in one proposal alone; all such pairs are looked at, so
that what is said of an option holds whatever else is chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, permutations

from greenpaper.comparison.difference import Became
from greenpaper.comparison.options import Combination, Key, Options
from greenpaper.framework.checked import Status
from greenpaper.framework.proposals import Chosen, Proposal
from greenpaper.situations.compiled import Answer

Pair = tuple[Combination, Combination]


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of whole numbers, over everything else that can be chosen."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Main:
    """One option in place of its proposal's preferred one, in every combination that allows both: `contexts` of them.

    In `left_out` more of them one of the two cannot be compared with the base. `situations` and `authorities` are those
    whose possible answers differ; the first is None where an option changes what can be said or how rules are read, so
    that the two are not laid on each other. Both are None without a context.
    """

    proposal: str
    option: str
    contexts: int
    left_out: int
    situations: Range | None
    authorities: Range | None

    @property
    def is_without_effect(self) -> bool:
        """Whether it is proved that nothing differs, whatever else is chosen; not for records outside the constraints
        either."""
        return not self.left_out and self.situations == self.authorities == Range(0, 0)


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """What is chosen for `proposal` makes a difference only where `other` is one of `options`."""

    proposal: str
    other: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dominated:
    """`option` never gives a better answer than `by`, whatever else is chosen, and somewhere a worse one."""

    proposal: str
    option: str
    by: str


@dataclass(frozen=True, eq=False)
class Effects:
    """One decision over all combinations."""

    options: Options
    decision: str

    def mains(self) -> tuple[Main, ...]:
        """Every option that is not preferred, in place of the preferred one."""
        return tuple(
            self._main(proposal, option)
            for proposal in self.options.proposals
            for option in proposal.in_preference[1:]
            if any(each.choice[proposal.id] == option for each in self.options.combinations)
        )

    def only_where(self) -> tuple[OnlyWhere, ...]:
        """Every proposal that matters beside some options of another and not beside the others."""
        found = (self._only_where(one, other) for one, other in permutations(self.options.proposals, 2))
        return tuple(each for each in found if each)

    def dominated(self) -> tuple[Dominated, ...]:
        """Options that are never better than another of their proposal, where outcomes have an order."""
        if not self.options.base.decisions[self.decision].ordered:
            return ()
        return tuple(
            Dominated(proposal.id, option, other)
            for proposal in self.options.proposals
            for option, other in permutations(proposal.options, 2)
            if self._is_dominated(proposal, option, other)
        )

    # Pairs that differ in one proposal

    def _pairs(self, proposal: Proposal, option: str, other: str) -> Iterator[Pair]:
        """Every two combinations of which one has `option` and the other `other`, else the same."""
        position = self.options.proposals.index(proposal)
        for each in self.options.combinations:
            if each.choice[proposal.id] == option:
                twin = self.options.by_key.get((*each.key[:position], other, *each.key[position + 1 :]))
                if twin:
                    yield each, twin

    def _are_comparable(self, pair: Pair) -> bool:
        effects = [each.effects.get(self.decision) for each in pair]
        return all(effect is not None and not effect.not_comparable for effect in effects)

    def _main(self, proposal: Proposal, option: str) -> Main:
        every = list(self._pairs(proposal, option, proposal.written.preferred))
        pairs = [pair for pair in every if self._are_comparable(pair)]
        counts = [self._differing(*pair) for pair in pairs]
        known = [count for count in counts if count is not None]
        moved = [self._authorities(*pair) for pair in pairs]
        return Main(
            proposal.id,
            option,
            len(pairs),
            len(every) - len(pairs),
            Range(min(known), max(known)) if known and len(known) == len(counts) else None,
            Range(min(moved), max(moved)) if moved else None,
        )

    def _differing(self, one: Combination, other: Combination) -> int | None:
        """In how many situations the two give another answer; None where they judge differently."""
        if one.laid is not other.laid:
            return None
        whole = one.laid.whole(self.decision)
        roots = (whole.root(one.choice), whole.root(other.choice))
        if roots[0] == roots[1]:
            return 0
        key = (id(one.laid), *roots)
        if key not in self._counted:
            differ = whole.forest.differ(*roots)
            self._counted[key] = whole.forest.counts(differ, whole.levels).get(True, 0)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[int, ...], int]:
        return {}

    def _authorities(self, one: Combination, other: Combination) -> int:
        first, second = (each.effects[self.decision] for each in (one, other))
        if first.kinds is not second.kinds:
            mine, others = first.answers(), second.answers()
            return sum(mine[number] != others[number] for number in mine)
        both = zip(first.kinds, self._answers(one), self._answers(other), strict=True)
        return sum(len(numbers) for numbers, left, right in both if left is not right and left != right)

    def _answers(self, combination: Combination) -> tuple[frozenset[Answer], ...]:
        """Every answer that each kind of record can get."""
        if combination.key not in self._answered:
            self._answered[combination.key] = tuple(map(_after, combination.effects[self.decision].pairs))
        return self._answered[combination.key]

    @cached_property
    def _answered(self) -> dict[Key, tuple[frozenset[Answer], ...]]:
        return {}

    # Beside other proposals

    def _only_where(self, one: Proposal, other: Proposal) -> OnlyWhere | None:
        """None too where the options that seem to make no difference include one of which it is not known."""
        matters: dict[str, bool | None] = {}
        for choice, is_different in self._different[one.id]:
            beside = choice[other.id]
            matters[beside] = _either(matters.get(beside, False), is_different)
        where = tuple(option for option in other.options if matters.get(option))
        is_known = None not in matters.values()
        return OnlyWhere(one.id, other.id, where) if is_known and 0 < len(where) < len(matters) else None

    @cached_property
    def _different(self) -> Mapping[str, Sequence[tuple[Chosen, bool | None]]]:
        """For each proposal and every two combinations that differ in it alone: what is chosen, and the answers."""
        return {
            each.id: [
                (pair[0].choice, self._is_different(pair))
                for options in combinations(each.in_preference, 2)
                for pair in self._pairs(each, *options)
            ]
            for each in self.options.proposals
        }

    def _is_different(self, pair: Pair) -> bool | None:
        """Whether the two give different answers; None where that is not known."""
        one, other = pair
        if one.laid is not other.laid or not self._are_comparable(pair):
            return None
        whole = one.laid.whole(self.decision)
        return whole.root(one.choice) != whole.root(other.choice) or self._answers(one) != self._answers(other)

    def _is_dominated(self, proposal: Proposal, option: str, other: str) -> bool:
        found: set[int | None] = set()
        for pair in self._pairs(proposal, option, other):
            found |= self._ranks(*pair) if self._is_different(pair) is not None else {None}
            if not found <= {-1, 0}:
                return False
        return -1 in found

    def _ranks(self, one: Combination, other: Combination) -> frozenset[int | None]:
        """How answers of the first stand to those of the second: 1 better, 0 the same, -1 worse, None neither."""
        whole, decision = one.laid.whole(self.decision), one.laid.family.framework.decisions[self.decision]
        known = self.options.base.decisions[self.decision].outcomes
        order = [name for name in decision.outcomes if name in known] if decision.ordered else []
        roots = (whole.root(one.choice), whole.root(other.choice))
        compared = whole.forest.apply(lambda first, second: _rank(order, first, second), *roots)
        return frozenset(value for value in whole.forest.values(compared) if value is None or isinstance(value, int))


@lru_cache(maxsize=4096)
def _after(pairs: frozenset[tuple[Answer, Answer]]) -> frozenset[Answer]:
    return frozenset(after for _, after in pairs)


def _either(one: bool | None, other: bool | None) -> bool | None:
    """True where one of the two is; None where neither is, and one is not known."""
    return True if one or other else None if None in (one, other) else False


def _rank(order: Sequence[str], one: object, other: object) -> int | None:
    if one == other:
        return 0
    match one, other:
        case Became(after=(Answer(Status.DECIDED, (first,)),)), Became(after=(Answer(Status.DECIDED, (second,)),)):
            if first in order and second in order:
                return (order.index(second) > order.index(first)) - (order.index(second) < order.index(first))
    return None
