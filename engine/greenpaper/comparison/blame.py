"""Which edits bring a change about: each alone undone and alone applied, and the smallest sets that do it together.

Every edit is a level of its own below the facts, so that one diagram holds the decision with any set of edits applied.
Below the facts of a situation stands what the edits do to it; situations with the same are one part of the change.
Applying more edits can take a change back, so smallest sets are sought among all sets, not by leaving out one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from greenpaper.comparison.difference import Became, SideBySide, as_behaviour
from greenpaper.comparison.edits import Edit, Edited
from greenpaper.comparison.mixtures import Unmixable
from greenpaper.comparison.together import Together
from greenpaper.situations.cells import Cells
from greenpaper.situations.compiled import NOWHERE, Answer, compile_in
from greenpaper.situations.diagram import Diagram, Forest, TooLarge
from greenpaper.situations.space import Space

MOST_NODES = 100_000
MOST_EDITS = 12  # edits that matter to one situation: all of their sets are tried

Edits = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """One edit by itself: in how many situations undoing it takes the later answer away, and applying it brings it."""

    edit: Edit
    undone: int
    applied: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A part of a change: situations to which edits do the same. `sets` are the smallest that bring it about.

    Unknown: None where more edits matter than sets can be tried of.
    """

    situations: int
    sets: tuple[Edits, ...] | None


@dataclass(frozen=True, slots=True)
class Blame:
    """The edits behind one transition: each alone, and for each part of it the smallest sets, largest part first."""

    alone: tuple[Alone, ...]
    parts: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Responsible:
    """Which edits change what in one decision. `without_effect` change no situation, whatever else is applied.

    Unknown: where `undetermined` says why, nothing is known of any edit.
    """

    edits: Edits
    without_effect: Edits = ()
    blame: Callable[[Became], Blame] | None = None
    undetermined: str = ""


def responsible(side: SideBySide) -> Responsible:
    """The edits between the two versions of a decision, and what they are responsible for."""
    versions = side.versions
    edited = Edited(versions.before.framework, versions.after.framework, side.decision)
    if side.maps:
        return Responsible(edited.edits, undetermined="grades are mapped from one scale to another")
    try:
        return _Ledger(side, edited).responsible()
    except Unmixable as fault:
        return Responsible(edited.edits, undetermined=str(fault))
    except TooLarge:
        return _one_by_one(side, edited)


def _one_by_one(side: SideBySide, edited: Edited) -> Responsible:
    """Each edit by itself, where all sets of them together would take diagrams that are too large."""
    versions, forest = side.versions, side.versions.forest
    ends = forest.leaf(False), forest.leaf(True)

    def with_only(edit: Edit, *, applied: bool) -> Diagram:
        guards = {each: ends[applied if each == edit else not applied] for each in edited.edits}
        return edited.answers(versions, forest, guards)

    def blame(became: Became) -> Blame:
        where, answer = side.where(became), became.after[0]

        def count(answers: Diagram, *, given: bool) -> int:
            there = forest.apply(lambda inside, value: bool(inside) and (value == answer) is given, where, answers)
            return forest.counts(there, side.levels).get(True, 0)

        alone = (
            Alone(
                edit,
                count(with_only(edit, applied=False), given=False),
                count(with_only(edit, applied=True), given=True),
            )
            for edit in edited.edits
        )
        return Blame(tuple(alone), (Shared(forest.counts(where, side.levels)[True], None),))

    return Responsible(edited.edits, (), blame)


