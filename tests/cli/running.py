"""Commands run as people run them: in a process of their own, or in this one where that is enough."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACEBACK = "Traceback (most recent call last)"
OUR_FAULT = "greenpaper: this is a fault of the program, not of your files"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def process(
    *arguments: str | bytes | Path, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command in a new process; what it prints is left as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "greenpaper", *arguments],
        cwd=cwd,
        env=os.environ | (environment or {}),
        capture_output=True,
        check=False,
    )


def run(*arguments: str | bytes | Path, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Ran:
    """The command in a new process, printing UTF-8."""
    ran = process(*arguments, cwd=cwd, environment=environment)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def everything(folder: Path) -> dict[Path, bytes | None]:
    """What lies below a folder: each file with its content, folders with None."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


class Here:
    """Commands run in this process; a command that prints a stack trace fails the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        from greenpaper.__main__ import exit_code

        self.monkeypatch.setattr(sys, "argv", ["greenpaper", *map(str, arguments)])
        code = exit_code()
        printed = self.capsys.readouterr()
        assert TRACEBACK not in printed.err
        return Ran(code, printed.out, printed.err)

    def refused(self, *arguments: str | Path) -> str:
        """What is said of a command that cannot be done: on the error stream alone, within a screen."""
        ran = self(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert 0 < len(ran.err.splitlines()) <= 40
        assert max(map(len, ran.err.splitlines())) <= 600
        return ran.err
