"""Edits of a version as a tree of nodes: each is addressed by ids, and every place in the tree stays true."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar, assert_never

from greenpaper.framework import problems
from greenpaper.framework.parts import CONTENTS
from greenpaper.framework.written_proposals import Edit as Written
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    child,
    head,
    instance_of,
    text_at,
)
from greenpaper.source.text import Span

IN_ORDER = ("rules", "outcomes")
"""What is read in its order, so that two options that add at one place of it touch the same thing."""

KEYS = {"replace": {"with"}, "add_to": {"entry", "before", "after"}, "remove": set[str](), "set": {"to"}}
CONTENT = {"replace": "with", "add_to": "entry", "set": "to"}

Steps = tuple[str, ...]
T = TypeVar("T")


class Refused(Exception):
    """An edit that cannot be made, with the problem that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Address:
    """Ids from the version down, such as decisions/pathway/rules/light, and where they are written."""

    text: str
    place: Span

    @property
    def steps(self) -> Steps:
        return tuple(self.text.split("/"))


@dataclass(frozen=True, slots=True)
class Replace:
    address: Address
    content: Node


@dataclass(frozen=True, slots=True)
class Remove:
    address: Address


@dataclass(frozen=True, slots=True)
class Put:
    """One value under the last step of the address, whether or not something stands there."""

    address: Address
    value: ScalarNode


@dataclass(frozen=True, slots=True)
class Add:
    """An entry of a list, or the keys of a mapping: before or after the one named, or at the end."""

    address: Address
    entry: Node
    before: str = ""
    after: str = ""


Edit = Replace | Remove | Put | Add


def edit_of(written: Written, node: Node) -> Edit:
    """The edit that is written there. Raises Refused unless it says exactly one thing."""
    said = {"replace": written.replace, "add_to": written.add_to, "remove": written.remove, "set": written.set_}
    verbs = [verb for verb, address in said.items() if address]
    given = set(names_in(node))
    if len(verbs) != 1 or not given <= {verbs[0]} | KEYS[verbs[0]] or (written.before and written.after):
        raise Refused(problems.edit_of_what(head(node)))
    verb = verbs[0]
    content = child(node, CONTENT[verb]) if verb in CONTENT else None
    if verb in CONTENT and content is None:
        raise Refused(problems.edit_of_what(head(node)))
    address = Address(said[verb], head(child(node, verb) or node))
    match verb, content:
        case "replace", content if content:
            return Replace(address, content)
        case "add_to", content if content:
            return Add(address, content, written.before, written.after)
        case "set", ScalarNode() as value:
            return Put(address, value)
        case _:
            return Remove(address)


def answers_depend_on(written: Written) -> bool:
    """Whether an answer can depend on what the edit changes."""
    address = written.replace or written.add_to or written.remove or written.set_
    return address.partition("/")[0] not in CONTENTS


def applied(tree: Node, edit: Edit) -> tuple[Node, Span]:
    """The tree after the edit, and the place in it that the edit touches. Raises Refused."""
    steps = edit.address.steps
    match edit:
        case Add():
            there = _found(tree, edit.address, steps)
            added = _added(there, edit)
            return rebuilt(tree, steps, lambda _: added), head(there)
        case Replace(_, content):
            there = _found(tree, edit.address, steps)
            return rebuilt(tree, steps, lambda _: content), _place_of(there)
        case Remove():
            there = _found(tree, edit.address, steps)
            return rebuilt(tree, steps[:-1], lambda parent: _without(parent, steps[-1])), _place_of(there)
        case Put(address, value):
            there = _found(tree, address, steps[:-1])
            if not isinstance(there, MappingNode):
                raise Refused(problems.no_such_address(address.text, steps[-1], address.place, ()))
            old = there.get(steps[-1])
            return rebuilt(tree, steps[:-1], lambda _: _put(there, address, value)), head(old.value if old else there)
        case _:
            assert_never(edit)


def claims(edit: Edit, tree: Node) -> tuple[Steps, ...]:
    """The addresses that the edit changes in this tree; a place in an order is that of what would stand there."""
    steps = edit.address.steps
    match edit:
        case Add(_, entry, before, after):
            place = f"before {before}" if before else f"after {after}" if after else "at the end"
            ordered = ((*steps, place),) if steps[-1] in IN_ORDER else ()
            return (*((*steps, name) for name in _names_added(at_address(tree, steps), entry)), *ordered)
        case _:
            return (steps,)


def same_thing(one: Iterable[Steps], other: Iterable[Steps]) -> bool:
    """Whether two edits with these claims touch the same thing, so that the order in which they are made would tell."""
    return any(mine[: len(yours)] == yours[: len(mine)] for mine, yours in product(one, other))


def same_edit(one: Edit, other: Edit) -> bool:
    """Whether two edits say the same, so that making one of them is making both."""
    return type(one) is type(other) and _said(one) == _said(other)


