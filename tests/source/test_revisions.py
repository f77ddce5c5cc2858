"""A folder at a revision is what git recorded, whatever lies in the working tree and however git is set up."""

import shutil
import subprocess
from pathlib import Path

import pytest

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.parts import read_beside, read_parts
from greenpaper.framework.relations import relations_of
from greenpaper.source import revisions
from greenpaper.source.revisions import Large, Link, NoSuchRevision, commits, snapshot
from source.repository import repository

POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture
def repo(tmp_path):
    repo = repository(tmp_path / "repo")
    repo.write("policies/2025/framework.yaml", "old\n")
    repo.write("policies/2025/decisions/one.yaml", "one\n")
    repo.write("elsewhere.txt", "elsewhere\n")
    repo.commit("first")
    repo.git("tag", "v1")
    repo.write("policies/2025/framework.yaml", "new\n")
    repo.commit("second")
    return repo


@pytest.fixture
def policies(repo):
    return repo.home / "policies"


def test_it_is_what_the_folder_held(repo, policies):
    repo.write("policies/2025/framework.yaml", "not recorded\n")
    before = repo.git("status", "--porcelain")
    old, new = snapshot(policies, "v1"), snapshot(policies, "HEAD")
    assert old.files == {"2025/framework.yaml": b"old\n", "2025/decisions/one.yaml": b"one\n"}
    assert new.files["2025/framework.yaml"] == b"new\n"
    assert repo.git("status", "--porcelain") == before
    assert old.folders == {"2025", "2025/decisions"}
    assert old.inside("2025").files == {"framework.yaml": b"old\n", "decisions/one.yaml": b"one\n"}
    assert old.inside("2026").files == {}


def test_it_is_called_by_folder_and_revision(repo, policies, monkeypatch):
    monkeypatch.chdir(repo.home)
    assert snapshot(Path("policies"), "v1").name == "policies@v1"
    assert snapshot(policies, "HEAD~1").inside("2025").name == "policies@HEAD~1/2025"
    commit = repo.git("rev-parse", "HEAD")
    repo.git("tag", "é")
    assert snapshot(policies, "é").name == f"policies@{commit[:10]}"


def test_it_is_read_from_any_folder_of_the_repository(repo, policies):
    assert list(snapshot(policies / "2025/decisions", "v1").files) == ["one.yaml"]
    assert "elsewhere.txt" in snapshot(repo.home, "v1").files


@pytest.mark.parametrize(
    "revision",
    [
        "nonsense",
        "",
        " ",
        "--output=x",
        "-h",
        "^HEAD",
        "HEAD..v1",
        "HEAD:policies",
        "v1^{tree}",
        "HEAD^{/",
        "\udcff",
        "é",
        "a\nb",
    ],
)
def test_what_names_no_commit_names_none(policies, revision):
    before = sorted(policies.rglob("*"))
    with pytest.raises(NoSuchRevision, match="no revision of"):
        snapshot(policies, revision)
    assert sorted(policies.rglob("*")) == before


def test_it_says_in_words_why_nothing_can_be_read(tmp_path, repo, policies, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "apart").mkdir()
    with pytest.raises(NoSuchRevision, match="is not in a git repository"):
        snapshot(tmp_path / "apart", "HEAD")
    with pytest.raises(NoSuchRevision, match="there is no folder"):
        snapshot(tmp_path / "nowhere", "HEAD")
    with pytest.raises(NoSuchRevision, match="zero byte"):
        snapshot(policies, "a\0b")
    (repo.home / "late").mkdir()
    with pytest.raises(NoSuchRevision, match="late` is not in the revision `v1`"):
        snapshot(repo.home / "late", "v1")
    empty = repository(tmp_path / "empty")
    with pytest.raises(NoSuchRevision, match="is named `HEAD`"):
        snapshot(empty.home, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSuchRevision, match="git is not installed"):
        snapshot(policies, "HEAD")


def test_what_git_is_told_elsewhere_does_not_matter(repo, policies, monkeypatch, tmp_path):
    repo.write(".gitattributes", "*.yaml export-ignore filter=shout text eol=crlf\n")
    repo.write("policies/2025/framework.yaml", "$Format:%H$\n")
    repo.commit("attributes")
    repo.git("config", "filter.shout.smudge", "tr a-z A-Z")
    repo.git("config", "core.autocrlf", "true")
    repo.git("config", "log.showSignature", "true")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "nowhere"))
    assert snapshot(policies, "HEAD").files["2025/framework.yaml"] == b"$Format:%H$\n"
    assert [each.subject for each in commits(policies, ["2025"])] == ["attributes", "second", "first"]


