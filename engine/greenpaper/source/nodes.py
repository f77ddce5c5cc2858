"""A YAML document as a tree in which every key and scalar knows its place.

Plain scalars are read as in the JSON schema of YAML 1.2 (null, true, false, numbers); everything else is text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import assert_never

from greenpaper.source.text import Span

PLAIN_WORDS = {"null": None, "true": True, "false": False, "": None}
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LONGEST_NUMBER = 40


class Style(StrEnum):
    PLAIN = "plain"
    SINGLE = "in single quotes"
    DOUBLE = "in double quotes"
    BLOCK = "a block"


@dataclass(frozen=True, slots=True)
class ScalarNode:
    text: str
    style: Style
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    key: ScalarNode
    value: "Node"


@dataclass(frozen=True)
class MappingNode:
    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> Entry | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[str, Entry]:
        return {entry.key.text: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class SequenceNode:
    items: tuple["Node", ...]
    span: Span


Node = ScalarNode | MappingNode | SequenceNode
Path = Sequence[str | int]


def instance_of(node: Node) -> object:
    """The document as plain values: dict, list, str, int, float, bool, None."""
    match node:
        case ScalarNode():
            return value_of(node)
        case MappingNode(entries):
            return {entry.key.text: instance_of(entry.value) for entry in entries}
        case SequenceNode(items):
            return [instance_of(item) for item in items]
        case _:
            assert_never(node)


def value_of(scalar: ScalarNode) -> str | int | float | bool | None:
    """What a scalar says. Only plain ones are read as anything but text."""
    text = scalar.text
    if scalar.style is not Style.PLAIN:
        return text
    if text in PLAIN_WORDS:
        return PLAIN_WORDS[text]
    if len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text):
        number = int(text) if WHOLE.fullmatch(text) else float(text)
        return number if isfinite(number) else text
    return text


def child(node: Node, step: str | int) -> Node | None:
    """The node one step down, or None where there is none."""
    match node, step:
        case MappingNode(), str():
            entry = node.get(step)
            return entry.value if entry else None
        case SequenceNode(items), int() if 0 <= step < len(items):
            return items[step]
        case _:
            return None


def text_at(node: Node, key: str) -> str:
    """The text of the one value at a key; empty where there is none."""
    said = child(node, key)
    return said.text if isinstance(said, ScalarNode) else ""


def nearest(node: Node, path: Path) -> Node:
    """The node at `path`; steps that are not there are skipped, so an ancestor may come back."""
    for step in path:
        node = child(node, step) or node
    return node


def key_span(node: Node, path: Path) -> Span:
    """The place of the key that `path` ends in, or of what stands there when it is not a key."""
    parent = nearest(node, path[:-1])
    entry = parent.get(str(path[-1])) if isinstance(parent, MappingNode) and path else None
    return entry.key.span if entry else head(nearest(node, path))


def head(node: Node) -> Span:
    """A short place that stands for the node: the scalar itself, or the first key or item of a larger one."""
    match node:
        case ScalarNode(span=span):
            return span
        case MappingNode(entries=(first, *_)):
            return first.key.span
        case SequenceNode(items=(first, *_)):
            return head(first)
        case MappingNode(span=span) | SequenceNode(span=span):
            return span
        case _:
            assert_never(node)
