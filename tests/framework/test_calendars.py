"""The shipped calendar holds the days that others hold too, and times are counted by it as by counting days off."""

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.small import decision, rule, write_version
from greenpaper.framework.calendars import Calendar, Unreached, months_after, time_after, working_days_after
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, TimeUnit
from greenpaper.framework.parts import read_calendars
from greenpaper.records.facts import months_between
from greenpaper.source.shipped import shipped

CALENDARS, FOUND = Catalogue(shipped("policies")).calendars
ENGLAND_AND_WALES = CALENDARS["england_and_wales"]
YEARS = range(2018, 2029)
DAYS = [date(2018, 1, 1) + timedelta(number) for number in range((date(2028, 12, 31) - date(2018, 1, 1)).days + 1)]
ONCE = {
    date(2020, 5, 8): "the early May holiday was moved to the day on which a war had ended in Europe",
    date(2022, 6, 2): "the spring holiday was moved beside the jubilee",
    date(2022, 6, 3): "the jubilee",
    date(2022, 9, 19): "the funeral of the Queen",
    date(2023, 5, 8): "the coronation",
}
NOT_THEN = {2020: date(2020, 5, 4), 2022: date(2022, 5, 30)}
"""Days on which a holiday would have been that was moved."""


# The days, from three sides


def test_the_shipped_calendar_has_no_problem_and_speaks_of_eleven_years():
    assert FOUND == ()
    assert (ENGLAND_AND_WALES.first, ENGLAND_AND_WALES.last) == (DAYS[0], DAYS[-1])
    assert {day.year for day in ENGLAND_AND_WALES.holidays} == set(YEARS)


@pytest.mark.parametrize("nation", ["ENG", "WLS"])
def test_its_holidays_are_those_of_a_library_that_others_maintain(nation):
    theirs = holidays.country_holidays("GB", subdiv=nation, years=YEARS)
    assert set(ENGLAND_AND_WALES.holidays) == set(theirs)
    substitutes = {day for day, name in theirs.items() if name.endswith("(observed)")}
    assert {day for day, each in ENGLAND_AND_WALES.holidays.items() if each.substitute} == substitutes


