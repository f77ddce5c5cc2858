"""A workload as a page: visits and inspector days of each version, the change from the first, and what it rests on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from greenpaper.comparison.compare import Unusable
from greenpaper.comparison.footing import footing, least_sure, rules_of
from greenpaper.comparison.workload import Area, Change, Cost, DecisionWorkload, Load, Standing, Workload
from greenpaper.framework.checked import Amount, Confidence, Decision, Framework, Outcome
from greenpaper.records.facts import WrongCell
from greenpaper.report import words
from greenpaper.report.amounts import amount, bounds, change, taken
from greenpaper.report.comparison import inadmissible_blocks, rests_on
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

Called = Callable[[Framework], str]
"""What a version is called on a page."""

STANDINGS = {
    Standing.STATED: "Counted",
    Standing.UNDETERMINED: "Counted, undetermined: with every answer that is still possible",
    Standing.NOT_OF_EVERY_ANSWER: "Not counted: undetermined, and not stated of every possible answer",
    Standing.NOT_STATED: "Not counted: what the outcome takes is not stated",
    Standing.NO_RULE: "Not counted: no rule applies",
    Standing.CONFLICT: "Not counted: rules conflict",
    Standing.INADMISSIBLE: "Not counted: inadmissible grades",
}
MOST_NAMED = 5
MOST_LISTED = 3
ALL = "All"
NO_REGION = "no region"


def workload_view(workload: Workload, taken_on: date | None = None, *, by_region: bool = False) -> View:
    """The workload; `taken_on` is the day of the records. With `by_region`, every region beside the whole."""
    return View(f"Workload of {_versions(workload)}", tuple(_page(workload, taken_on, by_region)))


def _versions(workload: Workload) -> str:
    return words.listed([words.label(each) for each in workload.comparison.frameworks])


def _page(workload: Workload, taken_on: date | None, by_region: bool) -> Iterator[Block]:
    yield counted_block(workload, taken_on)
    for decision in workload.decisions:
        areas = decision.areas if by_region else decision.areas[:1]
        yield Heading(decision.question)
        yield _standings(decision)
        for number in range(len(workload.comparison.frameworks)):
            yield from _cost(decision.id, areas, number)
        for number in range(len(decision.areas[0].changes)):
            yield from _change(decision.id, areas, number)
    yield from end_blocks(workload, words.label)


def counted_block(workload: Workload, taken_on: date | None) -> Paragraph:
    """Of whom the workload is, and what it takes in."""
    comparison = workload.comparison
    day = words.records_to(taken_on, comparison.as_of)
    return Paragraph(
        f"{words.authorities(len(comparison.rows))}, each by its latest inspection{day}. Counted is what follows it"
        " over one cycle, up to and with the next inspection. Inspector days are inspectors times days on site, and"
        " nothing else that a visit takes."
    )


def _standings(decision: DecisionWorkload) -> Table:
    costs = [cost for cost in decision.areas[0].costs if cost]
    columns = ("Authorities", *(words.label(cost.framework) for cost in costs))
    shown = [each for each in Standing if each is Standing.STATED or any(cost.standings[each] for cost in costs)]
    rows = ((STANDINGS[each], *(str(cost.standings[each]) for cost in costs)) for each in shown)
    return Table("Whose workload is counted", columns, tuple(rows), frozenset(range(1, len(columns))))


# One version


def _cost(decision: str, areas: Sequence[Area], number: int) -> Iterator[Block]:
    rows = [row for area in areas if (cost := area.costs[number]) for row in _cost_rows(decision, area, cost, areas)]
    cost = areas[0].costs[number]
    if cost:
        columns = (*_region(areas), "Activity", "Inspectors × days", "Visits", "Inspector days", "Confidence")
        end = len(columns) - 1
        caption = f"Visits and inspector days, {words.label(cost.framework)}"
        yield Table(caption, columns, tuple(rows), frozenset(range(end - 3, end)))


def _cost_rows(decision: str, area: Area, cost: Cost, areas: Sequence[Area]) -> Iterator[tuple[str, ...]]:
    for name, load in cost.loads.by_activity.items():
        activity = cost.framework.activities[name]
        sure = sure_words(footing(cost.framework, decision, [name]))
        yield *_named(area, areas), activity.title, taken(activity), bounds(load.visits), bounds(load.days), sure
    total, sure = cost.loads.total, sure_words(footing(cost.framework, decision, cost.loads.by_activity))
    yield *_named(area, areas), ALL, "", bounds(total.visits), bounds(total.days), sure


def _region(areas: Sequence[Area]) -> tuple[str, ...]:
    return ("Region",) if len(areas) > 1 else ()


def _named(area: Area, areas: Sequence[Area]) -> tuple[str, ...]:
    return (ALL if area.region is None else area.region or NO_REGION,) if len(areas) > 1 else ()


def sure_words(confidence: Confidence | None) -> str:
    """How sure a number is."""
    return str(confidence) if confidence else "not stated"


# Two versions


def _change(decision: str, areas: Sequence[Area], number: int) -> Iterator[Block]:
    whole = areas[0].changes[number]
    yield from reason_blocks([whole], words.label)
    if not whole.not_comparable:
        columns = (*_region(areas), "Activity", "Visits", "Inspector days", "Confidence")
        end = len(columns) - 1
        rows = [row for area in areas for row in _change_rows(decision, area, area.changes[number], areas)]
        yield Table(f"Change, {_pair(whole)}", columns, tuple(rows), frozenset(range(end - 2, end)))


def reason_blocks(changes: Iterable[Change], called: Called) -> Iterator[Paragraph]:
    """Why there is no change to show, or for how many authorities it is not known."""
    for each in changes:
        pair = f"{called(each.before)} to {called(each.after)}"
        if each.not_comparable:
            yield Paragraph(f"{pair}: not comparable, because {each.not_comparable}.")
        elif each.left_out:
            left = words.authorities(each.left_out)
            yield Paragraph(f"{pair}: the change is not stated for {left}, counted for {each.counted}.")


def _pair(given: Change) -> str:
    return f"{words.label(given.before)} to {words.label(given.after)}"


def _change_rows(decision: str, area: Area, given: Change, areas: Sequence[Area]) -> Iterator[tuple[str, ...]]:
    for name, load in given.loads.by_activity.items():
        yield *_named(area, areas), _title(given, name), *_changed(load), sure_words(_of_both(decision, given, [name]))
    sure = sure_words(_of_both(decision, given, given.loads.by_activity))
    yield *_named(area, areas), ALL, *_changed(given.loads.total), sure


def _title(given: Change, name: str) -> str:
    return (given.after.activities.get(name) or given.before.activities[name]).title


def _changed(load: Load) -> tuple[str, str]:
    return change(load.visits), change(load.days)


def _of_both(decision: str, given: Change, activities: Iterable[str]) -> Confidence | None:
    names = tuple(activities)
    each = (footing(framework, decision, names) for framework in (given.before, given.after))
    return least_sure(sure for sure in each if sure)


# What it rests on


def end_blocks(workload: Workload, called: Called) -> Iterator[Block]:
    """Values that could not be used, and what the numbers and the answers rest on; what several say is said once."""
    yield from inadmissible_blocks(workload.comparison)
    yield from _unusable(workload.comparison.unusable)
    frameworks = workload.comparison.frameworks
    yield Heading("What the numbers rest on")
    yield Bullets(tuple(_gathered([(called(each), _numbers(each, workload.decisions)) for each in frameworks])))
    if answers := tuple(_gathered([(called(each), _answers(each)) for each in frameworks])):
        yield Heading("What the answers rest on")
        yield Bullets(answers)


def _unusable(unusable: Sequence[Unusable]) -> Iterator[Block]:
    """The cells that could not be used, the first of many."""
    said = [f"{each.record.authority.name}: {_cell(cell)}" for each in unusable for cell in each.cells]
    if said:
        left = [f"and {len(said) - MOST_NAMED} more"] if len(said) > MOST_NAMED else []
        yield Heading("Values that could not be used")
        yield Paragraph("They count as unreadable in the source.")
        yield Bullets((*said[:MOST_NAMED], *left))


def _cell(cell: WrongCell) -> str:
    return f"{words.fact(cell.fact)} {words.quoted(cell.given)}: {cell.message}; {cell.help}"


def _gathered(said: Sequence[tuple[str, Iterable[str]]]) -> Iterator[str]:
    who: dict[str, list[str]] = {}
    for name, points in said:
        for point in points:
            who.setdefault(point, []).append(name)
    for point, names in who.items():
        every = len(names) == len(said) > MOST_LISTED
        yield f"{'every version' if every else words.listed(names)}: {point}"


def _answers(framework: Framework) -> Iterator[str]:
    return (point.removeprefix(f"{words.label(framework)}: ") for point in rests_on(framework))


def _numbers(framework: Framework, decisions: Iterable[DecisionWorkload]) -> Iterator[str]:
    """Every amount of a version with its confidence, note and source."""
    for activity in framework.activities.values():
        for what, given in (("inspectors", activity.inspectors), ("days on site", activity.days_on_site)):
            yield f"{activity.title}, {what}: {_stated(given)}"
        if activity.note:
            yield f"{activity.title}: {activity.note}"
    for decision in (framework.decisions[each.id] for each in decisions if each.id in framework.decisions):
        for outcome in decision.outcomes.values():
            yield from (f"{outcome.title}: {said}" for said in _follows(framework, decision, outcome))


def _follows(framework: Framework, decision: Decision, outcome: Outcome) -> Iterator[str]:
    """How many of each activity follow from an outcome: those that are as sure as its rules together."""
    if outcome.activities is None:
        yield "what it takes is not stated"
        return
    titles = {name: framework.activities[name].title for name in outcome.activities}
    plain = [f"{titles[name]} {amount(count)}" for name, count in outcome.activities.items() if not count.confidence]
    if plain:
        rules = [f"{rule.id} ({rule.confidence})" for rule in rules_of(decision, outcome.id)]
        leading = f"{'rules' if len(rules) > 1 else 'rule'} {words.listed(rules)}" if rules else "no rule"
        yield f"{words.listed(plain)}; as sure as what leads to it: {leading}"
    for name, count in outcome.activities.items():
        if count.confidence:
            yield f"{titles[name]} {_stated(count)}"


def _stated(given: Amount | None) -> str:
    """An amount with its confidence, its note and its source."""
    if given is None:
        return "not known"
    sure = f" ({given.confidence})" if given.confidence else ""
    source = f" {words.citation(given.citation)}" if given.citation else ""
    return f"{amount(given)}{sure}. {given.note}{source}".strip()
