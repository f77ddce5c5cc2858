"""Registers and records in the project's columns."""

import sys
from datetime import date
from subprocess import run

import pytest

from greenpaper.records.record import Authority, Period, Unknown
from greenpaper.records.record_table import records_to_csv
from greenpaper.records.register_table import read_register, register_to_csv
from greenpaper.records.tables import check_records, load_records, load_register, read_records
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.render import to_text

LEEDS = Authority("E1", "Leeds", aliases=("City of Leeds",))
HULL = Authority("E2", "Kingston upon Hull", la_code="810")
REGISTER = (LEEDS, HULL)


def records_in(text: str, register=REGISTER):
    records, found = read_records("mine.csv", text.encode(), register)
    assert not found, [to_text(each) for each in found]
    assert records is not None
    return records


def codes_in(text: str, register=REGISTER) -> list[tuple[str, str]]:
    records, found = read_records("mine.csv", text.encode(), register)
    assert records is None
    return [(each.code, each.span.place) for each in found]


def test_a_row_is_a_record_and_every_other_column_a_cell():
    records = records_in("authority,leaders,seen by us,overall,size\nleeds,good,x,not applicable,\n")
    (record,) = records.current
    assert record.authority is LEEDS
    assert record.cells == {"leaders": "good", "seen by us": "x", "overall": Unknown.NOT_APPLICABLE, "size": None}
    assert (record.origin.file, record.origin.line) == ("mine.csv", 2)


@pytest.mark.parametrize("name", ["Leeds", "LEEDS", "city of leeds", "E1", "e1"])
def test_an_authority_is_found_by_any_of_its_names(name):
    assert records_in(f"authority,x\n{name},1\n").find(name.upper()).authority is LEEDS


def test_an_authority_that_is_not_found_gets_a_suggestion_when_one_is_near():
    records = records_in("authority,x\nLeeds,1\n")
    assert records.find("Ledes") is None
    assert records.suggestion("Ledes") == "did you mean `Leeds`?"
    assert records.suggestion("Atlantis on Sea") == ""


def test_the_code_alone_is_enough():
    assert records_in("code,x\nE2,1\n").current[0].authority is HULL


def test_without_a_register_rows_make_their_own_authorities():
    records = records_in("authority,x\nNorthern Fire,1\nSouthern Fire,2\n", ())
    assert [(each.authority.code, each.authority.name) for each in records.current] == [
        ("northern fire", "Northern Fire"),
        ("southern fire", "Southern Fire"),
    ]


def test_the_latest_last_day_is_current_and_publication_where_that_is_missing():
    records = records_in(
        "authority,first_day,last_day,further_periods,published,n\n"
        "Leeds,2024-01-08,2024-01-12,2025-03-03/2025-03-04; 2024-06-03/2024-06-04,2025-05-01,first\n"
        "Leeds,2024-12-02,2024-12-06,,2025-01-20,second\n"
        "Kingston upon Hull,,,,2025-03-05,undated\n"
        "Kingston upon Hull,13/01/2025,17/01/2025,,2025-03-01,dated\n"
    )
    assert [record.cells["n"] for record in records.current] == ["first", "undated"]
    assert [record.cells["n"] for record in records.inspections] == ["second", "first", "dated", "undated"]
    assert records.taken == date(2025, 5, 1)
    assert records.current[0].inspection.periods[1] == Period(date(2025, 3, 3), date(2025, 3, 4))
    assert [record.cells["n"] for record in records.of(HULL)] == ["dated", "undated"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("authority,x\n", [("no-rows", "mine.csv:1:1")]),
        ("authorty,x\nLeeds,1\n", [("missing-column", "mine.csv:1:11")]),
        ("authority,x\nLeds,1\n,2\n", [("unknown-authority", "mine.csv:2:1"), ("unknown-authority", "mine.csv:3:1")]),
        ("code,authority\nE1,Hull\nE1,kingston upon hull\n", [("unknown-authority", "mine.csv:2:4"), ("two-authorities", "mine.csv:3:4")]),
        ("authority,published\nLeeds,2025-13-01\n", [("bad-date", "mine.csv:2:7")]),
        ("authority,published\nLeeds,March 2025\n", [("bad-date", "mine.csv:2:7")]),
        ("authority,published\nLeeds,20250301\n", [("bad-date", "mine.csv:2:7")]),
        ("authority,first_day,last_day\nLeeds,2025-01-06,\n", [("half-a-period", "mine.csv:2:7")]),
        ("authority,first_day,last_day\nLeeds,2025-01-06,2025-01-05\n", [("dates-out-of-order", "mine.csv:2:18")]),
        ("authority,first_day,last_day,published\nLeeds,2025-01-06,2025-01-07,2025-01-01\n", [("dates-out-of-order", "mine.csv:2:29")]),
        ("authority,further_periods\nLeeds,2025-01-06\n", [("bad-periods", "mine.csv:2:7")]),
        ("authority,further_periods\nLeeds,2025-01-06/2025-01-02\n", [("bad-periods", "mine.csv:2:7")]),
        ("authority,x\nLeeds,1\nleeds,2\n", [("equally-late", "mine.csv:3:1")]),
        ("authority,x\nLeeds\nLeds,1\nLeds,2\n", [("short-row", "mine.csv:2:6"), ("unknown-authority", "mine.csv:3:1"), ("unknown-authority", "mine.csv:4:1")]),
    ],
)  # fmt: skip
def test_every_problem_is_found_with_its_place(text, expected):
    assert codes_in(text) == expected


