"""Small versions, one for every way in which a decision can end, and records that end so."""

import os
from datetime import date
from pathlib import Path

from comparison.small import constraint, decision, rule, small_framework
from greenpaper.evaluation.records import evaluate
from greenpaper.framework.checked import Framework
from greenpaper.records.record import Authority, Inspection, Period, Record

EXPECTED = Path(__file__).parent / "expected"
RULES = (
    rule("fine-heads", "heads is fine", "letter", modality="will"),
    rule("fair-hands", "heads is at least fair and hands is at most fair", "call"),
    rule("poor-hands", "heads is poor and hands is poor", "visit", modality="may", confidence="assumed"),
)
OPEN = (
    "left_open: [{when: heads is poor and hands is at least fair, note: The paper is silent., confidence: derived}]\n"
)
LIMIT = constraint("K-1", "hands is at most heads or heads is poor", confidence="derived")
HINT = constraint("K-2", "heads is not poor", force="usual", confidence="assumed")


def accept_or_read(name: str, text: str) -> str:
    """The expected text of that name; with GREENPAPER_ACCEPT=1 it becomes this text."""
    file = EXPECTED / name
    if os.environ.get("GREENPAPER_ACCEPT") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return file.read_text("utf-8")


def ended(folder: Path, resolve: str, *, version: str = "small") -> Framework:
    """A version with a gap, an overlap and constraints, resolved in one of the four ways."""
    order = "precedence: {confidence: assumed, note: The better grade first., source: {document: paper}}\n"
    more = OPEN + (order if resolve == "first" else "")
    return small_framework(
        folder, version, decision(*RULES, resolve=resolve, more=more), constraints=LIMIT + HINT,
        title="A version with every ending",
    )  # fmt: skip


def record(name: str = "Northtown", **cells: str) -> Record:
    """A record with an inspection, whose report is on a page of its own."""
    inspection = Inspection(
        (Period(date(2026, 4, 27), date(2026, 5, 1)),), date(2026, 6, 11), "short", "https://example.org/report"
    )
    return Record(Authority(f"E-{name[:5]}", name, region="North"), cells, inspection)


ENDINGS = {
    "decided": ("first", {"heads": "fine", "hands": "fine"}),
    "decided, an earlier rule first": ("first", {"heads": "fine", "hands": "fair"}),
    "decided though a rule is undetermined": ("first", {"heads": "fine"}),
    "undetermined": ("first", {"heads": "poor"}),
    "nothing known": ("first", {}),
    "no rule": ("first", {"heads": "poor", "hands": "fine"}),
    "conflict": ("agree", {"heads": "fine", "hands": "fair"}),
    "conflict of two rules": ("only one", {"heads": "fine", "hands": "fair"}),
    "inadmissible": ("first", {"heads": "fair", "hands": "fine"}),
    "several outcomes": ("every", {"heads": "fine", "hands": "fair"}),
    "several outcomes possible": ("every", {"heads": "fine"}),
}


def endings(folder: Path) -> dict[str, tuple[Record, object]]:
    """Every ending by its name: the record, and the evaluation that ends so."""
    made = {}
    for name, (resolve, cells) in ENDINGS.items():
        framework = ended(folder / name.replace(" ", "-"), resolve)
        made[name] = (record(**cells), evaluate(framework, record(**cells)))
    return made
