"""All columns of answers in one number: whatever is asked for, and however many answers there are."""

from functools import cache
from itertools import combinations, pairwise
from threading import Barrier, Thread, current_thread, main_thread

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.versions import HEAD
from greenpaper.framework.checked import Framework
from greenpaper.population.answers import Column
from greenpaper.population.layouts import Bits, Entries, layout
from greenpaper.population.tables import tables_of
from greenpaper.population.turns import FOR_EACH_THREAD, MOST_THREADS, in_turn
from population.every_type import made, rule
from population.frames import values_of

EVERY = tuple(Column)


@cache
def of_many(count: int) -> Framework:
    """A decision with so many outcomes, each by a rule of its own; above them all no rule holds."""
    vocabulary = f"facts:\n  size: {{type: whole number, range: [0, {count}], title: t, confidence: stated}}\n"
    outcomes = ", ".join(f"o_{each}: {{title: t}}" for each in range(count))
    decision = f"decision: d\nquestion: q\noutcomes: {{{outcomes}}}\nresolve: first\nrules:\n"
    decision += "".join(rule(f"r-{each}", f"size is less than {each + 1}", f"o_{each}") for each in range(count))
    return made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])


@pytest.mark.parametrize("asked", [each for size in (1, 2, 3) for each in combinations(EVERY, size)], ids=str)
def test_each_column_is_the_same_whichever_others_are_asked_for(asked):
    frame = pa.table({"size": [*range(5), None]})
    whole, some = (gp.evaluate_many(of_many(4), frame, columns=columns) for columns in (EVERY, asked))
    names = [f"d_{column}" for column in asked]
    assert some.select(names).equals(whole.select(names))


@pytest.mark.parametrize("count", [1, 4, 127, 128, 255, 256, 300])
def test_no_bit_is_used_twice_and_none_that_fit_in_a_byte_lie_over_its_edge(count):
    found = layout(tables_of(of_many(count), "d"), EVERY)
    every = {*found.columns.values(), *found.presence.values()}
    used = [bit for bits in every for bit in range(bits.first, bits.first + bits.count)]
    assert len(used) == len(set(used))
    assert {bits.byte for bits in every if bits.count > 8} <= {None}
    for bits in every:
        assert bits.count > 8 or not bits.count or bits.first // 8 == (bits.first + bits.count - 1) // 8 == bits.byte


def test_columns_that_agree_on_where_there_is_a_word_share_the_bit():
    found = layout(tables_of(of_many(4), "d"), EVERY)
    assert found.presence[Column.OUTCOME] == found.presence[Column.RULE]
    assert Column.STATUS not in found.presence


def test_bits_of_wide_numbers_are_read():
    entries = np.array([0b1_0110_0000_0001_11, 0], np.uint32)
    whole, two = np.empty(2, np.uint16), np.empty(2, np.uint8)
    found = layout(tables_of(of_many(1), "d"), ()).read(entries, {})
    assert found == {}
    apart = Entries(entries)
    apart.put(Bits(2, 12), whole)
    apart.put(Bits(0, 2), two)
    assert (whole.tolist(), two.tolist()) == ([0b0110_0000_0001, 0], [0b11, 0])
    assert apart.truths(Bits(14, 1)).to_pylist() == [True, False]


@pytest.mark.parametrize("lengths", [(1,), (0, 3), (7, 1, 8), (9, 9, 9), (3, 0, 64, 5)])
def test_frames_in_pieces_of_any_length_are_told_like_whole_ones(lengths):
    sizes = [(each * 7) % 5 if each % 4 else None for each in range(sum(lengths))]
    edges = np.cumsum([0, *lengths]).tolist()
    pieces = [pa.array(sizes[one:other], pa.int64()) for one, other in pairwise(edges)]
    found = gp.evaluate_many(of_many(4), pa.table({"size": pa.chunked_array(pieces, pa.int64())}))
    assert found.equals(gp.evaluate_many(of_many(4), pa.table({"size": pa.array(sizes, pa.int64())})))


def test_one_part_alone_needs_no_thread():
    assert [*in_turn(lambda _: current_thread(), [1])] == [main_thread()]


def test_the_thread_that_asks_works_with_the_others(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    both = Barrier(2, timeout=10)

    def met(_: int) -> Thread:
        both.wait()
        return current_thread()

    assert main_thread() in (threads := {*in_turn(met, range(2))})
    assert len(threads) == 2


@pytest.mark.parametrize("parts", [0, 1, 2, 3, 7, 8, 9, 100])
def test_what_is_made_comes_in_the_order_of_what_was_given(parts):
    assert [*in_turn(lambda each: each * 2, iter(range(parts)))] == [each * 2 for each in range(parts)]


@pytest.mark.parametrize("at", [0, 1, 5, 20])
def test_what_goes_wrong_in_one_part_goes_wrong_for_all(at):
    with pytest.raises(ZeroDivisionError):
        [*in_turn(lambda each: 1 / (each - at), range(30))]


def test_no_more_is_taken_than_is_worked_on():
    taken = []
    found = in_turn(str, (taken.append(each) or each for each in range(10_000)))
    assert next(found) == "0"
    assert len(taken) <= FOR_EACH_THREAD * MOST_THREADS


def test_words_are_an_enum_in_duckdb():
    with duckdb.connect() as connection:
        found = gp.evaluate_many(of_many(2), connection.sql("select 1 as size union all select null"))
        kinds = dict(zip(found.columns, map(str, found.types), strict=True))
        assert kinds["d_outcome"] == "ENUM('o_0', 'o_1')"
        assert sorted(found.select("d_outcome").fetchall(), key=str) == [("o_1",), (None,)]


def test_what_is_added_to_a_frame_of_pandas_can_be_changed_alone():
    frame = pd.DataFrame({"size": [0, 1, 2]}, index=[5, 5, 5])
    first, second = (gp.evaluate_many(of_many(2), frame) for _ in range(2))
    first["d_possible"] += 1
    first.loc[5, "d_outcome"] = "o_1"
    assert values_of(second, "d_outcome") == ["o_0", "o_1", None]
    assert values_of(gp.evaluate_many(of_many(2), frame), "d_possible") == values_of(second, "d_possible")
    assert list(frame.columns) == ["size"]
