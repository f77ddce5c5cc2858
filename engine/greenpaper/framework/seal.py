"""A version's seal: what it was when it was sealed, how it stands to that, and what to write to seal it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenpaper.framework import seal_problems
from greenpaper.framework.checked import Framework
from greenpaper.framework.life import may_follow
from greenpaper.framework.meaning import FORMAT, meaning_hash, text_hash
from greenpaper.framework.parts import Parts
from greenpaper.framework.reading import Reading
from greenpaper.framework.written_seal import SealFile
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import head, nearest
from greenpaper.source.shapes import read_shape


class Standing(StrEnum):
    """How a version stands to its seal and the last erratum in it."""

    NOT_SEALED = "not sealed"
    UNCHANGED = "sealed and unchanged"
    TEXT_CHANGED = "the text changed, the meaning did not"
    MEANING_CHANGED = "the meaning changed"
    UNKNOWN_FORMAT = "sealed in a form that is not known"


CHANGED = {Standing.TEXT_CHANGED: "the text, and not the meaning,", Standing.MEANING_CHANGED: "the meaning"}


@dataclass(frozen=True, slots=True)
class Hashes:
    """What a version is, as two hashes: what it means, and how it is written."""

    meaning: str
    text: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """A change after the sealing, with its reason."""

    on: date
    because: str
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class Seal:
    """What `seal.yaml` holds."""

    format: int
    status: str
    on: date
    hashes: Hashes
    errata: tuple[Erratum, ...] = ()

    @property
    def last(self) -> Hashes:
        """What the version is to be: as sealed, or as it was after the last change that was recorded."""
        return self.errata[-1].hashes if self.errata else self.hashes


def hashes_of(framework: Framework, parts: Parts) -> Hashes:
    """What the version is. `parts` are all its files, with its cases."""
    return Hashes(meaning_hash(framework), text_hash(parts))


def seal_of(parts: Parts) -> tuple[Seal | None, tuple[Diagnostic, ...]]:
    """The seal among the files of a version, or None with what is wrong in it; without a problem there is none."""
    reading, found = _reading(parts)
    return (_checked(reading.written) if reading else None), found


def standing(seal: Seal | None, now: Hashes) -> Standing:
    """How a version that is `now` so stands to its seal."""
    if seal is None:
        return Standing.NOT_SEALED
    if seal.format != FORMAT:
        return Standing.UNKNOWN_FORMAT
    if seal.last.meaning != now.meaning:
        return Standing.MEANING_CHANGED
    return Standing.UNCHANGED if seal.last.text == now.text else Standing.TEXT_CHANGED


def check_seal(framework: Framework, parts: Parts) -> tuple[Diagnostic, ...]:
    """What keeps a version from being what its seal says: nothing where it has none. `parts` are all its files."""
    reading, wrong = _reading(parts)
    if reading is None:
        return wrong
    seal, now = _checked(reading.written), hashes_of(framework, parts)
    found = [*_unlike(framework, seal, now, reading)]
    if not may_follow(seal.status, framework.status):
        files = (part.node for part in parts if part.kind == "framework")
        status = head(nearest(next(files), ("status",)))
        found.append(seal_problems.no_such_step(seal.status, framework.status, status, reading.value("seal", "status")))
    return tuple(found)


def _unlike(framework: Framework, seal: Seal, now: Hashes, reading: Reading[SealFile]) -> Iterator[Diagnostic]:
    found = standing(seal, now)
    if found is Standing.UNKNOWN_FORMAT:
        yield seal_problems.unknown_seal_format(seal.format, FORMAT, reading.value("seal", "format"))
    elif found in CHANGED:
        last = ("errata", len(seal.errata) - 1) if seal.errata else ("seal",)
        differs = "meaning" if found is Standing.MEANING_CHANGED else "text"
        yield seal_problems.changed_since_sealed(framework.version, CHANGED[found], reading.value(*last, differs))


def _reading(parts: Parts) -> tuple[Reading[SealFile] | None, tuple[Diagnostic, ...]]:
    node = next((part.node for part in parts if part.kind == "seal"), None)
    if node is None:
        return None, ()
    written, found = read_shape(SealFile, node, gate=True)
    return (Reading(written, node) if written and not found else None), found


def _checked(written: SealFile) -> Seal:
    sealed = written.seal
    errata = (Erratum(each.on, each.because, Hashes(each.meaning, each.text)) for each in written.errata)
    return Seal(sealed.format, sealed.status, sealed.on, Hashes(sealed.meaning, sealed.text), tuple(errata))
