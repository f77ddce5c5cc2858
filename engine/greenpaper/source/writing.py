"""Files and folders written whole: at any moment what was there is there, or all of what is to be there.

What is being written lies beside its place under a name that begins with a dot and ends with `.tmp`. A process that is
killed can leave such a remnant; no policy is read from one, and it can be deleted.
"""

import errno
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_OF_A_NAME = 40
READABLE = 0o666
"""What a file may be before the user's mask takes away from it."""


def write_whole(path: Path, text: str) -> None:
    """Put a file in the place of the one that is there, if any; a link leads to the file that is written.

    The permissions of an existing file stay. What is no regular file, such as a pipe, is written to where it is.

    Raises OSError; then what was there still is.
    """
    target, content = Path(os.path.realpath(path)), text.encode("utf-8")
    if target.exists() and not (target.is_file() or target.is_dir()):
        target.write_bytes(content)
        return
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    with _beside(target) as written:
        _write(written, content, READABLE if mode is None else mode)
        if mode is not None:
            written.chmod(mode)
        os.replace(written, target)
    _settle(target.parent)


def write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Make a folder that holds these files and nothing else; their names are relative to it, with `/` between folders.

    Raises OSError: FileExistsError when something of this name is there. Then nothing was made.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with _beside(path) as written:
        written.mkdir()
        for name, text in files.items():
            inside = PurePosixPath(name)
            assert name
            assert not inside.is_absolute()
            assert ".." not in inside.parts
            (written / inside).parent.mkdir(parents=True, exist_ok=True)
            _write(written / inside, text.encode("utf-8"), READABLE)
        for folder in (written, *(each for each in written.rglob("*") if each.is_dir())):
            _settle(folder)
        os.rename(written, path)
    _settle(path.parent)


@dataclass(frozen=True, slots=True)
class _Remnant:
    """Where something is written before it is in its place; what is left there after a failure is removed."""

    path: Path

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, kind: object, fault: object, trace: object) -> None:
        if kind is not None:
            with suppress(OSError):
                _remove(self.path)


def _beside(place: Path) -> _Remnant:
    return _Remnant(place.with_name(f".{place.name[:MOST_OF_A_NAME]}.{secrets.token_hex(4)}.tmp"))


def _remove(path: Path) -> None:
    for inside in path.iterdir() if path.is_dir() else ():
        _remove(inside)
    path.rmdir() if path.is_dir() else path.unlink()


def _write(path: Path, content: bytes, mode: int) -> None:
    """A file that did not exist, never open to more people than `mode` says, and on the disk when this returns."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk, where the file system can do so."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
