"""The nearest of several names, or silence when none is near."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

LONGEST_COMPARED = 60
MOST_COMPARED = 300
LEAST_ALIKE = 0.5


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, among the first 300.

    Empty unless half of both is alike and they differ in less than half of the word's letters.
    """
    if len(name) > LONGEST_COMPARED:
        return ""
    best, score = "", LEAST_ALIKE
    matcher = SequenceMatcher(b=name.casefold())
    for candidate in islice(known, MOST_COMPARED):
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score and matcher.ratio() > score:
            best, score = candidate, matcher.ratio()
    changed = (1 - score) * (len(name) + len(best)) / 2
    return best if changed < len(name) / 2 else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """One line of help, or nothing."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else ""
