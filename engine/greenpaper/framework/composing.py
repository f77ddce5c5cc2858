"""A version with options chosen: the choice is admissible, its edits go together, and what they make is checked."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from greenpaper.framework.checked import Framework
from greenpaper.framework.checker import Checked, check_parts
from greenpaper.framework.composition import cited_in, compose, pointed
from greenpaper.framework.parts import Parts
from greenpaper.framework.proposals import Chosen, Proposal, Proposals, breaches, completions, in_order
from greenpaper.source.diagnostics import Diagnostic


def check_composed(
    text: Parts, proposals: Proposals, choice: Chosen, *, gate: bool = False, whole: bool = True
) -> Checked:
    """The version that its text and the chosen options make, or every problem in it.

    `choice` names one option for each proposal. `whole=False` is for a text without what no answer depends on.
    """
    if wrong := tuple(breaches(proposals, choice)):
        return None, wrong
    picked = in_order(proposals, choice)
    composed = compose(text, picked, whole=whole)
    if composed.found:
        return None, composed.found
    choices = tuple(proposal.choice(choice[proposal.id]) for proposal in proposals)
    cited = cited_in(proposal.node for proposal in proposals)
    check = partial(check_parts, choices=choices, cited=cited, before=text)
    framework, found = check(composed.parts, gate=gate)
    if found:
        found = pointed(
            found, composed.made, lambda made: check(compose(text, picked, without=made, whole=whole).parts)[1]
        )
    return framework, found


def check_others(
    text: Parts, proposals: Proposals, framework: Framework, *, whole: bool = True
) -> tuple[Diagnostic, ...]:
    """What is wrong in the version with each option that `framework` is composed without, and as each case asks."""
    taken = {choice.proposal: choice.option for choice in framework.choices}
    found: list[Diagnostic] = []
    for choice in _others(proposals, framework):
        if not choice.items() <= taken.items():
            found += check_composed(text, proposals, choice, whole=whole)[1]
    return tuple(found)


def check_pairs(text: Parts, proposals: Proposals) -> tuple[Diagnostic, ...]:
    """What is wrong in the version with any two options that edit something and can be chosen together."""
    return tuple(problem for choice in _pairs(proposals) for problem in check_composed(text, proposals, choice)[1])


def _others(proposals: Proposals, framework: Framework) -> Iterator[dict[str, str]]:
    preferred = {each.id: each.written.preferred for each in proposals}
    seen: list[dict[str, str]] = []
    single = ({proposal.id: option} for proposal in proposals for option in proposal.options)
    choices = [next(completions(proposals, fixed)) for fixed in single]
    for case in framework.cases:
        known = all(case.options.get(each.id, each.written.preferred) in each.options for each in proposals)
        choices += [{**preferred, **_of(case.options, preferred)}] if known else []
    for choice in choices:
        if choice not in seen:
            seen.append(choice)
            yield choice


def _of(options: Chosen, known: Chosen) -> dict[str, str]:
    return {name: option for name, option in options.items() if name in known}


def _pairs(proposals: Proposals) -> Iterator[dict[str, str]]:
    """An admissible combination for every two options with edits that can be chosen together."""
    for one, other in combinations(proposals, 2):
        for first in _editing(one):
            for second in _editing(other):
                choice = next(completions(proposals, {one.id: first, other.id: second}), None)
                if choice:
                    yield choice


def _editing(proposal: Proposal) -> Iterator[str]:
    return (name for name, option in proposal.options.items() if option.edits)
