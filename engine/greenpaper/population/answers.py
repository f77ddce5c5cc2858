"""Conclusions of many records as columns of Arrow data: outcome, status, the possible answers, the deciding rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework, Status
from greenpaper.population.tables import Codes, Tables, tables_of


class Column(StrEnum):
    """What is told of each decision; the column of a frame is called by the decision and this."""

    OUTCOME = "outcome"
    STATUS = "status"
    POSSIBLE = "possible"
    RULE = "rule"


def possible_answers(framework: Framework) -> Mapping[str, tuple[Conclusion, ...]]:
    """For each decision, what each code in its column of possible answers stands for. Errors: TooLarge."""
    return {name: tables_of(framework, name).conclusions for name in framework.decisions}


def words(tables: Tables, column: Column) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """The words of a column, and for each conclusion the one it has; None where it has none."""
    match column:
        case Column.OUTCOME:
            return tuple(tables.decision.outcomes), tuple(each.outcome for each in tables.conclusions)
        case Column.STATUS:
            return tuple(each.value for each in Status), tuple(each.status.value for each in tables.conclusions)
        case Column.RULE:
            return tuple(rule.id for rule in tables.decision.rules), tuple(each.rule for each in tables.conclusions)
        case Column.POSSIBLE:
            raise AssertionError("the possible answers are numbers")


def name_of(decision: str, column: Column) -> str:
    """How a column of answers is called in a frame."""
    return f"{decision}_{column}"


@dataclass(frozen=True, slots=True)
class InWords:
    """A column of words: the words once, for each record the place of its own, and whether it has one at all.

    `present` has a truth for each record, or is None where every record has a word.
    """

    words: tuple[str, ...]
    places: Codes
    present: pa.BooleanArray | None

    @property
    def as_arrow(self) -> pa.DictionaryArray:
        """The column as Arrow data, without a copy."""
        return pa.DictionaryArray.from_arrays(self.places_as_arrow, pa.array(self.words, pa.string()), safe=False)

    @property
    def listed(self) -> list[str | None]:
        """The word of each record, or None."""
        places = self.places.tolist()
        if self.present is None:
            return [self.words[place] for place in places]
        there = self.present.to_pylist()
        return [self.words[place] if is_there else None for place, is_there in zip(places, there, strict=True)]

    @property
    def places_as_arrow(self) -> pa.Array:
        """The places alone as Arrow data, without a copy."""
        present = None if self.present is None else self.present.buffers()[1]
        kind = pa.from_numpy_dtype(self.places.dtype)
        return pa.Array.from_buffers(kind, len(self.places), [present, pa.py_buffer(self.places)])


Answers = Codes | InWords
