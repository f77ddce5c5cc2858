"""The cheapest choice of which every set holds one: branch and bound, exact, the first found among equals."""

from collections.abc import Callable, Sequence

MOST_TRIES = 20_000
MOST_ROUNDS = 300


class TooHard(Exception):
    """The cheapest choice cannot be found within the limit of tries; nothing is known of it."""


def cheapest_hitting(sets: Sequence[frozenset[int]], costs: Sequence[int]) -> frozenset[int]:
    """The cheapest numbers, each with its cost in `costs`, such that every set holds at least one of them.

    Errors: TooHard.
    """
    best: tuple[int, frozenset[int]] = (sum(costs) + 1, frozenset())
    tries = 0

    def visit(chosen: frozenset[int], cost: int, left: Sequence[frozenset[int]]) -> None:
        nonlocal best, tries
        tries += 1
        if tries > MOST_TRIES:
            raise TooHard
        if not left:
            if cost < best[0]:
                best = (cost, chosen)
            return
        if cost + _bound(left, costs) >= best[0]:
            return
        smallest: frozenset[int] = min(left, key=len)
        for number in sorted(smallest, key=lambda each: (costs[each], each)):
            if cost + costs[number] < best[0]:
                visit(chosen | {number}, cost + costs[number], [each for each in left if number not in each])

    visit(frozenset(), 0, sets)
    return best[1]


def _bound(sets: Sequence[frozenset[int]], costs: Sequence[int]) -> int:
    """At least so much is needed: sets that share nothing must each be hit on their own."""
    seen: set[int] = set()
    total = 0
    for each in sorted(sets, key=len):
        if not each & seen:
            seen |= each
            total += min(costs[number] for number in each)
    return total


def hitting_until(
    costs: Sequence[int], counterexample: Callable[[frozenset[int]], frozenset[int] | None]
) -> frozenset[int]:
    """The cheapest numbers to which `counterexample` has no answer.

    An answer is the set of numbers any one of which would refute it; it must not be empty. Errors: TooHard.
    """
    sets: list[frozenset[int]] = []
    while len(sets) < MOST_ROUNDS:
        chosen = cheapest_hitting(sets, costs)
        against = counterexample(chosen)
        if against is None:
            return chosen
        assert against - chosen == against, "a counterexample that is refuted already"
        assert against, "a counterexample that nothing refutes"
        sets.append(against)
    raise TooHard
