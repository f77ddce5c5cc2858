"""Pages taken apart: sections, rows of tables, links, and the anchors that links can point at."""

import re
from pathlib import Path

from transcripts import FENCE, ROOT

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| ([^|]+) \|", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def prose(text: str) -> str:
    """The page without its fenced blocks."""
    return FENCE.sub("", text)


def sections(text: str) -> dict[str, str]:
    """Heading → what stands under it, up to the next heading of any level."""
    text = prose(text)
    found = list(HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {match[2]: text[match.end() : end] for match, end in zip(found, ends, strict=True)}


def first_cells(text: str) -> list[str]:
    """The words in backticks in the first cell of every row of every table."""
    return [word for cell in ROW.findall(text) for word in CODE.findall(cell)]


def anchors(text: str) -> set[str]:
    """What `#…` can point at: headings as GitHub spells them."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for _, heading in HEADING.findall(prose(text)))
    return {each.replace(" ", "-") for each in words}


def broken_links(page: Path, text: str) -> list[str]:
    """Links to files that are not there, or to headings that they do not have."""
    broken = []
    for link in LINK.findall(prose(text)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link)
    return broken
