"""A version's files as nodes, before anything is looked up: the only place where policy files are opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from os.path import lexists
from pathlib import Path
from typing import assert_never

from greenpaper.framework import problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.located import MOST_BYTES, Located, read_located
from greenpaper.source.nodes import Node
from greenpaper.source.problems import file_too_large, unreadable_file
from greenpaper.source.revisions import Large, Link, Snapshot
from greenpaper.source.text import Source, Span, shown

HEAD, BESIDE, SEAL, TRACED = "framework.yaml", "invariants.yaml", "seal.yaml", "traced.yaml"
MANIFESTS = "sources"
"""The folder beside the versions that holds a manifest of each source document."""
CALENDARS = "calendars"
"""The folder beside the versions that says on which days work is done."""
LAYOUT = (
    ("framework", HEAD),
    ("vocabulary", "vocabulary.yaml"),
    ("constraints", "constraints.yaml"),
    ("activities", "activities.yaml"),
    ("criteria", "criteria.yaml"),
    ("themes", "themes.yaml"),
    ("references", "references.yaml"),
    ("events", "events.yaml"),
    ("deadlines", "deadlines.yaml"),
    ("decision", "decisions/*.yaml"),
    ("open_questions", "open_questions.yaml"),
    ("explained", "explained.yaml"),
    ("invariants", "invariants.yaml"),
    ("proposal", "proposals/*.yaml"),
    ("reading", "readings/*.yaml"),
    ("cases", "cases/*.yaml"),
    ("consultation", "consultation.yaml"),
    ("responses", "responses.yaml"),
    ("seal", SEAL),
    ("traced", TRACED),
)
CONTENTS = ("criteria", "themes", "references", "events", "deadlines", "open_questions")
"""Kinds that say what a version holds, and nothing of what it answers."""

ASIDE = (*CONTENTS, "cases", "consultation", "responses", "traced")
"""Kinds on which no answer depends: they are read only where the whole of a version is asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One policy file: which kind it is, its name in the folder, and its nodes."""

    kind: str
    name: str
    node: Node


Parts = tuple[Part, ...]
Folder = Path | Snapshot
"""Where policy files lie: on the disk, or in a revision."""


def read_parts(folder: Folder, *, whole: bool = True) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """Every policy file of a version folder. `whole=False` leaves unread what no answer depends on.

    Problems: files that cannot be read, files that no kind claims, a version without `framework.yaml`.
    """
    found: list[Diagnostic] = []
    parts: list[Part] = []
    claimed: set[str] = set()
    for kind, pattern in LAYOUT:
        for name in _matching(folder, pattern):
            claimed.add(name)
            if whole or kind not in ASIDE:
                node, problems_there = _read(folder, name)
                found += problems_there
                parts += [Part(kind, name, node)] if node is not None else []
    if not _is_file(folder, HEAD):
        found.append(problems.missing_file(HEAD, _nowhere(folder)))
    for name in _yaml_files(folder):
        if name not in claimed:
            found.append(problems.unknown_file(_nowhere(folder, name), _allowed()))
    return tuple(parts), tuple(found)


def read_kind(folder: Folder, kind: str) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """The files of one kind in a version folder, without a look at any other."""
    read = [(name, _read(folder, name)) for name in _matching(folder, dict(LAYOUT)[kind])]
    parts = tuple(Part(kind, name, node) for name, (node, _) in read if node is not None)
    return parts, tuple(problem for _, (_, found) in read for problem in found)


def read_beside(folder: Folder) -> tuple[Part | None, tuple[Diagnostic, ...]]:
    """`invariants.yaml` beside the version folders, which is about several versions; None where there is none."""
    if not _matching(folder, BESIDE):
        return None, ()
    node, found = _read(folder, BESIDE)
    return (Part("relations", BESIDE, node) if node is not None else None), found


def read_manifests(folder: Folder) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """`sources/*.yaml` beside the version folders: what is kept of each source document.

    Problems: files that cannot be read, YAML files below `sources` that are not read.
    """
    return _read_below(folder, MANIFESTS, "manifest")


def read_calendars(folder: Folder) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """`calendars/*.yaml` beside the version folders: on which days work is done. Problems: as of manifests."""
    return _read_below(folder, CALENDARS, "calendar")


def _read_below(folder: Folder, below: str, kind: str) -> tuple[Parts, tuple[Diagnostic, ...]]:
    parts: list[Part] = []
    found: list[Diagnostic] = []
    names = _matching(folder, f"{below}/*.yaml")
    for name in names:
        node, wrong = _read(folder, name)
        found += wrong
        parts += [Part(kind, name, node)] if node is not None else []
    for name in (f"{below}/{each}" for each in _yaml_files(inside(folder, below))):
        if name not in names:
            found.append(problems.unknown_file(_nowhere(folder, name), (f"{below}/*.yaml",)))
    return tuple(parts), tuple(found)


def versions_in(folder: Folder) -> tuple[str, ...]:
    """The names of the folders in it that hold a framework file; what is still being written has a dot before it."""
    names = {name.split("/")[0] for name in _matching(folder, f"*/{HEAD}")}
    return tuple(sorted(name for name in names if not name.startswith(".")))


def inside(folder: Folder, name: str) -> Folder:
    """The folder of this name in it."""
    match folder:
        case Path():
            return folder / name
        case Snapshot():
            return folder.inside(name)
        case _:
            assert_never(folder)


def _matching(folder: Folder, pattern: str) -> list[str]:
    """What there is of these names, which are relative to the folder."""
    match folder:
        case Path():
            there = folder.glob(pattern) if "*" in pattern else filter(lexists, [folder / pattern])
            return sorted(path.relative_to(folder).as_posix() for path in there)
        case Snapshot():
            deep = pattern.count("/")
            names = (name for name in (*folder.files, *folder.folders) if name.count("/") == deep)
            return sorted(name for name in names if fnmatchcase(name, pattern))
        case _:
            assert_never(folder)


def _is_file(folder: Folder, name: str) -> bool:
    return name in folder.files if isinstance(folder, Snapshot) else (folder / name).is_file()


def _read(folder: Folder, name: str) -> Located:
    match folder:
        case Path():
            return _read_from_disk(folder, name)
        case Snapshot():
            return _read_from_revision(folder, name)
        case _:
            assert_never(folder)


def _read_from_disk(folder: Path, name: str) -> Located:
    path, nowhere = folder / name, _nowhere(folder, name)
    try:
        if folder.resolve() not in path.resolve().parents:
            return None, (problems.outside_its_folder(nowhere),)
        if path.exists() and not path.is_file():
            return None, (unreadable_file(nowhere, "it is not a file"),)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return None, (file_too_large(nowhere, path.stat().st_size, MOST_BYTES),)
    except RuntimeError:
        return None, (unreadable_file(nowhere, "its links lead in a circle"),)
    except OSError as fault:
        return None, (unreadable_file(nowhere, fault.strerror or "it cannot be opened"),)
    return read_located(shown(path), content)


def _read_from_revision(folder: Snapshot, name: str) -> Located:
    nowhere = _nowhere(folder, name)
    match folder.files.get(name):
        case bytes() as content:
            return read_located(_shown(folder, name), content)
        case Large(size):
            return None, (file_too_large(nowhere, size, MOST_BYTES),)
        case Link():
            return None, (unreadable_file(nowhere, "it is a link, and none is followed in a revision"),)
        case None:
            return None, (unreadable_file(nowhere, "it is not a file"),)
        case stored:
            assert_never(stored)


def _shown(folder: Folder, name: str) -> str:
    return f"{folder.name}/{name}" if isinstance(folder, Snapshot) else shown(folder / name)


def _nowhere(folder: Folder, name: str = "") -> Span:
    return Span(Source(_shown(folder, name).rstrip("/"), ""), 0, 0)


def _yaml_files(folder: Folder) -> Iterator[str]:
    """Every YAML file in the folder and those below it."""
    yield from sorted(name for name in _everything(folder) if name.lower().endswith((".yaml", ".yml")))


def _everything(folder: Folder) -> Iterator[str]:
    match folder:
        case Path():
            yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        case Snapshot():
            yield from folder.files
        case _:
            assert_never(folder)


def _allowed() -> tuple[str, ...]:
    return tuple(pattern for _, pattern in LAYOUT)