def names_in(node: Node) -> tuple[str, ...]:
    """The steps that an address can take from here: keys of a mapping, ids of a list."""
    match node:
        case MappingNode(entries):
            return tuple(entry.key.text for entry in entries)
        case SequenceNode(items):
            return tuple(name for item in items if (name := text_at(item, "id")))
        case ScalarNode():
            return ()
        case _:
            assert_never(node)


def _names_added(there: Node | None, entry: Node) -> tuple[str, ...]:
    """The keys or the id that are added; an entry of a list without an id is told from others by all it says."""
    match there, entry:
        case SequenceNode(), _:
            return (text_at(entry, "id") or repr(instance_of(entry)),)
        case _, MappingNode(entries):
            return tuple(each.key.text for each in entries)
        case _:
            return ()


def _said(edit: Edit) -> tuple[object, ...]:
    match edit:
        case Replace(address, content) | Put(address, content):
            return address.text, instance_of(content)
        case Remove(address):
            return (address.text,)
        case Add(address, entry, before, after):
            return address.text, instance_of(entry), before, after
        case _:
            assert_never(edit)


# Trees


def _found(tree: Node, address: Address, steps: Iterable[str]) -> Node:
    for step in steps:
        found = below(tree, step)
        if found is None:
            raise Refused(problems.no_such_address(address.text, step, address.place, names_in(tree)))
        tree = found
    return tree


def at_address(tree: Node, steps: Iterable[str]) -> Node | None:
    """The node at an address, if it is there."""
    found: Node | None = tree
    for step in steps:
        found = below(found, step) if found else None
    return found


def below(node: Node, step: str) -> Node | None:
    """The node one step of an address further down."""
    if isinstance(node, SequenceNode):
        return next((item for item in node.items if step and text_at(item, "id") == step), None)
    return child(node, step)


def _place_of(node: Node) -> Span:
    """The place that stands for a node: the id of one that has one."""
    return head(child(node, "id") or node)


def rebuilt(node: Node, steps: Steps, change: Callable[[Node], Node]) -> Node:
    """The node with the node at `steps`, which are there, changed."""
    if not steps:
        return change(node)
    step, *rest = steps
    match node:
        case MappingNode(entries):
            changed = (
                replace(entry, value=rebuilt(entry.value, tuple(rest), change)) if entry.key.text == step else entry
                for entry in entries
            )
            return replace(node, entries=tuple(changed))
        case SequenceNode(items):
            swapped = (rebuilt(item, tuple(rest), change) if text_at(item, "id") == step else item for item in items)
            return replace(node, items=tuple(swapped))
        case ScalarNode():
            raise AssertionError(node)
        case _:
            assert_never(node)


def _without(node: Node, step: str) -> Node:
    match node:
        case MappingNode(entries):
            return replace(node, entries=tuple(entry for entry in entries if entry.key.text != step))
        case SequenceNode(items):
            return replace(node, items=tuple(item for item in items if text_at(item, "id") != step))
        case ScalarNode():
            raise AssertionError(node)
        case _:
            assert_never(node)


def _put(node: MappingNode, address: Address, value: ScalarNode) -> Node:
    step = address.steps[-1]
    if node.get(step):
        return rebuilt(node, (step,), lambda _: value)
    key = ScalarNode(step, value.style, address.place)
    return replace(node, entries=(*node.entries, Entry(key, value)))


def _added(node: Node, edit: Add) -> Node:
    match node, edit.entry:
        case SequenceNode(items), entry:
            return replace(node, items=_inserted(_named(items), _named((entry,)), edit))
        case MappingNode(entries), MappingNode(added) if added:
            return replace(node, entries=_inserted(_keyed(entries), _keyed(added), edit))
        case _:
            raise Refused(problems.cannot_be_added(edit.address.text, head(edit.entry)))


def _named(items: Iterable[Node]) -> list[tuple[str, Span, Node]]:
    return [(text_at(item, "id"), _place_of(item), item) for item in items]


def _keyed(entries: Iterable[Entry]) -> list[tuple[str, Span, Entry]]:
    return [(entry.key.text, entry.key.span, entry) for entry in entries]


def _inserted(there: list[tuple[str, Span, T]], new: list[tuple[str, Span, T]], edit: Add) -> tuple[T, ...]:
    names = [name for name, _, _ in there]
    for name, span, _ in new:
        if name and name in names:
            raise Refused(problems.already_there(name, span, there[names.index(name)][1]))
    anchor = edit.before or edit.after
    if anchor and anchor not in names:
        raise Refused(problems.no_such_address(edit.address.text, anchor, edit.address.place, names))
    at = len(names) if not anchor else names.index(anchor) + bool(edit.after)
    things, added = [thing for _, _, thing in there], [thing for _, _, thing in new]
    return (*things[:at], *added, *things[at:])
