"""What the records show of how one inspection follows another: complete records, steps between them, the nearest ones.

A *hot deck*: nothing is fitted, every value that is drawn was observed, and facts that go together stay together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from greenpaper.evaluation.truth import trace
from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Graded, Known
from greenpaper.records.facts import WrongCell, facts_of
from greenpaper.records.record import Record

Values = tuple[Known | None, ...]
"""One value for each fact that is needed, in their order; None is not known."""


class NothingToDrawFrom(ValueError):
    """No complete record, or no step between two inspections, is there to draw from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One record in the facts that are needed.

    `narrowed` has what remains of facts on another scale, `wrong` the cells that cannot be used.
    """

    record: Record
    values: Values
    narrowed: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    wrong: tuple[WrongCell, ...] = ()

    @property
    def is_complete(self) -> bool:
        return None not in self.values


@dataclass(frozen=True, slots=True)
class Step:
    """Two successive inspections of one authority."""

    first: Seen
    second: Seen


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that can be drawn, and how many cannot be, because of their second inspection."""

    kept: tuple[Step, ...]
    incomplete: int
    inadmissible: int


@dataclass(frozen=True)
class Needs:
    """Which facts of a version are needed of a record. `elsewhere` and `judged` are as in `facts_of`."""

    framework: Framework
    facts: tuple[str, ...]
    elsewhere: Collection[str] = ()
    judged: Mapping[str, Collection[str]] = field(default_factory=dict)
    _admitted: dict[Values, bool] = field(default_factory=dict, compare=False, repr=False)

    def seen(self, record: Record, as_of: date | None) -> Seen:
        """The record in these facts."""
        facts, wrong = facts_of(
            record, self.framework.vocabulary, as_of=as_of, elsewhere=self.elsewhere, judged=self.judged
        )
        return Seen(record, tuple(map(facts.known.get, self.facts)), facts.narrowed, wrong)

    def seen_then(self, record: Record) -> Seen:
        """The record as it was when it came out: months are counted to that day."""
        return self.seen(record, record.inspection.published or record.inspection.ended)

    def known(self, values: Values) -> dict[str, Known]:
        """The facts with a value."""
        pairs = zip(self.facts, values, strict=True)
        return {fact: value for fact, value in pairs if value is not None}

    def admits(self, values: Values) -> bool:
        """Whether no constraint that always holds is broken."""
        if values not in self._admitted:
            known = self.known(values)
            self._admitted[values] = all(trace(term, known).value is not False for term in self._always)
        return self._admitted[values]

    @cached_property
    def _always(self) -> tuple[Term, ...]:
        return tuple(each.condition.term for each in self.framework.always)

    def place(self, values: Values) -> tuple[int | Known, ...]:
        """Where complete values stand in an order from the worst on, the same for every version with these facts."""
        return tuple(self._rank(fact, value) for fact, value in self.known(values).items())

    def _rank(self, fact: str, value: Known) -> int | Known:
        kind = self.framework.vocabulary.facts[fact].type
        return kind.scale.rank(str(value)) if isinstance(kind, Graded) else value


def facts_needed(framework: Framework, decisions: Collection[str] | None = None) -> tuple[str, ...]:
    """The facts that these decisions (without any, all) and the constraints that always hold read."""
    chosen = [each for name, each in framework.decisions.items() if decisions is None or name in decisions]
    terms = [rule.when.term for decision in chosen for rule in decision.rules]
    terms += [entry.when.term for decision in chosen for entry in decision.left_open]
    terms += [each.condition.term for each in framework.always]
    read = {fact for term in terms for fact in facts_read(term)}
    return tuple(name for name in framework.vocabulary.facts if name in read)


def successive(inspections: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Every inspection with the next of the same authority; `inspections` are oldest first for each authority."""
    of: dict[str, list[Record]] = {}
    for record in inspections:
        of.setdefault(record.authority.code, []).append(record)
    for records in of.values():
        yield from pairwise(records)


def steps_of(needs: Needs, pairs: Iterable[tuple[Record, Record]]) -> Steps:
    """The pairs whose second inspection is complete and breaks no constraint that always holds."""
    steps = [Step(needs.seen_then(first), needs.seen_then(second)) for first, second in pairs]
    complete = [step for step in steps if step.second.is_complete]
    kept = tuple(step for step in complete if needs.admits(step.second.values))
    return Steps(kept, len(steps) - len(complete), len(complete) - len(kept))


def nearest(values: Values, others: Sequence[Values]) -> tuple[int, ...]:
    """Which of the others agree with the values in the largest share of the facts that are known in both.

    Where nothing is known in both the share is 0. Others that are equally near are all there, in their order.
    """
    shares = {other: agreement(values, other) for other in set(others)}
    most = max(shares.values(), default=Fraction(0))
    return tuple(number for number, other in enumerate(others) if shares[other] == most)


def agreement(one: Values, other: Values) -> Fraction:
    """The share of the facts known in both in which the two agree; 0 where there is none."""
    known = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return Fraction(sum(a == b for a, b in known), len(known)) if known else Fraction(0)


def completed(needs: Needs, seen: Seen, donors: Sequence[Values]) -> tuple[Values, ...]:
    """The record with what is unknown taken from the nearest complete records, one for each of these.

    Donors whose values the record rules out, or with which it would break a constraint, do not count: where none is
    left, nothing is. A complete record is its own completion, if it breaks none.
    """
    if seen.is_complete:
        return (seen.values,) if needs.admits(seen.values) else ()
    made = {donor: _filled(seen.values, donor) for donor in set(donors)}
    able = {donor for donor, values in made.items() if _fits(needs, seen, values)}
    left = [donor for donor in donors if donor in able]
    return tuple(made[left[number]] for number in nearest(seen.values, left))


def _filled(values: Values, donor: Values) -> Values:
    return tuple(other if own is None else own for own, other in zip(values, donor, strict=True))


def _fits(needs: Needs, seen: Seen, values: Values) -> bool:
    known = needs.known(values)
    return all(known[fact] in left for fact, left in seen.narrowed.items() if fact in known) and needs.admits(values)
