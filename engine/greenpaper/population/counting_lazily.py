"""Lazy frames counted by situation: the engine counts, and what it found is put together as for frames at hand."""

from typing import Any

import numpy as np

from greenpaper.population.batches import Encoding
from greenpaper.population.counting import Counts, Group, UnusableGroups, counted, in_lines, name_of_group
from greenpaper.population.frames import Lazy, frame_of
from greenpaper.population.lazily import Lines, counted_in_engine, is_nested, polars_batches, values_in
from greenpaper.population.tables import smallest
from greenpaper.population.tallies import MOST_GROUPS

SPELLINGS = 4
"""So many values of a column, on average, may be one group: they differ in blanks only."""


def held_by_an_engine(given: Any) -> Lazy | None:
    """The frame, where it is one that DuckDB or Spark holds."""
    try:
        found = frame_of(given)
    except TypeError:
        return None
    return found if isinstance(found, Lazy) and not found.frame.implementation.is_polars() else None


def counted_lazily(given: Lazy, encoding: Encoding, by: str | None = None) -> Counts:
    """How many records of each situation a lazy frame holds, for each value of the column `by`.

    Cells that cannot be used count as unknown, and are listed with the number of rows that have them; for Polars, with
    the number of their row. Errors: UnusableGroups; UnreadableColumn; TypeError for other lazy frames.
    """
    if by is not None:
        _check_groups(given, by)
    if given.frame.implementation.is_polars():
        return counted(polars_batches(given, encoding.columns | ({by} if by else set())), encoding, by=by)
    return _put_together(counted_in_engine(given, encoding, by), encoding)


def _check_groups(given: Lazy, by: str) -> None:
    if by not in given.columns:
        raise UnusableGroups(f"there is no column `{by}` to group by: there are {', '.join(given.columns)}")
    if is_nested(given, by):
        raise UnusableGroups(f"`{by}` holds lists or the like, which nothing can be grouped by")
    values = values_in(given, by, SPELLINGS * MOST_GROUPS)
    groups = {name_of_group(value) for value in values} - {None}
    if len(values) == SPELLINGS * MOST_GROUPS or len(groups) > MOST_GROUPS:
        raise UnusableGroups(f"`{by}` has more than {MOST_GROUPS:,} values: group by a column that has fewer")


def _put_together(lines: Lines, encoding: Encoding) -> Counts:
    """Lines of one group and situation become one."""
    found: dict[tuple[Group, tuple[int, ...]], int] = {}
    codes = zip(*lines.codes.values(), strict=True) if lines.codes else iter([()] * len(lines.counts))
    for value, classes, count in zip(lines.values, codes, lines.counts, strict=True):
        key = name_of_group(value), classes
        found[key] = found.get(key, 0) + count
    groups = tuple(dict.fromkeys(group for group, _ in found)) or (None,)
    place = {group: number for number, group in enumerate(groups)}
    sizes = [len(classes) for classes in encoding.classes.values()]
    columns = [np.array([key[1][at] for key in found], smallest(size)) for at, size in enumerate(sizes)]
    group = np.array([place[key[0]] for key in found], np.int64)
    counts = np.array(list(found.values()), np.int64)
    return in_lines(int(counts.sum()), encoding.classes, groups, group, columns, counts, lines.bad)
