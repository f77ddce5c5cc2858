"""Visits and inspector days: exact bounds against brute force, and the shipped versions added up by hand."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.brute import Brute
from agreement.strategies import a_record
from agreement.versions import framework_of
from comparison.burdens import ACTIVITIES, an_activity, change, extremes, times, with_workload
from comparison.completions import pairs_by_hand
from comparison.small import FACTS, constraint, decision, rule, small_framework, write_version
from comparison.test_pairs import two_versions
from greenpaper.comparison.amounts import ANY, NOTHING, Bounds, added, any_of, multiplied, taken_from
from greenpaper.comparison.footing import footing
from greenpaper.comparison.structure import compare_structure
from greenpaper.comparison.workload import COUNTED, Standing, difference, workload
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence
from greenpaper.records.record import Authority, Record
from greenpaper.records.tables import load_records
from greenpaper.source.shipped import shipped

# Bounds

HALVES = st.integers(0, 6).map(lambda number: Fraction(number, 2))
BOUNDED = st.tuples(HALVES, HALVES | st.none()).map(lambda ends: Bounds(*_sorted(*ends)))


def _sorted(one, other):
    return (one, None) if other is None else (min(one, other), max(one, other))


def inside(bounds, number):
    return (bounds.least is None or bounds.least <= number) and (bounds.most is None or number <= bounds.most)


def at_the_cap(before, after):
    """The extremes by brute force; None where they grow with what stands for no bound."""
    factors = [[(each.least, each.most) for each in side] for side in (before, after)]
    once, again = (extremes(*factors, cap) for cap in (10**6, 2 * 10**6))
    return Bounds(*(one if one == other else None for one, other in zip(once, again, strict=True)))


@given(st.lists(st.tuples(BOUNDED, BOUNDED), min_size=1, max_size=3))
def test_a_difference_of_products_is_exactly_what_its_factors_allow(pairs):
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    assert difference(before, after) == at_the_cap(before, after)


@given(st.lists(BOUNDED, min_size=1, max_size=3))
def test_a_product_with_itself_taken_away_is_nothing(factors):
    assert difference(factors, factors) == NOTHING


@given(st.lists(BOUNDED, min_size=1, max_size=3), st.data())
def test_what_is_inside_its_bounds_stays_inside(each, data):
    numbers = [one.least + data.draw(HALVES) for one in each]
    numbers = [number if inside(one, number) else one.least for one, number in zip(each, numbers, strict=True)]
    total = product_of = Fraction(0)
    total, product_of = sum(numbers), Fraction(1)
    for number in numbers:
        product_of *= number
    assert inside(added(each), total)
    assert inside(multiplied(each), product_of)
    assert inside(any_of(each), numbers[0])
    assert inside(taken_from(each[0], each[-1]), numbers[-1] - numbers[0]) or len(each) == 1


def test_nothing_times_what_is_not_known_is_nothing():
    assert multiplied([NOTHING, ANY]) == NOTHING
    assert multiplied([ANY, ANY]) == ANY
    assert taken_from(ANY, ANY) == Bounds(None, None)


# Random versions


def expected_pairs(before, after, name, known):
    """Pairs of answers by hand; where no completion suits both, each side's own."""
    pairs = pairs_by_hand(before, after, name, known, known)
    sides = [
        {(said.status, said.outcomes) for each in side.counted_completions(known)[0] for said in [each.says[name]]}
        for side in (before, after)
    ]
    return pairs or frozenset(product(*sides)), sides


@pytest.mark.parametrize("seed", range(40))
def test_the_workload_of_random_versions_is_that_of_every_completion_and_amount(seed):
    random = Random(seed)
    draw = random.randint
    written = two_versions(draw)
    activities = {name: an_activity(random, name) for name in ACTIVITIES}
    others = {name: each if random.random() < 0.5 else an_activity(random, name) for name, each in activities.items()}
    frameworks = [
        with_workload(random, framework_of(version), stated)
        for version, stated in zip(written, (activities, others), strict=True)
    ]
    records = [Record(Authority(f"E{n}", f"A{n}", f"R{n % 2}"), a_record(draw, written[0])) for n in range(3)]
    found = workload(frameworks, records)
    brutes = [Brute(version) for version in written]
    for each in found.decisions:
        for area in each.areas:
            inside = [one for one in records if area.region in (None, one.authority.region)]
            assert area.authorities == len(inside)
            check_area(area, each.id, frameworks, brutes, inside)


