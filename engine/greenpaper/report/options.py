"""The option matrix as a page: every combination, every option by itself, what hangs together, and one authority."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from greenpaper.comparison.compare import Movement
from greenpaper.comparison.deciding import Deciding, deciding
from greenpaper.comparison.effects import Effects, Main, Range
from greenpaper.comparison.options import Combination, Effect, Options
from greenpaper.framework.proposals import Proposal
from greenpaper.report import words
from greenpaper.report.answers import answer_data
from greenpaper.report.data import version_data
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View
from greenpaper.situations.compiled import Answer

MOST_LISTED = 40
NOT_COMPARABLE = "not comparable"
NOT_COUNTED = "not counted"
"""Said of the situations of two combinations that differ in what can be said, or in how rules are read."""
COLUMNS = (
    "decision",
    "combination",
    "situations",
    "situations_that_change",
    "situations_that_may_change",
    "authorities_that_move",
    "authorities_that_may_move",
    "who_moves",
    "who_may_move",
    "not_comparable",
)


def options_view(options: Options, taken: date | None, as_of: date | None, authority: int | None = None) -> View:
    """The matrix; with the position of a record, what decides for that authority before all else."""
    return View(f"Options of {options.version}{_label(options)}", tuple(_page(options, taken, as_of, authority)))


def _label(options: Options) -> str:
    said = {each.written.confidence for each in options.proposals}
    return " (illustrative)" if "illustrative" in said else ""


def _page(options: Options, taken: date | None, as_of: date | None, authority: int | None) -> Iterator[Block]:
    count = len(options.records)
    who = "each by its" if count > 1 else "by its"
    yield Paragraph(
        f"{_combinations(options)} of {_proposals(options)}, {'each ' if len(options.combinations) > 1 else ''}against"
        f" {words.label(options.base)}. {words.authorities(count)}, {who} latest inspection"
        f"{words.records_to(taken, as_of)}."
    )
    for decision in options.decisions:
        yield Heading(options.base.decisions[decision].question)
        if authority is not None:
            yield from _authority(options, decision, authority)
            yield from _left_out(options, decision)
            continue
        yield _matrix(options, decision)
        yield from _left_out(options, decision)
        effects = Effects(options, decision)
        yield from _mains(options, effects)
        yield from _together(options, effects)
    yield Heading("What can be chosen")
    yield Bullets(
        tuple(_option(proposal, name) for proposal in options.proposals for name in _chosen(options, proposal))
    )


def _proposals(options: Options) -> str:
    count, kind = len(options.proposals), options.proposals[0].written.kind
    return f"{count} {kind}{'' if count == 1 else 's'}"


def _chosen(options: Options, proposal: Proposal) -> Sequence[str]:
    """The options of a proposal that some combination has."""
    return [name for name in proposal.options if any(each.choice[proposal.id] == name for each in options.combinations)]


def _combinations(options: Options) -> str:
    count = len(options.combinations)
    return f"{count:,} combination{'' if count == 1 else 's'}"


def _option(proposal: Proposal, name: str) -> str:
    preferred = ", preferred" if name == proposal.written.preferred else ""
    title = proposal.options[name].title
    return f"{proposal.id}={name} ({proposal.written.confidence}{preferred}): {title}"


# Every combination


def _matrix(options: Options, decision: str) -> Table:
    columns = ("Combination", "Situations change", "may change", "of", "Authorities move", "may move")
    listed = _listed(options)
    rows = tuple((_named(options, each), *_figures(each.effects.get(decision))) for each in listed)
    left = len(options.combinations) - len(listed)
    more = f"; {left:,} further ones are in the CSV and JSON forms" if left else ""
    return Table(f"Every combination against {options.base.version}{more}", columns, rows, frozenset(range(1, 6)))


def _listed(options: Options) -> Sequence[Combination]:
    """All combinations, or where they are many those with at most one option that is not preferred, and some more."""
    if len(options.combinations) <= MOST_LISTED:
        return options.combinations
    return sorted(options.combinations, key=lambda each: options.named(each).count("+"))[:MOST_LISTED]


def _named(options: Options, combination: Combination) -> str:
    return options.named(combination).removeprefix("+").replace("+", ", ") or "preferred options"


def _figures(effect: Effect | None) -> tuple[str, ...]:
    if effect is None or effect.not_comparable:
        return (NOT_COMPARABLE, "", "", "", "")
    moving = (effect.moving(how) for how in (Movement.CERTAIN, Movement.POSSIBLE))
    movers = (len(effect.movers(how)) for how in (Movement.CERTAIN, Movement.POSSIBLE))
    return tuple(f"{each:,}" for each in (*moving, effect.situations, *movers))


def _left_out(options: Options, decision: str) -> Iterator[Block]:
    reasons: dict[str, list[str]] = {}
    for each in options.combinations:
        effect = each.effects.get(decision)
        reason = effect.not_comparable if effect else f"they have no decision `{decision}`"
        if reason:
            reasons.setdefault(reason, []).append(_named(options, each))
    for reason, names in reasons.items():
        shown = words.listed([*names[:3], *([f"{len(names) - 3} more"] if len(names) > 3 else [])])
        yield Paragraph(f"Not comparable ({shown}), because {reason}.")


# Options by themselves


def _mains(options: Options, effects: Effects) -> Iterator[Block]:
    mains = [main for main in effects.mains() if main.contexts or main.left_out]
    if not mains:
        return
    columns = ("Proposal", "Option", "In place of", "Combinations", "Situations differ", "Authorities differ")
    preferred = {each.id: each.written.preferred for each in options.proposals}
    rows = tuple(
        (
            main.proposal,
            main.option,
            preferred[main.proposal],
            f"{main.contexts:,}" + (f" of {main.contexts + main.left_out:,}" if main.left_out else ""),
            _range(main.situations) or (NOT_COUNTED if main.contexts else NOT_COMPARABLE),
            _range(main.authorities) or "–",
        )
        for main in mains
    )
    yield Table(
        "Each option in place of the preferred one, whatever else is chosen", columns, rows, frozenset({3, 4, 5})
    )
    without = [f"{main.proposal}={main.option}" for main in mains if main.is_without_effect]
    if without:
        yield Paragraph(f"Without effect, whatever else is chosen: {words.listed(without)}.")


def _range(found: Range | None) -> str:
    if found is None:
        return ""
    return f"{found.least:,}" if found.least == found.most else f"{found.least:,} to {found.most:,}"


def _together(options: Options, effects: Effects) -> Iterator[Block]:
    said = [
        f"{each.proposal} matters only where {each.other} is {words.listed(each.options, 'or')}."
        for each in effects.only_where()
    ]
    said += [
        f"{each.proposal}={each.option} never gives a better answer than {each.proposal}={each.by}, whatever else is"
        " chosen, and in some situations a worse one."
        for each in effects.dominated()
    ]
    if said:
        yield Bullets(tuple(said))


# One authority


def _authority(options: Options, decision: str, record: int) -> Iterator[Block]:
    found = deciding(options, decision, record)
    name = options.records[record].authority.name
    yield Paragraph(f"{name}: {_decided_by(found)}")
    if not found.cases:
        return
    columns = (*(found.proposals or ("options",)), "Then")
    rows = (
        (*(option for _, option in case.choice), _answers(options, decision, case.answers))
        if case.choice
        else ("any", _answers(options, decision, case.answers))
        for case in found.cases
    )
    yield Table(f"What follows for {name}", columns, tuple(rows))


def _decided_by(found: Deciding) -> str:
    if not found.cases:
        return "no combination can be compared."
    if not found.proposals:
        return "no proposal makes a difference."
    if len(found.proposals) == 1:
        return f"{found.proposals[0]} alone decides."
    return f"{words.listed(found.proposals)} decide together; no fewer do."


def _answers(options: Options, decision: str, answers: Iterable[Answer]) -> str:
    named = options.naming(decision)
    order = list(named.outcomes)
    in_order = sorted(answers, key=lambda each: [order.index(name) for name in each.outcomes] or [len(order)])
    return words.answers(named, in_order)


# As data


def options_data(options: Options) -> dict[str, Any]:
    """Everything as plain data; records by name."""
    return {
        "base": version_data(options.base),
        "version": options.version,
        "proposals": [_proposal_data(each) for each in options.proposals],
        "decisions": {decision: _decision_data(options, decision) for decision in options.decisions},
    }


def _proposal_data(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "kind": proposal.written.kind,
        "title": proposal.written.title,
        "confidence": proposal.written.confidence,
        "preferred": proposal.written.preferred,
        "options": {name: option.title for name, option in proposal.options.items()},
    }


def _decision_data(options: Options, decision: str) -> dict[str, Any]:
    effects = Effects(options, decision)
    return {
        "combinations": [
            {"options": dict(each.choice)} | _effect_data(options, each.effects.get(decision))
            for each in options.combinations
        ],
        "each_option": [_main_data(main) for main in effects.mains()],
        "matters_only_where": [asdict(each) for each in effects.only_where()],
        "dominated": [asdict(each) for each in effects.dominated()],
    }


def _effect_data(options: Options, effect: Effect | None) -> dict[str, Any]:
    if effect is None or effect.not_comparable:
        return {"not_comparable": effect.not_comparable if effect else "no such decision"}
    return {
        "situations": effect.situations,
        "change": effect.moving(Movement.CERTAIN),
        "may_change": effect.moving(Movement.POSSIBLE),
        "move": _names(options, effect.movers(Movement.CERTAIN)),
        "may_move": _names(options, effect.movers(Movement.POSSIBLE)),
    }


def _main_data(main: Main) -> dict[str, Any]:
    return asdict(main) | {"without_effect": main.is_without_effect}


def _names(options: Options, records: Iterable[int]) -> list[str]:
    return [options.records[number].authority.name for number in records]


def authority_data(options: Options, record: int) -> dict[str, Any]:
    """What decides for one authority, for every decision."""
    return {"authority": options.records[record].authority.name} | {
        decision: _deciding_data(deciding(options, decision, record)) for decision in options.decisions
    }


def _deciding_data(found: Deciding) -> dict[str, Any]:
    return {
        "decided_by": list(found.proposals),
        "cases": [
            {"options": dict(case.choice), "possible": [answer_data(each) for each in sorted(case.answers, key=str)]}
            for case in found.cases
        ],
        "combinations_left_out": found.left_out,
    }


def options_rows(options: Options) -> Iterator[Sequence[str]]:
    """A row for every combination and decision, under `COLUMNS`."""
    for decision in options.decisions:
        for each in options.combinations:
            effect = each.effects.get(decision)
            figures = (*_figures(effect),)
            if figures[0] == NOT_COMPARABLE:
                reason = effect.not_comparable if effect else "no such decision"
                yield (decision, _named(options, each), *[""] * 7, reason)
            else:
                assert effect
                changed, may, of, move, may_move = (figure.replace(",", "") for figure in figures)
                who = ("; ".join(_names(options, effect.movers(how))) for how in (Movement.CERTAIN, Movement.POSSIBLE))
                yield (decision, _named(options, each), of, changed, may, move, may_move, *who, "")
