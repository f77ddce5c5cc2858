"""Whether two versions are one and the same but for their heads: in what they answer, say and mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from greenpaper.comparison.behaviour import Behaviours, behaviours
from greenpaper.comparison.structure import Structure, compare_structure
from greenpaper.framework.checked import Framework
from greenpaper.framework.meaning import meaning
from greenpaper.framework.parts import Parts

OF_THE_HEAD = ("version", "confidence", "starts", "ends", "replaces")
"""What a version means by its head alone."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Sameness:
    """Two versions side by side; `meanings` are the parts of what they mean that are not the same."""

    behaviours: Behaviours
    structure: Structure
    meanings: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        return self.behaviours.is_same and self.structure.is_same and not self.meanings

    @property
    def differences(self) -> tuple[str, ...]:
        """What differs, or is not proved the same, a line for each kind."""
        return tuple(self._differences())

    def _differences(self) -> Iterator[str]:
        if not self.behaviours.is_same:
            yield "it is not proved that every decision gives the same answer in all situations"
        if changes := self.structure.changes:
            named = ", ".join(each.address for each in changes[:MOST_NAMED])
            more = f" and {len(changes) - MOST_NAMED} more" if len(changes) > MOST_NAMED else ""
            yield f"these statements differ: {named}{more}"
        if self.meanings:
            yield f"these parts of the meaning differ: {', '.join(self.meanings)}"


def sameness(before: Framework, after: Framework, parts_before: Parts, parts_after: Parts) -> Sameness:
    """How two versions compare apart from their heads. Drafts must be composed; cases are not compared."""
    structure = compare_structure(_body(parts_before), _body(parts_after))
    return Sameness(behaviours(before, after), structure, tuple(_meanings(before, after)))


def _body(parts: Parts) -> Parts:
    return tuple(part for part in parts if part.kind not in ("framework", "cases"))


def _meanings(before: Framework, after: Framework) -> Iterator[str]:
    one, other = meaning(before), meaning(after)
    for name in dict.fromkeys((*one, *other)):
        if name not in OF_THE_HEAD and one.get(name) != other.get(name):
            yield name
