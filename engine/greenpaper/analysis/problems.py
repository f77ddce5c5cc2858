"""What the analysis of all situations finds, as problems with a place. The docstring of each is its manual page."""

from collections.abc import Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error, note, warning
from greenpaper.source.text import Span


def nothing_applies(count: int, of: str, question: str, span: Span, example: str) -> Diagnostic:
    """In some situations no rule applies, and the file does not say that this is so.

    Why it matters
        An authority in such a situation gets no answer, and nobody said whether that was meant.
    """
    return warning("nothing-applies", f"{count:,} of {of} have no answer to: {question}", Label(span),
                   notes=(f"for example: {example}",),
                   help="say what follows, or record it under `left_open:` with its note")  # fmt: skip


def left_open_covered(count: int, of: str, span: Span) -> Diagnostic:
    """The file says that the source leaves situations open for which a rule does apply.

    Why it matters
        A reader would take them for gaps that are not there.
    """
    return warning("left-open-covered", f"{count:,} of {of} are said to be left open, but a rule applies to them",
                   Label(span), help="narrow the condition under `left_open`")  # fmt: skip


def left_open_exact(count: int, of: str, span: Span, said: Sequence[str]) -> Diagnostic:
    """The situations without a rule are exactly those that the file declares to be left open.

    Why it matters
        It is proved, not assumed, that the list of open situations is complete and says nothing too much.
    """
    return note("left-open-exact", f"{count:,} of {of} have no rule, exactly those under `left_open`", Label(span),
                notes=said)  # fmt: skip


def settled_by_order(
    count: int, of: str, rules: tuple[str, str], spans: tuple[Span, Span], example: str, reason: str
) -> Diagnostic:
    """Two rules with different outcomes both apply in some situations, and only their order decides.

    Why it matters
        If the source states no order, the choice is an assumption, and it should say so under `precedence`.
    """
    first, second = rules
    message = f"{count:,} of {of} meet both `{first}` and `{second}`"
    labels = (Label(spans[1]), Label(spans[0], "comes first and decides"))
    notes = (f"for example: {example}", *([reason] if reason else []))
    if reason:
        return note("settled-by-order", message, *labels, notes=notes)
    return warning("settled-by-order", message, *labels, notes=notes,
                   help="say under `precedence` why the order is what it is")  # fmt: skip


def rules_conflict(
    count: int, of: str, rules: tuple[str, str], spans: tuple[Span, Span], example: str, demand: str
) -> Diagnostic:
    """Two rules apply together in some situations, though the decision demands that this never happens.

    Why it matters
        In these situations the decision has no single answer.
    """
    first, second = rules
    return error("rules-conflict", f"{count:,} of {of} meet both `{first}` and `{second}`",
                 Label(spans[1], f"`{second}`"), Label(spans[0], f"`{first}`"), notes=(f"for example: {example}",),
                 help=f"`resolve: {demand}` allows no such situation: narrow one of the two")  # fmt: skip


def never_applies(rule: str, span: Span) -> Diagnostic:
    """A rule's condition is met in no situation that can occur.

    Why it matters
        It reads like a rule, but it decides nothing.
    """
    return warning("never-applies", f"the condition of `{rule}` can never be met", Label(span),
                   help="correct the condition, or delete the rule")  # fmt: skip


PROBLEMS = (nothing_applies, left_open_covered, left_open_exact, settled_by_order, rules_conflict, never_applies)
