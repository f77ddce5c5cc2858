"""One authority under one version, as a page: its facts, what follows, and why every rule did or did not apply."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from greenpaper.evaluation.evaluate import Evaluation, RuleStep, Verdict
from greenpaper.framework.checked import Framework, Resolve, Status
from greenpaper.records.record import Record
from greenpaper.report import words
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph, View

Told = Mapping[str, Sequence[Block]]
"""For a decision, what else is to be said of it."""


def explanation_view(
    record: Record,
    evaluation: Evaluation,
    changed: Collection[str] = (),
    reasons: Told = MappingProxyType({}),
    contrast: Iterable[Block] = (),
) -> View:
    """The whole explanation. `changed` are facts whose values are not those of the record.

    `reasons` follow the answer of each decision, and `contrast` follows everything.
    """
    return View(words.record_head(record), (*_page(record, evaluation, changed, reasons), *contrast))


def _page(record: Record, evaluation: Evaluation, changed: Collection[str], reasons: Told) -> Iterator[Block]:
    yield facts_block(evaluation)
    if changed:
        yield Paragraph(f"Not from the report: {words.known_facts(changed, evaluation.facts)}.")
    if origin := origin_of(record):
        yield Paragraph(origin)
    yield Heading(version_line(evaluation.framework))
    yield from verdict_blocks(evaluation, reasons)


def facts_block(evaluation: Evaluation) -> Pairs:
    """Every fact of the version with its value or the reason why it has none."""
    facts = evaluation.facts
    items = ((words.fact(name), words.known_facts([name], facts)) for name in evaluation.framework.vocabulary.facts)
    return Pairs(tuple((name, shown.removeprefix(f"{name} ").strip("()")) for name, shown in items))


def origin_of(record: Record) -> str:
    """Where the facts come from."""
    inspection = record.inspection
    said = [f"Report: {inspection.report}"] if inspection.report else []
    if inspection.published:
        said.append(f"published {words.day(inspection.published)}")
    if inspection.note:
        said.append(f"read from {inspection.note}")
    return ", ".join(said)


def version_line(framework: Framework) -> str:
    """The version by its title and status, with the options it was composed of."""
    chosen = "".join(
        f"; {choice.title}: {choice.option_title}"
        for choice in framework.choices
        if not (choice.is_reading and choice.preferred)
    )
    return f"Under {words.label(framework)}: {framework.title} ({framework.status}){chosen}"


def verdict_blocks(evaluation: Evaluation, reasons: Told = MappingProxyType({})) -> Iterator[Block]:
    """Every decision: the answer, the rules that made it, the others, and what would settle it."""
    for name, verdict in evaluation.decisions.items():
        yield Heading(verdict.decision.question, 3)
        yield from answer_blocks(verdict)
        yield from reasons.get(name, ())
        yield Bullets(tuple(_tried(verdict, evaluation)))
        yield from _open_points(verdict, evaluation)
    yield from broken_blocks(evaluation)


def broken_blocks(evaluation: Evaluation) -> Iterator[Block]:
    """The constraints that the record breaks or strains, where there are any."""
    if evaluation.broken:
        broken = (
            f"{each.id} ({each.confidence}, {each.force}): {words.value(each.condition.words)}"
            for each in evaluation.broken
        )
        yield Paragraph("These constraints of the version do not hold of the record:")
        yield Bullets(tuple(broken))


def answer_blocks(verdict: Verdict) -> Iterator[Block]:
    """The answer in a sentence, with how firmly it follows."""
    said = words.verdict(verdict)
    match verdict.status:
        case Status.DECIDED:
            modalities = {rule.modality for rule in verdict.rules}
            modality = words.MODALITIES[modalities.pop()] if len(modalities) == 1 else ""
            yield Paragraph(f"{modality}{said}.")
        case Status.UNDETERMINED:
            yield Paragraph(f"Undetermined. Still possible: {said}.")
        case Status.INADMISSIBLE:
            yield Paragraph(f"{said}. The facts break the constraints below, so this is what the rules alone say.")
        case _:
            yield Paragraph(f"{said[0].upper()}{said[1:]}.")


def _tried(verdict: Verdict, evaluation: Evaluation) -> Iterator[str]:
    deciding = {rule.id for rule in verdict.rules}
    decided = False
    for step in verdict.trace:
        if decided and verdict.decision.resolve is Resolve.FIRST and step.applies is not False:
            yield f"Rule {words.rule_head(step.rule)}. Not needed: an earlier rule decides. {_cited(step)}"
            continue
        reason = words.because(step.step, evaluation.facts)
        mark = "Rule" if step.rule.id in deciding else "Not" if step.applies is False else "Rule"
        yield f"{mark} {words.rule_head(step.rule)}. It {words.tried(step)}: {reason}. {_cited(step)}"
        decided = decided or step.applies is True


def _cited(step: RuleStep) -> str:
    return f"Source: {words.citation(step.rule.citation)}"


def _open_points(verdict: Verdict, evaluation: Evaluation) -> Iterator[Block]:
    if verdict.settling:
        yield Paragraph(f"Not known: {words.missing(verdict, evaluation.facts)}.")
        yield Bullets(words.settles(verdict))
    for entry in verdict.left_open:
        yield Paragraph(f"Left open by the source ({entry.confidence}): {entry.note}")
    for name in verdict.silent:
        yield Paragraph(
            f"The decision {words.fact(name)} has, or may have, no answer here; comparisons with it are then false."
        )
    said = verdict.decision.precedence
    if said and sum(step.applies is not False for step in verdict.trace) > 1:
        yield Paragraph(f"More than one rule applies or may apply; the order is {said.confidence}: {said.note}")
