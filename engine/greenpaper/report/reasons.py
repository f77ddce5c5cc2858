"""Reasons and smallest changes in words and as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenpaper.analysis.reasons import Because, Change, Reason, best_next, changes, reason
from greenpaper.evaluation.evaluate import Evaluation, Verdict
from greenpaper.framework.checked import Decision, Framework
from greenpaper.language.types import Graded, Truth, is_ordered
from greenpaper.report import words
from greenpaper.report.answers import answer_data
from greenpaper.report.view import Block, Bullets, Paragraph

MOST_WAYS = 4


@dataclass(frozen=True, slots=True)
class Why:
    """What is to be said of one decision on one record: the reason, and how far every other answer is.

    `changes` is None where the record does not know enough to say. `fixed` are facts that are not to change.
    """

    reason: Reason | None
    changes: tuple[Change, ...] | None
    fixed: tuple[str, ...] = ()


def why(evaluation: Evaluation, fixed: Sequence[str] = ()) -> Mapping[str, Why]:
    """Decision → why it says what it says."""
    return {
        name: Why(reason(evaluation, name), changes(evaluation, name, fixed), tuple(fixed))
        for name in evaluation.decisions
    }


def reason_sentence(given: Reason, framework: Framework) -> str:
    """Because this is so and that is so; nothing else mattered."""
    if not given.facts:
        said = "This holds whatever the facts are"
    else:
        said = f"Because {words.listed(list(_phrases(given.facts, framework)))}; nothing else mattered"
    return f"{said}{f', given the constraints of {framework.version}' if given.leans else ''}."


def _phrases(facts: Sequence[Because], framework: Framework) -> Iterator[str]:
    """Facts of which the same is asked are told together, by the title of their group where they are all of it."""
    same: dict[str, list[str]] = {}
    for each in facts:
        same.setdefault(asked(each, framework), []).append(each.fact)
    for test, names in same.items():
        title = next(
            (group.title for group in framework.vocabulary.groups.values() if set(group.members) == set(names)), ""
        )
        subject = title or words.listed([words.fact(name) for name in names])
        yield f"{subject} {'are' if len(names) > 1 else 'is'} {test}"


def asked(because: Because, framework: Framework) -> str:
    """What a fact had to be: its value, an end of its scale, or one of several."""
    kind = framework.vocabulary.facts[because.fact].type
    values = [words.value(each) for each in because.values]
    if len(values) == 1:
        return values[0]
    if isinstance(kind, Graded) and is_ordered(kind):
        if because.values[-1] == because.of[-1]:
            return f"at least {values[0]}"
        return (
            f"at most {values[-1]}" if because.values[0] == because.of[0] else f"between {values[0]} and {values[-1]}"
        )
    return words.listed(values, "or")


def change_lines(given: Sequence[Change], decision: Decision, framework: Framework) -> Iterator[str]:
    """The nearest ways to each other answer."""
    for change in given:
        shown = [_way(way) for way in change.ways[:MOST_WAYS]]
        left = len(change.ways) - len(shown)
        more = f"; or {f'more than {left}' if change.more else left} other ways as near" if left else ""
        sure = "" if change.certain else ", if what is not known turns out so"
        away = f"{_steps(change, framework)}{sure}"
        yield f"{words.answer(decision, change.answer)}: {'; or '.join(shown)}{more} ({away})."


def _way(way: Mapping[str, str]) -> str:
    return words.listed([f"{words.fact(fact)} {words.value(value)}" for fact, value in way.items()])


def _steps(change: Change, framework: Framework) -> str:
    kinds = {framework.vocabulary.facts[fact].type for way in change.ways for fact in way}
    unit = "grade" if all(isinstance(kind, Graded | Truth) and is_ordered(kind) for kind in kinds) else "step"
    return f"{change.steps} {unit}{'' if change.steps == 1 else 's'} away"


def first_to_find_out(verdict: Verdict) -> str:
    """The unknown fact that leaves fewest answers; empty where nothing is unknown."""
    best = best_next(verdict)
    return f"Find out first: {words.fact(best.fact)}." if best else ""


def reason_blocks(evaluation: Evaluation, told: Mapping[str, Why]) -> Mapping[str, tuple[Block, ...]]:
    """Decision → its reason, what would change its answer, and what to find out first."""
    return {name: tuple(_blocks(told[name], verdict, evaluation)) for name, verdict in evaluation.decisions.items()}


def _blocks(told: Why, verdict: Verdict, evaluation: Evaluation) -> Iterator[Block]:
    framework = evaluation.framework
    if told.reason:
        yield Paragraph(reason_sentence(told.reason, framework))
    if said := first_to_find_out(verdict):
        yield Paragraph(said)
    if told.changes:
        fixed = f", with {_as_they_are(told.fixed)}" if told.fixed else ""
        yield Paragraph(f"The nearest changes{fixed}:")
        yield Bullets(tuple(change_lines(told.changes, verdict.decision, framework)))
    elif told.changes is not None and told.fixed:
        yield Paragraph(f"Nothing changes it with {_as_they_are(told.fixed)}.")


def _as_they_are(facts: Sequence[str]) -> str:
    return f"{words.listed([words.fact(each) for each in facts])} as {'it is' if len(facts) == 1 else 'they are'}"


def why_data(told: Mapping[str, Why], evaluation: Evaluation) -> dict[str, Any]:
    """Decision → the reason, the changes and the fact to find out first, as plain data."""
    return {name: _why_data(told[name], verdict) for name, verdict in evaluation.decisions.items()}


def _why_data(told: Why, verdict: Verdict) -> dict[str, Any]:
    best = best_next(verdict)
    return {
        "reason": _reason_data(told.reason) if told.reason else None,
        "changes": None if told.changes is None else [_change_data(each) for each in told.changes],
        "fixed": list(told.fixed),
        "find_out_first": best.fact if best else None,
    }


def _reason_data(given: Reason) -> dict[str, Any]:
    return {"facts": {each.fact: list(each.values) for each in given.facts}, "needs_constraints": given.leans}


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "to": answer_data(change.answer),
        "steps": change.steps,
        "ways": [dict(way) for way in change.ways],
        "more": change.more,
        "certain": change.certain,
    }
