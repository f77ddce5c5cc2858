"""Which proposals decide what one authority gets, and under which of their options it gets what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from greenpaper.comparison.options import Combination, Options
from greenpaper.situations.compiled import Answer

Answers = frozenset[Answer]


@dataclass(frozen=True, slots=True)
class Case:
    """What an authority can get wherever these options are chosen, whatever the other proposals say."""

    choice: tuple[tuple[str, str], ...]
    answers: Answers


@dataclass(frozen=True, slots=True)
class Deciding:
    """The fewest proposals that settle the possible answers of one record, and the answers for each of their options.

    Without proposals the answers are the same in every combination. `left_out` are combinations that cannot be
    compared with the base, and are not looked at.
    """

    proposals: tuple[str, ...]
    cases: tuple[Case, ...]
    left_out: int


def deciding(options: Options, decision: str, record: int) -> Deciding:
    """Which proposals decide for the record at this position. Unknown: undetermined answers count as they are."""
    known = [each for each in options.combinations if _is_known(each, decision)]
    answers = [(each, each.effects[decision].answers()[record]) for each in known]
    names = [proposal.id for proposal in options.proposals]
    for count in range(len(names) + 1):
        for chosen in combinations(names, count):
            cases = _cases(answers, chosen)
            if cases is not None:
                return Deciding(chosen, cases, len(options.combinations) - len(known))
    raise AssertionError("every combination has one set of answers")


def _is_known(combination: Combination, decision: str) -> bool:
    return decision in combination.effects and not combination.effects[decision].not_comparable


def _cases(answers: Sequence[tuple[Combination, Answers]], chosen: Sequence[str]) -> tuple[Case, ...] | None:
    """The answers for each choice of these proposals; None where they do not settle them."""
    found: dict[tuple[tuple[str, str], ...], Answers] = {}
    for combination, possible in answers:
        choice = tuple((name, combination.choice[name]) for name in chosen)
        if found.setdefault(choice, possible) != possible:
            return None
    return tuple(Case(choice, possible) for choice, possible in found.items())
