"""Every problem between the parts of a framework. The docstring of each is its manual page, which makes the file long."""

from collections.abc import Iterable, Sequence

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def missing_file(name: str, span: Span) -> Diagnostic:
    """A version folder lacks a file it needs.

    Why it matters
        Without it nothing is known of the version, and an unknown version must never look like an unchanged one.
    """
    return error("missing-file", f"the file `{name}` is missing", Label(span), help=f"write `{name}` in this folder")


def unknown_file(span: Span, known: Sequence[str]) -> Diagnostic:
    """A file lies in a version folder where no policy file is looked for.

    Why it matters
        A rule in a misnamed file would be left out in silence.
    """
    listed = ", ".join(f"`{each}`" for each in known)
    return error("unknown-file", "no policy file is read from here", Label(span),
                 help=f"name it like one of {listed}, or move it out of the folder")  # fmt: skip


def outside_its_folder(span: Span) -> Diagnostic:
    """A policy file is a link to somewhere outside its version's folder.

    Why it matters
        A version is whole in its folder; what lies elsewhere could change without a trace.
    """
    return error("outside-its-folder", "the file lies outside its version's folder", Label(span),
                 help="copy it into the folder")  # fmt: skip


def double_quoted_condition(span: Span) -> Diagnostic:
    """A condition is written in double quotes.

    Why it matters
        In double quotes a backslash changes the text, and no place in it could be shown truly.

    Avoid
        when: "leaders is good"

    Prefer
        when: leaders is good
    """
    return error("double-quoted-condition", "a condition is written in double quotes", Label(span),
                 help="write it plain, in single quotes, or as a block after `|`")  # fmt: skip


