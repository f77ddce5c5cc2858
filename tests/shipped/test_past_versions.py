"""The versions of the past: what they count, what became of the proposals of 2022, and what changed between them."""

import re
from pathlib import Path

import pytest

from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.structure import Kind, compare_structure
from greenpaper.framework.catalogue import Catalogue
from greenpaper.records.record import Record
from greenpaper.records.tables import load_records

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue(ROOT / "policies")
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
PRACTICE = ("help_and_protection", "in_care", "care_leavers", "care_and_care_leavers")


def grade(record: Record, name: str) -> int | None:
    """The place of the grade on its scale; None where there is none."""
    return GRADES.index(said) if (said := record.cells.get(name)) in GRADES else None


def practice(record: Record) -> list[int]:
    return [found for name in PRACTICE if (found := grade(record, name)) is not None]


@pytest.fixture(scope="module")
def judged() -> list[Record]:
    """Every inspection with a first day, an overall grade and one of leaders."""
    records = load_records(ROOT / "authorities").inspections
    dated = [each for each in records if each.inspection.started]
    return [each for each in dated if grade(each, "overall") is not None and grade(each, "leaders") is not None]


CLAIMS = {
    "OE-1": (lambda each: 0 in practice(each), lambda each: grade(each, "overall") == 0),
    "OE-2": (lambda each: grade(each, "leaders") == 0, lambda each: grade(each, "overall") <= 1),
    "OE-3": (
        lambda each: grade(each, "overall") == 3,
        lambda each: grade(each, "leaders") == 3 and min(practice(each)) >= 2,
    ),
    "OE-4": (lambda each: grade(each, "overall") == 2, lambda each: grade(each, "leaders") >= 2 and 0 not in practice(each)),
    "OE-5": (lambda each: True, lambda each: min(grade(each, "leaders"), *practice(each)) <= grade(each, "overall")),
}  # fmt: skip


@pytest.mark.parametrize("version", ["2018", "2018-09", "2023", "2024-04"])
@pytest.mark.parametrize("name", CLAIMS)
def test_each_constraint_says_of_how_many_inspections_it_holds(judged, version, name):
    applies, holds = CLAIMS[name]
    concerned = [each for each in judged if applies(each)]
    assert all(holds(each) for each in concerned)
    combined = [each for each in concerned if grade(each, "care_and_care_leavers") is not None]
    note = next(each.citation.note for each in CATALOGUE.load(version).constraints if each.id == name)
    counts = [int(number) for number in re.findall(r"\b\d+\b", note) if number != "2018"]
    expected = [len(concerned), len(combined)]
    if name == "OE-2":
        lenient = [sum(grade(each, "overall") == 1 for each in some) for some in (concerned, combined)]
        expected += lenient
    assert counts == (expected if name == "OE-5" else [len(concerned), *expected])


def test_inspections_have_the_judgements_of_the_version_that_governs_them(judged):
    for each in judged:
        version = "2018-09" if CATALOGUE.load("2018-09").governs(each.inspection.started) else None
        assert (grade(each, "care_and_care_leavers") is None) is (each.inspection.started.year >= 2023)
        assert version is None or set(each.cells) >= set(CATALOGUE.load(version).vocabulary.facts)


@pytest.mark.parametrize("before, after", [("2018-09", "2023"), ("2023", "2024-04"), ("2024-04", "2025")])
def test_where_both_can_occur_no_pathway_changes(before, after):
    found = behaviours(CATALOGUE.load(before), CATALOGUE.load(after))
    assert [(each.decision, each.changes) for each in found.decisions] == [("pathway", ())]
    assert found.is_same is (before != "2018-09")
    assert CATALOGUE.load(after).replaces == before


# The proposals of 2022


def test_the_proposals_of_2022_as_they_were_made_give_the_answers_of_2023():
    proposed = CATALOGUE.load("2022-care-leavers")
    assert {choice.proposal: choice.option for choice in proposed.choices} == {
        "separate_judgement": "separate",
        "criteria": "revised",
        "timing": "from_2023",
    }
    assert behaviours(proposed, CATALOGUE.load("2023")).is_same


def test_they_say_what_2023_says_but_for_sources_and_what_was_counted_since():
    found = compare_structure(CATALOGUE.composed("2022-care-leavers"), CATALOGUE.composed("2023"))
    changes = [change for change in found.changes if change.kind is Kind.CHANGED]
    changed = {change.address: {key.key for key in change.keys} - {"source/sentences"} for change in changes}
    assert {name: keys for name, keys in changed.items() if name.startswith("vocabulary")} == {
        "vocabulary/facts/in_care": {"source/document"},
        "vocabulary/facts/care_leavers": {"source/document"},
    }
    others = {change.address.split("/")[0] for change in found.changes} - {"vocabulary"}
    assert others <= {"framework", "open_questions", "activities", "deadlines", "criteria"}
    assert {change.kind for change in found.changes if change.address.startswith("criteria/")} == {Kind.CHANGED}
    judged = [keys for name, keys in changed.items() if name.startswith(("criteria", "deadlines"))]
    evidence = ("confidence", "note", "document", "sentences")
    assert {key for keys in judged for key in keys if key.split("/")[-1] not in evidence} == set()


@pytest.mark.parametrize("options", [{"timing": "not_yet"}, {"criteria": "as_before"}])
def test_neither_timing_nor_criteria_change_an_answer(options):
    assert behaviours(CATALOGUE.load("2022-care-leavers"), CATALOGUE.load("2022-care-leavers", options)).is_same


def test_without_the_first_proposal_nothing_differs_from_2018():
    choice = {"separate_judgement": "combined", "criteria": "as_before"}
    assert behaviours(CATALOGUE.load("2018-09"), CATALOGUE.load("2022-care-leavers", choice)).is_same
    found = compare_structure(CATALOGUE.composed("2018-09"), CATALOGUE.composed("2022-care-leavers", choice))
    assert {change.address.split("/")[0] for change in found.changes} == {"framework"}
