"""Every problem between what an option declares and what it does. The docstring of each is its manual page."""

from collections.abc import Iterable, Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error, warning
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span

MOST_NAMED = 8


def unknown_in_intent(name: str, what: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """An option declares a change of a decision, or the move of an authority, that does not exist.

    Why it matters
        What is proved of nothing would look like a proof.
    """
    article = "an" if what[0] in "aeiou" else "a"
    return error("unknown-in-intent", f"no {what} is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"name {article} {what} that is there")  # fmt: skip


def outside_intent(option: str, decision: str, count: str, example: str, span: Span) -> Diagnostic:
    """An option changes an answer where it does not declare that it means to.

    Why it matters
        Whoever answers the consultation would answer another question than the one that is asked.
    """
    return error("outside-intent", f"`{option}` changes `{decision}` in {count} that it does not declare",
                 Label(span), help="declare them under `intent`, or change the edits",
                 notes=(f"for example: {example}",))  # fmt: skip


def intent_without_effect(option: str, span: Span) -> Diagnostic:
    """An option declares that it changes something, and nothing changes there.

    Why it matters
        The option does not do what it says.
    """
    return warning("intent-without-effect", f"`{option}` changes nothing here", Label(span),
                   help="delete the declaration, or change the edits")  # fmt: skip


def intent_not_settled(option: str, reason: str, span: Span) -> Diagnostic:
    """Whether an option changes only what it declares cannot be worked out.

    Why it matters
        A check that could not be made must not look like one that was passed.
    """
    return warning("intent-not-settled", f"it cannot be said whether `{option}` changes what it declares: {reason}",
                   Label(span), help="leave `intent` out, or give what the comparison needs")  # fmt: skip


def movers_not_as_expected(
    option: str, how: str, missing: Sequence[str], extra: Sequence[str], span: Span
) -> Diagnostic:
    """Other authorities move than the option expects.

    Why it matters
        Somebody is affected whom nobody thought of, or not affected though it was meant.
    """
    notes = [f"expected, and not so: {_listed(missing)}"] if missing else []
    notes += [f"not expected: {_listed(extra)}"] if extra else []
    return warning("movers-not-as-expected", f"`{option}` {how} other authorities than expected", Label(span),
                   help="correct the names under `movers`, or the edits; `greenpaper compare` lists who moves", notes=notes)  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


PROBLEMS = (
    unknown_in_intent, outside_intent, intent_without_effect, intent_not_settled, movers_not_as_expected,
)  # fmt: skip
