"""Text from policies and tables reaches every output as text: never as markup, a formula or an order to a terminal."""

import csv
import json
import re
from io import StringIO

import pytest

from cli.running import Here
from comparison.small import FACTS, decision, rule, write_version
from greenpaper.comparison.redline import Mark, Run
from greenpaper.report.to_csv import to_csv
from greenpaper.report.to_html import to_html
from greenpaper.report.to_markdown import escape, to_markdown
from greenpaper.report.to_text import to_text
from greenpaper.report.view import Bullets, Heading, Pairs, Paragraph, Redline, Section, Table, View
from greenpaper.source.render import visible
from report.reading import page_of

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a & b &lt; &#60;", "\"double\" and 'single'",
    "=HYPERLINK(\"https://example.org\",\"x\")", "{{ 7 * 7 }} {% raw %}", "</style></main>", "javascript:alert(1)",
    "`code` *bold* _under_ [link](https://example.org) | # ~x~", "\u202egnp.exe\u2066", "\x1b[31mred\x1b]0;title\x07",
    "\x9b31m", "line\nbreak", "tab\there", "مرحبا", "日本語", "\u200bhidden", "- item", "1. item", "+ item",
)  # fmt: skip
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def view_of(text):
    """The text in every place that a view has."""
    table = Table(text, (text, "", text), ((text, text, text),), frozenset({2}))
    redline = Redline(((text, tuple(Run(mark, text) for mark in Mark)),))
    blocks = (Heading(text), Paragraph(text), Bullets((text,)), Pairs(((text, text),)), redline, table)
    return View(text, (*blocks, Section(text, blocks, text, text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_has_the_elements_it_has_with_harmless_text(text):
    found, plain = page_of(to_html(view_of(text))), page_of(to_html(view_of("harmless")))
    tags = [each.tag for each in found.all() if each.tag != "a"]
    assert tags == [each.tag for each in plain.all() if each.tag != "a"]
    assert "script" not in tags
    names = {name for each in found.all() for name in each.attributes}
    assert not [name for name in names if name.startswith("on")]
    assert found.all("h1")[0].text == " ".join(visible(text).split())
    assert not OBEYED.search(to_html(view_of(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_links_go_to_web_pages_only(text):
    targets = [each.attributes["href"] for each in page_of(to_html(view_of(text))).all("a")]
    assert all(target == "#main" or re.match(r"https?://|mailto:", target) for target in targets)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_output_has_nothing_that_a_terminal_obeys(text):
    shown = to_text(view_of(text))
    assert not OBEYED.search(shown)
    assert max(map(len, shown.splitlines())) <= 110


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_no_markup_but_its_own(text):
    shown = to_markdown(view_of(text))
    assert not OBEYED.search(shown)
    plain = re.sub(r"\\[\\`*_{}\[\]<>#|~&+=.)-]", "", shown)
    assert not re.search(r"[<>`{}]|\]\(", plain)
    heads = [line for line in shown.splitlines() if re.match(r"#+ ", line)]
    assert len(heads) == 4
    assert len([line for line in shown.splitlines() if re.match(r"- ", line)]) == 6
    tables = [line for line in plain.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {4}


@pytest.mark.parametrize(
    "text, escaped",
    [
        ("plain words, (in brackets).", "plain words, (in brackets)."),
        ("a*b_c", "a\\*b\\_c"),
        ("&lt;", "\\&lt;"),
        ("- item", "\\- item"),
        ("a - b", "a - b"),
        ("12. item", "12\\. item"),
        ("2026: 3.5", "2026: 3.5"),
        ("    code", "code"),
        ("= head", "\\= head"),
    ],
)
def test_only_signs_that_could_begin_markup_are_escaped(text, escaped):
    assert escape(text) == escaped


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_kept_as_text(sign):
    cell = f"{sign}SUM(A1)"
    (row,) = csv.reader(StringIO(to_csv(("a",), [(cell,)]).partition("\n")[2], newline=""))
    assert row == [f"'{cell}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_reads_back_as_one_cell(text):
    rows = list(csv.reader(StringIO(to_csv(("a", "b"), [(text, "x")]), newline="")))
    assert [row[-1] for row in rows] == ["b", "x"]
    assert rows[1][0].lstrip("'") == text


# From a policy and a table, through the command line

NAME = "=cmd|' /C calc'!A1 <script>alert(1)</script> & \"Sons\""
TITLE = "<script>alert(2)</script> & 'sons'"


@pytest.fixture
def here(monkeypatch, capsys):
    return Here(monkeypatch, capsys)


@pytest.fixture
def hostile(tmp_path):
    """A version and records whose every text is hostile."""
    quoted = TITLE.replace("'", "''")
    rules = decision(
        rule("fine", "heads is fine", "letter"), rule("other", "heads is at most fair", "visit"),
        question=f"'{quoted}'",
    ).replace("A letter", TITLE.replace("'", "’")).replace("as it was said", "<script>alert(3)</script>")  # fmt: skip
    write_version(
        tmp_path / "policies", "one", rules, title=f"'{quoted}'", vocabulary=FACTS.replace("The heads", "<b>heads</b>")
    )
    records = tmp_path / "records"
    records.mkdir()
    cell = NAME.replace('"', '""')
    (records / "register.csv").write_text(f'code,name,region\nE1,"{cell}",<i>North</i>\n', "utf-8")
    header = "code,published,report,heads,unheard_of\n"
    (records / "inspections.csv").write_text(header + 'E1,2026-05-01,javascript:alert(4),fine,"<u>1</u>"\n', "utf-8")
    return ["--policies", tmp_path / "policies", "--records", records]


def test_hostile_names_and_titles_stay_text_in_a_page(here, hostile, tmp_path):
    report = tmp_path / "report.html"
    assert here("compare", "one", "one", *hostile, "--report", report).code == 0
    page = page_of(report.read_text("utf-8"))
    assert not page.all("script", "b", "i", "u", "img")
    assert {each.attributes["href"] for each in page.all("a")} == {"#main"}
    for said in (NAME, TITLE, "<script>alert(3)</script>", "<u>1</u>"):
        assert said in page.text


def test_hostile_names_stay_text_in_csv_and_json(here, hostile):
    shown = here("compare", "one", *hostile, "--format", "csv").out
    (row,) = csv.DictReader(StringIO(shown))
    assert row["authority"] == f"'{NAME}"
    found = json.loads(here("compare", "one", *hostile, "--format", "json").out)
    assert found["records"][0]["authority"] == NAME


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "html"])
def test_control_characters_of_a_table_do_not_reach_any_output(here, tmp_path, form):
    file = tmp_path / "records.csv"
    file.write_text("authority,leaders,published\nLeeds,\x1b[31mgood\x9b\u202e,2026-05-01\n", "utf-8")
    ran = here("compare", "2025", "2026", "--records", file, "--format", form)
    assert not OBEYED.search(ran.out + ran.err)
