"""Parts of a version → the consultation about it, or every problem in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from greenpaper.framework import consultation_problems as problems
from greenpaper.framework.checked import Citation, Confidence, Document
from greenpaper.framework.consultation import (
    Asks,
    Channel,
    Consultation,
    DateSaid,
    Decided,
    Decision,
    Listed,
    Milestone,
    Proposed,
    Question,
    Stage,
    first_out_of_order,
)
from greenpaper.framework.documents import Documents, document_of, documents_of
from greenpaper.framework.parts import Part, Parts
from greenpaper.framework.problems import duplicate_id, unknown_source, unknown_version
from greenpaper.framework.proposals import Proposal
from greenpaper.framework.reading import Reading
from greenpaper.framework.responses import check_responses, read_responses
from greenpaper.framework.written import FrameworkFile
from greenpaper.framework.written_consultation import ConsultationFile, ResponsesFile
from greenpaper.framework.written_proposals import ProposalFile
from greenpaper.framework.written_statements import Citation as WrittenCitation
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import head
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span
from greenpaper.source.written import Written

UNDECIDED = (Stage.ANNOUNCED, Stage.OPEN)
WRITE_IT_OUT = "write it out first with `greenpaper consolidate`, or correct the name"
Proposals = Mapping[str, Proposed]
Consulted = tuple[Consultation | None, tuple[Diagnostic, ...]]
W = TypeVar("W", bound=Written)


def check_consultation(
    parts: Parts, documents: Documents, proposals: Proposals, versions: Collection[str], *, gate: bool = False
) -> Consulted:
    """The consultation that the parts hold, or None: with the problems that prevent it, or without any where they hold
    none.

    `documents` are the sources of the version, `proposals` its proposals, `versions` those beside it. `gate` checks
    both files against their JSON Schemas first.
    """
    asked, wrong = _shaped(ConsultationFile, _part(parts, ConsultationFile.kind), gate)
    answered, also_wrong = _shaped(ResponsesFile, _part(parts, ResponsesFile.kind), gate)
    found = (*wrong, *also_wrong)
    responses = _part(parts, ResponsesFile.kind)
    if responses and not _part(parts, ConsultationFile.kind):
        found = (*found, problems.responses_without_consultation(head(responses.node)))
    if found or asked is None:
        return None, found
    consultation = _Checking(asked, documents, proposals, versions).consultation()
    if answered:
        given = read_responses(answered, documents)
        asked.found.extend(check_responses(given, consultation))
        consultation = replace(consultation, responses=given)
    return (None if asked.found else consultation), tuple(asked.found)


def consultation_in(
    parts: Parts, base: Parts, proposals: Iterable[Proposal], versions: Collection[str], *, gate: bool = False
) -> Consulted:
    """The consultation among the parts of a version, which may cite the documents of its base too.

    Without problems where there is none, or where the framework file cannot be read, whose problems are its own.
    """
    documents: dict[str, Document] = {}
    for each in (base, parts):
        head_file, wrong = _shaped(FrameworkFile, _part(each, FrameworkFile.kind), False)
        if wrong:
            return None, ()
        documents |= documents_of(head_file.written) if head_file else {}
    proposed = {each.id: _proposed(each) for each in proposals if isinstance(each.written, ProposalFile)}
    return check_consultation(parts, documents, proposed, versions, gate=gate)


def _proposed(proposal: Proposal) -> Proposed:
    written = proposal.written
    return Proposed(
        id=proposal.id,
        title=written.title,
        confidence=Confidence(written.confidence),
        preferred=written.preferred,
        options={name: option.title for name, option in proposal.options.items()},
        unchanging=tuple(name for name, option in proposal.options.items() if not option.edits),
    )


def _part(parts: Parts, kind: str) -> Part | None:
    return next((part for part in parts if part.kind == kind), None)


def _shaped(shape: type[W], part: Part | None, gate: bool) -> tuple[Reading[W] | None, tuple[Diagnostic, ...]]:
    if part is None:
        return None, ()
    written, found = read_shape(shape, part.node, gate=gate)
    return (Reading(written, part.node) if written else None), found


@dataclass(frozen=True, slots=True)
class _Checking:
    """One consultation being checked; problems are collected by `reading`."""

    reading: Reading[ConsultationFile]
    documents: Documents
    proposals: Proposals
    versions: Collection[str]

    def consultation(self) -> Consultation:
        """The consultation without its responses."""
        written = self.reading.written
        return Consultation(
            title=written.title,
            publisher=written.publisher,
            stage=Stage(written.status),
            confidence=Confidence(written.confidence),
            dates=self._dates(),
            citation=self._citation(written.source, "source"),
            note=written.note,
            documents=tuple(self._listed()),
            channels={name: Channel(name, each.title, each.note) for name, each in written.channels.items()},
            questions=dict(self._questions()),
            decisions=self._decisions(),
            proposals=self.proposals,
            sources=self.documents,
            span=self.reading.value("status"),
        )

    def _name(self, name: str, what: str, known: Collection[str], *path: str | int) -> None:
        if name not in known:
            span = self.reading.value(*path)
            self.reading.found.append(problems.unknown_in_consultation(name, what, span, known))

    def _citation(self, written: WrittenCitation | None, *path: str | int) -> Citation | None:
        return self._cited(written, *path) if written else None

    def _cited(self, written: WrittenCitation, *path: str | int) -> Citation:
        self._check_source(written.document, *path, "document")
        return Citation(document_of(written.document, self.documents), written.says, written.note)

    def _check_source(self, name: str, *path: str | int) -> None:
        if name not in self.documents:
            self.reading.found.append(unknown_source(name, self.reading.value(*path), self.documents))

    def _listed(self) -> Iterator[Listed]:
        for number, each in enumerate(self.reading.written.documents):
            self._check_source(each.document, "documents", number, "document")
            yield Listed(document_of(each.document, self.documents), each.role, each.note)

    # Dates

    def _dates(self) -> Mapping[Milestone, tuple[DateSaid, ...]]:
        dates = {milestone: tuple(self._said(milestone)) for milestone in Milestone}
        wrong = first_out_of_order(dates)
        if wrong:
            later, earlier = wrong
            span, first = (self.reading.value("dates", each, 0, "on") for each in wrong)
            self.reading.found.append(problems.out_of_order(later, earlier, span, first))
        if Stage(self.reading.written.status) is Stage.OPEN and not dates[Milestone.OPENS]:
            self.reading.found.append(problems.open_since_when(self.reading.value("status")))
        return dates

    def _said(self, milestone: Milestone) -> Iterator[DateSaid]:
        written = self.reading.written.dates
        for number, each in enumerate(getattr(written, milestone) if written else ()):
            path = ("dates", str(milestone), number)
            citation = self._cited(each.source, *path, "source")
            yield DateSaid(each.on, citation, Confidence(each.confidence), each.note, self.reading.value(*path, "on"))

    # Questions

    def _questions(self) -> Iterator[tuple[str, Question]]:
        first: dict[str, Span] = {}
        for number, each in enumerate(self.reading.written.questions):
            span = self.reading.value("questions", number, "id")
            if each.id in first:
                self.reading.found.append(duplicate_id(each.id, "questions", span, first[each.id]))
            first.setdefault(each.id, span)
            for place, proposal in enumerate(each.proposals):
                self._name(proposal, "proposal", self.proposals, "questions", number, "proposals", place)
            yield (
                each.id,
                Question(
                    id=each.id,
                    title=each.title,
                    asks=Asks(each.asks),
                    confidence=Confidence(each.confidence),
                    proposals=each.proposals,
                    quoted=each.quoted,
                    citation=self._citation(each.source, "questions", number, "source"),
                    note=each.note,
                ),
            )

    # Decisions

    def _decisions(self) -> Mapping[str, Decision]:
        decisions: dict[str, Decision] = {}
        for decision in self._each_decision():
            assert decision.span
            first = decisions.get(decision.proposal)
            if first and first.span:
                self.reading.found.append(problems.decided_twice(decision.proposal, decision.span, first.span))
            decisions.setdefault(decision.proposal, decision)
        self.reading.found.extend(self._too_early_or_missing(tuple(decisions.values())))
        return decisions

    def _each_decision(self) -> Iterator[Decision]:
        for number, each in enumerate(self.reading.written.decisions):
            path = ("decisions", number)
            decision = Decision(
                proposal=each.proposal,
                decided=Decided(each.decision),
                confidence=Confidence(each.confidence),
                citation=self._cited(each.source, *path, "source"),
                option=each.option,
                because=each.because,
                resulting=each.resulting_version,
                span=self.reading.value(*path, "proposal"),
            )
            self._check_decision(decision, number)
            yield decision

    def _check_decision(self, decision: Decision, number: int) -> None:
        self._name(decision.proposal, "proposal", self.proposals, "decisions", number, "proposal")
        proposal = self.proposals.get(decision.proposal)
        if decision.option and proposal:
            self._name(decision.option, "option", proposal.options, "decisions", number, "option")
        if decision.decided is Decided.ADOPTED and not decision.option:
            span = self.reading.value("decisions", number, "decision")
            self.reading.found.append(problems.adopted_without_option(decision.proposal, span))
        if decision.resulting and decision.resulting not in self.versions:
            span = self.reading.value("decisions", number, "resulting_version")
            self.reading.found.append(unknown_version(decision.resulting, span, (), WRITE_IT_OUT))

    def _too_early_or_missing(self, decisions: Sequence[Decision]) -> Iterator[Diagnostic]:
        stage, declared = Stage(self.reading.written.status), self.reading.value("status")
        if stage in UNDECIDED:
            for each in decisions[:1]:
                assert each.span
                yield problems.decided_too_early(stage, each.span, declared)
        if stage is Stage.OUTCOME:
            decided = {each.proposal for each in decisions}
            yield from (problems.not_decided(name, declared) for name in self.proposals if name not in decided)
