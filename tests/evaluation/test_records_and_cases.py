"""Plain values in, verdicts out; and the policy's own cases."""

from datetime import date, datetime

import pytest

from comparison.small import decision, rule, small_framework
from greenpaper.evaluation.cases import run_case
from greenpaper.evaluation.records import UnusableRecord, evaluate
from greenpaper.framework.checked import Status
from greenpaper.records.record import Authority, Record, Unknown

FINE = rule("fine", "heads is fine", "letter")
OTHER = rule("other", "heads is poor and hands is poor", "visit")


@pytest.fixture
def framework(tmp_path):
    return small_framework(tmp_path, "one", decision(FINE, OTHER))


@pytest.mark.parametrize("absent", [{}, {"hands": None}, {"hands": ""}])
def test_what_is_absent_none_or_empty_is_not_known(framework, absent):
    evaluation = evaluate(framework, {"heads": "poor", **absent})
    assert evaluation.facts.unknown == {"hands": Unknown.NOT_KNOWN}
    verdict = evaluation.decisions["follow_up"]
    assert (verdict.status, verdict.outcome, verdict.rule) == (Status.UNDETERMINED, None, None)
    assert [each.status for each in verdict.possible] == [Status.DECIDED, Status.NO_RULE]


@pytest.mark.parametrize("given", [" poor ", "poor\n"])
def test_spaces_around_a_word_mean_nothing(framework, given):
    assert evaluate(framework, {"heads": "fine", "hands": given}).facts.known["hands"] == "poor"


@pytest.mark.parametrize("given", ["not judged separately", " Not Judged Separately "])
def test_a_word_for_a_kind_of_unknown_is_that_kind(framework, given):
    evaluation = evaluate(framework, {"heads": "poor", "hands": given})
    assert evaluation.facts.unknown == {"hands": Unknown.NOT_JUDGED_SEPARATELY}


def test_a_moment_counts_as_its_day(tmp_path):
    facts = "facts: {opened: {type: date, title: opened, confidence: stated}}\n"
    late = decision(rule("late", "opened is at least 2024-03-01", "letter"))
    framework = small_framework(tmp_path, "two", late, vocabulary=facts)
    for moment in (datetime(2024, 3, 1, 23, 59), date(2024, 3, 1)):
        assert evaluate(framework, {"opened": moment}).facts.known["opened"] == date(2024, 3, 1)


def test_why_a_fact_is_unknown_is_kept_and_changes_no_verdict(framework):
    verdicts = []
    for kind in Unknown:
        evaluation = evaluate(framework, {"heads": "poor", "hands": kind})
        assert evaluation.facts.unknown == {"hands": kind}
        verdicts.append(evaluation.decisions["follow_up"])
    assert all(verdict == verdicts[0] for verdict in verdicts)


def test_what_finding_out_a_fact_would_settle(framework):
    verdict = evaluate(framework, {"heads": "poor"}).decisions["follow_up"]
    (settling,) = verdict.settling
    assert settling.fact == "hands"
    assert settling.settles
    assert {cell: [each.status for each in answers] for cell, answers in settling.leads_to.items()} == {
        "poor": [Status.DECIDED], "fair": [Status.NO_RULE], "fine": [Status.NO_RULE]
    }  # fmt: skip


def test_a_decided_record_needs_nothing_settled_though_facts_are_unknown(framework):
    verdict = evaluate(framework, {"heads": "fine"}).decisions["follow_up"]
    assert (verdict.status, verdict.settling, verdict.rule.id) == (Status.DECIDED, (), "fine")


def test_a_record_that_cannot_be_used_names_every_cell_and_the_authority(framework):
    given = Record(Authority("E1", "Leeds"), {"heads": "fyne", "hand": "poor", "feet": None})
    with pytest.raises(
        UnusableRecord, match=r"^Leeds: `heads` `fyne`: not a grade of `quality` \(did you mean `fine`\?\)"
    ) as caught:
        evaluate(framework, given)
    assert [each.fact for each in caught.value.wrong] == ["heads", "hand", "feet"]
    assert "`hand` `poor`: no version knows this fact (did you mean `hands`?)" in str(caught.value)
    assert "`feet`: no version knows this fact" in str(caught.value)


def test_a_fact_of_another_version_is_no_problem(framework):
    evaluation = evaluate(framework, {"heads": "fine", "feet": "3"}, elsewhere={"feet"})
    assert evaluation.decisions["follow_up"].outcome.id == "letter"
    assert "feet" not in evaluation.facts.unknown


GIVEN = "{heads: poor, hands: poor}"


@pytest.mark.parametrize(
    "given, expected, passes",
    [
        (GIVEN, "visit", True),
        (GIVEN, "letter", False),
        (GIVEN, "no rule", False),
        (GIVEN, "{outcome: visit, rule: other}", True),
        (GIVEN, "{outcome: visit, rule: fine}", False),
        ("{heads: fair}", "no rule", True),
        ("{heads: fair}", "undetermined", False),
        ("{heads: poor}", "undetermined", True),
        ("{heads: poor}", "visit", False),
        ("{heads: poor}", "no rule", False),
        ("{heads: poor}", "{possible: [visit, no rule]}", True),
        ("{heads: poor}", "{possible: [no rule, visit]}", True),
        ("{heads: poor}", "{possible: [visit]}", False),
        ("{}", "{possible: [visit, letter, no rule]}", True),
        ("{}", "{possible: [visit, letter]}", False),
    ],
)
def test_a_case_passes_only_when_everything_it_expects_comes_out(tmp_path, given, expected, passes):
    cases = f"  - {{name: a case, given: {given}, expect: {{follow_up: {expected}}}}}\n"
    framework = small_framework(tmp_path, "one", decision(FINE, OTHER), cases=cases)
    (case,) = framework.cases
    result = run_case(framework, case)
    assert result.passed is passes
    assert len(result.failures) == (not passes)
    assert all("follow_up" in each for each in result.failures)
