"""Units and scales that must agree, dates, and whole months between dates."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenpaper.records.facts import facts_of, months_between
from greenpaper.records.record import Authority, Record, Unknown
from language.policy import check, codes, known, possible, term_of, value, vocabulary

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("unit", ["days", "weeks", "years", "month", "points"])
def test_a_number_of_another_unit_is_refused(unit):
    _, _, found = check(f"months is at least 30 {unit}")
    assert codes(found) == ["different-units"]
    assert [label.text for label in found[0].labels] == ["months", unit]


def test_a_number_with_its_unit_means_what_it_means_without():
    for given_months in (29, 30, 31):
        record = known({"months": given_months})
        assert value(term_of("months is at least 30 months"), record) is value(term_of("months is at least 30"), record)


def test_only_one_value_of_a_list_with_a_wrong_unit_is_refused_at_that_value():
    _, _, found = check("months is one of 30, 31 months, 32 days")
    assert [(each.code, each.labels[1].span.text) for each in found] == [("different-units", "days")]


def test_a_fact_without_a_unit_takes_numbers_without_one():
    assert codes(check("first is 3 months")[2]) == ["different-units"]
    assert codes(check("first is 3")[2]) == []


@pytest.mark.parametrize(
    "text",
    [
        "leaders is risk",
        "lowest of practice is at least risk",
        "risk is leaders",
        "none of practice are worse than risk",
    ],
)
def test_facts_on_two_scales_are_not_compared(text):
    assert codes(check(text)[2]) == ["different-scales"]


@pytest.mark.parametrize("word", ["high", "medium", "low"])
def test_a_word_of_another_scale_is_off_the_scale(word):
    assert codes(check(f"leaders is at least {word}")[2]) == ["off-the-scale"]
    assert codes(check(f"risk is {word}")[2]) == []


@given(days, days)
def test_dates_compare_by_the_calendar(left, right):
    record = known({"inspected": left})
    for words, holds in (
        ("at least", left >= right), ("at most", left <= right), ("more than", left > right), ("less than", left < right),
    ):  # fmt: skip
        term = term_of(f"inspected is {words} {right.isoformat()}")
        assert value(term, record) is holds
        assert possible(term, record) == {holds}


@pytest.mark.parametrize("year, exists", [(2024, True), (2025, False), (2000, True), (1900, False), (2100, False)])
def test_the_29th_of_february_exists_in_leap_years(year, exists):
    assert codes(check(f"inspected is {year}-02-29")[2]) == ([] if exists else ["no-such-date"])


@pytest.mark.parametrize(
    "earlier, later, months",
    [
        ("2026-01-15", "2026-02-14", 0),
        ("2026-01-15", "2026-02-15", 1),
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 48),
        ("2026-02-28", "2026-03-27", 0),
        ("2026-02-28", "2026-03-28", 1),
        ("2026-03-31", "2026-04-30", 1),
        ("2026-04-30", "2026-05-30", 1),
        ("2025-12-31", "2026-01-01", 0),
        ("2023-04-01", "2026-04-01", 36),
        ("2023-04-01", "2026-03-31", 35),
        ("2026-04-01", "2026-04-01", 0),
        ("2026-02-15", "2026-01-15", -1),
        ("2026-02-14", "2026-01-15", 0),
        ("2026-02-28", "2026-01-31", -1),
    ],
)  # fmt: skip
def test_months_are_counted_when_they_are_completed(earlier, later, months):
    assert months_between(date.fromisoformat(earlier), date.fromisoformat(later)) == months


@given(days, days, days)
def test_months_grow_with_time_and_are_the_same_the_other_way_round(one, two, three):
    first, second, third = sorted((one, two, three))
    assert months_between(first, second) <= months_between(first, third)
    assert months_between(second, third) <= months_between(first, third)
    assert months_between(third, first) == -months_between(first, third)


@given(days, st.integers(0, 240))
def test_the_same_day_of_a_later_month_or_its_last_completes_the_month(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    due = date(year, month + 1, min(day.day, last))
    assert months_between(day, due) == months
    if months:
        assert months_between(day, due - timedelta(days=1)) == months - 1


def facts(cells, as_of=None):
    found, wrong = facts_of(Record(Authority("", ""), cells), vocabulary(), as_of=as_of)
    assert not wrong
    return found


def test_months_since_a_date_are_counted_to_the_day_the_records_are_taken():
    cells = {"inspected": "2023-01-31"}
    assert facts(cells, date(2026, 2, 27)).known["months_since"] == Decimal(36)
    assert facts(cells, date(2026, 2, 28)).known["months_since"] == Decimal(37)
    term = term_of("months_since is at least 37 months")
    assert value(term, facts(cells, date(2026, 2, 27)).known) is False
    assert value(term, facts(cells, date(2026, 2, 28)).known) is True


def test_months_since_a_date_that_is_not_known_are_not_known():
    found = facts({}, date(2026, 4, 1))
    assert "months_since" not in found.known
    assert found.unknown["months_since"] is Unknown.NOT_KNOWN


def test_months_since_are_not_known_without_a_day_to_count_to():
    assert "months_since" not in facts({"inspected": "2023-01-31"}).known


def test_months_that_the_record_gives_itself_are_kept():
    found = facts({"inspected": "2023-01-31", "months_since": 5}, date(2026, 4, 1))
    assert found.known["months_since"] == Decimal(5)
