"""Problems as text: carets under the words at fault, and nothing a terminal could choke on."""

import pytest

from greenpaper.source.diagnostics import Label, error
from greenpaper.source.render import all_to_text, first_line, to_text
from greenpaper.source.text import Source, Span


def span_of(words: str, text: str, *, name: str = "policy.yaml") -> Span:
    start = text.index(words)
    return Span(Source(name, text), start, start + len(words))


def shown(text: str, words: str, label: str = "") -> list[str]:
    return to_text(error("a-code", "something is wrong", Label(span_of(words, text), label), help="do this")).split(
        "\n"
    )


def test_a_problem_is_sentence_place_line_caret_and_help():
    assert shown("a: 1\nbad: 2\n", "bad", "not this") == [
        "error[a-code]: something is wrong",
        " --> policy.yaml:2:1",
        "  |",
        "2 | bad: 2",
        "  | ^^^ not this",
        "  |",
        "help: do this",
    ]


@pytest.mark.parametrize(
    "before, columns",
    [("abc ", 4), ("検査 ", 5), ("é ", 2), ("e\u0301 ", 2), ("\t", 4), ("\U0001f4a5 ", 3), ("\x1b ", 9), ("\u200b", 8)],
)
def test_the_caret_stands_under_the_word_on_a_terminal(before, columns):
    lines = shown(f"{before}bad", "bad")
    assert lines[4] == "  | " + " " * columns + "^^^"


@pytest.mark.parametrize("words, carets", [("検査", 4), ("é", 1), ("\U0001f4a5", 2), ("\x1b[", 9)])
def test_there_are_as_many_carets_as_the_words_are_wide(words, carets):
    assert shown(f"a {words} b", words)[4] == "  |   " + "^" * carets


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first():
    assert shown("when: one\n  two\n", "one\n  two")[3:5] == ["1 | when: one", "  |       ^^^"]


def test_a_place_at_the_end_of_the_text_has_one_caret():
    text = "a: 1"
    lines = to_text(error("a-code", "cut off", Label(Span(Source("p", text), 4, 4)))).split("\n")
    assert lines[3:] == ["1 | a: 1", "  |     ^"]


def test_an_empty_text_has_a_place_too():
    lines = to_text(error("a-code", "empty", Label(Span(Source("p", ""), 0, 0)))).split("\n")
    assert lines == ["error[a-code]: empty", " --> p:1:1", "  |", "1 |", "  | ^"]


def test_labels_on_one_line_share_it():
    text = "leaders is at least 2"
    labels = [Label(span_of("leaders", text), "a grade"), Label(Span(Source("policy.yaml", text), 20, 21), "a number")]
    labels[1] = Label(Span(labels[0].span.source, 20, 21), "a number")
    assert to_text(error("a-code", "unlike", *labels)).split("\n")[3:] == [
        "1 | leaders is at least 2",
        "  | ^^^^^^^ a grade",
        "  |                     ^ a number",
    ]


def test_labels_on_different_lines_have_a_place_each_and_one_margin():
    text = "first: 1\n" + "\n" * 9 + "again: 2\n"
    source = Source("policy.yaml", text)
    labels = [Label(Span(source, text.index("again"), text.index("again") + 5), "again"), Label(Span(source, 0, 5))]
    assert to_text(error("a-code", "twice", *labels)).split("\n") == [
        "error[a-code]: twice",
        "  --> policy.yaml:11:1",
        "   |",
        "11 | again: 2",
        "   | ^^^^^ again",
        "  --> policy.yaml:1:1",
        "   |",
        " 1 | first: 1",
        "   | ^^^^^",
    ]


def test_labels_far_apart_on_a_long_line_are_each_shown_near_their_caret():
    text = "first " + "x" * 5_000 + " second " + "x" * 5_000
    source = Source("policy.yaml", text)
    at = text.index("second")
    lines = to_text(error("a-code", "twice", Label(Span(source, 0, 5)), Label(Span(source, at, at + 6)))).split("\n")
    assert [line.lstrip(" |").startswith("^") for line in lines].count(True) == 2
    for number, line in enumerate(lines):
        if line.lstrip(" |").startswith("^"):
            at = line.index("^")
            assert lines[number - 1][at : line.rindex("^") + 1] in ("first", "second")
    assert max(map(len, lines)) < 130


@pytest.mark.parametrize("length", [1_000, 1_000_000])
@pytest.mark.parametrize("where", ["before", "after", "inside", "around"])
def test_a_long_line_is_cut_near_its_caret(where, length):
    fill = "x" * length
    text = {"before": f"{fill} bad", "after": f"bad {fill}", "inside": f"bad{fill}bad", "around": f"{fill} bad {fill}"}
    words = f"bad{fill}bad" if where == "inside" else "bad"
    lines = shown(text[where], words)
    first = lines[4].index("^")
    assert lines[3][first : first + 3] == "bad"
    assert "…" in lines[3]
    assert max(map(len, lines)) < 130


def test_all_parts_of_a_problem_are_cut_when_very_long():
    label = Label(span_of("k", "k: 1", name="n" * 9_999), "l" * 9_999)
    text = to_text(error("a-code", "m" * 9_999, label, help="h" * 9_999, notes=["o" * 9_999]))
    assert max(map(len, text.split("\n"))) < 500


def test_nothing_a_terminal_obeys_comes_through():
    bad = "\x1b[31m\x07\r\n\u202e\u200b\x9b\x00"
    label = Label(span_of("bad", f"{bad} bad {bad}", name=f"file{bad}.yaml"), f"label{bad}")
    text = all_to_text([error("a-code", f"message{bad}", label, help=f"help{bad}", notes=[f"note{bad}"])])
    assert [sign for sign in text if sign != "\n" and not sign.isprintable()] == []
    assert "<U+001B>[31m" in text


def test_a_line_end_in_a_message_does_not_break_its_line():
    problem = error("a-code", "`a\nb` is wrong", Label(span_of("k", "k: 1")))
    assert first_line(problem) == "error[a-code]: `a<U+000A>b` is wrong"


def many(count: int) -> list:
    source = Source("policy.yaml", "x" * count)
    return [error("a-code", f"problem {number}", Label(Span(source, number, number + 1))) for number in range(count)]


def test_a_hundred_problems_are_shown():
    assert all_to_text(many(100)).count("error[") == 100
    assert "more" not in all_to_text(many(100))


def test_of_more_than_a_hundred_the_rest_is_counted():
    text = all_to_text(many(107))
    assert text.count("error[") == 100
    assert text.endswith("\n\nand 7 more")


def test_problems_come_in_file_order_and_once():
    found = many(3)
    text = all_to_text([found[2], found[0], found[1], found[0]])
    assert [line[-1] for line in text.split("\n") if line.startswith("error[")] == ["0", "1", "2"]
