"""A document as its written model: the only door to pydantic's errors.

The JSON Schema gate speaks first where it is asked to or where the model refuses; the model then adds only what the
gate did not see.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from greenpaper.source import shape_problems as problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.gate import MOST_FOUND, pass_gate
from greenpaper.source.nodes import Node, Path, child, head, instance_of, key_span, nearest
from greenpaper.source.written import Written

W = TypeVar("W", bound=Written)


def read_shape(shape: type[W], node: Node, *, gate: bool = False) -> tuple[W | None, tuple[Diagnostic, ...]]:
    """The document as the written shape of a whole file, or everything that is wrong with it.

    `gate` runs the JSON Schema even when the model accepts the document, so that both are seen to agree.
    """
    found = pass_gate(shape.kind, node) if gate else ()
    written = _validated(shape, _Same(node))
    if not isinstance(written, ValidationError):
        return (None if found else cast(W, written)), found
    found = found or pass_gate(shape.kind, node)
    if len(found) >= MOST_FOUND:
        return None, found
    places = sorted(diagnostic.span.start for diagnostic in found)
    rest = (each for each in written.errors(include_url=False) if not _seen(node, each, places))
    return None, (*found, *(_problem(node, each) for each in rest))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A node that is equal only to itself: a version that is composed again keeps the nodes that no edit touches."""

    node: Node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)


@lru_cache(maxsize=1024)
def _validated(shape: type[Written], same: _Same) -> Written | ValidationError:
    try:
        return shape.model_validate(instance_of(same.node))
    except ValidationError as fault:
        return fault


def _seen(node: Node, fault: ErrorDetails, places: Sequence[int]) -> bool:
    """Whether the gate has found a problem (`places`, sorted) at, or inside, what the model complains of."""
    path = _node_path(node, fault["loc"])
    region = key_span(node, path).to(nearest(node, path).span)
    first = bisect_left(places, region.start)
    return first < len(places) and places[first] <= region.end


def _problem(node: Node, fault: ErrorDetails) -> Diagnostic:
    path = _node_path(node, fault["loc"])
    found = fault["input"]
    last = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    span = head(nearest(node, path))
    match fault["type"]:
        case "extra_forbidden":
            return problems.unknown_key(last, (), key_span(node, path))
        case "missing":
            return problems.missing_key([str(fault["loc"][-1])], last, span)
        case "literal_error":
            return problems.not_a_choice(str(found), [str(fault["ctx"]["expected"])], span)
        case "nothing_written" | "too_short" | "string_too_short":
            return problems.nothing_written(last, key_span(node, path))
        case "no_such_date":
            return problems.no_such_day(str(found), span)
        case "string_pattern_mismatch":
            return problems.wrong_form(str(found), problems.form_of(fault["ctx"]["pattern"]), span)
        case kind if kind.endswith("_type"):
            expected = problems.KIND_WORDS.get(kind.removesuffix("_type"), "another kind of value")
            return problems.wrong_kind(found, expected, span)
        case _:
            return problems.wrong_form(str(found), "a value of the right kind", span)


def _node_path(node: Node, loc: tuple[str | int, ...]) -> Path:
    """pydantic's `loc` without the steps that are not in the file (tags of unions, `[key]`)."""
    path: list[str | int] = []
    for step in loc:
        below = child(node, step)
        if below is not None:
            path.append(step)
            node = below
    return path
