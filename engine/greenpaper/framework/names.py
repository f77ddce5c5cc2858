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
from greenpaper.source.nearest import nearest
from greenpaper.source.shape_problems import unknown_key, wrong_kind
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
    """Every scale, with the words it says twice, or gives a title to without having them, as problems."""
    for name, written in reading.written.scales.items():
        words = written.worst_to_best
        _each_once(reading, words, "scales", name, "worst_to_best")
        for word in written.titles:
            if word not in words:
                reading.found.append(unknown_key(word, words, reading.key("scales", name, "titles", word)))
    return scales_of(reading.written)


def scales_of(written: VocabularyFile) -> dict[str, Scale]:
    return {name: Scale(name, scale.worst_to_best, ordered=True) for name, scale in written.scales.items()}


def read_facts(reading: Vocabulary) -> dict[str, Fact]:
    """Every fact that has a type; the others are left out, with their problem."""
    scales = read_scales(reading)
    facts = {}
    for name, written in reading.written.facts.items():
        _shape(reading, name, written)
        kind = _type(reading, name, written, scales)
        if kind:
            derived = MonthsSince(written.since) if written.since and "since" in TAKES[written.type] else None
            facts[name] = Fact(name, written.title, kind, reading.value("facts", name, "type"), derived)
    _check_derived(reading, facts)
    return facts


def read_groups(reading: Vocabulary, facts: dict[str, Fact]) -> dict[str, Group]:
    """Every group; one whose members have a problem has none, so that what uses it is not blamed as well."""
    groups = {}
    for name, written in reading.written.groups.items():
        before = len(reading.found)
        _check_members(reading, name, written.members, facts)
        members = written.members if len(reading.found) == before and set(written.members) <= set(facts) else ()
        groups[name] = Group(name, written.title, members, reading.value("groups", name, "members"))
    return groups


def check_names(reading: Vocabulary, decisions: dict[str, Span]) -> None:
    """No name twice, none that is a word of the language, none that is also a word of a scale."""
    written = reading.written
    first: dict[str, tuple[Span, str]] = {}
    lists = [(("scales", name, "worst_to_best"), name, scale.worst_to_best) for name, scale in written.scales.items()]
    lists += [(("facts", name, "words"), name, fact.words) for name, fact in written.facts.items() if fact.words]
    for path, name, words in lists:
        for number, word in enumerate(words):
            span = reading.value(*path, number)
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
            meant = nearest(written.scale, scales)
            return Graded(scales[meant]) if meant else None
        case "one of" if written.words:
            _each_once(reading, written.words, "facts", name, "words")
            return Graded(Scale(name, written.words, ordered=False, noun="word"))
        case "one of":
            return None
        case "truth":
            return Truth()
        case "date":
            return Calendar()
        case "whole number" | "decimal":
            return Numeric(written.type == "whole number", written.unit, *_range(reading, name, written))


def _range(reading: Vocabulary, name: str, written: WrittenFact) -> tuple[Decimal | None, Decimal | None]:
    if not written.range:
        return None, None
    for number, end in enumerate(written.range):
        if written.type == "whole number" and end != int(end):
            reading.found.append(wrong_kind(end, "a whole number", reading.value("facts", name, "range", number)))
    least, most = (Decimal(str(end)) for end in written.range)
    if least > most:
        reading.found.append(problems.empty_range(reading.value("facts", name, "range")))
    return least, most


def _each_once(reading: Vocabulary, words: tuple[str, ...], *path: str) -> None:
    first: dict[str, Span] = {}
    for number, word in enumerate(words):
        span = reading.value(*path, number)
        if word in first:
            reading.found.append(problems.duplicate_id(word, "words", span, first[word]))
        first.setdefault(word, span)


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
