"""Classes in, conclusions out: many records at once down the tables of one decision.

Keys are formed in the narrowest numbers that hold them, since much of the time goes into reading columns and forming
keys. Every class must be in range: neither a key nor a look-up would notice one that is not.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from greenpaper.population.tables import Codes, Step


def walk(steps: Sequence[Step], columns: Mapping[str, Codes], records: int) -> NDArray[Any]:
    """For each record what the last step leads to; `columns` has the classes of every fact that matters.

    Shapes: every column is one-dimensional with as many numbers as there are records, and so is what is returned.
    """
    state: NDArray[Any] | None = None
    for step in steps:
        key = _key(step, state, columns)
        state = np.full(records, step.table[0]) if key is None else looked_up(step.table, key)
    assert state is not None
    return state


def looked_up(table: Codes, key: Codes) -> Codes:
    """Arrow looks up by narrow numbers as they are, which is twice as quick as numpy, who makes wide ones of them.

    No key may be beyond the table: this is not checked.
    """
    found: Codes = pc.take(pa.array(table), pa.array(key), boundscheck=False).to_numpy()
    return found


def _key(step: Step, state: NDArray[Any] | None, columns: Mapping[str, Codes]) -> NDArray[Any] | None:
    """Where each record stands in the table of a step; None for one in which no fact matters."""
    key, size = state, len(step.table) // prod(step.arities)
    for fact, arity in zip(step.facts, step.arities, strict=True):
        size *= arity
        key = _joined(key, arity, columns[fact], size)
    return key


def _joined(key: Codes | None, arity: int, column: Codes, size: int) -> Codes:
    """The key with one more digit, in numbers that hold `size` of them."""
    if key is None:
        return column
    kind = key_type(size)
    joined = np.multiply(key, arity, dtype=kind)
    np.add(joined, column, out=joined, casting="unsafe")
    return joined


def key_type(size: int) -> type[np.unsignedinteger]:
    """The narrowest type for keys below `size`."""
    return np.uint8 if size <= 256 else np.uint16 if size <= 65_536 else np.uint32


def all_in_range(column: NDArray[np.unsignedinteger], classes: int) -> bool:
    """Whether every number is one of the classes."""
    return not len(column) or int(column.max()) < classes