def test_an_unknown_authority_as_it_is_shown():
    _, (found,) = read_records("mine.csv", b"authority,leaders\nLeds,good\n", REGISTER)
    assert (
        to_text(found)
        == """\
error[unknown-authority]: no authority is named `Leds`
 --> mine.csv:2:1
  |
2 | Leds,good
  | ^^^^ not in the register
  |
help: did you mean `Leeds`?"""
    )


def test_two_equally_late_records_show_both_places():
    _, (found,) = read_records("mine.csv", b"authority,leaders\nLeeds,good\nLeeds,inadequate\n", REGISTER)
    assert (
        to_text(found)
        == """\
error[equally-late]: two records of `Leeds` are equally late
 --> mine.csv:3:1
  |
3 | Leeds,inadequate
  | ^^^^^ again here
 --> mine.csv:2:1
  |
2 | Leeds,good
  | ^^^^^ first here
  |
help: write the dates that order them, or delete one"""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code,nam\nE1,Leeds\n", [("missing-column", "r.csv:1:9")]),
        ("code,name\nE1,Leeds\nE2,leeds\n", [("taken-name", "r.csv:3:4")]),
        ("code,name,aliases\nE1,Leeds,\nE2,York,Jorvik; LEEDS\n", [("taken-name", "r.csv:3:9")]),
        ("code,name,neighbours\nE1,Leeds,E1; E9\n", [("unknown-neighbour", "r.csv:2:10")]),
        ("code,name\nE1,\n,York\n", [("nothing-in-cell", "r.csv:2:4"), ("nothing-in-cell", "r.csv:3:1")]),
    ],
)
def test_every_problem_of_a_register_is_found(text, expected):
    _, found = read_register("r.csv", text.encode())
    assert [(each.code, each.span.place) for each in found] == expected


def test_a_register_and_its_records_are_read_back_as_they_were_written(tmp_path):
    text = (
        "code,authority,first_day,last_day,further_periods,published,kind,x,report,note\n"
        'E1,Leeds,2024-01-08,2024-01-12,2024-02-05/2024-02-06,2024-03-01,short,not judged separately,http://r,"a; b, c"\n'
        "E2,Kingston upon Hull,,,,2024-03-02,,good,,\n"
    )
    (tmp_path / "register.csv").write_text(register_to_csv(REGISTER), "utf-8")
    (tmp_path / "inspections.csv").write_text(text, "utf-8")
    records = load_records(tmp_path)
    assert load_register(tmp_path) == records.register == REGISTER
    columns = tuple(text.splitlines()[0].split(","))
    assert records_to_csv(records.inspections, columns) == text
    assert load_records(tmp_path / "inspections.csv", register=REGISTER).inspections == records.inspections


def test_an_authority_without_an_inspection_is_current_with_nothing_known(tmp_path):
    (tmp_path / "register.csv").write_text(register_to_csv(REGISTER), "utf-8")
    (tmp_path / "inspections.csv").write_text("authority,x\nLeeds,1\n", "utf-8")
    records = load_records(tmp_path)
    assert [(each.authority.name, dict(each.cells)) for each in records.current] == [
        ("Leeds", {"x": "1"}),
        ("Kingston upon Hull", {}),
    ]
    assert records.taken is None


def test_loading_raises_once_with_every_problem(tmp_path):
    (tmp_path / "register.csv").write_text("code,name\nE1,Leeds\nE1,York\n", "utf-8")
    (tmp_path / "inspections.csv").write_text("authority,published\nLeeds,soon\n", "utf-8")
    with pytest.raises(PolicyError) as raised:
        load_records(tmp_path)
    assert [each.code for each in raised.value.diagnostics] == ["bad-date", "taken-name"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    assert [each.code for each in check_records(tmp_path / "none.csv")[1]] == ["unreadable-file"]
    assert {each.code for each in check_records(tmp_path)[1]} == {"unreadable-file"}


def test_a_workbook_that_is_none_is_a_problem():
    assert [each.code for each in read_records("a.xlsx", b"PK not a workbook", REGISTER)[1]] == ["bad-workbook"]


def test_loading_imports_neither_yaml_nor_pydantic():
    code = "import sys, greenpaper.records.tables; print([m for m in ('yaml', 'pydantic', 'python_calamine') if m in sys.modules])"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
