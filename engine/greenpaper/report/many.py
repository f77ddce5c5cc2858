"""Versions side by side over many records, as a page: totals, how many move, which situations move most, by group."""

from collections.abc import Iterator, Sequence

from greenpaper.comparison.compare import Movement, Total
from greenpaper.comparison.many import ManyComparison, Part
from greenpaper.comparison.many_decisions import ManyDecision, ManyMoves, Mover, Situation, Transition
from greenpaper.evaluation.conclusion import Conclusion
from greenpaper.framework.checked import Decision, Framework, Status
from greenpaper.report import words
from greenpaper.report.comparison import rests_on, total_label
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

FEW, MANY = 10, 100
"""How many situations and transitions are told on a screen, and in a whole report."""
MOST_GROUPS = 50
NOT_GIVEN = "not given"


def many_view(comparison: ManyComparison, *, whole: bool = False) -> View:
    """The comparison; with `whole`, more of what moves, and every group."""
    versions = words.listed([words.label(each) for each in comparison.frameworks])
    return View(f"Comparison of {versions} over {_records(comparison.whole.rows)}", tuple(_page(comparison, whole)))


def _page(comparison: ManyComparison, whole: bool) -> Iterator[Block]:
    yield Paragraph(_counted(comparison))
    for number, decision in enumerate(comparison.whole.decisions):
        yield Heading(decision.question)
        yield _totals("Records by answer", comparison.frameworks, decision)
        for moves in decision.moves:
            yield from _moves(decision.id, moves, MANY if whole else FEW)
        if comparison.by is not None:
            yield from _by_group(comparison, number, whole)
    yield from _unknown(comparison)
    yield from _bad(comparison)
    yield Heading("What this rests on")
    yield Bullets(tuple(point for framework in comparison.frameworks for point in rests_on(framework)))


def _counted(comparison: ManyComparison) -> str:
    count = comparison.situations
    situations = f"{count:,} {'situation' if count == 1 else 'different situations'}"
    months = f", months counted to {words.day(comparison.as_of)}" if comparison.as_of else ""
    return f"{_records(comparison.whole.rows)} in {situations}{months}. Each is counted once for each version."


def _records(count: int) -> str:
    return f"{count:,} {'record' if count == 1 else 'records'}"


def _totals(caption: str, frameworks: Sequence[Framework], decision: ManyDecision) -> Table:
    columns = ("Answer", *(words.label(each) for each in frameworks))
    rows = (
        (total_label(total.label), *("not decided here" if each is None else f"{each:,}" for each in total.counts))
        for total in decision.totals
    )
    return Table(caption, columns, tuple(rows), frozenset(range(1, len(columns))))


# Who moves


def _moves(decision: str, moves: ManyMoves, most: int) -> Iterator[Block]:
    pair = f"{words.label(moves.before)} to {words.label(moves.after)}"
    if moves.not_comparable:
        yield Paragraph(f"{pair}: not comparable, because {moves.not_comparable}.")
        return
    yield Paragraph(f"{pair}: {_how_many(moves)}.")
    moving = sorted((each for each in moves.transitions if _moving(each)), key=_moving, reverse=True)
    if moving:
        yield _transitions(decision, moves, moving[:most], f"Movers, {pair}{_first(len(moving), most)}")
        caption = f"Situations that move, {pair}{_first(len(moves.movers), most, 'most frequent')}"
        yield _situations(decision, moves, moves.movers[:most], caption)


def _how_many(moves: ManyMoves) -> str:
    counts = moves.counts()
    certain, possible, none = (counts[each] for each in (Movement.CERTAIN, Movement.POSSIBLE, Movement.NONE))
    moving = f"{f'{certain:,}' if certain else 'none'} {'moves' if certain <= 1 else 'move'} for certain"
    perhaps = f"{f'{possible:,}' if possible else 'none'} may move"
    return f"{moving}, {perhaps}, {none:,} {'does' if none == 1 else 'do'} not move"


def _moving(transition: Transition) -> int:
    return transition.certain + transition.possible


def _first(count: int, most: int, kind: str = "largest") -> str:
    return f": the {most} {kind} of {count:,}" if count > most else ""


def _transitions(decision: str, moves: ManyMoves, moving: Sequence[Transition], caption: str) -> Table:
    columns = (words.label(moves.before), words.label(moves.after), "Records", "Move", "May move")
    rows = (
        (*_ends(decision, moves, each.before, each.after), f"{each.count:,}", f"{each.certain:,}", f"{each.possible:,}")
        for each in moving
    )
    return Table(caption, columns, tuple(rows), frozenset({2, 3, 4}))


