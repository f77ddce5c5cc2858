"""Frames that are questions not yet asked: DuckDB and Spark by expressions, Polars by the way of records at hand.

The class of each fact is an expression over its column, a situation's number is made of the classes by arithmetic, and
each table is looked up at that number. Nothing is computed before the engine is asked, and rows keep their order. Only
cells that cannot be used are looked for at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from greenpaper.population.answers import Column, name_of, words
from greenpaper.population.arrow_columns import told
from greenpaper.population.batches import Encoding
from greenpaper.population.classes import Classes, day_in
from greenpaper.population.frames import Eager, Lazy, as_arrow
from greenpaper.population.layouts import Layout
from greenpaper.population.lazy_classes import Expression, by_halves, class_of, months_class_of, number_of
from greenpaper.population.places import looked_up_in_duckdb, looked_up_in_spark
from greenpaper.population.plans import UNREADABLE, Plan
from greenpaper.population.turns import READ_AT_ONCE
from greenpaper.population.unusable import BadCell, BadCells, UnusableFrame
from greenpaper.records.facts import Wrong, months_between

MOST_READ = 10_000
"""So many different cells that cannot be used are read for each fact, those of most rows first."""

Frame = nw.LazyFrame[Any]
AtHand = Callable[[Eager], Any]


def gives_lazily(given: Lazy, plan: Plan, odd: Sequence[BadCell], at_hand: AtHand) -> Any:
    """The frame with the columns of the plan, of the same kind and still lazy; `odd` are columns that are no facts.

    `at_hand` does the same for an eager frame. Errors: UnusableFrame; UnreadableColumn; TypeError for other lazy
    frames.
    """
    bad = BadCells()
    bad.add(odd, len(odd))
    if given.frame.implementation.is_polars():
        if plan.lists_bad:
            _refuse(_met_in(polars_batches(given, plan.encoding.columns), plan.encoding, bad))
        return _by_batches(given, plan, at_hand)
    read = _Read(given, plan.encoding.with_others(given.columns))
    if plan.lists_bad:
        _refuse(_met(read, bad))
    return _answered(read, plan).to_native()


def _refuse(bad: BadCells) -> None:
    if bad.count:
        raise UnusableFrame(bad.first, bad.count)


# Polars


def polars_batches(given: Lazy, columns: frozenset[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a lazy frame of Polars in their order, a few at a time, with those of the columns that it has."""
    wanted = [name for name in given.columns if name in columns] or list(given.columns[:1])
    for part in given.frame.to_native().select(wanted).collect_batches():
        yield from as_arrow(_eager(part), wanted).to_batches(max_chunksize=READ_AT_ONCE)


def _eager(native: Any) -> Eager:
    return Eager(nw.from_native(native, eager_only=True))


def _met_in(batches: Iterator[pa.RecordBatch], encoding: Encoding, bad: BadCells) -> BadCells:
    row = 0
    for batch in batches:
        encoding.reading(batch).of(slice(0, len(batch)), before=row, bad=bad)
        row += len(batch)
    return bad


def _by_batches(given: Lazy, plan: Plan, at_hand: AtHand) -> Any:
    """One expression over the facts that are there, so that Polars can still leave out columns and rows."""
    polars, native = given.frame.implementation.to_native_namespace(), given.frame.to_native()
    wanted = [name for name in given.columns if name in plan.encoding.columns] or list(given.columns[:1])
    if not wanted:
        return at_hand(_eager(native.collect())).lazy()

    def answers(facts: Any) -> Any:
        return at_hand(_eager(facts)).select(plan.names)

    schema = answers(polars.DataFrame(schema=native.select(wanted).collect_schema())).schema
    if not schema:
        return native
    own = _unused("answers", given.columns)
    found = polars.struct(wanted).map_batches(
        lambda rows: answers(rows.struct.unnest()).to_struct(), polars.Struct(dict(schema)), is_elementwise=True
    )
    return native.with_columns(found.alias(own)).unnest(own)


def _unused(name: str, columns: Sequence[str]) -> str:
    """A name for a column that does not clash with any that is there."""
    while any(each.casefold().startswith(name) for each in columns):
        name = f"_{name}"
    return name


# DuckDB and Spark: the classes of each fact


