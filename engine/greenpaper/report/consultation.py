"""A consultation as a page: its dates with every source, what was asked, answered and decided."""

from collections.abc import Iterator, Sequence

from greenpaper.framework.checked import Confidence, Document
from greenpaper.framework.consultation import (
    Consultation,
    DateSaid,
    Decision,
    Milestone,
    Proposed,
    Question,
    Response,
    Stage,
    days_between,
)
from greenpaper.report import words
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph, Table, View

NOT_KNOWN = "not known"
STAGES = {
    Stage.ANNOUNCED: "announced, and not known to have opened",
    Stage.OPEN: "open",
    Stage.ANALYSING: "closed, and the answers are being analysed",
    Stage.OUTCOME: "closed, with an outcome",
    Stage.WITHDRAWN: "withdrawn",
}
MILESTONES = {
    Milestone.ANNOUNCED: "Announced",
    Milestone.OPENS: "Opens",
    Milestone.CLOSES: "Closes",
    Milestone.OUTCOME: "Outcome",
    Milestone.IN_FORCE: "In force",
}
COLUMNS = ("Channel", "Answer", "Count", "Share", "Confidence", "Source")
NUMBERS = frozenset({2, 3})


def consultation_view(version: str, consultation: Consultation, came_of_it: Sequence[str] = ()) -> View:
    """The consultation about a version; `came_of_it` are sentences about what was decided and what it became."""
    return View(consultation.title, tuple(_page(version, consultation, came_of_it)))


def _page(version: str, consultation: Consultation, came_of_it: Sequence[str]) -> Iterator[Block]:
    about = [("About the version", version), ("Published by", consultation.publisher)]
    yield Pairs((*about, ("Status", f"{STAGES[consultation.stage]} ({consultation.confidence})")))
    if consultation.note:
        yield Paragraph(in_one_line(consultation.note))
    yield Heading("Dates")
    yield Pairs((*_dates(consultation), *_lengths(consultation)))
    yield Heading("Documents")
    yield Bullets(
        tuple(_document(each.document, each.role, each.note) for each in consultation.documents) or ("None.",)
    )
    yield Heading("Proposals")
    for proposal in consultation.proposals.values():
        yield from _proposal(proposal, consultation)
    if not consultation.proposals:
        yield Paragraph("None is written down.")
    yield from _other_questions(consultation)
    yield Heading("Responses")
    yield from _channels(consultation)
    if came_of_it:
        yield Heading("What came of it")
        yield from map(Paragraph, came_of_it)


def in_one_line(text: str) -> str:
    """A text as it stands in a paragraph."""
    return " ".join(text.split())


# Dates and documents


def _dates(consultation: Consultation) -> Iterator[tuple[str, str]]:
    for milestone, name in MILESTONES.items():
        yield name, _or(consultation.dates[milestone], consultation)


def _or(dates: Sequence[DateSaid], consultation: Consultation) -> str:
    """Every date that is said, with who says it."""
    return " or ".join(_said(each, consultation) for each in dates) or NOT_KNOWN


def _said(said: DateSaid, consultation: Consultation) -> str:
    note = f"; {in_one_line(said.note).rstrip('.')}" if said.note else ""
    return f"{words.published(said.on)} ({_source(said.citation.document, consultation)}; {said.confidence}{note})"


def _source(document: Document, consultation: Consultation) -> str:
    """What the document is to the consultation, or its title."""
    return next((each.role for each in consultation.documents if each.document.id == document.id), document.title)


def _lengths(consultation: Consultation) -> Iterator[tuple[str, str]]:
    dates = consultation.dates
    yield "Open for", in_weeks(days_between(dates[Milestone.OPENS], dates[Milestone.CLOSES]))
    yield "From close to outcome", in_weeks(days_between(dates[Milestone.CLOSES], dates[Milestone.OUTCOME]))


def in_weeks(days: tuple[int, int] | None) -> str:
    """A number of days in weeks and days; both ends where the dates that are said differ."""
    if days is None:
        return NOT_KNOWN
    least, most = days
    return _weeks(least) if least == most else f"{_weeks(least)} to {_weeks(most)}"


