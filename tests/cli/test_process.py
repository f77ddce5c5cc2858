"""What only a process of its own can show: what is imported, pipes, encodings and terminals."""

import json
import os
import pty
import subprocess
import sys
from functools import cache

import pytest

from cli.running import ROOT, TRACEBACK, process, run

HEAVY = ("yaml", "lark", "pydantic", "jinja2", "rich", "jsonschema", "python_calamine")
FRAMES = ("numpy", "pandas", "polars", "pyarrow", "duckdb", "narwhals", "pyspark")


@cache
def plainly(*arguments):
    """The command run once with nothing special about it."""
    return run(*arguments)


def imported(code):
    """The names of all modules that a new Python has imported after this code."""
    text = f"import sys\n{code}\nprint(chr(10).join(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def imported_by(*arguments):
    """What a command imports."""
    return imported(
        f"sys.argv = ['greenpaper', *{arguments!r}]\nfrom greenpaper.__main__ import exit_code\nexit_code()"
    )


def test_importing_the_package_imports_none_of_its_parts():
    found = imported("import greenpaper")
    assert "greenpaper" in found
    assert not [each for each in found if each.startswith("greenpaper.")]
    assert not found & {*HEAVY, *FRAMES, "typer"}


def test_help_imports_no_library_but_typer():
    found = imported_by("--help")
    assert "typer" in found
    assert not found & {*HEAVY, *FRAMES}


@pytest.mark.parametrize("command", ["compare", "explain"])
def test_help_of_a_command_imports_no_library_but_typer_and_what_that_needs(command):
    """Typer itself reads the types of parameters with pydantic."""
    assert imported_by(command, "--help") & {*HEAVY, *FRAMES} <= {"pydantic"}


def test_compare_imports_only_what_it_needs():
    found = imported_by("compare", "2025", "2026")
    assert {"yaml", "lark", "rich"} <= found
    assert not found & {"jsonschema", "jinja2", "python_calamine", *FRAMES}


def test_explain_imports_what_a_contrast_needs_only_for_a_contrast():
    needed = {"greenpaper.comparison.behaviour", "greenpaper.report.contrast"}
    assert not imported_by("explain", "Somerset", "--version", "2026") & needed
    assert needed <= imported_by("explain", "Somerset", "--version", "2026", "--against", "2025")


def test_a_report_in_html_brings_its_library(tmp_path):
    assert "jinja2" in imported_by("compare", "2025", "2026", "--report", str(tmp_path / "x.html"))


def test_versions_and_problems_are_shown_without_jsonschema():
    assert not imported_by("versions") & {"jsonschema", "jinja2"}
    assert not imported_by("problem", "unknown-fact") & {"jsonschema", "jinja2"}


@pytest.mark.parametrize(
    "command",
    [
        "compare 2025 2026 2027-draft --format html",
        "versions",
        *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("compare 2025 2026", "schema", "problem")),
    ],
)
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_stops_early_is_no_fault(command, reader):
    text = f"{sys.executable} -m greenpaper {command} | {reader}"
    ran = subprocess.run(["sh", "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stderr == ""


def test_a_closed_output_is_no_fault():
    text = f"{sys.executable} -m greenpaper versions >&-"
    ran = subprocess.run(["sh", "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    assert TRACEBACK not in ran.stderr
    assert ran.returncode in (0, 2)


ENCODINGS = ({"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"})


@pytest.mark.parametrize(
    "environment",
    [ENCODINGS[0], *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ENCODINGS[1:])],
    ids=str,
)
@pytest.mark.parametrize(
    "arguments",
    [["compare", "2025", "2026"], ["explain", "Dudley"], ["versions"], ["evaluate", "--where", "leaders is güd"]],
    ids=" ".join,
)
def test_a_locale_without_the_characters_is_no_fault(environment, arguments):
    ran = process(*arguments, environment=environment)
    assert ran.returncode == (2 if "--where" in arguments else 0)
    assert TRACEBACK.encode() not in ran.stderr


def test_json_is_whole_in_a_locale_without_the_characters():
    arguments = ("compare", "2025", "2026", "--format", "json", "--region", "London")
    plain = process(*arguments, environment={"PYTHONIOENCODING": "ascii"}).stdout
    assert json.loads(plain) == json.loads(process(*arguments).stdout)
    explained = ("explain", "Dudley", "--version", "2025", "--format", "json")
    plain = process(*explained, environment={"PYTHONIOENCODING": "ascii"}).stdout
    assert json.loads(plain) == json.loads(process(*explained).stdout)


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}, {"COLUMNS": "20"}, {"TTY_COMPATIBLE": "1"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("arguments", [["versions"]], ids=" ".join)
def test_the_terminal_changes_nothing_in_the_text(environment, arguments):
    assert run(*arguments, environment=environment) == plainly(*arguments)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm-256color"}, {"NO_COLOR": "1"}], ids=str)
def test_on_a_terminal_the_text_is_the_same_without_colours(environment):
    end, other = pty.openpty()
    command = [sys.executable, "-m", "greenpaper", "versions"]
    ran = subprocess.Popen(command, cwd=ROOT, stdout=other, stderr=other, env=os.environ | environment)
    os.close(other)
    shown = b""
    try:
        while part := os.read(end, 65536):
            shown += part
    except OSError:
        pass
    os.close(end)
    assert ran.wait() == 0
    assert shown.decode().replace("\r\n", "\n") == plainly("versions").out


def test_the_command_that_is_installed_is_the_module():
    ran = subprocess.run(
        [sys.executable.rpartition("/")[0] + "/greenpaper", "versions"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, plainly("versions").out)
