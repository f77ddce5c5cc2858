"""A seal as written: what a version was when it was sealed, and every change since that was owned up to."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from greenpaper.source.written import IsoDate, Text, Written

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="A SHA-256, as 64 digits and letters from a to f")]


class Sealed(Written):
    """The hashes of a version, with the form in which they were made, its status and the day."""

    format: Annotated[int, Field(ge=1)]
    status: Literal["confirmed", "in force", "superseded"]
    on: IsoDate
    meaning: Hash
    text: Hash


class Erratum(Written):
    """A change after the sealing: why it was made, and the hashes from then on."""

    on: IsoDate
    because: Text
    meaning: Hash
    text: Hash


class SealFile(Written):
    """`seal.yaml`: that the version is to stay as it is. Written by `greenpaper freeze`."""

    kind: ClassVar[str] = "seal"
    seal: Sealed
    errata: Annotated[tuple[Erratum, ...], Field(strict=False)] = ()
