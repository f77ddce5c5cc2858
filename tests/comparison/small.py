"""Small versions written as files, one piece varied at a time."""

from pathlib import Path

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework

SCALE = "scales: {quality: {worst_to_best: [poor, fair, fine], confidence: stated}}\n"
FACTS = SCALE + (
    "facts:\n"
    "  heads: {type: grade, scale: quality, title: The heads, confidence: stated}\n"
    "  hands: {type: grade, scale: quality, title: The hands, confidence: stated}\n"
    "groups: {all_parts: {title: all parts, members: [heads, hands]}}\n"
)
OUTCOMES = "outcomes: {visit: {title: A visit}, call: {title: A call}, letter: {title: A letter}}\n"


def rule(name: str, when: str, then: str, *, modality: str = "usually", confidence: str = "stated") -> str:
    """One rule; its citation says why it is believed."""
    return (
        f"  - id: {name}\n    when: {when}\n    then: {then}\n    modality: {modality}\n    confidence: {confidence}\n"
        "    source: {document: paper, says: as it was said}\n"
    )


def decision(
    *rules: str, resolve: str = "first", name: str = "follow_up", more: str = "", question: str = "What follows?"
) -> str:
    """One decision; `more` adds keys such as `left_open`."""
    head = f"decision: {name}\nquestion: {question}\n{OUTCOMES}resolve: {resolve}\n"
    return f"{head}rules:\n{''.join(rules)}{more}"


def constraint(name: str, require: str, *, force: str = "always", confidence: str = "stated") -> str:
    return (
        f"  - id: {name}\n    require: {require}\n    force: {force}\n    confidence: {confidence}\n"
        "    source: {document: paper}\n"
    )


def write_version(
    policies: Path,
    version: str,
    *decisions: str,
    vocabulary: str = FACTS,
    constraints: str = "",
    title: str = "A small version",
    head: str = "",
    cases: str = "",
) -> Path:
    """The folder of a version, written out."""
    folder = policies / version
    (folder / "decisions").mkdir(parents=True)
    sources = "sources: {paper: {title: The paper, publisher: The office, published: 2026-03}}\n"
    text = f"framework: small\nversion: '{version}'\ntitle: {title}\nstatus: draft\n{head}{sources}"
    (folder / "framework.yaml").write_text(text, "utf-8")
    (folder / "vocabulary.yaml").write_text(vocabulary, "utf-8")
    if constraints:
        (folder / "constraints.yaml").write_text(f"constraints:\n{constraints}", "utf-8")
    for number, each in enumerate(decisions):
        (folder / "decisions" / f"{number}.yaml").write_text(each, "utf-8")
    if cases:
        (folder / "cases").mkdir()
        (folder / "cases/all.yaml").write_text(f"cases:\n{cases}", "utf-8")
    return folder


def small_framework(policies: Path, version: str, *decisions: str, **written: str) -> Framework:
    """The version, written out and loaded."""
    write_version(policies, version, *decisions, **written)
    return Catalogue(policies).load(version, whole="cases" in written)
