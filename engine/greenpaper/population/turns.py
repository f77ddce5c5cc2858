"""Batches worked on a few at a time, and what comes of them in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

import pyarrow as pa

CHUNK = 1_048_576
"""Records that a thread works on at once: so many that threads rarely wait for each other."""
READ_AT_ONCE = 262_144
"""Records that are read at once from what may not fit into memory."""
MOST_THREADS = 8

Given = TypeVar("Given")
Made = TypeVar("Made")


def placed(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """Batches that are not too long, with how many rows came before each."""
    row = 0
    for batch in batches:
        for start in range(0, len(batch), CHUNK):
            yield batch.slice(start, CHUNK), row + start
        row += len(batch)


def in_turn(make: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """Each made in turn; where there are several, a few of them are worked on together."""
    at_once, rest = min(os.cpu_count() or 1, MOST_THREADS), iter(given)
    first = [*islice(rest, 2)]
    if len(first) < 2:
        yield from map(make, first)
        return
    with ThreadPoolExecutor(at_once) as threads:
        waiting: deque[Future[Made]] = deque()
        for each in chain(first, rest):
            waiting.append(threads.submit(make, each))
            if len(waiting) > 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
