"""Two versions statement by statement: what was added, removed, changed or moved, in words and with places.

Statements are the same when their addresses are. Entries of a list that have no ids, such as those under `left_open`,
belong together when they say the same, then when their conditions are the same, then when at least half of their words
are; their addresses carry their number in the later version, or in the earlier one when they were removed. The order of
mappings, and of lists whose order means nothing, is no change, and neither are comments, line breaks and quotation
marks.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from typing import TypeVar

from greenpaper.comparison.redline import Runs, redline
from greenpaper.comparison.statements import CONDITIONS, Collection, Key, Statement, Value, collections_of
from greenpaper.framework.parts import LAYOUT, Parts
from greenpaper.source.text import Span

KIND_ORDER = [kind for kind, _ in LAYOUT]
WORDS_IN_ORDER = "worst_to_best"
LEAST_ALIKE = 0.5
MOST_PAIRS = 250_000
TITLE, SPLIT_FROM = "title", "split_from"
"""Keys that say what a statement is called, and of which other it was a part."""

Pair = tuple[Statement | None, Statement | None]
H = TypeVar("H", bound=Hashable)


class Kind(StrEnum):
    """What became of a statement. One that was changed and moved is changed."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of a statement: its value in each version, None where it has none, and the redline of both.

    `moved` are the words of a list whose order means something that stand elsewhere among those of both versions.
    """

    key: str
    before: Value | None
    after: Value | None
    runs: Runs
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands in its list: its number, and the name of the one before it, empty for the first."""

    number: int
    previous: str


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that is not what or where it was. `before` and `after` are its places in the files.

    `keys` are those that differ; for an added or removed statement, all of them. `confidences` are those given in it,
    in the later version where it is there. `moved` is where it stood and stands. `title` is what it is called in both
    versions, empty where that differs or is not said.
    """

    address: str
    kind: Kind
    keys: tuple[KeyChange, ...]
    before: Span | None
    after: Span | None
    confidences: tuple[str, ...] = ()
    moved: tuple[Standing, Standing] | None = None
    title: str = ""

    @property
    def is_renamed(self) -> bool:
        """Whether it is called otherwise than before."""
        return any(each.key == TITLE and each.before and each.after for each in self.keys)

    @property
    def only_renamed(self) -> bool:
        """Whether nothing but what it is called differs."""
        return self.is_renamed and len(self.keys) == 1

    @property
    def split_from(self) -> str:
        """What it was a part of before, where the later version says so and the earlier one does not."""
        return next((each.after.words for each in self.keys if each.key == SPLIT_FROM and each.after), "")


@dataclass(frozen=True, slots=True)
class Structure:
    """Every statement that differs, in the order of the later version, removed ones where they stood; `kept` others."""

    changes: tuple[Change, ...]
    kept: int

    @property
    def is_same(self) -> bool:
        return not self.changes

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many statements there are of each kind; every statement counts once."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: self.kept if kind is Kind.KEPT else counted[kind] for kind in Kind}


def compare_structure(before: Parts, after: Parts) -> Structure:
    """What two versions say, side by side. Both must have been checked, and drafts composed on their base."""
    old, new = _collections(before), _collections(after)
    changes: list[Change] = []
    kept = 0
    for name in _in_reading_order(list(old), list(new)):
        for change in _changes(old.get(name), new.get(name)):
            changes += [change] if change.kind is not Kind.KEPT else []
            kept += change.kind is Kind.KEPT
    return Structure(tuple(changes), kept)


def _collections(parts: Parts) -> dict[tuple[int, str, str], Collection]:
    """Collections by kind of file, address and key. Of equal ones in several files, the statements go together."""
    found: dict[tuple[int, str, str], Collection] = {}
    for part in sorted(parts, key=lambda each: _rank(each.kind)):
        for each in collections_of(part):
            name = (_rank(part.kind), each.address, each.key)
            earlier = found[name].statements if name in found else ()
            found[name] = replace(each, statements=(*earlier, *each.statements))
    return found


def _rank(kind: str) -> int:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)


def _in_reading_order(before: Sequence[H], after: Sequence[H]) -> Iterator[H]:
    """Those of `after` in its order; those only in `before` follow what they followed there."""
    stays = set(after)
    gone: dict[H | None, list[H]] = {}
    anchor = None
    for each in before:
        anchor = each if each in stays else anchor
        gone.setdefault(anchor, []).extend(() if each in stays else (each,))
    yield from gone.get(None, ())
    for each in after:
        yield each
        yield from gone.get(each, ())


def _changes(before: Collection | None, after: Collection | None) -> Iterator[Change]:
    old, new = _named(before.statements if before else (), after.statements if after else ())
    ordered = before is not None and after is not None and before.is_ordered and after.is_ordered
    moved = _moved(list(old), list(new)) if ordered else frozenset()
    stood, stands = _standings(old), _standings(new)
    for name in _in_reading_order(list(old), list(new)):
        yield _change(old.get(name), new.get(name), (stood[name], stands[name]) if name in moved else None)


def _change(before: Statement | None, after: Statement | None, moved: tuple[Standing, Standing] | None) -> Change:
    here = after or before
    assert here
    keys = tuple(_key_changes(before.values if before else {}, after.values if after else {}))
    places = (before.span if before else None, after.span if after else None)
    kind, title = _kind((before, after), keys, moved), here.values.get((TITLE,))
    said = title.words if title and all(each.key != TITLE for each in keys) else ""
    return Change(here.address, kind, keys, *places, here.confidences, moved, said)


def _kind(pair: Pair, keys: tuple[KeyChange, ...], moved: object) -> Kind:
    match pair:
        case None, _:
            return Kind.ADDED
        case _, None:
            return Kind.REMOVED
        case _ if keys:
            return Kind.CHANGED
        case _:
            return Kind.MOVED if moved else Kind.KEPT


def _key_changes(before: Mapping[Key, Value], after: Mapping[Key, Value]) -> Iterator[KeyChange]:
    for key in _in_reading_order(list(before), list(after)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old.spelling != new.spelling:
            yield KeyChange("/".join(key), old, new, _redline(old, new), _words_moved(key, old, new))


def _redline(before: Value | None, after: Value | None) -> Runs:
    """By the words; by the spelling where the words are the same and only what they stand for differs."""
    if before and after and before.words == after.words:
        return redline(before.spelling, after.spelling)
    return redline(before.words if before else "", after.words if after else "")


def _words_moved(key: Key, before: Value | None, after: Value | None) -> tuple[str, ...]:
    if before is None or after is None or key[-1:] != (WORDS_IN_ORDER,):
        return ()
    old, new = (list(map(str, each)) if isinstance(each, list) else [] for each in (before.plain, after.plain))
    moved = _moved(old, new)
    return tuple(word for word in dict.fromkeys(new) if word in moved)


def _moved(before: Sequence[H], after: Sequence[H]) -> frozenset[H]:
    """The fewest of those on both sides that must be moved to turn one order into the other."""
    place = {each: number for number, each in enumerate(after)}
    common = [each for each in before if each in place]
    stay = _longest_rising([place[each] for each in common])
    return frozenset(each for each in common if place[each] not in stay)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """A longest part of the different `numbers`, in their order, in which each is greater than the one before."""
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        previous[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        found.add(step)
        step = previous[step]
    return frozenset(found)


def _standings(statements: Mapping[H, Statement]) -> dict[H, Standing]:
    previous = ["", *(each.name for each in statements.values())]
    return {name: Standing(number + 1, previous[number]) for number, name in enumerate(statements)}


def _named(
    before: Sequence[Statement], after: Sequence[Statement]
) -> tuple[dict[Hashable, Statement], dict[Hashable, Statement]]:
    """Both sides by names that are equal for statements that belong together."""
    nameless = [each for each in before if not each.is_named], [each for each in after if not each.is_named]
    partners = _partners(*nameless)
    names: dict[int, Hashable] = {id(each): ("later", number) for number, each in enumerate(nameless[1])}
    for number, each in enumerate(nameless[0]):
        names[id(each)] = ("later", partners[number]) if number in partners else ("earlier", number)
    return _by_name(before, names), _by_name(after, names)


def _by_name(statements: Sequence[Statement], names: Mapping[int, Hashable]) -> dict[Hashable, Statement]:
    """By the name given, or else the address; of several at one address, from several files, each by its number."""
    times: Counter[Hashable] = Counter()
    found: dict[Hashable, Statement] = {}
    for each in statements:
        name = names.get(id(each), each.address)
        found[name, times[name]] = each
        times[name] += 1
    return found


def _partners(before: Sequence[Statement], after: Sequence[Statement]) -> dict[int, int]:
    """Number in `before` → number in `after` of the statement that belongs to it; most alike first."""
    found: dict[int, int] = {}
    for alike in (_all_said, _conditions):
        found |= _equals(before, after, found, alike)
    left = [number for number in range(len(before)) if number not in found]
    free = sorted(set(range(len(after))) - set(found.values()))
    if len(left) * len(free) <= MOST_PAIRS:
        for _, one, other in sorted(_alike(before, after, left, free)):
            if one not in found and other not in found.values():
                found[one] = other
    return found


def _equals(
    before: Sequence[Statement],
    after: Sequence[Statement],
    found: Mapping[int, int],
    of: Callable[[Statement], Hashable],
) -> Iterator[tuple[int, int]]:
    """Pairs of which `of` says the same, each statement once, in their order."""
    free: dict[Hashable, list[int]] = {}
    for number in sorted(set(range(len(after))) - set(found.values()), reverse=True):
        free.setdefault(of(after[number]), []).append(number)
    for number, each in enumerate(before):
        same = free.get(of(each)) if number not in found and of(each) else None
        if same:
            yield number, same.pop()


def _all_said(statement: Statement) -> Hashable:
    return frozenset(statement.said.items())


def _conditions(statement: Statement) -> Hashable:
    return frozenset((key, said) for key, said in statement.said.items() if key[-1:] and key[-1] in CONDITIONS)


def _alike(
    before: Sequence[Statement], after: Sequence[Statement], left: Iterable[int], free: Iterable[int]
) -> Iterator[tuple[float, int, int]]:
    """Pairs that share at least half of their words, with how much they differ."""
    old, new = {number: _bag(before[number]) for number in left}, {number: _bag(after[number]) for number in free}
    for one, other in product(old, new):
        shared = 2 * (old[one] & new[other]).total() / (old[one].total() + new[other].total() or 1)
        if shared >= LEAST_ALIKE:
            yield 1 - shared, one, other


def _bag(statement: Statement) -> Counter[str]:
    return Counter(word for value in statement.values.values() for word in value.words.split())
