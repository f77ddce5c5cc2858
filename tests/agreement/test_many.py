"""Many records are told exactly what each of them is told alone, on every kind of frame."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, reduce
from itertools import combinations, cycle, product
from math import prod
from operator import or_
from pathlib import Path
from random import Random
from typing import Any

import narwhals.stable.v2 as nw
import pytest

import greenpaper as gp
from agreement.strategies import FAMILIES, Draw, a_version, flip, one, some, whole
from agreement.versions import Version, WrittenFact, checked, texts
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.population.answers import Column
from greenpaper.population.tables import MOST_ENTRIES, tables_of
from greenpaper.situations.compiled import Answer
from population.every_type import many_facts
from population.frames import EAGER, KINDS, LAZY, UNKNOWN_WORDS, columns_of, values_of

CATALOGUE = Catalogue(Path(__file__).parents[2] / "policies")
Told = tuple[str | None, str, Any, str | None]


# What one record is told, and what many are


def one_by_one(framework: Framework, records: Sequence[Mapping[str, Any]], as_of: date | None) -> dict[str, list[Told]]:
    """Decision → outcome, status, possible answers with the rules behind them, and rule of each record."""
    found: dict[str, list[Told]] = {name: [] for name in framework.decisions}
    for record in records:
        evaluation = gp.evaluate(framework, record, as_of=as_of)
        for name, verdict in evaluation.decisions.items():
            outcome, rule = (each.id if each else None for each in (verdict.outcome, verdict.rule))
            told = left(verdict.possible, (each.id for each in verdict.rules))
            found[name].append((outcome, str(verdict.status), told, rule))
    return found


def left(possible: Iterable[Answer], rules: Iterable[str]) -> Any:
    return sorted(map(str, possible)), sorted(rules)


def all_at_once(framework: Framework, frame: Any, as_of: date | None) -> dict[str, list[Told]]:
    """The same, read from the columns that are added to a frame."""
    out = gp.evaluate_many(framework, frame, as_of=as_of)
    assert type(out) is type(frame)
    found = {}
    for name, listed in gp.possible_answers(framework).items():
        outcome, status, code, rule = (values_of(out, f"{name}_{column}") for column in Column)
        told = [left(each.possible, each.rules) for each in listed]
        found[name] = list(zip(outcome, status, (told[each] for each in code), rule, strict=True))
    return found


def check(
    framework: Framework, records: Sequence[Mapping[str, Any]], kinds: Sequence[str], *, as_of: date | None = None
) -> dict[str, list[Told]]:
    expected = one_by_one(framework, records, as_of)
    columns = columns_of(records, list(framework.vocabulary.facts))
    for kind in kinds:
        found = all_at_once(framework, KINDS[kind](columns), as_of)
        for name in framework.decisions:
            for record, alone, among in zip(records, expected[name], found[name], strict=True):
                assert alone == among, (kind, name, record)
    return expected


# Random frameworks


def with_more(draw: Draw, version: Version) -> tuple[Framework, dict[str, tuple[str, ...]]]:
    """The version with words of another scale for each of its own, and months that follow from a date.

    And for each graded fact the words of the other scale.
    """
    mapped = {scale: _mapping(draw, scale, words) for scale, words in version.scales.items()}
    dates = [fact.id for fact in version.facts.values() if fact.type == "date"]
    months = [fact.id for fact in version.facts.values() if fact.unit == "months"]
    files = []
    for kind, text in texts(version):
        for scale, words in mapped.items() if kind == "vocabulary" else ():
            head, told = f"  {scale}: {{", ", ".join(f"{word}: [{', '.join(own)}]" for word, own in words.items())
            text = text.replace(head, f"{head}maps_from: {{elsewhere: {{{told}}}}}, ")  # noqa: PLW2901
        for fact in months if dates and kind == "vocabulary" else ():
            text = text.replace(f"  {fact}: {{", f"  {fact}: {{since: {one(draw, dates)}, ")  # noqa: PLW2901
        files.append((kind, text))
    framework, wrong = checked(files)
    assert framework is not None, "\n".join(wrong)
    return framework, {name: tuple(mapped[fact.scale]) for name, fact in version.facts.items() if fact.scale}


def _mapping(draw: Draw, scale: str, words: tuple[str, ...]) -> dict[str, list[str]]:
    """Each word of the other scale and the own ones it can be: one, several or all."""
    return {f"{scale}_{letter}": some(draw, words, 1, len(words)) for letter in "xyz"[: whole(draw, 1, 3)]}


def records_of(draw: Draw, version: Version, foreign: Mapping[str, tuple[str, ...]], most: int) -> list[dict[str, Any]]:
    """Every partial record when there are few, and otherwise some; each word may be one of another scale."""
    options = {name: (None, *fact.values) for name, fact in version.facts.items()}
    if prod(map(len, options.values())) <= most:
        found = [dict(zip(options, cells, strict=True)) for cells in product(*options.values())]
    else:
        found = [{name: one(draw, cells) for name, cells in options.items()} for _ in range(most)]
    return [_reworded(draw, version.facts, record, foreign) for record in found] + found[:1]


def _reworded(draw: Draw, facts: Mapping[str, WrittenFact], record: dict[str, Any], foreign: Any) -> dict[str, Any]:
    """A word for a kind of unknown where nothing is known, and now and then a word of another scale."""
    changed = {}
    for name, cell in record.items():
        if name in foreign and whole(draw, 0, 4) == 0:
            changed[name] = one(draw, foreign[name])
        elif facts[name].words and cell is None and flip(draw):
            changed[name] = one(draw, UNKNOWN_WORDS)
        elif cell is not None:
            changed[name] = cell
    return changed


def random_frameworks(seeds: range, most: int) -> Iterator[tuple[int, Framework, list[dict[str, Any]], date]]:
    for seed in seeds:
        draw = Random(seed).randint
        version = a_version(draw, FAMILIES)
        framework, foreign = with_more(draw, version)
        as_of = date(2024, 2, 28) + timedelta(whole(draw, -40, 600))
        yield seed, framework, records_of(draw, version, foreign, most), as_of


def agree(seeds: range, most: int, turns: Iterator[Sequence[str]]) -> Counter[str]:
    """How often each status came out; every framework is tried on the kinds of frame whose turn it is."""
    seen = Counter[str]()
    for seed, framework, records, as_of in random_frameworks(seeds, most):
        try:
            told = check(framework, records, next(turns), as_of=as_of)
        except BaseException as fault:
            fault.add_note(f"seed {seed}, counted to {as_of}")
            raise
        seen.update(status for each in told.values() for _, status, _, _ in each)
    return seen


STATUSES = {"decided", "undetermined", "no rule", "conflict", "inadmissible"}


def test_a_hundred_random_frameworks_tell_many_what_they_tell_one():
    turns = cycle(EAGER)
    seen = agree(range(100), 15, zip(turns, turns, strict=False))
    assert set(seen) == STATUSES
    assert min(seen.values()) > 20, seen


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(4))
def test_a_thousand_random_frameworks_tell_many_what_they_tell_one(part):
    seen = agree(range(1000 + part, 2000, 4), 120, ([*EAGER, lazy] for lazy in cycle(LAZY)))
    assert set(seen) == STATUSES


# Shipped versions

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
PRACTICE = ("leaders", "help_and_protection", "in_care", "care_leavers")


@cache
def judged(version: str) -> tuple[str, ...]:
    """The facts that some answer depends on."""
    framework = CATALOGUE.load(version)
    return tuple(dict.fromkeys(fact for name in framework.decisions for fact in tables_of(framework, name).facts))


def partial_records(framework: Framework, facts: Sequence[str]) -> list[dict[str, str]]:
    scales = [framework.vocabulary.facts[fact].type.scale.words for fact in facts]
    every = product(*((None, *words) for words in scales))
    return [{fact: word for fact, word in zip(facts, words, strict=True) if word} for words in every]


def test_every_partial_record_of_2026_is_told_the_same_on_every_kind_of_frame():
    framework = CATALOGUE.load("2026")
    records = partial_records(framework, judged("2026"))
    told = check(framework, records, list(KINDS))
    assert len(records) == 625
    assert {status for _, status, _, _ in told["pathway"]} == {"decided", "undetermined", "no rule"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", CATALOGUE.versions)
def test_every_partial_record_of_every_shipped_version_is_told_the_same_on_every_kind_of_frame(version):
    framework = CATALOGUE.load(version)
    records = partial_records(framework, judged(version))
    check(framework, records, list(KINDS))
    assert 600 < len(records) < 4000


# Many facts


def with_many_facts(seed: int, size: int, number: int) -> list[dict[str, str]]:
    """Records of so many facts, most of them good and some unknown."""
    draw = Random(seed)
    leaders, *practice = many_facts(size).vocabulary.facts
    weights = ((1, 8, 14, 8), (0, 10, 10, 10), (0, 0, 10, 10))
    found = []
    for each in range(number):
        unknown = draw.choice((0, 0.02, 0.2, 0.9))
        known = [fact for fact in practice if draw.random() >= unknown]
        record = dict(zip(known, draw.choices(GRADES, weights[each % 3], k=len(known)), strict=True))
        found.append(record | ({leaders: draw.choice(GRADES)} if draw.random() >= unknown else {}))
    return found


def by_counting(size: int, record: Mapping[str, str]) -> tuple[str, set[str]]:
    """Status and outcomes that are still possible, by how many unknown facts may be inadequate, poor or good."""
    half = (size - 1) // 2
    practice = Counter(grade for fact, grade in record.items() if fact != "leaders")
    sure = Counter(bad=practice["inadequate"], poor=practice["requires_improvement"])
    sure["good"] = practice["good"] + practice["outstanding"]
    unknown = size - 1 - sure.total()
    found = set()
    for leaders in [record["leaders"]] if "leaders" in record else GRADES:
        for bad, poor in product(range(unknown + 1), repeat=2):
            if bad + poor <= unknown:
                more = (sure["bad"] + bad, sure["poor"] + poor, sure["good"] + unknown - bad - poor)
                found.add(first_rule(half, leaders, *more))
    status = "undetermined" if len(found) > 1 else "no rule" if found == {""} else "decided"
    return status, found


def first_rule(half: int, leaders: str, bad: int, poor: int, good: int) -> str:
    if bad:
        return "monitoring"
    if leaders == "requires_improvement" or poor >= half:
        return "intensive"
    return "light" if leaders in ("good", "outstanding") and good >= half else ""


@pytest.mark.parametrize(("size", "number", "alone"), [(7, 3000, 100), (16, 1000, 40), (40, 400, 6)])
def test_frameworks_of_many_facts_tell_many_what_they_tell_one(size, number, alone):
    framework = many_facts(size)
    records = with_many_facts(size, size, number)
    (table,) = (tables_of(framework, name) for name in framework.decisions)
    assert len(table.steps) > 1
    assert all(len(step.table) <= MOST_ENTRIES or len(step.facts) == 1 for step in table.steps)
    check(framework, records[:alone], ["Polars, enum", "pandas, categories", "Arrow, chunks"])
    found = all_at_once(framework, KINDS["Arrow"](columns_of(records, list(framework.vocabulary.facts))), None)
    counted = [by_counting(size, record) for record in records]
    for record, (outcome, status, _, _), (expected, possible) in zip(records, found["pathway"], counted, strict=True):
        assert (status, outcome or "") == (expected, *(possible if len(possible) == 1 else {""})), record
    assert min(Counter(status for status, _ in counted).values()) > 10
    answers = {each for _, possible in counted if len(possible) == 1 for each in possible}
    assert answers == {"", "light", "intensive", "monitoring"}


# Why no truths are ever missing in it


def by_hand(frame: Any) -> list[str | None]:
    """The rules of 2026 as one would write them for columns with missing values, whatever the kind of frame.

    A rule that comes later applies only where those before it surely do not.
    """
    leaders, *practice = (nw.col(name) for name in PRACTICE)
    poor = [each == "requires_improvement" for each in practice]
    good = [each.is_in(["good", "outstanding"]) for each in practice]
    monitoring = reduce(or_, [each == "inadequate" for each in practice])
    intensive = (leaders == "requires_improvement") | two_of(poor)
    light = leaders.is_in(["good", "outstanding"]) & two_of(good)
    told = (
        nw.when(monitoring).then(nw.lit("monitoring"))
        .when(~monitoring & intensive).then(nw.lit("intensive"))
        .when(~monitoring & ~intensive & light).then(nw.lit("light"))
    )  # fmt: skip
    return values_of(nw.from_native(frame).with_columns(told=told).to_native(), "told")


def two_of(tests: Sequence[Any]) -> Any:
    return reduce(or_, [one & other for one, other in combinations(tests, 2)])


@pytest.mark.parametrize(("kind", "wrong"), [("Polars", 0), ("pandas, nullable", 0), ("pandas", 73)])
def test_rules_written_as_truths_that_may_be_missing_are_wrong_on_pandas(kind, wrong):
    """Plain pandas has no missing truth: what is compared with nothing is false, and its negation true."""
    framework = CATALOGUE.load("2026")
    records = partial_records(framework, PRACTICE)
    frame = KINDS[kind](columns_of(records, PRACTICE))
    expected = [outcome for outcome, _, _, _ in one_by_one(framework, records, None)["pathway"]]
    ours = values_of(gp.evaluate_many(framework, frame), "pathway_outcome")
    assert ours == expected
    differing = [
        (record, told, outcome)
        for record, told, outcome in zip(records, by_hand(frame), expected, strict=True)
        if told not in (None, outcome)
    ]
    assert len(differing) == wrong
    good_but_one = dict.fromkeys(PRACTICE[:3], "good")
    assert ((good_but_one, "light", None) in differing) is bool(wrong)
