"""A redline holds both texts, word for word."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenpaper.comparison.redline import Mark, redline, unmarked

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "(a", "a,", "a b", "\u00a0", "x\u00a0y", "é"])).map(" ".join)


def kept(runs, *marks):
    return " ".join(run.text for run in runs if run.mark in marks)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off(before, after):
    runs = redline(before, after)
    assert kept(runs, Mark.SAME, Mark.DELETED) == unmarked(before)
    assert kept(runs, Mark.SAME, Mark.INSERTED) == unmarked(after)
    assert all(run.text for run in runs)
    assert all(one.mark is not other.mark for one, other in pairwise(runs))
    assert (unmarked(before) == unmarked(after)) is all(run.mark is Mark.SAME for run in runs)


@pytest.mark.parametrize(
    "before, after, shown",
    [
        ("heads is fine", "heads is fine", "heads is fine"),
        ("heads is fine", "heads is at least fine", "heads is +at least+ fine"),
        ("two visits, then a call", "three visits, then a call", "-two- +three+ visits, then a call"),
        ("one two three", "four five three six seven", "-one two three- +four five three six seven+"),
        ("", "a b", "+a b+"),
        ("a  b\n c", "a b c", "a b c"),
    ],
)
def test_examples(before, after, shown):
    signs = {Mark.SAME: "", Mark.DELETED: "-", Mark.INSERTED: "+"}
    assert " ".join(f"{signs[run.mark]}{run.text}{signs[run.mark]}" for run in redline(before, after)) == shown


def test_long_texts_take_no_time():
    before = " ".join(["word", "other"] * 40_000)
    after = " ".join(["word"] * 60_000)
    start = time.perf_counter()
    redline(before, after)
    assert time.perf_counter() - start < 20  # a careless comparison takes minutes
