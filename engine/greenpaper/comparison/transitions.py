"""The changes of one decision in words: every transition with its count, its regions, and situations that show it.

A situation is shown only after the ordinary evaluation of both versions has confirmed it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from greenpaper.analysis.hitting import TooHard
from greenpaper.analysis.literals import OF_LAST_RULE, OF_NEXT_RULE, Literal, atoms, literals_of
from greenpaper.analysis.regions import Describer, Region, Regions
from greenpaper.analysis.witnesses import first_situation, that_matter
from greenpaper.comparison.difference import Became, SideBySide
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.language.terms import facts_read
from greenpaper.language.types import Known, Type
from greenpaper.records.facts import Facts
from greenpaper.situations.compile import Compiler
from greenpaper.situations.compiled import Compiled
from greenpaper.situations.diagram import Diagram, TooLarge
from greenpaper.situations.nearest import cheapest_ways, least_costs

MOST_DESCRIBED = 8_000  # nodes; a larger set is counted and shown by a witness, but not described

Witness = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Place:
    """A region of a transition, with a situation that shows it: only the facts that matter to the change."""

    region: Region
    witness: Witness


@dataclass(frozen=True, slots=True)
class Transition:
    """One answer that becomes another, or stays: in how many situations, and which.

    `beyond` counts the situations that no listed place holds; all of them, where to describe them would take diagrams
    that are too large. `witness` is one of them. `where` is true in the situations of the transition.
    """

    became: Became
    situations: int
    places: tuple[Place, ...]
    beyond: int
    witness: Witness
    where: Diagram


@dataclass(frozen=True)
class Told:
    """One decision side by side, ready to be told."""

    side: SideBySide

    @cached_property
    def situations(self) -> int:
        """All situations within the constraints of both versions."""
        return sum(self.side.counts().values())

    @cached_property
    def describer(self) -> Describer:
        """Describes sets of situations in the words of both versions."""
        side = self.side
        kinds = dict(self._kinds())
        cells = [side.space.cells[level] for level in side.levels]
        literals = literals_of(cells, kinds, self._groups(), self._atoms())
        levels = [side.space.level[fact] for fact in self.names]
        return Describer(Compiler(side.space, side.forest), levels, self.admissible, literals)

    @cached_property
    def admissible(self) -> Diagram:
        """Where the constraints of both versions hold."""
        return self.side.admissible()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The counted facts, in the order in which the versions declare them."""
        counted = [self.side.space.cells[level].fact for level in self.side.levels]
        return tuple(dict.fromkeys(fact for fact in (*self._order(), *counted) if fact in counted))

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:
        """Every transition that occurs, in the order of the outcomes, with its regions and witnesses."""
        counts = self.side.counts()
        return tuple(self._transition(became, counts[became]) for became in sorted(counts, key=self._rank))

    def places(self, where: Diagram, became: Became) -> tuple[tuple[Place, ...], int]:
        """The regions of some situations of a transition, each with a witness; and how many are beyond those listed."""
        described = self._described(where)
        if described is None:
            return (), self.side.forest.counts(where, self.side.levels).get(True, 0)
        return tuple(
            Place(region, self._witness(region.where, became)) for region in described.regions
        ), described.beyond

    def _described(self, where: Diagram) -> Regions | None:
        """The regions; None where that would take too long."""
        if self.side.forest.size(where) > MOST_DESCRIBED:
            return None
        try:
            return self.describer.describe(where)
        except (TooLarge, TooHard):
            return None

    def holds(self, transition: Transition, known: Mapping[str, Known]) -> bool:
        """Whether every situation with these values is in the transition."""
        cells = self.side.space.cells
        situation = {
            level: cells[level].cell_of(known[cells[level].fact])
            for level in self.side.levels
            if cells[level].fact in known
        }
        return self.side.forest.restrict(transition.where, situation) == self.side.forest.leaf(True)

    def _transition(self, became: Became, count: int) -> Transition:
        where = self._where(became)
        places, beyond = self.places(where, became)
        witness = places[0].witness if places else self._witness(where, became)
        return Transition(became, count, places, beyond, witness, where)

    def _rank(self, became: Became) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """In the order in which either version writes its outcomes, no rule and conflicts last."""
        sides = (self.side.versions.before, self.side.versions.after)
        names = dict.fromkeys(name for side in sides for name in side.decisions[self.side.decision].decision.outcomes)
        order = {name: number for number, name in enumerate(names)}
        last = len(order)
        before = tuple(order[name] for name in became.before.outcomes) or (last,)
        after = tuple(order[name] for answer in became.after for name in answer.outcomes) or (last,)
        return before, after

    def _where(self, became: Became) -> Diagram:
        """True in the situations of the transition; worked out once."""
        if became not in self._known:
            self._known[became] = self.side.where(became)
        return self._known[became]

    @cached_property
    def _known(self) -> dict[Became, Diagram]:
        return {}

    # What it is told in

    def _kinds(self) -> Iterator[tuple[str, Type]]:
        before, after = self.side.versions.before, self.side.versions.after
        for level in self.side.levels:
            name = self.side.space.cells[level].fact
            left, right = before.space.cells[level].fact, after.space.cells[level].fact
            own = before.framework.vocabulary.facts.get(left) or after.framework.vocabulary.facts[right]
            yield name, own.type

    def _order(self) -> tuple[str, ...]:
        versions = (self.side.versions.before, self.side.versions.after)
        return tuple(dict.fromkeys(fact for version in versions for fact in version.framework.vocabulary.facts))

    def _groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups of both versions; one whose members differ is told apart by its version."""
        before, after = self.side.versions.before.framework, self.side.versions.after.framework
        groups = {name: group.members for name, group in before.vocabulary.groups.items()}
        for name, group in after.vocabulary.groups.items():
            same = groups.get(name, group.members) == group.members
            groups[name if same else f"{name} in {after.version}"] = group.members
        return groups

    def _atoms(self) -> Iterator[Literal]:
        """The tests of both versions' rules, as far as they mean the same on either side."""
        versions, name = self.side.versions, self.side.decision
        for side, cost in ((versions.after, OF_NEXT_RULE), (versions.before, OF_LAST_RULE)):
            own = side is versions.before
            for rule in side.decisions[name].decision.rules:
                for atom in atoms(rule.when.term, cost):
                    clear = own or self._same_groups or len(facts_read(atom.term)) == 1
                    if clear and (own or not set(facts_read(atom.term)) & versions.joined.keys()):
                        yield atom

    @cached_property
    def _same_groups(self) -> bool:
        left, right = (
            each.framework.vocabulary.groups for each in (self.side.versions.before, self.side.versions.after)
        )
        return all(left[name].members == right[name].members for name in left.keys() & right.keys())

    # Situations that show it

    def _witness(self, region: Diagram, became: Became) -> Witness:
        """The first situation of a region of the transition, by the facts that keep it in the transition."""
        side, forest = self.side, self.side.forest
        situation = first_situation(forest, side.levels, region)
        assert situation is not None
        for answer in became.after:
            self._replay(situation, Became(became.before, (answer,)))
        kept = that_matter(forest, side.levels, self.admissible, self._where(became), situation)
        cells = side.space.cells
        shown = {cells[level].fact: cells[level].values[cell] for level, cell in kept.items()}
        return {fact: shown[fact] for fact in self.names if fact in shown}

    def _replay(self, situation: Mapping[int, int], became: Became) -> None:
        """Evaluate both versions on the situation. Errors: AssertionError when they do not say what was found."""
        versions = self.side.versions
        concrete = self._concrete(situation, became)
        for version, said in ((versions.before, became.before), (versions.after, became.after[0])):
            known = _known(version, concrete)
            verdict = evaluate_facts(version.framework, Facts(known, {})).decisions[self.side.decision]
            if [answer.behaviour for answer in verdict.possible] != [said]:
                raise AssertionError(f"evaluation does not confirm {known}")

    def _concrete(self, situation: Mapping[int, int], became: Became) -> Mapping[int, int]:
        """The situation in the joined space: for a word that maps to several, a pair that leads to this answer."""
        side, joined = self.side, self.side.versions
        if side.space is joined.reading:
            return situation
        words = {level: side.space.cells[level].values[cell] for level, cell in situation.items()}

        def price(level: int, cell: int) -> int | None:
            return 0 if joined.before.space.cells[level].values[cell] == words[level] else None

        costs = least_costs(joined.forest, side.joined, price)
        way = next(cheapest_ways(joined.forest, costs, side.joined, became, price))
        cells = joined.before.space.cells
        return {level: cells[level].values.index(word) for level, word in words.items()} | way


def _known(version: Compiled, situation: Mapping[int, int]) -> dict[str, Known]:
    cells = version.space.cells
    return {cells[level].fact: cells[level].values[cell] for level, cell in situation.items() if cells[level].fact}
