"""What is said of options over all combinations, against every two of them in every situation, tried by hand."""

from collections import Counter
from functools import cached_property
from itertools import combinations, permutations, product
from pathlib import Path

import pytest

from agreement.strategies import Draw
from comparison.choosing import a_draft, some_records, write
from comparison.test_options import RULES, drafted, in_drafts, proposal, rule, worked_out
from framework.small import FILES, put
from greenpaper.comparison.deciding import deciding
from greenpaper.comparison.effects import Dominated, Effects, OnlyWhere, Range
from greenpaper.comparison.options import Combination, Options, options_of
from greenpaper.evaluation.truth import trace
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Status
from greenpaper.situations.compiled import resolve
from greenpaper.source.diagnostics import PolicyError

BROKEN = "outside the constraints"


class ByHand:
    """One decision: its answer in every situation of the facts that some combination reads, one after the other."""

    def __init__(self, options: Options, drafted: Catalogue, decision: str) -> None:
        self.options, self.drafted, self.decision = options, drafted, decision

    @cached_property
    def answers(self) -> dict[tuple[str, ...], list[object]]:
        return {each.key: self._of(each) for each in self.options.combinations if self.is_known(each)}

    def is_known(self, combination: Combination) -> bool:
        effect = combination.effects.get(self.decision)
        return effect is not None and not effect.not_comparable

    def _of(self, combination: Combination) -> list[object]:
        composed = self.drafted.load(self.options.version, combination.choice)
        whole = combination.laid.whole(self.decision)
        cells = [whole.space.cells[level] for level in whole.levels]
        limits = [each.condition.term for side in (self.options.base, composed) for each in side.always]
        decision = composed.decisions[self.decision]
        answers = []
        for values in product(*(each.values for each in cells)):
            known = {each.fact: value for each, value in zip(cells, values, strict=True)}
            if any(trace(term, known).value is False for term in limits):
                answers.append(BROKEN)
            else:
                applied = [n for n, each in enumerate(decision.rules) if trace(each.when.term, known).value is True]
                answers.append(resolve(decision, applied).behaviour)
        return answers

    def pairs(self, proposal: str, option: str, other: str) -> list[tuple[Combination, Combination]]:
        return [
            (one, twin)
            for one in self.options.combinations
            for twin in self.options.combinations
            if one.choice[proposal] == option and twin.choice == {**one.choice, proposal: other}
        ]

    def differing(self, pair: tuple[Combination, Combination]) -> int | None:
        one, other = pair
        if one.laid is not other.laid:
            return None
        both = zip(self.answers[one.key], self.answers[other.key], strict=True)
        return sum(first != second for first, second in both)

    def is_different(self, pair: tuple[Combination, Combination]) -> bool | None:
        found = self.differing(pair) if all(map(self.is_known, pair)) else None
        return None if found is None else bool(found or self.authorities(pair))

    def authorities(self, pair: tuple[Combination, Combination]) -> int:
        answers = [each.effects[self.decision].answers() for each in pair]
        return sum(answers[0][number] != answers[1][number] for number in range(len(self.options.records)))

    def check_mains(self, effects: Effects, seen: Counter[str]) -> None:
        for main in effects.mains():
            (preferred,) = (each.written.preferred for each in self.options.proposals if each.id == main.proposal)
            every = self.pairs(main.proposal, main.option, preferred)
            pairs = [pair for pair in every if all(map(self.is_known, pair))]
            counts, moved = [self.differing(pair) for pair in pairs], [self.authorities(pair) for pair in pairs]
            assert (main.contexts, main.left_out) == (len(pairs), len(every) - len(pairs))
            expected = Range(min(counts), max(counts)) if counts and None not in counts else None
            assert main.situations == expected, main
            assert main.authorities == (Range(min(moved), max(moved)) if moved else None), main
            nothing = main.situations == Range(0, 0) == main.authorities
            assert main.is_without_effect is (nothing and pairs == every)
            seen["without effect"] += main.is_without_effect
            seen["ranges"] += bool(expected) and expected.least < expected.most

    def only_where(self) -> set[OnlyWhere]:
        found = set()
        for one, other in permutations(self.options.proposals, 2):
            said: dict[str, set[bool | None]] = {}
            for options in combinations(one.options, 2):
                for pair in self.pairs(one.id, *options):
                    said.setdefault(pair[0].choice[other.id], set()).add(self.is_different(pair))
            where = tuple(option for option in other.options if True in said.get(option, ()))
            rest = [each for option, each in said.items() if option not in where]
            if where and rest and all(each == {False} for each in rest):
                found.add(OnlyWhere(one.id, other.id, where))
        return found

    def dominated(self, order: list[str]) -> set[Dominated]:
        found = set()
        for each in self.options.proposals:
            for option, other in permutations(each.options, 2):
                pairs = self.pairs(each.id, option, other)
                ranks = {rank for pair in pairs for rank in self._ranks(pair, order)}
                if ranks <= {-1, 0} and -1 in ranks:
                    found.add(Dominated(each.id, option, other))
        return found

    def _ranks(self, pair: tuple[Combination, Combination], order: list[str]) -> set[int | None]:
        if self.is_different(pair) is None:
            return {None}
        both = zip(*(self.answers[each.key] for each in pair), strict=True)
        return {0 if one == other else _rank(one, other, order) for one, other in both}


