"""Lists of statements of which each stands only under some choices, and edits that are made only under some.

A list holds every text that a statement can have, each with its guard. Two texts of one statement never stand together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from greenpaper.framework.edits import Add, Address, Edit, Refused, Remove, Replace, Steps, applied
from greenpaper.framework.proposals import Chosen
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.nodes import Node, SequenceNode, text_at


@dataclass(frozen=True, slots=True)
class Guard:
    """The choices under which something stands: for each proposal named, one of these options; any for the others."""

    allowed: tuple[tuple[str, frozenset[str]], ...] = ()

    def holds(self, choice: Chosen) -> bool:
        """Whether it stands in this combination."""
        return all(choice[proposal] in options for proposal, options in self.allowed)

    def both(self, other: "Guard") -> Iterator["Guard"]:
        """Where both hold; nothing where that cannot be."""
        known = dict(self.allowed)
        known |= {name: known.get(name, options) & options for name, options in other.allowed}
        if all(known.values()):
            yield Guard(tuple(sorted(known.items())))


ALWAYS = Guard()


@dataclass(frozen=True, slots=True)
class Guarded:
    """One text of a statement, and the choices under which it is there."""

    node: Node
    guard: Guard


@dataclass(frozen=True, slots=True)
class GuardedEdit:
    """One edit of an option, and the choices under which it is made, and those under which it is not, in parts.

    It is not made where its option is not chosen, nor where the very same edit of another option still stands.
    """

    edit: Edit
    where: tuple[Guard, ...]
    elsewhere: tuple[Guard, ...]

    def inside(self, guard: Guard) -> Iterator[Guard]:
        """Where the guard holds and the edit is made."""
        return (both for each in self.where for both in guard.both(each))

    def outside(self, guard: Guard) -> Iterator[Guard]:
        """Where the guard holds and the edit is not made."""
        return (both for each in self.elsewhere for both in guard.both(each))


def edited_list(slots: list[Guarded], made: GuardedEdit, steps: Steps) -> list[Guarded]:
    """A list of guarded statements where the edit is made under its option; `steps` are those below the list."""
    match made.edit, steps:
        case Add(entry=entry, before=before, after=after), ():
            return list(_with(slots, entry, before, after, made))
        case Replace(content=SequenceNode(items)), ():
            return [*_kept(slots, made), *_guarded(items, ALWAYS, made)]
        case ((Replace() | Remove()), ()):
            return list(_kept(slots, made))
        case _:
            return [each for slot in slots for each in _changed(slot, made, steps)]


def _with(slots: Iterable[Guarded], entry: Node, before: str, after: str, made: GuardedEdit) -> Iterator[Guarded]:
    for slot in slots:
        if before and text_at(slot.node, "id") == before:
            yield from _guarded((entry,), slot.guard, made)
        yield slot
        if after and text_at(slot.node, "id") == after:
            yield from _guarded((entry,), slot.guard, made)
    if not (before or after):
        yield from _guarded((entry,), ALWAYS, made)


def _changed(slot: Guarded, made: GuardedEdit, steps: Steps) -> Iterator[Guarded]:
    if text_at(slot.node, "id") != steps[0]:
        yield slot
        return
    yield from _kept([slot], made)
    match made.edit, steps[1:]:
        case Remove(), ():
            return
        case Replace(content=content), ():
            yield from _guarded((content,), slot.guard, made)
        case edit, rest:
            inner = replace(edit, address=Address("/".join(rest), edit.address.place))
            yield from _guarded(_with_inner(slot.node, inner), slot.guard, made)


def _with_inner(node: Node, edit: Edit) -> tuple[Node, ...]:
    """The statement after the edit; nothing where it cannot be made, which no combination that is composed comes to."""
    try:
        return (applied(node, edit)[0],)
    except Refused:
        return ()


def _kept(slots: Iterable[Guarded], made: GuardedEdit) -> Iterator[Guarded]:
    """What stays as it was where the edit is not made."""
    for slot in slots:
        yield from (replace(slot, guard=guard) for guard in made.outside(slot.guard))


def _guarded(nodes: Sequence[Node], guard: Guard, made: GuardedEdit) -> Iterator[Guarded]:
    """What stands where the edit is made."""
    for inside in made.inside(guard):
        yield from (Guarded(node, inside) for node in nodes)


def with_edit(tree: Node, edit: Edit) -> Node:
    """The tree after the edit. Raises PolicyError where it cannot be made."""
    try:
        return applied(tree, edit)[0]
    except Refused as refused:
        raise PolicyError([refused.diagnostic]) from None