class _Read:
    """A frame with the number of each fact's class beside it, or a number that is no class for what cannot be used."""

    def __init__(self, given: Lazy, encoding: Encoding) -> None:
        if not (given.frame.implementation.is_duckdb() or given.frame.implementation.is_pyspark()):
            raise TypeError(f"a lazy frame of {given.frame.implementation.value} cannot be asked: collect it before")
        self.columns, self.encoding, self.by_map = given.columns, encoding, _is_spark(given.frame)
        self.schema = given.frame.collect_schema()
        self.prefix = _unused("class_of_", self.columns)
        own = [self._own(fact, classes) for fact, classes in encoding.classes.items()]
        derived = [self._derived(fact, classes) for fact, classes in encoding.classes.items()]
        self.frame = _with(_with(given.frame, own), [each for each in derived if each is not None])

    def name(self, fact: str) -> str:
        """The column that has the class of a fact."""
        return f"{self.prefix}{[*self.encoding.classes].index(fact)}"

    def code(self, fact: str) -> Expression:
        """The class of a fact, which may be none."""
        return nw.col(self.name(fact))

    def wrong(self, fact: str) -> Expression:
        """Whether a fact's cell cannot be used."""
        return self.code(fact) == len(self.encoding.classes[fact])

    def one_if_wrong(self, fact: str) -> Expression:
        """One where a fact's cell cannot be used, and zero elsewhere."""
        return nw.when(self.wrong(fact)).then(number_of(1)).otherwise(number_of(0))

    def since(self, fact: str) -> str | None:
        """The column of days that a fact follows from, where it is there and a day to count to is given."""
        since = self.encoding.since.get(fact)
        return since if self.encoding.as_of and since in self.schema else None

    def _own(self, fact: str, classes: Classes) -> Expression:
        found = number_of(classes.unknown)
        if fact in self.schema:
            found = class_of(fact, self.schema[fact], classes, by_map=self.by_map)
        return found.alias(self.name(fact))

    def _derived(self, fact: str, classes: Classes) -> Expression | None:
        since, as_of = self.since(fact), self.encoding.as_of
        if since is None or as_of is None:
            return None
        found = months_class_of(self.code(fact), since, self.schema[since], as_of, classes)
        return found.alias(self.name(fact))

    def own_columns(self, frame: Frame) -> list[str]:
        """The columns of a frame that were made on the way."""
        return [name for name in frame.collect_schema().names() if name.startswith(self.prefix)]


def _with(frame: Frame, columns: Sequence[Expression]) -> Frame:
    return frame.with_columns(*columns) if columns else frame


# DuckDB and Spark: the answers


def _answered(read: _Read, plan: Plan) -> Frame:
    """The frame with the columns of the plan, and none that was made on the way.

    Errors: ValueError for a name that is taken.
    """
    taken = {each.casefold() for each in read.columns}.intersection(each.casefold() for each in plan.names)
    if taken:
        raise ValueError(f"the frame already has a column {min(taken)}: rename it, or leave it out")
    more = [] if plan.lists_bad else [_unreadable(read).alias(UNREADABLE)]
    frame = _with(read.frame, [*(_usable(read, fact) for fact in read.encoding.classes), *more])
    last = []
    for number, asked in enumerate(plan.layouts):
        frame, state = _walked(frame, read, asked, f"{read.prefix}state_{number}")
        last += [_in_words(nw.col(state), asked, column, _is_spark(frame)) for column in asked.columns]
    found = _with(frame, last).drop(*read.own_columns(frame))
    return found if plan.lists_bad else _with_last(found, UNREADABLE)


def _with_last(frame: Frame, column: str) -> Frame:
    names = [name for name in frame.collect_schema().names() if name != column]
    return frame.select(*names, column)


def _is_spark(frame: Frame) -> bool:
    return frame.implementation.is_pyspark()


def _usable(read: _Read, fact: str) -> Expression:
    unknown = number_of(read.encoding.classes[fact].unknown)
    return nw.when(read.wrong(fact)).then(unknown).otherwise(read.code(fact)).alias(read.name(fact))


def _unreadable(read: _Read) -> Expression:
    """How many cells of each row cannot be used."""
    found = reduce(lambda one, other: one + other, map(read.one_if_wrong, read.encoding.classes), number_of(0))
    return found.cast(nw.Int16() if _is_spark(read.frame) else nw.UInt8())


def _walked(frame: Frame, read: _Read, asked: Layout, own: str) -> tuple[Frame, str]:
    """The frame with a column that has the number of the conclusion, and what it is called."""
    state = None
    for number, step in enumerate(asked.tables.steps):
        place, into = f"{own}_place_{number}", f"{own}_{number}"
        digits: Sequence[tuple[int, str]] = [
            *(((1, state),) if state else ()),
            *((arity, read.name(fact)) for arity, fact in zip(step.arities, step.facts, strict=True)),
        ]
        key = reduce(lambda joined, digit: joined * digit[0] + nw.col(digit[1]), digits, number_of(0))
        frame = _looked_up(frame.with_columns(key.alias(place)), place, {into: step.table.tolist()})
        state = into
    assert state is not None
    return frame, state


def _looked_up(frame: Frame, place: str, tables: Mapping[str, Sequence[int]]) -> Frame:
    look_up = looked_up_in_spark if _is_spark(frame) else looked_up_in_duckdb
    found: Frame = nw.from_native(look_up(frame.to_native(), place, tables))
    return found


