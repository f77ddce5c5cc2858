"""Every problem that the wording of a condition can have, before any fact is looked up.

The docstring of each function is its manual page; `Avoid` and `Prefer` run as tests. The pages make the file long.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.text import Span

SIGN = re.compile(r"-?\.?[0-9][0-9A-Za-z_./-]*|[=<>!&|+*/%^~-]+|[A-Za-z_][A-Za-z_0-9]*")
SIGNS = {
    "=": "is", "==": "is", "!=": "is not", "<>": "is not", ">=": "is at least", "<=": "is at most",
    ">": "is more than` or `is better than", "<": "is less than` or `is worse than", "&": "and", "&&": "and",
    "|": "or", "||": "or", "!": "not", "≥": "is at least", "≤": "is at most", "≠": "is not",
}  # fmt: skip
ADVICE = {
    "\"'`‘’“”«»": "write grades and words without quotation marks",
    "-‐‑‒–—": "the words of a name are joined with `_`, and a number below zero has `-` right before it",
    ".:;?…": "delete it; conditions have no punctuation but commas and brackets",
    "%‰€$£": "write a unit as a word after the number, or leave it out",
}  # fmt: skip
MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
))  # fmt: skip
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
VALUES = "write a grade, a number, a date (2026-04-01), `true`, `false` or another fact"
A_LIST = "list values after `is one of`, with commas and without brackets: `is one of good, outstanding`"
A_DATE = "write a date as year, month and day, such as `2026-04-01`"
OPPOSITES = {
    "known": "`is unknown`", "unknown": "`is known`", "better": "`is at most`", "worse": "`is at least`",
    "more": "`is at most`", "less": "`is at least`",
}  # fmt: skip
TESTS = frozenset(OPPOSITES) | {"at", "between", "not"}
VERBS = frozenset(OPPOSITES) | {"is", "are", "between", "of", "than", "least", "most"}
STARTS = frozenset({"NAME", "NOT", "_LPAR"})
JOINS = frozenset({"and", "or"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, number or sign of a condition, and where it stands."""

    text: str
    span: Span


def out_of_place(
    accepts: frozenset[str], before: Sequence[Piece], found: Piece | None, end: Span, keywords: Collection[str]
) -> Diagnostic:
    """The problem of a piece that cannot stand where it does (`found` is None at the end of the condition).

    `accepts` are the kinds of piece that could stand there; every state of the parser leads to one of the arms.
    """
    last = before[-1] if before else None
    here = found.span if found else end
    if accepts >= STARTS:
        return _no_condition(last, found, here)
    if {"_IS", "_ARE"} & accepts:
        return _no_is(last, found, here, keywords, ends="$END" in accepts or "_RPAR" in accepts)
    if {"DATE", "NUMBER"} <= accepts:
        return _no_value(before, found, here)
    if "_AND" in accepts and not {"$END", "_RPAR"} & accepts:
        return missing_and(here)
    if "_OF" in accepts:
        return missing_of(_phrase(before), here)
    if "_THAN" in accepts:
        return missing_than(_text(last), here)
    if "LEAST" in accepts:
        return missing_least_or_most(here)
    if accepts == {"NUMBER"}:
        return missing_count(_phrase(before), _text(found), here)
    if "_LSQB" in accepts:
        return missing_group(_phrase(before), here)
    if "_RSQB" in accepts:
        return list_not_closed(here, _last_open(before, "[", "]"))
    if accepts == {"NAME"}:
        return reserved_word(found, here) if found and found.text in keywords else missing_member(_text(last), here)
    return _after_the_end(before, found, here, keywords, listing="_COMMA" in accepts)


def _no_condition(last: Piece | None, found: Piece | None, here: Span) -> Diagnostic:
    if found is None or found.text in JOINS or found.text == ")":
        return missing_condition(last, found, here)
    if found.text.isdecimal():
        return number_begins(found.text, here)
    return missing_subject(found.text, here)


def _no_is(last: Piece | None, found: Piece | None, here: Span, keywords: Collection[str], *, ends: bool) -> Diagnostic:
    if found and found.text == "of":
        return missing_quantity(here)
    if found and ends and found.text in (")", "]"):
        return bracket_closes_nothing(found.text, here)
    if found and ends and found.text == ",":
        return missing_and_or(_text(last), found.text, here)
    return missing_is(_text(last), _text(found), here, one_name=_one_name(last, found, keywords))


