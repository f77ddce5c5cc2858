"""Where the data that comes with the package lies: beside the engine in a checkout, inside it when installed."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def shipped(kind: str) -> Path:
    """The folder `policies`, `schemas` or `authorities` that belongs to this package."""
    installed = PACKAGE / "_data" / kind
    return installed if installed.is_dir() else PACKAGE.parents[1] / kind
