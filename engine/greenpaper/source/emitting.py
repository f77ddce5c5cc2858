"""Nodes as YAML text: what reads back as the same nodes, written as they were written where their source shows how.

A collection is written on one line where it was and still fits, a scalar in its own style, and a blank line stands
before a key of the file where one stood. Comments are no nodes and are not written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, assert_never

import yaml
from yaml.emitter import Emitter

from greenpaper.source.located import CONTROL, HIDDEN, read_located
from greenpaper.source.nodes import PLAIN_WORDS, Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, value_of
from greenpaper.source.text import Source, Span

WIDEST = 120
INDENT = 2
STYLES = {Style.PLAIN: None, Style.SINGLE: "'", Style.DOUBLE: '"', Style.BLOCK: "|"}
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
BLOCK = re.compile(r"\S[^\r]*\Z")
"""Text that reads back from a block whatever blanks it holds; of any other, the library decides."""
UNQUOTED = re.compile(f"{HIDDEN.pattern}|{CONTROL.pattern}|[\n\r]")
"""What a text of one line in single quotes cannot hold."""
NOWHERE, ON_ITS_LINE = (Span(Source("", text), 0, len(text)) for text in ("", "{"))
ON_ONE_LINE = re.compile(r"[^,?:\[\]{}]+")
"""Plain text that stays plain between brackets."""


def yaml_of(node: Node, headings: Sequence[str] = ()) -> str:
    """The node as a document, after comments of one line each."""
    events = (
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        *_events(node),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    )
    text = yaml.emit(events, Dumper=_Emitter, allow_unicode=True, indent=INDENT, width=float("inf"))
    return "".join(f"# {heading}\n" for heading in headings) + _spaced(str(text), node)


def text_of(data: object, headings: Sequence[str] = ()) -> str:
    """Plain data as a document: mappings, lists, texts and numbers. A mapping in an entry of a list takes one line."""
    return yaml_of(_node_of(data, False), headings)


def _node_of(data: object, in_an_entry: bool) -> Node:
    match data:
        case Mapping():
            entries = (Entry(_scalar(str(key)), _node_of(value, in_an_entry)) for key, value in data.items())
            return MappingNode(tuple(entries), ON_ITS_LINE if in_an_entry else NOWHERE)
        case list() | tuple():
            return SequenceNode(tuple(_entry_of(each) for each in data), NOWHERE)
        case _:
            return _scalar(data)


def _entry_of(data: object) -> Node:
    node = _node_of(data, True)
    return replace(node, span=NOWHERE)


def _scalar(value: object) -> ScalarNode:
    """A value as it is read again: a text that would be read as something else stands in quotation marks."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    plain = ScalarNode(text, Style.PLAIN, NOWHERE)
    if UNQUOTED.search(text):
        return replace(plain, style=Style.DOUBLE)
    return replace(plain, style=Style.SINGLE) if isinstance(value, str) and value_of(plain) != value else plain


def reads_back(node: Node, text: str) -> bool:
    """Whether reading the text gives the node again, without a problem."""
    root, found = read_located("", text.encode("utf-8", "surrogatepass"))
    return root is not None and not found and _alike(node, root)


def _alike(node: Node, other: Node) -> bool:
    """Whether two nodes say the same, wherever they stand."""
    match node, other:
        case ScalarNode(), ScalarNode():
            said, meant = value_of(node), value_of(other)
            return node.text == other.text and type(said) is type(meant) and said == meant
        case MappingNode(entries), MappingNode(others):
            if [each.key.text for each in entries] != [each.key.text for each in others]:
                return False
            return all(_alike(one.value, two.value) for one, two in zip(entries, others, strict=True))
        case SequenceNode(items), SequenceNode(others):
            return len(items) == len(others) and all(map(_alike, items, others))
        case _:
            return False


