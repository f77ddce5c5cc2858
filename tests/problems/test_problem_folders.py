"""Every problem that policy files can have: a folder with a small input, and all that is said of it.

A folder is named by its code. Its files are laid over `fixture/`, and the version to check is the last folder of
`one`, `two`, `three` that is there. GREENPAPER_ACCEPT=1 rewrites `expected.txt`; read what changes.
"""

import os
import shutil
from pathlib import Path

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
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.render import all_to_text
from problems.made import MADE

HERE = Path(__file__).parent
VERSIONS = ("one", "two", "three")
FOLDERS = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name not in ("fixture", "__pycache__"))
CODES = sorted(
    problem.__name__.replace("_", "-")
    for room in (
        source_problems,
        shape_problems,
        framework_problems,
        content_problems,
        consultation_problems,
        seal_problems,
        manifest_problems,
        calendar_problems,
    )
    for problem in room.PROBLEMS
)


def found_in(code: str, catalogue: Path) -> tuple[Diagnostic, ...]:
    """Everything wrong with the input of this code, laid out as a catalogue."""
    shutil.copytree(HERE / "fixture" / "one", catalogue / "one")
    shutil.copytree(HERE / code, catalogue, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.txt"))
    if code in MADE:
        MADE[code](catalogue / "one")
    version = [each for each in VERSIONS if (catalogue / each).is_dir()][-1]
    framework, found = Catalogue(catalogue).check(version)
    assert framework is None
    return found


@pytest.mark.parametrize("code", FOLDERS)
def test_what_is_said(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = found_in(code, Path("policies"))
    assert code in {each.code for each in found}
    said = all_to_text(found) + "\n"
    expected = HERE / code / "expected.txt"
    if os.environ.get("GREENPAPER_ACCEPT") == "1":
        expected.write_text(said, "utf-8")
    assert expected.read_text("utf-8") == said
    for problem in found:
        every_place_lies_inside_its_file(problem)
        the_first_line_stands_alone(problem)


def test_every_problem_has_a_folder_and_every_folder_a_problem():
    assert FOLDERS == CODES
    assert len(CODES) == len(set(CODES)) >= 50


def test_what_is_made_is_named_by_a_code():
    assert set(MADE) <= set(CODES)


def every_place_lies_inside_its_file(problem: Diagnostic) -> None:
    for label in problem.labels:
        assert 0 <= label.span.start <= label.span.end <= len(label.span.source.text)


def the_first_line_stands_alone(problem: Diagnostic) -> None:
    """Lower case, no full stop, nothing of Python."""
    assert problem.message
    assert not problem.message.endswith(".")
    assert not problem.message[0].isupper()
    assert "\n" not in problem.message
    for word in ("None", "dict", "NoneType", "str", "invalid", "True", "False"):
        assert word not in problem.message.replace("`", " ").split()
