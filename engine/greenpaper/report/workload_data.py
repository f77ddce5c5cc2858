"""A workload as plain data for JSON and as rows for CSV: ids, exact numbers, null or empty where there is no bound."""

from collections.abc import Iterator, Mapping
from typing import Any

from greenpaper.comparison.amounts import Bounds, bounds_of
from greenpaper.comparison.footing import footing, least_sure
from greenpaper.comparison.workload import Area, Change, Cost, DecisionWorkload, Load, Standing, Workload
from greenpaper.framework.checked import Amount, Framework
from greenpaper.report.amounts import cell, plain_number
from greenpaper.report.data import version_data

STANDINGS = tuple(each.name.lower() for each in Standing)
COLUMNS = (
    "version", "decision", "region", "activity", "authorities", *STANDINGS,
    "visits_least", "visits_most", "inspector_days_least", "inspector_days_most", "confidence",
    "compared_with", "change_counted", "change_left_out", "change_visits_least", "change_visits_most",
    "change_inspector_days_least", "change_inspector_days_most", "change_confidence",
)  # fmt: skip
NO_CHANGE = ("",) * 8
ALL = "all"


def workload_data(workload: Workload, *, by_region: bool = False) -> dict[str, Any]:
    """Every version's statements and numbers, and the changes against the first."""
    comparison = workload.comparison
    return {
        "versions": [version_data(each) | _stated(each, workload) for each in comparison.frameworks],
        "as_of": comparison.as_of.isoformat() if comparison.as_of else None,
        "authorities": len(comparison.rows),
        "decisions": {
            each.id: [_area(each.id, area) for area in _areas(each, by_region)] for each in workload.decisions
        },
        "unusable": [
            {"authority": each.record.authority.name, "fact": wrong.fact, "given": wrong.given, "reason": wrong.message}
            for each in comparison.unusable
            for wrong in each.cells
        ],
    }


def _areas(decision: DecisionWorkload, by_region: bool) -> tuple[Area, ...]:
    return decision.areas if by_region else decision.areas[:1]


def _stated(framework: Framework, workload: Workload) -> dict[str, Any]:
    """What each activity takes, and how many follow from each outcome, as the version states it."""
    activities = {
        name: {"title": each.title, "inspectors": _amount(each.inspectors), "days_on_site": _amount(each.days_on_site)}
        for name, each in framework.activities.items()
    }
    told = [framework.decisions[each.id] for each in workload.decisions if each.id in framework.decisions]
    follows = {
        decision.id: {
            name: None if each.activities is None else {key: _amount(count) for key, count in each.activities.items()}
            for name, each in decision.outcomes.items()
        }
        for decision in told
    }
    return {"activities": activities, "follows": follows}


def _amount(given: Amount | None) -> dict[str, Any] | None:
    if given is None:
        return None
    cited = {"document": given.citation.document.id, "says": given.citation.says or None} if given.citation else None
    sure = str(given.confidence) if given.confidence else None
    return {**_bounds(bounds_of(given)), "confidence": sure, "note": given.note or None, "source": cited}


def _bounds(given: Bounds) -> dict[str, Any]:
    return {"least": plain_number(given.least), "most": plain_number(given.most)}


def _area(decision: str, area: Area) -> dict[str, Any]:
    return {
        "region": area.region,
        "authorities": area.authorities,
        "versions": {cost.framework.version: _cost(decision, cost) for cost in area.costs if cost},
        "changes": [_change(decision, each) for each in area.changes],
    }


def _cost(decision: str, cost: Cost) -> dict[str, Any]:
    loads = cost.loads
    return {
        "authorities": {str(standing): count for standing, count in cost.standings.items()},
        "activities": {
            name: _load(load) | {"confidence": _sure(decision, [name], cost.framework)}
            for name, load in loads.by_activity.items()
        },
        "all": _load(loads.total) | {"confidence": _sure(decision, loads.by_activity, cost.framework)},
    }


def _load(load: Load) -> dict[str, Any]:
    return {"visits": _bounds(load.visits), "inspector_days": _bounds(load.days)}


def _sure(decision: str, activities: Any, *frameworks: Framework) -> str | None:
    """How sure the numbers are that these versions state of the activities."""
    each = (footing(framework, decision, activities) for framework in frameworks)
    found = least_sure(sure for sure in each if sure)
    return str(found) if found else None


def _change(decision: str, change: Change) -> dict[str, Any]:
    said: dict[str, Any] = {
        "from": change.before.version, "to": change.after.version, "not_comparable": change.not_comparable or None,
        "counted": change.counted, "left_out": change.left_out,
    }  # fmt: skip
    if change.not_comparable:
        return said | {"activities": None, "all": None}
    both, loads = (change.before, change.after), change.loads
    activities = {
        name: _load(load) | {"confidence": _sure(decision, [name], *both)} for name, load in loads.by_activity.items()
    }
    return said | {
        "activities": activities,
        "all": _load(loads.total) | {"confidence": _sure(decision, loads.by_activity, *both)},
    }


def workload_rows(workload: Workload, *, by_region: bool = False) -> Iterator[tuple[str, ...]]:
    """A row for each version, region and activity, in the columns of `COLUMNS`; then one for all activities.

    That row names no activity. The change is against the first version, whose own rows have none.
    """
    for decision in workload.decisions:
        for area in _areas(decision, by_region):
            for number, cost in enumerate(area.costs):
                if cost:
                    yield from _rows(decision.id, area, cost, area.changes[number - 1] if number else None)


def _rows(decision: str, area: Area, cost: Cost, change: Change | None) -> Iterator[tuple[str, ...]]:
    region = ALL if area.region is None else area.region
    standings = tuple(str(cost.standings[each]) for each in Standing)
    begin = (cost.framework.version, decision, region)
    for name in dict.fromkeys((*cost.loads.by_activity, *(change.loads.by_activity if change else ()))):
        load = cost.loads.by_activity.get(name)
        own = (*_cells(load), _sure(decision, [name], cost.framework) or "") if load else ("",) * 5
        yield *begin, name, str(area.authorities), *standings, *own, *_changed(decision, change, [name])
    own = (*_cells(cost.loads.total), _sure(decision, cost.loads.by_activity, cost.framework) or "")
    yield *begin, "", str(area.authorities), *standings, *own, *_changed(decision, change, None)


def _changed(decision: str, change: Change | None, activities: list[str] | None) -> tuple[str, ...]:
    """The cells of a change: of one activity, or of all where None is given."""
    if change is None or change.not_comparable:
        return NO_CHANGE
    by_activity: Mapping[str, Load] = change.loads.by_activity
    load = change.loads.total if activities is None else by_activity[activities[0]]
    sure = _sure(decision, by_activity if activities is None else activities, change.before, change.after) or ""
    return change.before.version, str(change.counted), str(change.left_out), *_cells(load), sure


def _cells(load: Load) -> tuple[str, ...]:
    return tuple(map(cell, (load.visits.least, load.visits.most, load.days.least, load.days.most)))
