"""A draft is its base with edits; each edit is addressed by ids, and every place stays true."""

from collections.abc import Mapping

import pytest

from framework.small import CONSTRAINTS, DRAFT, FILES, PATHWAY, PROPOSAL, catalogue, codes, problems_of, put
from greenpaper.framework.checked import Confidence
from greenpaper.source.nodes import instance_of

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


def with_two(folder, **options: str):
    """Everything wrong with a draft of these proposals, each with its option `on` as preferred: its keys and edits."""
    return problems_of(folder, files_of(options), "two")


def files_of(options: Mapping[str, str]) -> dict[str, str]:
    head = "proposal: {}\ntitle: T\nconfidence: illustrative\npreferred: on\noptions:\n  off: {{title: Off}}\n"
    return {
        f"two/proposals/{name}.yaml": f"{head.format(name)}  on:\n    title: On\n{said}"
        for name, said in options.items()
    } | {"two/proposals/weight.yaml": PROPOSAL[: PROPOSAL.index("  stricter")]}


def edits(*said: str, keys: str = "") -> str:
    """What an option says: keys of its own, and edits in one line each."""
    lines = "".join(f"      - {{{each}}}\n" for each in said)
    return (f"    {keys}\n" if keys else "") + f"    edits:\n{lines}"


def rule(name: str, when: str = "leaders is weak", then: str = "heavy") -> str:
    says = (
        f"id: {name}, when: {when}, then: {then}, modality: may, confidence: illustrative, source: {{document: idea}}"
    )
    return f"entry: {{{says}}}"


def composed_of(folder, **options: str):
    return catalogue(folder, FILES | files_of(options)).load("two")


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

    def test_nothing_cannot_be_added(self, tmp_path):
        found = found_with(tmp_path, proposal("      - {add_to: vocabulary/facts, entry: {}}\n"))
        assert codes(found) == ["cannot-be-added"]

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


WHEN = "decisions/pathway/rules/heavy/when"


class TestSet:
    def test_a_key_that_is_there_has_another_value_in_its_place(self, tmp_path):
        one = composed_of(tmp_path, a=edits(f"set: {WHEN}, to: leaders is weak"))
        heavy, light = one.decisions["pathway"].rules
        assert (heavy.id, heavy.when.words, light.id) == ("heavy", "leaders is weak", "light")

    def test_a_key_that_is_not_there_is_added(self, tmp_path):
        one = composed_of(tmp_path, a=edits("set: decisions/pathway/rules/heavy/note, to: A note"))
        assert one.decisions["pathway"].rules[0].note == "A note"

    @pytest.mark.parametrize(
        "address, step, help",
        [
            ("decisions/pathway/rules/hevy/when", "hevy", "did you mean `heavy`?"),
            ("decisions/pathwy/resolve", "pathwy", "did you mean `pathway`?"),
            ("decisions/pathway/rules/heavy", "heavy", ""),
            ("decisions/pathway/question/words", "words", ""),
        ],
    )
    def test_what_has_no_keys_or_is_not_there_is_refused(self, tmp_path, address, step, help):
        (problem,) = with_two(tmp_path, a=edits(f"set: {address}, to: x"))
        assert (problem.code, problem.span.text) == ("no-such-address", address)
        assert f"no `{step}`" in problem.message
        assert problem.help.startswith(help or "address it by ids")

    @pytest.mark.parametrize("said", ["to: [a]", "to: {a: b}"])
    def test_only_a_single_value_is_set(self, tmp_path, said):
        assert codes(with_two(tmp_path, a=edits(f"set: {WHEN}, {said}"))) == ["wrong-kind"]

    @pytest.mark.parametrize("said", [f"set: {WHEN}", f"set: {WHEN}, with: x", f"set: {WHEN}, to: x, before: light",
                                      f"remove: {WHEN}, to: x", f"replace: {WHEN}, to: x", "to: x"])  # fmt: skip
    def test_it_is_said_with_to_and_with_nothing_else(self, tmp_path, said):
        assert codes(with_two(tmp_path, a=edits(said))) == ["edit-of-what"]


OTHER = """\
decision: other
question: What else?
outcomes: {some: {title: Some}}
resolve: first
rules:
  - {id: only, when: flag, then: some, modality: may, confidence: illustrative, source: {document: idea}}
"""


