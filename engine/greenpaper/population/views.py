"""Words in Arrow's layout of views, told by comparing their bytes: most of them are among the few met at the start.

A view is 16 bytes: how long a word is and its first four bytes, and then the rest of a short word, or for a long one in
which buffer it lies, and where. Words are found by their first eight bytes alone, and count only if all bytes agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from greenpaper.population.walking import looked_up

MET_AMONG = 4_096
"""So many rows at the start of a column are read to meet its words."""
MOST_WORDS = 48
"""A column with more words than these is not read this way."""
MOST_TEXTS = 64
"""In so many buffers, one after the other, long words are looked for."""
AT_ONCE = 131_072
"""So many rows are looked at together: what is worked out of them stays near the processor."""
INLINE = 12
"""The bytes of the longest word that stands in its view."""
SLOTS = 256
NO_WORD = 2**64 - 1
"""What no view begins with: no word is so long."""

Halves = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """A column of views, its first halves and its second ones. Shapes: both have a number for each row."""

    firsts: Halves
    seconds: Halves
    texts: Sequence[NDArray[np.uint8]]

    @classmethod
    def of(cls, column: pa.Array) -> "Views":
        _, views, *texts = column.buffers()
        halves = np.frombuffer(views or b"", "<u8").reshape(-1, 2)[column.offset : column.offset + len(column)]
        return cls(halves[:, 0], halves[:, 1], [np.frombuffer(each, np.uint8) for each in texts])

    def __getitem__(self, rows: slice | NDArray[np.intp]) -> "Views":
        return Views(self.firsts[rows], self.seconds[rows], self.texts)

    def as_arrow(self) -> pa.Array:
        """The words as Arrow data."""
        halves = np.column_stack([self.firsts, self.seconds])
        buffers = [None, *map(pa.py_buffer, (halves, *self.texts))]
        return pa.Array.from_buffers(pa.string_view(), len(halves), buffers)

    def ends_with(self, rest: bytes) -> NDArray[np.bool_]:
        """Whether words that do not stand in their views have these bytes after their first four.

        Where the words lie in buffers far apart it is not looked, and the answer is no.
        """
        numbers, starts = self.seconds & np.uint64(2**32 - 1), (self.seconds >> np.uint64(32)).astype(np.intp)
        same, first, last = np.zeros(len(numbers), bool), int(numbers.min()), int(numbers.max())
        for number in range(first, last + 1) if last < first + MOST_TEXTS else ():
            at = slice(None) if first == last else np.flatnonzero(numbers == number)
            same[at] = _have(self.texts[number], starts[at] + 4, rest)
        return same


def _have(text: NDArray[np.uint8], starts: NDArray[np.intp], part: bytes) -> NDArray[np.bool_]:
    """Whether the text has the part, of eight bytes at least, at each of the starts. Compares eight bytes at once."""
    eights = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
    same = np.ones(len(starts), bool)
    for first in {*range(0, len(part) - 7, 8), len(part) - 8}:
        same &= eights[starts + first] == int.from_bytes(part[first : first + 8], "little")
    return same


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Some words, and where the first half of a view leads to, multiplied by `factor` and cut to its highest bits.

    Shapes: `firsts`, `seconds` and `inline` have a number for each of 256 places, and `words` a word for each place
    that has one. `inline` is all ones where the whole word is in its view, and zero elsewhere; `rests` are of the other
    words.
    """

    words: dict[int, pa.Scalar]
    factor: np.uint64
    firsts: Halves
    seconds: Halves
    inline: Halves
    rests: dict[int, bytes]

    @classmethod
    def met(cls, column: pa.Array) -> "Words | None":
        """Those at the start of a column of views; None where there are too many. Of two alike it has the first."""
        met = pc.unique(column[:MET_AMONG]).drop_null()
        if len(met) > MOST_WORDS:
            return None
        of_first = dict(reversed([*zip(Views.of(met).firsts.tolist(), met, strict=True)]))
        factor, places = _apart(np.array([*of_first], np.uint64))
        firsts, seconds, inline = np.full(SLOTS, NO_WORD, np.uint64), *np.zeros((2, SLOTS), np.uint64)
        firsts[places] = [*of_first]
        known, rests = dict(zip(places.tolist(), of_first.values(), strict=True)), dict[int, bytes]()
        for place, word in known.items():
            text = word.as_buffer().to_pybytes()
            if len(text) > INLINE:
                rests[place] = text[4:]
            else:
                seconds[place], inline[place] = int.from_bytes(text[4:], "little"), NO_WORD
        return cls(known, factor, firsts, seconds, inline, rests)

    def places(self, views: Views, missing: NDArray[np.uint8] | None) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """For each row a place, and whether it is that of its word; it never is where `missing` has a one."""
        rows = len(views.firsts)
        places, same = np.empty(rows, np.uint8), np.ones(rows, bool) if missing is None else missing == 0
        for start in range(0, rows, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            self._look(views[part], places[part], same[part])
        return places, same

    def _look(self, views: Views, places: NDArray[np.uint8], same: NDArray[np.bool_]) -> None:
        np.right_shift(views.firsts * self.factor, np.uint64(56), out=places, casting="unsafe")
        same &= looked_up(self.firsts, places) == views.firsts
        differing = looked_up(self.seconds, places) ^ views.seconds
        differing &= looked_up(self.inline, places)
        same &= differing == 0
        for place, rest in self.rests.items():
            at = np.flatnonzero((places == place) & same)
            if len(at):
                same[at] = views[at].ends_with(rest)


def _apart(firsts: Halves) -> tuple[np.uint64, NDArray[Any]]:
    """A factor that leads different numbers to different places, and these."""
    for number in count(1):
        factor = np.uint64(0x9E3779B97F4A7C15 * (2 * number + 1) % 2**64)
        places = firsts * factor >> np.uint64(56)
        if len(np.unique(places)) == len(places):
            return factor, places
    raise AssertionError("there is always one")
