"""What `greenpaper check` says of invariants: of one version, and between versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from greenpaper.analysis.invariants import Proof, prove
from greenpaper.comparison.relation_findings import find_relations
from greenpaper.comparison.relations import RelationProof, prove_relation
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework, Invariant, Relation
from greenpaper.framework.relations import relations_of
from greenpaper.framework.selection import Selector
from greenpaper.source.diagnostics import Diagnostic, in_file_order


@dataclass(frozen=True, slots=True)
class Between:
    """What the invariants over several versions of one catalogue came to."""

    name: str
    proofs: tuple[RelationProof, ...]
    found: tuple[Diagnostic, ...]


def between_versions(selectors: Sequence[Selector], *, every: bool) -> tuple[Between, ...]:
    """The invariants over versions that are all among those selected; with `every`, all that the catalogue has.

    A catalogue without such a file, or without anything to say of these versions, is left out.
    """
    catalogues: dict[Catalogue, set[str]] = {}
    for selector in selectors:
        catalogues.setdefault(selector.catalogue, set()).add(selector.version)
    checked = (_between(catalogue, None if every else versions) for catalogue, versions in catalogues.items())
    return tuple(each for each in checked if each.proofs or each.found)


def _between(catalogue: Catalogue, versions: set[str] | None) -> Between:
    relations, found = relations_of(catalogue, versions)
    proofs = tuple(prove_relation(relation) for relation in relations)
    return Between("between versions", proofs, in_file_order((*found, *find_relations(proofs))))


def proved_of(framework: Framework) -> list[str]:
    """One line on the invariants of a version; none when it has none."""
    return proved_in_words(prove(framework))


def proved_in_words(proofs: Sequence[Proof | RelationProof]) -> list[str]:
    """How many hold and how many fail as expected: one line, or none without invariants."""
    if not proofs:
        return []
    proved = sum(each.holds for each in proofs)
    expected = sum(_fails_as_expected(each) for each in proofs)
    said = f"invariants: {proved} of {len(proofs)} proved"
    return [f"{said}, {expected} refuted as expected" if expected else said]


def proofs_as_data(proofs: Iterable[Proof | RelationProof]) -> list[dict[str, Any]]:
    """Every invariant with what it came to."""
    return [
        {
            "id": _statement(each).id,
            "proved": each.holds,
            "expected": _statement(each).expected,
            "situations": each.about,
            "against": each.against,
        }
        for each in proofs
    ]


def _fails_as_expected(proof: Proof | RelationProof) -> bool:
    return bool(proof.against) and not _statement(proof).expected


def _statement(proof: Proof | RelationProof) -> Invariant | Relation:
    return proof.invariant if isinstance(proof, Proof) else proof.relation
