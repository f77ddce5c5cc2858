"""What holds for every condition: its spelling, its checking, and that all ways of asking what it means agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import Comparison, FactName, Quantity
from greenpaper.language.terms import facts_read
from greenpaper.situations.compile import Compiler
from greenpaper.situations.diagram import Forest
from greenpaper.situations.space import space_of
from greenpaper.source.render import to_text
from language.policy import check, possible, value, vocabulary
from language.strategies import (
    any_conditions,
    any_texts,
    comparisons_in,
    completions_of,
    conditions_of,
    records_of,
    some_records,
    token_texts,
    vocabularies,
)


@given(any_conditions)
@settings(max_examples=150)
def test_a_condition_is_what_its_spelling_spells(condition):
    text = format_condition(condition)
    parsed, found = parse_condition(text)
    assert not found
    assert parsed == condition
    assert format_condition(parsed) == text


@given(any_conditions, st.data())
def test_spaces_and_needless_brackets_change_nothing(condition, data):
    words = format_condition(condition).split(" ")
    spaces = data.draw(
        st.lists(st.sampled_from((" ", "  ", "\n", "\t", "\r\n ")), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + space for word, space in zip(words, spaces, strict=True))
    assert parse_condition(f"({text})\n") == (condition, ())


@given(token_texts | any_texts)
@settings(max_examples=600)
def test_any_text_is_a_condition_or_has_one_problem_inside_it(text):
    condition, found = parse_condition(text)
    assert (condition is None) == bool(found)
    assert len(found) <= 1
    for problem in found:
        for label in problem.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)
        assert problem.help
        assert to_text(problem)


@given(token_texts)
@settings(max_examples=80)
def test_any_words_that_parse_can_be_checked_and_each_problem_has_a_place(text):
    for selecting in (False, True):
        condition, term, found = check(text, selecting=selecting)
        assert (term is None) == bool(found)
        for problem in found:
            assert problem.help
            assert to_text(problem)
            assert problem.span.source.text == text
        if condition is not None and term is not None:
            assert set(facts_read(term)) <= set(vocabulary().facts)


@given(any_conditions)
def test_any_condition_over_unknown_names_is_refused_without_a_crash(condition):
    term, found = check_condition(condition, vocabulary())
    assert (term is None) == bool(found)


@st.composite
def meant(draw):
    """A vocabulary, and a condition of right types whose every comparison decides something."""
    names = draw(vocabularies())
    leaves = comparisons_in(names).filter(lambda leaf: not check_condition(leaf, names)[1])
    return names, draw(conditions_of(leaves, size=5))


@given(st.data())
@settings(max_examples=80)
def test_a_comparison_of_right_types_has_no_problem_of_types(data):
    names = data.draw(vocabularies())
    _, found = check_condition(data.draw(comparisons_in(names)), names)
    allowed = {"says-nothing", "too-many-asked", "repeated", "values-not-constant"}
    assert {problem.code for problem in found} <= allowed


@given(st.data())
@settings(max_examples=30)
def test_a_comparison_that_is_said_to_say_nothing_has_one_value_on_every_record(data):
    names = data.draw(vocabularies())
    for leaf in data.draw(st.lists(comparisons_in(names), min_size=6, max_size=6)):
        _, found = check_condition(leaf, names)
        if [each.code for each in found] == ["says-nothing"] and not isinstance(leaf.subject, Quantity):
            truth = "always" in found[0].message
            assert {holds_plainly(leaf, names, record) for record in some_records(names)} == {truth}


def holds_plainly(leaf, names, values):
    """The meaning of a comparison, worked out without the checker."""
    subject = leaf.subject
    members = (subject.id,) if isinstance(subject, FactName) else names.groups[subject.group.id].members
    kind = names.facts[members[0]].type
    sizes = [size(values[member], kind) for member in members]
    measures = {"lowest": min, "highest": max, "total": sum}
    left = sizes[0] if isinstance(subject, FactName) else measures[str(subject.aggregate)](sizes)
    rights = [size(plain(right, values), kind) for right in leaf.test.values]
    match str(leaf.test.verb):
        case "is" | "one of":
            return left in rights
        case "not" | "not one of":
            return left not in rights
        case "at least":
            return left >= rights[0]
        case "at most":
            return left <= rights[0]
        case "better than" | "more than":
            return left > rights[0]
        case "worse than" | "less than":
            return left < rights[0]
        case "between":
            return rights[0] <= left <= rights[1]


def plain(value, values):
    name = getattr(value, "id", None)
    return values.get(name, name) if name is not None else value.value


def size(value, kind):
    return kind.scale.words.index(value) if isinstance(value, str) else value


@pytest.mark.exhaustive
@given(meant(), st.data())
@settings(max_examples=60)
def test_the_formatted_condition_has_the_same_diagram(made, data):
    names, condition = made
    again, _ = parse_condition(format_condition(condition))
    first, second = (check_condition(each, names)[0] for each in (condition, again))
    space = space_of([first, second], names.facts)
    compiler = Compiler(space, Forest(space.arities))
    assert compiler.diagram(first) == compiler.diagram(second)


@given(meant())
@settings(max_examples=60)
def test_on_complete_records_the_trace_and_the_diagram_agree(made):
    names, condition = made
    term, _ = check_condition(condition, names)
    space = space_of([term], names.facts)
    forest = Forest(space.arities)
    diagram = Compiler(space, forest).diagram(term)
    for record in some_records(names):
        cells = {level: (cell,) for level, cell in space.situate(record).items()}
        assert forest.values(diagram, cells) == {value(term, record)}


@given(st.data())
@settings(max_examples=60)
def test_a_comparison_means_what_its_words_say(data):
    names = data.draw(vocabularies())
    for leaf in data.draw(st.lists(comparisons_in(names), min_size=3, max_size=3)):
        term, _ = check_condition(leaf, names)
        if term is not None and isinstance(leaf, Comparison) and not isinstance(leaf.subject, Quantity):
            for record in some_records(names):
                assert value(term, record) is holds_plainly(leaf, names, record), (format_condition(leaf), record)


@pytest.mark.exhaustive
@given(meant(), st.data())
@settings(max_examples=60)
def test_what_the_trace_knows_holds_for_every_completion(made, data):
    names, condition = made
    term, _ = check_condition(condition, names)
    record = data.draw(records_of(names))
    known = value(term, record)
    after = possible(term, record, names)
    if known is not None:
        assert after == {known}
    full = data.draw(completions_of(names)) | record
    assert value(term, full) in after


@given(meant(), st.data())
@settings(max_examples=40)
def test_finding_a_fact_out_never_takes_back_what_was_known(made, data):
    names, condition = made
    term, _ = check_condition(condition, names)
    record = data.draw(records_of(names))
    more = data.draw(records_of(names)) | record
    assert value(term, record) in (None, value(term, more))
    assert possible(term, more, names) <= possible(term, record, names)


@given(meant())
@settings(max_examples=40)
def test_a_condition_and_its_negation_never_hold_together(made):
    names, condition = made
    text = format_condition(condition)
    both = check_condition(parse_condition(f"({text}) and not ({text})")[0], names)[0]
    either = check_condition(parse_condition(f"({text}) or not ({text})")[0], names)[0]
    assert possible(both, {}, names) == {False}
    assert possible(either, {}, names) == {True}
