"""Record batches of Arrow data as classes, with every cell that cannot be used listed and counted."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa

from greenpaper.language.vocabulary import Vocabulary
from greenpaper.population.arrow_columns import Reader, reader, told, with_months
from greenpaper.population.classes import Classes, day_in
from greenpaper.population.tables import Codes
from greenpaper.population.unusable import MOST_LISTED, BadCell, BadCells
from greenpaper.records.columns import RECORD_COLUMNS, REGISTER_COLUMNS
from greenpaper.records.facts import Wrong, months_between
from greenpaper.source.nearest import did_you_mean

NO_FACTS = frozenset((*RECORD_COLUMNS, *REGISTER_COLUMNS))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the columns of a frame become classes: of which facts, and the date columns that months follow from.

    `others` are facts on which nothing depends; where a frame has them, it is only looked whether they can be used.
    """

    classes: Mapping[str, Classes]
    since: Mapping[str, str]
    as_of: date | None = None
    others: Mapping[str, Classes] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read where it is there."""
        return frozenset((*self.classes, *self.others, *self.since.values()))

    def reading(self, batch: pa.RecordBatch) -> "Reading":
        """The batch, made ready to be read as classes."""
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        read = []
        for fact, classes in self.everything(columns):
            own, since = columns.get(fact), columns.get(self.since.get(fact, ""))
            own = pa.nulls(len(batch)) if own is None else own
            read.append(FactColumn(classes, own, since, with_months(reader(own, classes), since, self.as_of, classes)))
        return Reading(batch, self, read)

    def with_others(self, columns: Collection[str]) -> "Encoding":
        """The same with the others that are among the columns read like every fact."""
        return replace(self, classes=dict(self.everything(columns)), others={})

    def everything(self, columns: Collection[str]) -> Iterator[tuple[str, Classes]]:
        """The facts with their classes, and those of the others that are among the columns."""
        yield from self.classes.items()
        yield from ((fact, classes) for fact, classes in self.others.items() if fact in columns)


@dataclass(frozen=True, slots=True, eq=False)
class FactColumn:
    """The column of one fact, the dates that its months follow from, and how both become classes."""

    classes: Classes
    own: pa.Array
    since: pa.Array | None
    read: Reader

    def bad(self, at: int, as_of: date | None, row: int) -> BadCell:
        """Why a cell, or the months that follow from the date, cannot be used; `row` is told as its number."""
        classes, given = self.classes, told(self.own[at])
        why = classes.class_of(given)
        if not isinstance(why, Wrong):
            assert self.since is not None and as_of is not None  # noqa: PT018
            day = day_in(told(self.since[at]))
            assert day is not None
            given = months_between(day, as_of)
            why = classes.class_of(given)
        assert isinstance(why, Wrong)
        return BadCell(row, classes.fact, given, why.message, why.help)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A batch of records whose columns are ready to be read as classes, some records at a time."""

    batch: pa.RecordBatch
    encoding: Encoding
    columns: Sequence[FactColumn]

    def __len__(self) -> int:
        return len(self.batch)

    def of(self, rows: slice, *, before: int, bad: BadCells) -> tuple[dict[str, Codes], Codes | None]:
        """The classes of each fact, and how many cells of each record cannot be used: these count as unknown.

        `before` is how many rows came before this batch; cells that cannot be used are added to `bad`, and where there
        are none, there is None for their numbers.
        """
        found, unreadable, cells, count = dict[str, Codes](), None, list[BadCell](), 0
        for each in self.columns:
            classes, (codes, usable) = each.classes, each.read(rows)
            if not usable:
                wrong = codes >= len(classes)
                unreadable = wrong.astype(np.uint8) if unreadable is None else unreadable + wrong
                at = (rows.start + np.flatnonzero(wrong)).tolist()
                cells += [each.bad(one, self.encoding.as_of, before + one + 1) for one in at[:MOST_LISTED]]
                count += len(at)
                codes = np.where(wrong, codes.dtype.type(classes.unknown), codes)
            if classes.fact in self.encoding.classes:
                found[classes.fact] = codes
        bad.add(sorted(cells, key=lambda each: each.row or 0), count)
        return found, unreadable


def strangers(
    columns: Iterable[str], vocabularies: Collection[Vocabulary], beside: Collection[str], elsewhere: Collection[str]
) -> list[BadCell]:
    """The columns that are no fact of any version and are not named as something else."""
    facts = {fact for names in vocabularies for fact in names.facts} | {*elsewhere}
    known = {*facts, *beside, *NO_FACTS}
    return [
        BadCell(None, str(each), None, _STRANGER, did_you_mean(str(each), tuple(facts)) or _WHERE_NO_FACT)
        for each in columns
        if each not in known
    ]


_STRANGER = "no version knows this fact"
_WHERE_NO_FACT = "name it in `beside` if it is no fact"
