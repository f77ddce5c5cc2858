"""Versions side by side, as a page: totals, who moves, who is undetermined, on what it rests, and every authority."""

from collections.abc import Iterator, Sequence
from datetime import date

from greenpaper.comparison.compare import Comparison, DecisionComparison, Move, Moves, Row
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.framework.checked import Confidence, Framework, Outcome, Status
from greenpaper.records.facts import WrongCell
from greenpaper.report import words
from greenpaper.report.explanation import facts_block, origin_of, verdict_blocks, version_line
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Section, Table, View

MOST_NAMED = 20


def comparison_view(comparison: Comparison, taken: date | None = None, *, authorities: bool = False) -> View:
    """The comparison; with `authorities`, every authority with its reasons under every version.

    `taken` is the day of the records.
    """
    versions = words.listed([words.label(each) for each in comparison.frameworks])
    return View(f"Comparison of {versions}", tuple(_page(comparison, taken, authorities)))


def _page(comparison: Comparison, taken: date | None, authorities: bool) -> Iterator[Block]:
    count, day = words.authorities(len(comparison.rows)), words.records_to(taken, comparison.as_of)
    yield Paragraph(f"{count}, each by its latest inspection{day}.")
    for decision in comparison.decisions:
        yield Heading(decision.question)
        yield _totals(comparison, decision)
        for moves in decision.moves:
            yield from _moves(moves)
        yield from _undetermined(comparison, decision)
    yield from inadmissible_blocks(comparison)
    yield from unusable_blocks(comparison)
    yield Heading("What this rests on")
    yield Bullets(tuple(point for framework in comparison.frameworks for point in rests_on(framework)))
    if authorities:
        yield Heading("Every authority")
        for row in comparison.rows:
            yield _authority(row)


def _totals(comparison: Comparison, decision: DecisionComparison) -> Table:
    columns = ("Answer", *(words.label(each) for each in comparison.frameworks))
    rows = (
        (total_label(total.label), *("not decided here" if count is None else str(count) for count in total.counts))
        for total in decision.totals
    )
    caption = "Authorities by answer"
    return Table(caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def total_label(label: tuple[Outcome, ...] | Status) -> str:
    return words.STATUSES[label] if isinstance(label, Status) else words.together([each.title for each in label])


def _moves(moves: Moves) -> Iterator[Block]:
    pair = f"{words.label(moves.before)} to {words.label(moves.after)}"
    if moves.not_comparable:
        yield Paragraph(f"{pair}: not comparable, because {moves.not_comparable}.")
        return
    certain, possible = moves.certain(), moves.possible()
    yield Paragraph(f"{pair}: {_certainly(len(certain))}, {_perhaps(len(possible))}.")
    if moves.moves:
        columns = ("Authority", "Movement", words.label(moves.before), words.label(moves.after))
        rows = tuple(_move(each) for each in (*certain, *possible))
        yield Table(f"Movers, {pair}", columns, rows)


def _certainly(count: int) -> str:
    return f"{count or 'nobody'} {'moves' if count <= 1 else 'move'} for certain"


def _perhaps(count: int) -> str:
    return f"{count or 'nobody'} may move"


def _move(move: Move) -> tuple[str, ...]:
    return (move.row.record.authority.name, str(move.movement), words.verdict(move.before), words.verdict(move.after))


def _undetermined(comparison: Comparison, decision: DecisionComparison) -> Iterator[Block]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for number, framework in enumerate(comparison.frameworks):
        for row in comparison.rows:
            evaluation = row.evaluations[number]
            verdict = evaluation.decisions.get(decision.id)
            if verdict and verdict.status is Status.UNDETERMINED:
                settles = "; ".join(words.settles(verdict))
                missing = words.missing(verdict, evaluation.facts)
                found.setdefault((words.label(framework), missing, settles), []).append(row.record.authority.name)
    if found:
        columns = ("Authority", "Version", "Not known", "What would settle it")
        yield Table("Undetermined authorities", columns, tuple((_names(names), *said) for said, names in found.items()))


def _names(names: Sequence[str]) -> str:
    left = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return words.listed([*names[:MOST_NAMED], *left])


def inadmissible_blocks(comparison: Comparison) -> Iterator[Block]:
    """Whose facts break the constraints of a version, so that its rules are asked without them."""
    for number, framework in enumerate(comparison.frameworks):
        names = [row.record.authority.name for row in comparison.rows if _breaks(row.evaluations[number])]
        if names:
            yield Paragraph(
                f"The facts of {words.authorities(len(names))} break the constraints of {words.label(framework)}, so"
                f" that what its rules say of them is taken without the constraints: {_names(names)}."
            )


def _breaks(evaluation: Evaluation) -> bool:
    return any(verdict.status is Status.INADMISSIBLE for verdict in evaluation.decisions.values())


def unusable_blocks(comparison: Comparison) -> Iterator[Block]:
    """Every cell that could not be used, where there are any; authorities with the same one are told together."""
    found: dict[WrongCell, list[str]] = {}
    for each in comparison.unusable:
        for cell in each.cells:
            found.setdefault(cell, []).append(each.record.authority.name)
    if found:
        yield Heading("Values that could not be used")
        yield Bullets(
            tuple(
                f"{_names(names)}: {words.fact(cell.fact)} {words.quoted(cell.given)}: {cell.message}; {cell.help}"
                for cell, names in found.items()
            )
        )


def rests_on(framework: Framework) -> Iterator[str]:
    """What a reader must know of a version: its options, and what in its decisions is not stated by a source."""
    name = words.label(framework)
    for choice in framework.choices:
        read = (
            f" read as “{choice.option_title}” ({choice.confidence})"
            if choice.is_reading
            else f" {choice.option_title}"
        )
        yield f"{name}: {choice.title}:{read}"
    for decision in framework.decisions.values():
        said = decision.precedence
        if said and said.confidence is not Confidence.STATED:
            yield f"{name}: the order of the rules is {said.confidence}. {said.note}"
        for rule in decision.rules:
            if rule.confidence is not Confidence.STATED:
                yield f"{name}: rule {words.rule_head(rule)}"
        for entry in decision.left_open:
            yield f"{name}: left open ({entry.confidence}). {entry.note}"
    yield from constraints_rest_on(framework)


def constraints_rest_on(framework: Framework) -> Iterator[str]:
    """What in the constraints of a version is not stated by a source."""
    for confidence in Confidence:
        ids = [each.id for each in framework.constraints if each.confidence is confidence]
        if ids and confidence is not Confidence.STATED:
            several = "constraint {} is" if len(ids) == 1 else "constraints {} are"
            said = several.format(words.listed(ids))
            yield f"{words.label(framework)}: {said} not stated by a source but {confidence}."


def _authority(row: Row) -> Section:
    record = row.record
    blocks: list[Block] = [Paragraph(text) for text in (words.inspected(record.inspection), origin_of(record)) if text]
    answers = []
    for evaluation in row.evaluations:
        blocks += [Heading(version_line(evaluation.framework)), facts_block(evaluation)]
        blocks += verdict_blocks(evaluation)
        said = "; ".join(words.verdict(each) for each in evaluation.decisions.values())
        answers.append(f"{words.label(evaluation.framework)}: {said}")
    return Section(record.authority.name, tuple(blocks), record.authority.code, " · ".join(answers))
