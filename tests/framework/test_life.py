"""Which status may follow which, in files, between revisions and under a seal."""

from itertools import product
from typing import get_args

import pytest

from framework.small import FILES, FRAMEWORK, catalogue, put
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.life import SETTLED, STEPS, Life, may_follow
from greenpaper.framework.selection import Selector, steps_since
from greenpaper.framework.written import FrameworkFile
from greenpaper.framework.written_seal import Sealed
from greenpaper.source.revisions import NoSuchRevision, snapshot
from source.repository import repository

LATER = {
    "draft": {"consultation", "confirmed", "in force", "superseded", "withdrawn"},
    "consultation": {"confirmed", "in force", "superseded", "withdrawn"},
    "confirmed": {"in force", "superseded", "withdrawn"},
    "in force": {"superseded"},
    "superseded": set(),
    "withdrawn": set(),
}


def test_the_words_are_those_of_the_files():
    assert tuple(map(str, Life)) == get_args(FrameworkFile.model_fields["status"].annotation)
    assert tuple(map(str, SETTLED)) == get_args(Sealed.model_fields["status"].annotation)
    assert set(STEPS) == set(Life)


@pytest.mark.parametrize("old, new", list(product(Life, Life)))
def test_what_may_follow(old, new):
    assert may_follow(old, new) is (old == new or new in LATER[old])


@pytest.fixture
def repo(tmp_path):
    repo = repository(tmp_path / "repo")
    catalogue(repo.home / "policies", FILES)
    repo.commit("in force")
    return repo


def since(repo, revision, version="one"):
    return steps_since(Selector(Catalogue(repo.home / "policies"), version), revision)


def test_a_step_back_since_a_revision_has_both_places(repo):
    assert since(repo, "HEAD") == ()
    repo.write("policies/one/framework.yaml", put(FRAMEWORK, "in force", "draft"))
    (step,) = since(repo, "HEAD")
    assert step.code == "no-such-step"
    assert step.message == "what was `in force` cannot be `draft` later on"
    assert [label.span.place.split("/policies", 1)[1] for label in step.labels] == [
        "/one/framework.yaml:4:9",
        "@HEAD/one/framework.yaml:4:9",
    ]


def test_a_step_on_is_allowed(repo):
    repo.write("policies/one/framework.yaml", put(FRAMEWORK, "in force", "superseded"))
    assert since(repo, "HEAD") == ()


def test_what_was_not_there_took_no_step(repo):
    repo.write("policies/three/framework.yaml", "framework: small\nversion: three\ntitle: T\nstatus: withdrawn\n")
    assert since(repo, "HEAD", "three") == ()


def test_what_is_no_status_takes_no_step(repo):
    repo.write("policies/one/framework.yaml", put(FRAMEWORK, "in force", "forgotten"))
    assert since(repo, "HEAD") == ()


def test_a_consultation_takes_no_step_back_either(repo):
    repo.write("policies/two/consultation.yaml", "status: analysing\n")
    repo.commit("closed")
    repo.write("policies/two/consultation.yaml", "status: open\n")
    assert [each.message for each in since(repo, "HEAD", "two")] == ["what was `analysing` cannot be `open` later on"]


def test_a_revision_is_compared_with_a_revision(repo):
    repo.git("tag", "first")
    repo.write("policies/one/framework.yaml", put(FRAMEWORK, "in force", "confirmed"))
    repo.commit("back")
    later = Selector(Catalogue(snapshot(repo.home / "policies", "HEAD")), "one")
    assert [each.code for each in steps_since(later, "first")] == ["no-such-step"]
    with pytest.raises(NoSuchRevision):
        steps_since(later, "nonsense")
