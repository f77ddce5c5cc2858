"""What is written is there whole or not at all, whatever happens while it is written."""

import errno
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from greenpaper.framework.catalogue import Catalogue
from greenpaper.source import writing
from greenpaper.source.writing import write_folder, write_whole

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OLD, NEW = f"old{4 * 10_000}", f"new{4 * 20_000}"
FOLDER = "decisions/one.yaml=new framework.yaml=new"
REMNANT = re.compile(r"\.place\.[0-9a-f]{8}\.tmp")


@pytest.mark.parametrize(
    "kind,before,after",
    [("over another", OLD, NEW), ("a file", "nothing", NEW), ("a folder", "nothing", FOLDER)],
)
def test_killed_at_any_line_it_leaves_what_was_there_or_all_that_is_to_be(tmp_path, kind, before, after):
    deaths = killed(kind, tmp_path)
    assert len(deaths) > 10
    assert [each["survived"] for each in deaths] == [False] * (len(deaths) - 1) + [True]
    found = [each["found"] for each in deaths]
    turned = found.index(after)
    assert found == [before] * turned + [after] * (len(found) - turned)
    assert 0 < turned < len(found) - 1
    assert all(REMNANT.fullmatch(name) for each in deaths for name in each["beside"])
    assert any(each["beside"] for each in deaths)
    assert deaths[-1]["beside"] == []


def killed(kind: str, home: Path) -> list[dict]:
    """What is there after each death of a process that writes."""
    path = os.pathsep.join([str(ROOT / "engine"), *filter(None, [os.environ.get("PYTHONPATH")])])
    run = subprocess.run(
        [sys.executable, str(HERE / "kill_writing.py"), kind, str(home)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("failing", ["fsync", "replace", "open"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch, failing):
    (tmp_path / "place").write_text("old")
    monkeypatch.setattr(writing.os, failing, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "place", "new")
    monkeypatch.undo()
    assert (tmp_path / "place").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.mark.parametrize("failing", ["fsync", "rename"])
def test_a_failure_leaves_no_folder(tmp_path, monkeypatch, failing):
    monkeypatch.setattr(writing.os, failing, full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "place", {"a": "1", "b/c": "2"})
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_permissions_of_a_file_stay(tmp_path):
    place = tmp_path / "place"
    place.write_text("old")
    place.chmod(0o640)
    write_whole(place, "new")
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    (tmp_path / "usual").write_text("")
    write_whole(tmp_path / "new", "new")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/place").write_text("old")
    (tmp_path / "link").symlink_to("elsewhere/place")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere/place").read_text() == "new"


def test_a_pipe_is_written_into(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE, text=True)
    write_whole(tmp_path / "pipe", "new")
    assert reader.communicate(timeout=20)[0] == "new"


def test_lines_and_letters_are_written_as_they_are(tmp_path):
    write_whole(tmp_path / "place", "één\nline\r\n")
    assert (tmp_path / "place").read_bytes() == "één\nline\r\n".encode()


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nowhere")])
def test_a_folder_takes_no_place_that_is_taken(tmp_path, make):
    make(tmp_path / "place")
    with pytest.raises(FileExistsError):
        write_folder(tmp_path / "place", {"a": "1"})
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_folder_is_no_file_and_is_not_written_over(tmp_path):
    (tmp_path / "place").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "place", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_no_remnant_is_read_as_policy(tmp_path, monkeypatch):
    write_folder(tmp_path / "2025", dict(policy_files()))
    monkeypatch.setattr(writing.os, "replace", lambda *_: (_ for _ in ()).throw(Killed))
    monkeypatch.setattr(writing.os, "rename", lambda *_: (_ for _ in ()).throw(Killed))
    monkeypatch.setattr(writing, "_remove", lambda _: None)
    with pytest.raises(Killed):
        write_whole(tmp_path / "2025/decisions/pathway.yaml", "")
    with pytest.raises(Killed):
        write_folder(tmp_path / "2026", {"framework.yaml": ""})
    monkeypatch.undo()
    assert len(list(tmp_path.rglob("*.tmp"))) == 2
    catalogue = Catalogue(tmp_path)
    assert catalogue.versions == ("2025",)
    assert catalogue.parts("2025", whole=True)[1] == ()


class Killed(BaseException):
    pass


def policy_files():
    home = ROOT / "policies/2025"
    return [(path.relative_to(home).as_posix(), path.read_text("utf-8")) for path in home.rglob("*.yaml")]
