"""The shipped versions, asked when what is due after real inspections and visits: days worked out by hand beside."""

from dataclasses import replace
from datetime import date

import pytest

from greenpaper.comparison.due import Footing, Off, State
from greenpaper.comparison.occasions import waits_of
from greenpaper.comparison.timeline import Due, Held, Moment, Policy, Timeline, tables_of, timeline
from greenpaper.framework.calendars import INSPECTIONS, working_days_after
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, Framework, TimeUnit
from greenpaper.records.tables import load_records
from greenpaper.records.visits import load_visits
from greenpaper.source.shipped import shipped

CATALOGUE = Catalogue(shipped("policies"))
RECORDS = load_records(shipped("authorities"))
WHOLE = tuple(CATALOGUE.load(version, whole=True) for version, head in CATALOGUE.heads.items() if not head.base)
VISITS = load_visits(shipped("authorities"), tables_of(WHOLE), RECORDS.register)
POLICY = Policy(WHOLE, CATALOGUE.load("2026", whole=True), CATALOGUE.calendars[0], CATALOGUE.all_facts)
WAITS = waits_of(RECORDS.inspections, VISITS)
DAY = date(2026, 8, 20)


def told(name: str, as_of: date = DAY) -> Timeline:
    record = RECORDS.find(name)
    assert record, name
    authority = record.authority
    return timeline(POLICY, Held(authority, RECORDS.of(authority), VISITS, WAITS), as_of)


def last(found: Timeline, table: str = INSPECTIONS) -> Moment:
    return [each for each in found.moments if each.occasion.table == table][-1]


def named(moment: Moment | None, name: str) -> Due:
    assert moment
    (due,) = [each for each in moment.due if each.deadline.id == name]
    return due


def versions(moment: Moment) -> list[str]:
    return [each.version for each in moment.governing.frameworks]


# Authorities


def test_slough_owes_a_plan_seventy_working_days_after_the_letter_counted_over_easter():
    visit = last(told("Slough"), "focused_visits")
    assert versions(visit) == ["2025"]
    assert {each.deadline.id: each.window.last for each in visit.due} == {
        "draft_action_plan": date(2026, 2, 9), "action_plan": date(2026, 4, 22)
    }  # fmt: skip
    assert {each.start.footing for each in visit.due} == {Footing.ASSUMED}
    assert {each.state for each in visit.due} == {State.NOT_RECORDED}


def test_slough_has_a_window_that_is_over_though_only_assumed_to_be_one_since_2026():
    found = told("Slough")
    stated, carried = (
        named(last(found), "inspection_after_intensive"),
        named(found.coming.last, "inspection_after_intensive"),
    )
    assert (stated.window, stated.versions) == (carried.window, ("2023",))
    assert (stated.window.first, stated.window.last) == (date(2025, 7, 23), date(2026, 7, 23))
    assert (stated.deadline.confidence, carried.deadline.confidence) == (Confidence.STATED, Confidence.ASSUMED)
    assert (stated.state, stated.off) == (State.OVERDUE, Off(28, TimeUnit.DAYS))
    assert named(found.moments[0], "inspection_after_intensive").state is State.LATE


def test_liverpool_was_inadequate_so_no_window_was_stated_and_has_one_since_2026():
    found = told("Liverpool")
    inadequate = next(each for each in found.moments if each.occasion.first == date(2023, 3, 13))
    assert [each.deadline.id for each in inadequate.due] == ["authority_publishes_report", "statement_of_action"]
    coming = named(found.coming.last, "inspection_after_light")
    assert (coming.window.first, coming.window.last) == (date(2028, 11, 11), date(2029, 11, 11))
    assert coming.state is State.NOT_YET_DUE


def test_dudley_is_undetermined_so_it_is_not_known_whether_the_window_is_one():
    found = told("Dudley")
    assert named(last(found), "inspection_after_intensive").applies is True
    coming = named(found.coming.last, "inspection_after_intensive")
    assert (coming.applies, coming.conditions) == (None, ("pathway is intensive",))
    assert coming.window.last == date(2026, 4, 30)


def test_brighton_has_no_days_so_two_versions_may_govern_and_the_window_is_not_known():
    moment = last(told("Brighton and Hove"))
    assert versions(moment) == ["2023", "2024-04"]
    assert named(moment, "authority_publishes_report").versions == ("2023", "2024-04")
    assert named(moment, "authority_publishes_report").window.last == date(2024, 6, 28)
    window = named(moment, "inspection_after_light").window
    assert (window.first, window.last) == (None, None)
    assert window.unknown == "the records do not have its first day on site"


def test_south_tyneside_was_inspected_in_two_periods_and_the_report_counts_from_its_publication():
    found = told("South Tyneside")
    two = next(each for each in found.moments if len(each.occasion.periods) == 2)
    assert versions(two) == ["2018-09"]
    assert (two.occasion.first, two.occasion.last) == (date(2022, 12, 5), date(2023, 2, 15))
    assert named(two, "authority_publishes_report").window.last == date(2023, 6, 22)


def test_isles_of_scilly_has_monitoring_to_come_and_no_day_for_anything():
    found = told("Isles of Scilly")
    assert [each.deadline.id for each in found.coming.last.due if each.is_open(DAY)] == []


# All of them


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, Moment, Due]]:
    """Everything that is due after every inspection and visit of all authorities."""
    found = []
    for record in RECORDS.current:
        name = record.authority.name
        found += [(name, moment, due) for moment in told(name).moments for due in moment.due]
    return found


