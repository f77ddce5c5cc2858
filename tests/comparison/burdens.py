"""Workload by brute force: every end of every amount, one after the other. Knows no bounds arithmetic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

from greenpaper.framework.checked import Activity, Amount, Framework

CAPS = (10**6, 2 * 10**6)
"""What stands for no upper bound: where the result grows with it, the result has none."""

Ends = tuple[Fraction, Fraction | None]
UNKNOWN: Ends = (Fraction(0), None)
NONE_OF_IT: Ends = (Fraction(0), Fraction(0))


def ends(amount: Amount | None) -> Ends:
    if amount is None:
        return UNKNOWN
    return Fraction(amount.least), None if amount.most is None else Fraction(amount.most)


def numbers(given: Ends, cap: int) -> tuple[Fraction, Fraction]:
    return given[0], Fraction(cap) if given[1] is None else given[1]


def products(before: Sequence[Ends], after: Sequence[Ends], cap: int) -> Iterator[Fraction]:
    """Every value, at the ends of all that varies, of what the factors of `after` give more than those of `before`."""
    choices = [
        [(end, end) for end in numbers(new, cap)] if old == new else list(product(numbers(old, cap), numbers(new, cap)))
        for old, new in zip(before, after, strict=True)
    ]
    for chosen in product(*choices):
        yield prod(new for _, new in chosen) - prod(old for old, _ in chosen)


def extremes(before: Sequence[Ends], after: Sequence[Ends], cap: int) -> tuple[Fraction, Fraction]:
    found = list(products(before, after, cap))
    return min(found), max(found)


Times = Mapping[str, Ends]


def times(framework: Framework, decision: str, answer: tuple[str, tuple[str, ...]]) -> Times | None:
    """How many of each activity follow from an answer in words."""
    status, outcomes = answer
    stated = [framework.decisions[decision].outcomes[name].activities for name in outcomes]
    if status != "decided" or None in stated:
        return None
    found: dict[str, list[Ends]] = {}
    for each in stated:
        for name, count in (each or {}).items():
            found.setdefault(name, []).append(ends(count))
    return {name: _sum(each) for name, each in found.items()}


def _sum(each: list[Ends]) -> Ends:
    mosts = [most for _, most in each if most is not None]
    return sum((least for least, _ in each), Fraction(0)), sum(mosts, Fraction(0)) if len(mosts) == len(each) else None


def factors(framework: Framework, activity: str, counted: Times) -> list[Ends]:
    stated = framework.activities.get(activity)
    count = counted.get(activity, NONE_OF_IT)
    return [count, ends(stated.inspectors if stated else None), ends(stated.days_on_site if stated else None)]


def change(
    before: Framework, after: Framework, pairs: list[tuple[Times, Times]], *, days: bool, only: str = ""
) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that `after` costs more than `before` over pairs of times: of one activity, or of all."""
    found = [_change(before, after, pairs, cap, days, only) for cap in CAPS]
    least, most = (tuple(each[side] for each in found) for side in (0, 1))
    return (least[0] if least[0] == least[1] else None), (most[0] if most[0] == most[1] else None)


def _change(
    before: Framework, after: Framework, pairs: list[tuple[Times, Times]], cap: int, days: bool, only: str
) -> tuple[Fraction, Fraction]:
    leasts, mosts = [], []
    for old, new in pairs:
        names = [only] if only else sorted({*old, *new})
        each = [
            extremes(factors(before, name, old)[: 3 if days else 1], factors(after, name, new)[: 3 if days else 1], cap)
            for name in names
        ]
        leasts.append(sum((least for least, _ in each), Fraction(0)))
        mosts.append(sum((most for _, most in each), Fraction(0)))
    return min(leasts), max(mosts)


# Drawn


ACTIVITIES = ("call", "stay", "talk")


def an_amount(draw: Random, *, whole: bool = False) -> Amount:
    """A small amount; there are few of them, so that two are often equal."""
    least = Decimal(draw.choice(["0", "1", "2"] if whole else ["0", "1", "2", "0.5"]))
    most = draw.choice([least, least, least + 1, least + 2, None])
    return Amount(least, most)


def an_activity(draw: Random, name: str) -> Activity:
    inspectors, days = (an_amount(draw) if draw.random() < 0.85 else None for _ in range(2))
    return Activity(name, name, inspectors, days)


def with_workload(draw: Random, framework: Framework, activities: Mapping[str, Activity]) -> Framework:
    """The framework with these activities, of which some follow from most of its outcomes."""

    def stated() -> dict[str, Amount] | None:
        named = draw.sample(ACTIVITIES, draw.randint(0, 3))
        return {name: an_amount(draw, whole=True) for name in named} if draw.random() < 0.9 else None

    decisions = {
        name: replace(
            decision,
            outcomes={each: replace(outcome, activities=stated()) for each, outcome in decision.outcomes.items()},
        )
        for name, decision in framework.decisions.items()
    }
    return replace(framework, activities=activities, decisions=decisions)
