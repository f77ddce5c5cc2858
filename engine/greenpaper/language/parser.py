"""Text → condition: the only door to lark. Knows neither facts nor YAML; places come from the caller."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedToken

from greenpaper.language import syntax_problems as problems
from greenpaper.language.syntax import (
    Aggregate,
    Aggregated,
    And,
    Comparison,
    Condition,
    Day,
    FactName,
    Group,
    Holds,
    ListedGroup,
    NamedGroup,
    Not,
    Number,
    Or,
    Quantifier,
    Quantity,
    Subject,
    Test,
    TruthValue,
    Value,
    Verb,
    Word,
)
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Source, Span

LONGEST = 2000
DEEPEST = 40
NESTING = re.compile(r"[()]|[^\s()]+")

Place = Callable[[int, int], Span]
Parsed = tuple[Condition | None, tuple[Diagnostic, ...]]


def parse_condition(text: str, place: Place | None = None) -> Parsed:
    """The condition that `text` spells, or the one reason why it spells none.

    `place` maps characters of `text` to places in the file it came from; without it the text is its own file.
    """
    source = Source("condition", text)
    return _Reading(text, place or (lambda start, end: Span(source, start, end))).parse()


@cache
def grammar() -> str:
    """The text of `grammar.lark`."""
    return resources.files("greenpaper.language").joinpath("grammar.lark").read_text("utf-8")


@cache
def lark_parser() -> Lark:
    return Lark(grammar(), parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False)


@cache
def keywords() -> frozenset[str]:
    """Every word the grammar keeps for itself; none of them can name anything."""
    literal = (terminal.pattern.value for terminal in lark_parser().terminals if terminal.pattern.type == "str")
    return frozenset(word for word in literal if word.isalpha())


class _Refused(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _Reading:
    """One condition being read: its text, and where its characters stand."""

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place

    def parse(self) -> Parsed:
        try:
            self._refuse_oversize()
            return self.condition(_only(lark_parser().parse(self.text))), ()
        except UnexpectedCharacters as fault:
            return None, (self._sign(fault.pos_in_stream or 0),)
        except UnexpectedToken as fault:
            return None, (self._unexpected(fault),)
        except _Refused as refused:
            return None, (refused.diagnostic,)

    # Condition by condition; the shapes are those of grammar.lark.

    def condition(self, tree: Tree[Token]) -> Condition:
        span = self._span(tree)
        match str(tree.data), tree.children:
            case "disjunction", parts:
                return _joined(Or, (self.condition(part) for part in parts if isinstance(part, Tree)), span)
            case "conjunction", parts:
                return _joined(And, (self.condition(part) for part in parts if isinstance(part, Tree)), span)
            case "negation", [_, Tree() as part]:
                return Not(self.condition(part), span)
            case "bracketed", [Tree() as part]:
                return self.condition(part)
            case "holds", [Token() as name]:
                return Holds(str(name), span)
            case "comparison", [Tree() as subject, Tree() as test]:
                return Comparison(self._subject(subject), self._test(test), span)
        raise _unread(tree)

    def _subject(self, tree: Tree[Token]) -> Subject:
        span = self._span(tree)
        match str(tree.data), tree.children:
            case "fact", [Token() as name]:
                return FactName(str(name), span)
            case "aggregated", [Tree(children=[word]), Tree() as group]:
                return Aggregated(Aggregate(str(word)), self._group(group), span)
            case "counted", [Tree(children=[*words]), Tree() as group]:
                return Quantity(*self._quantity(words), self._group(group), span)
        raise _unread(tree)

    def _quantity(self, words: list[Token | Tree[Token]]) -> tuple[Quantifier, int | None]:
        match words:
            case [Token() as word]:
                return Quantifier(str(word)), None
            case [Token() as word, Token() as number]:
                name = str(word) if word == "exactly" else f"at {word}"
                return Quantifier(name), self._how_many(number)
        raise AssertionError(words)

    def _group(self, tree: Tree[Token]) -> Group:
        if tree.data == "named_group":
            return NamedGroup(str(_token(tree)), self._span(tree))
        members = tuple(
            Word(str(token), self._token_span(token)) for token in tree.children if isinstance(token, Token)
        )
        return ListedGroup(members, self._span(tree))

    def _test(self, tree: Tree[Token]) -> Test:
        values = tuple(self._value(part) for part in tree.children if isinstance(part, Tree))
        return Test(VERBS[str(tree.data)], values, self._span(tree))

    def _value(self, tree: Tree[Token]) -> Value:
        span = self._span(tree)
        match str(tree.data), tree.children:
            case "word", [Token() as name]:
                return Word(str(name), span)
            case "number", [Token() as number]:
                return Number(self._number(number), None, span)
            case "number", [Token() as number, Token() as unit]:
                return Number(self._number(number), Word(str(unit), self._token_span(unit)), span)
            case "date", [Token() as day]:
                return Day(self._date(day), span)
            case "true" | "false" as word, _:
                return TruthValue(word == "true", span)
        raise _unread(tree)

    def _number(self, token: Token) -> Decimal:
        if re.match(r"-?0[0-9]", token):
            raise _Refused(problems.odd_number(str(token), self._token_span(token)))
        return Decimal(str(token))

    def _how_many(self, token: Token) -> int:
        number = self._number(token)
        if number != number.to_integral_value() or number < 0:
            raise _Refused(problems.not_a_count(str(token), self._token_span(token)))
        return int(number)

    def _date(self, token: Token) -> date:
        try:
            return date.fromisoformat(token)
        except ValueError:
            raise _Refused(problems.no_such_date(str(token), self._token_span(token))) from None

    # What can go wrong with the words themselves.

    def _refuse_oversize(self) -> None:
        if len(self.text) > LONGEST:
            raise _Refused(problems.condition_too_long(self.place(0, 1), LONGEST))
        for piece, depth in _nesting(self.text):
            if depth > DEEPEST:
                raise _Refused(problems.condition_too_deep(self.place(*piece.span()), DEEPEST))

    def _sign(self, at: int) -> Diagnostic:
        found = problems.SIGN.match(self.text, at)
        end = found.end() if found else at + 1
        return problems.unknown_sign(self.text[at:end], self.place(at, end))

    def _unexpected(self, fault: UnexpectedToken) -> Diagnostic:
        at_the_end = fault.token.type == "$END"
        tokens = lark_parser().lex(self.text if at_the_end else self.text[: fault.token.start_pos])
        before = [problems.Piece(str(token), self._token_span(token)) for token in tokens]
        found = None if at_the_end else problems.Piece(str(fault.token), self._token_span(fault.token))
        end = len(self.text.rstrip())
        return problems.out_of_place(frozenset(fault.accepts or ()), before, found, self.place(end, end), keywords())

    def _span(self, tree: Tree[Token]) -> Span:
        start, end = tree.meta.start_pos, tree.meta.end_pos
        return self.place(start, end)

    def _token_span(self, token: Token) -> Span:
        start = token.start_pos or 0
        return self.place(start, start + len(token))


VERBS = {
    "equals": Verb.IS,
    "differs": Verb.IS_NOT,
    "at_least": Verb.AT_LEAST,
    "at_most": Verb.AT_MOST,
    "better_than": Verb.BETTER_THAN,
    "worse_than": Verb.WORSE_THAN,
    "more_than": Verb.MORE_THAN,
    "less_than": Verb.LESS_THAN,
    "between": Verb.BETWEEN,
    "one_of": Verb.ONE_OF,
    "not_one_of": Verb.NOT_ONE_OF,
    "known": Verb.KNOWN,
    "unknown": Verb.UNKNOWN,
}


def _nesting(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Every word and bracket, with how many brackets and `not`s it stands in, itself counted."""
    opened: list[int] = []
    nots = depth = 0
    for piece in NESTING.finditer(text):
        word = piece.group()
        if word == "not":
            nots, depth = nots + 1, depth + 1
        elif word == "(":
            opened.append(nots)
            nots, depth = 0, depth + 1
        else:
            closed = 1 + opened.pop() if word == ")" and opened else 0
            nots, depth = 0, depth - nots - closed
        yield piece, depth


def _joined(kind: type[And] | type[Or], parts: Iterable[Condition], span: Span) -> Condition:
    """Several parts joined; one part is itself; equal joins inside each other are one."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat), span)


def _only(tree: Tree[Token]) -> Tree[Token]:
    inner = tree.children[0]
    assert isinstance(inner, Tree)
    return inner


def _token(tree: Tree[Token]) -> Token:
    token = tree.children[0]
    assert isinstance(token, Token)
    return token


def _unread(tree: Tree[Token]) -> AssertionError:
    return AssertionError(f"grammar.lark has a shape the parser does not read: {tree.data}")
