"""Every problem that a table of authorities or records can have. The docstring of each is its manual page."""

from collections.abc import Iterable, Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def quote_not_closed(span: Span) -> Diagnostic:
    """A double quote is opened in a table and never closed.

    Why it matters
        Every row that follows would become part of one cell, so nothing after this place is read.

    Avoid
        authority,leaders
        "Leeds,good

    Prefer
        authority,leaders
        "Leeds",good
    """
    return error("quote-not-closed", "a double quote is opened and never closed", Label(span, "opened here"),
                 help="close it with `\"` before the next comma")  # fmt: skip


def text_after_quote(span: Span) -> Diagnostic:
    """Text follows a closing double quote before the next comma.

    Why it matters
        It is not clear where the cell ends, and programs that read tables differ about it.

    Avoid
        authority,leaders
        "Leeds" city,good

    Prefer
        authority,leaders
        "Leeds",good
    """
    return error("text-after-quote", "text follows a closing double quote", Label(span),
                 help="put all of the cell inside the quotes; write a quote inside them twice")  # fmt: skip


def not_commas(span: Span) -> Diagnostic:
    """The columns of a table are separated by semicolons or tabs.

    Why it matters
        A separator that has to be guessed can be guessed wrongly, and cells would move to other columns.

    Avoid
        authority;leaders
        Leeds;good

    Prefer
        authority,leaders
        Leeds,good
    """
    return error("not-commas", "the columns are not separated by commas", Label(span),
                 help="save the table again as CSV UTF-8, separated by commas")  # fmt: skip


def unnamed_column(span: Span, number: int) -> Diagnostic:
    """A column of a table has no name in the header.

    Why it matters
        What stands in it would belong to nothing.

    Avoid
        authority,,leaders
        Leeds,x,good

    Prefer
        authority,comment,leaders
        Leeds,x,good
    """
    return error("unnamed-column", f"column {number} has no name", Label(span, "in the header"),
                 help="name the column in the first row, or delete it")  # fmt: skip


def repeated_column(name: str, span: Span, first: Span) -> Diagnostic:
    """Two columns of a table have the same name.

    Why it matters
        One of the two would win in silence.

    Avoid
        authority,leaders,leaders
        Leeds,good,inadequate

    Prefer
        authority,leaders
        Leeds,good
    """
    return error("repeated-column", f"two columns are named `{name}`", Label(span, "again here"),
                 Label(first, "first here"), help="rename or delete one of the two")  # fmt: skip


def missing_column(names: Sequence[str], span: Span, present: Iterable[str]) -> Diagnostic:
    """A table lacks a column that it needs.

    Why it matters
        Without it a row cannot be tied to an authority, or a value would be missing for every row in silence.

    Avoid
        authorty,leaders
        Leeds,good

    Prefer
        authority,leaders
        Leeds,good
    """
    listed = " or ".join(f"`{name}`" for name in names)
    near = next((each for each in (did_you_mean(name, present) for name in names) if each), "")
    return error("missing-column", f"no column is named {listed}", Label(span, "the header ends without it"),
                 help=near or f"add the column {listed}")  # fmt: skip


def short_row(span: Span, cells: int, width: int) -> Diagnostic:
    """A row has fewer cells than the header.

    Why it matters
        Its cells may stand under the wrong columns.

    Avoid
        authority,leaders,in_care
        Leeds,good

    Prefer
        authority,leaders,in_care
        Leeds,good,
    """
    return error("short-row", f"the row has {_cells(cells)}, the header {width}", Label(span, "the row ends here"),
                 help="write an empty cell for what is not known: one comma for each column but the last")  # fmt: skip


def long_row(span: Span, cells: int, width: int) -> Diagnostic:
    """A row has more cells than the header.

    Why it matters
        Its cells may stand under the wrong columns.

    Avoid
        authority,leaders
        Bournemouth, Christchurch and Poole,good

    Prefer
        authority,leaders
        "Bournemouth, Christchurch and Poole",good
    """
    return error("long-row", f"the row has {_cells(cells)}, the header {width}",
                 Label(span, "the first cell without a column"),
                 help="put text that contains a comma in double quotes")  # fmt: skip


def bad_date(words: str, form: str, span: Span) -> Diagnostic:
    """A cell that must be a date is none, or is written in another form.

    Why it matters
        Which inspection is an authority's latest, and which version applies to it, follows from its dates.

    Avoid
        authority,first_day,last_day
        Leeds,2025-02-30,2025-03-07

    Prefer
        authority,first_day,last_day
        Leeds,2025-02-28,2025-03-07
    """
    return error("bad-date", f"`{words}` is not a day written as {form}", Label(span),
                 help=f"write a day of the calendar as {form}, or leave the cell empty")  # fmt: skip


def bad_periods(words: str, span: Span) -> Diagnostic:
    """The further periods of an inspection are not written as days from and to.

    Why it matters
        The latest day on site would be wrong.

    Avoid
        authority,first_day,last_day,further_periods
        Leeds,2025-02-24,2025-02-28,10 to 11 March

    Prefer
        authority,first_day,last_day,further_periods
        Leeds,2025-02-24,2025-02-28,2025-03-10/2025-03-11
    """
    return error("bad-periods", f"`{words}` does not name periods on site", Label(span),
                 help="write `2025-03-10/2025-03-11`, with `; ` between several")  # fmt: skip


def half_a_period(present: str, missing: str, span: Span) -> Diagnostic:
    """One of the first and last day on site is given without the other.

    Why it matters
        A visit without an end has no place in the order of inspections.

    Avoid
        authority,first_day,last_day
        Leeds,2025-02-24,

    Prefer
        authority,first_day,last_day
        Leeds,2025-02-24,2025-02-28
    """
    return error("half-a-period", f"`{present}` is given and `{missing}` is not", Label(span),
                 help="write both days, or neither")  # fmt: skip


