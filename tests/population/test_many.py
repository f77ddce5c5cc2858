"""`evaluate_many` as a call: the columns that are asked for, long frames in parts, words in any number."""

import os
from functools import cache

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.versions import HEAD
from greenpaper.framework.checked import Framework
from greenpaper.population import turns
from greenpaper.population.answers import Column
from greenpaper.population.turns import CHUNK
from greenpaper.population.unusable import UnusableFrame
from population.every_type import every_type, made, rule
from population.frames import values_of

GRADES = ("inadequate", "requires_improvement", "good", "outstanding", None)
PRACTICE = ("leaders", "help_and_protection", "in_care", "care_leavers")


@cache
def version() -> Framework:
    return gp.load("2026")


@cache
def long(rows: int) -> pa.Table:
    """Records at random, the words as dictionaries in the order of `GRADES`."""
    draw = np.random.default_rng(rows)
    places = {name: pa.array(draw.integers(0, 5, rows), pa.int8()) for name in PRACTICE}
    return pa.table({name: pa.DictionaryArray.from_arrays(each, list(GRADES)) for name, each in places.items()})


@pytest.mark.parametrize("rows", [1, 7, 8, 9, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 5])
def test_frames_of_any_length_are_told_in_the_order_of_their_rows(rows):
    """Each combination of grades is told the same wherever it stands."""
    frame = long(rows)
    keys = sum(frame[name].combine_chunks().indices.to_numpy().astype(int) * 5**at for at, name in enumerate(PRACTICE))
    every = [(key, [GRADES[key // 5**at % 5] for at in range(len(PRACTICE))]) for key in np.unique(keys).tolist()]
    small = pa.table({name: [cells[at] for _, cells in every] for at, name in enumerate(PRACTICE)})
    rank = pa.array(np.searchsorted([key for key, _ in every], keys))
    found, alone = gp.evaluate_many(version(), frame), gp.evaluate_many(version(), small)
    for column in Column:
        name = f"pathway_{column}"
        as_told, expected = (each[name].cast(pa.string()).combine_chunks() for each in (found, alone))
        assert as_told.equals(expected.take(rank))


def test_parts_that_are_worked_on_together_are_put_together_in_order(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    frame = pa.table({name: long(70_001)[name].cast(pa.string()) for name in PRACTICE})
    alone = gp.evaluate_many(version(), frame)
    for size in (1000, 1024, 1023):
        monkeypatch.setattr(turns, "CHUNK", size)
        assert gp.evaluate_many(version(), frame).equals(alone)
    cells = {"leaders": [None, *["good"] * 69_999, "odd"], "in_care": ["odd"] * 69_000 + [None] * 1001}
    with pytest.raises(UnusableFrame) as caught:
        gp.evaluate_many(version(), pa.table(cells))
    assert caught.value.count == 69_001
    assert [cell.row for cell in caught.value.cells] == list(range(1, 101))
    found = gp.evaluate_many(version(), pa.table(cells), on_bad="unknown")
    assert found["unreadable"].to_pylist() == [1] * 69_000 + [0] * 1000 + [1]


def test_only_what_is_asked_for_is_added():
    frame = pa.table({"grade": ["good", None], "truth": [True, None]})
    found = gp.evaluate_many(every_type(), frame, decisions=["of_truth", "of_grade"], columns=["rule", "possible"])
    assert found.column_names == [
        "grade",
        "truth",
        "of_truth_rule",
        "of_truth_possible",
        "of_grade_rule",
        "of_grade_possible",
    ]
    assert found["of_truth_rule"].to_pylist() == ["is-high", None]
    for columns in ([], ["outcome"], ["status"], ["possible"], ["rule"], ["rule", "rule", "outcome"], list(Column)):
        for given in (frame, frame.to_pandas(), pl.from_arrow(frame)):
            found = gp.evaluate_many(every_type(), given, decisions=["of_grade"], columns=columns)
            whole = gp.evaluate_many(every_type(), given, decisions=["of_grade"])
            for column in columns:
                assert values_of(found, f"of_grade_{column}") == values_of(whole, f"of_grade_{column}")
            assert len(list(found.columns)) == 2 + len(set(columns))


@pytest.mark.parametrize("fact, cell", [("truth", "perhaps"), ("unread", "perhaps"), ("opened", "soon")])
def test_a_fact_that_no_decision_asked_for_reads_is_checked_all_the_same(fact, cell):
    frame = pa.table({"grade": ["good"], fact: [cell]})
    with pytest.raises(UnusableFrame, match=f"row 1, `{fact}`: `{cell}`: "):
        gp.evaluate_many(every_type(), frame, decisions=["of_grade"])
    found = gp.evaluate_many(every_type(), frame, decisions=["of_grade"], on_bad="unknown")
    assert found["of_grade_outcome"].to_pylist() == ["high"]
    assert found["unreadable"].to_pylist() == [1]


def test_the_frame_that_is_given_stays_as_it_is():
    cells = {"grade": ["good", None, "bad"]}
    for frame, copy in ((pd.DataFrame(cells), pd.DataFrame(cells)), (pl.DataFrame(cells), pl.DataFrame(cells))):
        gp.evaluate_many(every_type(), frame)
        assert frame.equals(copy)
    column = pa.array(cells["grade"]).dictionary_encode()
    before = column.to_pylist()
    gp.evaluate_many(every_type(), pa.table({"grade": column}))
    assert column.to_pylist() == before


def test_codes_lead_to_the_answers_that_are_still_possible():
    found = gp.evaluate_many(
        version(), pl.DataFrame({"leaders": ["good"], "in_care": ["good"], "care_leavers": ["good"]})
    )
    entry = gp.possible_answers(version())["pathway"][found["pathway_possible"][0]]
    assert entry.status == "undetermined"
    assert [answer.outcomes for answer in entry.possible] == [("light",), ("monitoring",)]
    assert all(answer.rules == () for answer in entry.possible)
    assert entry.rules == ("monitoring", "light")
    assert (entry.outcome, entry.rule) == (None, None)


@pytest.mark.parametrize("count", [1, 128, 256, 300])
def test_decisions_with_any_number_of_outcomes_and_rules_tell_each(count):
    """Around the numbers that one byte holds, with and without a sign."""
    words = [f"w{number}" for number in range(count)] + ["rest"]
    vocabulary = f"facts:\n  fact: {{type: one of, words: [{', '.join(words)}], title: t, confidence: stated}}\n"
    outcomes = "".join(f"  o{number}: {{title: t}}\n" for number in range(count))
    rules = "".join(rule(f"r-{number}", f"fact is w{number}", f"o{number}") for number in range(count))
    decision = f"decision: d\nquestion: q\noutcomes:\n{outcomes}resolve: first\nrules:\n{rules}"
    framework = made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])
    cells = [None, *words, None]
    for frame in (pa.table({"fact": cells}), pl.DataFrame({"fact": cells}), pd.DataFrame({"fact": cells})):
        found = gp.evaluate_many(framework, frame)
        assert values_of(found, "d_outcome") == [None, *(f"o{number}" for number in range(count)), None, None]
        assert values_of(found, "d_rule") == [None, *(f"r-{number}" for number in range(count)), None, None]
        assert values_of(found, "d_status") == ["undetermined", *["decided"] * count, "no rule", "undetermined"]
        codes = values_of(found, "d_possible")
        assert len(set(codes)) == count + 2


def test_a_decision_in_which_no_fact_matters_is_told_all_the_same():
    decision = "decision: d\nquestion: q\noutcomes: {yes_: {title: t}}\nresolve: first\nrules:\n"
    decision += rule("a", "truth", "yes_") + rule("b", "not truth", "yes_")
    vocabulary = "facts:\n  truth: {type: truth, title: t, confidence: stated}\n"
    framework = made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])
    found = gp.evaluate_many(framework, pa.table({"truth": [True, False, None]}))
    assert found["d_outcome"].to_pylist() == ["yes_"] * 3
    assert found["d_rule"].to_pylist() == ["a", "b", None]
    without = gp.evaluate_many(framework, pa.table({"z": [1, 2]}), beside=["z"], columns=["outcome"])
    assert without["d_outcome"].to_pylist() == ["yes_"] * 2
