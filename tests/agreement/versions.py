"""A version as the tests hold it: plain data and syntax trees, the YAML it becomes, and the framework made from that.

The oracles read only this; the engine reads only the YAML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from greenpaper.framework.checked import Framework
from greenpaper.framework.checker import check_parts
from greenpaper.framework.parts import Part
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import (
    And,
    Comparison,
    Condition,
    FactName,
    Holds,
    ListedGroup,
    NamedGroup,
    Not,
    Or,
)
from greenpaper.records.facts import Facts, facts_of
from greenpaper.records.record import Authority, Record
from greenpaper.source.located import read_located
from greenpaper.source.render import to_text

Value = str | bool | Decimal | date


@dataclass(frozen=True)
class WrittenFact:
    """One fact. `values` are those that completions try: all of them, or some around every constant."""

    id: str
    type: str
    values: tuple[Value, ...]
    words: tuple[str, ...] = ()
    scale: str = ""
    unit: str = ""
    range: tuple[Decimal, Decimal] | None = None
    constants: tuple[Value, ...] = ()

    @property
    def is_ordered(self) -> bool:
        return self.type not in ("truth", "one of")

    @property
    def can_be_listed(self) -> bool:
        """Whether the fact may be compared with another one."""
        return bool(self.words) or self.type == "truth" or (self.type == "whole number" and self.range is not None)


@dataclass(frozen=True)
class WrittenRule:
    id: str
    when: Condition
    then: str


@dataclass(frozen=True)
class WrittenDecision:
    id: str
    outcomes: tuple[str, ...]
    ordered: bool
    resolve: str
    rules: tuple[WrittenRule, ...]
    left_open: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class WrittenConstraint:
    id: str
    require: Condition
    when: Condition | None = None
    force: str = "always"


@dataclass(frozen=True, eq=False)
class Version:
    """One version; equal only to itself, so that what is made of it can be kept."""

    scales: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, WrittenFact]
    groups: Mapping[str, tuple[str, ...]]
    decisions: Mapping[str, WrittenDecision]
    definitions: Mapping[str, Condition] = field(default_factory=dict)
    constraints: tuple[WrittenConstraint, ...] = ()

    def members(self, group: NamedGroup | ListedGroup) -> tuple[WrittenFact, ...]:
        names = self.groups[group.id] if isinstance(group, NamedGroup) else [member.id for member in group.members]
        return tuple(self.facts[name] for name in names)

    def conditions(self) -> Iterator[Condition]:
        """Every condition written anywhere in the version."""
        yield from self.definitions.values()
        for decision in self.decisions.values():
            yield from (rule.when for rule in decision.rules)
            yield from decision.left_open
        for constraint in self.constraints:
            yield from (each for each in (constraint.when, constraint.require) if each)

    def in_yaml(self) -> str:
        return "\n".join(f"# {kind}\n{text}" for kind, text in texts(self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """The YAML, so that a failing example can be read."""
        printer.text(f"\n{self.in_yaml()}")


def parts_of(condition: Condition) -> Iterator[Condition]:
    """The condition and every condition inside it."""
    yield condition
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from parts_of(part)
        case Not(part):
            yield from parts_of(part)


def names_used(condition: Condition) -> Iterator[str]:
    """Names that stand alone: facts, definitions and decisions."""
    for part in parts_of(condition):
        match part:
            case Holds(name) | Comparison(FactName(name)):
                yield name


# The version as YAML

HEAD = "framework: tested\nversion: tested\ntitle: A tested version\nstatus: draft\nsources: {doc: {title: t, publisher: p}}\n"
RULE = "modality: will, confidence: stated, source: {document: doc}"


def texts(version: Version) -> Iterator[tuple[str, str]]:
    """Kind and text of every file of the version."""
    yield "framework", HEAD
    yield "vocabulary", _vocabulary(version)
    if version.constraints:
        yield "constraints", "constraints:\n" + "".join(_constraint(each) for each in version.constraints)
    for decision in version.decisions.values():
        yield "decision", _decision(decision)


def _vocabulary(version: Version) -> str:
    lines = ["scales:"] if version.scales else []
    lines += [
        f"  {name}: {{worst_to_best: [{', '.join(words)}], confidence: stated}}"
        for name, words in version.scales.items()
    ]
    lines += ["facts:", *(_fact(fact) for fact in version.facts.values())]
    lines += ["groups:"] if version.groups else []
    lines += [f"  {name}: {{title: t, members: [{', '.join(members)}]}}" for name, members in version.groups.items()]
    lines += ["definitions:"] if version.definitions else []
    for name, condition in version.definitions.items():
        lines += [f"  {name}:", "    title: t", f"    when: {format_condition(condition)}"]
    return "\n".join(lines) + "\n"


def _fact(fact: WrittenFact) -> str:
    said = [f"type: {fact.type}", "title: t", "confidence: stated"]
    said += [f"scale: {fact.scale}"] if fact.type == "grade" else []
    said += [f"words: [{', '.join(fact.words)}]"] if fact.type == "one of" else []
    said += [f"unit: {fact.unit}"] if fact.unit else []
    said += [f"range: [{fact.range[0]}, {fact.range[1]}]"] if fact.range else []
    return f"  {fact.id}: {{{', '.join(said)}}}"


def _decision(decision: WrittenDecision) -> str:
    lines = [f"decision: {decision.id}", "question: q", "outcomes:"]
    lines += [f"  {outcome}: {{title: t}}" for outcome in decision.outcomes]
    lines += ["outcomes_ordered: best to worst"] if decision.ordered else []
    lines += [f"resolve: {decision.resolve}", "rules:"]
    for rule in decision.rules:
        lines += [f"  - id: {rule.id}", f"    when: {format_condition(rule.when)}", f"    then: {rule.then}"]
        lines += ["    modality: will", "    confidence: stated", "    source: {document: doc}"]
    lines += ["left_open:"] if decision.left_open else []
    for condition in decision.left_open:
        lines += [f"  - when: {format_condition(condition)}", "    note: n", "    confidence: stated"]
    return "\n".join(lines) + "\n"


def _constraint(constraint: WrittenConstraint) -> str:
    when = f"    when: {format_condition(constraint.when)}\n" if constraint.when else ""
    return (
        f"  - id: {constraint.id}\n{when}    require: {format_condition(constraint.require)}\n"
        f"    force: {constraint.force}\n    confidence: stated\n    source: {{document: doc}}\n"
    )


# The framework that the engine makes of the YAML


@lru_cache(maxsize=1000)
def framework_of(version: Version) -> Framework:
    """The checked framework. A problem in it is a fault of the test or of the checker."""
    framework, wrong = checked(texts(version))
    assert framework is not None, "\n".join(wrong)
    return framework


def checked(files: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> tuple[Framework | None, list[str]]:
    """The framework of these files, or every problem as it is printed."""
    parts = []
    for number, (kind, text) in enumerate(files):
        node, wrong = read_located(f"{kind}-{number}.yaml", text.encode())
        assert node is not None, [to_text(each) for each in wrong]
        parts.append(Part(kind, f"{kind}-{number}.yaml", node))
    framework, found = check_parts(tuple(parts))
    return framework, [to_text(each) for each in found]


def given_facts(framework: Framework, known: Mapping[str, Any]) -> Facts:
    """A record's values as typed facts; every one of them must be usable."""
    facts, wrong = facts_of(Record(Authority("", ""), known), framework.vocabulary)
    assert not wrong
    return facts


