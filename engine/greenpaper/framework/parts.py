"""A version's files as nodes, before anything is looked up: the only place where policy files are opened."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenpaper.framework import problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.located import MOST_BYTES, read_located
from greenpaper.source.nodes import Node
from greenpaper.source.problems import file_too_large, unreadable_file
from greenpaper.source.text import Source, Span

LAYOUT = (
    ("framework", "framework.yaml"),
    ("vocabulary", "vocabulary.yaml"),
    ("constraints", "constraints.yaml"),
    ("decision", "decisions/*.yaml"),
    ("explained", "explained.yaml"),
    ("invariants", "invariants.yaml"),
    ("proposal", "proposals/*.yaml"),
    ("cases", "cases/*.yaml"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One policy file: which kind it is, and its nodes."""

    kind: str
    name: str
    node: Node


Parts = tuple[Part, ...]


def read_parts(folder: Path, *, cases: bool = True) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """Every policy file of a version folder. `cases=False` leaves the worked cases unread.

    Problems: files that cannot be read, files that no kind claims, a version without `framework.yaml`.
    """
    found: list[Diagnostic] = []
    parts: list[Part] = []
    claimed: set[Path] = set()
    for kind, pattern in LAYOUT:
        for path in sorted(folder.glob(pattern)):
            claimed.add(path)
            if kind != "cases" or cases:
                node, problems_there = _read(path, folder)
                found += problems_there
                parts += [Part(kind, shown(path), node)] if node is not None else []
    if not (folder / "framework.yaml").is_file():
        found.append(problems.missing_file("framework.yaml", _nowhere(folder)))
    found += [problems.unknown_file(_nowhere(path), _allowed()) for path in _yaml_files(folder) if path not in claimed]
    return tuple(parts), tuple(found)


def read_beside(folder: Path) -> tuple[Part | None, tuple[Diagnostic, ...]]:
    """`invariants.yaml` beside the version folders, which is about several versions; None where there is none."""
    path = folder / "invariants.yaml"
    if not (path.exists() or path.is_symlink()):
        return None, ()
    node, found = _read(path, folder)
    return (Part("relations", shown(path), node) if node is not None else None), found


def shown(path: Path) -> str:
    """The path as it is shown: relative where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _read(path: Path, folder: Path) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    try:
        if folder.resolve() not in path.resolve().parents:
            return None, (problems.outside_its_folder(_nowhere(path)),)
        if path.exists() and not path.is_file():
            return None, (unreadable_file(_nowhere(path), "it is not a file"),)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return None, (file_too_large(_nowhere(path), path.stat().st_size, MOST_BYTES),)
    except RuntimeError:
        return None, (unreadable_file(_nowhere(path), "its links lead in a circle"),)
    except OSError as fault:
        return None, (unreadable_file(_nowhere(path), fault.strerror or "it cannot be opened"),)
    return read_located(shown(path), content)


def _nowhere(path: Path) -> Span:
    return Span(Source(shown(path), ""), 0, 0)


def _yaml_files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))


def _allowed() -> tuple[str, ...]:
    return tuple(pattern for _, pattern in LAYOUT)
