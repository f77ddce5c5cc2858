"""A family of combinations beside their base: options are facts of their own, on the uppermost levels of one diagram.

Each combination is then what is left of the diagram when its options are given, and combinations that say the same
are the same node. What is counted for one is counted as if it were compared with the base by itself.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from greenpaper.comparison.difference import Became, became, put_together
from greenpaper.comparison.pairs import Allowed, Pair, pairs_between
from greenpaper.comparison.projection import project
from greenpaper.comparison.together import Together, all_facts, both_terms, join, why_apart
from greenpaper.framework.checked import Condition, Constraint, Decision, Framework, Rule
from greenpaper.framework.families import Family
from greenpaper.framework.guards import Guard
from greenpaper.framework.proposals import Chosen
from greenpaper.language.terms import AllOf, AnyOf, Negated, OneOf, Term, facts_read
from greenpaper.language.types import Calendar, Graded, Numeric, Scale
from greenpaper.language.vocabulary import Fact
from greenpaper.records.facts import Facts
from greenpaper.situations.cells import Cells
from greenpaper.situations.compiled import Answer, terms_of, tied
from greenpaper.situations.diagram import WORKING_NODES, Diagram, Forest
from greenpaper.situations.order import Order, with_best_order
from greenpaper.situations.space import Space, space_of
from greenpaper.source.text import Source, Span

NOWHERE_WRITTEN = Span(Source("", ""), 0, 0)


def option_fact(proposal: str) -> str:
    """The name of the fact that says which option is chosen; no name of a vocabulary has a blank in it."""
    return f"option of {proposal}"


def in_guards(family: Family) -> Framework:
    """The family as one framework, in which a statement holds only where its guard does."""
    framework = family.framework
    options = {option_fact(each.id): _fact(each.id, tuple(each.options)) for each in family.free}
    return replace(
        framework,
        vocabulary=replace(framework.vocabulary, facts={**framework.vocabulary.facts, **options}),
        decisions={name: _guarded_decision(family, each) for name, each in framework.decisions.items()},
        constraints=tuple(_guarded_constraint(family, each) for each in framework.constraints),
    )


def _fact(proposal: str, options: tuple[str, ...]) -> Fact:
    name = option_fact(proposal)
    return Fact(name, name, Graded(Scale(name, options, ordered=False, noun="option")), NOWHERE_WRITTEN)


def _guarded_decision(family: Family, decision: Decision) -> Decision:
    def guarded(rule: Rule) -> Rule:
        holds = _holds(family.guards[decision.id, rule.id])
        return replace(rule, when=_under(rule.when, AllOf((holds, rule.when.term))))

    return replace(decision, rules=tuple(map(guarded, decision.rules)))


def _guarded_constraint(family: Family, constraint: Constraint) -> Constraint:
    absent = Negated(_holds(family.guards["", constraint.id]))
    return replace(
        constraint, condition=_under(constraint.condition, AnyOf((absent, constraint.condition.term))), where=None
    )


def _under(condition: Condition, term: Term) -> Condition:
    return replace(condition, term=term)


def _holds(guard: Guard) -> Term:
    return AllOf(tuple(OneOf(option_fact(proposal), tuple(sorted(options))) for proposal, options in guard.allowed))


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """All combinations of a family over one set of facts, so that any two of them can be held against each other.

    `diagram` has a `Became` in every situation of the base, NOWHERE outside the constraints of either side.
    """

    space: Space
    forest: Forest
    levels: tuple[int, ...]
    diagram: Diagram
    cells: Callable[[Chosen], tuple[int, ...]]

    def root(self, choice: Chosen) -> Diagram:
        """One combination; the same node as that of another which says the same."""
        return _left(self.forest, self.diagram, self.cells(choice))


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision under one combination: its diagram within the constraints and without them, and the levels it reads.

    Equal where two combinations say the same.
    """

    within: Diagram
    free: Diagram
    reads: frozenset[int]


