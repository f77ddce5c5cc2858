"""No policy word in the engine: no string literal there equals an id that the policies declare.

Run by `make check`, with the folders of policies to take ids from; without any, `policies`. Exits with 1 and lists each
place when it finds one.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NAMED_BY = ("scales", "facts", "groups", "definitions", "activities", "outcomes")
SPOKEN_OF = ("consultation.yaml", "responses.yaml")
"""Files that speak of a version and declare nothing of it."""


def policy_ids(policies: Path) -> frozenset[str]:
    """Ids of facts, groups, grades, activities, decisions, outcomes, rules and constraints."""
    ids: set[str] = set()
    for path in sorted(policies.rglob("*.yaml")):
        if path.parent.name != "cases" and path.name not in SPOKEN_OF:
            ids.update(_ids(yaml.load(path.read_text("utf-8"), Loader=LOADER)))
    return frozenset(ids)


def _ids(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _ids(each)
    if not isinstance(part, dict):
        return
    for key, value in part.items():
        if key in NAMED_BY and isinstance(value, dict):
            yield from value
        if key == "worst_to_best" and isinstance(value, list):
            yield from value
        if key in ("id", "decision") and isinstance(value, str):
            yield value
        yield from _ids(value)


def words_in(file: Path, ids: frozenset[str]) -> Iterator[str]:
    """Every string literal of a Python file that is a policy id, with its place. Docstrings do not count."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ids:
            yield f"{file}:{node.lineno}: `{node.value}` is a word of the policies"


def check(engine: Path, policies: Path) -> tuple[str, ...]:
    ids = policy_ids(policies)
    if not ids:
        return (f"{policies}: no ids found",)
    return tuple(found for file in sorted(engine.rglob("*.py")) for found in words_in(file, ids))


def main() -> int:
    folders = sys.argv[1:] or ["policies"]
    found = [each for folder in folders for each in check(ROOT / "engine", ROOT / folder)]
    print("\n".join(found) or "no policy word in the engine")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
