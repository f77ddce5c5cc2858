"""The orders of facts that are tried, and the growth of the limit until one of them is enough."""

from random import Random

import pytest

from greenpaper.language.terms import facts_read
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Forest, TooLarge
from greenpaper.situations.order import FIRST_LIMIT, GROWTH, drawn_together, orders, with_best_order
from greenpaper.situations.space import space_of
from situations.test_exact_counts import grades, term_of

FACTS = grades(40)


def some_terms(seed):
    """Conditions over a few of the facts each."""
    random = Random(seed)
    found = []
    for _ in range(random.randint(1, 8)):
        chosen = random.sample(sorted(FACTS.facts), random.randint(2, 6))
        found.append(term_of(f"at least {random.randint(1, len(chosen) - 1)} of [{', '.join(chosen)}] are good", FACTS))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_every_order_holds_each_fact_that_is_read_once(seed):
    terms = some_terms(seed)
    read = sorted({fact for term in terms for fact in facts_read(term)})
    tried = orders(terms, FACTS.facts)
    assert 1 <= len(tried) <= 3
    assert len(set(tried)) == len(tried)
    assert all(sorted(each) == read for each in tried)
    assert tried == orders(terms, FACTS.facts), "the same terms give the same orders"


def test_the_facts_may_be_declared_in_any_order_and_only_that_order_changes():
    terms = some_terms(3)
    first, second, *declared = orders(terms, sorted(FACTS.facts))
    assert orders(terms, sorted(FACTS.facts, reverse=True))[:2] == (first, second)
    assert all(list(each) == sorted(each) for each in declared)


def test_no_terms_have_one_empty_order():
    assert orders([], FACTS.facts) == ((),)


def test_facts_that_are_read_together_are_drawn_together():
    term = term_of("all of [fact0, fact9] are good", FACTS)
    start = ("fact0", *(f"fact{number}" for number in range(1, 9)), "fact9")
    order = drawn_together([term, *(term_of(f"fact{each} is good", FACTS) for each in range(1, 9))], start)
    assert sorted(order) == sorted(start)
    assert abs(order.index("fact0") - order.index("fact9")) == 1


def tried_until(enough):
    """The orders and limits with which something was built; it fails until `enough` says so."""
    tried = []

    def build(order, limit):
        tried.append((order, limit))
        if not enough(order, limit):
            raise TooLarge(limit)
        return order, limit

    return tried, build


def test_each_order_is_tried_before_the_limit_grows():
    terms = some_terms(5)
    every = orders(terms, FACTS.facts)
    assert len(every) > 1
    tried, build = tried_until(lambda order, limit: order == every[-1] and limit > FIRST_LIMIT)
    assert with_best_order(terms, FACTS.facts, build, limit=10 * FIRST_LIMIT) == (every[-1], GROWTH * FIRST_LIMIT)
    assert tried == [(each, limit) for limit in (FIRST_LIMIT, GROWTH * FIRST_LIMIT) for each in every]


def test_the_limit_grows_to_what_is_allowed_and_no_further():
    terms, most = some_terms(5), GROWTH * FIRST_LIMIT + 1
    every = orders(terms, FACTS.facts)
    tried, build = tried_until(lambda order, limit: False)
    with pytest.raises(TooLarge) as fault:
        with_best_order(terms, FACTS.facts, build, limit=most)
    assert fault.value.limit == most
    assert [limit for _, limit in tried[:: len(every)]] == [FIRST_LIMIT, GROWTH * FIRST_LIMIT, most]


@pytest.mark.parametrize("limit", [1, 50, FIRST_LIMIT])
def test_a_small_limit_is_the_only_one_tried(limit):
    tried, build = tried_until(lambda order, limit: False)
    with pytest.raises(TooLarge):
        with_best_order(some_terms(5), FACTS.facts, build, limit=limit)
    assert {each for _, each in tried} == {limit}


ROWS, COLUMNS = 8, 5


def interleaved():
    """Eight groups of five facts each, declared one member of each group after the other: the worst order for them."""
    groups = [[f"fact{column * ROWS + row}" for column in range(COLUMNS)] for row in range(ROWS)]
    parts = [f"at least 3 of [{', '.join(group)}] are at least good" for group in groups]
    pairs = [f"({first} and {last})" for first, last in zip(parts[::2], parts[1::2], strict=True)]
    return term_of(" or ".join(pairs), FACTS)


def nodes_of(term, order, limit):
    space = space_of([term], FACTS.facts, order)
    forest = Forest(space.arities, limit)
    Compiler(space, forest).diagram(term)
    return len(forest.nodes)


def test_interleaved_groups_explode_in_the_order_they_are_declared_in_and_not_in_the_one_that_is_found():
    term = interleaved()
    with pytest.raises(TooLarge):
        nodes_of(term, tuple(FACTS.facts), FIRST_LIMIT)
    assert with_best_order([term], FACTS.facts, lambda order, limit: nodes_of(term, order, limit)) < 200


def test_interleaved_groups_are_drawn_together_from_any_start():
    term = interleaved()
    assert nodes_of(term, drawn_together([term], tuple(FACTS.facts)), FIRST_LIMIT) < 500
