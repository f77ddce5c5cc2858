"""What is shown, before it is known how: a few kinds of block. Renderers draw all of them and compute nothing."""

from dataclasses import dataclass

from greenpaper.comparison.redline import Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; one of level 3 belongs under one of level 2."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with values, one a line."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Redline:
    """Names with what was and is said, one a line: words taken out and words put in stay apart without colours."""

    items: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`numeric` are the positions of columns that hold numbers. The first column names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a title that a page can fold away; `anchor` is where links to it point.

    `said` is the gist of what is inside.
    """

    title: str
    blocks: tuple["Block", ...]
    anchor: str = ""
    said: str = ""

    @property
    def whole_title(self) -> str:
        return f"{self.title} — {self.said}" if self.said else self.title


Block = Heading | Paragraph | Bullets | Pairs | Redline | Table | Section


@dataclass(frozen=True, slots=True)
class View:
    """A whole page: its title, and its blocks in order. A page that can be jumped about in `has_contents`."""

    title: str
    blocks: tuple[Block, ...]
    has_contents: bool = False

    @property
    def chapters(self) -> tuple[tuple[int, str], ...]:
        """What the contents list: headings of the second level, with their places among the blocks from 1 on."""
        places = enumerate(self.blocks, 1)
        return tuple((place, block.text) for place, block in places if isinstance(block, Heading) and block.level == 2)
