"""Well-formed conditions: their spelling, the facts they read, and what they mean on records."""

from pathlib import Path

import pytest

from greenpaper.language.checker import MEASURES, OPS
from greenpaper.language.parser import lark_parser, parse_condition
from greenpaper.language.syntax import Aggregate, Aggregated, Quantifier, Quantity, Verb
from greenpaper.language.terms import Compared, Measure, Op, facts_read, subterms
from language.lalr import END, Walk, spellings
from language.policy import HERE, canonical, check, known, possible, read_yaml, term_of, value
from language.walks import comparisons_in

VALUES = {True: True, False: False, "unknown": None}
DOCS = Path(__file__).parents[2] / "docs" / "language"


def cases():
    return [case for path in sorted((HERE / "good").glob("*.yaml")) for case in read_yaml(path)["cases"]]


CASES = cases()
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def term(case):
    return term_of(case["condition"], selecting=case.get("selecting", False))


@by_case
def test_the_condition_has_its_canonical_spelling(case):
    condition, found = parse_condition(case["condition"])
    assert not found
    assert canonical(condition) == case.get("canonical", case["condition"])


@by_case
def test_the_condition_reads_the_facts_it_names(case):
    assert list(facts_read(term(case))) == case["reads"]


@by_case
def test_the_trace_gives_each_record_its_value(case):
    got = [(record["given"], value(term(case), known(record["given"]))) for record in case["on"]]
    assert got == [(record["given"], VALUES[record["value"]]) for record in case["on"]]


@pytest.mark.parametrize("case", [case for case in CASES if not case.get("selecting")], ids=lambda case: case["name"])
def test_the_diagram_gives_each_record_the_values_of_its_completions(case):
    for record in case["on"]:
        expected = {"unknown": {True, False}, True: {True}, False: {False}}[record.get("possible", record["value"])]
        assert possible(term(case), known(record["given"])) == expected, record


def test_there_are_many_cases_and_no_two_are_the_same():
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len({case["condition"] for case in CASES}) == len(CASES)


def test_every_case_shows_two_values_or_more():
    alone = [case["name"] for case in CASES if len({str(record["value"]) for record in case["on"]}) < 2]
    assert alone == []


def test_every_alternative_of_the_grammar_is_used_by_a_case():
    used = set()
    for case in CASES:
        walk = Walk([token.type for token in lark_parser().lex(case["condition"])])
        assert walk.take(END)
        used |= walk.rules
    assert [str(rule) for rule in lark_parser().rules if rule not in used and rule.origin.name != "start"] == []


def test_every_word_and_sign_of_the_grammar_is_used_by_a_case():
    used = {token.type for case in CASES for token in lark_parser().lex(case["condition"])}
    assert used == set(spellings())


def trees():
    return [parse_condition(case["condition"])[0] for case in CASES]


def test_every_verb_quantifier_and_aggregate_has_a_case():
    tests = [comparison for tree in trees() for comparison in comparisons_in(tree)]
    assert {each.test.verb for each in tests} == set(Verb)
    assert {each.subject.quantifier for each in tests if isinstance(each.subject, Quantity)} == set(Quantifier)
    assert {each.subject.aggregate for each in tests if isinstance(each.subject, Aggregated)} == set(Aggregate)


def test_every_operator_and_measure_is_reached_by_a_case():
    parts = [part for case in CASES for part in subterms(term(case)) if isinstance(part, Compared)]
    assert {part.op for part in parts} == set(Op) == set(OPS.values())
    assert {part.measure for part in parts} == set(Measure) == {Measure.ONE, *MEASURES.values()}


def test_every_verb_quantifier_and_aggregate_has_a_section_in_the_docs():
    pages = "\n".join(path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))
    headings = "\n".join(line for line in pages.splitlines() if line.startswith("#"))
    verbs = ["`is`" if verb is Verb.IS else f"`is {verb}`" for verb in Verb]
    quantities = [
        f"`{each} n of`" if str(each) in ("at least", "at most", "exactly") else f"`{each} of`" for each in Quantifier
    ]
    aggregates = [f"`{each} of`" for each in Aggregate]
    assert [words for words in verbs + quantities + aggregates if words not in headings] == []


def test_a_condition_may_be_written_over_several_lines_and_with_any_spaces():
    one, _, _ = check("leaders is at least good and flag")
    many, _, _ = check("\n leaders\tis  at least\r\ngood\n and\n\n flag\n")
    assert one == many
