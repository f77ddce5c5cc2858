"""The README's commands are run, and what they print is compared with what the README shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md",)
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def transcripts(page: Path) -> list[tuple[str, str]]:
    """Every `$ greenpaper …` of a page with the output shown below it."""
    found = []
    for block in BLOCK.findall(page.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.rstrip("\n")))
    return [(command, output) for command, output in found if command.startswith("greenpaper ")]


CASES = [pytest.param(command, output, id=command) for page in PAGES for command, output in transcripts(page)]


def test_the_readme_shows_commands():
    assert len(CASES) >= 3


@pytest.mark.parametrize("command, output", CASES)
def test_a_command_prints_what_the_readme_shows(command, output, tmp_path):
    arguments = shlex.split(command)[1:]
    report = arguments.index("--report") + 1 if "--report" in arguments else None
    if report:
        arguments[report] = str(tmp_path / arguments[report])
    ran = subprocess.run(
        [sys.executable, "-m", "greenpaper", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    shown = (ran.stdout + ran.stderr).replace(str(tmp_path) + "/", "").rstrip("\n")
    assert shown == output


def test_the_readme_shows_the_tasks_of_the_makefile():
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for task in ("demo", "test"):
        assert f"make {task}" in readme
        assert re.search(rf"^{task}:.*##", makefile, re.MULTILINE)


def test_the_demo_is_the_command_that_the_readme_shows():
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(VERSIONS)", "2025 2026 2027-draft")
    readme = (ROOT / "README.md").read_text("utf-8")
    command = "greenpaper compare 2025 2026 2027-draft --report comparison.html"
    assert command in makefile
    assert command in readme
