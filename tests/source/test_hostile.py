"""Whatever stands in a policy file, loading it ends soon and in words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONGEST_LOAD = 20
LONGEST_RUN = 240


NAMED = {
    "100,000 opened lists": "nested-too-deep",
    "41 deep": "nested-too-deep",
    "more than 2 MiB": "file-too-large",
    "500,000 items": "too-many-entries",
    "an alias bomb": "alias",
    "a Python object": "tag",
    "a future version of YAML": "not-yaml",
    "a merge key": "alias",
    "a merge key written out": "unknown-key",
    "an open quote": "not-yaml",
    "two documents": "several-documents",
    "nothing": "empty-file",
    "only comments": "empty-file",
    "10,000 equal keys": "duplicate-key",
    "reading direction turned": "hidden-character",
    "white space of all kinds": "hidden-character",
    "a zero byte": "control-character",
    "utf-16": "not-utf-8",
    "latin-1": "not-utf-8",
    "a list as a key": "key-not-text",
    "a condition of a million brackets": "condition-too-long",
}


@pytest.mark.exhaustive
def test_hostile_files_are_refused_soon_and_in_words(subtests):
    loaded = load_all()
    refused = [each for each in loaded if each["kind"] == "refused"]
    parts = [each for each in loaded if each["kind"] == "part"]
    with subtests.test("all of them are loaded"):
        assert len(refused) >= 120
        assert len(parts) >= 100
    with subtests.test("none is accepted"):
        assert [each["name"] for each in refused if not each["refused"]] == []
    with subtests.test("a part of a file may be whole, but a control character is always seen"):
        assert all(each["refused"] for each in parts if each["name"].startswith("changed"))
        assert sum(each["refused"] for each in parts) > len(parts) / 2
    with subtests.test("no answer is longer than a hundred blocks and a count"):
        assert {each["name"]: each["blocks"] for each in loaded if each["blocks"] > 101} == {}
    with subtests.test("no line of an answer is very long"):
        assert {each["name"]: each["longest"] for each in loaded if each["longest"] > 500} == {}
    with subtests.test("nothing that a terminal would obey is shown"):
        assert {each["name"]: each["unprintable"] for each in loaded if each["unprintable"]} == {}
    with subtests.test("each is loaded soon"):
        assert {each["name"]: each["seconds"] for each in loaded if each["seconds"] > LONGEST_LOAD} == {}
    for name, code in NAMED.items():
        with subtests.test("the problem has the right name", file=name):
            (each,) = (each for each in refused if each["name"] == name)
            assert code in each["codes"]


def load_all() -> list[dict]:
    """What loading each hostile file came to, in a process of its own."""
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
    return [json.loads(line) for line in run.stdout.splitlines()]
