"""Many records counted against the same records compared one by one, and against every completion tried by hand."""

from collections import Counter
from itertools import product
from random import Random

import pyarrow as pa
import pytest

import greenpaper as gp
from agreement.brute import Brute
from agreement.pairs import ONE_CHANGE, seeded_pair
from agreement.strategies import a_record, one
from agreement.test_mappings import GRADED, mapped_versions
from agreement.versions import framework_of
from comparison.completions import pairs_by_hand
from comparison.small import FACTS, decision, rule, small_framework
from comparison.test_pairs import two_versions
from greenpaper.comparison import many_decisions as many
from greenpaper.comparison.compare import Movement, compare
from greenpaper.comparison.many import Where, compare_many
from greenpaper.framework.catalogue import Catalogue
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.population.classes import UnlikeFacts
from greenpaper.population.unusable import UnusableFrame
from greenpaper.records.record import Authority, Record
from greenpaper.source.shipped import shipped
from population.frames import KINDS, arrow, columns_of

GROUPS = ("north", "south", None)
SHIPPED = (["2025", "2026"], ["2018", "2025", "2026"], ["2026", "2022-care-leavers", "2018-09"], ["2025", "2027-draft"])


def written(cell):
    return None if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def in_words(rows, names, groups=None):
    """A table of texts, with a column of groups where they are given."""
    more = {"area": groups} if groups else {}
    return pa.table({name: pa.array([written(each.get(name)) for each in rows], pa.string()) for name in names} | more)


def one_by_one(frameworks, rows, **more):
    return compare(frameworks, [Record(Authority(f"A{n}", f"A{n}"), row) for n, row in enumerate(rows)], **more)


def must_be_the_same(decisions, counted):
    """What `compare` says of some records, and what is said of their counts."""
    for expected, found in zip(decisions, counted, strict=True):
        assert (found.id, found.question, found.totals) == (expected.id, expected.question, expected.totals)
        for moves, others in zip(expected.moves, found.moves, strict=True):
            assert others.not_comparable == moves.not_comparable
            if not moves.not_comparable:
                certain, possible = len(moves.certain()), len(moves.possible())
                assert others.counts() == {
                    Movement.CERTAIN: certain,
                    Movement.POSSIBLE: possible,
                    Movement.NONE: sum(each.count for each in others.transitions) - certain - possible,
                }
                moved = Counter((each.before.possible, each.after.possible, each.movement) for each in moves.moves)
                assert (
                    added(others.movers, lambda each: (each.before.possible, each.after.possible, each.movement))
                    == moved
                )
                pairs = Counter(each.pairs for each in moves.moves)
                assert added(others.movers, lambda each: each.pairs) == pairs


def added(movers, key):
    sums = Counter()
    for each in movers:
        sums[key(each)] += each.count
    return sums


def check_groups(frameworks, rows, groups, found, **more):
    """Each group by itself, and all of them."""
    must_be_the_same(one_by_one(frameworks, rows, **more).decisions, found.whole.decisions)
    assert [part.group for part in found.groups] == [each for each in GROUPS if each in groups]
    for part in found.groups:
        chosen = [row for row, group in zip(rows, groups, strict=True) if group == part.group]
        assert part.rows == len(chosen)
        must_be_the_same(one_by_one(frameworks, chosen, **more).decisions, part.decisions)


# Against `compare`


@pytest.mark.parametrize("versions", SHIPPED, ids=" ".join)
def test_the_authorities_counted_are_the_authorities_compared(versions):
    frameworks, known = [gp.load(each) for each in versions], Catalogue(shipped("policies")).all_facts
    records = gp.load_records().current
    facts = dict.fromkeys(name for each in frameworks for name in each.vocabulary.facts)
    regions = [each.authority.region for each in records]
    table = in_words([each.cells for each in records], facts).append_column("region", pa.array(regions))
    found = compare_many(table, frameworks, by="region", elsewhere=known)
    assert found.whole.rows == sum(part.rows for part in found.groups) == 153
    must_be_the_same(compare(frameworks, records, elsewhere=known).decisions, found.whole.decisions)
    assert [part.group for part in found.groups] == sorted(set(regions))
    for part in found.groups:
        chosen = [each for each in records if each.authority.region == part.group]
        must_be_the_same(compare(frameworks, chosen, elsewhere=known).decisions, part.decisions)


