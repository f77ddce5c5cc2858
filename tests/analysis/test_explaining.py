"""Warnings with a reason in the file become notes that carry it; errors stay; drafts change the reasons of their base."""

import json
import shutil

import pytest

from cli.running import run
from comparison.small import constraint, decision, rule, small_framework
from greenpaper.analysis import findings as analysis_findings
from greenpaper.analysis.findings import findings_of
from greenpaper.framework.catalogue import Catalogue
from greenpaper.situations.diagram import TooLarge
from transcripts import ROOT

FINE = rule("fine", "heads is fine", "letter")
REST = rule("rest", "heads is at most fair", "visit")
SAID = "an explanation of ours"


def entry(finding, about, name="ours"):
    return f"  - {{id: {name}, finding: {finding}, about: {about}, because: {SAID}, confidence: assumed}}\n"


def small(folder, *entries, rules=(FINE, REST), **written):
    """Findings by (code, about) of a small version with these explanations."""
    resolve = written.pop("resolve", "first")
    framework = small_framework(folder, "one", decision(*rules, resolve=resolve), **written)
    if entries:
        (folder / "one/explained.yaml").write_text(f"explained:\n{''.join(entries)}", "utf-8")
        framework = Catalogue(folder).load("one")
    return {(each.diagnostic.code, each.about): each for each in findings_of(framework)}


def test_an_explained_warning_is_a_note_with_its_reason_and_its_count(tmp_path):
    key = ("nothing-applies", "decisions/follow_up")
    before = small(tmp_path / "a", rules=(FINE,))[key]
    after = small(tmp_path / "b", entry(*key), rules=(FINE,))[key]
    assert (str(before.diagnostic.severity), str(after.diagnostic.severity)) == ("warning", "note")
    assert after.diagnostic.message == before.diagnostic.message
    assert after.diagnostic.notes == (*before.diagnostic.notes, f"explained (assumed): {SAID}")
    assert (after.explained, after.count, after.witness) == (SAID, before.count, before.witness)
    assert (after.diagnostic.help, after.stub) == ("", "")


def test_only_what_is_named_is_explained(tmp_path):
    found = small(tmp_path, entry("never-used", "facts/hands"))
    assert found["never-used", "facts/hands"].explained == SAID
    assert found["never-used", "groups/all_parts"].explained == ""


def test_an_error_cannot_be_explained(tmp_path):
    key = ("rules-conflict", "decisions/follow_up/rules/fine+fair")
    fair = rule("fair", "heads is at least fair", "visit")
    found = small(tmp_path, entry(*key), rules=(FINE, fair), resolve="agree")
    assert str(found[key].diagnostic.severity) == "error"
    said = found["explains-nothing", "explained/ours"].diagnostic
    assert said.help == "an error cannot be explained: correct what it speaks of"


def test_an_entry_that_explains_nothing_says_what_it_may_have_meant(tmp_path):
    found = small(tmp_path, entry("never-used", "facts/hand"))
    said = found["explains-nothing", "explained/ours"].diagnostic
    assert str(said.severity) == "warning"
    assert said.message == "there is no warning `never-used` about `facts/hand`"
    assert said.help == "did you mean `facts/hands`?"


def test_a_finding_that_there_is_not_is_an_error_with_the_one_that_is_meant(tmp_path):
    found = small(tmp_path, entry("never-use", "facts/hands"))
    said = found["unknown-finding", "explained/ours"].diagnostic
    assert (str(said.severity), said.help) == ("error", "did you mean `never-used`?")


@pytest.fixture
def policies(tmp_path):
    return shutil.copytree(ROOT / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("seal.yaml"))


def with_edit(policies, edit):
    """The draft with one more edit in its preferred option."""
    file = policies / "2027-draft/proposals/gap.yaml"
    text = file.read_text("utf-8")
    title = "    title: Nothing is said, as in 2026 (illustrative)\n"
    assert title in text
    file.write_text(text.replace(title, f"{title}    edits:\n{edit}"), "utf-8")
    return {(each.diagnostic.code, each.about) for each in findings_of(Catalogue(policies).load("2027-draft"))}


