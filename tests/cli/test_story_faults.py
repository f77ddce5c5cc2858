"""Corrupt inputs at every step from an announcement to a sealed version: each is told in words, and nothing is written."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.running import Here
from framework.small import FILES, put
from framework.test_consultation import ASKED
from source.repository import repository

HEADER = "channel,question,answer,count,share,document,confidence\n"
PROPOSAL = "two/proposals/weight.yaml"
ASKING = "two/consultation.yaml"


@pytest.fixture
def policies(tmp_path):
    """Versions one, which is sealed, and two, a draft of it with a consultation; revision `first` has both."""
    home = repository(tmp_path / "policies")
    for name, text in (FILES | {ASKING: ASKED}).items():
        home.write(name, text)
    home.commit("first")
    home.git("tag", "first")
    return home.home


@pytest.fixture
def here(monkeypatch, capsys, policies):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    here = Here(monkeypatch, capsys)
    assert here("freeze", "one", "--on", "2026-05-01").code == 0
    return here


def everything(folder: Path) -> dict[Path, bytes | None]:
    every = (path for path in folder.rglob("*") if ".git" not in path.parts)
    return {path: path.read_bytes() if path.is_file() else None for path in every}


Corrupt = Callable[[Path], None]


@dataclass(frozen=True)
class Row:
    """What is corrupted, the command, and words that are said; `code` is how it ends."""

    corrupt: Corrupt
    command: str
    words: tuple[str, ...]
    code: int = 2


def row(corrupt: Corrupt, command: str, *words: str, code: int = 2) -> Row:
    return Row(corrupt, command, words, code)


def writes(name: str, text: str | bytes) -> Corrupt:
    content = text if isinstance(text, bytes) else text.encode()

    def corrupt(policies: Path) -> None:
        (policies / name).parent.mkdir(parents=True, exist_ok=True)
        (policies / name).write_bytes(content)

    return corrupt


def changes(name: str, old: str, new: str) -> Corrupt:
    def corrupt(policies: Path) -> None:
        file = policies / name
        file.write_text(put(file.read_text(), old, new))

    return corrupt


def edits(said: str) -> Corrupt:
    """The proposal with this edit under its option `stricter`."""
    text = FILES[PROPOSAL]
    return writes(PROPOSAL, f"{text[: text.index('      - replace')]}      - {said}\n")


def answers(rows: str | bytes, header: str = HEADER) -> Corrupt:
    return writes("../answers.csv", header.encode() + (rows if isinstance(rows, bytes) else rows.encode()))


def proposals(count: int) -> Corrupt:
    """As many more proposals, each of two options without edits."""
    text = "proposal: p{}\ntitle: T\nconfidence: illustrative\npreferred: a\noptions:\n  a: {{title: A}}\n  b: {{title: B}}\n"

    def corrupt(policies: Path) -> None:
        for number in range(count):
            writes(f"two/proposals/p{number}.yaml", text.format(number))(policies)

    return corrupt


def nothing(policies: Path) -> None:
    """Nothing is corrupted but the command."""


def no_repository(policies: Path) -> None:
    shutil.rmtree(policies / ".git")


def linked(policies: Path) -> None:
    (policies / "one/seal.yaml").rename(policies / "seal.yaml")
    (policies / "one/seal.yaml").symlink_to("../seal.yaml")


def made(policies: Path) -> None:
    (policies / "three").mkdir()


ANSWER = "survey,stricter,agree,{},{},paper,stated\n"
IMPORT = "responses two answers.csv"
STRICTER = "two+weight=stricter"

ROWS = {
    # announce
    "a consultation without text": row(writes(ASKING, ""), "consultation two", "empty-file", "two/consultation.yaml:1:1"),
    "a consultation of other bytes": row(writes(ASKING, b"title: \xff"), "consultation two", "not-utf-8"),
    "dates in no possible order": row(changes(ASKING, "2026-07-29", "2026-01-29"), "consultation two", "out-of-order"),
    "a status moved back": row(changes(ASKING, "status: outcome", "status: announced"), "consultation two", "decided-too-early"),
    "a question on no proposal": row(changes(ASKING, "proposals: [weight]", "proposals: [wait]"), "consultation two", "unknown-in-consultation", "no proposal is named `wait`"),
    # draft
    "a base that is a draft": row(writes("three/framework.yaml", FILES["two/framework.yaml"].replace("two", "three").replace("base: one", "base: two")), "check three", "base-is-a-draft", code=1),
    "a base that is the draft itself": row(changes("two/framework.yaml", "base: one", "base: two"), "check two", "base-is-a-draft", code=1),
    "an edit of nothing": row(edits("{set: /, to: x}"), f"check {STRICTER}", "no-such-address", "two/proposals/weight.yaml:", "at `/`", code=1),
    "an edit of an id that is not there": row(edits("{remove: decisions/pathway/rules/heavvy}"), f"diff one {STRICTER}", "no-such-address", "did you mean `heavy`?"),
    "an edit of an address with an empty step": row(edits("{remove: decisions//rules}"), f"explain Leeds --version {STRICTER}", "no-such-address"),
    "an edit that puts a word for the decisions": row(edits("{set: decisions, to: none}"), f"check {STRICTER}", "wrong-kind", code=1),
    "an edit that puts a decision for the constraints": row(edits("{add_to: decisions, entry: {constraints: []}}"), f"check {STRICTER}", "wrong-kind", code=1),
    "an edit that adds nothing": row(edits("{add_to: vocabulary/facts, entry: {}}"), f"check {STRICTER}", "cannot-be-added", code=1),
    "an option that requires itself": row(changes(PROPOSAL, "    edits:", "    requires: {weight: stricter}\n    edits:"), "check two", "unknown-option", "no other proposal is named `weight`", code=1),
    "a bomb of aliases": row(writes(PROPOSAL, "a: &a [x, x]\nb: [*a, *a]\n"), "check two", "error[anchor]", code=1),
    "a value nested without end": row(writes(PROPOSAL, "[" * 5000), "check two", "nested-too-deep", code=1),
    "a name that only looks the same": row(nothing, "check two+weight=striсter", "did you mean `stricter`?"),
    "a name that is no name": row(changes(PROPOSAL, "  unchanged: {title", "  __proto__: {title"), "check two", "wrong-form", code=1),
    # options
    "an option chosen twice": row(nothing, "options two+weight=stricter+weight=unchanged", "chooses twice for `weight`"),
    "more combinations than are worked out": row(proposals(15), "options two", "more than 20,000 combinations"),
    "more combinations than are added up": row(proposals(15), "workload two --options", "more than 50 combinations", "name some of them"),
    "more options than are checked": row(proposals(100), "check two", "too-many-options", "202 options", code=1),
    "an authority outside the region": row(nothing, "options two --authority Leeds --region London", "no record meets the selection"),
    # open
    "a revision that is not there": row(nothing, "diff two@second two", "no revision of", "`second`"),
    "a folder without a repository": row(no_repository, "log two", "is not in a git repository"),
    "a folder without a repository, since": row(no_repository, "check two --since first", "is not in a git repository"),
    "a revision before its options": row(nothing, "check two+weight=stricter@first", "the revision stands before the options"),
    # responses
    "no table": row(nothing, IMPORT, "unreadable-file"),
    "a table without text": row(answers("", ""), IMPORT, "empty-file"),
    "a table with semicolons": row(answers("", HEADER.replace(",", ";")), IMPORT, "not-commas"),
    "a column twice": row(answers("", HEADER.replace("question", "channel")), IMPORT, "repeated-column"),
    "a formula for a count": row(answers(ANSWER.format("=1+1", "")), IMPORT, "count-not-whole", "answers.csv:2:23"),
    "a count with more digits than are read": row(answers(ANSWER.format("9" * 5000, "")), IMPORT, "count-not-whole"),
    "a count below none": row(answers(ANSWER.format("-1", "")), IMPORT, "negative-count"),
    "a share above all": row(answers(ANSWER.format("", "101")), IMPORT, "not-a-share"),
    "a quote that is not closed": row(answers(ANSWER.format('"1', "")), IMPORT, "quote-not-closed"),
    "a table in another encoding": row(answers("survey,stricter,d’accord,1,,paper,stated\n".encode("cp1252")), IMPORT, "not-utf-8"),
    "a table of ten megabytes": row(answers(ANSWER.format("1", "") * 250_000), IMPORT, "file-too-large", "2,097,152"),
    "more responses than can be read again": row(answers("".join(f"survey,stricter,{number},1,,paper,stated\n" for number in range(20_000))), IMPORT, "so many responses cannot be kept"),
    "a table without end": row(nothing, "responses two /dev/zero", "file-too-large"),
    "a version of a revision": row(answers(ANSWER.format("1", "")), "responses two@first answers.csv", "is in a revision, which does not change"),
    # decide, consolidate
    "an adopted option that is not there": row(changes(ASKING, "decision: dropped", "decision: adopted, option: lighter"), "consultation two", "unknown-in-consultation"),
    "a version with this name": row(made, f"consolidate {STRICTER} --as three", "exists already"),
    "a name that leads elsewhere": row(nothing, f"consolidate {STRICTER} --as ../three", "cannot be the name of a version"),
    "what is whole already": row(nothing, "consolidate one --as three", "is whole already"),
    "a draft of a draft": row(nothing, "new three --from two", "is itself a draft"),
    # freeze
    "a changed meaning": row(changes("one/decisions/pathway.yaml", "modality: will", "modality: may"), "freeze one", "the meaning changed", "--erratum"),
    "a seal without text": row(writes("one/seal.yaml", ""), "freeze one", "empty-file", "one/seal.yaml:1:1"),
    "a seal in another form": row(changes("one/seal.yaml", "format: 1", "format: 2"), "freeze one --erratum why", "a form that is not known"),
    "an erratum without hashes": row(lambda policies: changes("one/seal.yaml", "  text:", "  text :")(policies) or writes("one/seal.yaml", (policies / "one/seal.yaml").read_text() + "errata:\n  - {on: 2026-06-01, because: x}\n")(policies), "check one", "missing-key", "one/seal.yaml:", code=1),
    "a seal that lies elsewhere": row(linked, "freeze one --erratum why", "outside-its-folder"),
    "options of a sealed version": row(nothing, f"freeze {STRICTER}", "without a revision or options"),
    # compare
    "a version that was decided and is broken": row(writes("one/decisions/pathway.yaml", "]["), "diff one@first one --exit-code", "error["),
}  # fmt: skip


TAKES_LONG = ("more responses than can be read again",)


def marks(name: str) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.exhaustive,) if name in TAKES_LONG else ()


@pytest.mark.parametrize("case", [pytest.param(case, id=name, marks=marks(name)) for name, case in ROWS.items()])
def test_is_told_in_words_and_nothing_is_written(here, policies, monkeypatch, case):
    monkeypatch.chdir(policies.parent)
    case.corrupt(policies)
    before = everything(policies.parent)
    ran = here(*case.command.split())
    said = " ".join((ran.out + ran.err).split())
    assert [word for word in case.words if word not in said] == []
    assert ran.code == case.code
    assert everything(policies.parent) == before


def test_a_history_whose_begin_is_not_there_says_so(here, policies):
    whole = repository(policies)
    whole.commit("second")
    whole.write("two/framework.yaml", FILES["two/framework.yaml"].replace("A draft", "The draft"))
    whole.commit("third")
    whole.git("clone", "--quiet", "--depth", "1", policies.as_uri(), str(policies.parent / "shallow"))
    ran = here("log", "two", "--policies", policies.parent / "shallow")
    assert ran.code == 0
    assert "this is a shallow clone" in ran.err
    assert here("log", "two").err == ""
