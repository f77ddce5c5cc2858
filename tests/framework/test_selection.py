"""A version as somebody names it: found in a folder or in a revision of git, in force on a day, with options chosen."""

import pytest

from framework.small import FILES, FRAMEWORK, PATHWAY, catalogue, put
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.selection import selector_of
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.revisions import NoSuchRevision
from source.repository import repository

CHANGED = put(PATHWAY, "any of practice is inadequate", "leaders is inadequate")


@pytest.fixture
def repo(tmp_path):
    """The small catalogue in `policies`, as it was tagged, and with its first rule changed since."""
    repo = repository(tmp_path / "repo")
    for name, text in FILES.items():
        repo.write(f"policies/{name}", text)
    repo.commit("first")
    repo.git("tag", "v1")
    repo.write("policies/one/decisions/pathway.yaml", CHANGED)
    repo.write("policies/three/framework.yaml", three("from: 2020-01-01, until: 2020-12-31"))
    repo.commit("second")
    return repo


@pytest.fixture
def small(repo):
    return Catalogue(repo.home / "policies")


def three(days: str) -> str:
    return put(put(FRAMEWORK, "version: one", "version: three"), "from: 2026-04-01", days)


def first_rule(selector) -> str:
    return selector.load().decisions["pathway"].rules[0].when.words


def test_an_id_is_looked_up_in_the_catalogue(small):
    selector = selector_of("one", small)
    assert (selector.name, selector.version, selector.load().version) == ("one", "one", "one")
    assert first_rule(selector) == "leaders is inadequate"


def test_a_path_is_looked_up_beside_the_folder_it_names(small, tmp_path, monkeypatch):
    catalogue(tmp_path / "my+own=drafts")
    monkeypatch.chdir(tmp_path)
    selector = selector_of("my+own=drafts/two+weight=stricter", small)
    assert selector.catalogue.folder == tmp_path / "my+own=drafts"
    assert (selector.name, first_rule(selector)) == ("two+weight=stricter", "any of practice is at most weak")
    monkeypatch.chdir(tmp_path / "my+own=drafts" / "one")
    assert [selector_of(each, small).version for each in (".", "../two", "./")] == ["one", "two", "one"]


class TestRevisions:
    def test_a_version_is_read_as_it_was(self, small):
        now, then = selector_of("one", small), selector_of("one@v1", small)
        assert (first_rule(now), first_rule(then)) == ("leaders is inadequate", "any of practice is inadequate")
        assert (then.name, then.load().version, then.revision) == ("one@v1", "one@v1", "v1")

    def test_with_options_it_is_composed_on_the_base_as_it_was(self, small):
        light = selector_of("two@v1+weight=unchanged", small)
        assert light.name == "two@v1+weight=unchanged"
        assert first_rule(light) == "any of practice is inadequate"
        assert first_rule(selector_of("two+weight=unchanged", small)) == "leaders is inadequate"
        assert selector_of("two@HEAD~1+weight=stricter", small).parts() != selector_of("two@v1", small).parts()

    def test_a_version_by_its_path_has_revisions_too(self, repo, small, monkeypatch):
        monkeypatch.chdir(repo.home)
        assert first_rule(selector_of("policies/one@v1", small)) == "any of practice is inadequate"

    def test_what_lies_in_the_folder_and_was_not_committed_is_not_read(self, repo, small):
        repo.write("policies/one/decisions/pathway.yaml", "nonsense: [\n")
        assert first_rule(selector_of("one@HEAD", small)) == "leaders is inadequate"
        with pytest.raises(PolicyError):
            selector_of("one", Catalogue(small.folder)).load()

    def test_a_version_that_was_not_there_yet_is_not_there(self, small):
        assert "three" in small.versions
        with pytest.raises(NoSuchVersion, match="no version is named `three`"):
            selector_of("three@v1", small).load()

    def test_a_revision_that_is_not_there_is_named(self, small):
        with pytest.raises(NoSuchRevision, match=r"no revision of .* is named `v9`"):
            selector_of("one@v9", small)

    def test_a_folder_that_the_revision_does_not_have_is_named(self, repo, small):
        repo.write("later/one/framework.yaml", FRAMEWORK)
        repo.commit("third")
        with pytest.raises(NoSuchRevision, match="is not in the revision `v1`"):
            selector_of("one@v1", Catalogue(repo.home / "later"))

    def test_a_folder_outside_any_repository_has_no_revisions(self, tmp_path, monkeypatch):
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        with pytest.raises(NoSuchRevision):
            selector_of("one@HEAD", catalogue(tmp_path / "apart"))


class TestInForce:
    @pytest.mark.parametrize("text, version", [("asof:2026-04-01", "one"), ("asof:2030-12-31", "one")])
    def test_the_version_in_force_on_a_day(self, tmp_path, text, version):
        selector = selector_of(text, catalogue(tmp_path))
        assert (selector.version, selector.name, selector.text) == (version, version, text)
        assert selector.load().version == version

    def test_in_a_revision_it_is_the_one_in_force_by_its_files(self, repo, small):
        repo.write("policies/one/framework.yaml", put(FRAMEWORK, "from: 2026-04-01", "from: 2026-05-01"))
        repo.write("policies/three/framework.yaml", three("from: 2026-04-01, until: 2026-04-30"))
        repo.commit("third")
        now = Catalogue(small.folder)
        assert selector_of("asof:2026-04-15", now).version == "three"
        assert selector_of("asof:2026-04-15@v1", now).name == "one@v1"

    def test_options_are_chosen_in_it(self, tmp_path):
        with pytest.raises(NoSuchVersion, match="nothing to choose for `weight`"):
            selector_of("asof:2026-04-01+weight=stricter", catalogue(tmp_path)).load()

    def test_before_the_first_version_there_is_none(self, tmp_path):
        with pytest.raises(NoSuchVersion, match="no version says that it governs inspections that start on 2026-03-31"):
            selector_of("asof:2026-03-31", catalogue(tmp_path))

    @pytest.mark.parametrize("day", ["soon", "2026-02-30", "2026-04", "01/04/2026", "2026-4-1", "2026-04-01T10:00"])
    def test_what_is_no_day_is_refused(self, tmp_path, day):
        with pytest.raises(NoSuchVersion, match=f"`asof:{day}`: write year, month and day"):
            selector_of(f"asof:{day}", catalogue(tmp_path))

    def test_a_day_that_is_left_out_is_refused(self, tmp_path):
        with pytest.raises(NoSuchVersion):
            selector_of("asof:", catalogue(tmp_path)).load()


@pytest.mark.parametrize(
    "text, said",
    [
        ("two+wight=stricter", "nothing that can be chosen is named `wight`: did you mean `weight`?"),
        ("two+weight=strictr", "`weight` has no option `strictr`: did you mean `stricter`?"),
        ("two+weight=x", "`weight` has no option `x`: there are unchanged, stricter"),
        ("one+weight=stricter", "there is nothing to choose for `weight`: no proposals and no readings"),
        ("tow", "no version is named `tow`: did you mean `two`?"),
        ("./nowhere/two", "no version is named `two`: there are none"),
    ],
)
def test_what_is_not_there_is_named_with_what_is_meant(tmp_path, text, said):
    with pytest.raises(NoSuchVersion) as raised:
        selector_of(text, catalogue(tmp_path)).load()
    assert str(raised.value) == said
