"""All combinations of options at once: versions that share one vocabulary, as one framework of guarded statements.

Every edit is made only where its option is chosen, so a rule stands once for each text that it can have, with the
choices under which it has it. Options that change what conditions can say, how a decision resolves its rules, or which
decisions there are cannot be made so: of these one is chosen for each family.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from greenpaper.framework.checked import Framework
from greenpaper.framework.checker import check_parts
from greenpaper.framework.composition import parts_of, tree_of
from greenpaper.framework.edits import Add, Address, Edit, Refused, Remove, Replace, applied, below, edit_of, rebuilt
from greenpaper.framework.parts import Parts
from greenpaper.framework.proposals import Chosen, Picked, Proposal, Proposals, completions
from greenpaper.language.vocabulary import names_in
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, child, head, nearest

RULES, CONSTRAINTS, OUTCOMES = "rules", "constraints", "outcomes"
SETTLES = frozenset({"decision", "resolve"})
"""Keys of a decision that say how its rules are read, so that all combinations of a family have the same."""
SAYS_NOTHING = frozenset({"activities", "explained", "invariants"})
"""Kinds of file whose statements no answer depends on."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The choices under which something stands: for each proposal named, one of these options; any for the others."""

    allowed: tuple[tuple[str, frozenset[str]], ...] = ()

    def holds(self, choice: Chosen) -> bool:
        return all(choice[proposal] in options for proposal, options in self.allowed)

    def within(self, proposal: str, options: frozenset[str]) -> "Guard | None":
        """The same where one of these options is chosen too; None where that cannot be."""
        known = dict(self.allowed)
        known[proposal] = known.get(proposal, options) & options
        return Guard(tuple(sorted(known.items()))) if known[proposal] else None


ALWAYS = Guard()


@dataclass(frozen=True, slots=True)
class Guarded:
    """One text of a statement, and the choices under which it is there."""

    node: Node
    guard: Guard


@dataclass(frozen=True, slots=True)
class _Made:
    """An option whose edits are made: everywhere in a family that has it chosen, else where it is chosen."""

    picked: Picked
    is_fixed: bool

    def inside(self, guard: Guard) -> Guard | None:
        return guard if self.is_fixed else guard.within(self.picked.proposal.id, frozenset({self.picked.name}))

    def outside(self, guard: Guard) -> Guard | None:
        others = frozenset(self.picked.proposal.options) - {self.picked.name}
        return None if self.is_fixed else guard.within(self.picked.proposal.id, others)


@dataclass(frozen=True)
class Family:
    """Versions that share the options in `fixed`, as one framework; the options of `free` proposals guard its rules.

    `guards` tells of each rule and constraint, by its decision (empty for constraints) and id, when it stands.
    """

    fixed: Chosen
    free: Proposals
    framework: Framework
    guards: Mapping[tuple[str, str], Guard]


def families(text: Parts, proposals: Proposals, asked: Chosen) -> Iterator[Family]:
    """The families of all combinations that make the choices in `asked`, preferred options first.

    Raises PolicyError where the statements of all options together have problems.
    """
    apart = [each for each in proposals if each.id in asked or not _is_free(each, text, proposals)]
    choices = ([asked[each.id]] if each.id in asked else each.in_preference for each in apart)
    free = tuple(each for each in proposals if each not in apart)
    for options in product(*choices):
        fixed = {proposal.id: option for proposal, option in zip(apart, options, strict=True)}
        if next(completions(proposals, fixed), None):
            yield _Lifting(text, proposals, fixed).family(free)


# Which proposals can be made all at once


def _is_free(proposal: Proposal, text: Parts, proposals: Proposals) -> bool:
    addresses = {edit.address.steps for option in proposal.options for edit in edits_of(Picked(proposal, option))}
    used = _decisions_used(text, proposals)
    return all(_guards_alone(steps) and (steps[0] != "decisions" or steps[1] not in used) for steps in addresses)


def _guards_alone(steps: tuple[str, ...]) -> bool:
    """Whether what stands at the address can be guarded by itself."""
    match steps:
        case ("decisions", _, key, *_):
            return key not in SETTLES
        case (kind, *_):
            return kind == CONSTRAINTS or kind in SAYS_NOTHING
        case _:
            return False


def _decisions_used(text: Parts, proposals: Proposals) -> frozenset[str]:
    """The names that conditions of the version or of any option use."""
    nodes = [part.node for part in text if part.kind in ("decision", "vocabulary", "constraints")]
    conditions = (_conditions(node) for node in (*nodes, *(each.node for each in proposals)))
    return frozenset(name for words in conditions for each in words for name in names_in(each))


