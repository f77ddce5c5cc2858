"""The names of two versions mixed: some as the later one has them, the others as the earlier one does."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.terms import Term
from greenpaper.language.vocabulary import Definition, Vocabulary, names_in

T = TypeVar("T")


class Unmixable(Exception):
    """What the two versions say cannot be put together so; the message says why."""


def said(definition: Definition) -> str:
    """The words of a definition; empty where it has a problem."""
    return definition.term.words if definition.term else ""


def term_in(words: str, vocabulary: Vocabulary) -> Term:
    """What the words mean with these names. Errors: Unmixable."""
    parsed, _ = parse_condition(words)
    term = check_condition(parsed, vocabulary)[0] if parsed else None
    if term is None:
        raise Unmixable(f"“{words}” has no meaning when only some of the edits are made")
    return term


def mixed(own: Vocabulary, other: Vocabulary, picked: Mapping[str, Vocabulary]) -> Vocabulary:
    """The names of `own`, with what only `other` has, and those `picked` as the version there has them.

    Errors: Unmixable where definitions would need each other.
    """
    made = replace(
        own,
        facts={**other.facts, **own.facts},
        groups=_pick(own.groups, other.groups, {name: each.groups for name, each in picked.items()}),
        decisions=_pick(own.decisions, other.decisions, {name: each.decisions for name, each in picked.items()}),
        definitions={},
    )
    definitions = {name: each.definitions for name, each in picked.items()}
    return _with_definitions(made, _pick(own.definitions, other.definitions, definitions))


def _pick(own: Mapping[str, T], other: Mapping[str, T], picked: Mapping[str, Mapping[str, T]]) -> dict[str, T]:
    return {name: picked.get(name, own).get(name, value) for name, value in {**other, **own}.items()}


def _with_definitions(made: Vocabulary, definitions: Mapping[str, Definition]) -> Vocabulary:
    """Each definition read again, after those it needs."""
    read: dict[str, Definition] = {}
    begun: set[str] = set()

    def define(name: str) -> None:
        if name in read:
            return
        if name in begun:
            raise Unmixable(f"the definition `{name}` would need itself when only some of the edits are made")
        begun.add(name)
        words = said(definitions[name])
        for needed in sorted(names_in(words) & definitions.keys()):
            define(needed)
        read[name] = replace(definitions[name], term=term_in(words, replace(made, definitions=read)))

    for name in definitions:
        define(name)
    return replace(made, definitions=read)
