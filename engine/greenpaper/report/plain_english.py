"""Conditions in plain English, by the titles of what they name.

Two conditions in their canonical spelling never read the same: titles that are not words by themselves stand in
quotation marks, two things of one title also give their ids, and brackets stand where the spelling has them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from greenpaper.framework.checked import Framework
from greenpaper.language.parser import keywords, parse_condition
from greenpaper.language.syntax import (
    Aggregate,
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
from greenpaper.language.types import Calendar, Graded, Type
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.report.words import day, fact, listed

COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MORE, LESS = ("better", "later", "more"), ("worse", "earlier", "less")
MOST, LEAST = ("best", "latest", "highest"), ("worst", "earliest", "lowest")
THAT_OF = "that of"
COMPARED_AS = {
    Verb.IS: ("the same as",) * 3,
    Verb.IS_NOT: ("the same as",) * 3,
    Verb.AT_LEAST: ("as good as", "as late as", "as much as"),
    Verb.AT_MOST: ("as bad as", "as early as", "as little as"),
}
ONE_WORD = re.compile(r"[a-z]+(-[a-z]+)*")
READS_ON = re.compile(r"the( (?!(?:is|are|of|and|or)\b)[a-z-]+)+")
"""Titles of groups that read on in a sentence without quotation marks."""

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Titles:
    """What everything that a condition can name is called in a sentence; a name without a title is its own.

    `outcomes` are those of decisions that conditions ask about, by decision.
    """

    vocabulary: Vocabulary
    facts: Names
    groups: Names
    decisions: Names
    words: Names
    outcomes: Mapping[str, Names]


def titles_of(framework: Framework) -> Titles:
    """The titles that the framework gives."""
    names, decisions = framework.vocabulary, framework.decisions
    return Titles(
        names,
        _apart({each.id: each.title for each in names.facts.values()}),
        _apart({each.id: each.title for each in names.groups.values()}, READS_ON),
        _apart({each.id: each.question for each in decisions.values()}),
        _apart(_printed(framework), ONE_WORD),
        {each.id: _apart({one.id: one.title for one in each.outcomes.values()}) for each in decisions.values()},
    )


def _printed(framework: Framework) -> dict[str, str]:
    """Every word that a fact can take, as it is printed."""
    kinds = (each.type for each in framework.vocabulary.facts.values())
    found = (word for kind in kinds if isinstance(kind, Graded) for word in kind.scale.words)
    return {word: framework.word_titles.get(word, fact(word)) for word in found}


def _apart(titles: Names, bare: re.Pattern[str] | None = None) -> Names:
    """The titles as they stand in a sentence; those that two have, each with its id."""
    plain = {name: " ".join(title.translate({0x201C: "'", 0x201D: "'"}).split()) for name, title in titles.items()}
    times = Counter(title.casefold() for title in plain.values())
    return {
        name: quoted(title, bare) if title and times[title.casefold()] == 1 else f"{quoted(title or name)} ({name})"
        for name, title in plain.items()
    }


def quoted(title: str, bare: re.Pattern[str] | None = None) -> str:
    """The title in quotation marks, unless it is of a kind that reads on, and no word of the language."""
    return title if bare and bare.fullmatch(title) and title not in keywords() else f"“{title}”"


def in_plain_english(words: str, titles: Titles) -> str:
    """A condition in its canonical spelling as a clause, such as `any of the practice judgements is inadequate`."""
    parsed, _ = parse_condition(words)
    return _clause(parsed, titles) if parsed is not None else quoted(words)


def _clause(condition: Condition, titles: Titles) -> str:
    match condition:
        case Or(parts):
            return ", or ".join(_within(part, titles, Or) for part in parts)
        case And(parts):
            return " and ".join(_within(part, titles, Or, And) for part in parts)
        case Not(part):
            return f"it is not so that {_within(part, titles, Or, And)}"
        case Holds(name):
            return f"{_named(name, titles)} holds"
        case Comparison(subject, test):
            return f"{_subject(subject, titles)} {_be(subject)} {_test(test, subject, titles)}"
        case _:
            assert_never(condition)


def _within(part: Condition, titles: Titles, *looser: type) -> str:
    text = _clause(part, titles)
    return f"({text})" if isinstance(part, looser) else text


# What is tested


def _named(name: str, titles: Titles) -> str:
    """A fact by its title, a decision by its question, and a definition by its name."""
    if name in titles.vocabulary.definitions:
        return f"what is called {quoted(fact(name))}"
    if name in titles.decisions and name not in titles.facts:
        return f"the answer to {titles.decisions[name]}"
    return titles.facts.get(name, quoted(name))


def _subject(subject: Subject, titles: Titles) -> str:
    match subject:
        case FactName(name):
            return _named(name, titles)
        case Quantity(quantifier, number, group):
            count = "" if number is None else f" {counted(number)}"
            return f"{quantifier}{count} of {_group(group, titles)}"
        case Aggregated(aggregate, group):
            return f"the {_aggregate(aggregate, _type(subject, titles))} of {_group(group, titles)}"
        case _:
            assert_never(subject)


def counted(number: int) -> str:
    """A small number as a word."""
    return COUNTS[number] if 0 < number < len(COUNTS) else f"{number}"


def _aggregate(aggregate: Aggregate, kind: Type | None) -> str:
    match aggregate:
        case Aggregate.TOTAL:
            return "total"
        case Aggregate.LOWEST:
            return _side(kind, LEAST)
        case Aggregate.HIGHEST:
            return _side(kind, MOST)
        case _:
            assert_never(aggregate)


def _group(group: Group, titles: Titles) -> str:
    match group:
        case NamedGroup(name):
            return titles.groups.get(name, quoted(name))
        case ListedGroup((member,)):
            return f"just {_named(member.id, titles)}"
        case ListedGroup(members):
            return listed([_named(member.id, titles) for member in members])
        case _:
            assert_never(group)


def _be(subject: Subject) -> str:
    match subject:
        case Quantity(Quantifier.ALL | Quantifier.NONE):
            return "are"
        case Quantity(number=number) if number is not None and number != 1:
            return "are"
        case _:
            return "is"


def _type(subject: Subject, titles: Titles) -> Type | None:
    """The type of what is tested; None for what is no fact."""
    names = titles.vocabulary
    match subject:
        case FactName(name) if name in names.decisions:
            return Graded(names.decisions[name].outcomes)
        case FactName(name):
            members: tuple[str, ...] = (name,)
        case Quantity(group=group) | Aggregated(group=group):
            members = _members(group, names)
        case _:
            assert_never(subject)
    return next((names.facts[each].type for each in members if each in names.facts), None)


def _members(group: Group, names: Vocabulary) -> tuple[str, ...]:
    match group:
        case NamedGroup(name):
            return names.groups[name].members if name in names.groups else ()
        case ListedGroup(members):
            return tuple(each.id for each in members)
        case _:
            assert_never(group)


# The test


def _test(test: Test, subject: Subject, titles: Titles) -> str:
    kind = _type(subject, titles)
    values = [_value(value, subject, kind, titles) for value in test.values]
    if values and values[0].startswith(THAT_OF) and test.verb in COMPARED_AS:
        values = [f"{_side(kind, COMPARED_AS[test.verb])} {values[0]}"]
    match test.verb:
        case Verb.IS:
            return values[0]
        case Verb.IS_NOT:
            return f"not {values[0]}"
        case Verb.AT_LEAST:
            return f"{values[0]} or {_side(kind, MORE)}"
        case Verb.AT_MOST:
            return f"{values[0]} or {_side(kind, LESS)}"
        case Verb.BETTER_THAN | Verb.WORSE_THAN:
            return f"{test.verb} {values[0]}"
        case Verb.MORE_THAN:
            return f"{_side(kind, MORE)} than {values[0]}"
        case Verb.LESS_THAN:
            return f"{_side(kind, LESS)} than {values[0]}"
        case Verb.BETWEEN:
            return f"from {values[0]} to {values[1]}"
        case Verb.ONE_OF:
            return f"either {listed(values, 'or')}" if len(values) > 1 else f"just {values[0]}"
        case Verb.NOT_ONE_OF:
            return f"neither {listed(values, 'nor')}" if len(values) > 1 else f"not just {values[0]}"
        case Verb.KNOWN:
            return "known"
        case Verb.UNKNOWN:
            return "not known"
        case _:
            assert_never(test.verb)


def _side(kind: Type | None, sides: tuple[str, str, str]) -> str:
    """What lies on one side of a value: of a grade, of a date, or of anything else."""
    grades, dates, others = sides
    return grades if isinstance(kind, Graded) else dates if isinstance(kind, Calendar) else others


def _value(value: Value, subject: Subject, kind: Type | None, titles: Titles) -> str:
    match value:
        case Word(word):
            return _word(word, subject, kind, titles)
        case Number(number, unit):
            return f"{number:f}" + (f" {unit.id.replace('_', ' ')}" if unit else "")
        case Day(when):
            return day(when)
        case TruthValue(truth):
            return "true" if truth else "false"
        case _:
            assert_never(value)


def _word(word: str, subject: Subject, kind: Type | None, titles: Titles) -> str:
    """A word of the scale of what is tested, or another fact, whose value is meant."""
    if isinstance(kind, Graded) and word in kind.scale.words:
        of = titles.outcomes.get(subject.id) if isinstance(subject, FactName) else None
        return of[word] if of and word in of else titles.words.get(word, quoted(fact(word)))
    return f"{THAT_OF} {_named(word, titles)}"


def sentence(parts: Iterable[str]) -> str:
    """The parts as one sentence, with a capital and a full stop."""
    text = " ".join(parts)
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
