"""Random versions whose every condition is well typed, and records of them with unknown facts.

Facts come in families of one type, so that groups, aggregates and comparisons of two facts are common. A test that the
type alone would settle is replaced by one that is not, so that the checker must accept every version.

Over 400 lines, because each kind of test needs its own few and all draw from the same names.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations
from math import ceil, floor, prod
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.brute import meets
from agreement.versions import Value, Version, WrittenConstraint, WrittenDecision, WrittenFact, WrittenRule
from greenpaper.language.syntax import (
    Aggregate,
    Aggregated,
    And,
    Comparison,
    Condition,
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

MOST_COMPLETIONS = 400
SCALES = (("bad", "fair", "fine", "great", "superb"), ("low", "lowish", "highish", "high", "top"))
OF_ANY = (Verb.IS, Verb.IS_NOT, Verb.ONE_OF, Verb.NOT_ONE_OF)
OF_GRADES = (*OF_ANY, Verb.AT_LEAST, Verb.AT_MOST, Verb.BETTER_THAN, Verb.WORSE_THAN, Verb.BETWEEN)
OF_SIZES = (*OF_ANY, Verb.AT_LEAST, Verb.AT_MOST, Verb.MORE_THAN, Verb.LESS_THAN, Verb.BETWEEN)
LISTS = (Verb.ONE_OF, Verb.NOT_ONE_OF)
RESOLVES = ("first", "agree", "only one", "every")
FAMILIES = ("grade", "grade", "truth", "one of", "ranged", "whole", "decimal", "date")
ADDED_UP = ("ranged",)
CUT_AT_CONSTANTS = ("whole", "decimal", "date")


Draw = Callable[[int, int], int]  # a whole number between two others, both included

# Small choices, all made of whole numbers, so that Hypothesis and a plain generator can both make them


def whole(draw: Draw, least: int, most: int) -> int:
    return draw(least, most) if least < most else least


def flip(draw: Draw) -> bool:
    return whole(draw, 0, 1) == 1


def one(draw: Draw, options: Sequence[Any]) -> Any:
    return options[whole(draw, 0, len(options) - 1)]


def some(draw: Draw, options: Sequence[Any], least: int, most: int) -> list[Any]:
    """Between `least` and `most` of the options, each once, in any order."""
    left = list(options)
    return [left.pop(whole(draw, 0, len(left) - 1)) for _ in range(whole(draw, least, min(most, len(left))))]


# Facts


def families(draw: Draw, number: int, scales: Mapping[str, tuple[str, ...]], kinds: Sequence[str]) -> list[WrittenFact]:
    """One to three facts of one type, with constants that tell something about each of them."""
    kind = one(draw, kinds)
    size = whole(draw, 1, 3)
    names = [f"{kind.replace(' ', '')}{number}{letter}" for letter in "abc"[:size]]
    match kind:
        case "grade":
            scale = one(draw, sorted(scales))
            words = scales[scale]
            return [WrittenFact(name, "grade", words, words, scale, constants=words) for name in names]
        case "truth":
            return [WrittenFact(name, "truth", (False, True), constants=(False, True)) for name in names]
        case "one of":
            words = tuple(f"{name}_w{each}" for name in names[:1] for each in range(whole(draw, 2, 4)))
            return [WrittenFact(names[0], "one of", words, words, constants=words)]
        case "ranged":
            return [_ranged(draw, name, number) for name in names]
        case "whole":
            constants = some(draw, range(-3, 7), 1, 2)
            halves = [Decimal(constants[0]) + Decimal("0.5")] if flip(draw) else []
            cuts = tuple(map(Decimal, constants)) + tuple(halves)
            around = {each for cut in cuts for each in (floor(cut) - 1, floor(cut), ceil(cut), ceil(cut) + 1)}
            values = tuple(map(Decimal, sorted(around)))
            unit = one(draw, ("", "months"))
            return [WrittenFact(name, "whole number", values, unit=unit, constants=cuts) for name in names]
        case "decimal":
            return _decimals(draw, names)
        case "date":
            first = date(2024, 2, 28) + timedelta(whole(draw, 0, 400))
            days = tuple(sorted({first, first + timedelta(whole(draw, 0, 3))}))
            values = tuple(sorted({day + timedelta(step) for day in days for step in (-1, 0, 1)}))
            return [WrittenFact(name, "date", values, constants=days) for name in names]
    raise AssertionError(kind)


def _ranged(draw: Draw, name: str, number: int) -> WrittenFact:
    """A whole number whose every value can be listed; the facts of a family have ranges that overlap."""
    least = whole(draw, -1, 0)
    most = whole(draw, 1, 4)
    values = tuple(map(Decimal, range(least, most + 1)))
    unit = "visits" if number % 2 else ""
    return WrittenFact(
        name, "whole number", values, unit=unit, range=(values[0], values[-1]), constants=tuple(map(Decimal, (0, 1, 2)))
    )


def _decimals(draw: Draw, names: Sequence[str]) -> list[WrittenFact]:
    hundredths = some(draw, range(-150, 151), 1, 2)
    cuts = tuple(sorted(Decimal(each) / 100 for each in hundredths))
    step = Decimal("0.005")
    values = {each for cut in cuts for each in (cut - step, cut, cut + step)}
    bounds = (cuts[0] - whole(draw, 0, 2), cuts[-1] + 1) if flip(draw) else None
    if bounds:
        values = {each for each in values if bounds[0] <= each <= bounds[1]} | set(bounds)
    return [WrittenFact(name, "decimal", tuple(sorted(values)), range=bounds, constants=cuts) for name in names]


# Conditions


class _Names:
    """What conditions may use so far."""

    def __init__(self, facts: Sequence[WrittenFact], groups: Mapping[str, tuple[str, ...]]) -> None:
        self.facts = {fact.id: fact for fact in facts}
        self.groups = groups
        self.definitions: list[str] = []
        self.decisions: list[WrittenDecision] = []

    def kin(self, fact: WrittenFact) -> list[WrittenFact]:
        """Facts that the fact may be compared with."""
        return [
            other
            for other in self.facts.values()
            if fact.can_be_listed
            and other.can_be_listed
            and (other.type, other.words, other.unit) == (fact.type, fact.words, fact.unit)
        ]


def conditions(draw: Draw, names: _Names, depth: int = 2) -> Condition:
    """A condition over the names, at most so deep."""
    shape = one(draw, ("test", "test", "and", "or", "not")) if depth else "test"
    if shape == "test":
        return _tests(draw, names)
    if shape == "not":
        return Not(conditions(draw, names, depth - 1), None)
    count = whole(draw, 2, 3)
    parts = tuple(conditions(draw, names, depth - 1) for _ in range(count))
    return And(parts, None) if shape == "and" else Or(parts, None)


def _tests(draw: Draw, names: _Names) -> Condition:
    shapes = ["fact", "fact", "quantity", "aggregate"]
    shapes += ["definition"] * bool(names.definitions) + ["decision", "decision"] * bool(names.decisions)
    match one(draw, shapes):
        case "definition":
            return _of_definition(draw, names)
        case "decision":
            return _of_decision(draw, names)
        case "quantity":
            return _of_quantity(draw, names)
        case "aggregate":
            return _of_aggregate(draw, names)
    fact = names.facts[one(draw, sorted(names.facts))]
    if fact.type == "truth" and flip(draw):
        return Holds(fact.id, None)
    return Comparison(FactName(fact.id, None), tests_of(draw, names, (fact,)), None)


def _of_definition(draw: Draw, names: _Names) -> Condition:
    name = one(draw, names.definitions)
    if flip(draw):
        return Holds(name, None)
    verb = one(draw, (Verb.IS, Verb.IS_NOT))
    return Comparison(FactName(name, None), Test(verb, (TruthValue(flip(draw), None),), None), None)


def _of_decision(draw: Draw, names: _Names) -> Condition:
    decision = one(draw, names.decisions)
    verb = one(draw, OF_GRADES if decision.ordered else OF_ANY)
    outcomes = _chosen(draw, verb, decision.outcomes)
    if verb is Verb.BETWEEN:
        outcomes.sort(key=decision.outcomes.index, reverse=True)
    ranks = {outcome: -number for number, outcome in enumerate(decision.outcomes)}
    met = {meets(verb, rank, [ranks[each] for each in outcomes]) for rank in ranks.values()}
    if len(met) == 1:
        verb, outcomes = Verb.IS, outcomes[:1]
    return Comparison(FactName(decision.id, None), Test(verb, tuple(Word(each, None) for each in outcomes), None), None)


def _groups(draw: Draw, names: _Names, *, ordered: bool = False) -> tuple[Any, tuple[WrittenFact, ...]]:
    """A named group or a list, with its members."""
    usable = {
        name: members for name, members in names.groups.items() if names.facts[members[0]].is_ordered or not ordered
    }
    first = one(draw, [fact for fact in names.facts.values() if fact.is_ordered or not ordered])
    if usable and flip(draw):
        name = one(draw, sorted(usable))
        return NamedGroup(name, None), tuple(names.facts[member] for member in usable[name])
    likes = [fact for fact in names.facts.values() if _alike(fact, first)]
    chosen = some(draw, [fact.id for fact in likes], min(len(likes), one(draw, (1, 2, 2))), 3)
    return ListedGroup(tuple(Word(each, None) for each in chosen), None), tuple(names.facts[each] for each in chosen)


def _alike(fact: WrittenFact, other: WrittenFact) -> bool:
    if fact.type == "one of" or (fact.type, fact.words, fact.unit) != (other.type, other.words, other.unit):
        return fact is other
    return fact.constants == other.constants


def _of_quantity(draw: Draw, names: _Names) -> Condition:
    group, members = _groups(draw, names)
    quantifier = one(draw, tuple(Quantifier))
    ends = {
        Quantifier.AT_LEAST: (1, len(members)),
        Quantifier.AT_MOST: (0, len(members) - 1),
        Quantifier.EXACTLY: (0, len(members)),
    }.get(quantifier)
    number = whole(draw, *ends) if ends else None
    return Comparison(Quantity(quantifier, number, group, None), tests_of(draw, names, members), None)


def _of_aggregate(draw: Draw, names: _Names) -> Condition:
    if not any(fact.is_ordered for fact in names.facts.values()):
        return _of_quantity(draw, names)
    group, members = _groups(draw, names, ordered=True)
    if members[0].range and members[0].type == "whole number" and one(draw, (True, True, False)):
        return Comparison(Aggregated(Aggregate.TOTAL, group, None), _of_total(draw, names, members), None)
    aggregate = one(draw, (Aggregate.LOWEST, Aggregate.HIGHEST))
    return Comparison(Aggregated(aggregate, group, None), tests_of(draw, names, members), None)


def _of_total(draw: Draw, names: _Names, members: Sequence[WrittenFact]) -> Test:
    verb = one(draw, OF_SIZES)
    least, most = (sum(int(member.range[end]) for member in members) for end in (0, 1))
    if verb not in LISTS and whole(draw, 0, 2) == 0:
        kin = _chosen(draw, verb, [other.id for other in names.kin(members[0])])
        return Test(verb, tuple(Word(each, None) for each in kin), None)
    totals = range(least, most + 1)
    constants = sorted(_chosen(draw, verb, totals))
    if len({meets(verb, total, constants) for total in totals}) == 1:
        verb, constants = Verb.AT_MOST, [least]
    return Test(verb, tuple(_value(Decimal(each)) for each in constants), None)


def _chosen(draw: Draw, verb: Verb, options: Sequence[Any]) -> list[Any]:
    """As many of the options as the verb takes, each once, unless there is only one for a verb that takes two."""
    least, most = (2, 2) if verb is Verb.BETWEEN else (1, 3) if verb in LISTS else (1, 1)
    chosen = some(draw, options, min(least, len(options)), most)
    return chosen + chosen[:1] * (least - len(chosen))


def tests_of(draw: Draw, names: _Names, members: Sequence[WrittenFact]) -> Test:
    """A test that some value of each member meets and some does not."""
    fact = members[0]
    verbs = OF_ANY if not fact.is_ordered else OF_GRADES if fact.words else OF_SIZES
    verb = one(draw, verbs)
    kin = [other for other in names.kin(fact) if (other,) != tuple(members)]
    if kin and verb not in LISTS and all(member.can_be_listed for member in members) and flip(draw):
        values = [Word(other.id, None) for other in kin] + [_value(each, fact) for each in fact.constants]
        chosen = _chosen(draw, verb, values)
        if any(isinstance(value, Word) and value.id in names.facts for value in chosen):
            return Test(verb, tuple(chosen), None)
    constants = _chosen(draw, verb, fact.constants)
    if verb is Verb.BETWEEN:
        constants.sort(key=lambda value: _size(fact, value))
    if not all(_tells(member, verb, constants) for member in members):
        verb, constants = (
            Verb.IS,
            [fact.constants[-2] if fact.range and fact.type == "whole number" else fact.constants[0]],
        )
    unit = fact.unit if flip(draw) else ""
    return Test(verb, tuple(_value(constant, fact, unit) for constant in constants), None)


def _tells(fact: WrittenFact, verb: Verb, constants: Sequence[Value]) -> bool:
    sizes = [_size(fact, constant) for constant in constants]
    return len({meets(verb, _size(fact, value), sizes) for value in fact.values}) == 2


def _size(fact: WrittenFact, value: Any) -> Any:
    return fact.words.index(value) if fact.words else value


def _value(constant: Any, fact: WrittenFact | None = None, unit: str = "") -> Any:
    match constant:
        case bool():
            return TruthValue(constant, None)
        case Decimal():
            return Number(constant, Word(unit, None) if unit else None, None)
        case date():
            return Day(constant, None)
        case _:
            return Word(constant, None)


# Versions


def a_version(draw: Draw, kinds: Sequence[str] = FAMILIES) -> Version:
    """A version with a few families of facts, and definitions and decisions that use each other."""
    scales = {name: words[: whole(draw, 2, 5)] for name, words in zip(("scale_a", "scale_b"), SCALES, strict=True)}
    facts: list[WrittenFact] = []
    for number in range(whole(draw, 1, 3)):
        for fact in families(draw, number, scales, kinds):
            if prod(len(each.values) for each in [*facts, fact]) <= MOST_COMPLETIONS:
                facts.append(fact)
    groups = _named_groups(draw, facts)
    names = _Names(facts, groups)
    definitions: dict[str, Condition] = {}
    decisions: dict[str, WrittenDecision] = {}
    for number in range(whole(draw, 1, 4)):
        if flip(draw):
            definitions[f"definition{number}"] = conditions(draw, names, 1)
            names.definitions.append(f"definition{number}")
        decision = _decisions(draw, names, number)
        decisions[decision.id] = decision
        if decision.resolve != "every":
            names.decisions.append(decision)
    constraints = tuple(_constraints(draw, names, number) for number in range(whole(draw, 0, 2)))
    in_any_order = some(draw, sorted(decisions), len(decisions), len(decisions))
    return Version(
        scales, names.facts, groups, {name: decisions[name] for name in in_any_order}, definitions, constraints
    )


def _named_groups(draw: Draw, facts: Sequence[WrittenFact]) -> dict[str, tuple[str, ...]]:
    pairs = [(one, other) for one, other in combinations(facts, 2) if _alike(one, other)]
    if not pairs:
        return {}
    first = one(draw, pairs)[0]
    likes = [fact.id for fact in facts if _alike(fact, first)]
    members = tuple(some(draw, likes, 2, 3))
    return {"everyone": members}


def _decisions(draw: Draw, names: _Names, number: int) -> WrittenDecision:
    outcomes = tuple(f"outcome{number}{letter}" for letter in "abc"[: whole(draw, 1, 3)])
    rules = tuple(
        WrittenRule(f"rule-{each}", conditions(draw, names), one(draw, outcomes)) for each in range(whole(draw, 1, 4))
    )
    left_open = (conditions(draw, names, 1),) if flip(draw) else ()
    return WrittenDecision(f"decision{number}", outcomes, flip(draw), one(draw, RESOLVES), rules, left_open)


def _constraints(draw: Draw, names: _Names, number: int) -> WrittenConstraint:
    when = conditions(draw, names, 0) if flip(draw) else None
    force = one(draw, ("always", "always", "usual"))
    return WrittenConstraint(f"C-{number}", conditions(draw, names, 1), when, force)


# Records


def a_record(draw: Draw, version: Version, *, complete: bool = False) -> dict[str, Value]:
    """Some facts with a value, or all; the others are unknown."""
    return {name: one(draw, fact.values) for name, fact in version.facts.items() if complete or flip(draw)}


Example = tuple[Version, list[dict[str, Value]]]


def an_example(draw: Draw, kinds: Sequence[str] = FAMILIES) -> Example:
    """A version with the empty record, some partial ones and, last, a complete one."""
    version = a_version(draw, kinds)
    partial = [a_record(draw, version) for _ in range(whole(draw, 1, 3))]
    return version, [{}, *partial, a_record(draw, version, complete=True)]


@cache
def _seeded(seed: int, kinds: tuple[str, ...]) -> Example:
    """The same for all tests, which can then share what is made of it."""
    return an_example(Random(seed).randint, kinds)


@cache
def _integers(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


@st.composite
def examples(draw: st.DrawFn, kinds: Sequence[str] = FAMILIES) -> Example:
    """Examples that Hypothesis can make smaller."""
    return an_example(lambda least, most: draw(_integers(least, most)), kinds)


def in_every_version(
    check: Callable[[Version, list[dict[str, Value]]], None],
    *,
    kinds: tuple[str, ...] = FAMILIES,
    seeds: int = 100,
    drawn: int = 20,
) -> None:
    """Check the examples of a plain generator, which differ more, and some of Hypothesis, which a failure makes small."""

    @settings(max_examples=drawn)
    @given(examples(kinds))
    def check_drawn(example: Example) -> None:
        check(*example)

    check_drawn()
    for seed in range(seeds):
        example = _seeded(seed, kinds)
        try:
            check(*example)
        except BaseException as fault:
            fault.add_note(f"seed {seed}:\n{example[0].in_yaml()}\n{example[1]}")
            raise
