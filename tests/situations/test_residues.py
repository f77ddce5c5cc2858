"""Conditions half worked out: once every fact is known, what is left is what the condition means."""

from collections import Counter
from itertools import product
from math import prod
from random import Random

from agreement.brute import holding
from agreement.strategies import a_version
from agreement.versions import checked, texts
from greenpaper.situations.compile import Compiler
from greenpaper.situations.compiled import terms_of
from greenpaper.situations.diagram import Forest
from greenpaper.situations.residues import counted, left_after, residue_of
from greenpaper.situations.space import space_of

MOST = 250


def versions():
    """Random versions with few enough situations to go through."""
    for seed in range(60):
        version = a_version(Random(seed).randint)
        framework, _ = checked(texts(version))
        if framework:
            space = space_of(terms_of(framework), framework.vocabulary.facts)
            if prod(space.arities) <= MOST:
                yield version, framework, space


def test_what_is_left_after_every_fact_is_what_the_condition_means():
    seen: Counter[object] = Counter()
    for version, framework, space in versions():
        forest = Forest(space.arities)
        compiler = Compiler(space, forest)
        for name, decision in framework.decisions.items():
            written = {rule.id: rule.when for rule in version.decisions[name].rules}
            for rule in decision.rules:
                whole, holds = residue_of(rule.when.term, compiler), holding(version, written[rule.id])
                for cells in product(*map(range, space.arities)):
                    left = whole
                    for level, cell in enumerate(cells):
                        left = left_after(left, forest, level, cell)
                    values = {each.fact: each.values[cell] for each, cell in zip(space.cells, cells, strict=True)}
                    assert left is bool(holds(values))
                    seen[left] += 1
    assert min(seen[True], seen[False]) > 1_000


def test_what_is_left_half_way_holds_in_the_same_of_the_situations_that_remain():
    """Where two ways leave the same, no later fact tells them apart."""
    shared = 0
    for _, framework, space in versions():
        forest = Forest(space.arities)
        compiler = Compiler(space, forest)
        half = len(space.arities) // 2
        for decision in framework.decisions.values():
            for rule in decision.rules:
                diagram, left = compiler.diagram(rule.when.term), {}
                for cells in product(*map(range, space.arities[:half])):
                    residue, rest = residue_of(rule.when.term, compiler), diagram
                    for level, cell in enumerate(cells):
                        residue = left_after(residue, forest, level, cell)
                        rest = forest.below(rest, level, cell)
                    shared += residue in left
                    assert left.setdefault(residue, rest) == rest
    assert shared > 1_000


def test_a_count_is_settled_as_soon_as_it_can_be():
    assert counted(0, 2, [7, 8]) is True
    assert counted(1, 1, [True]) is True
    assert counted(1, 2, [True, 7]) is True
    assert counted(3, 3, [7, 8]) is False
    assert counted(0, 0, [True, 7]) is False
    assert counted(2, 2, [True, False, 7]) == 7
    assert counted(0, 1, [True, 7]) == (0, 0, (7,))
    assert counted(1, 2, [False, 7, 8]) == (1, 2, (7, 8))
