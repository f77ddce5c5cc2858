"""Raw files and mappings to tables: every row is used or listed, every mistake has a place."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenpaper.records.csv_text import read_table
from greenpaper.records.importer import import_tables
from greenpaper.records.tables import read_records
from greenpaper.source.diagnostics import Severity
from greenpaper.source.render import all_to_text, to_text
from records.raw import CORRECTIONS, HEADER, LOOKUP, REGISTER, ROWS, WHOLE, lay_out, source_with, workbook


def places(imported) -> list[tuple[str, str]]:
    return [
        (each.code, f"{Path(each.span.source.name).name}:{each.span.position.line}:{each.span.position.column}")
        for each in imported.diagnostics
    ]


def without_folders(text: str, folder: Path) -> str:
    return text.replace(f"{folder}/", "")


def test_tables_are_made_and_everything_else_is_listed(tmp_path):
    imported = import_tables(*lay_out(tmp_path))
    assert imported.diagnostics == ()
    assert imported.tables == {
        "register.csv": (
            "code,name,region,kind,urn,la_code,aliases,neighbours\n"
            "E1,Leeds,Yorkshire and the Humber,,11,,,E2\n"
            "E2,York,Yorkshire and the Humber,,22,,city of york,E1\n"
        ),
        "inspections.csv": (
            "code,authority,first_day,last_day,further_periods,published,leaders,in_care,together,report,note\n"
            "E1,Leeds,2022-12-05,2022-12-09,2023-02-14/2023-02-15,2023-05-10,good,not judged separately,"
            "requires_improvement,r1,raw.csv line 2; they came back\n"
            "E2,York,,,,2024-05-10,good,good,,r2,raw.csv line 3\n"
        ),
        "not-used.csv": (
            "file,row,column,reason\n"
            "lookup.csv,4,,it was abolished\n"
            "raw.csv,,parser,it is a number of the reader\n"
            "raw.csv,4,,it is of an earlier framework\n"
            "raw.csv,5,,no fact can be read in it\n"
            'raw.csv,6,,"already known from raw.csv line 3, and agrees"\n'
        ),
    }


def test_the_same_files_give_the_same_bytes(tmp_path):
    where = lay_out(tmp_path)
    assert import_tables(*where).tables == import_tables(*where).tables


def test_what_is_made_can_be_read(tmp_path):
    imported = import_tables(*lay_out(tmp_path))
    records, found = read_records("i.csv", imported.tables["inspections.csv"].encode())
    assert not found
    assert len(records.inspections) == 2


def test_a_later_source_that_says_otherwise_is_listed_and_not_used(tmp_path):
    rows = HEADER + "leeds,11,r1,10/05/23,05/12/2022,09/12/2022,good,good,1\nleeds,11,r1,10/05/23,,,to be good,good,1\n"
    imported = import_tables(*lay_out(tmp_path, rows=rows))
    assert [(each.row, each.column, each.reason) for each in imported.not_used if each.row == 3] == [
        (3, "end", "disagrees: says nothing, while raw.csv line 2 says `2022-12-09` and is used"),
        (3, "leaders_grade", "disagrees: says `requires_improvement`, while raw.csv line 2 says `good` and is used"),
        (3, "start", "disagrees: says nothing, while raw.csv line 2 says `2022-12-05` and is used"),
    ]


def test_two_columns_that_disagree_are_listed(tmp_path):
    lookup = LOOKUP.replace("Humber,NotKnown", "Humber,London")
    imported = import_tables(*lay_out(tmp_path, lookup=lookup))
    assert [each.reason for each in imported.not_used if each.column == "region_again"] == [
        "says `London`, while `region` of the same row says `Yorkshire and the Humber`"
    ]


def test_a_value_that_a_rule_throws_away_is_listed(tmp_path):
    whole = WHOLE.replace("move: {in_care: together}\n        put: {", "put: {leaders: unreadable in the source, ")
    imported = import_tables(*lay_out(tmp_path, whole=whole))
    assert [(each.row, each.column) for each in imported.not_used if each.reason == "it was made before the split"] == [
        (2, "care"),
        (2, "leaders_grade"),
    ]


FIRST = "leeds,11,r1,10/05/23,05/12/2022,09/12/2022,good,good,1\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", [("empty-file", "raw.csv:1:1")]),
        (HEADER.encode() + b"\xe9", [("not-utf-8", "raw.csv:2:1")]),
        (HEADER + FIRST + "leeds,11\n", [("short-row", "raw.csv:3:9")]),
        (HEADER + FIRST + "leeds,11,r2,x,y,z,good,good,1,,2\n", [("long-row", "raw.csv:3:31")]),
        (HEADER + FIRST + "york,22,r2,31/02/24,,,good,fine,1\n", [("bad-date", "raw.csv:3:12"), ("unknown-raw-word", "raw.csv:3:28")]),
        (HEADER + FIRST + "york,22,r2,2/2/24,,,good,good,1\n", [("bad-date", "raw.csv:3:12")]),
        (HEADER + FIRST + "york,22,r2,10/05/24,01/05/2024,,good,good,1\n", [("half-a-period", "raw.csv:3:21")]),
        (HEADER + FIRST + "york,22,r2,10/05/24,12/05/2024,11/05/2024,good,good,1\n", [("dates-out-of-order", "raw.csv:3:12"), ("dates-out-of-order", "raw.csv:3:32")]),
        (HEADER + FIRST + "paris,33,r2,10/05/24,,,good,good,1\n", [("unknown-authority", "raw.csv:3:1")]),
        (HEADER + FIRST + "leeds,22,r2,10/05/24,,,good,good,1\n", [("two-authorities", "raw.csv:3:1")]),
        (ROWS.replace("parser", "reader"), [("raw-column-missing", "raw.csv:1:1"), ("raw-column-not-mapped", "raw.csv:1:48")]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_raw_file_has_a_place_and_its_row_is_listed(tmp_path, rows, expected):
    imported = import_tables(*lay_out(tmp_path, rows=rows, corrections="corrections: []\n"))
    assert sorted(places(imported)) == sorted(expected)
    listed = {(each.file, each.row) for each in imported.not_used}
    for each in imported.diagnostics:
        assert ("raw.csv", each.span.position.line) in listed


def test_every_row_of_a_raw_file_is_used_or_listed(tmp_path):
    rows = ROWS + "york,22,r7,10/05/24,,,fine,good,1\nparis,33,r8,10/05/24,,,good,good,1\nyork,22\n"
    imported = import_tables(*lay_out(tmp_path, rows=rows))
    used = imported.tables["inspections.csv"].count("raw.csv line ")
    listed = {each.row for each in imported.not_used if each.file == "raw.csv" and each.row}
    assert used + len(listed) == len(rows.splitlines()) - 1


def test_an_unknown_word_as_it_is_shown(tmp_path):
    rows = HEADER + FIRST + "york,22,r2,10/05/24,,,good,goood,1\n"
    (found,) = import_tables(*lay_out(tmp_path, rows=rows)).diagnostics
    assert (
        without_folders(to_text(found), tmp_path)
        == """\
