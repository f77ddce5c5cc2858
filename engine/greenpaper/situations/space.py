"""The situations that some versions can tell apart: one fact a level, one cell a child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

from greenpaper.language.terms import Term, constants, facts_read, needs_every_value
from greenpaper.language.types import Known
from greenpaper.language.vocabulary import Fact
from greenpaper.situations.cells import Cells, cells_of


@dataclass(frozen=True)
class Space:
    """Facts in the order of their levels, each cut into cells."""

    cells: tuple[Cells, ...]

    @cached_property
    def level(self) -> Mapping[str, int]:
        """Fact → its level."""
        return {cells.fact: level for level, cells in enumerate(self.cells)}

    @property
    def arities(self) -> tuple[int, ...]:
        return tuple(len(cells) for cells in self.cells)

    def size(self, facts: Iterable[str]) -> int:
        """How many situations these facts have together."""
        return prod(len(self.cells[self.level[fact]]) for fact in facts)

    def situate(self, known: Mapping[str, Known]) -> dict[int, int]:
        """Level → the cell of each known fact; unknown facts are left out."""
        return {level: self.cells[level].cell_of(known[fact]) for fact, level in self.level.items() if fact in known}

    def allowed(self, possible: Mapping[str, tuple[Known, ...]]) -> dict[int, tuple[int, ...]]:
        """Level → the cells that a fact can be in, for facts of which the possible values are given."""
        return {
            level: tuple(cell for value in possible[fact] for cell in self.cells[level].cells_with(value))
            for fact, level in self.level.items()
            if fact in possible
        }


def space_of(terms: Iterable[Term], facts: Mapping[str, Fact], order: Iterable[str] | None = None) -> Space:
    """The space of every fact that the terms read, in `order`, or else in the order of first use."""
    terms = tuple(terms)
    order = tuple(order or dict.fromkeys(fact for term in terms for fact in facts_read(term)))
    every_value = frozenset(fact for term in terms for fact in needs_every_value(term))
    cuts: dict[str, set[Known]] = {fact: set() for fact in order}
    for term in terms:
        for fact, constant in constants(term):
            cuts[fact].add(constant)
    return Space(tuple(cells_of(fact, facts[fact].type, cuts[fact], every_value=fact in every_value) for fact in order))