def _no_value(before: Sequence[Piece], found: Piece | None, here: Span) -> Diagnostic:
    after = _phrase(before)
    if found and after.endswith("not") and found.text in TESTS:
        return not_before_a_test(found.text, here)
    return missing_value(after, _text(found), here)


def _after_the_end(
    before: Sequence[Piece], found: Piece | None, here: Span, keywords: Collection[str], *, listing: bool
) -> Diagnostic:
    if found is None:
        return bracket_not_closed(_last_open(before, "(", ")"))
    if found.text in (")", "]"):
        return bracket_closes_nothing(found.text, here)
    last = before[-1]
    one_name = _one_name(last, found, keywords)
    instead = f", or write `{one_name}` if it is one name" if one_name else ""
    return missing_and_or(last.text, found.text, here, instead=", or separate values with `,`" if listing else instead)


def _one_name(last: Piece | None, found: Piece | None, keywords: Collection[str]) -> str:
    """Two names side by side as the one name that was perhaps meant, or nothing."""
    words = [_text(last), _text(found)]
    return "_".join(words) if all(word.isidentifier() and word not in keywords for word in words) else ""


def _last_open(before: Sequence[Piece], opening: str, closing: str) -> Span:
    depth = 0
    for piece in reversed(before):
        depth += (piece.text == closing) - (piece.text == opening)
        if depth < 0:
            return piece.span
    return before[0].span


def _text(piece: Piece | None) -> str:
    return piece.text if piece else ""


def _phrase(before: Sequence[Piece]) -> str:
    """The last words, as many as belong together."""
    words = [piece.text for piece in before[-4:]]
    joined = " ".join(words)
    found = re.search(
        r"\b((?:is|are) )?(?:not|(?:not )?(?:at (?:least|most)|better|worse|more|less|one)( than)?( \S+)?( of)?"
        r"|(?:exactly|any|all|none|lowest|highest|total)( \S+)?( of)?)$",
        joined,
    )
    return found.group(0) if found else (words[-1] if words else "")


def missing_condition(last: Piece | None, found: Piece | None, here: Span) -> Diagnostic:
    """A condition is missing: nothing stands after `and`, `or`, `not` or an opening bracket.

    Why it matters
        Half a condition could mean anything.

    Avoid
        when: leaders is good and

    Prefer
        when: leaders is good and help is good
    """
    if last is None and found is None:
        return error("missing-condition", "the condition is empty", Label(here), help="write a condition")
    if last is None:
        assert found is not None
        return error("missing-condition", f"a condition is missing before `{found.text}`", Label(here),
                     help=f"write one, or delete `{found.text}`")  # fmt: skip
    return error("missing-condition", f"a condition is missing after `{last.text}`",
                 Label(last.span if found is None else here),
                 help=f"write one, or delete `{last.text}`")  # fmt: skip


def missing_subject(found: str, here: Span) -> Diagnostic:
    """A comparison begins without saying what is compared.

    Why it matters
        Without a fact there is nothing to look up.

    Avoid
        when: is good

    Prefer
        when: leaders is good
    """
    if found in ("true", "false"):
        return error("missing-subject", f"`{found}` is not a condition by itself", Label(here),
                     help="name the fact that decides")  # fmt: skip
    advice = "begin with a fact, `not`, `any of`, `all of`, `none of`, `at least 2 of` or a bracket"
    if found == "one":
        advice = "write `any of`, `at least 1 of` or `exactly 1 of`"
    elif found in VERBS:
        advice = "name the fact first; each side of `and` and `or` says what it compares"
    return error("missing-subject", f"a condition cannot begin with `{found}`", Label(here), help=advice)


def number_begins(found: str, here: Span) -> Diagnostic:
    """A condition begins with a number.

    Why it matters
        `2 of practice` could mean exactly two or at least two; the language asks which.

    Avoid
        when: 2 of practice are good

    Prefer
        when: at least 2 of practice are good
    """
    return error("number-begins", f"a condition cannot begin with the number `{found}`", Label(here),
                 help=f"write `at least {found} of` or `exactly {found} of`, or begin with a fact")  # fmt: skip


