"""Small tables of inspections: each authority with the grades that it got, one inspection after the other."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from greenpaper.records.record import Authority, Cell, Inspection, Period, Record
from greenpaper.records.tables import Records, records_of

DAYS = 4
Given = tuple[date | None, Mapping[str, Cell]]
"""The first day on site of an inspection, which takes four more days, and the grades given."""


def inspections(of: Mapping[str, Sequence[Given]], published: date | None = None) -> Records:
    """All inspections; each is published on its last day, or all on the day given."""
    authorities = [Authority(f"E{number}", name, "North") for number, name in enumerate(of, start=1)]
    rows = [
        Record(authority, cells, inspection(first, published))
        for authority, given in zip(authorities, of.values(), strict=True)
        for first, cells in given
    ]
    return records_of(rows, tuple(authorities))


def inspection(first: date | None, published: date | None) -> Inspection:
    last = first + timedelta(DAYS) if first else None
    return Inspection((Period(first, last),) if first and last else (), published or last)
