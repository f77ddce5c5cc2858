"""Hypothesis strategies: conditions as trees and as text, vocabularies, and records of them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from greenpaper.language.parser import keywords
from greenpaper.language.syntax import (
    Aggregate,
    Aggregated,
    And,
    Comparison,
    Day,
    FactName,
    Holds,
    ListedGroup,
    NamedGroup,
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
from greenpaper.language.types import Calendar, Graded, Numeric, Scale, Truth
from greenpaper.language.vocabulary import Fact, Group, Vocabulary
from greenpaper.source.text import Source, Span

NOWHERE = Span(Source("made", ""), 0, 0)
UNORDERED = (Verb.IS, Verb.IS_NOT, Verb.ONE_OF, Verb.NOT_ONE_OF)
GRADE_VERBS = (*UNORDERED, Verb.AT_LEAST, Verb.AT_MOST, Verb.BETTER_THAN, Verb.WORSE_THAN, Verb.BETWEEN)
SIZE_VERBS = (*UNORDERED, Verb.AT_LEAST, Verb.AT_MOST, Verb.MORE_THAN, Verb.LESS_THAN, Verb.BETWEEN)

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in keywords())
words = names.map(lambda name: Word(name, NOWHERE))
decimals = st.decimals(-1000, 1000, places=2) | st.integers(-10_000, 10_000).map(Decimal)
numbers = st.builds(Number, decimals, st.none() | words, st.just(NOWHERE))
days = st.builds(Day, st.dates(), st.just(NOWHERE))
truths = st.builds(TruthValue, st.booleans(), st.just(NOWHERE))
values = words | numbers | days | truths
groups = st.builds(NamedGroup, names, st.just(NOWHERE)) | st.builds(
    ListedGroup, st.lists(words, min_size=1, max_size=4).map(tuple), st.just(NOWHERE)
)


def how_many(quantifier: Quantifier):
    counts = quantifier in (Quantifier.AT_LEAST, Quantifier.AT_MOST, Quantifier.EXACTLY)
    return st.integers(0, 12) if counts else st.none()


quantities = st.sampled_from(Quantifier).flatmap(
    lambda each: st.builds(Quantity, st.just(each), how_many(each), groups, st.just(NOWHERE))
)
subjects = (
    st.builds(FactName, names, st.just(NOWHERE))
    | quantities
    | st.builds(Aggregated, st.sampled_from(Aggregate), groups, st.just(NOWHERE))
)


def values_for(verb: Verb, each=values):
    match verb:
        case Verb.KNOWN | Verb.UNKNOWN:
            return st.just(())
        case Verb.BETWEEN:
            return st.tuples(each, each)
        case Verb.ONE_OF | Verb.NOT_ONE_OF:
            return st.lists(each, min_size=1, max_size=4).map(tuple)
        case _:
            return st.tuples(each)


def tests_of(verbs, each):
    return st.sampled_from(verbs).flatmap(
        lambda verb: st.builds(Test, st.just(verb), values_for(verb, each), st.just(NOWHERE))
    )


def joined(parts):
    """`parts`, and those joined by `and`, `or` and `not` as the parser joins them: equal joins never nested."""

    def flat(kind, each):
        found = [inner for part in each for inner in (part.parts if isinstance(part, kind) else (part,))]
        return kind(tuple(found), NOWHERE)

    several = st.lists(parts, min_size=2, max_size=3)
    return (
        parts.map(lambda part: Not(part, NOWHERE))
        | several.map(lambda each: flat(And, each))
        | several.map(lambda each: flat(Or, each))
    )


def conditions_of(leaves, size: int = 8):
    return st.recursive(leaves, joined, max_leaves=size)


any_conditions = conditions_of(
    st.builds(Holds, names, st.just(NOWHERE))
    | st.builds(Comparison, subjects, tests_of(tuple(Verb), values), st.just(NOWHERE))
)


# Vocabularies, conditions that are well-typed in them, and records

SCALE = Scale("grades", ("poor", "fair", "fine", "great"), ordered=True)
KINDS = Scale("kinds", ("red", "green", "blue"), ordered=False, noun="word")
ranges = st.tuples(st.integers(-5, 5), st.integers(0, 9)).map(lambda pair: (Decimal(pair[0]), Decimal(sum(pair))))
TYPES = {
    "grade": st.just(Graded(SCALE)),
    "kind": st.just(Graded(KINDS)),
    "truth": st.just(Truth()),
    "count": ranges.map(lambda ends: Numeric(True, "", *ends)),
    "months": st.just(Numeric(True, "months")),
    "rate": ranges.map(lambda ends: Numeric(False, "", *ends)) | st.just(Numeric(False)),
    "day": st.just(Calendar()),
}


@st.composite
def vocabularies(draw):
    """Two or three facts of truth and of one to three other types, and a group of each type's facts."""
    facts, groups_of = {}, {}
    others = st.lists(st.sampled_from(sorted(set(TYPES) - {"truth"})), min_size=1, max_size=3, unique=True)
    for family in ("truth", *draw(others)):
        members = tuple(f"{family}_{number}" for number in range(draw(st.integers(2, 3))))
        facts |= {name: Fact(name, name, draw(TYPES[family]), NOWHERE) for name in members}
        groups_of[f"all_{family}"] = Group(f"all_{family}", family, members, NOWHERE)
    return Vocabulary("made", facts, groups_of)


