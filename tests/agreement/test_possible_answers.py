"""Possible answers, statuses, deciding rules and what would settle a record, against every completion in plain Python."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from agreement.brute import Brute, Completion, brute_of, holding
from agreement.strategies import ADDED_UP, CUT_AT_CONSTANTS, FAMILIES, in_every_version
from agreement.versions import (
    Version,
    WrittenConstraint,
    WrittenDecision,
    WrittenFact,
    WrittenRule,
    framework_of,
    given_facts,
    names_used,
)
from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.language.syntax import Condition, Holds, Or
from greenpaper.language.types import Known
from greenpaper.situations.compiled import Answer, Compiled, compiled

Answers = frozenset[tuple[str, tuple[str, ...]]]


pytestmark = pytest.mark.exhaustive


def plain(answers: Iterable[Answer]) -> Answers:
    return frozenset((str(answer.status), answer.outcomes) for answer in answers)


def said(completions: Iterable[Completion], decision: str) -> Answers:
    return frozenset(each.says[decision].answer for each in completions)


def status_of(answers: Answers, admissible: bool) -> str:
    """Settled meaning: none admissible, several left, or the one answer's own status."""
    if not admissible:
        return "inadmissible"
    return "undetermined" if len(answers) > 1 else next(iter(answers))[0]


def evaluated(brute: Brute, known: Mapping[str, Known]) -> Evaluation:
    framework = framework_of(brute.version)
    return evaluate_facts(framework, given_facts(framework, known))


@pytest.mark.exhaustive
@pytest.mark.parametrize("kinds", [FAMILIES, ADDED_UP, CUT_AT_CONSTANTS], ids=["all", "added up", "cut"])
def test_possible_answers_and_statuses_are_those_of_all_admissible_completions(kinds):
    seen: Counter[str] = Counter()

    def check(version, given_records):
        brute, framework = brute_of(version), framework_of(version)
        for known in given_records:
            verdicts = evaluate_facts(framework, given_facts(framework, known)).decisions
            completions, admissible = brute.counted_completions(known)
            for name, verdict in verdicts.items():
                expected = said(completions, name)
                assert plain(verdict.possible) == expected
                assert len(verdict.possible) == len(expected)
                assert verdict.status == status_of(expected, admissible)
                seen[verdict.status] += 1

    in_every_version(check, kinds=kinds, seeds=120)
    assert set(seen) == {"decided", "undetermined", "no rule", "conflict", "inadmissible"}
    assert min(seen.values()) > 20


def test_the_deciding_rules_are_those_that_decide_some_admissible_completion():
    seen = 0

    def check(version, given_records):
        nonlocal seen
        brute, framework = brute_of(version), framework_of(version)
        for known in given_records:
            verdicts = evaluate_facts(framework, given_facts(framework, known)).decisions
            completions, _ = brute.counted_completions(known)
            for name, verdict in verdicts.items():
                deciding = {rule for each in completions for rule in each.says[name].rules}
                assert [rule.id for rule in verdict.rules] == [
                    rule.id for rule in version.decisions[name].rules if rule.id in deciding
                ]
                one = verdict.status == "decided" and len(deciding) == 1
                assert (verdict.rule.id if verdict.rule else None) == (deciding.pop() if one else None)
                seen += one

    in_every_version(check)
    assert seen > 100


def test_the_outcome_is_the_one_possible_outcome_and_never_a_default():
    seen: Counter[bool] = Counter()

    def check(version, given_records):
        brute = brute_of(version)
        for known in given_records:
            completions, admissible = brute.counted_completions(known)
            for name, verdict in evaluated(brute, known).decisions.items():
                answers = said(completions, name)
                outcomes = {outcome for _, outcomes in answers for outcome in outcomes}
                certain = admissible and len(outcomes) == 1 and {status for status, _ in answers} == {"decided"}
                assert (verdict.outcome.id if verdict.outcome else None) == (outcomes.pop() if certain else None)
                seen[certain] += 1

    in_every_version(check)
    assert min(seen[True], seen[False]) > 50


