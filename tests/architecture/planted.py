"""Copies of the project to plant faults in, and the guards run on a copy."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_SOURCE = shutil.ignore_patterns("__pycache__", "_data", "*.pyc")


def copy_of(folder: Path, *parts: str) -> Path:
    """A folder with copies of these parts of the project."""
    for part in parts:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=NOT_SOURCE)
        else:
            shutil.copy(source, target)
    return folder


def plant(file: Path, text: str) -> None:
    """Add lines to the end of a file, which is made where it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    old = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{old}\n{text}\n", "utf-8")


def contracts_on(copy: Path) -> tuple[dict[str, str], str]:
    """What import-linter says of the copy: contract → KEPT or BROKEN, and all it prints."""
    command = [Path(sysconfig.get_path("scripts")) / "lint-imports", "--no-cache", "--config", "pyproject.toml"]
    environment = os.environ | {"PYTHONPATH": str(copy / "engine"), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    said = ran.stdout + ran.stderr
    lines = (tuple(line.rsplit(" ", 1)) for line in said.splitlines() if line.endswith((" KEPT", " BROKEN")))
    found = dict(lines)
    assert ran.returncode == int("BROKEN" in found.values()), said
    return found, said


def run_tool(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python file of the copy, run there; it imports the engine of the copy when there is one."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    if (copy / "engine").is_dir():
        environment["PYTHONPATH"] = str(copy / "engine")
    return subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