class _Emitter(Emitter):
    """Lists stand in from their key, a style is kept where it reads back, and what cannot be seen is written as its
    code."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> Any:
        assert isinstance(self.event, yaml.ScalarEvent)
        asked, text = self.event.style, self.event.value
        if asked == "|" and not self.flow_level and not self.simple_key_context and BLOCK.match(text):
            return "|"
        chosen = super().choose_scalar_style()
        return "'" if chosen == '"' and asked != '"' and not UNQUOTED.search(text) else chosen

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        self.allow_unicode = HIDDEN.search(text) is None
        super().write_double_quoted(text, split)
        self.allow_unicode = True


def _events(node: Node, indent: int = 0, column: int = 0) -> Iterator[yaml.Event]:
    """The events of a node that begins in `column`, with what is below it in `indent` where it takes several lines."""
    match node:
        case ScalarNode(text, style):
            yield yaml.ScalarEvent(None, None, (True, True), text, style=STYLES[style])
        case MappingNode(entries):
            yield yaml.MappingStartEvent(None, None, True, flow_style=_is_on_one_line(node, WIDEST - column))
            for entry in entries:
                yield from _events(_key(entry))
                yield from _events(entry.value, indent + INDENT, indent + len(entry.key.text) + 2)
            yield yaml.MappingEndEvent()
        case SequenceNode(items):
            yield yaml.SequenceStartEvent(None, None, True, flow_style=_is_on_one_line(node, WIDEST - column))
            for item in items:
                yield from _events(item, indent + INDENT, indent + 2)
            yield yaml.SequenceEndEvent()
        case _:
            assert_never(node)


def _key(entry: Entry) -> ScalarNode:
    """A key, without the quotation marks that it does not need."""
    needs_none = NAME.fullmatch(entry.key.text) and entry.key.text not in PLAIN_WORDS
    return ScalarNode(entry.key.text, Style.PLAIN if needs_none else entry.key.style, entry.key.span)


def _is_on_one_line(node: MappingNode | SequenceNode, room: int) -> bool:
    was = node.span.text[:1] in ("{", "[")
    return was and _in_a_line(node) <= room and all(map(_stays_itself, _scalars(node)))


def _stays_itself(scalar: ScalarNode) -> bool:
    """Whether a scalar can be written between brackets in its own style."""
    match scalar.style:
        case Style.PLAIN:
            return ON_ONE_LINE.fullmatch(scalar.text) is not None
        case Style.SINGLE | Style.DOUBLE:
            return True
        case Style.BLOCK:
            return False
        case _:
            assert_never(scalar.style)


def _in_a_line(node: Node) -> int:
    """The columns that a node takes on one line."""
    match node:
        case ScalarNode(text, style):
            return len(text) + (0 if style is Style.PLAIN else 2)
        case MappingNode(entries):
            return sum(_in_a_line(entry.key) + _in_a_line(entry.value) + 4 for entry in entries)
        case SequenceNode(items):
            return sum(_in_a_line(item) + 2 for item in items)
        case _:
            assert_never(node)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    match node:
        case ScalarNode():
            yield node
        case MappingNode(entries):
            for entry in entries:
                yield from (entry.key, *_scalars(entry.value))
        case SequenceNode(items):
            for item in items:
                yield from _scalars(item)
        case _:
            assert_never(node)


def _spaced(text: str, node: Node) -> str:
    """The text with a blank line before each key of the document that stood apart."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line and line != "..." and not line.startswith(" ")]
    if not isinstance(node, MappingNode) or len(starts) != len(node.entries):
        return text
    for number, entry in reversed([*zip(starts, node.entries, strict=True)][1:]):
        if _stood_apart(entry) and lines[number - 1]:
            lines.insert(number, "")
    return "\n".join(lines)


def _stood_apart(entry: Entry) -> bool:
    """Whether there was a blank line before an entry, or before the comment that it begins with."""
    span = entry.key.span
    above = span.source.text[: span.start].split("\n")[:-1]
    while above and above[-1].lstrip().startswith("#"):
        above.pop()
    return bool(above) and not above[-1].strip()
