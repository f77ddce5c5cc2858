"""Every situation of one decision of two versions, one after the other, in plain Python.

Works out by itself which facts count, which of their values no condition tells apart, which situations the constraints
of both versions admit, and what either version says in each. Knows no terms, cells or diagrams.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from agreement.brute import Holding, _resolver, holding
from agreement.versions import Value, Version, WrittenConstraint, WrittenFact
from greenpaper.language.syntax import (
    Aggregate,
    Aggregated,
    And,
    Comparison,
    Condition,
    Day,
    FactName,
    Holds,
    Not,
    Number,
    Or,
    Quantity,
    Test,
    Word,
)

EVERY = object()  # in place of a constant: each value of the fact counts for itself
Answered = tuple[str, frozenset[str]]
Changed = tuple[Answered, Answered]
Record = Mapping[str, Value]


def reads(version: Version, condition: Condition) -> Iterator[tuple[str, Any]]:
    """Each fact that the condition reads, through definitions and decisions, with each constant it is compared with."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from reads(version, part)
        case Not(part):
            yield from reads(version, part)
        case Holds(name) | Comparison(FactName(name)) if name in version.definitions:
            yield from reads(version, version.definitions[name])
        case Comparison(FactName(name)) if name in version.decisions:
            for rule in version.decisions[name].rules:
                yield from reads(version, rule.when)
        case Holds(name):
            yield name, True
        case Comparison(FactName(name), test):
            yield from _tested([version.facts[name]], test)
        case Comparison(Quantity(group=group), test):
            yield from _tested(version.members(group), test)
        case Comparison(Aggregated(aggregate, group), test):
            yield from _tested(version.members(group), test)
            if aggregate is Aggregate.TOTAL:
                yield from ((fact.id, EVERY) for fact in version.members(group))


def _tested(members: Sequence[WrittenFact], test: Test) -> Iterator[tuple[str, Any]]:
    for fact in members:
        for value in test.values:
            match value:
                case Word(word) if word in fact.words:
                    yield fact.id, word
                case Word(other):
                    yield fact.id, EVERY
                    yield other, EVERY
                case Number(constant) | Day(constant):
                    yield fact.id, constant
                case truth:
                    yield fact.id, truth.value


def facts_in(version: Version, *conditions: Condition | None) -> frozenset[str]:
    return frozenset(fact for each in conditions if each for fact, _ in reads(version, each))


def always(version: Version) -> Iterator[WrittenConstraint]:
    return (each for each in version.constraints if each.force == "always")


def _tells_apart(version: Version) -> Iterator[Condition]:
    """The conditions whose constants cut: of rules, of what is left open, of constraints that always hold."""
    for decision in version.decisions.values():
        yield from (rule.when for rule in decision.rules)
        yield from decision.left_open
    for each in always(version):
        yield from (part for part in (each.when, each.require) if part)


def cuts_of(versions: Sequence[Version], more: Iterable[Condition] = ()) -> dict[str, frozenset[Any]]:
    """Fact → every constant that a condition of one of the versions, or one more, compares it with."""
    cuts: dict[str, set[Any]] = {fact: set() for version in versions for fact in version.facts}
    for number, version in enumerate(versions):
        for condition in (*_tells_apart(version), *(() if number else more)):
            for fact, constant in reads(version, condition):
                cuts[fact].add(constant)
    return {fact: frozenset(constants) for fact, constants in cuts.items()}


def cell_of(fact: WrittenFact, cuts: frozenset[Any], value: Value) -> Any:
    """What tells the value from others: itself, or how many constants are below it and up to it."""
    if fact.type in ("grade", "one of", "truth") or EVERY in cuts:
        return value
    return sum(cut < value for cut in cuts), sum(cut <= value for cut in cuts)


@dataclass(frozen=True)
class SideBySide:
    """One decision of two versions that have the same facts, or facts of their own besides those.

    `more` are further conditions whose constants cut.
    """

    before: Version
    after: Version
    decision: str
    more: tuple[Condition, ...] = ()

    @property
    def versions(self) -> tuple[Version, Version]:
        return self.before, self.after

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Those that the rules read in either version, and those that constraints tie to them, however far."""
        rules = ((version, each.when) for version in self.versions for each in version.decisions[self.decision].rules)
        return self._tied(frozenset().union(*(facts_in(version, when) for version, when in rules)))

    def _tied(self, facts: frozenset[str]) -> tuple[str, ...]:
        while wider := [read for read, _ in self._ties if read & facts and not read <= facts]:
            facts = facts.union(*wider)
        return tuple(sorted(facts))

    @cached_property
    def _ties(self) -> list[tuple[frozenset[str], Holding]]:
        return [
            (facts_in(version, each.when, each.require), constraint_holding(version, each))
            for version in self.versions
            for each in always(version)
        ]

    @cached_property
    def _cuts(self) -> Mapping[str, frozenset[Any]]:
        return cuts_of(self.versions, self.more)

    def cell_of(self, fact: str, value: Value) -> Any:
        """What tells the value of a fact from others."""
        return cell_of(self.written[fact], self._cuts[fact], value)

    @cached_property
    def written(self) -> Mapping[str, WrittenFact]:
        return {**self.before.facts, **self.after.facts}

    @cached_property
    def cells(self) -> Mapping[str, Mapping[Any, Value]]:
        """Fact → each of its cells → one value in it, in the order of values."""
        found: dict[str, dict[Any, Value]] = {name: {} for name in self.written}
        for name, fact in self.written.items():
            for value in fact.values:
                found[name].setdefault(self.cell_of(name, value), value)
        return found

    @cached_property
    def records(self) -> tuple[dict[str, Value], ...]:
        """One record for each situation that the constraints of both versions admit."""
        return self.records_over(self.facts)

    def records_over(self, facts: Iterable[str]) -> tuple[dict[str, Value], ...]:
        """The same over other facts and those that constraints tie to them."""
        counted = self._tied(frozenset(facts))
        limits = [holds for read, holds in self._ties if read and read <= set(counted)]
        every = product(*(self.cells[fact].values() for fact in counted))
        records = (dict(zip(counted, values, strict=True)) for values in every)
        return tuple(record for record in records if all(holds(dict(record)) for holds in limits))

    @cached_property
    def answers(self) -> tuple[Changed, ...]:
        """What each record's answer becomes."""
        say = [answering(version, self.decision) for version in self.versions]
        return tuple((say[0](record), say[1](record)) for record in self.records)

    @cached_property
    def counts(self) -> Counter[Changed]:
        return Counter(self.answers)

    def matching(self, known: Record) -> set[Changed]:
        """Every answer of the situations that lie in the cells of the known values."""
        cells = {fact: self.cell_of(fact, value) for fact, value in known.items()}
        return {
            answer
            for record, answer in zip(self.records, self.answers, strict=True)
            if all(self.cell_of(fact, record[fact]) == cell for fact, cell in cells.items())
        }


def constraint_holding(version: Version, constraint: WrittenConstraint) -> Holding:
    require = holding(version, constraint.require)
    if constraint.when is None:
        return require
    when = holding(version, constraint.when)
    return lambda record: not when(record) or require(record)


def answering(version: Version, decision: str) -> Any:
    """A record's answer: the status, and the set of outcomes."""
    say = _resolver(version, version.decisions[decision])

    def answer(record: Record) -> Answered:
        said = say(dict(record))
        return said.status, frozenset(said.outcomes)

    return answer
