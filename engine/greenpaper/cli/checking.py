"""`greenpaper check`."""

from pathlib import Path
from typing import Any

import typer

from greenpaper.analysis.coverage import Coverage, cover
from greenpaper.analysis.findings import find_gaps_and_overlaps, situations_in_words
from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.forms import FailOn
from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Selector, named_apart, selectors_of
from greenpaper.framework.checked import Framework
from greenpaper.source.diagnostics import Diagnostic, Severity, in_file_order
from greenpaper.source.render import all_to_text

RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def check_versions(versions: list[str], *, fail_on: FailOn, as_json: bool, policies: Path | None) -> None:
    """Print all findings in the versions; exit with FINDINGS when one is as grave as `fail_on`."""
    selectors = selectors_of(versions, policies)
    results = [(name, *_check(each)) for name, each in zip(named_apart(selectors), selectors, strict=True)]
    if as_json:
        out(json_text([_data(*result) for result in results]))
    else:
        out("\n\n".join(_text(*result) for result in results))
    worst = max((RANK[each.severity] for _, _, found in results for each in found), default=0)
    if worst >= RANK[Severity(fail_on)]:
        raise typer.Exit(FINDINGS)


def _check(selector: Selector) -> tuple[Framework | None, tuple[Diagnostic, ...]]:
    framework, found = selector.catalogue.check(selector.version, dict(selector.options))
    if framework:
        found = (*found, *find_gaps_and_overlaps(framework))
    return framework, in_file_order(found)


def _text(version: str, framework: Framework | None, found: tuple[Diagnostic, ...]) -> str:
    blocks = [all_to_text(found)] if found else []
    if framework:
        blocks += [_summary(framework, coverage) for coverage in cover(framework)]
    counts = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    said = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items())
    blocks.append(f"{version}: {said}")
    return "\n\n".join(blocks)


def _summary(framework: Framework, coverage: Coverage) -> str:
    total = situations_in_words(framework, coverage)
    return (
        f"{coverage.decision.id}: {total} over {', '.join(coverage.facts)}\n"
        f"  without a rule {coverage.without_rule}, declared left open {coverage.left_open}"
        + "".join(f"\n  both {each.first.id} and {each.second.id} {each.situations}" for each in coverage.overlaps)
    )


def _data(version: str, framework: Framework | None, found: tuple[Diagnostic, ...]) -> dict[str, Any]:
    return {
        "version": version,
        "findings": [
            {
                "severity": each.severity,
                "code": each.code,
                "message": each.message,
                "place": each.span.place,
                "help": each.help,
            }
            for each in found
        ],
        "decisions": {each.decision.id: _coverage(each) for each in cover(framework)} if framework else None,
    }


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
