"""Batches worked on a few at a time, and what comes of them in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pyarrow as pa

from greenpaper.population.walking import CHUNK

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
    """Each made in turn, a few of them worked on together."""
    at_once = min(os.cpu_count() or 1, MOST_THREADS)
    with ThreadPoolExecutor(at_once) as threads:
        waiting: deque[Future[Made]] = deque()
        for each in given:
            waiting.append(threads.submit(make, each))
            if len(waiting) > 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
