"""A comparison over many records as plain data for JSON and CSV: ids and never titles; null where nothing is said."""

from collections.abc import Iterator, Sequence
from typing import Any

from greenpaper.comparison.compare import Movement, Total
from greenpaper.comparison.many import ManyComparison, Part
from greenpaper.comparison.many_decisions import ManyDecision, ManyMoves, Mover, Transition
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Framework, Status
from greenpaper.population.unusable import BadCell
from greenpaper.report.answers import answer_data
from greenpaper.report.data import version_data

MOST_LISTED = 1000
"""Situations that move, of each decision and version; how many there are is told as well."""
COLUMNS = (
    "by", "group", "decision", "from", "before_status", "before", "to", "after_status", "after", "records",
    "certain", "possible",
)  # fmt: skip
NOTHING = ("", "", "")


def many_data(comparison: ManyComparison) -> dict[str, Any]:
    """All versions, totals and moves, of all records and of each group."""
    return {
        "versions": [version_data(framework) for framework in comparison.frameworks],
        "as_of": comparison.as_of.isoformat() if comparison.as_of else None,
        **_part(comparison.frameworks, comparison.whole),
        "situations": comparison.situations,
        "by": comparison.by,
        "groups": [{"group": each.group, **_part(comparison.frameworks, each)} for each in comparison.groups],
        "unknown": dict(comparison.unknown),
        "unusable": {"count": comparison.bad_count, "first": [_bad(each) for each in comparison.bad]},
    }


def _part(frameworks: Sequence[Framework], part: Part) -> dict[str, Any]:
    return {"records": part.rows, "decisions": {each.id: _decision(frameworks, each) for each in part.decisions}}


def _decision(frameworks: Sequence[Framework], decision: ManyDecision) -> dict[str, Any]:
    versions = [framework.version for framework in frameworks]
    return {
        "totals": [_total(versions, each) for each in decision.totals],
        "moves": [_moves(each) for each in decision.moves],
    }


def _total(versions: Sequence[str], total: Total) -> dict[str, Any]:
    ids = [] if isinstance(total.label, Status) else [each.id for each in total.label]
    return {
        "outcome": (ids[0] if len(ids) == 1 else ids) if ids else None,
        "status": str(total.label if isinstance(total.label, Status) else Status.DECIDED),
        "records": dict(zip(versions, total.counts, strict=True)),
    }


def _moves(moves: ManyMoves) -> dict[str, Any]:
    counts = moves.counts()
    return {
        "from": moves.before.version,
        "to": moves.after.version,
        "not_comparable": moves.not_comparable or None,
        "certain": counts[Movement.CERTAIN],
        "possible": counts[Movement.POSSIBLE],
        "none": counts[Movement.NONE],
        "transitions": [_transition(each) for each in moves.transitions],
        "situations_that_move": len(moves.movers),
        "situations": [_mover(each) for each in moves.movers[:MOST_LISTED]],
    }


def _transition(each: Transition) -> dict[str, Any]:
    return {
        "before": _conclusion(each.before),
        "after": _conclusion(each.after),
        "records": each.count,
        "certain": each.certain,
        "possible": each.possible,
    }


def _mover(each: Mover) -> dict[str, Any]:
    return {
        "situation": dict(each.situation),
        "movement": str(each.movement),
        "before": _conclusion(each.before),
        "after": _conclusion(each.after),
        "records": each.count,
    }


def _conclusion(each: Conclusion) -> dict[str, Any]:
    return {"status": str(each.status), "possible": [answer_data(answer) for answer in each.possible]}


def _bad(each: BadCell) -> dict[str, Any]:
    given = None if each.given is None else str(each.given)
    return {"row": each.row, "column": each.column, "given": given, "reason": each.message, "help": each.help or None}


def many_rows(comparison: ManyComparison) -> Iterator[tuple[str, ...]]:
    """A row for each transition, in the columns of `COLUMNS`, of all records and then of each group.

    Where nothing is compared, a row for each answer of each version. Several answers in one cell are separated by `; `.
    """
    for by, part in (("", comparison.whole), *((comparison.by or "", each) for each in comparison.groups)):
        for decision in part.decisions:
            for row in _rows(comparison.frameworks, decision):
                yield by, part.group or "", decision.id, *row


def _rows(frameworks: Sequence[Framework], decision: ManyDecision) -> Iterator[tuple[str, ...]]:
    if not any(moves.transitions for moves in decision.moves):
        yield from _alone(frameworks, decision)
    for moves in decision.moves:
        for each in moves.transitions:
            ends = (moves.before.version, *_plain(each.before), moves.after.version, *_plain(each.after))
            yield *ends, *map(str, (each.count, each.certain, each.possible))


def _alone(frameworks: Sequence[Framework], decision: ManyDecision) -> Iterator[tuple[str, ...]]:
    for number, framework in enumerate(frameworks):
        for total in decision.totals:
            if total.counts[number]:
                status = total.label if isinstance(total.label, Status) else Status.DECIDED
                outcomes = "" if isinstance(total.label, Status) else " and ".join(each.id for each in total.label)
                yield framework.version, str(status), outcomes, *NOTHING, str(total.counts[number]), "", ""


def _plain(each: Conclusion) -> tuple[str, str]:
    answers = (
        " and ".join(answer.outcomes) if answer.status is Status.DECIDED else str(answer.status)
        for answer in each.possible
    )
    return str(each.status), "; ".join(answers)
