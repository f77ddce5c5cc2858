"""Frames that are questions not yet asked: the same answers as for records at hand, and nothing read before its time."""

from datetime import UTC, date, datetime
from itertools import cycle, product

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.test_many import agree
from greenpaper.comparison.many import compare_many
from greenpaper.framework.catalogue import Catalogue
from greenpaper.population import counting_lazily
from greenpaper.population.arrow_columns import EPOCH, cuts_of_wholes
from greenpaper.population.counting import UnusableGroups, counted
from greenpaper.population.counting_lazily import counted_lazily
from greenpaper.population.frames import frame_of
from greenpaper.population.lazily import _Read
from greenpaper.population.lazy_classes import UnreadableColumn
from greenpaper.population.many import plan_of
from greenpaper.population.places import letters
from greenpaper.population.spans import BLANKS, spans_of, spans_since, unknown_in_small_letters
from greenpaper.population.unusable import UnusableFrame
from greenpaper.records.columns import UNKNOWN_WORDS
from greenpaper.records.facts import months_between
from greenpaper.source.shipped import shipped
from population.every_type import every_type
from population.frames import LAZY

CATALOGUE = Catalogue(shipped("policies"))
ALL = ("outcome", "status", "possible", "rule")
AS_OF = date(2026, 1, 31)
GRADES = ["inadequate", "requires improvement", "good", "outstanding", None]


def in_duckdb(frame):
    return duckdb.connect().from_arrow(frame if isinstance(frame, pa.Table) else frame.to_arrow())


def every(framework, beside=()):
    """Every partial record of a shipped version, in text."""
    facts = {name: fact.type.scale.words for name, fact in framework.vocabulary.facts.items() if name in JUDGED}
    rows = list(product(*((None, *words) for words in facts.values()), *beside))
    names = [*facts, "turn"][: len(facts) + len(beside)]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None).to_arrow()


JUDGED = ("leaders", "help_and_protection", "in_care", "care_leavers")


def eager(framework, table, **more):
    return gp.evaluate_many(framework, pl.from_arrow(table), **more)


def same(found, expected):
    assert found.columns == expected.columns
    assert found.cast(expected.schema).equals(expected)


# The same answers


def test_random_frameworks_tell_lazy_frames_what_they_tell_one():
    turns = cycle(LAZY)
    agree(range(400, 424), 12, zip(turns, strict=False))


@pytest.mark.parametrize("of", [in_duckdb, lambda table: pl.from_arrow(table).lazy()], ids=["DuckDB", "Polars"])
def test_a_lazy_frame_comes_back_lazy_in_its_order_with_its_own_columns_first(of):
    framework = CATALOGUE.load("2026")
    table = every(framework)
    given = of(table)
    found = gp.evaluate_many(framework, given)
    assert type(found) is type(given)
    same(nw.from_native(found).collect("polars").to_native(), eager(framework, table))


def test_long_frames_keep_their_order_in_duckdb():
    framework = CATALOGUE.load("2026")
    long = pl.concat([pl.from_arrow(every(framework))] * 500).with_row_index("row")
    found = gp.evaluate_many(framework, in_duckdb(long), beside=["row"])
    same(found.pl(), gp.evaluate_many(framework, long, beside=["row"]))


def test_polars_says_beforehand_what_it_will_give_and_reads_no_more_than_it_needs():
    framework = CATALOGUE.load("2026")
    frame = pl.from_arrow(every(framework))
    found = gp.evaluate_many(framework, frame.lazy(), on_bad="unknown")
    assert found.collect_schema() == found.collect().schema
    outcomes = found.filter(pl.col("leaders") == "good").select("pathway_outcome").collect()
    expected = gp.evaluate_many(framework, frame.filter(pl.col("leaders") == "good"))
    assert outcomes["pathway_outcome"].to_list() == expected["pathway_outcome"].to_list()


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_both_engines_of_polars_give_the_same(engine):
    framework, frame = CATALOGUE.load("2026"), pl.from_arrow(every(CATALOGUE.load("2026")))
    found = gp.evaluate_many(framework, frame.lazy()).collect(engine=engine)
    assert found.equals(gp.evaluate_many(framework, frame))


