"""The workload of every combination of options of one version, a row each, against its base."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from greenpaper.comparison.footing import footing
from greenpaper.comparison.workload import COUNTED, Change, Cost, DecisionWorkload, Standing, Workload
from greenpaper.framework.checked import Framework
from greenpaper.report import words
from greenpaper.report.amounts import bounds, change
from greenpaper.report.view import Block, Heading, Table, View
from greenpaper.report.workload import counted_block, end_blocks, reason_blocks, sure_words

SHORT = {
    Standing.STATED: "Counted",
    Standing.UNDETERMINED: "Undetermined",
    Standing.NOT_OF_EVERY_ANSWER: "Partly stated",
    Standing.NOT_STATED: "Not stated",
    Standing.NO_RULE: "No rule",
    Standing.CONFLICT: "Conflict",
    Standing.INADMISSIBLE: "Inadmissible",
}

Names = Mapping[Framework, str]


def options_view(workload: Workload, name: str, taken_on: date | None = None) -> View:
    """The workload; `name` is the version whose options are combined, and `taken_on` the day of the records."""
    frameworks = workload.comparison.frameworks
    based = len(frameworks) > 1 and frameworks[1].base == frameworks[0].version
    combined = frameworks[1:] if based else frameworks
    names = {each: f"#{number}" for number, each in enumerate(combined, start=1)}
    names |= {frameworks[0]: words.label(frameworks[0])} if based else {}
    illustrative = " (illustrative)" if any(map(words.is_illustrative, combined)) else ""
    title = f"Workload of {name}{illustrative} with every combination of options"
    return View(title, tuple(_page(workload, combined, names, taken_on)))


def _page(workload: Workload, combined: Sequence[Framework], names: Names, taken_on: date | None) -> Iterator[Block]:
    yield counted_block(workload, taken_on)
    yield _options(combined, names)
    for decision in workload.decisions:
        yield Heading(decision.question)
        yield _combinations(decision, names)
        yield from reason_blocks(decision.areas[0].changes, names.__getitem__)
    yield from end_blocks(workload, names.__getitem__)


def _options(combined: Sequence[Framework], names: Names) -> Table:
    """What is chosen in each combination."""
    proposals = tuple(dict.fromkeys(choice.proposal for each in combined for choice in each.choices))
    columns = ("Combination", *map(words.fact, proposals))
    chosen = [(each, {choice.proposal: words.fact(choice.option) for choice in each.choices}) for each in combined]
    rows = ((names[each], *(options.get(proposal, "") for proposal in proposals)) for each, options in chosen)
    return Table("Combinations of options", columns, tuple(rows))


def _combinations(decision: DecisionWorkload, names: Names) -> Table:
    """A row for the base and for each combination."""
    area = decision.areas[0]
    costs = [cost for cost in area.costs if cost]
    shown = [each for each in Standing if each in COUNTED or any(cost.standings[each] for cost in costs)]
    columns = ("Version", *map(SHORT.__getitem__, shown), "Visits", "Inspector days", "Change", "Confidence")
    each = zip(area.costs, (None, *area.changes), strict=True)
    rows = (_row(decision.id, cost, given, shown, names) for cost, given in each if cost)
    caption = "Authorities counted; visits and inspector days of those counted or undetermined, and the change of days"
    return Table(caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def _row(decision: str, cost: Cost, given: Change | None, shown: Iterable[Standing], names: Names) -> tuple[str, ...]:
    total = cost.loads.total
    more = "" if given is None or given.not_comparable else change(given.loads.total.days)
    sure = sure_words(footing(cost.framework, decision, cost.loads.by_activity))
    counts = (str(cost.standings[each]) for each in shown)
    return names[cost.framework], *counts, bounds(total.visits), bounds(total.days), more, sure