def _conditions(node: Node) -> Iterator[str]:
    match node:
        case MappingNode(entries):
            for entry in entries:
                is_condition = entry.key.text in ("when", "require", "with", "to")
                if is_condition and isinstance(entry.value, ScalarNode):
                    yield entry.value.text
                yield from _conditions(entry.value)
        case SequenceNode(items):
            for item in items:
                yield from _conditions(item)
        case ScalarNode():
            return


def edits_of(picked: Picked) -> tuple[Edit, ...]:
    """The edits of an option. Raises PolicyError where one says nothing that can be done."""
    nodes = (nearest(picked.node, ("edits", number)) for number in range(len(picked.option.edits)))
    try:
        return tuple(edit_of(written, node) for written, node in zip(picked.option.edits, nodes, strict=True))
    except Refused as refused:
        raise PolicyError([refused.diagnostic]) from None


# All edits made at once


@dataclass(frozen=True)
class _Lifting:
    """One family while its edits are made: `tree` without the lists of rules and constraints, which are in `lists`."""

    text: Parts
    proposals: Proposals
    fixed: Chosen

    @cached_property
    def _options(self) -> tuple[_Made, ...]:
        """Every option that some combination of the family chooses, each after those that it follows."""
        every = [
            _Made(Picked(proposal, option), proposal.id in self.fixed)
            for proposal in self.proposals
            for option in ([self.fixed[proposal.id]] if proposal.id in self.fixed else proposal.options)
            if next(completions(self.proposals, {**self.fixed, proposal.id: option}), None)
        ]
        ordered: list[_Made] = []

        def place(made: _Made) -> None:
            for other in every:
                if made.picked.follows(other.picked) and other not in ordered:
                    place(other)
            ordered.append(made)

        for made in every:
            if made not in ordered:
                place(made)
        return tuple(ordered)

    def family(self, free: Proposals) -> Family:
        tree: Node = tree_of(self.text)
        lists = {steps: [Guarded(item, ALWAYS) for item in _items(tree, steps)] for steps in _lists(tree)}
        for made in self._options:
            for edit in edits_of(made.picked):
                steps = edit.address.steps
                path = next((path for path in lists if steps[: len(path)] == path), None)
                if path:
                    lists[path] = _edited(lists[path], edit, steps[len(path) :], made)
                elif made.is_fixed:
                    tree = _applied(tree, edit)
                    lists |= {each: _new(tree, each) for each in _lists(tree) if each not in lists}
                elif steps[2:] == (OUTCOMES,):
                    tree = _with_outcomes(tree, edit)
        return self._checked(tree, {path: each for path, each in lists.items() if _is_there(tree, path)}, free)

    def _checked(self, tree: Node, lists: Mapping[tuple[str, ...], list[Guarded]], free: Proposals) -> Family:
        guards: dict[tuple[str, str], Guard] = {}
        for path, guarded in lists.items():
            items = []
            for number, each in enumerate(guarded):
                name = f"{number + 1}"
                guards["" if path == (CONSTRAINTS,) else path[1], name] = each.guard
                items.append(_named(each.node, name))
            tree = rebuilt(tree, path, lambda node, items=items: _listed(node, items))  # type: ignore[misc]
        parts = (part for part in parts_of(_mapping(tree), self.text) if part.kind not in (*SAYS_NOTHING, "cases"))
        framework, found = check_parts(tuple(replace(part, node=_for_answers(part.node)) for part in parts))
        if framework is None:
            raise PolicyError(found)
        return Family(self.fixed, free, framework, guards)


def _edited(slots: list[Guarded], edit: Edit, steps: tuple[str, ...], made: _Made) -> list[Guarded]:
    """A list of guarded statements where the edit is made under its option; `steps` are those below the list."""
    match edit, steps:
        case Add(entry=entry, before=before, after=after), ():
            return list(_with(slots, entry, before, after, made))
        case ((Replace() | Remove()), ()):
            items = edit.content.items if isinstance(edit, Replace) and isinstance(edit.content, SequenceNode) else ()
            return [*_kept(slots, made), *_guarded(items, ALWAYS, made)]
        case _:
            return [each for slot in slots for each in _changed(slot, edit, steps, made)]


