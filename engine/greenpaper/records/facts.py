"""A record's cells as typed facts of one vocabulary. Knows no framework."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import assert_never

from greenpaper.language.types import Calendar, Graded, Known, Numeric, Scale, Truth, Type, describe
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.records.record import Cell, Record, Unknown
from greenpaper.source.nearest import did_you_mean

TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that its fact cannot take: which fact, what was given, and one thing to do."""

    fact: str
    given: str
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record says in one vocabulary.

    `known` has a value for each known fact, `unknown` a reason for every other fact of the vocabulary. `narrowed` has
    the values that remain for those of them that were judged on another scale, whose word maps to several.
    """

    known: Mapping[str, Known]
    unknown: Mapping[str, Unknown]
    narrowed: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)

    @property
    def possible(self) -> dict[str, tuple[Known, ...]]:
        """Every fact of which something is known, with the values it can have."""
        return {**{fact: (value,) for fact, value in self.known.items()}, **self.narrowed}


def facts_of(
    record: Record,
    vocabulary: Vocabulary,
    *,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
    judged: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[Facts, tuple[WrongCell, ...]]:
    """The record's facts, typed, with those that follow from its dates; and every cell that cannot be used.

    `as_of` is the day to which months are counted. `elsewhere` names facts of other versions, which are not
    applicable here and no problem, and `judged` has the words by which other versions judge a fact: one that no
    mapping carries over leaves the fact unknown. A cell with a problem counts as unreadable, never as absent.
    """
    known: dict[str, Known] = {}
    unknown: dict[str, Unknown] = {}
    wrong: list[WrongCell] = []
    narrowed: dict[str, tuple[Known, ...]] = {}
    cells = _with_derived(record.cells, vocabulary, as_of)
    for name, fact in vocabulary.facts.items():
        cell = cells.get(name)
        value, remaining = read_cell(cell, fact.type, vocabulary, judged.get(name, ()))
        if remaining:
            narrowed[name] = remaining
        match value:
            case Unknown() as reason:
                unknown[name] = reason
            case Wrong(message, advice):
                unknown[name] = Unknown.UNREADABLE
                wrong.append(WrongCell(name, str(cell), message, advice))
            case _:
                known[name] = value
    return Facts(known, unknown, narrowed), (*wrong, *_strangers(record, vocabulary, elsewhere))


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be a value of its fact, and one thing to do."""

    message: str
    help: str


def read_cell(
    cell: Cell, kind: Type, vocabulary: Vocabulary, judged: Collection[str] = ()
) -> tuple[Known | Unknown | Wrong, tuple[Known, ...]]:
    """One cell as a value of a fact of this type, and the values that remain where another scale leaves several.

    `judged` are the words by which other versions judge the fact.
    """
    mapped = _mapped(cell, kind, vocabulary)
    return _on_its_scale(cell, kind, mapped, judged), mapped if len(mapped) > 1 else ()


def _on_its_scale(
    cell: Cell, kind: Type, mapped: tuple[Known, ...], judged: Collection[str]
) -> Known | Unknown | Wrong:
    """The cell as a value of the type, a word of another scale as the one word it maps to."""
    if mapped:
        return mapped[0] if len(mapped) == 1 else Unknown.OTHER_SCALE
    if isinstance(kind, Graded) and cell in judged and cell not in kind.scale.words:
        return Unknown.OTHER_SCALE
    return typed(cell, kind)


def typed(cell: Cell, kind: Type) -> Known | Unknown | Wrong:
    """The cell as a value of the type; absent, None or empty is not known."""
    if cell is None or cell == "":
        return Unknown.NOT_KNOWN
    if isinstance(cell, Unknown):
        return cell
    match kind:
        case Graded(scale):
            return cell if isinstance(cell, str) and cell in scale.words else _off_the_scale(str(cell), scale)
        case Truth():
            truth = TRUTHS.get(cell) if isinstance(cell, str) else cell
            return truth if isinstance(truth, bool) else Wrong("neither true nor false", "write true or false")
        case Calendar():
            return _date(cell)
        case Numeric():
            return _number(cell, kind)
        case _:
            assert_never(kind)


def _off_the_scale(given: str, scale: Scale) -> Wrong:
    advice = did_you_mean(given, scale.words) or f"write one of {', '.join(scale.words)}"
    return Wrong(f"not {describe(Graded(scale))} of `{scale.id}`", advice)


def _date(cell: Cell) -> date | Wrong:
    """The day; a moment counts as its day."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        return Wrong("not a date", "write year, month and day, such as 2026-04-01")


def _number(cell: Cell, kind: Numeric) -> Decimal | Wrong:
    try:
        number = Decimal(str(cell)) if not isinstance(cell, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return Wrong("not a number", "write digits")
    if kind.whole and number != number.to_integral_value():
        return Wrong("not a whole number", "write digits without a point")
    if (kind.least is not None and number < kind.least) or (kind.most is not None and number > kind.most):
        return Wrong("outside the declared range", f"write a number from {kind.least} to {kind.most}")
    return number


def _with_derived(cells: Mapping[str, Cell], vocabulary: Vocabulary, as_of: date | None) -> Mapping[str, Cell]:
    """The cells with those that follow from dates; one that the record gives itself is kept."""
    derived: dict[str, Cell] = {}
    for name, fact in vocabulary.facts.items():
        if fact.derived and as_of and isinstance(typed(cells.get(name), fact.type), Unknown):
            since = typed(cells.get(fact.derived.since), Calendar())
            if isinstance(since, date):
                derived[name] = months_between(since, as_of)
    return {**cells, **derived}


def _mapped(cell: Cell, kind: Type, vocabulary: Vocabulary) -> tuple[Known, ...]:
    """The own words that a word of another version's scale can be; none where no mapping speaks of it."""
    if not (isinstance(kind, Graded) and isinstance(cell, str)) or cell in kind.scale.words:
        return ()
    return vocabulary.maps.get(kind.scale.id, {}).get(cell.strip(), ())


def months_between(earlier: date, later: date) -> int:
    """Whole completed months from `earlier` to `later`; negative when `later` comes first.

    A month is completed on the same day of the next month, or on the last day of a month that has no such day.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28)), months_between(date(2026, 5, 2), date(2026, 6, 1))
    (1, 0)
    """
    if later < earlier:
        return -months_between(later, earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if later.day >= earlier.day or _is_last_day(later) else months - 1


def _is_last_day(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month


def _strangers(record: Record, vocabulary: Vocabulary, elsewhere: Collection[str]) -> Iterator[WrongCell]:
    for name, cell in record.cells.items():
        if name not in vocabulary.facts and name not in elsewhere:
            advice = did_you_mean(name, (*vocabulary.facts, *elsewhere)) or "delete the column, or declare the fact"
            yield WrongCell(name, "" if cell is None else str(cell), "no version knows this fact", advice)
