"""One authority under two versions: whether it moves, why it stands where it stands, and which edits are behind it."""

from collections.abc import Iterator, Mapping
from typing import Any

from greenpaper.comparison.behaviour import Behaviours
from greenpaper.comparison.compare import Comparison, Movement, Moves
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.report import words
from greenpaper.report.difference import because_line
from greenpaper.report.explanation import answer_blocks, broken_blocks, version_line
from greenpaper.report.reasons import Why, reason_blocks
from greenpaper.report.view import Block, Heading, Paragraph


def contrast_blocks(
    comparison: Comparison, other: Evaluation, whys: Mapping[str, Why], found: Behaviours | None
) -> Iterator[Block]:
    """`comparison` holds one record under the version explained and the `other`, whose reasons are `whys`.

    `found` is the difference between the two, where it could be worked out.
    """
    yield Heading(f"For contrast, {version_line(other.framework)[:1].lower()}{version_line(other.framework)[1:]}")
    told = reason_blocks(other, whys)
    for decision in comparison.decisions:
        verdict = other.decisions.get(decision.id)
        yield Heading(decision.question, 3)
        if verdict:
            yield from answer_blocks(verdict)
            yield from told[decision.id]
        yield Paragraph(f"{movement_line(decision.moves[0])}{_because(decision.id, comparison, found)}")
    yield from broken_blocks(other)


def movement_line(moves: Moves) -> str:
    """Whether the authority moves from the one version to the other."""
    pair = f"From {words.label(moves.before)} to {words.label(moves.after)}"
    if moves.not_comparable:
        return f"{pair}: not comparable, because {moves.not_comparable}."
    movement = moves.moves[0].movement if moves.moves else Movement.NONE
    return f"{pair} it {movement}."


def _because(decision: str, comparison: Comparison, found: Behaviours | None) -> str:
    """The edits behind the move, where the record lies wholly in one transition."""
    (row,) = comparison.rows
    known = {**row.evaluations[0].facts.known, **row.evaluations[1].facts.known}
    for each in found.decisions if found else ():
        transition = each.holding(known) if each.decision == decision else None
        blame = each.blames.get(transition.became) if transition else None
        if blame and found:
            return f" Because of {because_line(blame, found.before, found.after)}."
    return ""


def contrast_data(comparison: Comparison) -> dict[str, Any]:
    """Decision → the movement between the two versions."""
    return {
        decision.id: {
            "from": decision.moves[0].before.version,
            "to": decision.moves[0].after.version,
            "movement": str(decision.moves[0].moves[0].movement if decision.moves[0].moves else Movement.NONE),
            "not_comparable": decision.moves[0].not_comparable or None,
        }
        for decision in comparison.decisions
    }
