"""The shipped versions rest on their sources: every rule cites a sentence, and every sentence is accounted for."""

from pathlib import Path
from typing import get_args

import pytest

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.traced_versions import CITE_NOTHING, tracing_of
from greenpaper.framework.tracing import Account
from greenpaper.framework.written import KINDS
from greenpaper.framework.written_statements import Citation
from greenpaper.source.shipped import shipped
from greenpaper.source.written import Written

CATALOGUE = Catalogue(shipped("policies"))
LONGEST_QUOTE = 8
"""Words; more would be a copy of the document, and not the few that decide."""


@pytest.fixture(scope="module", params=CATALOGUE.versions)
def tracing(request):
    return tracing_of(CATALOGUE, request.param, {})


def test_every_rule_cites_a_sentence_and_every_document_has_a_manifest(tracing):
    assert len(tracing.rules) >= 3
    assert [each.address for each in tracing.rules if not each.sentences] == []
    assert [each.document.id for each in tracing.without_manifest] == []


def test_every_sentence_is_accounted_for(tracing):
    assert len(tracing.sentences) >= 70
    left = [each.sentence.id for each in tracing.sentences if each.account is Account.UNACCOUNTED]
    assert left == []


def test_every_statement_cites_a_sentence_unless_it_is_made_up(tracing):
    assert len(tracing.cited) >= 40
    assert [each.address for each in tracing.cited if not each.sentences and each.confidence != "illustrative"] == []


def test_every_version_was_traced_to_the_sentences_as_they_are(tracing):
    assert tracing.stale == ()


def test_a_manifest_is_called_like_its_document_and_quotes_few_words():
    manifests, wrong = CATALOGUE.manifests
    assert wrong == ()
    assert len(manifests) >= 20
    for name, manifest in manifests.items():
        assert Path(manifest.span.source.name).name == f"{name}.yaml"
        for sentence in manifest.sentences.values():
            assert sentence.says
            assert len(sentence.quote.split()) <= LONGEST_QUOTE


def test_no_kind_of_file_in_which_a_document_can_be_cited_is_passed_over():
    assert {kind for kind in CITE_NOTHING if cites(KINDS[kind])} == set()
    assert cites(KINDS["deadlines"])


def cites(model, seen=()):
    """Whether anything in a file of this shape is a citation."""
    return any(
        each is Citation or (each not in seen and cites(each, (*seen, each)))
        for field in model.model_fields.values()
        for each in models_in(field.annotation)
    )


def models_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]
