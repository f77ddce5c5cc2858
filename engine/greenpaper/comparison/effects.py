"""What each option does by itself, which proposals matter only beside others, and which options are never better.

Two combinations are held against each other when they differ in one proposal alone; all such pairs are looked at, so
that what is said of an option holds whatever else is chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import permutations

from greenpaper.comparison.difference import Became
from greenpaper.comparison.options import Combination, Options
from greenpaper.framework.checked import Decision, Status
from greenpaper.framework.proposals import Proposal
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

    `situations` and `authorities` are those whose possible answers differ; None where the two judge differently, so
    that their situations are not the same ones. Both are None without a context.
    """

    proposal: str
    option: str
    contexts: int
    situations: Range | None
    authorities: Range | None

    @property
    def is_without_effect(self) -> bool:
        """Whether it is proved that nothing differs, whatever else is chosen."""
        return self.situations is not None and self.situations.most == 0


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """The options of `proposal` differ in effect only where `other` is one of `options`."""

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
        """Every two comparable combinations of which one has `option` and the other `other`, else the same."""
        position = self.options.proposals.index(proposal)
        for each in self.options.combinations:
            if each.choice[proposal.id] == option:
                key = (*each.key[:position], other, *each.key[position + 1 :])
                twin = self.options.by_key.get(key)
                if twin and self._is_comparable(each) and self._is_comparable(twin):
                    yield each, twin

    def _is_comparable(self, combination: Combination) -> bool:
        effect = combination.effects.get(self.decision)
        return effect is not None and not effect.not_comparable

    def _main(self, proposal: Proposal, option: str) -> Main:
        pairs = list(self._pairs(proposal, option, proposal.written.preferred))
        counts = [self._differing(*pair) for pair in pairs]
        known = [count for count in counts if count is not None]
        moved = [self._authorities(*pair) for pair in pairs]
        return Main(
            proposal.id,
            option,
            len(pairs),
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
            differ = whole.forest.apply(lambda first, second: first != second, *roots)
            self._counted[key] = whole.forest.counts(differ, whole.levels).get(True, 0)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[tuple[int, ...], int]:
        return {}

    def _authorities(self, one: Combination, other: Combination) -> int:
        first, second = (each.effects[self.decision] for each in (one, other))
        if first.kinds is second.kinds:
            return sum(
                len(numbers)
                for numbers, left, right in zip(first.kinds, first.pairs, second.pairs, strict=True)
                if left is not right and _after(left) != _after(right)
            )
        mine, other_answers = first.answers(), second.answers()
        return sum(mine[number] != other_answers[number] for number in mine)

    # Beside other proposals

    def _only_where(self, one: Proposal, other: Proposal) -> OnlyWhere | None:
        matters: dict[str, bool] = {}
        for option in one.in_preference[1:]:
            for pair in self._pairs(one, option, one.written.preferred):
                beside = pair[0].choice[other.id]
                matters[beside] = matters.get(beside, False) or bool(self._differing(*pair))
        where = tuple(option for option in other.options if matters.get(option))
        return OnlyWhere(one.id, other.id, where) if where and len(where) < len(matters) else None

    def _is_dominated(self, proposal: Proposal, option: str, other: str) -> bool:
        found: set[int | None] = set()
        for one, twin in self._pairs(proposal, option, other):
            found |= self._ranks(one, twin) if one.laid is twin.laid else {None}
            if not found <= {-1, 0}:
                return False
        return -1 in found

    def _ranks(self, one: Combination, other: Combination) -> frozenset[int | None]:
        """How answers of the first stand to those of the second: 1 better, 0 the same, -1 worse, None neither."""
        whole, decision = one.laid.whole(self.decision), one.laid.family.framework.decisions[self.decision]
        roots = (whole.root(one.choice), whole.root(other.choice))
        compared = whole.forest.apply(lambda first, second: _rank(decision, first, second), *roots)
        return frozenset(value for value in whole.forest.values(compared) if value is None or isinstance(value, int))


@lru_cache(maxsize=4096)
def _after(pairs: frozenset[tuple[Answer, Answer]]) -> frozenset[Answer]:
    return frozenset(after for _, after in pairs)


def _rank(decision: Decision, one: object, other: object) -> int | None:
    if one == other:
        return 0
    match one, other:
        case Became(after=(Answer(Status.DECIDED, (first,)),)), Became(after=(Answer(Status.DECIDED, (second,)),)):
            order = list(decision.outcomes)
            return (order.index(second) > order.index(first)) - (order.index(second) < order.index(first))
        case _:
            return None
