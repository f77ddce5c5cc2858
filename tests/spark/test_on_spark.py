"""Spark data frames are told what frames at hand are told; what Spark counts is what is counted at hand."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.test_many import random_frameworks
from greenpaper.comparison.many import compare_many
from greenpaper.framework.catalogue import Catalogue
from greenpaper.population.answers import Column
from greenpaper.population.lazy_classes import UnreadableColumn
from greenpaper.population.tables import tables_of
from greenpaper.population.unusable import UnusableFrame
from greenpaper.source.shipped import shipped
from population.every_type import every_type
from population.frames import arrow, columns_of
from transcripts import ROOT, blocks

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
CATALOGUE = Catalogue(shipped("policies"))
AS_OF = date(2026, 1, 31)


def without_nothing(table):
    """Spark takes no column of no type from Arrow."""
    return table.select([name for name in table.column_names if not pa.types.is_null(table[name].type)])


def same(spark, framework, table, **more):
    """The same columns and values, in the order of the rows."""
    table = without_nothing(table)
    given = spark.createDataFrame(table)
    found = gp.evaluate_many(framework, given, **more)
    assert type(found) is type(given)
    at_hand = gp.evaluate_many(framework, table, **more)
    assert found.columns == at_hand.column_names
    added = [name for name in at_hand.column_names if name not in table.column_names]
    assert found.select(*added).toArrow().to_pylist() == at_hand.select(added).to_pylist()
    return at_hand


def judged(framework):
    return dict.fromkeys(fact for name in framework.decisions for fact in tables_of(framework, name).facts)


def partial_records(framework, beside=()):
    facts = {fact: framework.vocabulary.facts[fact].type.scale.words for fact in judged(framework)}
    rows = list(product(*((None, *words) for words in facts.values()), *beside))
    names = [*facts, "turn"][: len(facts) + len(beside)]
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


@pytest.mark.parametrize("version", CATALOGUE.versions)
def test_every_partial_record_of_every_shipped_version(spark, version):
    framework = CATALOGUE.load(version)
    told = same(spark, framework, partial_records(framework))
    assert 600 < told.num_rows < 4000


def test_twenty_random_frameworks(spark):
    for seed, framework, records, as_of in random_frameworks(range(600, 620), 15):
        table = arrow(columns_of(records, list(framework.vocabulary.facts)))
        if seed % 2:
            same(spark, framework, table, as_of=as_of, on_bad="unknown")
        else:
            same(spark, framework, table, as_of=as_of, columns=[Column.OUTCOME, Column.POSSIBLE], on_bad="unknown")


def test_every_type_and_cells_that_cannot_be_used(spark):
    table = pa.table(
        {
            "grade": ["goood", " Not Known\u00a0", "not judged \u017feparately", "middling", None],
            "truth": [True, False, None, True, False],
            "word": ["north", "North", "", "south ", "x"],
            "whole": pa.array([1, 1000, None, -4, 5], pa.int16()),
            "free": [float("nan"), 2.5, -0.0, float("inf"), 1e300],
            "size": pa.array(
                [Decimal("0.10"), Decimal("0.09"), None, Decimal("-0.01"), Decimal("10")], pa.decimal128(9, 2)
            ),
            "day": [datetime(2024, 2, 29, 23, 59, tzinfo=UTC), None, *[datetime(2024, 3, 1, tzinfo=UTC)] * 3],
            "months": [None, 500, None, 3, None],
            "opened": [date(2027, 1, 1), date(2020, 1, 1), date(1, 1, 1), None, date(2025, 1, 31)],
        }
    )
    told = same(spark, every_type(), table, as_of=AS_OF, on_bad="unknown")
    assert told["unreadable"].to_pylist()[0] >= 2


def test_bad_cells_are_counted_at_the_call(spark):
    table = pa.table({"grade": ["goood", "goood", "good"], "months": [None, 500, 3], "strange": [1, 2, 3]})
    with pytest.raises(UnusableFrame) as caught:
        gp.evaluate_many(every_type(), spark.createDataFrame(table))
    told = [(each.column, each.given, each.rows) for each in caught.value.cells]
    assert told == [("strange", None, None), ("grade", "goood", 2), ("months", 500, 1)]
    assert caught.value.count == 4


def test_words_for_numbers_are_refused(spark):
    with pytest.raises(UnreadableColumn, match="`whole` holds String"):
        gp.evaluate_many(every_type(), spark.createDataFrame(pa.table({"whole": ["1"]})), on_bad="unknown")


def test_versions_are_compared_in_spark(spark):
    versions = [CATALOGUE.load("2025"), CATALOGUE.load("2026")]
    table = partial_records(versions[1], beside=[["north", " north", None]])
    found = compare_many(spark.createDataFrame(table), versions, by="turn")
    assert found == compare_many(table, versions, by="turn")
    assert found.whole.rows == 1875


def test_columns_with_dots_and_marks_are_left_alone(spark):
    frame = spark.createDataFrame(pa.table({"leaders": ["good"], "a.b `c`": [1]}))
    found = gp.evaluate_many(CATALOGUE.load("2026"), frame, beside=["a.b `c`"])
    assert found.columns[:2] == ["leaders", "a.b `c`"]
    assert found.collect()[0]["a.b `c`"] == 1


def test_the_page_on_scale_shows_what_runs(spark, tmp_path):
    """The blocks in `py` are for Spark, and follow the others. Java does not change its folder: files are named whole."""
    text = re.sub(
        r"(?<=\")[\w-]+(?=\.parquet\")", rf"{tmp_path}/\g<0>", (ROOT / "docs" / "scale.md").read_text("utf-8")
    )
    sessions = [block.text for block in blocks(text) if block.kind == "python"]
    asked = [block.text for block in blocks(text) if block.kind == "py"]
    names = {}
    exec("\n".join(re.findall(r"^(?:>>>|\.\.\.) (.*)$", sessions[0], re.MULTILINE)), names)
    for block in asked:
        exec(block, names)
    assert spark.read.parquet(f"{tmp_path}/by-spark.parquet").filter("pathway_status = 'decided'").count() > 500
