"""Two versions whose grades are of different scales: what each situation may become, over all words that grades map to."""

import re
from collections import Counter
from itertools import product
from random import Random

import pytest

from agreement.situations import always, answering, constraint_holding, facts_in
from agreement.strategies import RESOLVES, SCALES, _Names, conditions, flip, one, some, whole
from agreement.test_differences import plain
from agreement.versions import Version, WrittenConstraint, WrittenDecision, WrittenFact, WrittenRule, checked, texts
from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.difference import difference

GRADED = ("heads", "hands")


def a_version(draw, scale, words):
    """Two grades on this scale and a truth, and one decision."""
    facts = [WrittenFact(name, "grade", words, words, scale, constants=words) for name in GRADED]
    facts.append(WrittenFact("open", "truth", (False, True), constants=(False, True)))
    names = _Names(facts, {"both": GRADED})
    rules = [
        WrittenRule(f"rule-{n}", conditions(draw, names, 1), one(draw, ("yes", "no"))) for n in range(whole(draw, 1, 3))
    ]
    decision = WrittenDecision("answer", ("yes", "no"), True, one(draw, RESOLVES), tuple(rules))
    constraints = (WrittenConstraint("C-1", conditions(draw, names, 1)),) if whole(draw, 0, 2) == 0 else ()
    return Version({scale: words}, names.facts, names.groups, {"answer": decision}, {}, constraints)


def mapped_versions(seed, *, gaps=False):
    """Both versions, their frameworks, and the pairs of an old and a later word."""
    draw = Random(seed).randint
    while True:
        old, new = (words[: whole(draw, 3, 4)] for words in SCALES)
        before, after = a_version(draw, "old_scale", old), a_version(draw, "new_scale", new)
        leads_on = flip(draw)
        words = {each: some(draw, new if leads_on else old, 1, 2) for each in (old if leads_on else new)}
        if gaps:
            words.pop(one(draw, sorted(words)))
        pairs = {(a, b) if leads_on else (b, a) for a, targets in words.items() for b in targets}
        whole_map = {a for a, _ in pairs} == set(old)
        mapping = (after, "new_scale", "old_scale", words) if leads_on else (before, "old_scale", "new_scale", words)
        frameworks = [with_mapping(each, name, mapping) for each, name in ((before, "earlier"), (after, "later"))]
        if whole_map is not gaps and all(frameworks):
            return before, after, *frameworks, pairs


def with_mapping(version, name, mapping):
    holder, scale, other, words = mapping
    told = "; ".join(f"{word}: [{', '.join(targets)}]" for word, targets in words.items()).replace(";", ",")
    files = []
    for kind, text in texts(version):
        if kind == "vocabulary" and version is holder:
            head = f"  {scale}: {{"
            text = text.replace(head, f"{head}maps_from: {{{other}: {{{told}}}}}, ")  # noqa: PLW2901
        files.append((kind, text.replace("version: tested", f"version: {name}")))
    return checked(files)[0]


def expected(before, after, pairs):
    """(answer, every later answer) → how many old situations, of those that some pair of words makes admissible."""
    ties = [
        (facts_in(version, each.when, each.require), constraint_holding(version, each), side)
        for side, version in enumerate((before, after))
        for each in always(version)
    ]
    counted = {
        fact
        for each in (before, after)
        for rule in each.decisions["answer"].rules
        for fact in facts_in(each, rule.when)
    }
    while wider := [read for read, _, _ in ties if read & counted and not read <= counted]:
        counted = counted.union(*wider)
    limits = [(holds, side) for read, holds, side in ties if read and read <= counted]
    say = [answering(version, "answer") for version in (before, after)]
    facts = sorted(counted)
    found = {}
    for chosen in product(*(sorted(pairs) if fact in GRADED else [(False, False), (True, True)] for fact in facts)):
        sides = [{fact: pair[side] for fact, pair in zip(facts, chosen, strict=True)} for side in (0, 1)]
        if all(holds(dict(sides[side])) for holds, side in limits):
            found.setdefault(tuple(sides[0].items()), []).append(tuple(say[side](sides[side]) for side in (0, 1)))
    return Counter((became[0][0], frozenset(after for _, after in became)) for became in found.values())


@pytest.mark.exhaustive
def test_what_each_old_situation_may_become_is_that_of_all_words_it_maps_to():
    seen: Counter[str] = Counter()
    for seed in range(80):
        before, after, earlier, later, pairs = mapped_versions(seed)
        found = difference(earlier, later).decisions["answer"]
        truth = expected(before, after, pairs)
        assert {
            (plain(became.before), frozenset(map(plain, became.after))): count
            for became, count in found.counts().items()
        } == truth, seed
        (told,) = behaviours(earlier, later).decisions
        moved = {kind: told.moving(kind) for kind in Movement}
        assert moved == {
            kind: sum(n for became, n in truth.items() if movement(*became) is kind) for kind in Movement
        }, seed
        assert told.situations == truth.total()
        assert told.limits is None or not used(before, after, GRADED)
        for kind, count in moved.items():
            seen[str(kind)] += count > 0
    assert min(seen[str(kind)] for kind in Movement) > 5, seen


def movement(before, after):
    if before not in after:
        return Movement.CERTAIN
    return Movement.NONE if len(after) == 1 else Movement.POSSIBLE


def used(before, after, facts):
    """Those of the facts that the rules of both versions read."""
    read = [
        {fact for rule in version.decisions["answer"].rules for fact in facts_in(version, rule.when)}
        for version in (before, after)
    ]
    return read[0] & read[1] & set(facts)


def test_a_word_without_a_mapping_makes_decisions_that_read_it_on_both_sides_not_comparable():
    seen: Counter[bool] = Counter()
    for seed in range(60):
        before, after, earlier, later, _ = mapped_versions(seed, gaps=True)
        found = behaviours(earlier, later)
        apart = used(before, after, GRADED)
        assert ("answer" in found.not_comparable) is bool(apart)
        assert all(fact in found.not_comparable["answer"] for fact in apart)
        assert not (apart and found.is_same)
        assert len(found.decisions) == (not apart)
        seen[bool(apart)] += 1
    assert min(seen.values()) > 3, seen


def test_a_mapping_to_one_word_each_is_no_more_than_other_names_for_the_grades():
    """Renamed one by one and in order, the same rules are the same version."""
    renamed = dict(zip(SCALES[0][:3], SCALES[1][:3], strict=True))
    seen = 0
    for seed in range(30):
        before = a_version(Random(seed).randint, "old_scale", tuple(renamed))
        earlier, later = checked(list(texts(before)))[0], checked([*in_other_words(before, renamed)])[0]
        if not earlier:
            continue
        assert later
        found = behaviours(earlier, later)
        assert not any(each.changes for each in found.decisions)
        assert found.is_same or not found.decisions[0].situations
        seen += found.is_same
    assert seen > 10


def in_other_words(version, renamed):
    told = ", ".join(f"{word}: [{other}]" for word, other in renamed.items())
    head = "  new_scale: {"
    for kind, text in texts(version):
        other = re.sub(rf"\b({'|'.join(renamed)})\b", lambda word: renamed[word[0]], text).replace(
            "old_scale", "new_scale"
        )
        yield kind, other.replace(head, f"{head}maps_from: {{old_scale: {{{told}}}}}, ")
