"""Situations as numbers: classes joined like digits, and how often each number occurs."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from greenpaper.population.tables import Codes, smallest
from greenpaper.population.walking import key_type

MOST_BINS = 2_000_000
"""So many situations, times groups, are counted where they stand; more are sorted, chunk by chunk."""
FEW_BINS = 65_536
"""So few are counted by each thread for itself."""
MOST_WAITING = 4_000_000
"""Counted numbers that wait to be put together; the memory for them is bounded by this and by what occurs."""
MOST_GROUPS = 10_000
MOST_KEY = 2**62

Numbers = NDArray[np.int64]


class Digits:
    """Classes joined to one number, and taken apart again.

    Where the number would become too large for 64 bits, those met so far are numbered as they come, and go on as one
    digit. Several threads may ask at once.
    """

    def __init__(self, radices: Sequence[int]) -> None:
        most, size = MOST_KEY // (MOST_GROUPS + 1), 1
        self.radices, self.short, self.lock = tuple(radices), dict[int, dict[int, int]](), Lock()
        for at, radix in enumerate(radices):
            if size * radix > most:
                self.short[at] = {}
                size = most // max(radices)
            size *= radix

    def joined(self, columns: Sequence[Codes], rows: int) -> Numbers | Codes:
        """The number of each record's situation. Shapes: all columns and the result have a number for each record."""
        key: Any = columns[0] if columns else np.zeros(rows, np.uint8)
        size = 1
        for at, (radix, column) in enumerate(zip(self.radices, columns, strict=True)):
            if at in self.short:
                key, size = self._shortened(key, at), MOST_KEY
            size = min(size * radix, MOST_KEY)
            key = _with_digit(key, radix, column, size) if at else column
        return key  # type: ignore[no-any-return]

    def _shortened(self, key: Any, at: int) -> Numbers:
        known = self.short[at]
        distinct, places = np.unique(key, return_inverse=True)
        with self.lock:
            numbers = [known.setdefault(each, len(known)) for each in distinct.tolist()]
        return np.array(numbers, np.int64)[places]

    def taken_apart(self, keys: Numbers) -> tuple[Codes, ...]:
        """The classes that each number was made of."""
        columns: list[Codes] = []
        for at in reversed(range(len(self.radices))):
            keys, digit = np.divmod(keys, self.radices[at])
            columns.append(digit.astype(smallest(self.radices[at])))
            if at in self.short:
                keys = np.array(list(self.short[at]), np.int64)[keys]
        return tuple(reversed(columns))


def _with_digit(key: Any, radix: int, column: Codes, size: int) -> Any:
    kind = key_type(size) if size <= 2**32 else np.int64
    joined = np.multiply(key, radix, dtype=kind)
    np.add(joined, column, out=joined, casting="unsafe")
    return joined


class Tally:
    """How often each number below `size` occurred in each group: in bins while there are few, then sorted."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.bins: Numbers | None = np.zeros(size, np.int64) if size <= MOST_BINS else None
        self.done: list[tuple[Numbers, Numbers]] = []
        self.waiting = 0

    def add(self, keys: Numbers | Codes, groups: Numbers | None) -> None:
        """More numbers, and the group of each; None where all are in the first."""
        wide = keys.astype(np.int64)
        if groups is not None:
            wide += groups * self.size
        if self.bins is not None and groups is not None and len(groups):
            self._grow((int(groups.max()) + 1) * self.size)
        if self.bins is not None:
            np.add.at(self.bins, wide, 1)
        else:
            self._wait(*np.unique(wide, return_counts=True))

    def add_bins(self, counts: Numbers) -> None:
        """More numbers, counted, all in the first group: how many there are of each."""
        assert self.bins is not None
        self.bins += counts

    def _grow(self, size: int) -> None:
        """Bins for more groups; no bins any more where they would be too many."""
        assert self.bins is not None
        if size > MOST_BINS:
            self._wait(*self._in_bins())
            self.bins = None
        elif size > len(self.bins):
            self.bins = np.concatenate([self.bins, np.zeros(size - len(self.bins), np.int64)])

    def _in_bins(self) -> tuple[Numbers, Numbers]:
        assert self.bins is not None
        at = np.flatnonzero(self.bins)
        return at, self.bins[at]

    def _wait(self, keys: Numbers, counts: Numbers) -> None:
        self.done.append((keys, counts))
        self.waiting += len(keys)
        if self.waiting > MOST_WAITING + 2 * len(self.done[0][0]):
            self.done, self.waiting = [self._together()], 0

    def _together(self) -> tuple[Numbers, Numbers]:
        keys, counts = (np.concatenate(each) for each in zip(*self.done, strict=True))
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], counts[order]
        starts = np.flatnonzero(begins([keys]))
        return keys[starts], np.add.reduceat(counts, starts)

    def found(self) -> tuple[Numbers, Numbers]:
        """Every number that occurred, the group counting most, and how often."""
        if self.bins is not None:
            return self._in_bins()
        return self._together() if self.waiting or self.done else (np.zeros(0, np.int64), np.zeros(0, np.int64))


def begins(columns: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    """Where a line differs from the one before it."""
    found = np.ones(len(columns[0]), bool)
    found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found
