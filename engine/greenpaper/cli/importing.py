"""`greenpaper import`."""

from collections.abc import Iterator
from pathlib import Path

from greenpaper.cli.printing import make_folder, out, write
from greenpaper.records.importer import Imported, import_tables
from greenpaper.source.diagnostics import PolicyError, has_errors
from greenpaper.source.render import all_to_text, visible


def import_files(mapping: Path, raw: Path, output: Path) -> None:
    """Write the tables made of the files; nothing is written when there is an error."""
    imported = import_tables(mapping, raw)
    if has_errors(imported.diagnostics):
        raise PolicyError(imported.diagnostics)
    make_folder(output)
    for name, text in imported.tables.items():
        write(output / name, text)
    out("\n".join(_lines(imported)))


def _lines(imported: Imported) -> Iterator[str]:
    """What was written, every row and column that was not used, and the warnings."""
    for name, text in imported.tables.items():
        yield f"{name}: {text.count(chr(10)) - 1} rows"
    yield f"not used: {len(imported.not_used)}"
    for each in imported.not_used:
        row = f" row {each.row}" if each.row else ""
        column = f" column {each.column}" if each.column else ""
        yield visible(f"  {each.file}{row}{column}: {each.reason}")
    if imported.diagnostics:
        yield all_to_text(imported.diagnostics)
