"""`greenpaper consolidate`."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from greenpaper.cli.folders import free_folder, make
from greenpaper.cli.forms import NewStatus
from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.comparison.behaviour import Behaviours
from greenpaper.comparison.sameness import Sameness, sameness
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.consolidation import Own, consolidated, texts_of
from greenpaper.framework.parts import CALENDARS, HEAD, Parts, read_calendars, versions_in
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.source.diagnostics import Diagnostic, PolicyError, Severity
from greenpaper.source.emitting import reads_back
from greenpaper.source.render import visible
from greenpaper.source.revisions import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """What the version is called that is written out, where it is put, and its status."""

    version: str
    output: Path | None
    status: NewStatus


def consolidate_version(text: str, asked: Asked, *, policies: Path | None) -> None:
    """Write a version with its options chosen as files of its own, once it is proved to be the same.

    Raises Unusable, PolicyError or NoSuchVersion; then nothing is written.
    """
    selector = selector_of(text, catalogue_of(policies))
    folder = free_folder(_folder(selector, asked), asked.version)
    before = _without_problems(selector)
    own = Own(asked.version, str(asked.status), versions_in(folder.parent))
    parts = consolidated(selector.catalogue, selector.version, dict(selector.options), own)
    texts = texts_of(parts, selector.name)
    if unread := [part.name for part in parts if not reads_back(part.node, texts[part.name])]:
        raise Unusable(f"nothing was written: {', '.join(unread)} would not read back as what was composed")
    calendars = _calendars(selector, folder)
    after, proof = _proved(selector, before, _as_files(folder, texts, calendars), asked.version)
    make(folder, texts)
    out("\n".join([*_lines(selector, folder, parts, after, proof), *_not_beside(after, folder)]))


def _folder(selector: Selector, asked: Asked) -> Path:
    """The folder that was named, or one beside the version."""
    beside = selector.catalogue.folder
    return asked.output or (beside.folder if isinstance(beside, Snapshot) else beside) / asked.version


def _without_problems(selector: Selector) -> Framework:
    """The version composed. Raises PolicyError for what is wrong in any of its options, Unusable for none."""
    catalogue, version, options = selector.catalogue, selector.version, dict(selector.options)
    framework = catalogue.load(version, options, whole=True)
    if not framework.choices:
        raise Unusable(f"`{version}` is whole already: there are no proposals and no readings to choose from")
    if found := catalogue.check(version, options)[1]:
        raise PolicyError(found)
    return framework


def _calendars(selector: Selector, folder: Path) -> dict[str, str]:
    """What lies in `calendars` beside the folder to write, or, where nothing does, beside the version."""
    parts = read_calendars(folder.parent)[0] or read_calendars(selector.catalogue.folder)[0]
    return {part.name: part.node.span.source.text for part in parts}


def _not_beside(framework: Framework, folder: Path) -> Iterator[str]:
    """The calendars that its deadlines count by and that do not lie beside it yet."""
    named = dict.fromkeys(each.calendar for each in framework.deadlines.values() if each.calendar)
    if missing := [name for name in named if not (folder.parent / CALENDARS / f"{name}.yaml").exists()]:
        yield f"To be copied beside it, as its deadlines count by them: calendars/{', calendars/'.join(missing)}"


def _as_files(folder: Path, texts: Mapping[str, str], beside: Mapping[str, str]) -> Catalogue:
    """The folder beside the other versions as if it were there: of those, only what they say of themselves."""
    inside = {f"{folder.name}/{name}": text for name, text in texts.items()}
    files = {name: text.encode("utf-8") for name, text in {**inside, **beside}.items()}
    for version in versions_in(folder.parent):
        with suppress(OSError):
            files[f"{version}/{HEAD}"] = (folder.parent / version / HEAD).read_bytes()
    return Catalogue(Snapshot(str(folder.parent), folder.parent, "", files))


def _proved(selector: Selector, before: Framework, written: Catalogue, version: str) -> tuple[Framework, Sameness]:
    """What is to be written, and that it is the same. Raises Unusable or PolicyError where it is not, or is wrong."""
    after, found = written.check(version)
    if after is None or found:
        raise PolicyError(found)
    if _errors_in(after):
        raise PolicyError(_errors_in(before) or _errors_in(after))
    proof = sameness(before, after, selector.parts(), written.composed(version))
    if not proof.is_proved:
        refused = f"nothing was written: it is not proved to be `{selector.name}`"
        raise Unusable("\n".join([refused, *proof.differences]))
    return after, proof


def _errors_in(framework: Framework) -> tuple[Diagnostic, ...]:
    """The errors that show over all situations."""
    from greenpaper.cli.checking import findings_in

    found = (each.diagnostic for each in findings_in(framework))
    return tuple(each for each in found if each.severity is Severity.ERROR)


def _lines(selector: Selector, folder: Path, parts: Parts, after: Framework, proof: Sameness) -> Iterator[str]:
    yield f"Written to {visible(str(folder))}: {', '.join(part.name for part in parts)}"
    framework = selector.catalogue.load(selector.version, dict(selector.options), whole=True)
    if framework.cases:
        yield f"Cases kept, which are about these options: {len(after.cases)} of {len(framework.cases)}"
    if left := [name for name in framework.documents if name not in after.documents]:
        yield f"Sources left out, which nothing cites: {', '.join(left)}"
    if framework.base and not after.replaces:
        yield f"What it replaces was left out: `{framework.base}` is not beside it"
    answers = _situations(proof.behaviours)
    yield f"Proved to be {selector.name}: {answers}, and all {proof.structure.kept} statements are the same"


def _situations(behaviours: Behaviours) -> str:
    counted = (f"{each.decision} in all {each.situations:,} situations" for each in behaviours.decisions)
    return " and ".join(counted) or "every decision in all situations"
