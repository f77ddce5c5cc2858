"""What the cases of a version try: rules that decide, and conditions that are true in one and false in another."""

import pytest

from comparison.small import FACTS, decision, rule, small_framework, write_version
from greenpaper.evaluation.case_coverage import case_coverage
from greenpaper.evaluation.cases import run_case
from greenpaper.framework.catalogue import Catalogue

FINE = rule("fine", "heads is fine", "letter")
POOR = rule("poor", "heads is poor or hands is at most fair", "visit")
WELL = "definitions: {well: {title: All is well, when: heads is fine and hands is fine}}\n"


def case(given: str, expect: str, number: int = 0) -> str:
    return f"  - {{name: case {number}, given: {given}, expect: {expect}}}\n"


def covered(tmp_path, cases, *decisions, **written):
    """The rules that decide, and every condition with the values it has; (given, expected outcome) are the cases."""
    text = "".join(case(given, expect, number) for number, (given, expect) in enumerate(cases))
    framework = small_framework(tmp_path, "one", *(decisions or (decision(FINE, POOR),)), cases=text, **written)
    found = case_coverage([framework], [run_case(framework, each) for each in framework.cases])
    rules = [each.rule.id for each in found.rules if each.decides]
    conditions = {(each.about.split("/")[-1], each.words): (each.holds, each.fails) for each in found.conditions}
    assert len(conditions) == len(found.conditions)
    return rules, conditions


def test_a_rule_that_decides_and_conditions_that_are_true_and_false_are_covered(tmp_path):
    rules, conditions = covered(
        tmp_path,
        [
            ("{heads: fine, hands: fine}", "{follow_up: letter}"),
            ("{heads: poor, hands: poor}", "{follow_up: visit}"),
        ],
    )
    assert rules == ["fine", "poor"]
    assert conditions == {
        ("fine", "heads is fine"): (True, True),
        ("poor", "heads is poor"): (True, True),
        ("poor", "hands is at most fair"): (True, True),
    }


def test_what_is_only_true_or_only_false_is_not_covered(tmp_path):
    rules, conditions = covered(tmp_path, [("{heads: fine, hands: poor}", "{follow_up: letter}")])
    assert rules == ["fine"]
    assert conditions == {
        ("fine", "heads is fine"): (True, False),
        ("poor", "heads is poor"): (False, True),
        ("poor", "hands is at most fair"): (True, False),
    }


def test_a_condition_over_an_unknown_fact_is_neither_true_nor_false(tmp_path):
    rules, conditions = covered(tmp_path, [("{heads: poor}", "{follow_up: visit}")])
    assert rules == ["poor"]
    assert conditions["poor", "hands is at most fair"] == (False, False)


def test_a_case_that_fails_tries_nothing(tmp_path):
    rules, conditions = covered(tmp_path, [("{heads: fine, hands: fine}", "{follow_up: visit}")])
    assert rules == []
    assert set(conditions.values()) == {(False, False)}


def test_a_case_that_cannot_be_evaluated_tries_nothing(tmp_path):
    rules, conditions = covered(tmp_path, [("{heads: splendid}", "{follow_up: letter}")])
    assert rules == []
    assert set(conditions.values()) == {(False, False)}


def test_a_rule_that_only_perhaps_decided_did_not(tmp_path):
    first, second = rule("first", "heads is fine", "letter"), rule("second", "hands is at least fair", "letter")
    rules, _ = covered(tmp_path, [("{hands: fine}", "{follow_up: letter}")], decision(first, second))
    assert rules == []
    rules, _ = covered(
        tmp_path / "again", [("{heads: fair, hands: fine}", "{follow_up: letter}")], decision(first, second)
    )
    assert rules == ["second"]


@pytest.mark.parametrize("resolve", ["agree", "every"])
def test_where_several_rules_decide_together_each_that_applies_did(tmp_path, resolve):
    rules = (rule(each, f"{each} is fine", "letter") for each in ("heads", "hands"))
    no = rule("no", "heads is poor", "letter")
    cases = [("{heads: fine, hands: fine}", "{follow_up: letter}")]
    decided, _ = covered(tmp_path, cases, decision(*rules, no, resolve=resolve))
    assert decided == ["heads", "hands"]


def test_of_rules_that_decide_together_one_that_only_perhaps_applies_did_not(tmp_path):
    rules = (rule(each, f"{each} is fine", "letter") for each in ("heads", "hands"))
    cases = [("{heads: fine}", "{follow_up: letter}")]
    assert covered(tmp_path, cases, decision(*rules, resolve="agree"))[0] == ["heads"]


