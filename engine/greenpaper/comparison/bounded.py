"""What can be proved of a difference whose diagram would be too large: never a number from a half-built one.

Three exact statements. *Same by cut points*: with every test that both versions make taken for a free truth, the
answers are the same, so they are the same whatever the tests mean. *A witness*: one situation whose answer changes,
confirmed by the ordinary evaluation. *Bounds*: situations are followed fact by fact, those alike kept together; where
there are too many kinds the rarest are given up and counted as not known, so that the number that change lies between
those found and those found or given up. Where none is given up the number is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from greenpaper.comparison.difference import as_behaviour
from greenpaper.comparison.together import all_facts, both_terms
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Decision, Framework, Resolve
from greenpaper.language.terms import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Compared,
    Counted,
    Measure,
    Named,
    Negated,
    OneOf,
    Op,
    Term,
)
from greenpaper.language.types import Known, Truth
from greenpaper.records.facts import Facts
from greenpaper.situations.cells import cells_of
from greenpaper.situations.compile import Compiler
from greenpaper.situations.compiled import Answer, always_terms, answers_of, resolve
from greenpaper.situations.diagram import Forest, TooLarge
from greenpaper.situations.residues import Residue, left_after, residue_of
from greenpaper.situations.space import Space, space_of

WIDEST = 1_000

OPPOSITE = {Op.IS_NOT: Op.IS, Op.BELOW: Op.AT_LEAST, Op.AT_MOST: Op.ABOVE}

Rules = tuple[tuple[int, Residue], ...]
"""The rules that may still decide, by their position."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is proved of one decision over `situations`, those outside the constraints included.

    `same` says that no situation changes. Otherwise at least `least` and at most `most` do; `witness` is one of them.
    """

    decision: str
    situations: int
    least: int
    most: int
    witness: Mapping[str, Known] | None

    @property
    def same(self) -> bool:
        return self.most == 0


def bounds(before: Framework, after: Framework, decision: str, *, widest: int = WIDEST) -> Bounds:
    """What can be proved of a decision that both versions have and that reads no fact they judge differently.

    Errors: AssertionError when evaluation does not confirm the witness.
    """
    space = space_of(both_terms(before, after), all_facts(before, after))
    everything = prod(space.arities)
    if _same_by_cut_points(before, after, decision):
        return Bounds(decision, everything, 0, 0, None)
    found = _Following(before, after, decision, space).follow(widest)
    witness = _witness(before, after, decision, space, found.example) if found.example is not None else None
    return Bounds(decision, everything, found.changed, found.changed + found.given_up, witness)


def _witness(
    before: Framework, after: Framework, decision: str, space: Space, example: Sequence[int]
) -> Mapping[str, Known]:
    """The situation with every fact in a cell, confirmed to change."""
    cells = [*example, *(len(each) - 1 for each in space.cells[len(example) :])]
    known = {each.fact: each.values[cell] for each, cell in zip(space.cells, cells, strict=True)}
    answers = [_said(each, decision, known) for each in (before, after)]
    assert answers[0] != answers[1], f"evaluation does not confirm {known}"
    return known


def _said(framework: Framework, decision: str, known: Mapping[str, Known]) -> list[Answer]:
    own = {fact: value for fact, value in known.items() if fact in framework.vocabulary.facts}
    return [each.behaviour for each in evaluate_facts(framework, Facts(own, {})).decisions[decision].possible]


# Same by cut points


def _same_by_cut_points(before: Framework, after: Framework, decision: str) -> bool:
    old, new = before.decisions[decision], after.decisions[decision]
    tests: dict[Term, str] = {}
    shapes = [{rule.id: _abstract(rule.when.term, tests) for rule in each.rules} for each in (old, new)]
    space = Space(tuple(cells_of(name, Truth(), ()) for name in tests.values()))
    forest = Forest(space.arities)
    compiler = Compiler(space, forest)
    try:
        first, last = (
            forest.apply(
                as_behaviour, answers_of(forest, each, {name: compiler.diagram(term) for name, term in rules.items()})
            )
            for each, rules in zip((old, new), shapes, strict=True)
        )
    except TooLarge:
        return False
    return first == last


def _abstract(term: Term, tests: dict[Term, str]) -> Term:
    """The condition with every test of facts replaced by a truth of its own; equal tests by the same one."""
    match term:
        case Counted(parts=parts, least=least, most=most) if all(isinstance(each, Compared | OneOf) for each in parts):
            same = tuple(sorted(parts, key=repr))
            above = _at_least(same, most + 1, tests)
            return AllOf((_at_least(same, least, tests), Negated(above)))
        case Counted(parts=parts, least=least, most=most):
            return Counted(tuple(_abstract(part, tests) for part in parts), least, most)
        case AllOf(parts=parts):
            return AllOf(tuple(_abstract(part, tests) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(_abstract(part, tests) for part in parts))
        case Negated(part=part):
            return Negated(_abstract(part, tests))
        case Named(part=part):
            return _abstract(part, tests)
        case Compared(op=op) if op in OPPOSITE:
            return Negated(_test(replace(term, op=OPPOSITE[op]), tests))
        case _:
            return _test(term, tests)


def _at_least(parts: tuple[Term, ...], count: int, tests: dict[Term, str]) -> Term:
    if count <= 0:
        return ALWAYS
    return NEVER if count > len(parts) else _test(Counted(parts, count, len(parts)), tests)


def _test(term: Term, tests: dict[Term, str]) -> Term:
    return Compared(Measure.ONE, (tests.setdefault(term, f"test {len(tests)}"),), Op.IS, True)


# Followed fact by fact


@dataclass(frozen=True, slots=True)
class _Kind:
    """Situations that no later fact can tell apart: what is left of the constraints and of either side's rules."""

    constraints: tuple[Residue, ...]
    before: Rules
    after: Rules


