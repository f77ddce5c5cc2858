"""Raw files to the project's own tables, and a list of everything in them that is not used, with the reason.

Which column is what, which words mean which values and what is corrected stands in the mappings; here is only what to
do with such statements. Nothing is written: the tables come back as text, the same bytes for the same files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from greenpaper.records import mapping_problems, problems
from greenpaper.records.columns import REGISTER_COLUMNS, several
from greenpaper.records.csv_text import write_table
from greenpaper.records.directory import Directory, directory_of, folded
from greenpaper.records.interpret import Draft, NotUsed, Value, interpret
from greenpaper.records.mapping import Plan, SourceMapping, TablePlan, load_plan, nowhere
from greenpaper.records.record import Authority, Record, Unknown
from greenpaper.records.record_table import records_to_csv
from greenpaper.records.register_table import register_to_csv
from greenpaper.records.rules import Entry, applied, corrected, record_of
from greenpaper.records.tables import REGISTER_FILE, read_bytes
from greenpaper.source.diagnostics import Diagnostic, Severity, in_file_order

NOT_USED_FILE = "not-used.csv"
NOT_USED_COLUMNS = ("file", "row", "column", "reason")
NAMING = ("urn", "code", "la_code", "authority")
RAW_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Imported:
    """The tables as text by file name, all that is not used, and every problem. An error keeps rows out of tables."""

    tables: Mapping[str, str]
    not_used: tuple[NotUsed, ...]
    diagnostics: tuple[Diagnostic, ...]


def import_tables(mapping_file: Path, raw_folder: Path) -> Imported:
    """What the mapping file makes of the raw files in a folder. Writes nothing."""
    plan, found = load_plan(mapping_file)
    if plan is None:
        return Imported({}, (), in_file_order(found))
    raws: dict[str, bytes] = {}
    unread: list[Diagnostic] = []
    for source in plan.sources:
        content, wrong = read_bytes(raw_folder / source.written.file)
        unread += wrong
        if content is not None:
            raws[source.written.file] = content
    unread += _not_mapped(plan, raw_folder)
    imported = build_tables(plan, raws, str(raw_folder))
    return replace(imported, diagnostics=in_file_order((*unread, *imported.diagnostics)))


def _not_mapped(plan: Plan, raw_folder: Path) -> Iterator[Diagnostic]:
    mapped = {source.written.file for source in plan.sources} | set(plan.whole.written.files_not_used)
    for file in sorted(raw_folder.iterdir()) if raw_folder.is_dir() else ():
        if file.suffix.lower() in RAW_ENDINGS and file.name not in mapped:
            yield mapping_problems.raw_file_not_mapped(file.name, nowhere(str(file)))


def build_tables(plan: Plan, raws: Mapping[str, bytes], folder: str = "") -> Imported:
    """The tables of a plan from the bytes of its raw files; a file that is not there gives no rows."""
    building = _Building(raws, folder)
    register = building.register(plan.register)
    directory = directory_of(register)
    texts = {
        f"{table.name}.csv": records_to_csv(building.table(table, directory), table.written.columns)
        for table in plan.tables
    }
    texts[REGISTER_FILE] = register_to_csv(building.finished(register, directory))
    for file, because in plan.whole.written.files_not_used.items():
        building.not_used.append(NotUsed(file, 0, "", because))
    not_used = tuple(sorted({*building.not_used, *_refused(building.found, {building.shown(file) for file in raws})}))
    texts[NOT_USED_FILE] = write_table(NOT_USED_COLUMNS, map(_not_used_row, not_used))
    return Imported(texts, not_used, in_file_order(building.found))


def _not_used_row(each: NotUsed) -> tuple[str, ...]:
    return (each.file, str(each.row) if each.row else "", each.column, each.reason)


def _refused(found: Iterable[Diagnostic], raw_files: set[str]) -> Iterator[NotUsed]:
    """Rows that a problem keeps from being used."""
    for each in found:
        name = each.span.source.name
        if each.severity is Severity.ERROR and name in raw_files:
            yield NotUsed(Path(name).name, each.span.position.line, "", each.message)


@dataclass(frozen=True, slots=True)
class _Building:
    """Tables being built: what is read, what is not used, what other names authorities have been met under."""

    raws: Mapping[str, bytes]
    folder: str
    not_used: list[NotUsed] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    met: dict[str, dict[str, None]] = field(default_factory=dict)
    register_rows: dict[str, Draft] = field(default_factory=dict)

    def shown(self, file: str) -> str:
        """The name that the problems of a raw file carry."""
        return str(Path(self.folder) / file)

    def _drafts(self, source: SourceMapping) -> tuple[Draft, ...]:
        file = source.written.file
        if file not in self.raws:
            return ()
        read = interpret(source, self.shown(file), self.raws[file])
        self.not_used.extend(read.not_used)
        self.found.extend(read.diagnostics)
        return read.drafts

    def register(self, source: SourceMapping) -> tuple[Authority, ...]:
        """The register without neighbours, by name."""
        authorities = []
        for draft in self._drafts(source):
            code, name, region, kind, urn, la_code = map(draft.text, REGISTER_COLUMNS[:6])
            for column, words in (("code", code), ("name", name)):
                if not words:
                    self.found.append(problems.nothing_in_cell(column, draft.row.span()))
            if code and name:
                aliases = several(draft.text("aliases"))
                authorities.append(Authority(code, name, region, kind, urn, la_code, aliases))
                self.register_rows[code] = draft
        for words, owner, second in directory_of(authorities).clashes:
            row = self.register_rows[second.code].row
            self.found.append(problems.taken_name(words, row.span(), owner.name))
        return tuple(sorted(authorities, key=lambda each: each.name.casefold()))

    def finished(self, register: tuple[Authority, ...], directory: Directory) -> Iterator[Authority]:
        """The register with neighbours, and with the names that records use as aliases."""
        for each in register:
            aliases = (*each.aliases, *self.met.get(each.code, ()))
            yield replace(each, aliases=aliases, neighbours=tuple(dict.fromkeys(self._neighbours(each, directory))))

    def _neighbours(self, authority: Authority, directory: Directory) -> Iterator[str]:
        draft = self.register_rows[authority.code]
        for words in several(draft.text("neighbours")):
            neighbour = directory.find(words)
            if neighbour:
                yield neighbour.code
            else:
                self.found.append(problems.unknown_neighbour(words, draft.row.span()))

    def table(self, plan: TablePlan, directory: Directory) -> tuple[Record, ...]:
        """One table of records: by name, then oldest first."""
        before = len(self.found)
        drafts = [draft for source in plan.sources for draft in self._drafts(source)]
        entries = [applied(plan.written.rules, entry) for entry in self._of_use(drafts, plan, directory)]
        self.not_used.extend(each for entry in entries for each in entry.not_used)
        all_rows_are_there = len(self.found) == before and all(each.written.file in self.raws for each in plan.sources)
        final, unmatched = corrected(plan.corrections, entries, directory)
        if all_rows_are_there:
            self.found.extend(unmatched)
        return tuple(sorted(map(record_of, final), key=_in_order))

    def _of_use(self, drafts: Iterable[Draft], plan: TablePlan, directory: Directory) -> Iterable[Entry]:
        """One entry for each inspection; the first source that has it is used."""
        entries: dict[object, Entry] = {}
        for draft in drafts:
            entry = self._entry(draft, directory)
            if entry and not self._is_of_no_use(entry, plan):
                first = entries.setdefault(entry.key, entry)
                if first is not entry:
                    self.not_used.extend(_known_already(entry, first))
        return entries.values()

    def _entry(self, draft: Draft, directory: Directory) -> Entry | None:
        """The draft with its authority. Names unknown to the register become aliases when a code is beside them."""
        given = [(name, draft.text(name)) for name in NAMING if draft.text(name)]
        hits = [(name, words, directory.find(words)) for name, words in given]
        authority = next((hit for _, _, hit in hits if hit), None)
        if authority is None:
            words = given[0][1] if given else ""
            self.found.append(problems.unknown_authority(words, draft.row.span(), directory.names))
            return None
        for _, words, hit in hits:
            if hit and hit is not authority:
                span = draft.row.span()
                self.found.append(problems.two_authorities(words, span, authority.name, span))
                return None
            if hit is None:
                met = self.met.setdefault(authority.code, {})
                if folded(words) not in map(folded, met):
                    met[words] = None
        return Entry(draft, authority, dict(draft.values))

    def _is_of_no_use(self, entry: Entry, plan: TablePlan) -> bool:
        since = plan.written.since
        if since and (entry.began is None or entry.began < since.day):
            reason = since.because
        elif not entry.says_something(plan.written.columns):
            reason = "no fact can be read in it"
        else:
            return False
        self.not_used.append(NotUsed(entry.draft.file, entry.draft.row.line, "", reason))
        return True


def _known_already(entry: Entry, first: Entry) -> Iterator[NotUsed]:
    draft, known = entry.draft, first.draft
    differing = [name for name in draft.values if name in known.values and name not in NAMING]
    differing = [name for name in differing if _settled(draft.values[name]) != _settled(known.values[name])]
    for name in differing:
        reason = f"disagrees: says {_said(draft, name)}, while {known.place} says {_said(known, name)} and is used"
        yield NotUsed(draft.file, draft.row.line, draft.raw[name], reason)
    if first.authority is not entry.authority:
        reason = f"disagrees: is about {entry.authority.name}, while {known.place} is about {first.authority.name}"
        yield NotUsed(draft.file, draft.row.line, "", reason)
    elif not differing:
        yield NotUsed(draft.file, draft.row.line, "", f"already known from {known.place}, and agrees")


def _settled(value: Value) -> Value:
    """The value, with one way to say that it is not known."""
    return None if value is Unknown.NOT_KNOWN else value


def _said(draft: Draft, name: str) -> str:
    value = draft.values[name]
    return "nothing" if value is None else f"`{value}`"


def _in_order(record: Record) -> tuple[str, object, object, str]:
    inspection = record.inspection
    return (record.authority.name.casefold(), inspection.latest_day, str(inspection.published), inspection.report)