def test_what_is_too_large_or_a_link_is_not_read(repo, policies, monkeypatch):
    repo.write("policies/2025/vocabulary.yaml", "#" * (revisions.MOST_OF_A_FILE + 1))
    (policies / "2025/constraints.yaml").symlink_to("framework.yaml")
    repo.commit("third")
    held = snapshot(policies, "HEAD")
    assert held.files["2025/vocabulary.yaml"] == Large(revisions.MOST_OF_A_FILE + 1)
    assert held.files["2025/constraints.yaml"] == Link()
    _, found = read_parts(held.inside("2025"))
    told = {each.span.source.name.rsplit("/", 1)[1]: each for each in found}
    assert told["vocabulary.yaml"].code == "file-too-large"
    assert told["constraints.yaml"].code == "unreadable-file"
    monkeypatch.setattr(revisions, "MOST_OF_A_FOLDER", 1_000_000)
    with pytest.raises(NoSuchRevision, match="more than 1,000,000 bytes"):
        snapshot(policies, "HEAD")


def test_names_of_any_kind_are_read(repo, policies):
    names = ["2025/a b.txt", "2025/é.txt", "2025/tab\there.txt", "2025/line\nend.txt", '2025/"quoted".txt']
    for name in names:
        repo.write(f"policies/{name}", name)
    repo.commit("names")
    files = snapshot(policies, "HEAD").files
    assert {name: files[name] for name in names} == {name: name.encode() for name in names}


def test_a_problem_in_a_revision_has_its_place_there(repo, policies, monkeypatch):
    monkeypatch.chdir(repo.home)
    repo.write("policies/2025/framework.yaml", "title: one\ntitle: two\n")
    repo.write("policies/2025/stray.yaml", "a: b\n")
    repo.commit("third")
    shutil.rmtree(policies / "2025")
    _, found = read_parts(snapshot(Path("policies"), "HEAD").inside("2025"))
    assert [(each.code, each.span.place) for each in found if each.code != "wrong-kind"] == [
        ("duplicate-key", "policies@HEAD/2025/framework.yaml:2:1"),
        ("unknown-file", "policies@HEAD/2025/stray.yaml:1:1"),
    ]


@pytest.mark.exhaustive
def test_a_catalogue_of_a_revision_is_that_of_the_folder(tmp_path):
    repo = repository(tmp_path / "repo")
    shutil.copytree(POLICIES, repo.home / "policies")
    repo.commit("policies")
    disk = Catalogue(repo.home / "policies")
    revision = Catalogue(snapshot(repo.home / "policies", "HEAD"))
    assert revision.versions == disk.versions
    assert revision.heads == disk.heads
    assert revision.all_facts == disk.all_facts
    for version in disk.versions:
        there, here = revision.parts(version, whole=True), disk.parts(version, whole=True)
        assert [(part.kind, part.name, texts(part)) for part in there[0]] == [
            (part.kind, part.name, texts(part)) for part in here[0]
        ]
        one, other = revision.check(version), disk.check(version)
        assert told(one[1]) == told(other[1]) == []
        assert one[0].decisions == other[0].decisions
        assert one[0].constraints == other[0].constraints
        assert one[0].cases == other[0].cases
    assert told(relations_of(revision)[1]) == told(relations_of(disk)[1]) == []
    assert [each.id for each in relations_of(revision)[0]] == [each.id for each in relations_of(disk)[0]]


def texts(part):
    return part.node.span.text


def told(found):
    return [each.message for each in found]


def test_a_folder_without_claims_beside_its_versions_has_none_in_a_revision(repo, policies):
    assert read_beside(snapshot(policies, "HEAD")) == (None, ())


def test_the_commits_are_those_that_changed_the_paths(repo, policies):
    repo.write("elsewhere.txt", "changed\n")
    repo.commit("elsewhere")
    repo.git("switch", "--quiet", "--create", "aside", "v1")
    repo.write("policies/2025/decisions/one.yaml", "aside\n")
    repo.commit("aside", day="2026-02-01")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-edit", "aside", day="2026-02-02")
    repo.write("policies/2025/framework.yaml", "last\n")
    repo.commit("last | words\n\nmore words", day="2026-02-03")
    found = commits(policies, ["2025"])
    assert [each.subject for each in found] == ["last | words", "Merge branch 'aside'", "aside", "second", "first"]
    assert [each.day for each in found] == ["2026-02-03", "2026-02-02", "2026-02-01", "2026-01-01", "2026-01-01"]
    of = {each.subject: each for each in found}
    assert of["last | words"].parents == (of["Merge branch 'aside'"].id,)
    assert of["Merge branch 'aside'"].parents == (of["second"].id, of["aside"].id)
    assert of["second"].parents == of["aside"].parents == (of["first"].id,)
    assert of["first"].parents == ()
    assert {each.subject: each.tags for each in found if each.tags} == {"first": ("v1",)}
    assert commits(policies, ["2025"], limit=1) == found[:1]
    assert [each.subject for each in commits(policies, ["2025"], revision="v1")] == ["first"]
    assert commits(policies, ["2026"]) == ()
    assert [each.short for each in found] == [each.id[: len(each.short)] for each in found]


def test_nothing_is_asked_of_the_user(policies):
    assert revisions.QUIET["GIT_TERMINAL_PROMPT"] == "0"
    assert subprocess.run(["git", "-C", str(policies), "stash", "list"], capture_output=True, check=True).stdout == b""
