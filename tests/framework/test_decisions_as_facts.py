"""Definitions and decisions used in the conditions of others: substituted, in the order in which they need each other."""

from itertools import product

import pytest

from framework.small import FILES, PATHWAY, VOCABULARY, catalogue, codes, problems_of, put
from greenpaper.evaluation.records import evaluate

V, P, A = "one/vocabulary.yaml", "one/decisions/pathway.yaml", "one/decisions/attention.yaml"
GRADES = ("inadequate", "weak", "good", "outstanding")
ATTENTION = """\
decision: attention
question: Who looks?
outcomes: {{nobody: {{title: Nobody}}, somebody: {{title: Somebody}}}}
resolve: first
rules:
  - {{id: looked-at, when: '{when}', then: somebody, modality: will, confidence: stated, source: {{document: paper}}}}
"""


def attention(when: str) -> dict[str, str]:
    return {A: ATTENTION.format(when=when)}


def definitions(*lines: str) -> dict[str, str]:
    return {V: put(VOCABULARY, "definitions:\n", "definitions:\n" + "".join(f"  {line}\n" for line in lines))}


def answers(framework, decision: str) -> dict[tuple[str, ...], str]:
    """Grades of leaders, help and care → outcome or status, for every set of grades."""
    found = {}
    for grades in product(GRADES, repeat=3):
        verdict = evaluate(framework, dict(zip(("leaders", "help", "care"), grades, strict=True))).decisions[decision]
        found[grades] = verdict.outcome.id if verdict.outcome else str(verdict.status)
    return found


def pathway_of(leaders: str, help: str, care: str) -> str:
    """The pathway of the small version, in Python."""
    if "inadequate" in (help, care):
        return "heavy"
    fine = all(GRADES.index(each) >= 2 for each in (leaders, help, care))
    return "light" if fine else "no rule"


def test_the_small_version_means_what_it_is_compared_with(tmp_path):
    found = answers(catalogue(tmp_path).load("one"), "pathway")
    assert found == {grades: pathway_of(*grades) for grades in found}
    assert set(found.values()) == {"heavy", "light", "no rule"}


@pytest.mark.parametrize(
    "when, meant",
    [
        ("pathway is light", {"light"}),
        ("pathway is heavy", {"heavy"}),
        ("pathway is not light", {"heavy"}),
        ("not (pathway is light)", {"heavy", "no rule"}),
        ("pathway is one of light, heavy", {"light", "heavy"}),
        ("pathway is at least light", {"light"}),
        ("pathway is worse than light", {"heavy"}),
        ("pathway is light or pathway is heavy", {"light", "heavy"}),
    ],
)
def test_a_decision_is_compared_by_outcome_and_where_it_has_no_rule_no_comparison_holds(tmp_path, when, meant):
    framework = catalogue(tmp_path, FILES | attention(when)).load("one")
    found = answers(framework, "attention")
    expected = {each: "somebody" if pathway_of(*each) in meant else "no rule" for each in found}
    assert found == expected
    assert set(expected.values()) == {"somebody", "no rule"}


def test_what_belongs_together_stays_together(tmp_path):
    """`pathway` may be light or not, but never both: with leaders unknown the answer is still one."""
    framework = catalogue(tmp_path, FILES | attention("pathway is light or not (pathway is light)")).load("one")
    verdict = evaluate(framework, {"help": "good", "care": "good"}).decisions["attention"]
    assert verdict.outcome.id == "somebody"


def test_a_chain_of_decisions_is_checked_in_the_order_of_need(tmp_path):
    first = ATTENTION.format(when="zebra is somebody").replace("attention", "apple")
    last = ATTENTION.format(when="pathway is light").replace("attention", "zebra")
    files = FILES | {"one/decisions/apple.yaml": first, "one/decisions/zebra.yaml": last}
    framework = catalogue(tmp_path, files).load("one")
    assert answers(framework, "apple") == answers(framework, "zebra")


def test_what_is_left_open_may_name_another_decision_whatever_their_order(tmp_path):
    left_open = "left_open:\n  - {when: zebra is nobody, note: N, confidence: derived}\n"
    zebra = ATTENTION.format(when="leaders is good").replace("attention", "zebra")
    changes = {A: ATTENTION.format(when="flag") + left_open, "one/decisions/zebra.yaml": zebra}
    assert problems_of(tmp_path, changes) == ()


