"""Text that nobody means well with: it is refused in a moment, with one problem, and never crashes."""

from time import perf_counter

import pytest

from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import DEEPEST, LONGEST, parse_condition
from greenpaper.source.render import to_text
from language.policy import check, codes, possible, value, vocabulary

REFUSED = {
    "2,001 characters": ("flag or " * 250 + "f", "condition-too-long"),
    "2,001 spaces": (" " * 2001, "condition-too-long"),
    "a million characters": ("a" * 1_000_000, "condition-too-long"),
    "41 brackets": ("(" * 41 + "flag" + ")" * 41, "condition-too-deep"),
    "100,000 brackets": ("(" * 100_000, "condition-too-long"),
    "1,900 brackets": ("(" * 1_900, "condition-too-deep"),
    "41 nots": ("not " * 41 + "flag", "condition-too-deep"),
    "nots with brackets between them": ("not (" * 21 + "flag" + ")" * 21, "condition-too-deep"),
    "nots before brackets that hold nots": (("not " * 40 + "(flag or ") * 11 + "flag" + ")" * 11, "condition-too-deep"),
    "brackets that close before they open": (")" * 1_900, "missing-condition"),
    "a number of 1,900 digits for a count": ("at least " + "9" * 1_900 + " of practice are good", "too-many-asked"),
    "a NUL": ("leaders\0 is good", "unknown-sign"),
    "a byte order mark": ("\ufeffleaders is good", "unknown-sign"),
    "an unbreakable space": ("leaders\u00a0is good", "unknown-sign"),
    "a zero-width space": ("lea\u200bders is good", "unknown-sign"),
    "writing turned round": ("\u202eleaders is good", "unknown-sign"),
    "a Cyrillic letter": ("le\u0430ders is good", "unknown-sign"),
    "a Cyrillic word": ("\u0444\u0430\u043a\u0442 is good", "unknown-sign"),
    "full-width letters": ("\uff4c\uff45\uff41\uff44\uff45\uff52\uff53 is good", "unknown-sign"),
    "an accent of its own": ("leade\u0301rs is good", "unknown-sign"),
    "Arabic digits": ("months is \u0663", "unknown-sign"),
    "an emoji": ("leaders is \U0001f600", "unknown-sign"),
    "half a character": ("leaders is \ud800", "unknown-sign"),
    "a line separator": ("leaders is\u2028good", "unknown-sign"),
    "a form feed": ("leaders is\fgood", "unknown-sign"),
    "a comment": ("leaders is good # so", "unknown-sign"),
    "markup": ("<script>alert(1)</script>", "unknown-sign"),
    "a format string": ("{leaders!r} is good", "unknown-sign"),
    "a Python expression": ("__import__('os')", "unknown-sign"),
    "only commas": (",,,,", "missing-subject"),
    "nothing": ("", "missing-condition"),
    "only lines": ("\n\n\n", "missing-condition"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_one_problem_inside_it(name):
    text, code = REFUSED[name]
    _, term, found = check(text)
    assert term is None
    assert codes(found) == [code]
    assert 0 <= found[0].span.start <= found[0].span.end <= len(text)
    shown = to_text(found[0])
    assert len(shown) < 2_500
    assert all(character.isprintable() for character in shown.replace("\n", ""))


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_moment(name):
    parse_condition("flag")
    before = perf_counter()
    check(REFUSED[name][0])
    assert perf_counter() - before < 2


@pytest.mark.parametrize(
    "text",
    [
        "flag or " * 249 + "flag2",
        "(" * 40 + "flag" + ")" * 40,
        "not " * 40 + "flag",
        "not (" * 20 + "flag" + ")" * 20,
        "(flag) and " * 150 + "flag2",
        "not flag and " * 150 + "flag2",
        "leaders is not good and " * 80 + "flag",
        ("not " * 18 + "flag or (") * 20 + "flag" + ")" * 20,
    ],
    ids=lambda text: f"{text[:24]}...",
)
def test_what_is_just_within_the_limits_is_read_checked_written_and_evaluated(text):
    assert len(text) <= LONGEST
    condition, found = parse_condition(text)
    assert not found
    assert parse_condition(format_condition(condition)) == (condition, ())
    term, wrong = check_condition(condition, vocabulary())
    assert not wrong
    assert value(term, {"flag": True, "flag2": True, "leaders": "inadequate"}) is not None
    assert possible(term, {})


def test_the_limit_of_depth_counts_brackets_and_nots_together():
    assert DEEPEST == 40
    assert parse_condition("not (" * 20 + "flag" + ")" * 20)[0] is not None
    assert parse_condition("not " + "(" * 40 + "flag" + ")" * 40)[0] is None
    assert parse_condition("(not flag) and " * 100 + "flag")[0] is not None
    assert (
        parse_condition("flag and " + "not (" * 20 + "flag" + ")" * 20 + " and " + "not " * 40 + "flag")[0] is not None
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_of_a_condition_are_counted_as_editors_count_them(line_end):
    (problem,) = parse_condition(line_end.join(("leaders is good", "and", "  help good")))[1]
    assert problem.span.place == "condition:3:8"
