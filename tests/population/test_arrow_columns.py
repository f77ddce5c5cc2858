"""Columns of Arrow data as classes: for every type of column, the class that the reading of one value gives."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import inf, nextafter
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from agreement.versions import HEAD
from greenpaper.population.arrow_columns import FEW, listed, missing_in, months_until, reader
from greenpaper.population.classes import Classes, classes_of
from greenpaper.records.facts import Wrong, months_between
from population.every_type import made, rule

WHOLES = (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
SIZES = (pa.float16(), pa.float32(), pa.float64())


def cut_at(kind: str, constants: Sequence[Any], limits: str = "") -> Classes:
    """The classes of a fact of this type that is compared with these constants."""
    told = f", range: [{limits}]" if limits else ""
    vocabulary = f"facts:\n  fact: {{type: {kind}, title: t, confidence: stated{told}}}\n"
    decision = "decision: d\nquestion: q\noutcomes: {low: {title: t}}\nresolve: first\nrules:\n"
    decision += "".join(rule(f"r-{n}", f"fact is less than {each}", "low") for n, each in enumerate(constants))
    framework = made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])
    return classes_of("fact", (framework,))


def one_by_one(column: pa.Array, classes: Classes) -> list[int]:
    read = [classes.class_of(cell) for cell in listed(column)]
    return [len(classes) if isinstance(each, Wrong) else each for each in read]


def encoded(column: pa.Array, classes: Classes) -> NDArray[Any]:
    found, usable = reader(column, classes)(slice(0, len(column)))
    assert usable is bool((found < len(classes)).all())
    return found


def agrees(column: pa.Array, classes: Classes) -> None:
    expected = one_by_one(column, classes)
    assert encoded(column, classes).tolist() == expected
    assert encoded(column.dictionary_encode() if column.type != pa.float16() else column, classes).tolist() == expected


def around(constants: Sequence[Decimal]) -> list[int]:
    return sorted({int(each) + step for each in constants for step in (-1, 0, 1)})


def fitting(values: Sequence[int], kind: pa.DataType) -> list[int | None]:
    limits = np.iinfo(kind.to_pandas_dtype())
    return [None, *(each for each in (*values, limits.min, limits.max) if limits.min <= each <= limits.max), None]


CONSTANTS = {
    "few": ("-3", "0", "2.5", "7"),
    "many": tuple(map(str, range(-20, 300, 7))),
    "large": tuple(str(2**53 + step) for step in range(-2, 12)),
    "beyond 64 bits": ("-9223372036854775809", "9223372036854775808", "18446744073709551616", "1" + "0" * 30),
    "many beyond 64 bits": tuple(str(2**exponent) for exponent in range(50, 80, 2)),
}


@pytest.mark.parametrize("constants", CONSTANTS.values(), ids=CONSTANTS)
@pytest.mark.parametrize("kind", [*WHOLES, *SIZES], ids=str)
@pytest.mark.parametrize("of", ["whole number", "decimal"])
def test_numbers_of_every_width_have_the_class_of_their_reading(of, kind, constants):
    classes = cut_at(of, constants)
    values = around([Decimal(each) for each in constants])
    if kind in WHOLES:
        agrees(pa.array(fitting(values, kind), kind), classes)
        return
    limits = float(np.finfo(kind.to_pandas_dtype()).max)
    floats = [float(each) for each in (*map(Decimal, constants), *values) if abs(each) <= limits]
    near = [near for each in floats for near in (nextafter(each, -inf), each, nextafter(each, inf))]
    odd = [0.0, -0.0, 0.5, inf, -inf, float("nan")]
    agrees(pa.array([*near, None, *odd], pa.float64()).cast(kind, safe=False), classes)


def test_more_cuts_than_are_compared_one_by_one_are_tried():
    assert max(map(len, CONSTANTS.values())) * 2 > FEW >= len(CONSTANTS["few"]) * 2


@pytest.mark.parametrize("seed", range(20))
def test_decimals_are_cut_where_they_are_written_and_not_where_they_are_rounded(seed):
    draw = Random(seed)
    constants = [
        str(Decimal(draw.randint(-(10**9), 10**9)).scaleb(-draw.randint(0, 9))) for _ in range(draw.randint(1, 12))
    ]
    constants += ["0.1", "0.30000000000000004", "0.3", "0.1000000000000000055511151231257827"]
    classes = cut_at("decimal", constants)
    near = [float(each) for each in constants] + [0.1 + 0.2, 0.1]
    agrees(pa.array([x for each in near for x in (nextafter(each, -inf), each, nextafter(each, inf))]), classes)
    agrees(pa.array([Decimal(each) for each in constants]), classes)
    agrees(pa.array(constants), classes)


@pytest.mark.parametrize(("of", "limits"), [("whole number", "-3, 300"), ("decimal", "-0.1, 10.25")])
def test_the_ends_of_a_range_belong_to_it_and_what_is_beyond_does_not(of, limits):
    classes = cut_at(of, ["2"], limits)
    ends = [float(each) for each in limits.split(", ")]
    near = [x for each in ends for x in (each - 1, nextafter(each, -inf), each, nextafter(each, inf), each + 1)]
    agrees(pa.array(near), classes)
    for kind in WHOLES:
        agrees(pa.array(fitting(around([Decimal(int(each)) for each in ends]), kind), kind), classes)
    found = encoded(pa.array([ends[0] - 2, ends[1] + 2]), classes)
    assert found.tolist() == [len(classes)] * 2


@pytest.mark.parametrize("count", [1, 3, 12])
@pytest.mark.parametrize(
    "kind", [pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us")], ids=str
)
def test_days_of_every_kind_have_the_class_of_their_reading(kind, count):
    days = [date(2024, 2, 28) + timedelta(11 * each) for each in range(count)] + [date(1969, 12, 31)]
    classes = cut_at("date", [each.isoformat() for each in days])
    near = [each + timedelta(step) for each in days for step in (-1, 0, 1)] + [date.min, date.max, date(1970, 1, 1)]
    column = pa.array([*near, None], pa.date32()).cast(kind)
    agrees(column, classes)
    agrees(column.slice(2, 3), classes)
    if pa.types.is_timestamp(kind):
        unit = {"s": 86_399, "ms": 86_399_999, "us": 86_399_999_999}[kind.unit]
        late = pa.array(
            [None if each is None else each + unit for each in column.cast(pa.int64()).to_pylist()], pa.int64()
        )
        assert encoded(late.cast(kind), classes).tolist() == encoded(column, classes).tolist()


def test_days_that_no_calendar_reaches_are_no_days():
    classes = cut_at("date", ["2024-03-01"])
    first, last = (
        date.min.toordinal() - date(1970, 1, 1).toordinal(),
        date.max.toordinal() - date(1970, 1, 1).toordinal(),
    )
    found = encoded(pa.array([first - 1, first, last, last + 1], pa.date32()), classes).tolist()
    assert [each == len(classes) for each in found] == [True, False, False, True]
    far = pa.array([-(2**62), 2**62], pa.timestamp("s"))
    assert encoded(far, classes).tolist() == [len(classes)] * 2


# Words


def words() -> Classes:
    vocabulary = "facts:\n  fact: {type: one of, words: [north, south, east], title: t, confidence: stated}\n"
    decision = "decision: d\nquestion: q\noutcomes: {low: {title: t}}\nresolve: first\nrules:\n" + rule(
        "r", "fact is south", "low"
    )
    return classes_of("fact", (made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)]),))


@pytest.mark.parametrize(
    "index", [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()], ids=str
)
def test_dictionaries_with_every_kind_of_index_are_read(index):
    classes = words()
    indices = pa.array([0, None, 2, 1, 3, 4], index)
    column = pa.DictionaryArray.from_arrays(indices, ["east", "south", "north", None, "not known"])
    assert encoded(column, classes).tolist() == [2, 3, 0, 1, 3, 3]
    assert encoded(column.slice(2, 3), classes).tolist() == [0, 1, 3]
    assert encoded(column.slice(6), classes).tolist() == []


def test_a_dictionary_may_hold_words_that_no_row_has():
    classes = words()
    more = ["south", *(f"odd{number}" for number in range(300))]
    assert encoded(pa.DictionaryArray.from_arrays(pa.array([0, None], pa.int8()), more), classes).tolist() == [1, 3]
    every = pa.DictionaryArray.from_arrays(pa.array(range(256), pa.uint8()), more[:256])
    assert encoded(every, classes).tolist() == [1, *[4] * 255]


def test_what_stands_where_nothing_is_does_not_matter():
    bits = pa.py_buffer(bytes([0b101]))
    garbage = pa.Array.from_buffers(pa.int8(), 3, [bits, pa.py_buffer(bytes([1, 250, 0]))])
    column = pa.DictionaryArray.from_arrays(garbage, ["north", "south"], safe=False)
    assert encoded(column, words()).tolist() == [1, 3, 0]
    numbers = cut_at("whole number", ["2"], "0, 10")
    assert encoded(garbage, numbers).tolist() == [0, numbers.unknown, 0]


def test_presence_is_read_from_any_bit():
    values = [None if each % 3 else each for each in range(40)]
    column = pa.array(values, pa.int8())
    for first in range(20):
        part = column.slice(first, 17)
        assert (missing_in(part) == [value is None for value in values[first : first + 17]]).all()
    assert missing_in(pa.array([1, 2])) is None


def test_words_with_spaces_around_and_in_any_case_of_an_unknown_are_read_as_in_a_table():
    column = pa.array([" south ", "south\n", " Not Known", "NOT APPLICABLE ", "   ", "", "South"])
    assert encoded(column, words()).tolist() == [1, 1, 3, 3, 3, 3, 4]


# Months


def test_months_until_a_day_are_those_of_one_record():
    draw = Random(5)
    ends = [
        date(2024, 2, 29),
        date(2023, 2, 28),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 1, 1),
        date(2024, 12, 31),
    ]
    ends += [date.fromordinal(draw.randint(700_000, 740_000)) for _ in range(20)]
    for as_of in ends:
        days = [as_of + timedelta(step) for step in range(-800, 800)] + [date(1, 1, 1), date(9998, 12, 31)]
        counted = pa.array(days, pa.date32()).view(pa.int32()).to_numpy()
        assert months_until(counted, as_of).tolist() == [months_between(day, as_of) for day in days]
