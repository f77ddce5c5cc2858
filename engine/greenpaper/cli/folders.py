"""Folders of versions that are to be made: where they may be, and what is written there whole or not at all."""

import re
from collections.abc import Mapping
from os.path import lexists
from pathlib import Path

from greenpaper.cli.selecting import Unusable
from greenpaper.source.written import LABEL

NAME = re.compile(LABEL.removesuffix("$"))


def free_folder(folder: Path, version: str) -> Path:
    """The folder, where a version of this name can be made. Raises Unusable where it cannot."""
    if not NAME.fullmatch(version):
        raise Unusable(f"`{version}` cannot be the name of a version: use letters, digits, hyphens and underscores")
    if folder.name != version:
        raise Unusable(f"`{folder}` must be called `{version}`: a version is named like its folder")
    if lexists(folder):
        raise Unusable(f"`{folder}` exists already: choose another name, or remove it first")
    if not folder.parent.is_dir():
        raise Unusable(f"there is no folder `{folder.parent}` to make `{version}` in")
    return folder


def make(folder: Path, files: Mapping[str, str]) -> None:
    """Make the folder with these files. Raises Unusable; then nothing was made."""
    from greenpaper.source.writing import write_folder

    try:
        write_folder(folder, files)
    except OSError as fault:
        raise Unusable(f"`{folder}` cannot be written: {fault.strerror}") from None
