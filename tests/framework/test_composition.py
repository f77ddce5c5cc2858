"""A draft is its base with edits; each edit is addressed by ids, and every place stays true."""

import pytest

from framework.small import DRAFT, FILES, PATHWAY, PROPOSAL, catalogue, codes, problems_of, put
from greenpaper.framework.checked import Confidence

STRICTER = {"weight": "stricter"}
RULE = """\
          id: {id}
          when: {when}
          then: {then}
          modality: may
          confidence: illustrative
          source: {{document: idea}}
"""


def proposal(edits: str) -> str:
    """The proposal with these edits under its option `stricter`."""
    return PROPOSAL[: PROPOSAL.index("      - replace")] + edits


def added(where: str = "", *, to: str = "decisions/pathway/rules", **changes: str) -> str:
    rule = RULE.format(**{"id": "middle", "when": "leaders is weak", "then": "heavy"} | changes)
    return proposal(f"      - add_to: {to}\n        entry:\n{rule}{where}")


def rules_of(folder, text: str) -> list[str]:
    framework = catalogue(folder, FILES | {"two/proposals/weight.yaml": text}).load("two", STRICTER)
    return [rule.id for rule in framework.decisions["pathway"].rules]


def found_with(folder, text: str):
    return problems_of(folder, {"two/proposals/weight.yaml": text}, "two", STRICTER)


class TestEdits:
    def test_the_preferred_option_alone_is_the_base(self, tmp_path):
        small = catalogue(tmp_path)
        one, two = small.load("one"), small.load("two")
        assert two.decisions == one.decisions
        assert two.vocabulary.facts == one.vocabulary.facts
        assert (two.version, two.base, two.status) == ("two", "one", "draft")

    def test_the_choice_is_remembered(self, tmp_path):
        small = catalogue(tmp_path)
        (preferred,) = small.load("two").choices
        (other,) = small.load("two", STRICTER).choices
        assert (preferred.proposal, preferred.option, preferred.preferred) == ("weight", "unchanged", True)
        assert (other.option, other.preferred, other.confidence) == ("stricter", False, Confidence.ILLUSTRATIVE)

    def test_a_rule_is_replaced_in_its_place(self, tmp_path):
        framework = catalogue(tmp_path).load("two", STRICTER)
        heavy, light = framework.decisions["pathway"].rules
        assert heavy.when.words == "any of practice is at most weak"
        assert heavy.citation.document.id == "idea"
        assert light == catalogue(tmp_path).load("one").decisions["pathway"].rules[1]

    @pytest.mark.parametrize(
        "where, order",
        [
            ("", ["heavy", "light", "middle"]),
            ("        before: heavy\n", ["middle", "heavy", "light"]),
            ("        before: light\n", ["heavy", "middle", "light"]),
            ("        after: heavy\n", ["heavy", "middle", "light"]),
            ("        after: light\n", ["heavy", "light", "middle"]),
        ],
    )
    def test_a_rule_is_added_where_it_is_said(self, tmp_path, where, order):
        assert rules_of(tmp_path, added(where)) == order

    def test_a_rule_is_removed(self, tmp_path):
        assert rules_of(tmp_path, proposal("      - remove: decisions/pathway/rules/heavy\n")) == ["light"]

    def test_a_part_of_a_rule_is_replaced(self, tmp_path):
        edits = "      - replace: decisions/pathway/rules/heavy/when\n        with: leaders is weak\n"
        framework = catalogue(tmp_path, FILES | {"two/proposals/weight.yaml": proposal(edits)}).load("two", STRICTER)
        assert framework.decisions["pathway"].rules[0].when.words == "leaders is weak"

    def test_names_and_constraints_are_edited_too(self, tmp_path):
        edits = (
            "      - replace: vocabulary/facts/leaders/title\n        with: Leadership\n"
            "      - remove: constraints/C1\n"
            "      - replace: vocabulary/definitions/fine/when\n        with: all of practice are outstanding\n"
        )
        framework = catalogue(tmp_path, FILES | {"two/proposals/weight.yaml": proposal(edits)}).load("two", STRICTER)
        assert framework.vocabulary.facts["leaders"].title == "Leadership"
        assert framework.constraints == ()

    def test_edits_are_made_one_after_the_other(self, tmp_path):
        edits = added() + "      - remove: decisions/pathway/rules/middle\n"
        assert rules_of(tmp_path, edits) == ["heavy", "light"]

    def test_the_base_stays_as_it_is(self, tmp_path):
        small = catalogue(tmp_path)
        before = small.load("one").decisions
        small.load("two", STRICTER)
        assert small.load("one").decisions == before


