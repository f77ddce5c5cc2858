"""Scales that do not agree on an order, and mappings between scales that do not keep it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from greenpaper.framework.checked import Framework, ScaleMapping
from greenpaper.language.types import Scale


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two words that stand in one order on the first scale and in the other on the second."""

    first: Scale
    second: Scale
    worse: str
    better: str


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Of two neighbouring words, written from worst to best, the better can be the worse on the scale mapped to."""

    mapping: ScaleMapping
    worse: str
    better: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """A word of a scale that no word of the scale mapped from can be."""

    mapping: ScaleMapping
    word: str


def opposite_scales(framework: Framework) -> Iterator[Opposite]:
    """Each pair of scales with words in common in opposite order, with the first two such words."""
    for first, second in combinations(framework.scales.values(), 2):
        shared = [word for word in first.words if word in second.words]
        for worse, better in combinations(shared, 2):
            if second.rank(worse) > second.rank(better):
                yield Opposite(first, second, worse, better)
                break


def mappings_out_of_order(framework: Framework) -> Iterator[OutOfOrder]:
    """Each pair of neighbouring words whose worst or best counterparts stand the other way round."""
    for mapping in framework.mappings:
        ends = {word: _ends(framework.scales[mapping.scale], targets) for word, targets in mapping.words.items()}
        for worse, better in pairwise(mapping.words):
            if any(low > high for low, high in zip(ends[worse], ends[better], strict=True)):
                yield OutOfOrder(mapping, worse, better)


def unreached_words(framework: Framework) -> Iterator[Unreached]:
    """Each word that a mapping to its scale never leads to."""
    for mapping in framework.mappings:
        reached = {word for targets in mapping.words.values() for word in targets}
        for word in framework.scales[mapping.scale].words:
            if word not in reached:
                yield Unreached(mapping, word)


def _ends(scale: Scale, words: Sequence[str]) -> tuple[int, int]:
    ranks = [scale.rank(word) for word in words]
    return min(ranks), max(ranks)
