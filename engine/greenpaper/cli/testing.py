"""`greenpaper test`."""

from collections.abc import Mapping
from pathlib import Path

import typer

from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Unusable, named_apart, selectors_of
from greenpaper.evaluation.cases import CaseResult, run_case
from greenpaper.framework.checked import Case, Framework
from greenpaper.framework.proposals import breaches, chosen
from greenpaper.framework.selection import Selector


def test_versions(versions: list[str], *, as_json: bool, policies: Path | None) -> None:
    """Print how the cases of the versions went; exit with FINDINGS when one fails. Raises Unusable for no cases."""
    selectors = selectors_of(versions, policies)
    results = {name: _run(each) for name, each in zip(named_apart(selectors), selectors, strict=True)}
    without = [name for name, ran in results.items() if not ran]
    if len(without) == len(results):
        raise Unusable(f"{', '.join(without)}: there are no cases to run")
    out(
        json_text({version: [_data(each) for each in ran] for version, ran in results.items()})
        if as_json
        else _text(results)
    )
    if not all(each.passed for ran in results.values() for each in ran):
        raise typer.Exit(FINDINGS)
    if without:
        raise Unusable(f"{', '.join(without)}: there are no cases to run")


def _run(selector: Selector) -> list[CaseResult]:
    """Every case of the version, each under the options it names."""
    framework = selector.catalogue.load(selector.version, dict(selector.options), cases=True)
    composed: dict[tuple[tuple[str, str], ...], Framework] = {(): framework}
    results = []
    for case in framework.cases:
        options = tuple(sorted(case.options.items()))
        if options not in composed:
            composed[options] = selector.catalogue.load(selector.version, _together(selector, case))
        results.append(run_case(composed[options], case))
    return results


def _together(selector: Selector, case: Case) -> Mapping[str, str]:
    """The options that a case names, with those of the command where they go together."""
    both = {**dict(selector.options), **case.options}
    proposals = selector.catalogue.proposals(selector.version)
    return case.options if any(breaches(proposals, chosen(proposals, both))) else both


def _text(results: dict[str, list[CaseResult]]) -> str:
    lines = []
    for version, ran in results.items():
        for result in ran:
            if not result.passed:
                place = result.case.span.place if result.case.span else version
                lines += [f"failed: {result.case.name}", f"  --> {place}", *(f"  {each}" for each in result.failures)]
        passed = sum(result.passed for result in ran)
        lines.append(f"{version}: {passed} of {len(ran)} cases passed")
    return "\n".join(lines)


def _data(result: CaseResult) -> dict[str, object]:
    return {"case": result.case.name, "passed": result.passed, "failures": list(result.failures)}