def _rank(one: object, other: object, order: list[str]) -> int | None:
    if BROKEN in (one, other) or one.status is not Status.DECIDED or other.status is not Status.DECIDED:
        return None
    if len(one.outcomes) != 1 or len(other.outcomes) != 1 or not {*one.outcomes, *other.outcomes} <= {*order}:
        return None
    return 1 if order.index(one.outcomes[0]) < order.index(other.outcomes[0]) else -1


def check_effects(draw: Draw, folder: Path) -> Counter[str]:
    files, records = a_draft(draw), some_records(draw, 4)
    catalogue = write(folder, files)
    seen: Counter[str] = Counter()
    try:
        options = options_of(catalogue, "two", records, elsewhere=catalogue.all_facts)
        for choice in catalogue.combinations("two"):
            catalogue.load("two", choice)
    except PolicyError:
        return seen
    for name in options.decisions:
        if any(each.laid.versions.unlike or each.laid.versions.joined for each in options.combinations):
            continue
        by_hand, effects = ByHand(options, catalogue, name), Effects(options, name)
        by_hand.check_mains(effects, seen)
        assert {*effects.only_where()} == by_hand.only_where()
        decision = options.base.decisions[name]
        expected = by_hand.dominated(list(decision.outcomes)) if decision.ordered else set()
        assert {*effects.dominated()} == expected
        for number in range(len(records)):
            check_deciding(options, name, number)
        seen["only where"] += len(effects.only_where())
        seen["dominated"] += len(expected)
    return seen


def check_deciding(options: Options, decision: str, record: int) -> None:
    """The fewest proposals: they settle the answers, and no smaller set does."""
    found = deciding(options, decision, record)
    effects = [(each.choice, each.effects.get(decision)) for each in options.combinations]
    known = [(choice, effect.answers()[record]) for choice, effect in effects if effect and not effect.not_comparable]
    assert found.left_out == len(effects) - len(known)

    def settled(names: tuple[str, ...]) -> bool:
        said: dict[tuple[str, ...], object] = {}
        return all(
            said.setdefault(tuple(choice[name] for name in names), answers) == answers for choice, answers in known
        )

    assert settled(found.proposals)
    names = [each.id for each in options.proposals]
    assert not any(settled(fewer) for fewer in combinations(names, max(len(found.proposals) - 1, 0)) if found.proposals)
    for choice, answers in known:
        (case,) = (each for each in found.cases if {*each.choice} <= {*choice.items()})
        assert case.answers == answers


@pytest.mark.parametrize(
    "seeds",
    [
        range(12),
        pytest.param(range(500), marks=pytest.mark.exhaustive),
    ],
)
def test_what_is_said_of_options_is_what_holds_by_hand(tmp_path, seeds):
    seen = in_drafts(seeds, tmp_path, check_effects)
    assert all(seen[each] for each in ("without effect", "ranges", "only where", "dominated") if len(seeds) > 30), seen


# Small drafts

STRICTER = f"edits: [{{set: {RULES}/heavy/when, to: any of practice is at most weak}}]"
LAXER = f"edits: [{{set: {RULES}/heavy/when, to: all of practice are inadequate}}]"
OTHER_WORDS = (
    "edits: [{replace: vocabulary/scales/four, with: "
    "{worst_to_best: [dire, inadequate, weak, good, outstanding], confidence: stated}}]"
)
PATHWAY = FILES["one/decisions/pathway.yaml"]
ANSWERED = put(PATHWAY, "leaders is at least good and fine", "leaders is good or leaders is not good")


