"""What the analysis of all situations finds, as problems with a place. The docstring of each is its manual page.

Long, because every kind of finding is one function here.
"""

from collections.abc import Iterable, Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error, note, warning
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span

# Gaps


def nothing_applies(count: int, of: str, question: str, span: Span, example: str) -> Diagnostic:
    """In some situations no rule applies, and the file does not say that this is so.

    Why it matters
        An authority in such a situation gets no answer, and nobody said whether that was meant.
    """
    return warning("nothing-applies", f"{count:,} of {of} have no answer to: {question}", Label(span),
                   notes=(f"for example: {example}",),
                   help="say what follows, or record it under `left_open:` with its note")  # fmt: skip


def left_open_covered(count: int, of: str, span: Span, example: str, rules: Sequence[str]) -> Diagnostic:
    """The file says that the source leaves situations open for which a rule does apply.

    Why it matters
        A reader would take them for gaps that are not there.
    """
    return warning("left-open-covered", f"{count:,} of {of} are said to be left open, but a rule applies to them",
                   Label(span), notes=(f"for example: {example}", f"covered by: {', '.join(f'`{each}`' for each in rules)}"),
                   help="narrow the condition under `left_open`")  # fmt: skip


def left_open_exact(count: int, of: str, span: Span, said: Sequence[str]) -> Diagnostic:
    """The situations without a rule are exactly those that the file declares to be left open.

    Why it matters
        It is proved, not assumed, that the list of open situations is complete and says nothing too much.
    """
    return note("left-open-exact", f"{count:,} of {of} have no rule, exactly those under `left_open`", Label(span),
                notes=said)  # fmt: skip


# Rules that apply together, or in vain


def settled_by_order(
    count: int,
    of: str,
    rules: tuple[str, str],
    outcomes: tuple[str, str],
    spans: tuple[Span, Span],
    example: str,
    reason: str,
) -> Diagnostic:
    """Two rules with different outcomes both apply in some situations, and only their order decides.

    Why it matters
        If the source states no order, the choice is an assumption, and it should say so under `precedence`.
    """
    first, second = rules
    message = f"{count:,} of {of} meet both `{first}` and `{second}`"
    labels = (
        Label(spans[1], f"would lead to `{outcomes[1]}`"),
        Label(spans[0], f"comes first and decides: `{outcomes[0]}`"),
    )
    notes = (f"for example: {example}", *([reason] if reason else []))
    if reason:
        return note("settled-by-order", message, *labels, notes=notes)
    return warning("settled-by-order", message, *labels, notes=notes,
                   help="say under `precedence` why the order is what it is")  # fmt: skip


def rules_agree(
    count: int, of: str, rules: tuple[str, str], outcome: str, spans: tuple[Span, Span], example: str
) -> Diagnostic:
    """Two rules both apply in some situations, and lead to the same outcome.

    Why it matters
        Nothing depends on which of them decides; but a change of one may not change the answer there.
    """
    first, second = rules
    return note("rules-agree", f"{count:,} of {of} meet both `{first}` and `{second}`, which agree on `{outcome}`",
                Label(spans[1]), Label(spans[0], f"`{first}`"), notes=(f"for example: {example}",))  # fmt: skip


def rules_conflict(
    count: int,
    of: str,
    rules: tuple[str, str],
    outcomes: tuple[str, str],
    spans: tuple[Span, Span],
    example: str,
    demand: str,
) -> Diagnostic:
    """Two rules apply together in some situations, though the decision demands that this never happens.

    Why it matters
        In these situations the decision has no single answer.
    """
    first, second = rules
    return error("rules-conflict", f"{count:,} of {of} meet both `{first}` and `{second}`",
                 Label(spans[1], f"`{second}` leads to `{outcomes[1]}`"),
                 Label(spans[0], f"`{first}` leads to `{outcomes[0]}`"), notes=(f"for example: {example}",),
                 help=f"`resolve: {demand}` allows no such situation: narrow one of the two")  # fmt: skip


