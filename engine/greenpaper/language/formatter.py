"""Condition → its one canonical spelling. `parse(format(c)) == c`, and formatting twice changes nothing."""

from typing import assert_never

from greenpaper.language.syntax import (
    Aggregated,
    And,
    Comparison,
    Condition,
    Day,
    FactName,
    Group,
    Holds,
    ListedGroup,
    NamedGroup,
    Not,
    Number,
    Or,
    Quantifier,
    Quantity,
    Subject,
    Test,
    TruthValue,
    Value,
    Verb,
    Word,
)


def format_condition(condition: Condition) -> str:
    """Single spaces, `is` for one and `are` for several, brackets only where they change the meaning."""
    match condition:
        case Or(parts):
            return " or ".join(_within(part, Or) for part in parts)
        case And(parts):
            return " and ".join(_within(part, Or, And) for part in parts)
        case Not(part):
            return f"not {_within(part, Or, And, Comparison)}"
        case Holds(name):
            return name
        case Comparison(subject, test):
            return f"{_subject(subject)} {_be(subject)} {_test(test)}"
        case _:
            assert_never(condition)


def _within(part: Condition, *looser: type) -> str:
    text = format_condition(part)
    return f"({text})" if isinstance(part, looser) else text


def _subject(subject: Subject) -> str:
    match subject:
        case FactName(name):
            return name
        case Quantity(quantifier, number, group):
            return f"{quantifier}{'' if number is None else f' {number}'} of {_group(group)}"
        case Aggregated(aggregate, group):
            return f"{aggregate} of {_group(group)}"
        case _:
            assert_never(subject)


def _be(subject: Subject) -> str:
    match subject:
        case Quantity(Quantifier.ALL | Quantifier.NONE):
            return "are"
        case Quantity(number=number) if number is not None and number != 1:
            return "are"
        case _:
            return "is"


def _group(group: Group) -> str:
    match group:
        case NamedGroup(name):
            return name
        case ListedGroup(members):
            return f"[{', '.join(member.id for member in members)}]"
        case _:
            assert_never(group)


def _test(test: Test) -> str:
    values = [_value(value) for value in test.values]
    match test.verb:
        case Verb.IS:
            return values[0]
        case Verb.BETWEEN:
            return f"between {values[0]} and {values[1]}"
        case Verb.KNOWN | Verb.UNKNOWN:
            return str(test.verb)
        case verb:
            return f"{verb} {', '.join(values)}"


def _value(value: Value) -> str:
    match value:
        case Word(name):
            return name
        case Number(number, unit):
            return f"{number:f}" + (f" {unit.id}" if unit else "")
        case Day(day):
            return day.isoformat()
        case TruthValue(truth):
            return "true" if truth else "false"
        case _:
            assert_never(value)
