"""Gaps, overlaps and rules that never apply, counted against every situation tried by hand."""

from collections import Counter
from itertools import combinations

import pytest

from agreement.strategies import in_every_version
from agreement.versions import framework_of
from analysis.by_hand import ByHand
from comparison.small import FACTS, constraint, decision, rule, small_framework, write_version
from greenpaper.analysis.counting import in_words, witness_in_words
from greenpaper.analysis.coverage import cover
from greenpaper.analysis.findings import findings_of
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Status
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import compiled


@pytest.mark.exhaustive
def test_every_count_is_that_of_the_situations_tried_by_hand():
    seen: Counter[str] = Counter()

    def check(version, _):
        framework = framework_of(version)
        for coverage in cover(framework):
            hand = ByHand(version, framework, coverage.decision.id)
            assert coverage.facts == tuple(hand.facts)
            assert coverage.situations == len(hand.situations)
            assert coverage.without_rule == hand.count(hand.no_rule)
            assert coverage.left_open == hand.count(hand.open)
            assert coverage.undeclared == hand.count(hand.no_rule, hand.not_open)
            covered = (hand.count(each, hand.some_rule) for each in hand.left_open)
            needless = {each.entry: each.situations for each in coverage.needless}
            assert needless == {number: count for number, count in enumerate(covered) if count}
            for each in coverage.needless:
                witnesses(hand, each.witness, hand.left_open[each.entry], hand.some_rule)
            assert [each.id for each in coverage.never] == [
                name for name in hand.rules if not hand.count(hand.rules[name])
            ]
            pairs = {
                (one, other): hand.count(hand.rules[one], hand.rules[other])
                for one, other in combinations(hand.rules, 2)
            }
            found = {(each.first.id, each.second.id): each.situations for each in coverage.overlaps}
            assert found == {names: count for names, count in pairs.items() if count}
            for each in coverage.overlaps:
                assert each.agree is (each.first.outcome.id == each.second.outcome.id)
                seen["agree" if each.agree else "disagree"] += 1
                witnesses(hand, each.witness, hand.rules[each.first.id], hand.rules[each.second.id])
            if coverage.gap_witness is not None:
                seen["gap witness"] += 1
                seen["facts left out"] += len(coverage.gap_witness) < len(coverage.facts)
                declared = (hand.not_open,) if coverage.undeclared else ()
                witnesses(hand, coverage.gap_witness, hand.no_rule, *declared)
                replayed(framework, coverage)
            seen["gap"] += bool(coverage.without_rule)
            seen["undeclared"] += bool(coverage.undeclared)
            seen["needless"] += bool(coverage.needless)
            seen["never"] += bool(coverage.never)
            seen["excluded"] += len(hand.situations) < full_size(framework, hand.facts)
            assert (coverage.gap_witness is None) is (coverage.without_rule == 0)

    in_every_version(check, seeds=80)
    assert set(seen) == {
        "agree", "disagree", "gap witness", "facts left out", "gap", "undeclared", "needless", "never", "excluded"
    }  # fmt: skip
    assert min(seen.values()) >= 5, seen


def witnesses(hand, witness, *tests):
    """All situations that the witness describes, of which there is one, are of the kind that was counted."""
    cells = hand.cells_of(witness)
    described = [
        at for at in hand.situations if all(at[hand.facts.index(fact)] == cell for fact, cell in cells.items())
    ]
    assert described
    for at in described:
        record = dict(hand.situations[at].values)
        assert all(test(record) for test in tests)


def replayed(framework, coverage):
    """The evaluation of the witness alone says what the finding says, as far as it is complete."""
    verdict = evaluate_facts(framework, Facts(coverage.gap_witness, {})).decisions[coverage.decision.id]
    possible = {each.status for each in verdict.possible}
    assert Status.NO_RULE in possible
    if len(coverage.gap_witness) == len(coverage.facts):
        assert possible == {Status.NO_RULE}


def full_size(framework, facts):
    return compiled(framework).space.size(facts)


# Particular versions

FINE = rule("fine", "heads is fine", "letter")
FAIR = rule("fair", "heads is at least fair", "visit")
POOR = rule("poor", "heads is poor", "call")


def findings(tmp_path, *rules, **written):
    """Every finding but those of names that the small vocabulary has and the rules do not use, and the coverage."""
    more = {key: written.pop(key) for key in ("resolve", "more") if key in written}
    framework = small_framework(tmp_path, "one", decision(*rules, **more), **written)
    found = {each.diagnostic.code: each.diagnostic for each in findings_of(framework)}
    return {code: each for code, each in found.items() if code != "never-used"}, cover(framework)[0]