def never_applies(rule: str, span: Span) -> Diagnostic:
    """A rule's condition is met in no situation that can occur.

    Why it matters
        It reads like a rule, but it decides nothing.
    """
    return warning("never-applies", f"the condition of `{rule}` can never be met", Label(span),
                   help="correct the condition, or delete the rule")  # fmt: skip


def never_decides(
    rule: str, count: int, of: str, span: Span, by: Sequence[tuple[str, Span]], example: str
) -> Diagnostic:
    """A rule's condition can be met, but a rule before it always decides.

    Why it matters
        It reads like a rule, but no answer comes from it.
    """
    labels = [Label(place, f"`{name}` comes first") for name, place in by]
    return warning("never-decides", f"`{rule}` is met in {count:,} of {of}, and never decides", Label(span), *labels,
                   notes=(f"for example: {example}",),
                   help="move it up, correct one of the conditions, or delete it")  # fmt: skip


def needless_rule(rule: str, outcome: str, count: int, of: str, span: Span, example: str) -> Diagnostic:
    """Without this rule every situation would have the same answer.

    Why it matters
        Whoever changes it expects something to follow, and nothing does.
    """
    return warning("needless-rule", f"without `{rule}` the answer would be the same in every situation", Label(span),
                   notes=(f"it is met in {count:,} of {of}, where others lead to `{outcome}` too; "
                          f"for example: {example}",),
                   help="delete it, or correct its condition")  # fmt: skip


# Conditions


def always_holds(what: str, of: str, span: Span) -> Diagnostic:
    """A condition holds in every situation that can occur.

    Why it matters
        It reads as if it chose, but it tells no two situations apart.
    """
    return warning("always-holds", f"the condition of {what} holds in all {of}", Label(span),
                   help="correct the condition, or leave out what it decides nothing about")  # fmt: skip


def never_holds(what: str, of: str, span: Span) -> Diagnostic:
    """A condition holds in no situation that can occur.

    Why it matters
        What stands under it is never used, though somebody meant it.
    """
    return warning("never-holds", f"the condition of {what} holds in none of {of}", Label(span),
                   help="correct the condition, or delete what stands under it")  # fmt: skip


def needless_part(part: str, what: str, of: str, span: Span) -> Diagnostic:
    """A part of a condition could be left out, and the condition would still hold in the same situations.

    Why it matters
        Whoever changes this part expects something to follow, and nothing does.
    """
    return warning("needless-part", f"`{part}` changes nothing in the condition of {what}", Label(span),
                   notes=(f"the condition means the same without it in all {of}",),
                   help="delete this part, or correct it")  # fmt: skip


# Names


def never_used(kind: str, name: str, span: Span) -> Diagnostic:
    """A fact, group, definition, scale, activity, outcome or source is declared, and nothing uses it.

    Why it matters
        Somebody meant something to depend on it; or it can go.
    """
    return warning("never-used", f"no statement uses the {kind} `{name}`", Label(span),
                   help="use it, delete it, or say in `explained.yaml` why it is there")  # fmt: skip


# Constraints


def nothing_admissible(of: str, constraints: Sequence[tuple[str, Span]]) -> Diagnostic:
    """Constraints contradict each other, so that no situation can occur.

    Why it matters
        Every record would be inadmissible, and nothing said of all situations would mean anything.
    """
    names = ", ".join(f"`{name}`" for name, _ in constraints)
    several = len(constraints) > 1
    message = f"{names} {'together exclude' if several else 'excludes'} all of {of}"
    labels = [Label(span, f"`{name}`") for name, span in constraints]
    notes = ("without any one of them, the others leave something",) if several else ()
    return error("nothing-admissible", message, *labels, notes=notes, help="correct one of them")  # fmt: skip


def excludes_nothing(constraint: str, of: str, span: Span) -> Diagnostic:
    """A constraint holds whatever the facts are.

    Why it matters
        It reads as if it limited what can occur, or flagged what is unusual, and it does neither.
    """
    return warning("excludes-nothing", f"`{constraint}` holds in all {of}", Label(span),
                   help="correct what it requires, or delete it")  # fmt: skip


