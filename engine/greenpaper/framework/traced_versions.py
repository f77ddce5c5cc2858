"""Versions of a catalogue with the sentences that they cite, and what is written down when one was traced."""

from collections.abc import Mapping
from dataclasses import dataclass

from greenpaper.framework.catalogue import CHOICES, CONSULTED, Catalogue
from greenpaper.framework.manifests import Manifests
from greenpaper.framework.parts import LAYOUT, Parts, inside, read_kind
from greenpaper.framework.tracing import (
    Cited,
    Fingerprints,
    Tracing,
    citations,
    fingerprints_in,
    traced,
    traced_text,
)
from greenpaper.source.diagnostics import PolicyError

Options = Mapping[str, str]
CITE_NOTHING = frozenset({"events", "open_questions", "explained", "invariants", "cases", "seal", "traced"})
"""Kinds of file in which no statement cites a document."""


@dataclass(frozen=True, slots=True)
class Traceable:
    """What a version cites, the sentences there are, and how they stood when it was last traced."""

    cited: tuple[Cited, ...]
    manifests: Manifests
    before: Fingerprints | None


def traceable(catalogue: Catalogue, version: str, options: Options) -> Traceable | None:
    """What a version cites; None where no manifests lie beside the versions. The version must have been checked."""
    manifests, _ = catalogue.manifests
    if not manifests:
        return None
    before, _ = fingerprints_in(catalogue.parts(version, whole=True)[0])
    return Traceable(citations(_files(catalogue, version, options)), manifests, before)


def tracing_of(catalogue: Catalogue, version: str, options: Options) -> Tracing:
    """A version and its documents, both ways.

    Raises PolicyError for what is wrong in the version, its manifests or its citations, or NoSuchVersion.
    """
    manifests, before = _sound(catalogue, version, options)
    documents = catalogue.load(version, options).documents
    others = {other: _unchecked(catalogue, other) for other in catalogue.versions if other != version}
    return traced(version, documents, _files(catalogue, version, options), others, manifests, before)


def accepted(catalogue: Catalogue, version: str) -> str:
    """The text that says what all sentences say which the version, or any option in it, cites. Raises as above."""
    manifests, _ = _sound(catalogue, version, {})
    options = (part for part in catalogue.parts(version)[0] if part.kind in CHOICES)
    return traced_text(citations((*_files(catalogue, version, {}), *options)), manifests)


def _sound(catalogue: Catalogue, version: str, options: Options) -> tuple[Manifests, Fingerprints | None]:
    """The manifests, and how sentences stood when the version was last traced."""
    if wrong := catalogue.untraceable(version, catalogue.load(version, options).documents):
        raise PolicyError(wrong)
    return catalogue.manifests[0], fingerprints_in(catalogue.parts(version, whole=True)[0])[0]


def _files(catalogue: Catalogue, version: str, options: Options) -> Parts:
    """The files of the version, composed, and those that say what was asked about it."""
    asked = (part for part in catalogue.parts(version, whole=True)[0] if part.kind in CONSULTED)
    return (*catalogue.composed(version, options), *asked)


def _unchecked(catalogue: Catalogue, version: str) -> Parts:
    """The files of a version that can cite a document, as they are."""
    folder = inside(catalogue.folder, version)
    return tuple(part for kind, _ in LAYOUT if kind not in CITE_NOTHING for part in read_kind(folder, kind)[0])
