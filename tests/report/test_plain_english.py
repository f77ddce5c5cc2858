"""Conditions in plain English: every one can be said, and two that are not the same never read the same."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.small import decision, rule, small_framework
from greenpaper.cli.selecting import catalogue_of
from greenpaper.framework.checker import check_parts
from greenpaper.framework.parts import Part
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.types import Graded
from greenpaper.language.vocabulary import Fact, Group
from greenpaper.report.plain_english import counted, in_plain_english, quoted, titles_of
from greenpaper.source.located import read_located
from language import policy, strategies

SHIPPED = catalogue_of(None).versions
GOOD = sorted((Path(policy.__file__).parent / "good").glob("*.yaml"))


@pytest.fixture(scope="module")
def example():
    """The version whose names the tests of the language use."""
    parts = []
    for kind, pattern in policy.KINDS:
        for path in sorted((policy.HERE / "policy").glob(pattern)):
            node, _ = read_located(path.name, path.read_bytes())
            parts.append(Part(kind, path.name, node))
    framework, found = check_parts(tuple(parts))
    assert not found
    return framework


@pytest.fixture(scope="module")
def titles(example):
    return titles_of(example)


def conditions_of(framework):
    """The words of every condition of a version, without the `where` that a constraint may begin with."""
    for each in framework.constraints:
        yield from (
            [each.where.words, each.condition.words.rpartition(": ")[2]] if each.where else [each.condition.words]
        )
    for each in framework.decisions.values():
        yield from (one.when.words for one in (*each.rules, *each.left_open))
    yield from (each.where.words for each in framework.invariants if each.where)
    yield from (each.words for each in framework.vocabulary.definitions.values())


# What is said


@pytest.mark.parametrize(
    "words, said",
    [
        ("any of practice is inadequate", "any of the practice judgements is inadequate"),
        ("leaders is at least good", "“Leaders” is good or better"),
        ("leaders is at most good", "“Leaders” is good or worse"),
        ("leaders is better than good", "“Leaders” is better than good"),
        ("leaders is not good", "“Leaders” is not good"),
        ("leaders is requires_improvement", "“Leaders” is “requires improvement”"),
        ("leaders is between inadequate and good", "“Leaders” is from inadequate to good"),
        ("leaders is one of inadequate, outstanding", "“Leaders” is either inadequate or outstanding"),
        ("leaders is not one of inadequate, outstanding", "“Leaders” is neither inadequate nor outstanding"),
        ("leaders is overall", "“Leaders” is the same as that of “Overall”"),
        ("leaders is at least overall", "“Leaders” is as good as that of “Overall” or better"),
        ("lowest of practice is at most overall", "the worst of the practice judgements is as bad as that of “Overall” or worse"),
        ("at least 2 of practice are worse than good", "at least two of the practice judgements are worse than good"),
        ("none of [leaders, help] are good", "none of “Leaders” and “Help and protection” are good"),
        ("exactly 1 of practice is good", "exactly one of the practice judgements is good"),
        ("months is more than 36 months", "“Months since the last visit” is more than 36 months"),
        ("days is at least 20", "“Days of notice” is 20 or more"),
        ("total of scores is at most 12", "the total of the counts is 12 or less"),
        ("inspected is at least 2026-04-01", "“Day the inspection ended” is 1 April 2026 or later"),
        ("inspected is less than 2026-04-01", "“Day the inspection ended” is earlier than 1 April 2026"),
        ("highest of dates is at most published", "the latest of the dates is as early as that of “Day the report was published” or earlier"),
        ("flag", "“A priority action was found” holds"),
        ("flag is false", "“A priority action was found” is false"),
        ("struggling", "what is called “struggling” holds"),
        ("leaders is known", "“Leaders” is known"),
        ("leaders is unknown", "“Leaders” is not known"),
        ("flag and not (struggling or flag2)", "“A priority action was found” holds and it is not so that (what is called “struggling” holds, or “A second priority action was found” holds)"),
    ],
)  # fmt: skip
def test_what_is_said(titles, words, said):
    assert in_plain_english(words, titles) == said


def test_the_outcome_of_another_decision_is_told_by_its_title(example, titles):
    name = next(iter(example.vocabulary.decisions))
    outcome = next(iter(example.decisions[name].outcomes.values()))
    said = in_plain_english(f"{name} is {outcome.id}", titles)
    assert said == f"the answer to “{example.decisions[name].question}” is “{outcome.title}”"


def test_small_numbers_are_words():
    assert [counted(each) for each in (0, 1, 2, 10, 11)] == ["0", "one", "two", "ten", "11"]


# All of them


@pytest.mark.parametrize("version", SHIPPED)
def test_every_condition_of_a_shipped_version_is_said_in_its_own_way_and_without_ids(version):
    framework = catalogue_of(None).load(version)
    titles = titles_of(framework)
    words = set(conditions_of(framework))
    said = {each: in_plain_english(each, titles) for each in words}
    assert len(words) >= 4
    assert len(set(said.values())) == len(words)
    assert not [each for each in said.values() if re.search(r"\w_\w|[\[\]]", each)]


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_every_good_example_of_the_language_is_said_in_its_own_way(file, titles):
    conditions = [each["condition"] for each in policy.read_yaml(file)["cases"]]
    texts = {format_condition(parse_condition(each)[0]) for each in conditions}
    assert len(texts) >= 5
    assert len({in_plain_english(each, titles) for each in texts}) == len(texts)


@pytest.mark.exhaustive
@given(st.lists(strategies.any_conditions, min_size=2, max_size=8))
def test_any_condition_can_be_said_and_those_that_differ_differ(titles_of_nothing, conditions):
    words = {format_condition(each) for each in conditions}
    assert len({in_plain_english(each, titles_of_nothing) for each in words}) == len(words)


@pytest.mark.exhaustive
@given(st.data())
def test_conditions_of_any_vocabulary_can_be_said_and_those_that_differ_differ(small, data):
    names = data.draw(strategies.vocabularies())
    titles = titles_of(replace(small, vocabulary=names))
    one = strategies.conditions_of(strategies.comparisons_in(names))
    words = {format_condition(each) for each in data.draw(st.lists(one, min_size=2, max_size=8))}
    assert len({in_plain_english(each, titles) for each in words}) == len(words)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_framework(tmp_path_factory.mktemp("small"), "small", decision(rule("r", "heads is fine", "call")))


@pytest.fixture(scope="module")
def titles_of_nothing(small):
    return titles_of(replace(small, vocabulary=replace(small.vocabulary, facts={}, groups={}), decisions={}))


# Titles that could be mistaken


def awkward(small, *, group="all parts", **facts):
    """Titles of a version with facts of these titles, and one group of them."""
    kind = Graded(strategies.SCALE)
    known = {name: Fact(name, title, kind, strategies.NOWHERE) for name, title in facts.items()}
    groups = {"parts": Group("parts", group, tuple(facts), strategies.NOWHERE)}
    return titles_of(replace(small, vocabulary=replace(small.vocabulary, facts=known, groups=groups), decisions={}))


SUBJECTS = ("a", "b", "any of parts", "all of parts", "any of [a, b]", "lowest of parts", "at least 1 of parts")
TESTS = (
    "fine", "not fine", "at least fine", "at most fine", "better than poor", "one of fine, fair", "not one of fine, fair",
    "one of fine", "between fair and fine", "c", "not c", "at least c", "at most c", "better than c", "unknown", "known",
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        {"a": "The same", "b": "the  same", "c": "Another"},
        {"a": "a” is fine, or “b", "b": "b", "c": "fine"},
        {"a": "Heads", "b": "Heads (a)", "c": "heads"},
        {"a": "", "b": "b", "c": "that of “b”"},
        {"a": "A", "b": "B", "c": "C", "group": "the a is fine, or any of the a"},
        {"a": "A", "b": "B", "c": "C", "group": "“A” and “B”"},
    ],
    ids=["one title", "quotation marks", "an id in a title", "no title", "a clause for a group", "a list for a group"],
)
def test_conditions_over_awkward_titles_differ(small, written):
    titles = awkward(small, **written)
    atoms = [f"{subject} is {test}" for subject, test in product(SUBJECTS, TESTS)]
    few = atoms[:: len(atoms) // 5]
    joined = [f"{one} {join} {other}" for one, other in product(few, repeat=2) for join in ("and", "or")]
    deep = [text for each in few for pair in joined[:12] for text in (f"{each} and ({pair})", f"not ({pair})", f"{each} or {pair}")]  # fmt: skip
    words = {format_condition(parse_condition(each)[0]) for each in (*atoms, *joined, *deep)}
    assert len(words) > 150
    assert len({in_plain_english(each, titles) for each in words}) == len(words)


def test_a_title_that_two_have_stands_with_its_id(small):
    titles = awkward(small, a="The same", b="the same", c="Other")
    assert in_plain_english("a is fine and c is fine", titles) == "“The same” (a) is fine and “Other” is fine"


@pytest.mark.parametrize("word", ["and", "better than", "Fine", "1"])
def test_a_word_that_could_be_misread_is_quoted(word):
    assert quoted(word, re.compile("[a-z]+")) == f"“{word}”"


def test_what_is_no_condition_is_quoted(titles):
    assert in_plain_english("leaders is", titles) == "“leaders is”"
