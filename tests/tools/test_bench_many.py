"""The benchmark of many records refuses wrong answers, and its page says what was measured."""

import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "tools" / "bench_many"


@pytest.fixture(scope="module", autouse=True)
def beside_the_benchmark():
    """Its files import each other by their plain names; afterwards nobody else finds them."""
    before = set(sys.modules)
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))
    ours = {file.stem for file in FOLDER.glob("*.py")}
    for name in ours & (set(sys.modules) - before):
        del sys.modules[name]


def partial():
    from reference import FACTS, partial_records

    return dict(zip(FACTS, partial_records(FACTS), strict=True))


def by_hand():
    import limits_numpy

    return limits_numpy.CONTENDERS


def test_the_two_references_agree_on_all_partial_records():
    from reference import LABELS, truth

    found = truth("2026")
    assert len(found.label) == 625
    assert {LABELS[label] for label in found.label} == {"light", "intensive", "monitoring", "undetermined", "no rule"}
    assert "inadmissible" in {LABELS[label] for label in truth("2025").label}


def test_a_contender_with_the_right_answers_counts():
    from contender import wrong

    for each in by_hand():
        made = each.start()(each.prepare(partial()))
        assert wrong(each.read(made), partial(), "2026") == []


def test_a_contender_with_one_wrong_answer_does_not():
    from contender import wrong

    contender = by_hand()[0]
    outcome, status = contender.start()(contender.prepare(partial()))
    outcome = np.where(np.arange(len(outcome)) == 17, 0, outcome)
    assert wrong({"outcome": outcome, "status": status}, partial(), "2026") == ["`outcome` differs 1 times"]


def test_the_page_has_a_line_for_each_contender_and_the_reason_where_one_has_no_figures():
    from page import page

    timed = {"10": {"median": 0.001, "input": 100, "most": 200, "wrong": []}}
    row = {"made_by": "", "input": "typed columns", "gives": "outcome and status", "job": "A"}
    found = {
        "machine": {"date": "", "cores": 2, "cpu": "", "memory": 1, "python": "", "gcc": "", "load": 0.0},
        "versions": {},
        "counts": [10],
        "bytes": {"10": [50, 500]},
        "contenders": [
            {**row, "name": "greenpaper on Polars, 2 columns, typed columns", "sizes": timed},
            {**row, "name": "another", "sizes": {"10": {"wrong": ["`outcome` differs 3 times"]}}},
        ],
    }
    text = page(found)
    assert (
        "| greenpaper on Polars, 2 columns, typed columns | typed columns | outcome and status | 1,000 | 1.00 |" in text
    )
    assert "- another: `outcome` differs 3 times" in text