def some_and_many(some: int, many: int) -> pytest.MarkDecorator:
    """So many seeds in every run, and more in the exhaustive one."""
    return pytest.mark.parametrize(
        "seeds", [range(some), pytest.param(range(some, many), marks=pytest.mark.exhaustive)], ids=["some", "many"]
    )


@some_and_many(20, 120)
@pytest.mark.parametrize("typed", [False, True], ids=["words", "typed"])
def test_random_versions_over_random_records(typed, seeds):
    seen = Counter()
    for seed in seeds:
        draw = Random(seed).randint
        before, after = two_versions(draw)
        frameworks = [framework_of(before), framework_of(after)]
        rows = [a_record(draw, before, complete=n % 5 == 0) for n in range(40)]
        groups = [one(draw, GROUPS) for _ in rows]
        if typed:
            table = arrow(columns_of(rows, tuple(before.facts))).append_column("area", pa.array(groups, pa.string()))
        else:
            table = in_words(rows, before.facts, groups)
        found = compare_many(table, frameworks, by="area")
        check_groups(frameworks, rows, groups, found)
        for each in found.whole.decisions:
            seen.update({kind: count > 0 for kind, count in each.moves[0].counts().items()})
    assert min(seen.values()) > len(seeds) // 2, seen


@some_and_many(12, 80)
def test_random_changes_of_random_versions(seeds):
    for seed in seeds:
        before, _, *frameworks = seeded_pair(seed, ONE_CHANGE)
        draw = Random(seed).randint
        rows = [a_record(draw, before) for _ in range(30)]
        groups = [one(draw, GROUPS) for _ in rows]
        known = {fact for each in frameworks for fact in each.vocabulary.facts}
        names = [fact for fact in before.facts if fact in known]
        rows = [{name: cell for name, cell in row.items() if name in names} for row in rows]
        check_groups(frameworks, rows, groups, compare_many(in_words(rows, names, groups), frameworks, by="area"))


@pytest.mark.parametrize("gaps", [False, True], ids=["mapped", "with gaps"])
def test_versions_whose_grades_are_of_different_scales(gaps):
    seen = Counter()
    for seed in range(40):
        before, after, *frameworks, _ = mapped_versions(seed, gaps=gaps)
        draw = Random(seed).randint
        words = (*before.facts["heads"].words, *after.facts["heads"].words, None)
        rows = [
            {**{name: one(draw, words) for name in GRADED}, "open": one(draw, (True, False, None))} for _ in range(40)
        ]
        groups = [one(draw, GROUPS) for _ in rows]
        found = compare_many(in_words(rows, (*GRADED, "open"), groups), frameworks, by="area")
        check_groups(frameworks, rows, groups, found)
        (moves,) = found.whole.decisions[0].moves
        seen["not comparable"] += bool(moves.not_comparable)
        seen.update({kind: count > 0 for kind, count in moves.counts().items()})
    assert bool(seen["not comparable"]) is gaps
    assert gaps or min(seen[kind] for kind in Movement) > 5, seen


@pytest.mark.exhaustive
def test_movement_is_that_of_every_completion():
    for seed in range(40):
        draw = Random(seed).randint
        before, after = two_versions(draw)
        rows = [a_record(draw, before) for _ in range(8)]
        frameworks, sides = [framework_of(before), framework_of(after)], [Brute(before), Brute(after)]
        found = compare_many(in_words(rows, before.facts), frameworks)
        for each in found.whole.decisions:
            expected = Counter(_movement_by_hand(sides, each.id, row) for row in rows)
            assert each.moves[0].counts() == {kind: expected[kind] for kind in Movement}


