"""Which edits bring a change about, against every set of them applied in every situation."""

from collections import Counter

import pytest

from agreement.edited import EditedDecision, Expected
from agreement.pairs import (
    condition_changed,
    constraint_changed,
    definition_changed,
    group_changed,
    in_pairs,
    outcome_changed,
    reordered,
    resolve_changed,
    rule_added,
    rule_removed,
    rule_renamed,
    seeded_pair,
)
from agreement.situations import SideBySide
from agreement.test_differences import changed
from comparison.small import FACTS, decision, rule, small_framework
from greenpaper.comparison import blame
from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.blame import responsible
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.difference import difference

OF_RULES = (
    condition_changed,
    rule_added,
    rule_removed,
    rule_renamed,
    reordered,
    outcome_changed,
    resolve_changed,
    constraint_changed,
)
OF_NAMES = (condition_changed, definition_changed, group_changed, resolve_changed, outcome_changed)


def check_blame(before, after, one, other, seen, most=5):
    for name, side in difference(one, other).decisions.items():
        edited = EditedDecision(SideBySide(before, after, name))
        if len(edited.edits) > most:
            seen["too many edits"] += 1
            continue
        found, expected = responsible(side), Expected(edited)
        assert not found.undetermined
        told = {named(each) for each in found.edits}
        assert {each for each in told if each[0] != "decision"} == {
            each for each in edited.edits if each[0] != "decision"
        }
        inert = {named(each) for each in found.without_effect}
        assert inert & edited.edits == expected.without_effect() & told
        assert told ^ edited.edits <= inert | expected.without_effect()
        for became in side.counts():
            if became.movement is not Movement.NONE:
                check_one(found.blame(became), expected, changed(became), seen)
        seen["without effect"] += bool(inert)


def named(edit):
    return str(edit.part), edit.name


def check_one(blame, expected, change, seen):
    for each in blame.alone:
        edit = named(each.edit)
        truth = expected.alone(edit, change) if edit in expected.edited.edits else (0, 0)
        assert (each.undone, each.applied) == truth, edit
        seen[edit[0]] += each.applied > 0
    parts = Counter()
    for part in blame.parts:
        parts[frozenset(frozenset(map(named, each)) for each in part.sets)] += part.situations
    assert parts == expected.parts(change)
    assert [part.situations for part in blame.parts] == sorted((part.situations for part in blame.parts), reverse=True)
    seen["parts"] += len(parts) > 1
    seen["several sets"] += any(len(sets) > 1 for sets in parts)
    seen["edits together"] += any(len(each) > 1 for sets in parts for each in sets)


@pytest.mark.parametrize(
    "seeds",
    [pytest.param(range(100), marks=pytest.mark.exhaustive)],
    ids=len,
)
def test_edits_of_rules_their_order_and_resolution_do_what_every_set_of_them_does(seeds):
    seen: Counter[str] = Counter()

    def check(*pair):
        check_blame(*pair, seen)

    in_pairs(check, seeds, lambda seed: seeded_pair(seed, OF_RULES, 5))
    assert min(seen[each] for each in ("rule", "parts", "several sets", "edits together", "without effect")) > 0, seen


@pytest.mark.exhaustive
def test_edits_of_names_that_rules_use_do_what_every_set_of_them_does():
    seen: Counter[str] = Counter()

    def check(*pair):
        check_blame(*pair, seen)

    in_pairs(check, range(30), lambda seed: seeded_pair(seed, OF_NAMES, 3))
    assert min(seen[each] for each in ("definition", "decision", "edits together", "without effect")) > 0, seen


# Names that meet

TAKEN, GIVEN = (("call",), ()), ((), ("call",))


def blames(tmp_path, before, after):
    """Edits of the decision `follow_up`, by name, with what each does alone and the smallest sets, for every change."""
    found = behaviours(small(tmp_path, "one", before), small(tmp_path, "two", after))
    (follow_up,) = (each for each in found.decisions if each.decision == "follow_up")
    return {
        (became.before.outcomes, became.after[0].outcomes): (
            {each.edit.name: (each.undone, each.applied) for each in blame.alone},
            {tuple(tuple(each.name for each in edits) for edits in part.sets): part.situations for part in blame.parts},
        )
        for became, blame in follow_up.blames.items()
    }


