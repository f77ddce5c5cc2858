"""What a command works on: the versions it names, and the records it selects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greenpaper.evaluation.truth import trace
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.language.checker import check_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.terms import Term
from greenpaper.language.vocabulary import Vocabulary
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Record
from greenpaper.records.tables import Records, load_records, load_register
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.shipped import shipped

COLUMN_FILES = (".parquet", ".arrow", ".feather", ".ipc")
"""Files that hold columns: their records are always counted."""


class Unusable(Exception):
    """Something the user gave cannot be used; the message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records: one authority, those a condition is true of, a region, or an authority's neighbours."""

    authority: str = ""
    where: str = ""
    region: str = ""
    neighbours_of: str = ""


def catalogue_of(policies: Path | None) -> Catalogue:
    """The versions in the folder that was named, or those that come with the package."""
    folder = policies or shipped("policies")
    if not folder.is_dir():
        raise NoSuchVersion(f"there is no folder `{folder}`")
    return Catalogue(folder)


def named_apart(selectors: Sequence[Selector]) -> tuple[str, ...]:
    """What each is called: its name, or the words that chose it where another has the same name."""
    names = [each.name for each in selectors]
    return tuple(each.text if names.count(each.name) > 1 else each.name for each in selectors)


def selectors_of(texts: Sequence[str], policies: Path | None) -> tuple[Selector, ...]:
    """The versions named; without any, all that are not superseded. Raises NoSuchVersion where there are none."""
    catalogue = catalogue_of(policies)
    found = tuple(selector_of(text, catalogue) for text in texts or catalogue.current())
    if not found:
        raise NoSuchVersion(f"there are no versions in `{catalogue.folder}`")
    return found


def version_or_in_force(text: str, records: Records, policies: Path | None) -> Selector:
    """The version named, or the one that governs an inspection starting on the day the records were taken."""
    catalogue = catalogue_of(policies)
    if text:
        return selector_of(text, catalogue)
    version = catalogue.in_force(records.taken) if records.taken else None
    if version is None:
        raise NoSuchVersion("no version is in force on the day the records were taken: name one with `--version`")
    return Selector(catalogue, version)


def records_in(folder: Path | None) -> Records:
    """The records in the folder or file that was named, or those of the 153 authorities. Raises PolicyError."""
    if folder is None:
        return load_records(shipped("authorities"))
    if folder.suffix.lower() in COLUMN_FILES:
        raise Unusable(f"only `compare` takes a {folder.suffix} file: save `{folder}` as CSV or XLSX")
    return load_records(folder, register=() if folder.is_dir() else load_register(shipped("authorities")))


def day_of(text: str, records: Records) -> date | None:
    """The day that was named, or the day the records were taken."""
    try:
        return date.fromisoformat(text) if text else records.taken
    except ValueError:
        raise Unusable(f"`{text}` is not a day: write year, month and day, such as 2026-08-20") from None


def find_record(name: str, records: Records) -> Record:
    """The current record of the authority. Raises Unusable with the nearest name."""
    record = records.find(name)
    if record is None:
        raise Unusable(f"no authority is named `{name}`: {records.suggestion(name) or 'give its name or its ONS code'}")
    return record


def select(
    selection: Selection, records: Records, frameworks: Sequence[Framework], as_of: date | None
) -> tuple[Record, ...]:
    """The current records that meet every part of the selection. Raises Unusable when none does."""
    chosen = records.current if not selection.authority else (find_record(selection.authority, records),)
    if selection.region:
        regions = tuple(dict.fromkeys(record.authority.region for record in records.current))
        wanted = next((each for each in regions if each.casefold() == selection.region.casefold()), None)
        if wanted is None:
            near = did_you_mean(selection.region, regions) or f"there are {', '.join(filter(None, regions)) or 'none'}"
            raise Unusable(f"no region is named `{selection.region}`: {near}")
        chosen = tuple(record for record in chosen if record.authority.region == wanted)
    if selection.neighbours_of:
        centre = find_record(selection.neighbours_of, records).authority
        codes = {centre.code, *centre.neighbours}
        chosen = tuple(record for record in chosen if record.authority.code in codes)
    if selection.where:
        chosen = _where(selection.where, chosen, frameworks, as_of)
    if not chosen:
        raise Unusable("no record meets the selection")
    return chosen


def _where(
    text: str, records: Sequence[Record], frameworks: Sequence[Framework], as_of: date | None
) -> tuple[Record, ...]:
    """The records of which the condition is true: not those of which it is unknown."""
    term, vocabulary = condition_over(text, frameworks, selecting=True)
    known = [facts_of(record, vocabulary, as_of=as_of)[0].known for record in records]
    return tuple(record for record, values in zip(records, known, strict=True) if trace(term, values).value is True)


def condition_over(text: str, frameworks: Sequence[Framework], *, selecting: bool) -> tuple[Term, Vocabulary]:
    """A condition over the facts and groups of every version; definitions and decisions are those of the first.

    Raises PolicyError. `selecting` allows `is known`.
    """
    facts = {name: fact for framework in reversed(frameworks) for name, fact in framework.vocabulary.facts.items()}
    groups = {name: group for framework in reversed(frameworks) for name, group in framework.vocabulary.groups.items()}
    first = frameworks[0].vocabulary
    title = " or ".join(framework.version for framework in frameworks)
    vocabulary = Vocabulary(title, facts, groups, first.definitions, first.decisions)
    parsed, found = parse_condition(text)
    if parsed is not None:
        term, found = check_condition(parsed, vocabulary, selecting=selecting)
        if term is not None:
            return term, vocabulary
    raise PolicyError(found)
