"""Every name in a version means one thing, and everything that is named exists."""

import pytest

from framework.small import CASES, FILES, FRAMEWORK, PATHWAY, VOCABULARY, codes, problems_of, put

V, P, C, K = "one/vocabulary.yaml", "one/decisions/pathway.yaml", "one/constraints.yaml", "one/cases/rules.yaml"


def fact(line: str) -> dict[str, str]:
    """The vocabulary with one more fact."""
    return {V: put(VOCABULARY, "groups:\n", f"  extra: {{{line}, title: Extra, confidence: stated}}\ngroups:\n")}


def test_the_small_version_has_nothing_wrong_with_it(tmp_path):
    assert problems_of(tmp_path, {}) == ()


@pytest.mark.parametrize("quoted", ['"leaders is weak"', '"leaders is \\u0077eak"'])
@pytest.mark.parametrize(
    "name, condition",
    [(P, "any of practice is inadequate"), (P, "leaders is weak"), (C, "leaders is at most good"), (C, "flag"),
     (V, "all of practice are at least good")],
)  # fmt: skip
def test_a_condition_in_double_quotes_is_refused_wherever_it_stands(tmp_path, name, condition, quoted):
    (problem,) = problems_of(tmp_path, {name: put(FILES[name], f": {condition}", f": {quoted}")})
    assert (problem.code, problem.span.text) == ("double-quoted-condition", quoted)


@pytest.mark.parametrize("written", ["'{}'", "|\n      {}", ">-\n      {}", "{}"])
def test_a_condition_is_read_in_every_other_style(tmp_path, written):
    (problem,) = problems_of(tmp_path, {P: put(PATHWAY, "leaders is weak", written.format("leaders is weka"))})
    assert (problem.code, problem.span.text) == ("off-the-scale", "weka")


@pytest.mark.parametrize(
    "changes, code, words",
    [
        ({P: put(PATHWAY, "then: light", "then: lihgt")}, "unknown-outcome", "lihgt"),
        ({P: put(PATHWAY, "  - id: light", "  - id: heavy")}, "duplicate-id", "heavy"),
        ({"one/decisions/again.yaml": PATHWAY}, "duplicate-id", "pathway"),
        ({C: FILES[C] + FILES[C].partition("\n")[2]}, "duplicate-id", "C1"),
        ({P: PATHWAY.replace("document: paper", "document: papr", 1)}, "unknown-source", "papr"),
        ({C: put(FILES[C], "document: paper", "document: papr")}, "unknown-source", "papr"),
        ({V: put(VOCABULARY, "good, outstanding], ", "good, outstanding], source: {document: papr}, ")}, "unknown-source", "papr"),
        ({P: put(PATHWAY, "resolve: first", "resolve: first\nprecedence: {note: N, confidence: assumed, source: {document: papr}}")}, "unknown-source", "papr"),
        (fact("type: grade, scale: fuor"), "unknown-scale", "fuor"),
        (fact("type: grade"), "fact-lacks", "grade"),
        (fact("type: one of"), "fact-lacks", "one of"),
        (fact("type: truth, unit: months"), "fact-has-needless", "unit"),
        (fact("type: date, scale: four"), "fact-has-needless", "scale"),
        (fact("type: decimal, since: ended"), "fact-has-needless", "since"),
        (fact("type: decimal, range: [2, 1]"), "empty-range", "2"),
        (fact("type: whole number, range: [0.5, 2]"), "wrong-kind", "0.5"),
        (fact("type: whole number, unit: months, since: flag"), "since-no-date", "flag"),
        (fact("type: whole number, unit: months, since: edned"), "since-no-date", "edned"),
        (fact("type: whole number, unit: days, since: ended"), "since-no-date", "ended"),
        (fact("type: one of, words: [up, down, up]"), "duplicate-id", "up"),
        (fact("type: one of, words: [any, other]"), "name-is-a-word", "any"),
        ({V: put(VOCABULARY, "weak, good", "weak, weak, good")}, "duplicate-id", "weak"),
        ({V: put(VOCABULARY, "good, outstanding], ", "good, outstanding], titles: {god: G}, ")}, "unknown-key", "god"),
        ({V: put(VOCABULARY, "[help, care]", "[help, caer]")}, "unknown-member", "caer"),
        ({V: put(VOCABULARY, "[help, care]", "[help, help]")}, "twice-in-group", "help"),
        ({V: put(VOCABULARY, "[help, care]", "[help, flag]")}, "unlike-group", "flag"),
        ({V: put(VOCABULARY, "definitions:\n", "definitions:\n  leaders: {title: L, when: flag}\n")}, "same-name", "leaders"),
        ({V: put(VOCABULARY, "groups:\n", "groups:\n  leaders: {title: L, members: [help]}\n")}, "same-name", "leaders"),
        ({V: put(VOCABULARY, "groups:\n", "groups:\n  good: {title: L, members: [help]}\n")}, "same-name", "good"),
        (fact("type: truth") | {"one/decisions/more.yaml": put(PATHWAY, "decision: pathway", "decision: extra")}, "same-name", "extra"),
        ({V: put(VOCABULARY, "definitions:\n", "definitions:\n  lowest: {title: L, when: flag}\n")}, "name-is-a-word", "lowest"),
        ({K: put(CASES, "leaders: good", "leader: good")}, "unknown-in-case", "leader"),
        ({K: put(CASES, "{pathway: light}", "{pathwy: light}")}, "unknown-in-case", "pathwy"),
        ({K: put(CASES, "{pathway: light}", "{pathway: lihgt}")}, "unknown-outcome", "lihgt"),
        ({K: put(CASES, "{pathway: light}", "{pathway: {outcome: light, rule: lihgt}}")}, "unknown-in-case", "lihgt"),
        ({K: put(CASES, "{pathway: light}", "{pathway: {outcome: light, possible: [light]}}")}, "says-two-things", "pathway"),
        ({K: put(CASES, "{pathway: light}", "{pathway: {rule: light}}")}, "says-two-things", "pathway"),
        ({K: CASES + CASES.partition("\n")[2]}, "duplicate-id", "all good leads to light"),
    ],
)  # fmt: skip
def test_a_slip_is_one_problem_on_the_words_at_fault(tmp_path, changes, code, words):
    found = problems_of(tmp_path, changes)
    assert [(each.code, each.span.text) for each in found] == [(code, words)]


