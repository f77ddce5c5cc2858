"""Sentences as findings: rules that cite none, and sentences that do not say what they said; some are explained."""

from collections.abc import Iterator

from greenpaper.analysis import tracing_problems as problems
from greenpaper.analysis.explaining import OF_TRACING, explained
from greenpaper.analysis.finding import Finding
from greenpaper.framework.checked import Framework
from greenpaper.framework.manifests import Manifests
from greenpaper.framework.tracing import Cited, Fingerprints, Stale, stale


def tracing_findings(
    framework: Framework, cited: tuple[Cited, ...], manifests: Manifests, before: Fingerprints | None
) -> tuple[Finding, ...]:
    """What is to be said of what a version cites; those that it explains as notes with the reason.

    `before` is how the sentences stood when it was last traced; None where it never was.
    """
    found = [*_without_sentence(cited, manifests)]
    found += [_stale(framework, each) for each in stale(cited, manifests, before)] if before is not None else []
    return explained(framework, found, OF_TRACING)


def _without_sentence(cited: tuple[Cited, ...], manifests: Manifests) -> Iterator[Finding]:
    """Rules whose document has sentences to cite."""
    for each in cited:
        manifest = manifests.get(each.document)
        if each.needs_a_sentence and manifest:
            rule = each.address.rpartition("/")[2]
            said = problems.cites_no_sentence(rule, each.document, each.at, manifest.span)
            yield Finding(said, each.address)


def _stale(framework: Framework, each: Stale) -> Finding:
    places = (named.span for cited in each.cited for named in cited.sentences if named.id == each.sentence.id)
    said = problems.stale_sentence(
        each.sentence.id,
        each.document,
        (next(places), each.sentence.span),
        (each.was, each.sentence.fingerprint),
        [cited.address for cited in each.cited],
        framework.version,
    )
    return Finding(said, f"sources/{each.document}/{each.sentence.id}")
