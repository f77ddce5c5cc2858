"""Inspection frameworks as data: evaluate any authority against any version, and say exactly what changes.

    >>> import greenpaper as gp
    >>> framework = gp.load("policies/2026")
    >>> gp.evaluate(framework, {"leaders": "good", "help_and_protection": "inadequate"}).decisions["pathway"].outcome.id
    'monitoring'

Importing this package imports nothing else; each name brings its part when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenpaper.analysis.findings import findings_of as analyse
    from greenpaper.comparison.behaviour import behaviours as diff
    from greenpaper.comparison.compare import compare
    from greenpaper.comparison.many import compare_many
    from greenpaper.evaluation.records import evaluate
    from greenpaper.front import load, load_records
    from greenpaper.population.answers import possible_answers
    from greenpaper.population.many import evaluate_many
    from greenpaper.population.sampling import sample

__all__ = [
    "analyse",
    "compare",
    "compare_many",
    "diff",
    "evaluate",
    "evaluate_many",
    "load",
    "load_records",
    "possible_answers",
    "sample",
]

_WHERE = {
    "analyse": ("analysis.findings", "findings_of"),
    "compare": ("comparison.compare", "compare"),
    "compare_many": ("comparison.many", "compare_many"),
    "diff": ("comparison.behaviour", "behaviours"),
    "evaluate": ("evaluation.records", "evaluate"),
    "evaluate_many": ("population.many", "evaluate_many"),
    "load": ("front", "load"),
    "load_records": ("front", "load_records"),
    "possible_answers": ("population.answers", "possible_answers"),
    "sample": ("population.sampling", "sample"),
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"greenpaper has no `{name}`")
    module, function = _WHERE[name]
    try:
        return getattr(import_module(f"greenpaper.{module}"), function)
    except ModuleNotFoundError as fault:
        from greenpaper.population import FRAMES, WITHOUT_FRAMES

        raise ImportError(WITHOUT_FRAMES) if fault.name in FRAMES else fault from None
