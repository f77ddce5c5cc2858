"""Each fault that is planted in a shipped version is found where it is, and nothing is found where none is."""

import shutil
from collections import Counter

import pytest

from analysis.planted.faults import FAULTS, Fault
from greenpaper.analysis import problems
from greenpaper.analysis.findings import findings_of
from greenpaper.cli.manual import code_of
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.catalogue import Catalogue
from greenpaper.records.facts import Facts
from greenpaper.source.diagnostics import Severity
from transcripts import ROOT

pytestmark = pytest.mark.exhaustive

POLICIES = ROOT / "policies"
DRAFT = "2027-draft"
MANY_CONDITIONS = [fault for fault in FAULTS if ("off-the-scale", "") in {each[:2] for each in fault.finds}]
CLEAN = [("2025", ""), ("2026", ""), *((DRAFT, each) for each in ("", "gap=monitoring", "threshold=any"))]


def plant(fault: Fault, folder) -> Catalogue:
    """A copy of the shipped versions with the fault in it."""
    shutil.copytree(POLICIES, folder, ignore=shutil.ignore_patterns("seal.yaml"))
    file = folder / fault.version / fault.file
    text = file.read_text("utf-8")
    if fault.old:
        assert text.count(fault.old) == 1, f"{text.count(fault.old)} times in {fault.file}"
    file.write_text(text.replace(fault.old, fault.new) if fault.old else text + fault.new, "utf-8")
    return Catalogue(folder)


def said_of(catalogue: Catalogue, version: str, options=None):
    """(severity, code, about, text at the place) of every problem, or of every finding, whose witness is a record."""
    framework, found = catalogue.check(version, options)
    if framework is None:
        return [(each.severity, each.code, "", each.span.text) for each in found]
    findings = findings_of(framework)
    for each in findings:
        the_witness_can_be_evaluated(framework, each)
    return [
        (each.diagnostic.severity, each.diagnostic.code, each.about, each.diagnostic.span.text) for each in findings
    ]


def the_witness_can_be_evaluated(framework, finding):
    if finding.witness is not None:
        evaluation = evaluate_facts(framework, Facts(finding.witness, {}))
        assert all(verdict.status != "inadmissible" for verdict in evaluation.decisions.values())


def sorted_by(said, *severities):
    return sorted({tuple(each) for severity, *each in said if severity in severities})


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_it_is_found_and_nothing_else(fault, tmp_path):
    said = said_of(plant(fault, tmp_path / "policies"), fault.version, fault.options)
    found = sorted_by(said, Severity.ERROR, Severity.WARNING)
    if fault in MANY_CONDITIONS:
        found = [each for each in found if each in fault.finds]
    assert found == sorted(set(fault.finds))
    assert set(fault.also) <= set(sorted_by(said, Severity.NOTE))
    assert fault.finds or fault.also


@pytest.mark.parametrize("version, option", CLEAN)
def test_nothing_is_found_in_what_is_shipped(version, option):
    options = dict([option.split("=")] if option else ())
    said = said_of(Catalogue(POLICIES), version, options)
    assert sorted_by(said, Severity.ERROR, Severity.WARNING) == []


def test_there_are_many_faults_and_every_kind_of_finding_is_among_them():
    found = Counter(code for fault in FAULTS for code, _, _ in (*fault.finds, *fault.also))
    own = {code_of(problem) for problem in problems.PROBLEMS}
    assert own - found.keys() == {"left-open-exact", "not-analysed"}
    assert len(FAULTS) >= 50
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
