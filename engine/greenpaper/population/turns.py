"""Batches worked on a few at a time, and what comes of them in their order."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

CHUNK = 786_432
"""Records that a thread works on at once: so many that threads rarely wait for each other."""
READ_AT_ONCE = 262_144
"""Records that are read at once from what may not fit into memory."""
MOST_THREADS = 8
FOR_EACH_THREAD = 4
"""So many parts for each thread are taken at once, and are in memory."""

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
    rest, at_once = iter(given), min(os.cpu_count() or 1, MOST_THREADS)
    while some := [*islice(rest, FOR_EACH_THREAD * at_once)]:
        yield from _together(make, some, min(at_once, len(some)))


def _together(make: Callable[[Given], Made], given: Sequence[Given], threads: int) -> Iterator[Made]:
    """Each thread takes the next when it has made one. The one that asks is among them: if it waited, it would take
    time from the others whenever it wakes."""
    if threads < 2:
        return map(make, given)
    left, made = enumerate(given), dict[int, Made]()

    def work() -> None:
        for at, each in left:
            made[at] = make(each)

    with ThreadPoolExecutor(threads - 1) as others:
        working = [others.submit(work) for _ in range(threads - 1)]
        work()
        for each in working:
            each.result()
    return (made[at] for at in range(len(given)))
