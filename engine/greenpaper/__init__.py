"""Inspection frameworks as data: evaluate any authority against any version, and say exactly what changes.

    >>> import greenpaper as gp
    >>> framework = gp.load("policies/2026")
    >>> gp.evaluate(framework, {"leaders": "good", "help_and_protection": "inadequate"}).decisions["pathway"].outcome.id
    'monitoring'

Importing this package imports nothing else; each name brings its part when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenpaper.front import analyse, compare, diff, evaluate, load, load_records

__all__ = ["analyse", "compare", "diff", "evaluate", "load", "load_records"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"greenpaper has no `{name}`")
    from greenpaper import front

    return getattr(front, name)
