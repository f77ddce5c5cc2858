"""Every problem that a well-worded condition can have with the vocabulary it uses.

The docstring of each function is its manual page; `Avoid` and `Prefer` run as tests. The pages make the file long.
"""

from collections.abc import Iterable

from greenpaper.language.types import Calendar, Graded, Scale, Truth, Type, describe
from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def unknown_fact(name: str, span: Span, known: Iterable[str], vocabulary: str) -> Diagnostic:
    """A condition names a fact that the vocabulary does not have.

    Why it matters
        A misspelt fact would be unknown for every authority, and the rule could never speak.

    Avoid
        when: leader is at least good

    Prefer
        when: leaders is at least good
    """
    return error("unknown-fact", f"no fact is named `{name}`", Label(span, f"not in {vocabulary}"),
                 help=did_you_mean(name, known) or "declare it under `facts`, or name one that is there")  # fmt: skip


def value_alone(word: str, span: Span, scale: Scale) -> Diagnostic:
    """A grade or other value stands where a condition should.

    Why it matters
        `and` and `or` join whole comparisons; what a grade alone is compared with would have to be guessed.

    Avoid
        when: leaders is good or outstanding

    Prefer
        when: leaders is one of good, outstanding
    """
    what = f"{describe(Graded(scale))} of `{scale.id}`"
    return error("value-alone", f"`{word}` alone is not a condition: it is {what}", Label(span),
                 help=f"say again what is compared, `... is {word}`, or list values after `is one of`")  # fmt: skip


def unknown_group(name: str, span: Span, known: Iterable[str], vocabulary: str) -> Diagnostic:
    """A condition counts over a group that the vocabulary does not have.

    Why it matters
        Nothing could be counted, and the rule could never speak.

    Avoid
        when: any of practise is good

    Prefer
        when: any of practice is good
    """
    return error("unknown-group", f"no group is named `{name}`", Label(span, f"not in {vocabulary}"),
                 help=did_you_mean(name, known) or "declare it under `groups`, or list the facts in `[ ]`")  # fmt: skip


def fact_as_group(name: str, span: Span, declared: Span) -> Diagnostic:
    """A single fact stands where a group should.

    Why it matters
        `any of` one fact counts nothing; a group was probably meant.

    Avoid
        when: any of leaders is good

    Prefer
        when: leaders is good
    """
    return error("fact-as-group", f"`{name}` is one fact, not a group", Label(span),
                 Label(declared, "declared here"), help=f"write `{name} is ...`, or name a group")  # fmt: skip


def group_as_fact(name: str, span: Span, declared: Span) -> Diagnostic:
    """A group is compared as if it were one fact.

    Why it matters
        Whether one member is enough or all are needed must be said.

    Avoid
        when: practice is good

    Prefer
        when: all of practice are good
    """
    return error("group-as-fact", f"`{name}` is a group of facts", Label(span), Label(declared, "declared here"),
                 help=f"write `any of {name}`, `all of {name}`, `at least 2 of {name}` ...")  # fmt: skip


def not_a_condition(name: str, span: Span, kind: Type, declared: Span) -> Diagnostic:
    """A fact that is not true or false stands alone as a condition.

    Why it matters
        It must be said which of its values the rule means.

    Avoid
        when: leaders

    Prefer
        when: leaders is good
    """
    return error("not-a-condition", f"`{name}` alone is not a condition: it is {describe(kind)}", Label(span),
                 Label(declared, "declared here"), help=f"write what it is compared with: `{name} is ...`")  # fmt: skip


def off_the_scale(word: str, span: Span, scale: Scale, declared: Span) -> Diagnostic:
    """A word is not one of those the fact can take.

    Why it matters
        The comparison could never be true, and the rule could never speak.

    Avoid
        when: leaders is brilliant

    Prefer
        when: leaders is outstanding
    """
    words = ", ".join(f"`{each}`" for each in scale.words)
    return error("off-the-scale", f"`{word}` is not {describe(Graded(scale))} of `{scale.id}`", Label(span),
                 Label(declared, "declared here"),
                 help=did_you_mean(word, scale.words) or f"write one of {words}")  # fmt: skip


def different_types(left: Type, right: str, span: Span, other: Span, declared: Span, name: str) -> Diagnostic:
    """Two things of different kinds are compared.

    Why it matters
        A grade is never equal to a number, so the comparison could never be true.

    Avoid
        when: leaders is at least 2

    Prefer
        when: leaders is at least good
    """
    return error("different-types", f"{describe(left)} is compared with {right}", Label(span, describe(left)),
                 Label(other, right), Label(declared, f"`{name}` is declared here"),
                 help=f"compare it with {_example(left)}")  # fmt: skip


