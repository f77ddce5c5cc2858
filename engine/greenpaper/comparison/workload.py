"""What versions cost in visits and inspector days over one cycle: from one graded inspection to the next, with it.

Inspector days of an activity are its inspectors times its days on site. All numbers are exact bounds: each bound is
reached by numbers that the versions allow, and none lies outside. These things vary, each independently of the others:

- which of its possible answers an undetermined authority gets; under two versions, which of its possible pairs;
- for each authority, every amount that is not stated exactly. It is one number for all times that the activity follows.

Between two versions an amount of one activity is one and the same number on both sides where both state the same
bounds of it, or neither knows it; amounts that differ vary independently. So an authority that cannot move between
outcomes of equal counts adds exactly nothing to a change, and a change is not the difference of two bounds. Decisions
are told apart and never added, and neither are authorities of which no workload is stated.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenpaper.comparison.amounts import (
    ANY,
    NOTHING,
    Bounds,
    added,
    any_of,
    bounds_of,
    multiplied,
    scaled,
    taken_from,
)
from greenpaper.comparison.compare import Comparison, Row, answer_pairs, compare
from greenpaper.comparison.pairs import Pair
from greenpaper.comparison.together import together, why_not_comparable
from greenpaper.evaluation.evaluate import Verdict
from greenpaper.framework.checked import Decision, Framework, Outcome, Status
from greenpaper.records.record import Record
from greenpaper.situations.compiled import Answer

Times = Mapping[str, Bounds]
"""How many of each activity follow, by its id."""


class Standing(StrEnum):
    """What can be said of the workload of one authority; only of the first two it is counted."""

    STATED = "stated"
    UNDETERMINED = "undetermined"
    NOT_OF_EVERY_ANSWER = "undetermined, and not stated of every possible answer"
    NOT_STATED = "not stated"
    NO_RULE = "no rule"
    CONFLICT = "rules conflict"
    INADMISSIBLE = "inadmissible"


COUNTED = (Standing.STATED, Standing.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Load:
    """How many visits, and how many inspector days they take."""

    visits: Bounds
    days: Bounds


@dataclass(frozen=True, slots=True)
class Loads:
    """The load of each activity, and of all together: its bounds can be narrower than the sum of theirs."""

    by_activity: Mapping[str, Load]
    total: Load


@dataclass(frozen=True, slots=True)
class Cost:
    """What one version costs, with how many authorities there are of each standing."""

    framework: Framework
    standings: Mapping[Standing, int]
    loads: Loads


@dataclass(frozen=True, slots=True)
class Change:
    """What another version costs more than the first, over the authorities that are counted in both.

    `left_out` are the others. `not_comparable` says why nothing can be said; it is empty when the two were compared.
    """

    before: Framework
    after: Framework
    counted: int
    left_out: int
    loads: Loads
    not_comparable: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One region, or all where it is None. A version without the decision has no cost."""

    region: str | None
    authorities: int
    costs: tuple[Cost | None, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DecisionWorkload:
    """What follows from one decision: for all authorities together first, then for each region."""

    id: str
    question: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """Decisions of which some version states what their outcomes take; `comparison` has every record's answers."""

    comparison: Comparison
    decisions: tuple[DecisionWorkload, ...]


def workload(
    frameworks: Sequence[Framework],
    records: Sequence[Record],
    *,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Workload:
    """What each framework costs over the records, and how much more than the first one.

    Unknown: amounts that are not known leave bounds open; records without a stated workload are counted apart.
    `elsewhere` names facts of other versions, which are not applicable here. Errors: TooLarge.
    """
    comparison = compare(frameworks, records, as_of=as_of, elsewhere=elsewhere)
    told = (each for each in comparison.decisions if any(_is_told(each.id, one) for one in frameworks))
    return Workload(comparison, tuple(_decision(each.id, each.question, comparison) for each in told))


def _outcomes(decision: str, framework: Framework) -> tuple[Outcome, ...]:
    return tuple(framework.decisions[decision].outcomes.values()) if decision in framework.decisions else ()


def _is_told(decision: str, framework: Framework) -> bool:
    """Whether some outcome of the decision says what follows from it, which can be nothing."""
    return any(outcome.activities is not None for outcome in _outcomes(decision, framework))


def _activities(decision: str, framework: Framework) -> tuple[str, ...]:
    """The activities that some outcome of the decision names, in their order."""
    named = {name for outcome in _outcomes(decision, framework) for name in outcome.activities or ()}
    return tuple(name for name in framework.activities if name in named)


def _decision(name: str, question: str, comparison: Comparison) -> DecisionWorkload:
    first, *others = comparison.frameworks
    costs = [_Costs(name, each, number, comparison.rows) for number, each in enumerate(comparison.frameworks)]
    changes = [_Changes(name, first, each, number, comparison.rows) for number, each in enumerate(others, start=1)]

    def area(region: str | None) -> Area:
        inside = [number for number, row in enumerate(comparison.rows) if region in (None, row.record.authority.region)]
        return Area(
            region,
            len(inside),
            tuple(each.over(inside) for each in costs),
            tuple(each.over(inside) for each in changes),
        )

    regions = sorted({row.record.authority.region for row in comparison.rows})
    return DecisionWorkload(name, question, (area(None), *map(area, regions)))


# One version


class _Costs:
    """What one version costs for each record, in their order."""

    def __init__(self, decision: str, framework: Framework, number: int, rows: Sequence[Row]) -> None:
        self.framework = framework
        self.is_decided = decision in framework.decisions
        self.activities = _activities(decision, framework)
        self.found: dict[tuple[Answer, ...], Loads] = {}
        verdicts = (row.evaluations[number].decisions.get(decision) for row in rows)
        self.shares = tuple(self._share(each) for each in verdicts if each)

    def over(self, records: Iterable[int]) -> Cost | None:
        """The cost of these records; None for a version without the decision."""
        if not self.is_decided:
            return None
        shares = [self.shares[number] for number in records]
        counted = Counter(standing for standing, _ in shares)
        loads = _together(added, self.activities, [each for _, each in shares if each])
        return Cost(self.framework, {each: counted[each] for each in Standing}, loads)

    def _share(self, verdict: Verdict) -> tuple[Standing, Loads | None]:
        standing = standing_of(verdict)
        if standing not in COUNTED:
            return standing, None
        if verdict.possible not in self.found:
            times = (times_of(verdict.decision, answer) for answer in verdict.possible)
            loads = [self._loads(each) for each in times if each is not None]
            self.found[verdict.possible] = _together(any_of, self.activities, loads)
        return standing, self.found[verdict.possible]

    def _loads(self, times: Times) -> Loads:
        return _loads((name, self._load(name, times)) for name in self.activities)

    def _load(self, activity: str, times: Times) -> Load:
        count = times.get(activity, NOTHING)
        return Load(count, multiplied([count, *_taken(self.framework, activity)]))


def standing_of(verdict: Verdict) -> Standing:
    """What can be said of the workload that follows from a verdict."""
    stated = [times_of(verdict.decision, answer) is not None for answer in verdict.possible]
    match verdict.status:
        case Status.INADMISSIBLE:
            return Standing.INADMISSIBLE
        case Status.NO_RULE:
            return Standing.NO_RULE
        case Status.CONFLICT:
            return Standing.CONFLICT
        case Status.UNDETERMINED:
            return Standing.UNDETERMINED if all(stated) else Standing.NOT_OF_EVERY_ANSWER
        case Status.DECIDED:
            return Standing.STATED if all(stated) else Standing.NOT_STATED


def times_of(decision: Decision, answer: Answer) -> Times | None:
    """How many of each activity follow from an answer; None where no outcome does, or one does not state it."""
    if answer.status is not Status.DECIDED:
        return None
    found: dict[str, list[Bounds]] = {}
    for outcome in (decision.outcomes[name] for name in answer.outcomes):
        if outcome.activities is None:
            return None
        for name, count in outcome.activities.items():
            found.setdefault(name, []).append(bounds_of(count))
    return {name: added(counts) for name, counts in found.items()}


def _taken(framework: Framework, activity: str) -> tuple[Bounds, Bounds]:
    """The inspectors of an activity, and its days on site."""
    known = framework.activities.get(activity)
    return (bounds_of(known.inspectors), bounds_of(known.days_on_site)) if known else (ANY, ANY)


# Two versions


class _Changes:
    """How much more another version costs than the first for each record, in their order; None where not stated."""

    def __init__(self, decision: str, before: Framework, after: Framework, number: int, rows: Sequence[Row]) -> None:
        self.before, self.after = before, after
        self.decision, self.number = decision, number
        self.activities = tuple(dict.fromkeys((*_activities(decision, before), *_activities(decision, after))))
        self.not_comparable = why_not_comparable(before, after, decision)
        self.found: dict[frozenset[Pair], Loads | None] = {}
        self.changes = tuple(None if self.not_comparable else self._change(row) for row in rows)

    def over(self, records: Collection[int]) -> Change:
        """The change for these records."""
        loads = [change for number in records if (change := self.changes[number])]
        counted, summed = len(loads), _together(added, self.activities, loads)
        return Change(self.before, self.after, counted, len(records) - counted, summed, self.not_comparable)

    def _change(self, row: Row) -> Loads | None:
        before, after = row.evaluations[0], row.evaluations[self.number]
        verdicts = before.decisions[self.decision], after.decisions[self.decision]
        if any(each.status is Status.INADMISSIBLE for each in verdicts):
            return None
        pairs = answer_pairs(together(self.before, self.after), self.decision, before, after)
        if pairs not in self.found:
            self.found[pairs] = self._over(pairs)
        return self.found[pairs]

    def _over(self, pairs: Iterable[Pair]) -> Loads | None:
        """The change over some pairs of answers, one of which it is."""
        old, new = self.before.decisions[self.decision], self.after.decisions[self.decision]
        loads = []
        for first, second in pairs:
            before, after = times_of(old, first), times_of(new, second)
            if before is None or after is None:
                return None
            loads.append(_loads(self._differences(before, after)))
        return _together(any_of, self.activities, loads)

    def _differences(self, before: Times, after: Times) -> Iterator[tuple[str, Load]]:
        for name in self.activities:
            old, new = before.get(name, NOTHING), after.get(name, NOTHING)
            visits = difference([old], [new])
            yield name, Load(visits, difference([old, *_taken(self.before, name)], [new, *_taken(self.after, name)]))


def difference(before: Sequence[Bounds], after: Sequence[Bounds]) -> Bounds:
    """The product of `after` without that of `before`; factors that are equal on both sides are the same number."""
    factors = list(zip(before, after, strict=True))
    old, new = (multiplied(pair[side] for pair in factors if pair[0] != pair[1]) for side in (0, 1))
    return scaled(taken_from(old, new), multiplied(one for one, other in factors if one == other))


# Loads


def _loads(each: Iterable[tuple[str, Load]]) -> Loads:
    by_activity = dict(each)
    return Loads(by_activity, _one(added, by_activity.values()))


def _together(how: Callable[[Iterable[Bounds]], Bounds], activities: Iterable[str], each: Sequence[Loads]) -> Loads:
    """The sum of several loads, or whichever of them it is."""
    by_activity = {name: _one(how, [one.by_activity[name] for one in each]) for name in activities}
    return Loads(by_activity, _one(how, [one.total for one in each]))


def _one(how: Callable[[Iterable[Bounds]], Bounds], loads: Collection[Load]) -> Load:
    return Load(how([each.visits for each in loads]), how([each.days for each in loads]))
