"""YAML text to nodes with places: the only door to the yaml library.

One pass over the parser's events builds the tree, so nothing is ever expanded or recursed into: anchors, aliases,
tags, second documents, nesting over the limit and equal keys are problems found on the way. See
docs/decisions/0003-nodes-from-events.md for why `yaml.compose` is not used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import yaml

from greenpaper.source import problems
from greenpaper.source.diagnostics import MOST_SHOWN, Diagnostic
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style
from greenpaper.source.text import Source, Span

DEEPEST = 40
MOST_NODES = 100_000
MOST_BYTES = 2 * 1024 * 1024
HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]|[\u0085\u2028\u2029]"  # YAML ends a line at these, editors do not
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
STYLES: dict[str | None, Style] = {"'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.BLOCK, ">": Style.BLOCK}
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Located = tuple[Node | None, tuple[Diagnostic, ...]]


def decode(name: str, content: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The bytes of a policy file as text. The source comes back even when the problems refuse it.

    Problems: too many bytes, not UTF-8, characters that cannot be seen.
    """
    if len(content) > MOST_BYTES:
        source = Source(name, "")
        return source, (problems.file_too_large(Span(source, 0, 0), len(content), MOST_BYTES),)
    try:
        source = Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        source = Source(name, content.decode("utf-8", "replace"))
        at = len(content[: fault.start].decode("utf-8"))
        return source, (problems.not_utf_8(Span(source, at, at + 1)),)
    return source, tuple(_unseen(source))


def locate(source: Source) -> Located:
    """The one YAML document in `source`, as nodes with places, and every problem found in it.

    Problems: text that is not YAML stops the reading there; all others are collected and read past.
    """
    build = _Build(source)
    try:
        for event in yaml.parse(source.text, Loader=LOADER):
            if not build.take(event):
                break
    except yaml.YAMLError as fault:
        build.found.append(_not_yaml(source, fault))
    if build.root is None and not build.found:
        build.found.append(problems.empty_file(Span(source, 0, 0)))
    return build.root, tuple(build.found)


def read_located(name: str, content: bytes) -> Located:
    """Bytes to nodes: `decode`, then `locate` unless the text must be refused as a whole."""
    source, refused = decode(name, content)
    return (None, refused) if refused else locate(source)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been seen. A mapping's items alternate key, value."""

    is_mapping: bool
    start: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Build:
    """The tree as far as the events have come; lives for one call of `locate`."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Use one event; False when reading must stop."""
        assert event.start_mark
        assert event.end_mark
        span = Span(self.source, event.start_mark.index, event.end_mark.index)
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                self.found.append(problems.several_documents(span))
                return False
            case yaml.AliasEvent():
                self.found.append(problems.alias(span))
                self._put(ScalarNode("", Style.PLAIN, span))
            case yaml.ScalarEvent(value=text, style=style):
                self._refuse_extras(event, span)
                self._put(ScalarNode(text, STYLES.get(style, Style.PLAIN), span))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_extras(event, span)
                self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), span.start))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._put(self._closed(self.stack.pop(), span))
        return self._within_limits(span)

    def _within_limits(self, span: Span) -> bool:
        if len(self.stack) > DEEPEST:
            self.found.append(problems.nested_too_deep(span, DEEPEST))
        elif self.nodes > MOST_NODES:
            self.found.append(problems.too_many_entries(span, MOST_NODES))
        else:
            return True
        return False

    def _put(self, node: Node) -> None:
        self.nodes += 1
        if self.stack:
            self.stack[-1].items.append(node)
        else:
            self.root = node

    def _refuse_extras(self, event: yaml.NodeEvent, span: Span) -> None:
        if event.anchor is not None:
            self.found.append(problems.anchor(span, event.anchor))
        if getattr(event, "tag", None) is not None:
            self.found.append(problems.tag(span))

    def _closed(self, opened: _Open, end: Span) -> Node:
        span = Span(self.source, opened.start, end.end)
        if not opened.is_mapping:
            return SequenceNode(tuple(opened.items), span)
        return MappingNode(tuple(self._entries(opened.items)), span)

    def _entries(self, items: list[Node]) -> Iterator[Entry]:
        first: dict[str, ScalarNode] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.found.append(problems.key_not_text(key.span))
            elif key.text in first:
                self.found.append(problems.duplicate_key(key.text, key.span, first[key.text].span))
            else:
                first[key.text] = key
                yield Entry(key, value)


def _unseen(source: Source) -> Iterator[Diagnostic]:
    for unseen, problem in ((HIDDEN, problems.hidden_character), (CONTROL, problems.control_character)):
        for match in islice(unseen.finditer(source.text), MOST_SHOWN):
            yield problem(Span(source, *match.span()))


def _not_yaml(source: Source, fault: yaml.YAMLError) -> Diagnostic:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    at = mark.index if mark else getattr(fault, "position", 0)
    at = min(at, max(len(source.text) - 1, 0))
    said = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or "")
    return problems.not_yaml(Span(source, at, min(at + 1, len(source.text))), said)
