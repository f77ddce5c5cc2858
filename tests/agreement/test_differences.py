"""What changes between two versions over all situations, against every situation tried one after the other."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, count

import pytest

from agreement.brute import holding
from agreement.pairs import group_changed, in_pairs, seeded_pair
from agreement.situations import SideBySide, facts_in
from comparison.small import FACTS, decision, rule, small_framework
from greenpaper.analysis.coverage import cover
from greenpaper.comparison.difference import difference
from greenpaper.comparison.transitions import Told
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.situations.compile import Compiler

CHUNKS = [range(start, start + 125) for start in range(0, 500, 125)]


def plain(answer):
    return str(answer.status), frozenset(answer.outcomes)


def changed(became):
    """A transition of two versions without mapped scales: one answer that becomes one."""
    (after,) = became.after
    return plain(became.before), plain(after)


@pytest.mark.exhaustive
def test_transitions_are_those_of_all_situations():
    """Counts of every decision; regions and witnesses of one in five, since they take most of the time."""
    check_pairs(range(150), 1)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_regions_and_witnesses_of_every_decision_are_those_of_all_situations(seeds):
    check_pairs(seeds, 5)


def check_pairs(seeds, told_in_five):
    seen: Counter[str] = Counter()

    number = count()

    def check(before, after, one, other):
        found = difference(one, other)
        assert not found.not_comparable
        assert set(found.decisions) == set(before.decisions) | set(after.decisions)
        words = Words(before, after, one, other)
        moved = False
        for name, side in found.decisions.items():
            hand = SideBySide(before, after, name)
            check_transitions(hand, side)
            if next(number) % 5 < told_in_five:
                check_told(hand, words, side, seen)
            moved |= any(left != right for left, right in hand.counts)
        assert found.changes is moved
        seen["moved" if moved else "same"] += 1
        seen["of one version alone"] += before.facts.keys() != after.facts.keys()

    in_pairs(check, seeds)
    assert seen["of one version alone"]
    kinds = ("moved", "same", "several", "sharing", "following", "facts left out", "all facts")
    assert min(seen[each] for each in kinds) > 1, seen


def check_transitions(hand, side):
    assert set(side.facts()) == set(hand.facts)
    assert {changed(became): situations for became, situations in side.counts().items()} == dict(hand.counts)


def check_told(hand, words, side, seen):
    for transition in Told(side).transitions:
        target = changed(transition.became)
        inside = {number for number, answer in enumerate(hand.answers) if answer == target}
        assert transition.situations == len(inside)
        regions = [place.region for place in transition.places]
        check_regions(hand, words, side, regions, inside, transition.beyond)
        for place in transition.places:
            check_witness(hand, place.witness, target)
            seen["facts left out" if len(place.witness) < len(hand.facts) else "all facts"] += 1
        seen["several"] += len(regions) > 1
        seen["sharing"] += any(region.shares for region in regions)
        seen["following"] += any(region.follows for region in regions)


class Words:
    """What words mean that speak of both versions: a group that the later one has otherwise is `<name> in later`."""

    def __init__(self, before, after, one, other):
        groups = {name: f"{name}_in_later" for name in after.groups if before.groups.get(name) != after.groups[name]}
        self.other_groups = {name: made for name, made in groups.items() if name in before.groups}
        names = {self.other_groups.get(name, name): members for name, members in after.groups.items()}
        self.version = replace(before, facts={**after.facts, **before.facts}, groups={**before.groups, **names})
        made = {self.other_groups.get(name, name): group for name, group in other.vocabulary.groups.items()}
        self.vocabulary = replace(
            one.vocabulary,
            facts={**other.vocabulary.facts, **one.vocabulary.facts},
            groups={**one.vocabulary.groups, **made},
        )

    def parsed(self, words):
        for name, made in self.other_groups.items():
            words = words.replace(f"{name} in later", made)
        return parsed(words)

    def term(self, words):
        term, wrong = check_condition(self.parsed(words), self.vocabulary)
        assert term, (words, [each.message for each in wrong])
        return term

    def meaning(self, words):
        """The condition as a function of a record."""
        return holding(self.version, self.parsed(words)) if words else lambda record: True

    def held(self, words, hand):
        """The situations in which it holds."""
        holds = self.meaning(words)
        return {number for number, record in enumerate(hand.records) if holds(dict(record))}


@cache
def parsed(words):
    condition, wrong = parse_condition(words)
    assert condition, (words, wrong)
    return condition


def check_regions(hand, words, side, regions, inside, beyond):
    held = [words.held(region.words, hand) for region in regions]
    left = set(inside)
    for region, where in zip(regions, held, strict=True):
        assert where
        assert where <= inside, region.words
        assert region.situations == len(where)
        assert region.further == len(where & left)
        left -= where
        meant = Compiler(side.space, side.forest)
        assert not region.words or meant.diagram(words.term(region.words)) == meant.diagram(region.term)
        assert all(where <= words.held(follows, hand) for follows in region.follows)
        check_no_test_is_needless(hand, words, region, inside)
    assert len(left) == beyond
    sharing = {each for pair in combinations(range(len(held)), 2) if held[pair[0]] & held[pair[1]] for each in pair}
    assert [region.shares for region in regions] == [number in sharing for number in range(len(held))]
    sizes = [len(each) for each in held]
    assert sizes == sorted(sizes, reverse=True)
    for number in range(len(held)) if not beyond else ():
        assert set().union(*held[:number], *held[number + 1 :]) != inside, "the others hold all of this region"


def check_no_test_is_needless(hand, words, region, inside):
    """Without any one of its tests, the region holds outside the transition."""
    for part in region.term.parts:
        others = " and ".join(each.words for each in region.term.parts if each is not part)
        assert not words.held(others, hand) <= inside, region.words


def check_witness(hand, witness, target):
    """All situations of the witness are of the transition, and one is; without any of its facts, some are not."""
    assert hand.matching(witness) == {target}
    for fact in witness:
        fewer = {name: value for name, value in witness.items() if name != fact}
        assert hand.matching(fewer) != {target}, fact


# Groups with other members


@pytest.mark.exhaustive
def test_regions_name_a_group_of_the_later_version_as_such():
    def check(before, after, one, other):
        words = Words(before, after, one, other)
        for name, side in difference(one, other).decisions.items():
            hand = SideBySide(before, after, name)
            for transition in Told(side).transitions:
                inside = {number for number, each in enumerate(hand.answers) if each == changed(transition.became)}
                regions = [place.region for place in transition.places]
                check_regions(hand, words, side, regions, inside, transition.beyond)

    in_pairs(check, range(80), lambda seed: seeded_pair(seed, (group_changed,), 1))


def test_a_group_that_differs_has_its_plain_name_in_the_earlier_version_alone(tmp_path):
    more = "  feet: {type: grade, scale: quality, title: The feet, confidence: stated}\ngroups:"
    facts = FACTS.replace("groups:", more)
    rules = rule("low", "lowest of all_parts is poor", "call")
    before = small_framework(tmp_path, "one", decision(rules), vocabulary=facts)
    after = small_framework(
        tmp_path, "two", decision(rules), vocabulary=facts.replace("[heads, hands]", "[heads, feet]")
    )
    side = difference(before, after).decisions["follow_up"]
    (gone,) = (
        each for each in Told(side).transitions if not each.became.after[0].outcomes and each.became.before.outcomes
    )
    (place,) = gone.places
    assert place.region.words == "lowest of all_parts is poor and none of all_parts in two are poor"


# Gaps and overlaps


@pytest.mark.exhaustive
def test_gaps_and_overlaps_of_both_versions_are_those_of_all_situations():
    check_gaps_and_overlaps(range(50))


@pytest.mark.exhaustive
@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_gaps_and_overlaps_of_500_pairs_are_those_of_all_situations(seeds):
    check_gaps_and_overlaps(seeds)


def check_gaps_and_overlaps(seeds):
    seen: Counter[str] = Counter()

    def check(before, after, one, other):
        for version, framework in ((before, one), (after, other)):
            for coverage in cover(framework):
                check_coverage(version, coverage, seen)

    in_pairs(check, seeds)
    assert min(seen[each] for each in ("gap", "open", "overlap", "never")) > 20, seen


def check_coverage(version, coverage, seen):
    written = version.decisions[coverage.decision.id]
    records = alone(version, written)
    rules = {rule.id: holding(version, rule.when) for rule in written.rules}
    entries = [holding(version, entry) for entry in written.left_open]
    applies = [{name for name, when in rules.items() if when(dict(each))} for each in records]
    is_open = [any(when(dict(each)) for when in entries) for each in records]
    assert coverage.situations == len(records)
    assert coverage.without_rule == sum(not found for found in applies)
    assert coverage.left_open == sum(is_open)
    assert coverage.undeclared == sum(not found and not named for found, named in zip(applies, is_open, strict=True))
    expected = Counter(pair for found in applies for pair in combinations(sorted(found), 2))
    overlaps = {tuple(sorted((each.first.id, each.second.id))): each.situations for each in coverage.overlaps}
    assert overlaps == expected
    assert {rule.id for rule in coverage.never} == rules.keys() - set().union(*applies)
    seen["gap"] += not all(applies)
    seen["open"] += any(is_open)
    seen["overlap"] += bool(overlaps)
    seen["never"] += bool(coverage.never)


def alone(version, decision):
    """One record for each situation of a decision of one version, with the facts that `left_open` reads."""
    asked = facts_in(version, *(rule.when for rule in decision.rules), *decision.left_open)
    return SideBySide(version, version, decision.id).records_over(asked)
