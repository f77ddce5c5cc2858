"""What is claimed of two versions side by side, in the file that lies beside them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from greenpaper.framework import problems
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework, Relation
from greenpaper.framework.invariants import check_relations
from greenpaper.framework.parts import read_beside
from greenpaper.framework.reading import Reading
from greenpaper.framework.selectors import NoSuchVersion, read_selector
from greenpaper.framework.written import RelationsFile
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span


def relations_of(
    catalogue: Catalogue, among: Collection[str] | None = None
) -> tuple[tuple[Relation, ...], tuple[Diagnostic, ...]]:
    """What `invariants.yaml` beside the versions claims of two of them, and every problem in it or these versions.

    `among` leaves out what is about other versions than these; None takes all.
    """
    part, found = read_beside(catalogue.folder)
    if part is None:
        return (), found
    written, wrong = read_shape(RelationsFile, part.node, gate=True)
    if written is None or wrong:
        return (), (*found, *wrong)
    reading = Reading(written, part.node)
    load = _Loading(catalogue, reading.found)
    relations = check_relations(reading, load, lambda texts: among is None or {*map(_id_of, texts)} <= {*among})
    return tuple(relations), tuple(reading.found)


@dataclass(frozen=True, slots=True)
class _Loading:
    """Versions as a file names them, such as `2027-draft+proposal=option`; each is loaded once."""

    catalogue: Catalogue
    found: list[Diagnostic]
    loaded: dict[str, Framework | None] = field(default_factory=dict)

    def __call__(self, text: str, place: Span) -> Framework | None:
        """The version, called as it is named there; None with its problems collected."""
        if text not in self.loaded:
            self.loaded[text] = self._load(text, place)
        return self.loaded[text]

    def _load(self, text: str, place: Span) -> Framework | None:
        selected = read_selector(text)
        if selected.version not in self.catalogue.versions:
            self.found.append(problems.unknown_version(selected.version, place, self.catalogue.versions))
            return None
        try:
            framework, wrong = self.catalogue.check(selected.version, dict(selected.options), whole=False, gate=False)
        except NoSuchVersion:
            self.found.append(problems.unknown_in_invariant(text.partition("+")[2], "option", place, ()))
            return None
        self.found.extend(wrong)
        return replace(framework, version=text) if framework else None


def _id_of(text: str) -> str:
    return text.partition("+")[0]
