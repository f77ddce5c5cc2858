"""What can be chosen together, and in what order it is made, against brute force."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.small import FILES, PROPOSAL, catalogue, codes, problems_of
from greenpaper.framework.parts import Part
from greenpaper.framework.proposals import Picked, breaches, chosen, completions, in_order, read_proposals
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.source.located import read_located

NAMES = ("a", "b", "c", "d")
LABELS = ("x", "y", "z")


def text_of(name: str, options: dict[str, dict[str, dict[str, list[str]]]], preferred: str = "") -> str:
    """A proposal with these options, each with what it requires, excludes and comes after."""
    head = f"proposal: {name}\ntitle: T\nconfidence: illustrative\npreferred: {preferred or next(iter(options))}\noptions:\n"
    lines = []
    for option, said in options.items():
        keys = "".join(f", {key}: {below}".replace("'", "") for key, below in said.items() if below)
        lines.append(f"  {option}: {{title: T{keys}}}\n")
    return head + "".join(lines)


def read(*texts: str):
    parts = []
    for text in texts:
        node, found = read_located("policies/two/proposals/p.yaml", text.encode())
        assert not found
        parts.append(Part("proposal", "p.yaml", node))
    return read_proposals(tuple(parts), gate=True)


def found_in(*texts: str):
    return read(*texts)[1]


@st.composite
def written(draw) -> dict[str, dict[str, dict[str, dict[str, list[str]]]]]:
    """Up to four proposals with up to three options, which require, exclude and follow some of the others."""
    shape = {name: LABELS[: draw(st.integers(1, 3))] for name in NAMES[: draw(st.integers(1, 4))]}

    def others(name: str) -> dict[str, list[str]]:
        picked = draw(st.lists(st.sampled_from([each for each in shape if each != name] or [name]), max_size=2))
        return {
            other: sorted(draw(st.sets(st.sampled_from(shape[other]), min_size=1))) for other in picked if other != name
        }

    keys = st.sets(st.sampled_from(("requires", "excludes", "after")), max_size=2)
    return {
        name: {option: {key: others(name) for key in draw(keys)} for option in options}
        for name, options in shape.items()
    }


def combinations(shape) -> Iterator[dict[str, str]]:
    """Every admissible choice, by going through all of them."""
    for options in product(*shape.values()):
        choice = dict(zip(shape, options, strict=True))
        if all(allowed(shape[name][option], choice) for name, option in choice.items()):
            yield choice


def allowed(option, choice) -> bool:
    return all(choice[other] in named for other, named in option.get("requires", {}).items()) and not any(
        choice[other] in named for other, named in option.get("excludes", {}).items()
    )


@given(written(), st.data())
def test_completions_are_those_of_brute_force(shape, data):
    proposals, found = read(*(text_of(name, options) for name, options in shape.items()))
    expected = list(combinations(shape))
    every = list(completions(proposals, {}))
    assert sorted(map(sorted, (each.items() for each in every))) == sorted(
        map(sorted, (each.items() for each in expected))
    )
    fixed = {
        name: data.draw(st.sampled_from(list(shape[name]))) for name in data.draw(st.sets(st.sampled_from(list(shape))))
    }
    some = list(completions(proposals, fixed))
    assert some == [each for each in every if fixed.items() <= each.items()]
    preferred = {name: next(iter(options)) for name, options in shape.items()}
    if preferred in expected:
        assert every[0] == preferred
    for options in product(*shape.values()):
        choice = dict(zip(shape, options, strict=True))
        assert any(breaches(proposals, choice)) is (choice not in expected)
    if "circular-requires" not in codes(found):
        held = {(name, option) for each in expected for name, option in each.items()}
        dead = {(name, option) for name, options in shape.items() for option in options} - held
        assert codes(found).count("never-admissible") == len(dead)
        assert bool({"option-requires", "option-excludes"} & {*codes(found)}) is (preferred not in expected)


@given(written())
def test_a_circle_is_found_exactly_where_there_is_one(shape):
    """A circle of options that name each other, whether or not they can be chosen together."""
    named = {
        (name, option): {
            (other, each)
            for key in ("requires", "after")
            for other, several in said.get(key, {}).items()
            for each in several
        }
        for name, options in shape.items()
        for option, said in options.items()
    }
    left = dict(named)
    while free := [each for each, needs in left.items() if not needs & left.keys()]:
        for each in free:
            del left[each]
    found = found_in(*(text_of(name, options) for name, options in shape.items()))
    assert ("circular-requires" in codes(found)) is bool(left)


@given(written())
def test_every_option_is_made_after_those_it_names(shape):
    proposals, found = read(*(text_of(name, options) for name, options in shape.items()))
    if "circular-requires" in codes(found):
        return
    for choice in completions(proposals, {}):
        order = in_order(proposals, choice)
        assert sorted(each.proposal.id for each in order) == sorted(shape)
        for number, each in enumerate(order):
            assert not any(each.follows(later) for later in order[number + 1 :])
        if not any(each.follows(other) for each in order for other in order):
            assert [each.proposal.id for each in order] == list(shape)


# What is wrong in proposals by themselves

PLAIN = text_of("b", {"x": {}, "y": {}})


@pytest.mark.parametrize("key", ["requires", "excludes", "after"])
@pytest.mark.parametrize(
    "named, words, help",
    [
        ({"bb": ["x"]}, "no other proposal is named `bb`", "did you mean `b`?"),
        ({"a": ["x"]}, "no other proposal is named `a`", ""),
        ({"b": ["xx"]}, "no option is named `xx`", "did you mean `x`?"),
        ({"b": ["x", "zz"]}, "no option is named `zz`", ""),
    ],
)
def test_what_is_named_must_be_an_option_of_another_proposal(key, named, words, help):
    (problem,) = found_in(text_of("a", {"x": {}, "y": {key: named}}), PLAIN)
    assert (problem.code, problem.message) == ("unknown-option", words)
    assert problem.help.startswith(help or "")
    assert problem.span.text in words


@pytest.mark.parametrize("first", ["requires", "after"])
@pytest.mark.parametrize("second", ["requires", "after"])
def test_options_cannot_name_each_other_in_a_circle(first, second):
    (problem,) = found_in(
        text_of("a", {"x": {}, "y": {first: {"b": ["y"]}}}), text_of("b", {"x": {}, "y": {second: {"a": ["y"]}}})
    )
    assert problem.code == "circular-requires"
    assert problem.message in ("`a=y` needs `b=y` needs `a=y`", "`b=y` needs `a=y` needs `b=y`")


def test_a_circle_of_three_is_named_in_its_order():
    (problem,) = found_in(
        text_of("a", {"x": {"requires": {"b": ["x"]}}}),
        text_of("b", {"x": {"after": {"c": ["x"]}}}),
        text_of("c", {"x": {"requires": {"a": ["x"]}}}),
    )
    first, *rest = problem.message.replace("`", "").split(" needs ")
    assert rest[-1] == first
    assert {first: rest[0], rest[0]: rest[1], rest[1]: rest[2]} == {"a=x": "b=x", "b=x": "c=x", "c=x": "a=x"}


def test_an_option_that_no_combination_holds_is_shown():
    found = found_in(
        text_of("a", {"x": {}, "y": {"requires": {"b": ["y"]}}}),
        text_of("b", {"x": {}, "y": {"excludes": {"a": ["y"]}}}),
    )
    assert codes(found) == ["never-admissible"]
    assert found[0].message == "no combination of options holds `a=y`"
    assert found[0].span.text == "requires"


def test_an_option_that_only_a_third_makes_impossible_is_shown():
    """`a=y` needs `b=y`, which needs `c=y`, which `a=y` excludes."""
    found = found_in(
        text_of("a", {"x": {}, "y": {"requires": {"b": ["y"]}, "excludes": {"c": ["y"]}}}),
        text_of("b", {"x": {}, "y": {"requires": {"c": ["y"]}}}),
        text_of("c", {"x": {}, "y": {}}),
    )
    assert [each.message for each in found] == ["no combination of options holds `a=y`"]


@pytest.mark.parametrize(
    "key, code, words",
    [
        ("requires", "option-requires", "`a=x` requires `b=y`, and another is chosen"),
        ("excludes", "option-excludes", "`a=x` excludes `b=x`, and both are chosen"),
    ],
)
def test_preferred_options_must_go_together(key, code, words):
    named = {"b": ["y" if key == "requires" else "x"]}
    found = found_in(text_of("a", {"x": {key: named}, "y": {}}), PLAIN)
    assert [(each.code, each.message) for each in found] == [(code, words)]
    assert found[0].span.text == "b"


def test_several_options_are_required_one_of_them():
    proposals, found = read(
        text_of("a", {"x": {}, "y": {"requires": {"b": ["y", "z"]}}}), text_of("b", {"x": {}, "y": {}, "z": {}})
    )
    assert found == ()
    (problem,) = breaches(proposals, {"a": "y", "b": "x"})
    assert problem.message == "`a=y` requires `b=y` or `b=z`, and another is chosen"
    assert list(completions(proposals, {"a": "y"})) == [{"a": "y", "b": "y"}, {"a": "y", "b": "z"}]


def test_a_part_of_a_choice_breaks_only_what_is_in_it():
    proposals, _ = read(text_of("a", {"x": {}, "y": {"requires": {"b": ["y"]}}}), PLAIN)
    assert list(breaches(proposals, {"a": "y"})) == []
    assert codes(tuple(breaches(proposals, {"a": "y", "b": "x"}))) == ["option-requires"]


# What is chosen


def test_what_is_not_chosen_is_the_preferred_option():
    proposals, _ = read(text_of("a", {"x": {}, "y": {}}, "y"), PLAIN)
    assert chosen(proposals, {}) == {"a": "y", "b": "x"}
    assert chosen(proposals, {"a": "x"}) == {"a": "x", "b": "x"}
    assert chosen((), {}) == {}


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"aa": "x"}, "nothing that can be chosen is named `aa`: did you mean `a`?"),
        ({"other": "x"}, "nothing that can be chosen is named `other`: there are a, b"),
        ({"a": "other"}, "`a` has no option `other`: there are x, y"),
    ],
)
def test_what_cannot_be_chosen_is_named(asked, said):
    proposals, _ = read(text_of("a", {"x": {}, "y": {}}), PLAIN)
    with pytest.raises(NoSuchVersion) as raised:
        chosen(proposals, asked)
    assert str(raised.value) == said


def test_a_combination_that_is_refused_shows_the_words_that_refuse_it(tmp_path):
    other = text_of("other", {"no": {}, "yes": {"excludes": {"weight": ["stricter"]}}})
    found = problems_of(tmp_path, {"two/proposals/other.yaml": other}, "two", {"weight": "stricter", "other": "yes"})
    assert [(each.code, each.span.text) for each in found] == [("option-excludes", "weight")]
    assert found[0].span.source.name.endswith("two/proposals/other.yaml")


def test_the_combinations_of_a_draft_are_listed_preferred_first(tmp_path):
    other = text_of("other", {"no": {}, "yes": {"excludes": {"weight": ["stricter"]}}})
    small = catalogue(tmp_path, FILES | {"two/proposals/other.yaml": other})
    assert small.combinations("two") == (
        {"other": "no", "weight": "unchanged"},
        {"other": "no", "weight": "stricter"},
        {"other": "yes", "weight": "unchanged"},
    )
    assert small.combinations("one") == ({},)


# Readings of published words

READING = PROPOSAL.replace("proposal:", "reading:").replace("document: idea", "document: paper")


def test_a_reading_is_chosen_in_a_whole_version_and_is_none_of_its_drafts(tmp_path):
    small = catalogue(tmp_path, FILES | {"one/readings/weight.yaml": READING})
    plain, read_so = small.load("one"), small.load("one", {"weight": "stricter"})
    assert plain.decisions["pathway"].rules[0].when.words == "any of practice is inadequate"
    assert read_so.decisions["pathway"].rules[0].when.words == "any of practice is at most weak"
    assert [(each.option, each.is_reading) for each in read_so.choices] == [("stricter", True)]
    assert [(each.option, each.is_reading) for each in small.load("two").choices] == [("unchanged", False)]


def test_a_draft_has_no_readings_of_its_own(tmp_path):
    assert codes(problems_of(tmp_path, {"two/readings/weight.yaml": READING}, "two")) == ["unknown-file"]


def picked(option: str) -> Picked:
    proposals, _ = read(text_of("a", {"x": {"requires": {"b": ["x"]}, "after": {"b": ["y"], "c": ["x"]}}}), PLAIN)
    return Picked(proposals[0], option)


def test_an_option_needs_what_it_requires_and_what_it_comes_after():
    assert picked("x").needs == {"b": {"x", "y"}, "c": {"x"}}
    assert str(picked("x")) == "a=x"
