"""The guards of the project are themselves guarded: each is shown to find the fault that it is there for."""

import tomllib
from dataclasses import dataclass

import pytest

from architecture.planted import ROOT, contracts_on, copy_of, plant, run_tool

CONTRACTS = {
    each["id"]: each["name"]
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}
DOORS = {
    "yaml": "evaluation/truth.py",
    "lark": "framework/names.py",
    "pydantic": "framework/checker.py",
    "pydantic_core": "framework/checker.py",
    "jsonschema": "framework/checked.py",
    "jinja2": "report/to_text.py",
    "rich": "cli/printing.py",
    "typer": "front.py",
    "python_calamine": "records/tables.py",
    "narwhals": "population/many.py",
    "numpy": "evaluation/conclusion.py",
    "pyarrow": "comparison/coming_years.py",
}


@dataclass(frozen=True)
class Breach:
    """Lines planted in files of the engine, and the contract that they break."""

    name: str
    contract: str
    planted: dict[str, str]

    @property
    def shown(self) -> str:
        """What import-linter must name: the room or file at fault."""
        first = next(iter(self.planted))
        return first.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]


BREACHES = (
    Breach(
        "a lower floor imports a higher one",
        "floors",
        {"language/types.py": "from greenpaper.framework import checked"},
    ),
    Breach(
        "one room imports another on its floor",
        "floors",
        {"framework/names.py": "from greenpaper.records import directory"},
    ),
    Breach(
        "the analysis imports the comparison above it",
        "floors",
        {"analysis/findings.py": "from greenpaper.comparison import pairs"},
    ),
    Breach(
        "the evaluation imports the analysis above it",
        "floors",
        {"evaluation/truth.py": "from greenpaper.analysis import findings"},
    ),
    Breach(
        "the population imports the analysis beside it",
        "floors",
        {"population/tables.py": "from greenpaper.analysis import findings"},
    ),
    Breach("a room has no floor", "floors", {"utils/__init__.py": "", "utils/dates.py": "TODAY = None"}),
    Breach(
        "two files import each other in a circle",
        "no-circles",
        {"language/syntax.py": "from greenpaper.language import parser"},
    ),
    Breach("a room below imports the front of the package", "floors", {"evaluation/truth.py": "import greenpaper"}),
    Breach(
        "an import upwards is hidden in a function",
        "floors",
        {"source/text.py": "def hidden():\n    from greenpaper.language import types\n    return types"},
    ),
    Breach(
        "an import upwards is under TYPE_CHECKING",
        "floors",
        {
            "source/text.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from greenpaper.language.types import Type"
        },
    ),
    *(Breach(f"{library} comes in by another door", library, {file: f"import {library}"}) for library, file in DOORS.items()),
)  # fmt: skip


@pytest.fixture
def project(tmp_path):
    return copy_of(tmp_path, "engine", "pyproject.toml")


def test_every_contract_has_a_breach_that_breaks_it():
    assert {each.contract for each in BREACHES} == set(CONTRACTS)
    assert len(BREACHES) >= 18


@pytest.mark.slow
def test_the_engine_as_it_is_keeps_every_contract(project):
    found, said = contracts_on(project)
    assert found == dict.fromkeys(CONTRACTS.values(), "KEPT"), said


@pytest.mark.slow
@pytest.mark.parametrize("breach", BREACHES, ids=lambda each: each.name)
def test_a_breach_breaks_its_contract(breach, project):
    for file, text in breach.planted.items():
        plant(project / "engine/greenpaper" / file, text)
    found, said = contracts_on(project)
    assert found[CONTRACTS[breach.contract]] == "BROKEN", said
    assert f".{breach.shown}" in said or f"* {breach.shown}" in said, said


def test_print_is_refused_in_the_engine(project):
    plant(project / "engine/greenpaper/comparison/compare.py", 'print("a result")')
    ran = run_tool(project, "-m", "ruff", "check", "--no-cache", "--select", "T20", "engine")
    assert ran.returncode == 1
    assert "compare.py" in ran.stdout
    assert ran.stdout.count("T201 ") == 1


def test_the_ban_of_print_is_one_of_the_rules_that_the_project_selects():
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "T20" in configured["select"]
    assert not [path for path, rules in configured["per-file-ignores"].items() if "T20" in rules and "engine" in path]


