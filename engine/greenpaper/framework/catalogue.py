"""All versions in one folder: which there are, which is in force on a day, and the door through which one is loaded."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from greenpaper.framework import problems
from greenpaper.framework.calendars import Calendars, check_calendars, check_deadlines
from greenpaper.framework.checked import Framework
from greenpaper.framework.checker import Checked
from greenpaper.framework.composing import check_composed, check_others, check_pairs
from greenpaper.framework.composition import cited_in, compose, with_own_head
from greenpaper.framework.consultation_checker import Consulted, consultation_in
from greenpaper.framework.governing import first_day, governing, share_days
from greenpaper.framework.manifests import Found, Manifests, check_manifests
from greenpaper.framework.parts import (
    LAYOUT,
    Folder,
    Parts,
    inside,
    read_calendars,
    read_kind,
    read_manifests,
    read_parts,
    versions_in,
)
from greenpaper.framework.proposals import Proposals, chosen, completions, in_order, read_proposals
from greenpaper.framework.seal import check_seal
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.framework.tracing import check_citations, fingerprints_in
from greenpaper.framework.written import FrameworkFile
from greenpaper.source.diagnostics import Diagnostic, PolicyError, has_errors
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.nodes import MappingNode, Node, head, nearest, text_at
from greenpaper.source.shapes import read_shape

SUPERSEDED = frozenset({"superseded", "withdrawn"})
CHOICES = ("proposal", "reading")
"""Kinds of file that hold options to choose from."""

CONSULTED = ("consultation", "responses")
"""Kinds of file that say what was asked about a version, and nothing of what it demands."""

RECORDED = ("seal", "traced")
"""Kinds of file that say what the version was, and what its sources said."""

OF_A_DRAFT = {
    kind: pattern
    for kind, pattern in LAYOUT
    if kind in ("framework", "proposal", "open_questions", "explained", "cases", *CONSULTED, *RECORDED)
}

Options = Mapping[str, Collection[str]]
Loaded = tuple[str, tuple[tuple[str, str], ...], bool]


@dataclass(frozen=True)
class Catalogue:
    """The version folders below `folder`, on the disk or in a revision. Nothing is read until asked for, and once."""

    folder: Folder
    _parts: dict[str, tuple[Parts, tuple[Diagnostic, ...]]] = field(default_factory=dict, compare=False, repr=False)
    _loaded: dict[Loaded, Framework] = field(default_factory=dict, compare=False, repr=False)
    _choices: dict[tuple[str, bool], tuple[Parts, Proposals]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Every folder that holds a framework file, by name."""
        return versions_in(self.folder)

    @cached_property
    def heads(self) -> Mapping[str, FrameworkFile]:
        """Version → its framework file, in the order of their first day, drafts last.

        Raises PolicyError when one cannot be read.
        """
        heads = {version: self._head(version) for version in self.versions}
        return {version: heads[version] for version in sorted(heads, key=lambda each: (first_day(heads[each]), each))}

    @cached_property
    def all_facts(self) -> frozenset[str]:
        """The names of all facts that some version knows."""
        names: set[str] = set()
        for version in self.versions:
            for part in self._of_kind(version, "vocabulary")[0]:
                facts = nearest(part.node, ("facts",))
                names.update(entry.key.text for entry in facts.entries) if isinstance(facts, MappingNode) else None
        return frozenset(names)

    def current(self) -> tuple[str, ...]:
        """Versions that are neither superseded nor withdrawn, in the order of their first day, drafts last."""
        return tuple(version for version, head in self.heads.items() if head.status not in SUPERSEDED)

    def in_force(self, starting: date) -> str | None:
        """The version that governs inspections starting on this day; None when no version says so.

        Raises NoSuchVersion where that depends on a day of which only the month is known.
        """
        return governing(self.heads, starting)

    def parts(self, version: str, *, whole: bool = False) -> tuple[Parts, tuple[Diagnostic, ...]]:
        """The files of one version as nodes. Raises NoSuchVersion."""
        if version not in self.versions:
            near = did_you_mean(version, self.versions) or f"there are {', '.join(self.versions) or 'none'}"
            raise NoSuchVersion(f"no version is named `{version}`: {near}")
        key = f"{version}+whole" if whole else version
        if key not in self._parts:
            self._parts[key] = read_parts(inside(self.folder, version), whole=whole)
        return self._parts[key]

    def check(
        self, version: str, options: Mapping[str, str] | None = None, *, whole: bool = True, gate: bool = True
    ) -> Checked:
        """One version, or every problem in it. `options` choose other than the preferred option of a proposal.

        With `gate` a version with options is also composed with each of them, and as each of its cases asks.
        """
        parts, proposals, found = self._read(version, whole=whole, gate=gate)
        if found:
            return None, found
        checked = self._checked(parts, proposals, chosen(proposals, options or {}), gate=gate, whole=whole)
        if not gate:
            return checked
        return self._sealed(version, self._timed(self._traced(version, self._consulted(version, checked))))

    def consultation(self, version: str, *, responses: bool = True, gate: bool = False) -> Consulted:
        """The consultation about a version, or None, with the problems in it; without any where there is none.

        `responses=False` leaves out those to it. Raises NoSuchVersion.
        """
        parts, found = self.parts(version, whole=True)
        base = self._base_name(parts) if not has_errors(found) else ""
        proposals, wrong = read_proposals(parts)
        if has_errors(found) or wrong:
            return None, (*found, *wrong)
        base_parts = self.parts(base)[0] if base in self.versions else ()
        parts = parts if responses else tuple(part for part in parts if part.kind != CONSULTED[-1])
        return consultation_in(parts, base_parts, proposals, self.versions, gate=gate)

    def _consulted(self, version: str, checked: Checked) -> Checked:
        """What is checked, with what the consultation about it cites, and its base's head, and the problems in that."""
        framework, found = checked
        if framework is None:
            return checked
        parts = self.parts(version, whole=True)[0]
        found = (*found, *self.consultation(version, gate=True)[1])
        head = self._of_kind(framework.base, "framework")[0] if framework.base else ()
        asked = (part for part in parts if part.kind in CONSULTED)
        cited = framework.cited | cited_in(part.node for part in (*asked, *head))
        return (None if found else replace(framework, cited=cited)), found

    @cached_property
    def calendars(self) -> tuple[Calendars, tuple[Diagnostic, ...]]:
        """The calendars beside the versions, by id, and every problem in them."""
        parts, unread = read_calendars(self.folder)
        calendars, found = check_calendars(parts)
        return calendars, (*unread, *found)

    def _timed(self, checked: Checked) -> Checked:
        """What is checked, with what is wrong in the calendars that its deadlines count by."""
        framework, found = checked
        if framework is None:
            return checked
        found = (*found, *check_deadlines(framework, lambda: self.calendars))
        return (None if found else framework), found

    @cached_property
    def manifests(self) -> tuple[Manifests, tuple[Found, ...]]:
        """What is kept of the source documents beside the versions, and every problem in it."""
        parts, unread = read_manifests(self.folder)
        heads = self._readable_heads().values()
        listed = dict.fromkeys(name for head in heads for name in head.sources)
        manifests, found = check_manifests(parts, tuple(listed) if heads else None)
        return manifests, (*(Found("", each) for each in unread), *found)

    def untraceable(self, version: str, documents: Collection[str]) -> tuple[Diagnostic, ...]:
        """What is wrong in the manifests of these documents and in the sentences that the files of a version cite.

        Where there are no manifests at all, no sentence is asked for. Raises NoSuchVersion.
        """
        manifests, wrong = self.manifests
        if not (manifests or wrong):
            return ()
        parts = self.parts(version, whole=True)[0]
        here = [each.problem for each in wrong if not each.document or each.document in documents]
        unread = any(not each.document for each in wrong)
        return (*here, *(() if unread else check_citations(parts, manifests)), *fingerprints_in(parts)[1])

    def _traced(self, version: str, checked: Checked) -> Checked:
        """What is checked, with what is wrong in the sentences that it cites."""
        framework, found = checked
        if framework is None:
            return checked
        found = (*found, *self.untraceable(version, framework.documents))
        return (None if found else framework), found

    def _sealed(self, version: str, checked: Checked) -> Checked:
        """What is checked, with what is wrong where the version, as it is preferred, is not what its seal says."""
        framework, found = checked
        if framework is None or not all(each.preferred for each in framework.choices):
            return checked
        found = (*found, *check_seal(framework, self.parts(version, whole=True)[0]))
        return (None if found else framework), found

    def load(self, version: str, options: Mapping[str, str] | None = None, *, whole: bool = False) -> Framework:
        """One version, checked once; unless `whole`, only what its answers depend on.

        Raises PolicyError with every problem, or NoSuchVersion."""
        key = (version, tuple(sorted((options or {}).items())), whole)
        if key not in self._loaded:
            framework, found = self.check(version, options, whole=whole, gate=False)
            if framework is None:
                raise PolicyError(found)
            self._loaded[key] = framework
        return self._loaded[key]

    def composed(self, version: str, options: Mapping[str, str] | None = None) -> Parts:
        """The files of one version without its cases, with the edits of its options; of a draft, those of its base.

        Raises as `load` does.
        """
        self.load(version, options, whole=True)
        text, proposals = self.choosable(version, whole=True)
        parts = compose(text, in_order(proposals, chosen(proposals, options or {}))).parts
        return tuple(part for part in parts if part.kind != "cases")

    def proposals(self, version: str) -> Proposals:
        """What can be chosen in a version: its proposals, or readings. Raises PolicyError or NoSuchVersion."""
        return self.choosable(version)[1]

    def combinations(
        self, version: str, asked: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> tuple[dict[str, str], ...]:
        """Every admissible combination of its options that makes the choices asked for, preferred options first.

        At most `most` of them. Raises as `proposals` does.
        """
        proposals = self.proposals(version)
        chosen(proposals, asked or {})
        return tuple(islice(completions(proposals, asked or {}), most))

    def base_of(self, version: str) -> str:
        """The version that a draft amends; empty for one that is whole. Raises NoSuchVersion."""
        return self._base_name(self.parts(version)[0])

    def without_options(self, version: str) -> Framework:
        """What options are held against: the base of a draft, or a version as it is preferred to be read.

        Raises as `load` does.
        """
        return self.load(self.base_of(version) or version)

    def choosable(self, version: str, *, whole: bool = False) -> tuple[Parts, Proposals]:
        """The text of a version, of a draft that of its base under its own head, and what can be chosen in it.

        Without what no answer depends on, but for `whole`. Raises PolicyError or NoSuchVersion.
        """
        if (version, whole) not in self._choices:
            parts, proposals, found = self._read(version, whole=whole)
            if found:
                raise PolicyError(found)
            self._choices[version, whole] = _text(parts), proposals
        return self._choices[version, whole]

    def _read(
        self, version: str, *, whole: bool = False, gate: bool = False
    ) -> tuple[Parts, Proposals, tuple[Diagnostic, ...]]:
        """The files of a version, on its base where it has one, and what can be chosen; or what is wrong in them."""
        parts, found = self.parts(version, whole=whole)
        if has_errors(found):
            return (), (), found
        base = self._base_name(parts)
        if not base and any(part.kind == "proposal" for part in parts):
            return (), (), (problems.needs_a_base(head(_framework_node(parts))),)
        if base:
            parts, found = self._on_its_base(parts, base, whole=whole)
            if found:
                return (), (), found
        return parts, *read_proposals(parts, gate=gate)

    def _coherent(self, checked: Checked, parts: Parts, options: Options) -> Checked:
        """A version is named like its folder, replaces one that exists, governs days of its own, and its cases name
        options that exist."""
        framework, found = checked
        if framework is None or found:
            return None, found
        found = (*_unknown_options(framework, options), *self._clashes(framework, _framework_node(parts)))
        return (None if found else framework), found

    def _clashes(self, framework: Framework, node: Node) -> Iterator[Diagnostic]:
        """What disagrees between the version and its neighbours."""
        span = head(nearest(node, ("version",)))
        folder = Path(span.source.name).resolve().parent.name
        if framework.version != folder:
            yield problems.version_is_not_its_folder(framework.version, folder, span)
        if framework.replaces and framework.replaces not in self.versions:
            yield problems.unknown_version(framework.replaces, head(nearest(node, ("replaces",))), self.versions)
        for version, other in self._readable_heads().items():
            if version != folder and share_days(framework, other):
                yield problems.governs_the_same_days(framework.version, version, head(nearest(node, ("applies_to",))))

    def _readable_heads(self) -> Mapping[str, FrameworkFile]:
        try:
            return self.heads
        except PolicyError:  # the version that cannot be read has problems of its own
            return {}

    def _on_its_base(self, draft: Parts, base: str, *, whole: bool) -> tuple[Parts, tuple[Diagnostic, ...]]:
        """The files of a draft's base under its own head, with its proposals and not the base's readings."""
        span = head(nearest(_framework_node(draft), ("base",)))
        if base not in self.versions:
            return (), (problems.unknown_version(base, span, self.versions),)
        parts, found = self.parts(base, whole=whole)
        if has_errors(found):
            return (), found
        if self._base_name(parts):
            return (), (problems.base_is_a_draft(base, span),)
        if misplaced := tuple(_misplaced(draft)):
            return (), misplaced
        return (*with_own_head(_text(parts), draft), *(part for part in draft if part.kind in CHOICES)), ()

    def _checked(
        self, parts: Parts, proposals: Proposals, choice: Mapping[str, str], *, gate: bool, whole: bool
    ) -> Checked:
        text = _text(parts)
        framework, found = check_composed(text, proposals, choice, gate=gate, whole=whole)
        if framework and gate:
            found = (*check_others(text, proposals, framework), *check_pairs(text, proposals))
        return self._coherent((framework, found), parts, {each.id: each.options for each in proposals})

    def _of_kind(self, version: str, kind: str) -> tuple[Parts, tuple[Diagnostic, ...]]:
        """The files of one kind of a version, without reading the others where they are not read yet."""
        if version not in self._parts:
            return read_kind(inside(self.folder, version), kind)
        parts, found = self._parts[version]
        return tuple(part for part in parts if part.kind == kind), found

    def _base_name(self, parts: Parts) -> str:
        """What stands under `base`, whether or not the rest of the file has the right shape."""
        return text_at(_framework_node(parts), "base")

    def _head(self, version: str) -> FrameworkFile:
        parts, found = self._of_kind(version, "framework")
        node = next((part.node for part in parts), None)
        if node is None:
            raise PolicyError(found)
        written, wrong = read_shape(FrameworkFile, node)
        if written is None:
            raise PolicyError(wrong)
        return written


def _framework_node(parts: Parts) -> Node:
    return next(part.node for part in parts if part.kind == "framework")


def _misplaced(draft: Parts) -> Iterator[Diagnostic]:
    """A draft changes its base by proposals only: what else lies in its folder would not be used."""
    for part in draft:
        if part.kind not in OF_A_DRAFT:
            yield problems.unknown_file(head(part.node), tuple(OF_A_DRAFT.values()))


def _unknown_options(framework: Framework, options: Options) -> Iterator[Diagnostic]:
    for case in framework.cases:
        for proposal, option in case.options.items():
            if proposal not in options:
                yield problems.unknown_in_case(proposal, "proposal", case.option_places[proposal], options)
            elif option not in options[proposal]:
                yield problems.unknown_in_case(option, "option", case.option_places[proposal], options[proposal])


def _text(parts: Parts) -> Parts:
    """The files that are the version itself, without options to choose, a consultation and records of it."""
    return tuple(part for part in parts if part.kind not in (*CHOICES, *CONSULTED, *RECORDED))