def different_scales(left: Scale, right: Scale, span: Span, other: Span) -> Diagnostic:
    """Two facts on different scales are compared.

    Why it matters
        A word of one scale has no place on the other unless a mapping says so.

    Avoid
        when: leaders is risk

    Prefer
        when: leaders is overall
    """
    return error("different-scales", f"`{left.id}` and `{right.id}` are different scales", Label(span, left.id),
                 Label(other, right.id), help="compare facts on one scale, or each with a word of its own")  # fmt: skip


def different_units(left: str, right: str, span: Span, other: Span, *, facts: bool = False) -> Diagnostic:
    """Two numbers with different units are compared.

    Why it matters
        Thirty days are not thirty months.

    Avoid
        when: months is at least 30 days

    Prefer
        when: months is at least 30 months
    """
    advice = f"write the number in {left}" if left else "leave the unit out"
    return error("different-units", f"{_measured(left)} is compared with {_measured(right)}",
                 Label(span, left or "no unit"), Label(other, right or "no unit"),
                 help="compare facts of one unit, or each with a number" if facts else advice)  # fmt: skip


def no_order(verb: str, span: Span, kind: Type, why: str) -> Diagnostic:
    """A comparison by rank or size is used where there is none.

    Why it matters
        Without an order nothing is better or larger, so the words would have no meaning.

    Avoid
        when: flag is at least true

    Prefer
        when: flag
    """
    return error("no-order", f"`{verb}` cannot be used here: {why}", Label(span),
                 help=f"use {_orderly(kind)}")  # fmt: skip


def too_many_asked(asked: int, size: int, span: Span, group: str, declared: Span) -> Diagnostic:
    """A quantity is larger than its group.

    Why it matters
        No authority could ever meet it, or every authority would.

    Avoid
        when: at least 4 of practice are good

    Prefer
        when: at least 3 of practice are good
    """
    return error("too-many-asked", f"{group} has {size} members, not {asked}", Label(span),
                 Label(declared, f"{size} members"), help=f"write a number up to {size}, or `all of`")  # fmt: skip


def says_nothing(span: Span, truth: bool, why: str) -> Diagnostic:
    """A comparison is true of every record, or of none.

    Why it matters
        It reads like a rule, but it decides nothing.

    Avoid
        when: leaders is better than outstanding

    Prefer
        when: leaders is outstanding
    """
    return error("says-nothing", f"this is {'always' if truth else 'never'} true: {why}", Label(span),
                 help="delete it, or write the values that are meant")  # fmt: skip


def unlike_members(first: str, other: str, span: Span, kinds: tuple[Type, Type]) -> Diagnostic:
    """The members of a group are of different types.

    Why it matters
        One test could not mean the same for all of them.

    Avoid
        when: any of [leaders, months] is good

    Prefer
        when: any of [leaders, help] is good
    """
    return error("unlike-members", f"`{first}` is {_in_full(kinds[0])}, `{other}` is {_in_full(kinds[1])}",
                 Label(span), help="group facts of one type, scale and unit")  # fmt: skip


def repeated(name: str, span: Span, first: Span) -> Diagnostic:
    """A list names the same thing twice.

    Why it matters
        Counted twice it would weigh double; once was probably meant.

    Avoid
        when: leaders is one of good, good

    Prefer
        when: leaders is one of good, outstanding
    """
    return error("repeated", f"`{name}` stands twice in the list", Label(span, "again here"),
                 Label(first, "first here"), help="delete one of the two")  # fmt: skip


def no_total(name: str, span: Span, kind: Type) -> Diagnostic:
    """Values are added up that are not numbers.

    Why it matters
        Grades have an order, but no sum.

    Avoid
        when: total of practice is at most 3

    Prefer
        when: total of scores is at most 3
    """
    return error("no-total", f"`{name}` is {describe(kind)}; only numbers have a total", Label(span),
                 help="count instead: `at least 2 of ... are ...`")  # fmt: skip