class _Ledger:
    """One decision with a level for every edit, below those of the facts."""

    def __init__(self, side: SideBySide, edited: Edited) -> None:
        self.side, self.edits = side, edited.edits
        self.sides = _with_levels(side.versions, len(self.edits))
        self.forest: Forest = self.sides.forest
        self.floor = len(self.forest.arities) - len(self.edits)
        yes, no = self.forest.leaf(True), self.forest.leaf(False)
        guards = {edit: self.forest.node(self.floor + number, (no, yes)) for number, edit in enumerate(self.edits)}
        self.answers = edited.answers(self.sides, self.forest, guards)
        self.ends = [self._all(applied) for applied in (False, True)]
        self._confirm_ends()

    def responsible(self) -> Responsible:
        inside = self._here(self.side.admissible())
        within = self.forest.choose(inside, self.answers, self.forest.leaf(NOWHERE))
        matter = self.forest.levels(within)
        if any(level < self.floor and level not in self.side.levels for level in matter):
            raise Unmixable("an edit by itself brings in a fact that is not counted here")
        inert = (edit for number, edit in enumerate(self.edits) if self.floor + number not in matter)
        return Responsible(self.edits, tuple(inert), self.blame)

    def blame(self, became: Became) -> Blame:
        where = self._here(self.side.where(became))
        within = self.forest.choose(where, self.answers, self.forest.leaf(NOWHERE))
        parts = self._parts(within)
        parts.pop(self.forest.leaf(NOWHERE), None)
        answer = became.after[0]
        alone = tuple(self._alone(number, parts, answer) for number in range(len(self.edits)))
        shared: dict[tuple[Edits, ...] | None, int] = {}
        for part, count in parts.items():
            sets = self._smallest_sets(part, answer)
            shared[sets] = shared.get(sets, 0) + count
        told = (Shared(count, sets) for sets, count in shared.items())
        return Blame(alone, tuple(sorted(told, key=lambda each: -each.situations)))

    def _alone(self, number: int, parts: dict[Diagram, int], answer: Answer) -> Alone:
        """Counted over all parts: the answer with only this edit left out, and with only this one applied."""
        others = {each for each in range(len(self.edits)) if each != number}
        undone = sum(count for part, count in parts.items() if self._answer(part, others) != answer)
        applied = sum(count for part, count in parts.items() if self._answer(part, {number}) == answer)
        return Alone(self.edits[number], undone, applied)

    def _smallest_sets(self, part: Diagram, answer: Answer) -> tuple[Edits, ...] | None:
        """Every set of edits that gives the answer and holds no smaller such set; None beyond the limit."""
        matter = [level - self.floor for level in sorted(self.forest.levels(part))]
        if len(matter) > MOST_EDITS:
            return None
        found: list[frozenset[int]] = []
        for size in range(len(matter) + 1):
            for chosen in map(frozenset, combinations(matter, size)):
                if not any(each <= chosen for each in found) and self._answer(part, chosen) == answer:
                    found.append(chosen)
        return tuple(tuple(self.edits[number] for number in sorted(each)) for each in found)

    def _answer(self, part: Diagram, applied: set[int] | frozenset[int]) -> object:
        nodes = self.forest.nodes
        level, children = nodes[part]
        while children:
            part = children[level - self.floor in applied]
            level, children = nodes[part]
        return self.forest.leaves[part]

    def _parts(self, diagram: Diagram) -> dict[Diagram, int]:
        """What stands below the facts, with the number of situations it stands below."""
        forest, levels = self.forest, self.side.levels
        memo: dict[Diagram, Diagram] = {}
        facts_only = Forest(forest.arities[: self.floor])

        def visit(at: Diagram) -> Diagram:
            if at not in memo:
                level, children = forest.nodes[at]
                below = level >= self.floor
                memo[at] = facts_only.leaf(at) if below else facts_only.node(level, [visit(each) for each in children])
            return memo[at]

        counted = facts_only.counts(visit(diagram), levels)
        return {part: count for part, count in counted.items() if isinstance(part, int)}

    def _here(self, diagram: Diagram) -> Diagram:
        """A diagram of the side's forest in this one; the facts have the same levels."""
        return self.forest.taken_from(self.side.forest, diagram)

    def _all(self, applied: bool) -> Diagram:
        return self.forest.restrict(
            self.answers, {self.floor + number: int(applied) for number in range(len(self.edits))}
        )

    def _confirm_ends(self) -> None:
        """With no edit the decision is the earlier one, with all of them the later one. Errors: AssertionError."""
        for end, version in zip(self.ends, (self.sides.before, self.sides.after), strict=True):
            free = self.forest.apply(as_behaviour, version.decisions[self.side.decision].free)
            assert end == free, "the edits do not lead from one version to the other"


def _with_levels(versions: Together, edits: int) -> Together:
    """Both versions once more, over the same levels and one more for each edit. Errors: TooLarge."""
    toggles = tuple(Cells("", (False, True), ("undone", "applied")) for _ in range(edits))

    def more(space: Space) -> Space:
        return Space((*space.cells, *toggles))

    forest = Forest(more(versions.before.space).arities, MOST_NODES)
    before, after = (compile_in(each.framework, more(each.space), forest) for each in (versions.before, versions.after))
    return Together(before, after, versions.unlike, versions.joined, more(versions.reading))
