"""Every problem of calendars. The docstring of each is its manual page."""

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.text import Span


def calendar_is_not_its_file(name: str, file: str, span: Span) -> Diagnostic:
    """A calendar is called otherwise than its file.

    Why it matters
        Deadlines name calendars; two files could give one name, and nobody could tell which of them is counted by.

    Avoid
        calendar: wales

    Prefer
        calendar: england_and_wales
    """
    return error("calendar-is-not-its-file", f"the calendar `{name}` lies in a file named `{file}`", Label(span),
                 help="give both the same name")  # fmt: skip


def calendar_ends_early(last: Span, first: Span) -> Diagnostic:
    """A calendar ends before it begins.

    Why it matters
        It would speak of no day, and every time counted by it would be unknown.

    Avoid
        from: 2028-01-01
        until: 2018-12-31

    Prefer
        from: 2018-01-01
        until: 2028-12-31
    """
    return error("calendar-ends-early", "the calendar ends before it begins", Label(last), Label(first, "it begins"),
                 help="exchange the two, or correct one")  # fmt: skip


def holiday_outside(day: str, span: Span, first: Span) -> Diagnostic:
    """A holiday lies in no year that the calendar speaks of.

    Why it matters
        It looks as if those years were there, and nothing is counted in them.

    Avoid
        from: 2018-01-01
        until: 2028-12-31
        holidays: {2029-01-01: {title: New Year's Day}}

    Prefer
        from: 2018-01-01
        until: 2029-12-31
        holidays: {2029-01-01: {title: New Year's Day}}
    """
    return error("holiday-outside", f"{day} is no day of this calendar", Label(span), Label(first, "of these years only"),
                 help="take it out, or let the calendar reach that far, with all holidays until then")  # fmt: skip


PROBLEMS = (calendar_is_not_its_file, calendar_ends_early, holiday_outside)