class TestWrongEdits:
    @pytest.mark.parametrize(
        "address, help",
        [
            ("decisions/pathway/rules/hevy", "did you mean `heavy`?"),
            ("decisions/pathwy/rules/heavy", "did you mean `pathway`?"),
            ("decisions/pathway/ruls/heavy", "did you mean `rules`?"),
            ("decisions/pathway/rules/heavy/wen", "did you mean `when`?"),
            ("framework/title", ""),
            ("cases/cases", ""),
            ("nowhere", ""),
            ("/", ""),
        ],
    )
    def test_an_address_that_is_not_there_is_shown_with_the_nearest(self, tmp_path, address, help):
        found = found_with(tmp_path, proposal(f"      - remove: {address}\n"))
        assert codes(found) == ["no-such-address"]
        assert found[0].span.text == address
        assert found[0].help.startswith(help or "address it by ids")

    @pytest.mark.parametrize("where", ["before", "after"])
    def test_a_neighbour_that_is_not_there_is_shown_too(self, tmp_path, where):
        found = found_with(tmp_path, added(f"        {where}: hevy\n"))
        assert codes(found) == ["no-such-address"]
        assert found[0].help == "did you mean `heavy`?"

    def test_an_id_that_the_base_has_cannot_be_added(self, tmp_path):
        (problem,) = found_with(tmp_path, added(id="heavy"))
        assert problem.code == "already-there"
        assert [label.span.source.name.rpartition("/")[2] for label in problem.labels] == [
            "weight.yaml",
            "pathway.yaml",
        ]

    def test_nothing_is_added_to_what_holds_nothing(self, tmp_path):
        assert codes(found_with(tmp_path, added(to="decisions/pathway/question"))) == ["cannot-be-added"]

    def test_a_mapping_gains_keys_and_a_key_it_has_is_refused(self, tmp_path):
        edit = "      - add_to: decisions/pathway/outcomes\n        entry: {%s: {title: Another}}\n"
        assert codes(found_with(tmp_path / "new", proposal(edit % "another"))) == []
        assert codes(found_with(tmp_path / "old", proposal(edit % "light"))) == ["already-there"]

    @pytest.mark.parametrize(
        "edit",
        [
            "      - before: heavy\n",
            "      - with: leaders is weak\n",
            "      - replace: decisions/pathway/rules/heavy/when\n",
            "      - add_to: decisions/pathway/rules\n",
            "      - remove: decisions/pathway/rules/heavy\n        replace: decisions/pathway/rules/light\n",
            "      - remove: decisions/pathway/rules/heavy\n        with: leaders is weak\n",
            "      - remove: decisions/pathway/rules/heavy\n        after: light\n",
            "      - replace: decisions/pathway/rules/heavy/when\n        with: fine\n        entry: fine\n",
            "      - replace: decisions/pathway/rules/heavy/when\n        with: fine\n        before: light\n",
        ],
    )
    def test_an_edit_that_says_too_little_or_too_much_is_refused(self, tmp_path, edit):
        assert codes(found_with(tmp_path, proposal(edit))) == ["edit-of-what"]

    def test_an_entry_cannot_stand_both_before_and_after(self, tmp_path):
        assert codes(found_with(tmp_path, added("        before: light\n        after: heavy\n"))) == ["edit-of-what"]

    def test_all_wrong_edits_are_found_at_once(self, tmp_path):
        edits = proposal("      - remove: decisions/pathway/rules/a\n      - remove: decisions/pathway/rules/b\n")
        assert codes(found_with(tmp_path, edits)) == ["no-such-address"] * 2

    @pytest.mark.parametrize(
        "changes, code, words",
        [
            ({"when": "leader is weak"}, "unknown-fact", "leader"),
            ({"then": "hevy"}, "unknown-outcome", "hevy"),
            ({"when": "leaders is weak and"}, "missing-condition", "and"),
        ],
    )
    def test_a_problem_in_an_edit_points_at_its_own_line(self, tmp_path, changes, code, words):
        text = added(**changes)
        (problem,) = found_with(tmp_path, text)
        assert (problem.code, problem.span.text) == (code, words)
        assert problem.span.source.name.endswith("two/proposals/weight.yaml")
        assert words in text.split("\n")[problem.span.position.line - 1]

    def test_a_problem_that_an_edit_leaves_in_the_base_points_there(self, tmp_path):
        found = found_with(tmp_path, proposal("      - remove: vocabulary/definitions/fine\n"))
        assert codes(found) == ["unknown-fact"]
        assert found[0].span.source.name.endswith("one/decisions/pathway.yaml")
        (blamed,) = found[0].labels[1:]
        assert (blamed.span.text, blamed.text) == ("vocabulary/definitions/fine", "this edit leaves it so")

    def test_a_source_that_only_the_draft_lists_may_be_cited_and_another_not(self, tmp_path):
        assert found_with(tmp_path, added()) == ()
        assert codes(found_with(tmp_path, put(added(), "document: idea", "document: ide"))) == ["unknown-source"]