def easter(year: int) -> date:
    """Easter Sunday, by the rule of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool = False) -> date:
    """The first, or the last, Monday of a month."""
    of_month = [day for day in DAYS if (day.year, day.month, day.weekday()) == (year, month, 0)]
    return of_month[-1 if last else 0]


def by_rule(year: int) -> set[date]:
    """The weekdays of a year without work, as rules give them: the fixed ones moved to the next weekday that is free."""
    found = {easter(year) - timedelta(2), easter(year) + timedelta(1)}
    found |= {monday(year, 5), monday(year, 5, last=True), monday(year, 8, last=True)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        if fixed.weekday() < 5:
            found.add(fixed)
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while fixed.weekday() >= 5 and (day.weekday() >= 5 or day in found):
            day += timedelta(1)
        found.add(day)
    return found


@pytest.mark.parametrize("year", YEARS)
def test_its_holidays_are_those_that_the_rules_give_and_the_one_off_ones(year):
    ours = {day for day in ENGLAND_AND_WALES.holidays if day.year == year and day.weekday() < 5}
    assert ours - ONCE.keys() == by_rule(year) - {NOT_THEN.get(year)}


def test_the_one_off_holidays_are_marked_and_no_others():
    assert {day for day, each in ENGLAND_AND_WALES.holidays.items() if each.once} == set(ONCE)


def test_a_day_of_another_year_is_neither_worked_nor_free():
    assert ENGLAND_AND_WALES.is_worked(date(2017, 12, 29)) is None
    assert ENGLAND_AND_WALES.is_worked(date(2029, 1, 2)) is None
    assert ENGLAND_AND_WALES.is_worked(date(2026, 4, 3)) is False
    assert ENGLAND_AND_WALES.is_worked(date(2026, 4, 2)) is True


# Counting


def counted(day: date, count: int) -> date | None:
    """The day, by listing all working days after it; None where the list is too short."""
    worked = [each for each in DAYS if each > day and each.weekday() < 5 and each not in ENGLAND_AND_WALES.holidays]
    return worked[count - 1] if count <= len(worked) else None


@given(st.sampled_from(DAYS), st.integers(1, 300))
def test_working_days_are_counted_as_by_a_list_of_them(day, count):
    found = working_days_after(day, count, ENGLAND_AND_WALES)
    expected = counted(day, count)
    assert (None if isinstance(found, Unreached) else found) == expected


@pytest.mark.parametrize(
    "day, count, due",
    [
        ("2026-01-12", 20, "2026-02-09"),
        ("2026-01-12", 70, "2026-04-22"),
        ("2022-05-27", 1, "2022-05-30"),
        ("2022-05-27", 4, "2022-06-06"),
        ("2022-09-16", 1, "2022-09-20"),
        ("2023-05-05", 1, "2023-05-09"),
        ("2020-05-01", 1, "2020-05-04"),
        ("2020-05-07", 1, "2020-05-11"),
        ("2025-12-24", 1, "2025-12-29"),
        ("2021-12-24", 1, "2021-12-29"),
        ("2026-04-04", 1, "2026-04-07"),
    ],
)
def test_days_counted_by_hand(day, count, due):
    assert working_days_after(date.fromisoformat(day), count, ENGLAND_AND_WALES) == date.fromisoformat(due)


def test_a_time_that_leaves_the_calendar_has_no_end():
    found = working_days_after(date(2028, 12, 1), 70, ENGLAND_AND_WALES)
    assert found == Unreached("the calendar `england_and_wales` is of 2018-01-01 to 2028-12-31 only")
    assert isinstance(working_days_after(date(2017, 12, 1), 1, ENGLAND_AND_WALES), Unreached)
    assert working_days_after(date(2017, 12, 31), 1, ENGLAND_AND_WALES) == date(2018, 1, 2)


def test_a_calendar_on_which_nobody_works_has_no_working_day():
    never = Calendar("never", "Never", DAYS[0], DAYS[-1], frozenset(range(7)), {}, Confidence.ASSUMED)
    assert isinstance(working_days_after(DAYS[0], 1, never), Unreached)


@given(st.sampled_from(DAYS), st.integers(0, 60))
def test_so_many_months_later_so_many_months_are_complete_and_not_a_day_before(day, count):
    later = months_after(day, count)
    assert months_between(day, later) == count
    assert count == 0 or months_between(day, later - timedelta(1)) < count


@pytest.mark.parametrize(
    "count, unit, due",
    [(30, TimeUnit.DAYS, "2024-03-30"), (2, TimeUnit.WEEKS, "2024-03-14"), (30, TimeUnit.MONTHS, "2026-08-29")],
)
def test_other_units_need_no_calendar(count, unit, due):
    assert time_after(date(2024, 2, 29), count, unit, None) == date.fromisoformat(due)


@pytest.mark.parametrize("unit", [TimeUnit.DAYS, TimeUnit.WEEKS, TimeUnit.MONTHS])
def test_a_time_beyond_all_dates_is_not_known(unit):
    assert isinstance(time_after(date(2026, 1, 1), 10**8, unit, None), Unreached)


# Files

EVENTS = "events: {asked: {title: They are asked, of: calls, recorded_as: publication}}\n"
DEADLINE = "{{title: T, by: them, after: asked, at_most: 3, unit: working days, calendar: {}, modality: will, confidence: stated}}"
CALENDAR = """\
calendar: work
title: Working days
from: 2026-01-01
until: 2026-12-31
weekend: [sunday]
holidays: {}
confidence: stated
sources: [{title: A law, publisher: P}]
"""


def checked(folder, calendar: str = CALENDAR, deadline: str = DEADLINE.format("work")) -> Counter[str]:
    """The problems of a version with a deadline, beside a calendar."""
    version = write_version(folder, "one", decision(rule("good", "heads is fine", "letter")))
    (version / "events.yaml").write_text(EVENTS, "utf-8")
    (version / "deadlines.yaml").write_text(f"deadlines: {{reply: {deadline}}}\n", "utf-8")
    (folder / "calendars").mkdir()
    (folder / "calendars" / "work.yaml").write_text(calendar, "utf-8")
    return Counter(each.code for each in Catalogue(folder).check("one")[1])


def test_a_deadline_that_counts_by_a_calendar_that_is_there_has_no_problem(tmp_path):
    assert checked(tmp_path) == {}


def test_a_calendar_that_is_not_there_is_named_at_the_deadline_with_the_nearest_that_is(tmp_path):
    checked(tmp_path, deadline=DEADLINE.format("wrok"))
    (problem,) = Catalogue(tmp_path).check("one")[1]
    assert (problem.code, problem.message) == ("unknown-entry", "no calendar is named `wrok`")
    assert problem.help == "did you mean `work`?"
    assert problem.span.source.name.endswith("deadlines.yaml")


def test_a_holiday_given_twice_is_a_problem(tmp_path):
    twice = CALENDAR.replace("holidays: {}", "holidays:\n  2026-05-04: {title: A}\n  2026-05-04: {title: B}")
    assert checked(tmp_path, twice) == {"duplicate-key": 1}


def test_a_holiday_that_is_no_day_is_a_problem(tmp_path):
    assert checked(tmp_path, CALENDAR.replace("{}", "{2026-02-30: {title: A}}")) == {"no-such-day": 1}
    assert read_calendars(tmp_path)[1] == ()


def test_a_deadline_about_an_outcome_that_the_decision_does_not_have_is_a_problem(tmp_path):
    deadline = DEADLINE.format("work").replace("modality", "only_where: {follow_up: lettre}, modality")
    assert checked(tmp_path, deadline=deadline) == {"unknown-entry": 1}


def test_what_must_be_so_of_an_inspection_is_a_decision_or_a_fact_of_the_version(tmp_path):
    deadline = DEADLINE.format("work").replace("modality", "only_where: {follow_upp: letter}, modality")
    version = tmp_path / "one"
    assert checked(tmp_path, deadline=deadline) == {}, "columns of a table of visits are not known here"
    (version / "events.yaml").write_text(EVENTS.replace("of: calls", "of: inspections"), "utf-8")
    (problem,) = Catalogue(tmp_path).check("one")[1]
    assert (problem.code, problem.message) == ("unknown-entry", "no decision or fact is named `follow_upp`")


def test_a_version_without_deadlines_is_not_bothered_by_a_calendar_with_a_problem(tmp_path):
    write_version(tmp_path, "one", decision(rule("good", "heads is fine", "letter")))
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "work.yaml").write_text("calendar: other\n", "utf-8")
    assert Catalogue(tmp_path).check("one")[1] == ()


def test_a_file_beside_the_calendars_that_is_none_is_seen(tmp_path):
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "work.yml").write_text(CALENDAR, "utf-8")
    assert [each.code for each in read_calendars(tmp_path)[1]] == ["unknown-file"]
