"""The names that the cases use, read from `policy/` as any version is, and what conditions mean in them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from greenpaper.evaluation.truth import trace
from greenpaper.framework.checker import check_parts
from greenpaper.framework.parts import Part
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import Condition
from greenpaper.language.terms import Term
from greenpaper.language.types import Known
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Authority, Cell, Record
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Forest
from greenpaper.situations.space import space_of
from greenpaper.source.diagnostics import Diagnostic, in_file_order
from greenpaper.source.located import read_located
from greenpaper.source.nodes import instance_of
from greenpaper.source.render import to_text

HERE = Path(__file__).parent
KINDS = (("framework", "framework.yaml"), ("vocabulary", "vocabulary.yaml"), ("decision", "decisions/*.yaml"))


@cache
def vocabulary(folder: Path = HERE / "policy") -> Vocabulary:
    """The names of a version folder; problems show its files by their bare names."""
    parts = []
    for kind, pattern in KINDS:
        for path in sorted(folder.glob(pattern)):
            node, found = read_located(path.name, path.read_bytes())
            assert node is not None, [to_text(each) for each in found]
            parts.append(Part(kind, path.name, node))
    framework, found = check_parts(tuple(parts), gate=True)
    assert framework, [to_text(each) for each in found]
    return framework.vocabulary


def check(text: str, names: Vocabulary | None = None, *, selecting: bool = False):
    """The condition, its term (None when there is a problem), and the problems in file order."""
    condition, found = parse_condition(text)
    term = None
    if condition is not None:
        term, found = check_condition(condition, names or vocabulary(), selecting=selecting)
    return condition, term, in_file_order(found)


def term_of(text: str, names: Vocabulary | None = None, *, selecting: bool = False) -> Term:
    _, term, found = check(text, names, selecting=selecting)
    assert term is not None, "\n".join(map(to_text, found))
    return term


def canonical(condition: Condition) -> str:
    from greenpaper.language.formatter import format_condition

    return format_condition(condition)


def known(given: Mapping[str, Cell], names: Vocabulary | None = None) -> Mapping[str, Known]:
    """The facts that a record gives, typed."""
    facts, wrong = facts_of(Record(Authority("", ""), given), names or vocabulary())
    assert not wrong, wrong
    return facts.known


def value(term: Term, given: Mapping[str, Known]) -> bool | None:
    """True, false, or None where the trace says unknown."""
    return trace(term, given).value


def possible(term: Term, given: Mapping[str, Known], names: Vocabulary | None = None) -> frozenset[bool]:
    """The values the condition has over every completion of the record, from its diagram."""
    space = space_of([term], (names or vocabulary()).facts)
    forest = Forest(space.arities)
    allowed = {level: (cell,) for level, cell in space.situate(given).items()}
    return forest.values(Compiler(space, forest).diagram(term), allowed)


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in found]


def read_yaml(path: Path):
    """A file of cases as plain values."""
    node, found = read_located(path.name, path.read_bytes())
    assert node is not None, [to_text(each) for each in found]
    assert not found, [to_text(each) for each in found]
    return instance_of(node)
