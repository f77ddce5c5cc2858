"""A folder as git recorded it at a revision, read without checking anything out, and the commits that changed it.

The contents of a commit are read as they are recorded. `git archive` is not used: it leaves out what `.gitattributes`
excludes from exports, and runs the filters of whoever calls it.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from greenpaper.source.text import shown

MOST_OF_A_FILE = 2 * 1024 * 1024
MOST_OF_A_FOLDER = 64 * 1024 * 1024
REGULAR = ("100644", "100755")
COMMIT = re.compile(r"[0-9a-f]{40,64}")
PLAIN = re.compile(r"[\w./~^@{}+=-]+", re.ASCII)
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE")
"""What git tells its hooks of the repository they run in, which need not be the one that is read."""
QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


class NoSuchRevision(Exception):
    """A revision that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Large:
    """A file that is too large to be read."""

    size: int


@dataclass(frozen=True, slots=True)
class Link:
    """Something that stands for what lies elsewhere: a link, or another repository."""


Stored = bytes | Large | Link


@dataclass(frozen=True)
class Snapshot:
    """What a folder held at a commit. Names are relative to it, with `/` between folders.

    `name` is what it is called where a path would be shown, such as `policies@v1`. Those of one commit are equal.
    """

    name: str
    folder: Path
    commit: str
    files: Mapping[str, Stored] = field(compare=False, repr=False)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The names of all folders that hold a file."""
        return frozenset("/".join(parts[:end]) for parts in map(_parts, self.files) for end in range(1, len(parts)))

    def inside(self, folder: str) -> "Snapshot":
        """What one of its folders held; nothing where there is no such folder."""
        begin = f"{folder}/"
        files = {name.removeprefix(begin): each for name, each in self.files.items() if name.startswith(begin)}
        return Snapshot(f"{self.name}/{folder}", self.folder / folder, self.commit, files)


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. `parents` are those before it that changed the same paths, `day` is when it was made, YYYY-MM-DD."""

    id: str
    short: str
    parents: tuple[str, ...]
    day: str
    tags: tuple[str, ...]
    subject: str


def snapshot(folder: Path, revision: str) -> Snapshot:
    """What `folder` held at `revision`: a tag, a branch, a hash or what else names a commit. Raises NoSuchRevision."""
    commit = _commit(folder, revision)
    listed = tuple(_listed(folder, commit))
    name = f"{shown(folder)}@{revision if PLAIN.fullmatch(revision) else commit[:10]}"
    if not listed:
        raise NoSuchRevision(f"`{folder}` is not in the revision `{revision}`")
    if sum(each.size for each in listed) > MOST_OF_A_FOLDER:
        raise NoSuchRevision(f"`{folder}` holds more than {MOST_OF_A_FOLDER:,} bytes in the revision `{revision}`")
    return Snapshot(name, folder, commit, dict(_read(folder, listed)))


def commits(
    folder: Path, paths: Sequence[str], *, revision: str = "HEAD", limit: int | None = None
) -> tuple[Commit, ...]:
    """The commits up to `revision` that changed one of `paths` in `folder`, newest first. Raises NoSuchRevision."""
    start = _commit(folder, revision)
    most = [] if limit is None else [f"--max-count={limit}"]
    said = _asked(
        folder, "-c", "log.showSignature=false", "log", "-z", "--parents", "--no-color", "--no-notes",
        "--encoding=UTF-8", "--decorate-refs=refs/tags", "--format=%H%x00%h%x00%P%x00%cs%x00%D%x00%s", *most, start,
        "--", *paths,
    )  # fmt: skip
    words = said.decode("utf-8", "replace").split("\0")
    rows = (words[at : at + 6] for at in range(0, len(words) - 5, 6))
    return tuple(
        Commit(id, short, tuple(parents.split()), day, tuple(_tags(refs)), subject)
        for id, short, parents, day, refs, subject in rows
    )


def _tags(refs: str) -> Iterator[str]:
    """The tags in what git prints of the names of a commit, such as `tag: v1, tag: v2`."""
    return (name.removeprefix("tag: ") for name in refs.split(", ") if name.startswith("tag: "))


def is_shallow(folder: Path) -> bool:
    """Whether the repository holds only the newest commits, so that the first of them looks as if all began there.

    Raises NoSuchRevision.
    """
    return _asked(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    mode: str
    id: str
    size: int


def _commit(folder: Path, revision: str) -> str:
    """The hash of the commit that a revision names."""
    if not folder.is_dir():
        raise NoSuchRevision(f"there is no folder `{folder}`")
    if "\0" in revision:
        raise NoSuchRevision("a revision has no zero byte in its name")
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    answer = _run(folder, asked)
    found = answer.stdout.decode("ascii", "replace").strip()
    if answer.returncode not in (0, 1):
        raise NoSuchRevision(_why(folder, answer.stderr))
    if answer.returncode or not COMMIT.fullmatch(found):
        raise NoSuchRevision(f"no revision of `{folder}` is named `{revision}`")
    return found


def _listed(folder: Path, commit: str) -> Iterator[_Listed]:
    """Every file of the folder in that commit."""
    for line in _asked(folder, "ls-tree", "-r", "-z", "-l", commit, ".").split(b"\0"):
        if line:
            about, _, name = line.partition(b"\t")
            mode, _, id, size = about.decode("ascii").split()
            yield _Listed(os.fsdecode(name), mode, id, int(size) if size.isdigit() else 0)


def _read(folder: Path, listed: Sequence[_Listed]) -> Iterator[tuple[str, Stored]]:
    """The name and the contents of each file."""
    wanted = [each for each in listed if each.mode in REGULAR and each.size <= MOST_OF_A_FILE]
    asked = "".join(f"{each.id}\n" for each in wanted).encode("ascii")
    contents = dict(
        zip((each.name for each in wanted), _blobs(_asked(folder, "cat-file", "--batch", given=asked)), strict=True)
    )
    for each in listed:
        yield each.name, contents.get(each.name, Link() if each.mode not in REGULAR else Large(each.size))


def _blobs(said: bytes) -> Iterator[bytes]:
    """The contents that `git cat-file --batch` gives one after the other, each after a line with its size."""
    at = 0
    while at < len(said):
        end = said.index(b"\n", at)
        *_, size = said[at:end].split()
        yield said[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1


def _asked(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers. Raises NoSuchRevision when it cannot."""
    answer = _run(folder, arguments, given)
    if answer.returncode:
        raise NoSuchRevision(_why(folder, answer.stderr))
    return answer.stdout


def _run(folder: Path, arguments: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    around = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    command = ("git", "-C", str(folder), *arguments)
    try:
        return subprocess.run(command, input=given, capture_output=True, env=around | QUIET, check=False)
    except FileNotFoundError:
        raise NoSuchRevision("git is not installed, and without it no revision can be read") from None
    except OSError as fault:
        raise NoSuchRevision(f"git cannot be run: {fault.strerror}") from None


def _why(folder: Path, said: bytes) -> str:
    """What git complains of, in words."""
    line = (said.decode("utf-8", "replace").strip().splitlines() or ["it gives no reason"])[0]
    if "not a git repository" in line:
        return f"`{folder}` is not in a git repository, so it has no revisions"
    return f"git cannot read `{folder}`: {line.removeprefix('fatal: ')}"


def _parts(name: str) -> Sequence[str]:
    return name.split("/")
