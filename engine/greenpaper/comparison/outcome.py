"""The outcome of a consultation put to the test: the options adopted, composed, beside the version they became."""

from collections.abc import Mapping
from dataclasses import dataclass

from greenpaper.comparison.behaviour import Behaviours, behaviours
from greenpaper.comparison.structure import Structure, compare_structure
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.consultation import Consultation, Decided, Decision
from greenpaper.framework.parts import Parts

OF_ITS_OWN = ("framework", "explained", "open_questions")
"""Kinds of file in which a version differs from the proposals for it by its nature: its title, its documents, its own
explanations, and what is not known of it."""
STANDS_AS_IT_WAS = (Decided.DROPPED, Decided.DEFERRED)


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The proposals decided, composed on `base`, and `result`, which is said to have come of those named."""

    base: str
    result: str
    proposals: tuple[str, ...]
    behaviours: Behaviours
    structure: Structure

    @property
    def is_same(self) -> bool:
        """Whether it is proved that no situation differs, and no statement does."""
        return self.behaviours.is_same and self.structure.is_same


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided as a choice of options; `undetermined` are the proposals of which no one option was."""

    chosen: Mapping[str, str]
    undetermined: tuple[str, ...] = ()
    fulfilled: tuple[Fulfilled, ...] = ()


def outcome_against(catalogue: Catalogue, version: str, consultation: Consultation) -> Outcome | None:
    """The decided options of a version beside each version that is said to have come of them; None where none is.

    A proposal that was dropped or deferred leaves the base as it is: it stands for the one option that does so. Where
    there is no such option, or one was adopted with changes that are no option, nothing can be composed.

    Raises PolicyError or NoSuchVersion.
    """
    results = tuple(dict.fromkeys(each.resulting for each in consultation.decisions.values() if each.resulting))
    if not results:
        return None
    taken = {name: option_of(consultation, name) for name in consultation.proposals}
    chosen = {name: option for name, option in taken.items() if option}
    undetermined = tuple(name for name in taken if name not in chosen)
    if undetermined:
        return Outcome(chosen, undetermined)
    return Outcome(chosen, (), tuple(_fulfilled(catalogue, version, each, chosen, consultation) for each in results))


def option_of(consultation: Consultation, proposal: str) -> str:
    """The option that a decision comes to; empty where it is not known which."""
    decision: Decision | None = consultation.decisions.get(proposal)
    if decision is None:
        return ""
    unchanging = consultation.proposals[proposal].unchanging
    if not decision.option and decision.decided in STANDS_AS_IT_WAS and len(unchanging) == 1:
        return unchanging[0]
    return decision.option


def _fulfilled(
    catalogue: Catalogue, version: str, result: str, chosen: Mapping[str, str], consultation: Consultation
) -> Fulfilled:
    before, after = catalogue.load(version, chosen), catalogue.load(result)
    of_it = tuple(name for name, each in consultation.decisions.items() if each.resulting == result)
    structure = compare_structure(*map(_compared, (catalogue.composed(version, chosen), catalogue.composed(result))))
    return Fulfilled(before.base, result, of_it, behaviours(before, after), structure)


def _compared(parts: Parts) -> Parts:
    return tuple(part for part in parts if part.kind not in OF_ITS_OWN)
