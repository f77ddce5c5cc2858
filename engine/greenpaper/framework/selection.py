"""A version as somebody names it, found in a catalogue: as it is or was, in force on a day, with options chosen."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.parts import Parts
from greenpaper.framework.selectors import NoSuchVersion, read_selector
from greenpaper.framework.steps import wrong_steps
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.revisions import Snapshot, snapshot


@dataclass(frozen=True, slots=True)
class Selector:
    """One version of a catalogue with the options chosen in it; `text` is how it was named.

    `revision` is the revision of git that the catalogue was read from, empty for the files as they are.
    """

    catalogue: Catalogue
    version: str
    options: tuple[tuple[str, str], ...] = ()
    text: str = ""
    revision: str = ""

    @property
    def name(self) -> str:
        """The version with its revision and the options that were chosen."""
        revision = f"@{self.revision}" if self.revision else ""
        return "".join([self.version, revision, *(f"+{name}={option}" for name, option in self.options)])

    @property
    def folder(self) -> Path:
        """The folder of versions on the disk, of which a revision may have been read."""
        folder = self.catalogue.folder
        return folder.folder if isinstance(folder, Snapshot) else folder

    def load(self, *, whole: bool = False) -> Framework:
        """The version, checked and called by its name. Raises PolicyError or NoSuchVersion."""
        framework = self.catalogue.load(self.version, dict(self.options), whole=whole)
        return framework if self.name == framework.version else replace(framework, version=self.name)

    def parts(self) -> Parts:
        """The files of the version, composed. Raises PolicyError or NoSuchVersion."""
        return self.catalogue.composed(self.version, dict(self.options))


def selector_of(text: str, catalogue: Catalogue) -> Selector:
    """The version that `VERSION[@REV][+key=value]...` names; VERSION is an id, `asof:DATE` or the path of a folder.

    Raises NoSuchVersion, or NoSuchRevision.
    """
    selected = read_selector(text)
    version = selected.version
    if selected.is_path:
        path = Path(version).resolve()
        catalogue, version = Catalogue(path.parent), path.name
    if selected.revision:
        assert isinstance(catalogue.folder, Path)
        catalogue = _recorded(snapshot(catalogue.folder, selected.revision))
    if selected.as_of:
        version = _in_force(selected.as_of, catalogue)
    return Selector(catalogue, version, selected.options, text, selected.revision)


@lru_cache(maxsize=32)
def _recorded(recorded: Snapshot) -> Catalogue:
    """The versions of one commit, read once."""
    return Catalogue(recorded)


def _in_force(day: str, catalogue: Catalogue) -> str:
    try:
        starting = date.fromisoformat(day)
    except ValueError:
        raise NoSuchVersion(f"`asof:{day}`: write year, month and day, such as asof:2026-05-01") from None
    version = catalogue.in_force(starting)
    if version is None:
        raise NoSuchVersion(f"no version says that it governs inspections that start on {day}")
    return version


def steps_since(selector: Selector, revision: str) -> tuple[Diagnostic, ...]:
    """Every status of a version that cannot follow the one that it had in a revision. Raises NoSuchRevision."""
    earlier = _recorded(snapshot(selector.folder, revision))
    if selector.version not in earlier.versions:
        return ()
    before, after = (each.parts(selector.version, whole=True)[0] for each in (earlier, selector.catalogue))
    return tuple(wrong_steps(before, after))