@pytest.mark.exhaustive
def test_on_a_complete_record_trace_diagram_and_possible_answers_agree():
    seen: Counter[str] = Counter()

    def check(version, given_records):
        values = given_records[-1]
        framework = framework_of(version)
        whole = compiled(framework)
        situation = whole.space.situate(values)
        completion = brute_of(version).complete(values)
        for name, verdict in evaluate_facts(framework, given_facts(framework, values)).decisions.items():
            expected = completion.says[name]
            (walked,) = whole.forest.values(
                whole.decisions[name].free, {level: (cell,) for level, cell in situation.items()}
            )
            assert (walked.status, walked.outcomes, walked.rules) == (*expected.answer, expected.rules)
            assert plain(verdict.possible) == {expected.answer}
            assert (verdict.status == "inadmissible") is not completion.admissible
            applying = [
                rule for rule, step in zip(version.decisions[name].rules, verdict.trace, strict=True) if step.applies
            ]
            assert all(step.applies is not None for step in verdict.trace)
            assert set(expected.rules) <= {rule.id for rule in applying}
            assert len(applying) == len(expected.rules) or version.decisions[name].resolve == "first"
            seen[expected.status] += 1

    in_every_version(check)
    assert min(seen["decided"], seen["no rule"], seen["conflict"]) > 10


# What would settle an undetermined record


def cell_label(whole: Compiled, fact: str, value: Known) -> str:
    cells = whole.space.cells[whole.space.level[fact]]
    return cells.labels[cells.cell_of(value)]


def test_settling_tells_for_each_value_which_answers_would_be_left():
    seen = 0

    def check(version, given_records):
        nonlocal seen
        brute, framework = brute_of(version), framework_of(version)
        whole = compiled(framework)
        for known in given_records:
            completions, _ = brute.counted_completions(known)
            for name, verdict in evaluate_facts(framework, given_facts(framework, known)).decisions.items():
                for settling in verdict.settling:
                    expected: dict[str, set[object]] = {}
                    for each in completions:
                        label = cell_label(whole, settling.fact, each.values[settling.fact])
                        expected.setdefault(label, set()).add(each.says[name].answer)
                    assert {label: plain(left) for label, left in settling.leads_to.items()} == expected
                    assert settling.settles is any(len(left) == 1 for left in expected.values())
                    seen += 1

    in_every_version(check)
    assert seen > 200


def test_settling_stays_silent_unless_the_record_is_undetermined():
    seen: Counter[bool] = Counter()

    def check(version, given_records):
        brute = brute_of(version)
        for known in given_records:
            for verdict in evaluated(brute, known).decisions.values():
                assert not {each.fact for each in verdict.settling} & set(known)
                if verdict.status in ("decided", "no rule", "conflict"):
                    assert not verdict.settling
                if verdict.status == "undetermined":
                    assert verdict.settling
                seen[bool(verdict.settling)] += 1

    in_every_version(check)
    assert min(seen[True], seen[False]) > 50


def test_facts_that_settling_does_not_list_do_not_matter():
    """All of the listed facts leave one answer; none of the others, nor all together, take any answer away."""
    seen = 0

    def check(version, given_records):
        nonlocal seen
        brute, framework = brute_of(version), framework_of(version)
        for known in given_records:
            for name, verdict in evaluate_facts(framework, given_facts(framework, known)).decisions.items():
                if verdict.status != "undetermined":
                    continue
                listed = {each.fact for each in verdict.settling}
                with_listed, with_others = {}, {}
                for each in brute.counted_completions(known)[0]:
                    key = tuple(value for fact, value in each.values.items() if fact in listed)
                    with_listed.setdefault(key, set()).add(each.says[name].answer)
                    others = tuple(value for fact, value in each.values.items() if fact not in listed)
                    with_others.setdefault(others, set()).add(each.says[name].answer)
                assert all(len(answers) == 1 for answers in with_listed.values())
                assert all(answers == plain(verdict.possible) for answers in with_others.values())
                seen += len(version.facts) - len(known) - len(listed)

    in_every_version(check)
    assert seen > 50