def missing_quantity(here: Span) -> Diagnostic:
    """`of` stands after a name, but nothing says how many.

    Why it matters
        Whether one member is enough or all are needed must be said.

    Avoid
        when: practice of is good

    Prefer
        when: all of practice are good
    """
    return error("missing-quantity", "`of` has no quantity before it", Label(here),
                 help="write `any of`, `all of`, `none of`, `at least 2 of` or the like before the group")  # fmt: skip


def missing_is(last: str, found: str, here: Span, *, one_name: str = "") -> Diagnostic:
    """`is` or `are` is missing between what is compared and what it is compared with.

    Why it matters
        The word shows where the fact ends and the test begins.

    Avoid
        when: leaders at least good

    Prefer
        when: leaders is at least good
    """
    where = f"between `{last}` and `{found}`" if found else f"after `{last}`"
    advice = "write what is compared, then `is`, then the test"
    return error("missing-is", f"`is` or `are` is missing {where}", Label(here),
                 help=advice + (f"; or write `{one_name}` if it is one name" if one_name else ""))  # fmt: skip


def missing_value(after: str, found: str, here: Span) -> Diagnostic:
    """A comparison does not say what it compares with.

    Why it matters
        Without a value there is nothing to test.

    Avoid
        when: leaders is at least

    Prefer
        when: leaders is at least good
    """
    instead = f", and `{found}` cannot be one" if found else ""
    lists = after.endswith(("of", ",", "is", "are"))
    advice = A_LIST if lists and found in ("(", "[", "or", "any", "all", "none") else VALUES
    return error("missing-value", f"a value is missing after `{after}`{instead}", Label(here), help=advice)


def not_before_a_test(found: str, here: Span) -> Diagnostic:
    """`is not` is followed by a longer test.

    Why it matters
        `is not at least good` is heard in two ways; `not` before the whole comparison has one meaning.

    Avoid
        when: leaders is not better than good

    Prefer
        when: not (leaders is better than good)
    """
    around = "`not (...)` around the whole comparison"
    advice = f"write {OPPOSITES[found]}, or {around}" if found in OPPOSITES else f"write {around}"
    return error("not-before-a-test", f"`is not` cannot be followed by `{found}`", Label(here), help=advice)


def missing_and(here: Span) -> Diagnostic:
    """`between` has only one end.

    Why it matters
        A range needs both its ends.

    Avoid
        when: months is between 30, 42

    Prefer
        when: months is between 30 and 42
    """
    return error("missing-and", "`between` needs `and` and a second value here", Label(here),
                 help="write `between 30 and 42`; both ends belong to the range")  # fmt: skip


def missing_and_or(last: str, found: str, here: Span, *, instead: str = "") -> Diagnostic:
    """Two conditions stand side by side, or something follows a complete condition.

    Why it matters
        Whether both or one of them must hold decides who is affected.

    Avoid
        when: leaders is good help is good

    Prefer
        when: leaders is good and help is good
    """
    if found == ",":
        number = "; a number is written without commas" if last.isdecimal() else ""
        return error("missing-and-or", "a comma cannot join conditions or follow a single value", Label(here),
                     help=f"write `and`, `or`, or `is one of` before the first value{number}")  # fmt: skip
    date = last in MONTHS and found.isdecimal()
    return error("missing-and-or", f"`and` or `or` is missing before `{found}`", Label(here),
                 help=A_DATE if date else f"join the two parts with `and` or `or`{instead}")  # fmt: skip


def missing_of(after: str, here: Span) -> Diagnostic:
    """`of` is missing after a quantity, or after `one`.

    Why it matters
        `of` shows which group is counted, or which values are meant.

    Avoid
        when: any practice is good

    Prefer
        when: any of practice is good
    """
    then = "the values" if after.endswith(" one") else "the group"
    return error("missing-of", f"`of` is missing after `{after}`", Label(here), help=f"write `{after} of`, then {then}")


