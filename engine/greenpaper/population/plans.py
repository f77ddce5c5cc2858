"""What is asked of many records: the columns of answers of each decision, and how the columns of facts are read."""

from dataclasses import dataclass

from greenpaper.population.answers import name_of
from greenpaper.population.batches import Encoding
from greenpaper.population.layouts import Layout

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a frame: the columns of each decision, and how those of the frame are read."""

    layouts: tuple[Layout, ...]
    encoding: Encoding
    lists_bad: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are added to the frame."""
        named = tuple(name_of(each.tables.decision.id, column) for each in self.layouts for column in each.columns)
        return named if self.lists_bad else (*named, UNREADABLE)
