"""The meaning of a version in plain Python, from its syntax trees: every completion of a record, one after the other.

Nothing here knows terms, cells or diagrams. Records are complete: two values, no unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

from agreement.versions import Version, WrittenDecision, WrittenFact
from greenpaper.language.formatter import format_condition
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
    Quantifier,
    Quantity,
    Test,
    TruthValue,
    Verb,
    Word,
)

Holding = Callable[[dict[str, Any]], bool]
Reading = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Said:
    """What a decision says: the status in words, the outcomes in the order written, and the rules behind it."""

    status: str
    outcomes: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def answer(self) -> tuple[str, tuple[str, ...]]:
        return self.status, self.outcomes


@dataclass(frozen=True)
class Completion:
    """One complete record: its values, whether the constraints that always hold allow it, and what every decision says."""

    values: Mapping[str, Any]
    admissible: bool
    says: Mapping[str, Said]


@dataclass(frozen=True)
class Brute:
    """All completions of the empty record, worked out once."""

    version: Version

    @cached_property
    def completions(self) -> tuple[Completion, ...]:
        facts = self.version.facts.values()
        return tuple(
            self.complete(dict(zip(self.version.facts, values, strict=True)))
            for values in product(*(fact.values for fact in facts))
        )

    def complete(self, values: Mapping[str, Any]) -> Completion:
        """What follows from one complete record."""
        record = dict(values)
        says = {name: resolve(record) for name, resolve in self._resolvers.items()}
        return Completion(values, all(holds(record) for holds in self._always), says)

    def completing(self, known: Mapping[str, Any]) -> tuple[Completion, ...]:
        """The completions that agree with what is known."""
        return tuple(
            each for each in self.completions if all(each.values[fact] == value for fact, value in known.items())
        )

    def counted_completions(self, known: Mapping[str, Any]) -> tuple[tuple[Completion, ...], bool]:
        """Those that the constraints admit, or all of them when they admit none; and whether they admit any."""
        every = self.completing(known)
        admitted = tuple(each for each in every if each.admissible)
        return admitted or every, bool(admitted)

    def covers(self, decision: str, words: str, completion: Completion) -> bool:
        """Whether an entry of what the decision leaves open, given in its canonical words, holds there."""
        entries = self.version.decisions[decision].left_open
        (entry,) = {entry for entry in entries if format_condition(entry) == words}
        return holding(self.version, entry)(dict(completion.values))

    @cached_property
    def _resolvers(self) -> dict[str, Callable[[dict[str, Any]], Said]]:
        return {name: _resolver(self.version, decision) for name, decision in self.version.decisions.items()}

    @cached_property
    def _always(self) -> list[Holding]:
        found = []
        for constraint in self.version.constraints:
            if constraint.force == "always":
                require = holding(self.version, constraint.require)
                when = holding(self.version, constraint.when) if constraint.when else lambda record: True
                found.append(lambda record, when=when, require=require: not when(record) or require(record))
        return found


@lru_cache(maxsize=1000)
def brute_of(version: Version) -> Brute:
    return Brute(version)


def _resolver(version: Version, decision: WrittenDecision) -> Callable[[dict[str, Any]], Said]:
    whens = [(rule, holding(version, rule.when)) for rule in decision.rules]

    def said(record: dict[str, Any]) -> Said:
        applying = [rule for rule, when in whens if when(record)]
        named = {rule.then for rule in applying}
        outcomes = tuple(outcome for outcome in decision.outcomes if outcome in named)
        rules = tuple(rule.id for rule in applying)
        if not applying:
            return Said("no rule", (), ())
        if decision.resolve == "first":
            return Said("decided", (applying[0].then,), (applying[0].id,))
        if decision.resolve == "agree" and len(outcomes) > 1:
            return Said("conflict", outcomes, rules)
        if decision.resolve == "only one" and len(rules) > 1:
            return Said("conflict", outcomes, rules)
        return Said("decided", outcomes, rules)

    return said


# Conditions


def holding(version: Version, condition: Condition) -> Holding:
    """The condition as a function of a complete record."""
    match condition:
        case And(parts):
            tests = [holding(version, part) for part in parts]
            return lambda record: all(test(record) for test in tests)
        case Or(parts):
            tests = [holding(version, part) for part in parts]
            return lambda record: any(test(record) for test in tests)
        case Not(part):
            inner = holding(version, part)
            return lambda record: not inner(record)
        case Holds(name):
            if name in version.definitions:
                return holding(version, version.definitions[name])
            return lambda record: record[name]
        case Comparison(FactName(name), test) if name in version.definitions:
            inner, wanted = holding(version, version.definitions[name]), test.values[0].value
            return lambda record: (inner(record) == wanted) is (test.verb is Verb.IS)
        case Comparison(FactName(name), test) if name in version.decisions:
            return _outcome_holding(version, version.decisions[name], test)
        case Comparison(FactName(name), test):
            return _tested(version, version.facts[name], lambda record: _size(version.facts[name], record[name]), test)
        case Comparison(Quantity(quantifier, number, group), test):
            members = version.members(group)
            tests = [holding(version, Comparison(FactName(each.id, None), test, None)) for each in members]
            enough = QUANTIFIERS[quantifier]
            return lambda record: enough(sum(map(bool, (each(record) for each in tests))), number, len(tests))
        case Comparison(Aggregated(aggregate, group), test):
            members, worked_out = version.members(group), AGGREGATES[aggregate]
            return _tested(
                version, members[0], lambda record: worked_out([_size(each, record[each.id]) for each in members]), test
            )
    raise AssertionError(condition)


QUANTIFIERS = {
    Quantifier.ANY: lambda count, number, size: count > 0,
    Quantifier.ALL: lambda count, number, size: count == size,
    Quantifier.NONE: lambda count, number, size: count == 0,
    Quantifier.AT_LEAST: lambda count, number, size: count >= number,
    Quantifier.AT_MOST: lambda count, number, size: count <= number,
    Quantifier.EXACTLY: lambda count, number, size: count == number,
}
AGGREGATES = {Aggregate.LOWEST: min, Aggregate.HIGHEST: max, Aggregate.TOTAL: sum}
VERBS: dict[Verb, Callable[..., bool]] = {
    Verb.IS: lambda left, right: left == right,
    Verb.IS_NOT: lambda left, right: left != right,
    Verb.AT_LEAST: lambda left, right: left >= right,
    Verb.AT_MOST: lambda left, right: left <= right,
    Verb.BETTER_THAN: lambda left, right: left > right,
    Verb.MORE_THAN: lambda left, right: left > right,
    Verb.WORSE_THAN: lambda left, right: left < right,
    Verb.LESS_THAN: lambda left, right: left < right,
    Verb.BETWEEN: lambda left, low, high: low <= left <= high,
    Verb.ONE_OF: lambda left, *rights: left in rights,
    Verb.NOT_ONE_OF: lambda left, *rights: left not in rights,
}


def meets(verb: Verb, left: Any, rights: list[Any]) -> bool:
    return VERBS[verb](left, *rights)


def _tested(version: Version, fact: WrittenFact, left: Reading, test: Test) -> Holding:
    rights = [_right(version, fact, value) for value in test.values]
    return lambda record: meets(test.verb, left(record), [right(record) for right in rights])


def _right(version: Version, fact: WrittenFact, value: Any) -> Reading:
    match value:
        case Word(word) if word in fact.words:
            rank = fact.words.index(word)
            return lambda record: rank
        case Word(name):
            return lambda record: _size(version.facts[name], record[name])
        case Number(constant) | Day(constant) | TruthValue(constant):
            return lambda record: constant
    raise AssertionError(value)


def _size(fact: WrittenFact, value: Any) -> Any:
    return fact.words.index(value) if fact.words else value


def _outcome_holding(version: Version, decision: WrittenDecision, test: Test) -> Holding:
    """A decided outcome that meets the test; where nothing is decided, no comparison holds."""
    said, key = _resolver(version, decision), f"? {decision.id}"
    best_is_highest = {outcome: -number for number, outcome in enumerate(decision.outcomes)}
    rights = [best_is_highest[value.id] for value in test.values]

    def holds(record: dict[str, Any]) -> bool:
        if key not in record:
            record[key] = said(record)
        answer = record[key]
        return answer.status == "decided" and meets(test.verb, best_is_highest[answer.outcomes[0]], rights)

    return holds
