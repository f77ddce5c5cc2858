"""A version with the options chosen for it: edits applied to its files as one tree, so that every place stays true.

The composed parts are checked like any others. A problem in an edit points at the edit's own line and at the line that
it touches; one that an edit leaves elsewhere points at the edit too. Two options that edit the same thing are a
problem, unless one follows the other or both say the same. What an edit changes is as unsure as the edit's proposal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from greenpaper.framework import problems
from greenpaper.framework.checked import Confidence
from greenpaper.framework.edits import (
    Edit,
    Refused,
    Steps,
    answers_depend_on,
    applied,
    below,
    claims,
    edit_of,
    rebuilt,
    same_edit,
    same_thing,
)
from greenpaper.framework.parts import CONTENTS, Part, Parts
from greenpaper.framework.proposals import Picked, Proposal
from greenpaper.source.diagnostics import Diagnostic, Label
from greenpaper.source.nodes import (
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Style,
    child,
    head,
    nearest,
    text_at,
)
from greenpaper.source.text import Span

FIRMEST_FIRST = tuple(each.value for each in Confidence)
LISTS = ("constraints", "explained", "invariants")
MAPPINGS = ("activities", *CONTENTS)
"""Kinds of file that are one list, or one mapping, under a key of the same name: addressed as `kind/id`."""

DECISIONS = "decisions"
"""What stands before the id of a decision in an address."""

MOST_LEFT_OUT = 40


@dataclass(frozen=True, slots=True)
class Made:
    """One edit of an option that was made: what it claims, where it stands, and the place that it touches."""

    picked: Picked
    edit: Edit
    claims: tuple[Steps, ...]
    region: Span
    touched: Span


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts after all edits that could be made, these edits, and the problems of the others."""

    parts: Parts
    made: tuple[Made, ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Stage:
    """What some options make, one after the other: the tree, their edits, and the problems of those not made."""

    tree: Node
    made: tuple[Made, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def compose(parts: Parts, chosen: Iterable[Picked], *, without: Made | None = None, whole: bool = True) -> Composed:
    """The parts with the edits of the chosen options, in this order; `without` leaves out one of them.

    `whole=False` leaves out those of what no answer depends on, which the parts then need not hold.
    """
    stage = _Stage(tree_of(parts))
    for picked in chosen:
        stage = _with_option(stage, picked, without, whole=whole)
    assert isinstance(stage.tree, MappingNode)
    return Composed(parts_of(stage.tree, parts), stage.made, stage.found)


def not_made(parts: Parts, several: Iterable[Iterable[Picked]]) -> tuple[Diagnostic, ...]:
    """What keeps edits of any of several combinations, on which answers depend, from being made.

    What the combinations begin alike is made once.
    """
    stages: dict[tuple[str, ...], _Stage] = {(): _Stage(tree_of(parts))}
    found: dict[Diagnostic, None] = {}
    for chosen in several:
        names: tuple[str, ...] = ()
        for picked in chosen:
            longer = (*names, str(picked))
            if longer not in stages:
                stages[longer] = _with_option(stages[names], picked, whole=False)
            names = longer
        found |= dict.fromkeys(stages[names].found)
    return tuple(found)


def _with_option(stage: _Stage, picked: Picked, without: Made | None = None, *, whole: bool) -> _Stage:
    tree, made, found = stage.tree, list(stage.made), [*stage.found, *_too_firm(picked)]
    for position, written in enumerate(picked.option.edits):
        node = nearest(picked.node, ("edits", position))
        if (without and node.span == without.region) or not (whole or answers_depend_on(written)):
            continue
        try:
            edit = edit_of(written, node)
            claimed = claims(edit, tree)
            if not _is_made(edit, claimed, picked, made):
                tree, touched = applied(tree, edit)
                tree = _lowered(tree, edit.address.steps, picked)
                made.append(Made(picked, edit, claimed, node.span, touched))
        except Refused as refused:
            found.append(refused.diagnostic)
    return _Stage(tree, tuple(made), tuple(found))


def _is_made(edit: Edit, claimed: tuple[Steps, ...], picked: Picked, made: Iterable[Made]) -> bool:
    """Whether the very same edit was made by another option and still stands.

    Raises Refused where an option that this one does not follow has touched the same thing.
    """
    stands = False
    for other in made:
        if other.picked is not picked and same_edit(edit, other.edit):
            stands = True
        elif same_thing(claimed, other.claims):
            if other.picked is not picked and not picked.follows(other.picked):
                here, there = edit.address, other.edit.address
                raise Refused(problems.edited_twice(here.text, here.place, there.place, str(other.picked)))
            stands = False
    return stands


def _lowered(tree: Node, steps: tuple[str, ...], picked: Picked) -> Node:
    """The tree where every statement that the address passes is no surer than the proposal that edits it."""
    claim = child(tree, "confidence")
    limit = _confidence(picked.proposal)
    if isinstance(claim, ScalarNode) and isinstance(tree, MappingNode) and _firmness(claim) < _firmness(limit):
        kept = (replace(entry, value=limit) if entry.value is claim else entry for entry in tree.entries)
        tree = replace(tree, entries=tuple(kept))
    if not steps or below(tree, steps[0]) is None:
        return tree
    return rebuilt(tree, steps[:1], lambda node: _lowered(node, steps[1:], picked))


def _confidence(proposal: Proposal) -> ScalarNode:
    said = child(proposal.node, "confidence")
    assert isinstance(said, ScalarNode)
    return said


def _firmness(claim: ScalarNode) -> int:
    """The place of a claim from the firmest on; one that is none is no firmer than any."""
    return FIRMEST_FIRST.index(claim.text) if claim.text in FIRMEST_FIRST else len(FIRMEST_FIRST)


def with_own_head(base: Parts, draft: Parts) -> Parts:
    """The base's parts with the draft's framework file, which may cite the base's documents too, what it explains, its
    open questions and its cases."""
    heads = [part for part in draft if part.kind == "framework"]
    base_head = next(part.node for part in base if part.kind == "framework")
    own = tuple(replace(part, node=_with_sources(part.node, base_head)) for part in heads)
    kept = (part for part in base if part.kind not in ("framework", "cases"))
    return (*own, *kept, *(part for part in draft if part.kind in ("explained", "open_questions", "cases")))


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
    below = child(node, key)
    return below.entries if isinstance(below, MappingNode) else ()


# Parts as one tree


def tree_of(parts: Parts) -> MappingNode:
    """What can be edited, by its address: a kind of file, or `decisions` with each by its id."""
    start = head(next(part.node for part in parts if part.kind == "framework"))
    below = {steps: _inside(part) for steps, part in _addressed(parts).items()}
    tree: dict[str, Node] = {kind: SequenceNode((), start) for kind in LISTS}
    tree |= {kind: MappingNode((), start) for kind in MAPPINGS}
    tree |= {kind: node for (kind, *more), node in below.items() if not more}
    decisions = {more[0]: node for (_, *more), node in below.items() if more}
    return _mapping(tree | {DECISIONS: _mapping(decisions, start)}, start)


def parts_of(tree: MappingNode, before: Parts) -> Parts:
    """The parts again, as the tree has become; files that the edits begin come last."""
    now = dict(_files_of(tree))
    first = {id(part): steps for steps, part in _addressed(before).items()}
    parts: list[Part] = []
    for part in before:
        steps = first.get(id(part))
        if steps is None:
            parts.append(part)
        elif steps in now:
            node = now.pop(steps)
            parts.append(part if node is _inside(part) else replace(part, node=_outside(part.kind, node)))
    return (*parts, *(each for steps, node in now.items() for each in _begun(steps[0], node)))


def _begun(name: str, node: Node) -> Iterator[Part]:
    """A file that the edits begin: nothing where nothing was put into one that the base does not have."""
    is_kind = name in (*LISTS, *MAPPINGS)
    if not is_kind or _has(node):
        kind = name if is_kind else "decision"
        yield Part(kind, head(node).source.name, _outside(kind, node))


def _files_of(tree: MappingNode) -> Iterator[tuple[Steps, Node]]:
    """Address → what is now a file of its own; where something else stands for the decisions, that is one of them."""
    for entry in tree.entries:
        if entry.key.text == DECISIONS and isinstance(entry.value, MappingNode):
            yield from (((DECISIONS, each.key.text), each.value) for each in entry.value.entries)
        else:
            yield (entry.key.text,), entry.value


def _addressed(parts: Parts) -> dict[Steps, Part]:
    """Address → the first file that begins with it: the kind, or `decisions` and the id of one."""
    found: dict[Steps, Part] = {}
    for part in parts:
        if part.kind == "decision":
            found.setdefault((DECISIONS, text_at(part.node, part.kind)), part)
        elif part.kind == "vocabulary" or (part.kind in (*LISTS, *MAPPINGS) and child(part.node, part.kind)):
            found.setdefault((part.kind,), part)
    return found


def _inside(part: Part) -> Node:
    """What an address finds in a file: the list or mapping that it is, or the whole of it."""
    return (child(part.node, part.kind) if part.kind in (*LISTS, *MAPPINGS) else None) or part.node


def _outside(kind: str, node: Node) -> Node:
    return _mapping({kind: node}, head(node)) if kind in (*LISTS, *MAPPINGS) else node


def _mapping(entries: Mapping[str, Node], place: Span) -> MappingNode:
    keys = (Entry(ScalarNode(name, Style.SINGLE, place), node) for name, node in entries.items())
    return MappingNode(tuple(keys), place)


def _has(node: Node) -> bool:
    match node:
        case MappingNode(entries):
            return bool(entries)
        case SequenceNode(items):
            return bool(items)
        case ScalarNode():
            return True
        case _:
            assert_never(node)


# Problems


def pointed(
    found: Iterable[Diagnostic], made: tuple[Made, ...], without: Callable[[Made], Iterable[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    """The problems of composed parts: one inside an edit with the line that the edit touches, another with the edit
    that is to blame, which is the one without which (`without` it) the problem is not there."""
    told = tuple(_inside_edit(each, made) or each for each in found)
    elsewhere = [each for each, first in zip(told, found, strict=True) if each is first]
    if not elsewhere or len(made) > MOST_LEFT_OUT:
        return told
    blamed: dict[int, Made] = {}
    for edit in made:
        left = {(each.code, each.message, each.span.start) for each in without(edit)}
        for each in elsewhere:
            if (each.code, each.message, each.span.start) not in left:
                blamed.setdefault(id(each), edit)
    return tuple(
        _and(each, Label(blamed[id(each)].edit.address.place, "this edit leaves it so")) if id(each) in blamed else each
        for each in told
    )


def _inside_edit(problem: Diagnostic, made: Iterable[Made]) -> Diagnostic | None:
    for each in made:
        region, span = each.region, problem.span
        if region.source is span.source and region.start <= span.start < region.end:
            return _and(problem, Label(each.touched, "what the edit touches"))
    return None


def _and(problem: Diagnostic, label: Label) -> Diagnostic:
    if label.span in [each.span for each in problem.labels]:
        return problem
    return replace(problem, labels=(*problem.labels, label))


def _too_firm(picked: Picked) -> Iterator[Diagnostic]:
    limit = _confidence(picked.proposal)
    for claim in said_under("confidence", picked.node):
        if _firmness(claim) < _firmness(limit):
            yield problems.firmer_than_its_proposal(claim.text, limit.text, claim.span, limit.span)


def cited_in(nodes: Iterable[Node]) -> frozenset[str]:
    """The documents that anything in these nodes cites."""
    return frozenset(document.text for node in nodes for document in said_under("document", node))


def said_under(key: str, node: Node) -> Iterator[ScalarNode]:
    """Every single value that stands under the key, however deep."""
    match node:
        case MappingNode(entries):
            for entry in entries:
                if entry.key.text == key and isinstance(entry.value, ScalarNode):
                    yield entry.value
                yield from said_under(key, entry.value)
        case SequenceNode(items):
            for item in items:
                yield from said_under(key, item)
        case ScalarNode():
            return
        case _:
            assert_never(node)
