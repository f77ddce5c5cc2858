"""In which order facts make the levels of a diagram. A bad order can cost ten thousand times the nodes of a good one.

No order is best for all policies, so a few are tried, each under the same limit, which grows until one of them is
enough. What is tried, and in which order, depends on the policy text alone: the same files give the same diagrams.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from greenpaper.language.terms import Term, facts_read, subterms
from greenpaper.situations.diagram import MOST_NODES, TooLarge

Order = tuple[str, ...]
T = TypeVar("T")

FIRST_LIMIT = 40_000
GROWTH = 8
ROUNDS = 30


def with_best_order(
    terms: Sequence[Term], declared: Iterable[str], build: Callable[[Order, int], T], *, limit: int = MOST_NODES
) -> T:
    """What `build` makes of the first order that is enough, given that order and a limit of nodes.

    Each order is tried within a limit before any is tried within a larger one.

    Errors: TooLarge when no order is enough within `limit`.
    """
    tried = orders(terms, declared)
    allowed = min(FIRST_LIMIT, limit)
    while True:
        for order in tried:
            try:
                return build(order, allowed)
            except TooLarge:
                continue
        if allowed >= limit:
            raise TooLarge(limit)
        allowed = min(allowed * GROWTH, limit)


def orders(terms: Sequence[Term], declared: Iterable[str]) -> tuple[Order, ...]:
    """The orders worth trying: of first use, drawn together, as declared. Each holds every fact that is read."""
    first_use = tuple(dict.fromkeys(fact for term in terms for fact in facts_read(term)))
    as_declared = tuple(fact for fact in declared if fact in set(first_use))
    return tuple(dict.fromkeys((first_use, drawn_together(terms, first_use), as_declared)))


def drawn_together(terms: Iterable[Term], start: Order) -> Order:
    """Facts that are read together brought near each other, from `start` on.

    Every part of a condition pulls its facts to their middle, until no round shortens the sum of their spans: the
    method known as FORCE.
    """
    together = tuple({frozenset(facts) for facts in _read_together(terms) if len(facts) > 1})
    together = tuple(sorted(together, key=sorted))
    best, best_span = start, _span(together, start)
    order = start
    for _ in range(ROUNDS):
        order = _pulled(together, order)
        span = _span(together, order)
        if span >= best_span:
            break
        best, best_span = order, span
    return best


def _read_together(terms: Iterable[Term]) -> Iterator[tuple[str, ...]]:
    for term in terms:
        for part in subterms(term):
            yield facts_read(part)


def _pulled(together: Iterable[frozenset[str]], order: Order) -> Order:
    place = {fact: number for number, fact in enumerate(order)}
    pulls: dict[str, list[float]] = {fact: [] for fact in order}
    for facts in together:
        middle = sum(place[fact] for fact in facts) / len(facts)
        for fact in facts:
            pulls[fact].append(middle)
    wanted = {fact: sum(to) / len(to) if to else place[fact] for fact, to in pulls.items()}
    return tuple(sorted(order, key=lambda fact: (wanted[fact], place[fact])))


def _span(together: Iterable[frozenset[str]], order: Order) -> int:
    place = {fact: number for number, fact in enumerate(order)}
    places = ([place[fact] for fact in facts] for facts in together)
    return sum(max(each) - min(each) for each in places)
