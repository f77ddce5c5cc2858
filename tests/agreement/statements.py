"""Random conditions and claims about random versions, and what claims mean, by hand."""

from collections.abc import Callable, Sequence

from agreement.brute import Said
from agreement.strategies import Draw, _Names, conditions, flip, one, some, whole
from agreement.versions import Version, WrittenDecision
from greenpaper.framework.checked import Condition, Resolve
from greenpaper.framework.claims import AlwaysAnswered, Claim, Is, IsNot, NeverBetterThan, NeverWorsensAs
from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.syntax import Condition as Syntax
from greenpaper.language.vocabulary import Vocabulary


def a_condition(draw: Draw, version: Version) -> Syntax | None:
    """A condition over the facts, definitions and decisions of the version, or none."""
    names = _Names(tuple(version.facts.values()), version.groups)
    names.definitions = list(version.definitions)
    names.decisions = [each for each in version.decisions.values() if each.resolve != "every"]
    return conditions(draw, names, 1) if flip(draw) else None


def checked_condition(written: Syntax | None, vocabulary: Vocabulary) -> Condition | None:
    if written is None:
        return None
    term, wrong = check_condition(written, vocabulary)
    assert term is not None, wrong
    return Condition(term, format_condition(written))


def can_be_ordered(decision: WrittenDecision) -> bool:
    return decision.ordered and Resolve(decision.resolve) is not Resolve.EVERY


def a_decision(draw: Draw, version: Version) -> str:
    """One whose outcomes have an order, mostly."""
    ordered = [name for name, each in sorted(version.decisions.items()) if can_be_ordered(each)]
    return one(draw, ordered if ordered and whole(draw, 0, 3) else sorted(version.decisions))


def a_claim(draw: Draw, version: Version, decision: WrittenDecision) -> Claim:
    """Any claim that the decision and the facts allow."""
    kinds = [Is, IsNot, AlwaysAnswered]
    grades = [fact.id for fact in version.facts.values() if fact.type == "grade"]
    if can_be_ordered(decision):
        kinds += [NeverBetterThan, NeverBetterThan, *([NeverWorsensAs] * 6 if grades else [])]
    match one(draw, kinds):
        case kind if kind in (Is, IsNot):
            return kind(tuple(some(draw, decision.outcomes, 1, 2)))
        case kind if kind is NeverBetterThan:
            return NeverBetterThan(one(draw, decision.outcomes))
        case kind if kind is NeverWorsensAs:
            return NeverWorsensAs(tuple(some(draw, grades, 1, 3)))
        case _:
            return AlwaysAnswered()


def settled(said: Said) -> tuple[str, ...]:
    """The outcomes that are settled on: none in a conflict."""
    return said.outcomes if said.status == "decided" else ()


def rank(said: Said, outcomes: Sequence[str]) -> int:
    """From 0, the best, on; without an outcome worse than any."""
    found = settled(said)
    return outcomes.index(found[0]) if found else len(outcomes)


def refutes(claim: Claim, outcomes: Sequence[str]) -> Callable[[Said], bool]:
    """What is wrong with an answer, for the claims about single situations."""
    match claim:
        case Is(allowed):
            return lambda said: not settled(said) or any(each not in allowed for each in settled(said))
        case IsNot(forbidden):
            return lambda said: any(each in forbidden for each in settled(said))
        case NeverBetterThan(limit):
            return lambda said: rank(said, outcomes) < outcomes.index(limit)
        case AlwaysAnswered():
            return lambda said: not settled(said)
    raise AssertionError(claim)
