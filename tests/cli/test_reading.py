"""What `read` prints, in every form, and what it refuses."""

import json

import pytest

from cli.running import run
from framework.small import FILES, catalogue, put

PATHWAY = "one/decisions/pathway.yaml"


@pytest.fixture
def policies(tmp_path):
    catalogue(tmp_path / "policies")
    return tmp_path / "policies"


def test_the_first_line_stands_alone_and_the_rules_are_sentences():
    ran = run("read", "2026")
    assert (ran.code, ran.err) == (0, "")
    first, second, *_ = ran.out.splitlines()
    assert (first, second) == ("2026: Inspecting local authority children's services, from April 2026", "")
    assert (
        "Where any of the practice judgements is inadequate, what follows is: monitoring visits, then standard "
        "inspection." in " ".join(ran.out.split())
    )


def test_a_chapter_alone(here):
    ran = here("read", "2026", "--only", "sources", "--only", "questions")
    assert "\nOpen questions\n" in ran.out
    assert "\nSources\n" in ran.out
    assert "\nWhat is judged\n" not in ran.out


def test_a_version_of_ones_own_with_options(here, policies):
    said = " ".join(here("read", "two+weight=stricter", "--policies", policies).out.split())
    assert said.startswith("two+weight=stricter (illustrative): A draft of the small framework")
    assert "Weak practice is enough (ILLUSTRATIVE): weight=stricter; taken on this page" in said
    assert "heavy (ILLUSTRATIVE) Where any of " in said


@pytest.mark.parametrize(
    "form, start", [("markdown", "# 2026: Inspecting"), ("html", "<!doctype html>"), ("json", "{")]
)
def test_in_other_forms(here, form, start):
    ran = here("read", "2026", "--format", form)
    assert (ran.code, ran.out.startswith(start)) == (0, True)


def test_as_data(here):
    data = json.loads(here("read", "2026", "--only", "rules", "--format", "json").out)
    assert data["governs"] == {"from": "2026-04-01", "until": None}
    assert "criteria" not in data
    (decision,) = data["rules"]
    assert [each["id"] for each in decision["rules"]] == ["monitoring", "intensive", "light"]
    assert decision["rules"][0]["sentence"].startswith("Where any of the practice judgements is inadequate, ")
    assert (decision["situations"], decision["without_rule"]) == (256, 20)


def test_a_report_is_written_in_the_form_of_its_name(here, tmp_path):
    ran = here("read", "2026", "--only", "rules", "--report", tmp_path / "page.md")
    assert (ran.code, ran.err) == (0, f"Written to {tmp_path / 'page.md'}.\n")
    assert (tmp_path / "page.md").read_text("utf-8").startswith("# 2026: ")
    assert ran.out.startswith("2026: ")


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["2031"], "no version is named `2031`"),
        (["2026+nothing=open"], "nothing that can be chosen is named `nothing`"),
        (["2026", "--format", "csv"], "a version is no table"),
        (["2026", "--report", "page.csv"], "a version is no table"),
        (["2026", "--report", "page.doc"], "the name must end in"),
    ],
)
def test_what_it_refuses(here, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said in here.refused("read", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_version_with_a_mistake_is_refused_with_its_place(here, policies):
    catalogue(policies, {PATHWAY: put(FILES[PATHWAY], "leaders is at least good", "leader is at least good")})
    ran = here("read", "one", "--policies", policies)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown-fact" in ran.err
    assert "pathway.yaml:" in ran.err
