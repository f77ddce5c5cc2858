"""Coverage as findings: what an author should know of all situations, each with its count, place and witness."""

from collections.abc import Iterator

from greenpaper.analysis import problems
from greenpaper.analysis.coverage import Coverage, Overlap, Witness, cover
from greenpaper.framework.checked import Framework, Resolve
from greenpaper.language.types import Graded
from greenpaper.source.diagnostics import Diagnostic


def find_gaps_and_overlaps(framework: Framework) -> tuple[Diagnostic, ...]:
    """Every gap, overlap and rule that never applies, in every decision of the framework."""
    return tuple(finding for coverage in cover(framework) for finding in _findings(framework, coverage))


def _findings(framework: Framework, coverage: Coverage) -> Iterator[Diagnostic]:
    decision, of = coverage.decision, situations_in_words(framework, coverage)
    assert decision.span
    if coverage.undeclared:
        example = witness_in_words(coverage.gap_witness)
        yield problems.nothing_applies(coverage.undeclared, of, decision.question, decision.span, example)
    for number, count in coverage.needless.items():
        span = decision.left_open[number].span
        assert span
        yield problems.left_open_covered(count, of, span)
    if decision.left_open and not coverage.needless and not coverage.undeclared:
        span, said = decision.left_open[0].span, [entry.note for entry in decision.left_open]
        assert span
        yield problems.left_open_exact(coverage.without_rule, of, span, said)
    for overlap in coverage.overlaps:
        yield from _overlap(coverage, overlap, of)
    for rule in coverage.never:
        assert rule.span
        yield problems.never_applies(rule.id, rule.span)


def _overlap(coverage: Coverage, overlap: Overlap, of: str) -> Iterator[Diagnostic]:
    decision = coverage.decision
    first, second = overlap.first, overlap.second
    assert first.span
    assert second.span
    named, spans = (first.id, second.id), (first.span, second.span)
    example = witness_in_words(overlap.witness)
    match decision.resolve:
        case Resolve.FIRST if not overlap.agree:
            said = decision.precedence
            reason = f"{said.confidence}: {said.note}" if said else ""
            yield problems.settled_by_order(overlap.situations, of, named, spans, example, reason)
        case Resolve.AGREE if not overlap.agree:
            yield problems.rules_conflict(overlap.situations, of, named, spans, example, "agree")
        case Resolve.ONLY_ONE:
            yield problems.rules_conflict(overlap.situations, of, named, spans, example, "only one")
        case _:
            return


def situations_in_words(framework: Framework, coverage: Coverage) -> str:
    """`256 sets of grades` where every fact is a grade on one scale, `n situations` otherwise."""
    kinds = [framework.vocabulary.facts[fact].type for fact in coverage.facts]
    graded = all(isinstance(kind, Graded) and kind.scale.noun == "grade" for kind in kinds)
    return f"{coverage.situations:,} {'sets of grades' if graded else 'situations'}"


def witness_in_words(witness: Witness | None) -> str:
    """A witness as a list of facts with their values; one that names none is any situation."""
    named = (
        f"{fact} {str(value).lower() if isinstance(value, bool) else value}" for fact, value in (witness or {}).items()
    )
    return ", ".join(named).replace("_", " ") or "any"
