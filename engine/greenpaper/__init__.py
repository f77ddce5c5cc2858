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
    from greenpaper.evaluation.records import evaluate
    from greenpaper.front import load, load_records

__all__ = ["analyse", "compare", "diff", "evaluate", "load", "load_records"]

_WHERE = {
    "analyse": ("analysis.findings", "findings_of"),
    "compare": ("comparison.compare", "compare"),
    "diff": ("comparison.behaviour", "behaviours"),
    "evaluate": ("evaluation.records", "evaluate"),
    "load": ("front", "load"),
    "load_records": ("front", "load_records"),
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"greenpaper has no `{name}`")
    module, function = _WHERE[name]
    return getattr(import_module(f"greenpaper.{module}"), function)
