"""Invariants as findings: those that fail, those that fail as expected, and those that should and do not."""

from collections.abc import Iterator
from typing import assert_never

from greenpaper.analysis import invariant_problems as problems
from greenpaper.analysis.counting import kind_in_words, witness_in_words
from greenpaper.analysis.invariants import Against, Proof, Raised, prove
from greenpaper.framework.checked import Framework, Invariant, Relation
from greenpaper.framework.claims import NeverWorsensAs
from greenpaper.situations.compiled import Answer
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Span


def find_invariants(framework: Framework) -> tuple[Diagnostic, ...]:
    """What is to be said of the framework's invariants; nothing of those that are proved as expected."""
    return tuple(finding for proof in prove(framework) for finding in _of_proof(framework, proof))


def judged(statement: Invariant | Relation, about: int, against: int, of: str, example: str) -> Iterator[Diagnostic]:
    """The finding about one statement that `against` of `about` situations refute; `of` says what they are."""
    span = statement.span
    assert span
    if not about:
        yield problems.invariant_about_nothing(span)
    elif against and statement.expected:
        yield problems.invariant_refuted(against, about, of, span, example)
    elif against:
        yield problems.refuted_as_expected(against, about, of, span, example, statement.because)
    elif not statement.expected:
        yield problems.proved_though_expected_refuted(about, of, span, statement.because)


def unsettled_by_size(span: Span) -> Diagnostic:
    """What is said of a statement that is too much to work out."""
    help = "split the decision, or read fewer facts in one condition"
    return problems.invariant_unsettled("the situations are too many to be worked out", span, help)


def answer_in_words(answer: Answer) -> str:
    """The outcomes by their ids, or the status where there is none; a conflict with what conflicts."""
    listed = " and ".join(f"`{outcome}`" for outcome in answer.outcomes)
    return f"{answer.status} of {listed}" if listed and answer.status != "decided" else listed or str(answer.status)


def _of_proof(framework: Framework, proof: Proof) -> Iterator[Diagnostic]:
    span = proof.invariant.span
    assert span
    if proof.too_large:
        yield unsettled_by_size(span)
        return
    kind = kind_in_words((framework,), proof.facts)
    pairs = isinstance(proof.invariant.claim, NeverWorsensAs)
    of = f"pairs of {kind}" if pairs else kind
    yield from judged(proof.invariant, proof.about, proof.against, of, _example(proof.witness))


def _example(witness: Against | Raised | None) -> str:
    match witness:
        case None:
            return ""
        case Against(values, answer):
            return f"for example: {witness_in_words(values)}: {answer_in_words(answer)}"
        case Raised(values, fact, worse, better, before, after):
            low, high = (witness_in_words({fact: value}) for value in (worse, better))
            others = f"{witness_in_words(values)}; " if values else ""
            return f"for example: {others}{low}: {answer_in_words(before)}, but {high}: {answer_in_words(after)}"
        case _:
            assert_never(witness)
