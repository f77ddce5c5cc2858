"""Pairs of answers by trying every completion of both sides, one after the other. Knows no cells and no diagrams."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from agreement.brute import Brute, Completion, Said
from agreement.versions import Version

Answered = tuple[str, tuple[str, ...]]


def facts_read(version: Version, decision: str) -> frozenset[str]:
    """The facts that the decision's rules read, through definitions and other decisions."""
    found: set[str] = set()
    waiting = [rule.when for rule in version.decisions[decision].rules]
    while waiting:
        for name in names_in(version, waiting.pop()):
            if name in version.definitions:
                waiting.append(version.definitions[name])
            elif name in version.decisions:
                waiting += [rule.when for rule in version.decisions[name].rules]
            else:
                found.add(name)
    return frozenset(found)


def names_in(version: Version, condition: Any) -> set[str]:
    """Every name of a fact, definition or decision anywhere in a condition."""
    if isinstance(condition, (tuple, list)):
        return {name for part in condition for name in names_in(version, part)}
    if not is_dataclass(condition) or isinstance(condition, type):
        known = {**version.facts, **version.definitions, **version.decisions}
        if isinstance(condition, str) and condition in version.groups:
            return set(version.groups[condition])
        return {condition} if isinstance(condition, str) and condition in known else set()
    values = [getattr(condition, each.name) for each in fields(condition) if each.name != "span"]
    return {name for value in values for name in names_in(version, value)}


def pairs_by_hand(
    before: Brute, after: Brute, decision: str, known: Mapping[str, Any], known_after: Mapping[str, Any]
) -> frozenset[tuple[Answered, Answered]]:
    """Every pair of answers of two completions that agree on the facts which both decisions read."""
    shared = facts_read(before.version, decision) & facts_read(after.version, decision)
    left = {(_at(each, shared), _answer(each.says[decision])) for each in before.counted_completions(known)[0]}
    right = {(_at(each, shared), _answer(each.says[decision])) for each in after.counted_completions(known_after)[0]}
    return frozenset((one, other) for at, one in left for also, other in right if at == also)


def _at(completion: Completion, facts: frozenset[str]) -> tuple[Any, ...]:
    return tuple(completion.values[fact] for fact in sorted(facts))


def _answer(said: Said) -> Answered:
    return said.status, said.outcomes
