"""A composed version as files of its own: whole, without a base and without anything left to choose.

What is written says what the composition says, each statement as sure as it was. Comments are not part of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence
from greenpaper.framework.composition import LISTS, MAPPINGS, cited_in
from greenpaper.framework.parts import LAYOUT, Part, Parts
from greenpaper.framework.proposals import Chosen, chosen
from greenpaper.source.emitting import yaml_of
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, child, text_at
from greenpaper.source.text import Span

ILLUSTRATIVE = f"({Confidence.ILLUSTRATIVE})"
SCHEMAS = "yaml-language-server: $schema={up}schemas/{kind}.schema.json"
COLLECTED = (*LISTS, *MAPPINGS)
SOURCES, OPTIONS = "sources", "options"


@dataclass(frozen=True, slots=True)
class Own:
    """What a version that is written out says for itself. `beside` are the versions it may say that it replaces."""

    version: str
    status: str
    beside: Collection[str]


def consolidated(catalogue: Catalogue, version: str, options: Chosen, own: Own) -> Parts:
    """The files of a version with its options chosen, as those of a version that is whole, in the order of the layout.

    Cases are kept where the options that they ask for, and else the preferred ones, are those chosen.

    Raises PolicyError or NoSuchVersion.
    """
    proposals = catalogue.proposals(version)
    choice = chosen(proposals, options)
    head, *composed = catalogue.composed(version, options)
    preferred = {each.id: each.written.preferred for each in proposals}
    illustrative = Confidence.ILLUSTRATIVE in {each.written.confidence for each in proposals}
    body, cases = _in_files(composed), _cases(catalogue.parts(version, whole=True)[0], preferred, choice)
    assert isinstance(head.node, MappingNode)
    entries = tuple(_head(head.node, own, _kept_sources(body), illustrative=illustrative))
    return (replace(head, node=replace(head.node, entries=entries)), *body, *cases)


def texts_of(parts: Parts, origin: str) -> dict[str, str]:
    """Name in the folder → text; the first file says that it comes from `origin`."""
    told = {part.name: _schema(part) for part in parts}
    first = f"Written out whole from {origin} by `greenpaper consolidate`."
    return {
        part.name: yaml_of(part.node, (told[part.name], *([first] if number == 0 else [])))
        for number, part in enumerate(parts)
    }


def _schema(part: Part) -> str:
    return SCHEMAS.format(up="../" * (len(PurePosixPath(part.name).parts) + 1), kind=part.kind)


# The head


def _head(node: MappingNode, own: Own, sources: Collection[str], *, illustrative: bool) -> Iterator[Entry]:
    """The entries of `framework.yaml`: of a draft, what it is based on is what it replaces; of another version, the
    days that it governs stay its own."""
    is_draft = node.get("base") is not None
    for entry in node.entries:
        match entry.key.text, entry.value:
            case "version", ScalarNode(span=span):
                yield replace(entry, value=ScalarNode(own.version, Style.DOUBLE, span))
            case "status", ScalarNode(span=span):
                yield replace(entry, value=ScalarNode(own.status, Style.PLAIN, span))
            case "title", ScalarNode() as title if illustrative:
                said = title.text if ILLUSTRATIVE in title.text else f"{title.text.rstrip()} {ILLUSTRATIVE}"
                yield replace(entry, value=replace(title, text=said))
                yield Entry(_key("confidence", title.span), _key(str(Confidence.ILLUSTRATIVE), title.span))
            case "confidence", _ if illustrative:
                continue
            case "base", ScalarNode() as base if base.text in own.beside and not node.get("replaces"):
                yield Entry(_key("replaces", entry.key.span), base)
            case "base", _:
                continue
            case "replaces", ScalarNode(text) if text not in own.beside:
                continue
            case "applies_to", _ if not is_draft:
                continue
            case name, MappingNode(entries) if name == SOURCES:
                if kept := tuple(each for each in entries if each.key.text in sources):
                    yield replace(entry, value=replace(entry.value, entries=kept))
            case _:
                yield entry


def _kept_sources(body: Parts) -> frozenset[str]:
    """The documents that something cites, or of which it is explained why nothing does."""
    explained = (item for part in body if part.kind == "explained" for item in _items(part.node, part.kind))
    about = (text_at(item, "about").partition("/") for item in explained)
    return cited_in(part.node for part in body) | {name for kind, _, name in about if kind == SOURCES}


# The other files


def _in_files(parts: Iterable[Part]) -> Parts:
    """The parts under the names that the layout gives them, those of one name together, without empty ones."""
    files: dict[str, Part] = {}
    for part in parts:
        name = _name(part)
        there = files.get(name)
        files[name] = replace(_together(there, part) if there else part, name=name)
    kinds = [kind for kind, _ in LAYOUT]
    return tuple(sorted(filter(_says_something, files.values()), key=lambda each: kinds.index(each.kind)))


def _name(part: Part) -> str:
    return dict(LAYOUT)[part.kind].replace("*", text_at(part.node, part.kind))


def _together(part: Part, more: Part) -> Part:
    """The list or mapping of one file with that of another at its end."""
    match child(part.node, part.kind), child(more.node, more.kind):
        case SequenceNode(items) as listed, SequenceNode(others):
            return replace(part, node=_with(part.node, part.kind, replace(listed, items=(*items, *others))))
        case MappingNode(entries) as mapped, MappingNode(others):
            return replace(part, node=_with(part.node, part.kind, replace(mapped, entries=(*entries, *others))))
        case _:
            return part


def _says_something(part: Part) -> bool:
    match child(part.node, part.kind) if part.kind in COLLECTED else None:
        case SequenceNode(items=()) | MappingNode(entries=()):
            return False
        case _:
            return True


def _cases(parts: Parts, preferred: Mapping[str, str], choice: Chosen) -> Iterator[Part]:
    """The cases of this combination, without the options that they name."""
    for part in parts:
        if part.kind == "cases":
            kept = [each for each in _items(part.node, part.kind) if {**preferred, **_asked(each)} == choice]
            listed = child(part.node, part.kind)
            if kept and isinstance(listed, SequenceNode):
                items = tuple(_without(each, OPTIONS) for each in kept)
                yield replace(part, node=_with(part.node, part.kind, replace(listed, items=items)))


def _asked(case: Node) -> dict[str, str]:
    asked = child(case, OPTIONS)
    entries = asked.entries if isinstance(asked, MappingNode) else ()
    return {each.key.text: each.value.text for each in entries if isinstance(each.value, ScalarNode)}


# Nodes


def _items(node: Node, key: str) -> tuple[Node, ...]:
    listed = child(node, key)
    return listed.items if isinstance(listed, SequenceNode) else ()


def _with(node: Node, key: str, value: Node) -> Node:
    """The mapping with another value under a key that it has."""
    assert isinstance(node, MappingNode)
    entries = (replace(each, value=value) if each.key.text == key else each for each in node.entries)
    return replace(node, entries=tuple(entries))


def _without(node: Node, key: str) -> Node:
    assert isinstance(node, MappingNode)
    return replace(node, entries=tuple(each for each in node.entries if each.key.text != key))


def _key(text: str, place: Span) -> ScalarNode:
    return ScalarNode(text, Style.PLAIN, place)
