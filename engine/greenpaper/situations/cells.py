"""Facts cut into cells: values that no condition of the versions in hand can tell apart.

A grade scale has a cell for each word, a truth two. A number or date has a cell for each constant it is compared
with and one for each gap between them; where values are added up or compared with each other, each is a cell.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from itertools import pairwise
from math import ceil, floor
from typing import assert_never

from greenpaper.language.types import Calendar, Graded, Known, Numeric, Truth, Type

Size = int | Decimal
EXACT = Context(prec=10_000)  # more digits than a condition has room for: no value is rounded onto a cut


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one fact, in order. `values` holds one value of each cell, which stands for all of them.

    `cuts` are the constants in order, and `slots` the cell of each gap and cut in turn (None where no value lies);
    both are empty for facts whose every value is a cell.
    """

    fact: str
    values: tuple[Known, ...]
    labels: tuple[str, ...]
    cuts: tuple[Known, ...] = ()
    slots: tuple[int | None, ...] = ()
    index: dict[Known, int] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def cell_of(self, value: Known) -> int:
        """The number of the cell that holds the value. Errors: KeyError for a value the type does not have."""
        if not self.slots:
            return self.index[value]
        at = bisect_left(self.cuts, value)
        slot = self.slots[2 * at + (at < len(self.cuts) and self.cuts[at] == value)]
        if slot is None:
            raise KeyError(value)
        return slot

    def cells_with(self, value: Known) -> tuple[int, ...]:
        """Every cell that holds the value: several where cells are pairs of words and one side is asked."""
        if self.slots:
            return (self.cell_of(value),)
        return tuple(number for number, each in enumerate(self.values) if each == value)

    def only(self, value: Known) -> "Cells":
        """The one cell that holds the value, as if there were no other."""
        return Cells(self.fact, (value,), (self.labels[self.cell_of(value)],), index={value: 0})


def cells_of(fact: str, kind: Type, constants: Iterable[Known], *, every_value: bool = False) -> Cells:
    """The cells of a fact of this type, cut at the constants."""
    match kind:
        case Graded(scale):
            return _listed(fact, scale.words)
        case Truth():
            return _listed(fact, (False, True))
        case Numeric(least=Decimal() as least, most=Decimal() as most) if every_value and kind.is_finite:
            return _listed(fact, tuple(Decimal(each) for each in range(ceil(least), floor(most) + 1)))
        case Numeric(whole=whole, least=least, most=most):
            cuts = sorted({each for each in constants if isinstance(each, Decimal) and _inside(each, least, most)})
            return _cut(fact, _Line(whole, least, most, Decimal, str), tuple(cuts))
        case Calendar():
            days = sorted({each for each in constants if isinstance(each, date)})
            line = _Line(
                True, 1, date.max.toordinal(), date.fromordinal, lambda day: date.fromordinal(int(day)).isoformat()
            )
            return _cut(fact, line, tuple(days))
        case _:
            assert_never(kind)


def _listed(fact: str, values: tuple[Known, ...]) -> Cells:
    labels = tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in values)
    return Cells(fact, values, labels, index={value: number for number, value in enumerate(values)})


def _inside(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)


@dataclass(frozen=True, slots=True)
class _Line:
    """Sizes in order: whole or dense, perhaps with ends, and how one is turned into a value and into words."""

    whole: bool
    least: Size | None
    most: Size | None
    value: Callable[[int], Known] | type[Decimal]
    words: Callable[[Size], str]

    def between(self, low: Size | None, high: Size | None) -> tuple[Size, str] | None:
        """A size strictly between two cuts (None is no cut), with words for the gap; None when there is none."""
        if self.whole:
            return self._whole_between(low, high)
        if low is None and high is None:
            return (self.least or self.most or Decimal(0)), "any"
        if low is None:
            return self._below(high)
        if high is None:
            return self._above(low)
        return _middle(low, high), f"between {self.words(low)} and {self.words(high)}"

    def _below(self, high: Size | None) -> tuple[Size, str] | None:
        assert high is not None
        if self.least is not None and self.least >= high:
            return None
        size = EXACT.subtract(high, 1) if self.least is None else _middle(self.least, high)
        return size, f"below {self.words(high)}"

    def _above(self, low: Size) -> tuple[Size, str] | None:
        if self.most is not None and self.most <= low:
            return None
        size = EXACT.add(low, 1) if self.most is None else _middle(low, self.most)
        return size, f"above {self.words(low)}"

    def _whole_between(self, low: Size | None, high: Size | None) -> tuple[Size, str] | None:
        first = floor(low) + 1 if low is not None else None
        last = ceil(high) - 1 if high is not None else None
        if self.least is not None:
            first = max(ceil(self.least), first) if first is not None else ceil(self.least)
        if self.most is not None:
            last = min(floor(self.most), last) if last is not None else floor(self.most)
        if first is not None and last is not None and first > last:
            return None
        near = last if low is None and last is not None else first if first is not None else 0
        return near, self._gap_words(low, high, first, last)

    def _gap_words(self, low: Size | None, high: Size | None, first: int | None, last: int | None) -> str:
        if low is None:
            return "any" if high is None else f"below {self.words(high)}"
        if high is None:
            return f"above {self.words(low)}"
        assert first is not None
        assert last is not None
        return self.words(first) if first == last else f"{self.words(first)} to {self.words(last)}"


def _middle(low: Size, high: Size) -> Decimal:
    return EXACT.divide(EXACT.add(low, high), 2)


def _cut(fact: str, line: _Line, cuts: tuple[Known, ...]) -> Cells:
    values: list[Known] = []
    labels: list[str] = []
    slots: list[int | None] = []
    for size, words in _slots(line, cuts):
        slots.append(None if size is None else len(values))
        if size is not None:
            values.append(line.value(int(size)) if line.whole else size)
            labels.append(words)
    return Cells(fact, tuple(values), tuple(labels), cuts, tuple(slots))


def _slots(line: _Line, cuts: tuple[Known, ...]) -> Iterator[tuple[Size | None, str]]:
    """Gap, cut, gap, cut ... gap: a size in each, or None where no value lies."""
    sizes = [each.toordinal() if isinstance(each, date) else each for each in cuts]
    edges = (None, *sizes, None)
    for low, high in pairwise(edges):
        assert not isinstance(low, (str, bool)) and not isinstance(high, (str, bool))  # noqa: PT018
        yield line.between(low, high) or (None, "")
        if high is not None:
            fits = not line.whole or high == int(high)
            yield (high, line.words(high)) if fits else (None, "")
