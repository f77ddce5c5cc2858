"""What is due after an inspection or a visit: from which day, until when, and how it stands; unknown stays unknown."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from comparison.small import FACTS, decision, rule, write_version
from greenpaper.comparison.due import Done, Footing, Off, State, Window, off, state_of
from greenpaper.comparison.occasions import Occasion, governing, occasions_of, waits_of
from greenpaper.comparison.timeline import Due, Held, Policy, Timeline, tables_of, timeline
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, Event, Status, TimeUnit
from greenpaper.records.record import Authority
from greenpaper.records.tables import load_records
from greenpaper.records.visits import load_visits
from greenpaper.report.timeline import overall

LETTER, VISIT = rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit")
EVENTS = """\
events:
  begun: {title: The inspection begins, of: inspections, recorded_as: first day on site}
  ended: {title: The inspection ends, of: inspections, recorded_as: last day on site}
  published: {title: The report is published, of: inspections, recorded_as: publication}
  received: {title: The report arrives, of: inspections, assumed_from: published}
  answered: {title: The answer is sent, of: inspections}
  called: {title: A call is made, of: calls, recorded_as: last day on site}
"""
REPORT = "  report: {title: Report, by: us, after: ended, at_most: 4, unit: weeks, met_by: published, modality: usually, confidence: stated}\n"
ANSWER = (
    "  answer: {title: Answer, by: them, after: received, at_most: 10, unit: working days, calendar: work, "
    "met_by: answered, modality: will, confidence: stated}\n"
)
AGAIN = (
    "  again: {title: Next inspection, by: us, after: begun, at_least: 30, at_most: 42, unit: months, "
    "only_where: {follow_up: letter}, met_by: begun, modality: usually, confidence: derived}\n"
)
CALL = "  reply: {title: Reply, by: them, after: called, at_most: 7, unit: days, only_where: {urgent: true}, modality: will, confidence: stated}\n"
CALENDAR = """\
calendar: work
title: Working days
from: 2020-01-01
until: 2026-12-31
weekend: [saturday, sunday]
holidays: {2024-04-01: {title: Easter Monday}}
confidence: stated
sources: [{title: A law, publisher: P}]
"""
HEADER = "authority,first_day,last_day,published,kind,heads\n"
FIRST = "Leeds,2020-03-02,2020-03-06,2020-03-20,short,fine\n"
SECOND = "Leeds,2024-03-04,2024-03-08,2024-03-22,short,fine\n"


def version(folder: Path, name: str, deadlines: str, head: str = "", vocabulary: str = FACTS) -> None:
    written = write_version(folder, name, decision(LETTER, VISIT), head=head, vocabulary=vocabulary)
    (written / "events.yaml").write_text(EVENTS, "utf-8")
    (written / "deadlines.yaml").write_text(f"deadlines:\n{deadlines}", "utf-8")


def told(
    folder: Path, deadlines: str, inspections: str = FIRST, *, calls: str = "", as_of: str = "2024-06-30", name="Leeds"
) -> Timeline:
    """The timeline of one authority under one version that governs from 2020 on, or those that are there already."""
    policies = folder / "policies"
    if not policies.is_dir():
        version(policies, "one", deadlines, "applies_to: {inspections_starting: {from: 2020-01-01}}\n")
    (policies / "calendars").mkdir(exist_ok=True)
    (policies / "calendars" / "work.yaml").write_text(CALENDAR, "utf-8")
    (folder / "register.csv").write_text("code,name\nE1,Leeds\nE2,York\n", "utf-8")
    (folder / "inspections.csv").write_text(HEADER + inspections, "utf-8")
    if calls:
        (folder / "calls.csv").write_text(f"authority,first_day,last_day,published,urgent\n{calls}", "utf-8")
    catalogue, records = Catalogue(policies), load_records(folder)
    frameworks = tuple(catalogue.load(each, whole=True) for each in catalogue.heads)
    visits = load_visits(folder, tables_of(frameworks), records.register)
    policy = Policy(frameworks, frameworks[-1], catalogue.calendars[0], catalogue.all_facts)
    found = records.find(name)
    assert found
    authority = found.authority
    held = Held(authority, records.of(authority), visits, waits_of(records.inspections, visits))
    return timeline(policy, held, date.fromisoformat(as_of))


def only(found: Timeline, at: int = 0) -> Due:
    """The one thing that is due after one occasion."""
    (due,) = found.moments[at].due
    return due


# From which day


def test_a_recorded_day_is_counted_from(tmp_path):
    start = only(told(tmp_path, REPORT)).start
    assert (start.footing, start.day, start.event.id) == (Footing.RECORDED, date(2020, 3, 6), "ended")


def test_a_day_that_is_not_recorded_is_taken_from_another_event_and_labelled_so(tmp_path):
    found = told(tmp_path, ANSWER)
    due = only(found)
    assert (due.start.footing, due.start.day) == (Footing.ASSUMED, date(2020, 3, 20))
    assert due.start.taken_from
    assert due.start.taken_from.id == "published"
    assert due.deadline.confidence is Confidence.STATED
    assert overall(found.moments[0], due) is Confidence.ASSUMED


def test_without_the_day_nothing_is_due_on_any_day_and_the_reason_is_told(tmp_path):
    due = only(told(tmp_path, ANSWER, "Leeds,2020-03-02,2020-03-06,,short,fine\n"))
    assert due.start.footing is Footing.UNKNOWN
    assert due.window == Window(unknown="the records do not have its publication")
    assert due.state is State.UNKNOWN


def test_an_event_that_is_never_recorded_has_no_day(tmp_path):
    due = only(told(tmp_path, ANSWER.replace("after: received", "after: answered").replace("met_by: answered, ", "")))
    assert due.window.unknown == "the records do not hold when that was"


# Until when


def test_working_days_are_counted_by_the_calendar_of_the_deadline(tmp_path):
    due = only(told(tmp_path, ANSWER, SECOND))
    assert due.window == Window(last=date(2024, 4, 8))


def test_a_day_beyond_the_calendar_is_not_known_and_never_guessed(tmp_path):
    late = "Leeds,2026-11-30,2026-12-04,2026-12-21,short,fine\n"
    due = only(told(tmp_path, ANSWER, late, as_of="2027-06-01"))
    assert due.window == Window(unknown="the calendar `work` is of 2020-01-01 to 2026-12-31 only")
    assert due.state is State.UNKNOWN


def test_a_window_of_months_has_two_ends(tmp_path):
    assert only(told(tmp_path, AGAIN)).window == Window(date(2022, 9, 2), date(2023, 9, 2))


# How it stands


@pytest.mark.parametrize(
    "first, last, done, as_of, recorded, state, by",
    [
        ("", "05-10", "05-10", "06-01", True, State.IN_TIME, None),
        ("", "05-10", "05-11", "06-01", True, State.LATE, Off(1, TimeUnit.DAYS)),
        ("", "03-10", "05-11", "06-01", True, State.LATE, Off(2, TimeUnit.MONTHS)),
        ("05-10", "06-10", "05-10", "06-12", True, State.IN_TIME, None),
        ("05-10", "06-10", "05-09", "06-12", True, State.EARLY, Off(1, TimeUnit.DAYS)),
        ("05-10", "06-10", "03-10", "06-12", True, State.EARLY, Off(2, TimeUnit.MONTHS)),
        ("05-10", "06-10", "", "05-09", True, State.NOT_YET_DUE, None),
        ("05-10", "06-10", "", "05-10", True, State.DUE_NOW, None),
        ("05-10", "06-10", "", "06-10", True, State.DUE_NOW, None),
        ("05-10", "06-10", "", "06-11", True, State.OVERDUE, Off(1, TimeUnit.DAYS)),
        ("", "06-10", "", "06-10", True, State.NOT_YET_DUE, None),
        ("", "06-10", "", "07-10", True, State.OVERDUE, Off(1, TimeUnit.MONTHS)),
        ("05-10", "", "", "07-10", True, State.DUE_NOW, None),
        ("", "06-10", "", "07-10", False, State.NOT_RECORDED, None),
        ("", "", "05-10", "07-10", True, State.DONE, None),
    ],
)
def test_how_something_stands_on_a_day(first, last, done, as_of, recorded, state, by):
    def day(text):
        return date.fromisoformat(f"2026-{text}") if text else None

    window = Window(day(first), day(last), "" if first or last else "no day")
    end = Done(Event("e", "E", "inspections"), day(done)) if done else None
    assert state_of(window, end, day(as_of), recorded=recorded) == (state, by)


def test_without_a_day_to_look_from_nothing_is_overdue():
    assert state_of(Window(None, date(2026, 1, 1)), None, None, recorded=True) == (State.UNKNOWN, None)


def test_months_are_whole_and_days_only_where_there_is_none():
    assert off(date(2026, 1, 31), date(2026, 2, 28)) == Off(1, TimeUnit.MONTHS)
    assert off(date(2026, 1, 31), date(2026, 2, 27)) == Off(27, TimeUnit.DAYS)


def test_the_next_inspection_ends_the_waiting_for_it(tmp_path):
    found = told(tmp_path, AGAIN, FIRST + SECOND)
    assert (only(found).state, only(found).off) == (State.LATE, Off(6, TimeUnit.MONTHS))
    assert only(found).done == Done(only(found).done.event, date(2024, 3, 4))
    assert only(found, 1).state is State.NOT_YET_DUE


def test_its_own_report_ends_the_waiting_for_that(tmp_path):
    due = only(told(tmp_path, REPORT))
    assert (due.state, due.done.day) == (State.IN_TIME, date(2020, 3, 20))


def test_a_next_inspection_without_days_is_known_to_have_been_but_not_when(tmp_path):
    found = told(tmp_path, AGAIN, FIRST + "Leeds,,,2024-03-22,short,fine\n")
    assert found.moments[0].due[0].done.by == date(2024, 3, 22)
    assert found.moments[0].due[0].state is State.DONE


def test_a_day_in_the_past_knows_nothing_of_what_came_later(tmp_path):
    found = told(tmp_path, AGAIN + REPORT, FIRST + SECOND, as_of="2024-03-10")
    assert [each.occasion.published for each in found.moments] == [date(2020, 3, 20), None]
    assert found.coming.evaluation.decisions["follow_up"].status is Status.UNDETERMINED
    assert {each.deadline.id: each.applies for each in found.moments[1].due} == {"again": None, "report": True}
    found = told(tmp_path, AGAIN + REPORT, FIRST + SECOND, as_of="2024-03-03")
    assert len(found.moments) == 1
    (again,) = [each for each in found.moments[0].due if each.deadline.id == "again"]
    assert (again.state, again.off) == (State.OVERDUE, Off(6, TimeUnit.MONTHS))


# Whether anything is due


def test_only_where_the_decision_says_so(tmp_path):
    assert told(tmp_path, AGAIN, FIRST.replace("fine", "poor")).moments[0].due == ()


def test_where_the_decision_is_undetermined_it_is_not_known_whether_anything_is_due(tmp_path):
    due = only(told(tmp_path, AGAIN, FIRST.replace("fine", "")))
    assert (due.applies, due.conditions) == (None, ("follow_up is letter",))
    assert due.state is State.OVERDUE


def test_two_conditions_under_which_the_same_is_due_are_told_together(tmp_path):
    other = AGAIN.replace("  again:", "  after_visit:").replace("follow_up: letter", "follow_up: visit")
    due = only(told(tmp_path, AGAIN + other, FIRST.replace("fine", "")))
    assert due.conditions == ("follow_up is letter", "follow_up is visit")


@pytest.mark.parametrize("certain_first", [True, False])
def test_what_is_due_for_certain_is_so_whatever_else_would_make_it_due(tmp_path, certain_first):
    certain = AGAIN.replace("  again:", "  anyway:").replace("only_where: {follow_up: letter}, ", "")
    both = certain + AGAIN if certain_first else AGAIN + certain
    due = only(told(tmp_path, both, FIRST.replace("fine", "")))
    assert (due.applies, due.conditions) == (True, ())


@pytest.mark.parametrize(
    "urgent, due",
    [
        ("true", [True]),
        ("TRUE", [True]),
        ("false", []),
        ("", [None]),
        ("unreadable in the source", [None]),
        ("yes", [None]),
        ("1", [None]),
    ],
)
def test_a_column_of_a_table_of_visits_decides_whether_anything_is_due(tmp_path, urgent, due):
    found = told(
        tmp_path,
        CALL,
        FIRST,
        calls=f"Leeds,2022-01-03,2022-01-03,2022-01-10,{urgent}\nYork,2022-01-03,2022-01-03,,true\n",
    )
    assert [each.occasion.table for each in found.moments] == ["inspections", "calls"]
    assert [each.applies for each in found.moments[1].due] == due


def test_a_table_that_does_not_lie_with_the_records_is_named(tmp_path):
    assert told(tmp_path, CALL).missing == ("calls",)


def test_an_authority_never_inspected_has_no_moment_and_still_a_verdict(tmp_path):
    found = told(tmp_path, AGAIN, name="York")
    assert (found.moments, found.coming.last) == ((), None)
    assert len(found.coming.evaluation.decisions["follow_up"].possible) == 2


# Which version


def two_versions(folder: Path, *, until: str = "2023-03", since: str = "2023-03", vocabulary: str = FACTS) -> None:
    version(
        folder / "policies",
        "one",
        AGAIN,
        f"applies_to: {{inspections_starting: {{from: 2020-01-01, until: {until}}}}}\n",
    )
    more = AGAIN.replace("at_most: 42", "at_most: 50") + REPORT
    version(folder / "policies", "two", more, f"applies_to: {{inspections_starting: {{from: {since}}}}}\n", vocabulary)


def at(day: str) -> str:
    return f"Leeds,{day},{day},2023-06-30,short,fine\n"


@pytest.mark.parametrize(
    "day, versions",
    [
        ("2023-02-28", ["one"]),
        ("2023-03-01", ["one", "two"]),
        ("2023-03-15", ["one", "two"]),
        ("2023-03-31", ["two"]),
        ("2023-04-01", ["two"]),
    ],
)
def test_where_it_depends_on_a_day_not_known_every_version_that_may_govern_is_kept(tmp_path, day, versions):
    two_versions(tmp_path)
    moment = told(tmp_path, "", at(day)).moments[0]
    assert [each.version for each in moment.governing.frameworks] == versions
    assert ("perhaps" in moment.governing.how) is (len(versions) > 1)
    assert {each.versions for each in moment.due} == {(each,) for each in versions}


def test_what_two_versions_say_alike_is_told_once(tmp_path):
    version(
        tmp_path / "policies", "one", AGAIN, "applies_to: {inspections_starting: {from: 2020-01-01, until: 2023-03}}\n"
    )
    version(tmp_path / "policies", "two", AGAIN, "applies_to: {inspections_starting: {from: 2023-03}}\n")
    due = only(told(tmp_path, "", at("2023-03-15")))
    assert due.versions == ("one", "two")


def test_the_judgements_tell_which_version_it_is_where_the_day_does_not(tmp_path):
    feet = FACTS.replace(
        "groups:", "  feet: {type: grade, scale: quality, title: The feet, confidence: stated}\ngroups:"
    )
    two_versions(tmp_path, vocabulary=feet)
    policies, inspections = tmp_path / "policies", tmp_path / "inspections.csv"
    told(tmp_path, "", at("2023-03-15"))
    inspections.write_text(
        "authority,first_day,last_day,published,heads,feet\nLeeds,2023-03-15,2023-03-15,2023-04-30,fine,fair\n"
    )
    catalogue, records = Catalogue(policies), load_records(tmp_path)
    (occasion,) = occasions_of(records.register[0], records.inspections, load_visits(tmp_path, (), ()), None)
    found = governing([catalogue.load("one", whole=True), catalogue.load("two", whole=True)], occasion)
    assert ([each.version for each in found.frameworks], found.how) == (["two"], "by its judgements")


def test_before_all_versions_none_governs_and_nothing_is_due(tmp_path):
    moment = told(tmp_path, AGAIN, at("2019-12-31")).moments[0]
    assert (moment.governing.frameworks, moment.governing.how, moment.due) == (
        (),
        "no version here governs that day",
        (),
    )


@pytest.mark.parametrize(
    "published, versions, how",
    [
        ("2020-01-20", ["one"], "perhaps, since its days on site are not known"),
        ("2022-01-10", ["one"], "by its publication, since its days on site are not known"),
        ("2023-04-10", ["one", "two"], "perhaps, since its days on site are not known"),
        ("2023-06-30", ["two"], "by its publication, since its days on site are not known"),
    ],
)
def test_without_days_the_publication_tells_how_late_it_can_have_begun_and_the_longest_wait_how_early(
    tmp_path, published, versions, how
):
    two_versions(tmp_path)
    frameworks = [Catalogue(tmp_path / "policies").load(each, whole=True) for each in ("one", "two")]
    occasion = Occasion("calls", Authority("E1", "Leeds"), (), date.fromisoformat(published), {})
    found = governing(frameworks, occasion, timedelta(60))
    assert ([each.version for each in found.frameworks], found.how) == (versions, how)
    unlimited = governing(frameworks, replace(occasion, published=None))
    assert [each.version for each in unlimited.frameworks] == ["one", "two"]


def test_what_comes_next_is_told_under_the_version_in_force_whatever_governed_the_inspection(tmp_path):
    two_versions(tmp_path)
    found = told(tmp_path, "", FIRST)
    assert [each.version for each in found.moments[0].governing.frameworks] == ["one"]
    assert found.coming.framework.version == "two"
    assert {each.deadline.id: each.window.last for each in found.coming.last.due} == {
        "report": date(2020, 4, 3), "again": date(2024, 5, 2)
    }  # fmt: skip
    assert [each.deadline.id for each in found.coming.last.due if each.is_open(found.as_of)] == ["again"]
