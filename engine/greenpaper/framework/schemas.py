"""JSON Schemas made from the written models: what editors complete from, and the first gate of `check`."""

import json
from typing import Any

from greenpaper.framework.written import KINDS


def schema_texts() -> dict[str, str]:
    """File name → text of each schema, the same bytes every time."""
    return {f"{kind}.schema.json": json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n" for kind in KINDS}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of policy file."""
    made = KINDS[kind].model_json_schema()
    _tidy(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _tidy(part: Any) -> None:
    """Close mappings to keys of another form; a key that may be absent may still not be empty; no echoed titles."""
    if isinstance(part, list):
        for each in part:
            _tidy(each)
    if not isinstance(part, dict):
        return
    if "patternProperties" in part:
        part.setdefault("additionalProperties", False)
        part.pop("propertyNames", None)
    if isinstance(part.get("title"), str):
        del part["title"]
    if part.get("default", "") is None:
        del part["default"]
        _drop_null(part)
    for each in part.values():
        _tidy(each)


def _drop_null(part: dict[str, Any]) -> None:
    kept = [each for each in part.get("anyOf", []) if each != {"type": "null"}]
    if len(kept) == 1:
        del part["anyOf"]
        part.update(kept[0])
    elif kept:
        part["anyOf"] = kept
