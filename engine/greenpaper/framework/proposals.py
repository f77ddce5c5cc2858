"""What can be chosen in a version: the proposals of a draft, or the readings of published words, and their options.

A combination names one option of each. It is admissible when every option in it has what it requires and nothing that
it excludes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from greenpaper.framework import problems
from greenpaper.framework.checked import Choice, Confidence
from greenpaper.framework.parts import Part, Parts
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.framework.written_proposals import Option, ProposalFile, ReadingFile
from greenpaper.source.diagnostics import Diagnostic, PolicyError
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.nodes import Node, head, key_span, nearest
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span

Chosen = Mapping[str, str]
"""Proposal → option."""

MOST_OPTIONS = 200
"""More are not checked with each other: every two of them are composed."""
MOST_STEPS = 200_000
"""More are not taken to find the next admissible combination."""


@dataclass(frozen=True)
class Proposal:
    """One thing with several options: a proposal of a draft, or a reading of published words."""

    written: ProposalFile | ReadingFile
    node: Node

    @cached_property
    def id(self) -> str:
        return self.written.proposal if isinstance(self.written, ProposalFile) else self.written.reading

    @property
    def options(self) -> Mapping[str, Option]:
        return self.written.options

    @property
    def in_preference(self) -> tuple[str, ...]:
        """The options, the preferred one first."""
        preferred = self.written.preferred
        return (preferred, *(option for option in self.options if option != preferred))

    def choice(self, option: str) -> Choice:
        """What is to be known of a composed version in which this option is chosen."""
        return Choice(
            self.id,
            self.written.title,
            option,
            self.options[option].title,
            Confidence(self.written.confidence),
            option == self.written.preferred,
            isinstance(self.written, ReadingFile),
        )


@dataclass(frozen=True)
class Picked:
    """One option of a proposal; its text is `proposal=option`."""

    proposal: Proposal
    name: str

    def __str__(self) -> str:
        return f"{self.proposal.id}={self.name}"

    @property
    def option(self) -> Option:
        return self.proposal.options[self.name]

    @property
    def node(self) -> Node:
        return nearest(self.proposal.node, ("options", self.name))

    @property
    def needs(self) -> Mapping[str, frozenset[str]]:
        """Proposal → its options that come before this one: those it requires, or is made after."""
        both = (self.option.requires, self.option.after)
        return {name: frozenset().union(*(each.get(name, ()) for each in both)) for name in (*both[0], *both[1])}

    def follows(self, other: "Picked") -> bool:
        """Whether this one is made after the other, and so knows what it edits."""
        return other.name in self.needs.get(other.proposal.id, ())

    def place(self, *path: str) -> Span:
        """The place of a key of the option."""
        return key_span(self.node, path)


Proposals = tuple[Proposal, ...]


def read_proposals(parts: Parts, *, gate: bool = False) -> tuple[Proposals, tuple[Diagnostic, ...]]:
    """Every proposal or reading among the parts, and what is wrong in them, by themselves or with each other."""
    found: list[Diagnostic] = []
    proposals: dict[str, Proposal] = {}
    for part in parts:
        proposal, wrong = _read(part, gate)
        found += wrong
        if proposal is None:
            continue
        if proposal.id in proposals:
            spans = (_id_place(each) for each in (proposal, proposals[proposal.id]))
            found.append(problems.duplicate_id(proposal.id, "proposals", *spans))
        proposals.setdefault(proposal.id, proposal)
    every = tuple(proposals.values())
    found = found or [*_too_many(every)] or [*_strangers(every)] or [*_circles(every)] or [*_dead(every)]
    return every, tuple(found)


def _read(part: Part, gate: bool) -> tuple[Proposal | None, tuple[Diagnostic, ...]]:
    shapes: dict[str, type[ProposalFile] | type[ReadingFile]] = {"proposal": ProposalFile, "reading": ReadingFile}
    if part.kind not in shapes:
        return None, ()
    written, wrong = read_shape(shapes[part.kind], part.node, gate=gate)
    if written and written.preferred not in written.options:
        span = head(nearest(part.node, ("preferred",)))
        wrong = (*wrong, problems.unknown_option(written.preferred, span, written.options))
    return (Proposal(written, part.node) if written else None), wrong


def _id_place(proposal: Proposal) -> Span:
    return head(nearest(proposal.node, (proposal.written.kind,)))


def _strangers(proposals: Proposals) -> Iterator[Diagnostic]:
    """What an option requires, excludes or comes after that is no option of another proposal."""
    known = {each.id: each for each in proposals}
    for picked in _every(proposals):
        for key in ("requires", "excludes", "after"):
            for name, options in getattr(picked.option, key).items():
                others = known.keys() - {picked.proposal.id}
                if name not in others:
                    yield problems.unknown_option(name, picked.place(key, name), sorted(others), "other proposal")
                    continue
                for number, option in enumerate(options):
                    if option not in known[name].options:
                        span = head(nearest(picked.node, (key, name, number)))
                        yield problems.unknown_option(option, span, known[name].options)


def _too_many(proposals: Proposals) -> Iterator[Diagnostic]:
    count = sum(len(each.options) for each in proposals)
    if count > MOST_OPTIONS:
        yield problems.too_many_options(count, MOST_OPTIONS, _id_place(proposals[-1]))


def _circles(proposals: Proposals) -> Iterator[Diagnostic]:
    needs = {
        str(picked): sorted(f"{name}={option}" for name, options in picked.needs.items() for option in options)
        for picked in _every(proposals)
    }
    by_text = {str(picked): picked for picked in _every(proposals)}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as fault:
        circle = tuple(reversed(fault.args[1]))
        first = by_text[circle[0]]
        yield problems.circular_requires(circle, first.place("requires" if first.option.requires else "after"))


def _dead(proposals: Proposals) -> tuple[Diagnostic, ...]:
    try:
        return tuple(_never_chosen(proposals))
    except PolicyError as fault:
        return tuple(fault.diagnostics)


def _never_chosen(proposals: Proposals) -> Iterator[Diagnostic]:
    """Options that no admissible combination holds, or the preferred ones when they do not go together."""
    yield from breaches(proposals, {each.id: each.written.preferred for each in proposals})
    for picked in _every(proposals):
        if next(completions(proposals, {picked.proposal.id: picked.name}), None) is None:
            yield problems.never_admissible(
                str(picked), picked.place("requires" if picked.option.requires else "title")
            )


def _every(proposals: Proposals) -> Iterator[Picked]:
    for proposal in proposals:
        for option in proposal.options:
            yield Picked(proposal, option)


# Combinations


def chosen(proposals: Proposals, asked: Chosen) -> dict[str, str]:
    """One option for each proposal: the one asked for, or the preferred one. Raises NoSuchVersion."""
    known = {proposal.id: proposal for proposal in proposals}
    if asked and not known:
        raise NoSuchVersion(f"there is nothing to choose for `{next(iter(asked))}`: no proposals and no readings")
    for name, option in asked.items():
        if name not in known:
            raise NoSuchVersion(f"nothing that can be chosen is named `{name}`: {_or_all(name, known)}")
        if option not in known[name].options:
            raise NoSuchVersion(f"`{name}` has no option `{option}`: {_or_all(option, known[name].options)}")
    return {name: asked.get(name, proposal.written.preferred) for name, proposal in known.items()}


def _or_all(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or f"there are {', '.join(known) or 'none'}"


def breaches(proposals: Proposals, choice: Chosen) -> Iterator[Diagnostic]:
    """What keeps a combination, or part of one, from being admissible, where it is written."""
    for proposal in proposals:
        if proposal.id in choice:
            yield from _breaches(Picked(proposal, choice[proposal.id]), choice)


def _breaches(picked: Picked, choice: Chosen) -> Iterator[Diagnostic]:
    for name, options in picked.option.requires.items():
        if name in choice and choice[name] not in options:
            wanted = "` or `".join(f"{name}={option}" for option in options)
            yield problems.option_requires(str(picked), wanted, picked.place("requires", name))
    for name, options in picked.option.excludes.items():
        if choice.get(name) in options:
            yield problems.option_excludes(str(picked), f"{name}={choice[name]}", picked.place("excludes", name))


def completions(proposals: Proposals, fixed: Chosen) -> Iterator[dict[str, str]]:
    """Every admissible combination that makes these choices, preferred options first.

    Raises PolicyError where the next one is not found in time.
    """
    refused = _refused(proposals)
    choice: dict[str, str] = {}
    left = [_to_try(proposals, fixed, 0)]
    steps = 0
    while left:
        steps += 1
        if steps > MOST_STEPS:
            raise PolicyError([problems.options_entangled(_id_place(proposals[0]))])
        if len(left) > len(proposals):
            yield dict(choice)
            steps = 0
            left.pop()
            continue
        here = proposals[len(left) - 1].id
        choice.pop(here, None)
        option = next((each for each in left[-1] if _fits(refused[here, each], choice)), None)
        if option is None:
            left.pop()
        else:
            choice[here] = option
            left.append(_to_try(proposals, fixed, len(left)))


def _to_try(proposals: Proposals, fixed: Chosen, number: int) -> Iterator[str]:
    """What can be chosen of the proposal with this number; nothing after the last."""
    for proposal in proposals[number : number + 1]:
        yield from [fixed[proposal.id]] if proposal.id in fixed else proposal.in_preference


def _fits(refused: Mapping[str, Collection[str]], choice: Chosen) -> bool:
    return not any(choice.get(name) in options for name, options in refused.items())


def _refused(proposals: Proposals) -> Mapping[tuple[str, str], Mapping[str, frozenset[str]]]:
    """For each option of each proposal the options of others that it cannot stand beside, whichever of them says so."""
    refused: dict[tuple[str, str], dict[str, frozenset[str]]] = {
        (each.proposal.id, each.name): {} for each in _every(proposals)
    }
    known = {each.id: each for each in proposals}
    for picked in _every(proposals):
        one, said = (picked.proposal.id, picked.name), picked.option
        pairs = [(name, option) for name, options in said.excludes.items() for option in options]
        pairs += [
            (name, option)
            for name, options in said.requires.items()
            for option in known[name].options
            if option not in options
        ]
        for other in pairs:
            for here, (name, option) in ((one, other), (other, one)):
                refused[here][name] = refused[here].get(name, frozenset()) | {option}
    return refused


def in_order(proposals: Proposals, choice: Chosen) -> tuple[Picked, ...]:
    """The chosen options, each after those it follows, otherwise in the order of the proposals."""
    return each_after_those_it_follows([Picked(proposal, choice[proposal.id]) for proposal in proposals])


def each_after_those_it_follows(picked: Iterable[Picked]) -> tuple[Picked, ...]:
    """The options, each after those among them that it follows, otherwise as they come."""
    known = {str(each): each for each in picked}
    places = {name: number for number, name in enumerate(known)}
    ordered: dict[str, Picked] = {}

    def place(name: str) -> None:
        followed = (f"{proposal}={option}" for proposal, options in known[name].needs.items() for option in options)
        for other in sorted(known.keys() & {*followed}, key=places.__getitem__):
            if other not in ordered:
                place(other)
        ordered[name] = known[name]

    for name in known:
        if name not in ordered:
            place(name)
    return tuple(ordered.values())