# A version read from a policy folder, without the engine's loader


def read_version(folder: Path) -> Version:
    """The version in a folder of `policies/`, as its files are."""
    return version_of(read_tree(folder))


OF_ONE_KEY = (
    "activities", "constraints", "criteria", "deadlines", "events", "explained", "invariants", "open_questions",
    "references", "themes",
)  # fmt: skip


def read_tree(folder: Path) -> dict[str, Any]:
    """What can be edited in a version, by the first step of its address. Every single value is text."""
    tree: dict[str, Any] = {"decisions": {}}
    for path in sorted(folder.rglob("*.yaml")):
        written = read_yaml(path)
        match path.parent.name, path.stem:
            case "decisions", _:
                tree["decisions"][written["decision"]] = written
            case folder.name, "vocabulary":
                tree["vocabulary"] = written
            case folder.name, kind if kind in OF_ONE_KEY:
                tree[kind] = written[kind]
    return tree


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def version_of(tree: Mapping[str, Any]) -> Version:
    vocabulary = tree["vocabulary"]
    scales = {name: tuple(scale["worst_to_best"]) for name, scale in vocabulary["scales"].items()}
    groups = {name: tuple(group["members"]) for name, group in vocabulary["groups"].items()}
    facts = {name: _read_fact(name, fact, scales) for name, fact in vocabulary["facts"].items()}
    decisions = {name: _read_decision(decision) for name, decision in tree["decisions"].items()}
    return Version(scales, facts, groups, decisions, {}, tuple(map(_read_constraint, tree.get("constraints", ()))))


def _read_fact(name: str, fact: Any, scales: Mapping[str, tuple[str, ...]]) -> WrittenFact:
    """Only the types of fact that the shipped versions have."""
    if fact["type"] == "truth":
        return WrittenFact(name, "truth", values=(False, True))
    assert fact["type"] == "grade"
    words = scales[fact["scale"]]
    return WrittenFact(name, "grade", values=words, words=words, scale=fact["scale"])


def _read_decision(decision: Any) -> WrittenDecision:
    return WrittenDecision(
        decision["decision"],
        tuple(decision["outcomes"]),
        "outcomes_ordered" in decision,
        decision["resolve"],
        tuple(WrittenRule(rule["id"], _parsed(rule["when"]), rule["then"]) for rule in decision["rules"]),
        tuple(_parsed(entry["when"]) for entry in decision.get("left_open", ())),
    )


def _read_constraint(constraint: Any) -> WrittenConstraint:
    when = _parsed(constraint["when"]) if "when" in constraint else None
    return WrittenConstraint(constraint["id"], _parsed(constraint["require"]), when, constraint["force"])


def _parsed(text: str) -> Condition:
    condition, wrong = parse_condition(text)
    assert condition is not None, wrong
    return condition
