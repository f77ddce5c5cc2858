"""The coming years as a page: visits and inspector days of each version and year, the change, what is assumed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from greenpaper.comparison.coming_basis import FEW, Apart, Basis
from greenpaper.comparison.coming_years import (
    Coming,
    ComingChange,
    ComingYears,
    DecisionYears,
    Spread,
    YearLoad,
    YearLoads,
)
from greenpaper.comparison.footing import footing, least_sure
from greenpaper.framework.checked import Confidence, Decision, Framework
from greenpaper.report import words
from greenpaper.report.amounts import number
from greenpaper.report.comparison import rests_on
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

APART = {
    Apart.NOT_STATED: "What the outcome takes is not stated",
    Apart.NO_RULE: "No rule applies",
    Apart.CONFLICT: "Rules conflict",
    Apart.INADMISSIBLE: "Inadmissible grades",
    Apart.UNDATED: "No day of the last inspection is known",
}
ALL = "All"
NOT_KNOWN = "not known"
MOST_NAMED = 5
Said = tuple[str, Confidence]
"""A sentence, and how sure it is."""


def coming_view(coming: ComingYears) -> View:
    """The coming years of every version, and what changes from the first."""
    return View(f"Coming years of {_versions(coming.frameworks)}", tuple(_page(coming)))


def _versions(frameworks: Sequence[Framework]) -> str:
    return words.listed([words.label(each) for each in frameworks])


def _page(coming: ComingYears) -> Iterator[Block]:
    yield _drawn(coming)
    for decision in coming.decisions:
        yield Heading(decision.question)
        for each in decision.versions:
            if each:
                yield from _version(decision.id, each, coming.asked.years)
        for change in decision.changes:
            yield from _change(decision.id, change, coming.asked.years)
    yield from _unusable(coming)
    yield Heading("What is assumed")
    yield Bullets(tuple(_sure(said) for said in assumptions(coming)))
    yield Heading("What is drawn from")
    yield Bullets(tuple(_sure(said) for said in grounds(coming)))
    if answers := tuple(said for each in coming.frameworks for said in rests_on(each)):
        yield Heading("What the answers rest on")
        yield Bullets(answers)


def _drawn(coming: ComingYears) -> Paragraph:
    asked = coming.asked
    since = f" What is drawn from began on {words.day(asked.since)} or later." if asked.since else ""
    return Paragraph(
        f"{words.authorities(coming.authorities)}, followed from the latest inspection of each, records to"
        f" {words.day(coming.taken)}. {asked.draws:,} draws from seed {asked.seed}.{since} Numbers are medians, with"
        " the 5th and the 95th percentile behind them; the medians of a year need not add up. Inspector days are"
        " inspectors times days on site, and nothing else that a visit takes."
    )


# Tables


def _version(decision: str, each: Coming, years: Sequence[int]) -> Iterator[Table]:
    label = words.label(each.framework)
    sure = {name: confidence(decision, [name], each.framework) for name in each.loads.by_activity}
    sure[ALL] = confidence(decision, each.loads.by_activity, each.framework)
    titles = {name: each.framework.activities[name].title for name in each.loads.by_activity}
    yield _table(f"Visits in each year, {label}", years, _rows(each.loads, titles, sure, _visits))
    yield _table(f"Inspector days in each year, {label}", years, _rows(each.loads, titles, sure, _days))
    if each.apart:
        rows = [(APART[reason], *map(spread, row)) for reason, row in each.apart.items()]
        rows += [(ALL, *map(spread, each.not_counted))] if len(rows) > 1 else []
        caption = f"Authorities that are not counted in some part of the year, {label}"
        yield _table(caption, years, rows, first="Authorities", last=())


def _change(decision: str, each: ComingChange, years: Sequence[int]) -> Iterator[Table]:
    pair = f"{words.label(each.before)} to {words.label(each.after)}"
    both, named = (each.before, each.after), each.loads.by_activity
    sure = {name: confidence(decision, [name], *both) for name in named} | {ALL: confidence(decision, named, *both)}
    titles = {name: (each.after.activities.get(name) or each.before.activities[name]).title for name in named}
    yield _table(f"Change of visits, {pair}", years, _rows(each.loads, titles, sure, _more_visits))
    yield _table(f"Change of inspector days, {pair}", years, _rows(each.loads, titles, sure, _more_days))
    if any(year.high for year in each.left_out):
        rows = [("Not counted in one of the two", *map(spread, each.left_out))]
        yield _table(f"Authorities left out of the change, {pair}", years, rows, first="Authorities", last=())


def _table(
    caption: str,
    years: Sequence[int],
    rows: Iterable[tuple[str, ...]],
    *,
    first: str = "Activity",
    last: tuple[str, ...] = ("Confidence",),
) -> Table:
    return Table(caption, (first, *map(str, years), *last), tuple(rows), frozenset(range(1, len(years) + 1)))


def _rows(
    loads: YearLoads, titles: dict[str, str], sure: dict[str, Confidence], said: Callable[[YearLoad], str]
) -> Iterator[tuple[str, ...]]:
    for name, row in loads.by_activity.items():
        yield titles[name], *map(said, row), str(sure[name])
    yield ALL, *map(said, loads.total), str(sure[ALL])


def confidence(decision: str, activities: Iterable[str], *frameworks: Framework) -> Confidence:
    """How sure the numbers of some activities are: as what they rest on, and assumed at best."""
    names = tuple(activities)
    each = (footing(framework, decision, names) for framework in frameworks if decision in framework.decisions)
    found = least_sure([Confidence.ASSUMED, *(sure for sure in each if sure)])
    assert found
    return found


def spread(given: Spread) -> str:
    """The median, and the percentiles behind it where they differ."""
    return _between(given, number)


def _signed(given: Fraction) -> str:
    return f"+{number(given)}" if given > 0 else number(given)


def _between(given: Spread, said: Callable[..., str]) -> str:
    if given.low == given.high:
        return said(given.median)
    return f"{said(given.median)} ({said(given.low)} to {said(given.high)})"


def _visits(given: YearLoad) -> str:
    return spread(given.visits)


def _days(given: YearLoad) -> str:
    return spread(given.days) if given.days else NOT_KNOWN


def _more_visits(given: YearLoad) -> str:
    return _between(given.visits, _signed)


def _more_days(given: YearLoad) -> str:
    return _between(given.days, _signed) if given.days else NOT_KNOWN


# What it rests on


def _sure(said: Said) -> str:
    return f"{said[0]} ({said[1]})"


def assumptions(coming: ComingYears) -> tuple[Said, ...]:
    """Everything that is assumed of all versions, each in a sentence."""
    return tuple((said, Confidence.ASSUMED) for said in _assumed(coming))


def _assumed(coming: ComingYears) -> Iterator[str]:
    yield f"What was observed until {words.day(coming.taken)} goes on, and each version governs from then on alone"
    yield (
        "Facts that a version needs and that are not known are those of the complete record that agrees with the known"
        " ones in the largest share, with equal chances where several do"
    )
    yield (
        "The next inspection comes after one of the gaps that were observed after the same answer, of those longer than"
        " what has passed on the day of the records; where none is longer, on any day of the twelve months after it"
    )
    yield (
        "Gaps that had not ended on the day of the records are not among those that were observed, so that long ones"
        " come up less often than they may"
    )
    yield (
        "An earlier inspection of which not all facts are known counts with the answer that most of the nearest"
        " complete records give it, and where no answer has most, among all gaps alone"
    )
    yield (
        "The last activity of an outcome, in the order in which they are written, is the inspection that ends the"
        " cycle; the others come on any day before it, and those that have already come are not looked up"
    )
    yield (
        "The grades after an inspection are those that followed at an authority whose earlier grades agree with the"
        " present ones in the largest share of the facts known in both; the inspection is as long as that one was"
    )
    yield (
        "Of an amount that is stated as a range, each whole number has the same chance; inspectors and days on site are"
        " drawn once for all that a version does, how many follow is drawn each time"
    )
    if late := max((each.basis.by_publication for each in _each(coming)), default=0):
        yield (
            f"For {words.authorities(late)} the day of publication stands for the last day on site, which is not known"
        )


def _each(coming: ComingYears) -> Iterator[Coming]:
    yield from (each for decision in coming.decisions for each in decision.versions if each)


def grounds(coming: ComingYears) -> tuple[Said, ...]:
    """What was counted in the records, of every version."""
    return tuple((said, Confidence.DERIVED) for decision in coming.decisions for said in _grounds(coming, decision))


def _grounds(coming: ComingYears, decision: DecisionYears) -> Iterator[str]:
    for each in decision.versions:
        if each:
            label, basis = words.label(each.framework), each.basis
            yield f"{label}: {_filled(basis, coming.authorities)}"
            yield f"{label}: {_gaps(basis, coming.asked.since)}; {_steps(basis)}"
            yield f"{label}: gaps after each answer: {_pools(each.framework.decisions[decision.id], basis)}"


def _filled(basis: Basis, authorities: int) -> str:
    return f"facts of {basis.filled} of {authorities} authorities are taken from {basis.donors} complete records"


def _gaps(basis: Basis, since: date | None) -> str:
    left = [f"{basis.undated} of which the days are not known or not in order"] if basis.undated else []
    left += [f"{basis.earlier} of which the first began before {words.day(since)}"] if since and basis.earlier else []
    used = basis.pairs - basis.undated - basis.earlier
    return f"{used} gaps between successive inspections{_without(left)}"


def _steps(basis: Basis) -> str:
    left = [f"{basis.incomplete} to an inspection that is not complete"] if basis.incomplete else []
    left += [f"{basis.inadmissible} to one that breaks a constraint"] if basis.inadmissible else []
    return f"{basis.steps} steps{_without(left)}"


def _without(left: Sequence[str]) -> str:
    return f", without {words.listed(left)}" if left else ""


def _pools(decision: Decision, basis: Basis) -> str:
    few = f", fewer than {FEW}, so that all gaps stand for them"
    each = (f"{words.answer(decision, pool.answer)} {pool.gaps}{few if pool.is_of_all else ''}" for pool in basis.pools)
    return "; ".join(each)


def _unusable(coming: ComingYears) -> Iterator[Block]:
    said = [
        f"{each.record.authority.name}: {words.fact(cell.fact)} {words.quoted(cell.given)}: {cell.message}; {cell.help}"
        for each in coming.unusable
        for cell in each.cells
    ]
    if said:
        left = [f"and {len(said) - MOST_NAMED} more"] if len(said) > MOST_NAMED else []
        yield Heading("Values that could not be used")
        yield Paragraph("They count as not known.")
        yield Bullets((*said[:MOST_NAMED], *left))