@dataclass(frozen=True, eq=False)
class Laid:
    """A base and a family over one forest, whose first levels are the options of the family's free proposals."""

    base: Framework
    family: Family
    versions: Together
    more: tuple[Term, ...] = ()
    _cells: dict[Hashable, tuple[tuple[int, tuple[int, ...]], ...]] = field(default_factory=dict, repr=False)
    _counted: dict[Hashable, tuple[int, dict[Became, int]]] = field(default_factory=dict, repr=False)
    _joined: dict[Hashable, tuple[Space, Forest, Diagram]] = field(default_factory=dict, repr=False)
    _pairs: dict[Hashable, frozenset[Pair]] = field(default_factory=dict, repr=False)
    _read: dict[str, Mapping[str, frozenset[int]]] = field(default_factory=dict, repr=False)
    _reasons: dict[Hashable, str] = field(default_factory=dict, repr=False)
    _reached: dict[Hashable, "_Ends"] = field(default_factory=dict, repr=False)
    _whole: dict[tuple[str, frozenset[int]], "Whole"] = field(default_factory=dict, repr=False)
    _insides: dict[Hashable, tuple[tuple[int, ...], Diagram]] = field(default_factory=dict, repr=False)

    @property
    def forest(self) -> Forest:
        return self.versions.forest

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        """The decisions of both sides."""
        return tuple(name for name in self.base.decisions if name in self.family.framework.decisions)

    def cells(self, choice: Chosen) -> tuple[int, ...]:
        """The cells of the uppermost levels in which this combination is made."""
        return tuple(list(each.options).index(choice[each.id]) for each in self.family.free)

    def standing(self, decision: str, choice: Chosen) -> "Standing":
        """What the decision is under this combination."""
        cells, compiled = self.cells(choice), self.versions.after.decisions[decision]
        within, free = (_left(self.forest, each, cells) for each in (compiled.within, compiled.free))
        levels = self._levels(decision)
        return Standing(
            within, free, frozenset[int]().union(*(levels[name] for name in self.family.rules(decision, choice)))
        )

    def _levels(self, decision: str) -> Mapping[str, frozenset[int]]:
        """Rule → the levels of the facts that it reads."""
        if decision not in self._read:
            rules = self.family.framework.decisions[decision].rules
            levels_of = self.versions.after.levels_of
            self._read[decision] = {rule.id: levels_of(facts_read(rule.when.term)) for rule in rules}
        return self._read[decision]

    def why_not_comparable(self, decision: str, choice: Chosen) -> str:
        """Empty when the decision can be compared with the base's; otherwise why not, and what would help."""
        rules = self.family.rules(decision, choice)
        if (decision, rules) not in self._reasons:
            standing = [each for each in self.family.framework.decisions[decision].rules if each.id in rules]
            old, new = (
                {fact for rule in each for fact in facts_read(rule.when.term)}
                for each in (self.base.decisions[decision].rules, standing)
            )
            self._reasons[decision, rules] = why_apart(self.base, self.family.framework, old & new)
        return self._reasons[decision, rules]

    # Situations

    def counts(self, decision: str, choice: Chosen, reads: frozenset[int]) -> tuple[int, dict[Became, int]]:
        """How many situations are counted, and in how many of them which answer of the base becomes which.

        `reads` are the levels that the combination reads.
        """
        levels, inside = self._inside(decision, choice, reads)
        _, forest, answers = self._answers(decision, levels, inside)
        root, cells = _left(forest, answers, self.cells(choice)), self._told_apart(choice)
        key = (decision, levels, inside, root, cells)
        if key not in self._counted:
            found = forest.counts(root, levels, dict(cells))
            counted = {value: count for value, count in found.items() if isinstance(value, Became)}
            self._counted[key] = sum(counted.values()), counted
        return self._counted[key]

    def _told_apart(self, choice: Chosen) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """For each level that other combinations cut further: one cell for each that this one can tell apart."""
        levels = self._cut_levels
        standing = tuple(name for name, guard in self.family.guards.items() if guard.holds(choice)) if levels else ()
        if standing not in self._cells:
            self._cells[standing] = tuple(self._one_of_each(levels, frozenset(standing)))
        return self._cells[standing]

    @cached_property
    def _cut_levels(self) -> tuple[int, ...]:
        """The levels of numbers and dates that statements of the family can cut."""
        facts, cells = self.family.framework.vocabulary.facts, self.versions.after.space.cells
        types = {level: facts[each.fact].type for level, each in enumerate(cells) if each.fact in facts}
        return tuple(level for level, kind in types.items() if isinstance(kind, Numeric | Calendar))

    def _one_of_each(
        self, levels: Iterable[int], standing: Collection[tuple[str, str]]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        before, after = self.versions.before.space.cells, self.versions.after.space.cells
        new = (*_standing_terms(self.family, standing), *self.more)
        both, alone = (_cuts(terms, self.versions) for terms in ((*terms_of(self.base), *new), new))
        for level in levels:
            own = (both if before[level].fact else alone).get(after[level].fact)
            if own:
                cell_of = {own.cell_of(value): cell for cell, value in reversed([*enumerate(after[level].values)])}
                yield level, tuple(cell_of.values())

    def whole(self, decision: str, asked: Iterable[Term] = ()) -> Whole:
        """All combinations over the facts that any of them or a term asked reads, or that a constraint ties to them."""
        levels = frozenset(self.versions.reading.level[fact] for term in asked for fact in facts_read(term))
        if (decision, levels) not in self._whole:
            self._whole[decision, levels] = self._all(decision, levels)
        return self._whole[decision, levels]

    def _all(self, decision: str, asked: frozenset[int]) -> Whole:
        before, after = self.versions.before, self.versions.after
        plain = (each.condition.term for each in self.family.framework.always)
        guarded = (each.condition.term for each in after.framework.always)
        ties = (
            (after.levels_of(facts_read(term)), after.compiler.diagram(guarded_term))
            for term, guarded_term in zip(plain, guarded, strict=True)
        )
        rules = self.family.framework.decisions[decision].rules
        read = asked | after.levels_of(fact for rule in rules for fact in facts_read(rule.when.term))
        counted, constraints = tied(before.levels_read(decision) | read, (*before.ties(), *ties))
        space, forest, diagram = self._answers(decision, tuple(sorted(counted)), self.forest.both(*constraints))
        return Whole(space, forest, tuple(sorted(counted)), diagram, self.cells)

    def _inside(self, decision: str, choice: Chosen, reads: frozenset[int]) -> tuple[tuple[int, ...], Diagram]:
        """The levels that count for this combination, and where the constraints tied to them hold."""
        standing = tuple(
            each.id for each in self.family.framework.always if self.family.guards["", each.id].holds(choice)
        )
        read = self.versions.before.levels_read(decision) | reads
        if (read, standing) not in self._insides:
            terms = (each.condition.term for each in self.family.framework.always if each.id in standing)
            ties = (*self.versions.before.ties(), *self.versions.after.ties(terms))
            levels, constraints = tied(read, ties)
            self._insides[read, standing] = tuple(sorted(levels)), self.forest.both(*constraints)
        return self._insides[read, standing]

    def _answers(self, decision: str, levels: tuple[int, ...], inside: Diagram) -> tuple[Space, Forest, Diagram]:
        """All combinations at once: what the base's answer becomes, in situations of the base, where `inside` holds."""
        key = (decision, levels, inside)
        if key not in self._joined:
            versions = self.versions
            first, last = versions.before.decisions[decision].free, versions.after.decisions[decision].free
            joined = versions.forest.apply(became, inside, first, last)
            mapped = {versions.reading.level[fact] for fact in versions.joined} & set(levels)
            if mapped:
                self._joined[key] = project(versions.reading, versions.forest, joined, mapped, put_together)
            else:
                self._joined[key] = versions.reading, versions.forest, joined
        return self._joined[key]

    # Records

    def kinds(self, facts: Iterable[tuple[Facts, Facts]]) -> dict["Kind", tuple[int, ...]]:
        """Each kind of record among these, with the positions of those of that kind; facts of both sides are given."""
        found: dict[Hashable, list[int]] = {}
        cells: dict[Hashable, tuple[Allowed, Allowed]] = {}
        for number, (before, after) in enumerate(facts):
            allowed = (
                self.versions.before.space.allowed(before.possible),
                self.versions.after.space.allowed(after.possible),
            )
            key = tuple(tuple(sorted(each.items())) for each in allowed)
            cells.setdefault(key, allowed)
            found.setdefault(key, []).append(number)
        return {Kind(name, *cells[key]): tuple(found[key]) for name, key in enumerate(found)}

    def pairs(self, decision: str, standing: "Standing", kind: "Kind") -> frozenset[Pair]:
        """Every possible pair of answers of a record of this kind, in the base and in what stands."""
        key = (decision, standing, kind)
        if key not in self._pairs:
            before, after = self._ends(decision, kind, None), self._ends(decision, kind, standing)
            if len(before.answers) == len(after.answers) == 1:
                self._pairs[key] = frozenset({(before.answers[0], after.answers[0])})
            else:
                shared = self.versions.before.levels_read(decision) & standing.reads
                sides = (before.root, kind.before), (after.root, kind.after)
                found = pairs_between(self.forest, *sides, shared)
                # Where no completion suits the constraints of both versions, each is taken on its own.
                self._pairs[key] = found or frozenset(product(before.answers, after.answers))
        return self._pairs[key]

    def _ends(self, decision: str, kind: "Kind", standing: "Standing | None") -> "_Ends":
        """The base's side, or that of what stands: within the constraints, or without them where nothing suits them."""
        key = (decision, kind, standing and (standing.within, standing.free))
        if key not in self._reached:
            side = standing or self.versions.before.decisions[decision]
            allowed = kind.after if standing else kind.before
            within = _answers(self.forest, side.within, allowed)
            self._reached[key] = (
                _Ends(side.within, within) if within else _Ends(side.free, _answers(self.forest, side.free, allowed))
            )
        return self._reached[key]


@dataclass(frozen=True, slots=True)
class Kind:
    """Records that can be in the same cells, on both sides; equal by their name alone, which is cheap to look up."""

    name: int
    before: Allowed = field(compare=False)
    after: Allowed = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Ends:
    """A diagram on one side of a record, and the answers that the record can get from it."""

    root: Diagram
    answers: tuple[Answer, ...]


def lay(base: Framework, family: Family, more: Sequence[Term] = ()) -> Laid:
    """The base and all combinations of the family in one forest; `more` are further terms that cut facts.

    Errors: TooLarge.
    """
    after = in_guards(family)
    tops = tuple(option_fact(each.id) for each in family.free)

    def build(order: Order, limit: int) -> Together:
        return join(base, after, (*tops, *(fact for fact in order if fact not in tops)), limit, more=more)

    terms = (*both_terms(base, after), *more)
    versions = with_best_order(terms, all_facts(base, after), build)
    versions.forest.limit = WORKING_NODES
    return Laid(base, family, versions, tuple(more))


def _standing_terms(family: Family, standing: Collection[tuple[str, str]]) -> Iterator[Term]:
    for decision in family.framework.decisions.values():
        yield from (rule.when.term for rule in decision.rules if (decision.id, rule.id) in standing)
    yield from (each.condition.term for each in family.framework.always if ("", each.id) in standing)


def _cuts(terms: Iterable[Term], versions: Together) -> Mapping[str, Cells]:
    """Fact → its cells where these terms alone cut it."""
    facts = all_facts(versions.before.framework, versions.after.framework)
    return {each.fact: each for each in space_of(terms, facts).cells}


def _answers(forest: Forest, root: Diagram, allowed: Allowed) -> tuple[Answer, ...]:
    values = (value.behaviour for value in forest.values(root, allowed) if isinstance(value, Answer))
    return tuple(dict.fromkeys(values))


def _left(forest: Forest, diagram: Diagram, cells: tuple[int, ...]) -> Diagram:
    """What is left of a diagram when its uppermost levels are in these cells."""
    for level, cell in enumerate(cells):
        diagram = forest.below(diagram, level, cell)
    return diagram
