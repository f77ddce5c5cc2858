"""The shipped versions, every record of them: possible answers and counts against brute force apart from the engine."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from agreement.brute import Brute, holding
from agreement.test_possible_answers import plain, said, status_of
from agreement.versions import given_facts, read_options, read_version
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import NOWHERE, compiled

POLICIES = Path(__file__).parents[2] / "policies"
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
JUDGED_2026 = ("leaders", "help_and_protection", "in_care", "care_leavers")
JUDGED_2025 = ("overall", *JUDGED_2026)
JUDGED_2018 = ("overall", "leaders", "help_and_protection", "care_and_care_leavers")
OPTIONS = ("unchanged", "close_the_gap", "any_weakness")


@cache
def shipped(version: str, option: str = "") -> tuple[Framework, Brute]:
    """The version as the engine loads it, and as the oracle reads it."""
    options = {"after_inspection": option} if option else {}
    framework = Catalogue(POLICIES).load(version, options)
    if not option:
        return framework, Brute(without_facts_that_no_rule_reads(read_version(POLICIES / version)))
    edits = read_options(POLICIES / version)["after_inspection", option]
    return framework, Brute(read_version(POLICIES / framework.base, edits))


def without_facts_that_no_rule_reads(version):
    """The combined judgement of earlier inspections is read by nothing; leaving it out keeps the completions few."""
    facts = {name: fact for name, fact in version.facts.items() if name != "care_and_care_leavers"}
    return type(version)(version.scales, facts, version.groups, version.decisions, {}, version.constraints)


def partial_records(judged: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every record in which each judgement has a grade or is unknown."""
    for grades in product((None, *GRADES), repeat=len(judged)):
        yield {name: grade for name, grade in zip(judged, grades, strict=True) if grade}


