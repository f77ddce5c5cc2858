"""Small walks over conditions, for tests that ask which parts occur."""

from collections.abc import Iterator

from greenpaper.language.syntax import And, Comparison, Condition, Not, Or


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    match condition:
        case Or(parts) | And(parts):
            for part in parts:
                yield from comparisons_in(part)
        case Not(part):
            yield from comparisons_in(part)
        case Comparison():
            yield condition
