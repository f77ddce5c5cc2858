"""Random numbers that depend on what they are for, and on nothing else: not on what else is drawn, nor in what parts.

Each purpose has a sequence of its own, with a number for every draw and every authority. So two versions that ask for
the same purpose get the same numbers, and what differs between them is not chance.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from greenpaper.population.choice import Numbers


class Purpose(IntEnum):
    """What a number is drawn for."""

    FIRST = 0
    GAP = 1
    STEP = 2
    COUNT = 3
    VISIT = 4
    INSPECTORS = 5
    DAYS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """Numbers from 0 up to, and without, 1, for draws from `first` on, each with one for every one of `authorities`."""

    seed: int
    authorities: int
    first: int
    draws: int
    _found: dict[tuple[int, ...], Numbers] = field(default_factory=dict)

    def of(self, purpose: Purpose, cycle: int = 0, name: str = "", slot: int = 0) -> Numbers:
        """The numbers of one purpose, draw after draw; of the cycle, the activity of that name, and its time."""
        key = (purpose, cycle, slot, *name.encode())
        if key not in self._found:
            self._found[key] = self._made(key)
        return self._found[key]

    def _made(self, key: tuple[int, ...]) -> Numbers:
        bits = np.random.PCG64(np.random.SeedSequence(entropy=self.seed, spawn_key=key))
        return np.random.Generator(bits.advance(self.first * self.authorities)).random(self.draws * self.authorities)
