"""Situations counted over the facts that a question reads and those that a constraint ties to them.

Counts are exact, within the constraints. Every witness is replayed through the evaluation of one record before it is
given out.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.framework.checked import Constraint, Force, Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Graded, Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import Compiled, compile_whole
from greenpaper.situations.diagram import Diagram

Witness = Mapping[str, Known]


@lru_cache(maxsize=16)
def whole_of(framework: Framework) -> Compiled:
    """The framework in a forest of its own, with room for what is asked of all its situations. Errors: TooLarge."""
    return compile_whole(framework)


def always(framework: Framework) -> tuple[Constraint, ...]:
    """The constraints that limit what can occur."""
    return tuple(each for each in framework.constraints if each.force is Force.ALWAYS)


def tied(facts: Iterable[str], terms: Iterable[Term]) -> frozenset[str]:
    """The facts, and those that one of the terms ties to any of these, however far."""
    found, ties = set(facts), [set(facts_read(term)) for term in terms]
    while more := [tie for tie in ties if tie & found and not tie <= found]:
        found.update(*more)
    return frozenset(found)


class Counter:
    """The situations over some facts: `inside` is where the constraints hold, all of them or those given."""

    def __init__(self, whole: Compiled, read: Iterable[str], constraints: Iterable[Constraint] | None = None) -> None:
        self.whole, self.forest = whole, whole.forest
        limits = always(whole.framework) if constraints is None else constraints
        terms = [each.condition.term for each in limits]
        counted = tied(read, terms)
        self.facts = tuple(fact for fact in whole.framework.vocabulary.facts if fact in counted)
        self.levels = [whole.space.level[fact] for fact in self.facts]
        tying = [whole.compiler.diagram(term) for term in terms if set(facts_read(term)) <= counted]
        self.yes, self.no = self.forest.leaf(True), self.forest.leaf(False)
        self.inside = self.both(*tying)

    @cached_property
    def situations(self) -> int:
        """How many there are."""
        return self._counted(self.inside)

    def both(self, *diagrams: Diagram) -> Diagram:
        """Where all of the diagrams hold."""
        found = self.yes
        for diagram in diagrams:
            found = self.forest.choose(found, diagram, self.no)
        return found

    def either(self, *diagrams: Diagram) -> Diagram:
        """Where any of the diagrams holds."""
        found = self.no
        for diagram in diagrams:
            found = self.forest.choose(diagram, self.yes, found)
        return found

    def without(self, diagram: Diagram, other: Diagram) -> Diagram:
        """Where the diagram holds and the other does not."""
        return self.forest.choose(other, self.no, diagram)

    def within(self, diagram: Diagram) -> Diagram:
        """The part of the diagram that lies inside: two that are alike there are one and the same."""
        return self.forest.choose(self.inside, diagram, self.no)

    def count(self, diagram: Diagram) -> int:
        """In how many situations the diagram holds."""
        return self._counted(self.within(diagram))

    def holds_somewhere(self, diagram: Diagram) -> bool:
        return self.within(diagram) != self.no

    def holds_everywhere(self, diagram: Diagram) -> bool:
        return self.within(diagram) == self.inside

    def witness(self, diagram: Diagram, confirm: Callable[[Evaluation], bool]) -> Witness | None:
        """The situation highest in the order of the levels, confirmed by evaluating it; None where there is none.

        It names only the facts that matter: whatever the others are, the diagram holds.
        """
        path = self.forest.path(self.within(diagram), True)
        if path is None:
            return None
        situation = {level: path.get(level, self.forest.arities[level] - 1) for level in self.levels}
        if not confirm(evaluate_facts(self.whole.framework, Facts(self._values(situation), {}))):
            raise AssertionError(f"evaluation does not confirm the witness {self._values(situation)}")
        return self._values(self._that_matter(diagram, situation))

    def _counted(self, diagram: Diagram) -> int:
        return self.forest.counts(diagram, self.levels).get(True, 0)

    def _that_matter(self, diagram: Diagram, situation: Mapping[int, int]) -> Mapping[int, int]:
        """The situation without the facts that could as well be anything the constraints allow."""
        sure = self.forest.choose(self.inside, diagram, self.yes)
        kept = dict(situation)
        for level in self.levels:
            fewer = {each: cell for each, cell in kept.items() if each != level}
            if self.forest.values(self.forest.restrict(sure, fewer)) == {True}:
                kept = fewer
        return kept

    def _values(self, situation: Mapping[int, int]) -> Witness:
        cells = self.whole.space.cells
        return {cells[level].fact: cells[level].values[situation[level]] for level in self.levels if level in situation}


def in_words(framework: Framework, facts: Iterable[str], situations: int) -> str:
    """`256 sets of grades` where every fact is a grade on a scale, `n situations` otherwise."""
    kinds = [framework.vocabulary.facts[fact].type for fact in facts]
    graded = all(isinstance(kind, Graded) and kind.scale.noun == "grade" for kind in kinds)
    return f"{situations:,} {'sets of grades' if graded else 'situations'}"


def witness_in_words(witness: Witness | None) -> str:
    """A witness as a list of facts with their values; one that names none is any situation."""
    named = (
        f"{fact} {str(value).lower() if isinstance(value, bool) else value}" for fact, value in (witness or {}).items()
    )
    return ", ".join(named).replace("_", " ") or "any"
