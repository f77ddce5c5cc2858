"""The shape of the code: short files and functions, and names that say what a thing is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.planted import ROOT

ENGINE = ROOT / "engine/greenpaper"
FILES = sorted(ENGINE.rglob("*.py"))
MOST_LINES, MOST_STATEMENTS, SPEAKS_FOR_ITSELF = 400, 60, 7
SAYS_NOTHING = re.compile(r"(?<!^context)manager|helper|util", re.IGNORECASE)  # contextlib has a name of its own


def shown(file: Path) -> str:
    return str(file.relative_to(ENGINE))


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef))


def lines_of(function: ast.FunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_there_is_an_engine_to_look_at():
    assert len(FILES) >= 70
    assert sum(1 for file in FILES for _ in functions(file)) >= 500


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_file_is_short_or_says_why_it_is_long(file):
    if len(file.read_text("utf-8").splitlines()) > MOST_LINES:
        assert re.search(r"\blong(er)?\b", ast.get_docstring(tree_of(file)) or "", re.IGNORECASE)


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_no_function_is_longer_than_a_screen(file):
    assert [each.name for each in functions(file) if lines_of(each) > MOST_STATEMENTS] == []


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_name_says_what_a_thing_is(file):
    names = [node.name for node in ast.walk(tree_of(file)) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    names += [node.id for node in ast.walk(tree_of(file)) if isinstance(node, ast.Name)]
    assert [name for name in [shown(file), *names] if SAYS_NOTHING.search(name)] == []


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_module_and_its_public_functions_say_what_they_are_for(file):
    """A function of a few lines may speak for itself."""
    tree = tree_of(file)
    public = [each for each in tree.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
    silent = [each.name for each in public if lines_of(each) > SPEAKS_FOR_ITSELF and not ast.get_docstring(each)]
    assert silent == []
    assert ast.get_docstring(tree) or not tree.body
