"""What `greenpaper test` says of rules that decide in no case and conditions that are not true and false."""

import json

import pytest

from comparison.small import decision, rule, write_version
from evaluation.test_case_coverage import write_draft

FINE = rule("fine", "heads is fine", "letter")
OTHER = rule("other", "heads is poor and hands is poor", "visit")
CASE = "  - {name: fine heads, given: {heads: fine, hands: poor}, expect: {follow_up: letter}}\n"


def test_what_no_case_tries_is_named_with_its_place_and_is_no_failure(here, tmp_path):
    write_version(tmp_path, "one", decision(FINE, OTHER), cases=CASE)
    ran = here("test", "one", "--policies", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    first, *rest = ran.out.splitlines()
    assert first == "one: 1 of 1 cases passed; rules 1 of 2, conditions 0 of 3"
    assert rest[::2] == [
        "  rule `other` of `follow_up` decides in no case",
        "  `heads is fine` in `decisions/follow_up/rules/fine` is never false",
        "  `heads is poor` in `decisions/follow_up/rules/other` is never true",
        "  `hands is poor` in `decisions/follow_up/rules/other` is never false",
    ]
    assert [each.split("0.yaml:")[1] for each in rest[1::2]] == ["13:11", "7:11", "13:11", "13:29"]


def test_where_all_is_covered_one_line_says_so(here, tmp_path):
    more = "  - {name: poor, given: {heads: poor, hands: poor}, expect: {follow_up: visit}}\n"
    more += "  - {name: fair, given: {heads: poor, hands: fair}, expect: {follow_up: no rule}}\n"
    write_version(tmp_path, "one", decision(FINE, OTHER), cases=CASE + more)
    assert here("test", "one", "--policies", tmp_path).out == (
        "one: 3 of 3 cases passed; rules 2 of 2, conditions 3 of 3\n"
    )


def test_a_condition_over_what_is_not_known_is_not_tried(here, tmp_path):
    write_version(tmp_path, "one", decision(FINE, OTHER), cases=CASE.replace(", hands: poor", ""))
    said = here("test", "one", "--policies", tmp_path).out
    assert "  `hands is poor` in `decisions/follow_up/rules/other` is not tried\n" in said


def test_the_same_is_in_the_json(here, tmp_path):
    write_version(tmp_path, "one", decision(FINE, OTHER), cases=CASE)
    found = json.loads(here("test", "one", "--policies", tmp_path, "--format", "json").out)["one"]
    assert found["cases"] == [{"case": "fine heads", "passed": True, "failures": []}]
    assert [(each["decision"], each["rule"], each["decides"]) for each in found["rules"]] == [
        ("follow_up", "fine", True), ("follow_up", "other", False)
    ]  # fmt: skip
    assert found["conditions"][1]["place"].endswith("0.yaml:13:11")
    assert {each["condition"]: (each["true"], each["false"]) for each in found["conditions"]} == {
        "heads is fine": (True, False), "heads is poor": (False, True), "hands is poor": (True, False)
    }  # fmt: skip


# Options


@pytest.fixture
def draft(tmp_path):
    """A draft with two options that add a rule, and a case under one of them."""
    write_draft(tmp_path, {"poor": "heads is poor", "bad": "heads is at most fair"})
    (tmp_path / "two/cases").mkdir()
    (tmp_path / "two/cases/all.yaml").write_text(
        "cases:\n"
        "  - {name: fine, given: {heads: fine}, expect: {follow_up: letter}}\n"
        "  - {name: poor, options: {which: poor}, given: {heads: poor}, expect: {follow_up: visit}}\n"
        "  - {name: fair, options: {which: poor}, given: {heads: fair}, expect: {follow_up: no rule}}\n",
        "utf-8",
    )
    return tmp_path


def test_cases_under_options_count_and_what_no_option_of_a_case_has_is_told_with_the_option(here, draft):
    ran = here("test", "two", "--policies", draft)
    first, never, place = ran.out.splitlines()
    assert first == "two: 3 of 3 cases passed; rules 2 of 2, conditions 2 of 3"
    assert never == "  `heads is at most fair` in `decisions/follow_up/rules/more` is not tried (under which=bad)"
    assert "which.yaml:" in place


def test_an_option_with_a_problem_that_no_case_asks_for_is_left_to_check(here, draft):
    file = draft / "two/proposals/which.yaml"
    file.write_text(file.read_text("utf-8").replace("heads is at most fair", "head is at most fair"), "utf-8")
    ran = here("test", "two", "--policies", draft)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "two: 3 of 3 cases passed; rules 2 of 2, conditions 2 of 2\n"
    assert here("check", "two", "--policies", draft).code == 1
