"""A framework as diagrams: every decision as a function from situations to answers, within the constraints."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from greenpaper.framework.checked import Decision, Framework, Resolve, Status
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Known
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import MOST_NODES, WORKING_NODES, Diagram, Forest, TooLarge
from greenpaper.situations.order import FIRST_LIMIT, Order, with_best_order
from greenpaper.situations.space import Space, space_of

Tie = tuple[frozenset[int], Diagram]
"""The levels that a constraint reads, and so ties to each other; and where it holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decision says in one situation.

    `outcomes` has one outcome when decided (several where the decision collects every one), the disagreeing ones in
    a conflict, and none where no rule applies. `rules` are those that made it so.
    """

    status: Status
    outcomes: tuple[str, ...]
    rules: tuple[str, ...] = ()

    @property
    def behaviour(self) -> "Answer":
        """The answer between versions: neither the rules that gave it nor the order of outcomes together count."""
        return Answer(self.status, tuple(sorted(self.outcomes)))

    @property
    def without_rules(self) -> "Answer":
        """The answer as behaviour: which rule gave it does not count."""
        return Answer(self.status, self.outcomes)


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The value of a diagram in situations that the constraints exclude."""


NOWHERE = Nowhere()
NO_RULE = Answer(Status.NO_RULE, ())


@dataclass(frozen=True, slots=True)
class CompiledDecision:
    """`within` is NOWHERE outside the constraints; `free` ignores them. `reads` are the facts its rules read."""

    decision: Decision
    free: Diagram
    within: Diagram
    applies: Mapping[str, Diagram]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """One framework over a space and forest that it may share with others."""

    framework: Framework
    space: Space
    forest: Forest
    compiler: Compiler
    admissible: Diagram
    decisions: Mapping[str, CompiledDecision]

    def ties(self, terms: Iterable[Term] | None = None) -> tuple[Tie, ...]:
        """The levels that each term ties to each other, and where it holds: without terms, of what always holds."""
        terms = always_terms(self.framework) if terms is None else terms
        return tuple((self.levels_of(facts_read(term)), self.compiler.diagram(term)) for term in terms)

    def levels_read(self, decision: str) -> frozenset[int]:
        """The levels of the facts that the decision's rules read."""
        return self.levels_of(self.decisions[decision].reads)

    def levels_of(self, facts: Iterable[str]) -> frozenset[int]:
        """The levels of these facts."""
        return frozenset(self.space.level[fact] for fact in facts)


def always_terms(framework: Framework) -> tuple[Term, ...]:
    """The constraints that limit what can occur."""
    return tuple(each.condition.term for each in framework.always)


def tied(levels: frozenset[int], ties: Iterable[Tie]) -> tuple[frozenset[int], tuple[Diagram, ...]]:
    """The levels with all that constraints tie to them, however far, and where these constraints hold.

    A constraint that reads nothing holds or fails of every situation, and counts for all.
    """
    left = list(ties)
    found: list[Diagram] = []
    while near := [tie for tie in left if not tie[0] or tie[0] & levels]:
        levels = levels.union(*(each for each, _ in near))
        found += [diagram for _, diagram in near]
        left = [tie for tie in left if tie not in near]
    return levels, tuple(found)


def terms_of(framework: Framework) -> tuple[Term, ...]:
    """Every term that can tell situations apart: of rules, of what is left open, of constraints."""
    rules = (rule.when.term for decision in framework.decisions.values() for rule in decision.rules)
    left_open = (entry.when.term for decision in framework.decisions.values() for entry in decision.left_open)
    return (*rules, *left_open, *always_terms(framework))


def compiled(framework: Framework) -> Compiled:
    """The framework over the space of its own terms, for evaluating records. Errors: TooLarge.

    One that is large is better compiled for each record (`compiled_for`), so that the limit is low.
    """
    whole = _compiled_within(framework, FIRST_LIMIT)
    if isinstance(whole, TooLarge):
        raise whole
    return whole


@lru_cache(maxsize=64)
def _compiled_within(framework: Framework, limit: int) -> Compiled | TooLarge:
    try:
        return compile_whole(framework, limit)
    except TooLarge as fault:
        return fault


def compile_whole(framework: Framework, limit: int = MOST_NODES) -> Compiled:
    """The framework in a forest of its own, with room for what is worked out from it. Errors: TooLarge."""
    terms, facts = terms_of(framework), framework.vocabulary.facts

    def build(order: Order, allowed: int) -> Compiled:
        space = space_of(terms, facts, order)
        return compile_in(framework, space, Forest(space.arities, allowed))

    whole = with_best_order(terms, facts, build, limit=limit)
    whole.forest.limit = WORKING_NODES
    return whole


