"""Invariants against every situation tried by hand: what is proved, how many situations refute the rest, and which."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from agreement.brute import Brute, holding
from agreement.statements import a_claim, a_condition, a_decision, checked_condition, rank, refutes
from agreement.strategies import a_version
from agreement.versions import framework_of
from comparison.small import FACTS, constraint, decision, rule, small_framework, write_version
from greenpaper.analysis import invariants
from greenpaper.analysis.invariant_findings import find_invariants
from greenpaper.analysis.invariant_problems import PROBLEMS
from greenpaper.analysis.invariants import Against, Raised, prove
from greenpaper.cli.manual import code_of
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, Invariant
from greenpaper.framework.claims import AlwaysAnswered, Is, IsNot, NeverBetterThan, NeverWorsensAs
from greenpaper.situations.compiled import terms_of
from greenpaper.situations.diagram import TooLarge
from greenpaper.situations.space import space_of
from greenpaper.source.diagnostics import Severity
from greenpaper.source.render import all_to_text

POLICIES = Path(__file__).parents[2] / "policies"
CLAIMS = (Is, IsNot, NeverBetterThan, AlwaysAnswered, NeverWorsensAs)


class ByHand:
    """One invariant, tried in every admissible completion of the empty record."""

    def __init__(self, version, framework, invariant, where, facts):
        self.facts = facts
        self.name, self.claim = invariant.decision, invariant.claim
        self.outcomes = version.decisions[self.name].outcomes
        asked = holding(version, where) if where else lambda record: True
        every = [each for each in Brute(version).completions if each.admissible]
        self.admissible = every
        self.asked = [each for each in every if asked(dict(each.values))]
        more = (invariant.where.term,) if invariant.where else ()
        self.space = space_of((*terms_of(framework), *more), framework.vocabulary.facts)

    def at(self, completion):
        """The cells of the counted facts."""
        cells = ((fact, self.space.cells[self.space.level[fact]]) for fact in self.facts)
        return tuple(each.cell_of(completion.values[fact]) for fact, each in cells)

    def situations(self):
        found = {}
        for each in self.asked:
            said = found.setdefault(self.at(each), each.says[self.name])
            assert said.answer == each.says[self.name].answer
        return found

    def counts(self):
        """How many situations, or pairs of them, the claim is about, and how many refute it."""
        situations = self.situations()
        if not isinstance(self.claim, NeverWorsensAs):
            wrong = refutes(self.claim, self.outcomes)
            return len(situations), sum(map(wrong, situations.values()))
        about = against = 0
        places = {self.facts.index(fact) for fact in self.claim.facts if fact in self.facts}
        for (one_at, one_said), (other_at, other_said) in combinations(situations.items(), 2):
            differ = [place for place in range(len(one_at)) if one_at[place] != other_at[place]]
            if len(differ) == 1 and differ[0] in places:
                low, high = (one_said, other_said) if one_at < other_at else (other_said, one_said)
                about += 1
                against += rank(low, self.outcomes) < rank(high, self.outcomes)
        return about, against

    def answers(self, known):
        """What the admissible completions of some values say, and whether the invariant is about all of them."""
        fitting = [each for each in self.admissible if all(each.values[fact] == value for fact, value in known.items())]
        about = {id(each) for each in self.asked}
        return {each.says[self.name].answer for each in fitting}, all(id(each) in about for each in fitting)


def plain(answer):
    return str(answer.status), answer.outcomes


def standing_for(by_hand, known):
    """The values as completions have them: one value of each cell."""
    shown = {}
    for fact, value in known.items():
        cells = by_hand.space.cells[by_hand.space.level[fact]]
        cell = cells.cell_of(value)
        every = {each.values[fact] for each in by_hand.admissible}
        shown[fact] = next(each for each in sorted(every) if cells.cell_of(each) == cell)
    return shown


def check_witness(by_hand, proof):
    match proof.witness:
        case Against(values, answer):
            assert refutes(by_hand.claim, by_hand.outcomes)(said(by_hand, values))
            check_known(by_hand, standing_for(by_hand, values), answer)
        case Raised(values, fact, worse, better, before, after):
            order = list(by_hand.space.cells[by_hand.space.level[fact]].values)
            assert fact in by_hand.claim.facts
            assert order.index(worse) < order.index(better)
            known = standing_for(by_hand, values)
            assert by_hand.answers({**known, fact: worse}) == ({plain(before)}, True)
            assert by_hand.answers({**known, fact: better}) == ({plain(after)}, True)
            low, high = said(by_hand, {**known, fact: worse}), said(by_hand, {**known, fact: better})
            assert rank(low, by_hand.outcomes) < rank(high, by_hand.outcomes)


def said(by_hand, values):
    known = standing_for(by_hand, values)
    fitting = (each for each in by_hand.asked if all(each.values[fact] == value for fact, value in known.items()))
    return next(fitting).says[by_hand.name]


def check_known(by_hand, known, answer):
    """What is known settles the answer and that it is asked for; without any one of its facts it does not."""
    assert by_hand.answers(known) == ({plain(answer)}, True)
    for fact in known:
        fewer = {each: value for each, value in known.items() if each != fact}
        assert by_hand.answers(fewer) != ({plain(answer)}, True)


@pytest.mark.exhaustive
def test_random_claims_fare_as_they_do_by_hand():
    seen: Counter[object] = Counter()
    for seed in range(360):
        draw = Random(seed).randint
        version = a_version(draw)
        framework = framework_of(version)
        name = a_decision(draw, version)
        where = a_condition(draw, version)
        claim = a_claim(draw, version, version.decisions[name])
        condition = checked_condition(where, framework.vocabulary)
        invariant = Invariant("tried", "Tried", name, claim, Confidence.STATED, condition)
        (proof,) = prove(replace(framework, invariants=(invariant,)))
        by_hand = ByHand(version, framework, invariant, where, proof.facts)
        try:
            assert (proof.about, proof.against) == by_hand.counts()
            assert (proof.witness is None) is proof.holds
            check_witness(by_hand, proof)
        except BaseException as fault:
            fault.add_note(f"seed {seed}: {invariant}\n{version.in_yaml()}")
            raise
        seen[type(claim), proof.holds] += 1
        seen["about nothing"] += not proof.about
        seen["with constraints"] += bool(framework.constraints) and not proof.holds
    assert all(seen[claim, holds] >= 8 for claim in CLAIMS for holds in (True, False)), seen
    assert min(seen["about nothing"], seen["with constraints"]) >= 8


# The shipped versions


def shipped(version, option=""):
    return Catalogue(POLICIES).load(version, dict([option.split("=")] if option else ()))


@pytest.mark.parametrize(
    "version, option, proved, refuted",
    [
        ("2025", "", 4, 1),
        ("2026", "", 6, 3),
        ("2027-draft", "", 6, 3),
        ("2026", "requires_improvement=or_worse", 8, 1),
        ("2026", "precedence=as_listed", 4, 5),
        ("2027-draft", "gap=monitoring", 7, 2),
        ("2027-draft", "threshold=any", 9, 0),
        ("2027-draft", "scale=five_point", 6, 3),
        ("2027-draft", "scale=narrative", 0, 0),
    ],
)
def test_the_shipped_invariants_fare_as_they_are_expected_to(version, option, proved, refuted):
    proofs = prove(shipped(version, option))
    assert all(proof.holds is proof.invariant.expected for proof in proofs)
    assert all(proof.about for proof in proofs)
    assert [proof.holds for proof in proofs].count(True) == proved
    assert [proof.holds for proof in proofs].count(False) == refuted


def test_the_shipped_invariants_are_called_readings_and_not_stated():
    for version, option in (("2025", ""), ("2026", ""), ("2027-draft", "threshold=any")):
        for each in shipped(version, option).invariants:
            assert each.confidence in (Confidence.DERIVED, Confidence.ASSUMED, Confidence.ILLUSTRATIVE)


def test_in_2026_a_better_practice_grade_can_take_the_pathway_away():
    proof = next(each for each in prove(shipped("2026")) if each.invariant.id == "better-never-worsens")
    assert (proof.about, proof.against) == (1536, 84)
    assert isinstance(proof.witness, Raised)
    assert proof.witness.values["leaders"] == "inadequate"
    assert (proof.witness.before.outcomes, proof.witness.after.outcomes) == (("monitoring",), ())


# What is said of them

RULES = decision(
    rule("visits", "heads is poor", "letter"),
    rule("calls", "heads is fair and hands is at least fair", "call"),
    rule("rest", "heads is fine", "visit"),
    more="outcomes_ordered: best to worst\n",
)


def invariant(name, claim, *, where="", more=""):
    condition = f"    where: {where}\n" if where else ""
    return f"  - id: {name}\n    title: The title\n    decision: follow_up\n{condition}    {claim}\n    confidence: assumed\n{more}"


def framework_with(policies, *invariants, decisions=RULES, **written):
    folder = write_version(policies, "one", decisions, **written)
    (folder / "invariants.yaml").write_text("invariants:\n" + "".join(invariants), "utf-8")
    framework, found = Catalogue(policies).check("one")
    assert framework is not None, all_to_text(found)
    return framework


REFUTED = "    expected: refuted\n    because: It is so.\n"


@pytest.mark.parametrize(
    "written, code, severity, message",
    [
        (invariant("a", "is: [visit]", where="heads is fine"), None, None, ""),
        (invariant("a", "always_answered: true"), "invariant-refuted", Severity.ERROR, "1 of 9 sets of grades"),
        (
            invariant("a", "always_answered: true", more=REFUTED),
            "refuted-as-expected",
            Severity.NOTE,
            "1 of 9 sets of grades, as expected",
        ),
        (
            invariant("a", "is_not: [call]", where="heads is poor", more=REFUTED),
            "proved-though-expected-refuted",
            Severity.WARNING,
            "holds in all 3 sets of grades",
        ),
        (
            invariant("a", "is_not: [call]", where="heads is poor and heads is fine"),
            "invariant-about-nothing",
            Severity.WARNING,
            "no situation",
        ),
        (
            invariant("a", "never_worsens_as: [all_parts]"),
            "invariant-refuted",
            Severity.ERROR,
            "1 of 18 pairs of sets of grades",
        ),
    ],
)
def test_each_way_to_fare_has_its_finding(tmp_path, written, code, severity, message):
    found = find_invariants(framework_with(tmp_path, written))
    assert [(each.code, each.severity) for each in found] == ([(code, severity)] if code else [])
    assert all(message in each.message for each in found)
    assert all(each.span.text == "The title" for each in found)


def test_every_finding_is_one_of_the_problems_of_this_module():
    tried = {
        "invariant-refuted",
        "refuted-as-expected",
        "proved-though-expected-refuted",
        "invariant-about-nothing",
        "invariant-unsettled",
    }
    assert {code_of(problem) for problem in PROBLEMS} == tried


def test_a_witness_shows_what_changes_and_only_what_matters(tmp_path):
    framework = framework_with(tmp_path, invariant("a", "never_worsens_as: [heads]"))
    (found,) = find_invariants(framework)
    assert found.notes == ("for example: hands poor; heads poor: `letter`, but heads fair: no rule",)


def test_grades_that_constraints_keep_apart_are_compared_across_the_gap(tmp_path):
    """`fair` cannot occur, so that the next better grade after `poor` is `fine`."""
    decisions = decision(
        rule("good", "heads is poor", "visit"),
        rule("bad", "heads is fine", "letter"),
        more="outcomes_ordered: best to worst\n",
    )
    limits = constraint("no-fair", "heads is not fair")
    framework = framework_with(
        tmp_path, invariant("a", "never_worsens_as: [heads]"), decisions=decisions, constraints=limits
    )
    (proof,) = prove(framework)
    assert (proof.about, proof.against) == (1, 1)
    assert (proof.witness.worse, proof.witness.better) == ("poor", "fine")


def test_nothing_is_refuted_where_nothing_is_admissible(tmp_path):
    limits = constraint("never", "hands is poor and hands is fine")
    decisions = decision(rule("only", "heads is poor", "visit"))
    (proof,) = prove(framework_with(tmp_path, invariant("a", "is: [call]"), decisions=decisions, constraints=limits))
    assert (proof.about, proof.holds) == (0, True)


def test_a_version_without_invariants_proves_nothing(tmp_path):
    assert prove(small_framework(tmp_path, "one", RULES)) == ()


def test_a_conflict_is_no_outcome(tmp_path):
    decisions = decision(rule("one", "heads is poor", "visit"), rule("two", "hands is poor", "letter"), resolve="agree")
    framework = framework_with(
        tmp_path,
        invariant("a", "is: [visit, letter]", where="any of all_parts is poor"),
        invariant("b", "is_not: [visit]", where="all of all_parts are poor"),
        decisions=decisions,
    )
    assert [proof.against for proof in prove(framework)] == [1, 0]
    (found,) = find_invariants(framework)
    assert found.notes == ("for example: heads poor, hands poor: conflict of `visit` and `letter`",)


def test_facts_of_the_vocabulary_that_nothing_reads_are_free(tmp_path):
    vocabulary = FACTS.replace(
        "groups:", "  feet: {type: grade, scale: quality, title: Feet, confidence: stated}\ngroups:"
    )
    framework = framework_with(
        tmp_path, invariant("a", "never_worsens_as: [feet, heads]", where="hands is fair"), vocabulary=vocabulary
    )
    (proof,) = prove(framework)
    assert (proof.facts, proof.about, proof.against) == (("heads", "hands"), 3, 0)


def test_what_is_too_much_to_work_out_is_neither_proved_nor_refuted(tmp_path, monkeypatch):
    def build_nothing(terms, facts, build):
        raise TooLarge(1)

    monkeypatch.setattr(invariants, "with_best_order", build_nothing)
    framework = framework_with(tmp_path, invariant("a", "always_answered: true"))
    (proof,) = prove(framework)
    assert not proof.holds
    (found,) = find_invariants(framework)
    assert (found.code, found.severity) == ("invariant-unsettled", Severity.ERROR)
