"""The tables in docs/language/unknown.md say what the engine does."""

import re
from itertools import product
from pathlib import Path

import pytest

from language.policy import term_of, value

PAGE = (Path(__file__).parents[2] / "docs" / "language" / "unknown.md").read_text("utf-8")
TABLE = re.compile(r"^\| `(.*?)` \|(.*)\|\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
TRUTHS = {"true": True, "unknown": None, "false": False}
MEMBERS = ("help", "in_care", "care_leavers")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


TABLES = {
    heading: (cells(columns), [cells(row) for row in rows.splitlines()])
    for heading, columns, rows in TABLE.findall(PAGE)
}
COUNTS = [heading for heading in TABLES if "practice" in heading]


def known(**facts):
    return {name: fact for name, fact in facts.items() if fact is not None}


def test_there_is_a_table_for_each_way_to_join_and_each_quantity():
    assert set(TABLES) - set(COUNTS) == {"not", "and", "or"}
    assert {heading.split(" of ")[0] for heading in COUNTS} == {
        "any",
        "all",
        "none",
        "at least 2",
        "at most 1",
        "exactly 1",
    }


def test_the_table_of_not_is_what_not_does():
    assert len(TABLES["not"][1]) == 3
    for given, said in TABLES["not"][1]:
        assert value(term_of("not flag"), known(flag=TRUTHS[given])) is TRUTHS[said]


@pytest.mark.parametrize("word", ["and", "or"])
def test_the_tables_of_and_and_or_are_what_they_do(word):
    columns, rows = TABLES[word]
    assert len(columns) == len(rows) == 3
    for (left, *row), (number, right) in product(rows, enumerate(columns)):
        given = known(flag=TRUTHS[left], flag2=TRUTHS[right])
        assert value(term_of(f"flag {word} flag2"), given) is TRUTHS[row[number]], (left, right)


@pytest.mark.parametrize("condition", COUNTS)
def test_the_table_of_a_quantity_is_what_it_does(condition):
    columns, rows = TABLES[condition]
    assert len(columns) == len(rows) == 4
    for (good, *row), unknown in product(rows, range(4)):
        true = int(good.split()[0])
        if true + unknown > 3:
            assert row[unknown] == "–"
            continue
        grades = ["good"] * true + [None] * unknown + ["inadequate"] * (3 - true - unknown)
        given = known(**dict(zip(MEMBERS, grades, strict=True)))
        assert value(term_of(condition), given) is TRUTHS[row[unknown]], (true, unknown)