class TestWholeKinds:
    def test_a_decision_is_added(self, tmp_path):
        entry = "".join(f"            {line}\n" for line in OTHER.splitlines())
        said = f"    edits:\n      - add_to: decisions\n        entry:\n          other:\n{entry}"
        one = composed_of(tmp_path, a=said)
        assert list(one.decisions) == ["pathway", "other"]
        assert one.decisions["other"].rules[0].span.source.name.endswith("two/proposals/a.yaml")

    def test_a_decision_is_removed(self, tmp_path):
        assert composed_of(tmp_path, a=edits("remove: decisions/pathway")).decisions == {}

    def test_all_decisions_are_removed(self, tmp_path):
        assert composed_of(tmp_path, a=edits("remove: decisions")).decisions == {}

    @pytest.mark.parametrize("said", ["set: decisions, to: none", "replace: decisions, with: [none]"])
    def test_what_stands_for_the_decisions_must_be_decisions(self, tmp_path, said):
        assert codes(with_two(tmp_path, a=edits(said))) == ["wrong-kind"]

    @pytest.mark.parametrize("name", ["invariants", "constraints", "activities", "vocabulary", "decisions"])
    @pytest.mark.parametrize("said", ["[]", "{}"])
    def test_a_decision_named_like_a_kind_of_file_does_not_take_its_place(self, tmp_path, name, said):
        found = with_two(tmp_path, a=edits(f"add_to: decisions, entry: {{{name}: {said}}}"))
        assert codes(found) in (["wrong-kind"], ["missing-key"])
        assert {each.span.source.name.rpartition("/")[2] for each in found} == {"a.yaml"}

    def test_all_constraints_are_removed(self, tmp_path):
        assert composed_of(tmp_path, a=edits("remove: constraints")).constraints == ()

    def test_a_constraint_is_added_where_the_base_has_none(self, tmp_path):
        said = "entry: {id: C9, require: leaders is good, force: always, confidence: illustrative, source: {document: idea}}"
        files = {name: text for name, text in FILES.items() if "constraints" not in name}
        small = catalogue(tmp_path, files | files_of({"a": edits(f"add_to: constraints, {said}")}))
        assert [each.id for each in small.load("two").constraints] == ["C9"]
        assert small.load("one").constraints == ()

    def test_a_constraint_is_edited_by_its_id(self, tmp_path):
        one = composed_of(tmp_path, a=edits("set: constraints/C1/force, to: usual"))
        assert CONSTRAINTS.count("force: always") == 1
        assert [(each.id, str(each.force)) for each in one.constraints] == [("C1", "usual")]


class TestOrder:
    """Edits are made in the order of the files, but those of an option after those of the ones it names."""

    @pytest.mark.parametrize("keys", ["after: {z: on}", "requires: {z: on}", "requires: {z: [on]}"])
    def test_an_option_edits_what_the_one_before_it_has_made(self, tmp_path, keys):
        one = composed_of(
            tmp_path,
            a=edits("set: decisions/pathway/rules/new/note, to: From a", keys=keys),
            z=edits(f"add_to: decisions/pathway/rules, {rule('new')}"),
        )
        assert one.decisions["pathway"].rules[-1].note == "From a"
        assert [choice.proposal for choice in one.choices] == ["a", "weight", "z"]

    def test_without_a_word_of_it_the_order_of_the_files_holds(self, tmp_path):
        new = edits(f"add_to: decisions/pathway/rules, {rule('new')}")
        (problem,) = with_two(tmp_path, a=edits("set: decisions/pathway/rules/new/note, to: From a"), z=new)
        assert problem.code == "no-such-address"

    def test_after_says_nothing_while_the_other_option_is_not_chosen(self, tmp_path):
        small = catalogue(tmp_path, FILES | files_of({
            "a": edits(f"set: {WHEN}, to: leaders is weak", keys="after: {z: on}"),
            "z": edits(f"set: {WHEN}, to: leaders is good"),
        }))  # fmt: skip
        words = {
            (a, z): small.load("two", {"a": a, "z": z}).decisions["pathway"].rules[0].when.words
            for a in ("on", "off")
            for z in ("on", "off")
        }
        assert words == {
            ("on", "on"): "leaders is weak",
            ("on", "off"): "leaders is weak",
            ("off", "on"): "leaders is good",
            ("off", "off"): "any of practice is inadequate",
        }


HEAVY = "decisions/pathway/rules/heavy"
LEFT = "decisions/pathway/left_open"


