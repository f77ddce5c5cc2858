"""`greenpaper consolidate`: what is written is the composition, or nothing is written."""

import errno
import os

import pytest

from cli.running import ROOT, Here, everything
from framework.small import FILES, FRAMEWORK, PROPOSAL, catalogue, put
from greenpaper.cli import consolidating
from greenpaper.comparison.sameness import sameness
from greenpaper.framework.catalogue import Catalogue
from greenpaper.source import writing
from source.repository import repository

READING = put(PROPOSAL.replace("document: idea", "document: paper"), "proposal:", "reading:")
MORE_CASES = """\
cases:
  - name: said of no option
    given: {leaders: good, help: good, care: good}
    expect: {pathway: light}
  - name: said of the other option
    options: {weight: stricter}
    given: {leaders: good, help: weak, care: good}
    expect: {pathway: heavy}
  - name: said of the preferred option
    options: {weight: unchanged}
    given: {leaders: good, help: good, care: good}
    expect: {pathway: light}
"""
DRAFT = FILES | {"two/cases/both.yaml": MORE_CASES}


@pytest.fixture
def policies(tmp_path):
    return catalogue(tmp_path / "policies", DRAFT).folder


@pytest.fixture
def here(monkeypatch, capsys, policies):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    return Here(monkeypatch, capsys)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_draft_with_its_options_becomes_a_version_that_is_whole(here, policies):
    ran = here("consolidate", "two+weight=stricter", "--as", "three")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Written to {policies}/three: framework.yaml, vocabulary.yaml, constraints.yaml, decisions/pathway.yaml, "
        "cases/both.yaml\n"
        "Cases kept, which are about these options: 1 of 3\n"
        "Proved to be two+weight=stricter: pathway in all 112 situations, and all 17 statements are the same\n"
    )
    assert (policies / "three/framework.yaml").read_text() == (
        "# yaml-language-server: $schema=../../schemas/framework.schema.json\n"
        "# Written out whole from two+weight=stricter by `greenpaper consolidate`.\n"
        "framework: small\n"
        'version: "three"\n'
        "title: A draft of the small framework (illustrative)\n"
        "confidence: illustrative\n"
        "status: draft\n"
        "replaces: one\n"
        "sources:\n"
        "  idea: {title: An idea, publisher: Somebody}\n"
        "  paper: {title: A paper, publisher: Somebody}\n"
    )
    assert (policies / "three/cases/both.yaml").read_text() == (
        "# yaml-language-server: $schema=../../../schemas/cases.schema.json\n"
        "cases:\n"
        "  - name: said of the other option\n"
        "    given: {leaders: good, help: weak, care: good}\n"
        "    expect: {pathway: heavy}\n"
    )
    rule = (
        (policies / "three/decisions/pathway.yaml").read_text().partition("rules:\n")[2].partition("  - id: light")[0]
    )
    assert rule == (
        "  - id: heavy\n    when: any of practice is at most weak\n    then: heavy\n    modality: will\n"
        "    confidence: illustrative\n    source: {document: idea}\n"
    )
    assert here("check", "three", "--fail-on", "error").code == 0
    assert here("test", "three").out.startswith("three: 1 of 1 cases passed; ")
    assert here("diff", "two+weight=stricter", "three", "--exit-code", "--only", "behaviour").code == 0


def test_with_every_preferred_option_the_cases_of_no_option_are_kept_too(here, policies):
    ran = here("consolidate", "two", "--as", "three", "--status", "confirmed")
    assert "these options: 2 of 3\n" in ran.out
    assert "Sources left out, which nothing cites: idea" in ran.out
    text = (policies / "three/framework.yaml").read_text()
    assert "status: confirmed\n" in text
    assert "idea" not in text
    assert here("freeze", "three", "--on", "2026-01-01").code == 0


def test_what_only_an_illustrative_option_says_of_an_outcome_is_labelled_too(here, policies):
    edit = "      - {set: decisions/pathway/outcomes/light/title, to: Almost nothing}\n"
    catalogue(policies, {"two/proposals/weight.yaml": PROPOSAL[: PROPOSAL.index("      - replace")] + edit})
    assert here("consolidate", "two+weight=stricter", "--as", "three").code == 0
    assert "From one to three (illustrative)" in here("diff", "one", "three", "--only", "words").out


def test_a_reading_is_written_out_without_the_days_that_its_version_governs(here, policies):
    catalogue(policies, {"one/readings/weight.yaml": READING})
    assert here("consolidate", "one+weight=stricter", "--as", "one-strict").code == 0
    assert files(policies / "one-strict") == [
        "constraints.yaml", "decisions/pathway.yaml", "framework.yaml", "vocabulary.yaml",
    ]  # fmt: skip
    text = (policies / "one-strict/framework.yaml").read_text()
    assert "applies_to" not in text
    assert "replaces" not in text
    assert here("check", "one-strict", "--fail-on", "error").code == 0


