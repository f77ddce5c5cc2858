"""Small edits to copies of the shipped versions, each with an intent: change inside it, beyond it, or no change at all.

Which of these an edit is, is worked out by trying every set of grades; the program must say the same.
"""

from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from agreement.brute import holding
from agreement.situations import SideBySide, facts_in
from agreement.test_differences import changed
from agreement.versions import read_version
from greenpaper.comparison.behaviour import behaviours
from greenpaper.framework.catalogue import Catalogue
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition

pytestmark = pytest.mark.exhaustive

POLICIES = Path(__file__).parents[2] / "policies"
RULES, NAMES, LIMITS = "decisions/pathway.yaml", "vocabulary.yaml", "constraints.yaml"

MONITORING = "when: any of practice is inadequate\n"
INTENSIVE = "when: leaders is requires_improvement or at least 2 of practice are requires_improvement\n"
LIGHT = "when: leaders is at least good and at least 2 of practice are at least good\n"
MEMBERS = "members: [help_and_protection, in_care, care_leavers]"


def when(condition):
    return f"when: {condition}\n"


INSIDE = {
    "monitoring also for inadequate leaders": (
        "2026", RULES, MONITORING, when("any of practice is inadequate or leaders is inadequate"), "leaders is inadequate",
    ),
    "monitoring only for two inadequate": (
        "2026", RULES, MONITORING, when("at least 2 of practice are inadequate"), "exactly 1 of practice is inadequate",
    ),
    "monitoring not for care leavers alone": (
        "2026", RULES, MONITORING, when("any of [help_and_protection, in_care] is inadequate"), "care_leavers is inadequate",
    ),
    "intensive for any practice judgement": (
        "2026", RULES, INTENSIVE, when("leaders is requires_improvement or any of practice is requires_improvement"),
        "exactly 1 of practice is requires_improvement and none of practice are inadequate",
    ),
    "intensive for leaders at most requires improvement": (
        "2026", RULES, INTENSIVE, when("leaders is at most requires_improvement or at least 2 of practice are requires_improvement"),
        "leaders is inadequate and none of practice are inadequate",
    ),
    "intensive without regard to leaders": (
        "2026", RULES, INTENSIVE, when("at least 2 of practice are requires_improvement"), "leaders is requires_improvement",
    ),
    "light for outstanding leaders only": (
        "2026", RULES, LIGHT, when("leaders is outstanding and at least 2 of practice are at least good"), "leaders is good",
    ),
    "light only where all practice is good": (
        "2026", RULES, LIGHT, when("leaders is at least good and all of practice are at least good"),
        "exactly 1 of practice is requires_improvement",
    ),
    "overall inadequate leads to nothing": (
        "2025", RULES, when("overall is inadequate"), when("overall is inadequate and leaders is inadequate"),
        "overall is inadequate and leaders is at least requires_improvement",
    ),
    "light for outstanding only": (
        "2025", RULES, when("overall is at least good"), when("overall is outstanding"), "overall is good",
    ),
}  # fmt: skip

SPILLS = {
    "monitoring for inadequate leaders, meant for good practice": (
        "2026", RULES, MONITORING, when("any of practice is inadequate or leaders is inadequate"), "all of practice are at least good",
    ),
    "two inadequate, meant for care leavers": (
        "2026", RULES, MONITORING, when("at least 2 of practice are inadequate"), "care_leavers is inadequate",
    ),
    "at most for exactly": (
        "2026", RULES, INTENSIVE, when("leaders is at most requires_improvement or at least 2 of practice are requires_improvement"),
        "leaders is inadequate and at most 0 of practice are requires_improvement",
    ),
    "and for or": (
        "2026", RULES, INTENSIVE, when("leaders is requires_improvement and at least 2 of practice are requires_improvement"),
        "leaders is requires_improvement",
    ),
    "one for two": (
        "2026", RULES, INTENSIVE, when("leaders is requires_improvement or at least 1 of practice is requires_improvement"),
        "help_and_protection is requires_improvement",
    ),
    "better than good for at least good": (
        "2026", RULES, LIGHT, when("leaders is better than good and at least 2 of practice are at least good"),
        "leaders is good and all of practice are outstanding",
    ),
    "rules resolved by agreement": (
        "2026", RULES, "resolve: first\nprecedence:\n  confidence: assumed\n", "resolve: agree\nprecedence:\n  confidence: assumed\n",
        "leaders is inadequate",
    ),
    "care leavers no longer practice": (
        "2026", NAMES, MEMBERS, "members: [help_and_protection, in_care]", "care_leavers is inadequate",
    ),
    "outcome of another rule": (
        "2025", RULES, "then: intensive", "then: monitoring", "overall is requires_improvement and leaders is inadequate",
    ),
    "leaders for overall": (
        "2025", RULES, when("overall is inadequate"), when("leaders is inadequate"), "leaders is requires_improvement",
    ),
}  # fmt: skip