def _weeks(days: int) -> str:
    parts = [_several(days // 7, "week"), _several(days % 7, "day")]
    return words.listed([each for each in parts if each]) or "0 days"


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""


def _document(document: Document, role: str, note: str) -> str:
    when = f", {words.published(document.published)}" if document.published else ""
    url = f", {document.url}" if document.url else ""
    more = f". {in_one_line(note)}" if note else ""
    return f"{role}: {document.publisher}, {document.title}{when}{url}{more}"


# Proposals


def titled(title: str, confidence: Confidence) -> str:
    """A title with how sure it is, unless it says so itself."""
    return title if f"({confidence})" in title else f"{title} ({confidence})"


def _proposal(proposal: Proposed, consultation: Consultation) -> Iterator[Block]:
    yield Heading(titled(proposal.title, proposal.confidence), 3)
    yield Paragraph("Options")
    yield Bullets(tuple(_option(proposal, name) for name in proposal.options))
    asked = [each for each in consultation.questions.values() if proposal.id in each.proposals]
    for question in asked:
        yield from _question(question, consultation)
    if not asked:
        yield Paragraph("No question about it is known.")
    decision = consultation.decisions.get(proposal.id)
    yield Paragraph(_decision(decision, proposal) if decision else "No decision on it is known.")


def _option(proposal: Proposed, name: str) -> str:
    preferred = ", preferred" if name == proposal.preferred else ""
    return f"{name}: {titled(proposal.options[name], proposal.confidence)}{preferred}"


def _decision(decision: Decision, proposal: Proposed) -> str:
    option = f": {titled(proposal.options[decision.option], proposal.confidence)}" if decision.option else ""
    reason = in_one_line(decision.because).rstrip(".")
    because = f"Because: {reason}." if reason else "The reason is not known."
    source = in_one_line(words.citation(decision.citation))
    version = f" Resulting version: {decision.resulting}." if decision.resulting else ""
    head = f"Decision ({decision.confidence}): {decision.decided}{option}."
    return f"{head} {because}{version} Source: {source}"


def _other_questions(consultation: Consultation) -> Iterator[Block]:
    others = [each for each in consultation.questions.values() if not each.proposals]
    if others:
        yield Heading("Questions about no one proposal")
        for question in others:
            yield from _question(question, consultation)


def _question(question: Question, consultation: Consultation) -> Iterator[Block]:
    spelled = f"“{question.title}”" if question.quoted else f"{question.title} (in our words)"
    said = f". {in_one_line(question.citation.note)}" if question.citation and question.citation.note else ""
    yield Paragraph(f"Question {question.id}, {question.asks} ({question.confidence}): {spelled}{said}")
    answers = [each for each in consultation.responses if each.question == question.id]
    if answers:
        yield Table("Answers", COLUMNS, tuple(_row(each, consultation) for each in answers), NUMBERS)
    else:
        yield Paragraph("No answers to it are known.")


# Responses


def _row(response: Response, consultation: Consultation) -> tuple[str, ...]:
    channel = consultation.channels.get(response.channel)
    note = f". {in_one_line(response.note)}" if response.note else ""
    return (
        channel.title if channel else "not said",
        response.answer or "all who answered",
        "" if response.count is None else f"{response.count}",
        "" if response.share is None else f"{response.share:f} %",
        str(response.confidence),
        f"{_source(response.citation.document, consultation)}{note}",
    )


def _channels(consultation: Consultation) -> Iterator[Block]:
    """How many answered through each channel; a channel of which that is not known says so."""
    said = [each for each in consultation.responses if not each.question]
    silent = [each for each in consultation.channels.values() if each.id not in {one.channel for one in said}]
    rows = [_row(each, consultation) for each in said]
    rows += [(each.title, "all who answered", NOT_KNOWN, "", "", "") for each in silent]
    if rows:
        yield Table("By channel", COLUMNS, tuple(rows), NUMBERS)
    else:
        yield Paragraph("None is known.")
