"""A version's files as statements, each with its address and what stands at each of its keys.

A statement is an entry of a collection, such as one fact, one rule or one source; what else stands in a file is one
statement more. Which keys hold collections, the shapes of `framework.written` say. Text is kept as words: line
breaks, blanks and quotation marks are layout, and conditions are in their canonical spelling.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath
from typing import Any, assert_never, get_args, get_origin

from greenpaper.comparison.redline import unmarked
from greenpaper.framework.parts import LAYOUT, Part
from greenpaper.framework.written import KINDS
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, child, head, text_at, value_of
from greenpaper.source.text import Span
from greenpaper.source.written import Written

CONDITIONS = frozenset({"when", "where", "require"})
IN_ORDER = "rules"
FOLDERS = {kind: pattern.partition("/")[0] for kind, pattern in LAYOUT if "/" in pattern}
BETWEEN = " · "

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at a key, in a spelling that is the same exactly when the same is said, and where it stands."""

    spelling: str
    span: Span

    @property
    def plain(self) -> Any:
        """The value as JSON has it."""
        return json.loads(self.spelling)

    @property
    def words(self) -> str:
        """The value as it is read: text without quotation marks, a list as one line, keys before what they hold."""
        return _read(self.plain)


def _read(plain: Any) -> str:
    match plain:
        case str() as text if text:
            return text
        case [str() | dict(), *_] as items if all(isinstance(each, str | dict) for each in items):
            return BETWEEN.join(map(_read, items))
        case dict() as entries if entries:
            return ", ".join(f"{key}: {_read(value)}" for key, value in entries.items())
        case _:
            return json.dumps(plain, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `name` is its last step: a key or an id, or its number in a list without ids."""

    address: str
    name: str
    values: Mapping[Key, Value]
    span: Span
    is_named: bool = True

    @property
    def said(self) -> Mapping[Key, str]:
        return {key: value.spelling for key, value in self.values.items()}

    @property
    def confidences(self) -> tuple[str, ...]:
        """Every confidence that is given in it, each once."""
        return tuple(dict.fromkeys(value.words for key, value in self.values.items() if key[-1:] == ("confidence",)))


@dataclass(frozen=True, slots=True)
class Collection:
    """Statements below one key of a file; without a key, the one that the rest of the file is.

    `is_ordered` when their order means something.
    """

    address: str
    key: str
    statements: tuple[Statement, ...]
    is_ordered: bool = False


def collections_of(part: Part) -> Iterator[Collection]:
    """The statements of one file, in its order."""
    address = _address(part)
    listed = _collection_keys(part.kind)
    entries = part.node.entries if isinstance(part.node, MappingNode) else ()
    apart = tuple(entry for entry in entries if entry.key.text in listed and not isinstance(entry.value, ScalarNode))
    if len(apart) < len(entries) or not entries:
        yield Collection(address, "", (_rest(part.node, {entry.key.text for entry in apart}, address),))
    for entry in apart:
        below = address if entry.key.text == part.kind else f"{address}/{entry.key.text}"
        ordered = entry.key.text == IN_ORDER or child(part.node, f"{entry.key.text}_ordered") is not None
        yield Collection(below, entry.key.text, tuple(_statements(entry.value, below)), ordered)


def _address(part: Part) -> str:
    """The kind, or for one of several files of a kind their folder and what the file is called in itself."""
    if part.kind not in FOLDERS:
        return part.kind
    return f"{FOLDERS[part.kind]}/{text_at(part.node, part.kind) or PurePath(part.name).stem}"


@lru_cache
def _collection_keys(kind: str) -> frozenset[str]:
    """The keys of such a file whose entries are written shapes of their own."""
    shape = KINDS.get(kind)
    fields = shape.model_fields.items() if shape else ()
    return frozenset(field.alias or name for name, field in fields if _holds_shapes(field.annotation))


def _holds_shapes(annotation: Any) -> bool:
    inner = get_args(annotation)
    if get_origin(annotation) in (dict, tuple):
        return any(_is_shape(each) for each in inner)
    return any(_holds_shapes(each) for each in inner)


def _is_shape(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Written)


def _rest(node: Node, apart: Set[str], address: str) -> Statement:
    """What stands in a file beside its collections, as one statement."""
    if isinstance(node, MappingNode):
        node = replace(node, entries=tuple(entry for entry in node.entries if entry.key.text not in apart))
    return Statement(address, address, dict(_values(node)), head(node))


def _statements(node: Node, address: str) -> Iterator[Statement]:
    """The entries of a collection; where an id is missing or stands twice, the entry has its number only."""
    match node:
        case MappingNode(entries):
            for entry in entries:
                name = entry.key.text
                yield Statement(f"{address}/{name}", name, dict(_values(entry.value)), entry.key.span)
        case SequenceNode(items):
            ids = [text_at(item, "id") for item in items]
            times = Counter(ids)
            for number, (item, id) in enumerate(zip(items, ids, strict=True), start=1):
                named = bool(id) and times[id] == 1
                name = id if named else str(number)
                yield Statement(f"{address}/{name}", name, dict(_values(item)), head(item), named)
        case ScalarNode():
            return
        case _:
            assert_never(node)


def _values(node: Node, key: Key = ()) -> Iterator[tuple[Key, Value]]:
    """Each value with the keys and ids that lead to it. A list without ids is one value, and so is what is empty."""
    match node:
        case MappingNode(entries) if entries:
            for entry in entries:
                yield from _values(entry.value, (*key, entry.key.text))
        case SequenceNode(items) if items and len({text_at(item, "id") for item in items} - {""}) == len(items):
            for item in items:
                yield from _values(item, (*key, text_at(item, "id")))
        case ScalarNode() if len(key) == 1 and key[0] in CONDITIONS:
            yield key, Value(_quoted(_canonical(node.text)), node.span)
        case _:
            yield key, Value(_spelled(node), head(node))


@lru_cache(maxsize=4096)
def _canonical(text: str) -> str:
    """The condition in its one spelling; words that are no condition as they stand."""
    parsed, _ = parse_condition(text)
    return format_condition(parsed) if parsed is not None else unmarked(text)


def _spelled(node: Node) -> str:
    """The node as JSON, with the keys of mappings in alphabetical order."""
    match node:
        case ScalarNode():
            return _scalar(node)
        case MappingNode(entries):
            pairs = sorted((entry.key.text, _spelled(entry.value)) for entry in entries)
            return f"{{{', '.join(f'{_quoted(key)}: {value}' for key, value in pairs)}}}"
        case SequenceNode(items):
            return f"[{', '.join(map(_spelled, items))}]"
        case _:
            assert_never(node)


def _scalar(node: ScalarNode) -> str:
    """Numbers by their exact value; whole numbers and decimals are never the same."""
    match value_of(node):
        case str() as text:
            return _quoted(unmarked(text))
        case float():
            whole, _, decimals = f"{Decimal(node.text):f}".partition(".")
            return f"{whole}.{decimals.rstrip('0') or '0'}"
        case value:
            return json.dumps(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
