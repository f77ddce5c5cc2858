"""Inputs that cannot lie in a folder of the project: too large, or not files at all."""

from collections.abc import Callable, Mapping
from pathlib import Path


def file_too_large(version: Path) -> None:
    (version / "vocabulary.yaml").write_bytes(b"facts:\n" + b"#" * 3_000_000)


def too_many_entries(version: Path) -> None:
    (version / "vocabulary.yaml").write_text("facts:\n" + "- a\n" * 100_000)


def unreadable_file(version: Path) -> None:
    (version / "vocabulary.yaml").mkdir()


def outside_its_folder(version: Path) -> None:
    (version.parent / "elsewhere.yaml").write_text("facts: {}\n")
    (version / "vocabulary.yaml").symlink_to("../elsewhere.yaml")


def missing_file(version: Path) -> None:
    (version / "framework.yaml").unlink()
    (version / "framework.yaml").mkdir()


MADE: Mapping[str, Callable[[Path], None]] = {
    made.__name__.replace("_", "-"): made
    for made in (file_too_large, too_many_entries, unreadable_file, outside_its_folder, missing_file)
}
