"""What two versions keep between them, against every situation that both admit, tried by hand."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from agreement.brute import Brute, holding
from agreement.statements import a_condition, can_be_ordered, checked_condition, rank, settled
from agreement.strategies import one, some, whole
from agreement.versions import framework_of
from comparison.small import FACTS, OUTCOMES, SCALE, decision, rule, write_version
from comparison.test_pairs import two_versions
from greenpaper.comparison import relations
from greenpaper.comparison.relation_findings import find_relations
from greenpaper.comparison.relations import prove_relation
from greenpaper.comparison.together import both_terms
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Confidence, Relation
from greenpaper.framework.claims import IsNot, SecondIs
from greenpaper.framework.relations import relations_of
from greenpaper.situations.diagram import TooLarge
from greenpaper.situations.space import space_of
from greenpaper.source.diagnostics import Severity

POLICIES = Path(__file__).parents[2] / "policies"


class ByHand:
    """One relation, tried in every record that both versions admit. Both have the same facts."""

    def __init__(self, before, after, relation, where, facts):
        self.claim, self.name = relation.claim, relation.decision
        self.outcomes = before.decisions[self.name].outcomes
        asked = holding(before, where) if where else lambda record: True
        pairs = list(zip(Brute(before).completions, Brute(after).completions, strict=True))
        assert all(first.values == second.values for first, second in pairs)
        self.admissible = [(first, second) for first, second in pairs if first.admissible and second.admissible]
        self.asked = [pair for pair in self.admissible if asked(dict(pair[0].values))]
        terms = (*both_terms(relation.before, relation.after), *([relation.where.term] if relation.where else []))
        self.space = space_of(terms, relation.before.vocabulary.facts)
        self.facts = facts

    def at(self, values):
        cells = ((fact, self.space.cells[self.space.level[fact]]) for fact in self.facts)
        return tuple(each.cell_of(values[fact]) for fact, each in cells)

    def refuted(self, pair):
        first, second = (each.says[self.name] for each in pair)
        match self.claim:
            case IsNot(outcomes):
                return any(each in outcomes for each in settled(second))
            case SecondIs.SAME:
                return settled(first) != settled(second)
            case SecondIs.NEVER_WORSE:
                return rank(second, self.outcomes) > rank(first, self.outcomes)
            case SecondIs.NEVER_BETTER:
                return rank(second, self.outcomes) < rank(first, self.outcomes)

    def counts(self):
        situations = {}
        for pair in self.asked:
            assert situations.setdefault(self.at(pair[0].values), self.refuted(pair)) is self.refuted(pair)
        return len(situations), sum(situations.values())

    def check_witness(self, witness):
        """Every record with the values of the witness, of those asked for, is refuted with these very answers."""
        known = {**witness.after, **witness.before}
        cells = {fact: self.space.cells[self.space.level[fact]] for fact in known}
        fitting = [
            pair
            for pair in self.admissible
            if all(cells[fact].cell_of(pair[0].values[fact]) == cells[fact].cell_of(known[fact]) for fact in known)
        ]
        assert fitting
        for pair in fitting:
            assert pair in self.asked
            assert self.refuted(pair)
            answers = [each.says[self.name].answer for each in pair]
            assert answers == [(str(each.status), each.outcomes) for each in (witness.first, witness.second)]


def a_claim(draw, decision):
    kinds = [SecondIs.SAME, IsNot(tuple(some(draw, decision.outcomes, 1, 2)))]
    return one(draw, [*kinds, *([SecondIs.NEVER_WORSE, SecondIs.NEVER_BETTER] * 2 if can_be_ordered(decision) else [])])


@pytest.mark.exhaustive
def test_random_relations_fare_as_they_do_by_hand():
    seen: Counter[object] = Counter()
    for seed in range(300):
        draw = Random(seed).randint
        before, after = two_versions(draw)
        after = after if whole(draw, 0, 4) else before
        first, second = framework_of(before), framework_of(after)
        name = one(draw, sorted(before.decisions))
        claim = a_claim(draw, before.decisions[name])
        where = a_condition(draw, before)
        condition = checked_condition(where, first.vocabulary)
        relation = Relation("tried", "Tried", first, second, name, claim, Confidence.STATED, condition)
        proof = prove_relation(relation)
        by_hand = ByHand(before, after, relation, where, proof.facts)
        try:
            assert (proof.about, proof.against) == by_hand.counts()
            assert (proof.witness is None) is proof.holds
            if proof.witness:
                by_hand.check_witness(proof.witness)
        except BaseException as fault:
            fault.add_note(f"seed {seed}: {claim}\n{before.in_yaml()}\n{after.in_yaml()}")
            raise
        kind = claim if isinstance(claim, SecondIs) else IsNot
        seen[kind, proof.holds] += bool(proof.about)
    assert all(seen[kind, holds] >= 5 for kind in (*SecondIs, IsNot) for holds in (True, False)), seen


# The shipped versions


def test_the_shipped_relations_fare_as_they_are_expected_to():
    stated, found = relations_of(Catalogue(POLICIES))
    assert found == ()
    proofs = [prove_relation(each) for each in stated]
    assert all(proof.holds is proof.relation.expected and proof.about for proof in proofs)
    assert [proof.holds for proof in proofs].count(True) == 5
    assert [each.severity for each in find_relations(proofs)] == [Severity.NOTE] * 2


def test_relations_are_left_out_unless_all_their_versions_are_asked_for():
    catalogue = Catalogue(POLICIES)
    pairs = {(each.before.version, each.after.version) for each in relations_of(catalogue, {"2025", "2026"})[0]}
    assert pairs == {("2025", "2026")}
    assert relations_of(catalogue, {"2026"}) == ((), ())
    assert len(relations_of(catalogue, {"2025", "2026", "2027-draft"})[0]) == len(relations_of(catalogue)[0]) == 7


def test_the_file_beside_the_versions_is_not_a_version():
    assert Catalogue(POLICIES).versions == (
        "2018",
        "2018-09",
        "2022-care-leavers",
        "2023",
        "2024-04",
        "2025",
        "2026",
        "2027-draft",
    )


# What is said


FIRST = decision(rule("a", "heads is poor", "letter"), more="outcomes_ordered: best to worst\n")
SECOND = decision(rule("a", "heads is at most fair", "letter"), more="outcomes_ordered: best to worst\n")


def relation(claim, *, versions="{first: one, second: two}", where="", decided="follow_up", more=""):
    condition = f"    where: {where}\n" if where else ""
    return (
        f"invariants:\n  - id: a\n    title: The title\n    versions: {versions}\n{condition}    decision: {decided}\n"
        f"    {claim}\n    confidence: assumed\n{more}"
    )


def catalogue_with(policies, written, first=FIRST, second=SECOND, **of_second):
    write_version(policies, "one", first)
    write_version(policies, "two", second, **of_second)
    (policies / "invariants.yaml").write_text(written, "utf-8")
    return Catalogue(policies)


def findings(catalogue):
    stated, found = relations_of(catalogue)
    return (*found, *find_relations(prove_relation(each) for each in stated))


@pytest.mark.parametrize(
    "written, code",
    [
        (relation("second_is: same"), "invariant-refuted"),
        (relation("second_is: never_worse"), None),
        (relation("second_is: never_better"), "invariant-refuted"),
        (relation("second_is_not: [visit]"), None),
        (relation("second_is: same", where="follow_up is letter"), None),
        (relation("second_is: same", where="heads is poor and heads is fair"), "invariant-about-nothing"),
        (relation("second_is: same", versions="{first: one, second: three}"), "unknown-version"),
        (relation("second_is: same", versions="{first: one, second: two+more=less}"), "unknown-in-invariant"),
        (relation("second_is: same", versions="{first: one}"), "missing-key"),
        (relation("second_is: same", decided="other"), "unknown-in-invariant"),
        (relation("second_is_not: [cal]"), "unknown-outcome"),
        (relation("second_is: same\n    second_is_not: [visit]"), "claims-one-thing"),
        (relation("note: no claim"), "claims-one-thing"),
        (relation("second_is: same", more="    expected: refuted\n"), "refuted-without-reason"),
        (relation("second_is: same", where="feet is poor"), "unknown-fact"),
        ("invariants: []\n", "nothing-written"),
        ("[", "not-yaml"),
    ],
)
def test_each_finding_of_a_file_beside_the_versions(tmp_path, written, code):
    found = findings(catalogue_with(tmp_path, written))
    assert [each.code for each in found] == ([code] if code else [])


def test_an_order_is_needed_to_be_worse(tmp_path):
    plain = decision(rule("a", "heads is poor", "letter"))
    (found,) = findings(catalogue_with(tmp_path, relation("second_is: never_worse"), first=plain, second=plain))
    assert found.code == "claim-needs-order"


def test_an_outcome_that_only_the_second_version_has_is_neither_better_nor_worse(tmp_path):
    other = SECOND.replace("letter: {title: A letter}", "letter: {title: A letter}, song: {title: A song}")
    (found,) = findings(catalogue_with(tmp_path, relation("second_is: never_worse"), second=other))
    assert found.code == "unknown-outcome"
    (tmp_path / "invariants.yaml").write_text(relation("second_is_not: [song]"), "utf-8")
    assert findings(Catalogue(tmp_path)) == ()


def test_a_version_with_problems_proves_nothing(tmp_path):
    found = findings(
        catalogue_with(tmp_path, relation("second_is: never_worse"), second=SECOND.replace("heads", "hats"))
    )
    assert "unknown-fact" in {each.code for each in found}


def test_versions_on_different_scales_are_not_compared(tmp_path):
    facts = FACTS.replace(SCALE, SCALE.replace("poor, fair, fine", "poor, fair, fine, superb"))
    catalogue = catalogue_with(tmp_path, relation("second_is: never_worse"), vocabulary=facts)
    (proof,) = [prove_relation(each) for each in relations_of(catalogue)[0]]
    assert (proof.holds, proof.about) == (False, 0)
    assert [each.code for each in find_relations([proof])] == ["invariant-unsettled"]


def test_facts_of_one_version_alone_are_free(tmp_path):
    facts = FACTS.replace("groups:", "  feet: {type: grade, scale: quality, title: Feet, confidence: stated}\ngroups:")
    second = decision(rule("a", "heads is poor or feet is poor", "letter"), more="outcomes_ordered: best to worst\n")
    catalogue = catalogue_with(tmp_path, relation("second_is: same"), second=second, vocabulary=facts)
    (proof,) = [prove_relation(each) for each in relations_of(catalogue)[0]]
    assert (proof.facts, proof.about, proof.against) == (("heads", "feet"), 9, 2)
    (found,) = find_relations([proof])
    assert found.notes == ("for example: heads fine, feet poor: no rule in one, `letter` in two",)


def test_a_second_reading_of_the_same_version_is_the_same(tmp_path):
    catalogue = catalogue_with(tmp_path, relation("second_is: same", versions="{first: one, second: one}"))
    assert findings(catalogue) == ()
    (found,) = relations_of(catalogue)[0]
    assert replace(found, before=found.after) == found


def test_what_is_too_much_to_work_out_is_neither_proved_nor_refuted(tmp_path, monkeypatch):
    def build_nothing(terms, facts, build):
        raise TooLarge(1)

    monkeypatch.setattr(relations, "with_best_order", build_nothing)
    (found,) = findings(catalogue_with(tmp_path, relation("second_is: same")))
    assert (found.code, found.severity) == ("invariant-unsettled", Severity.ERROR)


def test_outcomes_given_together_are_the_same_in_any_order(tmp_path):
    both = decision(rule("a", "heads is poor", "letter"), rule("b", "heads is poor", "visit"), resolve="every")
    turned = both.replace(
        OUTCOMES, "outcomes: {letter: {title: A letter}, call: {title: A call}, visit: {title: A visit}}\n"
    )
    assert turned != both
    assert findings(catalogue_with(tmp_path, relation("second_is: same"), first=both, second=turned)) == ()
