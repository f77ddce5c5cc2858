"""What a version demands, on its page: how grades are bound together, its rules in order, and what is left open."""

from collections.abc import Iterator

from greenpaper.analysis.counting import in_words
from greenpaper.analysis.coverage import Coverage
from greenpaper.framework.checked import Constraint, Decision, Force, LeftOpen, Modality, Outcome, Resolve, Rule
from greenpaper.framework.proposals import Proposal
from greenpaper.framework.written_proposals import ReadingFile
from greenpaper.report import words
from greenpaper.report.framework_words import (
    Whole,
    amount,
    cell,
    in_one_line,
    marked,
    statement,
    sure,
    with_confidence,
)
from greenpaper.report.plain_english import in_plain_english, sentence
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph

ORDERS = {
    Resolve.FIRST: "Where several of these rules apply, the one that stands first decides.",
    Resolve.AGREE: "Where several of these rules apply, they must say the same; otherwise nothing is decided.",
    Resolve.ONLY_ONE: "Only one of these rules may apply; where several do, nothing is decided.",
    Resolve.EVERY: "Where several of these rules apply, what each of them says follows.",
}
FOLLOWS = {Modality.WILL: "what follows", Modality.USUALLY: "what usually follows", Modality.MAY: "what may follow"}

# How grades are bound together


def constraints(whole: Whole) -> Iterator[Block]:
    """Which values cannot stand beside each other, and which are unusual."""
    yield Heading("What can be given together")
    if not whole.framework.constraints:
        yield Paragraph("Every set of values can occur: nothing binds them to each other.")
    for each in whole.framework.constraints:
        yield Heading(marked(each.id, each.confidence), 3)
        yield Paragraph(constraint_sentence(each, whole))
        yield Pairs((*statement(each.confidence, each.citation, each.note), ("In the files", each.condition.words)))


def constraint_sentence(constraint: Constraint, whole: Whole) -> str:
    """What is demanded, and where."""
    demanded = constraint.condition.words
    usual = "usually, " if constraint.force is Force.USUAL else ""
    if constraint.where is None:
        return sentence([f"{usual}{in_plain_english(demanded, whole.titles)}"])
    where = constraint.where.words
    demanded = demanded.removeprefix(f"where {where}: ")
    clauses = (in_plain_english(each, whole.titles) for each in (where, demanded))
    return sentence([f"{usual}where {', '.join(clauses)}"])


# Rules


def decisions(whole: Whole) -> Iterator[Block]:
    """Each question with its rules, and with what is left open."""
    for decision in whole.framework.decisions.values():
        yield Heading(decision.question)
        yield Paragraph(ORDERS[decision.resolve])
        if decision.precedence:
            note = in_one_line(decision.precedence.note)
            yield Paragraph(f"On the order ({sure(decision.precedence.confidence)}): {note}")
        for place, rule in enumerate(decision.rules, 1):
            name = f"{place}. {rule.id}" if decision.resolve is Resolve.FIRST else rule.id
            yield Heading(marked(name, rule.confidence), 3)
            yield Paragraph(rule_sentence(rule, whole))
            yield Pairs(tuple(_rule(rule)))
        coverage = (whole.coverage or {}).get(decision.id)
        yield from _meetings(decision, coverage, whole)
        yield from _left_open(decision, coverage, whole)
        yield from _outcomes(decision, whole)


def rule_sentence(rule: Rule, whole: Whole) -> str:
    """Where a rule applies, and what follows then."""
    where = in_plain_english(rule.when.words, whole.titles)
    return sentence([f"where {where}, {FOLLOWS[rule.modality]} is: {words.going_on(rule.outcome.title)}"])


def _rule(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from statement(rule.confidence, rule.citation, rule.note, rule.modality)
    yield "In the files", f"{rule.id}: when {rule.when.words}, then {rule.outcome.id}"


def _meetings(decision: Decision, coverage: Coverage | None, whole: Whole) -> Iterator[Block]:
    """Which rules apply together, and in how many situations."""
    if coverage and coverage.overlaps:
        yield Heading("Where two rules apply", 3)
        yield Bullets(
            tuple(
                f"{each.first.id} and {each.second.id} both apply in "
                f"{in_words(whole.framework, coverage.facts, each.situations)}"
                f"{f': {each.first.id} decides' if decision.resolve is Resolve.FIRST else ''}."
                for each in coverage.overlaps
            )
        )


def _left_open(decision: Decision, coverage: Coverage | None, whole: Whole) -> Iterator[Block]:
    yield Heading("What is left open", 3)
    yield Paragraph(_uncovered(coverage, whole))
    for entry in decision.left_open:
        yield Paragraph(open_sentence(entry, whole))
        yield Pairs((*statement(entry.confidence, None, entry.note), ("In the files", entry.when.words)))


def open_sentence(entry: LeftOpen, whole: Whole) -> str:
    """Where no rule says what follows."""
    return sentence([f"where {in_plain_english(entry.when.words, whole.titles)}, no rule says what follows"])


def _uncovered(coverage: Coverage | None, whole: Whole) -> str:
    if coverage is None:
        return "In how many situations no rule applies has not been counted: there are too many."
    every = in_words(whole.framework, coverage.facts, coverage.situations)
    if not coverage.without_rule:
        return f"Nothing: in each of {every} a rule applies."
    known = "" if not coverage.undeclared else f"; of {coverage.undeclared:,} of them nothing says that they are open"
    return f"In {coverage.without_rule:,} of {every} no rule applies{known}."


def _outcomes(decision: Decision, whole: Whole) -> Iterator[Block]:
    yield Heading("What can follow", 3)
    if decision.ordered:
        yield Paragraph("From best to worst:")
    for each in decision.outcomes.values():
        yield Heading(each.title, 4)
        yield Pairs(tuple(_outcome(each, whole)) or (("In the files", each.id),))


def _outcome(outcome: Outcome, whole: Whole) -> Iterator[tuple[str, str]]:
    """What is said of an outcome, and how many of each activity it brings."""
    for name, each in outcome.attributes.items():
        yield sentence([words.fact(name)]).rstrip("."), cell(each)
    for name, given in (outcome.activities or {}).items():
        activity = whole.framework.activities.get(name)
        yield f"Brings: {words.going_on(activity.title if activity else words.fact(name))}", amount(given)


# What can be chosen


def choices(whole: Whole) -> Iterator[Block]:
    """Readings of published words, or proposals, with their options."""
    if not whole.proposals:
        return
    readings = isinstance(whole.proposals[0].written, ReadingFile)
    yield Heading("What can be read in several ways" if readings else "What is proposed")
    taken = {each.proposal: each.option for each in whole.framework.choices}
    for proposal in whole.proposals:
        yield Heading(with_confidence(proposal.written.title, proposal.written.confidence), 3)
        if proposal.written.note:
            yield Paragraph(in_one_line(proposal.written.note))
        yield Bullets(tuple(_option(proposal, name, taken.get(proposal.id, "")) for name in proposal.options))


def _option(proposal: Proposal, name: str, taken: str) -> str:
    said = ["taken on this page"] * (name == taken) + ["preferred"] * (name == proposal.written.preferred)
    title = with_confidence(proposal.options[name].title, proposal.written.confidence)
    return f"{title}: {'; '.join([f'{proposal.id}={name}', *said])}"
