"""What options declare, held against what they change, and whom they move."""

import re
from datetime import date
from pathlib import Path

import pytest

from comparison.test_effects import LAXER, OTHER_WORDS, STRICTER
from comparison.test_options import RULES, drafted, proposal, rule
from framework.small import FILES, put
from greenpaper.comparison import intents
from greenpaper.comparison.intents import check_intents
from greenpaper.evaluation.records import evaluate
from greenpaper.records.record import Authority, Record
from greenpaper.situations.diagram import TooLarge
from greenpaper.source.diagnostics import Diagnostic

WHERE = "any of practice is weak and none of practice are inadequate"
RECORDS = (
    Record(Authority("E0", "Northtown"), {"leaders": "good", "help": "weak", "care": "good", "flag": False}),
    Record(Authority("E1", "Southtown"), {"leaders": "good", "help": "good", "care": "good", "flag": False}),
    Record(Authority("E2", "Westtown"), {"leaders": "good", "care": "good", "flag": False}),
)


def declared(edits: str, *where: str, movers: str = "") -> str:
    """The option with what it declares."""
    said = ", ".join(f"{{decision: pathway, where: {each}}}" for each in where)
    more = f"movers: {movers}, " if movers else ""
    return f"intent: [{said}], {more}{edits}" if where else f"{more}{edits}"


def found_in(folder: Path, *proposals: str, **changes: str) -> list[Diagnostic]:
    catalogue = drafted(folder, *proposals, **changes)
    catalogue.load("two")
    return list(check_intents(catalogue, "two", RECORDS, as_of=date(2026, 8, 20)))


def codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


def test_nothing_is_said_where_all_that_changes_is_declared(tmp_path):
    assert found_in(tmp_path, proposal("p", declared(STRICTER, WHERE))) == []


def test_a_change_that_is_not_declared_is_shown_by_an_example_that_changes(tmp_path):
    text = proposal("p", declared(STRICTER, "help is weak and care is not inadequate"))
    (problem,) = found_in(tmp_path, text)
    assert problem.code == "outside-intent"
    example = re.fullmatch(r"for example: (.*)", problem.notes[0]).group(1)
    words = {"leaders": "Leaders", "help": "Help", "care": "Care", "flag": "A flag"}
    cells = {name: _said(example, name) for name in words if _said(example, name)}
    catalogue = drafted(tmp_path, text)
    record = Record(Authority("", "Anywhere"), cells)
    answers = [
        evaluate(catalogue.load("two", {"p": option}), record).decisions["pathway"].possible
        for option in ("as_is", "o0")
    ]
    assert {each.behaviour for each in answers[0]}.isdisjoint(each.behaviour for each in answers[1])
    assert (cells.get("help"), cells.get("care")) != ("weak", "good")
    assert "changes `pathway` in 14 situations" in problem.message


def _said(example: str, fact: str) -> str:
    found = re.search(rf"\b{fact} (inadequate|weak|good|outstanding|true|false)", example)
    return found.group(1) if found else ""


def test_a_declaration_may_speak_of_facts_that_no_rule_reads(tmp_path):
    only_north = proposal("p", declared(STRICTER, f"({WHERE}) and region is north"))
    (problem,) = found_in(tmp_path / "1", only_north)
    assert problem.code == "outside-intent"
    assert "region south" in problem.notes[0]
    both = proposal("p", declared(STRICTER, f"({WHERE}) and region is north", f"({WHERE}) and region is south"))
    assert found_in(tmp_path / "2", both) == []
    unknown = proposal("p", declared(STRICTER, WHERE, f"({WHERE}) and months is at least 3"))
    assert found_in(tmp_path / "3", unknown) == []


def test_a_declaration_without_effect_is_found_at_its_place(tmp_path):
    (problem,) = found_in(tmp_path, proposal("p", declared(STRICTER, WHERE, "leaders is good and fine")))
    assert (problem.code, problem.severity) == ("intent-without-effect", "warning")
    assert problem.span.text == "leaders is good and fine"
    (nothing,) = found_in(tmp_path / "2", proposal("p", declared("edits: []", WHERE)))
    assert nothing.code == "intent-without-effect"


