"""Which version governs an inspection, how that is known, and how it stands to the constraints of that version."""

from dataclasses import replace
from datetime import date

import pytest

from comparison.small import FACTS, constraint, decision, rule, small_framework
from greenpaper.comparison.applying import Accord, under
from greenpaper.comparison.inspections import Resolution, Standing, inspect, resolve
from greenpaper.framework.checked import AssumedFor
from greenpaper.records.record import Authority, Inspection, Period, Record, Unknown
from greenpaper.source.partial_dates import some_day

FINE, BAD = rule("fine", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit")
FEET = FACTS.replace("hands:", "feet:").replace("hands]", "feet]")
JUDGED = (rule("fine", "all of all_parts are fine", "letter"), rule("bad", "any of all_parts is at most fair", "visit"))


def governing(first, until=""):
    days = f"from: {first}, until: {until}" if until else f"from: {first}"
    return f"applies_to: {{inspections_starting: {{{days}}}}}\n"


@pytest.fixture
def make(tmp_path):
    def version(name, first, until="", *, vocabulary=FACTS, rules=JUDGED, **more):
        return small_framework(
            tmp_path, name, decision(*rules), vocabulary=vocabulary, head=governing(first, until), **more
        )

    return version


def inspection(day, published="", code="E1", **cells):
    periods = (Period(date.fromisoformat(day), date.fromisoformat(day)),) if day else ()
    report = date.fromisoformat(published) if published else None
    return Record(Authority(code, "Leeds"), cells, Inspection(periods, report))


def found(frameworks, record):
    resolved = resolve(frameworks, record)
    return resolved.framework.version if resolved.framework else None, resolved.how


# Resolution


def test_one_version_that_surely_governs_the_day_is_the_one_whatever_is_judged(make):
    versions = [make("one", "2020-01-01", "2020-12-31"), make("two", "2021-01-01")]
    assert found(versions, inspection("2020-12-31", feet="fine")) == ("one", Resolution.BY_DAY)
    assert found(versions, inspection("2021-01-01")) == ("two", Resolution.BY_DAY)


def test_the_first_day_on_site_decides_and_not_the_last_or_the_report(make):
    versions = [make("one", "2020-01-01", "2020-12-31"), make("two", "2021-01-01")]
    record = inspection("2020-12-30", "2021-02-01")
    later = replace(record.inspection, periods=(*record.inspection.periods, Period(date(2021, 1, 4), date(2021, 1, 8))))
    assert found(versions, replace(record, inspection=later)) == ("one", Resolution.BY_DAY)


def test_of_versions_without_a_last_day_the_one_that_began_last_governs(make):
    versions = [replace(make("one", "2020-01-01", "2020-12-31"), ends=None), make("two", "2021-01-01")]
    assert found(versions, inspection("2021-06-01")) == ("two", Resolution.BY_DAY)


def test_without_days_on_site_nothing_is_resolved_though_the_report_has_a_date(make):
    resolved = resolve([make("one", "2020-01-01")], inspection("", "2021-01-01"))
    assert (resolved.framework, resolved.how, resolved.why) == (None, Resolution.NOT_RESOLVED, "no days on site")


@pytest.mark.parametrize(
    "day, why",
    [("2019-12-31", "before the first version, one"), ("2020-07-01", "no version governs that day")],
)
def test_a_day_that_no_version_governs_says_whether_it_is_before_all_of_them(make, day, why):
    versions = [make("one", "2020-01-01", "2020-06-30"), make("two", "2021-01-01")]
    resolved = resolve(versions, inspection(day))
    assert (resolved.how, resolved.why) == (Resolution.NOT_RESOLVED, why)


@pytest.fixture
def month(make):
    """One version until some day of January 2021, when the other began, which judges feet and no hands."""
    return [make("one", "2020-01-01", "2021-01"), make("two", "2021-01", vocabulary=FEET)]


@pytest.mark.parametrize(
    "cells, version",
    [
        ({"heads": "fine", "hands": "fair"}, "one"),
        ({"heads": "fine", "feet": "fair"}, "two"),
        ({"heads": "fine", "feet": "fair", "hands": ""}, "two"),
        ({"heads": "fine", "feet": Unknown.NOT_JUDGED_SEPARATELY}, "one"),
        ({"heads": "fine", "hands": Unknown.NOT_APPLICABLE}, "two"),
        ({"heads": "fine"}, None),
        ({"heads": "fine", "hands": Unknown.NOT_KNOWN}, None),
        ({"heads": "fine", "hands": Unknown.UNREADABLE}, None),
        ({"heads": "fine", "hands": "fair", "feet": "fair"}, None),
    ],
)
def test_in_a_month_whose_day_is_not_known_the_judgements_decide_where_they_can(month, cells, version):
    how = Resolution.BY_JUDGEMENTS if version else Resolution.NOT_RESOLVED
    assert found(month, inspection("2021-01-15", **cells)) == (version, how)


@pytest.mark.parametrize(
    "cells, why",
    [
        ({"heads": "fine"}, "one or two, by a day not known; its judgements fit each of them"),
        ({"hands": "fair", "feet": "fair"}, "one or two, by a day not known; its judgements fit none of them"),
    ],
)
def test_what_the_judgements_leave_open_names_the_versions(month, cells, why):
    assert resolve(month, inspection("2021-01-15", **cells)).why == why


def test_outside_that_month_the_day_decides(month):
    assert found(month, inspection("2020-12-31", feet="fine")) == ("one", Resolution.BY_DAY)
    assert found(month, inspection("2021-02-01", hands="fine")) == ("two", Resolution.BY_DAY)


def test_a_fact_that_a_version_knows_and_does_not_judge_may_be_said_not_to_be_judged(make):
    both = FEET.replace("  feet:", FACTS.split("\n")[3] + "\n  feet:").replace("members: [heads", "members: [heads")
    versions = [make("one", "2020-01-01", "2021-01"), make("two", "2021-01", vocabulary=both)]
    record = inspection("2021-01-15", heads="fine", feet="fair", hands=Unknown.NOT_APPLICABLE)
    assert "hands" in versions[1].vocabulary.facts
    assert found(versions, record) == ("two", Resolution.BY_JUDGEMENTS)


def test_a_version_that_surely_governs_is_contested_by_one_that_perhaps_began(make):
    versions = [make("one", "2020-01-01", "2021-01-20"), make("two", "2021-01", vocabulary=FEET)]
    assert found(versions, inspection("2021-01-15", hands="fair")) == ("one", Resolution.BY_JUDGEMENTS)
    assert found(versions, inspection("2021-01-15", heads="fair")) == (None, Resolution.NOT_RESOLVED)


# Days for which a version is only assumed


@pytest.mark.parametrize(
    "day, assumed", [("2020-05-31", False), ("2020-06-01", True), ("2020-06-30", True), ("2020-07-01", True), ("2020-08-01", False)]
)  # fmt: skip
def test_days_for_which_a_version_is_assumed_count_apart_and_perhaps_such_a_day_too(make, day, assumed):
    stretch = AssumedFor(some_day("2020-06"), some_day("2020-07-31"), "A text has not been read.")
    version = replace(make("one", "2020-01-01"), assumed_for=(stretch,))
    inspected = inspect([version], [inspection(day)])
    assert (inspected.checked[0].resolved.assumed is stretch) is assumed
    assert [(each.assumed, len(each.inspections)) for each in inspected.governed] == [(int(assumed), 1)]


# Constraints


@pytest.fixture
def constrained(make):
    """Heads are never better than hands, and heads are usually fine."""
    said = constraint("K-1", "heads is at most hands") + constraint("K-2", "heads is fine", force="usual")
    return make("one", "2020-01-01", constraints=said)


@pytest.mark.parametrize(
    "heads, hands, standing, broken",
    [
        ("fine", "fine", Standing.ADMISSIBLE, []),
        ("fair", "fine", Standing.FLAGGED, ["K-2"]),
        ("fine", "fair", Standing.INADMISSIBLE, ["K-1"]),
        ("fair", "poor", Standing.INADMISSIBLE, ["K-1", "K-2"]),
        ("fine", "", Standing.ADMISSIBLE, []),
    ],
)
def test_an_inspection_stands_to_the_constraints_of_its_version(constrained, heads, hands, standing, broken):
    (checked,) = inspect([constrained], [inspection("2020-05-01", heads=heads, hands=hands)]).checked
    assert checked.standing is standing
    assert [each.id for each in checked.broken] == broken


def test_what_no_completion_allows_is_inadmissible_though_no_constraint_alone_is_broken(make):
    said = constraint("K-1", "heads is fine or hands is fine") + constraint("K-2", "heads is poor or hands is poor")
    said += constraint("K-3", "hands is fair or hands is poor")
    version = make("one", "2020-01-01", constraints=said)
    (checked,) = inspect([version], [inspection("2020-05-01", heads="poor")]).checked
    assert (checked.standing, checked.broken) == (Standing.INADMISSIBLE, ())


def test_only_the_version_that_governs_is_asked(make, constrained):
    earlier = make("none", "2019-01-01", "2019-12-31")
    records = [
        inspection("2019-05-01", heads="fine", hands="poor"),
        inspection("2020-05-01", heads="fine", hands="poor"),
    ]
    inspected = inspect([earlier, constrained], records)
    assert [each.standing for each in inspected.checked] == [Standing.ADMISSIBLE, Standing.INADMISSIBLE]
    assert [each.resolved.record for each in inspected.inadmissible] == records[1:]


def test_every_inspection_is_counted_once(make, constrained):
    records = [inspection(day, heads="fine", hands="fine") for day in ("", "2018-01-01", "2020-01-01", "2021-01-01")]
    inspected = inspect([constrained], records)
    assert len(inspected.checked) == 4
    assert [len(each.inspections) for each in inspected.governed] == [2]
    assert [each.why for each in inspected.not_resolved] == ["no days on site", "before the first version, one"]


def test_a_cell_that_cannot_be_used_is_told_and_counts_as_unreadable(constrained):
    inspected = inspect([constrained], [inspection("2020-05-01", heads="splendid", hands="poor")])
    (unusable,) = inspected.unusable
    assert [each.fact for each in unusable.cells] == ["heads"]
    assert inspected.checked[0].standing is Standing.ADMISSIBLE


# Versions asked of every inspection


def test_inspections_are_counted_by_the_rules_that_apply(make):
    rules = (FINE, rule("hands", "hands is fine", "call"), rule("poor", "heads is poor", "visit"))
    version = make("one", "2020-01-01", rules=rules)
    grades = [("fine", "fine"), ("fine", "poor"), ("fair", "poor"), ("fine", ""), ("fine", "fine")]
    asked = under([version], [inspection("", heads=heads, hands=hands) for heads, hands in grades])
    by_rules = asked.versions[0].by_rules(version.decisions["follow_up"])
    assert {names: len(found) for names, found in by_rules.items()} == {
        ("fine",): 1, ("hands",): 0, ("poor",): 0, ("fine", "hands"): 2, (): 1, None: 1
    }  # fmt: skip
    assert list(by_rules) == [("fine",), ("hands",), ("poor",), ("fine", "hands"), (), None]


def test_the_answers_of_two_versions_are_the_same_or_different_or_cannot_be_compared(make):
    one = make("one", "2020-01-01", "2020-12-31", rules=(FINE, BAD))
    two = make("two", "2021-01-01", rules=(FINE, rule("bad", "heads is poor or hands is poor", "visit")))
    grades = [("fine", "fine"), ("poor", "fine"), ("fair", "fine"), ("", "fine"), ("poor", "")]
    records = [inspection("", code=str(number), heads=each, hands=other) for number, (each, other) in enumerate(grades)]
    (compared,) = under([one, two], records).compared
    assert {accord: [each.authority.code for each in found] for accord, found in compared.inspections.items()} == {
        Accord.SAME: ["0", "1", "4"], Accord.SAME_WHATEVER: [], Accord.DIFFERENT: ["2"], Accord.NOT_COMPARABLE: ["3"]
    }  # fmt: skip


def test_the_same_answer_though_a_rule_is_unknown_is_told_apart(make):
    one = make("one", "2020-01-01", "2020-12-31", rules=(FINE, BAD))
    rules = (FINE, rule("poor", "heads is poor or hands is poor", "visit"), BAD)
    two = make("two", "2021-01-01", rules=rules)
    (compared,) = under([one, two], [inspection("", heads="fair")]).compared
    assert {accord: len(found) for accord, found in compared.inspections.items() if found} == {Accord.SAME_WHATEVER: 1}


def test_outcomes_that_follow_together_are_the_same_in_another_order(tmp_path):
    rules = (FINE, rule("hands", "hands is fine", "call"))
    turned = decision(*rules, resolve="every").replace(
        "visit: {title: A visit}, call: {title: A call}, letter: {title: A letter}",
        "letter: {title: A letter}, call: {title: A call}, visit: {title: A visit}",
    )
    one = small_framework(tmp_path, "one", decision(*rules, resolve="every"))
    (compared,) = under(
        [one, small_framework(tmp_path, "two", turned)], [inspection("", heads="fine", hands="fine")]
    ).compared
    assert len(compared.inspections[Accord.SAME]) == 1


def test_a_decision_that_only_one_version_takes_is_not_compared(make, tmp_path):
    other = small_framework(tmp_path, "other", decision(FINE, name="other"))
    assert under([make("one", "2020-01-01"), other], [inspection("", heads="fine")]).compared == ()