WITHOUT_EFFECT = {
    "none of, denied": ("2026", RULES, MONITORING, when("not (none of practice are inadequate)")),
    "at least 1 for any": ("2026", RULES, MONITORING, when("at least 1 of practice is inadequate")),
    "lowest for any": ("2026", RULES, MONITORING, when("lowest of practice is inadequate")),
    "a part that earlier rules settle": (
        "2026", RULES, INTENSIVE,
        when("(leaders is requires_improvement or at least 2 of practice are requires_improvement) and none of practice are inadequate"),
    ),
    "parts the other way round": (
        "2026", RULES, INTENSIVE, when("at least 2 of practice are requires_improvement or leaders is requires_improvement"),
    ),
    "better than for at least": (
        "2026", RULES, LIGHT, when("leaders is better than requires_improvement and at least 2 of practice are at least good"),
    ),
    "members in another order": ("2026", NAMES, MEMBERS, "members: [care_leavers, in_care, help_and_protection]"),
    "another title": ("2026", RULES, "title: Monitoring visits, then standard inspection", "title: Monitoring visits first"),
    "excluded by a constraint": (
        "2025", RULES, when("overall is at least good"), when("overall is at least good and leaders is at least good"),
    ),
    "one of for at least": ("2025", RULES, when("overall is at least good"), when("overall is one of good, outstanding")),
}  # fmt: skip


def edited(tmp_path, version, file, old, new):
    """Both versions as the program loads them, and as they are read without it."""
    copytree(POLICIES, tmp_path / "policies")
    path = tmp_path / "policies" / version / file
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert path.read_text("utf-8") != text
    frameworks = [Catalogue(each).load(version, whole=False) for each in (POLICIES, tmp_path / "policies")]
    return frameworks, [read_version(each / version) for each in (POLICIES, tmp_path / "policies")]


def meant(intent, framework):
    parsed, wrong = parse_condition(intent)
    assert parsed, wrong
    term, wrong = check_condition(parsed, framework.vocabulary)
    assert term, wrong
    return parsed, term


def every_change(before, after, intent):
    """Each set of grades that changes: whether the intent holds there, and what becomes what."""
    side, holds = SideBySide(before, after, "pathway", (intent,)), holding(before, intent)
    assert facts_in(before, intent) <= set(side.facts)
    for record, (left, right) in zip(side.records, side.answers, strict=True):
        if left != right:
            yield holds(dict(record)), (left, right)


@pytest.mark.parametrize("name", [*INSIDE, *SPILLS])
def test_change_is_told_inside_the_intent_or_beyond_it(name, tmp_path):
    *edit, intent = {**INSIDE, **SPILLS}[name]
    (one, other), (before, after) = edited(tmp_path, *edit)
    condition, term = meant(intent, one)
    changes = list(every_change(before, after, condition))
    assert any(inside for inside, _ in changes), "an intent that nothing comes of"
    beyond = Counter(became for inside, became in changes if not inside)
    assert bool(beyond) is (name in SPILLS)
    found = behaviours(one, other, intent=term)
    assert found.spills is bool(beyond)
    assert not found.is_same
    (told,) = found.decisions
    assert told.changed == len(changes)
    assert {changed(each.became): each.situations for each in told.spill} == beyond


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_an_edit_without_effect_is_proved_to_be_none(name, tmp_path):
    (one, other), (before, after) = edited(tmp_path, *WITHOUT_EFFECT[name])
    side = SideBySide(before, after, "pathway")
    assert all(left == right for left, right in side.answers)
    found = behaviours(one, other)
    assert found.is_same
    (told,) = found.decisions
    assert told.changed == told.possible == 0
    assert set(told.responsible.without_effect) == set(told.responsible.edits)
    assert told.situations == len(side.records)


def test_there_are_ten_edits_of_each_kind():
    assert (len(INSIDE), len(SPILLS), len(WITHOUT_EFFECT)) == (10, 10, 10)
