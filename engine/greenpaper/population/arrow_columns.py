"""A column of Arrow data as classes of one fact. Words are read once for each distinct word, numbers are compared.

What a value means is decided by `Classes`, and so by the reading of one record; numbers and dates go by thresholds that
are equal to that reading for every value the column's type has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import ceil, floor, inf, nextafter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from numpy.typing import NDArray

from greenpaper.language.types import Calendar, Known, Numeric
from greenpaper.population.classes import Classes, day_in, ends, thresholds
from greenpaper.population.tables import Codes, smallest
from greenpaper.population.views import MET_AMONG, SLOTS, Views, Words
from greenpaper.population.walking import all_in_range, looked_up
from greenpaper.records.facts import Wrong

EPOCH = date(1970, 1, 1).toordinal()
LAST = date.max.toordinal() - EPOCH
IN_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
FEW = 16
"""So many thresholds are compared one by one; more are searched."""


Read = tuple[Codes, bool]
"""Classes, and whether all of them are; a value that cannot be used has a number that is no class."""
Reader = Callable[[slice], Read]
"""Reads some of a column's values."""


def reader(column: pa.Array, classes: Classes) -> Reader:
    """How the values of a column become classes: the words of a dictionary are read at once, and only once."""
    kind = smallest(len(classes) + 1)
    if kinds.is_dictionary(column.type):
        return _Words.of(column, classes, kind)
    words = Words.met(column) if kinds.is_string_view(column.type) and len(column) > MET_AMONG else None
    if words:
        return _viewed(column, words, classes, kind)
    return lambda rows: _encoded(column[rows], classes, kind)


def _viewed(column: pa.Array, words: Words, classes: Classes, kind: type[np.unsignedinteger]) -> Reader:
    """How a column of views becomes classes, most of whose words are known."""
    views, bits, numbers = Views.of(column), _Bits.of(column), np.zeros(SLOTS, kind)
    for place, word in words.words.items():
        numbers[place] = _number(classes, told(word))

    def read(rows: slice) -> Read:
        part, missing = views[rows], bits.missing(rows) if bits else None
        places, same = words.places(part, missing)
        codes = looked_up(numbers, places)
        at = np.flatnonzero(~same)
        at = at if missing is None else at[missing[at] == 0]
        if len(at):
            codes = codes.copy()
            codes[at], _ = _encoded(part[at].as_arrow(), classes, kind)
        return _with_unknown(codes, missing, classes)

    return read


def _number(classes: Classes, cell: Any) -> int:
    """The number of a value's class, or the first that is none."""
    found = classes.class_of(cell)
    return len(classes) if isinstance(found, Wrong) else found


def _encoded(column: pa.Array, classes: Classes, kind: type[np.unsignedinteger]) -> Read:
    if kinds.is_null(column.type):
        return np.full(len(column), classes.unknown, kind), True
    if isinstance(classes.kind, Numeric) and (kinds.is_integer(column.type) or kinds.is_floating(column.type)):
        return _from_numbers(column, classes, kind)
    if isinstance(classes.kind, Calendar) and (kinds.is_date(column.type) or kinds.is_timestamp(column.type)):
        return _from_days(days_of(column), missing_in(column), classes, kind)
    return _Words.of(_as_dictionary(column), classes, kind)(slice(0, len(column)))


def _as_dictionary(column: pa.Array) -> pa.DictionaryArray:
    """Each distinct value once; where Arrow cannot tell which are, as with lists, each value."""
    if kinds.is_dictionary(column.type):
        return column
    try:
        return pc.dictionary_encode(column)
    except pa.ArrowNotImplementedError:
        return pa.DictionaryArray.from_arrays(pa.array(np.arange(len(column))), column)


def listed(column: pa.Array) -> list[Any]:
    """The values as Python has them."""
    try:
        found: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        found = [told(each) for each in column]
    return found


def told(value: pa.Scalar) -> Any:
    """One value as Python has it; a day that no calendar of Python's reaches, as its type and number.

    Text that is not UTF-8 is told as its bytes.
    """
    if isinstance(value, pa.DictionaryScalar) and value.is_valid:
        value = value.value
    try:
        return value.as_py()
    except UnicodeDecodeError:
        return str(value.as_buffer().to_pybytes())
    except (OverflowError, ValueError):
        return f"{value.type} {value.value}"


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """A column whose distinct values have been read: the class for each place in its dictionary, and its places.

    `numbers` is None where each place is that of its class. `bits` tell where there is a value, if not everywhere.
    """

    places: NDArray[Any]
    numbers: Codes | None
    bits: "_Bits | None"
    classes: Classes

    @classmethod
    def of(cls, column: pa.DictionaryArray, classes: Classes, kind: type[np.unsignedinteger]) -> "_Words":
        places, wrong = _values(column.indices), len(classes)
        numbers = [_number(classes, cell) for cell in listed(column.dictionary)]
        same = False
        if places.dtype.itemsize == 1:
            places, same = places.view(np.uint8), kind is np.uint8 and numbers == [*range(len(numbers))]
            numbers += [wrong] * (256 - len(numbers))
        return cls(places, None if same else np.array(numbers or [0], kind), _Bits.of(column), classes)

    def __call__(self, rows: slice) -> Read:
        """The classes of these rows."""
        codes, places = self.places[rows], self.places[rows]
        if self.numbers is not None:
            narrow = places.dtype.itemsize == 1
            codes = looked_up(self.numbers, places) if narrow else self.numbers.take(places, mode="clip")
        return _with_unknown(codes, self.bits.missing(rows) if self.bits else None, self.classes)


