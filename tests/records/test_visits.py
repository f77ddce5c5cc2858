"""Tables of visits: which visits lie between two days, and when that is not known."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from greenpaper.records.record import Authority
from greenpaper.records.tables import load_register
from greenpaper.records.visits import Uncounted, load_visits, read_visits
from greenpaper.source.diagnostics import PolicyError

AUTHORITIES = Path(__file__).parents[2] / "authorities"
LEEDS, HULL = Authority("E1", "Leeds"), Authority("E2", "Kingston upon Hull")
HEADER = "authority,first_day,last_day,published,topic\n"
# The visits to Hull are those with which the table begins and ends; the second has the longest wait, thirty days.
EDGES = (
    "Kingston upon Hull,2018-01-01,2018-01-02,2018-01-20,\nKingston upon Hull,2026-01-01,2026-01-02,2026-02-01,front\n"
)


def visits_in(text: str):
    visits, found = read_visits("visits.csv", f"{HEADER}{text}".encode(), (LEEDS, HULL))
    assert not found
    return visits


def between(text: str, after="2020-01-10", before="2023-06-01", authority=LEEDS):
    return visits_in(EDGES + text).between(authority, date.fromisoformat(after), date.fromisoformat(before))


@pytest.mark.parametrize(
    "first, last, counted",
    [
        ("2020-01-10", "2020-01-11", 0),
        ("2020-01-11", "2020-01-12", 1),
        ("2023-05-30", "2023-05-31", 1),
        ("2023-05-31", "2023-06-01", 0),
        ("2019-12-31", "2020-01-11", 0),
        ("2023-07-01", "2023-07-02", 0),
    ],
)
def test_a_visit_counts_when_it_begins_after_the_one_day_and_ends_before_the_other(first, last, counted):
    assert between(f"Leeds,{first},{last},,\n") == counted


def test_visits_to_others_do_not_count():
    assert between("Leeds,2021-01-01,2021-01-02,,\nLeeds,2022-01-01,2022-01-02,,\n") == 2
    assert between("Leeds,2021-01-01,2021-01-02,,\n", authority=HULL) == 0


@pytest.mark.parametrize(
    "published, counted",
    [
        ("2020-01-10", 0),
        ("2020-01-11", Uncounted.DOUBTFUL),
        ("2020-02-09", Uncounted.DOUBTFUL),
        ("2020-02-10", 1),
        ("2023-05-31", 1),
        ("2023-06-01", Uncounted.DOUBTFUL),
        ("2023-06-30", Uncounted.DOUBTFUL),
        ("2023-07-01", 0),
        ("", Uncounted.DOUBTFUL),
    ],
)
def test_a_visit_without_days_counts_where_the_longest_wait_before_its_letter_lies_between(published, counted):
    assert visits_in(EDGES).wait == timedelta(days=30)
    assert between(f"Leeds,,,{published},\n") == counted


@pytest.mark.parametrize(
    "after, before, counted",
    [
        ("2017-12-30", "2019-01-01", Uncounted.BEYOND),
        ("2017-12-31", "2019-01-01", 0),
        ("2019-01-01", "2026-01-03", 0),
        ("2019-01-01", "2026-01-04", Uncounted.BEYOND),
    ],
)
def test_of_days_before_the_first_visit_and_after_the_last_the_table_says_nothing(after, before, counted):
    assert between("", after, before) == counted


@pytest.mark.parametrize("text", ["", "Leeds,,,2021-03-01,\n"])
def test_a_table_in_which_no_visit_has_days_says_nothing(text):
    visits = visits_in(text)
    assert (visits.begins, visits.ends) == (None, None)
    assert visits.between(LEEDS, date(2020, 1, 1), date(2022, 1, 1)) is Uncounted.BEYOND


@pytest.mark.parametrize(
    "text, code",
    [
        (f"{HEADER}Ledes,2021-01-01,2021-01-02,,\n", "unknown-authority"),
        (f"{HEADER}Leeds,2021-01-32,2021-01-02,,\n", "bad-date"),
        (f"{HEADER}Leeds,2021-01-03,2021-01-02,,\n", "dates-out-of-order"),
        (f"{HEADER}Leeds,2021-01-03,,,\n", "half-a-period"),
        (f"{HEADER}Leeds\n", "short-row"),
        (f"{HEADER}" + "Leeds,2021-01-01,2021-01-02,,\n" * 2, "equally-late"),
        ("first_day,last_day\n2021-01-01,2021-01-02\n", "missing-column"),
        ("", "empty-file"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_table(text, code):
    visits, found = read_visits("visits.csv", text.encode(), (LEEDS, HULL))
    assert visits is None
    assert code in {each.code for each in found}


def test_tables_are_read_by_name_and_all_that_are_there_are_told(tmp_path):
    for name in ("calls", "visits", "register", "inspections"):
        (tmp_path / f"{name}.csv").write_text(f"{HEADER}Leeds,2021-01-01,2021-01-02,,\n", "utf-8")
    tables = load_visits(tmp_path, ["visits", "letters"], (LEEDS,))
    assert tables.by_name.keys() == {"visits"}
    assert tables.there == ("calls", "visits")
    assert tables.by_name["visits"].of["E1"][0].origin.line == 2


def test_every_problem_of_the_tables_asked_for_is_told(tmp_path):
    for name in ("calls", "visits"):
        (tmp_path / f"{name}.csv").write_text(f"{HEADER}Hull,2021-01-01,2021-01-02,,\n", "utf-8")
    with pytest.raises(PolicyError) as caught:
        load_visits(tmp_path, ["visits", "calls"], (LEEDS,))
    assert [each.code for each in caught.value.diagnostics] == ["unknown-authority"] * 2


def test_the_shipped_table_is_read_whole():
    visits = load_visits(AUTHORITIES, ["focused_visits"], load_register(AUTHORITIES)).by_name["focused_visits"]
    listed = [visit for visits in visits.of.values() for visit in visits]
    assert len(listed) == 371
    assert sum(visit.first is None for visit in listed) == 50
    assert (visits.begins, visits.ends) == (date(2018, 1, 30), date(2025, 12, 10))
    assert visits.wait == timedelta(days=104)
