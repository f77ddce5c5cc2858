"""What a version says of activities, and of how many follow from an outcome, as it is checked."""

from decimal import Decimal

import pytest

from framework.small import DRAFT, FILES, PATHWAY, catalogue, codes, problems_of, put
from greenpaper.analysis.usage import never_used
from greenpaper.framework.checked import Amount, Confidence

ACTIVITIES = """\
activities:
  visit:
    title: A visit
    inspectors: {number: 2, confidence: stated, source: {document: paper, says: two of them}, note: As printed}
    days_on_site: {at_most: 2.5, confidence: derived}
    note: Not in August
  talk: {title: A talk}
"""
LIGHT = "light: {title: Light}"


def following(text):
    """The small version with activities, of which these follow from one outcome."""
    pathway = put(PATHWAY, LIGHT, f"light: {{title: Light, activities: {text}}}")
    return {"one/activities.yaml": ACTIVITIES, "one/decisions/pathway.yaml": pathway}


def small(folder, text, version="one"):
    return catalogue(folder, FILES | following(text)).load(version)


def test_an_amount_is_a_number_or_bounds_with_its_confidence_and_source(tmp_path):
    activities = small(tmp_path, "{visit: 1}").activities
    visit = activities["visit"]
    assert (visit.title, visit.note) == ("A visit", "Not in August")
    assert visit.inspectors
    assert visit.days_on_site
    assert (visit.inspectors.least, visit.inspectors.most) == (2, 2)
    assert (visit.inspectors.confidence, visit.inspectors.note) == (Confidence.STATED, "As printed")
    assert visit.inspectors.citation
    assert visit.inspectors.citation.document.id == "paper"
    assert (visit.days_on_site.least, visit.days_on_site.most) == (0, Decimal("2.5"))
    assert visit.days_on_site.confidence is Confidence.DERIVED


def test_an_amount_that_is_left_out_is_not_known(tmp_path):
    talk = small(tmp_path, "{talk: 1}").activities["talk"]
    assert talk.inspectors is talk.days_on_site is None


def test_a_plain_count_has_no_confidence_of_its_own(tmp_path):
    many = "{at_least: 1, confidence: assumed, note: Often}"
    outcomes = small(tmp_path, f"{{visit: 2, talk: {many}}}").decisions["pathway"].outcomes
    assert outcomes["light"].activities == {
        "visit": Amount(Decimal(2), Decimal(2)),
        "talk": Amount(Decimal(1), None, Confidence.ASSUMED, None, "Often"),
    }


def test_nothing_follows_is_told_from_not_stated(tmp_path):
    outcomes = small(tmp_path, "{}").decisions["pathway"].outcomes
    assert (outcomes["light"].activities, outcomes["heavy"].activities) == ({}, None)


def test_a_draft_has_the_activities_of_its_base(tmp_path):
    assert set(small(tmp_path, "{visit: 1}", "two").activities) == {"visit", "talk"}


def test_a_draft_has_no_file_of_activities_of_its_own(tmp_path):
    assert "base: one" in DRAFT
    assert codes(problems_of(tmp_path, {"two/activities.yaml": ACTIVITIES}, "two")) == ["unknown-file"]


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("{vist: 1}", ["unknown-activity"]),
        ("{visit: 1.5}", ["part-of-a-visit"]),
        ("{visit: 1.0}", []),
        ("{visit: -1}", ["negative-amount"]),
        ("{visit: true}", ["wrong-kind"]),
        ("{visit: {at_least: 1}}", ["missing-key"]),
        ("{visit: {confidence: stated}}", ["number-or-bounds"]),
        ("{visit: {number: 1, at_least: 1, confidence: stated}}", ["number-or-bounds"]),
        ("{visit: {at_least: 2, at_most: 1, confidence: stated}}", ["least-above-most"]),
        ("{visit: {at_least: 1, at_most: 1, confidence: stated}}", []),
        ("{visit: {number: 1, confidence: stated, source: {document: papper}}}", ["unknown-source"]),
        ("{visit: {at_least: -0.5, at_most: 1.5, confidence: stated}}", ["part-of-a-visit", "part-of-a-visit"]),
    ],
)
def test_what_cannot_be_a_count_is_a_problem_with_its_place(tmp_path, text, wrong):
    assert codes(problems_of(tmp_path, following(text))) == wrong


def test_outcomes_cannot_name_activities_where_there_is_no_file(tmp_path):
    changes = {"one/decisions/pathway.yaml": following("{visit: 1}")["one/decisions/pathway.yaml"]}
    (found,) = problems_of(tmp_path, changes)
    assert (found.code, found.span.text) == ("unknown-activity", "visit")


def test_an_activity_that_follows_from_no_outcome_is_never_used(tmp_path):
    assert ("activity", "talk", "activities/talk") in tuple(never_used(small(tmp_path / "a", "{visit: 1}")))
    used = tuple(never_used(small(tmp_path / "b", "{visit: 1, talk: 0}")))
    assert not [each for each in used if each[0] == "activity"]


def test_a_source_that_only_an_amount_cites_is_used(tmp_path):
    framework = small(tmp_path, "{visit: 1}")
    assert "paper" in framework.cited
