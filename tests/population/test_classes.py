"""The classes of one fact: values that no version tells apart, nothing known, and words that leave several possible."""

from decimal import Decimal

import pytest

from agreement.versions import HEAD
from greenpaper.framework.checked import Framework
from greenpaper.population import classes as module
from greenpaper.population.classes import UnlikeFacts, cell_sets, classes_of, thresholds
from greenpaper.population.tables import classes_in
from greenpaper.records.facts import Wrong
from greenpaper.records.record import Unknown
from greenpaper.situations.compiled import compiled
from population.every_type import every_type, made, rule

EVERY = every_type()


def of(fact: str, *frameworks: Framework) -> module.Classes:
    return classes_of(fact, frameworks or (EVERY,))


def a_version(fact: str, when: str, scales: str = "") -> Framework:
    vocabulary = f"{scales}facts:\n  fact: {{{fact}, title: t, confidence: stated}}\n"
    decision = "decision: d\nquestion: q\noutcomes: {yes_: {title: t}}\nresolve: first\nrules:\n" + rule(
        "r", when, "yes_"
    )
    return made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])


def graded(words: str, when: str, maps: str = "") -> Framework:
    more = f", maps_from: {{{maps}}}" if maps else ""
    return a_version(
        "type: grade, scale: s", when, f"scales:\n  s: {{worst_to_best: [{words}], confidence: stated{more}}}\n"
    )


def test_classes_are_the_cells_then_nothing_known_then_words_that_leave_several():
    classes = of("grade")
    assert classes.values == ("bad", "fair", "good", "great", None, "middling", "any")
    assert classes.unknown == 4
    assert [classes.class_of(word) for word in ("low", "middling", "any", "great", None)] == [0, 5, 6, 3, 4]
    (cells,) = (each for each in compiled(EVERY).space.cells if each.fact == "grade")
    assert cell_sets(classes, cells) == ((0,), (1,), (2,), (3,), (0, 1, 2, 3), (1, 2), (0, 1, 2, 3))
    assert of("truth").values == (False, True, None)


@pytest.mark.parametrize("unknown", [*Unknown, *map(str, Unknown), "", " ", " Not Known ", "NOT APPLICABLE", None])
@pytest.mark.parametrize("fact", ["grade", "truth", "word", "whole", "size", "day", "months"])
def test_every_word_for_an_unknown_is_unknown_for_every_type(fact, unknown):
    classes = of(fact)
    assert classes.class_of(unknown) == classes.unknown


def test_a_number_is_in_the_gap_or_at_the_constant():
    classes = of("whole")
    assert [classes.class_of(each) for each in (-3, 2, 3, 4, 300, "2", 2.0, Decimal(3))] == [0, 0, 1, 2, 2, 0, 0, 1]
    assert len(classes) == 4
    constants, slots = thresholds(classes)
    assert (constants, slots) == ((Decimal(3),), (0, 1, 2))


def test_truths_and_numbers_that_python_holds_equal_are_told_apart():
    for first, second in ((1, True), (True, 1), (1.0, True), (0, False)):
        classes = of("free", every_type())
        told = [classes.class_of(each) for each in (first, second)]
        assert [isinstance(each, Wrong) for each in told] == [isinstance(each, bool) for each in (first, second)]
        truths = [of("truth").class_of(each) for each in (first, second)]
        assert [isinstance(each, Wrong) for each in truths] == [not isinstance(each, bool) for each in (first, second)]


def test_cells_that_cannot_be_compared_for_sameness_are_wrong():
    for fact in ("grade", "truth", "whole", "day"):
        for cell in ([], ["good"], {"a": 1}, {1}, bytearray(b"good")):
            assert isinstance(of(fact).class_of(cell), Wrong)


def test_values_beyond_those_that_are_kept_are_read_all_the_same(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEPT", 5)
    classes = of("free")
    assert [classes.class_of(str(each)) for each in range(50)] == [0, 0, 0, 1, *[2] * 46]
    assert [classes.class_of(str(each)) for each in range(50)] == [0, 0, 0, 1, *[2] * 46]


def test_a_fact_that_no_rule_reads_has_classes_too():
    assert {"unread", "opened"} < set(classes_in(EVERY)) == set(EVERY.vocabulary.facts)


# Several versions


def test_words_of_two_versions_are_together_and_each_reads_its_own():
    old, new = (
        graded("poor, fine", "fact is poor"),
        graded("weak, solid, strong", "fact is weak", "old: {poor: [weak], fine: [solid, strong]}"),
    )
    classes = of("fact", old, new)
    assert classes.values == ("poor", "fine", "weak", "solid", "strong", None)
    assert [classes.readings(each) for each in classes.values] == [
        ("poor", "weak"), ("fine", ("solid", "strong")), (None, "weak"), (None, "solid"), (None, "strong"), (None, None)
    ]  # fmt: skip
    assert classes.class_of("weak") == 2
    assert isinstance(classes.class_of("great"), Wrong)


def test_a_word_that_only_other_versions_have_leaves_the_fact_unknown_in_one_that_maps_nothing():
    old, new = graded("poor, fine", "fact is poor"), graded("weak, fine", "fact is weak")
    classes = of("fact", old, new)
    assert [classes.readings(each) for each in classes.values] == [
        ("poor", None), ("fine", "fine"), (None, "weak"), (None, None)
    ]  # fmt: skip


def test_numbers_are_cut_at_the_constants_of_all_versions():
    versions = [a_version("type: whole number", f"fact is less than {each}") for each in (3, 7, 3)]
    classes = of("fact", *versions)
    assert [classes.class_of(each) for each in (2, 3, 5, 7, 8)] == [0, 1, 2, 3, 4]


def test_numbers_that_versions_declare_in_unlike_ways_have_no_classes():
    one = a_version("type: whole number, range: [0, 10]", "fact is less than 3")
    for other in (
        "type: whole number",
        "type: decimal, range: [0, 10]",
        "type: whole number, range: [0, 11]",
        "type: truth",
    ):
        when = "fact" if "truth" in other else "fact is less than 3"
        with pytest.raises(UnlikeFacts, match="`fact`"):
            of("fact", one, a_version(other, when))
