"""Conditions inside YAML: whatever the style, a problem points at the words it is about."""

import re
from textwrap import indent

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from greenpaper.framework.reading import Reading
from greenpaper.framework.written import VocabularyFile
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.source.located import read_located
from language.policy import codes, vocabulary
from language.strategies import token_texts

PAGE = """facts:
  other: {{type: truth, title: Other, confidence: illustrative}}
definitions:
  before: {{title: Before, when: flag}}
  here:
    title: It's "here"
    when: {condition}
  after: {{title: After, when: flag}}
"""
DOCUMENT = VocabularyFile.model_construct()


def written(text: str, style: str) -> str:
    match style:
        case "plain":
            return text
        case "single":
            return "'" + text.replace("'", "''") + "'"
        case _:
            return f"{style}\n{indent(text, ' ' * 6)}"


def found_in_page(text: str, style: str):
    """The problems of the condition as it stands in a YAML page, and its value there."""
    node, wrong = read_located("page.yaml", PAGE.format(condition=written(text, style)).encode())
    assert not wrong, wrong
    reading = Reading(DOCUMENT, node)
    condition = reading.condition("definitions", "here", "when")
    found = tuple(reading.found)
    if condition is not None:
        found = check_condition(condition, vocabulary())[1]
    return found


def found_alone(text: str):
    condition, found = parse_condition(text)
    return check_condition(condition, vocabulary())[1] if condition is not None else found


def named(problem) -> list[str]:
    """The words under each label in the condition's own text, on one line."""
    labels = (label for label in problem.labels if label.span.source.name in ("page.yaml", "condition"))
    return [re.sub(r"\s+", " ", label.span.text).strip().replace("''", "'") for label in labels]


def fits(text: str, style: str) -> bool:
    if style == "plain":
        return text == text.strip() and text[:1].isalpha() and "\n" not in text
    return bool(text.strip()) and not text.startswith(("\n", " "))


@pytest.mark.parametrize("style", ["plain", "single", "|", ">", "|-", ">-", "|+"])
@given(text=token_texts.map(lambda text: re.sub(r"\s*\n\s*", " ", text).strip()))
@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_problem_in_yaml_is_shown_at_the_words_that_it_is_shown_at_alone(style, text):
    assume(fits(text, style))
    inside, alone = found_in_page(text, style), found_alone(text)
    assert codes(inside) == codes(alone)
    assert [named(each) for each in inside] == [named(each) for each in alone]


@pytest.mark.parametrize("style", ["single", "|", ">"])
@given(
    words=st.lists(
        st.sampled_from(("leader", "is", "good", "and", "nobody", "flagg", "or", "not", "(", ")")),
        min_size=2,
        max_size=9,
    ),
    data=st.data(),
)
@settings(max_examples=60)
def test_a_condition_over_several_lines_keeps_its_places(style, words, data):
    gap = "\n      " if style == "single" else "\n"
    text = words[0] + "".join(data.draw(st.sampled_from((" ", gap))) + word for word in words[1:])
    inside, alone = found_in_page(text, style), found_alone(re.sub(r"\s+", " ", text))
    assert codes(inside) == codes(alone)
    assert [named(each) for each in inside] == [named(each) for each in alone]


def test_each_unknown_name_is_shown_where_it_stands():
    text = "leader is good\nand (helpp is good or\nany of practise is good)"
    for style in ("|", ">"):
        found = found_in_page(text, style)
        assert [each.span.text for each in found] == ["leader", "helpp", "practise"]
        assert [each.span.place for each in found] == ["page.yaml:8:7", "page.yaml:9:12", "page.yaml:10:14"]


def test_a_problem_at_the_end_of_a_condition_is_shown_at_its_end():
    for style, place in (("plain", "page.yaml:7:21"), ("single", "page.yaml:7:22"), ("|", "page.yaml:8:17")):
        (problem,) = found_in_page("leaders is", style)
        assert problem.span.place == place, style


def test_an_apostrophe_doubled_by_yaml_moves_nothing():
    (problem,) = found_in_page("flag and leaders is 'good'", "single")
    assert problem.span.place == "page.yaml:7:32"


def test_a_condition_in_double_quotes_is_refused():
    node, _ = read_located("page.yaml", PAGE.format(condition='"leaders is good"').encode())
    reading = Reading(DOCUMENT, node)
    assert reading.condition("definitions", "here", "when") is None
    assert codes(reading.found) == ["double-quoted-condition"]
