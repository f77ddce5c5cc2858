"""What a lazy frame needs to be told of a fact's classes, since it cannot call Python: words, and spans between edges.

Both are made from `Classes` and from the cuts that records at hand are read by, so that a value means the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from greenpaper.language.types import Graded, Truth
from greenpaper.population.arrow_columns import EPOCH, LAST, Cuts, cuts_of_wholes
from greenpaper.population.classes import Classes
from greenpaper.records.columns import UNKNOWN_WORDS
from greenpaper.records.facts import TRUTHS, Wrong, months_between

BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""Everything that Python strips from a word."""
LONG_S = "\u017f"
"""Folds to `s`, and is a small letter already."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Sizes in order, cut at edges: `numbers` has the class below the first edge, then the class from each edge on."""

    edges: tuple[int, ...] | tuple[float, ...]
    numbers: tuple[int, ...]

    def between(self, least: int, most: int) -> "Spans":
        """The same for values that lie between two sizes, both included, with no edge outside them."""
        first, end = bisect_right(self.edges, least), bisect_right(self.edges, most)
        return Spans(self.edges[first:end], self.numbers[first : end + 1])


def spans_of(cuts: Cuts, wrong: int) -> Spans:
    """The cuts as spans; what is out of range has the number `wrong`."""
    classes: list[int] = cuts.classes.tolist()
    edges = sorted({*cuts.thresholds, *(each for each in (cuts.least, cuts.beyond) if each is not None)})

    def number(size: int | float) -> int:
        below = cuts.least is not None and size < cuts.least
        above = cuts.beyond is not None and size >= cuts.beyond
        return wrong if below or above else classes[bisect_right(cuts.thresholds, size)]

    first = wrong if cuts.least is not None else classes[0]
    return _joined(tuple(edges), (first, *map(number, edges)))


def _joined(edges: tuple[int | float, ...], numbers: tuple[int, ...]) -> Spans:
    """Neighbours of one class as one span."""
    kept = [at for at in range(len(edges)) if numbers[at] != numbers[at + 1]]
    return Spans(tuple(edges[at] for at in kept), (numbers[0], *(numbers[at + 1] for at in kept)))


def spans_since(classes: Classes, as_of: date) -> Spans:
    """Days since 1970 cut where the months from a day to `as_of` come to another class, or out of range."""
    spans = spans_of(cuts_of_wholes(classes), len(classes))
    edges = tuple(_first_day_below(int(months), as_of) for months in reversed(spans.edges))
    return _without_empty(edges, tuple(reversed(spans.numbers)))


def _first_day_below(months: int, as_of: date) -> int:
    """The first day, counted from 1970, from which fewer than so many months are completed: later days leave fewer."""
    days = range(1 - EPOCH, LAST + 1)
    return days[0] + bisect_left(days, True, key=lambda day: months_between(day_of(day), as_of) < months)


def _without_empty(edges: tuple[int, ...], numbers: tuple[int, ...]) -> Spans:
    """Spans in which a day lies: of equal edges the last one counts."""
    kept = [at for at, edge in enumerate(edges) if edge not in edges[at + 1 :]]
    return _joined(tuple(edges[at] for at in kept), (numbers[0], *(numbers[at + 1] for at in kept)))


def day_of(days: int) -> date:
    """A day, given how many days after the first of 1970 it is."""
    return date.fromordinal(days + EPOCH)


def spellings(classes: Classes) -> Mapping[str, int]:
    """The class of every word that says something of the fact, without blanks around it."""
    kinds = [(kind, names) for kind, names in classes.sides]
    words = [word for kind, _ in kinds if isinstance(kind, Graded) for word in kind.scale.words]
    words += [word for kind, names in kinds if isinstance(kind, Graded) for word in names.maps.get(kind.scale.id, {})]
    words += [word for kind, _ in kinds if isinstance(kind, Truth) for word in TRUTHS]
    found = {word: classes.class_of(word) for word in words if word == word.strip()}
    return {word: number for word, number in found.items() if not isinstance(number, Wrong)}


def unknown_in_small_letters() -> tuple[str, ...]:
    """How a kind of unknown can stand when all its letters are small."""
    return tuple(dict.fromkeys(each for word in UNKNOWN_WORDS for each in (word, word.replace("s", LONG_S))))