def _movement_by_hand(sides, name, row):
    pairs = pairs_by_hand(*sides, name, row, row) or set(
        product(*({_said(each, name) for each in side.counted_completions(row)[0]} for side in sides))
    )
    differing = sum((one[0], sorted(one[1])) != (other[0], sorted(other[1])) for one, other in pairs)
    return Movement.NONE if not differing else Movement.CERTAIN if differing == len(pairs) else Movement.POSSIBLE


def _said(completion, name):
    return completion.says[name].status, completion.says[name].outcomes


# What is told


STRICT, MILD = "heads is fine", "heads is at least fair"


@pytest.fixture
def visiting(tmp_path):
    """A version in which a visit follows where something holds."""

    def made(when, version, name="follow_up", **more):
        return small_framework(tmp_path, version, decision(rule("visit", when, "visit"), name=name), **more)

    return made


@pytest.fixture
def versions(visiting):
    return [visiting(STRICT, "one"), visiting(MILD, "two")]


def heads(*words, **more):
    return pa.table({"heads": pa.array(words, pa.string()), **more})


def test_situations_that_move_come_with_counts_the_most_frequent_first(versions):
    table = heads("poor", "fair", "fair", None, "fine", "not known")
    (moves,) = compare_many(table, versions).whole.decisions[0].moves
    assert [(each.situation, each.movement, each.count) for each in moves.movers] == [
        ((("heads", "fair"),), Movement.CERTAIN, 2),
        ((("heads", None),), Movement.POSSIBLE, 2),
    ]
    assert [(each.count, each.certain, each.possible) for each in moves.transitions] == [
        (1, 0, 0), (2, 0, 2), (2, 2, 0), (1, 0, 0)
    ]  # fmt: skip


def test_one_version_alone_has_totals_and_no_moves(versions):
    found = compare_many(heads("poor", "fine"), versions[:1])
    (only,) = found.whole.decisions
    assert (only.moves, [total.counts for total in only.totals if any(total.counts)]) == ((), [(1,), (1,)])


def test_a_decision_that_one_version_lacks_is_not_compared(visiting):
    found = compare_many(heads("poor", "fine"), [visiting(STRICT, "one"), visiting(STRICT, "two", "other")])
    assert all("has no decision" in each.moves[0].not_comparable for each in found.whole.decisions)
    assert [each.totals[0].counts for each in found.whole.decisions] == [(1, None), (None, 1)]


def test_no_records_are_no_error(versions):
    found = compare_many(heads(), versions, by="heads")
    assert (found.whole.rows, found.situations, found.groups) == (0, 0, ())
    assert found.whole.decisions[0].totals[0].counts == (0, 0)


def test_facts_that_are_not_known_are_counted(versions):
    assert compare_many(heads("poor", None, "not known"), versions).unknown == {"heads": 2}


def test_a_second_call_on_the_same_situations_asks_nothing_twice(versions, monkeypatch):
    asked = []
    real = many.possible_pairs
    monkeypatch.setattr(many, "possible_pairs", lambda *given: asked.append(given) or real(*given))
    for _ in range(3):
        compare_many(heads(None, None, "fair"), versions)
    assert len(asked) == 1


# Streams


def test_a_stream_is_counted_like_one_table_however_it_is_cut(versions):
    table = heads(*["poor", "fair", None, "fine", "fair"] * 20, area=["b", "a", None, "b", "b"] * 20)
    expected = compare_many(table, versions, by="area")
    for size in (1, 3, 7, 1000):
        batches = table.to_batches(max_chunksize=size)
        for stream in (batches, iter(batches), pa.RecordBatchReader.from_batches(table.schema, batches)):
            assert compare_many(stream, versions, by="area") == expected
    assert compare_many([table.slice(0, 30).to_pandas(), table.slice(30)], versions, by="area") == expected


