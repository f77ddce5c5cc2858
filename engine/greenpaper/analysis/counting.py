"""Situations counted over the facts that a question reads and those that a constraint ties to them.

Counts are exact, within the constraints. Every witness is replayed through the evaluation of one record before it is
given out.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

from greenpaper.analysis.witnesses import first_situation, that_matter
from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.framework.checked import Constraint, Framework
from greenpaper.language.types import Graded, Known
from greenpaper.records.facts import Facts
from greenpaper.situations.compiled import Compiled, compile_whole, tied
from greenpaper.situations.diagram import Diagram

Witness = Mapping[str, Known]


@lru_cache(maxsize=16)
def whole_of(framework: Framework) -> Compiled:
    """The framework in a forest of its own, with room for what is asked of all its situations. Errors: TooLarge."""
    return compile_whole(framework)


class Counter:
    """The situations over some facts: `inside` is where the constraints hold, all of them or those given."""

    def __init__(self, whole: Compiled, read: Iterable[str], constraints: Iterable[Constraint] | None = None) -> None:
        self.whole, self.forest = whole, whole.forest
        terms = None if constraints is None else [each.condition.term for each in constraints]
        counted, tying = tied(frozenset(whole.space.level[fact] for fact in read), whole.ties(terms))
        names = {whole.space.cells[level].fact: level for level in counted}
        self.levels = [names[fact] for fact in whole.framework.vocabulary.facts if fact in names]
        self.facts = tuple(whole.space.cells[level].fact for level in self.levels)
        self.yes, self.no = self.forest.leaf(True), self.forest.leaf(False)
        self.inside = self.forest.both(*tying)

    @cached_property
    def situations(self) -> int:
        """How many there are."""
        return self._counted(self.inside)

    def either(self, *diagrams: Diagram) -> Diagram:
        """Where any of the diagrams holds."""
        found = self.no
        for diagram in diagrams:
            found = self.forest.choose(diagram, self.yes, found)
        return found

    def within(self, diagram: Diagram) -> Diagram:
        """The part of the diagram that lies inside: two that are alike there are one and the same."""
        return self.forest.both(self.inside, diagram)

    def count(self, diagram: Diagram) -> int:
        """In how many situations the diagram holds."""
        return self._counted(self.within(diagram))

    def holds_somewhere(self, diagram: Diagram) -> bool:
        return self.within(diagram) != self.no

    def witness(self, diagram: Diagram, confirm: Callable[[Evaluation], bool]) -> Witness | None:
        """The situation highest in the order of the levels, confirmed by evaluating it; None where there is none.

        It names only the facts that matter: whatever the others are, the diagram holds.
        """
        situation = first_situation(self.forest, self.levels, self.within(diagram))
        if situation is None:
            return None
        if not confirm(evaluate_facts(self.whole.framework, Facts(self._values(situation), {}))):
            raise AssertionError(f"evaluation does not confirm the witness {self._values(situation)}")
        return self._values(that_matter(self.forest, self.levels, self.inside, diagram, situation))

    def _counted(self, diagram: Diagram) -> int:
        return self.forest.counts(diagram, self.levels).get(True, 0)

    def _values(self, situation: Mapping[int, int]) -> Witness:
        cells = self.whole.space.cells
        return {cells[level].fact: cells[level].values[situation[level]] for level in self.levels if level in situation}


def in_words(framework: Framework, facts: Iterable[str], situations: int) -> str:
    """`256 sets of grades` where every fact is a grade on a scale, `n situations` otherwise."""
    return f"{situations:,} {kind_in_words((framework,), facts)}"


def kind_in_words(frameworks: Iterable[Framework], facts: Iterable[str]) -> str:
    """`sets of grades` where every fact is a grade, `situations` otherwise."""
    known = {name: fact.type for framework in frameworks for name, fact in framework.vocabulary.facts.items()}
    kinds = [known[fact] for fact in facts]
    graded = all(isinstance(kind, Graded) and kind.scale.noun == "grade" for kind in kinds)
    return "sets of grades" if graded else "situations"


def witness_in_words(witness: Witness | None) -> str:
    """A witness as a list of facts with their values; one that names none is any situation."""
    named = (
        f"{fact} {str(value).lower() if isinstance(value, bool) else value}" for fact, value in (witness or {}).items()
    )
    return ", ".join(named).replace("_", " ") or "any"
