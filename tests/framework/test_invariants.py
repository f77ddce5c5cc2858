"""Invariants as written and checked: what they may name, and how a draft edits them."""

import pytest

from framework.small import FILES, PATHWAY, PROPOSAL, catalogue, codes, problems_of, put
from greenpaper.framework.claims import AlwaysAnswered, Is, IsNot, NeverBetterThan, NeverWorsensAs

FILE = "one/invariants.yaml"
ANSWERED = """\
invariants:
  - id: answered
    title: There is always an answer
    decision: pathway
    always_answered: true
    expected: refuted
    because: Nothing is said of weak leaders.
    confidence: assumed
"""


def written(claim, *, where="", decision="pathway"):
    condition = f"    where: {where}\n" if where else ""
    return f"invariants:\n  - id: a\n    title: A\n    decision: {decision}\n{condition}    {claim}\n    confidence: assumed\n"


@pytest.mark.parametrize(
    "claim, checked",
    [
        ("is: [light]", Is(("light",))),
        ("is_not: [light, heavy]", IsNot(("light", "heavy"))),
        ("never_better_than: heavy", NeverBetterThan("heavy")),
        ("always_answered: true", AlwaysAnswered()),
        ("never_worsens_as: [leaders]", NeverWorsensAs(("leaders",))),
        ("never_worsens_as: [practice, leaders, help]", NeverWorsensAs(("help", "care", "leaders"))),
    ],
)
def test_every_claim_is_read(tmp_path, claim, checked):
    framework = catalogue(tmp_path, {**FILES, FILE: written(claim, where="pathway is light and fine")}).load("one")
    (invariant,) = framework.invariants
    assert (invariant.claim, invariant.decision, invariant.expected) == (checked, "pathway", True)
    assert invariant.where.words == "pathway is light and fine"


@pytest.mark.parametrize(
    "text, expected",
    [
        (written("is: [lite]"), ["unknown-outcome"]),
        (written("is_not: [lite, hevy]"), ["unknown-outcome", "unknown-outcome"]),
        (written("never_better_than: lite"), ["unknown-outcome"]),
        (written("never_worsens_as: [leader]"), ["unknown-in-invariant"]),
        (written("never_worsens_as: [region]"), ["claim-needs-order"]),
        (written("never_worsens_as: [months]"), ["claim-needs-order"]),
        (written("is: [light]", decision="path"), ["unknown-in-invariant"]),
        (written("is: [light]", where="leader is good"), ["unknown-fact"]),
        (written("is: [light]", where="leaders is known"), ["known-in-a-rule"]),
        (written("is: [light]", where='"leaders is good"'), ["double-quoted-condition"]),
        (written("always_answered: false"), ["claims-one-thing"]),
        (written("note: no claim"), ["claims-one-thing"]),
        (written("is: []"), ["nothing-written"]),
        (ANSWERED + ANSWERED.partition("\n")[2], ["duplicate-id"]),
        (put(ANSWERED, "    because: Nothing is said of weak leaders.\n", ""), ["refuted-without-reason"]),
        (put(ANSWERED, "expected: refuted", "expected: nothing"), ["not-a-choice"]),
    ],
)
def test_every_mistake_has_its_problem(tmp_path, text, expected):
    found = problems_of(tmp_path, {FILE: text})
    assert codes(found) == expected
    assert all(each.span.source.name.endswith("invariants.yaml") for each in found)


def test_outcomes_of_a_decision_that_collects_them_are_not_better_or_worse(tmp_path):
    collects = put(PATHWAY, "resolve: first", "resolve: every")
    changes = {"one/decisions/pathway.yaml": collects, FILE: written("never_better_than: heavy")}
    assert codes(problems_of(tmp_path, changes)) == ["claim-needs-order"]


# Drafts


def edited(*edits):
    return PROPOSAL + "".join(f"      - {each}\n" for each in edits)


REPLACED = (
    "replace: invariants/answered\n        with: {id: answered, title: Answered, decision: pathway, is_not: [light], "
    "confidence: illustrative}"
)
ADDED = (
    "add_to: invariants\n        entry: {id: more, title: More, decision: pathway, is_not: [light], "
    "confidence: illustrative}\n        before: answered"
)


@pytest.mark.parametrize(
    "edit, expected",
    [
        (REPLACED, {"answered": IsNot(("light",)), "a": Is(("light",))}),
        (ADDED, {"more": IsNot(("light",)), "answered": AlwaysAnswered(), "a": Is(("light",))}),
        ("remove: invariants/answered", {"a": Is(("light",))}),
    ],
)
def test_a_draft_has_the_invariants_of_its_base_with_its_edits(tmp_path, edit, expected):
    two = ANSWERED + put(written("is: [light]"), "invariants:\n", "")
    versions = catalogue(tmp_path, {**FILES, FILE: two, "two/proposals/weight.yaml": edited(edit)})
    assert [each.id for each in versions.load("two").invariants] == ["answered", "a"]
    found = versions.load("two", {"weight": "stricter"}).invariants
    assert [(each.id, each.claim) for each in found] == list(expected.items())


@pytest.mark.parametrize(
    "edit, code",
    [
        ("remove: invariants/answer", "no-such-address"),
        (REPLACED.replace("confidence: illustrative", "confidence: assumed"), "firmer-than-its-proposal"),
        (REPLACED.replace("[light]", "[lite]"), "unknown-outcome"),
        (ADDED.replace("id: more", "id: answered"), "already-there"),
    ],
)
def test_a_mistake_in_an_edit_is_shown_at_the_edit(tmp_path, edit, code):
    changes = {FILE: ANSWERED, "two/proposals/weight.yaml": edited(edit)}
    (found,) = problems_of(tmp_path, changes, "two", {"weight": "stricter"})
    assert found.code == code
    assert found.span.source.name.endswith("weight.yaml")


def test_an_edit_of_what_the_base_does_not_have_is_refused(tmp_path):
    changes = {"two/proposals/weight.yaml": edited("remove: invariants/answered")}
    assert codes(problems_of(tmp_path, changes, "two", {"weight": "stricter"})) == ["no-such-address"]


def test_a_draft_states_its_invariants_by_edits_alone(tmp_path):
    assert codes(problems_of(tmp_path, {"two/invariants.yaml": ANSWERED}, "two")) == ["unknown-file"]