error[unknown-raw-word]: the mapping does not know the word `goood`
 --> raw/raw.csv:3:28
  |
3 | york,22,r2,10/05/24,,,good,goood,1
  |                            ^^^^^
  |
help: did you mean `good`?"""
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"not_used": "not_usd: {parser: x}"}, [("unknown-key", "source.yaml:9:1")]),
        ({"from": ""}, [("missing-key", "source.yaml:1:1")]),
        ({"format": "format: excel"}, [("not-a-choice", "source.yaml:3:9")]),
        ({"values": "values: {grades: {good: 1}}"}, [("wrong-kind", "source.yaml:7:25")]),
        ({"unknown": "unknown: {x: unreadable}"}, [("not-a-choice", "source.yaml:8:14")]),
        ({"columns": "columns: {name: {is: authority}, grade: {is: leader, values: grade}}"},
         [("unknown-own-column", "source.yaml:4:46"), ("unknown-value-map", "source.yaml:4:62")]),
        ({"columns": "columns: {grade: {is: leaders}}"}, [("no-identity", "source.yaml:4:1")]),
        ({"not_used": "not_used: {care: x}"}, [("used-and-not-used", "source.yaml:9:12")]),
        ({"file": "file: ../raw.csv"}, [("not-a-file-name", "source.yaml:1:7")]),
        ({"file": "file: [a"}, [("not-yaml", "source.yaml:2:5")]),
        ({"file": "file: none.csv"}, [("unreadable-file", "none.csv:1:1"), ("raw-file-not-mapped", "raw.csv:1:1")]),
        ({"not_used": "not_used: {parser: x, time: y}"}, [("raw-column-missing", "raw.csv:1:1")]),
        ({"not_used": ""}, [("raw-column-not-mapped", "raw.csv:1:48")]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_has_a_place(tmp_path, changed, expected):
    imported = import_tables(*lay_out(tmp_path, source=source_with(**changed)))
    assert sorted(places(imported)) == sorted(expected)


def test_an_unknown_kind_of_unknown_as_it_is_shown(tmp_path):
    source = source_with(unknown="unknown: {data_unreadable: unreadable in source}")
    (found,) = import_tables(*lay_out(tmp_path, source=source)).diagnostics
    assert (
        without_folders(to_text(found), tmp_path)
        == """\
error[not-a-choice]: `unreadable in source` is not a value of this key
 --> mappings/source.yaml:8:28
  |
8 | unknown: {data_unreadable: unreadable in source}
  |                            ^^^^^^^^^^^^^^^^^^^^
  |
