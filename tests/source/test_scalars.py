"""Plain scalars are read as in the JSON schema of YAML 1.2, and nothing else is ever guessed."""

import pytest

from greenpaper.source.located import DEEPEST, MOST_BYTES, MOST_NODES, locate, read_located
from greenpaper.source.nodes import instance_of, value_of
from greenpaper.source.text import Source


def value(text: str) -> object:
    root, found = locate(Source("file", f"value: {text}\n"))
    assert not found
    return value_of(root.get("value").value)


def codes(text: str) -> list[str]:
    return [each.code for each in locate(Source("file", text))[1]]


TEXT = [
    "no", "yes", "on", "off", "y", "n", "012", "-012", "0o14", "0x1F", "0b11", "1_000", "1:30", "2026-04-01",
    "2018-01", "12:30:45", ".inf", "-.inf", ".nan", "Infinity", "NaN", "~", "Null", "NULL", "True", "TRUE", "False",
    "+1", "1.", ".5", "1e", "1e400", "1,000", "--1", "١٢", "１", "9" * 41, "=", "<<",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXT)
def test_what_other_readers_would_guess_at_stays_text(text):
    assert value(text) == text


@pytest.mark.parametrize(
    "text, meant",
    [("1", 1), ("0", 0), ("-7", -7), ("2.5", 2.5), ("1e3", 1000.0), ("1E-2", 0.01), ("-0.5e+1", -5.0),
     ("true", True), ("false", False), ("null", None), ("", None)],
)  # fmt: skip
def test_numbers_truth_and_nothing_are_read(text, meant):
    found = value(text)
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize("text", ["'1'", '"true"', "'null'", "|\n  1", ">-\n  true", "''"])
def test_quoted_and_block_scalars_are_text(text):
    assert isinstance(value(text), str)


def test_a_document_is_plain_values():
    root, _ = locate(Source("file", "a: [1, x, {b: no}]\nc: {}\nd: []\ne:\n"))
    assert instance_of(root) == {"a": [1, "x", {"b": "no"}], "c": {}, "d": [], "e": None}


@pytest.mark.parametrize(
    "text, code",
    [
        ("a: 1\na: 2", "duplicate-key"),
        ("a: 1\n'a': 2", "duplicate-key"),
        ("x: {a: 1, b: 2, a: 3}", "duplicate-key"),
        ("a: &x 1", "anchor"),
        ("a: *x", "alias"),
        ("a: !t 1", "tag"),
        ("a: !!str 1", "tag"),
        ("!!map {a: 1}", "tag"),
        ("a: 1\n---\nb: 2", "several-documents"),
        ("[a]: 1", "key-not-text"),
        ("? {a: 1}\n: 1", "key-not-text"),
        ("", "empty-file"),
        ("# nothing\n", "empty-file"),
        ("a:\n\tb: 1", "not-yaml"),
        ("%YAML 3.0\n---\na: 1", "not-yaml"),
    ],
)
def test_what_a_policy_may_not_use_is_a_problem(text, code):
    assert codes(text) == [code]


def test_an_anchor_and_its_alias_are_two_problems():
    assert codes("a: &x 1\nb: *x\n") == ["anchor", "alias"]


def test_a_key_written_three_times_is_shown_with_the_first_each_time():
    _, found = locate(Source("file", "a: 1\na: 2\na: 3\n"))
    assert [[label.span.position.line for label in each.labels] for each in found] == [[2, 1], [3, 1]]


def test_all_problems_of_a_file_are_found_at_once():
    assert codes("a: &x 1\nb: !t 2\na: 3\n[c]: 4\n") == ["anchor", "tag", "duplicate-key", "key-not-text"]


@pytest.mark.parametrize("opening, closing", ["[]", ("{a: ", "}")])
def test_nesting_is_read_to_the_limit_and_no_deeper(opening, closing):
    assert codes(opening * DEEPEST + "1" + closing * DEEPEST) == []
    assert codes(opening * (DEEPEST + 1) + "1" + closing * (DEEPEST + 1)) == ["nested-too-deep"]


def test_entries_are_read_to_the_limit_and_no_further():
    assert codes("[" + "a," * (MOST_NODES - 1) + "]") == []
    assert codes("[" + "a," * (MOST_NODES + 1) + "]") == ["too-many-entries"]


def test_a_file_is_read_to_its_largest_size_and_no_larger():
    text = b"a: b\n"
    whole = text + b"#" * (MOST_BYTES - len(text))
    assert read_located("file", whole)[1] == ()
    assert [each.code for each in read_located("file", whole + b"#")[1]] == ["file-too-large"]


def test_a_byte_order_mark_at_the_start_is_not_seen():
    root, found = read_located("file", b"\xef\xbb\xbfa: 1\n")
    assert not found
    assert root.get("a").key.span.position.column == 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CR LF", "CR"])
def test_every_kind_of_line_end_means_the_same(end):
    root, found = read_located("file", end.join([b"a: 1", b"b: |", b"  one", b"  two", b""]))
    assert not found
    assert instance_of(root) == {"a": 1, "b": "one\ntwo\n"}


@pytest.mark.parametrize(
    "content, column",
    [(b"title: Caf\xe9", 11), (b"\xff\xfea\x00", 1), ("é: Café".encode()[:-1], 7), (b"a: \xc0\xaf", 4)],
)
def test_bytes_that_are_not_utf_8_are_shown_where_they_begin(content, column):
    root, (problem,) = read_located("file", content)
    assert root is None
    assert problem.code == "not-utf-8"
    assert problem.span.position.column == column


@pytest.mark.parametrize("character", "\u200b\u202e\u2066\u00ad\u061c\u200d\ufeff\u3164\u2028\x85\U000e0041")
def test_a_character_that_shows_nothing_is_refused(character):
    assert [each.code for each in read_located("file", f"a: x{character}y".encode())[1]] == ["hidden-character"]


@pytest.mark.parametrize("character", "\x00\x07\x1b\x7f\x9b\ufffe")
def test_a_control_character_is_refused(character):
    assert [each.code for each in read_located("file", f"a: x{character}y".encode())[1]] == ["control-character"]
