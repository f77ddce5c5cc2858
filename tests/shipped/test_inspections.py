"""All inspections since 2018 under the versions that govern them, and the figures that are known of them otherwise."""

import csv
import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from cli.running import Here
from greenpaper.comparison.applying import Accord, under
from greenpaper.comparison.inspections import Resolution, Standing, inspect
from greenpaper.framework.catalogue import Catalogue
from greenpaper.records.record import Record
from greenpaper.records.tables import load_records

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue(ROOT / "policies")
RECORDS = load_records(ROOT / "authorities")
SINCE = date(2023, 1, 1)


def since_2023(*, without_days: bool) -> list[Record]:
    days = [
        (each, each.inspection.started or (each.inspection.published if without_days else None))
        for each in RECORDS.inspections
    ]
    return [each for each, day in days if day and day >= SINCE]


@pytest.fixture
def here(monkeypatch, capsys):
    return Here(monkeypatch, capsys)


@pytest.fixture(scope="module")
def inspected():
    whole = [CATALOGUE.load(version) for version, head in CATALOGUE.heads.items() if not head.base]
    return inspect([each for each in whole if each.starts], RECORDS.inspections, elsewhere=CATALOGUE.all_facts)


# Under the version that governs


def test_every_inspection_is_resolved_or_has_a_reason_and_none_is_inadmissible(inspected):
    assert len(inspected.checked) == len(RECORDS.inspections) == 321
    assert sum(len(each.inspections) for each in inspected.governed) + len(inspected.not_resolved) == 321
    assert all(each.why for each in inspected.not_resolved)
    assert inspected.inadmissible == ()
    assert inspected.unusable == ()


def test_each_is_resolved_to_a_version_that_governs_or_may_govern_the_day(inspected):
    for each in inspected.checked:
        resolved, day = each.resolved, each.resolved.record.inspection.started
        if resolved.framework:
            surely = resolved.how is Resolution.BY_DAY
            assert resolved.framework.governs(day) in ((True,) if surely else (True, None))
        else:
            assert day is None or [other.governs(day) for other in inspected.frameworks].count(True) == 0


def test_the_three_without_days_are_the_only_ones_for_that_reason(inspected):
    names = [each.record.authority.name for each in inspected.not_resolved if each.why == "no days on site"]
    assert names == ["Brighton and Hove", "Nottingham", "Redcar and Cleveland"]


def test_judgements_are_those_of_the_version_for_every_inspection(inspected):
    """Children in care and care leavers apart since January 2023, no overall grade since April 2026."""
    for each in inspected.checked:
        version, day = each.resolved.framework, each.resolved.record.inspection.started
        if version:
            assert ("care_leavers" in version.vocabulary.facts) is (day >= SINCE)
            assert ("overall" in version.vocabulary.facts) is (day < date(2026, 4, 1))


GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


@pytest.mark.parametrize(
    "authority, day", [("Dudley", "2022-10-31"), ("Bedford", "2025-07-14"), ("Rochdale", "2023-01-23")]
)
def test_a_planted_grade_that_cannot_have_been_is_found(here, tmp_path, authority, day):
    """Outstanding overall with inadequate leaders: no version with an overall grade allows that."""
    folder = tmp_path / "authorities"
    shutil.copytree(ROOT / "authorities", folder)
    file = folder / "inspections.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    (row,) = [row for row in rows if row["authority"] == authority and row["first_day"] == day]
    row["overall"], row["leaders"] = "outstanding", "inadequate"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, row.keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    ran = here("inspections", "--records", folder, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["inadmissible"]) == (1, 1)
    (wrong,) = [each for each in found["each"] if each["standing"] == Standing.INADMISSIBLE]
    assert (wrong["authority"], wrong["inspection"]["periods"][0][0]) == (authority, day)
    assert "OE-3" in [each["constraint"] for each in wrong["broken"]]
    assert here("inspections", "--format", "json").code == 0


# Under versions asked of all of them


def applied(records: list[Record]) -> dict[tuple[str, ...] | None, int]:
    framework = CATALOGUE.load("2026")
    asked = under([framework], records, elsewhere=CATALOGUE.all_facts)
    by_rules = asked.versions[0].by_rules(framework.decisions["pathway"])
    return {names: len(found) for names, found in by_rules.items()}


def test_the_rules_of_2026_that_apply_to_the_inspections_since_2023():
    assert applied(since_2023(without_days=False)) == {
        ("light",): 117, ("intensive",): 26, ("monitoring",): 7, ("monitoring", "intensive"): 5, (): 0, None: 0
    }  # fmt: skip


def test_with_the_one_that_is_dated_by_its_report_there_is_one_more_light():
    assert applied(since_2023(without_days=True)) == {
        ("light",): 118, ("intensive",): 26, ("monitoring",): 7, ("monitoring", "intensive"): 5, (): 0, None: 0
    }  # fmt: skip


@pytest.mark.parametrize("without_days, known", [(False, 144), (True, 145)])
def test_wherever_there_is_an_overall_grade_2026_has_the_pathway_of_2025(without_days, known):
    records = since_2023(without_days=without_days)
    (compared,) = under(
        [CATALOGUE.load("2026"), CATALOGUE.load("2025")], records, elsewhere=CATALOGUE.all_facts
    ).compared
    graded = [each for each in records if each.cells["overall"] in GRADES]
    assert list(compared.inspections[Accord.SAME]) == graded
    assert len(graded) == known
    assert compared.inspections[Accord.DIFFERENT] == ()
    rest = [*compared.inspections[Accord.SAME_WHATEVER], *compared.inspections[Accord.NOT_COMPARABLE]]
    assert len(rest) == len(records) - known == 11


def test_the_command_prints_these_figures(here):
    ran = here("inspections", "--since", "2023-01-01", "--under", "2026", "--under", "2025")
    lines = [line.split("  ") for line in ran.out.splitlines()]
    table = {line[0]: [int(cell) for cell in line[1:] if cell.strip()] for line in lines if line[-1].strip().isdigit()}
    assert (ran.code, ran.err) == (0, "")
    assert table["light"] == [117, 1, 118]
    assert table["monitoring and intensive"] == [5, 0, 5]
    assert table["all"] == [155, 1, 156]
    assert table["the same"] == [144, 1, 145]
    assert table["different"] == [0, 0, 0]
    rows = list(csv.DictReader(StringIO(here("inspections", "--since", "2023-01-01", "--format", "csv").out)))
    assert [each["authority"] for each in rows if not each["first_day"]] == ["Brighton and Hove"]
    assert len(rows) == 156
