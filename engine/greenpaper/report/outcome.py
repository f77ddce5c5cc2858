"""What came of a consultation, in sentences and as data: whether the options adopted are the change that was made."""

from collections.abc import Iterator
from typing import Any

from greenpaper.comparison.outcome import Fulfilled, Outcome
from greenpaper.comparison.structure import Change, Kind
from greenpaper.report import words
from greenpaper.report.structure import counts_line, structure_data

EVIDENCE = frozenset({"source", "note", "confidence"})
"""Keys under which stands what a statement rests on, and not what it says."""


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """Whether the proposals adopted are the change that was made, in sentences."""
    if outcome.undetermined:
        yield (
            f"What was decided cannot be composed: of {words.listed(outcome.undetermined)} no one option was taken, "
            "so it cannot be compared with the resulting version."
        )
    for each in outcome.fulfilled:
        yield from _fulfilled(each)


def _fulfilled(each: Fulfilled) -> Iterator[str]:
    amended, answers = f"{each.base} with the proposals adopted", f"the answers of {each.result}"
    if each.behaviours.is_same:
        yield f"{amended} gives {answers}: no situation differs."
    elif any(decision.changes for decision in each.behaviours.decisions):
        yield f"{amended} does not give {answers}: {'; '.join(differing(each))}."
    else:
        why = "; ".join(differing(each)) or "there is nothing to compare"
        yield f"It is not proved that {amended} gives {answers}: {why}."
    yield "No statement differs in words." if each.structure.is_same else _words_differ(each)


def _words_differ(each: Fulfilled) -> str:
    """Which statements differ: in what they say, with the keys, or only in what they rest on, as a number."""
    said = {change.address: _keys(change) for change in each.structure.changes}
    otherwise = [f"{address} ({keys})" if keys else address for address, keys in said.items() if keys is not None]
    rest = len(said) - len(otherwise)
    told = [f"What it says differs from what {each.result} says. {counts_line(each.structure)}"]
    told += [f"Not kept: {words.listed(otherwise)}."] if otherwise else []
    told += [f"In {rest} of them only the source, a note, or how sure it is."] if rest else []
    return " ".join(told)


def _keys(change: Change) -> str | None:
    """The keys that differ in a statement that was changed, but for what it rests on; None where it is only that."""
    if change.kind is not Kind.CHANGED:
        return ""
    return ", ".join(key.key for key in change.keys if not EVIDENCE & set(key.key.split("/"))) or None


def differing(each: Fulfilled) -> Iterator[str]:
    """In how many situations of each decision the two differ, or why that is not known."""
    for decision in each.behaviours.decisions:
        perhaps = f", and perhaps in {decision.possible} more" if decision.possible else ""
        if decision.changes:
            name, all_of = words.fact(decision.decision), decision.situations
            yield f"{name} differs in {decision.changed} of {all_of} situations{perhaps}"
        elif not decision.admit_the_same:
            yield f"{words.fact(decision.decision)} has the same answers, and not the same situations can occur"
    for name, reason in each.behaviours.not_comparable.items():
        yield f"{words.fact(name)} is not comparable, because {reason}"
    for bounded in each.behaviours.bounded:
        if not bounded.same:
            yield f"{words.fact(bounded.decision)} has too many situations to compare them all"


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """The options that were decided, and each resulting version with how it differs."""
    return {
        "options": dict(outcome.chosen),
        "undetermined": list(outcome.undetermined),
        "versions": [_data(each) for each in outcome.fulfilled],
    }


def _data(each: Fulfilled) -> dict[str, Any]:
    return {
        "from": each.base,
        "to": each.result,
        "proposals": list(each.proposals),
        "no_behavioural_change": each.behaviours.is_same,
        "decisions": {
            one.decision: {"situations": one.situations, "changed": one.changed, "possible": one.possible}
            for one in each.behaviours.decisions
        },
        "not_comparable": dict(each.behaviours.not_comparable),
        "words": structure_data(each.structure),
    }