class TestConfidence:
    @pytest.mark.parametrize("claim", ["stated", "derived", "assumed"])
    def test_an_edit_cannot_be_surer_than_its_proposal(self, tmp_path, claim):
        text = put(added(), "          confidence: illustrative", f"          confidence: {claim}")
        (problem,) = found_with(tmp_path, text)
        assert (problem.code, problem.span.text) == ("firmer-than-its-proposal", claim)

    def test_an_edit_may_be_less_sure_than_its_proposal(self, tmp_path):
        text = put(added(), "\nconfidence: illustrative", "\nconfidence: stated")
        assert found_with(tmp_path, text) == ()

    def test_a_claim_deep_inside_an_edit_counts_too(self, tmp_path):
        edits = "      - replace: decisions/pathway/left_open\n        with:\n          - {when: leaders is weak, note: N, confidence: stated}\n"
        assert codes(found_with(tmp_path, proposal(edits))) == ["firmer-than-its-proposal"]


class TestDrafts:
    @pytest.mark.parametrize("name", ["decisions/other.yaml", "vocabulary.yaml", "constraints.yaml"])
    def test_what_a_draft_does_not_use_may_not_lie_in_it(self, tmp_path, name):
        content = FILES.get(f"one/{name}", PATHWAY)
        assert codes(problems_of(tmp_path, {f"two/{name}": content}, "two")) == ["unknown-file"]

    def test_two_proposals_cannot_have_one_name(self, tmp_path):
        assert codes(problems_of(tmp_path, {"two/proposals/other.yaml": PROPOSAL}, "two")) == ["duplicate-id"]

    def test_the_preferred_option_must_be_there(self, tmp_path):
        (problem,) = problems_of(
            tmp_path, {"two/proposals/weight.yaml": put(PROPOSAL, "preferred: un", "preferred: u")}, "two"
        )
        assert (problem.code, problem.help) == ("unknown-option", "did you mean `unchanged`?")

    def test_options_that_are_not_preferred_are_checked_too(self, tmp_path):
        text = proposal("      - remove: decisions/pathway/rules/hevy\n")
        assert codes(problems_of(tmp_path, {"two/proposals/weight.yaml": text}, "two")) == ["no-such-address"]

    def test_two_proposals_are_composed_together(self, tmp_path):
        other = put(put(added(), "proposal: weight", "proposal: other"), "preferred: unchanged", "preferred: stricter")
        small = catalogue(tmp_path, FILES | {"two/proposals/other.yaml": other})
        framework = small.load("two", STRICTER)
        assert [rule.id for rule in framework.decisions["pathway"].rules] == ["heavy", "light", "middle"]
        assert [(choice.proposal, choice.option) for choice in framework.choices] == [
            ("other", "stricter"),
            ("weight", "stricter"),
        ]

    def test_a_draft_without_proposals_is_its_base(self, tmp_path):
        files = {name: text for name, text in FILES.items() if "proposals" not in name}
        assert catalogue(tmp_path, files | {"two/framework.yaml": DRAFT}).load("two").decisions
