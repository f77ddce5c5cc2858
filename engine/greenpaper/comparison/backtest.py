"""A version put to the test: what it says of each inspection, and what happened until the next one.

Every pair of successive inspections of one authority is counted exactly once for each attribute that the version
compares. What is not known is never counted as agreement or as disagreement.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import assert_never

from greenpaper.comparison import problems
from greenpaper.comparison.compare import Unusable
from greenpaper.evaluation.evaluate import Evaluation, Verdict, evaluate_facts
from greenpaper.framework.checked import Between, Decision, Framework, Next, Outcome, Sequel, Status
from greenpaper.records.facts import facts_of, months_between
from greenpaper.records.record import Inspection, Record
from greenpaper.records.visits import Uncounted, VisitTables
from greenpaper.situations.compiled import Answer
from greenpaper.source.diagnostics import PolicyError

Value = bool | int | float | str
Label = tuple[str, ...] | Status
COLUMNS: Mapping[str, Callable[[Inspection], str]] = {"kind": lambda inspection: inspection.kind}
WITHOUT_ANSWER = (Status.NO_RULE, Status.CONFLICT, Status.INADMISSIBLE)


class Finding(StrEnum):
    """How what a version says of one inspection stands to what happened."""

    AGREES = "agrees"
    MAY_AGREE = "may agree"
    DISAGREES = "disagrees"
    MAY_DISAGREE = "may disagree"
    NOT_KNOWN = "not known"
    NOT_SAID = "not said"
    NO_ANSWER = "no answer"


JUDGED = (Finding.AGREES, Finding.MAY_AGREE, Finding.DISAGREES, Finding.MAY_DISAGREE)


@dataclass(frozen=True, slots=True)
class Succession:
    """Two successive inspections of one authority."""

    first: Record
    second: Record

    @property
    def months(self) -> int | None:
        """Whole completed months from the last day of the first to the first day of the second, if both are known."""
        ended, started = self.first.inspection.ended, self.second.inspection.started
        return months_between(ended, started) if ended and started else None


@dataclass(frozen=True, slots=True)
class Tested:
    """A pair of inspections, and what the version says of the first."""

    pair: Succession
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened after an inspection; `why` says why it is not known (None)."""

    value: str | int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One attribute on one pair: the values that the possible answers give it, what happened, and how the two stand."""

    tested: Tested
    verdict: Verdict
    said: tuple[Value, ...]
    happened: Happened
    finding: Finding


@dataclass(frozen=True, slots=True)
class Line:
    """All pairs of one answer: an outcome, or those collected together, or a status when no outcome is certain."""

    label: tuple[Outcome, ...] | Status
    points: tuple[Point, ...]

    def count(self, finding: Finding) -> int:
        return sum(point.finding is finding for point in self.points)

    @property
    def happened(self) -> Counter[str | int | None]:
        """How often each thing happened; None is not known."""
        return Counter(point.happened.value for point in self.points)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many pairs agree at least and at most, of those in which something is said and what happened is known."""

    least: int
    most: int
    of: int


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """One attribute over all pairs, each in exactly one line."""

    attribute: str
    sequel: Sequel
    lines: tuple[Line, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for line in self.lines for point in line.points)

    @property
    def agreement(self) -> Agreement:
        count = Counter(point.finding for point in self.points)
        least = count[Finding.AGREES]
        return Agreement(least, least + count[Finding.MAY_AGREE], sum(count[each] for each in JUDGED))


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months between inspections after one answer: in how many pairs they are known, and how they spread."""

    label: tuple[Outcome, ...] | Status
    known: int
    least: int
    median: float
    most: int


@dataclass(frozen=True, slots=True)
class DecisionTest:
    decision: Decision
    attributes: tuple[AttributeTest, ...]
    months: tuple[Months, ...]


@dataclass(frozen=True, slots=True)
class BackTest:
    """A version over all pairs. `unusable` are cells that facts cannot take; they count as unreadable."""

    framework: Framework
    tested: tuple[Tested, ...]
    decisions: tuple[DecisionTest, ...]
    unusable: tuple[Unusable, ...]

    @property
    def undated(self) -> tuple[Tested, ...]:
        """The pairs between which no months and no visits can be counted."""
        return tuple(each for each in self.tested if each.pair.months is None)


def successions(inspections: Iterable[Record]) -> tuple[Succession, ...]:
    """Every inspection with the next of the same authority; `inspections` are oldest first for each authority."""
    of: dict[str, list[Record]] = {}
    for record in inspections:
        of.setdefault(record.authority.code, []).append(record)
    return tuple(Succession(*pair) for records in of.values() for pair in pairwise(records))


def tables_needed(framework: Framework) -> tuple[str, ...]:
    """The names of the tables of visits that the version counts in."""
    return tuple(dict.fromkeys(each.visits for each in _counted_in(framework)))


def _counted_in(framework: Framework) -> Iterator[Between]:
    for decision in framework.decisions.values():
        yield from (each for each in decision.back_test.values() if isinstance(each, Between))


def backtest(
    framework: Framework, pairs: Sequence[Succession], visits: VisitTables, *, elsewhere: Collection[str] = ()
) -> BackTest:
    """What the version says of the first of each pair, compared with what happened until the second.

    Unknown: an unknown fact leads to several possible answers, which agree only when all of them do; what happened and
    is not known never disagrees. Errors: PolicyError for a table of visits that is not in `visits`. `elsewhere` names
    facts of other versions, which are not applicable here.
    """
    missing = [each for each in _counted_in(framework) if each.visits not in visits.by_name]
    if missing:
        raise PolicyError(tuple(problems.no_such_table(each.visits, each.span, visits.there) for each in missing))
    tested, unusable = [], []
    for pair in pairs:
        # Months count to the day on which the first inspection was known, not to that of the records.
        day = pair.first.inspection.published or pair.first.inspection.ended
        facts, wrong = facts_of(pair.first, framework.vocabulary, as_of=day, elsewhere=elsewhere)
        if wrong:
            unusable.append(Unusable(pair.first, wrong))
        tested.append(Tested(pair, evaluate_facts(framework, facts)))
    decisions = tuple(_decision(each, tested, visits) for each in framework.decisions.values() if each.back_test)
    return BackTest(framework, tuple(tested), decisions, tuple(unusable))


def _decision(decision: Decision, tested: Sequence[Tested], visits: VisitTables) -> DecisionTest:
    by_label: dict[Label, list[Tested]] = {label: [] for label in _labels(decision, tested)}
    for each in tested:
        by_label[_label(each.evaluation.decisions[decision.id])].append(each)
    lines = tuple((_outcomes(decision, label), group) for label, group in by_label.items())
    tests = tuple(
        AttributeTest(
            attribute,
            sequel,
            tuple(
                Line(label, tuple(_point(decision, attribute, sequel, each, visits) for each in group))
                for label, group in lines
            ),
        )
        for attribute, sequel in decision.back_test.items()
    )
    return DecisionTest(decision, tests, tuple(_months(lines)))


def _labels(decision: Decision, tested: Sequence[Tested]) -> Iterator[Label]:
    """Every outcome, then the outcomes decided together and the statuses that occur."""
    met = Counter(_label(each.evaluation.decisions[decision.id]) for each in tested)
    yield from ((name,) for name in decision.outcomes)
    yield from (label for label in met if not isinstance(label, Status) and len(label) > 1)
    yield from (status for status in Status if status in met)


def _label(verdict: Verdict) -> Label:
    if verdict.status is not Status.DECIDED:
        return verdict.status
    decided = verdict.possible[0].outcomes
    return tuple(name for name in verdict.decision.outcomes if name in decided)


def _outcomes(decision: Decision, label: Label) -> tuple[Outcome, ...] | Status:
    return label if isinstance(label, Status) else tuple(decision.outcomes[name] for name in label)


def _point(decision: Decision, attribute: str, sequel: Sequel, tested: Tested, visits: VisitTables) -> Point:
    verdict = tested.evaluation.decisions[decision.id]
    said = [_said(decision, answer, attribute) for answer in verdict.possible]
    happened = _happened(sequel, tested.pair, visits)
    values = tuple(dict.fromkeys(value for each in said for value in each))
    return Point(tested, verdict, values, happened, finding(verdict.status, said, happened.value))


def _said(decision: Decision, answer: Answer, attribute: str) -> tuple[Value, ...]:
    """The values that the outcomes of one answer give the attribute; a conflict says nothing."""
    decided = answer.outcomes if answer.status is Status.DECIDED else ()
    given = (decision.outcomes[name].attributes for name in decided)
    return tuple(attributes[attribute] for attributes in given if attribute in attributes)


def finding(status: Status, said: Sequence[tuple[Value, ...]], happened: str | int | None) -> Finding:
    """How an answer of this status stands to what happened; `said` are the values of each possible answer.

    An answer with several values agrees only when all of them do, and one without values neither agrees nor disagrees.
    """
    if status in WITHOUT_ANSWER:
        return Finding.NO_ANSWER
    if not any(said):
        return Finding.NOT_SAID
    if happened is None:
        return Finding.NOT_KNOWN
    agreed = {all(_same(value, happened) for value in values) if values else None for values in said}
    if True in agreed:
        return Finding.AGREES if agreed == {True} else Finding.MAY_AGREE
    return Finding.DISAGREES if agreed == {False} else Finding.MAY_DISAGREE


def _same(value: Value, happened: str | int) -> bool:
    if isinstance(happened, int):
        return not isinstance(value, bool) and value == happened
    return (str(value).lower() if isinstance(value, bool) else str(value)) == happened


def _happened(sequel: Sequel, pair: Succession, visits: VisitTables) -> Happened:
    match sequel:
        case Next(column):
            value = COLUMNS[column](pair.second.inspection)
            return Happened(value) if value else Happened(None, f"the {column} of the next inspection is not known")
        case Between(table):
            ended, started = pair.first.inspection.ended, pair.second.inspection.started
            if not ended or not started:
                return Happened(None, "days on site are not known")
            counted = visits.by_name[table].between(pair.first.authority, ended, started)
            return Happened(None, str(counted)) if isinstance(counted, Uncounted) else Happened(counted)
        case _:
            assert_never(sequel)


def _months(lines: Iterable[tuple[tuple[Outcome, ...] | Status, Sequence[Tested]]]) -> Iterator[Months]:
    for label, group in lines:
        months = [each.pair.months for each in group if each.pair.months is not None]
        if months:
            yield Months(label, len(months), min(months), median(months), max(months))