class TestTwoOptionsOnOneThing:
    @pytest.mark.parametrize(
        "one, other",
        [
            (f"set: {WHEN}, to: leaders is weak", f"set: {WHEN}, to: leaders is good"),
            (f"remove: {HEAVY}", f"set: {WHEN}, to: leaders is good"),
            (f"set: {HEAVY}/note, to: n", "remove: decisions/pathway/rules"),
            (f"set: {HEAVY}/note, to: n", f"remove: {HEAVY}"),
            (f"add_to: decisions/pathway/rules, {rule('a')}", f"add_to: decisions/pathway/rules, {rule('b')}"),
            (f"add_to: decisions/pathway/rules, {rule('a')}, before: light",
             f"add_to: decisions/pathway/rules, {rule('b')}, before: light"),
            (f"add_to: decisions/pathway/rules, {rule('a')}", f"add_to: decisions/pathway/rules, {rule('a', 'flag')}"),
            (f"add_to: decisions/pathway/rules, {rule('a')}", "remove: decisions/pathway/rules"),
            ("add_to: decisions/pathway/outcomes, entry: {a: {title: A}}",
             "add_to: decisions/pathway/outcomes, entry: {b: {title: B}}"),
            (f"add_to: {LEFT}, entry: {{when: leaders is weak, note: N, confidence: illustrative}}", f"remove: {LEFT}"),
            ("remove: vocabulary/definitions", "set: vocabulary/definitions/fine/title, to: T"),
        ],
    )  # fmt: skip
    def test_is_a_problem_with_both_places(self, tmp_path, one, other):
        (problem,) = [each for each in with_two(tmp_path, a=edits(one), z=edits(other)) if each.code == "edited-twice"]
        assert problem.message.startswith("`a=on` edits the same thing as ")
        assert [label.span.source.name.rpartition("/")[2] for label in problem.labels] == ["z.yaml", "a.yaml"]

    @pytest.mark.parametrize(
        "one, other",
        [
            (f"set: {WHEN}, to: leaders is weak", f"set: {HEAVY}/note, to: n"),
            (f"set: {WHEN}, to: leaders is weak", "set: decisions/pathway/rules/light/note, to: n"),
            (f"add_to: decisions/pathway/rules, {rule('a')}, before: heavy",
             f"add_to: decisions/pathway/rules, {rule('b')}, before: light"),
            (f"add_to: {LEFT}, entry: {{when: leaders is weak, note: N, confidence: illustrative}}",
             f"add_to: {LEFT}, entry: {{when: leaders is inadequate, note: N, confidence: illustrative}}"),
            (f"set: {HEAVY}/note, to: n", "remove: decisions/pathway/rules/light"),
            (f"set: {WHEN}, to: leaders is weak", "set: decisions/pathway/question, to: Which?"),
        ],
    )  # fmt: skip
    def test_is_none_where_each_touches_its_own(self, tmp_path, one, other):
        assert codes(with_two(tmp_path, a=edits(one), z=edits(other))) == []

    @pytest.mark.parametrize("keys", ["after: {a: on}", "requires: {a: on}"])
    def test_is_none_where_one_follows_the_other(self, tmp_path, keys):
        one = composed_of(
            tmp_path,
            a=edits(f"set: {WHEN}, to: leaders is weak"),
            z=edits(f"set: {WHEN}, to: leaders is good", keys=keys),
        )
        assert one.decisions["pathway"].rules[0].when.words == "leaders is good"

    @pytest.mark.parametrize("keys", ["", "after: {a: on}"])
    @pytest.mark.parametrize(
        "same",
        [f"remove: {HEAVY}", f"add_to: decisions/pathway/rules, {rule('new')}", f"set: {WHEN}, to: leaders is weak"],
    )
    def test_what_both_say_in_the_same_words_is_done_once(self, tmp_path, same, keys):
        both = composed_of(tmp_path / "both", a=edits(same), z=edits(same, keys=keys))
        alone = composed_of(tmp_path / "alone", a=edits(same), z=edits("set: decisions/pathway/note, to: n"))
        assert [each.when.words for each in both.decisions["pathway"].rules] == [
            each.when.words for each in alone.decisions["pathway"].rules
        ]

    def test_the_same_words_do_not_hide_what_a_third_option_did_between(self, tmp_path):
        """`m` puts back what `a` removes; `z`, which knows of neither, removes it too."""
        back = f"add_to: decisions/pathway/rules, before: light, {rule('heavy')}"
        found = with_two(
            tmp_path,
            a=edits(f"remove: {HEAVY}"),
            m=edits(back, keys="after: {a: on}"),
            z=edits(f"remove: {HEAVY}"),
        )
        assert codes(found) == ["edited-twice"]

    def test_one_that_follows_all_of_them_removes_what_was_put_back(self, tmp_path):
        back = f"add_to: decisions/pathway/rules, before: light, {rule('heavy')}"
        one = composed_of(
            tmp_path,
            a=edits(f"remove: {HEAVY}"),
            m=edits(back, keys="after: {a: on}"),
            z=edits(f"remove: {HEAVY}", keys="after: {a: on, m: on}"),
        )
        assert [each.id for each in one.decisions["pathway"].rules] == ["light"]

    def test_two_edits_of_one_option_may_touch_the_same_thing(self, tmp_path):
        said = edits(f"set: {WHEN}, to: leaders is weak", f"set: {WHEN}, to: leaders is good")
        assert composed_of(tmp_path, a=said).decisions["pathway"].rules[0].when.words == "leaders is good"

    def test_is_found_before_anybody_chooses_both(self, tmp_path):
        """A check of the draft alone looks at every two options that go together."""
        files = files_of({"a": edits(f"remove: {HEAVY}"), "z": edits(f"set: {WHEN}, to: leaders is good")})
        off = {name: text.replace("preferred: on", "preferred: off") for name, text in files.items()}
        assert codes(problems_of(tmp_path / "apart", off, "two")) == ["edited-twice"]
        name = "two/proposals/a.yaml"
        excluded = off | {name: put(off[name], "    edits:", "    excludes: {z: on}\n    edits:")}
        assert problems_of(tmp_path / "excluded", excluded, "two") == ()