def _with_unknown(codes: Codes, missing: NDArray[np.uint8] | None, classes: Classes) -> Read:
    """The class `unknown` wherever there is no value, whatever stands there: mostly the higher of both is right."""
    if missing is None:
        return codes, all_in_range(codes, len(classes))
    found = np.multiply(missing, classes.unknown, dtype=codes.dtype)
    np.maximum(found, codes, out=found)
    if all_in_range(found, classes.unknown + 1):
        return found, True
    found = np.where(missing, codes.dtype.type(classes.unknown), codes)
    return found, all_in_range(found, len(classes))


def _values(column: pa.Array) -> NDArray[Any]:
    """The numbers of a column as they lie in memory; where there is no value, whatever stands there."""
    dtype = np.dtype(column.type.to_pandas_dtype())
    data = np.frombuffer(column.buffers()[1] or b"", dtype)
    return data[column.offset : column.offset + len(column)]


@dataclass(frozen=True, slots=True, eq=False)
class _Bits:
    """A bit for each value of a column, lowest first, that is set where there is one; the first may come later."""

    bytes: NDArray[np.uint8]
    offset: int
    count: int

    @classmethod
    def of(cls, column: pa.Array) -> "_Bits | None":
        """Those of a column; None where all its values are there."""
        bits = column.buffers()[0] if column.null_count else None
        return None if bits is None else cls(np.frombuffer(bits, np.uint8), column.offset, len(column))

    def missing(self, rows: slice) -> NDArray[np.uint8]:
        """One where there is no value, and zero where there is one."""
        start, stop, _ = rows.indices(self.count)
        first, rest = divmod(self.offset + start, 8)
        count = rest + stop - start
        absent = ~self.bytes[first : first + (count + 7) // 8]
        return np.unpackbits(absent, count=count, bitorder="little")[rest:]


def missing_in(column: pa.Array) -> NDArray[np.uint8] | None:
    """One where there is no value, and zero where there is one; None where all have one."""
    bits = _Bits.of(column)
    return bits.missing(slice(0, len(column))) if bits else None


# Numbers and dates


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a column of numbers is cut: the class of a value is that of the number of thresholds it reaches.

    A value below `least`, or not below `beyond`, is out of range.
    """

    thresholds: tuple[int, ...] | tuple[float, ...]
    classes: Codes
    least: int | float | None
    beyond: int | float | None


def _from_numbers(column: pa.Array, classes: Classes, kind: type[np.unsignedinteger]) -> Read:
    values = _values(column.cast(pa.float64()) if kinds.is_floating(column.type) else column)
    cuts = cuts_of_floats(classes) if values.dtype.kind == "f" else cuts_of_wholes(classes)
    codes = _cut(values, cuts, len(classes), kind)
    assert isinstance(classes.kind, Numeric)
    if values.dtype.kind == "f":
        odd = ~np.isfinite(values)
        if classes.kind.whole:
            odd |= values != np.floor(values)
        codes[odd] = len(classes)
    return _with_unknown(codes, missing_in(column), classes)


def _from_days(
    days: NDArray[Any], missing: NDArray[np.uint8] | None, classes: Classes, kind: type[np.unsignedinteger]
) -> Read:
    codes = _cut(days, cuts_of_days(classes), len(classes), kind)
    return _with_unknown(codes, missing, classes)


def days_of(column: pa.Array) -> NDArray[Any]:
    """Days since 1970 of a column of dates or moments; a moment counts as its day, where its time zone is."""
    if kinds.is_date32(column.type):
        return _values(column.view(pa.int32()))
    if kinds.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column)
    unit = column.type.unit if kinds.is_timestamp(column.type) else "ms"
    moments: NDArray[np.int64] = _values(column.view(pa.int64()))
    return moments // IN_A_DAY[unit]


def _cut(values: NDArray[Any], cuts: Cuts, wrong: int, kind: type[np.unsignedinteger]) -> Codes:
    if len(cuts.thresholds) <= FEW:
        slots = np.zeros(len(values), np.uint8)
        for each in cuts.thresholds:
            slots += values >= each
    else:
        slots = _searched(values, cuts.thresholds)
    codes = cuts.classes.take(slots).astype(kind, copy=False)
    if cuts.least is not None:
        codes[values < cuts.least] = wrong
    if cuts.beyond is not None:
        codes[values >= cuts.beyond] = wrong
    return codes


def _searched(values: NDArray[Any], edges: Sequence[int | float]) -> NDArray[Any]:
    """How many of the edges each value reaches: told in the values' own numbers, since others would be rounded."""
    kind = values.dtype
    least, most = (-inf, inf) if kind.kind == "f" else (int(np.iinfo(kind).min), int(np.iinfo(kind).max))
    within = np.array([each for each in edges if least <= each <= most], kind)
    return np.searchsorted(within, values, side="right") + sum(each < least for each in edges)


@lru_cache(maxsize=256)
def cuts_of_wholes(classes: Classes) -> Cuts:
    """Where a column of whole numbers is cut."""
    return _cuts(classes, lambda value: ceil(_decimal(value)), lambda value: floor(_decimal(value)) + 1)


@lru_cache(maxsize=256)
def cuts_of_floats(classes: Classes) -> Cuts:
    """Where a column of floats is cut: a float is read as it is written, with the fewest digits."""
    return _cuts(classes, lambda value: _first_float(_decimal(value), beyond=False), _float_above)


@lru_cache(maxsize=256)
def cuts_of_days(classes: Classes) -> Cuts:
    """Where a column of dates is cut, in days since 1970."""
    cuts = _cuts(classes, _day, lambda value: _day(value) + 1)
    return replace(cuts, least=1 - EPOCH, beyond=LAST + 1)


def _cuts(classes: Classes, at: Callable[[Known], Any], above: Callable[[Known], Any]) -> Cuts:
    """`at` gives the first value of the column's type that is not below a constant, `above` the first beyond it."""
    constants, slots = thresholds(classes)
    edges = tuple(edge for each in constants for edge in (at(each), above(each)))
    numbers = np.array([len(classes) if slot is None else slot for slot in slots], smallest(len(classes) + 1))
    least, most = ends(classes.kind)
    return Cuts(edges, numbers, None if least is None else at(least), None if most is None else above(most))


def _decimal(value: Known) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def _day(value: Known) -> int:
    assert isinstance(value, date)
    return value.toordinal() - EPOCH


def _float_above(value: Known) -> float:
    return _first_float(_decimal(value), beyond=True)


def _first_float(size: Decimal, *, beyond: bool) -> float:
    """The first float that is not below a size, or beyond it, as floats are written: with the fewest digits."""

    def reaches(number: float) -> bool:
        written = Decimal(str(number))
        return written > size if beyond else written >= size

    number = float(size)
    while reaches(nextafter(number, -inf)):
        number = nextafter(number, -inf)
    while not reaches(number):
        number = nextafter(number, inf)
    return number


# Months since a day


def with_months(own: Reader, since: pa.Array | None, as_of: date | None, classes: Classes) -> Reader:
    """The classes with those that follow from the date column, wherever the column itself says nothing.

    Months that are out of range have a number that is no class.
    """
    if since is None or as_of is None:
        return own

    def both(rows: slice) -> Read:
        (told, _), (days, missing) = own(rows), _days_told(since[rows])
        cut = _cut(months_until(days, as_of), cuts_of_wholes(classes), len(classes), told.dtype.type)
        follows, _ = _with_unknown(cut, missing, classes)
        found = np.where(told == classes.unknown, follows, told)
        return found, all_in_range(found, len(classes))

    return both


def _days_told(column: pa.Array) -> tuple[NDArray[Any], NDArray[np.uint8]]:
    """Days since 1970, however they are written, and one wherever there is no day."""
    if kinds.is_null(column.type):
        return np.zeros(len(column), np.int64), np.ones(len(column), np.uint8)
    if kinds.is_date(column.type) or kinds.is_timestamp(column.type):
        days, missing = days_of(column), missing_in(column)
    else:
        words = _as_dictionary(column)
        found = [day_in(cell) for cell in listed(words.dictionary)]
        each = np.array([LAST + 1 if day is None else _day(day) for day in found] or [LAST + 1])
        days, missing = each.take(_values(words.indices), mode="clip"), missing_in(words)
    beyond = ((days <= -EPOCH) | (days > LAST)).view(np.uint8)
    return days, beyond if missing is None else beyond | missing


def months_until(days: NDArray[Any], as_of: date) -> NDArray[np.int64]:
    """Whole completed months from each day to `as_of`, as `records.facts.months_between` counts them."""
    given = days.astype("datetime64[D]")
    months, last = given.astype("datetime64[M]"), np.datetime64(as_of, "D")
    between = last.astype("datetime64[M]").astype(int) - months.astype(int)
    day = (given - months.astype("datetime64[D]")).astype(int) + 1
    ends_month = ((given + 1).astype("datetime64[M]") != months) if len(given) else np.zeros(0, bool)
    short_after = (as_of.day < day) & (date.fromordinal(as_of.toordinal() + 1).month == as_of.month)
    short_before = (day < as_of.day) & ~ends_month
    found: NDArray[np.int64] = np.where(given <= last, between - short_after, between + short_before)
    return found
