"""Two versions over one space: a level for each fact that either reads, cut at the constants of both.

A fact that both declare alike has one level. One whose scale differs and is mapped has one level too, whose cells are
the pairs of an old and a new word that the mapping allows. One that differs without a mapping has a level for each
side, and decisions that read it on both sides cannot be compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from greenpaper.framework.checked import Framework
from greenpaper.language.terms import Term, facts_read
from greenpaper.language.types import Graded, Type
from greenpaper.language.vocabulary import Fact
from greenpaper.situations.cells import Cells
from greenpaper.situations.compiled import Compiled, compile_in, terms_of
from greenpaper.situations.diagram import MOST_NODES, WORKING_NODES, Forest
from greenpaper.situations.order import Order, with_best_order
from greenpaper.situations.space import Space, space_of

WordPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Both versions over one forest; each side has its own names and values for the levels.

    `unlike` are facts that the two declare differently and no mapping joins; `joined` are those of the space that one
    does, with the pairs of words it allows. `reading` names every level, for conditions about both sides.
    """

    before: Compiled
    after: Compiled
    unlike: frozenset[str]
    joined: Mapping[str, WordPairs]
    reading: Space

    @property
    def forest(self) -> Forest:
        return self.before.forest

    def why_not_comparable(self, decision: str) -> str:
        """Empty when the decision can be compared; otherwise what stands in the way, and what would help."""
        return why_not_comparable(self.before.framework, self.after.framework, decision)


def why_not_comparable(before: Framework, after: Framework, decision: str) -> str:
    """Empty when the decision can be compared; otherwise what stands in the way, and what would help."""
    for side in (before, after):
        if decision not in side.decisions:
            return f"{side.version} has no decision `{decision}`; one with the same id would be compared"
    return why_apart(before, after, _read_by_both(before, after, decision))


def why_apart(before: Framework, after: Framework, facts: Iterable[str]) -> str:
    """Empty when both versions declare the facts alike or a mapping joins them; otherwise which not, and what helps."""
    apart = sorted(not_joined(before, after).intersection(facts))
    others = [fact for fact in apart if not _is_graded_in(before, after, fact)]
    if others:
        return f"the two versions declare {', '.join(others)} with another type, unit or range"
    if not apart:
        return ""
    return (
        f"the two versions judge {', '.join(apart)} differently, and no mapping is given;"
        " `maps_from` on the scale of either version would make them comparable"
    )


def not_joined(before: Framework, after: Framework) -> frozenset[str]:
    """The facts of both versions that the two judge differently, without a mapping to join them."""
    return frozenset(fact for fact in unlike_facts(before, after) if not _word_pairs(before, after, fact))


def _read_by_both(before: Framework, after: Framework, decision: str) -> frozenset[str]:
    old, new = (
        {fact for rule in each.decisions[decision].rules for fact in facts_read(rule.when.term)}
        for each in (before, after)
    )
    return frozenset(old & new)


def _is_graded_in(before: Framework, after: Framework, fact: str) -> bool:
    return all(isinstance(each.vocabulary.facts[fact].type, Graded) for each in (before, after))


@lru_cache(maxsize=64)
def together(before: Framework, after: Framework) -> Together:
    """Both versions over the cells that either can tell apart. Errors: TooLarge."""
    terms, facts = both_terms(before, after), all_facts(before, after)
    found = with_best_order(terms, facts, lambda order, limit: join(before, after, order, limit))
    found.forest.limit = WORKING_NODES
    return found


def both_terms(before: Framework, after: Framework) -> tuple[Term, ...]:
    return (*terms_of(before), *terms_of(after))


def all_facts(before: Framework, after: Framework) -> dict[str, Fact]:
    """Every fact of either version, the first one's declaration where both have one."""
    return {**after.vocabulary.facts, **before.vocabulary.facts}


