"""`greenpaper freeze` and `greenpaper verify`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import typer

from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.manual import code_of
from greenpaper.cli.printing import as_json as json_text
from greenpaper.cli.printing import out, write
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.life import SETTLED
from greenpaper.framework.meaning import FORMAT
from greenpaper.framework.parts import SEAL
from greenpaper.framework.seal import (
    Erratum,
    Hashes,
    Seal,
    Standing,
    check_seal,
    hashes_of,
    seal_of,
    standing,
)
from greenpaper.framework.seal_problems import changed_since_sealed, unknown_seal_format
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.framework.written_out import seal_text
from greenpaper.source.diagnostics import Diagnostic, PolicyError, Severity, has_errors
from greenpaper.source.render import visible

RECORDED = (code_of(changed_since_sealed), code_of(unknown_seal_format))
"""Problems of a seal that freezing deals with itself: it records a change, or refuses in its own words."""
WHOLE = (Standing.NOT_SEALED, Standing.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Verified:
    """How one version stands to its seal; `standing` is None, with what is wrong, where it cannot be loaded."""

    version: str
    standing: Standing | None
    seal: Seal | None = None
    found: tuple[Diagnostic, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is as it was sealed, or was never sealed."""
        return self.standing in WHOLE


def freeze_version(text: str, erratum: str, on: str, *, policies: Path | None) -> None:
    """Write the seal of a version, or a change to it. Raises Unusable, PolicyError or NoSuchVersion."""
    selector = selector_of(text, catalogue_of(policies))
    folder = selector.catalogue.folder
    if selector.options or not isinstance(folder, Path):
        raise Unusable(f"`{text}`: what is sealed is a version as its files are now, without a revision or options")
    seal = _next(selector, _sealable(selector), erratum, _day(on))
    if not all(each.because.isprintable() for each in seal.errata):
        raise Unusable("the reason cannot be written: keep to letters that show, on one line")
    path = folder / selector.version / SEAL
    write(path, seal_text(seal))
    out(f"{selector.version}: {'a change recorded' if seal.errata else 'sealed'} in {visible(str(path))}")


def verify_versions(texts: list[str], *, as_json: bool, policies: Path | None) -> None:
    """Print how each version stands to its seal; exit with FINDINGS when one is not as it was sealed."""
    catalogue = catalogue_of(policies)
    selectors = [selector_of(text, catalogue) for text in texts or catalogue.versions]
    if chosen := next((each for each in selectors if each.options), None):
        raise Unusable(f"`{chosen.text}`: a version is sealed as it is preferred, without options")
    verified = [_verified(each) for each in selectors]
    out(json_text([_data(each) for each in verified]) if as_json else "\n".join(map(_line, verified)))
    if not all(each.is_whole for each in verified):
        raise typer.Exit(FINDINGS)


def _sealable(selector: Selector) -> Hashes:
    """What the version is now. Raises PolicyError when there is an error in it, Unusable when it is not settled."""
    from greenpaper.cli.checking import findings_in

    catalogue, version = selector.catalogue, selector.version
    framework, parts = catalogue.load(version, whole=True), catalogue.parts(version, whole=True)[0]
    if framework.status not in SETTLED:
        raise Unusable(
            f"`{version}` is `{framework.status}`: only a version that is {', '.join(SETTLED[:-1])} or {SETTLED[-1]}"
            " can be sealed; what a draft comes to is first written as a version of its own"
        )
    recorded = [each for each in check_seal(framework, parts) if each.code in RECORDED]
    found = [each for each in catalogue.check(version)[1] if each not in recorded]
    found += [each.diagnostic for each in findings_in(framework)]
    if has_errors(found):
        raise PolicyError(each for each in found if each.severity is Severity.ERROR)
    return hashes_of(framework, parts)


def _next(selector: Selector, now: Hashes, because: str, on: date) -> Seal:
    """The seal that is to be written. Raises Unusable where there is nothing to write, or a reason is missing."""
    catalogue, version = selector.catalogue, selector.version
    seal, _ = seal_of(catalogue.parts(version, whole=True)[0])
    match standing(seal, now):
        case Standing.NOT_SEALED if because:
            raise Unusable(f"`{version}` is not sealed, so there is nothing to correct: leave out --erratum")
        case Standing.NOT_SEALED:
            return Seal(FORMAT, catalogue.heads[version].status, on, now)
        case Standing.UNCHANGED:
            raise Unusable(f"`{version}` is sealed already, and has not changed")
        case Standing.UNKNOWN_FORMAT:
            raise Unusable(f"`{version}` is sealed in a form that is not known: use the program that sealed it")
        case changed if not because:
            raise Unusable(f'`{version}` is sealed, and {changed}: say why with --erratum "why", or undo the change')
    assert seal
    return replace(seal, errata=(*seal.errata, Erratum(on, " ".join(because.split()), now)))


def _verified(selector: Selector) -> Verified:
    catalogue, version = selector.catalogue, selector.version
    parts, found = catalogue.parts(version, whole=True)
    seal, wrong = seal_of(parts)
    if seal is None:
        unread = (*wrong, *(each for each in found if PurePath(each.span.source.name).name == SEAL))
        return Verified(selector.name, None if unread else Standing.NOT_SEALED, None, unread)
    try:
        framework = catalogue.load(version, whole=True)
    except PolicyError as fault:
        return Verified(selector.name, None, seal, tuple(fault.diagnostics))
    return Verified(selector.name, standing(seal, hashes_of(framework, parts)), seal)


def _line(verified: Verified) -> str:
    return f"{verified.version}: {' '.join(_said(verified))}"


def _said(verified: Verified) -> Iterator[str]:
    match verified.standing:
        case None:
            first, *rest = verified.found
            more = f", and {len(rest)} more" if rest else ""
            yield f"cannot be loaded: {visible(first.span.place)}: {visible(first.message)}{more}"
        case stands:
            yield str(stands)
    if verified.seal:
        count = len(verified.seal.errata)
        errata = f", {count} {'erratum' if count == 1 else 'errata'} since" if count else ""
        yield f"(sealed on {verified.seal.on}{errata})"


def _data(verified: Verified) -> dict[str, Any]:
    seal = verified.seal
    return {
        "version": verified.version,
        "standing": verified.standing,
        "whole": verified.is_whole,
        "sealed": str(seal.on) if seal else None,
        "errata": [{"on": str(each.on), "because": each.because} for each in seal.errata] if seal else [],
        "problems": [{"place": each.span.place, "message": each.message} for each in verified.found],
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise Unusable(f"`{text}` is not a day: write year, month and day, such as 2026-08-20") from None
