"""What an author should know of all situations: each finding with its count, its place, and a witness if it has one."""

from collections.abc import Iterator
from functools import lru_cache

from greenpaper.analysis import problems
from greenpaper.analysis.conditions import Stated, conditions_of, needless_parts, settled
from greenpaper.analysis.counting import in_words, whole_of, witness_in_words
from greenpaper.analysis.coverage import Coverage, Overlap, cover
from greenpaper.analysis.explaining import explained
from greenpaper.analysis.finding import Finding
from greenpaper.analysis.idle_rules import needless_rules, preceded_rules
from greenpaper.analysis.limits import contradiction, following, idle, never_demands
from greenpaper.analysis.scales import mappings_out_of_order, opposite_scales, unreached_words
from greenpaper.analysis.stubs import left_open_stub
from greenpaper.analysis.usage import never_used
from greenpaper.framework.checked import Constraint, Framework, Resolve, Rule
from greenpaper.situations.compiled import Compiled
from greenpaper.situations.diagram import TooLarge
from greenpaper.source.text import Span


@lru_cache(maxsize=16)
def findings_of(framework: Framework) -> tuple[Finding, ...]:
    """Every finding in the framework, those that it explains as notes with the reason.

    Where the diagrams would need too many nodes, one of the findings says that the others are missing.
    """
    try:
        of_situations = tuple(_of_situations(framework))
    except TooLarge as fault:
        of_situations = (_not_analysed(framework, fault.limit),)
    return explained(framework, [*of_situations, *_of_names(framework), *_of_scales(framework)])


def _of_situations(framework: Framework) -> Iterator[Finding]:
    whole = whole_of(framework)
    coverages = tuple(each for each in cover(framework) if each.counter.inside != each.counter.no)
    for coverage in coverages:
        yield from _of_decision(framework, coverage)
    for stated in conditions_of(whole, coverages):
        yield from _of_condition(whole, stated)
    yield from _of_constraints(whole)


def _not_analysed(framework: Framework, limit: int) -> Finding:
    decision = next(iter(framework.decisions.values()))
    return Finding(problems.not_analysed(limit, _span(decision.span)), f"decisions/{decision.id}")


# Decisions


def _of_decision(framework: Framework, coverage: Coverage) -> Iterator[Finding]:
    of = in_words(framework, coverage.facts, coverage.situations)
    yield from _gaps(coverage, of)
    for overlap in coverage.overlaps:
        yield from _overlap(coverage, overlap, of)
    yield from _idle_rules(coverage, of)


def _gaps(coverage: Coverage, of: str) -> Iterator[Finding]:
    decision, about = coverage.decision, f"decisions/{coverage.decision.id}"
    assert decision.span
    if coverage.undeclared:
        example = witness_in_words(coverage.gap_witness)
        said = problems.nothing_applies(coverage.undeclared, of, decision.question, decision.span, example)
        yield Finding(said, about, coverage.undeclared, coverage.gap_witness, left_open_stub(coverage))
    for each in coverage.needless:
        span, rules = _span(decision.left_open[each.entry].span), [rule.id for rule in each.rules]
        said = problems.left_open_covered(each.situations, of, span, witness_in_words(each.witness), rules)
        yield Finding(said, f"{about}/left_open/{each.entry + 1}", each.situations, each.witness)
    if decision.left_open and not coverage.needless and not coverage.undeclared:
        notes = [entry.note for entry in decision.left_open]
        said = problems.left_open_exact(coverage.without_rule, of, _span(decision.left_open[0].span), notes)
        yield Finding(said, f"{about}/left_open", coverage.without_rule, coverage.gap_witness)


def _overlap(coverage: Coverage, overlap: Overlap, of: str) -> Iterator[Finding]:
    decision, first, second = coverage.decision, overlap.first, overlap.second
    named, spans = (first.id, second.id), (_span(first.span), _span(second.span))
    outcomes = (first.outcome.id, second.outcome.id)
    example, count = witness_in_words(overlap.witness), overlap.situations
    match decision.resolve:
        case Resolve.ONLY_ONE:
            said = problems.rules_conflict(count, of, named, outcomes, spans, example, "only one")
        case _ if overlap.agree:
            said = problems.rules_agree(count, of, named, first.outcome.id, spans, example)
        case Resolve.FIRST:
            why = decision.precedence
            reason = f"{why.confidence}: {why.note}" if why else ""
            said = problems.settled_by_order(count, of, named, outcomes, spans, example, reason)
        case Resolve.AGREE:
            said = problems.rules_conflict(count, of, named, outcomes, spans, example, "agree")
        case Resolve.EVERY:
            return
    yield Finding(said, f"decisions/{decision.id}/rules/{first.id}+{second.id}", count, overlap.witness)


