"""The history of a version: what each commit that touched it changed, against the commit before it.

Of a version with options those that were asked for are compared, otherwise the preferred ones; and each of the others
beside preferred ones. A merge is compared with the first of the commits it merges.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from greenpaper.comparison.behaviour import Behaviours, behaviours
from greenpaper.comparison.structure import Structure, compare_structure
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.meaning import meaning_hash
from greenpaper.framework.parts import Parts
from greenpaper.framework.proposals import Chosen, completions
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.framework.steps import Reached, reached, wrong_steps
from greenpaper.source.diagnostics import Diagnostic, PolicyError
from greenpaper.source.nodes import ScalarNode, child
from greenpaper.source.revisions import Commit, NoSuchRevision, commits, snapshot


@dataclass(frozen=True, slots=True)
class Change:
    """What differs: statements, options as `proposal=option`, and answers; None where the meaning is the same.

    `revised` are options of both revisions that mean something else, with what that does to the answers where they are
    chosen; None where the option can no longer be chosen.
    """

    words: Structure
    came: tuple[str, ...]
    went: tuple[str, ...]
    answers: Behaviours | None
    revised: Mapping[str, Behaviours | None]

    @property
    def is_same(self) -> bool:
        """Whether it is proved that no answer changes."""
        return self.answers is None or self.answers.is_same


@dataclass(frozen=True, slots=True)
class Appears:
    """The version was not there before."""


@dataclass(frozen=True, slots=True)
class Goes:
    """The version is no longer there."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The version cannot be loaded, with all that is wrong."""

    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """The version can be loaded, and could not before: what changed is not known."""


Event = Change | Appears | Goes | Spoilt | Mended


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit: how far the version had come, what happened to it, and steps of a status that are not allowed."""

    commit: Commit
    reached: tuple[Reached, ...]
    event: Event
    steps: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A version in one revision: its own files, and what they come to; neither where it is not there."""

    files: Parts = ()
    composed: Parts = ()
    framework: Framework | None = None
    options: Mapping[str, Framework | None] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


def history(
    folder: Path, version: str, options: Chosen, *, revision: str = "HEAD", limit: int | None = None
) -> Iterator[Entry]:
    """Every commit up to `revision` that touched the version or its base, newest first.

    A revision that does not have the options that are asked for is one in which the version is not there.

    Raises NoSuchRevision.
    """
    told = _Told(folder, version, options)
    paths = (version, *told.base(revision))
    for commit in commits(folder, paths, revision=revision, limit=limit):
        if told.is_there(commit):
            yield told.entry(commit)


@dataclass(frozen=True, slots=True)
class _Told:
    """Revisions of one version, each read once."""

    folder: Path
    version: str
    options: Chosen
    states: dict[str, _State] = field(default_factory=dict)

    def base(self, revision: str) -> Sequence[str]:
        """The version that this one is a draft on, at a revision."""
        nodes = (part.node for part in self.state(revision).files if part.kind == "framework")
        bases = (child(node, "base") for node in nodes)
        return [base.text for base in bases if isinstance(base, ScalarNode)]

    def is_there(self, commit: Commit) -> bool:
        """Whether the version is there after the commit or before it: its base may be older."""
        return any(self.state(each).files for each in (commit.id, *commit.parents[:1]))

    def entry(self, commit: Commit) -> Entry:
        before = self.state(commit.parents[0]) if commit.parents else _State()
        after = self.state(commit.id)
        steps = tuple(wrong_steps(before.files, after.files))
        return Entry(commit, tuple(reached(after.files)), _event(before, after), steps)

    def state(self, revision: str) -> _State:
        if revision not in self.states:
            self.states[revision] = self._state(revision)
        return self.states[revision]

    def _state(self, revision: str) -> _State:
        try:
            catalogue = Catalogue(snapshot(self.folder, revision))
        except NoSuchRevision:
            return _State()
        if self.version not in catalogue.versions:
            return _State()
        files, _ = catalogue.parts(self.version, whole=True)
        try:
            framework = catalogue.load(self.version, self.options)
            composed = catalogue.composed(self.version, self.options)
        except NoSuchVersion:
            return _State()
        except PolicyError as fault:
            return _State(files, found=tuple(fault.diagnostics))
        return _State(files, composed, framework, dict(_options(catalogue, self.version)))


def _options(catalogue: Catalogue, version: str) -> Iterator[tuple[str, Framework | None]]:
    """Every option as `proposal=option`, with the version in which it is chosen beside preferred ones."""
    proposals = catalogue.proposals(version)
    for proposal in proposals:
        for option in proposal.options:
            choice = next(completions(proposals, {proposal.id: option}))
            try:
                yield f"{proposal.id}={option}", catalogue.load(version, choice)
            except PolicyError:
                yield f"{proposal.id}={option}", None


def _event(before: _State, after: _State) -> Event:
    if after.found:
        return Spoilt(after.found)
    if after.framework is None:
        return Goes()
    if before.framework is None:
        return Mended() if before.found else Appears()
    answers = _answers(before.framework, after.framework)
    return Change(
        compare_structure(before.composed, after.composed),
        tuple(sorted(after.options.keys() - before.options.keys())),
        tuple(sorted(before.options.keys() - after.options.keys())),
        answers,
        {} if answers else dict(_revised(before, after)),
    )


def _revised(before: _State, after: _State) -> Iterator[tuple[str, Behaviours | None]]:
    """The options that mean something else, where what stands without them means the same."""
    for name in before.options.keys() & after.options.keys():
        old, new = before.options[name], after.options[name]
        found = _answers(old, new) if old and new else None
        if found or (old and not new):
            yield name, found


def _answers(before: Framework, after: Framework) -> Behaviours | None:
    """What becomes of the answers; None where both mean the same."""
    return None if meaning_hash(before) == meaning_hash(after) else behaviours(before, after)
