"""The history of a version as a page and as data: every commit with its status and what it changed."""

from collections.abc import Iterator
from typing import Any, assert_never

from greenpaper.comparison.behaviour import Behaviour, Behaviours
from greenpaper.comparison.difference import Became
from greenpaper.comparison.history import Appears, Change, Entry, Event, Goes, Mended, Spoilt
from greenpaper.report import words
from greenpaper.report.answers import answer_data
from greenpaper.report.difference import situations
from greenpaper.report.structure import counts_line
from greenpaper.report.view import Block, Bullets, Heading, View
from greenpaper.source.diagnostics import Diagnostic


def history_view(version: str, entries: tuple[Entry, ...]) -> View:
    """Every commit, the newest first."""
    return View(f"History of {version}", tuple(block for entry in entries for block in _blocks(entry)))


def _blocks(entry: Entry) -> Iterator[Block]:
    commit = entry.commit
    tags = f" ({', '.join(commit.tags)})" if commit.tags else ""
    yield Heading(f"{commit.short} {commit.day} {commit.subject}{tags}", 3)
    yield Bullets((*(f"{each.kind}: {each.status}" for each in entry.reached), *_steps(entry), *_lines(entry.event)))


def _steps(entry: Entry) -> Iterator[str]:
    for each in entry.steps:
        was, became = (label.span.place for label in reversed(each.labels))
        yield f"a step that is not allowed: {each.message} ({was} → {became})"


def _lines(event: Event) -> Iterator[str]:
    match event:
        case Appears():
            yield "first appears"
        case Goes():
            yield "is no longer there"
        case Spoilt(found):
            count = len(found)
            yield f"cannot be loaded: {count} {'problem' if count == 1 else 'problems'}, the first {_told(found[0])}"
        case Mended():
            yield "can be loaded again; what changed is not known"
        case Change() as change:
            yield from _changed(change)
        case _:
            assert_never(event)


def _changed(change: Change) -> Iterator[str]:
    if change.answers is None or change.is_same:
        among = " with the options chosen" if change.revised or change.came or change.went else ""
        yield f"nothing changes in behaviour{among}"
    else:
        yield from _answers(change.answers)
    yield counts_line(change.words).rstrip(".").replace("Statements:", "in words:")
    for name, revised in sorted(change.revised.items()):
        yield from _revised(name, revised)
    if change.came:
        yield f"options that came: {', '.join(change.came)}"
    if change.went:
        yield f"options that went: {', '.join(change.went)}"


def _revised(name: str, found: Behaviours | None) -> Iterator[str]:
    """What was done to an option that was there before."""
    if found is None:
        yield f"option {name}: can no longer be chosen"
    elif found.is_same:
        yield f"option {name}: revised; no answer changes"
    else:
        yield from (f"option {name}: {line}" for line in _answers(found))


def _answers(found: Behaviours) -> Iterator[str]:
    for name, reason in found.not_comparable.items():
        yield f"{words.fact(name)}: not comparable, because {reason}"
    for bounded in found.bounded:
        proved = "nothing changes" if bounded.same else f"from {bounded.least:,} to {situations(bounded.most)} change"
        yield f"{words.fact(bounded.decision)}: {proved}"
    for decision in found.decisions:
        yield _decision(found, decision)


def _decision(found: Behaviours, decision: Behaviour) -> str:
    name = words.fact(decision.decision)
    if not decision.changes:
        admitted = "" if decision.admit_the_same else ", though not the same situations can occur"
        return f"{name}: every answer is the same{admitted}"
    perhaps = f", {decision.possible:,} perhaps" if decision.possible else ""
    verb = "changes" if decision.changed == 1 else "change"
    listed = "; ".join(
        f"{' to '.join(_answer(found, decision.decision, each.became))} {each.situations:,}"
        for each in decision.changes
    )
    return f"{name}: {decision.changed:,} of {situations(decision.situations)} {verb}{perhaps}: {listed}"


def _answer(found: Behaviours, decision: str, became: Became) -> tuple[str, str]:
    before, after = found.before.decisions[decision], found.after.decisions[decision]
    return f"“{words.answer(before, became.before)}”", f"“{words.answers(after, list(became.after))}”"


def _told(problem: Diagnostic) -> str:
    return f"{problem.span.place}: {problem.message}"


def history_data(version: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The same as plain data; the newest commit first."""
    return {"version": version, "commits": [_data(each) for each in entries]}


def _data(entry: Entry) -> dict[str, Any]:
    commit = entry.commit
    return {
        "commit": commit.id,
        "day": commit.day,
        "tags": list(commit.tags),
        "subject": commit.subject,
        "status": {each.kind: each.status for each in entry.reached},
        "steps_not_allowed": [{"message": each.message, "place": each.span.place} for each in entry.steps],
        **_event_data(entry.event),
    }


def _event_data(event: Event) -> dict[str, Any]:
    match event:
        case Appears():
            return {"event": "appears"}
        case Goes():
            return {"event": "goes"}
        case Spoilt(found):
            problems = [{"place": each.span.place, "message": each.message} for each in found]
            return {"event": "cannot be loaded", "problems": problems}
        case Mended():
            return {"event": "can be loaded again"}
        case Change() as change:
            return {"event": "changes", **_change_data(change)}
        case _:
            assert_never(event)


def _change_data(change: Change) -> dict[str, Any]:
    revised = sorted(change.revised.items())
    return {
        "no_behavioural_change": change.is_same,
        **_answers_data(change.answers),
        "statements": {str(kind): count for kind, count in change.words.counts.items()},
        "options_that_came": list(change.came),
        "options_that_went": list(change.went),
        "options_revised": {name: _answers_data(found) if found else None for name, found in revised},
    }


def _answers_data(answers: Behaviours | None) -> dict[str, Any]:
    return {
        "decisions": {each.decision: _decision_data(each) for each in answers.decisions} if answers else {},
        "bounded": {each.decision: [each.least, each.most] for each in answers.bounded} if answers else {},
        "not_comparable": dict(answers.not_comparable) if answers else {},
    }


def _decision_data(decision: Behaviour) -> dict[str, Any]:
    return {
        "situations": decision.situations,
        "changed": decision.changed,
        "possibly_changed": decision.possible,
        "transitions": [
            {
                "before": answer_data(each.became.before),
                "after": [answer_data(answer) for answer in each.became.after],
                "situations": each.situations,
            }
            for each in decision.changes
        ],
    }
