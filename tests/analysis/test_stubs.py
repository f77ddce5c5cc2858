"""What `check` offers for pasting says exactly what was missing."""

from collections import Counter
from dataclasses import replace

import pytest
import yaml

from agreement.strategies import in_every_version
from agreement.versions import framework_of
from comparison.small import FACTS, decision, rule, small_framework
from greenpaper.analysis.coverage import cover
from greenpaper.analysis.findings import findings_of
from greenpaper.analysis.stubs import left_open_stub
from greenpaper.language.parser import parse_condition

FINE = rule("fine", "heads is fine and hands is at least fair", "letter")


def entries(stub, decision):
    """The entries of the stub, read as YAML with what the file has."""
    return yaml.safe_load(stub if not decision.left_open else f"left_open:\n{stub}")["left_open"]


@pytest.mark.exhaustive
def test_pasted_it_makes_every_gap_exact():
    seen: Counter[str] = Counter()

    def check(version, _):
        framework = framework_of(version)
        for coverage in cover(framework):
            if not coverage.undeclared:
                continue
            stub = left_open_stub(coverage)
            seen["stub" if stub else "none"] += 1
            if stub:
                pasted = with_left_open(version, coverage.decision.id, entries(stub, coverage.decision))
                (after,) = (each for each in cover(framework_of(pasted)) if each.decision.id == coverage.decision.id)
                assert (after.undeclared, after.needless) == (0, coverage.needless)
                assert after.situations == coverage.situations

    in_every_version(check, seeds=80)
    assert seen["stub"] >= 50
    assert seen["none"] >= 5


def with_left_open(version, name, written):
    decision = version.decisions[name]
    added = tuple(parse_condition(each["when"])[0] for each in written)
    decisions = {**version.decisions, name: replace(decision, left_open=(*decision.left_open, *added))}
    return replace(version, decisions=decisions)


def gap_of(framework):
    (found,) = [each for each in findings_of(framework) if each.diagnostic.code == "nothing-applies"]
    return found


def test_it_is_pasted_at_the_end_of_the_file(tmp_path):
    written = decision(FINE)
    found = gap_of(small_framework(tmp_path / "a", "one", written))
    assert found.stub.startswith("left_open:\n  - when: ")
    after = findings_of(small_framework(tmp_path / "b", "one", f"{written}{found.stub}\n"))
    assert "left-open-exact" in {each.diagnostic.code for each in after}


def test_where_some_is_declared_only_the_rest_is_offered(tmp_path):
    written = decision(FINE) + "left_open:\n  - when: heads is poor\n    note: n\n    confidence: stated\n"
    found = gap_of(small_framework(tmp_path / "a", "one", written, vocabulary=FACTS))
    assert found.stub.startswith("  - when: ")
    after = findings_of(small_framework(tmp_path / "b", "one", f"{written}{found.stub}\n"))
    assert "left-open-exact" in {each.diagnostic.code for each in after}
