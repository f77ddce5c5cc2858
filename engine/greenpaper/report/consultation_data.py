"""A consultation as plain data: every date, document, question, response and decision, and what came of it."""

from typing import Any

from greenpaper.framework.checked import Citation
from greenpaper.framework.consultation import (
    Consultation,
    DateSaid,
    Decision,
    Milestone,
    Proposed,
    Question,
    Response,
    days_between,
)


def consultation_data(
    version: str, consultation: Consultation, came_of_it: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The consultation about a version, with the data of what came of it; null is not known."""
    dates = consultation.dates
    return {
        "version": version,
        "title": consultation.title,
        "publisher": consultation.publisher,
        "status": str(consultation.stage),
        "confidence": str(consultation.confidence),
        "source": _cited(consultation.citation),
        "note": consultation.note or None,
        "dates": {str(each): [_date(said) for said in dates[each]] for each in Milestone},
        "days_open": _days(days_between(dates[Milestone.OPENS], dates[Milestone.CLOSES])),
        "days_to_outcome": _days(days_between(dates[Milestone.CLOSES], dates[Milestone.OUTCOME])),
        "documents": [
            {"id": each.document.id, "title": each.document.title, "role": each.role, "url": each.document.url or None}
            for each in consultation.documents
        ],
        "proposals": [_proposal(each) for each in consultation.proposals.values()],
        "channels": {name: each.title for name, each in consultation.channels.items()},
        "questions": [_question(each) for each in consultation.questions.values()],
        "responses": [_response(each) for each in consultation.responses],
        "decisions": [_decision(each) for each in consultation.decisions.values()],
        "outcome": came_of_it,
    }


def _cited(citation: Citation | None) -> dict[str, Any] | None:
    if citation is None:
        return None
    return {"document": citation.document.id, "says": citation.says or None, "note": citation.note or None}


def _date(said: DateSaid) -> dict[str, Any]:
    return {
        "on": said.on,
        "confidence": str(said.confidence),
        "source": _cited(said.citation),
        "note": said.note or None,
    }


def _days(days: tuple[int, int] | None) -> dict[str, int] | None:
    return {"least": days[0], "most": days[1]} if days else None


def _proposal(proposal: Proposed) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "title": proposal.title,
        "confidence": str(proposal.confidence),
        "preferred": proposal.preferred,
        "options": dict(proposal.options),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "title": question.title,
        "quoted": question.quoted,
        "asks": str(question.asks),
        "proposals": list(question.proposals),
        "confidence": str(question.confidence),
        "source": _cited(question.citation),
        "note": question.note or None,
    }


def _response(response: Response) -> dict[str, Any]:
    return {
        "channel": response.channel or None,
        "question": response.question or None,
        "answer": response.answer or None,
        "count": response.count,
        "share": None if response.share is None else float(response.share),
        "confidence": str(response.confidence),
        "source": _cited(response.citation),
        "note": response.note or None,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "proposal": decision.proposal,
        "decision": str(decision.decided),
        "option": decision.option or None,
        "because": decision.because or None,
        "resulting_version": decision.resulting or None,
        "confidence": str(decision.confidence),
        "source": _cited(decision.citation),
    }
