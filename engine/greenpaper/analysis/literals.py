"""The short tests that a set of situations may be described with: of one fact, of a group, and those of the rules.

Each is a term of the language with its words, and a cost: the lower, the sooner a description uses it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from greenpaper.language.terms import AllOf, Compared, Counted, Measure, Negated, OneOf, Op, Term, facts_read, subterms
from greenpaper.language.types import Calendar, Graded, Known, Numeric, Truth, Type, is_ordered
from greenpaper.situations.cells import Cells

OF_NEXT_RULE, OF_LAST_RULE, OF_A_RULE, OF_A_FACT, OF_A_GROUP, OF_A_MEMBER = 80, 90, 95, 100, 108, 120
NEGATIVE, TWO_SIDED = 15, 30  # added: what a word is not, and what lies between two words, read less well
NONE_READS_WELL = 4  # taken off: “none is the worst” reads better than “all are at least the second worst”
LARGE_GROUP = 12
MANY_CUTS = 40  # beyond, of what lies between two cuts only what lies between neighbours


@dataclass(frozen=True, slots=True)
class Literal:
    """A test with its cost. Its words are those of the term."""

    term: Term
    cost: int

    @property
    def words(self) -> str:
        return self.term.words


def atoms(term: Term, cost: int) -> Iterator[Literal]:
    """The tests that a condition is made of, as it words them, without its `and`, `or` and `not`."""
    for part in subterms(term):
        match part:
            case Compared() | OneOf() | Counted() if part.words:
                yield Literal(part, cost)
            case AllOf(parts=parts) if part.words and parts and not any(each.words for each in parts):
                yield Literal(part, cost)


def fact_literals(cells: Cells, kind: Type) -> Iterator[Literal]:
    """The tests of one fact against the values that tell its cells apart."""
    fact = cells.fact
    match kind:
        case Truth():
            yield Literal(Compared(Measure.ONE, (fact,), Op.IS, True, words=fact), OF_A_FACT)
            yield Literal(Compared(Measure.ONE, (fact,), Op.IS, False, words=f"not {fact}"), OF_A_FACT)
        case Graded(scale) if not scale.ordered:
            for word in cells.values:
                test = OneOf(fact, (word,), f"{fact} is {word}")
                yield Literal(test, OF_A_FACT + len(cells) - 1)
                yield Literal(Negated(test, f"{fact} is not {word}"), OF_A_FACT + NEGATIVE + 1)
        case Graded(scale):
            yield from _ordered(fact, cells.values, scale.words)
        case Numeric() | Calendar() if cells.slots:
            yield from _cut(cells)
        case Numeric() | Calendar():
            yield from _ordered(fact, cells.values, ())
        case _:
            assert_never(kind)


def _ordered(fact: str, values: Sequence[Known], order: tuple[str, ...]) -> Iterator[Literal]:
    """Every interval of values in order: one, from one on, up to one, between two."""
    last = len(values) - 1
    for low in range(len(values)):
        for high in range(low, len(values)):
            if (low, high) != (0, last) and (last < LARGE_GROUP or not 0 < low < high < last):
                cost = OF_A_FACT + last - (high - low) + (TWO_SIDED if 0 < low < high < last else 0)
                yield Literal(_interval(fact, values, low, high, order), cost)
    for value in values[1:-1]:
        test = Compared(Measure.ONE, (fact,), Op.IS_NOT, value, order, f"{fact} is not {_said(value)}")
        yield Literal(test, OF_A_FACT + NEGATIVE + 1)


def _interval(fact: str, values: Sequence[Known], low: int, high: int, order: tuple[str, ...]) -> Term:
    at_least = Compared(Measure.ONE, (fact,), Op.AT_LEAST, values[low], order)
    at_most = Compared(Measure.ONE, (fact,), Op.AT_MOST, values[high], order)
    first, last = _said(values[low]), _said(values[high])
    if low == high:
        return Compared(Measure.ONE, (fact,), Op.IS, values[low], order, f"{fact} is {first}")
    if high == len(values) - 1:
        return replace(at_least, words=f"{fact} is at least {first}")
    if low == 0:
        return replace(at_most, words=f"{fact} is at most {last}")
    return AllOf((at_least, at_most), f"{fact} is between {first} and {last}")


def _cut(cells: Cells) -> Iterator[Literal]:
    """Numbers and dates: on, from, up to, above and below each constant, and between two of them."""
    fact = cells.fact
    verbs = ((Op.IS, "is"), (Op.AT_LEAST, "is at least"), (Op.AT_MOST, "is at most"))
    beyond = ((Op.ABOVE, "is more than"), (Op.BELOW, "is less than"))
    for number, cut in enumerate(cells.cuts):
        for op, verb in (*verbs, *beyond):
            yield Literal(Compared(Measure.ONE, (fact,), op, cut, words=f"{fact} {verb} {_said(cut)}"), OF_A_FACT + 1)
        for other in cells.cuts[number + 1 : number + 2 if len(cells.cuts) > MANY_CUTS else None]:
            yield Literal(_gap(fact, Op.AT_LEAST, "at least", cut, Op.AT_MOST, "at most", other), OF_A_FACT + TWO_SIDED)
            yield Literal(_gap(fact, Op.ABOVE, "more than", cut, Op.BELOW, "less than", other), OF_A_FACT + TWO_SIDED)


def _gap(fact: str, low: Op, more: str, first: Known, high: Op, less: str, last: Known) -> Term:
    parts = (Compared(Measure.ONE, (fact,), low, first), Compared(Measure.ONE, (fact,), high, last))
    if low is Op.AT_LEAST:
        return AllOf(parts, f"{fact} is between {_said(first)} and {_said(last)}")
    return AllOf(parts, f"{fact} is {more} {_said(first)} and {fact} is {less} {_said(last)}")


def group_literals(name: str, members: Sequence[str], kind: Type, used: Iterable[Counted] = ()) -> Iterator[Literal]:
    """How many members of a group take a value, or one on a side of it.

    Of large groups, only one, all, and about as many as a condition in `used` asks for.
    """
    asked = {bound + step for each in used for bound in (each.least, each.most) for step in (-1, 0, 1)}
    size = len(members)
    for verb, tests, cost in _member_tests(members, kind):
        for count in range(size):
            if size <= LARGE_GROUP or count in (0, 1, size - 1) or count in asked:
                yield _at_least(name, count + 1, tests, verb, cost)
                yield _at_most(name, count, tests, verb, cost)


def _member_tests(members: Sequence[str], kind: Type) -> Iterator[tuple[str, tuple[Term, ...], int]]:
    """What is asked of each member: its words, the test of each, its cost."""
    match kind:
        case Truth():
            for value in (True, False):
                yield str(value).lower(), tuple(Compared(Measure.ONE, (each,), Op.IS, value) for each in members), 0
        case Graded(scale):
            for word in scale.words:
                yield word, tuple(OneOf(each, (word,)) for each in members), len(scale.words) - 1
            if is_ordered(kind):
                for op, verb in ((Op.AT_LEAST, "at least"), (Op.AT_MOST, "at most")):
                    for number, word in enumerate(scale.words[1:-1], 1):
                        left_out = number if op is Op.AT_LEAST else len(scale.words) - 1 - number
                        tests = (Compared(Measure.ONE, (each,), op, word, scale.words) for each in members)
                        yield f"{verb} {word}", tuple(tests), left_out + (NEGATIVE if op is Op.AT_MOST else 0)
        case Numeric() | Calendar():
            return
        case _:
            assert_never(kind)


def _at_least(name: str, count: int, tests: tuple[Term, ...], verb: str, cost: int) -> Literal:
    size = len(tests)
    said = "any" if count == 1 else "all" if count == size else f"at least {count}"
    words = f"{said} of {name} {'is' if count == 1 else 'are'} {verb}"
    return Literal(Counted(tests, count, size, words), OF_A_GROUP + cost)


def _at_most(name: str, count: int, tests: tuple[Term, ...], verb: str, cost: int) -> Literal:
    said, cost = ("none", cost - NONE_READS_WELL) if count == 0 else (f"at most {count}", cost)
    words = f"{said} of {name} {'is' if count == 1 else 'are'} {verb}"
    return Literal(Counted(tests, 0, count, words), OF_A_GROUP + cost)


def _said(value: Known) -> str:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def literals_of(
    cells: Iterable[Cells],
    kinds: Mapping[str, Type],
    groups: Mapping[str, Sequence[str]],
    of_rules: Iterable[Literal],
) -> tuple[Literal, ...]:
    """Every test over these facts, each term once, at its lowest cost. Groups with other members are left out."""
    own = [each for each in of_rules if set(facts_read(each.term)) <= kinds.keys()]
    counted = [each.term for each in own if isinstance(each.term, Counted)]
    found = list(own)
    whole = {name: each for name, each in groups.items() if len(each) > 1 and set(each) <= kinds.keys()}
    for name, members in whole.items():
        used = [each for each in counted if len(each.parts) == len(members)]
        found += group_literals(name, members, kinds[members[0]], used)
    in_groups = {member for members in whole.values() for member in members}
    for cell in cells:
        dearer = OF_A_MEMBER - OF_A_FACT if cell.fact in in_groups else 0
        found += (replace(each, cost=each.cost + dearer) for each in fact_literals(cell, kinds[cell.fact]))
    best: dict[Term, Literal] = {}
    for each in found:
        if each.term not in best or each.cost < best[each.term].cost:
            best[each.term] = each
    return tuple(best.values())
