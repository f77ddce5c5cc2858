"""Names that nothing uses: facts, groups, definitions, scales, activities, outcomes and sources.

A fact that a criterion names, or from which another was split, is used; so is an activity that occurs of itself.
"""

from collections.abc import Collection, Iterator

from greenpaper.framework.checked import Condition, Framework
from greenpaper.framework.claims import NeverWorsensAs
from greenpaper.language.terms import Named, facts_read, subterms
from greenpaper.language.types import Graded
from greenpaper.language.vocabulary import names_in

WHAT = {
    "activities": "activity",
    "facts": "fact",
    "groups": "group",
    "definitions": "definition",
    "scales": "scale",
    "sources": "source",
    "outcomes": "outcome",
}


def never_used(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """What kind of thing, its id and its address, of each that no rule, constraint or other used thing uses."""
    used = _used(framework)
    for address in framework.places:
        *_, kind, name = address.split("/")
        if address not in used:
            yield WHAT[kind], name, address


def _used(framework: Framework) -> frozenset[str]:
    """The addresses of everything that is used."""
    conditions = tuple(_conditions(framework))
    definitions = _definitions(conditions)
    facts = {fact for condition in conditions for fact in facts_read(condition.term)}
    facts |= {fact for claimed in _claimed(framework) for fact in claimed}
    facts |= {each.judgement for each in framework.criteria.values()}
    facts |= {each.split_from for each in framework.fact_notes.values() if each.split_from}
    found = {f"facts/{fact}" for fact in facts | _dates(framework, facts)}
    found |= {f"definitions/{name}" for name in definitions}
    found |= {f"groups/{name}" for name in _words(framework, conditions, definitions) | _groups_claimed(framework)}
    found |= {f"scales/{name}" for name in _scales(framework)}
    found |= {f"sources/{name}" for name in framework.cited}
    for decision in framework.decisions.values():
        found |= {f"decisions/{decision.id}/outcomes/{rule.outcome.id}" for rule in decision.rules}
        found |= {f"activities/{name}" for each in decision.outcomes.values() for name in each.activities or ()}
    found |= {f"activities/{each.id}" for each in framework.activities.values() if each.occurs}
    return frozenset(found)


def _conditions(framework: Framework) -> Iterator[Condition]:
    """Everything that reads facts: rules, what is left open, constraints of any force, and where invariants hold."""
    for decision in framework.decisions.values():
        yield from (rule.when for rule in decision.rules)
        yield from (entry.when for entry in decision.left_open)
    yield from (each.condition for each in framework.constraints)
    yield from (each.where for each in framework.invariants if each.where)


def _claimed(framework: Framework) -> tuple[frozenset[str], ...]:
    """The facts that each invariant speaks of beside its condition."""
    claims = (each.claim for each in framework.invariants)
    return tuple(frozenset(claim.facts) for claim in claims if isinstance(claim, NeverWorsensAs))


def _groups_claimed(framework: Framework) -> frozenset[str]:
    """Groups all of whose members an invariant speaks of, the largest of them: claims no longer know their groups."""
    claimed = _claimed(framework)
    groups = {name: frozenset(group.members) for name, group in framework.vocabulary.groups.items()}
    covered = {name: members for name, members in groups.items() if any(members <= facts for facts in claimed)}
    return frozenset(name for name, members in covered.items() if not any(members < more for more in covered.values()))


def _definitions(conditions: tuple[Condition, ...]) -> frozenset[str]:
    """Definitions and decisions that the conditions use, directly or by another definition."""
    parts = (part for condition in conditions for part in subterms(condition.term))
    return frozenset(part.name for part in parts if isinstance(part, Named))


def _dates(framework: Framework, facts: Collection[str]) -> frozenset[str]:
    """The dates since which any of the facts is counted."""
    derived = (fact.derived for name, fact in framework.vocabulary.facts.items() if name in facts)
    return frozenset(each.since for each in derived if each)


def _words(framework: Framework, conditions: tuple[Condition, ...], definitions: frozenset[str]) -> frozenset[str]:
    """Every name in the words of the conditions and of the definitions they use: terms no longer know their groups."""
    used = (each.term for name, each in framework.vocabulary.definitions.items() if name in definitions)
    said = [condition.words for condition in conditions] + [term.words for term in used if term]
    return frozenset(name for words in said for name in names_in(words))


def _scales(framework: Framework) -> frozenset[str]:
    kinds = (fact.type for fact in framework.vocabulary.facts.values())
    return frozenset(kind.scale.id for kind in kinds if isinstance(kind, Graded))
