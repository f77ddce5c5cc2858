"""All versions in one folder: which there are, which is in force on a day, and the door through which one is loaded."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from greenpaper.framework import problems
from greenpaper.framework.checked import Choice, Confidence, Framework, Relation
from greenpaper.framework.checker import Checked, check_parts
from greenpaper.framework.composition import cited_in, compose
from greenpaper.framework.invariants import check_relations
from greenpaper.framework.parts import LAYOUT, Parts, read_beside, read_parts
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import FrameworkFile, ProposalFile, RelationsFile
from greenpaper.source.diagnostics import Diagnostic, PolicyError, has_errors
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.nodes import MappingNode, Node, ScalarNode, child, head, nearest
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span

SUPERSEDED = frozenset({"superseded", "withdrawn"})
OF_A_DRAFT = {kind: pattern for kind, pattern in LAYOUT if kind in ("framework", "proposal", "explained", "cases")}

Proposals = list[tuple[ProposalFile, Node]]
Options = Mapping[str, Collection[str]]
Loaded = tuple[str, tuple[tuple[str, str], ...], bool]


class NoSuchVersion(Exception):
    """A selector names a version, proposal or option that is not there."""


@dataclass(frozen=True)
class Catalogue:
    """The version folders below `folder`. Nothing is read until it is asked for; each file is read once."""

    folder: Path
    _parts: dict[str, tuple[Parts, tuple[Diagnostic, ...]]] = field(default_factory=dict, compare=False, repr=False)
    _loaded: dict[Loaded, Framework] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Every folder that holds a framework file, by name."""
        return tuple(sorted(path.parent.name for path in self.folder.glob("*/framework.yaml")))

    @cached_property
    def heads(self) -> Mapping[str, FrameworkFile]:
        """Version → its framework file, in the order of their first day, drafts last.

        Raises PolicyError when one cannot be read.
        """
        heads = {version: self._head(version) for version in self.versions}
        return {version: heads[version] for version in sorted(heads, key=lambda each: (_first_day(heads[each]), each))}

    @cached_property
    def all_facts(self) -> frozenset[str]:
        """The names of all facts that some version knows."""
        names: set[str] = set()
        for version in self.versions:
            for part in self.parts(version)[0]:
                facts = nearest(part.node, ("facts",)) if part.kind == "vocabulary" else None
                names.update(entry.key.text for entry in facts.entries) if isinstance(facts, MappingNode) else None
        return frozenset(names)

    def current(self) -> tuple[str, ...]:
        """Versions that are neither superseded nor withdrawn, in the order of their first day, drafts last."""
        return tuple(version for version, head in self.heads.items() if head.status not in SUPERSEDED)

    def in_force(self, starting: date) -> str | None:
        """The version that governs inspections starting on this day; None when no version says so."""
        governing = [version for version, head in self.heads.items() if _first_day(head) <= starting <= _last_day(head)]
        return max(governing, key=lambda version: _first_day(self.heads[version]), default=None)

    def parts(self, version: str, *, cases: bool = False) -> tuple[Parts, tuple[Diagnostic, ...]]:
        """The files of one version as nodes. Raises NoSuchVersion."""
        if version not in self.versions:
            near = did_you_mean(version, self.versions) or f"there are {', '.join(self.versions) or 'none'}"
            raise NoSuchVersion(f"no version is named `{version}`: {near}")
        key = f"{version}+cases" if cases else version
        if key not in self._parts:
            self._parts[key] = read_parts(self.folder / version, cases=cases)
        return self._parts[key]

    def check(
        self, version: str, options: Mapping[str, str] | None = None, *, cases: bool = True, gate: bool = True
    ) -> Checked:
        """One version, or every problem in it. `options` choose other than the preferred option of a proposal.

        With `gate` a draft is also composed with each of its other options, and as each of its cases asks.
        """
        parts, found = self.parts(version, cases=cases)
        if has_errors(found):
            return None, found
        base = self._base_name(parts)
        if base or any(part.kind == "proposal" for part in parts):
            return self._composed(parts, base, options or {}, gate)
        if options:
            raise NoSuchVersion(f"`{version}` has no proposals to choose options of")
        return self._coherent(check_parts(parts, gate=gate), parts, {})

    def load(self, version: str, options: Mapping[str, str] | None = None, *, cases: bool = False) -> Framework:
        """One version, checked once. Raises PolicyError with every problem, or NoSuchVersion."""
        key = (version, tuple(sorted((options or {}).items())), cases)
        if key not in self._loaded:
            framework, found = self.check(version, options, cases=cases, gate=False)
            if framework is None:
                raise PolicyError(found)
            self._loaded[key] = framework
        return self._loaded[key]

    def composed(self, version: str, options: Mapping[str, str] | None = None) -> Parts:
        """The files of one version without its cases; those of a draft's base with its edits. Raises as `load` does."""
        self.load(version, options)
        parts, _ = self.parts(version)
        base = self._base_name(parts)
        if not base:
            return parts
        proposals, _ = _proposals(parts, False)
        return compose(self.parts(base)[0], parts, proposals, _chosen(proposals, options or {}))[0]

    def relations(self, among: Collection[str] | None = None) -> tuple[tuple[Relation, ...], tuple[Diagnostic, ...]]:
        """What `invariants.yaml` beside the versions claims of two of them, and every problem in it or these versions.

        `among` leaves out what is about other versions than these; None takes all.
        """
        part, found = read_beside(self.folder)
        if part is None:
            return (), found
        written, wrong = read_shape(RelationsFile, part.node, gate=True)
        if written is None or wrong:
            return (), (*found, *wrong)
        reading = Reading(written, part.node)
        load = _Loading(self, reading.found)
        relations = check_relations(reading, load, lambda texts: among is None or {*map(_id_of, texts)} <= {*among})
        return tuple(relations), tuple(reading.found)

    def _coherent(self, checked: Checked, parts: Parts, options: Options) -> Checked:
        """A version is named like its folder, replaces one that exists, governs days of its own, and its cases name
        options that exist."""
        framework, found = checked
        if framework is None:
            return checked
        found = (*found, *_unknown_options(framework, options), *self._clashes(framework, _framework_node(parts)))
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
            if version != folder and _share_days(framework, other):
                yield problems.governs_the_same_days(framework.version, version, head(nearest(node, ("applies_to",))))

    def _readable_heads(self) -> Mapping[str, FrameworkFile]:
        try:
            return self.heads
        except PolicyError:  # the version that cannot be read has problems of its own
            return {}

    def _composed(self, draft: Parts, base: str, options: Mapping[str, str], gate: bool) -> Checked:
        node = _framework_node(draft)
        if not base:
            return None, (problems.needs_a_base(head(node)),)
        span = head(nearest(node, ("base",)))
        if base not in self.versions:
            return None, (problems.unknown_version(base, span, self.versions),)
        base_parts, found = self.parts(base)
        if has_errors(found):
            return None, found
        if self._base_name(base_parts):
            return None, (problems.base_is_a_draft(base, span),)
        proposals, found = _proposals(draft, gate)
        found = (*_misplaced(draft), *found)
        if found:
            return None, found
        framework, found = self._composition(base_parts, draft, proposals, options, gate)
        if framework and gate:
            for other in _other_choices(framework, proposals):
                found += self._composition(base_parts, draft, proposals, {**options, **other}, False)[1]
        return (None if found else framework), found

    def _composition(
        self, base: Parts, draft: Parts, proposals: Proposals, options: Mapping[str, str], gate: bool
    ) -> Checked:
        chosen = _chosen(proposals, options)
        parts, found = compose(base, draft, proposals, chosen)
        if found:
            return None, found
        cited = cited_in(node for _, node in proposals)
        checked = check_parts(parts, gate=gate, choices=tuple(_choices(proposals, chosen)), cited=cited)
        return self._coherent(checked, parts, {proposal.proposal: proposal.options for proposal, _ in proposals})

    def _base_name(self, parts: Parts) -> str:
        """What stands under `base`, whether or not the rest of the file has the right shape."""
        base = child(_framework_node(parts), "base")
        return base.text if isinstance(base, ScalarNode) else ""

    def _head(self, version: str) -> FrameworkFile:
        parts, found = self.parts(version)
        node = next((part.node for part in parts if part.kind == "framework"), None)
        if node is None:
            raise PolicyError(found)
        written, wrong = read_shape(FrameworkFile, node)
        if written is None:
            raise PolicyError(wrong)
        return written