help: did you mean `unreadable in the source`?"""
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"whole": WHOLE.replace("put: {in_care", "put: {in_car")}, [("unknown-own-column", "import.yaml:12:15")]),
        ({"whole": WHOLE.replace("{in_care: together}", "{in_care: both}")}, [("unknown-own-column", "import.yaml:11:25")]),
        ({"whole": WHOLE.replace("last_day_before: 2023-01-01", "last_day_before: 2023")}, [("wrong-kind", "import.yaml:10:33")]),
        ({"whole": WHOLE.replace("[source.yaml]", "[/etc/source.yaml]")}, [("not-a-file-name", "import.yaml:6:15")]),
        ({"whole": WHOLE.replace("inspections:", "../x:")}, [("not-a-file-name", "import.yaml:4:3")]),
        ({"corrections": "corrections: []\nmore: 1\n"}, [("unknown-key", "corrections.yaml:2:1")]),
        ({"corrections": CORRECTIONS.replace("Leeds", "York")}, [("nothing-matches", "corrections.yaml:3:16")]),
        ({"register": REGISTER.replace("value: Cumbria", "value: Cambria")}, [("nothing-matches", "lookup.yaml:14:27")]),
        ({"register": REGISTER.replace("code: {is: code}", "code: {is: la_code}")}, [("no-identity", "lookup.yaml:4:1")]),
        ({"lookup": LOOKUP.replace("E2,York,22", "E2,York,11")}, [("taken-name", "lookup.csv:3:1")]),
        ({"lookup": LOOKUP.replace("22, York", "22, Yrok")}, [("unknown-neighbour", "lookup.csv:2:1")]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_other_files_has_a_place(tmp_path, changed, expected):
    imported = import_tables(*lay_out(tmp_path, **changed))
    assert [each for each in places(imported) if each in expected] == expected
    assert any(each.severity is Severity.ERROR for each in imported.diagnostics)


def test_a_raw_table_that_no_mapping_mentions_is_a_warning(tmp_path):
    mapping, raw = lay_out(tmp_path)
    (raw / "more.csv").write_text("a\n1\n", "utf-8")
    (raw / "readme.txt").write_text("not a table", "utf-8")
    (found,) = import_tables(mapping, raw).diagnostics
    assert (found.severity, found.code) == (Severity.WARNING, "raw-file-not-mapped")


def test_a_folder_that_is_not_there_is_a_problem_for_every_file(tmp_path):
    mapping, raw = lay_out(tmp_path)
    codes = [each.code for each in import_tables(mapping, raw / "none").diagnostics]
    assert codes.count("unreadable-file") == 2


def test_a_mapping_that_is_not_there_is_a_problem(tmp_path):
    imported = import_tables(tmp_path / "none.yaml", tmp_path)
    assert ([each.code for each in imported.diagnostics], imported.tables) == (["unreadable-file"], {})


def as_workbook() -> str:
    return source_with(file="file: raw.xlsx", format="format: xlsx\nsheet: Latest")


def test_a_workbook_is_a_source_and_its_rows_count_as_in_the_sheet(tmp_path):
    mapping, raw = lay_out(tmp_path, source=as_workbook())
    (raw / "raw.csv").rename(raw / "moved.txt")
    (raw / "raw.xlsx").write_bytes(workbook("Latest", [line.split(",") for line in ROWS.splitlines()]))
    imported = import_tables(mapping, raw)
    assert imported.diagnostics == ()
    assert "raw.xlsx line 3" in imported.tables["inspections.csv"]
    assert [each.row for each in imported.not_used if each.file == "raw.xlsx" and each.row] == [4, 5, 6]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a workbook", "bad-workbook"),
        (workbook("Other", [["name"]]), "unknown-sheet"),
        (workbook("Latest", []), "empty-file"),
    ],
)
def test_a_workbook_that_cannot_be_used_is_a_problem(tmp_path, content, code):
    mapping, raw = lay_out(tmp_path, source=as_workbook(), corrections="corrections: []\n")
    (raw / "raw.xlsx").write_bytes(content)
    assert code in [each.code for each in import_tables(mapping, raw).diagnostics]


def test_without_the_library_a_workbook_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    mapping, raw = lay_out(tmp_path, source=as_workbook())
    (raw / "raw.xlsx").write_bytes(workbook("Latest", []))
    assert "no-workbook-reader" in [each.code for each in import_tables(mapping, raw).diagnostics]


LINES = st.lists(
    st.sampled_from([*ROWS.splitlines(keepends=True), "\n", '"', ",", "york,22,r9,", "\x00", "é", "01/01/2024,"])
)


@given(LINES.map("".join) | st.text(max_size=40))
def test_no_raw_text_is_a_crash_and_no_row_is_lost(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("import")
    imported = import_tables(*lay_out(folder, rows=(HEADER + rows).encode(), corrections="corrections: []\n"))
    all_to_text(imported.diagnostics)
    table, found = read_table("raw.csv", (HEADER + rows).encode())
    if not any(each.code == "quote-not-closed" for each in found):
        listed = {each.row for each in imported.not_used if each.file == "raw.csv"}
        written = imported.tables["inspections.csv"]
        assert all(row.line in listed or f"raw.csv line {row.line}\n" in written for row in table.rows)


@given(st.integers(0, 400), st.sampled_from(["", "x", ": ", "{", "]", "- ", "\n", "1", "&a ", "\x00"]))
def test_no_mapping_is_a_crash(tmp_path_factory, at, sign):
    text = source_with()
    folder = tmp_path_factory.mktemp("import")
    imported = import_tables(*lay_out(folder, source=text[:at] + sign + text[at + 1 :]))
    all_to_text(imported.diagnostics)
