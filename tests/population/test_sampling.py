"""Records drawn at random: from what was observed, as often as an exact count by hand says, and nothing else."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pyarrow as pa
import pytest

import greenpaper as gp
from comparison.small import constraint, decision, rule, small_framework
from greenpaper.population.sampling import METADATA, sample
from greenpaper.population.steps import NothingToDrawFrom
from greenpaper.records.record import Unknown
from population.inspected import inspections

RULES = (rule("low", "heads is poor", "visit"), rule("high", "hands is fine", "letter"))
YEARS = (date(2020, 1, 6), date(2023, 1, 9), date(2026, 1, 5))


def said(table):
    return json.loads(table.schema.metadata[METADATA])


def rows(table):
    return [tuple(row.values()) for row in table.to_pylist()]


# By hand


@cache
def shipped():
    return gp.load_records()


def share(one, other):
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return Fraction(sum(a == b for a, b in both), len(both)) if both else Fraction(0)


def by_hand(names, scales, records, admits=lambda row: True):
    """Row → its exact chance, worked out from cells as they are written."""

    def row(record):
        cells = [record.cells.get(name) for name in names]
        return tuple(cell if cell in scale else None for cell, scale in zip(cells, scales, strict=True))

    of = {}
    for record in records.inspections:
        of.setdefault(record.authority.code, []).append(row(record))
    donors = [pair for each in of.values() for pair in pairwise(each) if None not in pair[1] and admits(pair[1])]
    starts = [each for each in map(row, records.current) if None not in each]
    found = Counter()
    for start in starts:
        most = max(share(start, first) for first, _ in donors)
        near = [second for first, second in donors if share(start, first) == most]
        for second in near:
            found[second] += Fraction(1, len(starts) * len(near))
    return found, {second for _, second in donors}


def far_from(expected, drawn, n):
    """Pearson's statistic over its degrees of freedom: about 1 where the rows are drawn with these chances."""
    terms = [(drawn[row] - float(chance) * n) ** 2 / (float(chance) * n) for row, chance in expected.items()]
    return sum(terms) / (len(terms) - 1)


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", ["2025", "2026"])
def test_rows_are_drawn_as_often_as_an_exact_count_by_hand_says(version):
    framework, n = gp.load(version), 200_000
    table = sample(framework, n, seed=3)
    scales = [framework.vocabulary.facts[name].type.scale.words for name in table.column_names]
    expected, donors = by_hand(table.column_names, scales, shipped())
    drawn = Counter(rows(table))
    assert sum(expected.values()) == 1
    assert drawn.keys() <= donors
    assert drawn.keys() <= expected.keys()
    assert far_from(expected, drawn, n) < 2


@pytest.mark.exhaustive
def test_the_count_by_hand_would_notice_rows_drawn_with_other_chances():
    framework, n = gp.load("2026"), 200_000
    table = sample(framework, n, seed=3)
    scales = [framework.vocabulary.facts[name].type.scale.words for name in table.column_names]
    expected, _ = by_hand(table.column_names, scales, shipped())
    even = {row: Fraction(1, len(expected)) for row in expected}
    assert far_from(even, Counter(rows(table)), n) > 100


# What is drawn


def small(tmp_path, **written):
    return small_framework(tmp_path, "one", decision(*RULES), **written)


def graded(heads, hands="fine"):
    return {"heads": heads, "hands": hands}


def test_a_record_changes_as_the_nearest_earlier_inspection_did(tmp_path):
    table = inspections(
        {
            "Dudley": [(YEARS[0], graded("poor")), (YEARS[2], graded("fair"))],
            "Leeds": [(YEARS[0], graded("fair")), (YEARS[2], graded("poor"))],
        }
    )
    found = sample(small(tmp_path), 1000, seed=1, like=table)
    # Dudley is fair now and becomes poor as Leeds did, Leeds is poor and becomes fair as Dudley did.
    assert set(rows(found)) == {("fair", "fine"), ("poor", "fine")}
    assert 400 < rows(found).count(("poor", "fine")) < 600


def test_agreement_counts_only_facts_known_in_both(tmp_path):
    table = inspections(
        {
            "Dudley": [(YEARS[0], graded("poor", None)), (YEARS[1], graded("fine", "fine"))],
            "Leeds": [(YEARS[0], graded("poor", "poor")), (YEARS[1], graded("fair", "fair"))],
            "York": [(YEARS[2], graded("poor", "fine"))],
        }
    )
    only_york = [record for record in table.current if record.authority.name == "York"]
    like = type(table)(table.register, table.inspections, tuple(only_york), table.taken, table.directory)
    assert set(rows(sample(small(tmp_path), 200, seed=1, like=like))) == {("fine", "fine")}


