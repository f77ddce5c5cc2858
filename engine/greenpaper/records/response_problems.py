"""Every problem that a table of responses can have beside those of all tables. The docstring of each is its page."""

from collections.abc import Iterable

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def column_of_no_use(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A table of responses has a column that nothing is read from.

    Why it matters
        What stands in it would be left out in silence.

    Avoid
        channel,question,answer,number,document,confidence
        survey,,,141,report,stated

    Prefer
        channel,question,answer,count,document,confidence
        survey,,,141,report,stated
    """
    known = tuple(known)
    return error("column-of-no-use", f"no column of responses is named `{name}`", Label(span, "in the header"),
                 help=did_you_mean(name, known) or f"name it like one of {', '.join(known)}, or delete it")  # fmt: skip


def count_not_whole(words: str, span: Span) -> Diagnostic:
    """A number of responses is not written as a whole number.

    Why it matters
        A number that has to be guessed can be guessed wrongly.

    Avoid
        channel,question,answer,count,document,confidence
        survey,,,about 140,report,stated

    Prefer
        channel,question,answer,count,document,confidence
        survey,,,141,report,stated
    """
    return error("count-not-whole", f"`{words}` is no whole number", Label(span),
                 help="write digits only, such as 1204, or leave the cell empty where it is not known")  # fmt: skip


def not_per_cent(words: str, span: Span) -> Diagnostic:
    """A share is not written as a number of per cent.

    Why it matters
        A number that has to be guessed can be guessed wrongly.

    Avoid
        channel,question,answer,share,document,confidence
        survey,judgement,agree,most,report,stated

    Prefer
        channel,question,answer,share,document,confidence
        survey,judgement,agree,93,report,stated
    """
    return error("not-per-cent", f"`{words}` is no number of per cent", Label(span),
                 help="write it as 93, 93.5 or 93%, or leave the cell empty where it is not known")  # fmt: skip


def no_confidence(words: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A response does not say how sure it is, or not in one of the words for it.

    Why it matters
        What a report prints and what somebody assumed must be told apart wherever it is shown.

    Avoid
        channel,question,answer,count,document,confidence
        survey,,,141,report,certain

    Prefer
        channel,question,answer,count,document,confidence
        survey,,,141,report,stated
    """
    said = f"`{words}` does not say how sure it is" if words else "it is not said how sure it is"
    return error("no-confidence", said, Label(span), help=f"write one of {', '.join(known)}")  # fmt: skip


def no_document(span: Span) -> Diagnostic:
    """A response does not say which document it is from.

    Why it matters
        A number without a source cannot be checked.

    Avoid
        channel,question,answer,count,document,confidence
        survey,,,141,,stated

    Prefer
        channel,question,answer,count,document,confidence
        survey,,,141,report,stated
    """
    return error("no-document", "it is not said which document this is from", Label(span),
                 help="write the label of a source of the version")  # fmt: skip


PROBLEMS = (column_of_no_use, count_not_whole, not_per_cent, no_confidence, no_document)
