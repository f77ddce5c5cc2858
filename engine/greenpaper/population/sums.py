"""Combinations of small numbers that occur, and how many records have each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from greenpaper.population.tables import Codes
from greenpaper.population.tallies import Numbers, begins

Digit = Codes | Numbers
"""Groups, conclusions or classes, by their numbers."""
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Every combination of some keys that occurs, in order, and how many records have it.

    Shapes: each key, and `counts`, has a number for each combination.
    """

    keys: tuple[Digit, ...]
    counts: Numbers

    def __iter__(self) -> Iterator[tuple[Key, int]]:
        keys = zip(*(key.tolist() for key in self.keys), strict=True)
        return zip(keys, self.counts.tolist(), strict=True)

    def __len__(self) -> int:
        return len(self.counts)

    def of_group(self, group: int | None) -> "Sums":
        """Those with this first key, or those with any added up; without that key."""
        groups, *rest = self.keys
        if group is None:
            return Sums(tuple(rest), self.counts) if _are_one(groups) else added_up(self.counts, *rest)
        start, stop = np.searchsorted(groups, [group, group + 1]).tolist()
        return Sums(tuple(key[start:stop] for key in rest), self.counts[start:stop])

    def most_first(self) -> "Sums":
        """The most frequent first; among equals in the order of the keys."""
        return self._at(np.argsort(-self.counts, kind="stable"))

    def without(self, told: Codes, number: int) -> "Sums":
        """Those of which something else is told than this number."""
        return self._at(np.flatnonzero(told != number))

    def told(self, of_two: Callable[[Key], int], of_all: Callable[[Key], int], open_: int) -> Codes:
        """For each combination what is told of its last two keys, or of all but the first where that is `open_`."""
        one, other = self.keys[-2:]
        of_each = {ends: of_two(ends) for ends in {*zip(one.tolist(), other.tolist(), strict=True)}}
        table = np.zeros([1 + max(each, default=0) for each in zip(*of_each, strict=True)] or (1, 1), np.uint8)
        for ends, number in of_each.items():
            table[ends] = number
        found: Codes = table[one, other]
        at = np.flatnonzero(found == open_)
        found[at] = [of_all(key) for key in zip(*(key[at].tolist() for key in self.keys[1:]), strict=True)]
        return found

    def _at(self, at: Numbers) -> "Sums":
        return Sums(tuple(key[at] for key in self.keys), self.counts[at])


def added_up(counts: Numbers, *keys: Digit) -> Sums:
    """Every combination of the keys, of which there is one at least, with how many records there are of it."""
    if not len(counts):
        return Sums(keys, counts)
    order = np.lexsort(tuple(reversed(keys)))
    sorted_keys = [key[order] for key in keys]
    starts = np.flatnonzero(begins(sorted_keys))
    return Sums(tuple(key[starts] for key in sorted_keys), np.add.reduceat(counts[order], starts))


def _are_one(sorted_: Digit) -> bool:
    return not len(sorted_) or bool(sorted_[0] == sorted_[-1])
