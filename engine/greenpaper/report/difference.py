"""What changes between two versions, as a page: what they say, what they do, and whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenpaper.comparison.behaviour import Behaviour, Behaviours, Spill
from greenpaper.comparison.blame import Alone, Blame, Edits
from greenpaper.comparison.bounded import Bounds
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.constraints import Limits
from greenpaper.comparison.difference import Became
from greenpaper.comparison.edits import Edit, Part
from greenpaper.comparison.transitions import Place, Transition
from greenpaper.framework.checked import Decision, Framework
from greenpaper.language.types import Known
from greenpaper.report import words
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table

MOST_PARTS = 5
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class _Names:
    """The two versions of one decision, and how they are called."""

    before: Framework
    after: Framework
    decision: str

    @property
    def old(self) -> Decision:
        return self.before.decisions[self.decision]

    @property
    def new(self) -> Decision:
        return self.after.decisions[self.decision]

    def answers(self, became: Became) -> tuple[str, str]:
        order = list(self.new.outcomes)
        later = sorted(became.after, key=lambda each: [order.index(name) for name in each.outcomes] or [len(order)])
        return words.answer(self.old, became.before), words.answers(self.new, later)


def behaviour_blocks(found: Behaviours, intent: str = "") -> Iterator[Block]:
    """What the versions do: every decision with its transitions, regions, witnesses and edits."""
    yield Heading("What the versions do")
    if not (found.before.decisions or found.after.decisions):
        yield Paragraph("Neither version decides anything.")
    elif found.is_same:
        yield Paragraph("No behavioural change. Proved for every situation of every decision.")
    for name, reason in found.not_comparable.items():
        yield Paragraph(f"{words.fact(name)}: not comparable, because {reason}.")
    for bounded in found.bounded:
        yield from _bounded(bounded, found, intent)
    for decision in found.decisions:
        names = _Names(found.before, found.after, decision.decision)
        yield Heading(decision.question, 3)
        if not decision.situations:
            yield Paragraph(f"Nothing can be compared: {_no_situation(decision, names)}.")
            continue
        yield from _summary(decision, names)
        if intent:
            yield from _intent(decision, names, intent)
        if decision.changes:
            yield _table(decision, names)
        for transition in decision.changes:
            yield from _transition(decision, transition, names)
        yield from _remarks(decision, names)


def _no_situation(decision: Behaviour, names: _Names) -> str:
    limits = decision.limits
    empty = (
        [each.version for each, count in ((names.before, limits.before), (names.after, limits.after)) if not count]
        if limits
        else []
    )
    if empty:
        return f"the constraints of {words.listed(empty)} leave no situation at all"
    return "no situation suits the constraints of both"


def _bounded(bounded: Bounds, found: Behaviours, intent: str) -> Iterator[Block]:
    yield Heading(found.after.decisions[bounded.decision].question, 3)
    yield Paragraph(
        f"There are {bounded.situations:,} situations, too many kinds of them to work out the whole difference. Proved:"
    )
    if bounded.same:
        yield Paragraph("No behavioural change: the answer is the same in all of them.")
        return
    if bounded.least == bounded.most:
        yield Paragraph(f"{situations(bounded.least)} change.")
    else:
        yield Paragraph(
            f"At least {bounded.least:,} ({share_of(bounded.least, bounded.situations)}) and at most"
            f" {bounded.most:,} ({share_of(bounded.most, bounded.situations)}) of them change."
        )
    if bounded.witness:
        yield Paragraph(f"One that changes: {_witness(bounded.witness)}.")
    else:
        yield Paragraph("Whether any situation changes is not determined.")
    if intent:
        yield Paragraph("Whether all change lies inside the intent is not determined.")


def _summary(decision: Behaviour, names: _Names) -> Iterator[Block]:
    over = _over(decision.facts)
    of = f"{decision.situations:,} situations over {over}" if over else "the one situation there is"
    limits = decision.limits
    if not decision.changes:
        admitted = "" if decision.admit_the_same else " that both versions admit"
        said = "The answer" if admitted else "No behavioural change: the answer"
        yield Paragraph(f"{said} is the same in all of {of}{admitted}.")
    elif not decision.possible:
        yield Paragraph(f"{decision.changed:,} of {of} {'changes' if decision.changed == 1 else 'change'}.")
    else:
        yield Paragraph(
            f"{decision.changed:,} of {of} change for certain, {decision.possible:,} may change, by what their grades"
            " become on the other scale. Every fact is taken to be mapped independently of the others."
        )
    if limits and limits.both < limits.all:
        admits = (
            f"those of {each.version} admit {'all' if count == limits.all else f'{count:,}'}"
            for each, count in ((names.before, limits.before), (names.after, limits.after))
        )
        only = "".join(_only_under(limits, names))
        yield Paragraph(
            f"These are within the constraints: of {limits.all:,} situations, {' and '.join(admits)}.{only}"
        )


def _only_under(limits: Limits, names: _Names) -> Iterator[str]:
    """What one version admits and the other does not, a sentence each."""
    sides = ((names.before, names.after, limits.before), (names.after, names.before, limits.after))
    for own, other, admitted in sides:
        if alone := admitted - limits.both:
            yield f" Under {own.version} {situations(alone)} can occur that cannot under {other.version}."


def _over(facts: Sequence[str]) -> str:
    if len(facts) > MOST_NAMED:
        return f"{len(facts)} facts"
    return words.listed([words.fact(fact) for fact in facts])


def _table(decision: Behaviour, names: _Names) -> Table:
    rows = []
    for transition in decision.transitions:
        before, after = names.answers(transition.became)
        share = share_of(transition.situations, decision.situations)
        moved = {Movement.NONE: "", Movement.POSSIBLE: "may change", Movement.CERTAIN: "changes"}
        rows.append((before, after, f"{transition.situations:,}", share, moved[transition.became.movement]))
    columns = (words.label(names.before), words.label(names.after), "Situations", "Share", "")
    return Table("What becomes of each answer", columns, tuple(rows), frozenset({2, 3}))


def share_of(part: int, whole: int) -> str:
    """A share in per cent to one decimal; never rounded to nothing or to all."""
    exact = Fraction(100 * part, whole) if whole else Fraction(0)
    if 0 < exact < Fraction(1, 20):
        return "< 0.1 %"
    if Fraction(1999, 20) < exact < 100:
        return "> 99.9 %"
    return f"{float(exact):.1f} %"


def _transition(decision: Behaviour, transition: Transition, names: _Names) -> Iterator[Block]:
    before, after = names.answers(transition.became)
    certain = "" if transition.became.movement is Movement.CERTAIN else " (may change)"
    yield Heading(f"From “{before}” to “{after}”: {situations(transition.situations)}{certain}", 3)
    yield Bullets(tuple(place_lines(transition.places, transition.beyond)))
    if not transition.places:
        yield Paragraph(f"For example: {_witness(transition.witness)}.")
    blame = decision.blames.get(transition.became)
    if blame:
        yield Paragraph(f"Because of {because_line(blame, names.before, names.after)}.")
        yield Bullets(
            tuple(_alone(each, names, transition.situations) for each in blame.alone if each.undone or each.applied)
        )
    elif decision.responsible.blame:
        yield Paragraph("Which edits are responsible is not determined: the diagrams would be too large.")


def situations(count: int) -> str:
    return f"{count:,} {'situation' if count == 1 else 'situations'}"


def place_lines(places: Sequence[Place], beyond: int) -> Iterator[str]:
    """Each region with its count, what the constraints add, and a situation that shows it."""
    for place in places:
        region = place.region
        follows = f" (so {words.listed(list(_together(region.follows)))})" if region.follows else ""
        shared = (
            f", {region.further:,} of them not above" if region.shares and region.further < region.situations else ""
        )
        count = f"{region.situations:,}{shared}" if len(places) > 1 or beyond else ""
        said = words.value(region.words) or "everywhere"
        yield f"{f'{count}: ' if count else ''}{said}{follows}. For example: {_witness(place.witness)}."
    if beyond and not places:
        yield "These situations are not described: there are too many kinds of them."
    elif beyond:
        yield f"And {situations(beyond)} more that these do not hold."


def _witness(known: Mapping[str, Known]) -> str:
    return ", ".join(f"{words.fact(fact)} {words.value(value)}" for fact, value in known.items()) or "any situation"


def because_line(blame: Blame, before: Framework, after: Framework) -> str:
    """The smallest sets of edits, for the largest parts of the change."""
    said = []
    for part in blame.parts[:MOST_PARTS]:
        sets = (
            "edits that cannot all be tried together (the smallest sets are not determined)"
            if part.sets is None
            else _sets(part.sets, before, after)
        )
        said.append(f"{sets} ({part.situations:,})" if len(blame.parts) > 1 else sets)
    left = sum(part.situations for part in blame.parts[MOST_PARTS:])
    return "; ".join(said) + (f"; and others ({left:,})" if left else "")


def _together(tests: Sequence[str]) -> Iterator[str]:
    """Tests of single facts in words; facts of which the same holds are told together."""
    same: dict[str, list[str]] = {}
    for test in tests:
        fact, _, rest = test.partition(" is ")
        same.setdefault(rest, []).append(fact)
    for rest, facts in same.items():
        verb = f" {'are' if len(facts) > 1 else 'is'} {words.value(rest)}" if rest else ""
        yield f"{words.listed([words.value(fact) for fact in facts])}{verb}"


def _sets(sets: Sequence[Edits], before: Framework, after: Framework) -> str:
    named = [words.listed([edit_name(edit, before, after) for edit in each], "together with") for each in sets]
    return ", or of ".join(named) or "what both versions share"


def edit_name(edit: Edit, before: Framework, after: Framework) -> str:
    """An edit in words."""
    match edit.part, edit.before, edit.after:
        case Part.RULE, None, _:
            return f"rule {edit.name}, added in {after.version}"
        case Part.RULE, _, None:
            return f"rule {edit.name} of {before.version}, removed"
        case Part.RULE, old, new if old and new and old.id != new.id:
            return f"rule {new.id} ({after.version}) in place of rule {old.id} ({before.version})"
        case Part.ORDER | Part.RESOLVE, _, _:
            return str(edit.part)
        case _:
            return f"{edit.part} {words.fact(edit.name)}, changed"


def _alone(alone: Alone, names: _Names, of: int) -> str:
    edit = edit_name(alone.edit, names.before, names.after)
    return (
        f"{edit}: undone alone in {names.after.version}, {alone.undone:,} of {of:,} no longer get this answer;"
        f" applied alone to {names.before.version}, {alone.applied:,} do."
    )


def _remarks(decision: Behaviour, names: _Names) -> Iterator[Block]:
    idle = [edit_name(each, names.before, names.after) for each in decision.responsible.without_effect]
    idle += [f"constraint {each}" for each in (decision.limits.without_effect if decision.limits else ())]
    if idle:
        yield Paragraph("Edits without effect on any answer, whatever else is applied:")
        yield Bullets(tuple(idle))
    if decision.responsible.undetermined and decision.changes:
        yield Paragraph(f"Which edits are responsible is not determined: {decision.responsible.undetermined}.")


def _intent(decision: Behaviour, names: _Names, intent: str) -> Iterator[Block]:
    if not decision.spill:
        yield Paragraph(f"All change of answers lies inside the intent “{words.value(intent)}”: proved.")
        return
    total = sum(each.situations for each in decision.spill)
    yield Paragraph(
        f"Outside the intent “{words.value(intent)}” {situations(total)} {'changes' if total == 1 else 'change'}:"
    )
    for each in decision.spill:
        yield from _spilt(each, names)


def _spilt(spill: Spill, names: _Names) -> Iterator[Block]:
    before, after = names.answers(spill.became)
    yield Paragraph(f"From “{before}” to “{after}”: {situations(spill.situations)}.")
    yield Bullets(tuple(place_lines(spill.places, spill.beyond)))
