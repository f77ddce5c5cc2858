"""Sentences are kept with what they say, cited by statements, accounted for, and told when they change."""

import hashlib
from dataclasses import replace

import pytest

from framework.small import FILES, FRAMEWORK, PATHWAY, PROPOSAL, catalogue, codes, put
from greenpaper.analysis.tracing_findings import tracing_findings
from greenpaper.framework.parts import read_parts
from greenpaper.framework.traced_versions import accepted, traceable, tracing_of
from greenpaper.framework.tracing import Account, citations
from greenpaper.source.diagnostics import PolicyError, Severity

MANIFEST = """\
document: paper
read: in part
note: Its first page.
sentences:
  heavy: {says: Whoever is inadequate anywhere is visited often.}
  light: {says: Whoever is good throughout is visited once.}
  meals: {says: Inspectors bring their own meals., not_encoded: It says nothing of authorities.}
  tea: {says: Tea is at four.}
"""
IDEA = """\
document: idea
read: in full
sentences:
  weaker: {says: Weak practice should be enough.}
"""
CITED = put(
    put(
        PATHWAY,
        "    source: {document: paper}\n  - id: light",
        "    source: {document: paper, sentences: [heavy]}\n  - id: light",
    ),
    "    source: {document: paper}\nleft_open",
    "    source: {document: paper, sentences: [light]}\nleft_open",
)
DRAFTED = put(PROPOSAL, "source: {document: idea}", "source: {document: idea, sentences: [weaker]}")
TRACED = {
    **FILES,
    "one/decisions/pathway.yaml": CITED,
    "two/proposals/weight.yaml": DRAFTED,
    "sources/paper.yaml": MANIFEST,
    "sources/idea.yaml": IDEA,
}
STRICTER = {"weight": "stricter"}


def accounts(tracing) -> dict[str, str]:
    return {each.sentence.id: str(each.account) for each in tracing.sentences}


def found(folder, changes=(), version="one", options=None):
    """The codes and subjects of what `check` warns of in a version."""
    small = catalogue(folder, TRACED | dict(changes))
    framework, wrong = small.check(version, options)
    assert not wrong
    there = traceable(small, version, options or {})
    assert there
    said = tracing_findings(framework, there.cited, there.manifests, there.before)
    return [(each.diagnostic.code, str(each.diagnostic.severity), each.about) for each in said]


# What became of each sentence


class TestBothWays:
    def test_every_sentence_has_an_account(self, tmp_path):
        tracing = tracing_of(catalogue(tmp_path, TRACED), "one", {})
        assert accounts(tracing) == {
            "heavy": "encoded",
            "light": "encoded",
            "meals": "deliberately not encoded",
            "tea": "unaccounted",
        }
        assert {each: tracing.count(each) for each in Account} == {
            Account.ENCODED: 2,
            Account.ELSEWHERE: 0,
            Account.NOT_ENCODED: 1,
            Account.UNACCOUNTED: 1,
        }

    def test_a_sentence_knows_the_statements_that_cite_it(self, tmp_path):
        heavy, *_ = tracing_of(catalogue(tmp_path, TRACED), "one", {}).sentences
        (cited,) = heavy.here
        assert (cited.address, cited.is_rule, cited.confidence) == ("decisions/pathway/rules/heavy", True, "stated")
        assert cited.span.text == "id"
        assert cited.span.place.endswith("one/decisions/pathway.yaml:9:5")

    def test_an_option_that_takes_a_statement_away_takes_its_citation_away(self, tmp_path):
        small = catalogue(tmp_path, TRACED)
        assert accounts(tracing_of(small, "two", {}))["heavy"] == "encoded"
        chosen = tracing_of(small, "two", STRICTER)
        assert accounts(chosen)["heavy"] == "encoded in other versions"
        assert accounts(chosen)["weaker"] == "encoded"
        elsewhere = {each.sentence.id: tuple(each.elsewhere) for each in chosen.sentences}
        assert (elsewhere["heavy"], elsewhere["light"], elsewhere["tea"]) == (("one",), ("one",), ())

    def test_an_option_of_another_version_counts_as_encoded_there(self, tmp_path):
        small = catalogue(tmp_path, TRACED | {
            "one/framework.yaml": put(FRAMEWORK, "sources:\n", "sources:\n  idea: {title: An idea, publisher: S}\n"),
        })  # fmt: skip
        (weaker,) = (each for each in tracing_of(small, "one", {}).sentences if each.sentence.id == "weaker")
        assert weaker.account is Account.ELSEWHERE
        assert [each.address for each in weaker.elsewhere["two"]] == ["proposals/weight/options/stricter/edits/1/with"]

    def test_documents_without_a_manifest_are_told(self, tmp_path):
        files = {name: text for name, text in TRACED.items() if name != "sources/idea.yaml"}
        small = catalogue(tmp_path, files | {"two/proposals/weight.yaml": PROPOSAL})
        assert [each.document.id for each in tracing_of(small, "two", {}).without_manifest] == ["idea"]

    def test_statements_deep_in_a_file_have_an_address_of_their_own(self, tmp_path):
        activities = "activities:\n  visit:\n    title: A visit\n    inspectors: {number: 2, confidence: stated, source: {document: paper, sentences: [tea]}}\n"
        precedence = put(
            CITED, "rules:\n", "precedence: {confidence: assumed, note: N, source: {document: paper}}\nrules:\n"
        )
        catalogue(tmp_path, TRACED | {"one/activities.yaml": activities, "one/decisions/pathway.yaml": precedence})
        cited = citations(read_parts(tmp_path / "one")[0])
        assert [(each.address, [name.id for name in each.sentences]) for each in cited] == [
            ("constraints/C1", []),
            ("activities/visit/inspectors", ["tea"]),
            ("decisions/pathway/precedence", []),
            ("decisions/pathway/rules/heavy", ["heavy"]),
            ("decisions/pathway/rules/light", ["light"]),
        ]

    def test_what_is_wrong_in_a_manifest_is_raised(self, tmp_path):
        small = catalogue(tmp_path, TRACED | {"sources/paper.yaml": put(MANIFEST, "says: Tea is at four.", "note: n")})
        with pytest.raises(PolicyError, match="neither what the sentence says"):
            tracing_of(small, "one", {})


