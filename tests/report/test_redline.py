"""What was taken out and put in can be told apart in every output, without colours, and stays text."""

import re

import pytest

from greenpaper.comparison.redline import Mark, Run, redline
from greenpaper.report.to_html import to_html
from greenpaper.report.to_markdown import to_markdown
from greenpaper.report.to_text import to_text
from greenpaper.report.view import Redline, View
from report.reading import page_of


def view(*items):
    return View("Title", (Redline(tuple((name, redline(before, after)) for name, before, after in items)),))


SAID = view(
    ("when", "heads is at least fair", "heads is at most fair"), ("note", "", "all of it"), ("says", "gone", "")
)


def test_in_text():
    assert to_text(SAID).splitlines()[2:] == [
        "  when  heads is at [-least-] {+most+} fair",
        "  note  {+all of it+}",
        "  says  [-gone-]",
    ]


def test_in_markdown():
    assert to_markdown(SAID).splitlines()[2:] == [
        "- **when**: heads is at ~~least~~ **most** fair",
        "- **note**: **all of it**",
        "- **says**: ~~gone~~",
    ]


def test_in_html():
    found = page_of(to_html(SAID))
    assert [each.text for each in found.all("dt")] == ["when", "note", "says"]
    assert [each.text for each in found.all("dd")] == ["heads is at least most fair", "all of it", "gone"]
    assert [each.text for each in found.all("del")] == ["least", "gone"]
    assert [each.text for each in found.all("ins")] == ["most", "all of it"]


def test_the_style_tells_them_apart_without_colours():
    (style,) = page_of(to_html(SAID)).all("style")
    assert re.search(r"\bdel \{[^}]*line-through", style.text)
    assert re.search(r"\bins \{[^}]*underline", style.text)


def test_a_long_redline_is_wrapped_in_text():
    lines = to_text(view(("note", "word " * 50, "other " * 50))).splitlines()
    assert max(map(len, lines)) <= 110
    assert len(lines) > 5


@pytest.mark.parametrize("sign", ["~~", "**", "*", "~", "__", "`", "<ins>", "</del>", "[-", "{+"])
def test_signs_in_the_words_are_no_marks(sign):
    view = View("Title", (Redline((("key", (Run(Mark.DELETED, f"a {sign} b"), Run(Mark.INSERTED, sign))),)),))
    line = to_markdown(view).splitlines()[2]
    plain = re.sub(r"\\.", "", line)
    assert plain.count("~~") == 2
    assert plain.count("**") == 4
    found = page_of(to_html(view))
    assert [each.text for each in found.all("del", "ins")] == [f"a {sign} b", sign]


def test_marks_in_markdown_stand_at_words():
    line = to_markdown(view(("key", "one, two (three) four", "one two (three, four"))).splitlines()[2]
    assert line == "- **key**: ~~one,~~ **one** two ~~(three)~~ **(three,** four"


def test_a_run_of_nothing_has_no_marks_in_markdown():
    view = View("Title", (Redline((("key", (Run(Mark.DELETED, " "), Run(Mark.SAME, "a"))),)),))
    assert to_markdown(view).splitlines()[2] == "- **key**: a"
