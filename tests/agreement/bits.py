"""One decision of two versions as binary decision diagrams of the library `oxidd`, which no part of the program uses.

Each counted fact is a few bits that number its cells. `and`, `or`, `not`, counts of members and the rules of a decision are
operations of the library; only single comparisons are tried value by value.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import product
from math import ceil, log2
from typing import Any

from oxidd.bdd import BDDFunction, BDDManager

from agreement.brute import QUANTIFIERS, holding, meets
from agreement.situations import SideBySide, always, facts_in
from agreement.versions import Version, WrittenDecision
from greenpaper.language.syntax import (
    And,
    Comparison,
    Condition,
    FactName,
    Holds,
    Not,
    Or,
    Quantity,
    Verb,
)


class Bits:
    """Both versions of one decision over the same bits."""

    def __init__(self, side: SideBySide) -> None:
        self.side = side
        self.manager = BDDManager(1 << 18, 1 << 16, 1)
        self.bits = {fact: self._bits(len(side.cells[fact])) for fact in side.facts}
        self.vars = sum(map(len, self.bits.values()))

    def _bits(self, cells: int) -> list[BDDFunction]:
        numbers = self.manager.add_vars(ceil(log2(cells))) if cells > 1 else ()
        return [self.manager.var(number) for number in numbers]

    def count(self, function: BDDFunction) -> int:
        """In how many situations it is true."""
        return int((function & self.admissible).sat_count(self.vars))

    @cached_property
    def admissible(self) -> BDDFunction:
        """Bits that number a cell of each fact, within the constraints of both versions that are tied to them."""
        numbered = (
            self.any(self.cell(fact, at) for at in range(len(self.side.cells[fact]))) for fact in self.side.facts
        )
        return self.all([*numbered, *self._constraints()])

    def _constraints(self) -> Iterable[BDDFunction]:
        for version in self.side.versions:
            for each in always(version):
                read = facts_in(version, each.when, each.require)
                if read and read <= set(self.side.facts):
                    require = self.holds(version, each.require)
                    yield require if each.when is None else ~self.holds(version, each.when) | require

    @cached_property
    def differs(self) -> BDDFunction:
        """Where the two versions do not answer the same."""
        said = [self.said(version, version.decisions[self.side.decision]) for version in self.side.versions]
        names = set(said[0]) | set(said[1])
        none = self.manager.false()
        return self.any(said[0].get(name, none) ^ said[1].get(name, none) for name in names)

    # The pieces

    def all(self, functions: Iterable[BDDFunction]) -> BDDFunction:
        return reduce(lambda one, other: one & other, functions, self.manager.true())

    def any(self, functions: Iterable[BDDFunction]) -> BDDFunction:
        return reduce(lambda one, other: one | other, functions, self.manager.false())

    def cell(self, fact: str, number: int) -> BDDFunction:
        return self.all(bit if number >> place & 1 else ~bit for place, bit in enumerate(self.bits[fact]))

    def at_least(self, functions: Sequence[BDDFunction], least: int) -> BDDFunction:
        """Where so many of the functions are true, by a running count."""
        counts = [self.manager.true()] + [self.manager.false()] * least
        for each in functions:
            counts = [counts[0], *(counts[n] | (counts[n - 1] & each) for n in range(1, least + 1))]
        return counts[least]

    # Decisions

    def said(self, version: Version, decision: WrittenDecision) -> Mapping[str, BDDFunction]:
        """What an answer consists of: for each outcome whether it is given, and whether there is a conflict."""
        applies = [self.holds(version, rule.when) for rule in decision.rules]
        if decision.resolve == "first":
            applies = [each & ~self.any(applies[:number]) for number, each in enumerate(applies)]
        given = {
            outcome: self.any(each for rule, each in zip(decision.rules, applies, strict=True) if rule.then == outcome)
            for outcome in decision.outcomes
        }
        several = {"agree": list(given.values()), "only one": applies}.get(decision.resolve, [])
        return {**given, "in conflict": self.at_least(several, 2)}

    # Conditions

    def holds(self, version: Version, condition: Condition) -> BDDFunction:
        match condition:
            case And(parts):
                return self.all(self.holds(version, part) for part in parts)
            case Or(parts):
                return self.any(self.holds(version, part) for part in parts)
            case Not(part):
                return ~self.holds(version, part)
            case Holds(name) if name in version.definitions:
                return self.holds(version, version.definitions[name])
            case Comparison(FactName(name), test) if name in version.definitions:
                inner = self.holds(version, version.definitions[name])
                return inner if test.values[0].value is (test.verb is Verb.IS) else ~inner
            case Comparison(FactName(name), test) if name in version.decisions:
                return self._outcomes(version, version.decisions[name], test)
            case Comparison(Quantity(quantifier, number, group), test):
                members = version.members(group)
                tests = [self.holds(version, Comparison(FactName(each.id, None), test, None)) for each in members]
                meant = [count for count in range(len(tests) + 1) if QUANTIFIERS[quantifier](count, number, len(tests))]
                return self.any(self.at_least(tests, count) & ~self.at_least(tests, count + 1) for count in meant)
        return self._tried(version, condition)

    def _outcomes(self, version: Version, decision: WrittenDecision, test: Any) -> BDDFunction:
        said, ranks = self.said(version, decision), {each: -at for at, each in enumerate(decision.outcomes)}
        met = [each for each in ranks if meets(test.verb, ranks[each], [ranks[value.id] for value in test.values])]
        return self.any(said[each] for each in met) & ~said["in conflict"]

    def _tried(self, version: Version, condition: Condition) -> BDDFunction:
        """A comparison of a few facts: every combination of their cells for which it holds."""
        facts, holds = sorted(facts_in(version, condition)), holding(version, condition)
        cells = [list(enumerate(self.side.cells[fact].values())) for fact in facts]
        return self.any(
            self.all(self.cell(fact, number) for fact, (number, _) in zip(facts, chosen, strict=True))
            for chosen in product(*cells)
            if holds({fact: value for fact, (_, value) in zip(facts, chosen, strict=True)})
        )