def needs_a_range(name: str, kind: Type, span: Span, declared: Span) -> Diagnostic:
    """A number without a declared range is added up or compared with another fact.

    Why it matters
        All situations can be checked only when the values can be listed.

    Avoid
        when: months is more than older_months

    Prefer
        when: first is more than second
    """
    if isinstance(kind, Calendar):
        return error("needs-a-range", f"`{name}` is a date, and dates cannot be listed", Label(span),
                     Label(declared, "declared here"),
                     help="compare each date with a date that is written out")  # fmt: skip
    return error("needs-a-range", f"the possible values of `{name}` cannot be listed", Label(span),
                 Label(declared, "declared without a range of whole numbers"),
                 help="declare `type: whole number` with `range: [lowest, highest]`, or write a value")  # fmt: skip


def too_many_values(count: int, limit: int, span: Span) -> Diagnostic:
    """Facts are added up or compared that together have too many values to list.

    Why it matters
        All situations can be checked only when they can be gone through.

    Avoid
        when: huge is more than vast

    Prefer
        when: first is more than second
    """
    return error("too-many-values", f"the facts compared here have {count:,} values, more than {limit:,}",
                 Label(span), help="declare narrower ranges, or compare with a value")  # fmt: skip


def known_in_a_rule(verb: str, span: Span) -> Diagnostic:
    """`is known` or `is unknown` is used in a rule, constraint or definition.

    Why it matters
        A rule that asks what is known would change its answer when a fact is found out, and could take back an outcome
        that was possible. These words select records; the engine itself answers `undetermined` where facts are missing.

    Avoid
        when: leaders is unknown

    Prefer
        when: leaders is inadequate
    """
    return error("known-in-a-rule", f"`is {verb}` selects records and cannot stand in a rule", Label(span),
                 help="delete it: where a fact is unknown the outcome is undetermined without being told")  # fmt: skip


def known_asks_facts(verb: str, name: str, span: Span) -> Diagnostic:
    """`is known` or `is unknown` is asked of something that is worked out from facts.

    Why it matters
        A record knows facts. Whether an answer can be worked out from them depends on which of them are known.
    """
    return error("known-asks-facts", f"`is {verb}` is asked of facts, and {name} is worked out from them",
                 Label(span), help="ask it of the facts themselves")  # fmt: skip


def values_not_constant(name: str, span: Span) -> Diagnostic:
    """A list after `one of` names another fact.

    Why it matters
        A list after `one of` is read as values of one fact; another fact among them would be overlooked.

    Avoid
        when: leaders is one of good, overall

    Prefer
        when: leaders is good or leaders is overall
    """
    return error("values-not-constant", f"`{name}` is a fact, and `one of` lists values", Label(span),
                 help=f"make it a comparison of its own: `... is {name}`")  # fmt: skip


def several_outcomes(name: str, span: Span, declared: Span) -> Diagnostic:
    """A decision that collects every outcome is used as a fact.

    Why it matters
        Such a decision has no single answer that a condition could compare.

    Avoid
        when: topics is safety

    Prefer
        when: flag
    """
    return error("several-outcomes", f"`{name}` can have several outcomes at once", Label(span),
                 Label(declared, "its rules are resolved by `every`"),
                 help="write the condition of the rule that is meant")  # fmt: skip


def _measured(unit: str) -> str:
    return f"a number of {unit}" if unit else "a plain number"


def _example(kind: Type) -> str:
    match kind:
        case Graded(scale):
            return f"{describe(kind)}, such as `{scale.words[-1]}`"
        case Calendar():
            return "a date, such as `2026-04-01`"
        case Truth():
            return "`true` or `false`"
        case _:
            return describe(kind)


def _in_full(kind: Type) -> str:
    return f"{describe(kind)} of `{kind.scale.id}`" if isinstance(kind, Graded) else describe(kind)


def _orderly(kind: Type) -> str:
    match kind:
        case Graded(scale) if scale.ordered:
            return "`is at least`, `is at most`, `is better than` or `is worse than`"
        case Graded():
            return "`is`, `is not` or `is one of`"
        case Truth():
            return "`is true`, `is false` or the name alone"
        case _:
            return "`is at least`, `is at most`, `is more than` or `is less than`"


PROBLEMS = (
    unknown_fact, unknown_group, fact_as_group, group_as_fact, not_a_condition, off_the_scale, different_types,
    different_scales, different_units, value_alone, several_outcomes, no_order, too_many_asked, says_nothing,
    unlike_members, repeated, no_total, needs_a_range, too_many_values, known_in_a_rule, known_asks_facts,
    values_not_constant,
)  # fmt: skip
