"""What a version means, as plain data that is the same whenever it means the same, and the hashes a seal holds.

Everything that is stated and everything that behaves is part of it; what only describes or finds it is not. The tables
say so for every field of a checked framework. Their words are part of the format: whoever changes what is said raises
`FORMAT`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from greenpaper.framework import checked, claims
from greenpaper.framework.checked import Framework
from greenpaper.framework.parts import Part, Parts
from greenpaper.language import types, vocabulary
from greenpaper.source.nodes import child
from greenpaper.source.partial_dates import SomeDay

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one class are told: the fields that are, those that are not, and a word where kinds differ."""

    told: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    kind: str = ""


FORMS: Mapping[type, Form] = {
    Framework: Form(
        ("id", "version", "vocabulary", "scales", "mappings", "activities", "criteria", "themes", "references",
         "events", "deadlines", "assumed_for", "decisions", "constraints", "invariants", "fact_notes", "confidence",
         "starts", "ends", "replaces"),
        ("title", "status", "open_questions", "cases", "documents", "word_titles", "cited", "places", "explained",
         "base", "choices", "note", "days_from"),
    ),
    vocabulary.Vocabulary: Form(("facts", "groups", "definitions"), ("title", "decisions", "maps")),
    vocabulary.Fact: Form(("type", "derived"), ("id", "title", "span")),
    vocabulary.MonthsSince: Form(("since",)),
    vocabulary.Group: Form(("members",), ("id", "title", "span")),
    vocabulary.Definition: Form(("words",), ("id", "term", "span")),
    types.Scale: Form(("words", "ordered"), ("id", "noun")),
    types.Graded: Form(("scale",), kind="grade"),
    types.Truth: Form((), kind="truth"),
    types.Numeric: Form(("whole", "unit", "least", "most"), kind="number"),
    types.Calendar: Form((), kind="date"),
    checked.FactNote: Form(("confidence", "split_from"), ("title", "assigned_by", "note", "also_titled", "citation")),
    checked.ScaleMapping: Form(("scale", "from_scale", "words"), ("span",)),
    checked.Activity: Form(
        ("inspectors", "days_on_site", "occurs", "notice", "products", "topics"), ("id", "title", "note")
    ),
    checked.Titled: Form(("id", "confidence"), ("title", "citation", "note")),
    checked.Criterion: Form(
        ("judgement", "topics", "themes", "refers_to", "confidence"), ("id", "title", "citation", "note")
    ),
    checked.Event: Form(("of", "recorded_as", "assumed_from"), ("id", "title", "note")),
    checked.Deadline: Form(
        ("by", "after", "least", "most", "unit", "modality", "confidence", "calendar", "only_where", "met_by"),
        ("id", "title", "citation", "note", "span"),
    ),
    checked.AssumedFor: Form(("starts", "ends"), ("because", "citation")),
    checked.Amount: Form(("least", "most", "confidence"), ("citation", "note")),
    checked.Decision: Form(
        ("outcomes", "ordered", "resolve", "rules", "left_open", "precedence", "back_test"), ("id", "question", "span")
    ),
    checked.Outcome: Form(("id", "attributes", "activities"), ("title",)),
    checked.Rule: Form(
        ("id", "when", "outcome", "modality", "confidence"), ("citation", "note", "span")
    ),
    checked.Condition: Form(("words",), ("term", "span")),
    checked.LeftOpen: Form(("when", "confidence"), ("note", "span")),
    checked.Precedence: Form(("confidence",), ("note",)),
    checked.Next: Form(("column",), kind="next"),
    checked.Between: Form(("visits",), ("span",), kind="between"),
    checked.Constraint: Form(
        ("id", "condition", "where", "force", "confidence"), ("citation", "note", "span")
    ),
    checked.Invariant: Form(
        ("id", "decision", "claim", "where", "expected", "confidence"), ("title", "because", "note", "span")
    ),
    SomeDay: Form(("earliest", "latest")),
    claims.Is: Form(("outcomes",), kind="is"),
    claims.IsNot: Form(("outcomes",), kind="is not"),
    claims.NeverBetterThan: Form(("outcome",), kind="never better than"),
    claims.AlwaysAnswered: Form((), kind="always answered"),
    claims.NeverWorsensAs: Form(("facts",), kind="never worsens as"),
}  # fmt: skip
UNORDERED = ("mappings", "constraints", "invariants")
OUTCOMES = "outcomes"
RECORDS = ("seal", "traced")
"""Kinds of file in which a command records something about the version."""


def meaning(framework: Framework) -> dict[str, Any]:
    """All that the version states or does, as mappings, lists, texts and numbers."""
    told = _plain(framework)
    assert isinstance(told, dict)
    return told


def canonical_json(data: Any) -> str:
    """Plain data in the one way in which it is hashed: keys sorted, no spaces, every letter as it is."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def meaning_hash(framework: Framework) -> str:
    """The SHA-256 of what the version means."""
    return hashlib.sha256(canonical_json(meaning(framework)).encode("utf-8")).hexdigest()


def text_hash(parts: Parts) -> str:
    """The SHA-256 of every policy file of the version: names and texts, with lines ended alike.

    Its seal is left out, and what its sources said when it was traced, which is no part of what it says.

    What stands under `status` is left out: a version that takes the next step in its life stays as it is written.
    """
    texts = {part.name: _even(_text(part)) for part in parts if part.kind not in RECORDS}
    return hashlib.sha256(canonical_json(texts).encode("utf-8")).hexdigest()


def _text(part: Part) -> str:
    text = part.node.span.source.text
    status = child(part.node, "status") if part.kind == "framework" else None
    return text[: status.span.start] + text[status.span.end :] if status else text


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(value: Any) -> Any:
    """A value of a checked framework as plain data; numbers with decimals and days as texts."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return _fields(value)


def _fields(value: Any) -> dict[str, Any]:
    """The fields that are told; what is not said, and so is as it is by default, is left out."""
    form = FORMS[type(value)]
    told = {each.name: each for each in fields(value) if each.name in form.told}
    said = {name: getattr(value, name) for name, each in told.items() if getattr(value, name) != _default(each)}
    plain = {name: _arranged(value, name, each) for name, each in said.items()}
    return {"kind": form.kind} | plain if form.kind else plain


def _arranged(owner: Any, name: str, value: Any) -> Any:
    """A field as plain data: lists whose order says nothing are sorted, names whose order does are a list."""
    match owner:
        case Framework() if name in UNORDERED:
            return sorted(_plain(value), key=canonical_json)
        case checked.Decision(ordered=True) if name == OUTCOMES:
            return [_plain(each) for each in value.values()]
        case _:
            return _plain(value)


def _default(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