@dataclass(frozen=True, slots=True)
class _Loading:
    """Versions as a file names them, such as `2027-draft+proposal=option`; each is loaded once."""

    catalogue: Catalogue
    found: list[Diagnostic]
    loaded: dict[str, Framework | None] = field(default_factory=dict)

    def __call__(self, text: str, place: Span) -> Framework | None:
        """The version, called as it is named there; None with its problems collected."""
        if text not in self.loaded:
            self.loaded[text] = self._load(text, place)
        return self.loaded[text]

    def _load(self, text: str, place: Span) -> Framework | None:
        version, *chosen = text.split("+")
        if version not in self.catalogue.versions:
            self.found.append(problems.unknown_version(version, place, self.catalogue.versions))
            return None
        options = dict(each.split("=") for each in chosen)
        try:
            framework, wrong = self.catalogue.check(version, options, cases=False, gate=False)
        except NoSuchVersion:
            self.found.append(problems.unknown_in_invariant("+".join(chosen), "option", place, ()))
            return None
        self.found.extend(wrong)
        return replace(framework, version=text) if framework else None


def _id_of(text: str) -> str:
    return text.partition("+")[0]


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


def _other_choices(framework: Framework, proposals: Proposals) -> tuple[dict[str, str], ...]:
    """Each option that `framework` is composed without, and each choice that one of its cases makes."""
    taken = {choice.proposal: choice.option for choice in framework.choices}
    single = [{proposal.proposal: option} for proposal, _ in proposals for option in proposal.options]
    asked = [dict(case.options) for case in framework.cases]
    every = {tuple(sorted(choice.items())): choice for choice in (*single, *asked)}
    return tuple(choice for choice in every.values() if not choice.items() <= taken.items())


