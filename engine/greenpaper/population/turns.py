"""Batches worked on a few at a time, and what comes of them in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

CHUNK = 786_432
"""Records that a thread works on at once: so many that threads rarely wait for each other."""
READ_AT_ONCE = 262_144
"""Records that are read at once from what may not fit into memory."""
MOST_THREADS = 8

Whole = TypeVar("Whole", bound=Sized)
Given = TypeVar("Given")
Made = TypeVar("Made")


def placed(wholes: Iterable[Whole]) -> Iterator[tuple[Whole, slice, int]]:
    """Parts that are not too long: what each is of, its rows there, and how many rows came before the whole."""
    before = 0
    for whole in wholes:
        for start in range(0, len(whole), CHUNK):
            yield whole, slice(start, min(start + CHUNK, len(whole))), before
        before += len(whole)


def in_turn(make: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """Each made in turn; where there are several, a few of them are worked on together."""
    rest = iter(given)
    first = [*islice(rest, 2)]
    if len(first) < 2:
        yield from map(make, first)
        return
    at_once = min(os.cpu_count() or 1, MOST_THREADS)
    with ThreadPoolExecutor(at_once) as threads:
        waiting: deque[Future[Made]] = deque()
        for each in chain(first, rest):
            waiting.append(threads.submit(make, each))
            if len(waiting) > 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
