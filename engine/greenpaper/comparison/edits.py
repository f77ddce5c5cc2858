"""The edits between two versions of a decision, and the decision with any of them applied.

An edit is one statement that differs: a rule that is new, gone, changed or put in place of another; the order of the
rules; how several rules are resolved; a definition, a group or another decision that rules use. Rules are aligned by
id, and those left over by their outcome.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from greenpaper.comparison.mixtures import Unmixable, mixed, said, term_in
from greenpaper.comparison.together import Together
from greenpaper.framework.checked import Decision, Framework, Resolve, Rule, Status
from greenpaper.language.terms import facts_read
from greenpaper.language.vocabulary import Vocabulary, names_in
from greenpaper.situations.compiled import NO_RULE, Answer, Compiled
from greenpaper.situations.diagram import Diagram, Forest

MOST_NAMES = 8  # that differ and are used by one rule: all of their sets are tried


class Part(StrEnum):
    """What an edit changes."""

    RULE = "rule"
    ORDER = "the order of the rules"
    RESOLVE = "how several rules are resolved"
    DEFINITION = "definition"
    GROUP = "group"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Edit:
    """One statement that differs, known by its part and name. A rule that is new or gone has only one side."""

    part: Part
    name: str = ""
    before: Rule | None = field(default=None, compare=False)
    after: Rule | None = field(default=None, compare=False)


Guards = Mapping[Edit, Diagram]
"""For each edit a diagram that is true where it is applied."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A rule of either version, or two that stand for each other; `edit` is None where the two say the same."""

    before: Rule | None
    after: Rule | None
    edit: Edit | None

    def on(self, *, later: bool) -> Rule | None:
        """The rule of one version, if it has one."""
        return self.after if later else self.before

    @property
    def either(self) -> Rule:
        rule = self.after or self.before
        assert rule
        return rule


