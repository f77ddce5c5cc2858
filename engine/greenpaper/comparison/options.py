"""All combinations of options at once, each against the base: the situations that change and the authorities that move.

Options that only edit rules and constraints are levels of one diagram; each choice of the others has a diagram of its
own. Every figure equals that of comparing the base with the combination by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from greenpaper.comparison.choices import Laid, lay
from greenpaper.comparison.compare import Movement, movement, words_of
from greenpaper.comparison.difference import Became
from greenpaper.comparison.pairs import Pair
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Decision, Framework
from greenpaper.framework.composition import not_made
from greenpaper.framework.families import families
from greenpaper.framework.proposals import Chosen, Proposals, in_order
from greenpaper.language.terms import Term
from greenpaper.records.facts import Facts, facts_of
from greenpaper.records.record import Record
from greenpaper.situations.compiled import Answer
from greenpaper.source.diagnostics import PolicyError

MOST_COMBINATIONS = 20_000

Key = tuple[str, ...]
"""A combination: the option of each proposal, in their order."""


class TooMany(Exception):
    """There are more combinations than are worked out at once."""

    def __init__(self, count: int) -> None:
        super().__init__(f"there are more than {count:,} combinations of options")


@dataclass(frozen=True, slots=True)
class Effect:
    """One decision under one combination, against the base.

    `counts` says in how many of `situations` which answer becomes which. `pairs` are the possible answers in the base
    and in the combination, for each kind of record; `kinds` are the positions of the records of each kind. All are
    empty where `not_comparable` says why.
    """

    situations: int
    counts: Mapping[Became, int]
    pairs: tuple[frozenset[Pair], ...]
    kinds: tuple[tuple[int, ...], ...]
    not_comparable: str = ""

    def moving(self, how: Movement) -> int:
        """In how many situations the answer moves so."""
        return sum(count for became, count in self.counts.items() if became.movement is how)

    def movers(self, how: Movement) -> tuple[int, ...]:
        """The positions of the records that move so, in order."""
        found = (each for pairs, each in zip(self.pairs, self.kinds, strict=True) if movement(pairs) is how)
        return tuple(sorted(number for numbers in found for number in numbers))

    def answers(self) -> Mapping[int, frozenset[Answer]]:
        """For the position of each record, every answer that it can get."""
        return {
            number: answers
            for pairs, numbers in zip(self.pairs, self.kinds, strict=True)
            for answers in [frozenset(after for _, after in pairs)]
            for number in numbers
        }


@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """One option of each proposal, and what it does to every decision."""

    choice: Chosen
    laid: Laid
    effects: Mapping[str, Effect]

    @property
    def key(self) -> Key:
        return tuple(self.choice.values())


@dataclass(frozen=True, eq=False)
class Options:
    """Every admissible combination, the preferred one first, against `base` over `records`."""

    base: Framework
    version: str
    proposals: Proposals
    combinations: tuple[Combination, ...]
    records: tuple[Record, ...]

    @cached_property
    def by_key(self) -> Mapping[Key, Combination]:
        return {each.key: each for each in self.combinations}

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions that some combination shares with the base."""
        return tuple(dict.fromkeys(name for each in self.combinations for name in each.effects))

    def naming(self, decision: str) -> Decision:
        """The decision with every outcome that any combination has, those of the base first."""
        versions = [self.base, *dict.fromkeys(each.laid.family.framework for each in self.combinations)]
        found = [each.decisions[decision] for each in versions if decision in each.decisions]
        outcomes = {name: outcome for each in reversed(found) for name, outcome in each.outcomes.items()}
        return replace(found[0], outcomes={**found[0].outcomes, **outcomes, **found[0].outcomes})

    def named(self, combination: Combination) -> str:
        """The combination by the options in it that are not preferred; empty for the preferred one."""
        chosen = ((each, combination.choice[each.id]) for each in self.proposals)
        return "".join(f"+{each.id}={option}" for each, option in chosen if option != each.written.preferred)


def options_of(
    catalogue: Catalogue,
    version: str,
    records: Sequence[Record] = (),
    *,
    asked: Chosen | None = None,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Options:
    """Every admissible combination of the options of a version that makes the choices in `asked`.

    The base is that of a draft, or the version with its preferred readings. Unknown: a fact that is not known leads to
    possible moves, as in a comparison. Errors: PolicyError, NoSuchVersion, TooLarge, TooMany.
    """
    choices = catalogue.combinations(version, asked, most=MOST_COMBINATIONS + 1)
    if len(choices) > MOST_COMBINATIONS:
        raise TooMany(MOST_COMBINATIONS)
    return some_options(catalogue, version, choices, records, asked=asked, as_of=as_of, elsewhere=elsewhere)


def some_options(
    catalogue: Catalogue,
    version: str,
    choices: Sequence[Chosen],
    records: Sequence[Record] = (),
    *,
    asked: Chosen | None = None,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
    more: Sequence[Term] = (),
) -> Options:
    """The same for these combinations alone; `more` are further terms whose constants cut the facts."""
    text, proposals = catalogue.choosable(version)
    if wrong := not_made(text, (in_order(proposals, choice) for choice in choices)):
        raise PolicyError(wrong)
    base = catalogue.without_options(version)
    known = frozenset(elsewhere) | base.vocabulary.facts.keys()

    def facts(framework: Framework) -> list[Facts]:
        judged = words_of((base, framework))
        return [
            facts_of(each, framework.vocabulary, as_of=as_of, elsewhere=known, judged=judged)[0] for each in records
        ]

    before = facts(base)
    found: dict[Key, Combination] = {}
    for family in families(text, proposals, asked or {}):
        wanted = [choice for choice in choices if family.fixed.items() <= choice.items()]
        for choice in wanted:
            if any(not family.rules(decision, choice) for decision in family.framework.decisions):
                raise PolicyError(catalogue.check(version, choice, whole=False, gate=False)[1])
        laid = lay(base, family, more)
        table = _Table(laid, list(zip(before, facts(family.framework), strict=True)))
        found |= {tuple(choice.values()): table.combination(choice) for choice in wanted}
    ordered = tuple(found[tuple(choice.values())] for choice in choices)
    return Options(base, version, proposals, ordered, tuple(records))


class _Table:
    """One family over the records, each kind of record worked out once."""

    def __init__(self, laid: Laid, facts: Sequence[tuple[Facts, Facts]]) -> None:
        self.laid = laid
        self.kinds = laid.kinds(facts)
        self.records = tuple(self.kinds.values())

    def combination(self, choice: Chosen) -> Combination:
        effects = {name: self._effect(name, choice) for name in self.laid.decisions}
        return Combination(choice, self.laid, effects)

    def _effect(self, decision: str, choice: Chosen) -> Effect:
        if reason := self.laid.why_not_comparable(decision, choice):
            return Effect(0, {}, (), (), reason)
        standing = self.laid.standing(decision, choice)
        situations, counts = self.laid.counts(decision, choice, standing.reads)
        pairs = tuple(self.laid.pairs(decision, standing, kind) for kind in self.kinds)
        return Effect(situations, counts, pairs, self.records)