def test_every_inspection_and_visit_is_told_once():
    told_of = [each.occasion for record in RECORDS.current for each in told(record.authority.name).moments]
    inspections = [each for each in told_of if each.table == INSPECTIONS]
    assert len(inspections) == len(RECORDS.inspections)
    assert len(told_of) - len(inspections) == sum(map(len, VISITS.by_name["focused_visits"].of.values()))


def test_what_is_due_is_counted_as_numbers_of_working_days_in_a_list(everything):
    calendar = POLICY.calendars["england_and_wales"]
    worked = [date.fromordinal(day) for day in range(calendar.first.toordinal(), calendar.last.toordinal() + 1)]
    worked = [day for day in worked if calendar.is_worked(day)]
    counted = 0
    for _, _, due in everything:
        if due.deadline.unit is TimeUnit.WORKING_DAYS and due.window.last:
            counted += 1
            between = [day for day in worked if due.start.day < day <= due.window.last]
            assert (len(between), between[-1]) == (due.deadline.most, due.window.last)
    assert counted > 600


def test_a_one_off_holiday_in_between_moves_a_due_day(everything):
    calendar = POLICY.calendars["england_and_wales"]
    ordinary = replace(calendar, holidays={day: each for day, each in calendar.holidays.items() if not each.once})
    once = {day for day, each in calendar.holidays.items() if each.once} - {date(2020, 5, 8), date(2022, 6, 2)}
    moved = 0
    for _, _, due in everything:
        start, end = due.start.day, due.window.last
        if due.deadline.calendar and start and end and any(start < day < end for day in once):
            moved += 1
            assert working_days_after(start, due.deadline.most, ordinary) < end
    assert moved > 50


def test_a_day_is_either_known_or_there_is_a_reason(everything):
    for _, _, due in everything:
        assert bool(due.window.first or due.window.last) is not bool(due.window.unknown)
        assert (due.state is State.UNKNOWN) <= bool(due.window.unknown)
        assert (due.start.footing is Footing.UNKNOWN) is (due.start.day is None)


def test_action_plans_are_due_after_the_visits_that_the_table_names_and_no_others(everything):
    plans = [
        moment.occasion.cells["area_for_priority_action"]
        for _, moment, due in everything
        if due.deadline.id == "action_plan"
    ]
    assert set(plans) == {"true"}
    named_in_table = [each for visits in VISITS.by_name["focused_visits"].of.values() for each in visits]
    areas = [each for each in named_in_table if each.cells["area_for_priority_action"] == "true"]
    assert len(areas) == 26
    before = [each for each in areas if each.first and each.first < date(2018, 9, 1)]
    assert len(plans) == len(areas) - len(before)


def test_windows_are_met_early_late_and_in_time_as_counted_apart_from_the_engine(everything):
    states = {}
    for _, _, due in everything:
        if due.deadline.id.startswith("inspection_after") and due.done and due.done.day and due.start.day:
            months = (due.done.day.year - due.start.day.year) * 12 + due.done.day.month - due.start.day.month
            complete = months - (due.done.day.day < due.start.day.day)
            exact = complete == 42 and due.done.day.day == due.start.day.day
            expected = State.EARLY if complete < 30 else State.IN_TIME if complete < 42 or exact else State.LATE
            assert due.state is expected, due
            states[due.state] = states.get(due.state, 0) + 1
    assert states.keys() >= {State.IN_TIME, State.LATE}


# The versions


@pytest.mark.parametrize("framework", WHOLE, ids=lambda each: each.version)
def test_every_version_has_the_deadlines_that_were_found_of_it(framework: Framework):
    times = {each.id: (each.least, each.most, str(each.unit)) for each in framework.deadlines.values()}
    plans = {"draft_action_plan": (None, 20, "working days"), "action_plan": (None, 70, "working days")}
    assert times == {
        "inspection_after_light": (30, 42, "months"),
        "inspection_after_intensive": (30, 42, "months"),
        "authority_publishes_report": (None, 30, "working days"),
        "statement_of_action": (None, 70, "working days"),
        **({} if framework.version == "2018" else plans),
    }


def test_nothing_that_was_only_carried_over_to_2026_is_called_stated():
    stated = {
        each.id
        for each in CATALOGUE.load("2026", whole=True).deadlines.values()
        if each.confidence is Confidence.STATED
    }
    assert stated == {"authority_publishes_report"}


@pytest.mark.parametrize("framework", WHOLE, ids=lambda each: each.version)
def test_focused_visits_have_their_seven_topics_and_what_no_outcome_leads_to_says_when_it_occurs(framework):
    topics = {each.id for each in framework.activities["focused_visit"].topics}
    assert len(topics - {"covid"}) == 7
    assert ("covid" in topics) is (framework.version == "2018-09")
    led_to = {
        name for each in framework.decisions.values() for one in each.outcomes.values() for name in one.activities or ()
    }
    for name in framework.activities.keys() - led_to:
        assert framework.activities[name].occurs, name


def test_the_topics_are_those_that_the_table_of_visits_names():
    cells = {str(each.cells["topic"]) for visits in VISITS.by_name["focused_visits"].of.values() for each in visits}
    topics = {each.id for framework in WHOLE for each in framework.activities["focused_visit"].topics}
    assert cells - {"None"} <= topics