def unknown_scale(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A fact names a scale that the vocabulary does not have.

    Why it matters
        Without its scale a grade has no order.
    """
    return error("unknown-scale", f"no scale is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "declare it under `scales`")  # fmt: skip


def unknown_member(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A group names a fact that the vocabulary does not have.

    Why it matters
        The group would be counted without it, or with a fact that nobody knows.
    """
    return error("unknown-member", f"no fact is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "declare it under `facts`")  # fmt: skip


def unlike_group(group: str, first: str, other: str, span: Span) -> Diagnostic:
    """The members of a group are of different types.

    Why it matters
        One test could not mean the same for all of them.
    """
    return error("unlike-group", f"`{first}` and `{other}` in `{group}` are of different types", Label(span),
                 help="group facts of one type, scale and unit")  # fmt: skip


def twice_in_group(name: str, span: Span, first: Span) -> Diagnostic:
    """A group names the same fact twice.

    Why it matters
        Counted twice it would weigh double.
    """
    return error("twice-in-group", f"`{name}` stands twice in the group", Label(span, "again here"),
                 Label(first, "first here"), help="delete one of the two")  # fmt: skip


def fact_lacks(kind: str, key: str, span: Span) -> Diagnostic:
    """A fact does not say what its type needs: a grade its scale, a list its words.

    Why it matters
        Its values could not be told from misspelt ones.
    """
    return error("fact-lacks", f"a fact of type `{kind}` needs `{key}`", Label(span), help=f"add `{key}`")


def fact_has_needless(kind: str, key: str, span: Span) -> Diagnostic:
    """A fact says something that its type has no use for.

    Why it matters
        It would be ignored, though somebody meant it.
    """
    return error("fact-has-needless", f"`{key}` has no meaning for a fact of type `{kind}`", Label(span),
                 help=f"delete `{key}`, or change the type")  # fmt: skip


def empty_range(span: Span) -> Diagnostic:
    """The lowest value of a range is above its highest.

    Why it matters
        No value lies in it, so the fact could never be known.
    """
    return error("empty-range", "the lowest value of the range is above the highest", Label(span),
                 help="write `range: [lowest, highest]`")  # fmt: skip


def since_no_date(name: str, span: Span, why: str) -> Diagnostic:
    """A fact is derived from something that is not a date.

    Why it matters
        Months can only be counted from a day.
    """
    return error("since-no-date", f"months cannot be counted since `{name}`: {why}", Label(span),
                 help="name a fact of type `date`; the fact itself is a `whole number` with `unit: months`")  # fmt: skip


def same_name(name: str, span: Span, first: Span, what: str) -> Diagnostic:
    """Two things of one vocabulary have the same name.

    Why it matters
        A condition that uses the name could mean either.
    """
    return error("same-name", f"`{name}` is already the name of {what}", Label(span), Label(first, "named here"),
                 help="give one of them another name")  # fmt: skip


def name_is_a_word(name: str, span: Span) -> Diagnostic:
    """A word of the condition language is used as a name.

    Why it matters
        A condition could not tell the name from the word.
    """
    return error("name-is-a-word", f"`{name}` is a word of the condition language", Label(span),
                 help="choose another name")  # fmt: skip


def maps_off_the_scale(word: str, scale: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A mapping from another version's scale leads to a word that this scale does not have.

    Why it matters
        Grades of the other version would be carried over to nothing.
    """
    return error("maps-off-the-scale", f"`{word}` is not on the scale `{scale}`", Label(span),
                 help=did_you_mean(word, known) or f"name words of `{scale}`")  # fmt: skip


def circular(names: Sequence[str], span: Span) -> Diagnostic:
    """Definitions or decisions refer to each other in a circle.

    Why it matters
        None of them could be worked out first.
    """
    chain = " → ".join(f"`{name}`" for name in names)
    return error("circular", f"these refer to each other in a circle: {chain}", Label(span),
                 help="write one of them without the others")  # fmt: skip


def unknown_outcome(name: str, span: Span, known: Iterable[str], declared: Span) -> Diagnostic:
    """A rule, case or invariant names an outcome that the decision does not have.

    Why it matters
        The rule would lead nowhere; the case or invariant would seem to hold or fail for nothing.
    """
    return error("unknown-outcome", f"no outcome is named `{name}`", Label(span), Label(declared, "the outcomes"),
                 help=did_you_mean(name, known) or "declare it under `outcomes`, or name one that is there")  # fmt: skip


def unknown_source(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A statement cites a document that the version does not list.

    Why it matters
        A citation that leads nowhere cannot be checked.
    """
    return error("unknown-source", f"no source is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "list it under `sources` in `framework.yaml`")  # fmt: skip


def duplicate_id(name: str, what: str, span: Span, first: Span) -> Diagnostic:
    """Two statements of one kind have the same id.

    Why it matters
        Ids carry citations, comparisons and edits; each must mean one statement.
    """
    return error("duplicate-id", f"two {what} have the id `{name}`", Label(span, "again here"),
                 Label(first, "first here"), help="give one of them another id")  # fmt: skip


def unknown_in_case(name: str, what: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A case names a fact, decision, rule, proposal or option that does not exist.

    Why it matters
        A case that tests nothing must not count as passed.
    """
    article = "an" if what[0] in "aeiou" else "a"
    return error("unknown-in-case", f"no {what} is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"name {article} {what} of this version")  # fmt: skip


def says_two_things(span: Span) -> Diagnostic:
    """A case expects both one outcome and a set of possible ones, or neither.

    Why it matters
        It would not be clear what was tested.
    """
    return error("says-two-things", "a case expects either `outcome` or `possible`", Label(span),
                 help="keep one of the two; `possible` is for undetermined cases")  # fmt: skip


def needs_a_base(span: Span) -> Diagnostic:
    """A version has proposals but no base they would change.

    Why it matters
        A proposal is an amendment; without its base it says nothing.
    """
    return error("needs-a-base", "proposals need a version they change", Label(span),
                 help="name it as `base` in `framework.yaml`")  # fmt: skip


def unknown_version(
    name: str, span: Span, known: Iterable[str], otherwise: str = "name a folder beside this one"
) -> Diagnostic:
    """A version refers to another that the catalogue does not have.

    Why it matters
        What it replaces or changes could not be compared.
    """
    return error("unknown-version", f"no version is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or otherwise)  # fmt: skip


def base_is_a_draft(name: str, span: Span) -> Diagnostic:
    """A draft is based on another draft.

    Why it matters
        A draft amends a whole text; a chain of amendments could not be read.
    """
    return error("base-is-a-draft", f"the base `{name}` is itself a draft", Label(span),
                 help="base it on a version that is whole")  # fmt: skip


def unknown_option(name: str, span: Span, known: Iterable[str], what: str = "option") -> Diagnostic:
    """A proposal prefers an option that it does not have, or an option requires or excludes one that is not there.

    Why it matters
        The draft alone would mean nothing, or a combination would be allowed that nobody meant.
    """
    return error("unknown-option", f"no {what} is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"name one of {', '.join(known) or 'those that are there'}")  # fmt: skip


def circular_requires(options: Sequence[str], span: Span) -> Diagnostic:
    """Options require each other, or come after each other, in a circle.

    Why it matters
        An option is made after those it requires; in a circle none would come first.
    """
    circle = " needs ".join(f"`{each}`" for each in options)
    return error("circular-requires", circle, Label(span), help="let one of them stand without the other")


def never_admissible(option: str, span: Span) -> Diagnostic:
    """An option can never be chosen: what it requires or excludes leaves no combination that holds it.

    Why it matters
        It would be consulted on, and could not be adopted.
    """
    return error("never-admissible", f"no combination of options holds `{option}`", Label(span),
                 help="loosen what it, or what it needs, requires and excludes")  # fmt: skip


def too_many_options(count: int, most: int, span: Span) -> Diagnostic:
    """The proposals or readings of a version have more options than can be checked with each other.

    Why it matters
        Every option is composed by itself and every two together; with so many that takes longer than anybody waits.
    """
    return error("too-many-options", f"the version has {count:,} options, more than {most}", Label(span),
                 help="divide it into several drafts")  # fmt: skip


def options_entangled(span: Span) -> Diagnostic:
    """So many options exclude or require each other that a combination that holds one of them was not found in time.

    Why it matters
        Whether the option can ever be chosen is not known.
    """
    return error("options-entangled", "too much is excluded and required to find out which options go together", Label(span),
                 help="exclude and require less, or divide the draft")  # fmt: skip


def option_requires(option: str, wanted: str, span: Span) -> Diagnostic:
    """An option is chosen without one that it requires.

    Why it matters
        Its edits are written for a text that is not there.
    """
    return error("option-requires", f"`{option}` requires `{wanted}`, and another is chosen", Label(span),
                 help=f"choose `{wanted}` too, or leave this option")  # fmt: skip


def option_excludes(option: str, other: str, span: Span) -> Diagnostic:
    """Two options are chosen of which one excludes the other.

    Why it matters
        What both together would mean is written nowhere.
    """
    return error("option-excludes", f"`{option}` excludes `{other}`, and both are chosen", Label(span),
                 help="choose another option of one of the two")  # fmt: skip


def edited_twice(address: str, span: Span, first: Span, option: str) -> Diagnostic:
    """Two options of different proposals edit the same thing.

    Why it matters
        One of them would win by the order of the files, in silence.
    """
    return error("edited-twice", f"`{option}` edits the same thing as `{address}` here", Label(span),
                 Label(first, "edited here too"),
                 help="let one option come `after` the other, require it or exclude it")  # fmt: skip


def edit_of_what(span: Span) -> Diagnostic:
    """An edit does not say exactly one thing to do.

    Why it matters
        It must be plain what changes.
    """
    return error("edit-of-what", "an edit says exactly one of `replace` (with `with`), `add_to` (with `entry`), `remove`, `set` (with `to`)",
                 Label(span), help="write one edit for each change, with no other key than `before` or `after` to add")  # fmt: skip


def no_such_address(address: str, step: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """An edit addresses something that the base does not have.

    Why it matters
        The change would not happen, and the option would look like the base.
    """
    return error("no-such-address", f"the base has no `{step}` at `{address}`", Label(span),
                 help=did_you_mean(step, known) or "address it by ids, such as `decisions/<id>/rules/<id>`")  # fmt: skip


def cannot_be_added(address: str, span: Span) -> Diagnostic:
    """An edit adds something to what cannot hold it.

    Why it matters
        The change would not happen, and the option would look like the base.
    """
    return error("cannot-be-added", f"this cannot be added to `{address}`", Label(span),
                 help="add an entry with an `id` to a list, or keys with values to a mapping")  # fmt: skip


def version_is_not_its_folder(version: str, folder: str, span: Span) -> Diagnostic:
    """A version's name differs from that of its folder.

    Why it matters
        Versions are asked for by the folder's name and shown by their own; two names for one thing mislead.
    """
    return error("version-is-not-its-folder", f"the version `{version}` lies in the folder `{folder}`", Label(span),
                 help=f"write `version: \"{folder}\"`, or rename the folder")  # fmt: skip


def governs_the_same_days(version: str, other: str, span: Span) -> Diagnostic:
    """Two versions govern inspections that start on the same days.

    Why it matters
        It would not be clear which of them applies to such an inspection.
    """
    return error("governs-the-same-days", f"`{version}` and `{other}` govern inspections that start on the same days",
                 Label(span), help="end one of them, under `applies_to`, before the other begins")  # fmt: skip


def already_there(name: str, span: Span, first: Span) -> Diagnostic:
    """An edit adds something under an id that the base already has.

    Why it matters
        Two statements would share one id.
    """
    return error("already-there", f"the base already has `{name}` there", Label(span), Label(first, "in the base"),
                 help="replace it, or choose another id")  # fmt: skip


def firmer_than_its_proposal(found: str, proposal: str, span: Span, declared: Span) -> Diagnostic:
    """An edit claims to be surer than the proposal it belongs to.

    Why it matters
        An illustrative option must never look like the inspectorate's own.
    """
    return error("firmer-than-its-proposal", f"`{found}` is surer than the proposal, which is `{proposal}`",
                 Label(span), Label(declared, "the proposal"), help=f"write `confidence: {proposal}`")  # fmt: skip


def unknown_attribute(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A back-test compares an attribute that no outcome has.

    Why it matters
        Nothing would be compared, and the version would seem to be tested.
    """
    return error("unknown-attribute", f"no outcome has an attribute named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "name an attribute of the outcomes")  # fmt: skip


def next_or_between(span: Span) -> Diagnostic:
    """A back-test does not say exactly one thing that an attribute is compared with.

    Why it matters
        It must be plain what would count as agreement.
    """
    return error("next-or-between", "an attribute is compared with either `next` or `between`", Label(span),
                 help="write `next` with a column of the next inspection, or `between` with a table of visits")  # fmt: skip


def no_number_of_visits(attribute: str, span: Span, compared: Span) -> Diagnostic:
    """An attribute that is compared with a number of visits is no whole number.

    Why it matters
        It could never agree with what happened.
    """
    return error("no-number-of-visits", f"`{attribute}` is no whole number", Label(span),
                 Label(compared, "compared with a number of visits"), help="write digits, such as 2")  # fmt: skip


def unknown_in_invariant(name: str, what: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """An invariant names a decision, fact, group, version or option that does not exist.

    Why it matters
        What is proved of nothing would look like a proof.
    """
    article = "an" if what[0] in "aeiou" else "a"
    return error("unknown-in-invariant", f"no {what} is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or f"name {article} {what} that is there")  # fmt: skip


def claims_one_thing(claims: Sequence[str], span: Span) -> Diagnostic:
    """An invariant makes no claim, or more than one.

    Why it matters
        It is proved or refuted as a whole, and it must be plain what of.
    """
    listed = ", ".join(f"`{each}`" for each in claims)
    return error("claims-one-thing", "an invariant makes exactly one claim", Label(span),
                 help=f"write one of {listed}")  # fmt: skip


def refuted_without_reason(span: Span) -> Diagnostic:
    """An invariant is expected to be refuted, and nothing says why that is as it should be.

    Why it matters
        Without a reason nobody can tell a known weakness of the policy from a check that was switched off.
    """
    return error("refuted-without-reason", "an invariant that is expected to be refuted needs a reason", Label(span),
                 help="say under `because` why it fails and why that stands")  # fmt: skip


def claim_needs_order(what: str, span: Span, help: str) -> Diagnostic:
    """An invariant speaks of better and worse where nothing is said to be better.

    Why it matters
        An order that nobody wrote down would be made up.
    """
    return error("claim-needs-order", f"{what} have no order", Label(span), help=help)


def unknown_activity(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """An outcome says that an activity follows which the version does not have.

    Why it matters
        What it takes could not be counted, and the workload would look smaller than it is.
    """
    return error("unknown-activity", f"no activity is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or "declare it in `activities.yaml`")  # fmt: skip


def number_or_bounds(span: Span) -> Diagnostic:
    """An amount gives neither a number nor bounds, or a number and bounds too.

    Why it matters
        It could not be told which of them is meant.
    """
    return error("number-or-bounds", "an amount is a number, or bounds of one", Label(span),
                 help="write `number`, or `at_least` and `at_most`; leave the whole amount out when it is not known")  # fmt: skip


def least_above_most(least: Span, most: Span) -> Diagnostic:
    """The lower bound of an amount is above its upper bound.

    Why it matters
        No number lies between them.
    """
    return error("least-above-most", "`at_least` is above `at_most`", Label(least), Label(most, "below it"),
                 help="exchange the two, or correct one")  # fmt: skip


def negative_amount(span: Span) -> Diagnostic:
    """An amount is below zero.

    Why it matters
        Nobody can come less than not at all; a version that saves work says so with a smaller number.
    """
    return error("negative-amount", "an amount is below zero", Label(span), help="write zero or more")


def part_of_a_visit(span: Span) -> Diagnostic:
    """The number of times that an activity follows is no whole number.

    Why it matters
        A visit takes place or not; a usual number of them is written as bounds.
    """
    return error("part-of-a-visit", "the number of times is no whole number", Label(span),
                 help="write a whole number, or `at_least` and `at_most`")  # fmt: skip


PROBLEMS = (
    missing_file, unknown_file, outside_its_folder, double_quoted_condition, unknown_scale, unknown_member,
    unlike_group, twice_in_group, fact_lacks, fact_has_needless, empty_range, since_no_date, same_name,
    name_is_a_word, maps_off_the_scale, circular, unknown_outcome, unknown_source, duplicate_id, unknown_in_case,
    says_two_things, needs_a_base, unknown_version, base_is_a_draft, unknown_option,
    circular_requires, never_admissible, too_many_options, options_entangled, option_requires, option_excludes, edited_twice, edit_of_what, no_such_address, cannot_be_added,
    already_there, version_is_not_its_folder, governs_the_same_days,
    firmer_than_its_proposal,
    unknown_attribute, next_or_between, no_number_of_visits,
    unknown_in_invariant, claims_one_thing, refuted_without_reason, claim_needs_order,
    unknown_activity, number_or_bounds, least_above_most, negative_amount, part_of_a_visit,
)  # fmt: skip
