"""Terms → diagrams over a space. Sound and complete: the diagram holds in exactly the situations the term does.

Knows terms, cells and diagrams; knows no decision and no record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from greenpaper.language.terms import (
    AllOf,
    AnyOf,
    Compared,
    Counted,
    IsKnown,
    Measure,
    Named,
    Negated,
    OneOf,
    Reference,
    Term,
    holds,
    size_of,
)
from greenpaper.language.types import Known
from greenpaper.situations.diagram import Diagram, Forest
from greenpaper.situations.space import Space


@dataclass(slots=True)
class Compiler:
    """Compiles terms into one forest; a term that occurs again is compiled once."""

    space: Space
    forest: Forest
    _done: dict[int, tuple[Term, Diagram]] = field(default_factory=dict)

    def diagram(self, term: Term) -> Diagram:
        """The diagram with the values True and False."""
        known = self._done.get(id(term))
        if known is None:
            known = self._done[id(term)] = (term, self._compile(term))
        return known[1]

    def _compile(self, term: Term) -> Diagram:
        match term:
            case Compared(measure=Measure.ONE, facts=(fact,), right=right) if not isinstance(right, Reference):
                size = size_of(right, term.order)
                return self._test(fact, lambda value: holds(term.op, size_of(value, term.order), size))
            case Compared():
                return self._compared(term)
            case OneOf(fact=fact, values=values):
                return self._test(fact, lambda value: value in values)
            case Counted(parts=parts, least=least, most=most):
                return self._counted([self.diagram(part) for part in parts], least, most)
            case Negated(part=part):
                return self.forest.apply(lambda value: not value, self.diagram(part))
            case AllOf(parts=parts):
                return self._counted([self.diagram(part) for part in parts], len(parts), len(parts))
            case AnyOf(parts=parts):
                return self._counted([self.diagram(part) for part in parts], 1, len(parts))
            case Named(part=part):
                return self.diagram(part)
            case IsKnown():
                raise AssertionError("`is known` selects records and has no meaning in a situation")
            case _:
                assert_never(term)

    def _test(self, fact: str, test: Callable[[Known], bool]) -> Diagram:
        level = self.space.level[fact]
        values = self.space.cells[level].values
        return self.forest.node(level, [self.forest.leaf(test(value)) for value in values])

    def _counted(self, parts: Sequence[Diagram], least: int, most: int) -> Diagram:
        """At least `least` and at most `most` of the parts: a running count, stopped where the end is certain."""
        tests = self.forest.single_tests(parts)
        if tests is not None:
            return self._counted_down(tests, least, most)
        forest = self.forest
        states: dict[int, Diagram] = {count: forest.leaf(least <= count <= most) for count in range(len(parts) + 1)}
        for number in reversed(range(len(parts))):
            part = parts[number]
            states = {count: forest.choose(part, states[count + 1], states[count]) for count in range(number + 1)}
        return states[0]

    def _counted_down(self, tests: Sequence[tuple[int, Sequence[bool]]], least: int, most: int) -> Diagram:
        """The count of tests that each look at a fact of their own, built level by level: one node for each count."""
        forest = self.forest
        states = [forest.leaf(least <= count <= most) for count in range(len(tests) + 1)]
        for number in reversed(range(len(tests))):
            level, met = tests[number]
            states = [forest.node(level, [states[count + each] for each in met]) for count in range(number + 1)]
        return states[0]

    def _compared(self, term: Compared) -> Diagram:
        """Several facts in one comparison: down the levels with the measure so far and the right side, once seen."""
        right_fact = term.right.fact if isinstance(term.right, Reference) else None
        right_size = None if isinstance(term.right, Reference) else size_of(term.right, term.order)
        involved = sorted({self.space.level[fact] for fact in (*term.facts, *([right_fact] if right_fact else []))})
        memo: dict[tuple[int, object, object], Diagram] = {}

        def visit(at: int, left: int | Decimal | None, right: int | Decimal | None) -> Diagram:
            key = (at, left, right)
            if key in memo:
                return memo[key]
            if at == len(involved):
                assert left is not None
                assert right is not None
                return self.forest.leaf(holds(term.op, left, right))
            cells = self.space.cells[involved[at]]
            children = []
            for value in cells.values:
                size = size_of(value, term.order)
                child_left = _with(term.measure, left, size) if cells.fact in term.facts else left
                children.append(visit(at + 1, child_left, size if cells.fact == right_fact else right))
            memo[key] = self.forest.node(involved[at], children)
            return memo[key]

        return visit(0, None, right_size)


def _with(measure: Measure, so_far: int | Decimal | None, size: int | Decimal) -> int | Decimal:
    if so_far is None:
        return size
    match measure:
        case Measure.LOWEST:
            return min(so_far, size)
        case Measure.HIGHEST:
            return max(so_far, size)
        case Measure.TOTAL | Measure.ONE:
            return so_far + size
        case _:
            assert_never(measure)
