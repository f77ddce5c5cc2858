"""Whether a draft's options do what they say: all they change is declared, and each declaration has an effect.

Every option that declares something is taken with the others preferred, and compared with the base. What is declared is
said in the words of the base. Movers are looked up among the records.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from greenpaper.analysis.counting import kind_in_words, witness_in_words
from greenpaper.comparison import intent_problems as problems
from greenpaper.comparison.choices import Whole
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.difference import Became
from greenpaper.comparison.options import Combination, Options, some_options
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.proposals import Picked, Proposals, completions, in_order
from greenpaper.framework.reading import Reading
from greenpaper.language.checker import check_condition
from greenpaper.language.terms import Term
from greenpaper.records.record import Record
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Diagram, TooLarge
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import head, nearest
from greenpaper.source.text import Span


@dataclass(frozen=True, slots=True)
class Meant:
    """One declaration of an option: where it means to change a decision."""

    option: str
    decision: str
    where: Term
    place: Span


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the options of one version declare."""

    base: Framework
    proposals: Proposals
    found: list[Diagnostic] = field(default_factory=list)

    def declaring(self) -> tuple[Picked, ...]:
        """The options that declare what they change, or whom they move."""
        every = (Picked(proposal, name) for proposal in self.proposals for name in proposal.options)
        return tuple(each for each in every if each.option.intent is not None or each.option.movers is not None)

    def meant(self, picked: Picked) -> Iterator[Meant]:
        """What an option declares; what is wrong in it is collected."""
        reading = Reading(picked.proposal.written, picked.proposal.node, self.found)
        for number, written in enumerate(picked.option.intent or ()):
            path = ("options", picked.name, "intent", number)
            if written.decision not in self.base.decisions:
                place = reading.value(*path, "decision")
                self.found.append(problems.unknown_in_intent(written.decision, "decision", place, self.base.decisions))
            parsed = reading.condition(*path, "where")
            checked, wrong = check_condition(parsed, self.base.vocabulary) if parsed else (None, ())
            self.found.extend(wrong)
            if checked and written.decision in self.base.decisions:
                yield Meant(str(picked), written.decision, checked, reading.value(*path, "where"))


def check_intents(
    catalogue: Catalogue,
    version: str,
    records: Sequence[Record],
    *,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> tuple[Diagnostic, ...]:
    """What the options of a version change beyond what they declare, and declare without changing it.

    Errors: PolicyError, NoSuchVersion. Where the diagrams would be too large, that is what is said.
    """
    base = catalogue.without_options(version)
    draft = _Draft(base, catalogue.proposals(version))
    declaring = draft.declaring()
    meant = {str(each): tuple(draft.meant(each)) for each in declaring}
    if draft.found or not declaring:
        return tuple(draft.found)
    choices = {str(each): next(completions(draft.proposals, {each.proposal.id: each.name})) for each in declaring}
    terms = [each.where for several in meant.values() for each in several]
    asked = list({tuple(choice.items()): choice for choice in choices.values()}.values())
    try:
        options = some_options(
            catalogue,
            version,
            asked,
            records if _movers(declaring) else (),
            as_of=as_of,
            elsewhere=elsewhere,
            more=terms,
        )
        every = ((each, options.by_key[tuple(choices[str(each)].values())]) for each in declaring)
        return tuple(
            problem for each, combination in every for problem in _of_option(options, each, combination, meant)
        )
    except TooLarge as fault:
        return tuple(problems.intent_not_settled(str(each), str(fault), each.place("title")) for each in declaring)


def _movers(declaring: Iterable[Picked]) -> bool:
    return any(each.option.movers is not None for each in declaring)


def _of_option(
    options: Options, picked: Picked, combination: Combination, meant: Mapping[str, Sequence[Meant]]
) -> Iterator[Diagnostic]:
    """What is to be said of one option; that all is declared only where all options chosen beside it declare too."""
    beside = in_order(options.proposals, combination.choice)
    if picked.option.intent is not None and all(
        not each.option.edits or each.option.intent is not None for each in beside
    ):
        declared = [each for other in beside for each in meant.get(str(other), ())]
        for decision in options.base.decisions:
            yield from _spill(options.base, picked, combination, decision, declared)
    if picked.option.intent is not None:
        for each in meant[str(picked)]:
            yield from _idle(picked, combination, each)
    if picked.option.movers is not None:
        yield from _moved(options, picked, combination)


def _spill(
    base: Framework, picked: Picked, combination: Combination, decision: str, declared: Sequence[Meant]
) -> Iterator[Diagnostic]:
    place = picked.place("intent")
    effect = combination.effects.get(decision)
    if effect is None or effect.not_comparable:
        reason = effect.not_comparable if effect else f"it has no decision `{decision}`"
        yield problems.intent_not_settled(str(picked), reason, place)
        return
    terms = [each.where for each in declared if each.decision == decision]
    whole = combination.laid.whole(decision, terms)
    changes = _changes(whole, combination)
    compiler = Compiler(whole.space, whole.forest)
    for term in terms:
        changes = whole.forest.without(changes, compiler.diagram(term))
    count = whole.forest.counts(changes, whole.levels).get(True, 0)
    if count:
        facts = tuple(whole.space.cells[level].fact for level in whole.levels)
        total = kind_in_words((base, combination.laid.family.framework), facts)
        yield problems.outside_intent(str(picked), decision, f"{count:,} {total}", _example(whole, changes), place)


def _changes(whole: Whole, combination: Combination) -> Diagram:
    """Where the answer changes, for certain or perhaps."""
    return whole.forest.apply(
        lambda value: isinstance(value, Became) and value.movement is not Movement.NONE, whole.root(combination.choice)
    )


def _example(whole: Whole, changes: Diagram) -> str:
    path = whole.forest.path(changes, True) or {}
    return witness_in_words(
        {whole.space.cells[level].fact: whole.space.cells[level].values[cell] for level, cell in path.items()}
    )


def _idle(picked: Picked, combination: Combination, meant: Meant) -> Iterator[Diagnostic]:
    effect = combination.effects.get(meant.decision)
    if effect is None or effect.not_comparable:
        return
    whole = combination.laid.whole(meant.decision, [meant.where])
    where = Compiler(whole.space, whole.forest).diagram(meant.where)
    if True not in whole.forest.values(whole.forest.both(where, _changes(whole, combination))):
        yield problems.intent_without_effect(str(picked), meant.place)


def _moved(options: Options, picked: Picked, combination: Combination) -> Iterator[Diagnostic]:
    expected = picked.option.movers
    assert expected
    names = {record.authority.name for record in options.records}
    for reason in dict.fromkeys(each.not_comparable for each in combination.effects.values() if each.not_comparable):
        yield problems.intent_not_settled(str(picked), reason, picked.place("movers"))
    for key, listed, how in (
        ("certain", expected.certain, Movement.CERTAIN),
        ("possible", expected.possible, Movement.POSSIBLE),
    ):
        effects = (each for each in combination.effects.values() if not each.not_comparable)
        moving = {options.records[number].authority.name for each in effects for number in each.movers(how)}
        for number, name in enumerate(listed):
            if name not in names:
                place = head(nearest(picked.node, ("movers", key, number)))
                yield problems.unknown_in_intent(name, "authority", place, sorted(names))
        place = picked.place("movers", key) if listed else picked.place("movers")
        missing, extra = sorted({*listed} & names - moving), sorted(moving - {*listed})
        if missing or extra:
            yield problems.movers_not_as_expected(str(picked), str(how), missing, extra, place)
