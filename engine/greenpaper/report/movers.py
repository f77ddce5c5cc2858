"""Whom a difference concerns: who moves, over current records and over every inspection, with reasons on both sides."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from greenpaper.analysis.reasons import reason
from greenpaper.comparison.compare import Comparison, DecisionComparison, Move, Moves, Row
from greenpaper.evaluation.evaluate import Evaluation, Verdict
from greenpaper.report import words
from greenpaper.report.answers import answer_data
from greenpaper.report.comparison import inadmissible_blocks, unusable_blocks
from greenpaper.report.reasons import first_to_find_out, reason_sentence
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table

MOST_LISTED = 30


def mover_blocks(current: Comparison, history: Comparison, taken: date | None) -> Iterator[Block]:
    """Every decision: who moves by the latest inspection, and how many of all inspections did, or may."""
    yield Heading("Whom it concerns")
    for now, ever in zip(current.decisions, history.decisions, strict=True):
        yield Heading(now.question, 3)
        yield from _now(current, now, taken)
        yield from _ever(history, ever)
    yield from inadmissible_blocks(current)
    yield from unusable_blocks(history)


def _now(comparison: Comparison, decision: DecisionComparison, taken: date | None) -> Iterator[Block]:
    moves = decision.moves[0]
    count, day = words.authorities(len(comparison.rows)), words.records_to(taken, comparison.as_of)
    if moves.not_comparable:
        yield Paragraph(f"Not comparable, because {moves.not_comparable}.")
        return
    certain, possible = moves.certain(), moves.possible()
    yield Paragraph(
        f"Of {count}, each by its latest inspection{day}, {len(certain) or 'nobody'} "
        f"{'moves' if len(certain) <= 1 else 'move'} for certain, {len(possible) or 'nobody'} may move."
    )
    if moves.moves:
        listed = (*certain, *possible)[:MOST_LISTED]
        left = len(moves.moves) - len(listed)
        more = (f"And {left} more, who are in the JSON form and in `greenpaper compare`.",) if left else ()
        yield Bullets((*(_move(move, moves) for move in listed), *more))


def _move(move: Move, moves: Moves) -> str:
    name = f"{move.row.record.authority.name} {move.movement}."
    sides = (
        (moves.before, move.before, move.row.evaluations[0]),
        (moves.after, move.after, move.row.evaluations[-1]),
    )
    return " ".join([name, *(f"{words.label(version)}: {_side(verdict, each)}" for version, verdict, each in sides)])


def _side(verdict: Verdict, evaluation: Evaluation) -> str:
    """The answer and why: its reason, or what is not known and what to find out first."""
    said = f"{words.verdict(verdict)}."
    told = reason(evaluation, verdict.decision.id)
    if told:
        return f"{said} {reason_sentence(told, evaluation.framework)}"
    missing = words.missing(verdict, evaluation.facts)
    return " ".join(filter(None, [said, f"Not known: {missing}." if missing else "", first_to_find_out(verdict)]))


def _ever(history: Comparison, decision: DecisionComparison) -> Iterator[Block]:
    moves = decision.moves[0]
    if moves.not_comparable:
        return
    both = [row for row in history.rows if _decided(row, decision.id)]
    certain, possible = moves.certain(), moves.possible()
    have, change = ("has" if len(both) == 1 else "have"), ("changes" if len(certain) == 1 else "change")
    yield Paragraph(
        f"Of {len(history.rows):,} inspections on record, {len(both):,} {have} one answer under both versions. "
        + ("None of them changes." if not certain else f"{len(certain):,} {change} for certain:")
    )
    if certain:
        yield _table("Inspections that change for certain", moves, certain)
    if possible:
        yield Paragraph(f"Of the others, {len(possible):,} may change: facts are not known that decide it.")
        yield _grouped(moves, possible)
    if same := _open_and_same(history, decision):
        yield Paragraph(f"{same:,} more have several answers possible, and the same one under both whichever is right.")


def _open_and_same(comparison: Comparison, decision: DecisionComparison) -> int:
    """How many records have several answers possible and do not move."""
    moving = {id(move.row) for move in decision.moves[0].moves}
    return sum(id(row) not in moving and not _decided(row, decision.id) for row in comparison.rows)


def _decided(row: Row, decision: str) -> bool:
    return all(len(each.decisions[decision].possible) == 1 for each in row.evaluations)


def _table(caption: str, moves: Moves, listed: tuple[Move, ...]) -> Table:
    rows = [_row(move) for move in listed[:MOST_LISTED]]
    if len(listed) > MOST_LISTED:
        rows.append((f"and {len(listed) - MOST_LISTED} more, in the JSON form", "", ""))
    columns = ("Inspection", words.label(moves.before), words.label(moves.after))
    return Table(caption, columns, tuple(rows))


def _grouped(moves: Moves, possible: tuple[Move, ...]) -> Table:
    """Inspections that may change, those with the same answers on both sides together, the most frequent first."""
    groups: dict[tuple[str, str, str], list[Move]] = {}
    for move in possible:
        missing = words.missing(move.after, move.row.evaluations[-1].facts)
        missing = missing or words.missing(move.before, move.row.evaluations[0].facts)
        groups.setdefault((words.verdict(move.before), words.verdict(move.after), missing), []).append(move)
    ordered = sorted(groups.items(), key=lambda each: -len(each[1]))
    rows = [(*key, str(len(group)), _inspection(group[-1])) for key, group in ordered]
    columns = (words.label(moves.before), words.label(moves.after), "Not known", "Inspections", "Such as")
    return Table("Inspections that may change", columns, tuple(rows), frozenset({3}))


def _row(move: Move) -> tuple[str, str, str]:
    before, after = move.row.evaluations[0], move.row.evaluations[-1]
    return _inspection(move), _side(move.before, before), _side(move.after, after)


def _inspection(move: Move) -> str:
    return words.record_head(move.row.record)


def mover_data(current: Comparison, history: Comparison) -> dict[str, Any]:
    """Decision → who moves, over the current records and over all inspections."""
    return {
        now.id: {"current": _moves_data(current, now), "history": _moves_data(history, ever)}
        for now, ever in zip(current.decisions, history.decisions, strict=True)
    }


def _moves_data(comparison: Comparison, decision: DecisionComparison) -> dict[str, Any]:
    moves = decision.moves[0]
    if moves.not_comparable:
        return {"records": len(comparison.rows), "not_comparable": moves.not_comparable}
    both = sum(_decided(row, decision.id) for row in comparison.rows)
    return {
        "records": len(comparison.rows),
        "one_answer_under_both": both,
        "certain": len(moves.certain()),
        "possible": len(moves.possible()),
        "several_answers_and_same": _open_and_same(comparison, decision),
        "movers": [_mover(move) for move in (*moves.certain(), *moves.possible())],
    }


def _mover(move: Move) -> dict[str, Any]:
    inspection = move.row.record.inspection
    return {
        "code": move.row.record.authority.code,
        "authority": move.row.record.authority.name,
        "last_day": inspection.ended.isoformat() if inspection.ended else None,
        "movement": str(move.movement),
        "before": [answer_data(each) for each in move.before.possible],
        "after": [answer_data(each) for each in move.after.possible],
        "why_before": _side(move.before, move.row.evaluations[0]),
        "why_after": _side(move.after, move.row.evaluations[-1]),
    }