def flags_everything(constraint: str, of: str, span: Span) -> Diagnostic:
    """A constraint that usually holds does so in no situation that can occur.

    Why it matters
        Every record would be flagged as unusual.
    """
    return warning("flags-everything", f"`{constraint}` is said to hold usually, and holds in none of {of}",
                   Label(span), help="correct what it requires, or delete it")  # fmt: skip


def follows_from_others(constraint: str, span: Span, others: Sequence[tuple[str, Span]]) -> Diagnostic:
    """A constraint excludes nothing that other constraints do not exclude.

    Why it matters
        It may be right to say it all the same; but a change of it alone changes nothing.
    """
    names = ", ".join(f"`{name}`" for name, _ in others)
    return note("follows-from-others", f"`{constraint}` follows from {names}", Label(span),
                *(Label(place, f"`{name}`") for name, place in others))  # fmt: skip


# What could not be looked at


def not_analysed(limit: int, span: Span) -> Diagnostic:
    """The situations of a version make diagrams that are too large to be worked with.

    Why it matters
        Gaps, overlaps and idle rules are not looked for; that none is named does not mean that there is none.
    """
    return warning("not-analysed", "the situations of this version were not analysed", Label(span),
                   notes=(f"their diagrams would need more than {limit:,} nodes",),
                   help="write conditions that read fewer facts together")  # fmt: skip


# Scales


def scales_disagree(scales: tuple[str, str], words: tuple[str, str], spans: tuple[Span, Span]) -> Diagnostic:
    """Two scales have words in common, in opposite order.

    Why it matters
        One of them is the wrong way round, and everything compared on it with it.
    """
    first, second = scales
    worse, better = words
    return warning("scales-disagree", f"`{worse}` is worse than `{better}` on `{first}`, and better on `{second}`",
                   Label(spans[1]), Label(spans[0], f"`{first}`"),
                   help="write both from worst to best, or use other words")  # fmt: skip


def maps_out_of_order(scale: str, other: str, words: tuple[str, str], span: Span) -> Diagnostic:
    """A mapping from another version's scale does not keep its order.

    Why it matters
        A better grade would be carried over to a worse one.
    """
    worse, better = words
    return warning("maps-out-of-order",
                   f"`{better}` of `{other}` comes after `{worse}`, and maps to something worse on `{scale}`",
                   Label(span), help=f"write the grades of `{other}` from worst to best, and what they map to too")  # fmt: skip


def never_mapped_to(word: str, scale: str, other: str, span: Span) -> Diagnostic:
    """No grade of the scale that is mapped from can become this grade.

    Why it matters
        It may be meant; but no record of the other version can be compared with one that has it.
    """
    return note("never-mapped-to", f"no grade of `{other}` maps to `{word}` of `{scale}`", Label(span))


# Explanations


def unknown_finding(code: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """An explanation names a kind of finding that there is not.

    Why it matters
        It would explain nothing, and the finding it was meant for would go on.
    """
    return error("unknown-finding", f"no finding is called `{code}`", Label(span),
                 help=did_you_mean(code, known) or "name it as it stands in brackets after `warning`")  # fmt: skip


def explains_nothing(code: str, about: str, span: Span, why: str) -> Diagnostic:
    """An explanation speaks of a warning that `check` does not give.

    Why it matters
        It may have been dealt with, or be about something else than was meant.
    """
    return warning("explains-nothing", f"there is no warning `{code}` about `{about}`", Label(span),
                   help=why or "delete the entry")  # fmt: skip


PROBLEMS = (
    nothing_applies, left_open_covered, left_open_exact, settled_by_order, rules_agree, rules_conflict, never_applies,
    never_decides, needless_rule, always_holds, never_holds, needless_part, never_used, nothing_admissible,
    excludes_nothing, flags_everything, follows_from_others, not_analysed, scales_disagree, maps_out_of_order, never_mapped_to,
    unknown_finding, explains_nothing,
)  # fmt: skip