class TestLowered:
    """What an option edits is as unsure as its proposal, all along the address."""

    def test_a_rule_whose_condition_is_set(self, tmp_path):
        heavy, light = composed_of(tmp_path, a=edits(f"set: {WHEN}, to: leaders is weak")).decisions["pathway"].rules
        assert (heavy.confidence, light.confidence) == (Confidence.ILLUSTRATIVE, Confidence.STATED)

    def test_a_fact_whose_scale_is_set(self, tmp_path):
        scale = "entry: {two: {worst_to_best: [bad, weak, good, inadequate], confidence: illustrative}}"
        said = edits(f"add_to: vocabulary/scales, {scale}", "set: vocabulary/facts/leaders/scale, to: two")
        parts = catalogue(tmp_path, FILES | files_of({"a": said})).composed("two")
        (names,) = (instance_of(part.node) for part in parts if part.kind == "vocabulary")
        assert (names["facts"]["leaders"]["scale"], names["scales"]["four"]["confidence"]) == ("two", "stated")
        assert [names["facts"][name]["confidence"] for name in ("leaders", "help")] == ["illustrative", "stated"]

    def test_a_statement_from_which_a_key_is_removed_or_to_which_one_is_added(self, tmp_path):
        one = composed_of(
            tmp_path,
            a=edits("remove: constraints/C1/when", "add_to: decisions/pathway/rules/light, entry: {note: N}"),
        )
        assert one.constraints[0].confidence is Confidence.ILLUSTRATIVE
        assert [each.confidence for each in one.decisions["pathway"].rules] == ["stated", "illustrative"]

    def test_a_claim_cannot_be_set_firmer_than_the_proposal(self, tmp_path):
        one = composed_of(tmp_path, a=edits(f"set: {HEAVY}/confidence, to: stated"))
        assert one.decisions["pathway"].rules[0].confidence is Confidence.ILLUSTRATIVE

    def test_nothing_becomes_surer(self, tmp_path):
        files = files_of({"a": edits("set: constraints/C1/note, to: n")})
        name = "two/proposals/a.yaml"
        stated = files | {name: put(files[name], "confidence: illustrative", "confidence: stated")}
        (limit,) = catalogue(tmp_path, FILES | stated).load("two").constraints
        assert limit.confidence is Confidence.DERIVED


class TestPlaces:
    def test_a_problem_in_an_edit_shows_the_line_it_touches(self, tmp_path):
        (problem,) = with_two(tmp_path, a=edits(f"set: {WHEN}, to: leader is weak"))
        first, second = problem.labels
        assert (first.span.text, second.span.text) == ("leader", "any of practice is inadequate")
        assert second.text == "what the edit touches"
        assert second.span.source.name.endswith("one/decisions/pathway.yaml")

    def test_a_problem_in_something_added_shows_where_it_is_added(self, tmp_path):
        (problem,) = with_two(tmp_path, a=edits(f"add_to: decisions/pathway/rules, {rule('new', 'leader is weak')}"))
        assert [label.span.source.name.rpartition("/")[2] for label in problem.labels] == ["a.yaml", "pathway.yaml"]

    def test_a_problem_left_in_the_base_shows_the_one_edit_that_leaves_it(self, tmp_path):
        (problem,) = with_two(
            tmp_path,
            a=edits("set: decisions/pathway/question, to: Which?"),
            z=edits("remove: decisions/pathway/outcomes/light"),
        )
        assert (problem.code, problem.span.text) == ("unknown-outcome", "light")
        (blamed,) = [label for label in problem.labels if label.text == "this edit leaves it so"]
        assert blamed.span.text == "decisions/pathway/outcomes/light"
        assert blamed.span.source.name.endswith("two/proposals/z.yaml")

    def test_a_problem_of_the_base_itself_blames_no_edit(self, tmp_path):
        files = files_of({"a": edits(f"set: {WHEN}, to: leaders is weak")})
        wrong = files | {
            "one/decisions/pathway.yaml": put(PATHWAY, "leaders is at least good", "leader is at least good")
        }
        found = problems_of(tmp_path, wrong, "two")
        assert {each.code for each in found} == {"unknown-fact"}
        assert all(len(each.labels) == 1 for each in found)
