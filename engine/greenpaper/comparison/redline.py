"""Two texts as one, with what was taken out and put in: a redline, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, takewhile
from operator import eq

LAYOUT = re.compile(r"[ \t\r\n]+")
MOST_PAIRS = 250_000
LEAST_SHARED = 0.35


class Mark(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and share one mark, with single spaces between them."""

    mark: Mark
    text: str


Runs = tuple[Run, ...]
Marked = tuple[Mark, str]


def redline(before: str, after: str) -> Runs:
    """The runs of both texts. Those that were not inserted make up `before`, those not deleted `after`, but for layout.

    Texts with little in common are deleted and inserted as a whole, which reads better than scattered words. So is
    what is left between a common beginning and end when it is too long to compare word by word.
    """
    old, new = _words(before), _words(after)
    marked = tuple(_marked(old, new))
    shared = sum(mark is Mark.SAME for mark, _ in marked)
    if 2 * shared < LEAST_SHARED * (len(old) + len(new)):
        marked = tuple(_replaced(old, new))
    return _runs(marked)


def unmarked(text: str) -> str:
    """The text in one line, as a redline of it would show it."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    """Only blanks and line ends part words: a space that may not break is a part of what is said."""
    return [word for word in LAYOUT.split(text) if word]


def _marked(old: Sequence[str], new: Sequence[str]) -> Iterator[Marked]:
    begin = _in_common(old, new)
    end = _in_common(old[begin:][::-1], new[begin:][::-1])
    yield from ((Mark.SAME, word) for word in old[:begin])
    yield from _middle(old[begin : len(old) - end], new[begin : len(new) - end])
    yield from ((Mark.SAME, word) for word in old[len(old) - end :])


def _in_common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(takewhile(bool, map(eq, old, new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Marked]:
    if len(old) * len(new) > MOST_PAIRS:
        yield from _replaced(old, new)
        return
    for step, first, last, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield from ((Mark.SAME, word) for word in old[first:last])
        else:
            yield from _replaced(old[first:last], new[start:stop])


def _replaced(old: Iterable[str], new: Iterable[str]) -> Iterator[Marked]:
    yield from ((Mark.DELETED, word) for word in old)
    yield from ((Mark.INSERTED, word) for word in new)


def _runs(marked: Iterable[Marked]) -> Runs:
    groups = groupby(marked, key=lambda each: each[0])
    return tuple(Run(mark, " ".join(word for _, word in words)) for mark, words in groups)
