"""Versions with options chosen, in plain Python from the YAML: which combinations there are, and what their edits make.

Nothing here knows nodes, places or the engine's edits; what is edited are mappings and lists of text.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from agreement.versions import read_tree, read_yaml

FIRMEST_FIRST = ("stated", "derived", "assumed", "illustrative")
CHOOSABLE = {"proposals": "proposal", "readings": "reading"}


@dataclass(frozen=True)
class Choosable:
    """A version folder: its tree or that of its base, and what can be chosen in it, in the order of the files."""

    tree: Mapping[str, Any]
    proposals: Mapping[str, Any]

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every way to choose an option of each, without those that require another or exclude one of the others."""
        for options in product(*(each["options"] for each in self.proposals.values())):
            choice = dict(zip(self.proposals, options, strict=True))
            if all(self.goes_with(name, choice) for name in choice):
                yield choice

    def option(self, name: str, choice: Mapping[str, str]) -> Mapping[str, Any]:
        return self.proposals[name]["options"][choice[name]]

    def goes_with(self, name: str, choice: Mapping[str, str]) -> bool:
        option = self.option(name, choice)
        has = all(choice[other] in several(wanted) for other, wanted in option.get("requires", {}).items())
        return has and not any(choice[other] in several(bad) for other, bad in option.get("excludes", {}).items())

    def in_order(self, choice: Mapping[str, str]) -> list[str]:
        """The proposals in the order of their files, but each after those whose option its own one names."""
        ordered: list[str] = []
        while left := [name for name in choice if name not in ordered]:
            ordered.append(next(name for name in left if not self.waits_for(name, choice) & {*left}))
        return ordered

    def waits_for(self, name: str, choice: Mapping[str, str]) -> set[str]:
        option = self.option(name, choice)
        named = [*option.get("requires", {}).items(), *option.get("after", {}).items()]
        return {other for other, options in named if choice[other] in several(options)}

    def composed(self, choice: Mapping[str, str]) -> dict[str, Any]:
        """The tree with the edits of these options; what two of them say in the same words is done once."""
        tree = deepcopy(dict(self.tree))
        made: list[Any] = []
        for name in self.in_order(choice):
            edits = self.option(name, choice).get("edits", ())
            for edit in (each for each in edits if each not in made):
                make(tree, edit)
                soften(tree, edit, self.proposals[name]["confidence"])
            made += edits
        return {name: below for name, below in tree.items() if below}


def choosable(folder: Path) -> Choosable:
    """What a version folder of `policies/` holds; of a draft, the tree is its base's, with its own open questions."""
    base = read_yaml(folder / "framework.yaml").get("base")
    tree = read_tree(folder.parent / base if base else folder)
    if base:
        tree["open_questions"] |= read_tree(folder).get("open_questions", {})
    written = [
        (read_yaml(path)[key], read_yaml(path))
        for inside, key in CHOOSABLE.items()
        for path in sorted((folder / inside).glob("*.yaml"))
    ]
    return Choosable(tree, dict(written))


def several(said: Any) -> list[str]:
    return said if isinstance(said, list) else [said]


# Edits


def make(tree: dict[str, Any], edit: Mapping[str, Any]) -> None:
    """The edit, made in place; what it names must be there."""
    steps = steps_of(edit)
    match edit:
        case {"set": _, "to": value}:
            inside(tree, steps[:-1])[steps[-1]] = value
        case {"replace": _, "with": content}:
            parent = inside(tree, steps[:-1])
            parent[key_of(parent, steps[-1])] = deepcopy(content)
        case {"remove": _}:
            parent = inside(tree, steps[:-1])
            del parent[key_of(parent, steps[-1])]
        case {"add_to": _, "entry": entry}:
            add(inside(tree, steps), deepcopy(entry), edit)
        case _:
            raise AssertionError(edit)


def add(there: Any, entry: Any, edit: Mapping[str, Any]) -> None:
    anchor = edit.get("before") or edit.get("after")
    at = (list(there).index(anchor) if isinstance(there, dict) else key_of(there, anchor)) if anchor else len(there)
    at += "after" in edit
    if isinstance(there, list):
        there.insert(at, entry)
        return
    items = list(there.items())
    there.clear()
    there.update(items[:at] + list(entry.items()) + items[at:])


def soften(tree: dict[str, Any], edit: Mapping[str, Any], limit: str) -> None:
    """What the edit changes is as unsure as its proposal: each statement that its address passes."""
    there: Any = tree
    for step in (*steps_of(edit), None):
        if isinstance(there, dict) and "confidence" in there:
            there["confidence"] = max(there["confidence"], limit, key=FIRMEST_FIRST.index)
        known = [each["id"] for each in there if "id" in each] if isinstance(there, list) else there
        if step is None or step not in known:
            return
        there = inside(there, (step,))


def steps_of(edit: Mapping[str, Any]) -> tuple[str, ...]:
    (address,) = (edit[verb] for verb in ("set", "replace", "remove", "add_to") if verb in edit)
    return tuple(address.split("/"))


def inside(tree: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        tree = tree[key_of(tree, step)]
    return tree


def key_of(there: Any, step: str) -> Any:
    """The key of a mapping, or the number of the entry of a list that has this id."""
    if isinstance(there, dict):
        assert step in there, step
        return step
    return [each.get("id") for each in there].index(step)