def dates_out_of_order(earlier: str, later: str, span: Span) -> Diagnostic:
    """A visit ends before it begins, or its report is published before it ends.

    Why it matters
        One of the two dates is wrong, and it cannot be known which.

    Avoid
        authority,first_day,last_day
        Leeds,2025-02-28,2025-02-24

    Prefer
        authority,first_day,last_day
        Leeds,2025-02-24,2025-02-28
    """
    return error("dates-out-of-order", f"`{later}` is before `{earlier}`", Label(span),
                 help="correct one of the two dates")  # fmt: skip


def unknown_authority(words: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A row names an authority that the register does not have.

    Why it matters
        Its facts would belong to nobody, and the authority that was meant would lack them.

    Avoid
        authority,leaders
        Leds,good

    Prefer
        authority,leaders
        Leeds,good
    """
    if not words:
        return error("unknown-authority", "the row names no authority", Label(span),
                     help="write the name or the code of an authority of the register")  # fmt: skip
    return error("unknown-authority", f"no authority is named `{words}`", Label(span, "not in the register"),
                 help=did_you_mean(words, known) or "write its name or its code as the register does")  # fmt: skip


def two_authorities(words: str, span: Span, other: str, beside: Span) -> Diagnostic:
    """The code and the name in one row are those of two authorities.

    Why it matters
        The facts belong to one of the two, and it cannot be known which.

    Avoid
        code,authority,leaders
        E08000035,York,good

    Prefer
        code,authority,leaders
        E08000035,Leeds,good
    """
    return error("two-authorities", f"`{words}` and `{other}` are two authorities", Label(span),
                 Label(beside), help="correct the one that is wrong")  # fmt: skip


def taken_name(words: str, span: Span, owner: str) -> Diagnostic:
    """Two authorities of the register have the same code, name or alias.

    Why it matters
        A record that uses it could not be tied to one of them.

    Avoid
        code,name
        E1,Leeds
        E2,leeds

    Prefer
        code,name
        E1,Leeds
        E2,York
    """
    return error("taken-name", f"`{words}` already belongs to `{owner}`", Label(span, "again here"),
                 help="correct the code, the name or the alias of one of the two")  # fmt: skip


def unknown_neighbour(words: str, span: Span) -> Diagnostic:
    """A statistical neighbour is not in the register.

    Why it matters
        Comparisons with neighbours would leave it out in silence.

    Avoid
        code,name,neighbours
        E1,Leeds,E9

    Prefer
        code,name,neighbours
        E1,Leeds,E2
        E2,York,E1
    """
    return error("unknown-neighbour", f"the neighbour `{words}` is not in the register", Label(span),
                 help="write codes of the register with `; ` between them")  # fmt: skip


def nothing_in_cell(column: str, span: Span) -> Diagnostic:
    """An authority of the register has no code or no name.

    Why it matters
        Nothing could be said of it that another file could refer to.

    Avoid
        code,name
        E1,

    Prefer
        code,name
        E1,Leeds
    """
    return error("nothing-in-cell", f"the row has no `{column}`", Label(span), help=f"write the {column}")


def equally_late(name: str, span: Span, other: Span) -> Diagnostic:
    """Two records of one authority are equally late.

    Why it matters
        Which of them is current cannot be known.

    Avoid
        authority,leaders
        Leeds,good
        Leeds,inadequate

    Prefer
        authority,last_day,first_day,leaders
        Leeds,2022-03-04,2022-02-21,good
        Leeds,2025-03-07,2025-02-24,inadequate
    """
    return error("equally-late", f"two records of `{name}` are equally late", Label(span, "again here"),
                 Label(other, "first here"), help="write the dates that order them, or delete one")  # fmt: skip


def no_rows(span: Span) -> Diagnostic:
    """A table has a header and no row.

    Why it matters
        A table without rows usually comes from a filter or an export that failed.

    Avoid
        authority,leaders

    Prefer
        authority,leaders
        Leeds,good
    """
    return error("no-rows", "the table has no rows below its header", Label(span), help="add a row, or delete the file")


def bad_workbook(span: Span, why: str) -> Diagnostic:
    """A workbook cannot be read.

    Why it matters
        What cannot be read cannot be compared, and must never look like `no differences`.
    """
    return error("bad-workbook", f"the workbook cannot be read: {why}", Label(span),
                 help="open it in a spreadsheet, and save it as XLSX or as CSV UTF-8")  # fmt: skip


def no_workbook_reader(span: Span) -> Diagnostic:
    """A workbook is named, and the library that reads workbooks is not installed.

    Why it matters
        The rows of the workbook would be missing without a sign.
    """
    return error("no-workbook-reader", "workbooks cannot be read in this installation", Label(span),
                 help="install `greenpaper[excel]`, or save the sheet as CSV UTF-8")  # fmt: skip


def unknown_sheet(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A workbook has no sheet of the name that is asked for.

    Why it matters
        Another sheet may hold other things under the same columns.
    """
    known = tuple(known)
    listed = ", ".join(f"`{each}`" for each in known)
    return error("unknown-sheet", f"no sheet is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"the workbook has {listed}")  # fmt: skip


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


PROBLEMS = (
    quote_not_closed, text_after_quote, not_commas, unnamed_column, repeated_column, missing_column, short_row,
    long_row, bad_date, bad_periods, half_a_period, dates_out_of_order, unknown_authority, two_authorities, taken_name,
    unknown_neighbour, nothing_in_cell, equally_late, no_rows, bad_workbook, no_workbook_reader, unknown_sheet,
)  # fmt: skip