def _with(slots: Iterable[Guarded], entry: Node, before: str, after: str, made: _Made) -> Iterator[Guarded]:
    for slot in slots:
        if before and _id(slot.node) == before:
            yield from _guarded((entry,), slot.guard, made)
        yield slot
        if after and _id(slot.node) == after:
            yield from _guarded((entry,), slot.guard, made)
    if not (before or after):
        yield from _guarded((entry,), ALWAYS, made)


def _changed(slot: Guarded, edit: Edit, steps: tuple[str, ...], made: _Made) -> Iterator[Guarded]:
    if _id(slot.node) != steps[0]:
        yield slot
        return
    yield from _kept([slot], made)
    match edit, steps[1:]:
        case Remove(), ():
            return
        case Replace(content=content), ():
            yield from _guarded((content,), slot.guard, made)
        case _, rest:
            inner = replace(edit, address=Address("/".join(rest), edit.address.place))
            if made.inside(slot.guard):
                yield from _guarded((_applied(slot.node, inner),), slot.guard, made)


def _kept(slots: Iterable[Guarded], made: _Made) -> Iterator[Guarded]:
    """What stays as it was where the option is not chosen."""
    for slot in slots:
        guard = made.outside(slot.guard)
        if guard:
            yield replace(slot, guard=guard)


def _guarded(nodes: Iterable[Node], guard: Guard, made: _Made) -> Iterator[Guarded]:
    inside = made.inside(guard)
    if inside:
        for node in nodes:
            yield Guarded(node, inside)


def _applied(tree: Node, edit: Edit) -> Node:
    try:
        return applied(tree, edit)[0]
    except Refused as refused:
        raise PolicyError([refused.diagnostic]) from None


def _with_outcomes(tree: Node, edit: Edit) -> Node:
    """The tree with the outcomes that the edit brings and that are not there: no rule is kept from naming them."""
    path = edit.address.steps
    there = nearest(tree, path)
    brought = edit.entry if isinstance(edit, Add) else edit.content if isinstance(edit, Replace) else None
    if not isinstance(there, MappingNode) or not isinstance(brought, MappingNode):
        return tree
    more = tuple(entry for entry in brought.entries if there.get(entry.key.text) is None)
    return rebuilt(tree, path, lambda _: replace(there, entries=(*there.entries, *more)))


# Nodes


def _lists(tree: Node) -> tuple[tuple[str, ...], ...]:
    decisions = child(tree, "decisions")
    names = [entry.key.text for entry in decisions.entries] if isinstance(decisions, MappingNode) else []
    found = [("decisions", name, RULES) for name in names] + ([(CONSTRAINTS,)] if child(tree, CONSTRAINTS) else [])
    return tuple(found)


def _is_there(tree: Node, path: tuple[str, ...]) -> bool:
    at: Node | None = tree
    for step in path:
        at = below(at, step) if at else None
    return at is not None


def _new(tree: Node, path: tuple[str, ...]) -> list[Guarded]:
    return [Guarded(item, ALWAYS) for item in _items(tree, path)]


def _items(tree: Node, path: tuple[str, ...]) -> tuple[Node, ...]:
    found = nearest(tree, path)
    return found.items if isinstance(found, SequenceNode) else ()


def _id(node: Node) -> str:
    name = child(node, "id")
    return name.text if isinstance(name, ScalarNode) else ""


def _named(node: Node, name: str) -> Node:
    """The statement under another id: all texts of one rule stand in one list."""
    given = ScalarNode(name, Style.SINGLE, head(child(node, "id") or node))
    return rebuilt(node, ("id",), lambda _: given) if child(node, "id") else node


def _listed(node: Node, items: Iterable[Node]) -> Node:
    return SequenceNode(tuple(items), node.span)


def _mapping(tree: Node) -> MappingNode:
    assert isinstance(tree, MappingNode)
    return tree


def _for_answers(node: Node) -> Node:
    """A file without what no answer depends on and an option may leave half said: gaps, back-tests, activities."""
    if not isinstance(node, MappingNode):
        return node
    kept = tuple(each for each in node.entries if each.key.text not in ("left_open", "back_test"))
    return replace(node, entries=tuple(replace(each, value=_titles(each)) for each in kept))


def _titles(entry: Entry) -> Node:
    if entry.key.text != OUTCOMES or not isinstance(entry.value, MappingNode):
        return entry.value
    titled = (
        replace(each, value=replace(each.value, entries=tuple(e for e in each.value.entries if e.key.text == "title")))
        if isinstance(each.value, MappingNode)
        else each
        for each in entry.value.entries
    )
    return replace(entry.value, entries=tuple(titled))
