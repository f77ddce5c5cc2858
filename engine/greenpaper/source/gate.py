"""A document against its JSON Schema: the only door to jsonschema. Says what is wrong with the shape, in words."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from greenpaper.source import shape_problems as problems
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nodes import Node, head, instance_of, key_span, nearest
from greenpaper.source.shipped import shipped

MOST_FOUND = 1000


def pass_gate(kind: str, node: Node) -> tuple[Diagnostic, ...]:
    """Every way in which the document breaks the schema of its kind, up to a thousand."""
    faults = _validator(kind).iter_errors(instance_of(node))
    return tuple(islice((problem for fault in faults for problem in _problem(node, fault)), MOST_FOUND))


@cache
def _validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator

    text = (shipped("schemas") / f"{kind}.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text, object_pairs_hook=_to_the_end))


def _to_the_end(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Patterns end where the text does: Python's `$` would also match before a last line end."""
    return {
        key.replace("$", r"\Z") if key.endswith("$") else key: (
            value.replace("$", r"\Z") if key == "pattern" and isinstance(value, str) else value
        )
        for key, value in pairs
    }


def _problem(node: Node, fault: Any) -> Iterator[Diagnostic]:
    path = tuple(fault.absolute_path)
    span = head(nearest(node, path))
    match fault.validator:
        case "anyOf":
            yield from _of_the_best_branch(node, fault)
        case "additionalProperties":
            yield from _extra_keys(node, path, fault.schema, fault.instance)
        case "required":
            if fault.validator_value and fault.message.startswith(repr(_first_missing(fault))):
                missing = [key for key in fault.validator_value if key not in fault.instance]
                yield problems.missing_key(missing, _last_key(path), span)
        case "type":
            yield problems.wrong_kind(fault.instance, _words(fault.validator_value), span)
        case "enum" | "const" if not isinstance(fault.instance, str):
            return  # the kind is wrong, and said so
        case "enum" | "const":
            choices = fault.validator_value if fault.validator == "enum" else [fault.validator_value]
            yield problems.not_a_choice(str(fault.instance), choices, span)
        case "minLength" | "minItems" | "minProperties" | "not":
            yield problems.nothing_written(_last_key(path), key_span(node, path))
        case _:
            yield problems.wrong_form(str(fault.instance), _form(fault.schema), span)


def _first_missing(fault: Any) -> str:
    return next(str(key) for key in fault.validator_value if key not in fault.instance)


def _of_the_best_branch(node: Node, fault: Any) -> Iterator[Diagnostic]:
    """The problems of the branch that has the right kind; when none has, that the kind is wrong."""
    path = tuple(fault.absolute_path)
    wrong = {each.schema_path[0] for each in fault.context if each.validator == "type" and not each.relative_path}
    fitting = [each for each in fault.context if each.schema_path[0] not in wrong]
    if fitting:
        for each in fitting:
            yield from _problem(node, each)
    else:
        kinds = dict.fromkeys(_words(each.validator_value) for each in fault.context if each.validator == "type")
        yield problems.wrong_kind(fault.instance, " or ".join(kinds), head(nearest(node, path)))


def _extra_keys(
    node: Node, path: tuple[str | int, ...], schema: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    if "properties" not in schema:
        for key in found:
            if not any(re.search(pattern, key) for pattern in schema["patternProperties"]):
                yield problems.wrong_form(key, _key_form(schema), key_span(node, (*path, key)))
        return
    known = tuple(schema["properties"])
    for key in found:
        if key not in known:
            yield problems.unknown_key(key, known, key_span(node, (*path, key)))


def _key_form(schema: Mapping[str, Any]) -> str:
    return problems.form_of(next(iter(schema["patternProperties"])))


def _form(schema: Mapping[str, Any]) -> str:
    return problems.form_of(str(schema.get("pattern", ""))) or str(schema.get("description", "another form"))


def _last_key(path: tuple[str | int, ...]) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _words(kind: object) -> str:
    return problems.KIND_WORDS.get(str(kind), str(kind))
