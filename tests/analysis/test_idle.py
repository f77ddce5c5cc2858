"""Rules and conditions that change nothing, counted against every situation tried by hand."""

from collections import Counter
from dataclasses import replace

import pytest

from agreement.brute import Brute, holding
from agreement.strategies import in_every_version
from agreement.versions import framework_of
from analysis.by_hand import ByHand
from greenpaper.analysis.conditions import conditions_of, needless_parts, settled
from greenpaper.analysis.counting import whole_of
from greenpaper.analysis.coverage import cover
from greenpaper.analysis.idle_rules import needless_rules, preceded_rules
from greenpaper.analysis.limits import contradiction, following, idle
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import And, Not, Or


def without(version, name, gone):
    """The version whose decision lacks these rules."""
    decision = version.decisions[name]
    rules = tuple(rule for rule in decision.rules if rule.id not in gone)
    return replace(version, decisions={**version.decisions, name: replace(decision, rules=rules)})


def answers(hand, gone):
    """What the decision says in every situation without these rules."""
    brute = Brute(without(hand.version, hand.name, gone))
    return [brute.complete(each.values).says[hand.name].answer for each in hand.situations.values()]


@pytest.mark.exhaustive
def test_rules_that_never_decide_and_rules_that_nobody_would_miss():
    seen: Counter[str] = Counter()

    def check(version, _):
        framework = framework_of(version)
        for coverage in cover(framework):
            hand = ByHand(version, framework, coverage.decision.id)
            preceded = tuple(preceded_rules(coverage))
            assert {each.rule.id: each.situations for each in preceded} == preceded_by_hand(hand)
            for each in preceded:
                seen["preceded"] += 1
                assert {rule.id for rule in each.by} == deciding(hand, each.rule.id)
                witnessed(hand, each.witness, hand.rules[each.rule.id])
            gone = [*coverage.never, *(each.rule for each in preceded)]
            needless = tuple(needless_rules(coverage, gone))
            missing = {rule.id for rule in gone} | {each.rule.id for each in needless}
            before = answers(hand, set())
            assert answers(hand, missing) == before
            for each in needless:
                seen[f"needless {coverage.decision.resolve}"] += 1
                assert each.situations == hand.count(hand.rules[each.rule.id])
                witnessed(hand, each.witness, hand.rules[each.rule.id])
            for name in hand.rules.keys() - missing:
                if coverage.decision.resolve != "only one":
                    seen["missed"] += 1
                    assert answers(hand, missing | {name}) != before

    in_every_version(check, seeds=80)
    assert set(seen) == {"preceded", "missed", "needless first", "needless agree", "needless every"}
    assert min(seen.values()) >= 3, seen


def preceded_by_hand(hand):
    if hand.version.decisions[hand.name].resolve != "first":
        return {}
    counts = {name: hand.count(when) for name, when in hand.rules.items()}
    decide = {each.says[hand.name].rules for each in hand.situations.values()}
    return {name: count for name, count in counts.items() if count and (name,) not in decide}


def deciding(hand, name):
    applying = (each for each in hand.situations.values() if hand.rules[name](dict(each.values)))
    return {rule for each in applying for rule in each.says[hand.name].rules}


def witnessed(hand, witness, test):
    cells = hand.cells_of(witness)
    described = [
        at for at in hand.situations if all(at[hand.facts.index(fact)] == cell for fact, cell in cells.items())
    ]
    assert described
    assert all(test(dict(hand.situations[at].values)) for at in described)


@pytest.mark.exhaustive
def test_conditions_that_are_settled_and_parts_that_could_go():
    seen: Counter[str] = Counter()

    def check(version, _):
        framework = framework_of(version)
        whole = whole_of(framework)
        for stated in conditions_of(whole, cover(framework)):
            kind, name, *rest = stated.about.split("/")
            if kind == "constraints" or stated.counter.inside == stated.counter.no:
                continue
            hand = ByHand(version, framework, name, frozenset(stated.counter.facts))
            condition = written(version, kind, name, rest)
            count = hand.count(holding(version, condition))
            assert len(hand.situations) == stated.counter.situations
            expected = {0: False, len(hand.situations): True}.get(count)
            found = settled(stated)
            assert (found.holds if found else None) is expected
            seen[f"{kind} {expected}"] += 1
            if expected is None:
                parts = [each.part.words for each in needless_parts(stated)]
                assert parts == [format_condition(each) for each in droppable(hand, condition)]
                seen["part"] += bool(parts)

    in_every_version(check, seeds=40, drawn=10)
    assert {"decisions True", "decisions False", "decisions None", "definitions None", "part"} <= set(seen)
    assert min(seen["decisions True"], seen["decisions False"], seen["part"]) >= 5, seen


