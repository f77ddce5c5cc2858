"""What a framework says beside its decisions: it is read, looked up, edited by options, and written out whole."""

from datetime import date
from pathlib import Path

import pytest

from framework.small import FILES, FRAMEWORK, catalogue
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, Recorded, TimeUnit
from greenpaper.framework.consolidation import Own, consolidated
from greenpaper.framework.edits import names_in
from greenpaper.source.nodes import child

FULL = Catalogue(Path(__file__).parent / "sealed").load("full", whole=True)


def test_a_criterion_has_its_judgement_and_what_belongs_to_it():
    (criterion,) = FULL.criteria.values()
    assert (criterion.id, criterion.judgement, criterion.title) == ("LEAD-1", "leaders", "Strategy")
    assert [each.id for each in criterion.topics] == ["partners"]
    assert criterion.themes == {"families": Confidence.ASSUMED}
    assert criterion.refers_to == {"outcome_1": Confidence.ASSUMED}
    assert criterion.citation
    assert criterion.citation.sentences == ("s1",)


def test_a_deadline_has_its_event_and_time():
    plan = FULL.deadlines["plan"]
    assert (plan.after, plan.least, plan.most, plan.unit) == ("letter_received", 0, 70, TimeUnit.DAYS)
    assert plan.only_where == {"urgent": True}
    assert FULL.events[plan.after].recorded_as is None
    assert FULL.events[FULL.events[plan.after].assumed_from].recorded_as is Recorded.PUBLICATION


def test_an_activity_says_what_belongs_to_it():
    visit = FULL.activities["visit"]
    assert visit.occurs
    assert visit.notice
    assert (visit.occurs.title, visit.notice.confidence) == ("Once a year", Confidence.ASSUMED)
    assert [each.id for each in (*visit.products, *visit.topics)] == ["letter", "door"]


def test_a_judgement_says_what_it_was_split_from():
    assert FULL.fact_notes["care"].split_from == "help"
    assert FULL.fact_notes["care"].also_titled == ("Caring",)


@pytest.mark.parametrize(
    ("day", "covers"),
    [(date(2025, 11, 30), False), (date(2025, 12, 15), None), (date(2026, 1, 1), True), (date(2026, 4, 1), False)],
)
def test_days_for_which_a_version_is_only_assumed(day, covers):
    (assumed,) = FULL.assumed_for
    assert assumed.covers(day) is covers


def starting(folder: Path, days: str) -> Catalogue:
    head = FRAMEWORK.replace("{from: 2026-04-01}", days)
    return catalogue(folder, {**FILES, "one/framework.yaml": head})


def test_days_without_a_first_one_begin_with_the_version(tmp_path):
    days = "{from: 2025-12}, assumed_for: [{starting: {until: 2026-03-31}, because: Z}]"
    (assumed,) = starting(tmp_path, days).load("one").assumed_for
    assert assumed.covers(date(2026, 1, 1)) is True
    assert assumed.covers(date(2025, 11, 30)) is False


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("{from: 2026-04-20, until: 2026-04}", ()),
        ("{from: 2026-05-01, until: 2026-04}", ("days-end-early",)),
        ("{from: 2026-05, until: 2026-07}, assumed_for: [{starting: {from: 2026-04, until: 2026-05}, because: Z}]", ()),
        ("{from: 2026-05}, assumed_for: [{starting: {until: 2026-04-30}, because: Z}]", ("assumed-outside",)),
        (
            "{from: 2026-04, until: 2026-05}, assumed_for: [{starting: {from: 2026-06-01}, because: Z}]",
            ("assumed-outside",),
        ),
        (
            "{from: 2026-01}, assumed_for: [{starting: {from: 2026-03, until: 2026-02}, because: Z}]",
            ("days-end-early",),
        ),
    ],
)
def test_days_that_are_none_are_a_problem_whichever_days_of_their_months_they_are(tmp_path, days, said):
    _, found = starting(tmp_path, days).check("one")
    assert tuple(each.code for each in found) == said


CRITERIA = """\
criteria:
  LEAD-1: {judgement: leaders, title: Strategy, confidence: stated}
"""
OPTIONS = """\
proposal: heading
title: Another heading
confidence: illustrative
preferred: renamed
options:
  renamed:
    title: Rename it
    edits:
      - {set: criteria/LEAD-1/title, to: Leadership}
      - {add_to: criteria, entry: {LEAD-2: {judgement: help, title: Learning, confidence: illustrative}}}
"""
QUESTIONS = """\
open_questions:
  {id}: {{question: Which day?, about: [criteria/LEAD-1], treated: None is taken.}}
"""


def with_criteria(folder: Path) -> Catalogue:
    more = {
        "one/criteria.yaml": CRITERIA,
        "one/open_questions.yaml": QUESTIONS.format(id="of_the_base"),
        "two/open_questions.yaml": QUESTIONS.format(id="of_the_draft"),
        "two/proposals/heading.yaml": OPTIONS,
    }
    return catalogue(folder, FILES | more)


def test_an_option_edits_criteria_and_what_it_edits_is_as_unsure_as_it_is(tmp_path):
    criteria = with_criteria(tmp_path).load("two", whole=True).criteria
    assert [(each.id, each.title) for each in criteria.values()] == [("LEAD-1", "Leadership"), ("LEAD-2", "Learning")]
    assert {each.confidence for each in criteria.values()} == {Confidence.ILLUSTRATIVE}


def test_a_question_may_be_about_what_an_option_takes_away_and_about_nothing_else(tmp_path):
    taken = OPTIONS.replace("- {set: criteria/LEAD-1/title, to: Leadership}", "- remove: criteria/LEAD-1")
    small = with_criteria(tmp_path)
    (tmp_path / "two/proposals/heading.yaml").write_text(taken, "utf-8")
    framework, found = small.check("two")
    assert found == ()
    assert framework
    assert [each.about for each in framework.open_questions.values()] == [(), ()]
    questions = QUESTIONS.format(id="of_the_draft").replace("LEAD-1", "LEAD-7")
    (tmp_path / "two/open_questions.yaml").write_text(questions, "utf-8")
    assert [each.code for each in Catalogue(tmp_path).check("two")[1]] == ["question-about-nothing"]


def test_a_draft_written_out_whole_keeps_them(tmp_path):
    kept = consolidated(with_criteria(tmp_path), "two", {}, Own("three", "draft", ("one", "two")))
    written = {each.name: each.node for each in kept}
    assert names_in(child(written["open_questions.yaml"], "open_questions")) == ("of_the_base", "of_the_draft")
    assert names_in(child(written["criteria.yaml"], "criteria")) == ("LEAD-1", "LEAD-2")


def test_a_draft_has_the_open_questions_of_its_base_and_its_own(tmp_path):
    assert list(with_criteria(tmp_path).load("two", whole=True).open_questions) == ["of_the_base", "of_the_draft"]