def join(
    before: Framework, after: Framework, order: Order, limit: int = MOST_NODES, *, more: Iterable[Term] = ()
) -> Together:
    """Both versions in one forest whose levels are in this order; `more` are further terms that cut facts.

    Errors: TooLarge.
    """
    shared = space_of((*both_terms(before, after), *more), all_facts(before, after), order)
    unlike = unlike_facts(before, after)
    pairs = {fact: _word_pairs(before, after, fact) for fact in unlike}
    joined = {cells.fact: pairs[cells.fact] for cells in shared.cells if pairs.get(cells.fact)}
    apart = frozenset(fact for fact in unlike if not pairs[fact])
    of_before, of_after = (_cells(each, apart) for each in (before, after))
    levels = [
        level
        for cells in shared.cells
        for level in (
            _one_level(cells, joined.get(cells.fact))
            if cells.fact not in apart
            else _two_levels(of_before.get(cells.fact), of_after.get(cells.fact))
        )
    ]
    left, right = (Space(tuple(level[side] for level in levels)) for side in (0, 1))
    forest = Forest(left.arities, limit)
    return Together(
        compile_in(before, left, forest),
        compile_in(after, right, forest),
        apart,
        joined,
        Space(tuple(_readable(*level, after.version) for level in levels)),
    )


def unlike_facts(before: Framework, after: Framework) -> frozenset[str]:
    """The facts that the two versions declare with other values."""
    left, right = before.vocabulary.facts, after.vocabulary.facts
    return frozenset(fact for fact in left.keys() & right.keys() if not _alike(left[fact].type, right[fact].type))


def _alike(left: Type, right: Type) -> bool:
    """Whether values of the two mean the same; what a scale is called does not count."""
    match left, right:
        case Graded(one), Graded(other):
            return (one.words, one.ordered) == (other.words, other.ordered)
        case _:
            return left == right


def _word_pairs(before: Framework, after: Framework, fact: str) -> WordPairs:
    """The pairs of an old and a new word that a mapping of either version allows; empty where a word has none."""
    old, new = before.vocabulary.facts[fact].type, after.vocabulary.facts[fact].type
    if not (isinstance(old, Graded) and isinstance(new, Graded)):
        return ()
    for mapping in after.mappings:
        if (mapping.scale, mapping.from_scale) == (new.scale.id, old.scale.id):
            pairs = ((word, each) for word in old.scale.words for each in mapping.words.get(word, ()))
            return _complete(tuple(pairs), old.scale.words)
    for mapping in before.mappings:
        if (mapping.scale, mapping.from_scale) == (old.scale.id, new.scale.id):
            pairs = (
                (word, each)
                for word in old.scale.words
                for each in new.scale.words
                if word in mapping.words.get(each, ())
            )
            return _complete(tuple(pairs), old.scale.words)
    return ()


def _complete(pairs: WordPairs, words: Iterable[str]) -> WordPairs:
    return pairs if {old for old, _ in pairs} >= set(words) else ()


def _cells(framework: Framework, facts: frozenset[str]) -> Mapping[str, Cells]:
    """The cells that one version alone can tell apart in these facts."""
    if not facts:
        return {}
    alone = space_of(terms_of(framework), framework.vocabulary.facts)
    return {each.fact: each for each in alone.cells if each.fact in facts}


Level = tuple[Cells, Cells]


def _one_level(cells: Cells, pairs: WordPairs | None) -> Iterator[Level]:
    if pairs is None:
        yield cells, cells
        return
    old, new = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    yield Cells(cells.fact, old, old), Cells(cells.fact, new, new)


def _two_levels(left: Cells | None, right: Cells | None) -> Iterator[Level]:
    """A level for each side that reads the fact, without a name on the other."""
    if left:
        yield left, replace(left, fact="")
    if right:
        yield replace(right, fact=""), right


def _readable(left: Cells, right: Cells, after: str) -> Cells:
    return left if left.fact else replace(right, fact=f"{right.fact} in {after}")
