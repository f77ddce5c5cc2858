"""The shipped versions, every record of them: possible answers and counts against brute force apart from the engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from agreement.brute import Brute, holding
from agreement.drafts import choosable
from agreement.test_possible_answers import plain, said, status_of
from agreement.versions import given_facts, read_version, version_of
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.parts import Parts
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import NOWHERE, compiled
from greenpaper.source.nodes import MappingNode, Node, SequenceNode

pytestmark = pytest.mark.exhaustive

POLICIES = Path(__file__).parents[2] / "policies"
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
JUDGED_2026 = ("leaders", "help_and_protection", "in_care", "care_leavers")
JUDGED_2025 = ("overall", *JUDGED_2026)
JUDGED_2018 = ("overall", "leaders", "help_and_protection", "care_and_care_leavers")
CATALOGUE = Catalogue(POLICIES)
WITH_OPTIONS = ("2022-care-leavers", "2026", "2027-draft")
COMBINED = [(version, choice) for version in WITH_OPTIONS for choice in choosable(POLICIES / version).combinations()]
ENOUGH = 300


@cache
def shipped(version: str) -> tuple[Framework, Brute]:
    """The version as the engine loads it, and as the oracle reads it."""
    return CATALOGUE.load(version), Brute(without_facts_that_no_rule_reads(read_version(POLICIES / version)))


def composed(version: str, choice: Mapping[str, str]) -> tuple[Framework, Brute]:
    """The version with these options, composed by the engine and by the oracle."""
    read = version_of(choosable(POLICIES / version).composed(choice))
    return CATALOGUE.load(version, choice), Brute(without_facts_that_no_rule_reads(read))


def named(value: object) -> str:
    return value if isinstance(value, str) else "+".join(f"{name}={option}" for name, option in value.items())


def without_facts_that_no_rule_reads(version):
    """The combined judgement of earlier inspections is read by nothing where its two parts are judged separately;
    leaving it out keeps the completions few."""
    unread = {"care_and_care_leavers"} if "in_care" in version.facts else set()
    facts = {name: fact for name, fact in version.facts.items() if name not in unread}
    return type(version)(version.scales, facts, version.groups, version.decisions, {}, version.constraints)


def partial_records(judged: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every record in which each judgement has a grade or is unknown."""
    yield from records_over(dict.fromkeys(judged, GRADES))