def test_every_word_of_the_policies_is_found_in_the_engine(tmp_path):
    words = (
        "leaders", "practice", "requires_improvement", "light", "pathway", "OE-1", "leaders_alone", "good-or-outstanding",
        "focused_visit",
    )  # fmt: skip
    copy = copy_of(tmp_path, "engine", "policies", "tools")
    assert run_tool(copy, "tools/policy_words.py").returncode == 0
    file = copy / "engine/greenpaper/report/words.py"
    plant(file, f"SPECIAL = {words}")
    ran = run_tool(copy, "tools/policy_words.py")
    assert ran.returncode == 1
    for word in words:
        assert f"`{word}` is a word of the policies" in ran.stdout
    assert ran.stdout.count(str(file)) == len(words)


def test_a_folder_without_policies_is_no_proof_that_no_policy_word_is_used(tmp_path):
    copy = copy_of(tmp_path, "engine", "tools")
    (copy / "policies").mkdir()
    ran = run_tool(copy, "tools/policy_words.py")
    assert ran.returncode == 1
    assert "no ids found" in ran.stdout


@pytest.fixture
def generated(tmp_path):
    """A copy whose generated files are fresh."""
    copy = copy_of(tmp_path, "engine", "tools", "schemas", "docs/problems", "docs/frameworks", "policies")
    assert run_tool(copy, "tools/generate.py").returncode == 0
    assert run_tool(copy, "tools/generate.py", "--check").returncode == 0
    return copy


@pytest.mark.exhaustive
def test_a_stale_schema_is_found(generated):
    plant(generated / "schemas/decision.schema.json", " ")
    ran = run_tool(generated, "tools/generate.py", "--check")
    assert ran.returncode == 1
    assert ran.stdout == "schemas/decision.schema.json is stale: run `make generate`\n"


@pytest.mark.exhaustive
def test_a_missing_page_of_a_problem_is_found(generated):
    (generated / "docs/problems/unknown-fact.md").unlink()
    ran = run_tool(generated, "tools/generate.py", "--check")
    assert ran.returncode == 1
    assert ran.stdout == "docs/problems/unknown-fact.md is stale: run `make generate`\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "orphan",
    ["docs/problems/no-such-problem.md", "docs/frameworks/no-such-version.md", "schemas/no-such-kind.schema.json"],
)
def test_a_generated_file_of_something_that_is_no_more_is_found(generated, orphan):
    plant(generated / orphan, "left over")
    ran = run_tool(generated, "tools/generate.py", "--check")
    assert ran.returncode == 1
    assert ran.stdout == f"{orphan} is stale: run `make generate`\n"


@pytest.mark.exhaustive
def test_a_changed_manual_page_in_the_code_makes_the_generated_page_stale(generated):
    file = generated / "engine/greenpaper/analysis/problems.py"
    text = file.read_text("utf-8")
    assert "can never be met" in text
    file.write_text(text.replace("It reads like a rule, but it decides nothing.", "It decides nothing."), "utf-8")
    ran = run_tool(generated, "tools/generate.py", "--check")
    assert ran.returncode == 1
    assert ran.stdout == "docs/problems/never-applies.md is stale: run `make generate`\n"


@pytest.mark.exhaustive
def test_a_changed_version_makes_its_page_stale(generated):
    file = generated / "policies/2026/vocabulary.yaml"
    text = file.read_text("utf-8")
    assert "title: the practice judgements" in text
    file.write_text(text.replace("title: the practice judgements", "title: the judgements on practice"), "utf-8")
    ran = run_tool(generated, "tools/generate.py", "--check")
    assert ran.returncode == 1
    assert [line.partition(" ")[0] for line in ran.stdout.splitlines()] == [
        "docs/frameworks/2026.md",
        "docs/frameworks/2027-draft.md",
    ]


@pytest.mark.exhaustive
def test_pages_of_versions_that_cannot_be_read_are_left_as_they_are(generated):
    pages = {page: page.read_bytes() for page in (generated / "docs/frameworks").iterdir()}
    plant(generated / "policies/2026/vocabulary.yaml", "wrong: key")
    (generated / "docs/problems/unknown-fact.md").unlink()
    ran = run_tool(generated, "tools/generate.py")
    assert ran.returncode == 1
    assert "the pages of versions are left as they are" in ran.stdout
    assert (generated / "docs/problems/unknown-fact.md").is_file()
    assert {page: page.read_bytes() for page in (generated / "docs/frameworks").iterdir()} == pages
