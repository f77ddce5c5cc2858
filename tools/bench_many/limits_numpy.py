"""numpy by hand: the rules on codes by masks, and the table of all partial records, both in parts the cache holds."""

from collections.abc import Callable, Sequence

import numpy as np
from contender import Answers, Contender, Input, possible_codes
from inputs import codes_only
from reference import NULL, UNKNOWN, Codes, place_of, truth

Work = Callable[[Sequence[Codes]], Sequence[Codes]]
PART = 1 << 17
LIGHT, INTENSIVE, MONITORING = range(3)
DECIDED, UNDETERMINED, NO_RULE = range(3)


def in_parts(gives: int, part: Callable[[Sequence[Codes], Sequence[Codes]], None]) -> Work:
    """The work over all records, by calls that each fill a part of what is made."""

    def work(columns: Sequence[Codes]) -> Sequence[Codes]:
        count = len(columns[0])
        made = [np.empty(count, np.uint8) for _ in range(gives)]
        for start in range(0, count, PART):
            part([column[start : start + PART] for column in columns], [each[start : start + PART] for each in made])
        return made

    return work


def by_rules(columns: Sequence[Codes], made: Sequence[Codes]) -> None:
    """Outcome and status, the last test first; what an unknown grade means is worked out by hand for these rules."""
    leaders, one, other, third = columns
    poor, weak, known = ([grade == code for grade in (one, other, third)] for code in (0, 1, UNKNOWN))
    two_weak = (weak[0] & weak[1]) | (weak[2] & (weak[0] | weak[1]))
    outcome, status = made
    outcome[:], status[:] = LIGHT, DECIDED
    for where, its_outcome, its_status in (
        (leaders == 0, NULL, NO_RULE),
        (leaders == UNKNOWN, NULL, UNDETERMINED),
        (two_weak | (leaders == 1), INTENSIVE, DECIDED),
        (known[0] | known[1] | known[2], NULL, UNDETERMINED),
        (poor[0] | poor[1] | poor[2], MONITORING, DECIDED),
    ):
        elsewhere = where.view(np.uint8) - np.uint8(1)
        _put(outcome, elsewhere, its_outcome)
        _put(status, elsewhere, its_status)


def _put(codes: Codes, elsewhere: Codes, code: int) -> None:
    """The code where `elsewhere` has no bits."""
    codes &= elsewhere
    codes |= ~elsewhere & np.uint8(code)


def by_table(gives: int) -> Callable[[], Work]:
    def start() -> Work:
        right = truth("2026")
        tables = (right.outcome, right.status, possible_codes(right), right.rule)[:gives]

        def part(columns: Sequence[Codes], made: Sequence[Codes]) -> None:
            places = place_of(columns)
            for table, each in zip(tables, made, strict=True):
                table.take(places, out=each, mode="clip")

        return in_parts(gives, part)

    return start


def read(made: Sequence[Codes]) -> Answers:
    return dict(zip(("outcome", "status", "possible", "rule"), made, strict=False))


def contender(name: str, start: Callable[[], Work], gives: int) -> Contender:
    said = "outcome and status, as codes" if gives == 2 else "all four columns, as codes"
    return Contender(f"numpy, {name}", "numpy", Input.CODES, said, codes_only, start, read)


CONTENDERS = [
    contender("rules on codes", lambda: in_parts(2, by_rules), 2),
    contender("table, 2 columns", by_table(2), 2),
    contender("table, 4 columns", by_table(4), 4),
]
