"""Run as a program: loads every hostile file in a copied catalogue, and prints one line of JSON for each.

A program of its own, so that a crash of the process or an endless loop is seen as such by the test that starts it.
"""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hostile import parts_of, refused

from greenpaper.framework.catalogue import Catalogue
from greenpaper.source.diagnostics import has_errors
from greenpaper.source.render import all_to_text

PLACES = ("vocabulary.yaml", "framework.yaml", "decisions/pathway.yaml")
OTHER_PLACES = ("constraints.yaml", "cases/rules.yaml")


def main(policies: Path) -> None:
    with TemporaryDirectory() as folder:
        catalogue = Path(folder) / "policies"
        for version in ("2023", "2025"):  # the second replaces the first
            shutil.copytree(policies / version, catalogue / version, ignore=shutil.ignore_patterns("seal.yaml"))
        for place, name, content, kind in _all(policies):
            print(
                json.dumps({"place": place, "name": name, "kind": kind} | _load(catalogue, place, content)), flush=True
            )


def _all(policies: Path) -> Iterator[tuple[str, str, bytes, str]]:
    for number, (name, content) in enumerate(refused()):
        place = PLACES[number % len(PLACES)]
        if b"facts:" in content[:100]:
            place = "vocabulary.yaml"
        elif content.startswith(b"decision:"):
            place = "decisions/pathway.yaml"
        yield place, name, content, "refused"
    for place in (*PLACES, *OTHER_PLACES):
        for name, content in parts_of((policies / "2025" / place).read_bytes(), 12):
            yield place, name, content, "part"


def _load(catalogue: Path, place: str, content: bytes) -> dict[str, object]:
    path = catalogue / "2025" / place
    kept = path.read_bytes()
    path.write_bytes(content)
    begun = time.perf_counter()
    framework, found = Catalogue(catalogue).check("2025", gate=True)
    text = all_to_text(found)
    seconds = time.perf_counter() - begun
    path.write_bytes(kept)
    return {
        "seconds": seconds,
        "problems": len(found),
        "refused": framework is None and has_errors(found),
        "codes": sorted({problem.code for problem in found}),
        "blocks": text.count("\n\n") + 1,
        "longest": max(map(len, text.split("\n"))),
        "unprintable": sorted({f"U+{ord(sign):04X}" for sign in text if sign != "\n" and not sign.isprintable()}),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
