"""Values, dates, answers and labels in the words people read."""

from datetime import date
from decimal import Decimal

import pytest

from comparison.small import constraint, decision, rule, small_framework, write_version
from greenpaper.evaluation.records import evaluate
from greenpaper.framework.catalogue import Catalogue
from greenpaper.report import words
from greenpaper.report.explanation import explanation_view, origin_of
from greenpaper.report.to_text import to_text
from greenpaper.report.view import Table, View
from report.views import record


@pytest.mark.parametrize(
    "value, said",
    [
        (True, "true"), (False, "false"), ("requires_improvement", "requires improvement"), (3, "3"),
        (Decimal("2.50"), "2.50"), (date(2026, 5, 1), "1 May 2026"),
    ],
)  # fmt: skip
def test_a_value_in_words(value, said):
    assert words.value(value) == said


@pytest.mark.parametrize(
    "names, said", [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_words(names, said):
    assert words.listed(names) == said


@pytest.mark.parametrize("text, said", [("", ""), ("2018-01", "January 2018"), ("2018-01-31", "31 January 2018")])
def test_a_date_of_a_source_is_as_exact_as_it_was_given(text, said):
    assert words.published(text) == said


TAKEN, OTHER = date(2026, 8, 20), date(2027, 1, 31)


@pytest.mark.parametrize(
    "taken, as_of, said",
    [
        (None, None, ""),
        (TAKEN, None, ", records to 20 August 2026"),
        (TAKEN, TAKEN, ", records to 20 August 2026"),
        (TAKEN, OTHER, ", records to 20 August 2026, months counted to 31 January 2027"),
        (None, OTHER, ", months counted to 31 January 2027"),
    ],
)
def test_the_day_of_the_records_is_not_the_day_to_which_months_are_counted(taken, as_of, said):
    assert words.records_to(taken, as_of) == said


ROOM = rule("fine", "heads is fine", "letter", modality="will"), rule("other", "heads is at most fair", "letter")


def said_of(framework, **cells):
    given = record(**cells)
    return to_text(explanation_view(given, evaluate(framework, given)))


def test_an_outcome_is_usual_only_when_every_rule_that_may_have_decided_says_so(tmp_path):
    framework = small_framework(tmp_path, "one", decision(*ROOM))
    assert "\nUsually: A letter.\n" in said_of(framework, heads="poor")
    assert "\nA letter.\n" in said_of(framework, heads="fine")
    assert "\nA letter.\n" in said_of(framework)


def test_an_abbreviation_keeps_its_capitals_within_a_sentence(tmp_path):
    titled = decision(ROOM[0], rule("other", "heads is at most fair", "visit")).replace("A letter", "JTAI visit")
    shown = said_of(small_framework(tmp_path, "one", titled))
    assert "Still possible: A visit; or JTAI visit." in shown


ILLUSTRATED = {
    "a rule": {"decision": decision(rule("fine", "heads is fine", "letter", confidence="illustrative"), ROOM[1])},
    "a constraint": {"constraints": constraint("K-1", "hands is at most heads", confidence="illustrative")},
}


@pytest.mark.parametrize("what", ILLUSTRATED)
def test_a_version_with_anything_illustrative_in_it_says_so_wherever_it_is_named(tmp_path, what):
    written = {"decision": decision(*ROOM)} | ILLUSTRATED[what]
    framework = small_framework(tmp_path, "one", written.pop("decision"), **written)
    assert words.label(framework) == "one (illustrative)"
    assert "Under one (illustrative): " in said_of(framework, heads="fine")


def test_a_version_with_nothing_illustrative_does_not_say_so(tmp_path):
    framework = small_framework(
        tmp_path, "one", decision(*ROOM), constraints=constraint("K-1", "hands is at most heads")
    )
    assert words.label(framework) == "one"


def test_a_draft_without_a_confident_proposal_is_labelled_by_its_proposal(tmp_path):
    write_version(tmp_path, "one", decision(*ROOM))
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "framework.yaml").write_text(
        "framework: small\nversion: 'two'\ntitle: A draft\nstatus: draft\nbase: 'one'\n"
        "sources: {idea: {title: An idea, publisher: Nobody}}\n",
        "utf-8",
    )
    (folder / "proposals").mkdir()
    (folder / "proposals/change.yaml").write_text(
        "proposal: change\ntitle: A change\nconfidence: illustrative\npreferred: none_of_it\n"
        "options:\n  none_of_it: {title: Nothing changes}\n",
        "utf-8",
    )
    assert words.label(Catalogue(tmp_path).load("two")) == "two (illustrative)"


def test_where_a_record_comes_from():
    assert origin_of(record()) == "Report: https://example.org/report, published 11 June 2026"


def test_a_head_of_a_column_and_a_long_word_are_broken_but_never_cut():
    word = "Long" * 40
    shown = to_text(
        View("t", (Table("", ("", "2027-draft+proposal=option " * 5, "n"), ((word, "1", "2"),), frozenset({1})),))
    )
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 110
    assert shown.count("Long") + shown.count("Lon\n") >= 30
    assert shown.count("option") == 5
