"""A view as plain text for a terminal."""

import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from textwrap import wrap
from typing import Literal, assert_never

from greenpaper.comparison.redline import Mark, Runs
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph, Redline, Section, Table, View
from greenpaper.source.render import visible

WIDTH = 110
GAP = 3
"""Between two columns of a table."""
MOST_OF_A_WORD = 30
"""A word that is longer is broken where there is no room for it."""

Justify = Literal["left", "right"]
OPTION = re.compile(r"(?<=\w)\+(?=\w+=)")


def to_text(view: View) -> str:
    """The view, at most 110 columns wide, with no character that a terminal would obey."""
    lines = [visible(view.title), "", *_blocks(view.blocks)]
    return "\n".join(lines).rstrip() + "\n"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield from wrap(visible(text), WIDTH)
        case Bullets(items):
            for item in items:
                yield from wrap(visible(item), WIDTH, initial_indent="  - ", subsequent_indent="    ")
        case Pairs(items):
            yield from _pairs(items)
        case Redline(items):
            yield from _pairs(tuple((name, _marked(runs)) for name, runs in items))
        case Table():
            yield from _table(block)
        case Section(blocks=blocks):
            yield from wrap(visible(block.whole_title), WIDTH)
            yield ""
            yield from _blocks(blocks)
        case _:
            assert_never(block)


def _pairs(items: tuple[tuple[str, str], ...]) -> Iterator[str]:
    wide = max((len(name) for name, _ in items), default=0) + 2
    for name, value in items:
        first = f"  {visible(name):<{wide}}"
        yield from wrap(visible(value), WIDTH, initial_indent=first, subsequent_indent=" " * (wide + 2)) or [first]


def _marked(runs: Runs) -> str:
    signs = {Mark.SAME: ("", ""), Mark.DELETED: ("[-", "-]"), Mark.INSERTED: ("{+", "+}")}
    return " ".join(run.text.join(signs[run.mark]) for run in runs)


def _breakable(text: str) -> str:
    """The text of a cell, in which a version with many options can go on in the next line."""
    return OPTION.sub(" +", visible(text))


def _widths(table: Table, length: Callable[[str], int]) -> list[int]:
    """The width of each column: that of its text, or where not all have room, less, as far as can be at a blank."""
    columns = [[_breakable(cell) for cell in cells] for cells in zip(table.columns, *table.rows, strict=True)]
    widths = [max(map(length, cells)) for cells in columns]
    parts = (_parts(cells, number in table.numeric) for number, cells in enumerate(columns))
    least = [min(max(map(length, each), default=0), MOST_OF_A_WORD) for each in parts]
    while sum(widths) + GAP * (len(widths) - 1) > WIDTH and max(widths) > 1:
        narrowed = [number for number, width in enumerate(widths) if width > least[number]] or range(len(widths))
        widths[max(narrowed, key=widths.__getitem__)] -= 1
    return widths


def _parts(cells: Sequence[str], whole: bool) -> Iterator[str]:
    """What of a column is not broken: every word, and of numbers every cell below the head."""
    head, *below = cells
    yield from head.split()
    for cell in below:
        yield from [cell] if whole else cell.split()


def _table(table: Table) -> Iterator[str]:
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, (column, width) in enumerate(zip(table.columns, _widths(table, cell_len), strict=True)):
        justify: Justify = "right" if number in table.numeric else "left"
        drawn.add_column(Text(_breakable(column)), justify=justify, width=width, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(_breakable(cell)) for cell in row))
    out = StringIO()
    Console(file=out, width=WIDTH, color_system=None, force_terminal=False).print(drawn)
    if table.caption:
        yield visible(table.caption)
    yield from (line.rstrip() for line in out.getvalue().rstrip("\n").splitlines())
