"""The pages of the versions are those of the versions as they are, one for each, and their links lead somewhere."""

from importlib.util import module_from_spec, spec_from_file_location

import pytest

from docs.pages import DOCS, broken_links
from greenpaper.cli.selecting import catalogue_of
from transcripts import ROOT

FOLDER = DOCS / "frameworks"
PAGES = {page.name: page.read_text("utf-8") for page in FOLDER.glob("*.md")}


@pytest.fixture(scope="module")
def made():
    spec = spec_from_file_location("generate", ROOT / "tools" / "generate.py")
    generate = module_from_spec(spec)
    spec.loader.exec_module(generate)
    return dict(generate.framework_pages(ROOT / "policies"))


def stale(pages, made):
    """Pages that are not what would be made, that are missing, or that are of no version."""
    return sorted(name for name in pages.keys() | made.keys() if pages.get(name) != made.get(name))


def test_every_page_is_fresh(made):
    assert stale(PAGES, made) == [], "run `make generate`"


@pytest.mark.parametrize("name", ["2026.md", "README.md"])
def test_a_page_that_is_not_fresh_is_seen(made, name):
    assert stale(made | {name: f"{made[name]}more"}, made) == [name]
    assert stale({each: page for each, page in made.items() if each != name}, made) == [name]
    assert stale(made | {"2031.md": ""}, made) == ["2031.md"]


def test_there_is_a_page_for_every_version_and_the_index_leads_to_it():
    versions = catalogue_of(None).versions
    assert set(PAGES) == {"README.md", *(f"{version}.md" for version in versions)}
    assert all(f"({version}.md)" in PAGES["README.md"] for version in versions)


@pytest.mark.parametrize("name", PAGES)
def test_the_links_of_a_page_lead_somewhere(name):
    assert broken_links(FOLDER / name, PAGES[name]) == []
