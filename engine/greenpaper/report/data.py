"""Results as plain data for JSON and CSV: ids, never titles alone; null where there is no value."""

from collections.abc import Mapping
from typing import Any

from greenpaper.comparison.compare import Comparison, DecisionComparison, Moves, Row
from greenpaper.evaluation.evaluate import Evaluation, Settling, Verdict
from greenpaper.evaluation.truth import Step
from greenpaper.framework.checked import Framework, Outcome, Rule, Status
from greenpaper.records.record import Record
from greenpaper.report import words
from greenpaper.report.answers import answer_data, plain

COLUMNS = ("code", "authority", "version", "decision", "status", "outcome", "possible", "rules", "not_known")


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """What one decision says: its status, the outcome where there is one, and all that is still possible."""
    return {
        "status": str(verdict.status),
        "outcome": verdict.outcome.id if verdict.outcome else None,
        "possible": [answer_data(each) for each in verdict.possible],
        "rules": [rule.id for rule in verdict.rules],
        "left_open": [entry.note for entry in verdict.left_open],
        "silent": list(verdict.silent),
        "settles": [_settling(each) for each in verdict.settling],
    }


def _settling(settling: Settling) -> dict[str, Any]:
    leads_to = {cell: [answer_data(each) for each in answers] for cell, answers in settling.leads_to.items()}
    return {"fact": settling.fact, "leads_to": leads_to}


def evaluation_data(record: Record, evaluation: Evaluation, *, trace: bool = False) -> dict[str, Any]:
    """One record under one version; with `trace`, every rule as it was tried."""
    facts = evaluation.facts
    return {
        **record_data(record),
        "version": version_data(evaluation.framework),
        "facts": {name: plain(known) for name, known in facts.known.items()},
        "unknown": {name: str(kind) for name, kind in facts.unknown.items()},
        "decisions": {
            name: verdict_data(verdict)
            | ({"trace": [_rule(each.rule, each.step) for each in verdict.trace]} if trace else {})
            for name, verdict in evaluation.decisions.items()
        },
        "broken_constraints": [each.id for each in evaluation.broken],
    }


def _rule(rule: Rule, step: Step) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "when": rule.when.words,
        "then": rule.outcome.id,
        "applies": step.value,
        "modality": str(rule.modality),
        "confidence": str(rule.confidence),
        "source": {"document": rule.citation.document.id, "says": rule.citation.says or None},
        "steps": _steps(step),
    }


def _steps(step: Step) -> dict[str, Any]:
    return {
        "condition": step.term.words,
        "value": step.value,
        "parts": [_steps(part) for part in step.parts if part.term.words],
    }


def record_data(record: Record) -> dict[str, Any]:
    """The authority, and the inspection its facts come from."""
    inspection = record.inspection
    return {
        "code": record.authority.code,
        "authority": record.authority.name,
        "inspection": {
            "periods": [[each.first.isoformat(), each.last.isoformat()] for each in inspection.periods],
            "published": inspection.published.isoformat() if inspection.published else None,
            "report": inspection.report or None,
        },
    }


def version_data(framework: Framework) -> dict[str, Any]:
    return {
        "version": framework.version,
        "title": framework.title,
        "status": framework.status,
        "illustrative": words.is_illustrative(framework),
        "options": {choice.proposal: choice.option for choice in framework.choices},
    }


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """All versions, totals and moves, and every record under every version."""
    return {
        "versions": [version_data(framework) for framework in comparison.frameworks],
        "as_of": comparison.as_of.isoformat() if comparison.as_of else None,
        "authorities": len(comparison.rows),
        "decisions": {decision.id: _decision(comparison, decision) for decision in comparison.decisions},
        "records": [_row(row) for row in comparison.rows],
        "unusable": [
            {"authority": each.record.authority.name, "fact": cell.fact, "given": cell.given, "reason": cell.message}
            for each in comparison.unusable
            for cell in each.cells
        ],
    }


def _decision(comparison: Comparison, decision: DecisionComparison) -> dict[str, Any]:
    versions = [framework.version for framework in comparison.frameworks]
    totals = [
        {
            "outcome": None if isinstance(total.label, Status) else _ids(total.label),
            "status": str(total.label if isinstance(total.label, Status) else Status.DECIDED),
            "authorities": dict(zip(versions, total.counts, strict=True)),
        }
        for total in decision.totals
    ]
    return {"totals": totals, "moves": [_moves(each) for each in decision.moves]}


def _ids(outcomes: tuple[Outcome, ...]) -> str | list[str]:
    return outcomes[0].id if len(outcomes) == 1 else [each.id for each in outcomes]


def _moves(moves: Moves) -> dict[str, Any]:
    listed = [
        {
            "code": move.row.record.authority.code,
            "authority": move.row.record.authority.name,
            "movement": str(move.movement),
            "before": verdict_data(move.before),
            "after": verdict_data(move.after),
        }
        for move in moves.moves
    ]
    return {
        "from": moves.before.version,
        "to": moves.after.version,
        "not_comparable": moves.not_comparable or None,
        "certain": len(moves.certain()),
        "possible": len(moves.possible()),
        "authorities": listed,
    }


def _row(row: Row) -> dict[str, Any]:
    under: Mapping[str, Any] = {
        evaluation.framework.version: {name: verdict_data(each) for name, each in evaluation.decisions.items()}
        for evaluation in row.evaluations
    }
    return {**record_data(row.record), "under": under}


def evaluation_rows(record: Record, evaluation: Evaluation) -> list[tuple[str, ...]]:
    """A row for each decision, in the columns of `COLUMNS`. Several values in one cell are separated by `; `."""
    return [
        (
            record.authority.code,
            record.authority.name,
            words.label(evaluation.framework),
            name,
            str(verdict.status),
            verdict.outcome.id if verdict.outcome else "",
            "; ".join(
                " and ".join(each.outcomes) if each.status is Status.DECIDED else str(each.status)
                for each in verdict.possible
            ),
            "; ".join(rule.id for rule in verdict.rules),
            "; ".join(each.fact for each in verdict.settling),
        )
        for name, verdict in evaluation.decisions.items()
    ]