def left_open(when):
    return f"left_open: [{{when: {when}, note: The paper is silent., confidence: derived}}]\n"


def test_a_gap_that_nobody_declared_is_a_warning_with_its_count_and_an_example(tmp_path):
    found, coverage = findings(tmp_path, FINE)
    assert list(found) == ["nothing-applies"]
    assert found["nothing-applies"].message == "2 of 3 sets of grades have no answer to: What follows?"
    assert found["nothing-applies"].notes == ("for example: heads fair",)
    assert (coverage.undeclared, coverage.left_open) == (2, 0)


def test_a_gap_that_is_declared_exactly_is_a_note(tmp_path):
    found, coverage = findings(tmp_path, FINE, more=left_open("heads is at most fair"))
    assert list(found) == ["left-open-exact"]
    assert found["left-open-exact"].message == "2 of 3 sets of grades have no rule, exactly those under `left_open`"
    assert found["left-open-exact"].notes == ("The paper is silent.",)
    assert (coverage.undeclared, coverage.needless, coverage.left_open) == (0, (), 2)


def test_a_declaration_that_is_too_wide_is_a_warning(tmp_path):
    found, coverage = findings(tmp_path, FAIR, more=left_open("heads is at most fair"))
    assert list(found) == ["left-open-covered"]
    assert (
        found["left-open-covered"].message
        == "1 of 3 sets of grades are said to be left open, but a rule applies to them"
    )
    assert found["left-open-covered"].notes == ("for example: heads fair", "covered by: `fair`")
    (needless,) = coverage.needless
    assert (needless.entry, needless.situations, [each.id for each in needless.rules]) == (0, 1, ["fair"])
    assert (coverage.undeclared, coverage.left_open) == (0, 2)


def test_a_declaration_that_is_too_narrow_leaves_the_rest_a_warning_whose_example_is_not_declared(tmp_path):
    found, coverage = findings(tmp_path, FINE, more=left_open("heads is fair"))
    assert list(found) == ["nothing-applies"]
    assert found["nothing-applies"].message.startswith("1 of 3 ")
    assert found["nothing-applies"].notes == ("for example: heads poor",)
    assert (coverage.undeclared, coverage.needless, coverage.left_open) == (1, (), 1)


def test_a_declaration_that_misses_the_gap_is_both_too_narrow_and_too_wide(tmp_path):
    found, coverage = findings(tmp_path, FAIR, more=left_open("heads is fine"))
    assert set(found) == {"nothing-applies", "left-open-covered"}
    assert (coverage.undeclared, [(each.entry, each.situations) for each in coverage.needless]) == (1, [(0, 1)])


def test_the_entry_that_is_too_wide_is_the_one_that_is_pointed_at(tmp_path):
    entry = "  - {when: WHEN, note: The paper is silent., confidence: derived}\n"
    more = "left_open:\n" + entry.replace("WHEN", "heads is poor") + entry.replace("WHEN", "heads is fair")
    found, coverage = findings(tmp_path, FAIR, more=more)
    assert [(each.entry, each.situations) for each in coverage.needless] == [(1, 1)]
    assert found["left-open-covered"].span.text == "heads is fair"


def test_an_example_names_only_the_facts_that_matter(tmp_path):
    also = rule("also", "heads is fair and hands is at least fair", "letter")
    found, _ = findings(tmp_path, FINE, also, rule("all", "hands is poor and heads is fair", "visit"))
    assert found["nothing-applies"].notes == ("for example: heads poor",)


def test_rules_that_cover_everything_without_overlap_have_no_findings(tmp_path):
    found, coverage = findings(tmp_path, POOR, FAIR)
    assert found == {}
    assert (coverage.situations, coverage.without_rule, coverage.overlaps, coverage.gap_witness) == (3, 0, (), None)


def test_an_overlap_settled_by_order_is_a_warning_until_the_order_is_explained(tmp_path):
    found, _ = findings(tmp_path / "a", FINE, FAIR, POOR)
    assert str(found["settled-by-order"].severity) == "warning"
    assert found["settled-by-order"].message == "1 of 3 sets of grades meet both `fine` and `fair`"
    said = "precedence: {confidence: assumed, note: The better grade first., source: {document: paper}}\n"
    found, _ = findings(tmp_path / "b", FINE, FAIR, POOR, more=said)
    assert str(found["settled-by-order"].severity) == "note"
    assert found["settled-by-order"].notes == ("for example: heads fine", "assumed: The better grade first.")