# What is wrong


class TestProblems:
    def test_without_manifests_no_sentence_is_asked_for(self, tmp_path):
        small = catalogue(tmp_path, FILES | {"one/decisions/pathway.yaml": CITED})
        assert small.check("one")[1] == ()
        assert traceable(small, "one", {}) is None

    def test_a_manifest_of_another_version_spoils_only_that_one(self, tmp_path):
        small = catalogue(
            tmp_path, TRACED | {"sources/idea.yaml": put(IDEA, "says: Weak practice should be enough.", "note: n")}
        )
        assert small.check("one")[1] == ()
        assert codes(small.check("two")[1]) == ["sentence-says-nothing"]

    @pytest.mark.parametrize(
        "changes, expected",
        [
            ({"sources/more.yaml": MANIFEST}, ["duplicate-id"]),
            ({"sources/more.yml": MANIFEST}, ["unknown-file"]),
            ({"sources/deep/more.yaml": MANIFEST}, ["unknown-file"]),
            ({"sources/more.yaml": "document: [\n"}, ["not-yaml"]),
            ({"sources/paper.yaml": put(MANIFEST, "in part", "twice")}, ["not-a-choice"]),
            ({"one/traced.yaml": "traced: 3\n"}, ["wrong-kind"]),
        ],
    )
    def test_what_else_can_be_wrong(self, tmp_path, changes, expected):
        assert codes(catalogue(tmp_path, TRACED | changes).check("one")[1]) == expected

    def test_an_edit_is_checked_like_a_statement(self, tmp_path):
        changes = {"two/proposals/weight.yaml": put(DRAFTED, "[weaker]", "[waeker]")}
        (problem,) = catalogue(tmp_path, TRACED | changes).check("two")[1]
        assert (problem.code, problem.help, problem.span.text) == (
            "unknown-sentence",
            "did you mean `weaker`?",
            "waeker",
        )

    def test_where_no_version_can_be_read_no_manifest_is_to_blame(self, tmp_path):
        changes = {"two/framework.yaml": "framework: []\n"}
        assert catalogue(tmp_path, TRACED | changes).check("one")[1] == ()

    def test_a_quotation_is_kept_by_its_hash(self, tmp_path):
        hashed = hashlib.sha256(b"Tea is at four").hexdigest()
        quoted = put(MANIFEST, "{says: Tea is at four.}", f"{{quote: Tea is at four, sha256: {hashed}}}")
        assert catalogue(tmp_path, TRACED | {"sources/paper.yaml": quoted}).check("one")[1] == ()
        changed = put(quoted, "quote: Tea is at four", "quote: Tea is at five")
        (problem,) = catalogue(tmp_path, TRACED | {"sources/paper.yaml": changed}).check("one")[1]
        assert problem.help.endswith(hashlib.sha256(b"Tea is at five").hexdigest())


# What is found


