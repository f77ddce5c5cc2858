"""Every problem between a version and the records it is compared with. The docstring of each is its manual page."""

from collections.abc import Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def no_such_table(name: str, span: Span | None, known: Sequence[str]) -> Diagnostic:
    """A version counts visits of a table that does not lie with the records.

    Why it matters
        Without the table it is not known whether anybody was visited; none found must not count as none made.
    """
    place = (Label(span),) if span else ()
    return error("no-such-table", f"no table of visits is named `{name}`", *place,
                 help=did_you_mean(name, known) or f"put `{name}.csv` beside the records; with only a header it says that nothing is known")  # fmt: skip


PROBLEMS = (no_such_table,)
