"""A seal holds what a version was, says what is no longer so, and is written so that it can be read."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from framework.small import DRAFT, FILES, FRAMEWORK, ONE, catalogue, codes, put
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.meaning import FORMAT, canonical_json, meaning
from greenpaper.framework.parts import read_parts
from greenpaper.framework.seal import (
    Erratum,
    Hashes,
    Seal,
    Standing,
    check_seal,
    hashes_of,
    seal_of,
    standing,
)
from greenpaper.framework.written_out import seal_text

SEALED = Path(__file__).parent / "sealed"
A, B, C = Hashes("a" * 64, "1" * 64), Hashes("a" * 64, "2" * 64), Hashes("b" * 64, "3" * 64)
DAY = date(2026, 1, 2)
SEAL = Seal(FORMAT, "in force", DAY, A)


def test_the_sealed_version_in_this_folder_is_as_it_was_sealed():
    """Where this fails and no file in `sealed` changed, what is hashed has changed: that needs another FORMAT."""
    catalogue = Catalogue(SEALED)
    framework, parts = catalogue.load("full", whole=True), catalogue.parts("full", whole=True)[0]
    assert standing(seal_of(parts)[0], hashes_of(framework, parts)) is Standing.UNCHANGED, canonical_json(
        meaning(framework)
    )
    assert catalogue.check("full")[1] == ()


@pytest.mark.parametrize(
    "seal, now, expected",
    [
        (None, A, Standing.NOT_SEALED),
        (SEAL, A, Standing.UNCHANGED),
        (SEAL, B, Standing.TEXT_CHANGED),
        (SEAL, C, Standing.MEANING_CHANGED),
        (replace(SEAL, format=FORMAT + 1), A, Standing.UNKNOWN_FORMAT),
        (replace(SEAL, errata=(Erratum(DAY, "why", C),)), C, Standing.UNCHANGED),
        (replace(SEAL, errata=(Erratum(DAY, "why", C),)), A, Standing.MEANING_CHANGED),
        (replace(SEAL, errata=(Erratum(DAY, "why", C), Erratum(DAY, "back", A))), A, Standing.UNCHANGED),
    ],
)
def test_how_a_version_stands_to_its_seal(seal, now, expected):
    assert standing(seal, now) is expected


@pytest.mark.parametrize(
    "because",
    [
        "it was wrong",
        "it's: `so`",
        "# no comment",
        "- [x] {y}",
        "'",
        "''quoted''",
        "&a *b !c %d @e",
        "é — “”",
        "null",
        "1",
    ],
)
def test_what_is_written_is_read_again(tmp_path, because):
    seal = replace(SEAL, errata=(Erratum(DAY, because, B), Erratum(date(2026, 3, 4), "again", C)))
    text = seal_text(seal)
    (tmp_path / "seal.yaml").write_text(text, "utf-8")
    assert seal_of(read_parts(tmp_path)[0]) == (seal, ())


def sealed(folder, **changes):
    """The small version `one` with a seal of its own, whose fields may be others."""
    made = catalogue(folder, ONE)
    framework, parts = made.load("one"), made.parts("one", whole=True)[0]
    seal = replace(Seal(FORMAT, framework.status, DAY, hashes_of(framework, parts)), **changes)
    (folder / "one/seal.yaml").write_text(seal_text(seal), "utf-8")
    return Catalogue(folder)


def test_a_version_that_is_as_it_was_sealed_has_no_problem(tmp_path):
    framework, found = sealed(tmp_path).check("one")
    assert framework
    assert found == ()


def test_a_change_is_a_problem_at_the_hash_that_differs(tmp_path):
    sealed(tmp_path)
    rules = tmp_path / "one/decisions/pathway.yaml"
    rules.write_text(put(rules.read_text(), "any of practice is inadequate", "any of practice is at most weak"))
    framework, (found,) = Catalogue(tmp_path).check("one")
    assert framework is None
    assert found.code == "changed-since-sealed"
    assert found.message == "the meaning of `one` changed since this was written"
    assert found.span.position.line == 6
    assert "--erratum" in found.help
    assert Catalogue(tmp_path).load("one")


def test_after_an_erratum_the_problem_is_at_the_erratum(tmp_path):
    now = sealed(tmp_path)
    seal, _ = seal_of(now.parts("one", whole=True)[0])
    (tmp_path / "one/seal.yaml").write_text(seal_text(replace(seal, errata=(Erratum(DAY, "why", C),))))
    (found,) = Catalogue(tmp_path).check("one")[1]
    assert (found.code, found.span.position.line) == ("changed-since-sealed", 11)


def test_an_unknown_form_is_a_problem(tmp_path):
    assert codes(sealed(tmp_path, format=FORMAT + 1).check("one")[1]) == ["unknown-seal-format"]


def test_a_status_that_cannot_follow_is_a_problem_with_both_places(tmp_path):
    sealed(tmp_path)
    (tmp_path / "one/framework.yaml").write_text(put(FRAMEWORK, "in force", "superseded"))
    assert Catalogue(tmp_path).check("one")[1] == ()
    (tmp_path / "one/framework.yaml").write_text(put(FRAMEWORK, "in force", "draft"))
    (found,) = Catalogue(tmp_path).check("one")[1]
    assert found.code == "no-such-step"
    assert [Path(label.span.source.name).name for label in found.labels] == ["framework.yaml", "seal.yaml"]


def test_a_seal_of_another_shape_is_a_problem(tmp_path):
    sealed(tmp_path)
    file = tmp_path / "one/seal.yaml"
    file.write_text(put(file.read_text(), "status: in force", "status: draft"))
    assert codes(Catalogue(tmp_path).check("one")[1]) == ["not-a-choice"]


def test_a_version_without_a_seal_has_no_problem(tmp_path):
    made = catalogue(tmp_path, ONE)
    assert check_seal(made.load("one"), made.parts("one", whole=True)[0]) == ()


def test_a_draft_that_was_decided_on_can_be_sealed_too(tmp_path):
    small = catalogue(tmp_path, FILES | {"two/framework.yaml": DRAFT.replace("status: draft", "status: superseded")})
    now = hashes_of(small.load("two", whole=True), small.parts("two", whole=True)[0])
    (tmp_path / "two/seal.yaml").write_text(seal_text(Seal(FORMAT, "superseded", DAY, now)), "utf-8")
    assert Catalogue(tmp_path).check("two")[1] == ()
    (tmp_path / "two/seal.yaml").write_text(seal_text(Seal(FORMAT, "superseded", DAY, A)), "utf-8")
    assert codes(Catalogue(tmp_path).check("two")[1]) == ["changed-since-sealed"]
