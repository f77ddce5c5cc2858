"""Mapping files to a checked plan of an import: every name in them resolved, every mistake a problem with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from greenpaper.records import mapping_problems as problems
from greenpaper.records.columns import REGISTER_COLUMNS
from greenpaper.records.tables import read_bytes
from greenpaper.records.written_mapping import WrittenCorrections, WrittenImport, WrittenSource, WrittenTable
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.located import read_located
from greenpaper.source.nodes import Node, head, key_span, nearest
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Source, Span
from greenpaper.source.written import Written

IDENTITY = ("code", "authority", "urn", "la_code")
W = TypeVar("W", bound=Written)
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Read(Generic[W]):
    """One mapping file as written, with the nodes that know its places."""

    name: str
    written: W
    node: Node

    def place(self, *path: str | int) -> Span:
        """The place of the value at `path`."""
        return head(nearest(self.node, path))

    def key(self, *path: str | int) -> Span:
        """The place of the key that `path` ends in."""
        return key_span(self.node, path)


SourceMapping = Read[WrittenSource]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table of records, with the mappings of its sources in order of trust."""

    name: str
    written: WrittenTable
    sources: tuple[SourceMapping, ...]
    corrections: Read[WrittenCorrections] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one import reads."""

    whole: Read[WrittenImport]
    register: SourceMapping
    tables: tuple[TablePlan, ...]

    @property
    def sources(self) -> tuple[SourceMapping, ...]:
        return (self.register, *(source for table in self.tables for source in table.sources))


def load_plan(file: Path) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """The mapping file `file` with the mapping files beside it that it names, and every problem in them."""
    whole, found = read_mapping(file, WrittenImport)
    if whole is None:
        return None, found
    opening = _Opening(file.parent, whole, list(found))
    register = opening.read(whole.written.register_source, WrittenSource, "register")
    tables = [opening.table(name, table) for name, table in whole.written.tables.items()]
    if register:
        opening.found.extend(_source_problems(register, REGISTER_COLUMNS, (("code",), ("name",))))
    if opening.found or register is None:
        return None, tuple(opening.found)
    return Plan(whole, register, tuple(tables)), ()


def read_mapping(file: Path, model: type[W]) -> tuple[Read[W] | None, tuple[Diagnostic, ...]]:
    """One YAML file as a written model."""
    content, unread = read_bytes(file)
    if content is None:
        return None, unread
    node, found = read_located(str(file), content)
    if node is None or found:
        return None, found
    written, found = read_shape(model, node, gate=True)
    return (Read(str(file), written, node) if written else None), found


@dataclass(frozen=True, slots=True)
class _Opening:
    """The mapping files of one import being opened, and the problems met on the way."""

    folder: Path
    whole: Read[WrittenImport]
    found: list[Diagnostic]

    def read(self, name: str, model: type[W], *path: str | int) -> Read[W] | None:
        if not _is_file_name(name):
            self.found.append(problems.not_a_file_name(name, self.whole.place(*path)))
            return None
        read, found = read_mapping(self.folder / name, model)
        self.found.extend(found)
        return read

    def table(self, name: str, table: WrittenTable) -> TablePlan:
        at = ("tables", name)
        sources = [self.read(file, WrittenSource, *at, "sources", n) for n, file in enumerate(table.sources)]
        corrections = (
            self.read(table.corrections, WrittenCorrections, *at, "corrections") if table.corrections else None
        )
        own = tuple(dict.fromkeys((*table.columns, *IDENTITY)))
        if not _is_file_name(name):
            self.found.append(problems.not_a_file_name(name, self.whole.key(*at)))
        for source in sources:
            if source:
                self.found.extend(_source_problems(source, own, (IDENTITY,)))
        self.found.extend(_rule_problems(self.whole, at, table))
        return TablePlan(name, table, tuple(source for source in sources if source), corrections)


def _is_file_name(name: str) -> bool:
    return bool(name.strip(".")) and not set(name) & set("/\\:\0")


def _source_problems(
    source: SourceMapping, own: tuple[str, ...], needed: Iterable[tuple[str, ...]]
) -> Iterator[Diagnostic]:
    mapping = source.written
    if not _is_file_name(mapping.file):
        yield problems.not_a_file_name(mapping.file, source.place("file"))
    for raw, column in mapping.columns.items():
        if column.own not in own:
            yield problems.unknown_own_column(column.own, source.place("columns", raw, "is"), own)
        if column.values and column.values not in mapping.values:
            yield problems.unknown_value_map(column.values, source.place("columns", raw, "values"), mapping.values)
    for raw in mapping.not_used:
        if raw in mapping.columns:
            yield problems.used_and_not_used(raw, source.key("not_used", raw), source.key("columns", raw))
    for names in needed:
        if not any(column.own in names for column in mapping.columns.values()):
            yield problems.no_identity(source.key("columns"), " or ".join(f"`{name}`" for name in names))


def _rule_problems(whole: Read[WrittenImport], at: Steps, table: WrittenTable) -> Iterator[Diagnostic]:
    for number, rule in enumerate(table.rules):
        here = (*at, "rules", number)
        named = [(name, whole.key(*here, "when", "says", name)) for name in rule.when.says]
        named += [(name, whole.key(*here, "put", name)) for name in rule.put]
        named += [(name, whole.key(*here, "move", name)) for name in rule.move]
        named += [(to, whole.place(*here, "move", name)) for name, to in rule.move.items()]
        for name, span in named:
            if name not in table.columns:
                yield problems.unknown_own_column(name, span, table.columns)


def nowhere(name: str) -> Span:
    """The place of a file as a whole."""
    return Span(Source(name, ""), 0, 0)