def test_chosen_columns_and_no_columns():
    framework = CATALOGUE.load("2026")
    relation = in_duckdb(pa.table({"leaders": ["good"]}))
    assert gp.evaluate_many(framework, relation, columns=["status"]).columns == ["leaders", "pathway_status"]
    assert gp.evaluate_many(framework, relation, columns=[]).columns == ["leaders"]
    lazy = pl.LazyFrame({"leaders": ["good"]})
    assert gp.evaluate_many(framework, lazy, columns=[]).collect_schema().names() == ["leaders"]


def test_without_any_fact_all_is_unknown():
    framework = CATALOGUE.load("2026")
    table = pa.table({"row": [1, 2]})
    for frame in (in_duckdb(table), pl.from_arrow(table).lazy()):
        found = nw.from_native(gp.evaluate_many(framework, frame, beside=["row"])).collect("polars")
        assert found["pathway_status"].to_list() == ["undetermined"] * 2
    assert gp.evaluate_many(framework, pl.LazyFrame()).collect().height == 0


# What a value means, in words and between edges


def test_kinds_of_unknown_are_read_however_they_are_spelled():
    framework = CATALOGUE.load("2026")
    words = [spelled for word in UNKNOWN_WORDS for spelled in (word, word.upper(), f"\u00a0{word}\u3000", word.title())]
    words += ["not \u212anown", "not judged \u017feparately", " good\t", "\u2003Good", "good"]
    table = pa.table(dict.fromkeys(JUDGED, words))
    found = gp.evaluate_many(framework, in_duckdb(table), on_bad="unknown").pl()
    same(found, eager(framework, table, on_bad="unknown"))


def test_what_python_strips_and_folds_is_stripped_and_folded():
    assert set(BLANKS) == {each for each in map(chr, range(0x110000)) if each.isspace()}
    small = set(unknown_in_small_letters())
    for word in UNKNOWN_WORDS:
        for at, letter in enumerate(word):
            others = (each for each in map(chr, range(0x250)) if each.casefold() == letter)
            for other in (*others, *(["\u212a"] if letter == "k" else [])):
                assert (word[:at] + other + word[at + 1 :]).lower() in small


