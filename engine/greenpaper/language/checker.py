"""Condition + vocabulary → term, or every problem between the two.

A part with a problem has no term, and checking goes on with the next part, so that one mistake gives one message.
Longer than most files, because one class follows the condition from end to end.
"""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import assert_never

from greenpaper.language import problems
from greenpaper.language.formatter import format_condition
from greenpaper.language.sizes import measured_type, settled, value_count
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
    NamedGroup,
    Not,
    Number,
    Or,
    Quantifier,
    Quantity,
    Test,
    TruthValue,
    Value,
    Verb,
    Word,
)
from greenpaper.language.terms import (
    NEVER,
    AllOf,
    AnyOf,
    Compared,
    Counted,
    IsKnown,
    Measure,
    Named,
    Negated,
    OneOf,
    Op,
    Reference,
    Term,
)
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Scale, Truth, Type, describe, is_ordered
from greenpaper.language.vocabulary import DecisionName, Vocabulary
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nearest import nearest
from greenpaper.source.text import Span

MOST_VALUES = 10_000
OPS = {
    Verb.IS: Op.IS,
    Verb.IS_NOT: Op.IS_NOT,
    Verb.AT_LEAST: Op.AT_LEAST,
    Verb.AT_MOST: Op.AT_MOST,
    Verb.BETTER_THAN: Op.ABOVE,
    Verb.WORSE_THAN: Op.BELOW,
    Verb.MORE_THAN: Op.ABOVE,
    Verb.LESS_THAN: Op.BELOW,
}
OF_GRADES = frozenset({Verb.BETTER_THAN, Verb.WORSE_THAN})
OF_SIZES = frozenset({Verb.MORE_THAN, Verb.LESS_THAN})
OF_ORDER = OF_GRADES | OF_SIZES | {Verb.AT_LEAST, Verb.AT_MOST, Verb.BETWEEN}

Checked = tuple[Term | None, tuple[Diagnostic, ...]]


def check_condition(condition: Condition, vocabulary: Vocabulary, *, selecting: bool = False) -> Checked:
    """The term that `condition` means in `vocabulary`; None when it has problems.

    `selecting` allows `is known` and `is unknown`, which rules may not use.
    """
    check = _Check(vocabulary, selecting)
    term = check.condition(condition)
    return (None if check.found else term), tuple(check.found)


