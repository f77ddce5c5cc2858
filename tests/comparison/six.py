"""Six proposals with three options each, over the rules of 2026: 729 combinations."""

import shutil
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "policies"
RULES = "decisions/pathway/rules"
SAID = "modality: usually, confidence: illustrative, source: {document: idea}"


def _rule(name: str, when: str, then: str) -> str:
    return f"{{id: {name}, when: '{when}', then: {then}, {SAID}}}"


def _replaced(name: str, *conditions: str) -> list[str]:
    return [f"replace: {RULES}/{name}, with: {_rule(name, when, name)}" for when in conditions]


def _added(name: str, place: str, *cases: tuple[str, str]) -> list[str]:
    return [f"add_to: {RULES}, {place}, entry: {_rule(name, when, then)}" for when, then in cases]


def _constrained(*conditions: str) -> list[str]:
    rest = "force: always, confidence: illustrative, source: {document: idea}"
    return [f"add_to: constraints, entry: {{id: C, require: '{each}', {rest}}}" for each in conditions]


EDITS = {
    "monitoring": _replaced(
        "monitoring", "at least 2 of practice are inadequate", "any of practice is inadequate or leaders is inadequate"
    ),
    "intensive": _replaced(
        "intensive",
        "leaders is at most requires_improvement or at least 2 of practice are requires_improvement",
        "any of practice is requires_improvement",
    ),
    "light": [
        f"set: {RULES}/light/when, to: leaders is at least good and all of practice are at least good",
        f"set: {RULES}/light/when, to: leaders is outstanding",
    ],
    "best": _added(
        "best",
        "before: monitoring",
        ("all of practice are outstanding", "light"),
        ("lowest of practice is outstanding and leaders is at least good", "light"),
    ),
    "rest": _added(
        "rest",
        "after: light",
        ("any of practice is better than leaders", "monitoring"),
        ("leaders is inadequate", "intensive"),
    ),
    "limits": _constrained(
        "leaders is not inadequate or any of practice is at most requires_improvement",
        "leaders is not outstanding or none of practice are inadequate",
    ),
}
"""Proposal → the one edit of each option that is not as it is."""

HEAD = """\
framework: ilacs
version: six
title: Six proposals
status: draft
base: "2026"
sources: {idea: {title: An idea, publisher: Nobody}}
"""
PROPOSAL = """\
proposal: {0}
title: A proposal
confidence: illustrative
preferred: as_is
options:
  as_is: {{title: As it is}}
  one: {{title: One way, edits: [{{{1}}}]}}
  other: {{title: Another way, edits: [{{{2}}}]}}
"""


def write_six(folder: Path) -> Path:
    """The draft `six` beside the version that it amends."""
    shutil.copytree(SHIPPED / "2026", folder / "2026", ignore=shutil.ignore_patterns("readings", "seal*"))
    head = folder / "2026/framework.yaml"
    head.write_text(head.read_text("utf-8").replace('replaces: "2025"\n', ""), "utf-8")
    (folder / "six/proposals").mkdir(parents=True)
    (folder / "six/framework.yaml").write_text(HEAD, "utf-8")
    for name, edits in EDITS.items():
        (folder / f"six/proposals/{name}.yaml").write_text(PROPOSAL.format(name, *edits), "utf-8")
    return folder
