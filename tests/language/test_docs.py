"""The pages of docs/language: every example runs, and the grammar page is the grammar.

A `record` block gives the facts for the `condition` blocks after it. The end of each line says what must come out.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from greenpaper.language.parser import grammar
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Authority, Record
from greenpaper.source.located import read_located
from greenpaper.source.nodes import instance_of
from language.policy import check, codes, possible, value, vocabulary

PAGES = Path(__file__).parents[2] / "docs" / "language"
NAMES = vocabulary(PAGES / "example")
BLOCK = re.compile(r"^```(record|condition)(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
LINE = re.compile(
    r"(?P<text>.+?)\s+# (?P<answer>true|false|unknown|error: \[(?P<codes>.*)\])(, in every case (?P<every>true|false))?"
)
ANSWERS = {"true": True, "false": False, "unknown": None}


@dataclass(frozen=True)
class Example:
    page: str
    text: str
    says: re.Match
    record: dict
    selecting: bool


def record_of(words: str, text: str):
    node, found = read_located("record", text.encode())
    assert not found
    as_of = date.fromisoformat(words.removeprefix(" as of ")) if words else None
    facts, wrong = facts_of(Record(Authority("", ""), instance_of(node)), NAMES, as_of=as_of)
    assert not wrong, wrong
    return facts.known


def examples(path: Path):
    record = None
    for kind, words, block in BLOCK.findall(path.read_text("utf-8")):
        if kind == "record":
            record = record_of(words, block)
            continue
        for line in block.splitlines():
            says = LINE.fullmatch(line)
            assert says, f"{path.name}: {line}"
            yield Example(path.name, says["text"], says, record, words == " selecting")


EXAMPLES = [example for path in sorted(PAGES.glob("*.md")) for example in examples(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.page}: {each.text}")
def test_the_example_comes_out_as_the_page_says(example):
    _, term, found = check(example.text, NAMES, selecting=example.selecting)
    assert ", ".join(codes(found)) == (example.says["codes"] or "")
    if term is not None:
        assert value(term, example.record) is ANSWERS[example.says["answer"]]
    if term is not None and not example.selecting:
        left = ANSWERS[example.says["every"] or example.says["answer"]]
        assert possible(term, example.record, NAMES) == ({True, False} if left is None else {left})


def test_all_pages_and_examples_were_found():
    assert len(list(PAGES.glob("*.md"))) == 7
    assert len(EXAMPLES) == 217


def test_the_grammar_page_holds_the_grammar():
    assert f"```lark\n{grammar()}```\n" in (PAGES / "grammar.md").read_text("utf-8")