class _Check:
    """One condition being checked; collects problems on the way."""

    def __init__(self, vocabulary: Vocabulary, selecting: bool) -> None:
        self.names = vocabulary
        self.selecting = selecting
        self.found: list[Diagnostic] = []

    def condition(self, condition: Condition) -> Term:
        words = format_condition(condition)
        match condition:
            case Or(parts):
                return AnyOf(tuple(self.condition(part) for part in parts), words)
            case And(parts):
                return AllOf(tuple(self.condition(part) for part in parts), words)
            case Not(part):
                return Negated(self.condition(part), words)
            case Holds(name, span):
                return self._holds(name, span, words)
            case Comparison(FactName(name, span), test):
                return self._fact(name, span, test, words)
            case Comparison(Quantity() as quantity, test):
                return self._quantity(quantity, test, words)
            case Comparison(Aggregated() as aggregated, test):
                return self._aggregated(aggregated, test, words)
            case _:
                raise AssertionError(condition)

    # Subjects

    def _holds(self, name: str, span: Span, words: str) -> Term:
        if definition := self.names.definitions.get(name):
            return Named(name, definition.term or NEVER, words)
        if fact := self.names.facts.get(name):
            if isinstance(fact.type, Truth):
                return Compared(Measure.ONE, (name,), Op.IS, True, (), words)
            return self._problem(problems.not_a_condition(name, span, fact.type, fact.span))
        if decision := self.names.decisions.get(name):
            kind = Graded(decision.outcomes)
            return self._problem(problems.not_a_condition(name, span, kind, decision.span))
        for scale in self._scales():
            if name in scale.words and name not in self.names.groups:
                return self._problem(problems.value_alone(name, span, scale))
        return self._unknown_name(name, span)

    def _scales(self) -> Iterator[Scale]:
        yield from (fact.type.scale for fact in self.names.facts.values() if isinstance(fact.type, Graded))
        yield from (decision.outcomes for decision in self.names.decisions.values())

    def _fact(self, name: str, span: Span, test: Test, words: str) -> Term:
        if decision := self.names.decisions.get(name):
            return self._decision(decision, span, test, words)
        if definition := self.names.definitions.get(name):
            return self._definition(name, definition.term or NEVER, definition.span, span, test, words)
        if self._type_of(name, span) is None:
            return NEVER
        if test.verb in (Verb.KNOWN, Verb.UNKNOWN):
            return self._known(name, test, words)
        if (itself := compared_with_itself(name, test)) is not None:
            return self._problem(problems.says_nothing(test.span, itself, "the fact is compared with itself"))
        term = self._test(Measure.ONE, (name,), span, test, words)
        return self._says_something([self.names.facts[name].type], test, term)

    def _definition(self, name: str, term: Term, declared: Span, span: Span, test: Test, words: str) -> Term:
        match test:
            case Test(Verb.IS | Verb.IS_NOT as verb, (TruthValue(truth),)):
                as_said = truth is (verb is Verb.IS)
                return Named(name, term, words) if as_said else Negated(Named(name, term, name), words)
            case Test(Verb.KNOWN | Verb.UNKNOWN):
                return self._known_of(f"`{name}`", test)
            case Test(Verb.IS | Verb.IS_NOT, (value,)):
                what = self._kind_of(value)
                return self._problem(problems.different_types(Truth(), what, span, value.span, declared, name))
            case _:
                return self._problem(
                    problems.no_order(f"is {test.verb}", test.span, Truth(), f"`{name}` is a definition, true or false")
                )

    def _quantity(self, quantity: Quantity, test: Test, words: str) -> Term:
        members = self._members(quantity.group)
        if not members:
            return NEVER
        least, most = self._bounds(quantity, len(members))
        if test.verb in (Verb.KNOWN, Verb.UNKNOWN):
            if not self.selecting:
                return self._known_in_a_rule(test)
            parts = tuple(self._known(member, test, f"{member} is {test.verb}") for member in members)
            return Counted(parts, least, most, words)
        span = quantity.group.span
        before = len(self.found)
        first = self._test(Measure.ONE, (members[0],), span, test, "")
        rest = (self._test(Measure.ONE, (member,), span, test, "") for member in members[1:])
        term = NEVER if len(self.found) > before else Counted((first, *rest), least, most, words)
        return self._says_something([self.names.facts[member].type for member in members], test, term)

    def _bounds(self, quantity: Quantity, size: int) -> tuple[int, int]:
        asked = quantity.number
        if asked is not None and asked > size:
            group, declared = self._group_name(quantity.group)
            self._problem(problems.too_many_asked(asked, size, quantity.span, group, declared))
        match quantity.quantifier, asked or 0:
            case Quantifier.ANY, _:
                return 1, size
            case Quantifier.ALL, _:
                return size, size
            case Quantifier.NONE, _:
                return 0, 0
            case Quantifier.EXACTLY, number:
                return number, number
            case Quantifier.AT_LEAST, number:
                if number == 0:
                    self._problem(problems.says_nothing(quantity.span, True, "0 or more of them always are"))
                return number, size
            case Quantifier.AT_MOST, number:
                if number == size:
                    self._problem(problems.says_nothing(quantity.span, True, f"there are only {size} of them"))
                return 0, number
            case _:
                raise AssertionError(quantity)

    def _aggregated(self, aggregated: Aggregated, test: Test, words: str) -> Term:
        members = self._members(aggregated.group)
        if not members:
            return NEVER
        kind = self.names.facts[members[0]].type
        span = aggregated.span
        if test.verb in (Verb.KNOWN, Verb.UNKNOWN):
            return self._known_of(f"`{aggregated.aggregate} of`", test)
        if aggregated.aggregate is Aggregate.TOTAL and not isinstance(kind, Numeric):
            return self._problem(problems.no_total(members[0], span, kind))
        if not is_ordered(kind):
            why = f"`{members[0]}` is {describe(kind)}, which has no order"
            return self._problem(problems.no_order(f"{aggregated.aggregate} of", span, kind, why))
        measure = MEASURES[aggregated.aggregate]
        term = self._test(measure, members, span, test, words)
        kinds = [self.names.facts[member].type for member in members]
        return self._says_something([measured_type(measure, kinds)], test, term)

    # Tests

    def _test(self, measure: Measure, facts: tuple[str, ...], span: Span, test: Test, words: str) -> Term:
        kind = self.names.facts[facts[0]].type
        if test.verb in OF_ORDER and not self._has_order(kind, facts[0], test):
            return NEVER
        before = len(self.found)
        rights = [self._right(value, kind, facts, span) for value in test.values]
        if len(self.found) > before:
            return NEVER
        self._listable(measure, facts, test, span)
        if len(self.found) > before:
            return NEVER
        order = kind.scale.words if isinstance(kind, Graded) else ()

        def compared(op: Op, right: Known | Reference, spoken: str) -> Term:
            return Compared(measure, facts, op, right, order, spoken)

        return self._verb(test, rights, compared, words)

    def _verb(
        self,
        test: Test,
        rights: Sequence[Known | Reference],
        compared: Callable[[Op, Known | Reference, str], Term],
        words: str,
    ) -> Term:
        """One comparison, or several that together mean the test; those have no words of their own."""
        match test.verb:
            case Verb.BETWEEN:
                return AllOf((compared(Op.AT_LEAST, rights[0], ""), compared(Op.AT_MOST, rights[1], "")), words)
            case Verb.ONE_OF | Verb.NOT_ONE_OF as verb:
                self._no_repeats(test)
                parts = [compared(Op.IS, value, "") for value in self._plain_values(test, rights)]
                return _either(parts, words) if verb is Verb.ONE_OF else Negated(_either(parts, ""), words)
            case Verb.KNOWN | Verb.UNKNOWN:
                raise AssertionError(test)
            case verb:
                return compared(OPS[verb], rights[0], words)

    def _has_order(self, kind: Type, name: str, test: Test) -> bool:
        if not is_ordered(kind):
            why = f"`{name}` is {describe(kind)}, which has no order"
        elif test.verb in OF_SIZES and isinstance(kind, Graded):
            why = f"{kind.scale.noun}s are better or worse, not more or less"
        elif test.verb in OF_GRADES and not isinstance(kind, Graded):
            why = "numbers and dates are more or less, not better or worse"
        else:
            return True
        self._problem(problems.no_order(f"is {test.verb}", test.span, kind, why))
        return False

    def _right(self, value: Value, kind: Type, facts: tuple[str, ...], span: Span) -> Known | Reference:
        """The value on the right, when it is of the type on the left."""
        match kind, value:
            case Graded(scale), Word(word) if word in scale.words:
                return word
            case _, Word(name) if name in self.names.facts:
                return self._fact_on_the_right(name, value.span, kind, span)
            case _, Word() if self._kind_of(value) != "a word":
                self._different_types(kind, value, facts[0], span)
            case Graded(scale), Word(word):
                self._problem(problems.off_the_scale(word, value.span, scale, self.names.facts[facts[0]].span))
            case Numeric(unit=unit), Number(number, given):
                if given and given.id != unit:
                    self._problem(problems.different_units(unit, given.id, span, given.span))
                return number
            case Calendar(), Day(day):
                return day
            case Truth(), TruthValue(truth):
                return truth
            case _, Word(name) if near := nearest(name, self._facts_like(kind)):
                self._problem(problems.unknown_fact(name, value.span, [near], self._title()))
            case _:
                self._different_types(kind, value, facts[0], span)
        return False

    def _different_types(self, kind: Type, value: Value, name: str, span: Span) -> None:
        declared = self.names.facts[name].span
        self._problem(problems.different_types(kind, self._kind_of(value), span, value.span, declared, name))

    def _facts_like(self, kind: Type) -> list[str]:
        return [name for name, fact in self.names.facts.items() if alike(fact.type, kind)]

    def _fact_on_the_right(self, name: str, here: Span, kind: Type, span: Span) -> Reference:
        other = self.names.facts[name]
        match kind, other.type:
            case Graded(left), Graded(right) if left != right:
                self._problem(problems.different_scales(left, right, span, here))
            case Numeric(unit=left_unit), Numeric(unit=right_unit) if left_unit != right_unit:
                self._problem(problems.different_units(left_unit, right_unit, span, here, facts=True))
            case _ if type(kind) is not type(other.type):
                what = describe(other.type)
                self._problem(problems.different_types(kind, what, span, here, other.span, name))
        return Reference(name)

    def _listable(self, measure: Measure, facts: tuple[str, ...], test: Test, span: Span) -> None:
        """Sums, and comparisons of two facts, need values that can be listed, and not too many of them."""
        order = self._words_of(facts[0])
        others = {value.id: value.span for value in test.values if isinstance(value, Word) and value.id not in order}
        if not others and measure is not Measure.TOTAL:
            return
        counts = []
        for name in dict.fromkeys((*facts, *others)):
            fact = self.names.facts[name]
            count = value_count(fact.type)
            if count is None:
                here = span if name in facts else others[name]
                self._problem(problems.needs_a_range(name, fact.type, here, fact.span))
            counts.append(count or 1)
        values = sum(counts) if measure is Measure.TOTAL else prod(counts)
        if values > MOST_VALUES:
            self._problem(problems.too_many_values(values, MOST_VALUES, span))

    def _says_something(self, kinds: Sequence[Type], test: Test, term: Term) -> Term:
        """The term, unless a fact of each of these types settles the test, and all in the same way."""
        values = [constant for value in test.values if (constant := self._constant(value)) is not None]
        if term == NEVER or len(values) < len(test.values):
            return term
        verdicts = {settled(kind, test.verb, values) for kind in kinds}
        verdict = verdicts.pop() if len(verdicts) == 1 else None
        return self._problem(problems.says_nothing(test.span, *verdict)) if verdict else term

    def _constant(self, value: Value) -> Known | None:
        match value:
            case Word(name):
                return None if name in self.names.facts else name
            case Number(known) | Day(known) | TruthValue(known):
                return known
            case _:
                assert_never(value)

    def _plain_values(self, test: Test, rights: Sequence[Known | Reference]) -> Iterator[Known]:
        for value, right in zip(test.values, rights, strict=True):
            if isinstance(right, Reference):
                self._problem(problems.values_not_constant(right.fact, value.span))
            else:
                yield right

    def _no_repeats(self, test: Test) -> None:
        first: dict[Value, Value] = {}
        for value in test.values:
            if value in first:
                self._problem(problems.repeated(value.span.text, value.span, first[value].span))
            first.setdefault(value, value)

    def _known(self, name: str, test: Test, words: str) -> Term:
        if not self.selecting:
            return self._known_in_a_rule(test)
        known = IsKnown(name, f"{name} is known")
        return known if test.verb is Verb.KNOWN else Negated(known, words)

    def _known_of(self, name: str, test: Test) -> Term:
        if not self.selecting:
            return self._known_in_a_rule(test)
        return self._problem(problems.known_asks_facts(str(test.verb), name, test.span))

    def _known_in_a_rule(self, test: Test) -> Term:
        return self._problem(problems.known_in_a_rule(str(test.verb), test.span))

    # Decisions as facts

    def _decision(self, decision: DecisionName, span: Span, test: Test, words: str) -> Term:
        """The outcomes that meet the test, each replaced by the term that gives it."""
        scale = decision.outcomes
        kind = Graded(scale)
        ranks = []
        if not decision.gives:
            return self._problem(problems.several_outcomes(decision.id, span, decision.span))
        if test.verb in (Verb.KNOWN, Verb.UNKNOWN):
            return self._known_of(f"`{decision.id}`", test)
        if test.verb in OF_ORDER and not self._has_order(kind, decision.id, test):
            return NEVER
        for value in test.values:
            match value:
                case Word(word) if word in scale.words:
                    ranks.append(scale.rank(word))
                case Word(word) if self._kind_of(value) == "a word":
                    return self._problem(problems.off_the_scale(word, value.span, scale, decision.span))
                case _:
                    what = self._kind_of(value)
                    return self._problem(
                        problems.different_types(kind, what, span, value.span, decision.span, decision.id)
                    )
        self._no_repeats(test)
        meant = [word for rank, word in enumerate(scale.words) if _meets(test.verb, rank, ranks)]
        if not meant:
            return self._problem(problems.says_nothing(test.span, False, "no outcome is meant"))
        return Named(decision.id, AnyOf(tuple(decision.gives[word] for word in meant)), words)

    # Names

    def _members(self, group: Group) -> tuple[str, ...]:
        if isinstance(group, NamedGroup):
            known = self.names.groups.get(group.id)
            if known:
                return known.members
            if fact := self.names.facts.get(group.id):
                self._problem(problems.fact_as_group(group.id, group.span, fact.span))
            else:
                self._problem(problems.unknown_group(group.id, group.span, self.names.groups, self._title()))
            return ()
        return self._listed(group.members)

    def _listed(self, members: tuple[Word, ...]) -> tuple[str, ...]:
        before = len(self.found)
        first: dict[str, Span] = {}
        kinds: list[tuple[str, Type]] = []
        for member in members:
            if member.id in first:
                self._problem(problems.repeated(member.id, member.span, first[member.id]))
            first.setdefault(member.id, member.span)
            if kind := self._type_of(member.id, member.span):
                kinds.append((member.id, kind))
        if len(self.found) == before:
            name, kind = kinds[0]
            for other, its in kinds[1:]:
                if not alike(kind, its):
                    self._problem(problems.unlike_members(name, other, first[other], (kind, its)))
        return tuple(first) if len(self.found) == before else ()

    def _group_name(self, group: Group) -> tuple[str, Span]:
        if isinstance(group, NamedGroup):
            return f"`{group.id}`", self.names.groups[group.id].span
        return "the list", group.span

    def _type_of(self, name: str, span: Span) -> Type | None:
        if fact := self.names.facts.get(name):
            return fact.type
        self._unknown_name(name, span)
        return None

    def _unknown_name(self, name: str, span: Span) -> Term:
        if group := self.names.groups.get(name):
            return self._problem(problems.group_as_fact(name, span, group.span))
        known = (*self.names.facts, *self.names.groups, *self.names.definitions, *self.names.decisions)
        return self._problem(problems.unknown_fact(name, span, known, self._title()))

    def _title(self) -> str:
        return f"the vocabulary of `{self.names.title}`"

    def _words_of(self, name: str) -> tuple[str, ...]:
        kind = self.names.facts[name].type
        return kind.scale.words if isinstance(kind, Graded) else ()

    def _kind_of(self, value: Value) -> str:
        """What the value is, in words that fit after `compared with`."""
        match value:
            case Word(name):
                kinds = ((self.names.facts, "a fact"), (self.names.groups, "a group"))
                named = ((self.names.definitions, "a definition"), (self.names.decisions, "a decision"))
                return next((what for names, what in (*kinds, *named) if name in names), "a word")
            case Number():
                return "a number"
            case Day():
                return "a date"
            case TruthValue():
                return "true or false"
            case _:
                assert_never(value)

    def _problem(self, problem: Diagnostic) -> Term:
        self.found.append(problem)
        return NEVER


