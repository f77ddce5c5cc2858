"""Two random versions, the second a copy of the first with something changed, a little or all of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from random import Random

from agreement.strategies import (
    FAMILIES,
    RESOLVES,
    Draw,
    _Names,
    a_version,
    conditions,
    flip,
    one,
    some,
    whole,
)
from agreement.versions import Version, WrittenConstraint, WrittenDecision, WrittenRule, checked, names_used, texts
from greenpaper.framework.checked import Framework

Mutation = Callable[[Draw, Version], Version]
Pair = tuple[Version, Version]
FrameworkPair = tuple[Version, Version, Framework, Framework]


def names_of(version: Version, number: int = -1) -> _Names:
    """What a condition of the numbered decision, or of a constraint, may use."""
    names = _Names(tuple(version.facts.values()), version.groups)
    if number >= 0:
        names.definitions = [name for name in version.definitions if int(name[-1]) <= number]
        earlier = (version.decisions.get(f"decision{each}") for each in range(number))
        names.decisions = [each for each in earlier if each and each.resolve != "every"]
    return names


def a_decision(draw: Draw, version: Version) -> tuple[WrittenDecision, _Names]:
    decision = one(draw, sorted(version.decisions.values(), key=lambda each: each.id))
    return decision, names_of(version, int(decision.id[-1]))


def with_decision(version: Version, decision: WrittenDecision) -> Version:
    return replace(version, decisions={**version.decisions, decision.id: decision})


def with_rules(version: Version, decision: WrittenDecision, rules: Sequence[WrittenRule]) -> Version:
    return with_decision(version, replace(decision, rules=tuple(rules))) if rules else version


# One change each


def condition_changed(draw: Draw, version: Version) -> Version:
    decision, names = a_decision(draw, version)
    rule = one(draw, decision.rules)
    other = replace(rule, when=conditions(draw, names, 1))
    return with_rules(version, decision, [other if each is rule else each for each in decision.rules])


def rule_added(draw: Draw, version: Version) -> Version:
    decision, names = a_decision(draw, version)
    rule = WrittenRule(f"added-{whole(draw, 1, 999)}", conditions(draw, names, 1), one(draw, decision.outcomes))
    at = whole(draw, 0, len(decision.rules))
    return with_rules(version, decision, [*decision.rules[:at], rule, *decision.rules[at:]])


def rule_removed(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    gone = one(draw, decision.rules)
    return with_rules(version, decision, [each for each in decision.rules if each is not gone])


def rule_renamed(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    rule = one(draw, decision.rules)
    other = replace(rule, id=f"renamed-{whole(draw, 1, 999)}")
    return with_rules(version, decision, [other if each is rule else each for each in decision.rules])


def reordered(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    return with_rules(version, decision, some(draw, decision.rules, len(decision.rules), len(decision.rules)))


def outcome_changed(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    rule = one(draw, decision.rules)
    other = replace(rule, then=one(draw, decision.outcomes))
    return with_rules(version, decision, [other if each is rule else each for each in decision.rules])


def outcome_added(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    outcomes = tuple(dict.fromkeys((*decision.outcomes, f"{decision.id}_z")))
    rules = tuple(replace(each, then=outcomes[-1]) if flip(draw) else each for each in decision.rules)
    return with_decision(version, replace(decision, outcomes=outcomes, rules=rules))


def resolve_changed(draw: Draw, version: Version) -> Version:
    decision, _ = a_decision(draw, version)
    return with_decision(version, replace(decision, resolve=one(draw, RESOLVES)))


def constraint_changed(draw: Draw, version: Version) -> Version:
    other = WrittenConstraint(f"K-{whole(draw, 0, 1)}", conditions(draw, names_of(version), 1))
    kept = [each for each in version.constraints if flip(draw) and each.id != other.id]
    return replace(version, constraints=(*kept, other) if flip(draw) else tuple(kept))


def definition_changed(draw: Draw, version: Version) -> Version:
    if not version.definitions:
        return condition_changed(draw, version)
    name = one(draw, sorted(version.definitions))
    names = names_of(version, int(name[-1]))
    names.definitions.remove(name)
    return replace(version, definitions={**version.definitions, name: conditions(draw, names, 1)})


def group_changed(draw: Draw, version: Version) -> Version:
    if not version.groups:
        return condition_changed(draw, version)
    (name,) = version.groups
    first = version.facts[version.groups[name][0]]
    likes = [
        fact.id
        for fact in version.facts.values()
        if (fact.type, fact.words, fact.unit, fact.constants) == (first.type, first.words, first.unit, first.constants)
    ]
    return replace(version, groups={name: tuple(some(draw, likes, 2, 3))})


ONE_CHANGE: tuple[Mutation, ...] = (
    condition_changed,
    condition_changed,
    rule_added,
    rule_removed,
    rule_renamed,
    reordered,
    outcome_changed,
    outcome_added,
    resolve_changed,
    constraint_changed,
    definition_changed,
    group_changed,
)


def all_changed(draw: Draw, version: Version) -> Version:
    """Other rules, definitions and constraints over the same facts."""
    for number in range(4):
        if f"definition{number}" in version.definitions:
            names = names_of(version, number)
            names.definitions.remove(f"definition{number}")
            other = conditions(draw, names, 1)
            version = replace(version, definitions={**version.definitions, f"definition{number}": other})
        if decision := version.decisions.get(f"decision{number}"):
            names = names_of(version, number)
            rules = tuple(
                WrittenRule(f"other-{each}", conditions(draw, names), one(draw, decision.outcomes))
                for each in range(whole(draw, 1, 4))
            )
            version = with_decision(version, replace(decision, rules=rules))
    return constraint_changed(draw, version)


def facts_left_out(version: Version) -> Version:
    """The version without the facts that it has no use for, so that the other one alone declares them."""
    used = {name for condition in version.conditions() for name in names_used(condition)}
    text = " ".join(text for _, text in texts(version))
    facts = {name: fact for name, fact in version.facts.items() if name in used or text.count(name) > 1}
    return replace(version, facts=facts or version.facts)


# Pairs


def framework_as(version: Version, name: str) -> Framework | None:
    """The framework under a name of its own; None where the checker does not accept the version."""
    files = [(kind, text.replace("version: tested", f"version: {name}")) for kind, text in texts(version)]
    return checked(files)[0]


def a_pair(
    draw: Draw, *, mutations: Sequence[Mutation] = ONE_CHANGE, most: int = 4, kinds: Sequence[str] = FAMILIES
) -> Pair:
    """A version, and the same after some changes; one in five is changed in all its rules."""
    before = after = a_version(draw, kinds)
    if mutations is ONE_CHANGE and whole(draw, 0, 4) == 0:
        after = all_changed(draw, before)
    for _ in range(whole(draw, 1, most)):
        after = one(draw, mutations)(draw, after)
    return before, facts_left_out(after) if whole(draw, 0, 3) == 0 else after


@cache
def seeded_pair(seed: int, mutations: Sequence[Mutation] = ONE_CHANGE, most: int = 4) -> FrameworkPair:
    """The first pair from a seed that the checker accepts, with its frameworks; the same for all tests."""
    draw = Random(seed).randint
    while True:
        before, after = a_pair(draw, mutations=mutations, most=most)
        one, other = framework_as(before, "earlier"), framework_as(after, "later")
        if one and other:
            return before, after, one, other


def in_pairs(check: Callable[..., None], seeds: range, made: Callable[[int], FrameworkPair] = seeded_pair) -> None:
    """Check the pair of every seed, and say which one failed."""
    for seed in seeds:
        pair = made(seed)
        try:
            check(*pair)
        except BaseException as fault:
            texts = "\n".join(each.in_yaml() for each in pair if isinstance(each, Version))
            fault.add_note(f"seed {seed}:\n{texts}")
            raise
