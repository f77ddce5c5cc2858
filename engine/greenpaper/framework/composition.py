"""A draft on its base: edits addressed by ids, applied to nodes, so that every place stays true.

The composed parts are checked like any others; a problem in an edit points at the edit's own line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar, assert_never

from greenpaper.framework import problems
from greenpaper.framework.checked import Confidence
from greenpaper.framework.parts import Part, Parts
from greenpaper.framework.written import Edit, ProposalFile
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, head, nearest
from greenpaper.source.text import Span

FIRMEST_FIRST = tuple(Confidence)
LISTS = ("explained", "invariants")
"""Kinds of file that are one list under a key of the same name: its entries are addressed as `kind/id`."""

Change = Callable[[Node], Node]
T = TypeVar("T")


class _Refused(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def compose(
    base: Parts, draft: Parts, proposals: Iterable[tuple[ProposalFile, Node]], chosen: Mapping[str, str]
) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """The base's parts with the draft's own framework file and the edits of the chosen options.

    `chosen` names one option for each proposal.
    """
    found: list[Diagnostic] = []
    parts = _with_own_head(base, draft)
    for proposal, node in proposals:
        option = chosen[proposal.proposal]
        found += _too_firm(proposal, node, option)
        for number, edit in enumerate(proposal.options[option].edits):
            try:
                parts = _applied(parts, edit, nearest(node, ("options", option, "edits", number)))
            except _Refused as refused:
                found.append(refused.diagnostic)
    return parts, tuple(found)


def _with_own_head(base: Parts, draft: Parts) -> Parts:
    """The draft's framework file, which may cite the base's documents too, and what it explains and its cases."""
    heads = [part for part in draft if part.kind == "framework"]
    base_head = next(part.node for part in base if part.kind == "framework")
    own = tuple(replace(part, node=_with_sources(part.node, base_head)) for part in heads)
    kept = (part for part in base if part.kind not in ("framework", "cases"))
    return (*own, *kept, *(part for part in draft if part.kind in ("explained", "cases")))


def _with_sources(node: Node, base: Node) -> Node:
    own = _entries(node, "sources")
    names = {entry.key.text for entry in own}
    inherited = tuple(entry for entry in _entries(base, "sources") if entry.key.text not in names)
    if not isinstance(node, MappingNode) or not inherited:
        return node
    key = ScalarNode("sources", inherited[0].key.style, head(node))
    merged = Entry(key, MappingNode((*own, *inherited), head(node)))
    return replace(node, entries=(*(entry for entry in node.entries if entry.key.text != "sources"), merged))


def _entries(node: Node, key: str) -> tuple[Entry, ...]:
    entry = node.get(key) if isinstance(node, MappingNode) else None
    return entry.value.entries if entry and isinstance(entry.value, MappingNode) else ()


def _applied(parts: Parts, edit: Edit, node: Node) -> Parts:
    """The parts after one edit. Raises `_Refused` when its address is not there."""
    verbs = [address for address in (edit.replace, edit.add_to, edit.remove) if address]
    content = _value(node, "with") if edit.replace else _value(node, "entry")
    if len(verbs) != 1 or (content is None) is not bool(edit.remove) or _says_more(edit, node):
        raise _Refused(problems.edit_of_what(head(node)))
    address = verbs[0]
    place = head(_value(node, "replace" if edit.replace else "add_to" if edit.add_to else "remove") or node)
    steps = address.split("/")
    index, rest = _part(parts, steps, address, place)
    part = parts[index]
    if edit.add_to:
        assert content is not None
        changed = _at(part.node, rest, address, place, lambda found: _added(found, edit, content, place))
    else:
        changed = _at(
            part.node, rest[:-1], address, place, lambda found: _swapped(found, rest[-1], content, address, place)
        )
    return (*parts[:index], replace(part, node=changed), *parts[index + 1 :])


def _says_more(edit: Edit, node: Node) -> bool:
    """Whether the edit holds keys that what it does has no use for."""
    useful = (
        {"replace", "with"} if edit.replace else {"add_to", "entry", "before", "after"} if edit.add_to else {"remove"}
    )
    return not useful.issuperset(names_in(node)) or bool(edit.before and edit.after)


def _value(node: Node, key: str) -> Node | None:
    entry = node.get(key) if isinstance(node, MappingNode) else None
    return entry.value if entry else None


def _part(parts: Parts, steps: list[str], address: str, place: Span) -> tuple[int, list[str]]:
    """Which part an address begins in, and the steps inside it."""
    names: dict[str, int] = {}
    for index, part in enumerate(parts):
        if part.kind in ("vocabulary", "constraints", "decision", *LISTS):
            names.setdefault(_address_of(part), index)
    for name, index in names.items():
        begin = name.split("/")
        if name in LISTS and steps[0] == name:
            return index, steps
        if steps[: len(begin)] == begin and len(steps) > len(begin):
            return index, steps[len(begin) :]
    raise _Refused(problems.no_such_address(address, "/".join(steps[:2]), place, names))


def _address_of(part: Part) -> str:
    if part.kind != "decision":
        return part.kind
    name = _value(part.node, "decision")
    return f"decisions/{name.text}" if isinstance(name, ScalarNode) else part.kind


def _at(node: Node, steps: list[str], address: str, place: Span, change: Change) -> Node:
    """`node` with the node at `steps` changed."""
    if not steps:
        return change(node)
    step = steps[0]
    match node:
        case MappingNode(entries) if step in names_in(node):
            changed = (
                replace(entry, value=_at(entry.value, steps[1:], address, place, change))
                if entry.key.text == step
                else entry
                for entry in entries
            )
            return replace(node, entries=tuple(changed))
        case SequenceNode(items) if step in names_in(node):
            return replace(
                node,
                items=tuple(
                    _at(item, steps[1:], address, place, change) if _id(item) == step else item for item in items
                ),
            )
        case _:
            raise _Refused(problems.no_such_address(address, step, place, names_in(node)))


def names_in(node: Node) -> tuple[str, ...]:
    """The steps that an address can take from here: keys of a mapping, ids of a list."""
    match node:
        case MappingNode(entries):
            return tuple(entry.key.text for entry in entries)
        case SequenceNode(items):
            return tuple(name for item in items if (name := _id(item)))
        case ScalarNode():
            return ()
        case _:
            assert_never(node)


def _id(node: Node) -> str:
    name = _value(node, "id")
    return name.text if isinstance(name, ScalarNode) else ""


def _id_span(node: Node) -> Span:
    return head(_value(node, "id") or node)


def _swapped(node: Node, step: str, content: Node | None, address: str, place: Span) -> Node:
    """`node` with the entry `step` replaced by `content`, or without it."""
    if step not in names_in(node):
        raise _Refused(problems.no_such_address(address, step, place, names_in(node)))
    match node:
        case MappingNode(entries):
            kept = (
                (entry if entry.key.text != step else content and replace(entry, value=content)) for entry in entries
            )
            return replace(node, entries=tuple(entry for entry in kept if entry))
        case SequenceNode(items):
            swapped = ((item if _id(item) != step else content) for item in items)
            return replace(node, items=tuple(item for item in swapped if item))
        case _:
            raise AssertionError(node)


def _added(node: Node, edit: Edit, entry: Node, place: Span) -> Node:
    """`node` with more in it, before or after the one named, or at the end.

    A list gains one entry with an id, a mapping the keys of the entry.
    """
    match node, entry:
        case SequenceNode(items), _:
            return replace(node, items=_inserted(_named(items), _named((entry,)), edit, place))
        case MappingNode(entries), MappingNode(added):
            return replace(node, entries=_inserted(_keyed(entries), _keyed(added), edit, place))
        case _:
            raise _Refused(problems.cannot_be_added(edit.add_to, head(entry)))


def _named(items: Iterable[Node]) -> list[tuple[str, Span, Node]]:
    return [(_id(item), _id_span(item), item) for item in items]


def _keyed(entries: Iterable[Entry]) -> list[tuple[str, Span, Entry]]:
    return [(entry.key.text, entry.key.span, entry) for entry in entries]


def _inserted(
    there: list[tuple[str, Span, T]], new: list[tuple[str, Span, T]], edit: Edit, place: Span
) -> tuple[T, ...]:
    names = [name for name, _, _ in there]
    for name, span, _ in new:
        if name in names:
            raise _Refused(problems.already_there(name, span, there[names.index(name)][1]))
    anchor = edit.before or edit.after
    if anchor and anchor not in names:
        raise _Refused(problems.no_such_address(edit.add_to, anchor, place, names))
    at = len(names) if not anchor else names.index(anchor) + bool(edit.after)
    things, added = [thing for _, _, thing in there], [thing for _, _, thing in new]
    return (*things[:at], *added, *things[at:])


def _too_firm(proposal: ProposalFile, node: Node, option: str) -> Iterator[Diagnostic]:
    limit = FIRMEST_FIRST.index(Confidence(proposal.confidence))
    declared = head(nearest(node, ("confidence",)))
    for claim in _claims(nearest(node, ("options", option))):
        if claim.text in set(FIRMEST_FIRST) and FIRMEST_FIRST.index(Confidence(claim.text)) < limit:
            yield problems.firmer_than_its_proposal(claim.text, proposal.confidence, claim.span, declared)


def _claims(node: Node) -> Iterator[ScalarNode]:
    yield from _said_under("confidence", node)


def cited_in(proposals: Iterable[Node]) -> frozenset[str]:
    """The documents that any option of these proposals cites."""
    return frozenset(document.text for node in proposals for document in _said_under("document", node))


def _said_under(key: str, node: Node) -> Iterator[ScalarNode]:
    """Every single value that stands under the key, however deep."""
    match node:
        case MappingNode(entries):
            for entry in entries:
                if entry.key.text == key and isinstance(entry.value, ScalarNode):
                    yield entry.value
                yield from _said_under(key, entry.value)
        case SequenceNode(items):
            for item in items:
                yield from _said_under(key, item)
        case ScalarNode():
            return
        case _:
            assert_never(node)
