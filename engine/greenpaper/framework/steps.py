"""How far a version, and the consultation about it, had come from one revision to another, and what is not allowed."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from greenpaper.framework import consultation, life, seal_problems
from greenpaper.framework.parts import Parts
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import ScalarNode, child
from greenpaper.source.text import Span

KINDS: tuple[tuple[str, Collection[str], Callable[[str, str], bool]], ...] = (
    ("framework", tuple(life.Life), life.may_follow),
    ("consultation", tuple(consultation.Stage), consultation.may_follow),
)
"""Kinds of file that have a status, with its words and what may follow."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The status that a file of one kind says; only words that can be one are here."""

    kind: str
    status: str
    span: Span


def reached(parts: Parts) -> Iterator[Reached]:
    """How far a version has come, and the consultation about it where there is one."""
    for kind, words, _ in KINDS:
        for part in parts:
            status = child(part.node, "status") if part.kind == kind else None
            if isinstance(status, ScalarNode) and status.text in words:
                yield Reached(kind, status.text, status.span)


def wrong_steps(before: Parts, after: Parts) -> Iterator[Diagnostic]:
    """Every status of `after` that cannot follow the one of `before`."""
    old = {each.kind: each for each in reached(before)}
    allowed = {kind: may_follow for kind, _, may_follow in KINDS}
    for each in reached(after):
        was = old.get(each.kind)
        if was and not allowed[each.kind](was.status, each.status):
            yield seal_problems.no_such_step(was.status, each.status, each.span, was.span)