def test_a_decision_that_no_case_expects_anything_of_is_not_tried(tmp_path):
    other = decision(rule("other", "heads is fine", "call"), name="other")
    cases = [("{heads: fine, hands: fine}", "{follow_up: letter}")]
    rules, conditions = covered(tmp_path, cases, decision(FINE), other)
    assert rules == ["fine"]
    assert conditions["other", "heads is fine"] == (False, False)


def test_a_decision_that_is_read_by_one_with_an_expectation_is_tried_with_it(tmp_path):
    reads = decision(rule("reading", "follow_up is letter", "call"), name="other")
    cases = [("{heads: fine}", "{other: call}"), ("{heads: fair}", "{other: no rule}")]
    rules, conditions = covered(tmp_path, cases, decision(FINE), reads)
    assert rules == ["fine", "reading"]
    assert conditions == {
        ("fine", "heads is fine"): (True, True),
        ("reading", "follow_up is letter"): (True, True),
    }


def test_conditions_of_a_definition_are_its_own_and_counted_once(tmp_path):
    rules = rule("both", "well", "letter"), rule("other", "not well and heads is fair", "visit")
    cases = [
        ("{heads: fine, hands: fine}", "{follow_up: letter}"),
        ("{heads: fair, hands: fine}", "{follow_up: visit}"),
    ]
    decided, conditions = covered(tmp_path, cases, decision(*rules), vocabulary=FACTS + WELL)
    assert decided == ["both", "other"]
    assert conditions == {
        ("well", "heads is fine"): (True, True),
        ("well", "hands is fine"): (True, False),
        ("other", "heads is fair"): (True, True),
    }


@pytest.mark.parametrize(
    "when, words",
    [
        ("any of all_parts is poor", ["any of all_parts is poor"]),
        ("heads is between poor and fair", ["heads is between poor and fair"]),
        ("heads is not one of poor, fair", ["heads is not one of poor, fair"]),
        ("not (heads is poor or lowest of all_parts is fair)", ["heads is poor", "lowest of all_parts is fair"]),
    ],
)
def test_a_quantity_or_a_comparison_is_one_condition_and_what_is_joined_several(tmp_path, when, words):
    _, conditions = covered(tmp_path, [("{heads: fine}", "{follow_up: letter}")], decision(rule("one", when, "letter")))
    assert [each for _, each in conditions] == words


def test_each_condition_has_its_own_place(tmp_path):
    framework = small_framework(tmp_path, "one", decision(FINE, POOR))
    found = case_coverage([framework], []).conditions
    assert [each.span.text for each in found] == ["heads is fine", "heads is poor", "hands is at most fair"]


# Options


def write_draft(folder, options):
    """A draft of `one` with options that each replace the rule `fine`: option → its condition."""
    write_version(folder, "one", decision(FINE))
    draft = folder / "two"
    (draft / "proposals").mkdir(parents=True)
    head = "framework: small\nversion: two\ntitle: A draft\nstatus: draft\nbase: one\n"
    (draft / "framework.yaml").write_text(head, "utf-8")
    lines = ["proposal: which\ntitle: Which\nconfidence: illustrative\npreferred: as_it_is\noptions:\n"]
    lines.append("  as_it_is: {title: As it is}\n")
    for name, when in options.items():
        entry = (
            rule("more", when, "visit", confidence="illustrative")
            .replace("  - ", "          ", 1)
            .replace("\n    ", "\n          ")
        )
        lines.append(
            f"  {name}:\n    title: More\n    edits:\n      - add_to: decisions/follow_up/rules\n        entry:\n"
        )
        lines.append(entry)
    (draft / "proposals/which.yaml").write_text("".join(lines), "utf-8")
    return Catalogue(folder)


def test_what_stands_only_under_options_counts_and_says_under_which(tmp_path):
    catalogue = write_draft(tmp_path, {"poor": "heads is poor", "bad": "heads is at most fair"})
    frameworks = [catalogue.load("two"), *(catalogue.load("two", {"which": each}) for each in ("poor", "bad"))]
    found = case_coverage(frameworks, [])
    assert [(each.rule.id, each.under) for each in found.rules] == [("fine", ()), ("more", ("which=poor",))]
    assert [(each.words, each.under) for each in found.conditions] == [
        ("heads is fine", ()), ("heads is poor", ("which=poor",)), ("heads is at most fair", ("which=bad",))
    ]  # fmt: skip