@pytest.mark.parametrize("kind", [each for each in KINDS if "pyspark" not in each.lower()])
def test_a_frame_of_any_kind_is_counted(kind):
    before, _, *frameworks = seeded_pair(3, ONE_CHANGE)
    draw = Random(3).randint
    rows = [a_record(draw, before, complete=n < 9) for n in range(40)]
    known = {fact for each in frameworks for fact in each.vocabulary.facts}
    names = [fact for fact in before.facts if fact in known]
    found = compare_many(KINDS[kind](columns_of(rows, names)), frameworks)
    must_be_the_same(
        one_by_one(frameworks, [{name: row.get(name) for name in names} for row in rows]).decisions,
        found.whole.decisions,
    )


def test_cells_that_cannot_be_used_have_their_rows_in_the_whole_stream(versions):
    stream = [heads("poor", "fyne"), heads(), heads("fair", "poor", "x")]
    with pytest.raises(UnusableFrame) as found:
        compare_many(stream, versions)
    assert [(each.row, each.column, each.given) for each in found.value.cells] == [
        (2, "heads", "fyne"),
        (5, "heads", "x"),
    ]
    kept = compare_many(stream, versions, on_bad="unknown")
    assert (kept.bad_count, [each.row for each in kept.bad], kept.unknown) == (2, [2, 5], {"heads": 2})


def test_columns_that_no_version_knows_are_told_once(versions):
    stream = [heads("poor", haeds=[1]), heads("poor", haeds=[2], note=["x"])]
    with pytest.raises(UnusableFrame) as found:
        compare_many(stream, versions)
    assert [(each.row, each.column) for each in found.value.cells] == [(None, "haeds")]
    with pytest.raises(UnusableFrame):
        compare_many(heads("poor", weight=[1]), versions)
    assert compare_many(heads("poor", weight=[1]), versions, beside=["weight"]).whole.rows == 1
    assert compare_many(heads("poor", weight=[1]), versions, by="weight").groups[0].group == "1"


def test_what_is_no_frame_is_refused(versions):
    for given in (3, "records.csv", {"heads": ["poor"]}, [3]):
        with pytest.raises(TypeError):
            compare_many(given, versions)
    with pytest.raises(ValueError, match="no column `area` to group by"):
        compare_many(heads("poor"), versions, by="area")
    with pytest.raises(ValueError, match="no way with bad cells"):
        compare_many(heads("poor"), versions, on_bad="drop")
    with pytest.raises(ValueError, match="name a version"):
        compare_many(heads("poor"), [])


def test_versions_that_count_months_from_other_dates_are_not_compared(visiting):
    def months(since):
        facts = "  seen: {type: date, title: Seen, confidence: stated}\n  met: {type: date, title: Met, confidence: stated}\n"
        facts += f"  months: {{type: whole number, unit: months, title: Months, confidence: stated, since: {since}}}\n"
        return FACTS.replace("groups:", f"{facts}groups:")

    versions = [
        visiting("months is at least 3", name, vocabulary=months(day)) for name, day in (("a", "seen"), ("b", "met"))
    ]
    with pytest.raises(UnlikeFacts, match="counted from another date"):
        compare_many(heads("poor"), versions)


# Selections


def test_a_condition_chooses_the_situations_in_which_it_is_true(versions):
    parsed, _ = parse_condition("heads is at least fair and hands is fine")
    term, problems = check_condition(parsed, versions[0].vocabulary, selecting=True)
    assert not problems
    table = heads("fair", "fair", "fine", "poor", None, hands=["fine", "poor", "fine", "fine", "fine"])
    found = compare_many(table, versions, where=Where(term, versions[0].vocabulary))
    assert (found.whole.rows, found.whole.decisions[0].moves[0].counts()[Movement.CERTAIN]) == (2, 1)


def test_a_batch_with_two_columns_of_one_name_is_refused_like_a_frame():
    frameworks = [gp.load("2025"), gp.load("2026")]
    twice = pa.record_batch([pa.array(["good"]), pa.array(["inadequate"])], ["leaders", "leaders"])
    for each in (twice, [twice], pa.RecordBatchReader.from_batches(twice.schema, [twice])):
        with pytest.raises(ValueError, match="several columns of one name: `leaders`"):
            compare_many(each, frameworks)
