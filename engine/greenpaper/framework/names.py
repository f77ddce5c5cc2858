"""Vocabulary file → facts and groups with their types. Definitions and decisions join later, in order of need."""

from decimal import Decimal

from greenpaper.framework import problems
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import Fact as WrittenFact
from greenpaper.framework.written import VocabularyFile
from greenpaper.language.checker import alike
from greenpaper.language.parser import keywords
from greenpaper.language.types import Calendar, Graded, Numeric, Scale, Truth, Type
from greenpaper.language.vocabulary import Fact, Group, MonthsSince
from greenpaper.source.text import Span

NEEDS = {"grade": "scale", "one of": "words"}
TAKES = {
    "grade": {"scale"},
    "one of": {"words"},
    "whole number": {"unit", "range", "since"},
    "decimal": {"unit", "range"},
    "truth": set[str](),
    "date": set[str](),
}
SPECIFIC = ("scale", "words", "unit", "range", "since")

Vocabulary = Reading[VocabularyFile]


def read_scales(reading: Vocabulary) -> dict[str, Scale]:
    return {name: Scale(name, scale.worst_to_best, ordered=True) for name, scale in reading.written.scales.items()}


def read_facts(reading: Vocabulary) -> dict[str, Fact]:
    """Every fact that has a type; the others are left out, with their problem."""
    scales = read_scales(reading)
    facts = {}
    for name, written in reading.written.facts.items():
        _shape(reading, name, written)
        kind = _type(reading, name, written, scales)
        if kind:
            derived = MonthsSince(written.since) if written.since else None
            facts[name] = Fact(name, written.title, kind, reading.value("facts", name, "type"), derived)
    _check_derived(reading, facts)
    return facts


def read_groups(reading: Vocabulary, facts: dict[str, Fact]) -> dict[str, Group]:
    """Every group whose members are facts of one type."""
    groups = {}
    for name, written in reading.written.groups.items():
        before = len(reading.found)
        _check_members(reading, name, written.members, facts)
        if len(reading.found) == before:
            span = reading.value("groups", name, "members")
            groups[name] = Group(name, written.title, written.members, span)
    return groups


def check_names(reading: Vocabulary, decisions: dict[str, Span]) -> None:
    """No name twice, none that is a word of the language, none that is also a word of a scale."""
    written = reading.written
    first: dict[str, tuple[Span, str]] = {}
    for name, scale in written.scales.items():
        for number, word in enumerate(scale.worst_to_best):
            span = reading.value("scales", name, "worst_to_best", number)
            if word in keywords():
                reading.found.append(problems.name_is_a_word(word, span))
            first.setdefault(word, (span, f"a word of `{name}`"))
    kinds = (("facts", "a fact"), ("groups", "a group"), ("definitions", "a definition"))
    named = [(name, reading.key(kind, name), what) for kind, what in kinds for name in getattr(written, kind)]
    named += [(name, span, "a decision") for name, span in decisions.items()]
    for name, span, what in named:
        if name in keywords():
            reading.found.append(problems.name_is_a_word(name, span))
        elif name in first:
            reading.found.append(problems.same_name(name, span, *first[name]))
        first.setdefault(name, (span, what))


def _shape(reading: Vocabulary, name: str, written: WrittenFact) -> None:
    """What a fact of its type must say, and what it has no use for."""
    given = {key for key in SPECIFIC if getattr(written, key)}
    needed = NEEDS.get(written.type)
    if needed and needed not in given:
        reading.found.append(problems.fact_lacks(written.type, needed, reading.value("facts", name, "type")))
    for key in sorted(given - TAKES[written.type]):
        reading.found.append(problems.fact_has_needless(written.type, key, reading.key("facts", name, key)))


def _type(reading: Vocabulary, name: str, written: WrittenFact, scales: dict[str, Scale]) -> Type | None:
    match written.type:
        case "grade" if written.scale in scales:
            return Graded(scales[written.scale])
        case "grade":
            if written.scale:
                span = reading.value("facts", name, "scale")
                reading.found.append(problems.unknown_scale(written.scale, span, scales))
            return None
        case "one of":
            return Graded(Scale(name, written.words, ordered=False, noun="word")) if written.words else None
        case "truth":
            return Truth()
        case "date":
            return Calendar()
        case "whole number" | "decimal":
            return Numeric(written.type == "whole number", written.unit, *_range(reading, name, written))


def _range(reading: Vocabulary, name: str, written: WrittenFact) -> tuple[Decimal | None, Decimal | None]:
    if not written.range:
        return None, None
    least, most = (Decimal(str(end)) for end in written.range)
    if least > most:
        reading.found.append(problems.empty_range(reading.value("facts", name, "range")))
    return least, most


def _check_derived(reading: Vocabulary, facts: dict[str, Fact]) -> None:
    for name, fact in facts.items():
        if not fact.derived:
            continue
        since = fact.derived.since
        span = reading.value("facts", name, "since")
        if since not in facts:
            reading.found.append(problems.since_no_date(since, span, "no fact has this name"))
        elif not isinstance(facts[since].type, Calendar):
            reading.found.append(problems.since_no_date(since, span, "it is not a date"))
        elif not (isinstance(fact.type, Numeric) and fact.type.unit == "months"):
            reading.found.append(problems.since_no_date(since, span, "the unit is not months"))


def _check_members(reading: Vocabulary, name: str, members: tuple[str, ...], facts: dict[str, Fact]) -> None:
    first: dict[str, Span] = {}
    for number, member in enumerate(members):
        span = reading.value("groups", name, "members", number)
        if member in first:
            reading.found.append(problems.twice_in_group(member, span, first[member]))
        elif member not in facts:
            if member not in reading.written.facts:
                reading.found.append(problems.unknown_member(member, span, reading.written.facts))
        elif members[0] in facts and not alike(facts[members[0]].type, facts[member].type):
            reading.found.append(problems.unlike_group(name, members[0], member, span))
        first.setdefault(member, span)