def value_of(kind):
    """Values that a condition may compare a fact of this type with."""
    match kind:
        case Graded(scale):
            return st.sampled_from(scale.words).map(lambda word: Word(word, NOWHERE))
        case Truth():
            return truths
        case Calendar():
            return st.builds(Day, st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.just(NOWHERE))
        case Numeric(whole=whole, unit=unit):
            units = st.none() | st.just(Word(unit, NOWHERE)) if unit else st.none()
            size = st.integers(-6, 15).map(Decimal) if whole else st.decimals(-6, 15, places=1)
            return st.builds(Number, size, units, st.just(NOWHERE))


def known_of(kind):
    """Values a record may give."""
    match kind:
        case Graded(scale):
            return st.sampled_from(scale.words)
        case Truth():
            return st.booleans()
        case Calendar():
            return st.dates(date(2019, 1, 1), date(2031, 12, 31))
        case Numeric(whole=whole, least=least, most=most):
            low, high = (-8 if least is None else least), (17 if most is None else most)
            if whole:
                return st.integers(int(low), int(high)).map(Decimal)
            return st.decimals(low, high, places=1)


def verbs_of(kind):
    match kind:
        case Graded(scale) if scale.ordered:
            return GRADE_VERBS
        case Numeric() | Calendar():
            return SIZE_VERBS
        case _:
            return UNORDERED


def comparisons_in(vocabulary: Vocabulary):
    """Comparisons of right types; some say nothing or ask too much, which the checker must find."""
    leaves = []
    for family, group in ((name.removeprefix("all_"), group) for name, group in vocabulary.groups.items()):
        kind = vocabulary.facts[group.members[0]].type
        others = st.sampled_from([Word(name, NOWHERE) for name in group.members])
        each = value_of(kind) | others if family in ("grade", "kind", "truth", "count") else value_of(kind)
        of_group = st.just(NamedGroup(group.id, NOWHERE))
        subject = st.sampled_from([FactName(name, NOWHERE) for name in group.members]) | st.sampled_from(
            Quantifier
        ).flatmap(lambda each, of=of_group: st.builds(Quantity, st.just(each), how_many(each), of, st.just(NOWHERE)))
        if kind != Truth() and family != "kind":
            sums = (Aggregate.TOTAL,) if family == "count" else ()
            every = st.sampled_from((Aggregate.LOWEST, Aggregate.HIGHEST, *sums))
            subject |= st.builds(Aggregated, every, of_group, st.just(NOWHERE))
        leaves.append(st.builds(Comparison, subject, tests_of(verbs_of(kind), each), st.just(NOWHERE)))
    truths_alone = [Holds(name, NOWHERE) for name in vocabulary.groups["all_truth"].members]
    return st.one_of(*leaves, st.sampled_from(truths_alone))


def some_value(kind, random: Random):
    match kind:
        case Graded(scale):
            return random.choice(scale.words)
        case Truth():
            return random.random() < 0.5
        case Calendar():
            return date(2020, 1, 1) + timedelta(days=random.randrange(-400, 4400))
        case Numeric(whole=whole, least=least, most=most):
            low, high = (-8 if least is None else int(least)), (17 if most is None else int(most))
            return Decimal(random.randint(low, high)) if whole else Decimal(random.randint(low * 10, high * 10)) / 10


def some_records(vocabulary: Vocabulary, number: int = 60):
    """Complete records, the same ones each time."""
    random = Random(number)
    return [{name: some_value(fact.type, random) for name, fact in vocabulary.facts.items()} for _ in range(number)]


def records_of(vocabulary: Vocabulary):
    """Some facts with values, the others unknown."""
    return st.fixed_dictionaries({}, optional={name: known_of(fact.type) for name, fact in vocabulary.facts.items()})


def completions_of(vocabulary: Vocabulary):
    return st.fixed_dictionaries({name: known_of(fact.type) for name, fact in vocabulary.facts.items()})


# Text

TOKENS = (
    *sorted(keywords()), *"()[],", "leaders", "help", "practice", "scores", "months", "flag", "good", "requires_improvement",
    "pathway", "light", "struggling", "30", "2", "-1", "2.5", "012", "2026-04-01", "2026-02-30", "days", "nobody",
    ">=", "'", "Good", "\n",
)  # fmt: skip
token_texts = st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join)
any_texts = st.text(max_size=60) | st.text(alphabet="abcdegilnorst ()[],0123456789-_.\n\t", max_size=80)
