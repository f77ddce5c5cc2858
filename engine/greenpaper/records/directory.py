"""The authorities of a register, found by any name people use for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from greenpaper.records.record import Authority

SAME = str.maketrans({".": "", ",": "", "'": "", "’": "", "&": " and ", "-": " "})


def folded(name: str) -> str:
    """A name without the differences that do not matter: case, blanks, hyphens, `&` for `and`, stops and commas.

    >>> folded("St. Helens") == folded("st helens")
    True
    """
    return " ".join(name.translate(SAME).casefold().split())


@dataclass(frozen=True, slots=True)
class Directory:
    """Authorities by folded name, alias and code. `clashes` are names that a second authority also has."""

    by_name: Mapping[str, Authority]
    clashes: tuple[tuple[str, Authority, Authority], ...] = field(default=())

    def find(self, name: str) -> Authority | None:
        """The authority of that name, alias or code, whatever its case."""
        return self.by_name.get(folded(name))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias, for suggestions."""
        return tuple(name for each in dict.fromkeys(self.by_name.values()) for name in (each.name, *each.aliases))


def directory_of(register: Iterable[Authority]) -> Directory:
    """The register as a directory."""
    by_name: dict[str, Authority] = {}
    clashes = []
    for authority in register:
        for name in names_of(authority):
            owner = by_name.setdefault(folded(name), authority)
            if owner is not authority:
                clashes.append((name, owner, authority))
    return Directory(by_name, tuple(clashes))


def names_of(authority: Authority) -> Iterator[str]:
    """All it can be called by: name, aliases, and its three kinds of code."""
    codes = (authority.code, authority.la_code, authority.urn)
    yield from (name for name in (authority.name, *authority.aliases, *codes) if name)
