"""Words in views: told by their bytes, and told like every other column, whatever else lies around."""

from functools import cache
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from agreement.versions import HEAD
from greenpaper.population.arrow_columns import listed, reader
from greenpaper.population.classes import Classes, classes_of
from greenpaper.population.views import AT_ONCE, MET_AMONG, MOST_TEXTS, MOST_WORDS, Views, Words
from population.every_type import made, rule

WORDS = ("a", "four", "five5", "twelve_bytes", "thirteen_byte", "thirteen_bytf", "requires_improvement")
ODD = (
    "requires_improvemenT",
    "requiresXimprovement",
    "twelve_bytez",
    "fourteen_bytes",
    " a",
    "",
    "ä" * 40,
    "un\0known",
)
"""Words that are none of the fact's: many are as long as one that is, and begin like it."""
ROWS = 2 * MET_AMONG


@cache
def fact() -> Classes:
    vocabulary = f"facts:\n  fact: {{type: one of, words: [{', '.join(WORDS)}], title: t, confidence: stated}}\n"
    decision = "decision: d\nquestion: q\noutcomes: {low: {title: t}}\nresolve: first\nrules:\n"
    decision += rule("r", f"fact is {WORDS[0]}", "low")
    return classes_of("fact", (made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)]),))


def drawn(seed: int, words: tuple[str | None, ...], rows: int = ROWS) -> list[str | None]:
    return Random(seed).choices(words, k=rows)


def as_views(words: list[str | None]) -> pa.Array:
    return pa.array(words, pa.string_view())


def agrees(column: pa.Array) -> None:
    """As views and as a plain column of the same words, in parts and whole."""
    plainly, quickly = (reader(each, fact()) for each in (column.cast(pa.string()), column))
    for rows in (slice(0, len(column)), slice(3, 5000), slice(len(column) - 9, len(column))):
        (expected, usable), (found, found_usable) = plainly(rows), quickly(rows)
        assert found.tolist() == expected.tolist()
        assert found_usable is usable


@pytest.mark.parametrize(
    "words", [WORDS, (*WORDS, None), (*WORDS, *ODD), (*WORDS, *ODD, None), ODD, (None,), ("",)], ids=len
)
def test_views_are_read_like_a_plain_column(words):
    agrees(as_views(drawn(1, words)))
    agrees(as_views(drawn(2, words, AT_ONCE + ROWS))[11:-7])


@pytest.mark.parametrize("late", [*ODD, None])
def test_a_word_that_comes_late_is_no_other(late):
    column = drawn(3, WORDS)
    column[-2] = late
    agrees(as_views(column))


def test_only_rows_with_the_very_bytes_of_a_word_are_said_to_have_it():
    column = as_views(drawn(4, (*WORDS, *ODD, None)))
    words = Words.met(column)
    missing = np.array([each is None for each in column.to_pylist()]).astype(np.uint8)
    places, same = words.places(Views.of(column), missing)
    known = {place: word.as_py() for place, word in words.words.items()}
    for each, place, found in zip(listed(column), places.tolist(), same.tolist(), strict=True):
        assert found == (each is not None and known.get(place) == each)
    told = {each for each, found in zip(listed(column), same.tolist(), strict=True) if found}
    assert {*WORDS, ""} - told <= {"thirteen_byte", "thirteen_bytf"}
    assert len({*WORDS, *ODD} - told) < 6


def test_whatever_stands_where_nothing_is_is_not_looked_at():
    column = as_views(drawn(5, (*WORDS, None)))
    present, views, *texts = column.buffers()
    halves = np.frombuffer(views, "<u8").reshape(-1, 2).copy()
    long = as_views(["requires_improvement"]).buffers()[1]
    nowhere = [int(np.frombuffer(long, "<u8")[0]), 2**64 - 1]
    halves[[at for at, each in enumerate(column.to_pylist()) if each is None]] = nowhere
    agrees(pa.Array.from_buffers(pa.string_view(), len(column), [present, pa.py_buffer(halves), *texts]))


@pytest.mark.parametrize("several", [2, MOST_TEXTS, MOST_TEXTS + 3])
def test_long_words_may_lie_in_several_buffers(several):
    words = [each for each in WORDS if len(each) > 12]
    random = Random(6)
    halves, texts = (
        np.zeros((ROWS, 2), "<u8"),
        ["".join(random.sample(words, len(words))).encode() for _ in range(several)],
    )
    for at in range(ROWS):
        word, text = random.choice(words).encode(), random.randrange(several)
        halves[at, 0] = int.from_bytes(len(word).to_bytes(4, "little") + word[:4], "little")
        halves[at, 1] = text + (texts[text].index(word) << 32)
    buffers = [None, pa.py_buffer(halves), *map(pa.py_buffer, texts)]
    column = pa.Array.from_buffers(pa.string_view(), ROWS, buffers)
    column.validate(full=True)
    agrees(column)


def test_a_column_of_many_words_is_read_plainly():
    many = as_views([f"word_{each}" for each in range(MOST_WORDS + 1)] * (ROWS // MOST_WORDS))
    assert Words.met(many) is None
    agrees(many)


def test_text_that_is_not_utf_8_is_told_as_its_bytes():
    plain = pa.array([b"four", b"\xff\xfe"] * MET_AMONG, pa.binary_view()).view(pa.string_view())
    found, usable = reader(plain, fact())(slice(0, 4))
    assert not usable
    assert (found < len(fact())).tolist() == [True, False] * 2
