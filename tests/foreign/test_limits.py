"""What the README says that the language could not say of these regimes: each is refused, with the problem that is named there."""

import re
import shutil
from pathlib import Path

import pytest

from greenpaper.framework.catalogue import Catalogue

HERE = Path(__file__).parent
CLAIM = """\
  - id: planted
    title: A better score never makes a worse rating
    decision: rating
    never_worsens_as: [quality_statements]
    confidence: assumed
"""
TWO_OUTCOMES = """\
  - name: planted
    given: {arrangements: inconsistent}
    expect: {plan: {possible: [updated and updated_and_published]}}
"""
CITED = """\
  - name: planted
    given: {}
    expect: {rating: undetermined}
    source: {document: hertfordshire-article}
"""
TOTAL = """\
decision: planted
question: Is the rating of two decisions together good?
outcomes: {fine: {title: It is}}
resolve: first
rules:
  - {id: both, when: 'total of [rating] is at least 6', then: fine, modality: will, confidence: assumed, source: {document: ratings-page}}
"""
STARTS = """\
status: in force
applies_to: {inspections_starting: {from: 2024-01-01}}
"""
RATING, YEARS = "cqc-later/decisions/rating.yaml", "send-2023/decisions/next_inspection.yaml"
LIMITS = (
    ("total-of-decisions", "cqc-later/decisions/planted.yaml", "", TOTAL, "unknown-fact"),
    ("total-of-grades", "send-2023/decisions/plan.yaml", "arrangements is inconsistent", "total of [arrangements] is 2", "no-total"),
    ("words-of-numbers", "cqc-later/vocabulary.yaml", "range: [1, 4]\n", "range: [1, 4]\n    titles: {4: exceptional}\n", "unknown-key"),
    ("two-frameworks", "cqc-later/framework.yaml", "status: in force\n", STARTS, "governs-the-same-days"),
    ("not-assessed", RATING, "total of quality_statements is 14", "equity is unknown", "known-in-a-rule"),
    ("monotone-in-numbers", "cqc-later/invariants.yaml", "", CLAIM, "claim-needs-order"),
    ("two-outcomes-in-a-case", "send-2023/cases/outcomes.yaml", "", TWO_OUTCOMES, "unknown-outcome"),
    ("source-of-a-case", "cqc-later/cases/totals.yaml", "", CITED, "unknown-key"),
    ("attribute-with-a-source", YEARS, "within_years: 5", "within_years: {number: 5, confidence: stated}", "wrong-kind"),
)  # fmt: skip


def problems_with(folder: Path, name: str, old: str, new: str) -> set[str]:
    """The codes of what is wrong in a copy of the policies in which one file says something else, or more."""
    copy = shutil.copytree(HERE / "policies", folder / "policies")
    file = copy / name
    text = file.read_text("utf-8") if file.exists() else ""
    assert not old or old in text
    file.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    _, found = Catalogue(copy).check(name.partition("/")[0], whole="cases/" in name)
    return {each.code for each in found}


@pytest.mark.parametrize("limit, name, old, new, code", LIMITS, ids=[each[0] for each in LIMITS])
def test_what_the_language_cannot_say_is_refused(tmp_path, limit, name, old, new, code):
    assert problems_with(tmp_path, name, old, new) == {code}


def test_the_copies_are_refused_for_what_is_planted_in_them(tmp_path):
    assert problems_with(tmp_path, RATING, "14 of 36 are", "14 of 36 make") == set()


def test_the_readme_names_every_limit_and_its_problem():
    said = (HERE / "README.md").read_text("utf-8")
    assert set(re.findall(r"\[`([a-z-]+)`\]", said)) == {code for *_, code in LIMITS}