def test_definitions_may_use_definitions_and_decisions(tmp_path):
    changes = definitions(
        "c: {title: C, when: b or pathway is heavy}",
        "b: {title: B, when: not a}",
        "a: {title: A, when: leaders is good}",
    )
    framework = catalogue(tmp_path, FILES | changes | attention("c is true")).load("one")
    found = answers(framework, "attention")
    assert found == {
        each: "somebody" if each[0] != "good" or pathway_of(*each) == "heavy" else "no rule" for each in found
    }


@pytest.mark.parametrize("when, holds", [("fine", True), ("fine is true", True), ("fine is not false", True),
                                         ("fine is false", False), ("not fine", False)])  # fmt: skip
def test_a_definition_is_true_or_false(tmp_path, when, holds):
    framework = catalogue(tmp_path, FILES | attention(when)).load("one")
    found = answers(framework, "attention")
    fine = {each: all(GRADES.index(grade) >= 2 for grade in each[1:]) for each in found}
    assert found == {each: "somebody" if fine[each] is holds else "no rule" for each in found}


@pytest.mark.parametrize(
    "changes, chain",
    [
        (definitions("a: {title: A, when: a}"), {"a"}),
        (definitions("a: {title: A, when: b}", "b: {title: B, when: not a}"), {"a", "b"}),
        ({P: put(PATHWAY, "any of practice is inadequate", "pathway is light")}, {"pathway"}),
        ({P: put(PATHWAY, "leaders is weak", "pathway is light")}, {"pathway"}),
        (
            attention("pathway is light") | {P: put(PATHWAY, "any of practice is inadequate", "attention is somebody")},
            {"attention", "pathway"},
        ),
        (
            definitions("a: {title: A, when: pathway is light}")
            | {P: put(PATHWAY, "any of practice is inadequate", "a")},
            {"a", "pathway"},
        ),
    ],
)
def test_a_circle_is_one_problem_that_shows_the_way_round(tmp_path, changes, chain):
    (problem,) = problems_of(tmp_path, changes)
    assert problem.code == "circular"
    names = problem.message.partition(": ")[2].split(" → ")
    assert names[0] == names[-1]
    assert {name.strip("`") for name in names} == chain


def test_two_circles_are_two_problems(tmp_path):
    lines = ("a: {title: A, when: b}", "b: {title: B, when: a}", "c: {title: C, when: c}")
    assert codes(problems_of(tmp_path, definitions(*lines))) == ["circular", "circular"]


def test_what_uses_a_circle_is_not_blamed_for_it(tmp_path):
    changes = definitions("a: {title: A, when: a}", "b: {title: B, when: a and leaders is good}")
    assert codes(problems_of(tmp_path, changes | attention("b or a"))) == ["circular"]


@pytest.mark.parametrize("when", ["pathway is light", "pathway is not light", "not (pathway is one of light, heavy)"])
def test_a_decision_that_collects_every_outcome_is_no_fact(tmp_path, when):
    changes = attention(when) | {P: put(PATHWAY, "resolve: first", "resolve: every")}
    (problem,) = problems_of(tmp_path, changes)
    assert (problem.code, problem.span.text) == ("several-outcomes", "pathway")


@pytest.mark.parametrize(
    "when, code",
    [
        ("pathway is lihgt", "off-the-scale"),
        ("pathway", "not-a-condition"),
        ("pathway is at least 2", "different-types"),
        ("pathway is known", "known-in-a-rule"),
        ("any of pathway is light", "unknown-group"),
    ],
)
def test_a_decision_is_compared_with_its_outcomes_only(tmp_path, when, code):
    assert codes(problems_of(tmp_path, attention(when))) == [code]


@pytest.mark.parametrize("resolve", ["agree", "only one"])
def test_where_rules_conflict_no_comparison_holds(tmp_path, resolve):
    overlapping = put(PATHWAY, "any of practice is inadequate", "leaders is good").replace("first", resolve)
    overlapping = put(overlapping, "leaders is at least good and fine", "leaders is at least good")
    framework = catalogue(tmp_path, FILES | {P: overlapping} | attention("pathway is one of light, heavy")).load("one")
    found, other = answers(framework, "pathway"), answers(framework, "attention")
    assert {found[each] for each in found if each[0] == "good"} == {"conflict"}
    assert {other[each] for each in other if each[0] == "good"} == {"no rule"}
    assert {other[each] for each in other if each[0] == "outstanding"} == {"somebody"}
