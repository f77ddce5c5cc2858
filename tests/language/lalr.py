"""The parse table of the grammar, walked by hand: which rules a text uses, which states it comes through."""

from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache

from lark.parsers.lalr_analysis import Shift

from greenpaper.language.parser import lark_parser

END = "$END"
SAMPLES = {"NAME": "leaders", "NUMBER": "3", "DATE": "2026-04-01"}


@cache
def table():
    return lark_parser().parser.parser.parser.parse_table


@cache
def spellings() -> dict[str, str]:
    """Each kind of token, and how one is written."""
    words = {each.name: each.pattern.value for each in lark_parser().terminals if each.pattern.type == "str"}
    return words | SAMPLES


def spell(kinds: Iterable[str]) -> str:
    return " ".join(spellings()[kind] for kind in kinds if kind != END)


class Walk:
    """One run through the table. `stack` holds states, `rules` what was reduced, `states` what was on top."""

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        self.stack = [table().start_states["start"]]
        self.rules = set()
        self.states = set(self.stack)
        assert all(self.take(kind) for kind in kinds), kinds

    def take(self, kind: str) -> bool:
        """Use one token; False when it cannot stand here."""
        while True:
            if kind == END and self.stack[-1] == table().end_states["start"]:
                return True
            action, to = table().states[self.stack[-1]].get(kind, (None, None))
            if action is None:
                return False
            if action is Shift:
                self._push(to)
                return True
            self.rules.add(to)
            del self.stack[len(self.stack) - len(to.expansion) :]
            self._push(table().states[self.stack[-1]][to.origin.name][1])

    def _push(self, state: int) -> None:
        self.stack.append(state)
        self.states.add(state)


def accepts(kinds: Sequence[str]) -> frozenset[str]:
    """The kinds of token that can come next."""
    return frozenset(kind for kind in (*spellings(), END) if Walk(kinds).take(kind))


@cache
def ways(depth: int) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """For each `depth` states on top of the stack, and what can follow them, the shortest tokens that lead there."""
    found: dict[object, tuple[tuple[str, ...], frozenset[str]]] = {}
    queue: deque[tuple[str, ...]] = deque([()])
    while queue:
        kinds = queue.popleft()
        after = accepts(kinds)
        key = (tuple(Walk(kinds).stack[-depth:]), after)
        if key not in found:
            found[key] = (kinds, after)
            queue.extend((*kinds, kind) for kind in sorted(after - {END}))
    return tuple(found.values())
