"""How a version is named: `VERSION[@REV][+key=value]...`; VERSION is an id, `asof:DATE` or the path of a folder."""

from dataclasses import dataclass
from os.path import isfile, join

AS_OF = "asof:"


class NoSuchVersion(Exception):
    """A selector names a version, revision, proposal or option that is not there."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A selector taken apart. `revision` is that of git, empty for the files as they are; `options` are chosen ones."""

    version: str
    revision: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def as_of(self) -> str:
        """The day whose version in force is meant; empty where a version is named."""
        return self.version.removeprefix(AS_OF) if self.version.startswith(AS_OF) else ""

    @property
    def is_path(self) -> bool:
        return "/" in self.version or self.version in (".", "..")


def read_selector(text: str) -> Selected:
    """The selector as its parts. Raises NoSuchVersion where it has another shape.

    An `@` ends the version, in a path the first one behind the folder of a version, and otherwise the first of all; a
    `+` begins an option, in a path only after its last `/`.
    """
    end = _end_of_version(text)
    before, at, after = text[:end], text[end : end + 1], text[end + 1 :]
    start = before.rfind("/") + 1
    if at and "+" in before[start:]:
        raise NoSuchVersion(f"`{text}`: the revision stands before the options, as in VERSION@REVISION+key=value")
    if at:
        revision, *chosen = after.split("+")
        if not revision:
            raise NoSuchVersion(f"`{text}`: after `@` stands a revision of git, such as a tag, a branch or HEAD~1")
        return Selected(before, revision, _options(text, chosen))
    last, *chosen = before[start:].split("+")
    return Selected(before[:start] + last, "", _options(text, chosen))


def _end_of_version(text: str) -> int:
    """Where the `@` before a revision stands; the end of the text where there is none."""
    places = [place for place, character in enumerate(text) if character == "@"]
    if not places:
        return len(text)
    start = text.rfind("/") + 1
    whole = start + len(text[start:].partition("+")[0])
    known = (end for end in (*places, whole) if isfile(join(text[:end], "framework.yaml")))
    end = next(known, places[0])
    return end if end in places else len(text)


def _options(text: str, chosen: list[str]) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, str] = {}
    for each in chosen:
        name, sign, option = each.partition("=")
        if not (name and sign and option):
            raise NoSuchVersion(f"`{text}`: after `+` stands key=value, such as proposal=option, not `{each}`")
        if name in pairs:
            raise NoSuchVersion(f"`{text}` chooses twice for `{name}`: name one option of it")
        pairs[name] = option
    return tuple(pairs.items())
