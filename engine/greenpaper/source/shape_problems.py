"""Every problem that the shape of a policy file can have. The docstring of each is its manual page."""

from collections.abc import Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span

KIND_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of keys",
    "null": "nothing",
}
FORMS = {
    r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, beginning with a letter",
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": "letters, digits, hyphens and underscores",
    r"^\d{4}-\d{2}-\d{2}$": "a date such as 2026-04-01",
    r"^[A-Za-z0-9][A-Za-z0-9_-]*(\+[A-Za-z0-9][A-Za-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9_-]*)*$": "the name of a version, or version+proposal=option",
    r"^\d{4}-\d{2}(-\d{2})?$": "a date such as 2026-04-01, or a month such as 2018-01",
}


def form_of(pattern: str) -> str:
    """The form that a pattern asks for, in words; empty for a pattern without words."""
    return FORMS.get(pattern.replace(r"\Z", "$"), "")


def unknown_key(key: str, known: Sequence[str], span: Span) -> Diagnostic:
    """A key is not one of those that may stand in this place.

    Why it matters
        A misspelt key would be ignored, and what it says would not be applied.

    Avoid
        framework: ilacs
        titel: Inspecting local authority children's services

    Prefer
        framework: ilacs
        title: Inspecting local authority children's services
    """
    listed = ", ".join(f"`{each}`" for each in known)
    return error("unknown-key", f"no key `{key}` may stand here", Label(span),
                 help=did_you_mean(key, known) or f"use one of {listed}")  # fmt: skip


def missing_key(keys: Sequence[str], owner: str, span: Span) -> Diagnostic:
    """A key that is needed is not there.

    Why it matters
        Without it the statement is incomplete, and nothing may be assumed in its place.
    """
    listed = " and ".join(f"`{key}`" for key in keys)
    where = f" under `{owner}`" if owner else ""
    return error("missing-key", f"{listed} {'is' if len(keys) == 1 else 'are'} missing{where}", Label(span),
                 help=f"add {listed}")  # fmt: skip


def wrong_kind(found: object, expected: str, span: Span) -> Diagnostic:
    """A value is of another kind than its place asks for.

    Why it matters
        Guessing what was meant is how `no` becomes false and `012` becomes ten.

    Avoid
        version: 2026

    Prefer
        version: "2026"
    """
    if found is None:
        return error("wrong-kind", f"nothing is written where {expected} is expected", Label(span),
                     help="write a value, or delete the key")  # fmt: skip
    if expected == "text" and isinstance(found, (int, float)):
        return error("wrong-kind", f"{kind_of(found)} stands where text is expected", Label(span),
                     help="put it in quotes")  # fmt: skip
    return error("wrong-kind", f"{kind_of(found)} stands where {expected} is expected", Label(span),
                 help=f"write {expected}")  # fmt: skip


def not_a_choice(found: str, choices: Sequence[str], span: Span) -> Diagnostic:
    """A value is not one of those that this key can have.

    Why it matters
        Each of these words has a settled meaning; another one has none.

    Avoid
        status: current

    Prefer
        status: in force
    """
    listed = ", ".join(f"`{each}`" for each in choices)
    return error("not-a-choice", f"`{found}` is not a value of this key", Label(span),
                 help=did_you_mean(found, [str(each) for each in choices]) or f"write one of {listed}")  # fmt: skip


def wrong_form(found: str, form: str, span: Span) -> Diagnostic:
    """A name or date is not written in the form its place asks for.

    Why it matters
        Names are used in conditions and addresses, dates are compared; both need one form.

    Avoid
        applies_to: {inspections_starting: {from: 1 April 2026}}

    Prefer
        applies_to: {inspections_starting: {from: 2026-04-01}}
    """
    return error("wrong-form", f"`{found}` is not written in the form this place needs", Label(span),
                 help=f"write {form}")  # fmt: skip


def no_such_day(found: str, span: Span) -> Diagnostic:
    """A date is not in the calendar.

    Why it matters
        A day that does not exist can never be reached.

    Avoid
        applies_to: {inspections_starting: {from: 2026-02-30}}

    Prefer
        applies_to: {inspections_starting: {from: 2026-02-28}}
    """
    return error("no-such-day", f"`{found}` is not a day of the calendar", Label(span),
                 help="write year, month and day, such as `2026-04-01`")  # fmt: skip


def nothing_written(key: str, span: Span) -> Diagnostic:
    """A key has an empty value.

    Why it matters
        Either something was forgotten, or the key is not needed.

    Avoid
        title: ''

    Prefer
        title: Inspecting local authority children's services
    """
    return error("nothing-written", f"nothing is written for `{key}`", Label(span),
                 help="write a value, or delete the key")  # fmt: skip


def kind_of(value: object) -> str:
    """The kind of a plain value, in words."""
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple():
            return "a list"
        case None:
            return "nothing"
        case _:
            return "a set of keys"


PROBLEMS = (unknown_key, missing_key, wrong_kind, not_a_choice, wrong_form, no_such_day, nothing_written)
