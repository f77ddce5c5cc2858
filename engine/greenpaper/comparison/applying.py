"""Every inspection of the records under versions that are asked of all of them: which rules apply, and to how many.

With several versions, the answers of the later ones are held against those of the first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from greenpaper.comparison.compare import Unusable
from greenpaper.comparison.inspections import evaluated
from greenpaper.evaluation.evaluate import Evaluation, Verdict
from greenpaper.framework.checked import Decision, Framework, Status
from greenpaper.records.record import Record
from greenpaper.situations.compiled import Answer

ANSWERED = (Status.DECIDED, Status.NO_RULE, Status.CONFLICT)
Rules = tuple[str, ...]
"""The rules that apply to an inspection, in their order."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An inspection under one version: the rules of each decision that apply; None where that is not known."""

    record: Record
    evaluation: Evaluation
    rules: Mapping[str, Rules | None]


@dataclass(frozen=True, slots=True)
class UnderVersion:
    """Every inspection under one version."""

    framework: Framework
    applied: tuple[Applied, ...]

    def by_rules(self, decision: Decision) -> Mapping[Rules | None, tuple[Applied, ...]]:
        """The rules that apply → the inspections: each rule alone, then rules that meet, then none, and not known."""
        rules = [rule.id for rule in decision.rules]
        met = {each.rules[decision.id] for each in self.applied} - {None}
        together = sorted((names for names in met if names and len(names) > 1), key=lambda names: _places(rules, names))
        every: tuple[Rules | None, ...] = (*((rule,) for rule in rules), *together, (), None)
        return {names: tuple(each for each in self.applied if each.rules[decision.id] == names) for names in every}


def _places(rules: Sequence[str], names: Rules) -> list[int]:
    return [rules.index(name) for name in names]


class Accord(StrEnum):
    """How the answers of two versions to one inspection stand to each other.

    They are the same whatever is not known where a rule of one may apply or not, and no completion has another answer.
    Not comparable are those that one of them gives no certain answer, or whose facts its constraints exclude.
    """

    SAME = "the same"
    SAME_WHATEVER = "the same whatever is not known"
    DIFFERENT = "different"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Every inspection by how the answers of two versions to one decision stand to each other."""

    before: Framework
    after: Framework
    decision: Decision
    inspections: Mapping[Accord, tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class Under:
    """Every inspection under each of the versions asked, in their order. `unusable` count as unreadable."""

    versions: tuple[UnderVersion, ...]
    compared: tuple[SideBySide, ...]
    unusable: tuple[Unusable, ...]


def under(frameworks: Sequence[Framework], inspections: Sequence[Record], *, elsewhere: Collection[str] = ()) -> Under:
    """Which rules of each version apply to each inspection, and whether the later ones answer as the first does.

    Unknown: a rule whose condition is unknown leaves it open which rules apply. `elsewhere` names facts of other
    versions, which are not applicable.
    """
    versions: list[UnderVersion] = []
    unusable: list[Unusable] = []
    for framework in frameworks:
        applied = []
        for record in inspections:
            evaluation, wrong = evaluated(framework, record, elsewhere)
            rules = {name: _applying(verdict) for name, verdict in evaluation.decisions.items()}
            applied.append(Applied(record, evaluation, rules))
            unusable += wrong
        versions.append(UnderVersion(framework, tuple(applied)))
    first, *others = versions
    compared = (each for other in others for each in _compared(first, other))
    return Under(tuple(versions), tuple(compared), tuple(unusable))


def _applying(verdict: Verdict) -> Rules | None:
    if any(step.applies is None for step in verdict.trace):
        return None
    return tuple(step.rule.id for step in verdict.trace if step.applies)


def _compared(first: UnderVersion, other: UnderVersion) -> Iterator[SideBySide]:
    """The decisions that both versions take; of the others nothing can be compared."""
    for name, decision in first.framework.decisions.items():
        if name in other.framework.decisions:
            found: dict[Accord, list[Record]] = {accord: [] for accord in Accord}
            for before, after in zip(first.applied, other.applied, strict=True):
                found[_accord(name, before, after)].append(before.record)
            yield SideBySide(
                first.framework, other.framework, decision, {accord: tuple(each) for accord, each in found.items()}
            )


def _accord(decision: str, before: Applied, after: Applied) -> Accord:
    answers = [_answer(each.evaluation.decisions[decision]) for each in (before, after)]
    if None in answers:
        return Accord.NOT_COMPARABLE
    if answers[0] != answers[1]:
        return Accord.DIFFERENT
    return Accord.SAME_WHATEVER if None in (before.rules[decision], after.rules[decision]) else Accord.SAME


def _answer(verdict: Verdict) -> Answer | None:
    """The one answer, whichever rule gave it; None where several are possible or the constraints exclude the facts."""
    return verdict.possible[0].behaviour if verdict.status in ANSWERED else None
