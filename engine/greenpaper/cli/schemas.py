"""`greenpaper schema`."""

from pathlib import Path

from greenpaper.cli.printing import as_json, out, write
from greenpaper.framework.schemas import schema, schema_texts
from greenpaper.framework.written import KINDS


def write_schemas(folder: Path | None) -> None:
    if folder is None:
        out(as_json({kind: schema(kind) for kind in KINDS}))
        return
    for name, text in schema_texts().items():
        write(folder / name, text)