def test_an_option_is_not_blamed_for_a_neighbour_that_declares_nothing(tmp_path):
    first = proposal("p", LAXER, preferred="o0")
    found = found_in(tmp_path, first, proposal("q", declared(f"after: {{p: o0}}, {STRICTER}", WHERE)))
    assert "outside-intent" not in codes(found)
    told = proposal("p", declared(LAXER, "exactly 1 of practice is inadequate"), preferred="o0")
    other = f"edits: [{{set: {RULES}/light/when, to: leaders is outstanding and fine}}]"
    assert codes(found_in(tmp_path / "3", told, proposal("q", declared(other, "leaders is good and fine")))) == []
    assert codes(found_in(tmp_path / "4", told, proposal("q", declared(other, "leaders is good and flag")))) == [
        "outside-intent"
    ]


def test_what_cannot_be_compared_is_not_taken_as_fine(tmp_path):
    found = found_in(tmp_path, proposal("p", declared(OTHER_WORDS, WHERE)))
    assert codes(found) == ["intent-not-settled"]
    assert "no mapping is given" in found[0].message
    assert codes(found_in(tmp_path / "2", proposal("p", declared(OTHER_WORDS, movers="{}")))) == ["intent-not-settled"]


@pytest.mark.parametrize(
    ("movers", "expected"),
    [
        ("{certain: [Northtown], possible: [Westtown]}", []),
        ("{certain: [Northtown]}", ["not expected: Westtown"]),
        ("{certain: [Northtown, Southtown], possible: [Westtown]}", ["expected, and not so: Southtown"]),
        ("{}", ["not expected: Northtown", "not expected: Westtown"]),
    ],
)
def test_movers_are_all_those_that_are_listed_and_no_others(tmp_path, movers, expected):
    found = found_in(tmp_path, proposal("p", declared(STRICTER, WHERE, movers=movers)))
    assert [note for each in found for note in each.notes] == expected
    assert set(codes(found)) <= {"movers-not-as-expected"}


def test_an_authority_that_there_is_not_is_an_error_at_its_name(tmp_path):
    movers = "{certain: [Northtown, Sothtown], possible: [Westtown]}"
    (problem,) = found_in(tmp_path, proposal("p", declared(STRICTER, WHERE, movers=movers)))
    assert (problem.code, problem.severity, problem.span.text) == ("unknown-in-intent", "error", "Sothtown")
    assert "Southtown" in problem.help


def test_mistakes_in_a_declaration_are_shown_at_their_words(tmp_path):
    wrong = proposal("p", declared(STRICTER, "any of practise is weak"))
    (problem,) = found_in(tmp_path, wrong)
    assert problem.span.text == "practise"
    unknown = put(proposal("p", declared(STRICTER, WHERE)), "decision: pathway", "decision: pathwai")
    (problem,) = found_in(tmp_path / "2", unknown)
    assert (problem.code, problem.span.text) == ("unknown-in-intent", "pathwai")


def test_what_is_too_large_says_so(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise TooLarge(7)

    monkeypatch.setattr(intents, "some_options", refuse)
    (problem,) = found_in(tmp_path, proposal("p", declared(STRICTER, WHERE)))
    assert problem.code == "intent-not-settled"
    assert "more than 7 nodes" in problem.message


def test_all_decisions_are_looked_at(tmp_path):
    other = put(FILES["one/decisions/pathway.yaml"], "decision: pathway", "decision: other")
    added = f"edits: [{{add_to: decisions/other/rules, entry: {rule('rest', 'leaders is weak', 'heavy')}}}]"
    found = found_in(tmp_path, proposal("p", f"intent: [], {added}"), one__decisions__other=other)
    assert codes(found) == ["outside-intent"]
    assert "`other`" in found[0].message
