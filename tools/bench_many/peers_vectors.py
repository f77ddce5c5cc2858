"""OpenFisca: the rules as one variable over Enum variables, which it works out by numpy for all records at once."""

from collections.abc import Callable
from typing import Any

import numpy as np
from contender import Answers, Contender, Input
from inputs import Columns
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import MONTH
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from reference import FACTS, GRADES, LABELS

PERIOD = "2026-08"
AUTHORITY = build_entity(key="authority", plural="authorities", label="authority", is_person=True)
Grade = Enum("Grade", {word: word for word in (*GRADES, "unknown")})
Label = Enum("Label", {word.replace(" ", "_"): word for word in LABELS})


def pathway(authority: Callable[[str, Any], EnumArray], period: Any) -> EnumArray:
    """The label of each record; what an unknown grade means is simplified by hand, as for the other peers."""
    leaders, *practice = (authority(fact, period) for fact in FACTS)
    poor, weak, unknown = ([grade == each for grade in practice] for each in [*list(Grade)[:2], Grade.unknown])
    tests = {
        "monitoring": poor[0] | poor[1] | poor[2],
        "undetermined": unknown[0] | unknown[1] | unknown[2],
        "intensive": (leaders == Grade.requires_improvement) | (weak[0] & weak[1]) | (weak[2] & (weak[0] | weak[1])),
        "light": (leaders == Grade.good) | (leaders == Grade.outstanding),
    }
    unsure = np.where(leaders == Grade.unknown, np.uint8(3), np.uint8(4))
    made = unsure
    for word in reversed(tests):
        made = np.where(tests[word], np.uint8(LABELS.index(word)), made)
    return EnumArray(made, Label)


def variable(name: str, of: type[Enum], first: str, **formula: Any) -> type[Variable]:
    shared = {"value_type": Enum, "entity": AUTHORITY, "definition_period": MONTH, "label": name}
    return type(name, (Variable,), {**shared, "possible_values": of, "default_value": of[first], **formula})


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([AUTHORITY])
    for fact in FACTS:
        made.add_variable(variable(fact, Grade, "unknown"))
    made.add_variable(variable("pathway", Label, "no_rule", formula=pathway))
    return made


def prepare(columns: Columns) -> Simulation:
    simulation = SimulationBuilder().build_default_simulation(system(), count=len(columns[FACTS[0]]))
    for fact in FACTS:
        simulation.set_input(fact, PERIOD, EnumArray(columns[fact], Grade))
    return simulation


def start() -> Callable[[Simulation], EnumArray]:
    def work(simulation: Simulation) -> EnumArray:
        simulation.delete_arrays("pathway")
        return simulation.calculate("pathway", PERIOD)

    return work


def read(made: EnumArray) -> Answers:
    return {"label": np.asarray(made).astype(np.uint8)}


CONTENDERS = [
    Contender("OpenFisca, formula on Enum arrays", "OpenFisca-Core", Input.CODES, "one label", prepare, start, read)
]