@pytest.mark.parametrize("status", ["no rule", "undetermined", "conflict", "inadmissible"])
def test_a_case_may_expect_a_status(tmp_path, status):
    assert problems_of(tmp_path, {K: put(CASES, "{pathway: light}", f"{{pathway: {status}}}")}) == ()


def test_a_case_may_expect_that_no_rule_is_possible(tmp_path):
    expected = "{pathway: {possible: [light, no rule]}}"
    assert problems_of(tmp_path, {K: put(CASES, "{pathway: light}", expected)}) == ()


def test_two_scales_may_share_words(tmp_path):
    scales = "scales:\n  five: {worst_to_best: [poor, weak, good], confidence: stated}\n"
    assert problems_of(tmp_path, {V: put(VOCABULARY, "scales:\n", scales)}) == ()


def test_a_misspelt_fact_in_many_rules_is_a_problem_in_each(tmp_path):
    found = problems_of(tmp_path, {V: put(VOCABULARY, "  leaders: {", "  leader: {")})
    assert set(codes(found)) == {"unknown-fact", "unknown-in-case"}
    assert {each.help for each in found} == {"did you mean `leader`?"}


def test_what_is_wrong_with_the_shape_comes_before_what_is_wrong_with_the_names(tmp_path):
    changes = {P: put(PATHWAY, "then: light", "then: lihgt"), "one/framework.yaml": FRAMEWORK + "titel: x\n"}
    assert codes(problems_of(tmp_path, changes)) == ["unknown-key"]


class TestOptionsInCases:
    def case(self, options: str, expected: str = "light") -> dict[str, str]:
        text = f"cases:\n  - name: asks for an option\n    options: {options}\n    given: {{}}\n"
        return {"two/cases/own.yaml": text + f"    expect: {{pathway: {expected}}}\n"}

    def test_of_a_proposal_that_is_there_are_fine(self, tmp_path):
        assert problems_of(tmp_path, self.case("{weight: stricter}"), "two") == ()

    @pytest.mark.parametrize("options, name", [("{wieght: stricter}", "proposal"), ("{weight: strictr}", "option")])
    def test_must_be_there(self, tmp_path, options, name):
        found = problems_of(tmp_path, self.case(options), "two")
        assert codes(found) == ["unknown-in-case"]
        assert f"no {name} is named" in found[0].message

    def test_are_none_in_a_version_without_proposals(self, tmp_path):
        found = problems_of(tmp_path, {K: CASES + "    options: {weight: stricter}\n"})
        assert codes(found) == ["unknown-in-case"]

    def test_bring_names_that_only_their_option_has(self, tmp_path):
        proposal = put(FILES["two/proposals/weight.yaml"], "          id: heavy", "          id: heavier")
        changes = {"two/proposals/weight.yaml": proposal} | self.case(
            "{weight: stricter}", "{outcome: heavy, rule: heavier}"
        )
        assert problems_of(tmp_path, changes, "two") == ()

    def test_do_not_bring_names_that_only_another_option_has(self, tmp_path):
        changes = self.case("{weight: stricter}", "{outcome: heavy, rule: heavier}")
        assert codes(problems_of(tmp_path, changes, "two")) == ["unknown-in-case"]
