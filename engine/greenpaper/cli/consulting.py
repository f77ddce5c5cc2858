"""`greenpaper consultation`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenpaper.cli.forms import Format
from greenpaper.cli.printing import formatted, out
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.consultation import Consultation
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.source.diagnostics import PolicyError


def show_consultation(version: str, *, form: Format, policies: Path | None) -> None:
    """Print the consultation about a version. Raises Unusable, PolicyError or NoSuchVersion."""
    if form is Format.CSV:
        raise Unusable("a consultation is no table: ask for text, markdown, html or json")
    selector = selector_of(version, catalogue_of(policies))
    consultation = consultation_of(selector)
    out(_in(form, selector, consultation))


def consultation_of(selector: Selector, *, responses: bool = True) -> Consultation:
    """The consultation about the version, with or without its responses.

    Raises Unusable where there is none, PolicyError or NoSuchVersion.
    """
    if selector.options:
        raise Unusable(f"a consultation is about all options: name `{selector.version}` without any")
    consultation, found = selector.catalogue.consultation(selector.version, responses=responses)
    if found:
        raise PolicyError(found)
    if consultation is None:
        selector.load()
        raise Unusable(f"`{selector.name}` has no consultation: write `consultation.yaml` in its folder")
    return consultation


def _in(form: Format, selector: Selector, consultation: Consultation) -> str:
    from greenpaper.report.consultation import consultation_view
    from greenpaper.report.consultation_data import consultation_data

    outcome = _outcome(selector, consultation)
    return formatted(
        form,
        lambda: consultation_view(selector.name, consultation, outcome.lines),
        lambda: consultation_data(selector.name, consultation, outcome.data),
        lambda: "",
    )


@dataclass(frozen=True, slots=True)
class _CameOfIt:
    """What came of a consultation, as sentences and as data; nothing where no version is said to have."""

    lines: tuple[str, ...] = ()
    data: dict[str, Any] | None = None


def _outcome(selector: Selector, consultation: Consultation) -> _CameOfIt:
    if not any(each.resulting for each in consultation.decisions.values()):
        return _CameOfIt()
    from greenpaper.comparison.outcome import outcome_against
    from greenpaper.report.outcome import outcome_data, outcome_lines

    outcome = outcome_against(selector.catalogue, selector.version, consultation)
    return _CameOfIt(tuple(outcome_lines(outcome)), outcome_data(outcome)) if outcome else _CameOfIt()
