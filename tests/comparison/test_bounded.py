"""What is proved where the whole difference would be too large, against every situation tried one after the other."""

from collections import Counter
from math import prod
from random import Random
from time import perf_counter

import pytest

from agreement.pairs import in_pairs
from agreement.situations import SideBySide, _tells_apart, answering, facts_in
from comparison.small import FACTS, SCALE, constraint, decision, rule, small_framework
from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.bounded import bounds
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Status
from greenpaper.records.facts import Facts

ENOUGH = 10**9
MOST_SITUATIONS = 1_000


class All:
    """Every situation of two versions over all facts that a condition of either reads."""

    def __init__(self, before, after, name):
        self.hand = SideBySide(before, after, name)
        self.facts = frozenset().union(*(facts_in(each, *_tells_apart(each)) for each in (before, after)))
        self.size = prod(len(self.hand.cells[fact]) for fact in self.facts)
        self.say = [answering(each, name) for each in (before, after)]

    def moves(self, record):
        return self.say[0](record) != self.say[1](record)

    def changed(self):
        """The number of situations within the constraints of both in which the answer changes."""
        return sum(map(self.moves, self.admitted()))

    def admitted(self):
        return self.hand.records_over(self.facts)

    def shows(self, witness):
        """Whether the witness is one situation, admitted by both versions, that changes."""
        cells = {fact: self.hand.cell_of(fact, value) for fact, value in witness.items()}
        same = [
            record
            for record in self.admitted()
            if all(self.hand.cell_of(fact, record[fact]) == cell for fact, cell in cells.items())
        ]
        return witness.keys() == self.facts and len(same) == 1 and self.moves(same[0])


@pytest.mark.exhaustive
def test_with_room_for_every_kind_the_number_is_exact_and_with_little_it_lies_between_the_bounds():
    seen: Counter[str] = Counter()

    def check(before, after, one, other):
        for name in one.decisions.keys() & other.decisions.keys():
            every = All(before, after, name)
            if every.size > MOST_SITUATIONS:
                continue
            changed = every.changed()
            found = bounds(one, other, name, widest=ENOUGH)
            assert (found.situations, found.least, found.most) == (every.size, changed, changed)
            assert found.same is (changed == 0)
            check_witness(every, found)
            for widest in (0, 1, 3, 10):
                narrow = bounds(one, other, name, widest=widest)
                assert narrow.least <= changed <= narrow.most <= every.size
                check_witness(every, narrow)
                seen["between"] += narrow.least < narrow.most
                seen["nothing known"] += narrow.least == 0 < narrow.most
            seen["changed" if changed else "same"] += 1

    in_pairs(check, range(100))
    assert min(seen[each] for each in ("changed", "same", "between", "nothing known")) > 10, seen


def check_witness(every, found):
    assert (found.witness is None) is (found.least == 0)
    assert found.witness is None or every.shows(found.witness)


# Below the limit and beyond it


@pytest.mark.exhaustive
def test_beyond_the_limit_there_are_bounds_and_never_a_number_from_half_of_a_diagram():
    seen: Counter[str] = Counter()

    def check(before, after, one, other):
        whole, limited = behaviours(one, other), behaviours(one, other, limit=50)
        seen["bounded" if limited.bounded else "whole"] += 1
        assert bool(limited.bounded) is not bool(limited.decisions)
        assert limited.not_comparable == whole.not_comparable
        counted = {each.decision: (each.situations, each.changed) for each in whole.decisions}
        assert {each.decision: (each.situations, each.changed) for each in limited.decisions} in ({}, counted)
        for each in limited.bounded:
            _, changed = counted[each.decision]
            # Bounds are over all facts; some of these do not count for the decision.
            assert not (each.same and changed)
            assert not (each.least and not changed)
            seen["exact"] += each.least == each.most
        empty = any(not each.situations for each in whole.decisions)
        assert whole.is_same or empty or not limited.is_same

    in_pairs(check, range(40))
    assert min(seen[each] for each in ("bounded", "whole", "exact")) > 5, seen


def test_with_a_small_limit_the_shipped_kind_of_change_is_still_found(tmp_path):
    before = small_framework(tmp_path, "one", decision(rule("a", "heads is fine", "letter")))
    after = small_framework(tmp_path, "two", decision(rule("a", "heads is at least fair", "letter")))
    (found,) = behaviours(before, after, limit=1).bounded
    assert (found.situations, found.least, found.most) == (3, 1, 1)
    assert found.witness == {"heads": "fair"}


MAPPED = FACTS.replace("quality: {worst_to_best: [poor, fair, fine]", "five: {worst_to_best: [fine, ok, poor]")
MAPPED = MAPPED.replace(
    "confidence: stated}}\n",
    "confidence: stated, maps_from: {quality: {poor: [fine], fair: [ok], fine: [poor]}}}}\n",
    1,
)
MAPPED = MAPPED.replace("scale: quality", "scale: five")


