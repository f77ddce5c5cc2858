"""Cells of many records that their facts cannot take: the first ones in words, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from greenpaper.records.record import Cell

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that cannot be used, or a whole column (`row` is then None). Rows are counted from 1.

    Where a frame has no numbers for its rows, `row` is None and `rows` says how many of them have this cell.
    """

    row: int | None
    column: str
    given: Cell
    message: str
    help: str = ""
    rows: int | None = None

    def __str__(self) -> str:
        place = f"`{self.column}`" if self.row is None else f"row {self.row:,}, `{self.column}`: `{self.given}`"
        if self.rows is not None:
            place += f": `{self.given}` in {self.rows:,} row{'s' if self.rows != 1 else ''}"
        return f"{place}: {self.message}" + (f" ({self.help})" if self.help else "")


@dataclass(slots=True)
class BadCells:
    """What was met so far: the first ones, and how many there are, columns that no version knows included."""

    count: int = 0
    first: list[BadCell] = field(default_factory=list)

    def add(self, found: Sequence[BadCell], count: int) -> None:
        """`count` more, of which these are the first."""
        self.count += count
        self.first.extend(found[: MOST_LISTED - len(self.first)])


class UnusableFrame(ValueError):
    """A frame has cells that their facts cannot take, or columns that no version knows.

    `cells` are the first of them, a hundred at most, and `count` is how many there are.
    """

    def __init__(self, cells: Sequence[BadCell], count: int) -> None:
        self.cells, self.count = tuple(cells), count
        left = count - sum(each.rows or 1 for each in self.cells)
        more = [f"and {left:,} more"] if left > 0 else []
        super().__init__("\n".join([*map(str, self.cells), *more]))
