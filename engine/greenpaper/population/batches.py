"""Record batches of Arrow data as classes, with every cell that cannot be used listed and counted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
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
    """How the columns of a frame become classes: of which facts, and the date columns that months follow from."""

    classes: Mapping[str, Classes]
    since: Mapping[str, str]
    as_of: date | None = None

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read where it is there."""
        return frozenset((*self.classes, *self.since.values()))

    def of(self, batch: pa.RecordBatch, *, row: int, bad: BadCells) -> tuple[dict[str, Codes], Codes]:
        """The classes of each fact, and how many cells of each record cannot be used: these count as unknown.

        `row` is how many rows came before this batch; cells that cannot be used are added to `bad`.
        """
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        unreadable = np.zeros(len(batch), np.uint8)
        found = {}
        for fact, classes in self.classes.items():
            own = columns.get(fact, pa.nulls(len(batch)))
            since = columns.get(self.since.get(fact, ""))
            codes = with_months(encoded(own, classes), since, self.as_of, classes)
            if not all_in_range(codes, len(classes)):
                wrong = codes >= len(classes)
                unreadable += wrong
                at = np.flatnonzero(wrong).tolist()
                bad.add([self._bad(own, since, classes, each, row) for each in at[:MOST_LISTED]], len(at))
                codes = np.where(wrong, codes.dtype.type(classes.unknown), codes)
            found[fact] = codes
        return found, unreadable

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
