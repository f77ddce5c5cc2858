"""What the manual page of a problem avoids has that problem, and what it prefers has none."""

import re
from inspect import getdoc
from textwrap import dedent, indent

import pytest

from greenpaper.framework import (
    calendar_problems,
    consultation_problems,
    content_problems,
    manifest_problems,
    seal_problems,
)
from greenpaper.framework import problems as framework_problems
from greenpaper.framework.catalogue import Catalogue
from greenpaper.source import problems as source_problems
from greenpaper.source import shape_problems
from greenpaper.source.located import read_located

PAGE = re.compile(
    r"[^\n]+\.\n\nWhy it matters\n(?P<why>(?: {4}[^\n]+\n?)+)"
    r"(?:\nAvoid\n(?P<avoid>(?: {4}[^\n]+\n|\n)+)\nPrefer\n(?P<prefer>(?: {4}[^\n]+\n?|\n)+))?"
)
ROOMS = (
    source_problems,
    shape_problems,
    framework_problems,
    consultation_problems,
    content_problems,
    seal_problems,
    manifest_problems,
    calendar_problems,
)
PROBLEMS = {problem.__name__.replace("_", "-"): problem for room in ROOMS for problem in room.PROBLEMS}
HEAD = {
    "framework": "framework: small",
    "version": "version: one",
    "title": "title: Small",
    "status": "status: draft",
}
RULE = """\
decision: pathway
question: What follows?
outcomes: {{light: {{title: One visit}}}}
resolve: first
rules:
  - id: light
    {condition}
    then: light
    modality: usually
    confidence: stated
    source: {{document: paper}}
"""
VOCABULARY = """\
scales: {four: {worst_to_best: [weak, good], confidence: stated}}
facts: {leaders: {type: grade, scale: four, title: Leaders, confidence: stated}}
"""


def example(code: str, heading: str) -> str:
    """The block under `Avoid` or `Prefer`; empty when the page has none."""
    page = PAGE.fullmatch(getdoc(PROBLEMS[code]))
    assert page, code
    return dedent(page[heading] or "").strip("\n")


WITH_EXAMPLES = [code for code in PROBLEMS if example(code, "avoid")]


def codes_of_framework_file(text: str, folder) -> list[str]:
    """The problems of a framework file that says this, and besides only what it must."""
    given = "".join(f"{line}\n" for key, line in HEAD.items() if not re.search(rf"^{key}:", text, re.MULTILINE))
    named = re.search(r'^version: "?(\w+)', f"{given}{text}", re.MULTILINE)
    assert named
    (folder / named[1]).mkdir()
    (folder / named[1] / "framework.yaml").write_text(f"{given}{text}\n")
    return [each.code for each in Catalogue(folder).check(named[1])[1]]


def codes_of_rule(text: str, folder) -> list[str]:
    (folder / "one" / "decisions").mkdir(parents=True)
    head = "\n".join([*HEAD.values(), "sources: {paper: {title: A paper, publisher: P}}"])
    (folder / "one" / "framework.yaml").write_text(head)
    (folder / "one" / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "one" / "decisions" / "pathway.yaml").write_text(RULE.format(condition=text))
    return [each.code for each in Catalogue(folder).check("one")[1]]


def codes_of_manifest(text: str, folder) -> list[str]:
    """The problems of a manifest with this sentence."""
    (folder / "sources").mkdir()
    (folder / "sources" / "paper.yaml").write_text(
        f"document: paper\nread: in full\nsentences:\n{indent(text, '  ')}\n"
    )
    return codes_of_rule("when: leaders is weak", folder)


CALENDAR = {
    "calendar": "calendar: england_and_wales",
    "title": "title: Working days",
    "from": "from: 2018-01-01",
    "until": "until: 2028-12-31",
    "weekend": "weekend: [sunday]",
    "holidays": "holidays: {}",
    "confidence": "confidence: stated",
    "sources": "sources: [{title: A law, publisher: P}]",
}
COUNTED = """\
deadlines:
  reply: {title: A reply, by: them, after: asked, at_most: 3, unit: working days, calendar: england_and_wales,
    modality: will, confidence: stated}
"""


def codes_of_calendar(text: str, folder) -> list[str]:
    """The problems of a calendar that says this, and besides only what it must, where a deadline counts by it."""
    given = "".join(f"{line}\n" for key, line in CALENDAR.items() if not re.search(rf"^{key}:", text, re.MULTILINE))
    for below in ("calendars", "one"):
        (folder / below).mkdir()
    (folder / "calendars" / "england_and_wales.yaml").write_text(f"{given}{text}\n")
    (folder / "one" / "framework.yaml").write_text("\n".join(HEAD.values()))
    (folder / "one" / "events.yaml").write_text("events: {asked: {title: They are asked, of: calls}}")
    (folder / "one" / "deadlines.yaml").write_text(COUNTED)
    return [each.code for each in Catalogue(folder).check("one")[1]]


def codes_of_contents(text: str, folder) -> list[str]:
    """The problems of a version with this file, named like its first key, beside an event and a calendar."""
    for below in ("calendars", "one"):
        (folder / below).mkdir()
    calendar = CALENDAR | {"calendar": "calendar: work"}
    (folder / "calendars" / "work.yaml").write_text("\n".join(calendar.values()))
    (folder / "one" / "framework.yaml").write_text("\n".join(HEAD.values()))
    (folder / "one" / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "one" / "events.yaml").write_text("events: {asked: {title: They are asked, of: calls}}")
    (folder / "one" / f"{text.partition(':')[0]}.yaml").write_text(text)
    return [each.code for each in Catalogue(folder).check("one")[1]]


def codes_of(code: str, text: str, folder) -> list[str]:
    if PROBLEMS[code] in source_problems.PROBLEMS:
        return [each.code for each in read_located("example", text.encode())[1]]
    if PROBLEMS[code] in shape_problems.PROBLEMS or text.startswith("applies_to:"):
        return codes_of_framework_file(text, folder)
    if PROBLEMS[code] in manifest_problems.PROBLEMS:
        return codes_of_manifest(text, folder)
    if PROBLEMS[code] in calendar_problems.PROBLEMS:
        return codes_of_calendar(text, folder)
    if PROBLEMS[code] in content_problems.PROBLEMS:
        return codes_of_contents(text, folder)
    return codes_of_rule(text, folder)


def test_pages_with_examples_are_found():
    assert len(WITH_EXAMPLES) >= 13


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_page_says_in_a_sentence_what_it_is_and_why_it_matters(code):
    page = PAGE.fullmatch(getdoc(PROBLEMS[code]))
    assert page
    assert len(page["why"]) > 20


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_what_is_avoided_has_the_problem(code, tmp_path):
    assert code in codes_of(code, example(code, "avoid"), tmp_path)


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_what_is_preferred_has_none(code, tmp_path):
    assert codes_of(code, example(code, "prefer"), tmp_path) == []
