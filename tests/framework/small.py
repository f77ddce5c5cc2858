"""A small catalogue to spoil in one place: a version `one`, and a draft `two` that amends it."""

from collections.abc import Mapping
from pathlib import Path

from greenpaper.framework.catalogue import Catalogue
from greenpaper.source.diagnostics import Diagnostic

FRAMEWORK = """\
framework: small
version: one
title: A small framework
status: in force
applies_to: {inspections_starting: {from: 2026-04-01}}
sources:
  paper: {title: A paper, publisher: Somebody}
"""
VOCABULARY = """\
scales:
  four: {worst_to_best: [inadequate, weak, good, outstanding], confidence: stated}
facts:
  leaders: {type: grade, scale: four, title: Leaders, confidence: stated}
  help: {type: grade, scale: four, title: Help, confidence: stated}
  care: {type: grade, scale: four, title: Care, confidence: stated}
  ended: {type: date, title: Last day on site, confidence: stated}
  months: {type: whole number, unit: months, since: ended, title: Months since, confidence: stated}
  flag: {type: truth, title: A flag, confidence: stated}
  region: {type: one of, words: [north, south], title: Region, confidence: stated}
groups:
  practice: {title: Practice, members: [help, care]}
definitions:
  fine: {title: All is well, when: all of practice are at least good}
"""
PATHWAY = """\
decision: pathway
question: What follows?
outcomes:
  light: {title: Light}
  heavy: {title: Heavy}
outcomes_ordered: best to worst
resolve: first
rules:
  - id: heavy
    when: any of practice is inadequate
    then: heavy
    modality: will
    confidence: stated
    source: {document: paper}
  - id: light
    when: leaders is at least good and fine
    then: light
    modality: usually
    confidence: stated
    source: {document: paper}
left_open:
  - when: leaders is weak
    note: Nothing is said.
    confidence: derived
"""
CONSTRAINTS = """\
constraints:
  - id: C1
    when: flag
    require: leaders is at most good
    force: always
    confidence: derived
    source: {document: paper}
"""
CASES = """\
cases:
  - name: all good leads to light
    given: {leaders: good, help: good, care: good}
    expect: {pathway: light}
"""
DRAFT = """\
framework: small
version: two
title: A draft of the small framework
status: draft
base: one
sources:
  idea: {title: An idea, publisher: Somebody}
"""
PROPOSAL = """\
proposal: weight
title: What weighs more
confidence: illustrative
preferred: unchanged
options:
  unchanged: {title: As it is}
  stricter:
    title: Weak practice is enough
    edits:
      - replace: decisions/pathway/rules/heavy
        with:
          id: heavy
          when: any of practice is at most weak
          then: heavy
          modality: will
          confidence: illustrative
          source: {document: idea}
"""
ONE = {
    "one/framework.yaml": FRAMEWORK,
    "one/vocabulary.yaml": VOCABULARY,
    "one/constraints.yaml": CONSTRAINTS,
    "one/decisions/pathway.yaml": PATHWAY,
    "one/cases/rules.yaml": CASES,
}
TWO = {"two/framework.yaml": DRAFT, "two/proposals/weight.yaml": PROPOSAL}
FILES = ONE | TWO


def catalogue(folder: Path, files: Mapping[str, str] = FILES) -> Catalogue:
    """The files written below `folder`, as a catalogue."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Catalogue(folder)


def problems_of(
    folder: Path, changes: Mapping[str, str], version: str = "one", options: Mapping[str, str] | None = None
) -> tuple[Diagnostic, ...]:
    """Everything wrong with a version of the small catalogue when some of its files are others."""
    framework, found = catalogue(folder, FILES | dict(changes)).check(version, options)
    assert (framework is None) is bool(found)
    return found


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in found]


def put(text: str, old: str, new: str) -> str:
    """`text` with the one `old` in it replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
