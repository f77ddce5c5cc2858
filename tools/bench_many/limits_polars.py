"""Polars by hand, on both cores: the rules as expressions, on codes, on Enum columns and on strings; and the table."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
from contender import Answers, Contender, Input, codes_of, outcome_and_status, possible_codes
from inputs import polars_strings, polars_typed
from reference import FACTS, GRADES, NULL, OUTCOMES, STATUSES, UNKNOWN, Codes, partial_records, truth

Work = Callable[[pl.DataFrame], pl.DataFrame]
Test = Callable[[pl.Expr, int], pl.Expr]
LEADERS, *PRACTICE = (pl.col(fact) for fact in FACTS)
OUTCOME, STATUS = pl.Enum(OUTCOMES), pl.Enum(STATUSES)


def two_of(test: Test, grade: int) -> pl.Expr:
    """At least two of the three; unknown where it hangs on what is null."""
    one, other, third = (test(fact, grade) for fact in PRACTICE)
    return (one & other) | (one & third) | (other & third)


def rules(is_: Test, at_least: Test) -> Mapping[str, pl.Expr]:
    """The conditions of 2026, in their order; null is unknown, as in Polars' own `&` and `|`."""
    return {
        "monitoring": is_(PRACTICE[0], 0) | is_(PRACTICE[1], 0) | is_(PRACTICE[2], 0),
        "intensive": is_(LEADERS, 1) | two_of(is_, 1),
        "light": at_least(LEADERS, 2) & two_of(at_least, 2),
    }


def columns(is_: Test, at_least: Test) -> tuple[pl.Expr, pl.Expr]:
    """Outcome and status: the first rule that is not false decides, and where it is unknown nothing is decided."""
    outcome = status = pl
    for name, holds in rules(is_, at_least).items():
        outcome = outcome.when(holds).then(word(name, OUTCOME)).when(holds.is_null()).then(word(None, OUTCOME))
        status = status.when(holds).then(word("decided", STATUS))
        status = status.when(holds.is_null()).then(word("undetermined", STATUS))
    return (
        outcome.otherwise(word(None, OUTCOME)).alias("outcome"),
        status.otherwise(word("no rule", STATUS)).alias("status"),
    )


def word(value: str | None, words: pl.Enum) -> pl.Expr:
    return pl.lit(value, dtype=words)


def collected(engine: str, is_: Test, at_least: Test) -> Callable[[], Work]:
    def start() -> Work:
        made = columns(is_, at_least)
        return lambda frame: frame.lazy().with_columns(*made).collect(engine=engine)

    return start


ON_CODES: tuple[Test, Test] = (
    lambda fact, grade: fact.to_physical() == grade,
    lambda fact, grade: fact.to_physical() >= grade,
)
ON_WORDS: tuple[Test, Test] = (
    lambda fact, grade: fact == GRADES[grade],
    lambda fact, grade: fact >= GRADES[grade],
)
ON_STRINGS: tuple[Test, Test] = (
    lambda fact, grade: fact == GRADES[grade],
    lambda fact, grade: (fact == GRADES[-1]) if grade == 3 else (fact == GRADES[2]) | (fact == GRADES[3]),
)


def answers_of_2026(gives: int) -> Mapping[str, pl.Series]:
    """The answers to every partial record, as columns."""
    right = truth("2026")
    made = {"outcome": words(right.outcome, OUTCOMES), "status": words(right.status, STATUSES)}
    if gives == 4:
        made |= {"possible": pl.Series(possible_codes(right)), "rule": words(right.rule, right.rules)}
    return made


def words(codes: Codes, known: tuple[str, ...]) -> pl.Series:
    return pl.Series([None if code == NULL else known[code] for code in codes], dtype=pl.Enum(known))


def gathered(gives: int) -> Callable[[], Work]:
    """The place of each record is worked out once, and every column gathered by it."""

    def start() -> Work:
        codes = (fact.to_physical().fill_null(UNKNOWN).cast(pl.UInt16) for fact in (LEADERS, *PRACTICE))
        place = sum(code * 5 ** (3 - number) for number, code in enumerate(codes))
        made = [pl.lit(table).gather(place).alias(name) for name, table in answers_of_2026(gives).items()]
        return lambda frame: frame.with_columns(*made)

    return start


def joined(gives: int) -> Callable[[], Work]:
    """Strings: a left join with the table, in the order of the records."""

    def start() -> Work:
        every = zip(FACTS, partial_records(FACTS), strict=True)
        keys = {fact: [(*GRADES, None)[code] for code in codes] for fact, codes in every}
        table = pl.DataFrame(keys, schema=dict.fromkeys(FACTS, pl.String)).with_columns(**answers_of_2026(gives))
        by = {"on": FACTS, "how": "left", "nulls_equal": True, "maintain_order": "left"}
        return lambda frame: frame.join(table, **by)

    return start


def read_four(frame: Any) -> Answers:
    return {
        **outcome_and_status(frame),
        "possible": frame["possible"].to_numpy(),
        "rule": codes_of(frame["rule"], truth("2026").rules),
    }


def contender(name: str, strings: bool, start: Callable[[], Work], gives: int = 2) -> Contender:
    return Contender(
        f"Polars, {name}",
        "polars",
        Input.STRINGS if strings else Input.TYPED,
        "outcome and status" if gives == 2 else "all four columns",
        polars_strings if strings else polars_typed,
        start,
        outcome_and_status if gives == 2 else read_four,
    )


CONTENDERS = [
    contender("rules on the codes of the Enum, streaming", False, collected("streaming", *ON_CODES)),
    contender("rules on Enum words", False, collected("auto", *ON_WORDS)),
    contender("table, 2 columns", False, gathered(2)),
    contender("table, 4 columns", False, gathered(4), 4),
    contender("rules on strings, streaming", True, collected("streaming", *ON_STRINGS)),
    contender("join with the table, 2 columns", True, joined(2)),
    contender("join with the table, 4 columns", True, joined(4), 4),
]
