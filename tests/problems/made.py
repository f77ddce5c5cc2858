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


def too_many_options(version: Path) -> None:
    for number in range(101):
        reading(version, number, "  a: {title: A}\n  b: {title: B}\n")


def options_entangled(version: Path) -> None:
    """Eleven readings of which each takes one of ten places, and no two the same."""
    for number in range(11):
        others = [f"r{other}" for other in range(11) if other != number]
        reading(version, number, "".join(place(f"p{at}", others) for at in range(10)))


def place(name: str, others: list[str]) -> str:
    return f"  {name}: {{title: P, excludes: {{{', '.join(f'{other}: {name}' for other in others)}}}}}\n"


def reading(version: Path, number: int, options: str) -> None:
    (version / "readings").mkdir(exist_ok=True)
    preferred = options.split(":", maxsplit=1)[0].strip()
    head = f"reading: r{number}\ntitle: T\nconfidence: illustrative\npreferred: {preferred}\noptions:\n"
    (version / "readings" / f"r{number:03}.yaml").write_text(head + options)


MADE: Mapping[str, Callable[[Path], None]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        file_too_large,
        too_many_entries,
        unreadable_file,
        outside_its_folder,
        missing_file,
        too_many_options,
        options_entangled,
    )
}
