"""Records drawn at random from what was observed: a complete record of today, moved by one observed step.

Every row is the second inspection of an observed step, so that facts go together as they did. Nothing is fitted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import numpy as np
import pyarrow as pa

from greenpaper.framework.checked import Confidence, Framework
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Truth, Type
from greenpaper.population.choice import Choice, Numbers, choice_of
from greenpaper.population.steps import (
    Needs,
    NothingToDrawFrom,
    Seen,
    Steps,
    Values,
    facts_needed,
    nearest,
    steps_of,
    successive,
)
from greenpaper.records.tables import Records, load_records
from greenpaper.source.shipped import shipped

METADATA = b"greenpaper"
AT_ONCE = 1 << 18
ASSUMPTIONS = (
    "Every authority whose current record is complete has the same chance to be drawn.",
    "It changes by one observed step: as an authority did whose earlier inspection agrees with it in the largest share"
    " of the facts known in both. Where several are equally near, each has the same chance.",
    "What was observed until the records were taken goes on; the records are taken to be right.",
)


@dataclass(frozen=True, slots=True)
class Deck:
    """What is drawn from: complete current records, the steps, and how many current records are not complete."""

    needs: Needs
    starts: tuple[Seen, ...]
    steps: Steps
    incomplete: int

    @property
    def chances(self) -> tuple[tuple[int, ...], ...]:
        """For each current record the steps of which one is taken, by their numbers."""
        firsts = [step.first.values for step in self.steps.kept]
        found = {values: nearest(values, firsts) for values in {each.values for each in self.starts}}
        return tuple(found[each.values] for each in self.starts)


def sample(framework: Framework, n: int, *, seed: int, like: Records | None = None) -> pa.Table:
    """`n` records in the facts that the framework reads, drawn from `like`: without it, from the 153 authorities.

    The metadata of the table say, under `greenpaper` and as JSON, what was drawn from, and what is assumed. Errors:
    NothingToDrawFrom when no current record or no step is complete; ValueError for a number or seed below 0.
    """
    if n < 0 or seed < 0:
        raise ValueError("the number of records and the seed are whole numbers from 0 on")
    deck = deck_of(framework, load_records(shipped("authorities")) if like is None else like)
    rows, which = _distinct([step.second.values for step in deck.steps.kept])
    drawn = which.take(_drawn(choice_of(deck.chances), n, seed))
    facts = zip(deck.needs.facts, zip(*rows, strict=True), strict=True)
    columns = {name: _column(values, framework.vocabulary.facts[name].type, drawn) for name, values in facts}
    told = json.dumps(_told(deck, n, seed), ensure_ascii=False)
    return pa.table(columns).replace_schema_metadata({METADATA: told.encode()})


def deck_of(framework: Framework, like: Records) -> Deck:
    """What records of the framework are drawn from. Errors: NothingToDrawFrom."""
    needs = Needs(framework, facts_needed(framework))
    if not needs.facts:
        raise NothingToDrawFrom(f"{framework.version} reads no facts: there is nothing to draw")
    seen = [needs.seen(record, like.taken) for record in like.current]
    starts = tuple(each for each in seen if each.is_complete)
    steps = steps_of(needs, successive(like.inspections))
    facts = ", ".join(needs.facts)
    if not starts:
        raise NothingToDrawFrom(f"no current record is complete in the facts that {framework.version} reads: {facts}")
    if not steps.kept:
        raise NothingToDrawFrom(
            f"no inspection that follows another is complete in the facts that {framework.version} reads: {facts}"
        )
    return Deck(needs, starts, steps, len(seen) - len(starts))


def _distinct(values: Sequence[Values]) -> tuple[list[Values], Numbers]:
    """The different values, and for each step which of them its second inspection has."""
    place = {each: number for number, each in enumerate(dict.fromkeys(values))}
    return list(place), np.array([place[each] for each in values], dtype=np.int32)


def _drawn(chances: Choice, n: int, seed: int) -> Numbers:
    """The step of each row. Drawn in parts, so that what lies between stays small."""
    numbers = np.random.Generator(np.random.PCG64(seed))
    found = np.empty(n, dtype=np.int32)
    for begin in range(0, n, AT_ONCE):
        part = found[begin : begin + AT_ONCE]
        who = (numbers.random(part.size) * chances.counts.size).astype(np.int32)
        part[:] = chances.drawn(who, numbers.random(part.size))
    return found


def _column(values: Sequence[Known], kind: Type, drawn: Numbers) -> pa.Array:
    """One fact of all rows; `values` are those of the different records."""
    match kind:
        case Graded(scale):
            ranks = np.array([scale.rank(str(value)) for value in values], dtype=np.int8)
            return pa.DictionaryArray.from_arrays(pa.array(ranks.take(drawn)), pa.array(scale.words, pa.string()))
        case Truth():
            return pa.array(np.array(values, dtype=np.bool_).take(drawn))
        case Numeric(whole=whole):
            return pa.array(np.array([float(str(value)) for value in values]).take(drawn)).cast(
                pa.int64() if whole else pa.float64()
            )
        case Calendar():
            return pa.array(np.array(values, dtype="datetime64[D]").take(drawn))
        case _:
            assert_never(kind)


def _told(deck: Deck, n: int, seed: int) -> Mapping[str, Any]:
    """What a reader of the table must know of it."""
    framework, steps = deck.needs.framework, deck.steps
    return {
        "framework": framework.id,
        "version": framework.version,
        "choices": {each.proposal: each.option for each in framework.choices},
        "illustrative": _is_illustrative(framework),
        "records": n,
        "seed": seed,
        "drawn_from": {"current_records": len(deck.starts), "steps": len(steps.kept)},
        "left_out": {
            "current_records": {"not_complete": deck.incomplete},
            "steps": {"second_not_complete": steps.incomplete, "second_breaks_a_constraint": steps.inadmissible},
        },
        "assumptions": [{"says": each, "confidence": str(Confidence.ASSUMED)} for each in ASSUMPTIONS],
    }


def _is_illustrative(framework: Framework) -> bool:
    """Whether something that says which facts are drawn was made up."""
    said = {choice.confidence for choice in framework.choices} | {each.confidence for each in framework.constraints}
    said |= {rule.confidence for decision in framework.decisions.values() for rule in decision.rules}
    return Confidence.ILLUSTRATIVE in said | {framework.confidence}
