"""A whole version as plain data: every statement with its confidence, its source, and its sentence in plain English."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from greenpaper.framework.checked import (
    Activity,
    Amount,
    Citation,
    Confidence,
    Constraint,
    Criterion,
    Deadline,
    Decision,
    Outcome,
    Rule,
    Titled,
)
from greenpaper.framework.proposals import Proposal
from greenpaper.report.data import version_data
from greenpaper.report.framework_contents import deadline_sentence
from greenpaper.report.framework_rules import constraint_sentence, open_sentence, rule_sentence
from greenpaper.report.framework_words import Whole
from greenpaper.report.plain_english import in_plain_english


def framework_data(whole: Whole, only: Collection[str] = ()) -> dict[str, Any]:
    """The version, or `only` some chapters of it; null is not known or not said."""
    framework = whole.framework
    head = {
        "version": version_data(framework),
        "governs": _days(framework.starts, framework.ends),
        "assumed_for": [
            _days(each.starts, each.ends) | {"because": each.because, "source": cited(each.citation)}
            for each in framework.assumed_for
        ],
        "replaces": framework.replaces or None,
        "base": framework.base or None,
        "confidence": _sure(framework.confidence),
        "note": framework.note or None,
    }
    return head | {name: chapter(whole) for name, chapter in CHAPTERS.items() if not only or name in only}


def _days(first: object, last: object) -> dict[str, Any]:
    return {"from": str(first) if first else None, "until": str(last) if last else None}


def _sure(confidence: Confidence | None) -> str | None:
    return str(confidence) if confidence else None


def cited(citation: Citation | None) -> dict[str, Any] | None:
    """A citation by the label of its document; null where there is none."""
    if citation is None:
        return None
    return {
        "document": citation.document.id,
        "sentences": list(citation.sentences),
        "says": citation.says or None,
        "note": citation.note or None,
    }


def _said(confidence: Confidence | None, citation: Citation | None, note: str) -> dict[str, Any]:
    return {"confidence": _sure(confidence), "source": cited(citation), "note": note or None}


def _titled(given: Titled | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {"id": given.id, "title": given.title} | _said(given.confidence, given.citation, given.note)


def _judgements(whole: Whole) -> dict[str, Any]:
    names, notes = whole.framework.vocabulary, whole.framework.fact_notes
    return {
        "scales": {
            each.id: {
                "ordered": each.ordered,
                "words": {word: whole.framework.word_titles.get(word, word) for word in each.words},
            }
            for each in whole.framework.scales.values()
        },
        "facts": [
            {
                "id": fact.id,
                "title": fact.title,
                "also_titled": list(notes[fact.id].also_titled),
                "split_from": notes[fact.id].split_from or None,
                "assigned_by": notes[fact.id].assigned_by or None,
            }
            | _said(notes[fact.id].confidence, notes[fact.id].citation, notes[fact.id].note)
            for fact in names.facts.values()
        ],
        "groups": {each.id: {"title": each.title, "members": list(each.members)} for each in names.groups.values()},
        "definitions": {
            each.id: {"when": each.words, "sentence": in_plain_english(each.words, whole.titles)}
            for each in names.definitions.values()
        },
    }


def _criteria(whole: Whole) -> list[dict[str, Any]]:
    return [_criterion(each) for each in whole.framework.criteria.values()]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "judgement": criterion.judgement,
        "title": criterion.title,
        "topics": [_titled(each) for each in criterion.topics],
        "themes": {name: str(each) for name, each in criterion.themes.items()},
        "refers_to": {name: str(each) for name, each in criterion.refers_to.items()},
    } | _said(criterion.confidence, criterion.citation, criterion.note)


def _constraints(whole: Whole) -> list[dict[str, Any]]:
    return [_constraint(each, whole) for each in whole.framework.constraints]


def _constraint(constraint: Constraint, whole: Whole) -> dict[str, Any]:
    return {
        "id": constraint.id,
        "sentence": constraint_sentence(constraint, whole),
        "condition": constraint.condition.words,
        "force": str(constraint.force),
    } | _said(constraint.confidence, constraint.citation, constraint.note)


def _decisions(whole: Whole) -> list[dict[str, Any]]:
    return [_decision(each, whole) for each in whole.framework.decisions.values()]


def _decision(decision: Decision, whole: Whole) -> dict[str, Any]:
    coverage = (whole.coverage or {}).get(decision.id)
    order = decision.precedence
    return {
        "id": decision.id,
        "question": decision.question,
        "resolve": str(decision.resolve),
        "precedence": {"confidence": str(order.confidence), "note": order.note} if order else None,
        "rules": [_rule(each, whole) for each in decision.rules],
        "left_open": [
            {"sentence": open_sentence(each, whole), "when": each.when.words} | _said(each.confidence, None, each.note)
            for each in decision.left_open
        ],
        "situations": coverage.situations if coverage else None,
        "without_rule": coverage.without_rule if coverage else None,
        "overlaps": [
            {"rules": [each.first.id, each.second.id], "situations": each.situations} for each in coverage.overlaps
        ]
        if coverage
        else None,
        "outcomes": [_outcome(each) for each in decision.outcomes.values()],
    }


def _rule(rule: Rule, whole: Whole) -> dict[str, Any]:
    return {
        "id": rule.id,
        "sentence": rule_sentence(rule, whole),
        "when": rule.when.words,
        "then": rule.outcome.id,
        "modality": str(rule.modality),
    } | _said(rule.confidence, rule.citation, rule.note)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    activities = outcome.activities
    return {
        "id": outcome.id,
        "title": outcome.title,
        "attributes": dict(outcome.attributes),
        "activities": None if activities is None else {name: _amount(each) for name, each in activities.items()},
    }


def _amount(given: Amount | None) -> dict[str, Any] | None:
    if given is None:
        return None
    most = None if given.most is None else float(given.most)
    return {"at_least": float(given.least), "at_most": most} | _said(given.confidence, given.citation, given.note)


def _choices(whole: Whole) -> list[dict[str, Any]]:
    taken = {each.proposal: each.option for each in whole.framework.choices}
    return [_proposal(each, taken.get(each.id)) for each in whole.proposals]


def _proposal(proposal: Proposal, taken: str | None) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "title": proposal.written.title,
        "confidence": str(proposal.written.confidence),
        "note": proposal.written.note or None,
        "preferred": proposal.written.preferred,
        "taken": taken,
        "options": {name: each.title for name, each in proposal.options.items()},
    }


def _activities(whole: Whole) -> list[dict[str, Any]]:
    return [_activity(each) for each in whole.framework.activities.values()]


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "title": activity.title,
        "occurs": _titled(activity.occurs),
        "inspectors": _amount(activity.inspectors),
        "days_on_site": _amount(activity.days_on_site),
        "notice": _titled(activity.notice),
        "products": [_titled(each) for each in activity.products],
        "topics": [_titled(each) for each in activity.topics],
        "note": activity.note or None,
    }


def _deadlines(whole: Whole) -> dict[str, Any]:
    events = whole.framework.events.values()
    return {
        "deadlines": [_deadline(each, whole) for each in whole.framework.deadlines.values()],
        "events": [
            {
                "id": each.id,
                "title": each.title,
                "of": each.of,
                "recorded_as": str(each.recorded_as) if each.recorded_as else None,
                "assumed_from": each.assumed_from or None,
                "note": each.note or None,
            }
            for each in events
        ],
    }


def _deadline(deadline: Deadline, whole: Whole) -> dict[str, Any]:
    return {
        "id": deadline.id,
        "title": deadline.title,
        "sentence": deadline_sentence(deadline, whole.framework),
        "by": deadline.by,
        "after": deadline.after,
        "at_least": deadline.least,
        "at_most": deadline.most,
        "unit": str(deadline.unit),
        "calendar": deadline.calendar or None,
        "only_where": dict(deadline.only_where),
        "met_by": deadline.met_by or None,
        "modality": str(deadline.modality),
    } | _said(deadline.confidence, deadline.citation, deadline.note)


def _themes(whole: Whole) -> dict[str, Any]:
    framework = whole.framework
    return {
        "themes": [_titled(each) for each in framework.themes.values()],
        "references": [_titled(each) for each in framework.references.values()],
    }


def _questions(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "question": each.question,
            "about": list(each.about),
            "treated": each.treated,
            "note": each.note or None,
        }
        for each in whole.framework.open_questions.values()
    ]


def _sources(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "publisher": each.publisher,
            "published": each.published or None,
            "url": each.url or None,
        }
        for each in whole.framework.documents.values()
    ]


CHAPTERS: Mapping[str, Callable[[Whole], Any]] = MappingProxyType(
    {
        "judgements": _judgements,
        "criteria": _criteria,
        "constraints": _constraints,
        "rules": _decisions,
        "choices": _choices,
        "activities": _activities,
        "deadlines": _deadlines,
        "themes": _themes,
        "questions": _questions,
        "sources": _sources,
    }
)
"""The chapters by the names that they have on the page."""
