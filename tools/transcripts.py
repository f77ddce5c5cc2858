"""Rewrite what Markdown pages show below their commands by playing the pages. Read the difference.

`python tools/transcripts.py docs/tutorial.md README.md`; what a page may do is said in `tests/transcripts.py`.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from transcripts import played


def main(pages: list[str]) -> None:
    for page in (Path(each).resolve() for each in pages):
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(played(page.read_text("utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
