"""Every place where a condition can go wrong, found by walking the parse table: each gives a message of its own."""

from functools import cache

import pytest

from greenpaper.language import syntax_problems
from greenpaper.language.parser import keywords, parse_condition
from greenpaper.source.render import first_line
from language.lalr import END, Walk, spell, spellings, table, ways

STARTS = {"NAME", "NOT", "_LPAR"}
VALUES = {"NAME", "NUMBER", "DATE", "TRUE", "FALSE"}
WHERE = {
    "missing-condition": lambda after: after >= STARTS,
    "missing-subject": lambda after: after >= STARTS,
    "number-begins": lambda after: after >= STARTS,
    "missing-quantity": lambda after: "_IS" in after,
    "missing-is": lambda after: "_IS" in after,
    "missing-value": lambda after: after >= VALUES,
    "not-before-a-test": lambda after: {"_ONE", *VALUES} <= after,
    "missing-and": lambda after: "_AND" in after and "_OR" not in after,
    "missing-and-or": lambda after: {"_AND", "_OR"} <= after,
    "missing-of": lambda after: "_OF" in after,
    "missing-than": lambda after: after == {"_THAN"},
    "missing-least-or-most": lambda after: after == {"LEAST", "MOST"},
    "missing-count": lambda after: after == {"NUMBER"},
    "missing-group": lambda after: after == {"NAME", "_LSQB"},
    "missing-member": lambda after: after == {"NAME"},
    "reserved-word": lambda after: after == {"NAME"},
    "list-not-closed": lambda after: after == {"_COMMA", "_RSQB"},
    "bracket-not-closed": lambda after: "_RPAR" in after and END not in after,
    "bracket-closes-nothing": lambda after: "_RPAR" not in after or END not in after,
}


@cache
def wrong_turns():
    """Every way into the table with every token that cannot come next: text, wrong token, what could come, problems."""
    found = []
    for before, after in ways(2):
        for kind in (*spellings(), END):
            if kind not in after:
                text = spell((*before, kind))
                condition, problems = parse_condition(text)
                assert condition is None
                assert len(problems) == 1
                found.append((text, spellings().get(kind, ""), after, problems[0]))
    return tuple(found)


def test_the_walk_comes_through_every_state_of_the_table():
    seen = set()
    for before, _ in ways(3):
        for kind in (*spellings(), END):
            walk = Walk(before)
            walk.take(kind)
            seen |= walk.states
    assert seen == set(table().states)


def test_the_walk_agrees_with_the_parser_on_what_is_a_condition():
    complete = [before for before, after in ways(3) if END in after]
    assert len(complete) > 50
    for before in complete:
        assert parse_condition(spell(before))[0] is not None, spell(before)


@pytest.mark.exhaustive
def test_every_wrong_turn_has_one_problem_that_names_what_is_missing_there():
    assert len(wrong_turns()) > 5_000
    for text, _, after, problem in wrong_turns():
        assert WHERE[problem.code](after), (text, first_line(problem))
    assert {problem.code for *_, problem in wrong_turns()} == set(WHERE)


def test_every_wrong_turn_is_shown_at_the_word_that_is_wrong_or_at_the_end():
    for text, wrong, _, problem in wrong_turns():
        if wrong:
            assert (problem.span.start, problem.span.end) == (len(text) - len(wrong), len(text)), text
        else:
            assert problem.span.text in ("", "(", "not", "and", "or"), text


def test_every_wrong_turn_is_explained_in_words_a_policy_author_knows():
    for *_, problem in wrong_turns():
        assert problem.help
        assert not any(
            word in problem.message + problem.help for word in (*spellings(), "token", "expected", "invalid")
        )


@pytest.mark.parametrize("word", sorted(keywords()))
def test_no_word_of_the_language_can_be_a_name(word):
    for text in (f"any of {word} is good", f"leaders and {word} and flag", f"{word} is good"):
        condition, found = parse_condition(text)
        assert condition is None
        assert len(found) == 1


def test_every_syntax_problem_belongs_to_a_wrong_turn_or_to_the_words_themselves():
    of_words = {"unknown-sign", "odd-number", "not-a-count", "no-such-date", "condition-too-long", "condition-too-deep"}
    codes = {problem.__name__.replace("_", "-") for problem in syntax_problems.PROBLEMS}
    assert codes == set(WHERE) | of_words
