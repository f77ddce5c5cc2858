"""All combinations of options at once: versions that share one vocabulary, as one framework of guarded statements.

Every edit is made only where its option is chosen, so a rule stands once for each text that it can have, with the
choices under which it has it. Options that change what conditions can say, how a decision resolves its rules, or which
decisions there are cannot be made so: of these one is chosen for each family.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from greenpaper.framework.checked import Framework
from greenpaper.framework.checker import check_parts
from greenpaper.framework.composing import check_composed, check_others
from greenpaper.framework.composition import MAPPINGS, parts_of, tree_of
from greenpaper.framework.edits import (
    Add,
    Edit,
    Refused,
    Replace,
    Steps,
    at_address,
    claims,
    edit_of,
    rebuilt,
    same_edit,
    same_thing,
)
from greenpaper.framework.guards import ALWAYS, Guard, Guarded, GuardedEdit, edited_list, with_edit
from greenpaper.framework.parts import Parts
from greenpaper.framework.proposals import (
    Chosen,
    Picked,
    Proposal,
    Proposals,
    completions,
    each_after_those_it_follows,
)
from greenpaper.language.vocabulary import names_in
from greenpaper.source.diagnostics import Diagnostic, PolicyError
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, child, head, nearest

RULES, CONSTRAINTS, OUTCOMES = "rules", "constraints", "outcomes"
SETTLES = frozenset({"decision", "resolve", "outcomes_ordered"})
"""Keys of a decision that say how its rules are read, and what is better, which a family has in common."""
SAYS_NOTHING = frozenset({*MAPPINGS, "explained", "invariants"})
"""Kinds of file whose statements no answer depends on."""


@dataclass(frozen=True)
class Family:
    """Versions that share the options in `fixed`, as one framework; the options of `free` proposals guard its rules.

    `guards` tells of each rule and constraint, by its decision (empty for constraints) and id, when it stands.
    """

    fixed: Chosen
    free: Proposals
    framework: Framework
    guards: Mapping[tuple[str, str], Guard]

    def rules(self, decision: str, choice: Chosen) -> tuple[str, ...]:
        """The ids of the rules that stand in a combination, in their order."""
        rules = self.framework.decisions[decision].rules
        return tuple(rule.id for rule in rules if self.guards[decision, rule.id].holds(choice))


def families(text: Parts, proposals: Proposals, asked: Chosen) -> Iterator[Family]:
    """The families of all combinations that make the choices in `asked`, preferred options first.

    Raises PolicyError where an option has problems beside preferred ones, or all texts together have.
    """
    if wrong := _wrong(text, proposals):
        raise PolicyError(wrong)
    apart = [each for each in proposals if each.id in asked or not _is_free(each, text, proposals)]
    choices = ([asked[each.id]] if each.id in asked else each.in_preference for each in apart)
    free = tuple(each for each in proposals if each not in apart)
    for options in product(*choices):
        fixed = {proposal.id: option for proposal, option in zip(apart, options, strict=True)}
        if next(completions(proposals, fixed), None) is not None:
            yield _Lifting(text, proposals, fixed).family(free)


def _wrong(text: Parts, proposals: Proposals) -> tuple[Diagnostic, ...]:
    preferred = {each.id: each.written.preferred for each in proposals}
    framework, found = check_composed(text, proposals, preferred, whole=False)
    return found if framework is None else check_others(text, proposals, framework, whole=False)


# Which proposals can be made all at once


def _is_free(proposal: Proposal, text: Parts, proposals: Proposals) -> bool:
    edits = [edit for option in proposal.options for edit in edits_of(Picked(proposal, option))]
    used = _decisions_used(text, proposals)
    return all(
        _guards_alone(edit) and (edit.address.steps[0] != "decisions" or edit.address.steps[1] not in used)
        for edit in edits
    )


def _guards_alone(edit: Edit) -> bool:
    """Whether what the edit changes can be guarded by itself."""
    match edit.address.steps:
        case ("decisions", _, "outcomes") | ("decisions", _, "outcomes", _):
            return isinstance(edit, Add)  # any other can give the outcomes another order
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

    def _options(self) -> tuple[Picked, ...]:
        """Every option that some combination of the family chooses, each after those that it follows."""
        return each_after_those_it_follows(
            Picked(proposal, option)
            for proposal in self.proposals
            for option in ([self.fixed[proposal.id]] if proposal.id in self.fixed else proposal.options)
            if next(completions(self.proposals, {**self.fixed, proposal.id: option}), None)
        )

    def family(self, free: Proposals) -> Family:
        tree: Node = tree_of(self.text)
        lists = {path: _new(tree, path) for path in _lists(tree)}
        before: list[_Said] = []
        for picked in self._options():
            for edit in edits_of(picked):
                said = _Said(picked, edit, claims(edit, tree))
                made = self._made(said, before)
                before.append(said)
                steps = edit.address.steps
                path = next((path for path in lists if steps[: len(path)] == path), None)
                if path:
                    lists[path] = edited_list(lists[path], made, steps[len(path) :])
                elif isinstance(edit, Add) and steps[2:] == (OUTCOMES,):
                    tree = _with_outcomes(tree, edit)
                elif self._is_fixed(picked) and made.where:
                    tree = with_edit(tree, edit)
                    gone = steps if isinstance(edit, Replace) else None
                    kept = {path for path in lists if at_address(tree, path) and path[: len(steps)] != gone}
                    lists = {path: lists[path] if path in kept else _new(tree, path) for path in _lists(tree)}
        return self._checked(tree, {path: each for path, each in lists.items() if at_address(tree, path)}, free)

    def _made(self, said: "_Said", before: Iterable["_Said"]) -> GuardedEdit:
        """Where an edit is made: going back, the last that touches the same thing tells whether it is already."""
        where, elsewhere = list[Guard](), [*self._unless(said.picked)]
        left = [*self._if(said.picked)]
        for other in reversed([*before]):
            is_same = other.picked is not said.picked and same_edit(said.edit, other.edit)
            if is_same or same_thing(said.claims, other.claims):
                told = elsewhere if is_same else where
                told += [both for each in left for chosen in self._if(other.picked) for both in each.both(chosen)]
                left = [both for each in left for rest in self._unless(other.picked) for both in each.both(rest)]
        return GuardedEdit(said.edit, (*where, *left), tuple(elsewhere))

    def _if(self, picked: Picked) -> Iterator[Guard]:
        """Where the option is chosen."""
        yield ALWAYS if self._is_fixed(picked) else Guard(((picked.proposal.id, frozenset({picked.name})),))

    def _unless(self, picked: Picked) -> Iterator[Guard]:
        """Where another option of its proposal is."""
        others = frozenset(picked.proposal.options) - {picked.name}
        if others and not self._is_fixed(picked):
            yield Guard(((picked.proposal.id, others),))

    def _is_fixed(self, picked: Picked) -> bool:
        return picked.proposal.id in self.fixed

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


@dataclass(frozen=True, slots=True)
class _Said:
    """An edit as an option says it, and the addresses that it changes."""

    picked: Picked
    edit: Edit
    claims: tuple[Steps, ...]


def _with_outcomes(tree: Node, edit: Add) -> Node:
    """The tree with the outcomes that the edit brings and that are not there: no rule is kept from naming them."""
    path = edit.address.steps
    there = nearest(tree, path)
    if not isinstance(there, MappingNode) or not isinstance(edit.entry, MappingNode):
        return tree
    more = tuple(entry for entry in edit.entry.entries if there.get(entry.key.text) is None)
    return rebuilt(tree, path, lambda _: replace(there, entries=(*there.entries, *more)))


# Nodes


def _lists(tree: Node) -> tuple[tuple[str, ...], ...]:
    decisions = child(tree, "decisions")
    names = [entry.key.text for entry in decisions.entries] if isinstance(decisions, MappingNode) else []
    found = [("decisions", name, RULES) for name in names] + ([(CONSTRAINTS,)] if child(tree, CONSTRAINTS) else [])
    return tuple(found)


def _new(tree: Node, path: tuple[str, ...]) -> list[Guarded]:
    return [Guarded(item, ALWAYS) for item in _items(tree, path)]


def _items(tree: Node, path: tuple[str, ...]) -> tuple[Node, ...]:
    found = nearest(tree, path)
    return found.items if isinstance(found, SequenceNode) else ()


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