def complete_records(judged: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for grades in product(GRADES, repeat=len(judged)):
        yield dict(zip(judged, grades, strict=True))


def compare_with_brute_force(framework: Framework, brute: Brute, judged: tuple[str, ...]) -> Counter[str]:
    """How often each status occurs, once every partial record has been compared."""
    seen: Counter[str] = Counter()
    for known in partial_records(judged):
        verdict = evaluate_facts(framework, Facts(known, {})).decisions["pathway"]
        completions, admissible = brute.counted_completions(known)
        expected = said(completions, "pathway")
        assert plain(verdict.possible) == expected
        assert verdict.status == status_of(expected, admissible)
        deciding = {rule for each in completions for rule in each.says["pathway"].rules}
        assert {rule.id for rule in verdict.rules} == deciding
        seen[str(verdict.status)] += 1
    return seen


def test_all_625_records_of_2026_have_the_outcomes_of_their_completions():
    seen = compare_with_brute_force(*shipped("2026"), JUDGED_2026)
    assert seen.total() == 625
    assert set(seen) == {"decided", "undetermined", "no rule"}


@pytest.mark.parametrize("option", OPTIONS)
def test_all_625_records_of_each_option_for_2027_have_the_outcomes_of_their_completions(option):
    seen = compare_with_brute_force(*shipped("2027-draft", option), JUDGED_2026)
    assert seen.total() == 625
    assert ("no rule" in seen) is (option == "unchanged")


def test_the_options_tried_are_all_that_the_draft_has():
    assert set(read_options(POLICIES / "2027-draft")) == {("after_inspection", option) for option in OPTIONS}
    assert Catalogue(POLICIES).versions == ("2018-09", "2022-care-leavers", "2023", "2025", "2026", "2027-draft")


def test_all_625_records_of_2018_have_the_outcomes_of_their_completions():
    framework = Catalogue(POLICIES).load("2018-09")
    seen = compare_with_brute_force(framework, Brute(read_version(POLICIES / "2018-09")), JUDGED_2018)
    assert seen.total() == 625
    assert set(seen) == {"decided", "undetermined", "inadmissible"}


@pytest.mark.slow
def test_all_3125_records_of_2025_have_the_outcomes_of_their_completions():
    seen = compare_with_brute_force(*shipped("2025"), JUDGED_2025)
    assert seen.total() == 3125
    assert seen["inadmissible"] == 1407


def test_1407_of_the_3125_records_of_2025_are_inadmissible():
    framework, _ = shipped("2025")
    verdicts = [
        evaluate_facts(framework, Facts(known, {})).decisions["pathway"] for known in partial_records(JUDGED_2025)
    ]
    assert len(verdicts) == 3125
    assert Counter(str(verdict.status) for verdict in verdicts)["inadmissible"] == 1407


def test_328_of_the_1024_complete_records_of_2025_are_admissible():
    framework, brute = shipped("2025")
    whole = compiled(framework)
    levels = [whole.space.level[name] for name in JUDGED_2025]
    assert whole.forest.counts(whole.admissible, levels) == {True: 328, False: 696}
    assert sum(each.admissible for each in brute.completions) == 328
    assert len(brute.completions) == 1024


# The 256 complete records of 2026


def outcomes_2026() -> dict[tuple[str, ...], str]:
    framework, _ = shipped("2026")
    found = {}
    for known in complete_records(JUDGED_2026):
        verdict = evaluate_facts(framework, given_facts(framework, known)).decisions["pathway"]
        found[tuple(known.values())] = verdict.outcome.id if verdict.outcome else str(verdict.status)
    return found


def applying_2026() -> list[frozenset[str]]:
    framework, _ = shipped("2026")
    verdicts = (
        evaluate_facts(framework, Facts(known, {})).decisions["pathway"] for known in complete_records(JUDGED_2026)
    )
    return [frozenset(step.rule.id for step in verdict.trace if step.applies) for verdict in verdicts]


def test_the_256_sets_of_grades_have_40_light_48_intensive_148_monitoring_and_20_without_a_rule():
    expected = {"light": 40, "intensive": 48, "monitoring": 148, "no rule": 20}
    assert Counter(outcomes_2026().values()) == expected
    framework, _ = shipped("2026")
    whole = compiled(framework)
    counts = whole.forest.counts(whole.decisions["pathway"].within, range(4))
    assert (
        Counter({answer.outcomes[0] if answer.outcomes else "no rule": count for answer, count in counts.items()})
        == expected
    )


def test_the_20_sets_of_grades_without_a_rule_are_exactly_those_left_open():
    framework, brute = shipped("2026")
    (entry,) = brute.version.decisions["pathway"].left_open
    is_left_open = holding(brute.version, entry)
    left_open = {tuple(known.values()) for known in complete_records(JUDGED_2026) if is_left_open(dict(known))}
    without = {grades for grades, outcome in outcomes_2026().items() if outcome == "no rule"}
    assert left_open == without
    assert len(without) == 20
    for known in complete_records(JUDGED_2026):
        verdict = evaluate_facts(framework, Facts(known, {})).decisions["pathway"]
        assert bool(verdict.left_open) is (tuple(known.values()) in without)


def test_monitoring_and_light_both_apply_24_times_and_monitoring_and_intensive_46_times():
    together = Counter(applying_2026())
    assert sum(count for rules, count in together.items() if {"monitoring", "light"} <= rules) == 24
    assert sum(count for rules, count in together.items() if {"monitoring", "intensive"} <= rules) == 46
    assert sum(together.values()) == 256


def test_closing_the_gap_gives_the_20_sets_of_grades_monitoring_and_changes_no_other_unless_leaders_are_inadequate():
    framework, _ = shipped("2027-draft", "close_the_gap")
    before, changed = outcomes_2026(), {}
    for known in complete_records(JUDGED_2026):
        verdict = evaluate_facts(framework, Facts(known, {})).decisions["pathway"]
        assert verdict.outcome is not None
        if verdict.outcome.id != before[tuple(known.values())]:
            changed[tuple(known.values())] = (before[tuple(known.values())], verdict.outcome.id)
    assert all(grades[0] == "inadequate" and after == "monitoring" for grades, (_, after) in changed.items())
    assert {grades for grades, (old, _) in changed.items() if old == "no rule"} == {
        grades for grades, outcome in before.items() if outcome == "no rule"
    }


def test_the_diagram_within_the_constraints_of_2025_is_nowhere_exactly_outside_them():
    framework, brute = shipped("2025")
    whole = compiled(framework)
    outside = 0
    for each in brute.completions:
        situation: Mapping[int, int] = whole.space.situate(each.values)
        (value,) = whole.forest.values(
            whole.decisions["pathway"].within, {level: (cell,) for level, cell in situation.items()}
        )
        assert (value == NOWHERE) is not each.admissible
        if each.admissible:
            assert (str(value.status), value.outcomes) == each.says["pathway"].answer
        outside += value == NOWHERE
    assert outside == 696
