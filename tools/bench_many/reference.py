"""What is right: the answers of 2025 and 2026 to every partial record, from one call of `gp.evaluate` each.

A code of a grade is its place on the scale from the worst, `UNKNOWN` where it is not known. A label is what a decision
says of one record: an outcome, or `undetermined`, `no rule` or `inadmissible`. For 2026 a few lines of Python in
three-valued logic are a second opinion, and must agree on all 625 partial records.
"""

import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np

import greenpaper as gp
from greenpaper.framework.checked import Framework

ROOT = Path(__file__).resolve().parents[2]
DECISION = "pathway"
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
UNKNOWN = len(GRADES)
FACTS = ("leaders", "help_and_protection", "in_care", "care_leavers")
WITH_OVERALL = ("overall", *FACTS)
OUTCOMES = ("light", "intensive", "monitoring")
STATUSES = ("decided", "undetermined", "no rule", "conflict", "inadmissible")
LABELS = (*OUTCOMES, *STATUSES[1:])
NULL = 255
Codes = np.ndarray  # of uint8
Possible = frozenset[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right of every partial record, in the order of `place_of`.

    `outcome` and `status` are codes in OUTCOMES and STATUSES; `rule` in `rules`; NULL where there is none. `possible`
    has the answers that are left, each a status and its outcomes.
    """

    facts: tuple[str, ...]
    outcome: Codes
    status: Codes
    rule: Codes
    rules: tuple[str, ...]
    possible: tuple[Possible, ...]

    @property
    def label(self) -> Codes:
        decided = self.outcome != NULL
        return np.where(decided, self.outcome, self.status + len(OUTCOMES) - 1).astype(np.uint8)


def partial_records(facts: Sequence[str]) -> list[Codes]:
    """Every partial record over some grades, as one column of codes for each fact: 625 of four facts."""
    grid = np.array(list(product(range(UNKNOWN + 1), repeat=len(facts))), dtype=np.uint8)
    return [np.ascontiguousarray(column) for column in grid.T]


def place_of(columns: Sequence[Codes]) -> np.ndarray:
    """Where each record stands among the partial records."""
    place = columns[0].astype(np.uint16)
    for column in columns[1:]:
        place *= UNKNOWN + 1
        place += column
    return place


@cache
def framework(version: str) -> Framework:
    return gp.load(ROOT / "policies" / version)


_FOUND: dict[str, Truth] = {}


def truth(version: str) -> Truth:
    """What is right under 2025 or 2026. Errors: AssertionError where the second opinion differs."""
    if version not in _FOUND:
        _FOUND[version] = _truth(version)
    return _FOUND[version]


def keep(file: Path) -> None:
    """What is right, written for processes that `read_kept`."""
    file.write_bytes(pickle.dumps({version: truth(version) for version in ("2025", "2026")}))


def read_kept(file: Path) -> None:
    _FOUND.update(pickle.loads(file.read_bytes()))


def _truth(version: str) -> Truth:
    facts = WITH_OVERALL if version == "2025" else FACTS
    verdicts = [verdict(version, facts, row) for row in product(range(UNKNOWN + 1), repeat=len(facts))]
    rules = tuple(rule.id for rule in verdicts[0].decision.rules)
    found = Truth(
        facts,
        coded((each.outcome and each.outcome.id for each in verdicts), OUTCOMES),
        coded((each.status.value for each in verdicts), STATUSES),
        coded((each.rule and each.rule.id for each in verdicts), rules),
        rules,
        tuple(frozenset((one.status.value, one.outcomes) for one in each.possible) for each in verdicts),
    )
    if version == "2026":
        opinion = [kleene(*row) for row in product((0, 1, 2, 3, None), repeat=len(facts))]
        assert [LABELS[label] for label in found.label] == opinion, "the two references disagree"
    return found


def verdict(version: str, facts: Sequence[str], row: Sequence[int]):
    record = {fact: GRADES[code] for fact, code in zip(facts, row, strict=True) if code != UNKNOWN}
    return gp.evaluate(framework(version), record).decisions[DECISION]


def coded(words: Iterable[str | None], known: Sequence[str]) -> Codes:
    return np.array([NULL if word is None else known.index(word) for word in words], dtype=np.uint8)


def kleene(leaders: int | None, *practice: int | None) -> str:
    """The label under 2026 in three-valued logic: the first rule that is not false decides."""
    rules = {
        "monitoring": at_least(1, practice, lambda grade: grade == 0),
        "intensive": either(holds(leaders, lambda grade: grade == 1), at_least(2, practice, lambda grade: grade == 1)),
        "light": both(holds(leaders, lambda grade: grade >= 2), at_least(2, practice, lambda grade: grade >= 2)),
    }
    first = next(((name, value) for name, value in rules.items() if value is not False), ("no rule", True))
    return first[0] if first[1] else "undetermined"


def holds(grade: int | None, test: Callable[[int], bool]) -> bool | None:
    return None if grade is None else test(grade)


def at_least(count: int, grades: Sequence[int | None], test: Callable[[int], bool]) -> bool | None:
    found = [holds(grade, test) for grade in grades]
    certain, perhaps = found.count(True), found.count(True) + found.count(None)
    return True if certain >= count else None if perhaps >= count else False


def either(one: bool | None, other: bool | None) -> bool | None:
    return True if one or other else None if one is None or other is None else False


def both(one: bool | None, other: bool | None) -> bool | None:
    return False if one is False or other is False else None if one is None or other is None else True