def _idle_rules(coverage: Coverage, of: str) -> Iterator[Finding]:
    for rule in coverage.never:
        yield Finding(problems.never_applies(rule.id, _span(rule.span)), _about(coverage, rule), 0)
    preceded = tuple(preceded_rules(coverage))
    for each in preceded:
        by = [(rule.id, _span(rule.span)) for rule in each.by]
        example = witness_in_words(each.witness)
        said = problems.never_decides(each.rule.id, each.situations, of, _span(each.rule.span), by, example)
        yield Finding(said, _about(coverage, each.rule), each.situations, each.witness)
    gone = (*coverage.never, *(each.rule for each in preceded))
    for needless in needless_rules(coverage, gone):
        rule, count, example = needless.rule, needless.situations, witness_in_words(needless.witness)
        said = problems.needless_rule(rule.id, rule.outcome.id, count, of, _span(rule.span), example)
        yield Finding(said, _about(coverage, rule), count, needless.witness)


def _about(coverage: Coverage, rule: Rule) -> str:
    return f"decisions/{coverage.decision.id}/rules/{rule.id}"


# Conditions


def _of_condition(whole: Compiled, stated: Stated) -> Iterator[Finding]:
    counter = stated.counter
    if counter.inside == counter.no:
        return
    of = in_words(whole.framework, counter.facts, counter.situations)
    found = settled(stated)
    if found is None:
        for each in needless_parts(stated):
            said = problems.needless_part(each.part.words, stated.what, of, each.span)
            yield Finding(said, stated.about, counter.situations)
    elif found.holds:
        yield Finding(problems.always_holds(stated.what, of, stated.span), stated.about, counter.situations)
    elif stated.may_fail:
        yield Finding(problems.never_holds(stated.what, of, stated.span), stated.about, 0)


# Constraints


def _of_constraints(whole: Compiled) -> Iterator[Finding]:
    framework = whole.framework
    for each in idle(whole):
        if never_demands(whole, each.constraint):
            continue
        of = in_words(framework, each.facts, each.situations)
        problem = problems.flags_everything if each.all else problems.excludes_nothing
        said = problem(each.constraint.id, of, _span(each.constraint.span))
        yield Finding(said, f"constraints/{each.constraint.id}", each.situations)
    if (none := contradiction(whole)) is not None:
        of = in_words(framework, none.facts, none.situations)
        said = problems.nothing_admissible(of, _named(none.constraints))
        names = "+".join(each.id for each in none.constraints)
        yield Finding(said, f"constraints/{names}", none.situations)
        return
    for found in following(whole):
        span = _span(found.constraint.span)
        said = problems.follows_from_others(found.constraint.id, span, _named(found.others))
        yield Finding(said, f"constraints/{found.constraint.id}")


def _named(constraints: tuple[Constraint, ...]) -> list[tuple[str, Span]]:
    return [(each.id, _span(each.span)) for each in constraints]


# Names and scales


def _of_names(framework: Framework) -> Iterator[Finding]:
    for kind, name, address in never_used(framework):
        yield Finding(problems.never_used(kind, name, framework.places[address]), address)


def _of_scales(framework: Framework) -> Iterator[Finding]:
    places = framework.places
    for scales in opposite_scales(framework):
        first, second = scales.first.id, scales.second.id
        spans = (places[f"scales/{first}"], places[f"scales/{second}"])
        said = problems.scales_disagree((first, second), (scales.worse, scales.better), spans)
        yield Finding(said, f"scales/{first}+{second}")
    for pair in mappings_out_of_order(framework):
        mapping = pair.mapping
        span = _span(mapping.span)
        said = problems.maps_out_of_order(mapping.scale, mapping.from_scale, (pair.worse, pair.better), span)
        yield Finding(said, f"scales/{mapping.scale}/maps_from/{mapping.from_scale}")
    for missed in unreached_words(framework):
        mapping = missed.mapping
        said = problems.never_mapped_to(missed.word, mapping.scale, mapping.from_scale, _span(mapping.span))
        yield Finding(said, f"scales/{mapping.scale}/maps_from/{mapping.from_scale}")


def _span(span: Span | None) -> Span:
    assert span
    return span
