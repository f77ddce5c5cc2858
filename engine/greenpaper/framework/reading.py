"""One document while it is checked: its written model, its nodes, and the conditions in it."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from greenpaper.framework import problems
from greenpaper.language.parser import Place, parse_condition
from greenpaper.language.syntax import Condition
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import Node, ScalarNode, Style, head, key_span, nearest
from greenpaper.source.offsets import offsets
from greenpaper.source.text import Span
from greenpaper.source.written import Written

W = TypeVar("W", bound=Written)


@dataclass(frozen=True, slots=True)
class Reading(Generic[W]):
    """`written` as the model sees it, `node` as it stands in the file; `found` collects problems."""

    written: W
    node: Node
    found: list[Diagnostic] = field(default_factory=list)

    def value(self, *path: str | int) -> Span:
        """The place of the value at `path`."""
        return head(nearest(self.node, path))

    def key(self, *path: str | int) -> Span:
        """The place of the key that `path` ends in."""
        return key_span(self.node, path)

    def condition(self, *path: str | int) -> Condition | None:
        """The condition written at `path`; None when it has a problem, which is then collected."""
        scalar = nearest(self.node, path)
        assert isinstance(scalar, ScalarNode)
        if scalar.style is Style.DOUBLE:
            self.found.append(problems.double_quoted_condition(scalar.span))
            return None
        parsed, wrong = parse_condition(scalar.text, _places(scalar))
        self.found.extend(wrong)
        return parsed


@dataclass(frozen=True, slots=True)
class Readings:
    """The documents of one version while it is checked."""

    documents: tuple[Reading[Written], ...]

    def of(self, shape: type[W]) -> tuple[Reading[W], ...]:
        """Those of one kind of file, in their order."""
        return tuple(cast(Reading[W], each) for each in self.documents if isinstance(each.written, shape))

    def one(self, shape: type[W]) -> Reading[W] | None:
        """The one of a kind of which a version has at most one."""
        return next(iter(self.of(shape)), None)


def _places(scalar: ScalarNode) -> Place:
    """Characters of the condition to places in the file."""
    table = offsets(scalar)

    def place(start: int, end: int) -> Span:
        first = table[min(start, len(table) - 1)]
        last = table[end - 1] + 1 if start < end < len(table) else first
        return Span(scalar.span.source, first, max(first, last))

    return place