def undetermined(tmp_path, before, after):
    """Why it is not known which edits are responsible for the decision `follow_up`."""
    found = behaviours(small(tmp_path, "one", before), small(tmp_path, "two", after))
    (follow_up,) = (each for each in found.decisions if each.decision == "follow_up")
    return follow_up.responsible.undetermined


def small(tmp_path, version, written):
    when, definitions, *upstream = written
    told = "".join(f"  {name}: {{title: t, when: {words}}}\n" for name, words in definitions.items())
    decisions = [decision(rule("only", when, "call"))]
    decisions += [decision(*upstream, name="earlier")] if upstream else []
    return small_framework(tmp_path, version, *decisions, vocabulary=FACTS + (f"definitions:\n{told}" if told else ""))


@pytest.mark.exhaustive
def test_where_all_sets_cannot_be_tried_each_edit_by_itself_is_still_known(monkeypatch):
    compared = 0

    def check(before, after, one, other):
        nonlocal compared
        known = behaviours(one, other)
        with monkeypatch.context() as limited:
            limited.setattr(blame, "MOST_NODES", 3)
            beyond = behaviours(one, other)
        for full, single in zip(known.decisions, beyond.decisions, strict=True):
            for became, expected in full.blames.items():
                assert single.blames[became].alone == expected.alone
                assert [each.sets for each in single.blames[became].parts] == [None]
                compared += 1

    in_pairs(check, range(40))
    assert compared > 20


def test_a_definition_and_a_decision_that_it_uses_are_needed_together(tmp_path):
    before = ("odd", {"odd": "not (earlier is visit) or heads is poor"}, rule("u", "heads is poor", "visit"))
    after = ("odd", {"odd": "earlier is visit"}, rule("u", "heads is fine", "visit"))
    alone = {"odd": (2, 1), "earlier": (1, 0)}
    assert blames(tmp_path, before, after) == {TAKEN: (alone, {(("odd", "earlier"),): 1, (("odd",),): 1})}


def test_a_decision_that_matters_only_to_the_changed_definition(tmp_path):
    """The earlier definition uses an outcome that nothing gives in either version."""
    poor, poor_hands = rule("u", "heads is poor", "visit"), "hands is poor"
    before = ("odd", {"odd": "earlier is call or hands is fine"}, poor, rule("v", poor_hands, "visit"))
    after = ("odd", {"odd": "earlier is visit"}, poor, rule("v", poor_hands, "letter"))
    alone = {"odd": (2, 2), "earlier": (0, 0)}
    assert blames(tmp_path, before, after) == {TAKEN: (alone, {(("odd",),): 2}), GIVEN: (alone, {(("odd",),): 2})}


def test_a_definition_that_only_the_later_rules_use_read_another_fact_before(tmp_path):
    before = ("heads is poor", {"odd": "hands is poor"})
    after = ("odd", {"odd": "heads is fine"})
    assert blames(tmp_path, before, after) == {}
    assert "brings in hands" in undetermined(tmp_path / "again", before, after)


def test_a_decision_that_only_the_later_rules_use_read_another_fact_before(tmp_path):
    before = ("heads is poor", {}, rule("u", "hands is poor", "visit"))
    after = ("earlier is visit", {}, rule("u", "heads is fine", "visit"))
    assert blames(tmp_path, before, after) == {}
    assert "a fact that is not counted" in undetermined(tmp_path / "again", before, after)


def test_definitions_that_would_need_each_other_are_not_told_apart(tmp_path):
    before = ("odd", {"odd": "heads is poor", "plain": "odd"})
    after = ("plain", {"odd": "plain", "plain": "heads is fine"})
    assert blames(tmp_path, before, after) == {}
    assert "would need itself" in undetermined(tmp_path / "again", before, after)


def test_a_definition_that_comes_to_use_one_that_stood_after_it(tmp_path):
    """`odd` applied alone means the earlier `plain`."""
    before = ("odd", {"odd": "heads is poor", "plain": "heads is fine"})
    after = ("odd", {"odd": "plain", "plain": "hands is poor"})
    assert blames(tmp_path, before, after) == {
        TAKEN: ({"odd": (2, 2), "plain": (0, 0)}, {(("odd",),): 2}),
        GIVEN: ({"odd": (2, 1), "plain": (1, 0)}, {(("odd",),): 1, (("odd", "plain"),): 1}),
    }
