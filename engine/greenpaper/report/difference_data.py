"""What two versions do, as plain data: every transition with its regions, witnesses and edits; null for no rule."""

from typing import Any

from greenpaper.comparison.behaviour import Behaviour, Behaviours
from greenpaper.comparison.blame import Blame
from greenpaper.comparison.bounded import Bounds
from greenpaper.comparison.difference import Became
from greenpaper.comparison.edits import Edit
from greenpaper.comparison.transitions import Place, Transition
from greenpaper.report.answers import answer_data, plain
from greenpaper.report.difference import edit_name


def behaviour_data(found: Behaviours) -> dict[str, Any]:
    """Decision → its transitions; a decision that cannot be compared has the reason instead."""
    decisions: dict[str, Any] = {each.decision: _decision(each, found) for each in found.decisions}
    decisions |= {each.decision: _bounded(each) for each in found.bounded}
    return decisions | {name: {"not_comparable": reason} for name, reason in found.not_comparable.items()}


def _bounded(bounds: Bounds) -> dict[str, Any]:
    """What is proved where the whole difference is too large: no transitions, but ends between which the count lies."""
    exact = bounds.least == bounds.most
    return {
        "situations": bounds.situations,
        "changed": bounds.least if exact else None,
        "changed_between": [bounds.least, bounds.most],
        "transitions": None,
        "witness": {fact: plain(value) for fact, value in bounds.witness.items()} if bounds.witness else None,
    }


def _decision(behaviour: Behaviour, found: Behaviours) -> dict[str, Any]:
    limits, responsible = behaviour.limits, behaviour.responsible
    return {
        "facts": list(behaviour.facts),
        "situations": behaviour.situations,
        "changed": behaviour.changed,
        "possibly_changed": behaviour.possible,
        "transitions": [_transition(each, behaviour, found) for each in behaviour.transitions],
        "edits_without_effect": [_edit(each, found) for each in responsible.without_effect],
        "constraints_without_effect": list(limits.without_effect) if limits else [],
        "admitted": {"of": limits.all, "before": limits.before, "after": limits.after} if limits else None,
        "blame_not_determined": responsible.undetermined or None,
        "outside_intent": None
        if behaviour.spill is None
        else [
            _became(each.became)
            | {"situations": each.situations, "regions": _regions(each.places), "beyond": each.beyond}
            for each in behaviour.spill
        ],
    }


def _transition(transition: Transition, behaviour: Behaviour, found: Behaviours) -> dict[str, Any]:
    blame = behaviour.blames.get(transition.became)
    return _became(transition.became) | {
        "movement": str(transition.became.movement),
        "situations": transition.situations,
        "regions": _regions(transition.places),
        "beyond_regions": transition.beyond,
        "witness": {fact: plain(value) for fact, value in transition.witness.items()},
        "because": _blame(blame, found) if blame else None,
    }


def _became(became: Became) -> dict[str, Any]:
    """What an answer becomes: one answer, or under `possible` several where mapped grades leave several."""
    after = [answer_data(each) for each in became.after]
    several = {"to": None, "possible": after} if len(after) > 1 else {"to": after[0]}
    return {"from": answer_data(became.before)} | several


def _regions(places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [
        {
            "where": place.region.words,
            "situations": place.region.situations,
            "further": place.region.further,
            "overlaps": place.region.shares,
            "follows": list(place.region.follows),
            "witness": {fact: plain(value) for fact, value in place.witness.items()},
        }
        for place in places
    ]


def _blame(blame: Blame, found: Behaviours) -> dict[str, Any]:
    return {
        "alone": [
            {"edit": _edit(each.edit, found), "undone": each.undone, "applied": each.applied} for each in blame.alone
        ],
        "parts": [
            {
                "situations": part.situations,
                "smallest_sets": None
                if part.sets is None
                else [[_edit(edit, found) for edit in edits] for edits in part.sets],
            }
            for part in blame.parts
        ],
    }


def _edit(edit: Edit, found: Behaviours) -> str:
    return edit_name(edit, found.before, found.after)