def test_steps_to_what_constraints_exclude_are_left_out_and_counted(tmp_path):
    framework = small(tmp_path, constraints=constraint("tied", "heads is not poor or hands is poor"))
    table = inspections(
        {
            "Dudley": [(YEARS[0], graded("fair")), (YEARS[2], graded("fair"))],
            "Leeds": [(YEARS[0], graded("fair")), (YEARS[2], graded("poor", "fine"))],
            "York": [(YEARS[0], graded("fair")), (YEARS[2], graded(Unknown.UNREADABLE))],
        }
    )
    found = sample(framework, 50, seed=1, like=table)
    assert set(rows(found)) == {("fair", "fine")}
    told = said(found)
    assert told["left_out"]["steps"] == {"second_not_complete": 1, "second_breaks_a_constraint": 1}
    assert told["left_out"]["current_records"] == {"not_complete": 1}
    assert told["drawn_from"] == {"current_records": 2, "steps": 1}


KINDS = (
    "scales: {quality: {worst_to_best: [poor, fair, fine], confidence: stated}}\n"
    "facts:\n"
    "  heads: {type: grade, scale: quality, title: The heads, confidence: stated}\n"
    "  open: {type: truth, title: Whether it is open, confidence: stated}\n"
    "  beds: {type: whole number, unit: beds, title: The beds, confidence: stated}\n"
    "  opened: {type: date, title: The day it opened, confidence: stated}\n"
)


def test_every_kind_of_fact_has_a_plain_column_of_its_own(tmp_path):
    rules = [
        rule("old", "opened is less than 2020-01-01", "letter"),
        rule("all", "heads is fine and open is true and beds is at least 3", "visit"),
    ]
    framework = small_framework(tmp_path, "one", decision(*rules), vocabulary=KINDS)
    cells = {"heads": "fine", "open": True, "beds": Decimal(7), "opened": date(2019, 5, 1)}
    found = sample(framework, 3, seed=0, like=inspections({"Dudley": [(YEARS[0], cells), (YEARS[2], cells)]}))
    assert rows(found) == [("fine", True, 7, date(2019, 5, 1))] * 3
    assert found.schema.types == [pa.dictionary(pa.int8(), pa.string()), pa.bool_(), pa.int64(), pa.date32()]


def test_the_same_seed_draws_the_same_rows_and_another_seed_others():
    framework = gp.load("2026")
    assert sample(framework, 500, seed=4).equals(sample(framework, 500, seed=4), check_metadata=True)
    assert not sample(framework, 500, seed=4).equals(sample(framework, 500, seed=5))
    assert sample(framework, 0, seed=4).num_rows == 0


def test_the_table_says_what_it_was_drawn_from_and_what_is_assumed():
    told = said(sample(gp.load("2027-draft"), 7, seed=9))
    assert (told["version"], told["records"], told["seed"]) == ("2027-draft", 7, 9)
    assert told["illustrative"] is True
    assert told["drawn_from"]["current_records"] + told["left_out"]["current_records"]["not_complete"] == 153
    assert {each["confidence"] for each in told["assumptions"]} == {"assumed"}


# What cannot be drawn


def test_without_a_complete_record_or_step_nothing_is_drawn(tmp_path):
    framework = small(tmp_path)
    once = inspections({"Dudley": [(YEARS[0], graded("fair"))]})
    partly = inspections({"Dudley": [(YEARS[0], graded("fair")), (YEARS[2], graded("fair", None))]})
    with pytest.raises(NothingToDrawFrom, match=r"no inspection that follows another is complete .*: heads, hands"):
        sample(framework, 1, seed=1, like=once)
    with pytest.raises(NothingToDrawFrom, match="no current record is complete"):
        sample(framework, 1, seed=1, like=partly)


@pytest.mark.parametrize("n, seed", [(-1, 1), (1, -1)])
def test_numbers_below_nothing_are_refused(n, seed):
    with pytest.raises(ValueError, match="from 0 on"):
        sample(gp.load("2026"), n, seed=seed)


def test_facts_are_those_that_are_read():
    assert sample(gp.load("2025"), 1, seed=1).column_names == [
        "overall", "leaders", "help_and_protection", "in_care", "care_leavers",
    ]  # fmt: skip
