"""Reasons, cheapest changes and what to find out next, against every situation of a random version."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import prod

import pytest

from agreement.situations import SideBySide, always, answering, facts_in
from agreement.strategies import FAMILIES, _seeded
from agreement.versions import framework_of, given_facts
from greenpaper.analysis.reasons import best_next, changes, reason
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.situations.compiled import compiled


class Hand:
    """One decision of one version over all the facts that anything reads: every admissible situation and its answer."""

    def __init__(self, version, decision):
        self.version = version
        side = SideBySide(version, version, decision)
        self.side = side
        every = facts_in(version, *(rule.when for each in version.decisions.values() for rule in each.rules))
        every |= facts_in(version, *(entry for each in version.decisions.values() for entry in each.left_open))
        every |= facts_in(version, *(part for each in always(version) for part in (each.when, each.require)))
        self.facts = [fact for fact in version.facts if fact in every]
        say = answering(version, decision)
        self.cells = {fact: list(side.cells[fact]) for fact in self.facts}
        self.situations = [(self.situate(record), say(record)) for record in side.records_over(every)]
        labels = compiled(framework_of(version)).space
        self.label = {
            fact: [cells.labels[cells.cell_of(value)] for value in side.cells[fact].values()]
            for fact in self.facts
            for cells in [labels.cells[labels.level[fact]]]
        }

    def situate(self, record):
        """Fact → the number of its cell, from the lowest value on."""
        return {
            fact: self.cells[fact].index(self.side.cell_of(fact, value))
            for fact, value in record.items()
            if fact in self.facts
        }

    def left(self, allowed):
        """Every answer of a situation whose facts are in these of their cells."""
        return {answer for at, answer in self.situations if all(at[fact] in cells for fact, cells in allowed.items())}

    def is_admissible_whatever_else(self, own):
        """Whether the constraints admit every situation in which the known facts are in these cells."""
        sizes = [len(cells) for fact, cells in self.cells.items() if fact not in own]
        return sum(all(at[fact] == cell for fact, cell in own.items()) for at, _ in self.situations) == prod(sizes)

    def kind(self, fact):
        return self.version.facts[fact].type

    def is_ordered(self, fact):
        return self.version.facts[fact].is_ordered


def plain(answer):
    return str(answer.status), frozenset(answer.outcomes)


def in_every_decision(check, seeds, kinds=FAMILIES):
    for seed in range(seeds):
        version, given_records = _seeded(seed, kinds)
        framework = framework_of(version)
        for name in version.decisions:
            hand = Hand(version, name)
            for known in given_records:
                try:
                    check(hand, name, known, evaluate_facts(framework, given_facts(framework, known)))
                except AssertionError as fault:
                    fault.add_note(f"seed {seed}:\n{version.in_yaml()}\n{name}: {known}")
                    raise


@pytest.mark.slow
def test_a_reason_settles_the_answer_with_the_fewest_facts_each_as_wide_as_can_be():
    seen: Counter[str] = Counter()

    def check(hand, name, known, evaluation):
        found, own = reason(evaluation, name), hand.situate(known)
        left = hand.left({fact: {cell} for fact, cell in own.items()})
        if len(left) != 1:
            assert found is None
            seen["no reason"] += 1
            return
        assert {plain(found.answer)} == left
        allowed = {each.fact: {hand.label[each.fact].index(value) for value in each.values} for each in found.facts}
        assert len(allowed) == len(found.facts)
        assert allowed.keys() <= own.keys()
        assert all(own[fact] in cells for fact, cells in allowed.items())
        assert hand.left(allowed) == left
        assert len(allowed) == fewest(hand, own, left)
        check_as_wide_as_can_be(hand, own, allowed, left, seen)
        seen[f"{min(len(allowed), 2)} facts"] += 1

    in_every_decision(check, 70)
    assert min(seen[each] for each in ("no reason", "0 facts", "1 facts", "2 facts", "widened", "kept in")) > 5, seen


def fewest(hand, own, left):
    """The size of the smallest set of known facts that settle the answer, by trying all sets."""
    for size in range(len(own) + 1):
        for chosen in combinations(own, size):
            if hand.left({fact: {own[fact]} for fact in chosen}) == left:
                return size
    raise AssertionError("all that is known does not settle it")


def check_as_wide_as_can_be(hand, own, allowed, left, seen):
    """No fact can take a further value; on a scale, none next to those it has."""
    for fact, cells in allowed.items():
        others = set(range(len(hand.cells[fact]))) - cells
        if hand.is_ordered(fact):
            assert cells == set(range(min(cells), max(cells) + 1))
            others &= {min(cells) - 1, max(cells) + 1}
        for cell in others:
            assert not hand.left({**allowed, fact: cells | {cell}}) <= left, fact
        seen["widened"] += len(cells) > 1
        seen["kept in"] += bool(others)


@pytest.mark.slow
def test_leaning_on_the_constraints_is_said_where_the_answer_needs_them():
    seen: Counter[bool] = Counter()

    def check(hand, name, known, evaluation):
        if found := reason(evaluation, name):
            free = SideBySide(without_constraints(hand.version), without_constraints(hand.version), name)
            say = answering(hand.version, name)
            allowed = {each.fact: set(each.values) for each in found.facts}
            answers = {
                say(record)
                for record in free.records_over(hand.facts)
                if all(hand.label[fact][hand.situate(record)[fact]] in values for fact, values in allowed.items())
            }
            assert found.leans is (answers != {plain(found.answer)})
            seen[found.leans] += 1

    in_every_decision(check, 40)
    assert min(seen[True], seen[False]) > 3, seen


def without_constraints(version):
    usual = tuple(replace(each, force="usual") for each in version.constraints)
    return replace(version, constraints=usual)


# Changes


@pytest.mark.exhaustive
@pytest.mark.parametrize("kinds", [FAMILIES, ("ranged",), ("one of",)], ids=["all", "whole numbers", "words"])
def test_changes_are_all_of_the_cheapest_ways_to_each_other_answer(kinds):
    seen = check_changes(kinds, 60)
    assert min(seen.values()) > 5, seen


def check_changes(kinds, seeds):
    seen: Counter[str] = Counter()

    def check(hand, name, known, evaluation):
        own = hand.situate(known)
        left = hand.left({fact: {cell} for fact, cell in own.items()})
        for fixed in ((), sorted(known)[:1]):
            found = changes(evaluation, name, fixed)
            if len(left) != 1 or not hand.is_admissible_whatever_else(own):
                assert found is None
                seen["unknown"] += 1
                continue
            expected = cheapest(hand, own, left, fixed)
            steps = {plain(each.answer): each.steps for each in found}
            assert steps == {answer: least for answer, (least, _) in expected.items()}
            for each in found:
                check_ways(each, expected[plain(each.answer)][1])
                seen["several ways"] += len(each.ways) > 1
                seen["several steps"] += each.steps > 1
                seen["fixed"] += bool(fixed)

    in_every_decision(check, seeds, kinds)
    return seen


def check_ways(change, ways):
    given = {frozenset(way.items()) for way in change.ways}
    assert len(given) == len(change.ways)
    assert given <= ways
    assert change.more is (len(ways) > 50)
    assert len(given) == min(len(ways), 50)


def cheapest(hand, own, left, fixed):
    """Answer → the least steps to it, and every way that takes as few; numbers and dates go no further than they must.

    Grades cost a step each, other values that change one each.
    """
    found = {}
    for at, answer in hand.situations:
        if answer in left or any(at[fact] != own[fact] for fact in fixed if fact in own):
            continue
        changed = {fact: cell for fact, cell in at.items() if fact in own and cell != own[fact]}
        away = {fact: abs(cell - own[fact]) for fact, cell in changed.items()}
        steps = sum(away[fact] if hand.kind(fact) == "grade" else 1 for fact in changed)
        further = sum(away[fact] for fact in changed if hand.kind(fact) in ("whole number", "decimal", "date"))
        way = frozenset((fact, hand.label[fact][cell]) for fact, cell in changed.items())
        found.setdefault(answer, []).append((steps, further, way))
    least = {answer: min(each[:2] for each in ways) for answer, ways in found.items()}
    return {
        answer: (least[answer][0], {way for *cost, way in ways if tuple(cost) == least[answer]})
        for answer, ways in found.items()
    }


# What to find out next


def test_what_to_find_out_next_is_settled_by_the_largest_share_of_its_values():
    seen: Counter[bool] = Counter()

    def check(hand, name, known, evaluation):
        found, own = best_next(evaluation.decisions[name]), hand.situate(known)
        given = {fact: {cell} for fact, cell in own.items()}
        left = hand.left(given)
        if len(left) < 2:
            assert found is None
            return
        measured = {}
        for fact in set(hand.facts) - own.keys():
            answers = [hand.left({**given, fact: {cell}}) for cell in range(len(hand.cells[fact]))]
            counts = [len(each) for each in answers if each]
            measured[fact] = (
                Fraction(sum(count > 1 for count in counts), len(counts)),
                max(counts),
                Fraction(sum(counts), len(counts)),
            )
        asked = {each.fact for each in evaluation.decisions[name].settling}
        assert measured[found.fact] == min(measured[fact] for fact in asked)
        seen[len(asked) > 1] += 1

    in_every_decision(check, 40)
    assert seen[True] > 10