def test_rules_that_overlap_and_agree_are_a_note(tmp_path):
    also = rule("also", "heads is at least fair and hands is fine", "letter")
    open_point = left_open("heads is fair and hands is not fine")
    for resolve in ("first", "agree", "every"):
        found, coverage = findings(tmp_path / resolve, FINE, also, POOR, resolve=resolve, more=open_point)
        assert set(found) == {"rules-agree", "left-open-exact"}
        said = "1 of 9 sets of grades meet both `fine` and `also`, which agree on `letter`"
        assert found["rules-agree"].message == said
        assert str(found["rules-agree"].severity) == "note"
        assert [(each.situations, each.agree) for each in coverage.overlaps] == [(1, True)]


@pytest.mark.parametrize("resolve", ["agree", "only one"])
def test_rules_that_disagree_where_the_decision_forbids_it_are_an_error(tmp_path, resolve):
    found, _ = findings(tmp_path, FINE, FAIR, POOR, resolve=resolve)
    assert str(found["rules-conflict"].severity) == "error"
    assert found["rules-conflict"].help.startswith(f"`resolve: {resolve}` allows no such situation")


def test_only_one_forbids_even_rules_that_agree(tmp_path):
    also = rule("also", "heads is at least fair and hands is fine", "visit")
    found, _ = findings(tmp_path, FAIR, also, POOR, resolve="only one")
    assert "rules-conflict" in found


def test_where_every_rule_counts_an_overlap_is_no_finding(tmp_path):
    found, coverage = findings(tmp_path, FINE, FAIR, POOR, resolve="every")
    assert found == {}
    assert len(coverage.overlaps) == 1


def test_a_rule_that_the_constraints_exclude_never_applies(tmp_path):
    found, coverage = findings(tmp_path, FAIR, POOR, constraints=constraint("K-1", "heads is not poor"))
    assert list(found) == ["never-applies", "always-holds"]
    assert found["never-applies"].message == "the condition of `poor` can never be met"
    assert coverage.situations == 2


def test_facts_that_a_constraint_ties_to_those_of_the_rules_are_counted(tmp_path):
    _, free = findings(tmp_path / "a", FAIR, POOR)
    _, tied = findings(tmp_path / "b", FAIR, POOR, constraints=constraint("K-1", "hands is at most heads"))
    assert (free.facts, free.situations) == (("heads",), 3)
    assert (tied.facts, tied.situations) == (("heads", "hands"), 6)


def test_facts_are_tied_through_any_number_of_constraints(tmp_path):
    vocabulary = FACTS.replace(
        "groups:", "  feet: {type: grade, scale: quality, title: The feet, confidence: stated}\ngroups:"
    )
    constraints = constraint("K-1", "feet is at most hands") + constraint("K-2", "hands is at most heads")
    _, tied = findings(tmp_path, FAIR, POOR, vocabulary=vocabulary, constraints=constraints)
    assert (tied.facts, tied.situations) == (("heads", "hands", "feet"), 10)


def test_constraints_that_exclude_everything_elsewhere_do_not_hide_a_gap(tmp_path):
    """No situation at all can occur, which the evaluation of the witness and a finding of its own say as well."""
    nothing = constraint("K-1", "hands is fine") + constraint("K-2", "hands is poor")
    found, coverage = findings(tmp_path, FINE, constraints=nothing)
    assert (coverage.facts, coverage.situations, coverage.without_rule) == (("heads",), 3, 2)
    assert list(found) == ["nothing-applies", "nothing-admissible"]


def test_a_constraint_that_usually_holds_excludes_and_ties_nothing(tmp_path):
    _, coverage = findings(tmp_path, FAIR, POOR, constraints=constraint("K-1", "hands is at most heads", force="usual"))
    assert (coverage.facts, coverage.situations) == (("heads",), 3)


def test_situations_are_sets_of_grades_only_where_every_fact_is_a_grade(tmp_path):
    vocabulary = FACTS.replace("groups:", "  urgent: {type: truth, title: It is urgent, confidence: stated}\ngroups:")
    framework = small_framework(
        tmp_path, "one", decision(FAIR, rule("poor", "heads is poor and urgent", "call")), vocabulary=vocabulary
    )
    (coverage,) = cover(framework)
    assert in_words(framework, coverage.facts, coverage.situations) == "6 situations"
    assert witness_in_words(coverage.gap_witness) == "heads poor, urgent false"


def test_every_finding_has_a_place_in_the_file_of_its_decision(tmp_path):
    write_version(tmp_path, "two", decision(FINE, FAIR))
    found, _ = findings(
        tmp_path, FINE, FAIR, more=left_open("heads is fair"), constraints=constraint("K-1", "heads is not fine")
    )
    assert len(found) >= 2
    for each in found.values():
        assert "one/decisions/0.yaml:" in each.span.place
