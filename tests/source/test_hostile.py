"""Whatever stands in a policy file, loading it ends soon and in words."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONGEST_LOAD = 20
LONGEST_RUN = 240


@cache
def loaded() -> tuple[dict, ...]:
    """What loading each hostile file came to; the one test of time is here, and generous."""
    path = os.pathsep.join([str(ROOT / "engine"), str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(
        [sys.executable, "-W", "error", str(HERE / "load_hostile.py"), str(ROOT / "policies")],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return tuple(json.loads(line) for line in run.stdout.splitlines())


@pytest.mark.xdist_group("hostile")
class TestHostileFiles:
    def test_all_of_them_are_loaded(self):
        assert sum(each["kind"] == "refused" for each in loaded()) >= 120
        assert sum(each["kind"] == "part" for each in loaded()) >= 100

    def test_none_is_accepted(self):
        accepted = [each["name"] for each in loaded() if each["kind"] == "refused" and not each["refused"]]
        assert accepted == []

    def test_most_parts_of_real_files_are_refused(self):
        """A file may be cut where what is left is whole; a changed one has a control character."""
        parts = [each for each in loaded() if each["kind"] == "part"]
        assert all(each["refused"] for each in parts if each["name"].startswith("changed"))
        assert sum(each["refused"] for each in parts) > len(parts) / 2

    def test_no_answer_is_longer_than_a_hundred_blocks_and_a_count(self):
        assert {each["name"]: each["blocks"] for each in loaded() if each["blocks"] > 101} == {}

    def test_no_line_of_an_answer_is_very_long(self):
        assert {each["name"]: each["longest"] for each in loaded() if each["longest"] > 500} == {}

    def test_nothing_that_a_terminal_would_obey_is_shown(self):
        assert {each["name"]: each["unprintable"] for each in loaded() if each["unprintable"]} == {}

    def test_each_is_loaded_soon(self):
        assert {each["name"]: each["seconds"] for each in loaded() if each["seconds"] > LONGEST_LOAD} == {}

    @pytest.mark.parametrize(
        "name, code",
        [
            ("100,000 opened lists", "nested-too-deep"),
            ("41 deep", "nested-too-deep"),
            ("more than 2 MiB", "file-too-large"),
            ("500,000 items", "too-many-entries"),
            ("an alias bomb", "alias"),
            ("a Python object", "tag"),
            ("a future version of YAML", "not-yaml"),
            ("a merge key", "alias"),
            ("a merge key written out", "unknown-key"),
            ("an open quote", "not-yaml"),
            ("two documents", "several-documents"),
            ("nothing", "empty-file"),
            ("only comments", "empty-file"),
            ("10,000 equal keys", "duplicate-key"),
            ("reading direction turned", "hidden-character"),
            ("a zero byte", "control-character"),
            ("utf-16", "not-utf-8"),
            ("latin-1", "not-utf-8"),
            ("a list as a key", "key-not-text"),
            ("a condition of a million brackets", "condition-too-long"),
        ],
    )
    def test_the_problem_has_the_right_name(self, name, code):
        (each,) = (each for each in loaded() if each["name"] == name)
        assert code in each["codes"]