def test_grades_of_unlike_scales_are_not_taken_for_the_same_beyond_the_limit(tmp_path):
    """The rule reads the same and means the opposite."""
    rules = decision(rule("a", "heads is one of fine", "letter"))
    before = small_framework(tmp_path, "one", rules)
    after = small_framework(tmp_path, "two", rules, vocabulary=MAPPED)
    (whole,) = behaviours(before, after).decisions
    assert (whole.situations, whole.changed) == (3, 2)
    limited = behaviours(before, after, limit=1)
    assert not limited.is_same
    assert (limited.decisions, limited.bounded) == ((), ())
    assert "the versions judge heads differently" in limited.not_comparable["follow_up"]


# Proved without following anything


REWRITTEN = (
    ("heads is fine and hands is poor", "not (heads is not fine or hands is not poor)"),
    ("heads is at least fair or hands is fine", "not (heads is worse than fair and not hands is fine)"),
    ("not (heads is fine and hands is fine)", "heads is not fine or hands is not fine"),
    ("heads is better than poor", "not heads is at most poor"),
    ("any of all_parts is fine", "not none of all_parts are fine"),
    ("at least 1 of all_parts are fine", "not at most 0 of all_parts are fine"),
    ("(heads is fine or hands is fine) and heads is at least fair", "heads is at least fair and hands is fine or heads is at least fair and heads is fine"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), REWRITTEN)
def test_a_condition_in_other_words_is_proved_to_be_the_same(tmp_path, one, other):
    before = small_framework(tmp_path, "one", decision(rule("a", one, "letter")))
    after = small_framework(tmp_path, "two", decision(rule("b", other, "letter")))
    assert behaviours(before, after).is_same
    assert bounds(before, after, "follow_up", widest=0).same


@pytest.mark.exhaustive
def test_what_is_proved_the_same_by_cut_points_never_changes():
    proved: Counter[bool] = Counter()

    def check(before, after, one, other):
        for name in one.decisions.keys() & other.decisions.keys():
            same = bounds(one, other, name, widest=0).same
            proved[same] += 1
            if same:
                hand = SideBySide(before, after, name)
                assert all(left == right for left, right in hand.counts)

    in_pairs(check, range(100, 150))
    assert min(proved[True], proved[False]) > 10


# A grid, which no order of the facts makes small


SIDE = 8


def grid_facts():
    names = [[f"c{row}{column}" for column in range(SIDE)] for row in range(SIDE)]
    scale = SCALE.replace("[poor, fair, fine]", "[poor, fair, good, fine]")
    facts = "".join(
        f"  {name}: {{type: grade, scale: quality, title: {name}, confidence: stated}}\n"
        for row in names
        for name in row
    )
    lines = {f"row{number}": row for number, row in enumerate(names)}
    lines |= {f"column{number}": column for number, column in enumerate(map(list, zip(*names, strict=True)))}
    groups = "".join(
        f"  {name}: {{title: {name}, members: [{', '.join(members)}]}}\n" for name, members in lines.items()
    )
    return f"{scale}facts:\n{facts}groups:\n{groups}"


def grid(policies, version, least):
    """Every row and every column has enough good members, or there is a visit."""
    lines = [f"{kind}{number}" for kind in ("row", "column") for number in range(SIDE)]
    enough = " and ".join(f"at least {least} of {line} are at least good" for line in lines)
    rules = (rule("all", enough, "letter"), rule("call", f"any of {lines[0]} is poor", "call"))
    return small_framework(policies, version, decision(*rules), vocabulary=grid_facts())


@pytest.fixture(scope="module")
def grids(tmp_path_factory):
    policies = tmp_path_factory.mktemp("grids")
    return grid(policies, "one", 4), grid(policies, "two", 5)


@pytest.mark.exhaustive
def test_a_grid_of_64_facts_has_bounds_and_does_not_hang(grids):
    started = perf_counter()
    found = behaviours(*grids)
    assert perf_counter() - started < 120
    assert not found.decisions
    (proved,) = found.bounded
    assert proved.situations == 4**64
    assert 0 <= proved.least < proved.most <= 4**64
    assert not found.is_same


@pytest.mark.slow
def test_complete_records_of_a_version_that_is_too_large_get_what_the_rules_say(grids):
    random = Random(7)
    framework, _ = grids
    seen: Counter[object] = Counter()
    for number in range(4):
        words = ("fine",) if not number else ("poor", "fair", "good", "fine", "fine", "fine")
        known = {fact: random.choice(words[: len(words) - number % 2]) for fact in framework.vocabulary.facts}
        verdict = evaluate_facts(framework, Facts(known, {})).decisions["follow_up"]
        applies = [each.rule for each in verdict.trace if each.applies]
        assert all(each.applies is not None for each in verdict.trace)
        assert verdict.status is (Status.DECIDED if applies else Status.NO_RULE)
        assert verdict.outcome == (applies[0].outcome if applies else None)
        seen[verdict.status] += 1
    assert seen


# Constraints of both sides


def test_situations_that_either_version_excludes_do_not_count(tmp_path):
    rules = rule("a", "heads is fine", "letter"), rule("b", "hands is fine", "letter")
    before = small_framework(
        tmp_path, "one", decision(rules[0]), constraints=constraint("K", "heads is at least hands")
    )
    after = small_framework(tmp_path, "two", decision(rules[1]), constraints=constraint("K", "hands is at least fair"))
    found = bounds(before, after, "follow_up", widest=ENOUGH)
    assert (found.least, found.most) == (1, 1)
    assert found.witness == {"heads": "fine", "hands": "fair"}