@dataclass(frozen=True)
class Edited:
    """One decision of two versions, which can be put together with any of the edits between them."""

    before: Framework
    after: Framework
    decision: str

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """Every edit, rules first."""
        found = [slot.edit for slot in self._slots if slot.edit]
        if self._is_reordered:
            found.append(Edit(Part.ORDER))
        if self._old.resolve is not self._new.resolve:
            found.append(Edit(Part.RESOLVE))
        return (*found, *self._names)

    def answers(self, sides: Together, forest: Forest, guards: Guards) -> Diagram:
        """The decision's answers, as behaviour, where each edit is applied as far as its guard is true.

        `sides` are both versions compiled into `forest`. Errors: TooLarge.
        """
        if self._old.resolve is self._new.resolve:
            return self._resolved(sides, forest, guards, self._new.resolve)
        one, other = (self._resolved(sides, forest, guards, each.resolve) for each in (self._new, self._old))
        return forest.choose(guards[Edit(Part.RESOLVE)], one, other)

    # Rules aligned

    @property
    def _old(self) -> Decision:
        return self.before.decisions[self.decision]

    @property
    def _new(self) -> Decision:
        return self.after.decisions[self.decision]

    @cached_property
    def _slots(self) -> tuple[_Slot, ...]:
        """Every rule once, those of the later version in their order, then those that are gone."""
        old = {rule.id: rule for rule in self._old.rules}
        new = {rule.id: rule for rule in self._new.rules}
        partner = {name: name for name in new if name in old}
        for outcome in self._new.outcomes:
            gone = [rule.id for rule in self._old.rules if rule.id not in new and rule.outcome.id == outcome]
            come = [rule.id for rule in self._new.rules if rule.id not in old and rule.outcome.id == outcome]
            partner.update(zip(come, gone, strict=False))
        slots = [self._slot(old.get(partner.get(rule.id, "")), rule) for rule in self._new.rules]
        left = set(old) - set(partner.values())
        return (*slots, *(self._slot(rule, None) for rule in self._old.rules if rule.id in left))

    def _slot(self, before: Rule | None, after: Rule | None) -> _Slot:
        rule = after or before
        assert rule
        same = before and after and _says(before) == _says(after)
        return _Slot(before, after, None if same else Edit(Part.RULE, rule.id, before, after))

    @cached_property
    def _is_reordered(self) -> bool:
        """Whether rules that both versions have stand in another order; of no account unless the first decides."""
        if Resolve.FIRST not in (self._old.resolve, self._new.resolve):
            return False
        places = {rule.id: number for number, rule in enumerate(self._old.rules)}
        shared = [places[slot.before.id] for slot in self._slots if slot.before and slot.after]
        return shared != sorted(shared)

    def _in_order(self, *, later: bool) -> tuple[_Slot, ...]:
        """The slots in the order of one version; a rule of the other alone follows the one it follows there."""
        own, other = (self._new, self._old) if later else (self._old, self._new)
        of_own = {rule.id: slot for slot in self._slots if (rule := slot.on(later=later))}
        of_other = {rule.id: slot for slot in self._slots if (rule := slot.on(later=not later))}
        order = [of_own[rule.id] for rule in own.rules]
        previous: _Slot | None = None
        for rule in other.rules:
            slot = of_other[rule.id]
            if slot not in order:
                order.insert(order.index(previous) + 1 if previous else 0, slot)
            previous = slot
        return tuple(order)

    # Answers

    def _resolved(self, sides: Together, forest: Forest, guards: Guards, how: Resolve) -> Diagram:
        if how is not Resolve.FIRST:
            return self._collected(sides, forest, guards, how)
        later = self._first(sides, forest, guards, self._in_order(later=True))
        if not self._is_reordered:
            return later
        earlier = self._first(sides, forest, guards, self._in_order(later=False))
        return forest.choose(guards[Edit(Part.ORDER)], later, earlier)

    def _first(self, sides: Together, forest: Forest, guards: Guards, order: Sequence[_Slot]) -> Diagram:
        answer = forest.leaf(NO_RULE)
        for slot in order:
            for outcome, applies in self._applied(slot, sides, forest, guards):
                answer = forest.fill(answer, NO_RULE, applies, Answer(Status.DECIDED, (outcome,)))
        return answer

    def _collected(self, sides: Together, forest: Forest, guards: Guards, how: Resolve) -> Diagram:
        collected = forest.leaf(())
        for slot in self._slots:
            for outcome, applies in self._applied(slot, sides, forest, guards):
                collected = forest.apply(_adding(outcome), applies, collected)
        return forest.apply(_resolving(how), collected)

    def _applied(self, slot: _Slot, sides: Together, forest: Forest, guards: Guards) -> Iterator[tuple[str, Diagram]]:
        """Each outcome the slot can lead to, and where it does."""
        never = forest.leaf(False)
        if slot.edit is None:
            yield slot.either.outcome.id, self._condition(slot.either, sides, guards, later=slot.after is not None)
            return
        applied = guards[slot.edit]
        if slot.after:
            condition = self._condition(slot.after, sides, guards, later=True)
            yield slot.after.outcome.id, forest.choose(applied, condition, never)
        if slot.before:
            condition = self._condition(slot.before, sides, guards, later=False)
            yield slot.before.outcome.id, forest.choose(applied, never, condition)

    # Names that rules use

    @cached_property
    def _names(self) -> tuple[Edit, ...]:
        """Groups, definitions and other decisions of both versions that differ."""
        old, new = self.before.vocabulary, self.after.vocabulary
        groups = (name for name in old.groups.keys() & new.groups.keys() if _members(old, name) != _members(new, name))
        definitions = (
            name
            for name in old.definitions.keys() & new.definitions.keys()
            if said(old.definitions[name]) != said(new.definitions[name])
        )
        decisions = (
            name
            for name in old.decisions.keys() & new.decisions.keys()
            if name != self.decision and old.decisions[name].gives != new.decisions[name].gives
        )
        return (
            *(Edit(Part.DEFINITION, name) for name in sorted(definitions)),
            *(Edit(Part.GROUP, name) for name in sorted(groups)),
            *(Edit(Part.DECISION, name) for name in sorted(decisions)),
        )

    def _condition(self, rule: Rule, sides: Together, guards: Guards, *, later: bool) -> Diagram:
        """Where the rule applies; it depends on the guards of the names it uses."""
        side = sides.after if later else sides.before
        reached = self._reached(rule.when.words)
        used = [edit for edit in self._names if edit.name in reached]
        if len(used) > MOST_NAMES:
            raise Unmixable(f"rule {rule.id} uses {len(used)} names that differ, too many to try all sets of them")
        if not used:
            return side.compiler.diagram(rule.when.term)

        def guarded(left: Sequence[Edit], chosen: frozenset[Edit]) -> Diagram:
            if not left:
                return self._diagram(rule, side, chosen, later=later)
            edit, *rest = left
            return side.forest.choose(guards[edit], guarded(rest, chosen | {edit}), guarded(rest, chosen))

        return guarded(used, frozenset())

    def _reached(self, words: str) -> Set[str]:
        """Every name that a condition may use, through the definitions and decisions of either version."""
        found, left = set[str](), set(names_in(words))
        while left:
            name = left.pop()
            found.add(name)
            left |= {each for words in self._said_of(name) for each in names_in(words)} - found
        return found

    def _said_of(self, name: str) -> Iterator[str]:
        for version in (self.before, self.after):
            if definition := version.vocabulary.definitions.get(name):
                yield said(definition)
            if decision := version.decisions.get(name):
                yield from (rule.when.words for rule in decision.rules)

    def _diagram(self, rule: Rule, side: Compiled, chosen: frozenset[Edit], *, later: bool) -> Diagram:
        """Where the rule applies when the chosen names are those of the later version, and others the earlier ones."""
        term = term_in(rule.when.words, self._vocabulary(chosen, later))
        if strange := set(facts_read(term)) - side.space.level.keys():
            raise Unmixable(
                f"an edit by itself brings in {', '.join(sorted(strange))}, which neither version reads here"
            )
        return side.compiler.diagram(term)

    def _vocabulary(self, chosen: frozenset[Edit], later: bool) -> Vocabulary:
        """The names of a version, with those that differ taken from the version they are chosen from."""
        old, new = self.before.vocabulary, self.after.vocabulary
        picked = {edit.name: new if edit in chosen else old for edit in self._names}
        return mixed(new, old, picked) if later else mixed(old, new, picked)


def _says(rule: Rule) -> tuple[str, str]:
    return rule.when.words, rule.outcome.id


def _members(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    return tuple(sorted(vocabulary.groups[name].members))


def _adding(outcome: str) -> Callable[[object, tuple[str, ...]], tuple[str, ...]]:
    return lambda applies, so_far: tuple(sorted((*so_far, outcome))) if applies else so_far


def _resolving(how: Resolve) -> Callable[[tuple[str, ...]], Answer]:
    """What the outcomes of all rules that apply, each as often as a rule has it, come to."""

    def settled(collected: tuple[str, ...]) -> Answer:
        outcomes = tuple(dict.fromkeys(collected))
        if not outcomes:
            return NO_RULE
        broken = len(outcomes) > 1 if how is Resolve.AGREE else len(collected) > 1
        return Answer(Status.CONFLICT if broken and how is not Resolve.EVERY else Status.DECIDED, outcomes)

    return settled
