"""Cells that their facts cannot take: found on every kind of frame, judged as in one record, counted, never dropped."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import greenpaper as gp
from greenpaper.evaluation.records import UnusableRecord
from greenpaper.population.unusable import UnusableFrame
from population.every_type import FACTS, every_type
from population.frames import KINDS, values_of

FRAMEWORK = every_type()
HUGE = 2**70
AS_OF = date(2026, 1, 1)


def refused(frame: Any, **more: Any) -> UnusableFrame:
    with pytest.raises(UnusableFrame) as caught:
        gp.evaluate_many(FRAMEWORK, frame, **more)
    return caught.value


def statuses(frame: Any, fact: str, **more: Any) -> list[str]:
    return values_of(gp.evaluate_many(FRAMEWORK, frame, **more), f"of_{fact}_status")


def outcomes(frame: Any, fact: str, **more: Any) -> list[str | None]:
    return values_of(gp.evaluate_many(FRAMEWORK, frame, **more), f"of_{fact}_outcome")


def objects(fact: str, cells: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({fact: pd.Series(cells, dtype=object)})


def judged_alone(fact: str, cell: Any) -> list[tuple[str, str]]:
    """What is said of the cell where it is in one record: message and help."""
    try:
        gp.evaluate(FRAMEWORK, {fact: cell})
    except UnusableRecord as fault:
        return [(wrong.message, wrong.help) for wrong in fault.wrong]
    return []


# The judgement of one record

WORDS = (
    "",
    "bad",
    "goood",
    "Good",
    "not known",
    "low",
    "any",
    "lowest",
    "north",
    "true",
    "True",
    "2024-03-01",
    "2024-02-30",
)
WORDS += (
    "20240301",
    "2024-03-01T00:00",
    "3",
    "-3",
    "-4",
    "301",
    "2.5",
    "2.0",
    "1e2",
    "1e999",
    "nan",
    "inf",
    "0x3",
    "1_0",
    "½",
)
NUMBERS = (True, False, 0, 3, -4, 300, 301, 20240301, 2**63 - 1, -(2**63))
FLOATS = (0.0, -0.0, 2.5, 10.0, 10.000000001, 1e300, 5e-324, 20240301.0, float("inf"), float("-inf"))
DAYS = (date(2024, 3, 1), date(1, 1, 1), date(9999, 12, 31))
DECIMALS = (Decimal("2.5"), Decimal("0.1"), Decimal("0.09999999999999999999999"), Decimal("-11"))


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("kind", ["Arrow", "Polars", "pandas", "pandas, objects", "Arrow, dictionaries"])
@pytest.mark.parametrize(
    "cells", [WORDS, NUMBERS[:2], NUMBERS[2:], FLOATS, DAYS, DECIMALS], ids=lambda each: str(each[0])
)
def test_a_cell_is_refused_where_one_record_with_it_is_and_in_the_same_words(fact, kind, cells):
    frame = as_given(kind, fact, cells)
    expected = [judged_alone(fact, cell) for cell in cells]
    found = gp.evaluate_many(FRAMEWORK, frame, on_bad="unknown")
    assert values_of(found, "unreadable") == [len(each) for each in expected]
    if any(expected):
        fault = refused(frame)
        assert [(each.row, each.column, each.message, each.help) for each in fault.cells] == [
            (row, fact, *each) for row, told in enumerate(expected, start=1) for each in told
        ]
        assert fault.count == sum(map(len, expected))
    for name in FRAMEWORK.decisions:
        alone = [
            gp.evaluate(FRAMEWORK, {} if told else {fact: cell}).decisions[name]
            for cell, told in zip(cells, expected, strict=True)
        ]
        assert values_of(found, f"{name}_status") == [str(each.status) for each in alone]
        assert values_of(found, f"{name}_outcome") == [each.outcome.id if each.outcome else None for each in alone]


def as_given(kind: str, fact: str, cells: Any) -> Any:
    """The cells in a column of the kind of frame, with nothing made of them."""
    match kind:
        case "Arrow":
            return pa.table({fact: pa.array(cells)})
        case "Arrow, dictionaries":
            return pa.table({fact: pa.array(cells).dictionary_encode()})
        case "Polars":
            return pl.DataFrame({fact: list(cells)})
        case "pandas":
            return pd.DataFrame({fact: list(cells)})
        case _:
            return objects(fact, list(cells))


def test_missing_values_of_pandas_are_unknown_and_a_number_that_is_none_is_a_mistake_elsewhere():
    nothing = float("nan")
    assert statuses(pd.DataFrame({"size": [nothing, 1.0]}), "size") == ["undetermined", "decided"]
    assert statuses(objects("size", [nothing, None, pd.NA, pd.NaT, 1]), "size") == ["undetermined"] * 4 + ["decided"]
    for frame in (pl.DataFrame({"size": [nothing, 1.0]}), pa.table({"size": [nothing, 1.0]})):
        (bad,) = refused(frame).cells
        assert (bad.row, bad.message) == (1, "not a number")


ODD_COLUMNS: dict[str, Callable[[str], Any]] = {
    "lists": lambda fact: pa.table({fact: pa.array([["good"], None])}),
    "fixed lists": lambda fact: pa.table({fact: pa.array([["good"], None], pa.list_(pa.string(), 1))}),
    "records": lambda fact: pa.table({fact: pa.array([{"a": 1}, None])}),
    "maps": lambda fact: pa.table({fact: pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int8()))}),
    "bytes": lambda fact: pa.table({fact: pa.array([b"good", None])}),
    "views of bytes": lambda fact: pa.table({fact: pa.array([b"good", None], pa.binary_view())}),
    "identifiers": lambda fact: pa.table(
        {fact: pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"0" * 16, None], pa.binary(16)))}
    ),
    "durations": lambda fact: pa.table({fact: pa.array([1, None], pa.duration("ns"))}),
    "times": lambda fact: pa.table({fact: pa.array([time(1), None])}),
    "days after 9999": lambda fact: pa.table({fact: pa.array([10**7, None], pa.date32())}),
    "days before year 1": lambda fact: pa.table({fact: pa.array([-(10**7), None], pa.date32())}),
    "moments after 9999": lambda fact: pa.table({fact: pa.array([10**17, None], pa.timestamp("s"))}),
    "Polars lists": lambda fact: pl.DataFrame({fact: [["good"], None]}),
    "Polars arrays": lambda fact: pl.DataFrame({fact: pl.Series([["a"], None], dtype=pl.Array(pl.String, 1))}),
    "Polars records": lambda fact: pl.DataFrame({fact: [{"a": 1}, None]}),
    "Polars objects": lambda fact: pl.DataFrame({fact: pl.Series([{"a"}, None], dtype=pl.Object)}),
    "Polars bytes": lambda fact: pl.DataFrame({fact: [b"good", None]}),
    "Polars times": lambda fact: pl.DataFrame({fact: [time(1), None]}),
    "Polars durations": lambda fact: pl.DataFrame({fact: [timedelta(1), None]}),
    "pandas lists": lambda fact: objects(fact, [["good"], None]),
    "pandas arrays": lambda fact: objects(fact, [np.array([1, 2]), None]),
    "pandas objects": lambda fact: objects(fact, [object(), None]),
    "pandas sets": lambda fact: objects(fact, [{"good"}, pd.NA]),
    "pandas periods": lambda fact: pd.DataFrame({fact: pd.PeriodIndex(["2024-03", None], freq="M")}),
    "pandas intervals": lambda fact: pd.DataFrame({fact: pd.arrays.IntervalArray.from_tuples([(0, 1), None])}),
    "pandas durations": lambda fact: pd.DataFrame({fact: pd.to_timedelta([1, None])}),
    "pandas complex numbers": lambda fact: pd.DataFrame({fact: [1 + 2j, None]}),
}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("kind", ODD_COLUMNS)
def test_columns_that_are_no_words_numbers_or_days_are_bad_cells_and_no_crash(kind, fact):
    frame = ODD_COLUMNS[kind](fact)
    (bad,) = refused(frame).cells
    assert (bad.row, bad.column) == (1, fact)
    assert values_of(gp.evaluate_many(FRAMEWORK, frame, on_bad="unknown"), "unreadable") == [1, 0]


@pytest.mark.parametrize("frame", [
    objects("free", [HUGE, -HUGE, 3]),
    objects("free", [HUGE, "-1180591620717411303424", 2.0**70]),
    pl.DataFrame({"free": pl.Series([HUGE, -HUGE, 3], dtype=pl.Int128)}),
    pa.table({"free": pa.array([Decimal(HUGE), Decimal(-HUGE), Decimal(3)])}),
    pa.table({"free": [str(HUGE), str(-HUGE), "3"]}),
], ids=["int", "mixed", "Int128", "decimal", "text"])  # fmt: skip
def test_whole_numbers_beyond_64_bits_are_numbers(frame):
    assert outcomes(frame, "free") == ["high", "low", "high"]


def test_moments_are_the_day_they_are_on_where_they_were_taken():
    late = datetime(2024, 2, 29, 23, 30)
    assert outcomes(pd.DataFrame({"day": [late]}), "day") == ["low"]
    zoned = pd.DataFrame({"day": pd.to_datetime([late]).tz_localize("UTC").tz_convert("Europe/Paris")})
    assert outcomes(zoned, "day") == ["high"]
    assert outcomes(pl.DataFrame({"day": [late.replace(tzinfo=UTC)]}), "day") == ["low"]
    column = pl.Series([late.replace(tzinfo=UTC)]).dt.convert_time_zone("Asia/Tokyo")
    assert outcomes(pl.DataFrame({"day": column}), "day") == ["high"]
    two = [pd.Timestamp(late, tz="UTC"), pd.Timestamp(late, tz="UTC").tz_convert("Europe/Paris"), date(2024, 2, 29)]
    assert outcomes(objects("day", two), "day") == ["low", "high", "low"]
    before = pa.table({"day": pa.array([-1, -86_400, 0], pa.timestamp("s"))})
    assert outcomes(before, "day") == ["low"] * 3


def test_truths_among_numbers_are_no_numbers_and_numbers_among_truths_no_truths():
    for cells in ([1.5, True], [1, np.True_], [datetime(2024, 1, 1), 5], [5, datetime(2024, 1, 1)]):
        fault = refused(objects("free", cells))
        assert {cell.message for cell in fault.cells} <= {"not a number", "not a whole number"}
        assert any(cell.message == "not a number" for cell in fault.cells)
    assert refused(objects("day", [datetime(2024, 1, 1), 5])).cells[0].row == 2
    assert refused(objects("truth", [True, 1])).cells[0].row == 2
    assert refused(objects("grade", ["good", b"bad"])).cells[0].row == 2
    assert outcomes(objects("truth", [True, "false", np.False_, None, np.True_]), "truth") == [
        "high",
        "low",
        "low",
        None,
        "high",
    ]


# Months that follow from a date


@pytest.mark.parametrize("opened", [
    lambda days: pa.array(days, pa.date32()),
    lambda days: pa.array(days, pa.date32()).cast(pa.date64()),
    lambda days: pa.array(days, pa.date32()).cast(pa.timestamp("ns")).cast(pa.timestamp("ns", "UTC")),
    lambda days: pa.array([day and day.isoformat() for day in days]),
    lambda days: pa.array([day and f" {day.isoformat()} " for day in days]).dictionary_encode(),
    lambda days: pa.array(days, pa.date32()).dictionary_encode(),
], ids=["date32", "date64", "timestamp", "text", "dictionary of text", "dictionary of dates"])  # fmt: skip
def test_months_follow_from_dates_however_these_are_written_and_are_held_to_the_range(opened):
    days = [date(2025, 12, 31), date(2024, 1, 1), None, date(2026, 3, 1), date(1990, 1, 1), date(2024, 1, 1)]
    own = [None, None, None, None, None, 7]
    frame = pa.table({"opened": opened(days), "months": pa.array(own, pa.int16())})
    fault = refused(frame, as_of=AS_OF)
    assert [(cell.row, cell.column, cell.given, cell.message) for cell in fault.cells] == [
        (4, "months", -2, "outside the declared range"),
        (5, "months", 432, "outside the declared range"),
    ]
    for row, (day, months) in enumerate(zip(days, own, strict=True), start=1):
        record = {"opened": day, "months": months}
        if row in (4, 5):
            with pytest.raises(UnusableRecord, match="outside the declared range"):
                gp.evaluate(FRAMEWORK, record, as_of=AS_OF)
    found = gp.evaluate_many(FRAMEWORK, frame, as_of=AS_OF, on_bad="unknown")
    assert values_of(found, "of_months_outcome") == ["low", "high", None, None, None, "low"]
    assert values_of(found, "unreadable") == [0, 0, 0, 1, 1, 0]


def test_a_bad_cell_is_not_filled_with_what_follows_from_a_date():
    frame = pl.DataFrame({"months": ["many", "7", "not known"], "opened": [date(2020, 1, 1)] * 3})
    found = gp.evaluate_many(FRAMEWORK, frame, as_of=AS_OF, on_bad="unknown")
    assert values_of(found, "of_months_outcome") == [None, "low", "high"]
    assert refused(frame, as_of=AS_OF).count == 1


def test_dates_that_are_none_leave_the_months_unknown():
    frame = pa.table({"opened": ["soon", "", "2020-01-01"]})
    assert [(cell.row, cell.column) for cell in refused(frame, as_of=AS_OF).cells] == [(1, "opened")]
    assert statuses(frame, "months", as_of=AS_OF, on_bad="unknown") == ["undetermined", "undetermined", "decided"]
    assert statuses(pa.table({"opened": pa.nulls(2)}), "months", as_of=AS_OF) == ["undetermined"] * 2
    far = pa.table({"opened": pa.array([10**7, -(10**7)], pa.date32())})
    assert refused(far, as_of=AS_OF).count == 2
    assert statuses(far, "months", as_of=AS_OF, on_bad="unknown") == ["undetermined"] * 2


# Counting and listing


def test_the_first_hundred_are_listed_and_all_are_counted():
    frame = pa.table({"grade": ["good", "odd"] * 200_000, "whole": pa.array([7] * 399_999 + [1000])})
    fault = refused(frame)
    assert fault.count == 200_001
    assert [cell.row for cell in fault.cells] == list(range(2, 202, 2))
    assert str(fault).endswith("\nand 199,901 more")
    found = gp.evaluate_many(FRAMEWORK, frame, on_bad="unknown")
    assert found.num_rows == 400_000
    assert sum(values_of(found, "unreadable")) == 200_001
    last = refused(pa.table({"whole": pa.array([7] * 399_999 + [1000])}))
    assert [cell.row for cell in last.cells] == [400_000]


def test_each_bad_cell_of_a_row_counts_and_columns_that_nobody_knows_count_too():
    frame = pd.DataFrame({"grade": ["odd", "good"], "truth": [3, 4], "size": [99, 1], "gradee": [1, 2], 0: [1, 1]})
    fault = refused(frame)
    assert [(cell.row, cell.column) for cell in fault.cells] == [
        (None, "gradee"), (None, "0"), (1, "grade"), (1, "truth"), (1, "size"), (2, "truth")
    ]  # fmt: skip
    assert fault.cells[0].help == "did you mean `grade`?"
    found = gp.evaluate_many(FRAMEWORK, frame, on_bad="unknown")
    assert found["unreadable"].tolist() == [3, 1]
    assert list(found.columns[:5]) == ["grade", "truth", "size", "gradee", 0]


def test_columns_beside_and_facts_of_elsewhere_are_let_pass():
    frame = pl.DataFrame({"grade": ["good"], "authority": ["A"], "mine": [[1]], "theirs": ["x"]})
    assert [cell.column for cell in refused(frame).cells] == ["mine", "theirs"]
    found = gp.evaluate_many(FRAMEWORK, frame, beside=["mine"], elsewhere=["theirs"])
    assert found.select(frame.columns).equals(frame)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_columns_stay_as_they_are_on_every_kind_of_frame(kind):
    cells = {"grade": ["good", None, "bad", "good"], "truth": [True, None, False, True], "day": [date(2024, 3, 1)] * 4}
    frame = KINDS[kind](cells)
    found = gp.evaluate_many(FRAMEWORK, frame)
    for name in cells:
        assert values_of(found, name) == values_of(frame, name)
    assert values_of(found, "of_grade_outcome") == ["high", None, "low", "high"]


# Frames that are odd as a whole


def test_the_index_of_pandas_is_kept():
    for index in (
        [7, 7, 9],
        pd.MultiIndex.from_tuples([(1, "a"), (1, "a"), (0, "z")]),
        pd.date_range("2024", periods=3),
    ):
        frame = pd.DataFrame({"grade": ["good", "bad", None]}, index=index)
        found = gp.evaluate_many(FRAMEWORK, frame)
        assert found.index.equals(frame.index)
        assert found["of_grade_status"].tolist() == ["decided", "decided", "undetermined"]
        assert list(frame.columns) == ["grade"]


def test_what_a_table_of_arrow_says_of_itself_is_kept():
    field = pa.field("grade", pa.string(), nullable=False, metadata={"a": "b"})
    table = pa.table([pa.array(["good"])], pa.schema([field], metadata={"c": "d"}))
    found = gp.evaluate_many(FRAMEWORK, table)
    assert found.schema.metadata == {b"c": b"d"}
    assert found.schema.field("grade").equals(field, check_metadata=True)


def test_two_columns_of_one_name_are_refused():
    for frame in (
        pd.DataFrame([["good", "bad"]], columns=["grade", "grade"]),
        pd.DataFrame([["good", 1, 2]], columns=["grade", "z", "z"]),
        pa.table([pa.array(["good"]), pa.array(["bad"])], ["grade", "grade"]),
    ):
        with pytest.raises(ValueError, match="several columns of one name"):
            gp.evaluate_many(FRAMEWORK, frame, beside=["z"])


def test_columns_with_several_names_each_are_no_facts():
    columns = pd.MultiIndex.from_tuples([("grade", "a"), ("grade", "b")])
    fault = refused(pd.DataFrame([[1, 2]], columns=columns))
    assert [cell.column for cell in fault.cells] == ["('grade', 'a')", "('grade', 'b')"]


def test_a_column_that_is_there_already_is_refused():
    with pytest.raises(ValueError, match="already has a column of_grade_status"):
        gp.evaluate_many(FRAMEWORK, pa.table({"grade": ["good"], "of_grade_status": [1]}))
    with pytest.raises(ValueError, match="already has a column unreadable"):
        gp.evaluate_many(FRAMEWORK, pa.table({"unreadable": [1]}), on_bad="unknown")


@pytest.mark.parametrize(
    "given", [None, 3, "grade", [{"grade": "good"}], {"grade": ["good"]}, pd.Series(["good"]), pl.Series(["good"])]
)
def test_what_is_no_frame_is_refused(given):
    with pytest.raises(TypeError, match="is no frame of"):
        gp.evaluate_many(FRAMEWORK, given)


@pytest.mark.parametrize("frame", [
    pd.DataFrame(), pd.DataFrame({"grade": []}), pd.DataFrame({"grade": pd.Series([], dtype=str)}),
    pl.DataFrame(), pl.DataFrame({"grade": []}), pl.DataFrame({"day": []}, schema={"day": pl.Date}),
    pa.table({}), pa.table({"grade": pa.array([], pa.string())}), pa.table({"size": pa.chunked_array([], pa.float64())}),
    pa.table({"grade": pa.array([], pa.string()).dictionary_encode(), "opened": pa.array([], pa.string())}),
])  # fmt: skip
def test_frames_without_rows_get_their_columns(frame):
    found = gp.evaluate_many(FRAMEWORK, frame, as_of=AS_OF)
    assert values_of(found, "of_grade_outcome") == values_of(found, "of_months_possible") == []


@pytest.mark.parametrize("frame", [
    pd.DataFrame(index=[3, 3]), pd.DataFrame({"z": [1, 2]}), pl.DataFrame({"z": [1, 2]}), pa.table({"z": [1, 2]}),
    pa.table({"grade": pa.nulls(2)}), pl.DataFrame({"grade": [None, None]}),
])  # fmt: skip
def test_frames_without_any_fact_leave_everything_open(frame):
    found = gp.evaluate_many(FRAMEWORK, frame, beside=["z"])
    for fact in FACTS:
        assert values_of(found, f"of_{fact}_status") == ["undetermined"] * 2


def test_what_is_asked_for_must_exist():
    frame = pa.table({"grade": ["good"]})
    for more in ({"decisions": ["nothing"]}, {"columns": ["outcomes"]}, {"on_bad": "ignore"}):
        with pytest.raises(ValueError, match="there is no"):
            gp.evaluate_many(FRAMEWORK, frame, **more)
    assert gp.evaluate_many(FRAMEWORK, frame, decisions=["of_grade"], columns=["status"]).column_names == [
        "grade",
        "of_grade_status",
    ]


def test_text_that_is_not_utf8_is_a_bad_cell_and_never_a_stack_trace():
    lengths = pa.array([0, 1, 3], pa.int32()).buffers()[1]
    texts = pa.Array.from_buffers(pa.string(), 2, [None, lengths, pa.py_buffer(b"\xffab")])
    fact = next(iter(FACTS))
    for column in (texts, pa.DictionaryArray.from_arrays([0, 1], texts)):
        found = refused(pa.table({fact: column}))
        assert found.cells[0].given == "b'\\xff'"
        assert found.count == 2
        assert statuses(pa.table({fact: column}), fact, on_bad="unknown") == ["undetermined"] * 2