def written(version, kind, name, rest):
    """The condition as the parser reads it, which joins what stands in needless brackets."""
    return parse_condition(format_condition(drawn(version, kind, name, rest)))[0]


def drawn(version, kind, name, rest):
    if kind == "definitions":
        return version.definitions[name]
    statements, which = rest
    decision = version.decisions[name]
    if statements == "left_open":
        return decision.left_open[int(which) - 1]
    return next(rule.when for rule in decision.rules if rule.id == which)


def droppable(hand, condition):
    """Parts that could all go, from the end on, each tried in every situation."""

    def values(left):
        holds = holding(hand.version, left)
        return [holds(dict(each.values)) for each in hand.situations.values()]

    whole, left, found = values(condition), condition, []
    for part in joined(condition):
        fewer = cut(left, part)
        if fewer is not left and values(fewer) == whole:
            left = fewer
            found.append(part)
    return found


def joined(condition):
    match condition:
        case And(parts) | Or(parts):
            yield from reversed(parts)
            for part in reversed(parts):
                yield from joined(part)
        case Not(part):
            yield from joined(part)


def cut(condition, gone):
    match condition:
        case And(parts) | Or(parts):
            kept = tuple(cut(part, gone) for part in parts if part is not gone)
            same = len(kept) == len(parts) and all(one is other for one, other in zip(kept, parts, strict=True))
            return condition if same or not kept else replace(condition, parts=kept)
        case Not(part):
            inner = cut(part, gone)
            return condition if inner is part else replace(condition, part=inner)
        case _:
            return condition


@pytest.mark.exhaustive
def test_constraints_that_exclude_everything_nothing_or_nothing_more():
    seen: Counter[str] = Counter()

    def check(version, _):
        framework = framework_of(version)
        whole = whole_of(framework)
        completions = [dict(each.values) for each in Brute(version).completions]
        always = {each.id: each for each in version.constraints if each.force == "always"}

        def admitted(names):
            tests = [demand(version, always[name]) for name in names]
            return [all(test(record) for test in tests) for record in completions]

        none = contradiction(whole)
        assert (none is not None) is not any(admitted(always))
        if none:
            seen["contradiction"] += 1
            culprits = {each.id for each in none.constraints}
            assert not any(admitted(culprits))
            assert all(any(admitted(culprits - {name})) for name in culprits)
        vain = {each.constraint.id for each in idle(whole) if each.constraint.id in always}
        assert vain == {name for name in always if all(admitted([name]))}
        seen["idle"] += len(vain)
        left = always.keys() - vain
        for each in following(whole):
            seen["following"] += 1
            left -= {each.constraint.id}
            others = {other.id for other in each.others}
            assert others <= left
            assert admitted(others) == admitted(others | {each.constraint.id})
        for name in left:
            assert none or len(left) == 1 or admitted(left - {name}) != admitted(left)
        flagged(version, whole, completions, always, seen)

    in_every_version(check, seeds=100)
    assert set(seen) >= {"contradiction", "following", "flags nothing or all"}, seen


def flagged(version, whole, completions, always, seen):
    """Constraints that usually hold: those that do in all or in no admissible record over their facts."""
    tests = [demand(version, each) for each in always.values()]
    records = [record for record in completions if all(test(record) for test in tests)]
    found = {each.constraint.id: each.all for each in idle(whole)}
    for each in version.constraints:
        holds = {demand(version, each)(record) for record in records}
        if each.force == "usual" and len(holds) == 1:
            seen["flags nothing or all"] += 1
            assert found[each.id] is (holds == {False})


def demand(version, constraint):
    require = holding(version, constraint.require)
    if not constraint.when:
        return require
    when = holding(version, constraint.when)
    return lambda record: not when(record) or require(record)
