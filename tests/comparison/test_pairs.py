"""Which pairs of answers are possible on one record: the diagrams against every completion tried by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.brute import Brute
from agreement.strategies import Draw, _Names, a_record, a_version, conditions, flip
from agreement.versions import Version, WrittenConstraint, WrittenDecision, framework_of
from comparison.completions import facts_read, pairs_by_hand
from comparison.small import FACTS, SCALE, constraint, decision, rule, small_framework
from greenpaper.comparison.compare import Movement, compare, movement
from greenpaper.comparison.pairs import possible_pairs
from greenpaper.comparison.together import together
from greenpaper.framework.checked import Status
from greenpaper.records.facts import Facts
from greenpaper.records.record import Authority, Record
from greenpaper.situations.compiled import Answer


def two_versions(draw: Draw) -> tuple[Version, Version]:
    """A version, and the same with other conditions in some rules and other constraints.

    Both have the facts of one drawing, so that they share some and each may read others alone.
    """
    version = a_version(draw)
    names = _Names(tuple(version.facts.values()), version.groups)

    def another(written: WrittenDecision) -> WrittenDecision:
        rules = tuple(replace(each, when=conditions(draw, names, 1)) if flip(draw) else each for each in written.rules)
        return replace(written, rules=rules if flip(draw) else rules[::-1])

    decisions = {name: another(each) for name, each in version.decisions.items()}
    constraints = (WrittenConstraint("K-1", conditions(draw, names, 1)),) if flip(draw) else version.constraints
    return version, replace(version, decisions=decisions, constraints=constraints)


def in_many_pairs(check: Callable[[Draw, Version, Version], None], *, seeds: int = 60, drawn: int = 12) -> None:
    """Check the pairs of a plain generator, and some of Hypothesis, which a failure makes small."""

    @settings(max_examples=drawn)
    @given(st.data())
    def check_drawn(data: st.DataObject) -> None:
        def draw(least: int, most: int) -> int:
            return data.draw(st.integers(least, most))

        check(draw, *two_versions(draw))

    check_drawn()
    for seed in range(seeds):
        draw = Random(seed).randint
        before, after = two_versions(draw)
        try:
            check(draw, before, after)
        except BaseException as fault:
            fault.add_note(f"seed {seed}:\n{before.in_yaml()}\n{after.in_yaml()}")
            raise


@pytest.mark.exhaustive
def test_the_pairs_of_two_random_versions_are_those_of_their_completions():
    seen: Counter[str] = Counter()

    def check(draw, before, after):
        both = together(framework_of(before), framework_of(after))
        left, right = Brute(before), Brute(after)
        for name in before.decisions:
            assert not both.why_not_comparable(name)
            known = a_record(draw, before)
            expected = pairs_by_hand(left, right, name, known, known)
            pairs = possible_pairs(both, name, Facts(known, {}), Facts(known, {}))
            assert {tuple((str(each.status), each.outcomes) for each in pair) for pair in pairs} == expected
            private = facts_read(before, name) ^ facts_read(after, name)
            differing = sum(first != second for first, second in expected)
            seen["private facts"] += bool(private - known.keys())
            seen["several pairs"] += len(expected) > 1
            seen["inadmissible"] += not left.counted_completions(known)[1]
            seen["moves"] += differing == len(expected) > 0
            seen["may move"] += 0 < differing < len(expected)
            seen["no movement"] += not differing

    in_many_pairs(check)
    assert set(seen) == {"private facts", "several pairs", "inadmissible", "moves", "may move", "no movement"}
    assert min(seen.values()) >= 5, seen


def records_of(draw, version, count):
    return [Record(Authority(f"E{n}", f"A{n}"), a_record(draw, version)) for n in range(count)]


@pytest.mark.exhaustive
def test_no_random_version_moves_anybody_against_itself():
    seen: Counter[Movement] = Counter()

    def check(draw, version, _):
        framework, again = framework_of(version), framework_of(version)
        for other in (framework, again):
            for each in compare([framework, other], records_of(draw, version, 3)).decisions:
                assert each.moves[0].moves == ()
                assert not each.moves[0].not_comparable
                seen[Movement.NONE] += 3

    in_many_pairs(check)
    assert seen[Movement.NONE] > 300


@pytest.mark.exhaustive
def test_totals_of_random_versions_add_up_to_the_number_of_records():
    seen: Counter[str] = Counter()

    def check(draw, before, after):
        frameworks = [framework_of(before), framework_of(after)]
        for each in compare(frameworks, records_of(draw, before, 5)).decisions:
            for number in range(2):
                assert sum(total.counts[number] or 0 for total in each.totals) == 5
            for total in each.totals:
                kind = str(total.label) if isinstance(total.label, Status) else f"{min(len(total.label), 2)} outcomes"
                seen[kind] += sum(count or 0 for count in total.counts)
                assert isinstance(total.label, Status) or total.label
            assert len({str(total.label) for total in each.totals}) == len(each.totals)

    in_many_pairs(check)
    assert set(seen) == {"1 outcomes", "2 outcomes", *(str(each) for each in Status if each is not Status.DECIDED)}
    assert min(seen.values()) > 0


# Movement


def answer(*outcomes: str, status: Status = Status.DECIDED) -> Answer:
    return Answer(status, outcomes)


A, B, NONE = answer("a"), answer("b"), answer(status=Status.NO_RULE)


@pytest.mark.parametrize(
    "pairs, moved",
    [
        ([(A, A)], Movement.NONE),
        ([(A, B)], Movement.CERTAIN),
        ([(A, A), (B, B)], Movement.NONE),
        ([(A, B), (B, A)], Movement.CERTAIN),
        ([(A, A), (A, B)], Movement.POSSIBLE),
        ([(NONE, NONE)], Movement.NONE),
        ([(A, NONE)], Movement.CERTAIN),
        ([(NONE, NONE), (NONE, A)], Movement.POSSIBLE),
        ([(answer("a", "b"), answer("b", "a"))], Movement.NONE),
        ([(answer("a", "b"), answer("a"))], Movement.CERTAIN),
        ([(A, answer("a", status=Status.CONFLICT))], Movement.CERTAIN),
    ],
)
def test_a_move_is_certain_when_every_possible_pair_differs_and_possible_when_some_does(pairs, moved):
    assert movement(frozenset(pairs)) is moved


# Particular versions


def one_record(**cells):
    return Record(Authority("E1", "Somewhere"), cells)


def moves_of(before, after, **cells):
    (compared,) = compare([before, after], [one_record(**cells)]).decisions
    return compared.moves[0]


HEADS = decision(rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit"))


def test_an_unknown_fact_that_both_sides_read_is_the_same_on_both(tmp_path):
    before = small_framework(tmp_path, "one", HEADS)
    after = small_framework(tmp_path, "two", HEADS)
    assert moves_of(before, after).moves == ()


def test_a_fact_that_only_one_side_reads_is_free_on_that_side(tmp_path):
    before = small_framework(tmp_path, "one", HEADS)
    hands = decision(rule("good", "hands is fine", "letter"), rule("bad", "hands is at most fair", "visit"))
    (move,) = moves_of(before, small_framework(tmp_path, "two", hands)).moves
    assert move.movement is Movement.POSSIBLE
    assert len(move.pairs) == 4


def test_each_side_has_its_own_constraints(tmp_path):
    """Only the first version excludes fine heads, so only there everybody gets a visit."""
    before = small_framework(tmp_path, "one", HEADS, constraints=constraint("K-1", "heads is not fine"))
    after = small_framework(tmp_path, "two", HEADS)
    assert moves_of(before, after).moves == ()
    either = decision(
        rule("good", "heads is fine", "letter"),
        rule("hands", "hands is fine", "call"),
        rule("bad", "heads is at most fair", "visit"),
    )
    (move,) = moves_of(before, small_framework(tmp_path, "three", either)).moves
    assert {pair[1].outcomes for pair in move.pairs} == {("call",), ("visit",)}
    assert move.movement is Movement.POSSIBLE


def test_a_side_whose_constraints_the_record_breaks_is_taken_without_them_and_counted_as_inadmissible(tmp_path):
    before = small_framework(tmp_path, "one", HEADS, constraints=constraint("K-1", "heads is not fine"))
    after = small_framework(tmp_path, "two", HEADS)
    (compared,) = compare([before, after], [one_record(heads="fine")]).decisions
    assert compared.moves[0].moves == ()
    assert {str(total.label): total.counts for total in compared.totals}["inadmissible"] == (1, 0)


def test_where_no_completion_suits_both_versions_nothing_is_said_to_be_the_same(tmp_path):
    """The first version knows only poor heads and the second only fine ones, and hands are not known."""
    rules = (rule("good", "hands is fine", "letter"), rule("bad", "heads is at least fair or hands is poor", "visit"))
    before = small_framework(tmp_path, "one", decision(*rules), constraints=constraint("K-1", "heads is poor"))
    after = small_framework(tmp_path, "two", decision(*rules), constraints=constraint("K-1", "heads is fine"))
    both = together(before, after)
    assert possible_pairs(both, "follow_up", Facts({}, {}), Facts({}, {})) == frozenset()
    (move,) = moves_of(before, after).moves
    assert move.pairs == frozenset(product(move.before.possible, move.after.possible))
    assert move.movement is Movement.POSSIBLE


GRADES = "scales: {quality: {worst_to_best: [low, high], confidence: stated}}\n"
OTHER_SCALE = FACTS.replace(SCALE, GRADES)
HIGH = decision(rule("good", "heads is high", "letter"), rule("bad", "heads is low", "visit"))


def test_facts_judged_on_different_scales_are_not_comparable(tmp_path):
    before = small_framework(tmp_path, "one", HEADS)
    after = small_framework(tmp_path, "two", HIGH, vocabulary=OTHER_SCALE)
    for first, second in ((before, after), (after, before)):
        moves = moves_of(first, second, heads="fine")
        assert moves.not_comparable == (
            "the two versions judge heads differently, and no mapping is given;"
            " `maps_from` on the scale of either version would make them comparable"
        )
        assert moves.moves == ()


TWO_SCALES = (
    "scales:\n  quality: {worst_to_best: [poor, fair, fine], confidence: stated}\n"
    "  other: {worst_to_best: [low, middle, higher, high], confidence: stated}\n"
    "facts:\n  heads: {type: grade, scale: other, title: The heads, confidence: stated}\n"
    "  hands: {type: grade, scale: quality, title: The hands, confidence: stated}\n"
)


@pytest.mark.parametrize("heads_first", [True, False])
def test_a_decision_that_reads_no_fact_on_different_scales_is_compared_whatever_else_differs(tmp_path, heads_first):
    """The other decision and a constraint read `heads`, which the two versions judge on different scales."""
    hands = (rule("good", "hands is fine", "letter"), rule("bad", "hands is at most fair", "visit"))
    about_hands = decision(*hands, name="hands_up")
    once = (HEADS, about_hands) if heads_first else (about_hands, HEADS)
    before = small_framework(tmp_path, "one", *once, constraints=constraint("K-1", "heads is not poor"))
    after = small_framework(
        tmp_path, "two", about_hands, HIGH.replace("heads is low", "heads is at most higher"),
        vocabulary=TWO_SCALES, constraints=constraint("K-1", "hands is at least fair"),
    )  # fmt: skip
    for first, second in ((before, after), (after, before)):
        compared = {each.id: each.moves[0] for each in compare([first, second], [one_record()]).decisions}
        assert compared["follow_up"].not_comparable
        assert not compared["hands_up"].not_comparable
        assert compared["hands_up"].moves == ()
        pairs = possible_pairs(together(first, second), "hands_up", Facts({}, {}), Facts({}, {}))
        assert {(one.outcomes, other.outcomes) for one, other in pairs} == {
            (("letter",), ("letter",)), (("visit",), ("visit",))
        }  # fmt: skip


def test_a_decision_on_one_side_only_is_not_comparable_and_not_counted_as_no_difference(tmp_path):
    before = small_framework(tmp_path, "one", HEADS)
    after = small_framework(tmp_path, "two", HEADS.replace("follow_up", "what_next"))
    compared = {each.id: each for each in compare([before, after], [one_record(heads="fine")]).decisions}
    assert compared.keys() == {"follow_up", "what_next"}
    assert (
        compared["follow_up"].moves[0].not_comparable
        == "two has no decision `follow_up`; one with the same id would be compared"
    )
    assert (
        compared["what_next"].moves[0].not_comparable
        == "one has no decision `what_next`; one with the same id would be compared"
    )
    for name, counts in (("follow_up", (1, None)), ("what_next", (None, 1))):
        letter = next(total for total in compared[name].totals if "letter" in str(total.label))
        assert letter.counts == counts


def test_outcomes_that_only_one_version_lists_are_counted_with_none_in_the_other(tmp_path):
    before = small_framework(tmp_path, "one", HEADS)
    other = HEADS.replace("letter", "postcard")
    (compared,) = compare([before, small_framework(tmp_path, "two", other)], [one_record(heads="fine")]).decisions
    counts = {total.label[0].id: total.counts for total in compared.totals}
    assert counts == {"visit": (0, 0), "call": (0, 0), "letter": (1, 0), "postcard": (0, 1)}
    assert list(counts) == ["visit", "call", "letter", "postcard"]
    assert compared.moves[0].moves[0].movement is Movement.CERTAIN


def test_collected_outcomes_are_one_line_whatever_order_a_version_lists_them_in(tmp_path):
    both = (rule("good", "heads is fine", "letter"), rule("also", "heads is at least fair", "call"))
    listed = "outcomes: {visit: {title: A visit}, call: {title: A call}, letter: {title: A letter}}"
    turned = "outcomes: {visit: {title: A visit}, letter: {title: A letter}, call: {title: A call}}"
    one = decision(*both, resolve="every")
    assert listed in one
    before = small_framework(tmp_path, "one", one)
    after = small_framework(tmp_path, "two", one.replace(listed, turned))
    (compared,) = compare([before, after], [one_record(heads="fine"), one_record(heads="fair")]).decisions
    assert compared.moves[0].moves == ()
    counts = {tuple(each.id for each in total.label): total.counts for total in compared.totals if total.label[0].id}
    assert counts == {("visit",): (0, 0), ("call",): (1, 1), ("letter",): (0, 0), ("call", "letter"): (1, 1)}


def test_every_status_is_a_line_of_its_own(tmp_path):
    only_one = decision(
        rule("good", "heads is fine", "letter"), rule("also", "heads is at least fair and hands is fine", "call"),
        resolve="only one",
    )  # fmt: skip
    framework = small_framework(tmp_path, "one", only_one, constraints=constraint("K-1", "hands is not fair"))
    cells = (
        {"heads": "fine", "hands": "poor"}, {"heads": "fine", "hands": "fine"}, {"heads": "poor", "hands": "poor"},
        {"heads": "fine", "hands": "fair"}, {"heads": "fine"},
    )  # fmt: skip
    (compared,) = compare([framework], [one_record(**each) for each in cells]).decisions
    statuses = {total.label: total.counts for total in compared.totals if isinstance(total.label, Status)}
    assert statuses == {status: (1,) for status in Status if status is not Status.DECIDED}
    assert sum(total.counts[0] for total in compared.totals) == len(cells)


def test_any_version_can_be_the_one_that_the_others_are_compared_with(tmp_path):
    frameworks = [
        small_framework(tmp_path, "one", HEADS),
        small_framework(tmp_path, "two", HEADS.replace("visit\n", "call\n")),
        small_framework(tmp_path, "three", HEADS.replace("heads is fine", "heads is at least fair").replace("at most fair", "poor")),
    ]  # fmt: skip
    rows = [one_record(heads="poor"), one_record(heads="fair"), one_record(heads="fine"), one_record()]
    for first in range(3):
        order = frameworks[first:] + frameworks[:first]
        (compared,) = compare(order, rows).decisions
        assert [(each.before.version, each.after.version) for each in compared.moves] == [
            (order[0].version, order[1].version), (order[0].version, order[2].version)
        ]  # fmt: skip
        for moves in compared.moves:
            back = compare([moves.after, moves.before], rows).decisions[0].moves[0]
            assert len(moves.certain()) == len(back.certain())
            assert len(moves.possible()) == len(back.possible())
            assert {(second, first) for move in moves.moves for first, second in move.pairs} == {
                pair for move in back.moves for pair in move.pairs
            }


def test_cells_that_cannot_be_used_are_listed_once_and_count_as_unreadable(tmp_path):
    before, after = small_framework(tmp_path, "one", HEADS), small_framework(tmp_path, "two", HEADS)
    comparison = compare([before, after], [one_record(heads="fyne", hands="fine", feet="3")])
    (unusable,) = comparison.unusable
    assert [(each.fact, each.given) for each in unusable.cells] == [("heads", "fyne"), ("feet", "3")]
    assert str(comparison.rows[0].evaluations[0].facts.unknown["heads"]) == "unreadable in the source"
    assert comparison.rows[0].evaluations[0].decisions["follow_up"].status is Status.UNDETERMINED
