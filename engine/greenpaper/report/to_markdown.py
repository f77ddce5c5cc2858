"""A view as Markdown, for pull requests and committee papers."""

import re
from collections.abc import Iterator
from typing import assert_never

from greenpaper.comparison.redline import Mark, Runs
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph, Redline, Section, Table, View
from greenpaper.source.render import visible

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&]|^(?=[-+=])|^\d+(?=[.)]))")


def to_markdown(view: View) -> str:
    """The view in GitHub's Markdown; text from policies and tables cannot become markup."""
    return "\n".join([f"# {escape(view.title)}", "", *_blocks(view.blocks, 2)]).rstrip() + "\n"


def escape(text: str) -> str:
    """The text with a backslash before every sign that could begin markup."""
    return SPECIAL.sub(_escaped, visible(text).strip())


def _escaped(sign: re.Match[str]) -> str:
    return f"{sign[0]}\\" if sign[0].isdigit() else f"\\{sign[0]}"


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, level)
        yield ""


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Heading(text, below):
            yield f"{'#' * (level + below - 2)} {escape(text)}"
        case Paragraph(text):
            yield escape(text)
        case Bullets(items):
            yield from (f"- {escape(item)}" for item in items)
        case Pairs(items):
            yield from (f"- **{escape(name)}**: {escape(value)}" for name, value in items)
        case Redline(items):
            yield from (f"- **{escape(name)}**: {_marked(runs)}" for name, runs in items)
        case Table():
            yield from _table(block)
        case Section(blocks=blocks):
            yield f"{'#' * level} {escape(block.whole_title)}"
            yield ""
            yield from _blocks(blocks, level + 1)
        case _:
            assert_never(block)


def _marked(runs: Runs) -> str:
    """The runs in one line, with spaces between them, so that their marks begin and end at words."""
    signs = {Mark.SAME: "", Mark.DELETED: "~~", Mark.INSERTED: "**"}
    said = ((signs[run.mark], escape(run.text)) for run in runs)
    return " ".join(f"{sign}{text}{sign}" for sign, text in said if text)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"{escape(table.caption)}"
        yield ""
    yield _row(tuple(escape(column) for column in table.columns))
    yield _row(tuple("--:" if number in table.numeric else "---" for number in range(len(table.columns))))
    yield from (_row(tuple(escape(cell) for cell in row)) for row in table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
