"""`greenpaper test`."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import typer

from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Unusable, named_apart, selectors_of
from greenpaper.evaluation.case_coverage import CaseCoverage, ConditionTried, RuleTried, case_coverage
from greenpaper.evaluation.cases import CaseResult, run_case
from greenpaper.framework.checked import Case, Framework
from greenpaper.framework.proposals import breaches, chosen
from greenpaper.framework.selection import Selector
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.text import Span

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """How the cases of one version went, and what they try of it."""

    results: tuple[CaseResult, ...]
    coverage: CaseCoverage


def test_versions(versions: list[str], *, as_json: bool, policies: Path | None) -> None:
    """Print how the cases of the versions went, and what none of them tries.

    Exits with FINDINGS when one fails. Raises Unusable for no cases.
    """
    selectors = selectors_of(versions, policies)
    ran = {name: _run(each) for name, each in zip(named_apart(selectors), selectors, strict=True)}
    without = [name for name, each in ran.items() if not each.results]
    if len(without) == len(ran):
        raise Unusable(f"{', '.join(without)}: there are no cases to run")
    out(json_text({name: _data(each) for name, each in ran.items()}) if as_json else _text(ran))
    if not all(result.passed for each in ran.values() for result in each.results):
        raise typer.Exit(FINDINGS)
    if without:
        raise Unusable(f"{', '.join(without)}: there are no cases to run")


def _run(selector: Selector) -> Ran:
    """Every case of the version, each under the options it names."""
    framework = selector.catalogue.load(selector.version, dict(selector.options), whole=True)
    composed: dict[Options, Framework] = {(): framework}
    results = []
    for case in framework.cases:
        options = tuple(sorted(case.options.items()))
        if options not in composed:
            composed[options] = selector.catalogue.load(selector.version, _together(selector, case))
        results.append(run_case(composed[options], case))
    every = (*composed.values(), *(_under_each_option(selector) if results else ()))
    return Ran(tuple(results), case_coverage(every, results))


def _together(selector: Selector, case: Case) -> Mapping[str, str]:
    """The options that a case names, with those of the command where they go together."""
    both = {**dict(selector.options), **case.options}
    proposals = selector.catalogue.proposals(selector.version)
    return case.options if any(breaches(proposals, chosen(proposals, both))) else both


def _under_each_option(selector: Selector) -> Iterator[Framework]:
    """The version under every option by itself, with what that requires; one that has problems is left to `check`."""
    catalogue, version = selector.catalogue, selector.version
    preferred = {each.id: each.written.preferred for each in catalogue.proposals(version)}
    for proposal in catalogue.proposals(version):
        for option in proposal.in_preference[1:]:
            asked = {**dict(selector.options), proposal.id: option}
            with suppress(PolicyError):
                for options in catalogue.combinations(version, asked, most=1):
                    yield catalogue.load(version, dict(options.items() - preferred.items()))


def _text(ran: Mapping[str, Ran]) -> str:
    return "\n".join(line for version, each in ran.items() for line in _lines(version, each))


def _lines(version: str, ran: Ran) -> Iterator[str]:
    for result in ran.results:
        if not result.passed:
            yield f"failed: {result.case.name}"
            yield f"  --> {result.case.span.place if result.case.span else version}"
            yield from (f"  {each}" for each in result.failures)
    passed = sum(result.passed for result in ran.results)
    line = f"{version}: {passed} of {len(ran.results)} cases passed"
    if not ran.results:
        yield line
        return
    rules, conditions = ran.coverage.rules, ran.coverage.conditions
    decide, covered = sum(each.decides for each in rules), sum(each.is_covered for each in conditions)
    yield f"{line}; rules {decide} of {len(rules)}, conditions {covered} of {len(conditions)}"
    for rule in rules:
        if not rule.decides:
            never = f"rule `{rule.rule.id}` of `{rule.decision}` decides in no case"
            yield from _not_covered(never, rule.under, rule.rule.span)
    for condition in conditions:
        if not condition.is_covered:
            never = f"`{condition.words}` in `{condition.about}` is {_never(condition)}"
            yield from _not_covered(never, condition.under, condition.span)


def _never(condition: ConditionTried) -> str:
    if condition.holds or condition.fails:
        return "never false" if condition.holds else "never true"
    return "not tried"


def _not_covered(never: str, under: tuple[str, ...], span: Span | None) -> Iterator[str]:
    yield f"  {never} (under {', '.join(under)})" if under else f"  {never}"
    if span:
        yield f"    --> {span.place}"


def _data(ran: Ran) -> dict[str, object]:
    return {
        "cases": [
            {"case": each.case.name, "passed": each.passed, "failures": list(each.failures)} for each in ran.results
        ],
        "rules": [_rule_data(each) for each in ran.coverage.rules],
        "conditions": [_condition_data(each) for each in ran.coverage.conditions],
    }


def _rule_data(tried: RuleTried) -> dict[str, object]:
    return {
        "decision": tried.decision,
        "rule": tried.rule.id,
        "under": list(tried.under),
        "place": tried.rule.span.place if tried.rule.span else None,
        "decides": tried.decides,
    }


def _condition_data(tried: ConditionTried) -> dict[str, object]:
    return {
        "about": tried.about,
        "condition": tried.words,
        "under": list(tried.under),
        "place": tried.span.place if tried.span else None,
        "true": tried.holds,
        "false": tried.fails,
    }
