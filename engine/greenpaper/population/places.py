"""A table looked up in a lazy frame: the one thing that narwhals cannot say, in the words of each engine.

The table is a text, and the place a number: taking one letter of a long text is the quickest look-up that DuckDB and
Spark both have. It needs no second table, so the rows stay where they are, and no connection or session is touched.
"""

from collections.abc import Mapping, Sequence
from typing import Any

FIRST = 32
RADIX = 95
"""Letters are those that can be printed: one for each of so many numbers."""

Table = Sequence[int]


def letters(table: Table) -> tuple[str, ...]:
    """The table as texts with a letter for each entry: the last text has the lowest digit of each number."""
    found: list[str] = []
    rest = list(table)
    while not found or any(rest):
        found.append("".join(chr(FIRST + number % RADIX) for number in rest))
        rest = [number // RADIX for number in rest]
    return tuple(reversed(found))


def looked_up_in_duckdb(relation: Any, place: str, tables: Mapping[str, Table]) -> Any:
    """The relation with a column for each table: what stands in it at the place that a column has."""
    import duckdb

    one = duckdb.ConstantExpression(1)
    at = duckdb.ColumnExpression(place) + one

    def found(table: Table) -> Any:
        digits = [
            duckdb.FunctionExpression(
                "ord", duckdb.FunctionExpression("substring", duckdb.ConstantExpression(text), at, one)
            )
            - duckdb.ConstantExpression(FIRST)
            for text in letters(table)
        ]
        number = digits[0]
        for digit in digits[1:]:
            number = number * duckdb.ConstantExpression(RADIX) + digit
        return number

    return relation.select(duckdb.StarExpression(), *(found(table).alias(name) for name, table in tables.items()))


def looked_up_in_spark(frame: Any, place: str, tables: Mapping[str, Table]) -> Any:
    """The data frame with a column for each table: what stands in it at the place that a column has."""

    def found(table: Table) -> str:
        number = "0"
        for text in letters(table):
            letter = f"ascii(substring(X'{text.encode().hex()}', `{place}` + 1, 1)) - {FIRST}"
            number = f"({number}) * {RADIX} + {letter}"
        return number

    return frame.selectExpr("*", *(f"{found(table)} AS `{name}`" for name, table in tables.items()))
