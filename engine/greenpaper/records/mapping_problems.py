"""Every problem that a mapping, its corrections or the raw files they describe can have.

The docstring of each is its manual page; `Avoid` and `Prefer` replace one key of a mapping, and run as tests.
"""

from collections.abc import Iterable

from greenpaper.source.diagnostics import Diagnostic, Label, error, warning
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def unknown_own_column(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A mapping fills a column that the project's table does not have.

    Why it matters
        What is read would be written nowhere.

    Avoid
        columns: {name: {is: authority}, link: {is: report}, leaders_grade: {is: leader}}

    Prefer
        columns: {name: {is: authority}, link: {is: report}, leaders_grade: {is: leaders}}
    """
    known = tuple(known)
    listed = ", ".join(f"`{each}`" for each in known)
    return error("unknown-own-column", f"the table has no column `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"add it to the table's columns, or use one: {listed}")  # fmt: skip


def unknown_value_map(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A column uses a list of values that the mapping does not have.

    Why it matters
        No word of the column could be read.

    Avoid
        columns: {name: {is: authority}, link: {is: report}, leaders_grade: {is: leaders, values: grade}}

    Prefer
        columns: {name: {is: authority}, link: {is: report}, leaders_grade: {is: leaders, values: grades}}
    """
    return error("unknown-value-map", f"no list of values is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "add it under `values`")  # fmt: skip


def used_and_not_used(name: str, span: Span, used: Span) -> Diagnostic:
    """A raw column is listed both as used and as deliberately not used.

    Why it matters
        Only one of the two can be true.

    Avoid
        not_used: {name: it is not needed}

    Prefer
        not_used: {parser: it is a number of the reader}
    """
    return error("used-and-not-used", f"`{name}` is listed as not used", Label(span), Label(used, "used here"),
                 help="delete one of the two")  # fmt: skip


def no_identity(span: Span, needed: str) -> Diagnostic:
    """No column of a mapping says which authority a row is about.

    Why it matters
        The rows could not be tied to authorities.

    Avoid
        columns: {link: {is: report}, leaders_grade: {is: leaders, values: grades}}

    Prefer
        columns: {name: {is: authority}, link: {is: report}, leaders_grade: {is: leaders, values: grades}}
    """
    return error("no-identity", "no column says which authority a row is about", Label(span),
                 help=f"map a column to {needed}")  # fmt: skip


def raw_column_missing(name: str, span: Span, header: Span, present: Iterable[str]) -> Diagnostic:
    """A raw file lacks a column that its mapping names.

    Why it matters
        The file may be of another version, and everything the column said would be unknown in silence.
    """
    return error("raw-column-missing", f"the file has no column `{name}`", Label(header, "not in this header"),
                 Label(span, "named here"),
                 help=did_you_mean(name, present) or "correct the mapping, or get the file it is for")  # fmt: skip


def raw_column_not_mapped(name: str, span: Span, mapped: Iterable[str]) -> Diagnostic:
    """A raw file has a column that its mapping does not mention.

    Why it matters
        It may say something that nobody has looked at.
    """
    return error("raw-column-not-mapped", f"the mapping does not say what `{name}` is", Label(span),
                 help=did_you_mean(name, mapped)
                 or "map it under `columns`, or list it under `not_used` with the reason")  # fmt: skip


def unknown_raw_word(words: str, span: Span, known: Iterable[str], mapping: str) -> Diagnostic:
    """A cell of a raw file says a word that the mapping does not know.

    Why it matters
        Read as it stands it would be a value that no framework has; left out it would be lost.
    """
    return error("unknown-raw-word", f"the mapping does not know the word `{words}`", Label(span),
                 help=did_you_mean(words, known) or f"add it to `values` or `unknown` in {mapping}")  # fmt: skip


def nothing_matches(what: str, span: Span) -> Diagnostic:
    """A correction, or a row to leave out, names something that no raw row says.

    Why it matters
        The correction corrects nothing: the file has changed, or the correction is misspelt.
    """
    return error("nothing-matches", f"no row says `{what}`", Label(span),
                 help="compare it with the raw file, or delete it")  # fmt: skip


def not_a_file_name(name: str, span: Span) -> Diagnostic:
    """A mapping names a file in another folder.

    Why it matters
        A mapping describes the files of one folder; it may not make the program read others.

    Avoid
        file: ../history.csv

    Prefer
        file: history.csv
    """
    return error("not-a-file-name", f"`{name}` is not the name of a file", Label(span),
                 help="write the file's name alone, without folders")  # fmt: skip


def raw_file_not_mapped(name: str, span: Span) -> Diagnostic:
    """The folder of raw files holds a table that no mapping mentions.

    Why it matters
        It may hold records that nobody has looked at.
    """
    return warning("raw-file-not-mapped", f"no mapping mentions the file `{name}`", Label(span),
                   help="write a mapping for it, or list it under `files_not_used` with the reason")  # fmt: skip


PROBLEMS = (
    unknown_own_column,
    unknown_value_map, used_and_not_used, no_identity, raw_column_missing, raw_column_not_mapped, unknown_raw_word,
    nothing_matches, not_a_file_name, raw_file_not_mapped,
)  # fmt: skip