def effects_of(folder: Path, *proposals: str, **changes: str) -> Effects:
    return Effects(worked_out(drafted(folder, *proposals, **changes)), "pathway")


def test_an_option_that_only_makes_answers_worse_is_dominated(tmp_path):
    found = effects_of(tmp_path, proposal("p", STRICTER), one__decisions__pathway=ANSWERED)
    assert found.dominated() == (Dominated("p", "o0", "as_is"),)


@pytest.mark.parametrize(
    ("pathway", "option"),
    [
        (put(ANSWERED, "outcomes_ordered: best to worst\n", ""), STRICTER),  # no order
        (PATHWAY, STRICTER),  # an answer in place of none
        (put(ANSWERED, "resolve: first", "resolve: agree"), STRICTER),  # a conflict in place of an answer
        (ANSWERED, f"edits: [{{set: {RULES}/heavy/when, to: leaders is weak}}]"),  # better and worse
    ],
)
def test_an_option_is_dominated_by_none_that_is_not_always_as_good(tmp_path, pathway, option):
    assert effects_of(tmp_path, proposal("p", option), one__decisions__pathway=pathway).dominated() == ()


def test_an_outcome_that_an_option_adds_is_neither_better_nor_worse_than_others(tmp_path):
    edits = (
        "edits: [{add_to: decisions/pathway/outcomes, before: light, entry: {nothing: {title: None at all}}}, "
        f"{{set: {RULES}/heavy/then, to: nothing}}]"
    )
    assert effects_of(tmp_path, proposal("p", edits), one__decisions__pathway=ANSWERED).dominated() == ()


def test_nothing_is_said_of_all_combinations_where_some_cannot_be_compared(tmp_path):
    same = f"edits: [{{set: {RULES}/heavy/when, to: help is inadequate or care is inadequate}}]"
    found = effects_of(tmp_path, proposal("p", same), proposal("q", OTHER_WORDS))
    (main,) = (each for each in found.mains() if each.proposal == "p")
    assert (main.contexts, main.left_out, main.situations) == (1, 1, Range(0, 0))
    assert not main.is_without_effect
    (alone,) = (each for each in effects_of(tmp_path / "2", proposal("p", same)).mains())
    assert alone.is_without_effect


def test_nothing_matters_only_where_something_is_chosen_beside_which_nothing_is_known(tmp_path):
    gone = f"after: {{p: o0}}, edits: [{{replace: {RULES}/heavy, with: {rule('heavy', 'leaders is weak', 'heavy')}}}]"
    assert effects_of(tmp_path, proposal("p", STRICTER), proposal("q", gone)).only_where() == (
        OnlyWhere("p", "q", ("as_is",)),
    )
    assert effects_of(tmp_path / "2", proposal("p", STRICTER), proposal("q", gone, OTHER_WORDS)).only_where() == ()


def test_what_differs_only_between_options_that_are_not_preferred_matters(tmp_path):
    """The preferred option cannot be chosen beside the other proposal's option, where two others differ."""
    last = proposal("q", f"excludes: {{p: as_is}}, edits: [{{set: {RULES}/light/when, to: leaders is outstanding}}]")
    p = proposal("p", STRICTER, LAXER)
    assert OnlyWhere("p", "q", ("as_is",)) not in effects_of(tmp_path, p, last).only_where()


def test_where_no_combination_can_be_compared_no_case_is_told(tmp_path):
    options = worked_out(drafted(tmp_path, proposal("p", OTHER_WORDS)), {"leaders": "good"})
    only = Options(options.base, "two", options.proposals, options.combinations[1:], options.records)
    found = deciding(only, "pathway", 0)
    assert (found.proposals, found.cases, found.left_out) == ((), (), 1)


def test_an_option_that_tells_only_on_records_outside_the_constraints_has_an_effect(tmp_path):
    edit = (
        f"edits: [{{add_to: {RULES}, before: heavy, entry: {rule('odd', 'flag and leaders is outstanding', 'heavy')}}}]"
    )
    odd = worked_out(drafted(tmp_path, proposal("p", edit)), {"leaders": "outstanding", "flag": "true", "help": "good"})
    (main,) = Effects(odd, "pathway").mains()
    assert (main.situations, main.authorities, main.is_without_effect) == (Range(0, 0), Range(1, 1), False)