def compiled_for(framework: Framework, known: Mapping[str, Known]) -> Compiled:
    """The framework on records with these values alone, for one that is too large as a whole. Errors: TooLarge."""
    space = space_of(terms_of(framework), framework.vocabulary.facts)
    cells = (each.only(known[each.fact]) if each.fact in known else each for each in space.cells)
    narrow = Space(tuple(cells))
    return compile_in(framework, narrow, Forest(narrow.arities))


def limited(whole: Compiled, possible: Mapping[str, tuple[Known, ...]]) -> Compiled:
    """The same where these facts can only have these values: elsewhere there is no answer, constraints or not."""
    forest, space = whole.forest, whole.space
    tests = [
        _can_be(forest, level, {cell for value in possible[fact] for cell in space.cells[level].cells_with(value)})
        for fact, level in space.level.items()
        if fact in possible
    ]
    if not tests:
        return whole
    inside, nowhere = forest.both(*tests), forest.leaf(NOWHERE)
    decisions = {
        name: replace(
            each,
            free=forest.choose(inside, each.free, nowhere),
            within=forest.choose(inside, each.within, nowhere),
        )
        for name, each in whole.decisions.items()
    }
    return replace(whole, admissible=forest.both(inside, whole.admissible), decisions=decisions)


def _can_be(forest: Forest, level: int, cells: Collection[int]) -> Diagram:
    """Where the fact of the level is in one of the cells."""
    return forest.node(level, [forest.leaf(cell in cells) for cell in range(forest.arities[level])])


def compile_in(framework: Framework, space: Space, forest: Forest) -> Compiled:
    """The framework over a given space, which must cut every fact at the constants of its terms."""
    compiler = Compiler(space, forest)
    admissible = forest.both(*(compiler.diagram(term) for term in always_terms(framework)))
    decisions = {
        name: _compile_decision(compiler, decision, admissible) for name, decision in framework.decisions.items()
    }
    return Compiled(framework, space, forest, compiler, admissible, decisions)


def _compile_decision(compiler: Compiler, decision: Decision, admissible: Diagram) -> CompiledDecision:
    forest = compiler.forest
    applies = {rule.id: compiler.diagram(rule.when.term) for rule in decision.rules}
    free = answers_of(forest, decision, applies)
    within = forest.apply(lambda fits, answer: answer if fits else NOWHERE, admissible, free)
    reads = tuple(dict.fromkeys(fact for rule in decision.rules for fact in facts_read(rule.when.term)))
    return CompiledDecision(decision, free, within, applies, reads)


def answers_of(forest: Forest, decision: Decision, applies: Mapping[str, Diagram]) -> Diagram:
    """The decision's answers, given where each of its rules applies."""
    return _first(forest, decision, applies) if decision.resolve is Resolve.FIRST else _all(forest, decision, applies)


def _first(forest: Forest, decision: Decision, applies: Mapping[str, Diagram]) -> Diagram:
    answer = forest.leaf(NO_RULE)
    for rule in decision.rules:
        decided = Answer(Status.DECIDED, (rule.outcome.id,), (rule.id,))
        answer = forest.fill(answer, NO_RULE, applies[rule.id], decided)
    return answer


def _all(forest: Forest, decision: Decision, applies: Mapping[str, Diagram]) -> Diagram:
    """Collect the rules that apply, then resolve them."""
    collected = forest.leaf(())
    for number, rule in enumerate(decision.rules):
        collected = forest.apply(partial(_collect, number), applies[rule.id], collected)
    return forest.apply(partial(resolve, decision), collected)


def _collect(number: int, applies: object, so_far: tuple[int, ...]) -> tuple[int, ...]:
    return (*so_far, number) if applies else so_far


def resolve(decision: Decision, applied: Iterable[int]) -> Answer:
    """The answer when exactly these rules (by position) apply."""
    rules = [decision.rules[number] for number in applied]
    if not rules:
        return NO_RULE
    ids = tuple(rule.id for rule in rules)
    outcomes = tuple(name for name in decision.outcomes if any(rule.outcome.id == name for rule in rules))
    match decision.resolve:
        case Resolve.FIRST:
            return Answer(Status.DECIDED, (rules[0].outcome.id,), ids[:1])
        case Resolve.EVERY:
            return Answer(Status.DECIDED, outcomes, ids)
        case Resolve.AGREE if len(outcomes) == 1:
            return Answer(Status.DECIDED, outcomes, ids)
        case Resolve.ONLY_ONE if len(rules) == 1:
            return Answer(Status.DECIDED, outcomes, ids)
        case Resolve.AGREE | Resolve.ONLY_ONE:
            return Answer(Status.CONFLICT, outcomes, ids)
