"""The JSON Schema gate and the written model accept the same documents, and refuse the same ones."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framework.small import FILES
from greenpaper.framework.written import KINDS
from greenpaper.source.gate import pass_gate
from greenpaper.source.located import locate, read_located
from greenpaper.source.nodes import Node, instance_of
from greenpaper.source.schemas import schema
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Source

POLICIES = Path(__file__).parents[2] / "policies"
FOLDERS = {
    "decisions": "decision",
    "proposals": "proposal",
    "readings": "reading",
    "cases": "cases",
    "sources": "manifest",
    "calendars": "calendar",
}


def kind_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    if path == "invariants.yaml":
        return "relations"
    return FOLDERS.get(folder.rpartition("/")[2], name.removesuffix(".yaml"))


def written_documents() -> list[tuple[str, object]]:
    shipped = [(str(path.relative_to(POLICIES)), path.read_text("utf-8")) for path in POLICIES.rglob("*.yaml")]
    seal = Path(__file__).parent / "sealed/full/seal.yaml"
    texts = [*shipped, *FILES.items(), ("full/seal.yaml", seal.read_text("utf-8"))]
    return [(kind_of(path), shortened(instance_of(locate(Source(path, text))[0]))) for path, text in sorted(texts)]


def shortened(document: object) -> object:
    """The document with no list longer than four entries, so that a fault is easy to see."""
    match document:
        case dict():
            return {key: shortened(value) for key, value in document.items()}
        case list():
            return [shortened(value) for value in document[:4]]
        case _:
            return document


DOCUMENTS = written_documents()
KEYS = st.sampled_from(
    ["id", "when", "titel", "first", "with_", "from", "source", "note", "Good", "two words", "", "a\n", "é", "scale"]
)
SCALARS = st.sampled_from(
    ["", "x", "two words", "a\n", "A_b-9", "2026-04-01", "2018-01", "2026-04-01\n", "2026-02-30", "2026-4-1",
     "２０２６-04-01", "in force", "good", "9" * 50, 0, 1, -1.5, 1.0, 10**30, True, False, None]
)  # fmt: skip
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def node_of(document: object) -> Node:
    """The document as it would be read from a file; JSON is YAML."""
    node, found = locate(Source("document", json.dumps(document, ensure_ascii=False)))
    assert node is not None
    assert not found
    return node


def places_in(document: object) -> list[tuple]:
    """The path of every value in the document, the whole first."""
    here: list[tuple] = [()]
    steps = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for step, below in steps:
        here += [(step, *path) for path in places_in(below)]
    return here


@st.composite
def spoiled(draw) -> tuple[str, object]:
    """A policy file with up to three changes somewhere in it."""
    kind, document = draw(st.sampled_from(DOCUMENTS))
    document = deepcopy(document)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(places_in(document)))
        if not path:
            continue
        inside = document
        for step in path[:-1]:
            inside = inside[step]
        match draw(st.sampled_from(["drop", "replace", "add", "empty"])):
            case "drop":
                del inside[path[-1]]
            case "replace":
                inside[path[-1]] = draw(VALUES)
            case "add" if isinstance(inside, dict):
                inside[draw(KEYS)] = draw(VALUES)
            case "add":
                inside.append(draw(VALUES))
            case "empty":
                inside[path[-1]] = type(inside[path[-1]])()
    return kind, document


def assert_they_agree(kind: str, document: object) -> None:
    node = node_of(document)
    seen = pass_gate(kind, node)
    written, found = read_shape(KINDS[kind], node)
    if seen:
        assert written is None, [each.message for each in seen]
        assert found[: len(seen)] == seen
    elif written is None:
        assert {each.code for each in found} == {"no-such-day"}, [each.message for each in found]


@settings(max_examples=400)
@given(spoiled())
@example(
    (
        "framework",
        {
            "framework": "a",
            "version": "1",
            "title": "x",
            "status": "draft",
            "applies_to": {"inspections_starting": {"first": "2026-04-01"}},
        },
    )
)
@example(("cases", {"cases": [{"name": "x", "given": {}, "expect": {"pathway": ""}}]}))
@example(("framework", {"framework": "a\n", "version": "1", "title": "x", "status": "draft"}))
@example(("vocabulary", {"facts": {"a\n": {"type": "truth", "title": "x", "confidence": "stated"}}}))
@example(
    (
        "proposal",
        {
            "proposal": "a",
            "title": "x",
            "confidence": "stated",
            "preferred": "b",
            "options": {"b": {"title": "x", "edits": [{"replace": "x", "with": None}]}},
        },
    )
)
@example(
    (
        "proposal",
        {
            "proposal": "a",
            "title": "x",
            "confidence": "stated",
            "preferred": "b",
            "options": {"b": {"title": "x", "edits": [{"replace": "x", "with_": 1}]}},
        },
    )
)
def test_on_files_spoiled_somewhere(kind_and_document):
    assert_they_agree(*kind_and_document)


@settings(max_examples=150)
@given(st.sampled_from(sorted(KINDS)), VALUES)
def test_on_documents_that_are_no_policy(kind, document):
    assert_they_agree(kind, document)


@pytest.mark.exhaustive
@settings(max_examples=1_500)
@given(spoiled())
def test_on_very_many_spoiled_files(kind_and_document):
    assert_they_agree(*kind_and_document)


def test_every_kind_of_file_is_tried():
    assert {kind for kind, _ in DOCUMENTS} == set(KINDS)
    assert len(DOCUMENTS) >= 20


def problems(kind: str, text: str) -> list[tuple[str, int, int]]:
    node, _ = read_located("file", text.encode())
    return [
        (each.code, each.span.position.line, each.span.position.column)
        for each in read_shape(KINDS[kind], node, gate=True)[1]
    ]


HEAD = "framework: a\nversion: '1'\ntitle: T\nstatus: draft\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("framework: a\nversion: '1'\ntitle: T\n", [("missing-key", 1, 1)]),
        ("framework: a\n", [("missing-key", 1, 1)]),
        (HEAD + "titel: T\n", [("unknown-key", 5, 1)]),
        (HEAD.replace("'1'", "1"), [("wrong-kind", 2, 10)]),
        (HEAD.replace("draft", "daft"), [("not-a-choice", 4, 9)]),
        (HEAD.replace("draft", "3"), [("wrong-kind", 4, 9)]),
        (HEAD.replace("T\n", "''\n"), [("nothing-written", 3, 1)]),
        (HEAD.replace("T\n", "\n"), [("wrong-kind", 3, 7)]),
        (HEAD.replace(": a", ": A"), [("wrong-form", 1, 12)]),
        (HEAD + "applies_to: {inspections_starting: {from: 2026-02-30}}\n", [("no-such-day", 5, 43)]),
        (HEAD + "applies_to: {inspections_starting: {first: 2026-02-20}}\n", [("unknown-key", 5, 37)]),
        (HEAD + "sources: {Two words: {title: T, publisher: P}}\n", [("wrong-form", 5, 11)]),
        (HEAD + "sources: {a: {title: T}}\n", [("missing-key", 5, 15)]),
        (HEAD + "sources: []\n", [("wrong-kind", 5, 10)]),
        ("- a\n", [("wrong-kind", 1, 3)]),
        (
            HEAD + "applies_to: {inspections_starting: {from: 2026-02-30, until: 2026}}\n",
            [("wrong-kind", 5, 62), ("no-such-day", 5, 43)],
        ),
    ],
)
def test_each_fault_is_one_problem_at_its_place(text, expected):
    assert problems("framework", text) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapping_with_keys_of_one_form_is_closed_to_others(kind):
    open_ones = [each for each in mappings_in(schema(KINDS[kind])) if each.get("additionalProperties") is not False]
    assert open_ones == []


def mappings_in(part):
    """Every place of a schema that gives the form of keys."""
    if isinstance(part, dict):
        yield from [part] if "patternProperties" in part else []
        for each in part.values():
            yield from mappings_in(each)
    if isinstance(part, list):
        for each in part:
            yield from mappings_in(each)
