"""`greenpaper new`: what is begun checks cleanly, or nothing is begun."""

import errno
import os
import re
from shutil import copytree

import pytest

from cli.running import ROOT, Here, everything
from framework.small import FILES, PATHWAY, catalogue, put
from greenpaper.source import writing

WHOLE = ("2018", "2018-09", "2023", "2024-04", "2025", "2026")


@pytest.fixture
def policies(tmp_path):
    return catalogue(tmp_path / "policies", FILES).folder


@pytest.fixture
def here(monkeypatch, capsys, policies):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    return Here(monkeypatch, capsys)


def test_a_draft_is_begun_and_checks_cleanly(here, policies):
    before = everything(policies)
    ran = here("new", "three", "--from", "one")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Written to {policies}/three: framework.yaml, consultation.yaml, proposals/example.yaml\n"
        f"Replace what is to fill in, then run `greenpaper check three --policies {policies}`\n"
    )
    assert {path for path in everything(policies).keys() - before.keys() if path.is_file()} == {
        policies / "three" / name for name in ("framework.yaml", "consultation.yaml", "proposals/example.yaml")
    }
    of_its_base = here("check", "one").out.splitlines()[-1].removeprefix("one: ")
    for version in ("three", "three+example=changed"):
        assert here("check", version).out.splitlines()[-1] == f"{version}: {of_its_base}"
    assert "to fill in" in here("consultation", "three").out


@pytest.mark.parametrize("base", WHOLE)
def test_a_draft_on_each_shipped_version_checks_cleanly(here, tmp_path, base):
    policies = tmp_path / "shipped"
    policies.mkdir()
    copytree(ROOT / "policies/calendars", policies / "calendars")
    for version in WHOLE:
        (policies / version).symlink_to(ROOT / "policies" / version)
    assert here("new", "next", "--from", base, "--policies", policies).code == 0
    for version in ("next", "next+example=changed"):
        ran = here("check", version, "--policies", policies)
        assert re.fullmatch(r"next\S*: 0 errors, 0 warnings, \d+ notes?", ran.out.splitlines()[-1])
    assert here("diff", base, "next+example=changed", "--exit-code", "--policies", policies).code == 0


def test_a_base_without_rules_that_can_be_named_has_no_edit(here, policies):
    for path in (policies / "one").glob("*/*"):
        path.unlink()
    assert here("new", "three", "--from", "one").code == 0
    assert "edits" not in (policies / "three/proposals/example.yaml").read_text()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("one", "--from", "one"), "exists already"),
        (("three", "--from", "on"), "no version is named `on`: did you mean `one`?"),
        (("three", "--from", "two"), "`two` is itself a draft on `one`"),
        (("three", "--from", "one@HEAD"), "no version is named"),
        (("three", "--from", ""), "no version is named"),
        (("a b", "--from", "one"), "cannot be the name of a version"),
        (("-", "--from", "one"), "cannot be the name of a version"),
        (("../three", "--from", "one"), "cannot be the name of a version"),
        (("three\n", "--from", "one"), "cannot be the name of a version"),
        (("", "--from", "one"), "cannot be the name of a version"),
        (("three",), "--from"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(here, policies, arguments, said):
    before = everything(policies)
    assert said in here.refused("new", *arguments)
    assert everything(policies) == before


def test_a_base_with_a_problem_is_refused(here, policies):
    (policies / "one/decisions/pathway.yaml").write_text(put(PATHWAY, "leaders is weak", "leaders is week"))
    before = everything(policies)
    assert "off-the-scale" in here.refused("new", "three", "--from", "one")
    assert everything(policies) == before


def test_a_link_that_leads_nowhere_is_not_written_over(here, policies):
    (policies / "three").symlink_to(policies / "nowhere")
    assert "exists already" in here.refused("new", "three", "--from", "one")
    assert (policies / "three").is_symlink()


@pytest.mark.parametrize("failing", ["rename", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_failure_while_writing_leaves_nothing(here, policies, monkeypatch, failing, number):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    before = everything(policies)
    monkeypatch.setattr(writing.os, failing, fail)
    assert f"cannot be written: {os.strerror(number)}" in here.refused("new", "three", "--from", "one")
    monkeypatch.undo()
    assert everything(policies) == before