def test_a_constraint_between_other_facts_adds_nothing_to_what_settles_a_decision():
    names = ("asked", "left", "right", "tied", "further")
    facts = {name: WrittenFact(name, "truth", (False, True)) for name in names}
    rule = WrittenRule("only", Holds("asked", None), "yes")
    constraints = (
        WrittenConstraint("apart", Or((Holds("left", None), Holds("right", None)), None)),
        WrittenConstraint("tied", Or((Holds("asked", None), Holds("tied", None)), None)),
        WrittenConstraint("further", Or((Holds("tied", None), Holds("further", None)), None)),
    )
    decision = WrittenDecision("answer", ("yes",), False, "first", (rule,))
    framework = framework_of(Version({}, facts, {}, {"answer": decision}, {}, constraints))
    settling = {
        tuple(
            each.fact for each in evaluate_facts(framework, given_facts(framework, known)).decisions["answer"].settling
        )
        for known in ({}, {"left": True}, {"left": False})
    }
    assert settling == {("asked", "tied", "further")}


def test_every_fact_that_settling_lists_matters():
    """Some two completions differ in that fact alone, and in the answer or in whether the constraints admit them."""
    seen = 0

    def check(version, given_records):
        nonlocal seen
        brute, framework = brute_of(version), framework_of(version)
        for known in given_records:
            for name, verdict in evaluate_facts(framework, given_facts(framework, known)).decisions.items():
                for settling in verdict.settling if verdict.status == "undetermined" else ():
                    found: dict[tuple[object, ...], set[object]] = {}
                    for each in brute.completing(known):
                        key = tuple(value for fact, value in each.values.items() if fact != settling.fact)
                        found.setdefault(key, set()).add(each.says[name].answer if each.admissible else None)
                    assert any(len(answers) > 1 for answers in found.values())
                    seen += 1

    in_every_version(check)
    assert seen > 200


# What covers a record without a rule


def test_left_open_names_the_entries_that_may_cover_a_record_without_a_rule():
    seen: Counter[bool] = Counter()

    def check(version, given_records):
        framework = framework_of(version)
        brute = brute_of(version)
        for known in given_records:
            completions, _ = brute.counted_completions(known)
            for name, verdict in evaluate_facts(framework, given_facts(framework, known)).decisions.items():
                named = {entry.when.words for entry in verdict.left_open}
                if said(completions, name) != {("no rule", ())}:
                    assert not named
                    continue
                for entry in framework.decisions[name].left_open:
                    may_cover = entry.when.words in named
                    seen[may_cover] += 1
                    if not may_cover:
                        assert not any(brute.covers(name, entry.when.words, each) for each in completions)

    in_every_version(check)
    assert min(seen[True], seen[False]) > 3


def used_by(version: Version, condition: Condition) -> set[str]:
    """Definitions and decisions that the condition rests on, however far."""
    found: set[str] = set()
    for name in names_used(condition):
        inner = [version.definitions[name]] if name in version.definitions else []
        inner += [rule.when for rule in version.decisions[name].rules] if name in version.decisions else []
        found |= {name, *(each for part in inner for each in used_by(version, part))}
    return found


def test_silent_names_the_decisions_it_rests_on_that_may_give_no_answer():
    seen: Counter[bool] = Counter()

    def check(version, given_records):
        brute = brute_of(version)
        for known in given_records:
            completions, _ = brute.counted_completions(known)
            for name, verdict in evaluated(brute, known).decisions.items():
                upstream = {each for rule in version.decisions[name].rules for each in used_by(version, rule.when)}
                silent = {
                    each
                    for each in upstream & set(version.decisions)
                    if {status for status, _ in said(completions, each)} & {"no rule", "conflict"}
                }
                assert set(verdict.silent) == silent
                seen[bool(silent)] += 1

    in_every_version(check)
    assert min(seen[True], seen[False]) > 20


def test_broken_constraints_are_those_that_are_false_whatever_their_force():
    seen: Counter[str] = Counter()

    def check(version, given_records):
        values = given_records[-1]
        broken = {each.id for each in evaluated(brute_of(version), values).broken}
        for each in version.constraints:
            applies = each.when is None or holding(version, each.when)(dict(values))
            assert (each.id in broken) is (applies and not holding(version, each.require)(dict(values)))
            seen[each.force] += each.id in broken

    in_every_version(check)
    assert min(seen["always"], seen["usual"]) > 3
