"""Equal chances among lists of different lengths, for many draws at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """For each of several things, a list of numbers to choose from: all lists in one row, with where each begins."""

    items: Numbers
    begins: Numbers
    counts: Numbers

    def drawn(self, of: Numbers, uniform: Numbers) -> Numbers:
        """One number from the list of each thing in `of`; `uniform` are from 0 up to, and without, 1."""
        return self.items.take(self.begins.take(of) + (uniform * self.counts.take(of)).astype(np.int32))


def choice_of(lists: Iterable[Sequence[int]]) -> Choice:
    """The lists as one row, in their order."""
    every = list(lists)
    counts = np.array([len(each) for each in every], dtype=np.int32)
    begins = np.concatenate(([0], np.cumsum(counts)))[:-1].astype(np.int32)
    return Choice(np.array([item for each in every for item in each], dtype=np.int32), begins, counts)
