"""Random versions whose every condition is well typed, and records of them with unknown facts.

Facts come in families of one type, so that groups, aggregates and comparisons of two facts are common. A test that the
type alone would settle is replaced by one that is not, so that the checker must accept every version.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import ceil, floor, prod
from typing import Any

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


# Facts


@st.composite
def families(draw: st.DrawFn, number: int, scales: Mapping[str, tuple[str, ...]]) -> list[WrittenFact]:
    """One to three facts of one type, with constants that tell something about each of them."""
    kind = draw(st.sampled_from(FAMILIES))
    size = draw(st.integers(1, 3))
    names = [f"{kind.replace(' ', '')}{number}{letter}" for letter in "abc"[:size]]
    match kind:
        case "grade":
            scale = draw(st.sampled_from(sorted(scales)))
            words = scales[scale]
            return [WrittenFact(name, "grade", words, words, scale, constants=words) for name in names]
        case "truth":
            return [WrittenFact(name, "truth", (False, True), constants=(False, True)) for name in names]
        case "one of":
            words = tuple(f"{name}_w{each}" for name in names[:1] for each in range(draw(st.integers(2, 4))))
            return [WrittenFact(names[0], "one of", words, words, constants=words)]
        case "ranged":
            return [draw(_ranged(name, number)) for name in names]
        case "whole":
            constants = draw(st.lists(st.integers(-3, 6), min_size=1, max_size=2, unique=True))
            halves = [Decimal(constants[0]) + Decimal("0.5")] if draw(st.booleans()) else []
            cuts = tuple(map(Decimal, constants)) + tuple(halves)
            around = {each for cut in cuts for each in (floor(cut) - 1, floor(cut), ceil(cut), ceil(cut) + 1)}
            values = tuple(map(Decimal, sorted(around)))
            unit = draw(st.sampled_from(("", "months")))
            return [WrittenFact(name, "whole number", values, unit=unit, constants=cuts) for name in names]
        case "decimal":
            return draw(_decimals(names))
        case "date":
            first = date(2024, 2, 28) + timedelta(draw(st.integers(0, 400)))
            days = tuple(sorted({first, first + timedelta(draw(st.integers(0, 3)))}))
            values = tuple(sorted({day + timedelta(step) for day in days for step in (-1, 0, 1)}))
            return [WrittenFact(name, "date", values, constants=days) for name in names]
    raise AssertionError(kind)


@st.composite
def _ranged(draw: st.DrawFn, name: str, number: int) -> WrittenFact:
    """A whole number whose every value can be listed; the facts of a family have ranges that overlap."""
    least = draw(st.integers(-1, 0))
    most = draw(st.integers(1, 3))
    values = tuple(map(Decimal, range(least, most + 1)))
    unit = "visits" if number % 2 else ""
    return WrittenFact(
        name, "whole number", values, unit=unit, range=(values[0], values[-1]), constants=tuple(map(Decimal, (0, 1, 2)))
    )


@st.composite
def _decimals(draw: st.DrawFn, names: Sequence[str]) -> list[WrittenFact]:
    hundredths = draw(st.lists(st.integers(-150, 150), min_size=1, max_size=2, unique=True))
    cuts = tuple(sorted(Decimal(each) / 100 for each in hundredths))
    step = Decimal("0.005")
    values = {each for cut in cuts for each in (cut - step, cut, cut + step)}
    bounds = (cuts[0] - draw(st.integers(0, 2)), cuts[-1] + 1) if draw(st.booleans()) else None
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


@st.composite
def conditions(draw: st.DrawFn, names: _Names, depth: int = 2) -> Condition:
    """A condition over the names, at most so deep."""
    shape = draw(st.sampled_from(("test", "test", "and", "or", "not"))) if depth else "test"
    if shape == "test":
        return draw(_tests(names))
    if shape == "not":
        return Not(draw(conditions(names, depth - 1)), None)
    count = draw(st.integers(2, 3))
    parts = tuple(draw(conditions(names, depth - 1)) for _ in range(count))
    return And(parts, None) if shape == "and" else Or(parts, None)


@st.composite
def _tests(draw: st.DrawFn, names: _Names) -> Condition:
    shapes = ["fact", "fact", "quantity", "aggregate"]
    shapes += ["definition"] * bool(names.definitions) + ["decision", "decision"] * bool(names.decisions)
    match draw(st.sampled_from(shapes)):
        case "definition":
            return draw(_of_definition(names))
        case "decision":
            return draw(_of_decision(names))
        case "quantity":
            return draw(_of_quantity(names))
        case "aggregate":
            return draw(_of_aggregate(names))
    fact = names.facts[draw(st.sampled_from(sorted(names.facts)))]
    if fact.type == "truth" and draw(st.booleans()):
        return Holds(fact.id, None)
    return Comparison(FactName(fact.id, None), draw(tests_of(names, (fact,))), None)


@st.composite
def _of_definition(draw: st.DrawFn, names: _Names) -> Condition:
    name = draw(st.sampled_from(names.definitions))
    if draw(st.booleans()):
        return Holds(name, None)
    verb = draw(st.sampled_from((Verb.IS, Verb.IS_NOT)))
    return Comparison(FactName(name, None), Test(verb, (TruthValue(draw(st.booleans()), None),), None), None)


@st.composite
def _of_decision(draw: st.DrawFn, names: _Names) -> Condition:
    decision = draw(st.sampled_from(names.decisions))
    verb = draw(st.sampled_from(OF_GRADES if decision.ordered else OF_ANY))
    outcomes = draw(_chosen(verb, decision.outcomes))
    if verb is Verb.BETWEEN:
        outcomes.sort(key=decision.outcomes.index, reverse=True)
    ranks = {outcome: -number for number, outcome in enumerate(decision.outcomes)}
    met = {meets(verb, rank, [ranks[each] for each in outcomes]) for rank in ranks.values()}
    if len(met) == 1:
        verb, outcomes = Verb.IS, outcomes[:1]
    return Comparison(FactName(decision.id, None), Test(verb, tuple(Word(each, None) for each in outcomes), None), None)


@st.composite
def _groups(draw: st.DrawFn, names: _Names, *, ordered: bool = False) -> tuple[Any, tuple[WrittenFact, ...]]:
    """A named group or a list, with its members."""
    usable = {name: members for name, members in names.groups.items() if names.facts[members[0]].is_ordered or not ordered}
    first = draw(st.sampled_from([fact for fact in names.facts.values() if fact.is_ordered or not ordered]))
    if usable and draw(st.booleans()):
        name = draw(st.sampled_from(sorted(usable)))
        return NamedGroup(name, None), tuple(names.facts[member] for member in usable[name])
    likes = [fact for fact in names.facts.values() if _alike(fact, first)]
    chosen = draw(st.lists(st.sampled_from([fact.id for fact in likes]), min_size=1, max_size=3, unique=True))
    return ListedGroup(tuple(Word(each, None) for each in chosen), None), tuple(names.facts[each] for each in chosen)


def _alike(fact: WrittenFact, other: WrittenFact) -> bool:
    if fact.type == "one of" or (fact.type, fact.words, fact.unit) != (other.type, other.words, other.unit):
        return fact is other
    return fact.constants == other.constants


@st.composite
def _of_quantity(draw: st.DrawFn, names: _Names) -> Condition:
    group, members = draw(_groups(names))
    quantifier = draw(st.sampled_from(tuple(Quantifier)))
    number = {
        Quantifier.AT_LEAST: st.integers(1, len(members)),
        Quantifier.AT_MOST: st.integers(0, len(members) - 1),
        Quantifier.EXACTLY: st.integers(0, len(members)),
    }.get(quantifier, st.none())
    return Comparison(Quantity(quantifier, draw(number), group, None), draw(tests_of(names, members)), None)


@st.composite
def _of_aggregate(draw: st.DrawFn, names: _Names) -> Condition:
    if not any(fact.is_ordered for fact in names.facts.values()):
        return draw(_of_quantity(names))
    group, members = draw(_groups(names, ordered=True))
    if members[0].range and members[0].type == "whole number" and draw(st.booleans()):
        return Comparison(Aggregated(Aggregate.TOTAL, group, None), draw(_of_total(names, members)), None)
    aggregate = draw(st.sampled_from((Aggregate.LOWEST, Aggregate.HIGHEST)))
    return Comparison(Aggregated(aggregate, group, None), draw(tests_of(names, members)), None)


@st.composite
def _of_total(draw: st.DrawFn, names: _Names, members: Sequence[WrittenFact]) -> Test:
    verb = draw(st.sampled_from(OF_SIZES))
    least, most = (sum(int(member.range[end]) for member in members) for end in (0, 1))
    if verb not in LISTS and draw(st.integers(0, 2)) == 0:
        kin = draw(_chosen(verb, [other.id for other in names.kin(members[0])]))
        return Test(verb, tuple(Word(each, None) for each in kin), None)
    totals = range(least, most + 1)
    constants = sorted(draw(_chosen(verb, totals)))
    if len({meets(verb, total, constants) for total in totals}) == 1:
        verb, constants = Verb.AT_MOST, [least]
    return Test(verb, tuple(_value(Decimal(each)) for each in constants), None)


@st.composite
def _chosen(draw: st.DrawFn, verb: Verb, options: Sequence[Any]) -> list[Any]:
    """As many of the options as the verb takes, each once, unless there is only one for a verb that takes two."""
    least, most = (2, 2) if verb is Verb.BETWEEN else (1, 3) if verb in LISTS else (1, 1)
    enough = min(least, len(options))
    chosen = draw(st.lists(st.sampled_from(options), min_size=enough, max_size=most, unique_by=repr))
    return chosen + chosen[:1] * (least - len(chosen))


@st.composite
def tests_of(draw: st.DrawFn, names: _Names, members: Sequence[WrittenFact]) -> Test:
    """A test that some value of each member meets and some does not."""
    fact = members[0]
    verbs = OF_ANY if not fact.is_ordered else OF_GRADES if fact.words else OF_SIZES
    verb = draw(st.sampled_from(verbs))
    kin = [other for other in names.kin(fact) if (other,) != tuple(members)]
    if kin and verb not in LISTS and all(member.can_be_listed for member in members) and draw(st.booleans()):
        values = [Word(other.id, None) for other in kin] + [_value(each, fact) for each in fact.constants]
        chosen = draw(_chosen(verb, values))
        if any(isinstance(value, Word) and value.id in names.facts for value in chosen):
            return Test(verb, tuple(chosen), None)
    constants = draw(_chosen(verb, fact.constants))
    if verb is Verb.BETWEEN:
        constants.sort(key=lambda value: _size(fact, value))
    if not all(_tells(member, verb, constants) for member in members):
        verb, constants = Verb.IS, [fact.constants[-2] if fact.range and fact.type == "whole number" else fact.constants[0]]
    unit = fact.unit if draw(st.booleans()) else ""
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


@st.composite
def versions(draw: st.DrawFn) -> Version:
    """A version with a few families of facts, and definitions and decisions that use each other."""
    scales = {
        name: words[: draw(st.integers(2, 5))] for name, words in zip(("scale_a", "scale_b"), SCALES, strict=True)
    }
    facts: list[WrittenFact] = []
    for number in range(draw(st.integers(1, 3))):
        for fact in draw(families(number, scales)):
            if prod(len(each.values) for each in [*facts, fact]) <= MOST_COMPLETIONS:
                facts.append(fact)
    groups = draw(_named_groups(facts))
    names = _Names(facts, groups)
    definitions: dict[str, Condition] = {}
    decisions: dict[str, WrittenDecision] = {}
    for number in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            definitions[f"definition{number}"] = draw(conditions(names, 1))
            names.definitions.append(f"definition{number}")
        decision = draw(_decisions(names, number))
        decisions[decision.id] = decision
        if decision.resolve != "every":
            names.decisions.append(decision)
    constraints = tuple(draw(_constraints(names, number)) for number in range(draw(st.integers(0, 2))))
    in_any_order = draw(st.permutations(sorted(decisions)))
    return Version(scales, names.facts, groups, {name: decisions[name] for name in in_any_order}, definitions, constraints)


@st.composite
def _named_groups(draw: st.DrawFn, facts: Sequence[WrittenFact]) -> dict[str, tuple[str, ...]]:
    pairs = [(one, other) for one, other in combinations(facts, 2) if _alike(one, other)]
    if not pairs:
        return {}
    first = draw(st.sampled_from(pairs))[0]
    likes = [fact.id for fact in facts if _alike(fact, first)]
    members = tuple(draw(st.permutations(likes))[: draw(st.integers(2, 3))])
    return {"everyone": members}


@st.composite
def _decisions(draw: st.DrawFn, names: _Names, number: int) -> WrittenDecision:
    outcomes = tuple(f"outcome{number}{letter}" for letter in "abc"[: draw(st.integers(1, 3))])
    rules = tuple(
        WrittenRule(f"rule-{each}", draw(conditions(names)), draw(st.sampled_from(outcomes)))
        for each in range(draw(st.integers(1, 4)))
    )
    only_facts = _Names(tuple(names.facts.values()), names.groups)
    left_open = (draw(conditions(only_facts, 1)),) if draw(st.booleans()) else ()
    return WrittenDecision(
        f"decision{number}", outcomes, draw(st.booleans()), draw(st.sampled_from(RESOLVES)), rules, left_open
    )


@st.composite
def _constraints(draw: st.DrawFn, names: _Names, number: int) -> WrittenConstraint:
    when = draw(conditions(names, 0)) if draw(st.booleans()) else None
    force = draw(st.sampled_from(("always", "always", "usual")))
    return WrittenConstraint(f"C-{number}", draw(conditions(names, 1)), when, force)


# Records


@st.composite
def records(draw: st.DrawFn, version: Version, *, complete: bool = False) -> dict[str, Value]:
    """Some facts with a value; the others are unknown."""
    known = {}
    for name, fact in version.facts.items():
        if complete or draw(st.booleans()):
            known[name] = draw(st.sampled_from(fact.values))
    return known


@st.composite
def versions_with_records(draw: st.DrawFn, most: int = 4) -> tuple[Version, list[dict[str, Value]]]:
    version = draw(versions())
    return version, draw(st.lists(records(version), min_size=1, max_size=most))
