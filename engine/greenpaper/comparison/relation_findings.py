"""What two versions must keep between them, as findings."""

from collections.abc import Iterable, Iterator

from greenpaper.analysis.counting import kind_in_words, witness_in_words
from greenpaper.analysis.invariant_findings import answer_in_words, judged, unsettled_by_size
from greenpaper.analysis.invariant_problems import invariant_unsettled
from greenpaper.comparison.relations import Apart, RelationProof
from greenpaper.source.diagnostics import Diagnostic


def find_relations(proofs: Iterable[RelationProof]) -> tuple[Diagnostic, ...]:
    """What is to be said of these proofs; nothing of those that are proved as expected."""
    return tuple(finding for proof in proofs for finding in _of_proof(proof))


def _of_proof(proof: RelationProof) -> Iterator[Diagnostic]:
    relation = proof.relation
    assert relation.span
    if proof.too_large:
        yield unsettled_by_size(relation.span)
        return
    if proof.why_not:
        help = "compare versions that judge these facts alike, or give the mapping of their scales"
        yield invariant_unsettled(proof.why_not, relation.span, help)
        return
    of = kind_in_words((relation.before, relation.after), proof.facts)
    yield from judged(relation, proof.about, proof.against, of, _example(proof))


def _example(proof: RelationProof) -> str:
    if proof.witness is None:
        return ""
    first, second = proof.relation.before.version, proof.relation.after.version
    answers = f"{answer_in_words(proof.witness.first)} in {first}, {answer_in_words(proof.witness.second)} in {second}"
    return f"for example: {_situation(proof.witness, second)}: {answers}"


def _situation(witness: Apart, second: str) -> str:
    """The values of the first version, and those of the second that differ or that it alone has."""
    more = {fact: value for fact, value in witness.after.items() if fact not in witness.before}
    changed = {fact: value for fact, value in witness.after.items() if witness.before.get(fact, value) != value}
    said = witness_in_words({**witness.before, **more})
    return f"{said} ({second}: {witness_in_words(changed)})" if changed else said
