"""The coming years as plain data for JSON and as rows for CSV: ids, numbers, null or empty where they are not known."""

from collections.abc import Iterator
from typing import Any

from greenpaper.comparison.coming_basis import Basis
from greenpaper.comparison.coming_years import (
    Coming,
    ComingChange,
    ComingYears,
    DecisionYears,
    Spread,
    YearLoad,
    YearLoads,
)
from greenpaper.framework.checked import Framework
from greenpaper.report.amounts import number, plain_number
from greenpaper.report.coming_years import Said, assumptions, confidence, grounds
from greenpaper.report.data import version_data

ENDS = ("p5", "median", "p95")
COLUMNS = (
    "version", "decision", "year", "activity",
    *(f"visits_{end}" for end in ENDS), *(f"inspector_days_{end}" for end in ENDS), "confidence",
    *(f"not_counted_{end}" for end in ENDS), "compared_with",
    *(f"change_visits_{end}" for end in ENDS), *(f"change_inspector_days_{end}" for end in ENDS), "change_confidence",
    *(f"change_left_out_{end}" for end in ENDS), "draws", "seed",
)  # fmt: skip
EMPTY = ("",) * len(ENDS)


def coming_data(coming: ComingYears) -> dict[str, Any]:
    """What was asked, every version's years, the changes against the first, and everything that is assumed."""
    asked = coming.asked
    return {
        "versions": [version_data(each) for each in coming.frameworks],
        "records_taken": coming.taken.isoformat(),
        "authorities": coming.authorities,
        "years": list(asked.years),
        "draws": asked.draws,
        "seed": asked.seed,
        "since": asked.since.isoformat() if asked.since else None,
        "decisions": {each.id: _decision(each) for each in coming.decisions},
        "assumptions": [_said(each) for each in assumptions(coming)],
        "drawn_from": [_said(each) for each in grounds(coming)],
        "unusable": [
            {"authority": each.record.authority.name, "fact": wrong.fact, "given": wrong.given, "reason": wrong.message}
            for each in coming.unusable
            for wrong in each.cells
        ],
    }


def _said(said: Said) -> dict[str, str]:
    return {"says": said[0], "confidence": str(said[1])}


def _decision(decision: DecisionYears) -> dict[str, Any]:
    return {
        "versions": {each.framework.version: _coming(decision.id, each) for each in decision.versions if each},
        "changes": [_change(decision.id, each) for each in decision.changes],
    }


def _coming(decision: str, each: Coming) -> dict[str, Any]:
    return {
        "basis": _basis(each.basis),
        **_loads(decision, each.loads, each.framework),
        "not_counted": [_spread(year) for year in each.not_counted],
        "not_counted_because": {str(reason): [_spread(year) for year in row] for reason, row in each.apart.items()},
    }


def _basis(basis: Basis) -> dict[str, Any]:
    return {
        "filled_authorities": basis.filled,
        "authorities_dated_by_publication": basis.by_publication,
        "complete_records": basis.donors,
        "pairs": basis.pairs,
        "pairs_without_days": basis.undated,
        "pairs_too_early": basis.earlier,
        "steps": basis.steps,
        "steps_not_complete": basis.incomplete,
        "steps_breaking_a_constraint": basis.inadmissible,
        "gaps_after": [
            {
                "status": str(pool.answer.status),
                "outcomes": list(pool.answer.outcomes),
                "gaps": pool.gaps,
                "all_gaps_stand_for_them": pool.is_of_all,
            }
            for pool in basis.pools
        ],
    }


def _change(decision: str, each: ComingChange) -> dict[str, Any]:
    return {
        "from": each.before.version,
        "to": each.after.version,
        **_loads(decision, each.loads, each.before, each.after),
        "left_out": [_spread(year) for year in each.left_out],
    }


def _loads(decision: str, loads: YearLoads, *frameworks: Framework) -> dict[str, Any]:
    return {
        "activities": {
            name: _years(row, str(confidence(decision, [name], *frameworks))) for name, row in loads.by_activity.items()
        },
        "all": _years(loads.total, str(confidence(decision, loads.by_activity, *frameworks))),
    }


def _years(row: tuple[YearLoad, ...], sure: str) -> dict[str, Any]:
    return {
        "visits": [_spread(year.visits) for year in row],
        "inspector_days": [_spread(year.days) for year in row],
        "confidence": sure,
    }


def _spread(given: Spread | None) -> dict[str, Any] | None:
    return dict(zip(ENDS, map(plain_number, _ends(given)), strict=True)) if given else None


def _ends(given: Spread) -> tuple[Any, ...]:
    return given.low, given.median, given.high


def coming_rows(coming: ComingYears) -> Iterator[tuple[str, ...]]:
    """A row for each version, year and activity, in the columns of `COLUMNS`; then one for all activities.

    That row names no activity, and it alone says how many authorities are not counted or left out.
    """
    for decision in coming.decisions:
        changes = {each.after: each for each in decision.changes}
        for each in decision.versions:
            if each:
                change = changes.get(each.framework)
                for number_, year in enumerate(coming.asked.years):
                    begin = (each.framework.version, decision.id, str(year))
                    for row in _rows(decision.id, each, change, number_):
                        yield *begin, *row, str(coming.asked.draws), str(coming.asked.seed)


def _rows(decision: str, each: Coming, change: ComingChange | None, year: int) -> Iterator[tuple[str, ...]]:
    more = change.loads.by_activity if change else {}
    for name in dict.fromkeys((*each.loads.by_activity, *more)):
        row = each.loads.by_activity.get(name)
        own = (*_cells(row[year]), str(confidence(decision, [name], each.framework))) if row else (*EMPTY, *EMPTY, "")
        yield name, *own, *EMPTY, *_changed(decision, [name], change, more.get(name), year), *EMPTY
    activities, total = tuple(each.loads.by_activity), each.loads.total[year]
    own = *_cells(total), str(confidence(decision, activities, each.framework))
    apart = _ends_of(each.not_counted[year])
    whole = _changed(decision, tuple(more), change, change.loads.total if change else None, year)
    yield "", *own, *apart, *whole, *(_ends_of(change.left_out[year]) if change else EMPTY)


def _changed(
    decision: str, activities: Any, change: ComingChange | None, row: tuple[YearLoad, ...] | None, year: int
) -> tuple[str, ...]:
    if change is None or row is None:
        return ("", *EMPTY, *EMPTY, "")
    sure = confidence(decision, activities, change.before, change.after)
    return change.before.version, *_cells(row[year]), str(sure)


def _cells(load: YearLoad) -> tuple[str, ...]:
    return (*_ends_of(load.visits), *(_ends_of(load.days) if load.days else EMPTY))


def _ends_of(given: Spread) -> tuple[str, ...]:
    return tuple(map(number, _ends(given)))
