"""Frameworks made for the measurement of growth: many facts in the shape of 2026, many rules, many versions."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reference import GRADES

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework

SEED = 7
FRAMEWORK = """\
framework: bench
version: "{0}"
title: A benchmark
status: draft
sources: {{bench: {{title: A benchmark, publisher: nobody}}}}
"""
VOCABULARY = """\
scales: {{four: {{worst_to_best: [{grades}], confidence: illustrative}}}}
facts:
{facts}
groups: {{practice: {{title: practice, members: [{members}]}}}}
"""
FACT = "  {0}: {{type: grade, scale: four, title: {0}, confidence: illustrative}}"
DECISION = """\
decision: pathway
question: What follows?
outcomes: {{light: {{title: light}}, intensive: {{title: intensive}}, monitoring: {{title: monitoring}}}}
resolve: first
precedence: {{confidence: illustrative, note: A benchmark}}
rules:
{rules}
"""
RULE = "  - {{id: {0}, when: '{1}', then: {2}, modality: will, confidence: illustrative, source: {{document: bench}}}}"
OUTCOMES = ("monitoring", "intensive", "light")
Rules = Sequence[tuple[str, str]]


def facts(count: int) -> tuple[str, ...]:
    return ("leaders", *(f"fact_{number}" for number in range(1, count)))


def counting(size: int, least: int | None = None) -> Rules:
    """Three rules in the shape of 2026, with a group of all facts but one and half of it asked for."""
    half = least if least is not None else max(2, (size - 1) // 2)
    return (
        ("any of practice is inadequate", "monitoring"),
        (f"leaders is requires_improvement or at least {half} of practice are requires_improvement", "intensive"),
        (f"leaders is at least good and at least {half} of practice are at least good", "light"),
    )


def listed(size: int, count: int) -> Rules:
    """So many rules that each ask for the grades of three facts, drawn from a seed."""
    drawn = random.Random(SEED)
    return [(" and ".join(_tests(drawn, size)), OUTCOMES[number % 3]) for number in range(count)]


def _tests(drawn: random.Random, size: int) -> Iterator[str]:
    return (f"{fact} is {drawn.choice(GRADES)}" for fact in drawn.sample(facts(size), 3))


def written(folder: Path, size: int, versions: Mapping[str, Rules]) -> list[Framework]:
    """The versions, as greenpaper reads them from files in the folder."""
    for name, rules in versions.items():
        home = folder / name
        (home / "decisions").mkdir(parents=True)
        (home / "framework.yaml").write_text(FRAMEWORK.format(name))
        (home / "vocabulary.yaml").write_text(vocabulary(size))
        lines = (RULE.format(f"rule_{number}", *rule) for number, rule in enumerate(rules))
        (home / "decisions" / "pathway.yaml").write_text(DECISION.format(rules="\n".join(lines)))
    catalogue = Catalogue(folder)
    return [catalogue.load(name) for name in versions]


def vocabulary(size: int) -> str:
    names = facts(size)
    lines = "\n".join(map(FACT.format, names))
    return VOCABULARY.format(grades=", ".join(GRADES), facts=lines, members=", ".join(names[1:]))
