"""What a version means is the same whenever it means the same, and no field of it is forgotten."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from framework.small import catalogue, put
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.meaning import FORMS, canonical_json, meaning, meaning_hash, text_hash
from greenpaper.source.partial_dates import SomeDay

SEALED = Path(__file__).parent / "sealed"
FULL = Catalogue(SEALED).load("full", whole=True)

TOLD = [(owner, name) for owner, form in FORMS.items() for name in form.told]
LEFT_OUT = [(owner, name) for owner, form in FORMS.items() for name in form.left_out]


def named(each):
    return f"{each[0].__name__}.{each[1]}"


def test_every_field_is_told_or_left_out():
    for owner, form in FORMS.items():
        assert sorted((*form.told, *form.left_out)) == sorted(each.name for each in fields(owner)), owner


def test_every_class_that_can_be_told_has_a_form():
    assert reachable(Framework) - set(FORMS) == set()


def reachable(owner: type) -> set[type]:
    """Every class of values in the fields that are told, and in those of such values."""
    found: set[type] = set()
    waiting = [owner]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found.add(each)
        hints = get_type_hints(each)
        told = FORMS[each].told if each in FORMS else ()
        waiting += [kind for name in told for kind in classes_in(hints[name])]
    return found


def classes_in(hint: Any) -> Iterator[type]:
    if get_origin(hint) in (Union, UnionType) or get_args(hint):
        for each in get_args(hint):
            yield from classes_in(each)
    elif is_dataclass(hint):
        yield hint


def test_kinds_are_told_apart():
    kinds = [form.kind for form in FORMS.values() if form.kind]
    assert len(kinds) == len(set(kinds)) >= 10


@pytest.mark.parametrize("each", TOLD, ids=named)
def test_another_value_of_what_is_told_is_another_meaning(each):
    owner, name = each
    place = first(FULL, owner, name)
    changed = rebuilt(FULL, place, replace(place, **{name: another(getattr(place, name))}))
    assert meaning_hash(changed) != meaning_hash(FULL)


@pytest.mark.parametrize("each", LEFT_OUT, ids=named)
def test_another_value_of_what_is_left_out_is_the_same_meaning(each):
    owner, name = each
    place = first(FULL, owner)
    value = getattr(place, name)
    changed = rebuilt(FULL, place, replace(place, **{name: f"{value}x" if isinstance(value, str) else ()}))
    assert meaning_hash(changed) == meaning_hash(FULL)


def first(value: Any, owner: type, name: str = "") -> Any:
    """The first value of a class, one with something in the field where there is one."""
    found = [each for each in inside(value) if type(each) is owner]
    assert found, f"nothing in the fixture is a {owner}"
    return next((each for each in found if name and getattr(each, name)), found[0])


def inside(value: Any) -> Iterator[Any]:
    """A value and everything in it that is told."""
    yield value
    for _, each in children(value):
        yield from inside(each)


def children(value: Any) -> list[tuple[Any, Any]]:
    if is_dataclass(value):
        return [(name, getattr(value, name)) for name in FORMS[type(value)].told]
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, tuple) else []


def rebuilt(value: Any, place: Any, new: Any) -> Any:
    """The value with another in one place of it."""
    if value is place:
        return new
    parts = {key: rebuilt(each, place, new) for key, each in children(value)}
    if is_dataclass(value):
        same = all(parts[name] is getattr(value, name) for name in parts)
        return value if same else replace(value, **parts)
    if isinstance(value, Mapping):
        return parts
    return tuple(parts.values()) if isinstance(value, tuple) else value


def another(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(each for each in type(value) if each is not value)
        case str():
            return f"{value}x"
        case int() | Decimal():
            return value + 1
        case SomeDay(earliest, latest):
            return SomeDay(date(1999, 1, 1), latest) if earliest.year != 1999 else SomeDay(earliest, date(1999, 1, 2))
        case date():
            return date(1999, 1, 1)
        case Mapping() | tuple() if value:
            return without_one(value)
    if is_dataclass(value):
        return replace(value, **{(name := next(n for n in FORMS[type(value)].told)): another(getattr(value, name))})
    raise AssertionError(f"nothing in the fixture says something here: {value!r}")


def without_one(value: Any) -> Any:
    return dict(list(value.items())[1:]) if isinstance(value, Mapping) else value[1:]


def test_the_order_of_rules_and_of_ordered_outcomes_is_told():
    (decision,) = FULL.decisions.values()
    for changed in (
        replace(decision, rules=decision.rules[::-1]),
        replace(decision, outcomes=dict(reversed(decision.outcomes.items()))),
    ):
        assert meaning_hash(replace(FULL, decisions={decision.id: changed})) != meaning_hash(FULL)


def test_an_order_that_says_nothing_is_not():
    (decision,) = FULL.decisions.values()
    names = replace(FULL.vocabulary, facts=dict(reversed(FULL.vocabulary.facts.items())))
    turned = replace(FULL, constraints=FULL.constraints[::-1], invariants=FULL.invariants[::-1], vocabulary=names)
    assert meaning_hash(turned) == meaning_hash(FULL)
    unordered = replace(decision, ordered=False)
    other = replace(unordered, outcomes=dict(reversed(decision.outcomes.items())))
    one, two = (meaning_hash(replace(FULL, decisions={decision.id: each})) for each in (unordered, other))
    assert one == two


def test_nothing_stated_and_stated_to_be_nothing_differ():
    outcome = first(FULL, type(next(iter(FULL.decisions["pathway"].outcomes.values()))))
    told = {
        meaning_hash(rebuilt(FULL, outcome, replace(outcome, activities=each)))
        for each in (outcome.activities, {}, None)
    }
    assert len(told) == 3


# In files

WORDS_ONLY = {
    "title": ("framework.yaml", "A version with one of everything", "Another title"),
    "publisher": ("framework.yaml", "publisher: Somebody", "publisher: Nobody"),
    "note": ("framework.yaml", "Made up for a test.", "Made up."),
    "comment": ("vocabulary.yaml", "scales:", "# words\nscales:"),
    "spaces in a condition": ("vocabulary.yaml", "all of practice", "all  of practice"),
    "title of a fact": ("vocabulary.yaml", "title: Leaders", "title: Those who lead"),
    "quotation": ("decisions/pathway.yaml", "says: usually", "says: as a rule"),
    "title of an outcome": ("decisions/pathway.yaml", "title: Light", "title: Easy"),
    "question": ("decisions/pathway.yaml", "What follows?", "What happens?"),
    "case": ("cases/rules.yaml", "all good leads to light", "good is light"),
    "note of what is open": ("decisions/pathway.yaml", "Nothing is said.", "Silence."),
}
MEANING = {
    "condition": ("decisions/pathway.yaml", "any of practice is inadequate", "any of practice is at most weak"),
    "modality": ("decisions/pathway.yaml", "modality: will", "modality: may"),
    "confidence of a rule": ("decisions/pathway.yaml", "confidence: stated\n    source: {document: paper}\n  - id: light", "confidence: derived\n    source: {document: paper}\n  - id: light"),
    "resolve": ("decisions/pathway.yaml", "resolve: first", "resolve: agree"),
    "attribute": ("decisions/pathway.yaml", "visits: 1", "visits: 3"),
    "activities": ("decisions/pathway.yaml", "{visit: 1}}", "{visit: 3}}"),
    "bounds": ("decisions/pathway.yaml", "at_most: 6", "at_most: 7"),
    "left open": ("decisions/pathway.yaml", "when: leaders is weak", "when: leaders is good"),
    "back test": ("decisions/pathway.yaml", "{between: focused_visits}", "{next: kind}"),
    "definition": ("vocabulary.yaml", "all of practice are at least good", "all of practice are outstanding"),
    "group": ("vocabulary.yaml", "members: [help, care]", "members: [help, care, leaders]"),
    "range": ("vocabulary.yaml", "[0.5, 20]", "[0.5, 21]"),
    "mapping": ("vocabulary.yaml", "good: [middle]", "good: [middle, high]"),
    "confidence of a fact": ("vocabulary.yaml", "split_from: help, confidence: derived", "split_from: help, confidence: stated"),
    "inspectors": ("activities.yaml", "at_least: 4", "at_least: 5"),
    "constraint": ("constraints.yaml", "at most 60", "at most 61"),
    "force": ("constraints.yaml", "force: usual", "force: always"),
    "invariant": ("invariants.yaml", "is: [heavy]", "is: [light]"),
    "first day": ("framework.yaml", "from: 2025-04-01", "from: 2025-04"),
    "last day": ("framework.yaml", "from: 2025-04-01, until: 2026-03", "from: 2025-04-01, until: 2026-03-31"),
    "judgement of a criterion": ("criteria.yaml", "judgement: leaders", "judgement: help"),
    "confidence of a theme": ("criteria.yaml", "families: assumed", "families: stated"),
    "time": ("deadlines.yaml", "at_most: 70", "at_most: 71"),
    "event": ("events.yaml", "recorded_as: publication", "recorded_as: last day on site"),
    "predecessor": ("framework.yaml", "replaces: before\n", ""),
}  # fmt: skip


def hashes(folder: Path) -> tuple[str, str]:
    catalogue = Catalogue(folder)
    return meaning_hash(catalogue.load("full", whole=True)), text_hash(catalogue.parts("full", whole=True)[0])


def changed(tmp_path: Path, name: str, old: str, new: str) -> tuple[str, str]:
    shutil.copytree(SEALED, tmp_path / "policies")
    file = tmp_path / "policies/full" / name
    file.write_text(put(file.read_text(), old, new))
    return hashes(tmp_path / "policies")


@pytest.mark.parametrize("change", WORDS_ONLY.values(), ids=WORDS_ONLY)
def test_words_that_only_describe_change_the_text_alone(tmp_path, change):
    meant, text = hashes(SEALED)
    assert changed(tmp_path, *change)[0] == meant
    assert hashes(tmp_path / "policies")[1] != text


@pytest.mark.parametrize("change", MEANING.values(), ids=MEANING)
def test_what_is_stated_or_behaves_changes_both(tmp_path, change):
    meant, text = hashes(SEALED)
    new = changed(tmp_path, *change)
    assert new[0] != meant
    assert new[1] != text


def test_the_status_changes_neither(tmp_path):
    assert changed(tmp_path, "framework.yaml", "status: in force", "status: superseded") == hashes(SEALED)


def test_the_seal_changes_neither(tmp_path):
    shutil.copytree(SEALED, tmp_path / "policies")
    (tmp_path / "policies/full/seal.yaml").unlink()
    assert hashes(tmp_path / "policies") == hashes(SEALED)


def test_ends_of_lines_change_neither(tmp_path):
    shutil.copytree(SEALED, tmp_path / "policies")
    for file in (tmp_path / "policies/full").rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert hashes(tmp_path / "policies") == hashes(SEALED)


def test_a_file_that_moves_or_comes_changes_the_text_alone(tmp_path):
    shutil.copytree(SEALED, tmp_path / "policies")
    cases = tmp_path / "policies/full/cases"
    (cases / "rules.yaml").rename(cases / "others.yaml")
    assert hashes(tmp_path / "policies")[0] == hashes(SEALED)[0]
    assert hashes(tmp_path / "policies")[1] != hashes(SEALED)[1]


def test_reading_it_again_gives_the_same(tmp_path):
    one, two = catalogue(tmp_path / "a").load("one"), catalogue(tmp_path / "b").load("one")
    assert canonical_json(meaning(one)) == canonical_json(meaning(two))
    assert meaning_hash(one) != meaning_hash(FULL)


def test_canonical_json_is_one_line_of_sorted_keys():
    assert canonical_json({"b": "é", "a": [1, True, None, "1.50"]}) == '{"a":[1,true,null,"1.50"],"b":"é"}'
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))
