"""One finding: what is said and where, and what a program needs of it: its subject, its count, its witness."""

from dataclasses import dataclass

from greenpaper.analysis.counting import Witness
from greenpaper.source.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is the address of what it is about, such as `facts/<id>` or `decisions/<id>/rules/<id>`.

    `count` is exact; None where nothing is counted. `stub` is YAML that would settle the finding, to be filled in.
    `explained` is the reason that the version gives for it.
    """

    diagnostic: Diagnostic
    about: str
    count: int | None = None
    witness: Witness | None = None
    stub: str = ""
    explained: str = ""
