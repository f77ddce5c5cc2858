"""The history of a version: each commit, what it changed, and what cannot be known of it."""

import json
import shutil

import pytest

from cli.running import Here
from comparison.small import decision, rule, write_version
from framework.small import DRAFT, FILES, PROPOSAL, catalogue, put
from greenpaper.comparison.history import Appears, Change, Goes, Mended, Spoilt, history
from greenpaper.source.revisions import NoSuchRevision
from source.repository import repository

GOOD, BAD = rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit")
MILD = rule("bad", "heads is poor", "visit")


@pytest.fixture
def repo(tmp_path):
    return repository(tmp_path / "repo")


@pytest.fixture
def policies(repo):
    folder = repo.home / "policies"
    folder.mkdir()
    return folder


def rewrite(policies, text):
    shutil.rmtree(policies / "one")
    write_version(policies, "one", text)


def told(repo, version="one", **asked):
    return list(history(repo.home / "policies", version, asked.pop("options", {}), **asked))


def test_every_commit_is_told_with_what_it_changed(repo, policies):
    write_version(policies, "one", decision(GOOD, BAD))
    repo.commit("first", day="2026-01-01")
    (repo.home / "elsewhere").write_text("x")
    repo.commit("elsewhere", day="2026-01-02")
    rewrite(policies, decision(GOOD, MILD))
    repo.commit("milder", day="2026-01-03")
    file = policies / "one/framework.yaml"
    file.write_text(file.read_text().replace("title: ", "title: The "))
    repo.commit("title", day="2026-01-04")
    title, milder, first = told(repo)
    assert [each.commit.subject for each in (title, milder, first)] == ["title", "milder", "first"]
    assert [each.commit.day for each in (title, milder, first)] == ["2026-01-04", "2026-01-03", "2026-01-01"]
    assert first.event == Appears()
    assert isinstance(milder.event, Change)
    (changed,) = milder.event.answers.decisions
    assert not milder.event.is_same
    assert (changed.changed, changed.situations) == expected_change()
    assert isinstance(title.event, Change)
    assert title.event.is_same
    assert title.event.answers is None


def expected_change():
    """Fair heads are one of three grades, over whatever else the decision reads."""
    return 1, 3


def test_a_revision_that_cannot_be_loaded_is_told_and_not_compared(repo, policies):
    write_version(policies, "one", decision(GOOD, BAD))
    repo.commit("first")
    file = policies / "one/framework.yaml"
    whole = file.read_text()
    file.write_text("title: [\n")
    repo.commit("spoilt")
    file.write_text(whole)
    repo.commit("mended")
    mended, spoilt, _ = told(repo)
    assert mended.event == Mended()
    assert isinstance(spoilt.event, Spoilt)
    assert spoilt.event.found[0].code == "not-yaml"
    assert f"policies@{spoilt.commit.id}/one/framework.yaml" in spoilt.event.found[0].span.place


def test_a_version_comes_and_goes(repo, policies):
    write_version(policies, "one", decision(GOOD, BAD))
    write_version(policies, "two", decision(GOOD, BAD))
    repo.commit("first")
    repo.git("rm", "--quiet", "-r", "policies/one")
    repo.commit("gone")
    assert [type(each.event) for each in told(repo)] == [Goes, Appears]
    assert told(repo, "three") == []


def test_a_draft_is_told_with_its_base_and_its_options(repo, policies):
    catalogue(policies, FILES)
    repo.commit("first")
    repo.write("policies/two/proposals/weight.yaml", put(PROPOSAL, "preferred: unchanged", "preferred: stricter"))
    repo.commit("preferred")
    rules = policies / "one/decisions/pathway.yaml"
    rules.write_text(put(rules.read_text(), "leaders is at least good and fine", "leaders is outstanding"))
    repo.commit("base")
    repo.write("policies/two/proposals/weight.yaml", PROPOSAL.replace("stricter:", "harder:"))
    repo.commit("renamed")
    renamed, base, preferred, first = told(repo, "two")
    assert first.event == Appears()
    assert not preferred.event.is_same
    assert not base.event.is_same
    assert (preferred.event.came, preferred.event.went) == ((), ())
    assert (renamed.event.came, renamed.event.went) == (("weight=harder",), ("weight=stricter",))
    assert [each.commit.subject for each in told(repo, "one")] == ["base", "first"]


