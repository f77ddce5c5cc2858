"""Conditions as SQL, from their syntax trees: what SQLite makes of NULL is what the trace must make of unknown.

Grades are ranks, numbers are thousandths, dates are ISO text. Each definition and decision is worked out in a common
table expression of its own, which later ones read as columns. Decisions are spelled out flat, unlike in the engine.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from agreement.versions import Version, WrittenDecision, WrittenFact
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

SIGNS = {
    Verb.IS: "=",
    Verb.IS_NOT: "<>",
    Verb.AT_LEAST: ">=",
    Verb.AT_MOST: "<=",
    Verb.BETTER_THAN: ">",
    Verb.MORE_THAN: ">",
    Verb.WORSE_THAN: "<",
    Verb.LESS_THAN: "<",
}


@dataclass
class Query:
    """One SELECT over the records, with a column for each condition asked for."""

    version: Version
    layers: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def values(
        self, conditions: Mapping[str, Condition], records: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, bool | None]]:
        """Name → true, false or None (NULL) for every record, in their order."""
        columns = [f"({self.expression(condition)})" for condition in conditions.values()]
        source = f"layer{len(self.layers)}" if self.layers else "record"
        query = f"{self._with()} SELECT {', '.join(columns)} FROM {source} ORDER BY number"
        with sqlite3.connect(":memory:") as connection:
            self._insert(connection, records)
            rows = connection.execute(query).fetchall()
        connection.close()
        return [dict(zip(conditions, map(_truth, row), strict=True)) for row in rows]

    def _with(self) -> str:
        return f"WITH {', '.join(self.layers)}" if self.layers else ""

    def _insert(self, connection: sqlite3.Connection, records: Sequence[Mapping[str, Any]]) -> None:
        facts = self.version.facts
        connection.execute(f"CREATE TABLE record (number, {', '.join(map(_quoted, facts))})")
        marks = ", ".join("?" for _ in range(len(facts) + 1))
        rows = (
            (number, *(_stored(fact, record.get(name)) for name, fact in facts.items()))
            for number, record in enumerate(records)
        )
        connection.executemany(f"INSERT INTO record VALUES ({marks})", rows)

    def expression(self, condition: Condition) -> str:
        match condition:
            case And(parts):
                return " AND ".join(f"({self.expression(part)})" for part in parts)
            case Or(parts):
                return " OR ".join(f"({self.expression(part)})" for part in parts)
            case Not(part):
                return f"NOT ({self.expression(part)})"
            case Holds(name):
                return self._definition(name) if name in self.version.definitions else _quoted(name)
            case Comparison(FactName(name), Test(verb, (TruthValue(truth),))) if name in self.version.definitions:
                return f"{self._definition(name)} {SIGNS[verb]} {int(truth)}"
            case Comparison(FactName(name), test) if name in self.version.decisions:
                return self._outcomes(self.version.decisions[name], test)
            case Comparison(FactName(name), test):
                return _test(_quoted(name), self.version.facts[name], test)
            case Comparison(Quantity(quantifier, number, group), test):
                members = self.version.members(group)
                return _quantity(quantifier, number, [_test(_quoted(each.id), each, test) for each in members])
            case Comparison(Aggregated(aggregate, group), test):
                members = self.version.members(group)
                return _test(_aggregate(aggregate, [_quoted(each.id) for each in members]), members[0], test)
        raise AssertionError(condition)

    def _definition(self, name: str) -> str:
        column = _quoted(f"definition {name}")
        if column not in self.done:
            self._layer({column: self.expression(self.version.definitions[name])})
        return column

    def _outcomes(self, decision: WrittenDecision, test: Test) -> str:
        """Some outcome meets the test, and the decision gives it."""
        height = {outcome: len(decision.outcomes) - number for number, outcome in enumerate(decision.outcomes)}
        rights = [str(height[value.id]) for value in test.values]
        return " OR ".join(
            f"(({_sign(str(height[outcome]), test.verb, rights)}) AND {self._outcome(decision, outcome)})"
            for outcome in decision.outcomes
        )

    def _outcome(self, decision: WrittenDecision, outcome: str) -> str:
        column = _quoted(f"{decision.id} is {outcome}")
        if column not in self.done:
            rules = {rule.id: _quoted(f"{decision.id} rule {rule.id}") for rule in decision.rules}
            if not set(rules.values()) <= self.done:
                self._layer({rules[rule.id]: self.expression(rule.when) for rule in decision.rules})
            gives = {_quoted(f"{decision.id} is {each}"): _gives(decision, each, rules) for each in decision.outcomes}
            self._layer(gives)
        return column

    def _layer(self, columns: Mapping[str, str]) -> None:
        below = f"layer{len(self.layers)}" if self.layers else "record"
        chosen = ", ".join(f"({expression}) AS {column}" for column, expression in columns.items())
        self.layers.append(f"layer{len(self.layers) + 1} AS MATERIALIZED (SELECT *, {chosen} FROM {below})")
        self.done.update(columns)


def _gives(decision: WrittenDecision, outcome: str, columns: Mapping[str, str]) -> str:
    """When the decision gives the outcome."""
    own = [columns[rule.id] for rule in decision.rules if rule.then == outcome]
    others = [columns[rule.id] for rule in decision.rules if rule.then != outcome]
    if not own:
        return "0"
    match decision.resolve:
        case "first":
            cases = []
            for number, rule in enumerate(decision.rules):
                if rule.then == outcome:
                    before = [columns[each.id] for each in decision.rules[:number] if each.then != outcome]
                    cases.append(" AND ".join([columns[rule.id], *(f"NOT {each}" for each in before)]))
            return " OR ".join(f"({case})" for case in cases)
        case "agree":
            return f"({' OR '.join(own)})" + "".join(f" AND NOT {each}" for each in others)
        case "only one":
            return f"({_exactly([*own, *others], 1)}) AND ({' OR '.join(own)})"
    raise AssertionError(decision.resolve)


# Parts of expressions


def _test(left: str, fact: WrittenFact, test: Test) -> str:
    return _sign(left, test.verb, [_value(fact, value) for value in test.values])


def _sign(left: str, verb: Verb, rights: Sequence[str]) -> str:
    match verb:
        case Verb.BETWEEN:
            return f"{left} BETWEEN {rights[0]} AND {rights[1]}"
        case Verb.ONE_OF:
            return f"{left} IN ({', '.join(rights)})"
        case Verb.NOT_ONE_OF:
            return f"{left} NOT IN ({', '.join(rights)})"
    return f"{left} {SIGNS[verb]} {rights[0]}"


def _value(fact: WrittenFact, value: Any) -> str:
    match value:
        case Word(word) if word in fact.words:
            return str(fact.words.index(word))
        case Word(name):
            return _quoted(name)
        case Number(number):
            return str(_thousandths(number))
        case Day(day):
            return f"'{day.isoformat()}'"
        case TruthValue(truth):
            return str(int(truth))
    raise AssertionError(value)


def _quantity(quantifier: Quantifier, number: int | None, tests: Sequence[str]) -> str:
    match quantifier:
        case Quantifier.ANY:
            return _at_least(tests, 1)
        case Quantifier.ALL:
            return _at_least(tests, len(tests))
        case Quantifier.NONE:
            return f"NOT ({_at_least(tests, 1)})"
        case Quantifier.AT_LEAST:
            return _at_least(tests, number)
        case Quantifier.AT_MOST:
            return f"NOT ({_at_least(tests, number + 1)})"
        case Quantifier.EXACTLY:
            return _exactly(tests, number)
    raise AssertionError(quantifier)


def _at_least(tests: Sequence[str], number: int) -> str:
    """Some `number` of the tests hold together."""
    if number == 0:
        return "1"
    return (
        " OR ".join("(" + " AND ".join(f"({test})" for test in chosen) + ")" for chosen in combinations(tests, number))
        or "0"
    )


def _exactly(tests: Sequence[str], number: int) -> str:
    return f"({_at_least(tests, number)}) AND NOT ({_at_least(tests, number + 1)})"


def _aggregate(aggregate: Aggregate, columns: Sequence[str]) -> str:
    if len(columns) == 1:
        return columns[0]
    match aggregate:
        case Aggregate.LOWEST:
            return f"min({', '.join(columns)})"
        case Aggregate.HIGHEST:
            return f"max({', '.join(columns)})"
        case Aggregate.TOTAL:
            return f"({' + '.join(columns)})"


def _stored(fact: WrittenFact, value: Any) -> int | str | None:
    match value:
        case None:
            return None
        case bool():
            return int(value)
        case Decimal():
            return _thousandths(value)
        case date():
            return value.isoformat()
        case _:
            return fact.words.index(value)


def _thousandths(number: Decimal) -> int:
    assert number * 1000 == int(number * 1000)
    return int(number * 1000)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def sql_values(
    version: Version, conditions: Mapping[str, Condition], records: Iterable[Mapping[str, Any]]
) -> list[dict[str, bool | None]]:
    """What SQLite says of every condition on every record, in the order of the records."""
    return Query(version).values(conditions, tuple(records))