def test_the_explanations_of_base_and_draft_stand_together_with_the_sources_they_are_about(here, policies):
    entry = "  - {{id: {0}, finding: never-used, about: sources/{0}, because: It is kept, confidence: stated}}\n"
    head = put(FRAMEWORK, "Somebody}", "Somebody}\n  old: {title: Old, publisher: Somebody}")
    draft = put(FILES["two/framework.yaml"], "Somebody}", "Somebody}\n  own: {title: Own, publisher: Somebody}")
    catalogue(policies, {
        "one/framework.yaml": head, "one/explained.yaml": f"explained:\n{entry.format('old')}",
        "two/framework.yaml": draft, "two/explained.yaml": f"explained:\n{entry.format('own')}",
    })  # fmt: skip
    assert here("consolidate", "two", "--as", "three").code == 0
    explained = (policies / "three/explained.yaml").read_text()
    assert explained.splitlines()[1:] == ["explained:", entry.format("old")[:-1], entry.format("own")[:-1]]
    assert {"old", "own", "paper"} == set(Catalogue(policies).load("three").documents)


ADDING = """\
proposal: more
title: Something more
confidence: illustrative
preferred: more
options:
  more:
    title: A decision and a constraint
    edits:
      - add_to: decisions
        entry:
          call:
            decision: call
            question: Is there a call?
            outcomes: {call: {title: Call}, none: {title: None}}
            resolve: first
            rules:
              - id: call
                when: |
                  flag
                  and pathway is heavy
                then: call
                modality: will
                confidence: illustrative
                source: {document: idea}
      - remove: constraints
      - {set: vocabulary/facts/flag/note, to: '2026'}
      - {set: vocabulary/facts/help/note, to: true or false}
""".replace("flag\n", "flag \n")


def test_what_a_draft_adds_gets_files_of_its_own_and_what_it_empties_gets_none(here, policies):
    catalogue(policies, {"two/proposals/more.yaml": ADDING})
    ran = here("consolidate", "two+weight=stricter", "--as", "three")
    assert (ran.code, ran.err) == (0, "")
    assert "pathway in all 64 situations and call in all" in ran.out
    assert files(policies / "three") == [
        "cases/both.yaml", "decisions/call.yaml", "decisions/pathway.yaml", "framework.yaml", "vocabulary.yaml",
    ]  # fmt: skip
    text = (policies / "three/decisions/call.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../../schemas/decision.schema.json\ndecision: call\n")
    assert "when: |\n      flag \n      and pathway is heavy\n" in text
    assert "note: '2026'" in (policies / "three/vocabulary.yaml").read_text()


def test_a_version_as_it_was_in_a_revision_is_written_out_beside_those_of_now(here, policies):
    repository(policies).commit("as it was")
    catalogue(policies, {"one/decisions/pathway.yaml": put(FILES["one/decisions/pathway.yaml"], "Light", "Very light")})
    ran = here("consolidate", "two@HEAD", "--as", "three")
    assert (ran.code, ran.err) == (0, "")
    assert "two@HEAD" in (policies / "three/framework.yaml").read_text()
    assert "{title: Light}" in (policies / "three/decisions/pathway.yaml").read_text()


def test_elsewhere_it_replaces_nothing_that_is_not_there(here, policies, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    ran = here("consolidate", "two", "--as", "three", "-o", other / "three")
    assert ran.code == 0
    assert "What it replaces was left out: `one` is not beside it" in ran.out
    assert "replaces" not in (other / "three/framework.yaml").read_text()
    assert here("check", f"{other}/three", "--fail-on", "error").code == 0
    assert not (policies / "three").exists()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("two+weight=none", "--as", "three"), "`weight` has no option `none`"),
        (("two+wait=none", "--as", "three"), "nothing that can be chosen is named `wait`"),
        (("zero", "--as", "three"), "no version is named `zero`"),
        (("one", "--as", "three"), "`one` is whole already"),
        (("two", "--as", "two"), "exists already"),
        (("two", "--as", "a b"), "cannot be the name of a version"),
        (("two", "--as", "../three"), "cannot be the name of a version"),
        (("two", "--as", ""), "cannot be the name of a version"),
        (("two", "--as", "three", "-o", "four"), "`four` must be called `three`"),
        (("two", "--as", "three", "-o", "nowhere/three"), "there is no folder `nowhere`"),
        (("two", "--as", "three", "--status", "in force"), "--status"),
    ],
)
def test_what_cannot_be_written_out_is_refused_and_nothing_is_written(here, policies, arguments, said):
    before = everything(policies)
    assert said in here.refused("consolidate", *arguments)
    assert everything(policies) == before


