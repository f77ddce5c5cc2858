"""Decisions as tables: small steps or one large table give the same, within their size, and nothing is out of range."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from math import prod

import numpy as np
import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.versions import HEAD
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework, Status
from greenpaper.population import tables as module
from greenpaper.population.tables import MOST_ENTRIES, Tables, classes_in, smallest, tables_of
from greenpaper.population.walking import all_in_range, key_type, walk
from population.every_type import every_type, made, many_facts, rule


def every_class(framework: Framework, tables: Tables) -> tuple[tuple[str, ...], np.ndarray]:
    """The facts that matter, and every combination of their classes, a column for each."""
    sizes = [range(len(classes_in(framework)[fact])) for fact in tables.facts]
    return tables.facts, np.array(list(product(*sizes)), np.uint8).reshape(-1, len(sizes))


def concluded(tables: Tables, facts: Sequence[str], rows: np.ndarray) -> list[Conclusion]:
    columns = {fact: np.ascontiguousarray(rows[:, number]) for number, fact in enumerate(facts)}
    return [tables.conclusions[each] for each in walk(tables.steps, columns, len(rows))]


@cache
def shipped() -> Framework:
    return gp.load("2026")


def test_a_decision_over_few_facts_is_one_table_of_every_record():
    tables = tables_of(shipped(), "pathway")
    (step,) = tables.steps
    facts, rows = every_class(shipped(), tables)
    assert len(step.table) == len(rows) == 625
    for row, conclusion in zip(rows, concluded(tables, facts, rows), strict=True):
        cells = {fact: classes_in(shipped())[fact].values[number] for fact, number in zip(facts, row, strict=True)}
        verdict = gp.evaluate(shipped(), cells).decisions["pathway"]
        assert (verdict.status, verdict.possible) == (conclusion.status, conclusion.possible)
        assert tuple(rule.id for rule in verdict.rules) == conclusion.rules


@pytest.mark.parametrize("most", [1, 5, 24, 125, 600, 10**6])
@pytest.mark.parametrize(
    "framework", [shipped, every_type, lambda: many_facts(5)], ids=["2026", "every type", "five facts"]
)
def test_steps_of_any_size_lead_to_the_same_conclusions(monkeypatch, framework, most):
    framework = framework()
    whole = {name: tables_of(framework, name) for name in framework.decisions}
    monkeypatch.setattr(module, "MOST_ENTRIES", most)
    for name, tables in whole.items():
        small = tables_of.__wrapped__(framework, name)
        facts, rows = every_class(framework, tables)
        assert small.conclusions == tables.conclusions
        assert concluded(small, facts, rows) == concluded(tables, facts, rows)
        assert all(len(step.table) <= most or len(step.facts) == 1 for step in small.steps)


@pytest.mark.parametrize("size", [7, 16, pytest.param(40, marks=pytest.mark.exhaustive)])
def test_tables_stay_within_their_size_unless_one_fact_alone_is_larger(size):
    tables = tables_of(many_facts(size), "pathway")
    assert len(tables.steps) > 1
    states = 1
    for step in tables.steps:
        assert len(step.table) == states * prod(step.arities)
        assert len(step.table) <= MOST_ENTRIES
        states = int(step.table.max()) + 1
    assert states == len(tables.conclusions)
    assert sorted(tables.facts) == sorted(many_facts(size).vocabulary.facts)


def test_a_fact_with_many_classes_is_a_larger_table_by_itself():
    framework = cut_often(130)
    tables = tables_of(framework, "d")
    assert [step.facts for step in tables.steps] == [("first_",), ("second_",)]
    assert len(tables.steps[1].table) > MOST_ENTRIES
    assert len(classes_in(framework)["first_"]) > 256
    draw = np.random.default_rng(3)
    ones, others = (draw.integers(-5, most, 5000).tolist() for most in (400, 140))
    found = gp.evaluate_many(framework, pa.table({"first_": ones, "second_": others}))
    expected = [
        next((n for n in range(130) if one < 3 * n and other >= n), None)
        for one, other in zip(ones, others, strict=True)
    ]
    assert found["d_rule"].to_pylist() == [None if each is None else f"r-{each}" for each in expected]
    half = gp.evaluate_many(framework, pa.table({"first_": [-1, 0, 386, 387], "second_": pa.nulls(4, pa.int8())}))
    assert half["d_status"].to_pylist() == ["undetermined", "undetermined", "undetermined", "no rule"]


def cut_often(count: int) -> Framework:
    """Two numbers, each compared with so many constants."""
    rules = "".join(
        rule(f"r-{n}", f"first_ is less than {3 * n} and second_ is at least {n}", f"o{n % 7}") for n in range(count)
    )
    outcomes = "".join(f"  o{n}: {{title: t}}\n" for n in range(7))
    fact = "{type: whole number, title: t, confidence: stated}"
    decision = f"decision: d\nquestion: q\noutcomes:\n{outcomes}resolve: first\nrules:\n{rules}"
    return made(
        [("framework", HEAD), ("vocabulary", f"facts:\n  first_: {fact}\n  second_: {fact}\n"), ("decision", decision)]
    )


def test_conclusions_are_each_there_once_in_the_order_of_their_statuses():
    for framework in (shipped(), every_type(), many_facts(7)):
        for name in framework.decisions:
            found = tables_of(framework, name).conclusions
            assert len(set(found)) == len(found)
            places = [list(Status).index(each.status) for each in found]
            assert places == sorted(places)
            assert gp.possible_answers(framework)[name] == found


def test_the_smallest_numbers_leave_room_for_one_that_is_none():
    assert [smallest(each) for each in (0, 255, 256, 65_535, 65_536)] == [
        np.uint8,
        np.uint8,
        np.uint16,
        np.uint16,
        np.uint32,
    ]
    assert [key_type(each) for each in (256, 257, 65_536, 65_537)] == [np.uint8, np.uint16, np.uint16, np.uint32]


def test_a_number_that_is_no_class_is_noticed():
    assert all_in_range(np.array([], np.uint8), 1)
    assert all_in_range(np.array([0, 4], np.uint8), 5)
    assert not all_in_range(np.array([0, 5], np.uint8), 5)


def test_tables_are_made_once():
    assert tables_of(shipped(), "pathway") is tables_of(shipped(), "pathway")
