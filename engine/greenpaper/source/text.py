"""Text and places in it. A place is two offsets in one text; lines and columns are worked out when shown."""

import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One text with the name it is shown under, usually the path as the user gave it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Line and column, both counted from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of `source` from offset `start` up to, not including, `end`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def position(self) -> Position:
        return position_in(self.source.text, self.start)

    @property
    def place(self) -> str:
        """`file:line:column`, as terminals and editors make it clickable."""
        at = self.position
        return f"{self.source.name}:{at.line}:{at.column}"

    def to(self, other: "Span") -> "Span":
        """From the start of this span to the end of `other`, in the same source."""
        return Span(self.source, self.start, max(self.end, other.end))

    def of(self, words: str) -> "Span":
        """Where the words stand in this span; the whole of it where they are written otherwise, or twice."""
        if not words or self.text.count(words) != 1:
            return self
        start = self.start + self.text.index(words)
        return Span(self.source, start, start + len(words))


@lru_cache(maxsize=256)
def line_starts(text: str) -> tuple[int, ...]:
    """Offset of the first character of every line; lines end with LF, CR or CR LF."""
    starts = [0]
    for offset, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n"):
            starts.append(offset + 1)
    return tuple(starts)


def position_in(text: str, offset: int) -> Position:
    """The line and column of `offset`."""
    starts = line_starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


def line_of(text: str, line: int) -> str:
    """The text of line number `line`, without its end."""
    starts = line_starts(text)
    end = starts[line] if line < len(starts) else len(text)
    return text[starts[line - 1] : end].rstrip("\r\n")


def shown(path: Path) -> str:
    """A path as it is shown: relative where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
