"""`greenpaper freeze` and `greenpaper verify`: what is sealed, what is refused, and what is seen afterwards."""

import json
import os

import pytest

from cli.running import Here, everything
from framework.small import FILES, FRAMEWORK, PROPOSAL, catalogue, put
from source.repository import repository

DAY = ("--on", "2026-01-02")
READING = PROPOSAL.replace("proposal:", "reading:").replace("document: idea", "document: paper")


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    catalogue(folder, FILES)
    return folder


@pytest.fixture
def here(monkeypatch, capsys, policies):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    return Here(monkeypatch, capsys)


def change(policies, name, old, new):
    file = policies / name
    file.write_text(put(file.read_text(), old, new))


def test_a_version_is_sealed_and_verified(here, policies):
    assert here("verify").out == "one: not sealed\ntwo: not sealed\n"
    ran = here("freeze", "one", *DAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"one: sealed in {policies}/one/seal.yaml\n"
    assert sorted(path.name for path in (policies / "one").iterdir() if path.name.startswith(".")) == []
    ran = here("verify", "one")
    assert (ran.code, ran.out) == (0, "one: sealed and unchanged (sealed on 2026-01-02)\n")
    assert here("check", "one", "--fail-on", "error").code == 0


@pytest.mark.parametrize(
    "name, old, new, said",
    [
        ("one/framework.yaml", "A small framework", "Another title", "the text changed, the meaning did not"),
        ("one/decisions/pathway.yaml", "modality: will", "modality: may", "the meaning changed"),
    ],
)
def test_a_change_is_seen_and_can_be_recorded(here, policies, name, old, new, said):
    here("freeze", "one", *DAY)
    change(policies, name, old, new)
    ran = here("verify")
    assert (ran.code, ran.out.splitlines()[0]) == (1, f"one: {said} (sealed on 2026-01-02)")
    assert here("check", "one").code == 1
    refused = here.refused("freeze", "one")
    assert said in refused
    assert "--erratum" in refused
    ran = here("freeze", "one", "--erratum", "it was  wrong:\nsee 'there'", "--on", "2026-03-04")
    assert (ran.code, ran.out) == (0, f"one: a change recorded in {policies}/one/seal.yaml\n")
    ran = here("verify", "one")
    assert (ran.code, ran.out) == (0, "one: sealed and unchanged (sealed on 2026-01-02, 1 erratum since)\n")
    assert here("check", "one", "--fail-on", "error").code == 0
    (data,) = json.loads(here("verify", "one", "--format", "json").out)
    assert data == {
        "version": "one",
        "standing": "sealed and unchanged",
        "whole": True,
        "sealed": "2026-01-02",
        "errata": [{"on": "2026-03-04", "because": "it was wrong: see 'there'"}],
        "problems": [],
    }


def test_a_step_of_the_status_is_no_change(here, policies):
    here("freeze", "one", *DAY)
    change(policies, "one/framework.yaml", "status: in force", "status: superseded")
    assert here("verify", "one").code == 0
    assert here("check", "one", "--fail-on", "error").code == 0


def test_a_step_back_cannot_be_sealed_over(here, policies):
    here("freeze", "one", *DAY)
    change(policies, "one/framework.yaml", "status: in force", "status: confirmed")
    change(policies, "one/framework.yaml", "A small framework", "Another")
    assert "no-such-step" in here.refused("freeze", "one", "--erratum", "why")


@pytest.mark.parametrize("status", ["draft", "consultation", "withdrawn"])
def test_what_is_not_settled_is_not_sealed(here, policies, status):
    change(policies, "one/framework.yaml", "status: in force", f"status: {status}")
    before = everything(policies)
    assert f"`one` is `{status}`: only a version that is confirmed, in force or superseded" in here.refused(
        "freeze", "one"
    )
    assert everything(policies) == before


def test_what_cannot_be_sealed_is_refused_and_nothing_is_written(here, policies):
    def refused(*arguments):
        before = everything(policies)
        said = here.refused("freeze", *arguments)
        assert everything(policies) == before
        return said

    assert "`two` is `draft`" in refused("two")
    assert "no version is named" in refused("three")
    assert "without a revision or options" in refused("two+weight=stricter")
    assert "is not sealed, so there is nothing to correct" in refused("one", "--erratum", "why")
    assert "is not a day" in refused("one", "--on", "yesterday")
    assert "it is empty" in refused("one", "--erratum", " ")
    here("freeze", "one", *DAY)
    assert "is sealed already, and has not changed" in refused("one")
    assert "is sealed already, and has not changed" in refused("one", "--erratum", "why")
    change(policies, "one/framework.yaml", "A small framework", "Another")
    assert "keep to letters that show" in refused("one", "--erratum", "a\u200bb")
    change(policies, "one/seal.yaml", "format: 1", "format: 2")
    assert "a form that is not known" in refused("one", "--erratum", "why")


def test_a_version_with_a_problem_is_not_sealed(here, policies):
    change(policies, "one/decisions/pathway.yaml", "then: light", "then: lite")
    assert "unknown-outcome" in here.refused("freeze", "one")
    change(policies, "one/decisions/pathway.yaml", "then: lite", "then: light")
    (policies / "one/invariants.yaml").write_text(
        "invariants:\n  - {id: i, title: T, decision: pathway, is: [light], confidence: assumed}\n"
    )
    assert "invariant-refuted" in here.refused("freeze", "one")
    assert not (policies / "one/seal.yaml").exists()


def test_a_spoilt_seal_is_not_written_over(here, policies):
    here("freeze", "one", *DAY)
    (policies / "one/seal.yaml").write_text("seal: {}\n")
    assert "missing-key" in here.refused("freeze", "one")
    assert (policies / "one/seal.yaml").read_text() == "seal: {}\n"


def test_a_version_is_sealed_as_it_is_preferred(here, policies):
    change(policies, "one/framework.yaml", "status: in force", "status: confirmed")
    (policies / "one/readings").mkdir()
    (policies / "one/readings/weight.yaml").write_text(READING)
    here("freeze", "one", *DAY)
    assert here("check", "one", "--fail-on", "error").code == 0
    assert here("check", "one+weight=stricter", "--fail-on", "error").code == 0
    assert "without options" in here.refused("verify", "one+weight=stricter")
    change(policies, "one/readings/weight.yaml", "is at most weak", "is at most good")
    assert "the text changed, the meaning did not" in here("verify", "one").out
    change(policies, "one/readings/weight.yaml", "preferred: unchanged", "preferred: stricter")
    assert "the meaning changed" in here("verify", "one").out


def test_a_draft_is_not_what_the_seal_of_its_base_says(here, policies):
    here("freeze", "one", *DAY)
    (policies / "two/seal.yaml").write_text((policies / "one/seal.yaml").read_text())
    assert "changed-since-sealed" in here("check", "two").out


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda seal: seal.write_text("seal: {}\n"), "cannot be loaded"),
        (lambda seal: seal.write_text("seal: {"), "cannot be loaded"),
        (lambda seal: (seal.unlink(), seal.mkdir()), "cannot be loaded"),
        (lambda seal: (seal.unlink(), seal.symlink_to("nowhere")), "cannot be loaded"),
        (lambda seal: seal.write_text(put(seal.read_text(), "format: 1", "format: 7")), "a form that is not known"),
    ],
)
def test_a_spoilt_seal_is_no_whole_one(here, policies, spoil, said):
    here("freeze", "one", *DAY)
    spoil(policies / "one/seal.yaml")
    ran = here("verify", "one")
    assert ran.code == 1
    assert said in ran.out
    assert json.loads(here("verify", "one", "--format", "json").out)[0]["whole"] is False


