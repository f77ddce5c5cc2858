"""The README's commands are run, and what they print is compared with what the README shows."""

import re

from transcripts import ROOT, check_page, commands

README = ROOT / "README.md"


def test_the_readme_shows_commands():
    assert len(commands(README.read_text("utf-8"))) >= 3


def test_what_the_readme_shows_is_what_happens(tmp_path):
    check_page(README, tmp_path)


def test_the_readme_shows_the_tasks_of_the_makefile():
    readme = README.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for task in ("demo", "test"):
        assert f"make {task}" in readme
        assert re.search(rf"^{task}:.*##", makefile, re.MULTILINE)


def test_the_demo_is_the_command_that_the_readme_shows():
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(VERSIONS)", "2025 2026 2027-draft")
    readme = README.read_text("utf-8")
    command = "greenpaper compare 2025 2026 2027-draft --report comparison.html"
    assert command in makefile
    assert command in readme