@pytest.mark.parametrize(
    "name, old, new, said",
    [
        ("two/proposals/weight.yaml", "rules/heavy", "rules/heavier", "no-such-address"),
        ("two/proposals/weight.yaml", "at most weak", "at most week", "off-the-scale"),
        ("one/decisions/pathway.yaml", "leaders is weak", "leaders is week", "off-the-scale"),
        ("two/cases/both.yaml", "weight: stricter", "weight: strict", "strict"),
        ("two/framework.yaml", "status: draft", "status: drafted", "not-a-choice"),
    ],
)
def test_a_problem_in_the_draft_is_shown_and_nothing_is_written(here, policies, name, old, new, said):
    file = policies / name
    file.write_text(put(file.read_text(), old, new))
    before = everything(policies)
    assert said in here.refused("consolidate", "two", "--as", "three")
    assert everything(policies) == before


def test_options_that_exclude_each_other_are_refused(here, policies):
    other = put(PROPOSAL, "proposal: weight", "proposal: other").replace(
        "    edits:", "    excludes: {weight: stricter}\n    edits:"
    )
    catalogue(policies, {"two/proposals/other.yaml": other})
    before = everything(policies)
    said = here.refused("consolidate", "two+weight=stricter+other=stricter", "--as", "three")
    assert "option-excludes" in said
    assert everything(policies) == before


@pytest.mark.parametrize("failing", ["rename", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_failure_while_writing_leaves_nothing(here, policies, monkeypatch, failing, number):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    before = everything(policies)
    monkeypatch.setattr(writing.os, failing, fail)
    said = here.refused("consolidate", "two", "--as", "three")
    assert f"cannot be written: {os.strerror(number)}" in said
    monkeypatch.undo()
    assert everything(policies) == before


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("at most weak", "weak", "these statements differ: decisions/pathway/rules/heavy"),
        ("confidence: illustrative", "confidence: assumed", "these parts of the meaning differ: decisions"),
        ("question: What follows?", "question: What comes?", "these statements differ: decisions/pathway"),
    ],
)
def test_what_is_not_proved_the_same_is_not_written(here, policies, monkeypatch, old, new, said):
    def spoilt(*arguments):
        texts = texts_of(*arguments)
        return texts | {"decisions/pathway.yaml": put(texts["decisions/pathway.yaml"], old, new)}

    texts_of = consolidating.texts_of
    monkeypatch.setattr(consolidating, "texts_of", spoilt)
    before = everything(policies)
    assert "would not read back" in here.refused("consolidate", "two+weight=stricter", "--as", "three")
    monkeypatch.setattr(consolidating, "reads_back", lambda *_: True)
    refused = here.refused("consolidate", "two+weight=stricter", "--as", "three")
    assert "nothing was written: it is not proved to be `two+weight=stricter`" in refused
    assert said in refused
    assert everything(policies) == before


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", ["2022-care-leavers", "2026", "2027-draft"])
def test_what_is_shipped_can_be_written_out(here, policies, tmp_path, monkeypatch, version):
    shipped = Catalogue(ROOT / "policies")
    monkeypatch.setenv("GREENPAPER_POLICIES", str(ROOT / "policies"))
    for number, choice in enumerate(shipped.combinations(version, most=2)):
        name = f"whole-{number}"
        chosen = "".join(f"+{proposal}={option}" for proposal, option in choice.items())
        ran = here("consolidate", version + chosen, "--as", name, "-o", tmp_path / name)
        assert (ran.code, ran.err) == (0, "")
        written = Catalogue(tmp_path)
        before, after = shipped.load(version, choice, whole=True), written.load(name, whole=True)
        proof = sameness(before, after, shipped.composed(version, choice), written.composed(name))
        assert proof.is_proved
        assert proof.differences == ()
        if after.cases:
            assert here("test", f"{tmp_path}/{name}").code == 0


@pytest.mark.exhaustive
def test_every_combination_of_a_shipped_draft_can_be_written_out(here, tmp_path):
    shipped = Catalogue(ROOT / "policies")
    for number, choice in enumerate(shipped.combinations("2027-draft")):
        chosen = "".join(f"+{proposal}={option}" for proposal, option in choice.items())
        name = f"whole-{number}"
        ran = here("consolidate", f"{ROOT}/policies/2027-draft{chosen}", "--as", name, "-o", tmp_path / name)
        assert (ran.code, ran.err) == (0, "")
