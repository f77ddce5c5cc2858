"""Conditions that are settled before any record is looked at, and parts of conditions that change nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from operator import is_

from greenpaper.analysis.counting import Counter
from greenpaper.analysis.coverage import Coverage
from greenpaper.language.terms import AllOf, AnyOf, Named, Negated, Term, facts_read, subterms
from greenpaper.situations.compiled import Compiled, terms_of
from greenpaper.source.text import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition somewhere in the version: what it is the condition of, where it stands, and its situations.

    `what` says in words whose condition it is. `may_fail` is False where another finding speaks of it, should it never
    hold.
    """

    about: str
    what: str
    term: Term
    span: Span
    counter: Counter
    may_fail: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """A condition that holds in every situation that can occur, or (`holds` is False) in none."""

    stated: Stated
    holds: bool


@dataclass(frozen=True, slots=True)
class NeedlessPart:
    """A part of a condition without which it holds in the same situations."""

    stated: Stated
    part: Term
    span: Span


def conditions_of(whole: Compiled, coverages: tuple[Coverage, ...]) -> Iterator[Stated]:
    """Every condition of rules, of what is left open, of definitions that these use, and where constraints demand."""
    for coverage in coverages:
        yield from _of_decision(coverage)
    yield from _of_definitions(whole)
    yield from _of_constraints(whole)


def _of_decision(coverage: Coverage) -> Iterator[Stated]:
    decision, counter = coverage.decision, coverage.counter
    for rule in decision.rules:
        assert rule.span
        about = f"decisions/{decision.id}/rules/{rule.id}"
        yield Stated(about, f"`{rule.id}`", rule.when.term, rule.span, counter, may_fail=False)
    for number, entry in enumerate(decision.left_open, start=1):
        assert entry.span
        about = f"decisions/{decision.id}/left_open/{number}"
        yield Stated(about, "this entry under `left_open`", entry.when.term, entry.span, counter)


def _of_definitions(whole: Compiled) -> Iterator[Stated]:
    used = {part.name for term in terms_of(whole.framework) for part in subterms(term) if isinstance(part, Named)}
    for name, definition in whole.framework.vocabulary.definitions.items():
        if definition.term and name in used:
            counter = Counter(whole, facts_read(definition.term))
            yield Stated(f"definitions/{name}", f"`{name}`", definition.term, definition.span, counter)


def _of_constraints(whole: Compiled) -> Iterator[Stated]:
    """Where each constraint demands something, as far as the other constraints allow; none where these exclude all."""
    limits = whole.framework.always if whole.admissible != whole.forest.leaf(False) else ()
    for constraint in limits:
        if constraint.where and constraint.where.span:
            others = [each for each in limits if each is not constraint]
            counter = Counter(whole, facts_read(constraint.where.term), others)
            what = f"`when` of `{constraint.id}`"
            yield Stated(f"constraints/{constraint.id}", what, constraint.where.term, constraint.where.span, counter)


def settled(stated: Stated) -> Settled | None:
    """Whether the condition always or never holds; None where it holds in some situations, or there are none."""
    counter = stated.counter
    diagram = counter.within(counter.whole.compiler.diagram(stated.term))
    if counter.inside == counter.no or diagram not in (counter.inside, counter.no):
        return None
    return Settled(stated, diagram == counter.inside)


def needless_parts(stated: Stated) -> Iterator[NeedlessPart]:
    """Parts joined by `and` or `or` that could all go together, those at the end first."""
    counter, compiler = stated.counter, stated.counter.whole.compiler
    same = counter.within(compiler.diagram(stated.term))
    for part in _droppable(stated.term, lambda term: counter.within(compiler.diagram(term)) == same):
        yield NeedlessPart(stated, part, stated.span.of(part.words))


def _droppable(term: Term, unchanged: Callable[[Term], bool]) -> Iterator[Term]:
    left = term
    for part in _joined(term):
        fewer = _without(left, part)
        if fewer is not left and unchanged(fewer):
            left = fewer
            yield part


def _joined(term: Term) -> Iterator[Term]:
    """Everything that the author joined by `and` or `or`, outermost first, from the end on."""
    match term:
        case AllOf(parts=parts) | AnyOf(parts=parts) if all(part.words for part in parts):
            yield from reversed(parts)
            for part in reversed(parts):
                yield from _joined(part)
        case Negated(part=part):
            yield from _joined(part)
        case _:
            return


def _without(term: Term, gone: Term) -> Term:
    """The term without that very part; the same where the part is not in it, or is all that a join has left."""
    match term:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            kept = tuple(_without(part, gone) for part in parts if part is not gone)
            same = len(kept) == len(parts) and all(map(is_, kept, parts))
            return term if same or not kept else replace(term, parts=kept)
        case Negated(part=part):
            kept_part = _without(part, gone)
            return term if kept_part is part else replace(term, part=kept_part)
        case _:
            return term
