"""Many records under one version, as a page: one line for each."""

from collections.abc import Sequence
from datetime import date

from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.framework.checked import Framework
from greenpaper.records.record import Record
from greenpaper.report import words
from greenpaper.report.comparison import rests_on
from greenpaper.report.explanation import version_line
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

Evaluated = Sequence[tuple[Record, Evaluation]]


def evaluations_view(framework: Framework, evaluated: Evaluated, taken: date | None, as_of: date | None) -> View:
    """Every record's answer to every decision, with the rules that gave it and what is not known."""
    blocks: list[Block] = [Paragraph(f"{version_line(framework)}{words.records_to(taken, as_of)}")]
    for name, decision in framework.decisions.items():
        columns = ("Authority", "Answer", "Rule", "Not known")
        rows = tuple(_row(record, evaluation, name) for record, evaluation in evaluated)
        blocks += [Heading(decision.question), Table(words.authorities(len(rows)), columns, rows)]
    blocks += [Heading("What this rests on"), Bullets(tuple(rests_on(framework)))]
    return View(f"Evaluation under {words.label(framework)}", tuple(blocks))


def _row(record: Record, evaluation: Evaluation, name: str) -> tuple[str, ...]:
    verdict = evaluation.decisions[name]
    rules = words.listed([f"{rule.id} ({rule.confidence})" for rule in verdict.rules], "or")
    return record.authority.name, words.verdict(verdict), rules, words.missing(verdict, evaluation.facts)