def check_area(area, name, frameworks, brutes, records):
    zero = {}
    alone, both, left_out = ([[], []], [], 0)
    standings = [Counter(), Counter()]
    for record in records:
        pairs, sides = expected_pairs(*brutes, name, record.cells)
        admitted = [brute.counted_completions(record.cells)[1] for brute in brutes]
        for number, (framework, answers) in enumerate(zip(frameworks, sides, strict=True)):
            stated = [times(framework, name, answer) for answer in answers]
            standings[number][standing(answers, stated, admitted[number])] += 1
            if None not in stated and admitted[number]:
                alone[number].append([(zero, each) for each in stated])
        changes = [(times(frameworks[0], name, old), times(frameworks[1], name, new)) for old, new in pairs]
        if all(admitted) and not any(None in each for each in changes):
            both.append(changes)
        else:
            left_out += 1
    (changed,) = area.changes
    assert (changed.counted, changed.left_out) == (len(both), left_out)
    assert_loads(changed.loads, *frameworks, both)
    for number, cost in enumerate(area.costs):
        assert {each: count for each, count in cost.standings.items() if count} == standings[number]
        assert_loads(cost.loads, frameworks[number], frameworks[number], alone[number])
        assert sum(cost.standings[each] for each in COUNTED) == len(alone[number])


def standing(answers, stated, admitted):
    if not admitted:
        return Standing.INADMISSIBLE
    if len(answers) > 1:
        return Standing.NOT_OF_EVERY_ANSWER if None in stated else Standing.UNDETERMINED
    ((status, _),) = answers
    words = {"no rule": Standing.NO_RULE, "conflict": Standing.CONFLICT}
    return words.get(status, Standing.NOT_STATED if None in stated else Standing.STATED)


def assert_loads(loads, before, after, authorities):
    for name, load in [*loads.by_activity.items(), ("", loads.total)]:
        for days, bounds in ((False, load.visits), (True, load.days)):
            each = [change(before, after, pairs, days=days, only=name) for pairs in authorities]
            least, most = ([one[side] for one in each] for side in (0, 1))
            assert bounds.least == (None if None in least else sum(least)), (name, days)
            assert bounds.most == (None if None in most else sum(most)), (name, days)


def test_random_versions_have_every_standing_and_bounds_that_are_open():
    seen = Counter()
    for seed in range(40):
        random = Random(seed)
        written = two_versions(random.randint)
        activities = {name: an_activity(random, name) for name in ACTIVITIES}
        frameworks = [with_workload(random, framework_of(version), activities) for version in written]
        records = [Record(Authority(f"E{n}", f"A{n}"), a_record(random.randint, written[0])) for n in range(3)]
        for each in workload(frameworks, records).decisions:
            for cost in each.areas[0].costs:
                seen += Counter({str(standing): count for standing, count in cost.standings.items()})
            days = each.areas[0].changes[0].loads.total.days
            seen["open"] += None in (days.least, days.most)
            seen["bounded"] += None not in (days.least, days.most) and days != NOTHING
    assert min(seen[str(each)] for each in Standing) >= 1, seen
    assert seen["open"] >= 5
    assert seen["bounded"] >= 3


# Small versions

