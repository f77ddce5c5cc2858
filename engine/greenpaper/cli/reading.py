"""`greenpaper read`."""

from collections.abc import Collection, Mapping
from pathlib import Path

from greenpaper.analysis.coverage import Coverage, cover
from greenpaper.cli.forms import Format
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.report.framework_words import Whole
from greenpaper.report.plain_english import titles_of
from greenpaper.situations.diagram import TooLarge


def read_version(
    version: str, only: Collection[str], *, report: Path | None, form: Format, policies: Path | None
) -> None:
    """Print a whole version, or some chapters of it. Raises Unusable, PolicyError or NoSuchVersion."""
    report_form = form_of(report) if report else None
    if Format.CSV in (form, report_form):
        raise Unusable("a version is no table: ask for text, markdown, html or json")
    whole = whole_of(selector_of(version, catalogue_of(policies)))
    out(_in(form, whole, only))
    if report and report_form:
        write(report, _in(report_form, whole, only))
        aside(f"Written to {report}.")


def whole_of(selector: Selector) -> Whole:
    """A version with what can be chosen in it and what its rules cover. Raises PolicyError or NoSuchVersion."""
    framework = selector.load(whole=True)
    proposals = selector.catalogue.proposals(selector.version)
    return Whole(framework, titles_of(framework), proposals, _coverage(framework))


def _coverage(framework: Framework) -> Mapping[str, Coverage] | None:
    try:
        return {each.decision.id: each for each in cover(framework)}
    except TooLarge:
        return None


def _in(form: Format, whole: Whole, only: Collection[str]) -> str:
    from greenpaper.report.framework_data import framework_data
    from greenpaper.report.framework_page import framework_view

    return formatted(form, lambda: framework_view(whole, only), lambda: framework_data(whole, only), lambda: "")