def test_a_sealed_version_that_cannot_be_loaded_is_not_whole(here, policies):
    here("freeze", "one", *DAY)
    change(policies, "one/decisions/pathway.yaml", "then: light", "then: lite")
    ran = here("verify")
    assert ran.code == 1
    assert "one: cannot be loaded: " in ran.out
    assert "no outcome is named `lite` (sealed on 2026-01-02)" in ran.out
    assert "two: not sealed" in ran.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(here, policies):
    (policies / "one").chmod(0o500)
    assert "cannot be written" in here.refused("freeze", "one")


def test_a_revision_can_be_verified_and_not_sealed(here, policies, tmp_path):
    here("freeze", "one", *DAY)
    repo = repository(tmp_path)
    repo.commit("sealed")
    change(policies, "one/framework.yaml", "A small framework", "Another")
    assert here("verify", "one").code == 1
    ran = here("verify", "one@HEAD")
    assert (ran.code, ran.out) == (0, "one@HEAD: sealed and unchanged (sealed on 2026-01-02)\n")
    assert "without a revision" in here.refused("freeze", "one@HEAD")


def test_check_since_a_revision(here, policies, tmp_path):
    repo = repository(tmp_path)
    repo.commit("in force")
    assert here("check", "one", "--since", "HEAD", "--fail-on", "error").code == 0
    change(policies, "one/framework.yaml", "status: in force", "status: draft")
    ran = here("check", "one", "--since", "HEAD")
    assert ran.code == 1
    assert "error[no-such-step]: what was `in force` cannot be `draft` later on" in ran.out
    assert "policies@HEAD/one/framework.yaml:4:9" in ran.out
    assert "no-such-step" not in here("check", "one").out
    assert "no revision of" in here.refused("check", "one", "--since", "nonsense")
    assert "it is empty" in here.refused("check", "one", "--since", "")


def test_without_git_or_a_repository_it_is_said_in_words(here, policies, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "is not in a git repository" in here.refused("log", "one")
    assert "is not in a git repository" in here.refused("check", "--since", "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in here.refused("verify", "one@HEAD")


def test_the_first_status_is_that_of_the_sealing(here, policies):
    change(policies, "one/framework.yaml", "status: in force", "status: confirmed")
    here("freeze", "one", *DAY)
    assert "  status: confirmed\n" in (policies / "one/seal.yaml").read_text()
    assert FRAMEWORK.count("status: in force") == 1