def test_a_step_that_is_not_allowed_is_told(repo, policies):
    catalogue(policies, FILES)
    repo.commit("first")
    repo.write("policies/two/framework.yaml", put(DRAFT, "status: draft", "status: consultation"))
    repo.commit("asked")
    repo.write("policies/two/framework.yaml", DRAFT)
    repo.commit("back")
    back, asked, _ = told(repo, "two")
    assert [each.status for each in asked.reached] == ["consultation"]
    assert asked.steps == ()
    assert [each.code for each in back.steps] == ["no-such-step"]


def test_a_part_of_the_history(repo, policies):
    write_version(policies, "one", decision(GOOD, BAD))
    repo.commit("first")
    rewrite(policies, decision(GOOD, MILD))
    repo.commit("second")
    assert [each.commit.subject for each in told(repo, limit=1)] == ["second"]
    assert isinstance(told(repo, limit=1)[0].event, Change)
    assert [each.commit.subject for each in told(repo, revision="HEAD~1")] == ["first"]
    with pytest.raises(NoSuchRevision):
        told(repo, revision="nonsense")


def test_with_options_chosen_it_begins_with_the_first_revision_that_has_them(repo, policies):
    catalogue(policies, FILES)
    (policies / "two/proposals/weight.yaml").unlink()
    repo.commit("without")
    repo.write("policies/two/proposals/weight.yaml", PROPOSAL)
    repo.commit("with")
    repo.write(
        "policies/two/proposals/weight.yaml", put(PROPOSAL, "when: any of practice is at most weak", "when: fine")
    )
    repo.commit("revised")
    revised, came = told(repo, "two", options={"weight": "stricter"})
    assert isinstance(came.event, Appears)
    assert isinstance(revised.event, Change)
    assert not revised.event.is_same
    (preferred, *_) = told(repo, "two")
    assert preferred.event.is_same
    assert not preferred.event.revised["weight=stricter"].is_same


# Printed


@pytest.fixture
def here(monkeypatch, capsys, repo, policies):
    catalogue(policies, FILES)
    repo.commit("First | words", day="2026-01-01")
    repo.write("policies/two/proposals/weight.yaml", PROPOSAL.replace("preferred: unchanged", "preferred: stricter"))
    repo.write("policies/two/framework.yaml", put(DRAFT, "status: draft", "status: confirmed"))
    repo.commit("Stricter", day="2026-01-02")
    repo.write("policies/two/framework.yaml", DRAFT)
    repo.write("policies/two/proposals/more.yaml", "proposal: [\n")
    repo.commit("Spoilt", day="2026-01-03")
    monkeypatch.chdir(repo.home)
    monkeypatch.setenv("GREENPAPER_POLICIES", "policies")
    return Here(monkeypatch, capsys)


def test_it_is_printed_newest_first(here):
    ran = here("log", "two")
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    assert words.index("Spoilt") < words.index("Stricter") < words.index("First | words")
    for said in (
        "History of two",
        "2026-01-03 Spoilt - framework: draft - a step that is not allowed: what was `confirmed` cannot be `draft`",
        "cannot be loaded: 1 problem, the first policies@",
        "2026-01-02 Stricter - framework: confirmed - pathway: ",
        "to “Heavy”",
        "in words: 2 changed; ",
        "2026-01-01 First | words - framework: draft - first appears",
    ):
        assert said in words


def test_every_form_says_it(here):
    assert "## " in here("log", "two", "--format", "markdown").out
    data = json.loads(here("log", "two", "--format", "json").out)
    assert data["version"] == "two"
    spoilt, stricter, first = data["commits"]
    assert [spoilt["event"], stricter["event"], first["event"]] == ["cannot be loaded", "changes", "appears"]
    assert [len(each["steps_not_allowed"]) for each in data["commits"]] == [1, 0, 0]
    pathway = stricter["decisions"]["pathway"]
    assert 0 < pathway["changed"] == sum(each["situations"] for each in pathway["transitions"])
    assert stricter["no_behavioural_change"] is False
    assert stricter["status"] == {"framework": "confirmed"}
    assert len(first["commit"]) == 40


def test_it_is_asked_for_in_other_ways(here):
    assert here("log", "two", "--limit", "1").out.count("2026-01-0") == 1
    assert "Spoilt" not in here("log", "two@HEAD~1").out
    assert "History of two" in here("log", "./policies/two").out
    assert "History of one" in here("log", "asof:2026-05-01").out
    chosen = here("log", "two+weight=stricter").out
    assert "History of two+weight=stricter" in chosen
    assert "no commit of" in here.refused("log", "two@HEAD~1+weight=laxer")
    assert "no commit of" in here.refused("log", "three")
    assert "no revision of" in here.refused("log", "two@nonsense")
    assert here("log", "two", "--limit", "0").code == 2
