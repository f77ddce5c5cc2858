"""What two versions do, where names, scales or constraints of the two do not fit each other."""

import pytest

from comparison.small import FACTS, constraint, decision, rule, small_framework
from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.difference import difference
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition

FINE, FAIR = rule("a", "heads is fine", "letter"), rule("a", "heads is at least fair", "letter")
FIVE = FACTS.replace("quality: {", "five: {maps_from: {quality: {poor: [bad], fair: [nice, great], fine: [great]}}, ")
FIVE = FIVE.replace("[poor, fair, fine], confidence", "[bad, nice, great], confidence").replace(
    "scale: quality", "scale: five"
)


def intent(words, framework):
    term, _ = check_condition(parse_condition(words)[0], framework.vocabulary)
    assert term
    return term


@pytest.mark.parametrize(
    ("before", "after"),
    [("heads is fine and heads is poor", "heads is at least fair"), ("heads is fine", "heads is poor")],
    ids=["nothing admitted by one", "nothing admitted by both"],
)
def test_without_a_situation_in_common_nothing_is_proved(tmp_path, before, after):
    one = small_framework(tmp_path, "one", decision(FINE), constraints=constraint("K", before))
    two = small_framework(tmp_path, "two", decision(FAIR), constraints=constraint("K", after))
    found = behaviours(one, two)
    assert [each.situations for each in found.decisions] == [0]
    assert not found.is_same
    assert behaviours(one, two, intent("heads is fine", one)).spills


@pytest.mark.parametrize("limit", [300_000, 3], ids=["whole", "beyond the limit"])
def test_admitting_other_situations_is_a_change_although_no_answer_changes(tmp_path, limit):
    one = small_framework(tmp_path, "one", decision(FINE))
    two = small_framework(tmp_path, "two", decision(FINE), constraints=constraint("K", "heads is at least fair"))
    same = small_framework(
        tmp_path, "same", decision(FINE), constraints=constraint("J", "not (heads is worse than fair)")
    )
    assert not behaviours(one, two, limit=limit).is_same
    assert behaviours(two, two, limit=limit).is_same
    assert behaviours(two, same).is_same


def test_an_intent_may_speak_of_a_fact_that_a_decision_does_not_read(tmp_path):
    one = small_framework(tmp_path, "one", decision(FINE))
    two = small_framework(tmp_path, "two", decision(FAIR))
    (found,) = behaviours(one, two, intent("hands is fine", one)).decisions
    assert (found.facts, found.situations, found.changed) == (("heads", "hands"), 9, 3)
    (spill,) = found.spill
    assert spill.situations == 2
    assert [place.region.words for place in spill.places] == ["heads is at least fair and none of all_parts are fine"]


def test_constraints_on_a_fact_of_the_intent_alone_count(tmp_path):
    """Where hands can only be fine, all change is where they are."""
    one = small_framework(tmp_path, "one", decision(FINE), constraints=constraint("K", "hands is fine"))
    two = small_framework(tmp_path, "two", decision(FAIR))
    found = behaviours(one, two, intent("hands is fine", one))
    assert not found.spills
    assert found.decisions[0].changed == 1


def test_a_mapped_fact_that_no_rule_reads_does_not_matter(tmp_path):
    one = small_framework(tmp_path, "one", decision(FINE))
    two = small_framework(tmp_path, "two", decision(rule("a", "heads is great", "letter")), vocabulary=FIVE)
    (found,) = behaviours(one, two).decisions
    assert (found.situations, found.changed, found.possible) == (3, 0, 1)


def test_edits_are_known_of_a_decision_whose_own_facts_are_not_mapped(tmp_path):
    truths = "  open: {type: truth, title: Open, confidence: stated}\ngroups:"
    of_open = decision(rule("o", "open", "call"), name="other")
    one = small_framework(tmp_path, "one", decision(FINE), of_open, vocabulary=FACTS.replace("groups:", truths))
    two = small_framework(
        tmp_path, "two", decision(rule("a", "heads is great", "letter")), of_open.replace("when: open", "when: not open"),
        vocabulary=FIVE.replace("groups:", truths),
    )  # fmt: skip
    told = {each.decision: each for each in behaviours(one, two).decisions}
    assert told["follow_up"].responsible.undetermined
    assert told["follow_up"].limits is None
    assert not told["other"].responsible.undetermined
    assert told["other"].limits
    assert told["other"].blames


def test_numbers_with_another_range_cannot_be_mapped(tmp_path):
    facts = "facts: {months: {type: whole number, range: [0, 9], title: Months, confidence: stated}}\n"
    rules = decision(rule("a", "months is at least 3", "letter"))
    one = small_framework(tmp_path, "one", rules, vocabulary=facts)
    two = small_framework(tmp_path, "two", rules, vocabulary=facts.replace("[0, 9]", "[0, 10]"))
    reasons = difference(one, two).not_comparable
    assert reasons == {"follow_up": "the two versions declare months with another type, unit or range"}


def test_beyond_so_many_changed_definitions_it_is_not_said_which_are_responsible(tmp_path):
    """All sets of ten names would be a thousand versions of one condition."""
    names = [f"d{number}" for number in range(10)]
    rules = decision(rule("a", " or ".join(names), "letter"))
    of = "".join(f"  {name}: {{title: d, when: heads is fine and hands is PART}}\n" for name in names)
    one, two = (
        small_framework(tmp_path, version, rules, vocabulary=f"{FACTS}definitions:\n{of.replace('PART', word)}")
        for version, word in (("one", "fine"), ("two", "fair"))
    )
    (found,) = behaviours(one, two).decisions
    assert found.changed == 2
    assert not found.blames
    assert found.responsible.undetermined == "rule a uses 10 names that differ, too many to try all sets of them"


def test_an_edit_that_matters_only_together_with_another_is_applied(tmp_path):
    """Alone, neither the definition nor the decision that it reads changes what the rule says."""
    first = decision(FINE, name="first", more="outcomes_ordered: best to worst\n")
    last = decision(rule("x", "asked", "call"))
    asked = "definitions: {asked: {title: asked, when: first is letter}}\n"
    one = small_framework(
        tmp_path, "one", first, last, vocabulary=FACTS + asked.replace("first is letter", "first is visit")
    )
    two = small_framework(
        tmp_path, "two", first.replace("then: letter", "then: call"), last,
        vocabulary=FACTS + asked.replace("first is letter", "first is call"),
    )  # fmt: skip
    found = {each.decision: each for each in behaviours(one, two).decisions}["follow_up"]
    (change,) = found.changes
    (part,) = found.blames[change.became].parts
    assert [sorted(edit.name for edit in edits) for edits in part.sets] == [["asked", "first"]]
