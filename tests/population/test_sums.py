"""Combinations that occur, added up: what plain counting finds of the same lines."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from greenpaper.population.sums import Sums, added_up

LINES = 200
OPEN = 2


def drawn(seed: int, groups: int) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    random = Random(seed)
    keys = tuple(np.array([random.randrange(most) for _ in range(LINES)], np.uint8) for most in (groups, 3, 2, 4))
    return np.array([random.randrange(1, 9) for _ in range(LINES)], np.int64), keys


def plainly(counts: np.ndarray, keys: tuple[np.ndarray, ...]) -> Counter:
    found = Counter()
    for *key, count in zip(*keys, counts, strict=True):
        found[tuple(map(int, key))] += int(count)
    return found


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("seed", range(5))
def test_each_combination_is_told_once_in_order_in_its_group_and_in_all(seed, groups):
    counts, keys = drawn(seed, groups)
    found, expected = added_up(counts, *keys), plainly(counts, keys)
    assert list(found) == sorted(expected.items())
    for group in range(groups):
        of_it = {key[1:]: count for key, count in expected.items() if key[0] == group}
        assert list(found.of_group(group)) == sorted(of_it.items())
    assert list(found.of_group(None)) == sorted(plainly(counts, keys[1:]).items())
    assert list(found.of_group(groups)) == []


def test_the_most_frequent_come_first_and_equals_in_the_order_of_their_keys():
    counts, keys = drawn(7, 3)
    found = added_up(counts, *keys)
    assert len({count for _, count in found}) < len(found)
    assert list(found.most_first()) == sorted(found, key=lambda each: (-each[1], each[0]))


def test_all_keys_are_asked_about_only_where_the_last_two_leave_it_open():
    counts, keys = drawn(3, 2)
    found, asked = added_up(counts, *keys), []

    def of_all(key):
        asked.append(key)
        return sum(key) % 2

    told = found.told(lambda ends: sum(ends) % 3, of_all, OPEN)
    for (key, _), number in zip(found, told.tolist(), strict=True):
        of_ends = sum(key[-2:]) % 3
        assert number == (of_ends if of_ends != OPEN else sum(key[1:]) % 2)
    assert asked == [key[1:] for key, _ in found if sum(key[-2:]) % 3 == OPEN]
    assert list(found.without(told, 0)) == [each for each, number in zip(found, told.tolist(), strict=True) if number]


def test_of_no_lines_nothing_is_told():
    none = added_up(np.zeros(0, np.int64), *(np.zeros(0, np.uint8) for _ in range(3)))
    assert isinstance(none, Sums)
    assert [*none, *none.of_group(None), *none.of_group(0), *none.most_first()] == []
    assert none.told(sum, sum, OPEN).tolist() == []
