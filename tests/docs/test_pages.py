"""Every page says what happens, and every link on it leads somewhere."""

import subprocess
import sys

import pytest

from docs.pages import DOCS, LINK, broken_links, prose
from transcripts import ROOT, NotPlayable, blocks, check_page, commands, greenpaper, is_played, pages, played

TEXTS = {page: page.read_text("utf-8") for page in pages()}
PLAYED = [page for page, text in TEXTS.items() if is_played(text) and page != ROOT / "README.md"]


def name(page):
    return str(page.relative_to(ROOT))


def test_the_pages_and_their_blocks_are_found():
    assert len(TEXTS) >= 35
    assert len(PLAYED) >= 11
    assert sum(len(commands(text)) for text in TEXTS.values()) >= 60
    kinds = [block.kind for text in TEXTS.values() for block in blocks(text) if block.runs]
    assert min(kinds.count("python"), kinds.count("yaml"), kinds.count("diff")) >= 7


@pytest.mark.parametrize("page", PLAYED, ids=name)
def test_what_a_page_shows_is_what_happens(page, tmp_path):
    check_page(page, tmp_path)


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_link_of_a_page_leads_somewhere(page):
    assert broken_links(page, TEXTS[page]) == []


def test_links_are_found_in_numbers():
    assert sum(len(LINK.findall(prose(text))) for text in TEXTS.values()) >= 80


@pytest.mark.parametrize("link", ["gone.md", "tutorial.md#99-nothing", "../policies/2024", "#nowhere"])
def test_a_link_that_leads_nowhere_is_seen(link):
    assert broken_links(DOCS / "README.md", f"# Title\n\n[there]({link})\n") == [link]


def test_every_page_of_the_documentation_is_in_its_index():
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(TEXTS[DOCS / "README.md"])}
    of_folders = {page.parent for page in linked if page.name == "README.md"} - {DOCS, ROOT}
    lost = [name(page) for page in TEXTS if DOCS in page.parents and page not in linked]
    assert [each for each in lost if not any(str(folder) in str(ROOT / each) for folder in of_folders)] == [
        "docs/README.md"
    ]


def test_every_decision_has_the_four_headings():
    headings = ["What we faced", "What we chose", "What it costs", "What would change our mind"]
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    assert len(decisions) >= 12
    for page in decisions:
        assert [line[3:] for line in TEXTS[page].splitlines() if line.startswith("## ")] == headings, page.name


# The player itself


def page_with(block, kind="console"):
    return f"# A page\n\n```{kind}\n{block}```\n"


def test_a_false_output_does_not_stand(tmp_path):
    shown = page_with("$ greenpaper test 2025\n2025: 64 of 65 cases passed; rules 3 of 3, conditions 3 of 3\n")
    assert played(shown, tmp_path) == shown.replace("64", "65")


def test_a_block_plays_in_the_state_that_earlier_blocks_left(tmp_path):
    page = (
        "Write `mine.csv`:\n\n```csv\nauthority,leaders\nLeeds,god\n```\n\nIn `mine.csv`:\n\n```diff\n-Leeds,god\n"
        "+Leeds,good\n```\n\n```console\n$ cat mine.csv\nauthority,leaders\nLeeds,good\n\n$ echo $?\n0\n```\n"
    )
    assert played(page, tmp_path) == page


@pytest.mark.parametrize(
    "page",
    [
        page_with("$ rm -rf /\n"),
        page_with("no command\n"),
        page_with(">>> 1 + 1\n3\n", "python"),
        page_with("print(1)  # 2\n", "python"),
        "Write `a.csv`:\n\n```csv\nx\nx\n```\n\nIn `a.csv`:\n\n```diff\n-x\n+y\n```\n",
        "Write `a.csv`:\n\n```csv\nx\n```\n\nIn `a.csv`:\n\n```diff\n-z\n+y\n```\n",
    ],
    ids=["another command", "no command", "a session", "a print", "two places", "no place"],
)
def test_what_does_not_happen_is_refused(page, tmp_path):
    with pytest.raises(NotPlayable):
        played(page, tmp_path)


def test_a_command_says_the_same_in_a_process_of_its_own():
    arguments = ["explain", "Liverpool", "--version", "2025"]
    ran = subprocess.run([sys.executable, "-m", "greenpaper", *arguments], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.rstrip("\n")) == greenpaper(*arguments)
