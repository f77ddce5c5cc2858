"""`greenpaper schema`."""

from pathlib import Path

from greenpaper.cli.printing import as_json, make_folder, out, write
from greenpaper.framework.written import FILES as POLICY_FILES
from greenpaper.records.written_mapping import FILES as MAPPING_FILES
from greenpaper.source.schemas import schema, schema_texts

FILES = (*POLICY_FILES, *MAPPING_FILES)


def write_schemas(folder: Path | None) -> None:
    """Print every schema, or write each to a file in the folder. Raises Unusable when that is not possible."""
    if folder is None:
        out(as_json({file.kind: schema(file) for file in FILES}))
        return
    make_folder(folder)
    for name, text in schema_texts(FILES).items():
        write(folder / name, text)