def test_a_draft_removes_a_reason_of_its_base_and_adds_others(policies):
    scale = "  two_point: {worst_to_best: [no_way, yes_way], confidence: assumed}\nfacts:\n"
    vocabulary = policies / "2026/vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("facts:\n", scale, 1), "utf-8")
    (policies / "2026/explained.yaml").write_text(
        f"explained:\n{entry('never-used', 'scales/two_point', 'scale')}", "utf-8"
    )
    head = policies / "2027-draft/framework.yaml"
    rumour = "sources:\n  rumour: {title: A rumour, publisher: Nobody}\n"
    head.write_text(head.read_text("utf-8").replace("sources:\n", rumour, 1), "utf-8")
    (policies / "2027-draft/explained.yaml").write_text(
        f"explained:\n{entry('never-used', 'sources/rumour', 'rumour')}", "utf-8"
    )
    used = ("never-used", "scales/two_point")
    kept = Catalogue(policies).load("2027-draft")
    assert {each.about: each.explained for each in findings_of(kept)}["scales/two_point"] == SAID
    assert used in with_edit(policies, "      - remove: explained/scale\n")
    draft = {each.about: each.explained for each in findings_of(Catalogue(policies).load("2027-draft"))}
    assert draft["scales/two_point"] == ""
    assert draft["sources/rumour"] == SAID


def test_an_option_explains_what_it_brings_about(policies):
    (policies / "2026/explained.yaml").write_text("explained: []\n", "utf-8")
    outcome = (
        "      - add_to: decisions/pathway/outcomes\n        entry: {none_needed: {title: No visit (illustrative)}}\n"
    )
    about = "decisions/pathway/outcomes/none_needed"
    reason = f"{{id: ours, finding: never-used, about: {about}, because: {SAID}, confidence: illustrative}}"
    with_edit(policies, f"{outcome}      - add_to: explained\n        entry: {reason}\n")
    found = {each.about: each.explained for each in findings_of(Catalogue(policies).load("2027-draft"))}
    assert found[about] == SAID


def test_a_source_that_only_another_option_cites_is_used(policies):
    unchanged = findings_of(Catalogue(policies).load("2027-draft"))
    assert "sources/illustration" not in {each.about for each in unchanged}


def test_an_invariant_uses_facts_and_groups(tmp_path):
    """What only an invariant reads is used."""
    small_framework(tmp_path, "one", decision(FINE, REST))
    (tmp_path / "one/invariants.yaml").write_text(
        "invariants:\n  - {id: hands, title: t, where: any of all_parts is fine, decision: follow_up, "
        "always_answered: true, confidence: assumed}\n",
        "utf-8",
    )
    found = {each.about for each in findings_of(Catalogue(tmp_path).load("one"))}
    assert not found & {"facts/hands", "groups/all_parts"}


def test_every_finding_is_in_the_json_with_its_count_and_witness(policies):
    file = policies / "2026/decisions/pathway.yaml"
    file.write_text(
        file.read_text("utf-8").replace("leaders is at least good and", "leaders is outstanding and"), "utf-8"
    )
    ran = run("check", "2026", "--format", "json", "--policies", policies)
    (version,) = json.loads(ran.out)
    (gap,) = [each for each in version["findings"] if each["code"] == "nothing-applies"]
    assert gap.keys() >= {
        "severity",
        "code",
        "message",
        "place",
        "help",
        "about",
        "count",
        "witness",
        "explained",
        "stub",
    }
    assert gap["about"] == "decisions/pathway"
    assert gap["count"] == 20
    assert gap["witness"]["leaders"] == "good"
    assert gap["stub"].startswith("  - when: ")


@pytest.mark.parametrize("fail_on, code", [("error", 0), ("warning", 1)])
def test_an_explained_warning_fails_nothing(policies, fail_on, code):
    assert run("check", "2025", "--policies", policies, "--fail-on", "warning").code == 0
    (policies / "2025/explained.yaml").unlink()
    assert run("check", "2025", "--policies", policies, "--fail-on", fail_on).code == code


def test_diagrams_that_are_too_large_are_a_warning_and_names_are_still_looked_at(tmp_path, monkeypatch):
    def broken(framework):
        raise TooLarge(10)

    framework = small_framework(tmp_path, "one", decision(FINE, REST), constraints=constraint("K-1", "heads is fine"))
    monkeypatch.setattr(analysis_findings, "whole_of", broken)
    codes = [each.diagnostic.code for each in findings_of(framework)]
    assert codes[0] == "not-analysed"
    assert set(codes) == {"not-analysed", "never-used"}