MEASURES = {Aggregate.LOWEST: Measure.LOWEST, Aggregate.HIGHEST: Measure.HIGHEST, Aggregate.TOTAL: Measure.TOTAL}


def alike(left: Type, right: Type) -> bool:
    """Whether one test means the same for both types: same kind, scale and unit. Ranges may differ."""
    match left, right:
        case Numeric(whole, unit), Numeric(other_whole, other_unit):
            return (whole, unit) == (other_whole, other_unit)
        case _:
            return left == right


def _either(parts: list[Term], words: str) -> Term:
    match parts:
        case [Compared(Measure.ONE, (fact,)), *_]:
            rights = (part.right for part in parts if isinstance(part, Compared))
            return OneOf(fact, tuple(right for right in rights if not isinstance(right, Reference)), words)
        case _:
            return AnyOf(tuple(parts), words)


def _meets(verb: Verb, rank: int, ranks: list[int]) -> bool:
    match verb:
        case Verb.IS | Verb.ONE_OF:
            return rank in ranks
        case Verb.IS_NOT | Verb.NOT_ONE_OF:
            return rank not in ranks
        case Verb.AT_LEAST:
            return rank >= ranks[0]
        case Verb.AT_MOST:
            return rank <= ranks[0]
        case Verb.BETTER_THAN | Verb.MORE_THAN:
            return rank > ranks[0]
        case Verb.WORSE_THAN | Verb.LESS_THAN:
            return rank < ranks[0]
        case Verb.BETWEEN:
            return ranks[0] <= rank <= ranks[1]
        case Verb.KNOWN | Verb.UNKNOWN:
            raise AssertionError(verb)
        case _:
            assert_never(verb)


def compared_with_itself(name: str, test: Test) -> bool | None:
    """Whether `name is ... name` is always (True) or never (False) true; None when the right side is another."""
    match test.values:
        case (Word(other),) if other == name and test.verb not in (Verb.ONE_OF, Verb.NOT_ONE_OF):
            return test.verb in (Verb.IS, Verb.AT_LEAST, Verb.AT_MOST)
        case _:
            return None
