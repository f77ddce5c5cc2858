"""Every character of a value that can hold a condition has its true place in the file."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from greenpaper.source.located import locate
from greenpaper.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style
from greenpaper.source.offsets import offsets
from greenpaper.source.text import Source, line_of, position_in

WORDS = st.text(st.sampled_from("abcdefé検\U0001f4a5'\"(),.:#-&*!%@` \u00a0"), min_size=1, max_size=8)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def the_value(text: str) -> ScalarNode | None:
    """The value of `value:` when the text is YAML and the value is one scalar."""
    root, found = locate(Source("file", text))
    entry = root.get("value") if isinstance(root, MappingNode) and not found else None
    return entry.value if entry and isinstance(entry.value, ScalarNode) else None


def scalars(node: Node) -> list[ScalarNode]:
    """Every scalar value below the node, in file order."""
    match node:
        case MappingNode(entries):
            return [scalar for entry in entries for scalar in scalars(entry.value)]
        case SequenceNode(items):
            return [scalar for item in items for scalar in scalars(item)]
        case _:
            return [node]


def assert_places_are_true(scalar: ScalarNode) -> None:
    table = offsets(scalar)
    text = scalar.span.source.text
    assert len(table) == len(scalar.text) + 1
    assert list(table) == sorted(table)
    for character, offset in zip(scalar.text, table, strict=False):
        assert character.isspace() or text[offset] == character
        assert scalar.span.start <= offset <= scalar.span.end


@given(LINES, ENDS, st.sampled_from(["", "  ", "\t"]))
@example(["leaders is good", "or help is good"], "\r", "")
def test_of_a_plain_value(lines, end, indent):
    scalar = the_value(f"first: 1{end}value: " + f"{end} {indent}".join(lines) + f"{end}last: 1{end}")
    assume(scalar is not None and scalar.style is Style.PLAIN)
    assert_places_are_true(scalar)


@given(LINES, ENDS)
def test_of_a_value_in_single_quotes(lines, end):
    quoted = f"{end} ".join(line.replace("'", "''") for line in lines)
    scalar = the_value(f"first: 1{end}value: '{quoted}'{end}last: 1{end}")
    assume(scalar is not None)
    assert scalar.style is Style.SINGLE
    assert_places_are_true(scalar)


@given(
    LINES,
    ENDS,
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+", "2", "-2", " # a remark with | and >"]),
    st.sampled_from(["", "{end}", "{end}    "]),
)
@example(["leaders is good", "or help is good"], "\r", "|", "", "")
def test_of_a_block(lines, end, sign, header, between):
    gap = between.format(end=end)
    block = f"{end}".join(f"  {line}{gap}" for line in lines)
    scalar = the_value(f"first: 1{end}value: {sign}{header}{end}{block}{end}last: 1{end}")
    assume(scalar is not None)
    assert scalar.style is Style.BLOCK
    assert_places_are_true(scalar)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_of_every_scalar_of_any_text_lies_inside_the_text(text):
    root, found = locate(Source("file", text))
    assert root is not None or found
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
    if root is not None:
        for scalar in scalars(root):
            if scalar.style is not Style.DOUBLE and not found:
                assert_places_are_true(scalar)


def test_no_place_inside_double_quotes_is_claimed():
    scalar = the_value('value: "a \\u0062 c"')
    assert scalar.style is Style.DOUBLE
    assert set(offsets(scalar)) == {scalar.span.start}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
def test_lines_are_counted_for_every_kind_of_line_end(end):
    text = f"a: 1{end}b: 2{end}{end}c: 3"
    scalar = locate(Source("file", text))[0].get("c").value
    assert (scalar.span.position.line, scalar.span.position.column) == (4, 4)
    assert [line_of(text, number) for number in (1, 2, 3, 4)] == ["a: 1", "b: 2", "", "c: 3"]


def test_mixed_line_ends_are_each_one_end():
    text = "a\r\nb\rc\n\rd"
    assert [position_in(text, text.index(letter)).line for letter in "abcd"] == [1, 2, 3, 5]


@pytest.mark.parametrize("before", ["", "é", "検", "\U0001f4a5", "\u00a0"])
def test_columns_are_counted_in_characters(before):
    root, _ = locate(Source("file", f"{{'{before}': x, b: y}}"))
    assert root.get("b").value.span.position.column == len(f"{{'{before}': x, b: ") + 1
