"""Versions written otherwise that mean the same: proved to be the same, and every edit said to be without effect."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from agreement.brute import brute_of, holding
from agreement.pairs import framework_as
from agreement.strategies import FAMILIES, _seeded
from agreement.versions import checked, texts
from greenpaper.comparison.behaviour import behaviours
from greenpaper.language.syntax import And, Comparison, Condition, FactName, Not, Or, Quantifier, Quantity, Verb

# Conditions that mean the same


def of_parts(condition: Condition, other: Callable[[Condition], Condition]) -> Condition:
    """The condition with every condition inside it, and then itself, written otherwise."""
    match condition:
        case And(parts) | Or(parts):
            return other(replace(condition, parts=tuple(of_parts(part, other) for part in parts)))
        case Not(part):
            return other(Not(of_parts(part, other), None))
    return other(condition)


def de_morgan(condition):
    match condition:
        case And(parts):
            return Not(Or(tuple(Not(part, None) for part in parts), None), None)
        case Or(parts):
            return Not(And(tuple(Not(part, None) for part in parts), None), None)
    return condition


def denied_twice(condition):
    return Not(Not(condition, None), None) if isinstance(condition, Comparison) else condition


def the_other_way_round(condition):
    return replace(condition, parts=condition.parts[::-1]) if isinstance(condition, And | Or) else condition


def none_as_not_any(condition):
    """`none of` as `not any of`, and `any of` as `not none of`."""
    match condition:
        case Comparison(Quantity(Quantifier.NONE | Quantifier.ANY as said) as quantity):
            other = Quantifier.ANY if said is Quantifier.NONE else Quantifier.NONE
            return Not(replace(condition, subject=replace(quantity, quantifier=other)), None)
    return condition


def is_not_as_not_is(condition):
    """`is not` as `not … is`, and `is` as `not … is not`; of decisions, which may have no outcome, it is not the same."""
    match condition:
        case Comparison(FactName(name), test) if test.verb in (Verb.IS, Verb.IS_NOT) and "decision" not in name:
            verb = Verb.IS if test.verb is Verb.IS_NOT else Verb.IS_NOT
            return Not(replace(condition, test=replace(test, verb=verb)), None)
    return condition


def in_every_rule(other):
    """The version with the conditions of all rules written otherwise."""

    def rewrite(version, random):
        def another(decision):
            rules = (replace(rule, when=of_parts(rule.when, other)) for rule in decision.rules)
            return replace(decision, rules=tuple(rules))

        return replace(version, decisions={name: another(each) for name, each in version.decisions.items()})

    rewrite.__name__ = other.__name__
    return rewrite


# Orders that mean nothing


def rules_reordered(version, random):
    def another(decision):
        return decision if decision.resolve == "first" else replace(decision, rules=shuffled(decision.rules, random))

    return replace(version, decisions={name: another(each) for name, each in version.decisions.items()})


def disjoint_rules_swapped(version, random):
    """Under `first`, every two neighbours of which no record meets both."""

    def another(decision):
        rules = list(decision.rules)
        for at in range(len(rules) - 1) if decision.resolve == "first" else ():
            whens = [holding(version, rule.when) for rule in rules[at : at + 2]]
            if not any(all(when(dict(each.values)) for when in whens) for each in brute_of(version).completions):
                rules[at : at + 2] = rules[at + 1], rules[at]
        return replace(decision, rules=tuple(rules))

    return replace(version, decisions={name: another(each) for name, each in version.decisions.items()})


def facts_reordered(version, random):
    return replace(version, facts=dict(shuffled(tuple(version.facts.items()), random)))


def members_reordered(version, random):
    return replace(version, groups={name: shuffled(members, random) for name, members in version.groups.items()})


def decisions_reordered(version, random):
    return replace(version, decisions=dict(shuffled(tuple(version.decisions.items()), random)))


def shuffled(items, random):
    return tuple(random.sample(items, len(items)))


CONDITIONS = (de_morgan, denied_twice, the_other_way_round, none_as_not_any, is_not_as_not_is)
ORDERS = (rules_reordered, disjoint_rules_swapped, facts_reordered, members_reordered, decisions_reordered)


@pytest.mark.exhaustive
@pytest.mark.parametrize("rewrite", [*map(in_every_rule, CONDITIONS), *ORDERS], ids=lambda each: each.__name__)
def test_what_is_written_otherwise_and_means_the_same_changes_nothing(rewrite):
    written_otherwise = 0
    for seed in range(10):
        before, _ = _seeded(seed, FAMILIES)
        after = rewrite(before, Random(seed))
        earlier, later = framework_as(before, "earlier"), framework_as(after, "later")
        assert earlier
        assert later, after.in_yaml()
        check_same(earlier, later, f"seed {seed}:\n{before.in_yaml()}\n{after.in_yaml()}")
        written_otherwise += list(texts(before)) != list(texts(after))
    assert written_otherwise


def check_same(earlier, later, note):
    found = behaviours(earlier, later)
    assert not found.not_comparable
    for each in found.decisions:
        assert not each.changes, note
        assert not each.responsible.undetermined
        assert set(each.responsible.without_effect) == set(each.responsible.edits), note
        rules = {rule.id: rule.when.words for rule in earlier.decisions[each.decision].rules}
        reworded = [rule.id for rule in later.decisions[each.decision].rules if rules[rule.id] != rule.when.words]
        assert [edit.name for edit in each.responsible.without_effect if edit.part == "rule"] == reworded
    assert found.is_same or not all(each.situations for each in found.decisions)


def test_a_version_in_another_layout_is_the_same_without_an_edit():
    for seed in range(8):
        version, _ = _seeded(seed, FAMILIES)
        earlier, (later, wrong) = framework_as(version, "tested"), checked([*in_another_layout(version)])
        assert later, wrong
        check_same(earlier, later, f"seed {seed}")
        assert not any(each.responsible.edits for each in behaviours(earlier, later).decisions)


def in_another_layout(version):
    """Comments, line breaks, blanks and parentheses that say nothing."""
    for kind, text in texts(version):
        yield (
            kind,
            "# said in passing\n"
            + re.sub(
                r"^( *(?:- )?)(when|require): (.*)$",
                lambda line: (
                    f"{line[1]}{line[2]}: >-  # said in passing\n{' ' * len(line[1])}    ( {line[3].replace(' ', '  ')} )"
                ),
                text,
                flags=re.MULTILINE,
            ),
        )
