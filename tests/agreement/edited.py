"""One decision of two versions with any set of the edits between them applied, in plain Python.

An edit is (part, name). Rules are paired by id, those left over by outcome, in order.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

from agreement.brute import Holding, Said, _resolver, holding
from agreement.situations import Answered, Changed, Record, SideBySide, facts_in
from agreement.versions import Version, WrittenDecision, WrittenRule
from greenpaper.language.formatter import format_condition
from greenpaper.language.syntax import Condition

Edit = tuple[str, str]
Edits = frozenset[Edit]
Pairing = tuple[WrittenRule | None, WrittenRule | None]


@dataclass(frozen=True, eq=False)
class EditedDecision:
    """One decision, side by side, that can be put together with some of the edits."""

    side: SideBySide

    @property
    def old(self) -> WrittenDecision:
        return self.side.before.decisions[self.side.decision]

    @property
    def new(self) -> WrittenDecision:
        return self.side.after.decisions[self.side.decision]

    @cached_property
    def pairs(self) -> list[Pairing]:
        """The rules of the later version with what they were, then those that are gone."""
        old = {rule.id: rule for rule in self.old.rules}
        was = {rule.id: old.get(rule.id) for rule in self.new.rules}
        for outcome in self.new.outcomes:
            gone = [each for each in self.old.rules if each.id not in was and each.then == outcome]
            come = [each for each in self.new.rules if each.id not in old and each.then == outcome]
            was.update((one.id, other) for one, other in zip(come, gone, strict=False))
        kept = [each.id for each in was.values() if each]
        return [(was[rule.id], rule) for rule in self.new.rules] + [
            (rule, None) for rule in self.old.rules if rule.id not in kept
        ]

    @cached_property
    def edits(self) -> Edits:
        rules = {("rule", (new or old).id) for old, new in self.pairs if not _alike(old, new)}
        ways = {("how several rules are resolved", "")} if self.old.resolve != self.new.resolve else set()
        order = {("the order of the rules", "")} if self.is_reordered else set()
        return frozenset(rules | ways | order | set(self._names()))

    @property
    def is_reordered(self) -> bool:
        places = [self.old.rules.index(old) for old, new in self.pairs if old and new]
        return places != sorted(places) and "first" in (self.old.resolve, self.new.resolve)

    def _names(self) -> Iterator[Edit]:
        before, after = self.side.versions
        for name in before.groups.keys() & after.groups.keys():
            if sorted(before.groups[name]) != sorted(after.groups[name]):
                yield "group", name
        for name in before.definitions.keys() & after.definitions.keys():
            if format_condition(before.definitions[name]) != format_condition(after.definitions[name]):
                yield "definition", name
        for name in before.decisions.keys() & after.decisions.keys() - {self.side.decision}:
            if _meant(before, name) != _meant(after, name):
                yield "decision", name

    def in_order(self, *, later: bool) -> list[Pairing]:
        """The rules of one version in its order; a rule of the other one only follows the rule that it follows there."""
        order = [pair for rule in self._rules(later) for pair in self.pairs if pair[later] is rule]
        previous = -1
        for rule in self._rules(not later):
            (pair,) = (each for each in self.pairs if each[not later] is rule)
            if pair not in order:
                order.insert(previous + 1, pair)
            previous = order.index(pair)
        return order

    def _rules(self, later: bool) -> tuple[WrittenRule, ...]:
        return (self.new if later else self.old).rules

    def answering(self, applied: Edits) -> Callable[[Record], Answered]:
        """The decision with these edits applied."""
        later = not self.is_reordered or ("the order of the rules", "") in applied
        rules: list[tuple[WrittenRule, Holding]] = []
        for old, new in self.in_order(later=later):
            is_new = bool(new) and (_alike(old, new) or ("rule", new.id) in applied)
            gone = not new and ("rule", old.id) in applied
            rule = new if is_new else None if gone else old
            if rule:
                rules.append((rule, holding(self._names_applied(applied, later=is_new), rule.when)))
        resolve = self.new.resolve if ("how several rules are resolved", "") in applied else self.old.resolve
        upstream = dict(self._upstream(applied))

        def answer(record: Record) -> Answered:
            prepared = {**record, **{f"? {name}": say(dict(record)) for name, say in upstream.items()}}
            return _resolved(resolve, [rule.then for rule, when in rules if when(prepared)])

        return answer

    def _picked(self, applied: Edits) -> dict[Edit, Version]:
        before, after = self.side.versions
        return {edit: after if edit in applied else before for edit in self.edits}

    def _upstream(self, applied: Edits) -> Iterator[tuple[str, Callable[[dict[str, Any]], Said]]]:
        """The other decisions, each wholly of the version that its edit stands for, as far as its facts are counted."""
        picked = self._picked(applied)
        for name in {**self.side.before.decisions, **self.side.after.decisions}:
            version = picked.get(
                ("decision", name), self.side.before if name in self.side.before.decisions else self.side.after
            )
            if self._reads(version, *(rule.when for rule in version.decisions[name].rules)):
                yield name, _resolver(version, version.decisions[name])

    def _reads(self, version: Version, *conditions: Condition) -> bool:
        return facts_in(version, *conditions) <= set(self.side.facts)

    @cached_property
    def stays_inside(self) -> bool:
        """Whether no set of edits brings in a fact that is not counted."""
        versions = [self._names_applied(each, later=later) for each in subsets(self.edits) for later in (False, True)]
        rules = [rule.when for pair in self.pairs for rule in pair if rule]
        return all(self._reads(version, rule) for version in versions for rule in rules)

    def _names_applied(self, applied: Edits, *, later: bool) -> Version:
        """The version a rule comes from, with the names that differ as they are where these edits are applied."""
        before, after = self.side.versions
        own, other = (after, before) if later else (before, after)
        picked = self._picked(applied)
        return replace(
            own,
            facts={**other.facts, **own.facts},
            groups={**other.groups, **own.groups}
            | {name: each.groups[name] for (part, name), each in picked.items() if part == "group"},
            definitions={**other.definitions, **own.definitions}
            | {name: each.definitions[name] for (part, name), each in picked.items() if part == "definition"},
            decisions={**other.decisions, **own.decisions}
            | {name: each.decisions[name] for (part, name), each in picked.items() if part == "decision"},
        )


@dataclass(frozen=True, eq=False)
class Expected:
    """What every edit does, by applying every set of them in every situation."""

    edited: EditedDecision

    @cached_property
    def answers(self) -> dict[Edits, list[Answered]]:
        """Set of edits → the answer in each situation."""
        records = self.edited.side.records
        return {each: list(map(self.edited.answering(each), records)) for each in subsets(self.edited.edits)}

    def without_effect(self) -> Edits:
        return frozenset(
            edit
            for edit in self.edited.edits
            if all(answers == self.answers[applied - {edit}] for applied, answers in self.answers.items())
        )

    def alone(self, edit: Edit, change: Changed) -> tuple[int, int]:
        """In how many situations undoing it takes the later answer away, and in how many applying it brings it."""
        undone, applied = self.answers[self.edited.edits - {edit}], self.answers[frozenset({edit})]
        where = self._where(change)
        return sum(undone[at] != change[1] for at in where), sum(applied[at] == change[1] for at in where)

    def parts(self, change: Changed) -> Counter[frozenset[Edits]]:
        """The smallest sets that give the later answer → in how many situations it is these."""
        return Counter(self._smallest(at, change[1]) for at in self._where(change))

    def _where(self, change: Changed) -> list[int]:
        return [at for at, answer in enumerate(self.edited.side.answers) if answer == change]

    def _smallest(self, at: int, answer: Answered) -> frozenset[Edits]:
        giving = {applied for applied, answers in self.answers.items() if answers[at] == answer}
        return frozenset(each for each in giving if not any(other < each for other in giving))


def subsets(edits: Edits) -> Iterator[Edits]:
    for size in range(len(edits) + 1):
        yield from map(frozenset, combinations(sorted(edits), size))


def _alike(old: WrittenRule | None, new: WrittenRule | None) -> bool:
    return bool(old and new) and (format_condition(old.when), old.then) == (format_condition(new.when), new.then)


def _meant(version: Version, name: str) -> tuple[Any, ...]:
    """What is written under a name, with what is written under all names used there."""
    if name in version.groups:
        return version.groups[name]
    if name in version.definitions:
        return _spelled(version, version.definitions[name])
    if name in version.decisions:
        decision = version.decisions[name]
        rules = tuple((_spelled(version, rule.when), rule.then) for rule in decision.rules)
        return decision.resolve, decision.outcomes, decision.ordered, rules
    return ()


def _spelled(version: Version, condition: Condition) -> tuple[Any, ...]:
    words = format_condition(condition)
    return words, *(_meant(version, name) for name in sorted(set(re.findall(r"\w+", words))))


def _resolved(resolve: str, given: list[str]) -> Answered:
    """The answer when rules that apply give these outcomes, in their order."""
    outcomes = frozenset(given[:1] if resolve == "first" else given)
    several = {"agree": len(outcomes), "only one": len(given)}.get(resolve, 1)
    return "no rule" if not given else "conflict" if several > 1 else "decided", outcomes
