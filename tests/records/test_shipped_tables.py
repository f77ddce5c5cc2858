"""The tables that come with the project."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from timeit import repeat

import pytest

from greenpaper.records.csv_text import read_table
from greenpaper.records.record import Unknown
from greenpaper.records.record_table import records_to_csv
from greenpaper.records.register_table import register_to_csv
from greenpaper.records.tables import load_records, read_records

AUTHORITIES = Path(__file__).parents[2] / "authorities"
CARE = ("in_care", "care_leavers", "care_and_care_leavers")
GRADES = {"inadequate", "requires_improvement", "good", "outstanding"}
FACTS = ("overall", "leaders", "help_and_protection", *CARE)


@pytest.fixture(scope="module")
def records():
    return load_records(AUTHORITIES)


def test_there_are_153_authorities_and_321_inspections(records):
    assert len(records.register) == len({each.code for each in records.register}) == 153
    assert len({each.urn for each in records.register}) == len({each.la_code for each in records.register}) == 153
    assert len(records.inspections) == len({each.inspection.report for each in records.inspections}) == 321
    assert len(records.current) == 153
    assert records.taken == date(2026, 8, 20)


def test_every_authority_has_been_inspected_and_is_in_one_of_nine_regions(records):
    assert {each.authority.code for each in records.inspections} == {each.code for each in records.register}
    regions = Counter(each.region for each in records.register)
    assert len(regions) == 9
    assert regions["Yorkshire and the Humber"] == 15
    assert Counter(each.kind for each in records.register)["London borough"] == 33


def test_every_authority_has_ten_neighbours_of_the_register(records):
    codes = {each.code for each in records.register}
    for each in records.register:
        assert len(set(each.neighbours)) == 10
        assert set(each.neighbours) < codes


def test_every_cell_of_a_grade_is_a_grade_or_says_why_there_is_none(records):
    for each in records.inspections:
        assert tuple(each.cells) == FACTS
        assert {cell for cell in each.cells.values() if not isinstance(cell, Unknown)} - {None} <= GRADES
        assert each.inspection.report.startswith("https://files.ofsted.gov.uk/v1/file/")
        assert each.inspection.note.startswith("ofsted_csc_ilacs_history.csv line ")


def test_grades_and_reasons_are_as_many_as_were_counted(records):
    assert Counter(each.cells["overall"] for each in records.inspections) == {
        "good": 127, "requires_improvement": 76, "outstanding": 71, "inadequate": 34,
        Unknown.NOT_APPLICABLE: 11, None: 2,
    }  # fmt: skip
    assert Counter(each.cells["care_leavers"] in GRADES for each in records.inspections) == {True: 156, False: 165}


def test_care_was_judged_together_before_2023_and_apart_since(records):
    for each in records.inspections:
        in_care, care_leavers, together = (each.cells[fact] for fact in CARE)
        first_ended = each.inspection.periods[0].last if each.inspection.periods else each.inspection.published
        if first_ended < date(2023, 1, 1):
            assert in_care is Unknown.NOT_JUDGED_SEPARATELY
            assert care_leavers in (Unknown.NOT_JUDGED_SEPARATELY, Unknown.UNREADABLE)
            assert together in GRADES
        else:
            assert {in_care, care_leavers} <= GRADES
            assert together is Unknown.NOT_APPLICABLE


def test_inspections_begin_in_2018_and_are_published_after_they_end(records):
    for each in records.inspections:
        assert (each.inspection.started or each.inspection.published) >= date(2018, 1, 1)
        if each.inspection.ended:
            assert timedelta(0) < each.inspection.published - each.inspection.ended < timedelta(days=250)


def test_dudley_was_judged_before_the_split_and_is_current(records):
    dudley = records.find("Dudley")
    assert dudley.inspection.ended == date(2022, 11, 11)
    assert dudley.cells["care_and_care_leavers"] == "requires_improvement"
    assert dudley.cells["in_care"] is dudley.cells["care_leavers"] is Unknown.NOT_JUDGED_SEPARATELY


@pytest.mark.parametrize(
    ("name", "grade"), [("Nottingham", "requires_improvement"), ("Redcar and Cleveland", "requires_improvement")]
)
def test_undated_inspections_before_the_split_have_an_unreadable_care_leavers_grade(records, name, grade):
    (undated,) = (each for each in records.of(records.find(name).authority) if not each.inspection.periods)
    assert undated.inspection.published.year == 2022
    assert [undated.cells[fact] for fact in CARE] == [Unknown.NOT_JUDGED_SEPARATELY, Unknown.UNREADABLE, grade]


def test_two_rows_said_to_requires_improvement(records):
    for name in ("Nottingham", "Southend-on-Sea"):
        (old,) = (
            each
            for each in records.of(records.find(name).authority)
            if (each.inspection.ended or date.min).year in (2018, 2019)
        )
        assert old.cells["help_and_protection"] == "requires_improvement"
        assert old.cells["overall"] is None


def test_liverpool_has_no_overall_grade_since_the_reform(records):
    liverpool = records.find("liverpool")
    assert liverpool.cells["overall"] is Unknown.NOT_APPLICABLE
    assert [liverpool.cells[fact] for fact in FACTS[1:5]] == ["good", "good", "good", "requires_improvement"]


def test_brighton_is_ordered_by_its_publication(records):
    brighton = records.find("Brighton & Hove")
    assert brighton.inspection.periods == ()
    assert brighton.inspection.latest_day == date(2024, 5, 16)


@pytest.mark.parametrize(
    ("name", "year", "ended"),
    [
        ("Devon", 2025, date(2025, 1, 16)),
        ("Derbyshire", 2019, date(2019, 8, 8)),
        ("South Tyneside", 2023, date(2023, 2, 15)),
    ],
)
def test_three_inspections_have_two_periods(records, name, year, ended):
    (split,) = (
        each for each in records.inspections if each.authority.name == name and len(each.inspection.periods) == 2
    )
    assert split.inspection.ended == ended
    assert split.inspection.published.year == year
    assert "came back" in split.inspection.note
    assert sum(len(each.inspection.periods) == 2 for each in records.inspections) == 3


def test_south_tyneside_in_2023_was_judged_before_the_split(records):
    old = records.of(records.find("South Tyneside").authority)[-2]
    assert old.inspection.ended == date(2023, 2, 15)
    assert old.cells["care_and_care_leavers"] == "inadequate"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("bournemouth, christchurch & poole", "Bournemouth, Christchurch and Poole"), ("BCP", "Bournemouth, Christchurch and Poole"),
        ("Hull", "Kingston upon Hull"), ("st helens", "St. Helens"), ("London Corporation", "City of London"),
        ("Bristol, City of", "Bristol"), ("E06000055", "Bedford"), ("810", "Kingston upon Hull"),
        ("telford & wrekin", "Telford and Wrekin"), ("Stockton on Tees", "Stockton-on-Tees"),
    ],
)  # fmt: skip
def test_authorities_are_found_under_the_names_people_use(records, said, name):
    assert records.find(said).authority.name == name


def test_the_tables_are_read_back_as_they_were_written(records):
    assert register_to_csv(records.register) == (AUTHORITIES / "register.csv").read_text("utf-8")
    text = (AUTHORITIES / "inspections.csv").read_text("utf-8")
    columns = tuple(text.split("\n", 1)[0].split(","))
    again, found = read_records("again.csv", records_to_csv(records.inspections, columns).encode(), records.register)
    assert not found
    assert [(each.authority, each.cells, each.inspection) for each in again.inspections] == [
        (each.authority, each.cells, each.inspection) for each in records.inspections
    ]


def test_focused_visits_are_all_there(records):
    content = (AUTHORITIES / "focused_visits.csv").read_bytes()
    visits, found = read_records("focused_visits.csv", content, records.register)
    assert not found
    assert len(visits.inspections) == 371
    assert sum(not each.inspection.periods for each in visits.inspections) == 50
    assert all(each.inspection.published for each in visits.inspections)


def test_what_is_not_used_is_listed():
    table, _ = read_table("not-used.csv", (AUTHORITIES / "not-used.csv").read_bytes())
    rows = [row.cells for row in table.rows]
    whole = Counter(file for file, line, column, _ in rows if line and not column)
    assert whole == {
        "ofsted_csc_ilacs_history.csv": 497 - 321,
        "ofsted_csc_ilacs_overview.xlsx": 153,
        "authority_lookup.csv": 3,
    }
    assert all(reason for *_, reason in rows)
    assert not [row for row in rows if "disagrees" in row[3]]


def test_loading_is_quick():
    assert min(repeat(lambda: load_records(AUTHORITIES), number=1, repeat=7)) < 0.1