def _situations(decision: str, moves: ManyMoves, movers: Sequence[Mover], caption: str) -> Table:
    columns = ("Situation", "Movement", words.label(moves.before), words.label(moves.after), "Records")
    rows = (
        (
            situation_in_words(each.situation),
            str(each.movement),
            *_ends(decision, moves, each.before, each.after),
            f"{each.count:,}",
        )
        for each in movers
    )
    return Table(caption, columns, tuple(rows), frozenset({4}))


def _ends(decision: str, moves: ManyMoves, before: Conclusion, after: Conclusion) -> tuple[str, str]:
    return _said(moves.before.decisions[decision], before), _said(moves.after.decisions[decision], after)


def _said(decision: Decision, given: Conclusion) -> str:
    said = words.answers(decision, given.possible)
    return f"{words.STATUSES[given.status]}: {said}" if given.status is Status.INADMISSIBLE else said


def situation_in_words(situation: Situation) -> str:
    """Every fact with its value; facts with the same value are told together."""
    same: dict[str | None, list[str]] = {}
    for fact, value in situation:
        same.setdefault(value, []).append(words.fact(fact))
    known = [f"{words.listed(facts)} {words.value(value)}" for value, facts in same.items() if value is not None]
    unknown = [f"{words.listed(same[None])} not known"] if None in same else []
    return "; ".join((*known, *unknown))


# By group


def _by_group(comparison: ManyComparison, number: int, whole: bool) -> Iterator[Block]:
    groups = comparison.groups if whole else comparison.groups[:MOST_GROUPS]
    left = len(comparison.groups) - len(groups)
    caption = f"By {words.fact(comparison.by or '')}" + (
        f": {len(groups)} of {len(comparison.groups):,}" if left else ""
    )
    if len(comparison.frameworks) == 1:
        yield _groups_by_answer(comparison, number, groups, caption)
        return
    for at, moves in enumerate(comparison.whole.decisions[number].moves):
        if not moves.not_comparable:
            pair = f"{words.label(moves.before)} to {words.label(moves.after)}"
            yield _groups_by_movement(number, at, groups, f"{caption}, {pair}")


def _groups_by_movement(number: int, at: int, groups: Sequence[Part], caption: str) -> Table:
    rows = []
    for part in groups:
        counts = part.decisions[number].moves[at].counts()
        moved = (counts[each] for each in (Movement.CERTAIN, Movement.POSSIBLE, Movement.NONE))
        rows.append((part.group or NOT_GIVEN, f"{part.rows:,}", *(f"{each:,}" for each in moved)))
    columns = ("Group", "Records", "Move", "May move", "Do not move")
    return Table(caption, columns, tuple(rows), frozenset(range(1, 5)))


def _groups_by_answer(comparison: ManyComparison, number: int, groups: Sequence[Part], caption: str) -> Table:
    totals = comparison.whole.decisions[number].totals
    rows = []
    for part in groups:
        counts = {_key(total): total.counts[0] or 0 for total in part.decisions[number].totals}
        rows.append((part.group or NOT_GIVEN, f"{part.rows:,}", *(f"{counts.get(_key(each), 0):,}" for each in totals)))
    columns = ("Group", "Records", *(total_label(each.label) for each in totals))
    return Table(caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def _key(total: Total) -> Status | tuple[str, ...]:
    return total.label if isinstance(total.label, Status) else tuple(each.id for each in total.label)


# What is not known, and what could not be used


def _unknown(comparison: ManyComparison) -> Iterator[Block]:
    rows = tuple((words.fact(fact), f"{count:,}") for fact, count in comparison.unknown.items() if count)
    if rows:
        yield Table("Facts that are not known", ("Fact", "Records"), rows, frozenset({1}))


def _bad(comparison: ManyComparison) -> Iterator[Block]:
    """The first cells that could not be used, where there are any."""
    if comparison.bad_count:
        shown = [str(each) for each in comparison.bad[:FEW]]
        left = comparison.bad_count - len(shown)
        yield Heading("Values that could not be used")
        yield Paragraph(
            f"{comparison.bad_count:,} {'value counts' if comparison.bad_count == 1 else 'values count'} as unknown."
        )
        yield Bullets((*shown, *([f"and {left:,} more"] if left else [])))
