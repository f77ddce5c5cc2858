"""What each of two versions allows to occur at all, and constraints that differ without allowing anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenpaper.comparison.difference import SideBySide
from greenpaper.framework.checked import Constraint, Framework
from greenpaper.situations.compiled import Compiled, always_terms
from greenpaper.situations.diagram import Diagram


@dataclass(frozen=True, slots=True)
class Limits:
    """Situations over the counted facts: all of them, those each version admits, those both do.

    Unknown: None where grades are mapped from one scale to another, because the versions then count different ones.
    `without_effect` are constraints of one version that the other has not, or has otherwise, and that exclude nothing
    which its other constraints do not exclude.
    """

    all: int
    before: int
    after: int
    both: int
    without_effect: tuple[str, ...]


def limits(side: SideBySide) -> Limits | None:
    """What the constraints of the two versions admit, of the situations that are counted for the decision."""
    versions, forest = side.versions, side.versions.forest
    if side.maps:
        return None
    admitted = [_admitted(each, side.levels) for each in (versions.before, versions.after)]
    both = forest.both(*admitted)

    def count(diagram: Diagram) -> int:
        return forest.counts(diagram, side.levels).get(True, 0)

    return Limits(
        count(forest.leaf(True)), count(admitted[0]), count(admitted[1]), count(both), tuple(_without_effect(side))
    )


def admit_the_same(side: SideBySide) -> bool:
    """Whether both versions admit the same situations, of pairs of grades where grades are mapped."""
    first, last = (_admitted(each, side.levels) for each in (side.versions.before, side.versions.after))
    return first == last


def _admitted(version: Compiled, levels: Sequence[int]) -> Diagram:
    """Where those constraints hold that read only these levels."""
    return version.forest.both(*(diagram for read, diagram in version.ties() if read <= set(levels)))


def _without_effect(side: SideBySide) -> Iterator[str]:
    before, after = side.versions.before, side.versions.after
    found: dict[str, None] = {}
    for own, other in ((before, after), (after, before)):
        limiting = own.framework.always
        diagrams = [own.compiler.diagram(each.condition.term) for each in limiting]
        whole = own.forest.both(*diagrams)
        others = {each.id: each for each in other.framework.constraints}
        for number, each in enumerate(limiting):
            rest = own.forest.both(*diagrams[:number], *diagrams[number + 1 :])
            if not _same(each, others.get(each.id)) and rest == whole:
                found[each.id] = None
    return iter(found)


def say_the_same(before: Framework, after: Framework) -> bool:
    """Whether the constraints that always hold mean the same, each for itself, in any order."""
    return set(always_terms(before)) == set(always_terms(after))


def _same(one: Constraint, other: Constraint | None) -> bool:
    return other is not None and (one.condition.words, one.force) == (other.condition.words, other.force)
