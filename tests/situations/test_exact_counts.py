"""Counts over spaces far too large to go through, against arithmetic: binomials, powers and sums of dice."""

from collections import Counter
from decimal import Decimal
from math import comb

import pytest

from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.terms import Term
from greenpaper.language.types import Graded, Numeric, Scale
from greenpaper.language.vocabulary import Fact, Group, Vocabulary
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Forest
from greenpaper.situations.space import space_of
from greenpaper.source.text import Source, Span

HERE = Span(Source("test", ""), 0, 0)
FOUR_POINT = Scale("four_point", ("inadequate", "requires_improvement", "good", "outstanding"), ordered=True)


def grades(how_many: int) -> Vocabulary:
    """So many grades on one scale, all in the group `everyone`."""
    facts = {f"fact{number}": Fact(f"fact{number}", "", Graded(FOUR_POINT), HERE) for number in range(how_many)}
    return Vocabulary("tested", facts, {"everyone": Group("everyone", "", tuple(facts), HERE)})


def numbers(how_many: int, least: int, most: int) -> Vocabulary:
    kind = Numeric(True, "", Decimal(least), Decimal(most))
    facts = {f"fact{number}": Fact(f"fact{number}", "", kind, HERE) for number in range(how_many)}
    return Vocabulary("tested", facts, {"everyone": Group("everyone", "", tuple(facts), HERE)})


def term_of(text: str, vocabulary: Vocabulary) -> Term:
    condition, wrong = parse_condition(text)
    assert condition is not None, wrong
    term, wrong = check_condition(condition, vocabulary)
    assert term is not None, [each.message for each in wrong]
    return term


def counted(text: str, vocabulary: Vocabulary) -> dict[object, int]:
    """True and False → in how many situations over all facts of the vocabulary."""
    term = term_of(text, vocabulary)
    space = space_of([term], vocabulary.facts)
    assert len(space.cells) == len(vocabulary.facts)
    forest = Forest(space.arities)
    found = forest.counts(Compiler(space, forest).diagram(term), range(len(space.cells)))
    return {True: found.get(True, 0), False: found.get(False, 0)}


def with_exactly(number: int, of: int, met: int, unmet: int) -> int:
    """Situations in which exactly so many facts are in one of `met` cells and the others in one of `unmet`."""
    return comb(of, number) * met**number * unmet ** (of - number)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 40])
def test_at_least_so_many_of_a_group_is_counted_as_the_binomials_say(size):
    vocabulary = grades(size)
    for least in {1, 2, size // 2, size} & set(range(1, size + 1)):
        expected = sum(with_exactly(number, size, 1, 3) for number in range(least, size + 1))
        found = counted(f"at least {least} of everyone are inadequate", vocabulary)
        assert found == {True: expected, False: 4**size - expected}


@pytest.mark.parametrize("size", [2, 7, 40])
def test_at_most_and_exactly_so_many_of_a_group_are_counted_as_the_binomials_say(size):
    vocabulary = grades(size)
    for most in {0, 1, size // 2, size - 1}:
        exactly = with_exactly(most, size, 2, 2)
        up_to = sum(with_exactly(number, size, 2, 2) for number in range(most + 1))
        assert counted(f"at most {most} of everyone are at least good", vocabulary)[True] == up_to
        assert counted(f"exactly {most} of everyone are at least good", vocabulary)[True] == exactly


def test_any_all_and_none_of_forty_facts_are_counted_exactly():
    vocabulary = grades(40)
    assert counted("any of everyone is inadequate", vocabulary)[True] == 4**40 - 3**40
    assert counted("none of everyone are inadequate", vocabulary)[True] == 3**40
    assert counted("all of everyone are at least good", vocabulary)[True] == 2**40


def test_counts_over_4_to_the_40_situations_are_whole_numbers_that_add_up():
    found = counted("at least 20 of everyone are outstanding", grades(40))
    assert all(type(count) is int for count in found.values())
    assert found[True] + found[False] == 4**40
    assert 4**40 == 1_208_925_819_614_629_174_706_176


def test_the_lowest_and_highest_of_forty_grades_are_counted_exactly():
    vocabulary = grades(40)
    assert counted("lowest of everyone is good", vocabulary)[True] == 2**40 - 1
    assert counted("highest of everyone is requires_improvement", vocabulary)[True] == 2**40 - 1
    assert counted("lowest of everyone is at most requires_improvement", vocabulary)[True] == 4**40 - 2**40


def test_totals_are_counted_as_the_sums_of_dice():
    """Twelve dice of six sides: ways to each sum, by adding one die after the other."""
    ways = Counter({0: 1})
    for _ in range(12):
        ways = Counter(dict.fromkeys(ways, 0)) + Counter(
            {
                total: sum(ways[total - side] for side in range(1, 7) if total - side in ways)
                for total in range(min(ways) + 1, max(ways) + 7)
            }
        )
    vocabulary = numbers(12, 1, 6)
    assert sum(ways.values()) == 6**12
    for total in (12, 13, 42, 60, 71):
        found = counted(f"total of everyone is at most {total}", vocabulary)
        assert found[True] == sum(count for sum_of_dice, count in ways.items() if sum_of_dice <= total)
    assert counted("total of everyone is 42", vocabulary)[True] == ways[42]


def test_two_grades_compared_are_counted_as_pairs():
    vocabulary = grades(2)
    assert counted("fact0 is worse than fact1", vocabulary) == {True: 6, False: 10}
    assert counted("fact0 is fact1", vocabulary) == {True: 4, False: 12}
    assert counted("fact0 is at least fact1", vocabulary) == {True: 10, False: 6}


def test_at_least_half_of_forty_facts_takes_few_nodes():
    """One node for each count and fact, as an adder would: never all the subsets."""
    vocabulary = grades(40)
    term = term_of("at least 20 of everyone are inadequate", vocabulary)
    space = space_of([term], vocabulary.facts)
    forest = Forest(space.arities)
    Compiler(space, forest).diagram(term)
    assert len(forest.nodes) < 40 * 41


def test_members_of_a_group_are_levels_next_to_each_other():
    vocabulary = grades(6)
    terms = [term_of("any of [fact4, fact1, fact2] is good", vocabulary), term_of("fact0 is good", vocabulary)]
    assert [cells.fact for cells in space_of(terms, vocabulary.facts).cells] == ["fact4", "fact1", "fact2", "fact0"]