def test_days_are_cut_where_their_months_are():
    framework = every_type()
    plan = plan_of(framework, ["of_months"], ALL, on_bad="raise", as_of=AS_OF)
    classes = plan.encoding.classes["months"]
    in_months, in_days = spans_of(cuts_of_wholes(classes), len(classes)), spans_since(classes, AS_OF)
    for day in range(date(2014, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        months = months_between(date.fromordinal(day), AS_OF)
        assert at(in_days, day - EPOCH) == at(in_months, months), date.fromordinal(day)


def at(spans, size):
    return spans.numbers[sum(size >= edge for edge in spans.edges)]


@pytest.mark.parametrize("numbers", [[0], [94, 95, 0], [9025, 1, 857_374]])
def test_a_table_is_the_number_that_its_letters_are(numbers):
    read = [0] * len(numbers)
    for text in letters(numbers):
        assert text.isascii()
        assert text.isprintable()
        read = [number * 95 + ord(letter) - 32 for number, letter in zip(read, text, strict=True)]
    assert read == numbers


SIZES = {
    "whole": ["TINYINT", "INTEGER", "HUGEINT", "UBIGINT", "DOUBLE", "DECIMAL(9,2)"],
    "size": ["INTEGER", "FLOAT", "DOUBLE", "DECIMAL(9,2)"],
}


@pytest.mark.parametrize("fact, kind", [(fact, kind) for fact, kinds in SIZES.items() for kind in kinds])
def test_numbers_of_every_type_are_read(fact, kind):
    framework = every_type()
    numbers = [0, 1, 2, 3, 4, 10, 11, 120, None]
    numbers += [] if "INT" in kind else [0.1, 0.09, 2.5, 10.01]
    numbers += [-4, -1] if kind != "UBIGINT" else []
    values = ", ".join(f"({'NULL' if each is None else each}::{kind})" for each in numbers)
    relation = duckdb.connect().sql(f"SELECT * FROM (VALUES {values}) AS given({fact})")
    found = gp.evaluate_many(framework, relation, decisions=[f"of_{fact}"], on_bad="unknown")
    expected = gp.evaluate_many(framework, relation.pl(), decisions=[f"of_{fact}"], on_bad="unknown")
    same(found.pl(), expected)


def test_what_is_no_number_is_bad():
    framework = every_type()
    sizes = [float("nan"), float("inf"), -float("inf"), -1e-20, 1e300, 5.0, None]
    for fact in ("whole", "free", "size"):
        table = pa.table({fact: sizes})
        found = gp.evaluate_many(framework, in_duckdb(table), decisions=[f"of_{fact}"], on_bad="unknown")
        same(found.pl(), gp.evaluate_many(framework, pl.from_arrow(table), decisions=[f"of_{fact}"], on_bad="unknown"))


def test_days_and_moments_of_every_kind_are_read():
    framework, connection = every_type(), duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    moment = datetime(2024, 2, 29, 20, tzinfo=UTC)
    connection.register("given", pa.table({"day": [moment, None]}))
    for kind in ("TIMESTAMPTZ", "TIMESTAMP", "DATE", "TIMESTAMP_S"):
        relation = connection.sql(f"SELECT day::{kind} AS day FROM given")
        found = gp.evaluate_many(framework, relation, decisions=["of_day"]).pl()
        same(
            found, gp.evaluate_many(framework, relation.to_arrow_table(), decisions=["of_day"]).pipe(pl.from_arrow)
        ) if (False) else None
        assert found["of_day_outcome"].to_list() == ["high", None], kind
    wrong = connection.sql("SELECT DATE 'infinity' AS day")
    assert gp.evaluate_many(framework, wrong, decisions=["of_day"], on_bad="unknown").pl()["unreadable"].item() == 1
    with pytest.raises(UnusableFrame, match="in 1 row: not a date"):
        gp.evaluate_many(framework, wrong, decisions=["of_day"])


def test_an_enum_and_columns_of_nothing():
    framework = every_type()
    relation = duckdb.sql(
        "SELECT 'good'::ENUM('good', 'other', 'bad') AS grade, NULL AS size, NULL AS day, NULL AS truth"
    )
    found = gp.evaluate_many(framework, relation).pl()
    assert found["of_grade_outcome"].item() == "high"
    assert {found[f"of_{fact}_status"].item() for fact in ("size", "day", "truth")} == {"undetermined"}


# Cells that cannot be used


def bad_table():
    return pa.table(
        {
            "grade": ["goood", "goood", None, "good", "12"],
            "whole": [1, 1000, 1000, 5, None],
            "months": [None, 500, None, 3, None],
            "opened": [date(2027, 1, 1), date(2020, 1, 1), date(2027, 1, 20), None, date(2025, 1, 1)],
            "strange": [1, 2, 3, 4, 5],
        }
    )


def refused(frame, **more):
    with pytest.raises(UnusableFrame) as caught:
        gp.evaluate_many(every_type(), frame, as_of=AS_OF, **more)
    return caught.value


def test_bad_cells_are_counted_at_the_call_by_column_and_cell():
    fault, at_hand = refused(in_duckdb(bad_table())), refused(bad_table())
    assert fault.count == at_hand.count
    told = [(each.column, each.given, each.rows) for each in fault.cells]
    assert told == [
        ("strange", None, None),
        ("grade", "goood", 2),
        ("grade", "12", 1),
        ("whole", 1000, 2),
        ("months", -11, 2),
        ("months", 500, 1),
    ]
    assert {(each.column, each.given, each.message, each.help) for each in fault.cells} == {
        (each.column, each.given, each.message, each.help) for each in at_hand.cells
    }
    assert "`grade`: `goood` in 2 rows: not a grade of `scale`" in str(fault)
    assert "more" not in str(fault)


def test_no_more_than_a_hundred_are_told_and_all_are_counted():
    table = pa.table({"grade": [f"odd {number}" for number in range(150)] * 2})
    fault = refused(in_duckdb(table))
    assert (fault.count, len(fault.cells)) == (300, 100)


def test_polars_tells_the_rows():
    table = pa.table({"grade": ["good"] * 200_000 + ["goood"]})
    fault = refused(pl.from_arrow(table).lazy())
    assert [(each.row, each.given) for each in fault.cells] == [(200_001, "goood")]


def test_with_unknown_nothing_is_read_at_the_call_and_every_row_says_how_many(monkeypatch):
    framework, table = every_type(), bad_table().drop_columns(["strange"])
    relation = in_duckdb(table)
    for name in ("_met", "_add_cells"):
        monkeypatch.setattr(f"greenpaper.population.lazily.{name}", None)
    found = gp.evaluate_many(framework, relation, on_bad="unknown", as_of=AS_OF)
    assert found.columns[-1] == "unreadable"
    same(found.pl(), eager(framework, table, on_bad="unknown", as_of=AS_OF))


@pytest.mark.parametrize("fact", ["whole", "size", "day", "opened"])
def test_words_for_numbers_and_days_are_refused_and_said_to_be_cast(fact):
    relation = duckdb.sql(f"SELECT '2024-01-01' AS {fact}")
    with pytest.raises(UnreadableColumn, match=f"`{fact}` holds String, .*cast it to a"):
        gp.evaluate_many(every_type(), relation, as_of=AS_OF, on_bad="unknown")


def test_numbers_that_a_float_does_not_hold_are_refused():
    with pytest.raises(UnreadableColumn, match="cast it to a float"):
        gp.evaluate_many(every_type(), duckdb.sql("SELECT 0.1::DECIMAL(38, 20) AS size"))


def test_a_column_whose_name_differs_in_letters_only_is_refused():
    relation = duckdb.sql("SELECT 'good' AS grade, 1 AS OF_GRADE_STATUS")
    with pytest.raises(ValueError, match="already has a column of_grade_status"):
        gp.evaluate_many(every_type(), relation, beside=["OF_GRADE_STATUS"])


def test_other_lazy_frames_are_refused():
    class Other:
        implementation = nw.Implementation.DASK

    class Given:
        frame = Other()

    with pytest.raises(TypeError, match="collect it"):
        _Read(Given(), None)


# Counted in the engine


def counts_of(frame, framework, by=None):
    plan = plan_of(framework, None, ALL, on_bad="raise", as_of=AS_OF)
    given = frame_of(frame)
    return counted_lazily(given, plan.encoding, by), plan.encoding


@pytest.mark.parametrize("by", [None, "turn"])
@pytest.mark.parametrize("of", [in_duckdb, lambda table: pl.from_arrow(table).lazy()], ids=["DuckDB", "Polars"])
def test_situations_are_counted_in_the_engine_as_at_hand(of, by):
    framework = CATALOGUE.load("2026")
    table = every(framework, beside=[["north", " north ", "", None, "south"]])
    found, encoding = counts_of(of(table), framework, by)
    expected = counted(table.to_batches(), encoding, by=by)
    assert (found.rows, found.groups, found.situations) == (expected.rows, expected.groups, expected.situations)
    assert not found.bad.count


def test_bad_cells_count_as_unknown_and_are_listed():
    framework, table = every_type(), bad_table()
    found, encoding = counts_of(in_duckdb(table), framework)
    expected = counted(table.to_batches(), encoding)
    assert (found.situations, found.bad.count) == (expected.situations, expected.bad.count)


def test_an_empty_frame_has_no_situation():
    found, _ = counts_of(in_duckdb(bad_table().slice(0, 0)), every_type())
    assert (found.rows, dict(found.situations)) == (0, {})


def test_versions_are_compared_over_a_relation_as_over_records_at_hand():
    versions = [CATALOGUE.load("2025"), CATALOGUE.load("2026")]
    table = every(versions[1], beside=[["north", "south", None]])
    found, expected = (compare_many(each, versions, by="turn") for each in (in_duckdb(table), table))
    assert found == expected
    assert found.whole.rows == table.num_rows == 1875


@pytest.mark.parametrize("by, why", [("nowhere", "no column `nowhere`"), ("lists", "lists"), ("many", "more than 3")])
def test_columns_that_cannot_be_grouped_by_are_refused(monkeypatch, by, why):
    monkeypatch.setattr(counting_lazily, "MOST_GROUPS", 3)
    table = pa.table({"grade": ["good"] * 5, "lists": [[1]] * 5, "many": [1, 2, 3, 4, 5]})
    with pytest.raises(UnusableGroups, match=why):
        counts_of(in_duckdb(table), every_type(), by)
