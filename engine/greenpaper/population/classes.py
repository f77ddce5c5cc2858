"""The classes of one fact: values that no version in hand can tell apart, each class a small number.

The classes of a fact are its cells, in their order, then "nothing is known", then the words of other scales that leave
several cells possible. Which class a value belongs to is decided by the same reading as for one record.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, constants, needs_every_value
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Truth, Type
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.records.columns import value_of
from greenpaper.records.facts import Wrong, read_cell, typed
from greenpaper.records.record import Cell, Unknown
from greenpaper.situations.cells import Cells, cells_of
from greenpaper.situations.compiled import terms_of

MOST_KEPT = 10_000
"""Distinct values of a column whose class is kept; what a stream holds beyond them is read each time."""

Reading = Known | tuple[Known, ...] | None
"""What one version makes of a cell: a value, several that remain, or nothing."""


class UnlikeFacts(ValueError):
    """Versions declare a fact with unlike numbers or dates, so that no classes suit them all."""

    def __init__(self, fact: str) -> None:
        apart = "with another type, unit or range, or counted from another date"
        super().__init__(f"the versions declare `{fact}` {apart}: compare them one by one")


@dataclass(frozen=True, eq=False)
class Classes:
    """The classes of one fact under some versions, which are its `sides`.

    `values` has a cell for each class that stands for all in it; that of the class `unknown` is None. `cells` are of
    facts that are cut at constants, and None for facts whose values are words.
    """

    fact: str
    sides: tuple[tuple[Type, Vocabulary], ...]
    judged: frozenset[str]
    values: tuple[Cell, ...]
    unknown: int
    cells: Cells | None = None
    _read: dict[object, int | Wrong] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kind(self) -> Type:
        """The type of the fact, in the first version that has it."""
        return self.sides[0][0]

    def readings(self, cell: Cell) -> tuple[Reading, ...]:
        """What each version makes of a cell."""
        return tuple(_reading(cell, kind, names, self.judged) for kind, names in self.sides)

    @cached_property
    def _numbers(self) -> Mapping[tuple[Reading, ...], int]:
        return {self.readings(value): number for number, value in reversed(tuple(enumerate(self.values)))}

    def class_of(self, cell: Cell) -> int | Wrong:
        """The number of the cell's class, or why it cannot be used: not by any version."""
        if cell is None:
            return self.unknown
        if not _can_be_kept(cell):
            return self.class_of(str(cell))
        key = (type(cell), cell)
        found = self._read.get(key)
        if found is None:
            found = self._class_of(_as_in_a_table(cell))
            if len(self._read) < MOST_KEPT:
                self._read[key] = found
        return found

    def _class_of(self, cell: Cell) -> int | Wrong:
        found = [read_cell(cell, kind, names, self.judged)[0] for kind, names in self.sides]
        wrong = [each for each in found if isinstance(each, Wrong)]
        if len(wrong) == len(found):
            return wrong[0]
        if self.cells is None:
            return self._numbers[self.readings(cell)]
        value = found[0]
        return self.unknown if isinstance(value, (Unknown, Wrong)) else self.cells.cell_of(value)


def _can_be_kept(cell: object) -> bool:
    """Lists and the like, which are no value of any fact, cannot."""
    return isinstance(cell, Hashable)


def _as_in_a_table(cell: Cell) -> Cell:
    """A word for a kind of unknown as that kind, and a moment as its day."""
    match cell:
        case str():
            return value_of(cell.strip())
        case datetime():
            return cell.date()
        case _:
            return cell


def day_in(cell: Cell) -> date | None:
    """The day that a cell tells, if any."""
    found = typed(_as_in_a_table(cell), Calendar())
    return found if isinstance(found, date) else None


def _reading(cell: Cell, kind: Type, names: Vocabulary, judged: frozenset[str]) -> Reading:
    value, remaining = read_cell(cell, kind, names, judged)
    return remaining or (None if isinstance(value, (Unknown, Wrong)) else value)


def classes_of(fact: str, frameworks: Sequence[Framework], more: Sequence[Term] = ()) -> Classes:
    """The classes of a fact that some of the versions have; `more` are terms that cut it too. Errors: UnlikeFacts."""
    having = [each for each in frameworks if fact in each.vocabulary.facts]
    sides = tuple((each.vocabulary.facts[fact].type, each.vocabulary) for each in having)
    kinds = [kind for kind, _ in sides]
    if any(isinstance(kind, (Numeric, Calendar)) for kind in kinds):
        if any(kind != kinds[0] for kind in kinds):
            raise UnlikeFacts(fact)
        return _cut(fact, sides, [*(term for each in having for term in terms_of(each)), *more])
    words = tuple(dict.fromkeys(word for kind in kinds for word in _words(kind)))
    judged = frozenset(word for word in words if isinstance(word, str)) if len(frameworks) > 1 else frozenset()
    mapped = (word for kind, names in sides if isinstance(kind, Graded) for word in names.maps.get(kind.scale.id, {}))
    plain = Classes(fact, sides, judged, (), 0)
    values: dict[tuple[Reading, ...], Cell] = {}
    for cell in (*words, None, *mapped):
        values.setdefault(plain.readings(cell), cell)
    return Classes(fact, sides, judged, tuple(values.values()), tuple(values.values()).index(None))


def _words(kind: Type) -> tuple[str | bool, ...]:
    return kind.scale.words if isinstance(kind, Graded) else (False, True) if isinstance(kind, Truth) else ()


def _cut(fact: str, sides: tuple[tuple[Type, Vocabulary], ...], terms: Iterable[Term]) -> Classes:
    terms = tuple(terms)
    cuts = [value for term in terms for name, value in constants(term) if name == fact]
    every = any(fact in needs_every_value(term) for term in terms)
    cells = cells_of(fact, sides[0][0], cuts, every_value=every)
    return Classes(fact, sides, frozenset(), (*cells.values, None), len(cells), cells)


def cell_sets(classes: Classes, cells: Cells) -> tuple[tuple[int, ...], ...]:
    """For each class, the cells of one version's space that its values can be in: all where nothing is known."""
    found = []
    for value in classes.values:
        match classes.readings(value)[0]:
            case None:
                found.append(tuple(range(len(cells))))
            case tuple() as several:
                found.append(tuple(cell for each in several for cell in cells.cells_with(each)))
            case known:
                found.append(cells.cells_with(known))
    return tuple(found)


def thresholds(classes: Classes) -> tuple[tuple[Known, ...], tuple[int | None, ...]]:
    """The constants a number or date is cut at, and the class of each gap and constant in turn; None holds no value."""
    assert classes.cells is not None
    cells = classes.cells
    if cells.slots:
        return cells.cuts, cells.slots
    slots = [None, *(slot for number in range(len(cells)) for slot in (number, None))]
    return cells.values, tuple(slots)


def ends(kind: Type) -> tuple[Decimal | None, Decimal | None]:
    """The declared range of a number."""
    return (kind.least, kind.most) if isinstance(kind, Numeric) else (None, None)