def records_over(values: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Every record in which each of these facts has one of its values or is unknown."""
    for grades in product(*((None, *each) for each in values.values())):
        yield {name: grade for name, grade in zip(values, grades, strict=True) if grade is not None}


def complete_records(judged: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for grades in product(GRADES, repeat=len(judged)):
        yield dict(zip(judged, grades, strict=True))


def compare_with_brute_force(framework: Framework, brute: Brute, records: Iterable[dict[str, Any]]) -> Counter[str]:
    """How often each status occurs, once every one of these records has been compared."""
    seen: Counter[str] = Counter()
    for known in records:
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
    seen = compare_with_brute_force(*shipped("2026"), partial_records(JUDGED_2026))
    assert seen.total() == 625
    assert set(seen) == {"decided", "undetermined", "no rule"}


# Options


def test_the_combinations_are_those_of_brute_force():
    assert set(CATALOGUE.versions) == {"2018", "2018-09", "2023", "2024-04", "2025", *WITH_OPTIONS}
    for version in CATALOGUE.versions:
        expected = list(choosable(POLICIES / version).combinations())
        found = CATALOGUE.combinations(version)
        assert len(found) == len(expected)
        assert all(choice in expected for choice in found)
    assert [len(CATALOGUE.combinations(version)) for version in WITH_OPTIONS] == [6, 4, 9]


def test_what_cannot_be_combined_is_refused():
    """Of the 24 ways to choose an option of each of the four proposals, 15."""
    options = choosable(POLICIES / "2027-draft")
    refused = 0
    for names in product(*(each["options"] for each in options.proposals.values())):
        choice = dict(zip(options.proposals, names, strict=True))
        if choice not in list(options.combinations()):
            found = CATALOGUE.check("2027-draft", choice)[1]
            assert {each.code for each in found} <= {"option-requires", "option-excludes"}
            refused += bool(found)
    assert refused == 15


@pytest.mark.parametrize("version, choice", COMBINED, ids=named)
def test_every_combination_is_composed_as_by_hand(version, choice):
    """Every statement that can be edited, word for word."""
    assert tree_of(CATALOGUE.composed(version, choice)) == choosable(POLICIES / version).composed(choice)


def tree_of(parts: Parts) -> dict[str, Any]:
    """What can be edited in the parts, by the first step of its address, every single value as text."""
    tree: dict[str, Any] = {"decisions": {}}
    for part in parts:
        written = texts_of(part.node)
        if part.kind == "decision":
            tree["decisions"][written["decision"]] = written
        elif part.kind == "open_questions":
            tree[part.kind] = tree.get(part.kind, {}) | written[part.kind]
        elif part.kind != "framework":
            tree[part.kind] = written.get(part.kind, written)
    return tree


def texts_of(node: Node) -> Any:
    match node:
        case MappingNode(entries):
            return {entry.key.text: texts_of(entry.value) for entry in entries}
        case SequenceNode(items):
            return [texts_of(item) for item in items]
        case scalar:
            return scalar.text


@pytest.mark.parametrize("version, choice", COMBINED, ids=named)
def test_records_have_the_outcomes_of_their_completions_under_every_combination(version, choice):
    framework, brute = composed(version, choice)
    records = list(records_over({name: fact.values for name, fact in brute.version.facts.items()}))
    few = records if len(records) <= ENOUGH else [{}, *Random(str(choice)).sample(records, ENOUGH)]
    seen = compare_with_brute_force(framework, brute, few)
    assert seen.total() >= min(len(records), ENOUGH)


@pytest.mark.exhaustive
@pytest.mark.parametrize("version, choice", COMBINED, ids=named)
def test_all_records_have_the_outcomes_of_their_completions_under_every_combination(version, choice):
    framework, brute = composed(version, choice)
    records = records_over({name: fact.values for name, fact in brute.version.facts.items()})
    assert compare_with_brute_force(framework, brute, records)["decided"]


@pytest.mark.parametrize("version, choice", COMBINED, ids=named)
def test_a_combination_leaves_grades_without_a_rule_exactly_where_nothing_closes_the_gap(version, choice):
    """Of 2026 and its draft: what is left open stays so unless an option asks for less, and means only that."""
    framework, brute = composed(version, choice)
    (decision,) = brute.version.decisions
    without = [each for each in brute.completions if each.admissible and each.says[decision].status == "no rule"]
    closed = {"gap": "monitoring", "threshold": "any", "scale": "narrative", "requires_improvement": "or_worse"}
    closes = version == "2022-care-leavers" or bool(choice.items() & closed.items())
    assert bool(without) is not closes
    whole = compiled(framework)
    counted = whole.forest.counts(whole.decisions[decision].within, range(len(brute.version.facts)))
    found = [count for answer, count in counted.items() if answer != NOWHERE and str(answer.status) == "no rule"]
    assert found == [len(without)][: len(without)]


def test_all_625_records_of_2018_have_the_outcomes_of_their_completions():
    framework = CATALOGUE.load("2018-09")
    brute = Brute(read_version(POLICIES / "2018-09"))
    seen = compare_with_brute_force(framework, brute, partial_records(JUDGED_2018))
    assert seen.total() == 625
    assert set(seen) == {"decided", "undetermined", "inadmissible"}


@pytest.mark.exhaustive
def test_all_3125_records_of_2025_have_the_outcomes_of_their_completions():
    seen = compare_with_brute_force(*shipped("2025"), partial_records(JUDGED_2025))
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


def test_closing_the_gap_gives_the_20_sets_of_grades_monitoring_and_changes_no_other():
    framework = CATALOGUE.load("2027-draft", {"gap": "monitoring"})
    before, changed = outcomes_2026(), {}
    for known in complete_records(JUDGED_2026):
        verdict = evaluate_facts(framework, Facts(known, {})).decisions["pathway"]
        assert verdict.outcome is not None
        if verdict.outcome.id != before[tuple(known.values())]:
            changed[tuple(known.values())] = (before[tuple(known.values())], verdict.outcome.id)
    assert set(changed.values()) == {("no rule", "monitoring")}
    assert set(changed) == {grades for grades, outcome in before.items() if outcome == "no rule"}


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
