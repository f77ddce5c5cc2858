"""DuckDB by hand, on both cores: the rules as SQL, where null is unknown, into a new table."""

from collections.abc import Callable

from contender import Answers, Contender, Input, outcome_and_status
from inputs import Columns, InDuckDB, duckdb_strings, duckdb_typed
from reference import OUTCOMES, STATUSES

LEADERS, PRACTICE = "leaders", ("help_and_protection", "in_care", "care_leavers")
WORSE = "= 'requires_improvement'"
GOOD = "in ('good', 'outstanding')"


def two_of(test: str) -> str:
    one, other, third = (f"{fact} {test}" for fact in PRACTICE)
    return f"(({one} and {other}) or ({one} and {third}) or ({other} and {third}))"


RULES = {
    "monitoring": " or ".join(f"{fact} = 'inadequate'" for fact in PRACTICE),
    "intensive": f"{LEADERS} {WORSE} or {two_of(WORSE)}",
    "light": f"{LEADERS} {GOOD} and {two_of(GOOD)}",
}


def query() -> str:
    """Outcome and status of every record, after the columns of the record."""
    conditions = ", ".join(f"({condition}) as is_{name}" for name, condition in RULES.items())
    outcome = " ".join(f"when is_{name} then '{name}' when is_{name} is null then null" for name in RULES)
    status = " ".join(f"when is_{name} then 'decided' when is_{name} is null then 'undetermined'" for name in RULES)
    return f"""
        with tried as (select *, {conditions} from records)
        select * exclude ({", ".join(f"is_{name}" for name in RULES)}),
            (case {outcome} else null end)::enum{OUTCOMES} as outcome,
            (case {status} else 'no rule' end)::enum{STATUSES} as status
        from tried
    """


def start() -> Callable[[InDuckDB], InDuckDB]:
    made = query()
    return lambda given: given.stored(given.relation.query("records", made))


def read(given: InDuckDB) -> Answers:
    return outcome_and_status(given.connection.table("answered").pl())


def contender(name: str, input_: Input, prepare: Callable[[Columns], InDuckDB]) -> Contender:
    return Contender(f"DuckDB, {name}", "duckdb", input_, "outcome and status", prepare, start, read)


CONTENDERS = [
    contender("rules as SQL on ENUM columns", Input.TYPED, duckdb_typed),
    contender("rules as SQL on strings", Input.STRINGS, duckdb_strings),
]