@dataclass(frozen=True, slots=True)
class _Sum:
    """How many situations of a kind there are so far, and the cells of one of them."""

    situations: int
    example: tuple[int, ...]


@dataclass(slots=True)
class _Result:
    changed: int = 0
    given_up: int = 0
    example: tuple[int, ...] | None = None


class _Following:
    """Both versions of one decision, followed from the first fact to the last."""

    def __init__(self, before: Framework, after: Framework, decision: str, space: Space) -> None:
        self.space, self.forest = space, Forest(space.arities)
        self.sides = (before, after)
        self.decisions = tuple(each.decisions[decision] for each in self.sides)
        self.compiler = Compiler(space, self.forest)
        self.left: dict[tuple[Residue, int], Residue] = {}

    def follow(self, widest: int) -> _Result:
        """Kinds are worked through level by level; beyond `widest` the rarest are given up."""
        found = _Result()
        kinds = {self._start(): _Sum(1, ())}
        for level, arity in enumerate(self.space.arities):
            self.left.clear()
            after = prod(self.space.arities[level + 1 :])
            coming: dict[_Kind, _Sum] = {}
            for kind, total in kinds.items():
                for cell in range(arity):
                    self._step(kind, total, level, cell, after, coming, found)
            kept = sorted(coming.items(), key=lambda each: -each[1].situations)
            found.given_up += sum(total.situations for _, total in kept[widest:]) * after
            kinds = dict(kept[:widest])
        return found

    def _start(self) -> _Kind:
        constraints = [residue_of(term, self.compiler) for each in self.sides for term in always_terms(each)]
        first, last = (
            tuple((number, residue_of(rule.when.term, self.compiler)) for number, rule in enumerate(each.rules))
            for each in self.decisions
        )
        return _Kind(tuple(constraints), first, last)

    def _step(
        self,
        kind: _Kind,
        total: _Sum,
        level: int,
        cell: int,
        after: int,
        coming: dict[_Kind, _Sum],
        found: _Result,
    ) -> None:
        left = [self._after(each, level, cell) for each in kind.constraints]
        if any(each is False for each in left):
            return
        open_constraints = tuple(each for each in left if each is not True)
        sides = (kind.before, kind.after)
        first, last = (self._left(each, rules, level, cell) for each, rules in zip(self.decisions, sides, strict=True))
        example = (*total.example, cell)
        if not open_constraints and all(map(_settled, (first, last))):
            if self._answer(0, first) != self._answer(1, last):
                found.changed += total.situations * after
                found.example = found.example or example
            return
        made = _Kind(open_constraints, first, last)
        before = coming.get(made, _Sum(0, example))
        coming[made] = _Sum(before.situations + total.situations, before.example)

    def _left(self, decision: Decision, rules: Rules, level: int, cell: int) -> Rules:
        """The rules that can still apply; where the first decides, none after one that does."""
        left: list[tuple[int, Residue]] = []
        for number, residue in rules:
            now = self._after(residue, level, cell)
            if now is not False:
                left.append((number, now))
            if now is True and decision.resolve is Resolve.FIRST:
                break
        return tuple(left)

    def _after(self, residue: Residue, level: int, cell: int) -> Residue:
        """What is left of a condition; many kinds share theirs, so each is worked out once a level."""
        key = (residue, cell)
        if key not in self.left:
            self.left[key] = left_after(residue, self.forest, level, cell)
        return self.left[key]

    def _answer(self, side: int, rules: Rules) -> Answer:
        return resolve(self.decisions[side], [number for number, _ in rules]).behaviour


def _settled(rules: Rules) -> bool:
    return all(residue is True for _, residue in rules)
