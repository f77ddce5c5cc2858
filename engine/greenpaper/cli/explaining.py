"""`greenpaper explain`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Unusable, day_of, find_record, records_in, version_or_in_force
from greenpaper.evaluation.evaluate import Evaluation
from greenpaper.evaluation.records import UnusableRecord, evaluate
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.records.record import Record
from greenpaper.report.view import Block
from greenpaper.source.nearest import did_you_mean

if TYPE_CHECKING:
    from greenpaper.comparison.compare import Comparison


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one authority: under which version, with which values, which of them fixed, against which."""

    authority: str
    version: str = ""
    changes: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    against: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question with its record and versions found."""

    record: Record
    changed: Mapping[str, str | None]
    fixed: tuple[str, ...]
    day: date | None
    selector: Selector
    other: Selector | None


def explain_authority(
    question: Question, *, as_of: str, form: Format, policies: Path | None, records: Path | None
) -> None:
    """Print what follows for one authority, and why. Raises Unusable, PolicyError or NoSuchVersion."""
    table = records_in(records)
    changed = dict(map(_change, question.changes))
    found = find_record(question.authority, table)
    record = replace(found, cells={**found.cells, **changed})
    selector = version_or_in_force(question.version, table, policies)
    other = selector_of(question.against, selector.catalogue) if question.against else None
    asked = _Asked(record, changed, question.fixed, day_of(as_of, table), selector, other)
    framework = selector.load()
    _check_fixed(question.fixed, framework)
    _check_set(changed, (framework, other.load()) if other else (framework,))
    try:
        known = selector.catalogue.all_facts
        evaluation = evaluate(framework, record, as_of=asked.day, elsewhere=known)
    except UnusableRecord as fault:
        raise Unusable(str(fault)) from None
    out(_in(form, asked, evaluation))


def _check_fixed(fixed: Sequence[str], framework: Framework) -> None:
    for name in fixed:
        if name not in framework.vocabulary.facts:
            near = did_you_mean(name, framework.vocabulary.facts) or ", ".join(framework.vocabulary.facts)
            raise Unusable(f"`--fix {name}`: {framework.version} has no such fact: {near}")


def _check_set(changed: Mapping[str, str | None], frameworks: Sequence[Framework]) -> None:
    known = dict.fromkeys(fact for framework in frameworks for fact in framework.vocabulary.facts)
    for name in changed:
        if name not in known:
            versions = " nor ".join(framework.version for framework in frameworks)
            near = did_you_mean(name, known) or ", ".join(known)
            raise Unusable(f"`--set {name}=…`: {versions} has no such fact: {near}")


def _in(form: Format, asked: _Asked, evaluation: Evaluation) -> str:
    from greenpaper.report.data import COLUMNS, evaluation_rows
    from greenpaper.report.explanation import explanation_view
    from greenpaper.report.reasons import reason_blocks, why
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: explanation_view(
            asked.record,
            evaluation,
            [name for name in asked.changed if name in evaluation.framework.vocabulary.facts],
            reason_blocks(evaluation, why(evaluation, asked.fixed)),
            _contrast(asked, evaluation),
        ),
        lambda: _data(asked, evaluation),
        lambda: to_csv(COLUMNS, evaluation_rows(asked.record, evaluation)),
    )


def _contrast(asked: _Asked, evaluation: Evaluation) -> tuple[Block, ...]:
    """The other version, and what lies between the two."""
    if asked.other is None:
        return ()
    from greenpaper.comparison.behaviour import behaviours
    from greenpaper.report.contrast import contrast_blocks
    from greenpaper.report.reasons import why

    comparison = _compared(asked, asked.other, evaluation)
    own = evaluation.framework
    other = next(each for each in comparison.rows[0].evaluations if each.framework is not own)
    before, after = comparison.frameworks
    return tuple(contrast_blocks(comparison, other, why(other, asked.fixed), behaviours(before, after)))


def _compared(asked: _Asked, other: Selector, evaluation: Evaluation) -> "Comparison":
    """The record under the other version and this one, the one that begins first before the other."""
    from greenpaper.comparison.compare import compare

    known = asked.selector.catalogue.all_facts | other.catalogue.all_facts
    versions = sorted(
        (other.load(), evaluation.framework), key=lambda each: each.starts.earliest if each.starts else date.max
    )
    found = compare(versions, [asked.record], as_of=asked.day, elsewhere=known)
    for each in found.unusable:
        raise Unusable(str(UnusableRecord(asked.record.authority.name, each.cells)))
    return found


def _data(asked: _Asked, evaluation: Evaluation) -> dict[str, Any]:
    from greenpaper.report.data import evaluation_data
    from greenpaper.report.reasons import why, why_data

    data = evaluation_data(asked.record, evaluation, trace=True) | {"set": dict(asked.changed)}
    for name, told in why_data(why(evaluation, asked.fixed), evaluation).items():
        data["decisions"][name] |= told
    if asked.other:
        from greenpaper.report.contrast import contrast_data

        data["against"] = contrast_data(_compared(asked, asked.other, evaluation))
    return data


def _change(text: str) -> tuple[str, str | None]:
    """A fact and the value it is to have in place of the record's own; None makes it unknown."""
    name, sign, value = text.partition("=")
    if not (name.strip() and sign):
        raise Unusable(f"`--set {text}`: write fact=value, such as `--set leaders=good`")
    return name.strip(), value.strip() or None
