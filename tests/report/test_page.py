"""The page of a whole comparison: one file, well formed, with every authority and its reasons."""

import re
from itertools import pairwise

import pytest

from greenpaper.cli.selecting import selectors_of
from greenpaper.comparison.compare import compare
from greenpaper.records.tables import load_records
from greenpaper.report import words
from greenpaper.report.comparison import comparison_view
from greenpaper.report.explanation import explanation_view
from greenpaper.report.to_html import to_html
from greenpaper.source.shipped import shipped
from report.reading import page_of

VERSIONS = ("2025", "2026", "2027-draft")


@pytest.fixture(scope="module")
def comparison():
    records = load_records(shipped("authorities"))
    frameworks = [each.load() for each in selectors_of(VERSIONS, None)]
    return compare(frameworks, records.current, as_of=records.taken)


@pytest.fixture(scope="module")
def html(comparison):
    return to_html(comparison_view(comparison, comparison.as_of, authorities=True))


@pytest.fixture(scope="module")
def page(html):
    return page_of(html)


def test_nothing_is_fetched_and_nothing_runs(html, page):
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "form", "base")
    assert {name for each in page.all() for name in each.attributes} <= {
        "lang", "charset", "name", "content", "class", "href", "id", "role", "tabindex", "aria-label", "scope", "rel"
    }  # fmt: skip
    (style,) = page.all("style")
    assert not re.search(r"url\(|@import|expression|http", style.text)
    assert html.startswith("<!doctype html>")


def test_the_page_has_a_language_a_title_one_first_heading_and_a_main_part(page):
    (root,) = page.all("html")
    assert root.attributes["lang"] == "en"
    assert page.all("title")[0].text == page.all("h1")[0].text
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert page.all("meta")[0].attributes == {"charset": "utf-8"}


def test_headings_never_skip_a_level(page):
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert set(levels) == {1, 2, 3, 4}


def test_headings_of_one_explanation_never_skip_a_level(comparison):
    row = comparison.rows[0]
    found = page_of(to_html(explanation_view(row.record, row.evaluations[0])))
    assert [each.tag for each in found.all("h1", "h2", "h3", "h4")] == ["h1", "h2", "h3"]


def test_every_table_has_a_caption_and_heads_for_its_columns_and_rows(page):
    tables = page.all("table")
    assert len(tables) >= 4
    for table in tables:
        assert table.all("caption")[0].text
        heads = table.all("thead")[0].all("th")
        assert heads
        assert all(each.text and each.attributes["scope"] == "col" for each in heads)
        for row in table.all("tbody")[0].all("tr"):
            assert row.all("th", "td")[0].tag == "th"
            assert row.all("th")[0].attributes["scope"] == "row"
            assert len(row.all("th", "td")) == len(table.all("thead")[0].all("th", "td"))


def test_a_part_that_scrolls_can_be_reached_and_has_a_name(page):
    parts = [each for each in page.all("div") if each.attributes.get("class") == "wide"]
    assert len(parts) == len(page.all("table"))
    assert all(each.attributes["tabindex"] == "0" and each.attributes["aria-label"] for each in parts)


def test_names_of_places_stand_once_and_links_lead_to_them(page):
    names = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(set(names)) == len(names) == 154
    inner = [each.attributes["href"] for each in page.all("a") if each.attributes["href"].startswith("#")]
    assert inner == ["#main"]


def test_every_authority_is_there_with_its_reasons_under_every_version(page, comparison):
    parts = {each.attributes["id"]: each for each in page.all("details")}
    assert len(parts) == 153
    for row in comparison.rows:
        part = parts[row.record.authority.code]
        assert part.all("summary")[0].text.startswith(row.record.authority.name)
        for evaluation in row.evaluations:
            assert words.label(evaluation.framework) in part.all("summary")[0].text
            verdict = evaluation.decisions["pathway"]
            assert words.verdict(verdict) in part.all("summary")[0].text
            for step in verdict.trace:
                assert words.rule_head(step.rule) in part.text
                assert words.citation(step.rule.citation) in part.text
        if row.record.inspection.report:
            links = [each.attributes["href"] for each in part.all("a")]
            assert links == [row.record.inspection.report]
    assert sum(bool(row.record.inspection.report) for row in comparison.rows) > 140


def test_the_movers_of_the_page_are_those_of_the_comparison(page, comparison):
    tables = {each.all("caption")[0].text: each for each in page.all("table")}
    for moves in comparison.decisions[0].moves:
        table = tables[f"Movers, {words.label(moves.before)} to {words.label(moves.after)}"]
        named = [row.all("th")[0].text for row in table.all("tbody")[0].all("tr")]
        assert named == [each.row.record.authority.name for each in (*moves.certain(), *moves.possible())]
