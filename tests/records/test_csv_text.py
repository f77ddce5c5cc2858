"""Text to rows with places, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenpaper.records.csv_text import MOST_BYTES, read_table, write_table
from greenpaper.source.render import to_text


def table_of(text: str | bytes):
    content = text if isinstance(text, bytes) else text.encode()
    table, found = read_table("t.csv", content)
    assert not found, [to_text(each) for each in found]
    assert table is not None
    return table


def codes_of(text: str | bytes) -> list[tuple[str, str]]:
    _, found = read_table("t.csv", text if isinstance(text, bytes) else text.encode())
    return [(each.code, each.span.place) for each in found]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end, mark):
    table = table_of(mark + end.join(["a,b", "1,2", '"x, y",z', ""]).encode())
    assert table.header.cells == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", "2"), ("x, y", "z")]
    assert [row.line for row in table.rows] == [2, 3]


def test_a_cell_knows_its_place():
    table = table_of('a,b,c\n"x ""y"", z", two ,3\n')
    row = table.rows[0]
    assert row.cells == ('x "y", z', "two", "3")
    assert [row.span(n).place for n in range(3)] == ["t.csv:2:1", "t.csv:2:15", "t.csv:2:20"]
    assert row.span(1).text == "two"


def test_a_line_break_inside_quotes_counts_as_a_line_of_the_file():
    table = table_of('a,b\n"one\ntwo",x\nlast,y\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "one\ntwo"), (4, "last")]


def test_rows_that_say_nothing_are_left_out_and_lines_still_count():
    assert [row.line for row in table_of("a,b\n\n,\n1,2\n,,,\n").rows] == [4]


def test_empty_cells_beyond_the_header_are_what_spreadsheets_add():
    table = table_of("a,b,,\n1,2,,\n")
    assert table.header.cells == ("a", "b")
    assert table.rows[0].cells[:2] == ("1", "2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("empty-file", "t.csv:1:1")]),
        ("\n\n", [("empty-file", "t.csv:1:1")]),
        (b"a,b\n\xe9,1\n", [("not-utf-8", "t.csv:2:1")]),
        ("a,b\n1\n1,2,3\n", [("short-row", "t.csv:2:2"), ("long-row", "t.csv:3:5")]),
        ("a,,b\n1,2,3\n", [("unnamed-column", "t.csv:1:3")]),
        ("a,b,a\n1,2,3\n", [("repeated-column", "t.csv:1:5")]),
        ("a;b\n1;2\n", [("not-commas", "t.csv:1:1")]),
        ('a,b\n"1,2\n3,4\n', [("quote-not-closed", "t.csv:2:1")]),
        ('a,b\n"1" x,2\n3\n', [("text-after-quote", "t.csv:2:4"), ("short-row", "t.csv:3:2")]),
        ('a,b\n1,"2" x', [("text-after-quote", "t.csv:2:6")]),
    ],
)
def test_everything_wrong_with_the_form_is_found_with_its_place(text, expected):
    assert codes_of(text) == expected


def test_a_file_over_the_limit_is_refused():
    assert codes_of(b"a" * (MOST_BYTES + 1)) == [("file-too-large", "t.csv:1:1")]


def test_a_long_row_as_it_is_shown():
    _, (found,) = read_table("t.csv", b"authority,leaders\nBournemouth, Christchurch and Poole,good\n")
    assert (
        to_text(found)
        == """\
error[long-row]: the row has 3 cells, the header 2
 --> t.csv:2:37
  |
2 | Bournemouth, Christchurch and Poole,good
  |                                     ^^^^ the first cell without a column
  |
help: put text that contains a comma in double quotes"""
    )


def test_a_number_below_zero_is_written_as_it_is_and_no_formula():
    text = write_table(("a",), [("-8",), ("-0.5",), ("-1+1",), ("'-8",), ("-",)])
    assert text == "a\n-8\n-0.5\n'-1+1\n''-8\n'-\n"
    assert [row.cells[0] for row in table_of(text).rows] == ["-8", "-0.5", "-1+1", "'-8", "-"]


def test_no_cell_is_written_that_a_spreadsheet_would_run():
    text = write_table(("a",), [("=1+1",), ("@x",), ("'=1",), ("it's",)])
    assert text == "a\n'=1+1\n'@x\n''=1\nit's\n"
    assert [row.cells[0] for row in table_of(text).rows] == ["=1+1", "@x", "'=1", "it's"]


CELLS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1))
def test_what_is_written_is_read(rows):
    table = table_of(write_table(("a", "b"), rows))
    assert [row.cells for row in table.rows] == rows


@given(st.text(st.sampled_from("ab,\"\n\r '="), max_size=60))
def test_no_text_is_a_crash_and_every_place_is_in_the_file(text):
    table, found = read_table("t.csv", text.encode())
    assert table is not None or found
    for each in found:
        assert 0 <= each.span.start <= each.span.end <= len(text)
        to_text(each)
