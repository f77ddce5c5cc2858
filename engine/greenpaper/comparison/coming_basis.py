"""What the coming years of one version are drawn from: where its authorities stand, observed gaps and observed steps.

An authority whose record is not complete stands where the nearest complete records would put it. The last of the
activities of an outcome, in the order in which they are written, is the inspection that ends the cycle.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from greenpaper.comparison.compare import Unusable
from greenpaper.comparison.workload import Times, times_of
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.framework.checked import Decision, Framework, Outcome, Status
from greenpaper.population.choice import Numbers, choice_of
from greenpaper.population.cycles import Cycles, Follows, Gaps
from greenpaper.population.steps import (
    Needs,
    NothingToDrawFrom,
    Seen,
    Steps,
    Values,
    completed,
    facts_needed,
    nearest,
    steps_of,
    successive,
)
from greenpaper.records.facts import Facts
from greenpaper.records.record import Record, Unknown
from greenpaper.records.tables import Records
from greenpaper.situations.compiled import Answer

FEW = 5
"""So many gaps, at least, make a pool of their own."""


class Apart(StrEnum):
    """Why an authority is not counted in a year."""

    NOT_STATED = "not stated"
    NO_RULE = "no rule"
    CONFLICT = "rules conflict"
    INADMISSIBLE = "inadmissible"
    UNDATED = "undated"


REASONS = tuple(Apart)


@dataclass(frozen=True, slots=True)
class Pool:
    """How many gaps were observed after one answer, and whether all gaps stand for them because there are so few."""

    answer: Answer
    gaps: int
    is_of_all: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """How much is drawn from.

    Of the authorities that are followed, `filled` have facts that are taken from the nearest of the `donors`, which are
    the complete records, and for `by_publication` the publication stands for a last day on site that is not known. Of
    `pairs` of successive inspections, `undated` are left out, as their days are not known or not in order, and
    `earlier`, which begin before the day that was asked for; of the others there is a gap each. `steps` are those of
    them whose second inspection is complete and breaks no constraint: others are `incomplete` or `inadmissible`.
    """

    filled: int
    by_publication: int
    donors: int
    pairs: int
    undated: int
    earlier: int
    steps: int
    incomplete: int
    inadmissible: int
    pools: tuple[Pool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """One version, ready to be drawn."""

    framework: Framework
    cycles: Cycles
    basis: Basis
    unusable: tuple[Unusable, ...]


def projected(
    needs: Needs, decision: Decision, records: Records, followed: Sequence[Record], *, since: date | None = None
) -> Projected:
    """The version over the authorities of some current records, which are followed from the day of the records on.

    `since` is the first day on which the first inspection of a gap or a step may have begun. Errors: NothingToDrawFrom.
    """
    ground = _ground(needs, records, followed, since)
    if not ground.steps.kept or not ground.donors:
        what = "no inspection that follows another" if ground.donors else "no inspection"
        late = f", of those since {since}," if since else ""
        facts = ", ".join(needs.facts)
        raise NothingToDrawFrom(f"{what}{late} is complete in the facts that {needs.framework.version} reads: {facts}")
    unusable = tuple(Unusable(each.record, each.wrong) for each in ground.current if each.wrong)
    cycles, basis = _cycles(ground, _Situations(needs, decision), _activities(needs.framework, decision))
    return Projected(needs.framework, cycles, basis, unusable)


def needs_of(
    framework: Framework, decision: str, elsewhere: Collection[str], judged: Mapping[str, Collection[str]]
) -> Needs:
    """The facts that one decision of a framework needs of a record."""
    return Needs(framework, facts_needed(framework, {decision}), elsewhere, judged)


def _activities(framework: Framework, decision: Decision) -> tuple[str, ...]:
    named = {name for outcome in decision.outcomes.values() for name in outcome.activities or ()}
    return tuple(name for name in framework.activities if name in named)


# What was observed


@dataclass(frozen=True, slots=True)
class _Ground:
    """The records in the facts that one version needs. `used` are the pairs of inspections that give gaps."""

    needs: Needs
    taken: date
    current: tuple[Seen, ...]
    donors: tuple[Values, ...]
    pairs: int
    undated: int
    used: tuple[tuple[Record, Record], ...]
    steps: Steps


def _ground(needs: Needs, records: Records, followed: Sequence[Record], since: date | None) -> _Ground:
    assert records.taken
    seen = [needs.seen_then(record) for record in records.inspections]
    # From the worst values on, so that near numbers draw near values, under every version.
    donors = sorted((each.values for each in seen if each.is_complete), key=needs.place)
    pairs = list(successive(records.inspections))
    dated = [pair for pair in pairs if _gap(*pair)]
    used = tuple(pair for pair in dated if (pair[0].inspection.started or date.min) >= (since or date.min))
    steps = steps_of(needs, used)
    ordered = Steps(
        tuple(sorted(steps.kept, key=lambda step: needs.place(step.second.values))),
        steps.incomplete,
        steps.inadmissible,
    )
    current = tuple(needs.seen(record, records.taken) for record in followed)
    return _Ground(needs, records.taken, current, tuple(donors), len(pairs), len(pairs) - len(dated), used, ordered)


def _gap(first: Record, second: Record) -> int:
    """Days from the last on site to the first of the next inspection; 0 where they are not known or not in order."""
    ended, started = first.inspection.ended, second.inspection.started
    return max(0, (started - ended).days) if ended and started else 0


def _length(record: Record) -> int:
    """Days from the first on site to the last."""
    started, ended = record.inspection.started, record.inspection.ended
    assert started
    assert ended
    return (ended - started).days


def _last_day(record: Record) -> date | None:
    return record.inspection.ended or record.inspection.published


# Situations


class _Situations:
    """The situations that are met, by number, with what the decision says in each."""

    def __init__(self, needs: Needs, decision: Decision) -> None:
        self.needs, self.decision = needs, decision
        self.numbers: dict[Values, int] = {}
        self.answers: list[Answer] = []

    def number(self, values: Values) -> int:
        """The number of a situation, which is evaluated when it is first met."""
        if values not in self.numbers:
            self.numbers[values] = len(self.numbers)
            self.answers.append(self._answer(values))
        return self.numbers[values]

    def answer(self, values: Values) -> Answer:
        return self.answers[self.number(values)]

    def _answer(self, values: Values) -> Answer:
        known = self.needs.known(values)
        unknown = {fact: Unknown.NOT_KNOWN for fact in self.needs.framework.vocabulary.facts if fact not in known}
        (answer,) = evaluate_facts(self.needs.framework, Facts(known, unknown)).decisions[self.decision.id].possible
        return answer


# As numbers


def _cycles(ground: _Ground, met: _Situations, activities: Sequence[str]) -> tuple[Cycles, Basis]:
    needs, steps = ground.needs, ground.steps.kept
    starts = [completed(needs, each, ground.donors) for each in ground.current]
    begins = [[met.number(values) for values in each] or [0] for each in starts]
    to = [met.number(step.second.values) for step in steps]
    firsts = [step.first.values for step in steps]
    onward = [nearest(values, firsts) for values in met.numbers]
    gaps, pools = _gaps(ground, met)
    cycles = Cycles(
        starts=choice_of(begins),
        passed=_whole([_passed(each.record, ground.taken) for each in ground.current]),
        aside=_whole([_aside(each.record, values) for each, values in zip(ground.current, starts, strict=True)]),
        gaps=gaps,
        steps=choice_of(onward),
        to=_whole(to),
        length=_whole([_length(step.second.record) for step in steps]),
        follows=tuple(_follows(name, met) for name in activities),
        apart=_whole([_apart(met.decision, each) for each in met.answers]),
    )
    return cycles, _basis(ground, starts, pools)


def _whole(numbers: Sequence[int]) -> Numbers:
    return np.array(numbers, dtype=np.int32)


def _passed(record: Record, taken: date) -> int:
    last = _last_day(record)
    return (taken - last).days if last else 0


def _aside(record: Record, completions: Collection[Values]) -> int:
    """The number of the reason why an authority is not followed, from 1 on; 0 is followed."""
    if not _last_day(record):
        return number_of(Apart.UNDATED)
    return 0 if completions else number_of(Apart.INADMISSIBLE)


def number_of(reason: Apart) -> int:
    """Reasons are numbered from 1 on."""
    return REASONS.index(reason) + 1


def _apart(decision: Decision, answer: Answer) -> int:
    match answer.status:
        case Status.NO_RULE:
            return number_of(Apart.NO_RULE)
        case Status.CONFLICT:
            return number_of(Apart.CONFLICT)
        case _:
            return 0 if _times(decision, answer) is not None else number_of(Apart.NOT_STATED)


def _times(decision: Decision, answer: Answer) -> Times | None:
    """How many of each activity follow; None where that is not stated, or where there may be any number."""
    times = times_of(decision, answer)
    return None if times is None or any(each.most is None for each in times.values()) else times


def _follows(activity: str, met: _Situations) -> Follows:
    times = [(_times(met.decision, answer) or {}).get(activity) for answer in met.answers]
    last = [activity in _closing(met.decision, answer) for answer in met.answers]
    return Follows(
        activity,
        _whole([int(each.least or 0) if each else 0 for each in times]),
        _whole([int(each.most or 0) if each else 0 for each in times]),
        np.array(last, dtype=np.bool_),
    )


def _closing(decision: Decision, answer: Answer) -> frozenset[str]:
    """The last activity of each outcome: the inspection that ends the cycle."""
    outcomes: list[Outcome] = [decision.outcomes[name] for name in answer.outcomes]
    return frozenset(list(each.activities)[-1] for each in outcomes if each.activities)


def _gaps(ground: _Ground, met: _Situations) -> tuple[Gaps, tuple[Pool, ...]]:
    """The pool of all gaps first, then one for each answer after which there are enough of them."""
    before = _Situations(met.needs, met.decision)
    gaps = [(_answer_before(ground, before, first), _gap(first, second)) for first, second in ground.used]
    order = sorted(set(met.answers), key=lambda each: _rank(met.decision, each))
    after = {answer: sorted(gap for label, gap in gaps if label == answer) for answer in order}
    own = [answer for answer, each in after.items() if len(each) >= FEW]
    pools = choice_of([sorted(gap for _, gap in gaps), *map(after.__getitem__, own)])
    pool_of = _whole([own.index(answer) + 1 if answer in own else 0 for answer in met.answers])
    return Gaps(pools, pool_of), tuple(Pool(each, len(after[each]), each not in own) for each in order)


def _answer_before(ground: _Ground, met: _Situations, first: Record) -> Answer | None:
    """The answer to the first inspection of a pair: the one that most of its nearest completions get, if one does."""
    values = completed(ground.needs, ground.needs.seen_then(first), ground.donors)
    ranked = Counter(map(met.answer, values)).most_common(2)
    return ranked[0][0] if len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1]) else None


def _rank(decision: Decision, answer: Answer) -> tuple[int, ...]:
    outcomes = list(decision.outcomes)
    return (tuple(Status).index(answer.status), *(outcomes.index(name) for name in answer.outcomes))


def _basis(ground: _Ground, starts: Sequence[Sequence[Values]], pools: tuple[Pool, ...]) -> Basis:
    here = [each for each, values in zip(ground.current, starts, strict=True) if values and _last_day(each.record)]
    return Basis(
        filled=sum(not each.is_complete for each in here),
        by_publication=sum(not each.record.inspection.ended for each in here),
        donors=len(ground.donors),
        pairs=ground.pairs,
        undated=ground.undated,
        earlier=ground.pairs - ground.undated - len(ground.used),
        steps=len(ground.steps.kept),
        incomplete=ground.steps.incomplete,
        inadmissible=ground.steps.inadmissible,
        pools=pools,
    )
