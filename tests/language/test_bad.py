"""Malformed conditions and the whole of what is said about them. One file for each problem, named by its code.

Each condition stands after `###`, its messages below. Write the condition, run with GREENPAPER_ACCEPT=1, and read the message.
"""

import os
import re
from pathlib import Path

import pytest

from greenpaper.language import problems, syntax_problems
from greenpaper.source.render import to_text
from language.policy import HERE, check, codes

FOLDER = HERE / "bad"
FILES = sorted(FOLDER.glob("*.txt"))
SEVERAL = "several-problems"
SELECTING = ("known-asks-facts",)
CASE = re.compile(r"^### (.*)\n", re.MULTILINE)
OF_CODE = {each.__name__.replace("_", "-"): each for each in (*problems.PROBLEMS, *syntax_problems.PROBLEMS)}
TOO_LONG = {"<2,001 characters>": "flag or " * 250 + "f"}


def conditions(path: Path) -> list[str]:
    return CASE.findall(path.read_text("utf-8"))


def found_in(condition: str, path: Path):
    text = TOO_LONG.get(condition, condition).replace("<newline>", "\n").replace("<nbsp>", "\u00a0")
    return check(text, selecting=path.stem in SELECTING)[2]


def told(path: Path) -> str:
    """The file as it should be."""
    blocks = ((each, "\n\n".join(map(to_text, found_in(each, path)))) for each in conditions(path))
    return "\n\n".join(f"### {condition}\n{messages}" for condition, messages in blocks) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_malformed_condition_gets_exactly_its_messages(path):
    if os.environ.get("GREENPAPER_ACCEPT") == "1":
        path.write_text(told(path), "utf-8")
    assert path.read_text("utf-8") == told(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_malformed_condition_has_the_problem_its_file_is_named_after(path):
    for condition in conditions(path):
        found = codes(found_in(condition, path))
        assert len(found) > 1 if path.stem == SEVERAL else set(found) == {path.stem}, condition


def test_every_problem_of_the_language_has_a_file_and_every_file_a_problem():
    assert {path.stem for path in FILES} == {*OF_CODE, SEVERAL}


def test_there_are_many_malformed_conditions():
    every = [(path.stem in SELECTING, condition) for path in FILES for condition in conditions(path)]
    assert len(every) >= 300
    assert len(set(every)) == len(every)


def test_no_message_is_the_same_for_two_problems():
    seen = {}
    for path in FILES:
        for condition in conditions(path):
            for each in found_in(condition, path):
                assert seen.setdefault(each.message, each.code) == each.code, each.message


def test_every_message_keeps_to_the_form():
    for path in FILES:
        for each in (each for condition in conditions(path) for each in found_in(condition, path)):
            assert each.help
            assert each.message[0].islower() or each.message[0] in "`0123456789"
            assert not each.message.endswith(".")
            assert not each.help.endswith(".") or each.help.endswith("...")
            assert "\n" not in each.message + each.help
            assert each.message.count("`") % 2 == 0


PAGES = {code: problem.__doc__ for code, problem in OF_CODE.items() if "Avoid\n" in problem.__doc__}


def example(page: str, heading: str) -> str:
    found = re.search(rf"{heading}\n\s+when: (.*)\n", page)
    assert found, page
    return found.group(1)


@pytest.mark.parametrize("code", PAGES)
def test_what_a_manual_page_avoids_has_the_problem_and_what_it_prefers_has_none(code):
    avoided, preferred = example(PAGES[code], "Avoid"), example(PAGES[code], "Prefer")
    assert codes(check(avoided)[2])[:1] == [code]
    assert set(codes(check(avoided)[2])) == {code}
    assert codes(check(preferred)[2]) == []


def test_every_manual_page_says_what_it_is_about_and_why_it_matters():
    for code, problem in OF_CODE.items():
        assert problem.__doc__.splitlines()[0].endswith("."), code
        assert "Why it matters\n" in problem.__doc__, code
    assert set(OF_CODE) - set(PAGES) == {"condition-too-long", "condition-too-deep", "known-asks-facts"}
