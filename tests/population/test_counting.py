"""Counts of situations against counting records one by one, whatever their number, kind and order."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from greenpaper.language.types import Graded, Scale
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.population import counting, tallies, turns
from greenpaper.population.batches import Encoding
from greenpaper.population.classes import Classes
from greenpaper.population.counting import UnusableGroups, counted, word_of
from greenpaper.population.tallies import Digits

WORDS = tuple(f"w{number}" for number in range(40))


def a_fact(name, count):
    """The classes of a grade with so many words, and of not knowing it."""
    scale = Graded(Scale("scale", WORDS[:count], ordered=True))
    return Classes(name, ((scale, Vocabulary("v", {})),), frozenset(), (*WORDS[:count], None), count)


def an_encoding(*counts):
    facts = {f"f{number}": a_fact(f"f{number}", count) for number, count in enumerate(counts)}
    return Encoding(facts, {})


def some_records(seed, encoding, count):
    draw = Random(seed)
    rows = [[draw.choice(classes.values) for classes in encoding.classes.values()] for _ in range(count)]
    areas = [draw.choice(("north", "south", "", None)) for _ in range(count)]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(encoding.classes)}
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()} | {"area": areas})


def by_hand(encoding, table, by=None):
    """(group, classes) → how many, one record after the other."""
    columns = [
        [classes.class_of(cell) for cell in table[name].to_pylist()] for name, classes in encoding.classes.items()
    ]
    groups = [each or None for each in table[by].to_pylist()] if by else [None] * table.num_rows
    return Counter(zip(groups, zip(*columns, strict=True), strict=True))


SHAPES = {
    "one": (3,),
    "few": (4, 4, 4, 4, 4),
    "bins": (30, 30, 30),
    "sorted": (39,) * 5,
    "64 bits": (38,) * 10,
    "more than 64 bits": (39,) * 14,
    "far more": (39,) * 60,
}


@pytest.mark.parametrize("by", [None, "area"])
@pytest.mark.parametrize(
    "counts",
    [
        pytest.param(counts, id=name, marks=[pytest.mark.exhaustive] if name == "far more" else [])
        for name, counts in SHAPES.items()
    ],
)
def test_every_situation_is_counted_however_the_stream_is_cut(monkeypatch, counts, by):
    for module in (counting, turns):
        monkeypatch.setattr(module, "CHUNK", 64)
    encoding = an_encoding(*counts)
    table = some_records(1, encoding, 300)
    table = pa.concat_tables([table, table.slice(0, 150)])
    expected = by_hand(encoding, table, by)
    lines = []
    for size in (1, 13, 1000):
        found = counted(table.to_batches(max_chunksize=size), encoding, by=by)
        assert (found.rows, found.situations) == (450, expected)
        lines.append(list(found.situations))
    assert lines[0] == lines[1] == lines[2]
    assert [group for group, _ in lines[0]] == sorted(
        (group for group, _ in lines[0]), key=lambda each: (each is None, each)
    )
    assert all(one < other for (here, one), (there, other) in pairwise(lines[0]) if here == there)


def test_bins_give_way_to_sorting_when_groups_become_many(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_BINS", 400)
    monkeypatch.setattr(tallies, "MOST_WAITING", 50)
    encoding = an_encoding(9, 9)
    table = some_records(2, encoding, 2000).drop_columns("area")
    table = table.append_column("area", pa.array([f"a{number // 100}" for number in range(2000)]))
    found = counted(table.to_batches(max_chunksize=70), encoding, by="area")
    assert found.situations == by_hand(encoding, table, "area")


def test_no_records_and_no_facts():
    encoding = an_encoding(3, 3)
    assert counted([], encoding).situations == {}
    assert counted(some_records(1, encoding, 0).to_batches(), encoding, by="area").situations == {}
    assert counted(some_records(1, encoding, 7).to_batches(), an_encoding()).situations == {(None, ()): 7}


def test_numbers_come_apart_into_the_classes_they_were_joined_from():
    random = np.random.default_rng(1)
    for radices in ((2,), (5, 5, 300), (70_000, 2, 70_000, 70_000, 9, 70_000, 3)):
        columns = [random.integers(0, radix, 500).astype(np.uint32) for radix in radices]
        digits = Digits(radices)
        keys = np.asarray(digits.joined(columns, 500)).astype(np.int64)
        for column, found in zip(columns, digits.taken_apart(keys), strict=True):
            assert (column == found).all()


# Groups


@pytest.mark.parametrize(
    "values,names",
    [
        (pa.array([3, 1, None, 3]), ("1", "3", None)),
        (pa.array([True, False, None, True]), ("false", "true", None)),
        (pa.array([date(2026, 1, 2), None, None, date(2025, 1, 2)]), ("2025-01-02", "2026-01-02", None)),
        (pa.array(["b", " ", "", "a"]).dictionary_encode(), ("a", "b", None)),
        (pa.DictionaryArray.from_arrays([0, 1, None, 0], ["used", None, "never"]), ("used", None)),
        (pa.nulls(4), (None,)),
    ],
    ids=["numbers", "truths", "days", "blanks", "nulls in a dictionary", "nothing"],
)
def test_any_plain_column_can_be_grouped_by(values, names):
    encoding = an_encoding(3)
    table = some_records(1, encoding, 4).append_column("by", values)
    found = counted(table.to_batches(), encoding, by="by")
    assert found.groups == names
    assert sum(found.counts.tolist()) == 4


def test_a_group_by_a_fact_of_the_versions():
    encoding = an_encoding(3)
    table = some_records(1, encoding, 50)
    assert {(group, word_of(encoding.classes["f0"], key[0])) for group, key in counted(table.to_batches(), encoding, by="f0").situations} == {
        (word, word) for word in (*WORDS[:3], None)
    }  # fmt: skip


def test_groups_that_cannot_be_told(monkeypatch):
    encoding = an_encoding(3)
    table = (
        some_records(1, encoding, 50)
        .append_column("lists", pa.array([[1]] * 50))
        .append_column("n", pa.array(range(50)))
    )
    with pytest.raises(UnusableGroups, match="there is no column `place` to group by: there are f0, area"):
        counted(table.to_batches(), encoding, by="place")
    with pytest.raises(UnusableGroups, match="nothing can be grouped by"):
        counted(table.to_batches(), encoding, by="lists")
    monkeypatch.setattr(counting, "MOST_GROUPS", 49)
    with pytest.raises(UnusableGroups, match="more than 49 values"):
        counted(table.to_batches(max_chunksize=10), encoding, by="n")


NOT_UTF8 = pa.Array.from_buffers(
    pa.string(), 4, [None, pa.array([0, 1, 2, 3, 4], pa.int32()).buffers()[1], pa.py_buffer(b"\xffab\xff")]
)


@pytest.mark.parametrize(
    "values",
    [
        NOT_UTF8,
        pa.DictionaryArray.from_arrays([0, 1, 2, 3], NOT_UTF8),
        pa.array([2**62, -(2**62), None, 0], pa.timestamp("s")),
        pa.array([2**31 - 1, -(2**31), None, 0], pa.date32()),
        pa.array([1, 2, None, 3], pa.timestamp("us", tz="Nowhere/Land")),
        pa.DictionaryArray.from_arrays(pa.array([0, 127, None, 1], pa.int8()), list(map(str, range(128)))),
        pa.DictionaryArray.from_arrays(pa.array([0, 255, None, 1], pa.uint8()), list(map(str, range(256)))),
    ],
    ids=["bytes", "bytes in a dictionary", "moments", "days", "time zone", "128 values", "256 values"],
)
def test_values_that_python_has_not_are_groups_too(values):
    encoding = an_encoding(3)
    table = some_records(1, encoding, 4).append_column("by", values)
    found = counted(table.to_batches(), encoding, by="by")
    assert sum(found.counts.tolist()) == 4
    words = values.dictionary_decode() if isinstance(values, pa.DictionaryArray) else values
    assert len(found.groups) == len(pc.unique(words))
    assert (None in found.groups) == bool(values.null_count)


def test_a_column_whose_values_arrow_cannot_tell_apart_is_refused():
    encoding = an_encoding(3)
    values = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"a" * 16] * 4, pa.binary(16)))
    table = some_records(1, encoding, 4).append_column("by", values)
    with pytest.raises(UnusableGroups, match=r"holds extension<arrow\.uuid>, which nothing"):
        counted(table.to_batches(), encoding, by="by")


# What is read off


def test_unusable_cells_are_unknown_and_have_running_row_numbers(monkeypatch):
    monkeypatch.setattr(turns, "CHUNK", 4)
    encoding = an_encoding(3)
    cells = ["w0", "x", None, "w1", "w2", "y", "w0"]
    found = counted(pa.table({"f0": cells}).to_batches(max_chunksize=5), encoding)
    assert [(each.row, each.given) for each in found.bad.first] == [(2, "x"), (6, "y")]
    assert (found.bad.count, found.unknown()) == (2, {"f0": 3})


def test_the_first_cells_are_those_of_the_first_rows_however_the_stream_is_cut():
    encoding = an_encoding(3, 3)
    table = pa.table({"f0": ["x", "w0"] * 150, "f1": ["w0", "y", "z", "w1"] * 75})
    found = [counted(table.to_batches(max_chunksize=size), encoding).bad for size in (1, 7, 150, 300)]
    assert all(each == found[0] for each in found)
    assert [(each.row, each.column) for each in found[0].first[:4]] == [(1, "f0"), (2, "f1"), (3, "f0"), (3, "f1")]
    assert (found[0].count, len(found[0].first)) == (300, 100)


def test_only_the_situations_in_which_something_holds():
    encoding = an_encoding(3, 3)
    table = some_records(3, encoding, 200)
    asked = []

    def holds(cells):
        asked.append(tuple(cells.items()))
        return cells["f1"] == "w1"

    found = counted(table.to_batches(), encoding, by="area").where(holds, ["f1"])
    expected = {key: count for key, count in by_hand(encoding, table, "area").items() if key[1][1] == 1}
    assert (found.situations, found.rows) == (expected, sum(expected.values()))
    assert len(asked) == len(set(asked)) == 4