def _in_words(number: Expression, asked: Layout, column: Column, is_spark: bool) -> Expression:
    name = name_of(asked.tables.decision.id, column)
    if column is Column.POSSIBLE:
        return number.cast(_type_of(len(asked.tables.conclusions), is_spark)).alias(name)
    listed, found = words(asked.tables, column)
    firsts = [0, *(at for at in range(1, len(found)) if found[at] != found[at - 1])]
    kind = nw.String() if is_spark else nw.Enum(listed)
    literals = [nw.lit(found[at], dtype=nw.String).cast(kind) for at in firsts]
    return by_halves(number, [number_of(at) for at in firsts[1:]], literals).alias(name)


def _type_of(count: int, is_spark: bool) -> nw.dtypes.DType:
    """The smallest type for codes; Spark has none without a sign."""
    if is_spark:
        return nw.Int16() if count <= 2**15 else nw.Int32()
    return nw.UInt8() if count <= 2**8 else nw.UInt16() if count <= 2**16 else nw.UInt32()


# DuckDB and Spark: situations counted, and cells that cannot be used


@dataclass(frozen=True, slots=True)
class Lines:
    """What an engine counted: the class of each fact, the value of the column to group by, and how many rows."""

    codes: Mapping[str, Sequence[int]]
    values: Sequence[Any]
    counts: Sequence[int]
    bad: BadCells


def counted_in_engine(given: Lazy, encoding: Encoding, by: str | None) -> Lines:
    """Each combination that occurs; cells that cannot be used count as unknown, so that it may be there twice.

    Errors: UnreadableColumn; TypeError for a lazy frame other than those of DuckDB and Spark.
    """
    read = _Read(given, encoding)
    value, rows = f"{read.prefix}value", f"{read.prefix}rows"
    frame = read.frame.with_columns((nw.col(by) if by else number_of(0)).alias(value))
    keys = [value, *(read.name(fact) for fact in encoding.classes)]
    table = frame.group_by(*keys).agg(nw.len().alias(rows)).collect("pyarrow").to_native()
    counts, codes, bad = table[rows].to_pylist(), {}, BadCells()
    for fact, classes in encoding.classes.items():
        found = table[read.name(fact)].to_pylist()
        wrong = sum(count for code, count in zip(found, counts, strict=True) if code == len(classes))
        if wrong:
            _add_cells(read, fact, wrong, bad)
        codes[fact] = [classes.unknown if code == len(classes) else code for code in found]
    others = {fact: each for fact, each in encoding.others.items() if fact in given.columns}
    if others:
        _met(_Read(given, replace(encoding, classes=others, others={})), bad)
    return Lines(codes, table[value].to_pylist() if by else [None] * len(counts), counts, bad)


def values_in(given: Lazy, column: str, most: int) -> Sequence[Any]:
    """The different values of a column, no more than so many."""
    found: list[Any] = given.frame.select(column).unique().head(most).collect("pyarrow").to_native()[column].to_pylist()
    return found


def is_nested(given: Lazy, column: str) -> bool:
    """Whether a column holds lists or the like."""
    return given.frame.collect_schema()[column].is_nested()


def _met(read: _Read, bad: BadCells) -> BadCells:
    """One query that counts, and one more for each fact that has such cells."""
    facts = [fact for fact in read.encoding.classes if fact in read.schema or read.since(fact)]
    if not facts:
        return bad
    sums = (read.one_if_wrong(fact).sum().alias(read.name(fact)) for fact in facts)
    counts = read.frame.select(*sums).collect("pyarrow").to_native()
    for fact in facts:
        if count := counts[read.name(fact)][0].as_py():
            _add_cells(read, fact, count, bad)
    return bad


def _add_cells(read: _Read, fact: str, count: int, bad: BadCells) -> None:
    """The cells of one fact, each with how many rows have it: those of most rows first."""
    keys = [name for name in (fact, read.since(fact)) if name and name in read.schema]
    rows = f"{read.prefix}rows"
    lines = read.frame.filter(read.wrong(fact)).group_by(*keys).agg(nw.len().alias(rows))
    table = lines.sort(rows, descending=True).head(MOST_READ).collect("pyarrow").to_native()
    found: dict[str, BadCell] = {}
    for line in range(table.num_rows):
        cells = {name: told(table[name][line]) for name in keys}
        number = table[rows][line].as_py()
        cell = _bad_cell(read, fact, cells, number)
        if cell is None:
            count -= number
        else:
            same = found.get(str(cell.given))
            found[str(cell.given)] = replace(cell, rows=number + (same.rows or 0)) if same else cell
    bad.add(sorted(found.values(), key=lambda each: (-(each.rows or 0), str(each.given))), count)


def _bad_cell(read: _Read, fact: str, cells: Mapping[str, Any], rows: int) -> BadCell | None:
    """The cell itself, or the months that follow from the date; None for one that Python can read after all."""
    classes, given = read.encoding.classes[fact], cells.get(fact)
    why = classes.class_of(given)
    since, as_of = read.since(fact), read.encoding.as_of
    if why == classes.unknown and since and as_of and (day := day_in(cells[since])):
        given = months_between(day, as_of)
        why = classes.class_of(given)
    return BadCell(None, fact, given, why.message, why.help, rows) if isinstance(why, Wrong) else None