class TestFindings:
    def test_a_version_that_cites_a_sentence_in_every_rule_and_was_never_traced_has_none(self, tmp_path):
        assert found(tmp_path) == []

    def test_a_rule_that_cites_no_sentence(self, tmp_path):
        changes = {"one/decisions/pathway.yaml": put(CITED, ", sentences: [light]", "")}
        assert found(tmp_path, changes) == [("cites-no-sentence", "warning", "decisions/pathway/rules/light")]

    def test_a_rule_that_is_made_up_rests_on_no_words(self, tmp_path):
        changes = {"two/proposals/weight.yaml": PROPOSAL}
        assert found(tmp_path, changes, "two", STRICTER) == []

    def test_a_reason_for_it_makes_it_a_note_and_one_for_nothing_is_told(self, tmp_path):
        entry = "  - {{id: {0}, finding: cites-no-sentence, about: decisions/pathway/rules/{0}, because: B, confidence: assumed}}\n"
        explained = "explained:\n" + entry.format("light") + entry.format("heavy")
        changes = {
            "one/decisions/pathway.yaml": put(CITED, ", sentences: [light]", ""),
            "one/explained.yaml": explained,
        }
        assert found(tmp_path, changes) == [
            ("cites-no-sentence", "note", "decisions/pathway/rules/light"),
            ("explains-nothing", "warning", "explained/heavy"),
        ]

    @pytest.mark.parametrize(
        "old, new, stale",
        [
            ("Whoever is good throughout", "Whoever is good enough", ["sources/paper/light"]),
            ("{says: Whoever is good throughout", "{says:  Whoever is good\n    throughout", []),
            ("Tea is at four", "Tea is at five", []),
            (
                "{says: Whoever is good throughout is visited once.}",
                "{says: Whoever is good throughout is visited once., note: N}",
                [],
            ),
        ],
    )
    def test_a_cited_sentence_that_changes_is_stale(self, tmp_path, old, new, stale):
        small = catalogue(tmp_path, TRACED)
        changes = {"one/traced.yaml": accepted(small, "one"), "sources/paper.yaml": put(MANIFEST, old, new)}
        assert found(tmp_path, changes) == [("stale-sentence", "warning", about) for about in stale]

    def test_a_sentence_that_was_not_cited_then_is_stale(self, tmp_path):
        text = accepted(catalogue(tmp_path, TRACED), "one")
        more = put(CITED, "sentences: [light]", "sentences: [light, tea]")
        changes = {"one/traced.yaml": text, "one/decisions/pathway.yaml": more}
        assert found(tmp_path, changes) == [("stale-sentence", "warning", "sources/paper/tea")]
        (stale,) = tracing_of(catalogue(tmp_path, TRACED | changes), "one", {}).stale
        assert (stale.was, [each.address for each in stale.cited]) == ("", ["decisions/pathway/rules/light"])

    def test_what_is_accepted_of_a_draft_holds_under_all_its_options(self, tmp_path):
        text = accepted(catalogue(tmp_path, TRACED), "two")
        assert "weaker" in text
        for options in ({}, STRICTER):
            assert found(tmp_path, {"two/traced.yaml": text}, "two", options) == []
        changes = {"two/traced.yaml": text, "sources/idea.yaml": put(IDEA, "should be", "is")}
        assert found(tmp_path, changes, "two") == []
        assert found(tmp_path, changes, "two", STRICTER) == [("stale-sentence", "warning", "sources/idea/weaker")]

    def test_every_finding_is_a_warning_that_says_what_to_do(self, tmp_path):
        changes = {"one/traced.yaml": "traced: {}\n"}
        small = catalogue(tmp_path, TRACED | changes)
        there = traceable(small, "one", {})
        for each in tracing_findings(small.load("one"), there.cited, there.manifests, there.before):
            assert each.diagnostic.severity is Severity.WARNING
            assert each.diagnostic.help.endswith("greenpaper sources one --accept")
            assert each.diagnostic.notes[0] == "it was not cited when the version was last traced"


# What is written down


class TestAccepted:
    def test_the_text_is_in_order_and_reads_back(self, tmp_path):
        text = accepted(catalogue(tmp_path, TRACED), "one")
        first, *lines = text.splitlines()
        assert first.startswith("# Written by")
        assert [line.partition(":")[0] for line in lines] == ["traced", "  paper", "    heavy", "    light"]
        small = catalogue(tmp_path, TRACED | {"one/traced.yaml": text})
        assert tracing_of(small, "one", {}).stale == ()
        assert accepted(small, "one") == text

    def test_a_fingerprint_is_of_what_is_said_and_quoted(self, tmp_path):
        heavy = tracing_of(catalogue(tmp_path, TRACED), "one", {}).sentences[0].sentence
        assert replace(heavy, note="N", not_encoded="R").fingerprint == heavy.fingerprint
        assert (
            len({heavy.fingerprint, replace(heavy, quote="q").fingerprint, replace(heavy, says="s").fingerprint}) == 3
        )
        assert replace(heavy, says="", quote=heavy.says).fingerprint != heavy.fingerprint

    def test_it_says_nothing_of_what_the_version_is(self, tmp_path):
        from greenpaper.framework.seal import hashes_of

        hashes = []
        for text in ("traced: {}\n", accepted(catalogue(tmp_path, TRACED), "one")):
            small = catalogue(tmp_path, TRACED | {"one/traced.yaml": text})
            hashes.append(hashes_of(small.load("one"), small.parts("one", whole=True)[0]))
        assert hashes[0] == hashes[1]
