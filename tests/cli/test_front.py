"""`import greenpaper as gp`."""

import doctest
from datetime import date

import pytest

import greenpaper as gp
from cli.running import ROOT
from comparison.small import decision, rule, write_version
from greenpaper.evaluation.records import UnusableRecord
from greenpaper.framework.checked import Status
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.source.diagnostics import PolicyError


def test_the_example_of_the_package_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = doctest.testmod(gp)
    assert ran.attempted == 3
    assert ran.failed == 0


def test_every_public_name_is_there_and_no_other():
    assert sorted(gp.__all__) == [
        "analyse", "compare", "compare_many", "diff", "evaluate", "evaluate_many", "load", "load_records",
        "possible_answers", "sample",
    ]  # fmt: skip
    for name in gp.__all__:
        assert callable(getattr(gp, name))
        assert getattr(gp, name).__doc__
    with pytest.raises(AttributeError, match="greenpaper has no `evaluat`"):
        gp.evaluat  # noqa: B018


def test_a_version_is_loaded_by_id_path_and_option(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert gp.load("2026").version == gp.load("policies/2026").version == gp.load(ROOT / "policies/2026").version
    composed = gp.load("2027-draft", gap="monitoring")
    assert [(each.proposal, each.option) for each in composed.choices] == [
        ("gap", "monitoring"),
        ("safeguarding", "not_apart"),
        ("scale", "four_point"),
        ("threshold", "two"),
    ]


def test_a_version_that_is_not_there_or_not_right_is_an_error(tmp_path):
    with pytest.raises(NoSuchVersion, match="did you mean `2026`"):
        gp.load("2026x")
    with pytest.raises(NoSuchVersion, match="there are none"):
        gp.load(tmp_path / "2026")
    with pytest.raises(NoSuchVersion, match="has no option `x`"):
        gp.load("2027-draft", gap="x")
    write_version(tmp_path, "wrong", decision(rule("r", "head is fine", "visit")))
    with pytest.raises(PolicyError, match="no fact is named `head`"):
        gp.load(tmp_path / "wrong")


def test_a_plain_mapping_is_evaluated_and_what_is_absent_or_none_is_unknown():
    framework = gp.load("2026")
    absent = gp.evaluate(framework, {"leaders": "good"}).decisions["pathway"]
    none = gp.evaluate(framework, {"leaders": "good", "in_care": None}).decisions["pathway"]
    assert absent == none
    assert (absent.status, absent.outcome, absent.rule) == (Status.UNDETERMINED, None, None)
    assert [each.outcomes for each in absent.possible] == [("light",), ("intensive",), ("monitoring",)]


def test_a_missing_rule_and_a_missing_fact_are_told_apart():
    framework = gp.load("2026")
    grades = dict.fromkeys(framework.vocabulary.facts, "good") | {"leaders": "inadequate"}
    verdict = gp.evaluate(framework, grades).decisions["pathway"]
    assert (verdict.status, verdict.outcome) == (Status.NO_RULE, None)
    assert len(verdict.left_open) == 1


def test_every_value_that_cannot_be_used_is_named_with_what_to_do():
    with pytest.raises(UnusableRecord) as caught:
        gp.evaluate(gp.load("2026"), {"leaders": "god", "leader": "good", "in_care": 3})
    assert {each.fact for each in caught.value.wrong} == {"leaders", "leader", "in_care"}
    assert "`leaders` `god`: not a grade of `four_point` (did you mean `good`?)" in str(caught.value)
    assert "`leader` `good`: no version knows this fact (did you mean `leaders`?)" in str(caught.value)


def test_records_are_those_shipped_or_those_named(tmp_path):
    assert len(gp.load_records().current) == 153
    file = tmp_path / "mine.csv"
    file.write_text("authority,leaders\nSomewhere,good\n", "utf-8")
    assert [each.authority.name for each in gp.load_records(file).current] == ["Somewhere"]


def test_versions_are_compared_over_records():
    records = gp.load_records()
    comparison = gp.compare([gp.load("2025"), gp.load("2026")], records.current, as_of=date(2026, 8, 20))
    assert len(comparison.rows) == 153
    assert len(comparison.decisions[0].moves[0].possible()) == 2
