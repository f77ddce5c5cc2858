"""`greenpaper sources`: what became of each sentence, what each statement cites, what is stale, and what is accepted."""

import csv
import json
import os
from io import StringIO

import pytest

from cli.running import Here
from framework.small import catalogue, put
from framework.test_tracing import MANIFEST, TRACED
from source.repository import repository


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    catalogue(folder, TRACED)
    return folder


@pytest.fixture
def here(monkeypatch, capsys, policies):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    monkeypatch.chdir(policies.parent)
    return Here(monkeypatch, capsys)


def change(policies, name, old, new):
    file = policies / name
    file.write_text(put(file.read_text(), old, new))


def warned(here, version="one"):
    """The codes of what `check` says of what a version cites."""
    (checked,) = json.loads(here("check", version, "--format", "json").out)
    return [each["code"] for each in checked["findings"] if "sentence" in each["code"]]


def test_both_ways_are_told_and_the_first_line_stands_alone(here):
    ran = here("sources", "one")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == (
        "one: 4 sentences of 1 document: 2 encoded, 0 encoded in other versions, 1 deliberately not encoded, "
        "1 unaccounted; 0 of 2 rules cite none; never traced"
    )
    assert "Somebody. Read in part. Its first page." in lines
    said = " ".join(ran.out.split())
    assert "Each sentence is told in other words than those of its document; only what stands in quotation" in said
    assert "deliberately not encoded: It says nothing of authorities." in said
    assert "decisions/pathway/rules/heavy: paper, heavy (stated; " in said
    assert "constraints/C1: paper, no sentence named (derived; " in said


def test_under_an_option_it_is_told_what_that_cites(here):
    data = json.loads(here("sources", "two+weight=stricter", "--format", "json").out)
    assert data["version"] == "two+weight=stricter"
    accounts = {each["id"]: each["account"] for document in data["documents"] for each in document["sentences"]}
    assert (accounts["heavy"], accounts["weaker"]) == ("encoded in other versions", "encoded")
    assert "illustrative" in here("sources", "two+weight=stricter").out.splitlines()[0]


@pytest.mark.parametrize(
    "form, begin",
    [("text", "one: 4 "), ("markdown", "# one: 4 "), ("html", "<!doctype html>"), ("json", "{"), ("csv", "version,")],
)
def test_every_form(here, form, begin):
    ran = here("sources", "one", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(begin)
    assert "Whoever is inadequate anywhere" in ran.out


def test_the_rows_hold_a_sentence_and_a_statement_each(here):
    here("sources", "one", "--accept")
    rows = list(csv.DictReader(StringIO(here("sources", "one", "--format", "csv").out)))
    assert [(row["sentence"], row["account"], row["statement"], row["cited_in"], row["stale"]) for row in rows] == [
        ("heavy", "encoded", "decisions/pathway/rules/heavy", "one", "no"),
        ("light", "encoded", "decisions/pathway/rules/light", "one", "no"),
        ("meals", "deliberately not encoded", "", "", ""),
        ("tea", "unaccounted", "", "", ""),
    ]
    assert rows[0]["place"] == "policies/one/decisions/pathway.yaml:9:5"


def test_a_change_is_stale_until_it_is_accepted(here, policies):
    ran = here("sources", "one", "--accept")
    assert ran.out == f"one: traced, as {policies / 'one' / 'traced.yaml'} says\n"
    assert here("sources", "one").out.splitlines()[0].endswith("; 0 stale")
    assert warned(here) == []
    change(policies, "sources/paper.yaml", "good throughout", "good enough")
    shown = here("sources", "one")
    assert shown.code == 0
    assert shown.out.splitlines()[0].endswith("; 1 stale")
    data = json.loads(here("sources", "one", "--format", "json").out)
    (stale,) = data["stale"]
    assert (stale["document"], stale["sentence"]) == ("paper", "light")
    assert stale["was"] != stale["is"]
    assert [each["address"] for each in stale["cited_by"]] == ["decisions/pathway/rules/light"]
    checked = here("check", "one")
    assert checked.code == 1
    assert "warning[stale-sentence]: `light` of `paper` is not as it was traced" in checked.out
    ran = here("sources", "one", "--accept")
    assert f"  paper light: {stale['was']} → {stale['is']}\n" in ran.out
    assert warned(here) == []


def test_rules_without_a_sentence_and_documents_without_a_manifest_are_told(here, policies):
    change(policies, "one/decisions/pathway.yaml", ", sentences: [light]", "")
    (policies / "sources" / "idea.yaml").unlink()
    change(policies, "two/proposals/weight.yaml", ", sentences: [weaker]", "")
    data = json.loads(here("sources", "two", "--format", "json").out)
    assert data["rules_without_sentence"] == ["decisions/pathway/rules/light"]
    assert data["documents_without_manifest"] == ["idea"]
    checked = here("check", "one")
    assert checked.code == 1
    assert "warning[cites-no-sentence]: `light` cites no sentence of `paper`" in checked.out


def test_what_is_accepted_is_written_whole_or_not_at_all(here, policies):
    here("sources", "one", "--accept")
    text = (policies / "one" / "traced.yaml").read_text()
    change(policies, "sources/paper.yaml", "{says: Tea is at four.}", "{note: N}")
    assert "sentence-says-nothing" in here.refused("sources", "one", "--accept")
    assert (policies / "one" / "traced.yaml").read_text() == text
    assert [each.name for each in (policies / "one").iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("one", "two"), "unexpected extra argument"),
        (("three",), "no version is named `three`"),
        (("two+weight=stricter", "--accept"), "without a revision or options"),
    ],
)
def test_what_cannot_be_done_is_said(here, arguments, said):
    assert said in here.refused("sources", *arguments).lower()


def test_without_manifests_there_is_nothing_to_accept(here, policies):
    for file in (policies / "sources").iterdir():
        file.unlink()
    assert "there is no manifest in" in here.refused("sources", "one", "--accept")
    assert warned(here) == []
    first = here("sources", "one").out.splitlines()[0]
    assert first.startswith("one: 0 sentences of 1 document: ")


def test_a_revision_is_traced_to_the_manifests_of_that_revision(here, policies):
    made = repository(policies.parent)
    made.commit("first")
    (policies / "sources" / "paper.yaml").write_text(put(MANIFEST, "  tea: {says: Tea is at four.}\n", ""))
    assert here("sources", "one").out.startswith("one: 3 sentences")
    assert here("sources", "one@HEAD").out.startswith("one@HEAD: 4 sentences")
    assert "without a revision" in here.refused("sources", "one@HEAD", "--accept")


def test_a_folder_that_cannot_be_written_is_said(here, policies):
    os.mkdir(policies / "one" / "traced.yaml")
    assert here.refused("sources", "one", "--accept")
