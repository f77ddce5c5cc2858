"""JSON Schemas made from the written models: what editors complete from, and the first gate of `check`."""

import json
from collections.abc import Iterable
from typing import Any

from greenpaper.source.written import Written


def schema_texts(files: Iterable[type[Written]]) -> dict[str, str]:
    """File name → text of the schema of each kind of file, the same bytes every time."""
    return {f"{file.kind}.schema.json": as_text(schema(file)) for file in files}


def as_text(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def schema(file: type[Written]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    made = file.model_json_schema()
    _tidy(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _tidy(part: Any) -> None:
    """Close mappings to keys of another form; a key that may be absent may still not be empty; no echoed titles."""
    if isinstance(part, list):
        for each in part:
            _tidy(each)
    if not isinstance(part, dict):
        return
    if isinstance(part.get("title"), str):
        del part["title"]
    if part.get("default", "") is None:
        del part["default"]
        _drop_null(part)
    if "patternProperties" in part:
        part.setdefault("additionalProperties", False)
        part.pop("propertyNames", None)
    for each in part.values():
        _tidy(each)


def _drop_null(part: dict[str, Any]) -> None:
    kept = [each for each in part.get("anyOf", []) if each != {"type": "null"}]
    if len(kept) == 1:
        del part["anyOf"]
        part.update(kept[0])
    elif kept:
        part["anyOf"] = kept
    else:
        part["not"] = {"type": "null"}
