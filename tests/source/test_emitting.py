"""Nodes that are written and read again are the same nodes, in the layout of the files that people write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import ROOT
from greenpaper.source.emitting import WIDEST, reads_back, yaml_of
from greenpaper.source.located import CONTROL, HIDDEN, read_located
from greenpaper.source.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, value_of
from greenpaper.source.text import Source, Span

SHIPPED = sorted((ROOT / "policies").rglob("*.yaml"))
NOWHERE, BRACKET = Span(Source("", ""), 0, 0), Span(Source("", "{"), 0, 1)
WORD = re.compile(r"[a-zA-Z][a-z A-Z0-9_-]*[a-z0-9]|-?[1-9][0-9]{0,5}(\.[0-9])?|true|false|null")


def read(text: str) -> Node:
    root, found = read_located("file", text.encode())
    assert root is not None
    assert not found
    return root


def said(node: Node) -> object:
    """What a node says, with its styles and without its places."""
    match node:
        case ScalarNode(text, style):
            return text, style, type(value_of(node))
        case MappingNode(entries):
            return "mapping", [(each.key.text, said(each.value)) for each in entries]
        case SequenceNode(items):
            return "sequence", [said(each) for each in items]


def uncommented(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_file_reads_back(path):
    node = read(path.read_text("utf-8"))
    text = yaml_of(node)
    assert said(read(text)) == said(node)
    assert reads_back(node, text)
    assert yaml_of(read(text)) == text


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.parent.name in ("2026", "decisions")], ids=str)
def test_a_shipped_file_is_written_line_by_line_as_it_was(path):
    text = path.read_text("utf-8")
    assert uncommented(yaml_of(read(text))) == uncommented(text)


characters = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda each: not HIDDEN.match(each)
) | st.sampled_from(" \t\n:#-,'\"{}[]?&*!|>%@`")
texts = st.text(characters, max_size=20).filter(lambda text: not CONTROL.search(text))
anything = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u200b\u2028\r\x07 \n"), max_size=20)
scalars = (
    st.builds(ScalarNode, st.from_regex(WORD, fullmatch=True), st.just(Style.PLAIN), st.just(NOWHERE))
    | st.builds(ScalarNode, texts, st.sampled_from([Style.SINGLE, Style.BLOCK]), st.just(NOWHERE))
    | st.builds(ScalarNode, anything, st.just(Style.DOUBLE), st.just(NOWHERE))
)
spans = st.sampled_from([NOWHERE, BRACKET])
keys = st.lists(scalars, max_size=4, unique_by=lambda each: each.text)


def collections(below):
    pairs = keys.flatmap(lambda names: st.tuples(*(st.builds(Entry, st.just(name), below) for name in names)))
    return st.builds(MappingNode, pairs, spans) | st.builds(SequenceNode, st.lists(below, max_size=4).map(tuple), spans)


nodes = st.recursive(scalars, collections, max_leaves=12)


@given(nodes)
def test_any_nodes_read_back(node):
    text = yaml_of(MappingNode((Entry(ScalarNode("root", Style.PLAIN, NOWHERE), node),), NOWHERE), ("a comment",))
    assert reads_back(node, yaml_of(node)) or (isinstance(node, ScalarNode) and not node.text)
    root = read(text)
    assert isinstance(root, MappingNode)
    assert _without_styles(said(root.entries[0].value)) == _without_styles(said(node))


def _without_styles(told):
    match told:
        case (text, Style(), kind):
            return text, kind
        case ("mapping", entries):
            return [(key, _without_styles(value)) for key, value in entries]
        case ("sequence", items):
            return [_without_styles(each) for each in items]


@given(scalars.filter(lambda each: "\n" not in each.text and each.text and each.style is not Style.BLOCK))
def test_a_style_is_kept(scalar):
    root = read(yaml_of(MappingNode((Entry(ScalarNode("root", Style.PLAIN, NOWHERE), scalar),), NOWHERE)))
    assert said(root.entries[0].value) == said(scalar)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: '1'\nb: \"true\"\nc: 'null'\nd: null\ne:\nf: ''\n",
        "when: leaders is at least good and at least 2 of practice are at least good\n",
        "when: |\n  leaders is good \n  and\tflag\n",
        "when: |2-\n    stands in\n\nand: |+\n  two\n\nlast: |-\n  no end\n",
        "a:\n  - b\n  - c: d\n    e: {f: g, h: [1, 2]}\n  - - i\n    - j\n",
        "a: {}\nb: []\n",
        "a: one\n\nb: two\nc: three\n",
        "url: https://example.org/a,b?c=d\n",
        "'true': yes\n'1': no\nplain: on\n",
        "a: {b: 'x: y', c: \"d\"}\n",
        "- a\n- b\n",
        "- 'it''s'\n",
        "word\n",
    ],
)
def test_what_is_written_is_what_was_read(text):
    assert uncommented(yaml_of(read(text)))[:-1] in ([*uncommented(text)[:-1], "..."], uncommented(text)[:-1])


def test_a_comment_before_a_key_does_not_hide_the_blank_line_above_it():
    assert yaml_of(read("a: 1\n\n# why\nb: 2\n")) == "a: 1\n\nb: 2\n"
    assert yaml_of(read("a: 1\n# why\n\nb: 2\n")) == "a: 1\n\nb: 2\n"
    assert yaml_of(read("a: |+\n  text\n\nb: 2\n")) == "a: |+\n  text\n\nb: 2\n"


def test_what_does_not_fit_on_one_line_takes_several():
    short = "a: {b: " + "x" * (WIDEST - 8) + "}\n"
    assert yaml_of(read(short)) == short
    assert yaml_of(read(short.replace("x", "xx", 1))) == "a:\n  b: " + "x" * (WIDEST - 7) + "\n"
    assert yaml_of(read("a: [\n  one,\n  two\n]\n")) == "a: [one, two]\n"


def test_what_cannot_stand_between_brackets_takes_several_lines():
    assert yaml_of(read("a: {b: 'c', d: https://x.org}\n")) == "a:\n  b: 'c'\n  d: https://x.org\n"


def test_a_key_is_written_without_marks_that_it_does_not_need():
    assert yaml_of(read("'a': 1\n\"b\": 2\n'3': 4\n'null': 5\n")) == "a: 1\nb: 2\n'3': 4\n'null': 5\n"


def test_headings_come_first_and_a_document_that_differs_is_told():
    node = read("a: 1\n")
    assert yaml_of(node, ("one", "two")) == "# one\n# two\na: 1\n"
    for other in ("a: '1'\n", "a: 2\n", "b: 1\n", "a: 1\nb: 1\n", "a: [1]\n", "a: {b: 1}\n", "a: &x 1\n", "", "- 1\n"):
        assert not reads_back(node, other)
    assert not reads_back(read("[1, 2]"), "[1]\n")
