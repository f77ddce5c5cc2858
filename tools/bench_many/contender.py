"""What a contender is: how it wants the records, what it makes of them, and how that is read for the comparison."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from inputs import Columns
from reference import FACTS, LABELS, NULL, OUTCOMES, STATUSES, Codes, Truth, place_of, truth

Answers = Mapping[str, Codes]  # of `label`, `outcome`, `status`, `rule`, `possible`, or `moves`: what a contender gives
OWN = ("outcome", "status", "rule", "label")


class Input(StrEnum):
    """What the records are when the clock starts."""

    CODES = "codes, one byte each"
    TYPED = "typed columns"
    STRINGS = "columns of strings"
    ROWS = "one dictionary for each record"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do a job: A for each record what follows under 2026, B how many move from what to what since 2025.

    `prepare` puts the records into the shape that it wants, and is not timed. `start` reads and compiles what it needs,
    and gives the work that is timed. `read` turns the result of the work into codes; that is not timed either.
    """

    name: str
    made_by: str  # the library that does the work, as a registry names it
    input: Input
    gives: str
    prepare: Callable[[Columns], Any]
    start: Callable[[], Callable[[Any], Any]]
    read: Callable[[Any], Answers]
    facts: tuple[str, ...] = FACTS
    version: str = "2026"


def wrong(answers: Answers, columns: Columns, version: str) -> list[str]:
    """What is not as the reference says of these records, with how often."""
    if "moves" in answers:
        differ = {"moves": int((answers["moves"] != moves(columns)).sum())}
    else:
        right = truth(version)
        places = place_of([columns[fact] for fact in right.facts])
        tables = {**{name: getattr(right, name) for name in OWN}, "possible": possible_codes(right)}
        differ = {name: int((found != tables[name][places]).sum()) for name, found in answers.items()}
    return [f"`{name}` differs {count} times" for name, count in differ.items() if count]


def moves(columns: Columns) -> np.ndarray:
    """How many records have each label of 2025, down, with each of 2026, across."""
    before, after = (truth(version) for version in ("2025", "2026"))
    labelled = [each.label[place_of([columns[fact] for fact in each.facts])] for each in (before, after)]
    both = labelled[0].astype(np.uint16) * len(LABELS) + labelled[1]
    return np.bincount(both, minlength=len(LABELS) ** 2).reshape(len(LABELS), -1)


def possible_codes(truth: Truth) -> Codes:
    """The sets of possible answers numbered as they first come, for each partial record."""
    numbers = {each: number for number, each in enumerate(dict.fromkeys(truth.possible))}
    return np.array([numbers[each] for each in truth.possible], dtype=np.uint8)


def codes_of(column: Any, words: tuple[str, ...]) -> Codes:
    """A column of words, from any library, as codes. NULL where it has none."""
    import polars as pl

    series = column if isinstance(column, pl.Series) else pl.Series(column)
    coded = series.cast(pl.String).cast(pl.Enum(words)).to_physical().cast(pl.UInt8)
    return coded.fill_null(NULL).to_numpy()


def outcome_and_status(frame: Any) -> Answers:
    """The two columns of a frame that a hand-written contender made."""
    return {"outcome": codes_of(frame["outcome"], OUTCOMES), "status": codes_of(frame["status"], STATUSES)}


def labels(found: Any) -> Answers:
    """One word for each record."""
    return {"label": codes_of(found, LABELS)}
