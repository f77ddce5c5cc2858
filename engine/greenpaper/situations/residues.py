"""Conditions half worked out: what is left of them once some facts are known, as a count over small diagrams.

`and`, `or` and `not` are counts: at least so many and at most so many of the parts hold. A test of facts, or of how
many members of a group pass one, is a diagram of its own, so that no large diagram is ever made.

INVARIANT: the first two diagrams of a forest are leaves, so that no residue is a diagram that equals True or False.
"""

from typing import assert_never

from greenpaper.language.terms import (
    AllOf,
    AnyOf,
    Compared,
    Counted,
    IsKnown,
    Named,
    Negated,
    OneOf,
    Term,
)
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Diagram, Forest

Residue = bool | Diagram | tuple[int, int, tuple["Residue", ...]]
"""True or false; a diagram; or at least, at most, of parts. `bool` comes first: a diagram is never a bool."""


def residue_of(term: Term, compiler: Compiler) -> Residue:
    """The whole condition, before any fact is known."""
    match term:
        case Compared() | OneOf():
            return _diagram(compiler.forest, compiler.diagram(term))
        case Counted(parts=parts) if all(isinstance(part, Compared | OneOf) for part in parts):
            return _diagram(compiler.forest, compiler.diagram(term))
        case Counted(parts=parts, least=least, most=most):
            return counted(least, most, [residue_of(part, compiler) for part in parts])
        case AllOf(parts=parts):
            return counted(len(parts), len(parts), [residue_of(part, compiler) for part in parts])
        case AnyOf(parts=parts):
            return counted(1, len(parts), [residue_of(part, compiler) for part in parts])
        case Negated(part=part):
            return counted(0, 0, [residue_of(part, compiler)])
        case Named(part=part):
            return residue_of(part, compiler)
        case IsKnown():
            raise AssertionError("`is known` selects records and has no meaning in a situation")
        case _:
            assert_never(term)


def left_after(residue: Residue, forest: Forest, level: int, cell: int) -> Residue:
    """What is left once the fact of `level` is in `cell`, where all facts above it are known."""
    match residue:
        case bool():
            return residue
        case int():
            return _diagram(forest, forest.below(residue, level, cell))
        case least, most, parts:
            return counted(least, most, [left_after(part, forest, level, cell) for part in parts])


def counted(least: int, most: int, parts: list[Residue]) -> Residue:
    """At least and at most so many of the parts, without those that are settled."""
    held = sum(part is True for part in parts)
    open_parts = [part for part in parts if not isinstance(part, bool)]
    least, most = least - held, min(most - held, len(open_parts))
    if most < 0 or least > len(open_parts):
        return False
    if least <= 0 and most >= len(open_parts):
        return True
    if len(open_parts) == 1 and least == 1:
        return open_parts[0]
    return max(least, 0), most, tuple(open_parts)


def _diagram(forest: Forest, diagram: Diagram) -> Residue:
    return bool(forest.leaves[diagram]) if diagram in forest.leaves else diagram
