"""The page on architecture names what is there: rooms, doors of libraries, files, functions, and the walked change."""

import ast
import re
import tomllib

import pytest

from docs.pages import DOCS, first_cells, sections
from transcripts import ROOT

PAGE = (DOCS / "architecture.md").read_text("utf-8")
ENGINE = ROOT / "engine" / "greenpaper"
WALK = "A walked change: adding a verb to the language"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
NAMES_A_VERB = re.compile(r"\b(Verb|Op)\.[A-Z]")


def names_in(file):
    """What a Python file defines on its outermost level and in its classes; for a grammar, its rules and terminals."""
    text = file.read_text("utf-8")
    if file.suffix == ".lark":
        return set(re.findall(r"^[?_]?([A-Za-z_]+)", text, re.MULTILINE))
    found = set()
    for node in ast.parse(text).body:
        inside = [node, *node.body] if isinstance(node, ast.ClassDef) else [node]
        for each in inside:
            if isinstance(each, ast.FunctionDef | ast.ClassDef):
                found.add(each.name)
            targets = each.targets if isinstance(each, ast.Assign) else [getattr(each, "target", None)]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def not_there(page):
    """Every file that the page names and that is not there, and every name that its file does not define."""
    found = []
    for sentence in re.findall(r"`((?:engine|tests|docs|policies|tools)/[^`]+)`", page):
        found += [] if (ROOT / sentence).exists() else [sentence]
    for name, file in re.findall(r"`(\w+)`\s+in\s+`([\w/]+\.py)`", page):
        path = ENGINE / file
        found += [f"{name} in {file}"] if not path.is_file() or name not in names_in(path) else []
    return found + [f"{name} in {file}" for file, names in walk(page).items() for name in names - _defined(file)]


def _defined(file):
    path = ROOT / file
    return names_in(path) if path.is_file() else set()


def walk(page):
    """File → the names in it that the walked change says are to be touched."""
    steps = {}
    for step in re.findall(r"^- (.*?)(?=^- |^$)", sections(page)[WALK] + "\n\n", re.MULTILINE | re.DOTALL):
        file = None
        for word in re.findall(r"`([^`]+)`", step):
            if "/" in word:
                file = word
                steps[file] = set()
            elif file and re.fullmatch(r"_?[A-Za-z_]+", word):
                steps[file].add(word)
    return steps


def test_what_the_page_names_is_there():
    assert len(re.findall(r"`(\w+)`\s+in\s+`([\w/]+\.py)`", PAGE)) >= 14
    assert len(walk(PAGE)) >= 14
    assert sum(map(len, walk(PAGE).values())) >= 14
    assert not_there(PAGE) == []


@pytest.mark.parametrize(
    "old, new, missing",
    [
        ("`cover` in", "`covers` in", "covers in analysis/coverage.py"),
        ("`analysis/coverage.py`", "`analysis/cover.py`", "cover in analysis/cover.py"),
        (
            "language/sizes.py`: `settled`",
            "language/sizes.py`: `settles`",
            "settles in engine/greenpaper/language/sizes.py",
        ),
        (
            "engine/greenpaper/language/syntax.py",
            "engine/greenpaper/language/tree.py",
            "engine/greenpaper/language/tree.py",
        ),
    ],
)
def test_a_name_that_is_not_there_is_seen(old, new, missing):
    assert old in PAGE
    assert missing in not_there(PAGE.replace(old, new))


def forgotten(page, files):
    """Files that name a verb and that the walked change does not."""
    shown = {str(file.relative_to(ROOT)) for file in files if NAMES_A_VERB.search(file.read_text("utf-8"))}
    return sorted(shown - walk(page).keys())


def test_the_walked_change_names_every_module_that_names_a_verb():
    assert forgotten(PAGE, ENGINE.rglob("*.py")) == []
    without = re.sub(r"^- `engine/greenpaper/language/sizes.py`.*\n", "", PAGE, flags=re.MULTILINE)
    assert forgotten(without, ENGINE.rglob("*.py")) == ["engine/greenpaper/language/sizes.py"]


def test_the_rooms_are_those_of_the_import_contract():
    table = re.findall(r"^\| (\d) \| `(\w+)` \|", sections(PAGE)["The floors"], re.MULTILINE)
    layers = next(each["layers"] for each in CONTRACTS if each["type"] == "layers")
    floors = [{room.strip("() ") for room in layer.split("|")} for layer in reversed(layers)]
    assert [{room for floor, room in table if int(floor) == number + 1} for number in range(len(floors))] == floors
    built = {path.name for path in ENGINE.iterdir() if (path / "__init__.py").is_file()} | {"front"}
    assert {room for _, room in table} == built


def test_the_doors_are_those_of_the_import_contracts():
    rows = re.findall(r"^\| (`[^|]+`) \| (`[^|]+`) \|", sections(PAGE)["Where each library enters"], re.MULTILINE)
    said = {
        library: set(re.findall(r"`([\w.]+)`", modules))
        for libraries, modules in rows
        for library in re.findall(r"`(\w+)`", libraries)
    }
    contracts = {
        library: {module.removeprefix("greenpaper.") for module in each["allowed_importers"]}
        for each in CONTRACTS
        if each["type"] == "protected"
        for library in each["protected_modules"]
    }
    assert len(contracts) >= 8
    assert said == contracts


def test_the_decisions_that_the_engine_refers_to_are_there():
    named = {
        name for file in ENGINE.rglob("*.py") for name in re.findall(r"docs/[\w./-]+\.md", file.read_text("utf-8"))
    }
    assert "docs/decisions/0003-nodes-from-events.md" in named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_first_cells_reads_rows_only():
    assert first_cells("| `a` | `b` |\n|---|---|\n| `c`, `d` | no |\n") == ["a", "c", "d"]
