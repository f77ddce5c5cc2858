"""How far a long reading has come: a bar on the error stream, with rate and time left; on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def watched(name: str, total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """What is told how much of `total` has been read, in rows or bytes."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    sizes = (DownloadColumn(), TransferSpeedColumn())
    counts = (TextColumn("{task.completed:,.0f} of {task.total:,.0f} rows"), TextColumn("{task.fields[rate]}"))
    shown = sizes if unit == "bytes" else counts
    columns = (TextColumn("{task.description}"), BarColumn(), *shown, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=total, rate="")

        def tell(done: int) -> None:
            speed = progress.tasks[0].speed
            progress.update(task, completed=done, rate=f"{speed:,.0f} a second" if speed else "")

        yield tell
