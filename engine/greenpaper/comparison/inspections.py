"""Every inspection of the records under the version that governs the day it started.

Each inspection is counted exactly once: resolved to one version, or not, with the reason. What is resolved is checked
against the constraints of that version alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from greenpaper.comparison.compare import Unusable
from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.framework.checked import AssumedFor, Constraint, Force, Framework, Status
from greenpaper.language.terms import facts_read
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Record, Unknown
from greenpaper.situations.compiled import terms_of

NO_JUDGEMENT = (Unknown.NOT_JUDGED_SEPARATELY, Unknown.NOT_APPLICABLE)


class Resolution(StrEnum):
    """How an inspection came to its version."""

    BY_DAY = "by the day it started"
    BY_JUDGEMENTS = "by its judgements"
    NOT_RESOLVED = "not resolved"


class Standing(StrEnum):
    """How an inspection stands to the constraints of its version; flagged by one that usually holds is admissible."""

    ADMISSIBLE = "admissible"
    FLAGGED = "flagged"
    INADMISSIBLE = "inadmissible"


@dataclass(frozen=True, slots=True)
class Resolved:
    """An inspection, and the version that governs it; without one, `why` is the reason."""

    record: Record
    how: Resolution
    framework: Framework | None = None
    why: str = ""

    @property
    def assumed(self) -> AssumedFor | None:
        """The days for which the version is only assumed to be the right text, where it perhaps started on one."""
        day = self.record.inspection.started
        return self.framework.assumed_on(day) if self.framework and day else None


@dataclass(frozen=True, slots=True)
class CheckedInspection:
    """An inspection evaluated under the version it was resolved to; None where there is none."""

    resolved: Resolved
    evaluation: Evaluation | None = None

    @property
    def broken(self) -> tuple[Constraint, ...]:
        """The constraints of any force that it breaks."""
        return self.evaluation.broken if self.evaluation else ()

    @property
    def standing(self) -> Standing | None:
        """How it stands to the constraints; None where there is no version to stand to."""
        if self.evaluation is None:
            return None
        if not is_admissible(self.evaluation):
            return Standing.INADMISSIBLE
        return Standing.FLAGGED if self.broken else Standing.ADMISSIBLE


@dataclass(frozen=True, slots=True)
class Governed:
    """What is counted of one version."""

    framework: Framework
    inspections: tuple[CheckedInspection, ...]

    def count(self, standing: Standing) -> int:
        return sum(each.standing is standing for each in self.inspections)

    def resolved(self, how: Resolution) -> int:
        return sum(each.resolved.how is how for each in self.inspections)

    @property
    def assumed(self) -> int:
        return sum(each.resolved.assumed is not None for each in self.inspections)


@dataclass(frozen=True, slots=True)
class Inspected:
    """All inspections, in their order, with the versions considered. `unusable` count as unreadable."""

    frameworks: tuple[Framework, ...]
    checked: tuple[CheckedInspection, ...]
    unusable: tuple[Unusable, ...]

    @property
    def governed(self) -> tuple[Governed, ...]:
        """Each version with its inspections."""
        return tuple(
            Governed(framework, tuple(each for each in self.checked if each.resolved.framework is framework))
            for framework in self.frameworks
        )

    @property
    def not_resolved(self) -> tuple[Resolved, ...]:
        return tuple(each.resolved for each in self.checked if each.resolved.framework is None)

    @property
    def inadmissible(self) -> tuple[CheckedInspection, ...]:
        return tuple(each for each in self.checked if each.standing is Standing.INADMISSIBLE)


def inspect(
    frameworks: Sequence[Framework], inspections: Sequence[Record], *, elsewhere: Collection[str] = ()
) -> Inspected:
    """Each inspection resolved to the version that governs it, and checked against the constraints of that version.

    `frameworks` are those considered, in the order of their first day. Unknown: where it depends on a day not known
    which of them governs, that is taken from the judgements or left open. `elsewhere` names facts of other versions,
    which are not applicable.
    """
    checked: list[CheckedInspection] = []
    unusable: list[Unusable] = []
    for record in inspections:
        resolved = resolve(frameworks, record)
        if resolved.framework is None:
            checked.append(CheckedInspection(resolved))
            continue
        evaluation, wrong = evaluated(resolved.framework, record, elsewhere)
        checked.append(CheckedInspection(resolved, evaluation))
        unusable += wrong
    return Inspected(tuple(frameworks), tuple(checked), tuple(unusable))


def is_admissible(evaluation: Evaluation) -> bool:
    """Whether the constraints of the version allow what is known of the inspection."""
    always = any(each.force is Force.ALWAYS for each in evaluation.broken)
    return not always and all(each.status is not Status.INADMISSIBLE for each in evaluation.decisions.values())


def evaluated(
    framework: Framework, record: Record, elsewhere: Collection[str]
) -> tuple[Evaluation, tuple[Unusable, ...]]:
    """The inspection under one version, and its cells that facts cannot take; these count as unreadable."""
    # Months count to the day on which the inspection was known, not to that of the records.
    day = record.inspection.published or record.inspection.ended
    facts, wrong = facts_of(record, framework.vocabulary, as_of=day, elsewhere=elsewhere)
    return evaluate_facts(framework, facts), (Unusable(record, wrong),) if wrong else ()


# Resolution


def resolve(frameworks: Sequence[Framework], record: Record) -> Resolved:
    """The one version that governs the inspection: for certain, or because its judgements are those recorded."""
    day = record.inspection.started
    if day is None:
        return Resolved(record, Resolution.NOT_RESOLVED, why="no days on site")
    surely, perhaps = surely_or_perhaps(frameworks, day)
    if surely and not perhaps:
        return Resolved(record, Resolution.BY_DAY, surely)
    candidates = [each for each in (surely, *perhaps) if each]
    if not candidates:
        return Resolved(record, Resolution.NOT_RESOLVED, why=_ungoverned(frameworks, day))
    fitting = [each for each in candidates if fits(record, each)]
    if len(fitting) == 1:
        return Resolved(record, Resolution.BY_JUDGEMENTS, fitting[0])
    return Resolved(record, Resolution.NOT_RESOLVED, why=_open(candidates, fitting))


def surely_or_perhaps(frameworks: Sequence[Framework], day: date) -> tuple[Framework | None, tuple[Framework, ...]]:
    """The version that surely governs, the one that began last of several, and those that perhaps took its place."""
    governs = [(each, each.governs(day)) for each in frameworks]
    surely = max((each for each, said in governs if said), key=_first_day, default=None)
    since = _first_day(surely) if surely else date.min
    perhaps = (each for each, said in governs if said is None and each is not surely)
    return surely, tuple(each for each in perhaps if each.starts and min(each.starts.latest, day) > since)


def _first_day(framework: Framework) -> date:
    return framework.starts.earliest if framework.starts else date.max


def _ungoverned(frameworks: Sequence[Framework], day: date) -> str:
    first = frameworks[0] if frameworks else None
    if first and first.starts and day < first.starts.earliest:
        return f"before the first version, {first.version}"
    return "no version governs that day"


def _open(candidates: Sequence[Framework], fitting: Sequence[Framework]) -> str:
    names = " or ".join(each.version for each in fitting or candidates)
    return f"{names}, by a day not known; its judgements fit {'each of them' if fitting else 'none of them'}"


def fits(record: Record, framework: Framework) -> bool:
    """Whether what the inspection records can have been judged under the version.

    It cannot where a fact is known that the version does not have, or where it is said that one was not judged, or not
    separately, that the version judges.
    """
    judged = _judged(framework)
    for name, cell in record.cells.items():
        if isinstance(cell, Unknown):
            if cell in NO_JUDGEMENT and name in judged:
                return False
        elif cell not in (None, "") and name not in framework.vocabulary.facts:
            return False
    return True


@lru_cache(maxsize=64)
def _judged(framework: Framework) -> frozenset[str]:
    """The facts that a statement of the version reads; others it only knows of, such as those of earlier versions."""
    terms = (*terms_of(framework), *(each.condition.term for each in framework.constraints))
    return frozenset(fact for term in terms for fact in facts_read(term))
