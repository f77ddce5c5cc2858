"""Consecutive versions differ only where differences.yaml says so, and why; and wherever it says so."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from greenpaper.comparison.behaviour import behaviours
from greenpaper.comparison.structure import Change, Kind, compare_structure
from greenpaper.framework.catalogue import Catalogue

CATALOGUE = Catalogue(Path(__file__).parents[2] / "policies")
PAIRS = {tuple(each["between"]): each["expected"] for each in yaml.safe_load(Path(__file__).with_name("differences.yaml").read_text("utf-8"))}  # fmt: skip

EVIDENCE = ("framework/sources/", "open_questions/", "explained/")
EVIDENCE_KEY = re.compile(r"(^|/)(source(/.*)?|note|because)$")

Entry = dict[str, Any]
Difference = tuple[str, str, str]
"""The kind of a change, its address, and the key that differs; no key for what was added, removed or moved."""


def differences(before: str, after: str) -> list[Difference]:
    found = compare_structure(CATALOGUE.composed(before), CATALOGUE.composed(after))
    changes = [change for change in found.changes if not change.address.startswith(EVIDENCE)]
    return [each for change in changes for each in taken_apart(change)]


def taken_apart(change: Change) -> Iterator[Difference]:
    if change.kind is not Kind.CHANGED:
        yield change.kind.value, change.address, ""
        return
    for key in change.keys:
        if not EVIDENCE_KEY.search(key.key):
            yield "changed", change.address, key.key


def listed(entries: Sequence[Entry]) -> list[Difference]:
    """The patterns of the table."""
    found = [(kind, address, "") for each in entries for kind in ("added", "removed") for address in each.get(kind, ())]
    changed = [item for each in entries for item in each.get("changed", {}).items()]
    return [*found, *(("changed", address, key) for address, keys in changed for key in keys)]


def is_like(pattern: Difference, difference: Difference) -> bool:
    return all(fnmatchcase(said, wanted) for wanted, said in zip(pattern, difference, strict=True))


def unexpected(found: Sequence[Difference], patterns: Sequence[Difference]) -> list[Difference]:
    return [each for each in found if not any(is_like(pattern, each) for pattern in patterns)]


pairs = pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)


@pairs
def test_two_versions_differ_only_where_it_is_said(pair):
    assert unexpected(differences(*pair), listed(PAIRS[pair])) == []


@pairs
def test_where_it_is_said_they_do_differ(pair):
    found = differences(*pair)
    assert [pattern for pattern in listed(PAIRS[pair]) if not any(is_like(pattern, each) for each in found)] == []


@pairs
def test_a_difference_that_is_not_listed_is_found(pair):
    found, entries = differences(*pair), PAIRS[pair]
    for left_out in entries:
        assert unexpected(found, listed([each for each in entries if each is not left_out]))


@pairs
def test_every_entry_says_why(pair):
    assert all(each["because"].strip() for each in PAIRS[pair])


def test_the_pairs_are_each_version_and_the_one_that_it_replaces():
    whole = [version for version, head in CATALOGUE.heads.items() if not head.base]
    assert list(PAIRS) == list(pairwise(whole))
    assert [CATALOGUE.load(version).replaces for version in whole] == ["", *whole[:-1]]


@pytest.mark.parametrize(("before", "after"), [("2023", "2024-04"), ("2024-04", "2025")])
def test_these_give_the_same_answers(before, after):
    assert behaviours(CATALOGUE.load(before), CATALOGUE.load(after)).is_same


def test_2018_and_2018_09_differ_in_what_follows_where_the_overall_grade_is_inadequate():
    [decision] = behaviours(CATALOGUE.load("2018"), CATALOGUE.load("2018-09")).decisions
    [change] = decision.changes
    assert change.became.before.outcomes == ("monitoring_then_single_framework",)
    assert [each.outcomes for each in change.became.after] == [("monitoring",)]
    assert change.witness
    assert 0 < change.situations < decision.situations


@pytest.mark.parametrize("pair", [("2023", "2024-04")], ids=" to ".join)
def test_april_2024_renames_one_heading_and_says_which_were_added_to(pair):
    before, after = (CATALOGUE.load(version, whole=True).criteria for version in pair)
    renamed = {name for name in before if before[name].title != after[name].title}
    added = {
        name: {each.id for each in after[name].topics} - {each.id for each in before[name].topics} for name in before
    }
    assert before.keys() == after.keys()
    assert renamed == {"HP-4"}
    assert {name: topics for name, topics in added.items() if topics} == {
        "LEAD-1": {"corporate_parenting", "partners"},
        "LEAD-4": {"early_career"},
        "HP-4": {"family_networks", "wishes_and_feelings"},
        "HP-5": {"attendance"},
        "CIC-1": {"family_networks"},
        "CIC-2": {"family_networks"},
        "CIC-6": {"family_networks"},
    }