def _proposals(draft: Parts, gate: bool) -> tuple[Proposals, tuple[Diagnostic, ...]]:
    proposals: Proposals = []
    found: list[Diagnostic] = []
    first: dict[str, Span] = {}
    for part in draft:
        if part.kind != "proposal":
            continue
        written, wrong = read_shape(ProposalFile, part.node, gate=gate)
        found += wrong
        if written:
            if written.preferred not in written.options:
                span = head(nearest(part.node, ("preferred",)))
                found.append(problems.unknown_option(written.preferred, span, written.options))
            span = head(nearest(part.node, ("proposal",)))
            if written.proposal in first:
                found.append(problems.duplicate_id(written.proposal, "proposals", span, first[written.proposal]))
            first.setdefault(written.proposal, span)
            proposals.append((written, part.node))
    return proposals, tuple(found)


def _chosen(proposals: Proposals, options: Mapping[str, str]) -> dict[str, str]:
    """One option for each proposal: the one asked for, or the preferred one. Raises NoSuchVersion."""
    known = {proposal.proposal: proposal for proposal, _ in proposals}
    for name, option in options.items():
        if name not in known:
            raise NoSuchVersion(f"no proposal is named `{name}`: {did_you_mean(name, known) or ', '.join(known)}")
        if option not in known[name].options:
            near = did_you_mean(option, known[name].options) or ", ".join(known[name].options)
            raise NoSuchVersion(f"the proposal `{name}` has no option `{option}`: {near}")
    return {name: options.get(name, proposal.preferred) for name, proposal in known.items()}


def _choices(proposals: Proposals, chosen: Mapping[str, str]) -> Iterator[Choice]:
    for proposal, _ in proposals:
        option = chosen[proposal.proposal]
        yield Choice(
            proposal.proposal,
            proposal.title,
            option,
            proposal.options[option].title,
            Confidence(proposal.confidence),
            option == proposal.preferred,
        )


def _share_days(framework: Framework, other: FrameworkFile) -> bool:
    first = _first_day(other)
    if framework.starts is None or first == date.max:
        return False
    return framework.starts <= _last_day(other) and first <= (framework.ends or date.max)


def _first_day(head: FrameworkFile) -> date:
    starting = head.applies_to.inspections_starting if head.applies_to else None
    return starting.first if starting and starting.first else date.max


def _last_day(head: FrameworkFile) -> date:
    starting = head.applies_to.inspections_starting if head.applies_to else None
    return starting.until if starting and starting.until else date.max