def missing_than(after: str, here: Span) -> Diagnostic:
    """`than` is missing after `better`, `worse`, `more` or `less`.

    Why it matters
        A condition is read aloud; one spelling each keeps it searchable.

    Avoid
        when: leaders is better good

    Prefer
        when: leaders is better than good
    """
    return error("missing-than", f"`than` is missing after `{after}`", Label(here), help=f"write `{after} than`")


def missing_least_or_most(here: Span) -> Diagnostic:
    """`at` is not followed by `least` or `most`.

    Why it matters
        Which end of the range is meant decides who is affected.

    Avoid
        when: leaders is at good

    Prefer
        when: leaders is at least good
    """
    return error("missing-least-or-most", "`at` is not followed by `least` or `most`", Label(here),
                 help="write `at least` or `at most`")  # fmt: skip


def missing_count(after: str, found: str, here: Span) -> Diagnostic:
    """A quantity does not say how many.

    Why it matters
        How many members must meet the test decides who is affected.

    Avoid
        when: at least of practice are good

    Prefer
        when: at least 2 of practice are good
    """
    before = "" if after == "exactly" else f", or name the fact first: `... is {after}`"
    return error("missing-count", f"a number in digits is missing after `{after}`", Label(here),
                 help=f"write `{after} {COUNTS.get(found, 2)} of` and a group{before}")  # fmt: skip


def missing_group(after: str, here: Span) -> Diagnostic:
    """A quantity or aggregate does not say of which group.

    Why it matters
        Without a group there is nothing to count.

    Avoid
        when: any of is good

    Prefer
        when: any of practice is good
    """
    return error("missing-group", f"a group is missing after `{after}`", Label(here),
                 help="write the name of a group, or a list such as `[leaders, help]`")  # fmt: skip


def missing_member(last: str, here: Span) -> Diagnostic:
    """A list of facts has a gap.

    Why it matters
        A fact may have been lost when the list was edited.

    Avoid
        when: any of [leaders, ] is good

    Prefer
        when: any of [leaders, help] is good
    """
    return error("missing-member", "the name of a fact is missing in the list", Label(here),
                 help="write a name, or delete the comma before it" if last == "," else "write a name")  # fmt: skip


def list_not_closed(here: Span, opened: Span) -> Diagnostic:
    """A list of facts is not closed, or its names are not separated by commas.

    Why it matters
        Where the list ends decides what is counted.

    Avoid
        when: any of [leaders, help is good

    Prefer
        when: any of [leaders, help] is good
    """
    return error("list-not-closed", "`,` or `]` is missing in the list of facts", Label(here),
                 Label(opened, "the list begins here"),
                 help="separate names with `,` and close the list with `]`")  # fmt: skip


def reserved_word(found: Piece, here: Span) -> Diagnostic:
    """A word of the language stands where a name should.

    Why it matters
        A name that is also a word of the language could not be told apart from it.

    Avoid
        when: any of [leaders, known] is good

    Prefer
        when: any of [leaders, help] is good
    """
    return error("reserved-word", f"`{found.text}` is a word of the language and names nothing", Label(here),
                 help="write the name of a fact")  # fmt: skip


def bracket_not_closed(opened: Span) -> Diagnostic:
    """An opening bracket has no closing one.

    Why it matters
        Where the bracket ends decides what `and` and `or` join.

    Avoid
        when: (leaders is good or help is good

    Prefer
        when: (leaders is good or help is good)
    """
    return error("bracket-not-closed", "`(` is never closed", Label(opened), help="write `)` where the part ends")


def bracket_closes_nothing(found: str, here: Span) -> Diagnostic:
    """A closing bracket has no opening one.

    Why it matters
        Where the bracket begins decides what `and` and `or` join.

    Avoid
        when: leaders is good)

    Prefer
        when: leaders is good
    """
    advice = "delete it, or write `(` where the part begins" if found == ")" else "delete it"
    return error("bracket-closes-nothing", f"`{found}` closes nothing", Label(here), help=advice)


