"""The coming years: what every draw keeps, and what the draws come to on average, worked out by hand."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, pstdev

import numpy as np
import pytest

import greenpaper as gp
from comparison.small import constraint, decision, rule
from comparison.test_workload import small
from greenpaper.comparison import coming_draws
from greenpaper.comparison.coming_basis import Apart, needs_of, projected
from greenpaper.comparison.coming_draws import Asked, drawn
from greenpaper.comparison.coming_years import coming_years
from greenpaper.population.steps import NothingToDrawFrom
from greenpaper.records.record import Unknown
from population.inspected import DAYS, inspections

SURE = "confidence: stated, source: {document: paper}"
ONE, TWO, TEAM = f"{{number: 1, {SURE}}}", f"{{number: 2, {SURE}}}", f"{{at_least: 2, at_most: 4, {SURE}}}"
STAY = f"  stay: {{title: A stay, inspectors: {TWO}, days_on_site: {TWO}}}\n"
ACTS = f"activities:\n  call: {{title: A call, inspectors: {ONE}, days_on_site: {ONE}}}\n{STAY}"
LOW_HIGH = (rule("low", "heads is at most fair", "visit"), rule("high", "heads is fine", "letter"))
FIRST, GAP = date(2018, 1, 1), 1000


def follow_up(visit="{call: 2, stay: 1}", letter="{stay: 1}", rules=LOW_HIGH):
    text = decision(*rules)
    for title, activities in (("A visit", visit), ("A letter", letter)):
        text = text.replace(f"title: {title}", f"title: {title}, activities: {activities}") if activities else text
    return text


def version(folder, name="one", text=None, activities=ACTS, **written):
    return small(folder, name, text or follow_up(), activities, **written)


def every(days, times, heads):
    """Inspections of one authority, always so many days from the last day on site to the next first day."""
    return [(FIRST + timedelta((days + DAYS) * number), {"heads": heads}) for number in range(times)]


def draws_of(records, asked, *frameworks):
    parts = {}
    for number, framework in enumerate(frameworks):
        needs = needs_of(framework, "follow_up", (), {})
        parts[number] = projected(needs, framework.decisions["follow_up"], records, records.current, since=asked.since)
    return drawn(parts, asked, records.taken)


# What is known exactly


def test_with_one_gap_and_fixed_amounts_every_year_is_known(tmp_path):
    records = inspections({"Northtown": every(GAP, 4, "fine")})
    last = FIRST + timedelta((GAP + DAYS) * 3 + DAYS)
    assert records.taken == last
    years = tuple(range(last.year + 1, last.year + 15))
    (found,) = coming_years([version(tmp_path)], records, Asked(years, 50)).decisions
    starts = [last + timedelta(GAP + (GAP + DAYS) * number) for number in range(10)]
    stays = [year.visits for year in found.versions[0].loads.by_activity["stay"]]
    days = [year.days for year in found.versions[0].loads.by_activity["stay"]]
    expected = [sum(day.year == year for day in starts) for year in years]
    assert [(each.low, each.median, each.high) for each in stays] == [(n, n, n) for n in expected]
    assert [(each.low, each.high) for each in days] == [(4 * n, 4 * n) for n in expected]
    assert {each.visits.high for each in found.versions[0].loads.by_activity["call"]} == {0}


def test_visits_lie_between_the_inspections_as_often_as_is_said(tmp_path):
    records = inspections({"Northtown": every(GAP, 4, "poor")})
    begin = records.taken.year
    asked = Asked(tuple(range(begin + 1, begin + 15)), 200)
    calls = draws_of(records, asked, version(tmp_path)).alone[0].visits["call"]
    # In any 14 years lie at least four whole cycles with two calls each, and at most parts of seven.
    assert calls.sum(axis=1).min() >= 8
    assert calls.sum(axis=1).max() <= 14
    assert calls.std() > 0


def test_an_overdue_inspection_comes_within_twelve_months(tmp_path):
    given = every(300, 3, "fine")
    late = given[-1][0] + timedelta(900)
    records = inspections({"Northtown": given, "Southtown": [(late - timedelta(2), {"heads": "fine"})]})
    taken = records.taken
    asked = Asked((taken.year + 1, taken.year + 2), 4000)
    one = type(records)(records.register, records.inspections, records.current[:1], taken, records.directory)
    stays = draws_of(one, asked, version(tmp_path)).alone[0].visits["stay"]
    # The first stay is on any day of the twelve months, and the next 304 days after it.
    days = [taken + timedelta(1 + number) for number in range((taken.replace(year=taken.year + 1) - taken).days)]
    starts = [[day + timedelta((300 + DAYS) * number) for number in range(4)] for day in days]
    for column, year in enumerate(asked.years):
        mean = fmean(sum(start.year == year for start in each) for each in starts)
        assert abs(stays[:, column].mean() - mean) < 0.05


# What every draw keeps


@pytest.fixture(scope="module")
def shipped():
    return gp.load_records(), gp.load("2025"), gp.load("2026")


def pathway(shipped, asked, *frameworks):
    records = shipped[0]
    needs = [needs_of(each, "pathway", records.inspections[0].cells, {}) for each in frameworks]
    parts = {
        number: projected(each, each.framework.decisions["pathway"], records, records.current, since=asked.since)
        for number, each in enumerate(needs)
    }
    return drawn(parts, asked, records.taken)


def test_all_visits_are_those_of_the_activities_in_every_draw(shipped):
    one = pathway(shipped, Asked((2027, 2028), 40), shipped[1]).alone[0]
    assert (sum(one.visits.values()) == one.all_visits).all()
    assert np.allclose(sum(one.days.values()), one.all_days)


def test_a_version_against_itself_changes_by_nothing_in_every_draw(shipped):
    pair = pathway(shipped, Asked((2027, 2028), 40), shipped[2], shipped[2]).pairs[1]
    for name, visits in pair.before.visits.items():
        assert (visits == pair.after.visits[name]).all()
        assert (pair.before.days[name] == pair.after.days[name]).all()
        assert visits.std() > 0


def test_neither_the_parts_of_the_draws_nor_other_versions_change_what_is_drawn(shipped, monkeypatch):
    asked = Asked((2027, 2028), 60)
    whole = pathway(shipped, asked, shipped[1], shipped[2])
    monkeypatch.setattr(coming_draws, "AT_ONCE", 153 * 7)
    parts = pathway(shipped, asked, shipped[1], shipped[2])
    alone = pathway(shipped, asked, shipped[2]).alone[0]
    for name, visits in whole.alone[1].visits.items():
        assert (visits == parts.alone[1].visits[name]).all()
        assert (visits == alone.visits[name]).all()
        assert (whole.alone[1].days[name] == parts.alone[1].days[name]).all()


def test_more_draws_begin_with_the_same_ones_and_another_seed_has_others(shipped):
    few, more, other = (
        pathway(shipped, Asked((2027,), draws, seed), shipped[2]).alone[0].all_visits
        for draws, seed in ((20, 1), (50, 1), (20, 2))
    )
    assert (few == more[:20]).all()
    assert (few != other).any()


def test_a_range_is_one_number_for_a_whole_draw_and_the_same_for_both_versions(tmp_path):
    acts = ACTS.replace(f"inspectors: {TWO}", f"inspectors: {TEAM}")
    records = inspections({name: every(GAP, 4, "poor") for name in ("Northtown", "Southtown")})
    asked = Asked(tuple(range(records.taken.year + 1, records.taken.year + 9)), 90)
    before, after = version(tmp_path, "one", activities=acts), version(tmp_path, "two", activities=acts)
    both = draws_of(records, asked, before, after)
    one = both.alone[0]
    team = one.days["stay"].sum(axis=1) / one.visits["stay"].sum(axis=1) / 2
    assert set(team) == {2, 3, 4}
    assert (one.days["stay"] == one.visits["stay"] * 2 * team[:, np.newaxis]).all()
    assert (both.pairs[1].after.days["stay"] == both.pairs[1].before.days["stay"]).all()


def test_counts_that_are_a_range_are_drawn_with_equal_chance(tmp_path):
    three = f"{{call: {{at_least: 1, at_most: 3, {SURE}}}, stay: 1}}"
    records = inspections({f"Town {n}": every(GAP, 4, "poor") for n in range(20)})
    years = tuple(range(records.taken.year + 1, records.taken.year + 19))
    one = draws_of(records, Asked(years, 200), version(tmp_path, text=follow_up(visit=three))).alone[0]
    cycles = (date(years[-1] + 1, 1, 1) - date(years[0], 1, 1)).days / (GAP + DAYS) * 20 * 200
    assert abs(one.visits["call"].sum() / cycles - 2) < 0.02


# On average, by hand

HEADS = ("poor", "fair", "fine")
TOWNS = {
    "A": [(0, "poor"), (1100, "fair"), (2300, "fine")],
    "B": [(40, "fair"), (1500, "fair"), (2350, "poor")],
    "C": [(10, "fine"), (1250, "fine"), (2270, "fair")],
    "D": [(75, "fine"), (1405, "poor")],
}
BY_HEADS = (
    rule("low", "heads is poor", "visit"),
    rule("high", "heads is at least fair", "letter"),
)


def expected(towns, taken, years, calls):
    """Activity → year → how many are expected, by going through every gap and step there is. One fact, pools of all."""
    pairs = [pair for each in towns.values() for pair in pairwise(each)]
    gaps = [second[0] - first[0] - DAYS for first, second in pairs]
    end = (date(years[-1] + 1, 1, 1) - FIRST).days
    found = defaultdict(lambda: defaultdict(float))

    def count(activity, day, much):
        found[activity][(FIRST + timedelta(day)).year] += much

    states = defaultdict(float)
    for each in towns.values():
        first, heads = each[-1]
        longer = [gap for gap in gaps if first + DAYS + gap > taken]
        assert longer
        for gap in longer:
            states[first + DAYS, heads, gap] += 1 / len(longer)
    while states:
        following = defaultdict(float)
        for (start, heads, gap), chance in states.items():
            for _ in range(calls.get(heads, 0)):
                for day in range(1, gap + 1):
                    count("call", start + day, chance / gap)
            count("stay", start + gap, chance)
            near = [after for before, after in pairs if before[1] == heads] or [after for _, after in pairs]
            for _, after in near:
                if start + gap + DAYS < end:
                    for other in gaps:
                        key = start + gap + DAYS, after, other
                        following[key] += chance / len(near) / len(gaps)
        states = following
    return found


def test_on_average_the_draws_are_what_every_gap_and_step_comes_to_by_hand(tmp_path, monkeypatch):
    monkeypatch.setattr("greenpaper.comparison.coming_basis.FEW", 100)
    given = {name: [(FIRST + timedelta(day), {"heads": heads}) for day, heads in each] for name, each in TOWNS.items()}
    records = inspections(given)
    years = tuple(range(records.taken.year + 1, records.taken.year + 7))
    framework = version(tmp_path, text=follow_up(rules=BY_HEADS))
    one = draws_of(records, Asked(years, 20_000, 5), framework).alone[0]
    exact = expected(TOWNS, (records.taken - FIRST).days, years, {"poor": 2})
    for name, visits in one.visits.items():
        for column, year in enumerate(years):
            drawn_ = visits[:, column].tolist()
            error = pstdev(drawn_) / len(drawn_) ** 0.5
            assert abs(fmean(drawn_) - exact[name][year]) <= 4 * error + 1e-9, (name, year)


def test_gaps_after_the_same_answer_are_a_pool_of_their_own_where_there_are_enough(tmp_path):
    given = {f"Low {n}": every(500, 3, "poor") for n in range(3)} | {
        f"High {n}": every(900, 2, "fine") for n in range(2)
    }
    records = inspections(given)
    framework = version(tmp_path, text=follow_up(rules=BY_HEADS))
    (found,) = coming_years([framework], records, Asked((records.taken.year + 1,), 5)).decisions
    pools = found.versions[0].basis.pools
    assert [(pool.answer.outcomes, pool.gaps, pool.is_of_all) for pool in pools] == [
        (("visit",), 6, False),
        (("letter",), 2, True),
    ]


# What is not known, and what is not counted


def test_unknown_facts_are_those_of_the_nearest_complete_records(tmp_path):
    rules = (rule("low", "heads is poor and hands is poor", "visit"), rule("high", "heads is fine", "letter"))
    known = [(FIRST, {"heads": "poor", "hands": "poor"}), (FIRST + timedelta(900), {"heads": "poor", "hands": "poor"})]
    partly = [(FIRST, {"heads": "fine", "hands": "fine"}), (FIRST + timedelta(900), {"heads": "poor", "hands": None})]
    records = inspections({"Northtown": known, "Southtown": partly})
    framework = version(tmp_path, text=follow_up(rules=rules))
    asked = Asked((records.taken.year + 1, records.taken.year + 2), 30)
    (found,) = coming_years([framework], records, asked).decisions
    assert found.versions[0].basis.filled == 1
    assert not found.versions[0].apart
    assert found.versions[0].loads.total[1].visits.low >= 0


def test_who_has_no_stated_workload_is_counted_apart_and_never_as_nothing(tmp_path):
    records = inspections({"Northtown": every(GAP, 4, "fine"), "Southtown": every(GAP, 4, "poor")})
    asked = Asked((records.taken.year + 1, records.taken.year + 2), 20)
    silent = version(tmp_path, "silent", follow_up(letter=""))
    none = version(tmp_path, "none", follow_up(rules=LOW_HIGH[:1]))
    whole = version(tmp_path, "whole")
    found = coming_years([whole, silent, none], records, asked).decisions[0]
    assert dict(found.versions[0].apart) == {}
    for number, reason in ((1, Apart.NOT_STATED), (2, Apart.NO_RULE)):
        assert {each.median for each in found.versions[number].apart[reason]} == {1}
        assert {each.median for each in found.changes[number - 1].left_out} == {1}
        # Only Southtown counts in both, and it stays as it is.
        assert {each.visits.high for each in found.changes[number - 1].loads.total} == {0}


def test_an_amount_that_is_not_known_leaves_days_not_known_and_visits_known(tmp_path):
    acts = ACTS.replace(f", days_on_site: {TWO}", "")
    records = inspections({"Northtown": every(GAP, 4, "poor")})
    asked = Asked(tuple(range(records.taken.year + 1, records.taken.year + 6)), 20)
    (found,) = coming_years([version(tmp_path, activities=acts)], records, asked).decisions
    stays = found.versions[0].loads.by_activity["stay"]
    assert [year.days for year in stays] == [None] * 5
    assert sum(year.visits.median for year in stays) >= 1
    assert found.versions[0].loads.total[0].days is None
    assert found.versions[0].loads.by_activity["call"][0].days


def test_authorities_without_a_day_or_with_inadmissible_grades_are_left_out_and_said_so(tmp_path):
    framework = version(tmp_path, constraints=constraint("tied", "heads is not fair"))
    records = inspections(
        {
            "Northtown": every(GAP, 4, "poor"),
            "Easttown": [(None, {"heads": "poor"})],
            "Westtown": [(FIRST, {"heads": "fair"})],
        }
    )
    found = coming_years([framework], records, Asked((records.taken.year + 1,), 10)).decisions[0].versions[0]
    assert {reason: row[0].low for reason, row in found.apart.items()} == {Apart.UNDATED: 1, Apart.INADMISSIBLE: 1}
    assert found.not_counted[0].low == 2


def test_since_leaves_out_gaps_that_began_before(tmp_path):
    given = {"Northtown": [*every(300, 3, "fine"), (FIRST + timedelta(2000), {"heads": "fine"})]}
    records = inspections(given)
    asked = Asked((records.taken.year + 1,), 10, since=given["Northtown"][2][0])
    basis = coming_years([version(tmp_path)], records, asked).decisions[0].versions[0].basis
    assert (basis.pairs, basis.earlier, basis.steps) == (3, 2, 1)
    with pytest.raises(NothingToDrawFrom, match="since"):
        coming_years([version(tmp_path, "two")], records, Asked((2030,), 10, since=date(2030, 1, 1)))


def test_decisions_without_workload_are_left_out(tmp_path):
    records = inspections({"Northtown": every(GAP, 3, "fine")})
    framework = version(tmp_path, text=follow_up(visit="", letter=""), activities="activities: {}\n")
    assert coming_years([framework], records, Asked((2030,), 5)).decisions == ()


def test_values_that_cannot_be_used_are_named_and_count_as_not_known(tmp_path):
    given = {"Northtown": every(GAP, 3, "fine"), "Southtown": [(FIRST, {"heads": "fyne", "hands": Unknown.UNREADABLE})]}
    found = coming_years([version(tmp_path)], inspections(given), Asked((2030,), 5))
    assert [each.record.authority.name for each in found.unusable] == ["Southtown"]
    assert found.decisions[0].versions[0].basis.filled == 1
