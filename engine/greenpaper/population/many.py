"""Many records at once: every decision of a framework on a frame of any kind, the same kind of frame back.

Exactly what one record is told, many are told: the tables are made from the same diagrams, and every distinct word is
read as that of one record. What is not known leads to a set of possible answers, never to a default.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from greenpaper.framework.checked import Framework
from greenpaper.population.answers import Answers, Column, InWords, name_of
from greenpaper.population.batches import Encoding, Reading, strangers
from greenpaper.population.frames import Eager, added, as_arrow, frame_of
from greenpaper.population.layouts import Bits, Layout, layout
from greenpaper.population.lazily import gives_lazily
from greenpaper.population.plans import UNREADABLE, Plan
from greenpaper.population.tables import Codes, Tables, classes_in, tables_of
from greenpaper.population.turns import in_turn, placed
from greenpaper.population.unusable import BadCell, BadCells, UnusableFrame
from greenpaper.population.walking import walk

ON_BAD = ("raise", "unknown")


def evaluate_many(
    framework: Framework,
    frame: Any,
    *,
    decisions: Collection[str] | None = None,
    columns: Collection[str] = tuple(Column),
    beside: Collection[str] = (),
    on_bad: str = "raise",
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Any:
    """The frame with columns for each decision D: `D_outcome`, `D_status`, `D_possible`, `D_rule`, or those asked for.

    Takes pandas, Polars (eager and lazy), PyArrow, DuckDB and PySpark frames. Columns are the facts by their ids;
    `beside` names columns that are no facts, and `elsewhere` facts of other versions. `as_of` is the day to which
    months are counted.

    Unknown: a missing value, a missing column and a word for a kind of unknown are not known. `D_outcome` and `D_rule`
    are null where they are not certain; `D_possible` is a code for the answers still possible, which
    `possible_answers` lists. Errors: UnusableFrame has every cell that cannot be used, the first hundred in words;
    with `on_bad="unknown"` such a cell counts as unknown, and a column `unreadable` has how many there are in each
    row. TooLarge; ValueError for a decision or column that does not exist, and where the frame has a column already.
    """
    plan = plan_of(framework, decisions, columns, on_bad=on_bad, as_of=as_of)
    given = frame_of(frame)
    odd = strangers(given.columns, [framework.vocabulary], beside, elsewhere) if on_bad == "raise" else []
    taken = sorted(set(plan.names).intersection(given.columns))
    if taken:
        raise ValueError(f"the frame already has a column {taken[0]}: rename it, or leave it out")
    if isinstance(given, Eager):
        return _at_hand(plan, given, odd)
    return gives_lazily(given, plan, odd, partial(_at_hand, plan))


def _at_hand(plan: Plan, given: Eager, odd: Sequence[BadCell] = ()) -> Any:
    return added(given, _answers(plan, as_arrow(given, plan.encoding.columns), odd))


def plan_of(
    framework: Framework,
    decisions: Collection[str] | None,
    columns: Collection[str],
    *,
    on_bad: str,
    as_of: date | None,
) -> Plan:
    """The decisions and columns asked for. Errors: TooLarge; ValueError for what does not exist."""
    columns = (columns,) if isinstance(columns, str) else columns
    decisions = (decisions,) if isinstance(decisions, str) else decisions
    names = tuple(framework.decisions) if decisions is None else tuple(decisions)
    _must_be(names, framework.decisions, "decision")
    _must_be(columns, tuple(Column), "column of answers")
    _must_be((on_bad,), ON_BAD, "way with bad cells")
    tables = tuple(tables_of(framework, each) for each in names)
    layouts = tuple(layout(each, tuple(map(Column, dict.fromkeys(columns)))) for each in tables)
    return Plan(layouts, encoding_of(framework, tables, as_of), on_bad == "raise")


def _must_be(given: Collection[str], known: Collection[str], what: str) -> None:
    for each in given:
        if each not in known:
            raise ValueError(f"there is no {what} `{each}`: there are {', '.join(known)}")


def encoding_of(framework: Framework, tables: Sequence[Tables], as_of: date | None) -> Encoding:
    """How the facts that some of the tables read become classes."""
    every, facts = classes_in(framework), framework.vocabulary.facts
    read = {fact: every[fact] for each in tables for fact in each.facts}
    others = {fact: each for fact, each in every.items() if fact not in read}
    since = {name: fact.derived.since for name, fact in facts.items() if fact.derived}
    return Encoding(read, since, as_of, others)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one batch: for each layout which records have a word, and the cells that cannot be used."""

    present: tuple[Mapping[Bits, pa.BooleanArray], ...]
    bad: BadCells


def _answers(plan: Plan, table: pa.Table, odd: Sequence[BadCell]) -> dict[str, Answers]:
    """The columns of answers to a table, in the order of its rows. Errors: UnusableFrame."""
    numbers = [each.empty(table.num_rows) for each in plan.layouts]
    unreadable = np.empty(0 if plan.lists_bad else table.num_rows, np.uint8)

    def answer(part: tuple[Reading, slice, int]) -> Answered:
        (reading, rows, before), bad = part, BadCells()
        classes, wrong = reading.of(rows, before=before, bad=bad)
        count, at = rows.stop - rows.start, slice(before + rows.start, before + rows.stop)
        if not plan.lists_bad:
            unreadable[at] = 0 if wrong is None else wrong
        entries = [walk(asked.steps, classes, count) for asked in plan.layouts]
        del classes, wrong  # several threads hold them, and they are as large as the part
        present = tuple(
            asked.read(found, {column: into[column][at] for column in into})
            for asked, found, into in zip(plan.layouts, entries, numbers, strict=True)
        )
        return Answered(present, bad)

    parts = [*in_turn(answer, placed(map(plan.encoding.reading, table.to_batches())))]
    bad = BadCells()
    bad.add(odd, len(odd))
    for part in parts:
        bad.add(part.bad.first, part.bad.count)
    if plan.lists_bad and bad.count:
        raise UnusableFrame(bad.first, bad.count)
    found: dict[str, Answers] = {}
    for at, (asked, each) in enumerate(zip(plan.layouts, numbers, strict=True)):
        present = [part.present[at] for part in parts]
        decision = asked.tables.decision.id
        found |= {name_of(decision, column): _column(asked, column, each[column], present) for column in asked.columns}
    return found if plan.lists_bad else {**found, UNREADABLE: unreadable}


def _column(
    asked: Layout, column: Column, numbers: Codes, present: Sequence[Mapping[Bits, pa.BooleanArray]]
) -> Answers:
    if column is Column.POSSIBLE:
        return numbers
    bits = asked.presence.get(column)
    there = pa.concat_arrays([each[bits] for each in present]) if bits and present else None
    return InWords(asked.words[column], numbers, there)