def unknown_sign(sign: str, here: Span) -> Diagnostic:
    """A sign or spelling stands in a condition that the language does not have.

    Why it matters
        Conditions are written in words so that anybody can read them aloud.

    Avoid
        when: leaders >= good

    Prefer
        when: leaders is at least good
    """
    if sign in SIGNS:
        return error("unknown-sign", f"`{sign}` is not used in conditions", Label(here), help=f"write `{SIGNS[sign]}`")
    if sign.isspace() or not sign.isprintable():
        return error("unknown-sign", "a character that shows nothing stands in a condition", Label(here),
                     help="delete it, and type an ordinary space where one is needed")  # fmt: skip
    if not sign.isascii() and sign.isalnum():
        return error("unknown-sign", f"`{sign}` is not a letter from a to z or a digit", Label(here),
                     help="type the word again; letters of other alphabets can look the same")  # fmt: skip
    if sign.lower() in MONTHS:
        return error("unknown-sign", f"`{sign}` is not used in conditions", Label(here), help=A_DATE)
    if sign.lstrip("-.")[:1].isdigit():
        return error("unknown-sign", f"`{sign}` is neither a number nor a date", Label(here),
                     help="write a number as `30` or `2.5`, a date as `2026-04-01`, a unit after a space")  # fmt: skip
    if sign.startswith("_"):
        return error("unknown-sign", f"`{sign}` does not begin with a letter", Label(here),
                     help="begin every name with a letter from a to z")  # fmt: skip
    if sign[:1].isalpha():
        return error("unknown-sign", f"`{sign}` is not written in small letters", Label(here),
                     help=f"write `{sign.lower()}`; every word of a condition is in small letters")  # fmt: skip
    advice = next((advice for signs, advice in ADVICE.items() if sign[:1] in signs), "")
    return error("unknown-sign", f"`{sign}` is not used in conditions", Label(here),
                 help=advice or "use words, numbers, dates, brackets and commas only")  # fmt: skip


def odd_number(text: str, here: Span) -> Diagnostic:
    """A number begins with a needless zero.

    Why it matters
        Some readers take `012` for ten, others for twelve.

    Avoid
        when: months is at least 012

    Prefer
        when: months is at least 12
    """
    plain = re.sub(r"^(-?)0+(?=[0-9])", r"\1", text)
    return error("odd-number", f"the number `{text}` begins with a zero", Label(here), help=f"write `{plain}`")


def not_a_count(text: str, here: Span) -> Diagnostic:
    """A quantity asks for a number of members that is not a whole number.

    Why it matters
        Members of a group are counted one by one.

    Avoid
        when: at least 1.5 of practice are good

    Prefer
        when: at least 2 of practice are good
    """
    return error("not-a-count", f"`{text}` members cannot be counted", Label(here), help="write a whole number")


def no_such_date(text: str, here: Span) -> Diagnostic:
    """A date is not in the calendar.

    Why it matters
        A date that does not exist can never be reached or passed.

    Avoid
        when: inspected is at least 2026-02-30

    Prefer
        when: inspected is at least 2026-02-28
    """
    return error("no-such-date", f"`{text}` is not a day of the calendar", Label(here),
                 help="write year, month and day, such as `2026-04-01`")  # fmt: skip


def condition_too_long(here: Span, limit: int) -> Diagnostic:
    """A condition is longer than anybody can read.

    Why it matters
        A condition is read aloud and agreed; its parts can be named under `definitions`.
    """
    return error("condition-too-long", f"the condition has more than {limit:,} characters", Label(here),
                 help="name its parts under `definitions` and use the names")  # fmt: skip


def condition_too_deep(here: Span, limit: int) -> Diagnostic:
    """Brackets or `not` are nested deeper than anybody can follow.

    Why it matters
        A condition is read aloud and agreed; its parts can be named under `definitions`.
    """
    return error("condition-too-deep", f"brackets or `not` are nested more than {limit} deep", Label(here),
                 help="name the inner parts under `definitions` and use the names")  # fmt: skip


PROBLEMS = (
    missing_condition, missing_subject, number_begins, missing_quantity, missing_is, missing_value, not_before_a_test,
    missing_and, missing_and_or, missing_of, missing_than, missing_least_or_most, missing_count, missing_group,
    missing_member, list_not_closed, reserved_word, bracket_not_closed, bracket_closes_nothing, unknown_sign,
    odd_number, not_a_count, no_such_date, condition_too_long, condition_too_deep,
)  # fmt: skip
