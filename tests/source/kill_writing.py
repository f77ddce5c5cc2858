"""Run as a program: is killed again and again while it writes, before each line of the module, and says what is there.

Prints one line of JSON for each death: what stands at the place, and the remnants beside it. A program of its own, so
that it may fork.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import FrameType

from greenpaper.source import writing

MOST_LINES = 500


def main(kind: str, home: Path) -> None:
    for number in count(1):
        place = _prepared(home / str(number), kind)
        survived = _writes(lambda place=place: _write(kind, place), number)
        print(json.dumps({"found": _found(place), "beside": _beside(place), "survived": survived}), flush=True)
        if survived:
            return
        assert number < MOST_LINES


def _prepared(home: Path, kind: str) -> Path:
    home.mkdir()
    if kind == "over another":
        (home / "place").write_text("old\n" * 10_000)
    return home / "place"


def _write(kind: str, place: Path) -> None:
    if kind == "a folder":
        writing.write_folder(place, {"framework.yaml": "new\n", "decisions/one.yaml": "new\n"})
    else:
        writing.write_whole(place, "new\n" * 20_000)


def _writes(write: Callable[[], None], number: int) -> bool:
    """Whether a process that is killed before it runs line `number` of the module comes to its end all the same."""
    child = os.fork()
    if not child:
        lines = count(1)

        def seen(frame: FrameType, event: str, _: object) -> object:
            if frame.f_code.co_filename != writing.__file__:
                return None
            if event == "line" and next(lines) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return seen

        sys.settrace(seen)
        write()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _found(place: Path) -> str:
    if place.is_dir():
        return " ".join(_files(place))
    return place.read_text().replace("\n", "")[:3] + str(place.stat().st_size) if place.exists() else "nothing"


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.yaml")):
        yield f"{path.relative_to(folder)}={path.read_text().strip()}"


def _beside(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if path != place)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