TWO = "{number: 2, confidence: stated}"
TEAM = "{at_least: 4, at_most: 6, confidence: stated}"
ACTS = f"activities:\n  call: {{title: A call, inspectors: {TWO}, days_on_site: {TWO}}}\n  stay: {{title: A stay, inspectors: {TEAM}, days_on_site: {TWO}}}\n"
PLAIN = "outcomes: {visit: {title: A visit}, call: {title: A call}, letter: {title: A letter}}"
RULES = (rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit"))


def told(visit, letter, *rules, more=""):
    """A decision whose outcomes say what follows."""
    outcomes = (
        f"outcomes: {{visit: {{title: A visit{visit}}}, call: {{title: A call}}, letter: {{title: A letter{letter}}}}}"
    )
    return decision(*(rules or RULES), more=more).replace(PLAIN, outcomes)


def small(folder, version, text, activities=ACTS, **written):
    path = write_version(folder, version, text, **written)
    (path / "activities.yaml").write_text(activities, "utf-8")
    return Catalogue(folder).load(version)


def one(**cells):
    return Record(Authority("E1", "Northtown", "North"), cells)


def whole(frameworks, *records):
    return workload(frameworks, records).decisions[0].areas[0]


def numbers(bounds):
    return bounds.least, bounds.most


ONE_STAY = ", activities: {stay: 1}"
CALL_AND_STAY = ", activities: {call: 1, stay: 1}"


def test_one_more_of_an_activity_is_exactly_what_it_takes_whatever_else_is_uncertain(tmp_path):
    before = small(tmp_path, "one", told(ONE_STAY, ONE_STAY))
    after = small(tmp_path, "two", told(CALL_AND_STAY, ONE_STAY))
    area = whole([before, after], one(heads="poor"))
    assert numbers(area.costs[0].loads.total.days) == (8, 12)
    assert numbers(area.changes[0].loads.total.days) == (4, 4)
    assert area.changes[0].loads.by_activity["stay"].days == NOTHING


def test_amounts_that_differ_vary_independently(tmp_path):
    before = small(tmp_path, "one", told(ONE_STAY, ONE_STAY))
    after = small(tmp_path, "two", told(ONE_STAY, ONE_STAY), ACTS.replace("at_most: 6", "at_most: 5"))
    area = whole([before, after], one(heads="poor"))
    assert numbers(area.changes[0].loads.total.days) == (-4, 2)
    assert numbers(area.changes[0].loads.total.visits) == (0, 0)


def test_longer_stays_of_the_same_team_are_never_fewer_days(tmp_path):
    before = small(tmp_path, "one", told(ONE_STAY, ONE_STAY))
    longer = ACTS.replace(f"{TEAM}, days_on_site: {TWO}", f"{TEAM}, days_on_site: {{number: 3, confidence: assumed}}")
    area = whole([before, small(tmp_path, "two", told(ONE_STAY, ONE_STAY), longer)], one(heads="poor"))
    assert numbers(area.changes[0].loads.total.days) == (4, 6)


def test_an_undetermined_authority_that_cannot_move_adds_nothing_to_a_change(tmp_path):
    many = ", activities: {call: {at_least: 1, at_most: 6, confidence: assumed}}"
    versions = [small(tmp_path, name, told(many, CALL_AND_STAY)) for name in ("one", "two")]
    area = whole(versions, one())
    assert numbers(area.costs[0].loads.total.days) == (4, 24)
    assert area.costs[0].standings[Standing.UNDETERMINED] == 1
    assert area.changes[0].loads.total.days == NOTHING
    assert (area.changes[0].counted, area.changes[0].left_out) == (1, 0)


def test_the_whole_can_be_narrower_than_the_sum_of_its_parts(tmp_path):
    version = small(tmp_path, "one", told(", activities: {call: 2}", ONE_STAY))
    loads = whole([version], one()).costs[0].loads
    assert [numbers(each.days) for each in loads.by_activity.values()] == [(0, 8), (0, 12)]
    assert numbers(loads.total.days) == (8, 12)


def test_nothing_follows_is_not_the_same_as_not_stated(tmp_path):
    version = small(tmp_path, "one", told("", ", activities: {}"))
    cost = whole([version], one(heads="fine"), one(heads="poor"), one()).costs[0]
    counted = {each: count for each, count in cost.standings.items() if count}
    assert counted == {Standing.STATED: 1, Standing.NOT_STATED: 1, Standing.NOT_OF_EVERY_ANSWER: 1}
    assert cost.loads.total.days == NOTHING


def test_authorities_without_a_rule_and_with_inadmissible_facts_are_counted_apart(tmp_path):
    text = told(ONE_STAY, ONE_STAY, rule("good", "heads is fine", "letter"))
    version = small(tmp_path, "one", text, constraints=constraint("K-1", "hands is not fair"))
    area = whole([version, version], one(heads="poor"), one(heads="fine", hands="fair"), one(heads="fine"))
    counted = {each: count for each, count in area.costs[0].standings.items() if count}
    assert counted == {Standing.STATED: 1, Standing.NO_RULE: 1, Standing.INADMISSIBLE: 1}
    assert (area.changes[0].counted, area.changes[0].left_out) == (1, 2)


def test_amounts_that_are_not_known_leave_bounds_open_and_cancel_where_nothing_changes(tmp_path):
    bare = "activities:\n  call: {title: A call}\n  stay: {title: A stay, inspectors: {at_least: 2, confidence: assumed}, days_on_site: {at_most: 3, confidence: assumed}}\n"
    before = small(tmp_path, "one", told(", activities: {call: 1}", ONE_STAY), bare)
    after = small(tmp_path, "two", told(", activities: {call: 2}", ONE_STAY), bare)
    area = whole([before, after], one(heads="poor"), one(heads="fine"))
    assert numbers(area.costs[0].loads.by_activity["call"].days) == (0, None)
    assert numbers(area.costs[0].loads.by_activity["stay"].days) == (0, None)
    assert numbers(area.changes[0].loads.by_activity["call"].days) == (0, None)
    assert area.changes[0].loads.by_activity["stay"].days == NOTHING


def test_a_version_without_the_decision_and_one_that_judges_otherwise_are_not_compared(tmp_path):
    first = small(tmp_path, "one", told(ONE_STAY, ONE_STAY))
    other = small(tmp_path, "two", told(ONE_STAY, ONE_STAY).replace("follow_up", "other"))
    scale = FACTS.replace("[poor, fair, fine]", "[poor, fair, good, fine]")
    judged = small(tmp_path, "three", told(ONE_STAY, ONE_STAY), vocabulary=scale)
    area = whole([first, other, judged], one(heads="poor"))
    assert [cost is None for cost in area.costs] == [False, True, False]
    assert [bool(each.not_comparable) for each in area.changes] == [True, True]
    assert [each.counted for each in area.changes] == [0, 0]


def test_a_decision_whose_outcomes_say_nothing_is_left_out(tmp_path):
    silent = small_framework(tmp_path, "one", decision(*RULES))
    assert workload([silent], [one(heads="poor")]).decisions == ()


def test_a_number_is_as_sure_as_the_least_sure_statement_behind_it(tmp_path):
    rules = (RULES[0], rule("bad", "heads is at most fair", "visit", confidence="derived"))
    version = small(tmp_path, "one", told(", activities: {call: 1}", ONE_STAY, *rules))
    assert footing(version, "follow_up", ["call"]) is Confidence.DERIVED
    assert footing(version, "follow_up", ["stay"]) is Confidence.STATED
    assert footing(version, "follow_up", ["call", "stay"]) is Confidence.DERIVED
    assumed = small(
        tmp_path,
        "two",
        told(ONE_STAY, ONE_STAY),
        ACTS.replace("at_most: 6, confidence: stated", "at_most: 6, confidence: assumed"),
    )
    assert footing(assumed, "follow_up", ["stay"]) is Confidence.ASSUMED
    assert footing(assumed, "follow_up", []) is None


def test_a_change_of_an_activity_or_of_a_count_is_a_changed_statement(tmp_path):
    small(tmp_path, "one", told(ONE_STAY, ONE_STAY))
    small(tmp_path, "two", told(CALL_AND_STAY, ONE_STAY), ACTS.replace("at_most: 6", "at_most: 5"))
    before, after = (Catalogue(tmp_path).composed(name) for name in ("one", "two"))
    changes = {each.address: [key.key for key in each.keys] for each in compare_structure(before, after).changes}
    assert changes["activities/stay"] == ["inspectors/at_most"]
    assert changes["decisions/follow_up/outcomes/visit"] == ["activities/call"]


# The shipped versions


@pytest.fixture(scope="module")
def shipped_area():
    catalogue, records = Catalogue(shipped("policies")), load_records(shipped("authorities"))
    frameworks = [catalogue.load(version) for version in ("2025", "2026")]
    found = workload(frameworks, records.current, as_of=records.taken, elsewhere=catalogue.all_facts)
    return found.decisions[0].areas


# Of 153 authorities, 2025 gives light to 114, intensive to 26 and monitoring to 12, and leaves Liverpool open between
# light and intensive; 2026 gives light to 115, intensive to 25 and monitoring to 12, and leaves Dudley open between
# intensive and monitoring. A focused or monitoring visit takes 2 inspectors 2 days; a short inspection 4 to 6
# inspectors 5 days, a standard one 10 days; there are 1 to 6 monitoring visits.
LIGHT, INTENSIVE, MONITORING = (4 + 20, 4 + 30), (8 + 40, 8 + 60), (4 + 40, 24 + 60)


def by_hand(lights, intensives, monitorings, *, least, most):
    """Days of so many of each, and of the one authority that is open."""
    low, high = (
        lights * LIGHT[side] + intensives * INTENSIVE[side] + monitorings * MONITORING[side] for side in (0, 1)
    )
    return low + least, high + most


def test_days_of_2025_and_2026_are_those_added_up_by_hand(shipped_area):
    whole = shipped_area[0]
    before, after = (cost.loads.total.days for cost in whole.costs)
    assert numbers(before) == by_hand(114, 26, 12, least=LIGHT[0], most=INTENSIVE[1]) == (4536, 6720)
    assert numbers(after) == by_hand(115, 25, 12, least=MONITORING[0], most=MONITORING[1]) == (4532, 6702)


def test_visits_of_2025_and_2026_are_those_counted_by_hand(shipped_area):
    first, second = (
        {name: numbers(load.visits) for name, load in cost.loads.by_activity.items()} for cost in shipped_area[0].costs
    )
    assert first == {
        "focused_visit": (114 + 2 * 26 + 1, 114 + 2 * 26 + 2), "monitoring_visit": (12, 72),
        "short_inspection": (114, 115), "standard_inspection": (26 + 12, 26 + 12 + 1),
    }  # fmt: skip
    assert second == {
        "focused_visit": (115 + 2 * 25, 115 + 2 * 25 + 2), "monitoring_visit": (12, 72 + 6),
        "short_inspection": (115, 115), "standard_inspection": (25 + 12 + 1, 25 + 12 + 1),
    }  # fmt: skip


def test_only_the_two_that_may_move_change_the_days_from_2025_to_2026(shipped_area):
    (change,) = shipped_area[0].changes
    dudley, liverpool = (-8 + 4, -8 + 24), (4 - 8 + 20 - 60, 0)
    assert (change.counted, change.left_out) == (153, 0)
    assert numbers(change.loads.total.days) == (dudley[0] + liverpool[0], dudley[1] + liverpool[1]) == (-48, 16)
    moving = {area.region for area in shipped_area[1:] if area.changes[0].loads.total.days != NOTHING}
    assert moving == {"West Midlands", "North West"}


def test_regions_add_up_to_the_whole(shipped_area):
    whole, *regions = shipped_area
    assert sum(area.authorities for area in regions) == whole.authorities == 153
    for number in range(2):
        parts = added(area.costs[number].loads.total.days for area in regions)
        assert parts == whole.costs[number].loads.total.days
    assert added(area.changes[0].loads.total.days for area in regions) == whole.changes[0].loads.total.days


def test_a_version_against_itself_changes_nothing():
    catalogue, records = Catalogue(shipped("policies")), load_records(shipped("authorities"))
    framework = catalogue.load("2026")
    again = replace(framework, version="again")
    area = workload([framework, again], records.current, elsewhere=catalogue.all_facts).decisions[0].areas[0]
    assert all(load.days == load.visits == NOTHING for load in area.changes[0].loads.by_activity.values())
