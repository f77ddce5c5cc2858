"""`greenpaper check`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from greenpaper.analysis.counting import in_words
from greenpaper.analysis.coverage import Coverage, cover
from greenpaper.analysis.finding import Finding
from greenpaper.analysis.findings import findings_of
from greenpaper.analysis.invariant_findings import find_invariants
from greenpaper.analysis.invariants import prove
from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.forms import FailOn
from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.proving import Between, between_versions, proofs_as_data, proved_in_words, proved_of
from greenpaper.cli.selecting import named_apart, records_in, selectors_of
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector, steps_since
from greenpaper.framework.traced_versions import traceable as traceable_of
from greenpaper.report.answers import plain
from greenpaper.situations.diagram import TooLarge
from greenpaper.source.diagnostics import MOST_SHOWN, Diagnostic, Severity, in_file_order
from greenpaper.source.render import all_to_text, to_text

RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Against:
    """What versions are held against: `since` is a revision of git, from which on a status took only allowed steps;
    `records` are those among which the movers that options expect are looked up."""

    since: str = ""
    records: Path | None = None


def check_versions(
    versions: list[str], against: Against, *, fail_on: FailOn, as_json: bool, policies: Path | None
) -> None:
    """Print all findings in the versions; exit with FINDINGS when one is as grave as `fail_on`."""
    selectors = selectors_of(versions, policies)
    results = [(name, *_check(each, against)) for name, each in zip(named_apart(selectors), selectors, strict=True)]
    between = between_versions(selectors, every=not versions)
    if as_json:
        out(json_text([*(_data(*result) for result in results), *map(_data_between, between)]))
    else:
        out("\n\n".join([*(_text(*result) for result in results), *map(_text_between, between)]))
    everything = (*(_said(found) for _, _, found in results), *(each.found for each in between))
    worst = max((RANK[each.severity] for found in everything for each in found), default=0)
    if worst >= RANK[Severity(fail_on)]:
        raise typer.Exit(FINDINGS)


def findings_in(framework: Framework) -> tuple[Finding, ...]:
    """What is to be said of a version in which every name is resolved."""
    return (*findings_of(framework), *_plain(find_invariants(framework)))


def _check(selector: Selector, against: Against) -> tuple[Framework | None, tuple[Finding, ...]]:
    """The version and all findings in it, in file order."""
    framework, found = selector.catalogue.check(selector.version, dict(selector.options))
    findings = [*_plain(found), *_plain(steps_since(selector, against.since) if against.since else ())]
    if framework:
        findings += [*findings_in(framework), *_traced(selector, framework), *_plain(_intents(selector, against))]
    whose = {id(each.diagnostic): each for each in findings}
    return framework, tuple(whose[id(each)] for each in in_file_order(each.diagnostic for each in findings))


def _traced(selector: Selector, framework: Framework) -> tuple[Finding, ...]:
    """What is to be said of the sentences that the version cites; nothing where there are no manifests."""
    traceable = traceable_of(selector.catalogue, selector.version, dict(selector.options))
    if traceable is None:
        return ()
    from greenpaper.analysis.tracing_findings import tracing_findings

    return tracing_findings(framework, traceable.cited, traceable.manifests, traceable.before)


def _intents(selector: Selector, against: Against) -> tuple[Diagnostic, ...]:
    """What is to be said of options that declare what they change, or whom they move."""
    proposals = selector.catalogue.proposals(selector.version)
    options = [option for proposal in proposals for option in proposal.options.values()]
    if all(each.intent is None and each.movers is None for each in options):
        return ()
    from greenpaper.comparison.intents import check_intents

    table = records_in(against.records) if any(each.movers is not None for each in options) else None
    return check_intents(
        selector.catalogue,
        selector.version,
        table.current if table else (),
        as_of=table.taken if table else None,
        elsewhere=selector.catalogue.all_facts,
    )


def _plain(found: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Diagnostics about nothing that has an address."""
    return tuple(Finding(each, "") for each in found)


def _said(found: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    return tuple(each.diagnostic for each in found)


def _text(version: str, framework: Framework | None, found: tuple[Finding, ...]) -> str:
    blocks = list(_in_full(found))
    if framework:
        blocks += [_summary(framework, coverage) for coverage in _covered(framework)]
        blocks += proved_of(framework)
    return "\n\n".join([*blocks, _counts(version, _said(found))])


def _in_full(found: tuple[Finding, ...]) -> Iterator[str]:
    """Each finding, with what could be pasted into the file, and a count of those beyond the most that are shown."""
    for each in found[:MOST_SHOWN]:
        yield "\n".join([to_text(each.diagnostic), *([each.stub] if each.stub else [])])
    if len(found) > MOST_SHOWN:
        yield f"and {len(found) - MOST_SHOWN} more"


def _text_between(between: Between) -> str:
    blocks = [all_to_text(between.found)] if between.found else []
    return "\n\n".join([*blocks, *proved_in_words(between.proofs), _counts(between.name, between.found)])


def _counts(name: str, found: tuple[Diagnostic, ...]) -> str:
    counts = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    said = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items())
    return f"{name}: {said}"


def _covered(framework: Framework) -> tuple[Coverage, ...]:
    """The coverage of every decision, or nothing where that is too much to work out, as a finding says."""
    try:
        return cover(framework)
    except TooLarge:
        return ()


def _summary(framework: Framework, coverage: Coverage) -> str:
    total = in_words(framework, coverage.facts, coverage.situations)
    return (
        f"{coverage.decision.id}: {total} over {', '.join(coverage.facts)}\n"
        f"  without a rule {coverage.without_rule}, declared left open {coverage.left_open}"
        + "".join(f"\n  both {each.first.id} and {each.second.id} {each.situations}" for each in coverage.overlaps)
    )


def _data(version: str, framework: Framework | None, found: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "version": version,
        "findings": _findings(found),
        "decisions": {each.decision.id: _coverage(each) for each in _covered(framework)} if framework else None,
        "invariants": proofs_as_data(prove(framework)) if framework else None,
    }


def _data_between(between: Between) -> dict[str, Any]:
    """As of a version; no version has this name."""
    return {
        "version": None,
        "findings": _findings(_plain(between.found)),
        "decisions": None,
        "invariants": proofs_as_data(between.proofs),
    }


def _findings(found: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [
        {
            "severity": each.diagnostic.severity,
            "code": each.diagnostic.code,
            "message": each.diagnostic.message,
            "place": each.diagnostic.span.place,
            "help": each.diagnostic.help,
            "about": each.about or None,
            "count": each.count,
            "witness": None if each.witness is None else {fact: plain(value) for fact, value in each.witness.items()},
            "explained": each.explained or None,
            "stub": each.stub or None,
        }
        for each in found
    ]


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "facts": list(coverage.facts),
        "situations": coverage.situations,
        "without_rule": coverage.without_rule,
        "left_open": coverage.left_open,
        "overlaps": [
            {"rules": [each.first.id, each.second.id], "situations": each.situations, "agree": each.agree}
            for each in coverage.overlaps
        ],
    }
