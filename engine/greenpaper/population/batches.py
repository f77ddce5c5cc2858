"""Record batches of Arrow data as classes, with every cell that cannot be used listed and counted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa

from greenpaper.language.vocabulary import Vocabulary
from greenpaper.population.arrow_columns import encoded, told, with_months
from greenpaper.population.classes import Classes, day_in
from greenpaper.population.tables import Codes
from greenpaper.population.unusable import MOST_LISTED, BadCell, BadCells
from greenpaper.population.walking import all_in_range
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

    def of(self, batch: pa.RecordBatch, *, row: int, bad: BadCells) -> tuple[dict[str, Codes], Codes]:
        """The classes of each fact, and how many cells of each record cannot be used: these count as unknown.

        `row` is how many rows came before this batch; cells that cannot be used are added to `bad`.
        """
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        unreadable, cells, count = np.zeros(len(batch), np.uint8), list[BadCell](), 0
        found = {}
        for fact, classes in self.everything(columns):
            own = columns.get(fact, pa.nulls(len(batch)))
            since = columns.get(self.since.get(fact, ""))
            codes = with_months(encoded(own, classes), since, self.as_of, classes)
            if not all_in_range(codes, len(classes)):
                wrong = codes >= len(classes)
                unreadable += wrong
                at = np.flatnonzero(wrong).tolist()
                cells += [self._bad(own, since, classes, each, row) for each in at[:MOST_LISTED]]
                count += len(at)
                codes = np.where(wrong, codes.dtype.type(classes.unknown), codes)
            if fact in self.classes:
                found[fact] = codes
        bad.add(sorted(cells, key=lambda each: each.row or 0), count)
        return found, unreadable

    def with_others(self, columns: Collection[str]) -> "Encoding":
        """The same with the others that are among the columns read like every fact."""
        return replace(self, classes=dict(self.everything(columns)), others={})

    def everything(self, columns: Collection[str]) -> Iterator[tuple[str, Classes]]:
        """The facts with their classes, and those of the others that are among the columns."""
        yield from self.classes.items()
        yield from ((fact, classes) for fact, classes in self.others.items() if fact in columns)

    def _bad(self, own: pa.Array, since: pa.Array | None, classes: Classes, at: int, row: int) -> BadCell:
        """The cell itself, or the months that follow from the date."""
        given = told(own[at])
        why = classes.class_of(given)
        if not isinstance(why, Wrong):
            assert since is not None and self.as_of is not None  # noqa: PT018
            day = day_in(told(since[at]))
            assert day is not None
            given = months_between(day, self.as_of)
            why = classes.class_of(given)
        assert isinstance(why, Wrong)
        return BadCell(row + at + 1, classes.fact, given, why.message, why.help)


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
