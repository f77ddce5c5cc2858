"""`project` with every one of its options."""

import csv
import json
from io import StringIO

import pytest

from cli.running import run
from comparison.small import write_version
from comparison.test_coming_years import ACTS, follow_up

FORMATS = ("text", "json", "markdown", "csv", "html")
FEW = ("--years", "2027..2028", "--draws", "40")


@pytest.fixture
def policies(tmp_path):
    """Two versions that differ in what follows; one that says nothing."""
    folder = tmp_path / "policies"
    for name, text in (("one", follow_up()), ("two", follow_up(letter="{call: 1, stay: 1}"))):
        (write_version(folder, name, text) / "activities.yaml").write_text(ACTS, "utf-8")
    write_version(folder, "silent", follow_up(visit="", letter=""))
    return folder


@pytest.fixture
def records(tmp_path):
    """Two authorities with two inspections each, and one with a value that cannot be used."""
    file = tmp_path / "records.csv"
    file.write_text(
        "authority,first_day,last_day,published,heads\n"
        "Dudley,2020-01-06,2020-01-10,2020-03-01,fine\nDudley,2023-02-06,2023-02-10,2023-04-01,fair\n"
        "Leeds,2020-05-04,2020-05-08,2020-07-01,fair\nLeeds,2023-06-05,2023-06-09,2023-08-01,fine\n"
        "York,2024-05-06,2024-05-10,2024-07-01,fyne\n",
        "utf-8",
    )
    return file


@pytest.fixture
def draw(here, policies, records):
    def command(*arguments):
        return here("project", *arguments, "--policies", policies, "--records", records)

    return command


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def test_shipped_versions_are_projected_and_everything_assumed_is_said():
    ran = run("project", "2025", "2027-draft", *FEW)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Coming years of 2025 and 2027-draft (illustrative)\n")
    assert "Change of inspector days, 2025 to 2027-draft (illustrative)" in ran.out
    assumed = ran.out.partition("What is assumed")[2].partition("What is drawn from")[0]
    assert assumed.count("(assumed)") == assumed.count("\n  - ") == 9
    assert "illustrative\n" in ran.out


@pytest.mark.parametrize("form", FORMATS)
def test_project_in_every_format(draw, form):
    ran = draw("one", "two", "--years", "2025..2027", "--draws", "30", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "stay" in ran.out.lower()
    assert "assumed" in ran.out


def test_the_same_seed_prints_the_same_bytes_and_another_one_others(draw):
    same = [draw("one", "two", "--years", "2025..2030", "--draws", "30", "--format", "json").out for _ in range(2)]
    assert same[0] == same[1]
    assert (
        draw("one", "two", "--years", "2025..2030", "--draws", "30", "--format", "json", "--seed", "2").out != same[0]
    )


def test_numbers_in_csv_and_json_are_the_same(draw):
    asked = ("one", "two", "--years", "2025..2026", "--draws", "30")
    found = json.loads(draw(*asked, "--format", "json").out)
    table = rows(draw(*asked, "--format", "csv").out)
    assert len(table) == 2 * 2 * 3
    for row in table:
        decision = found["decisions"][row["decision"]]
        version, place = decision["versions"][row["version"]], int(row["year"]) - 2025
        load = version["activities"][row["activity"]] if row["activity"] else version["all"]
        assert float(row["visits_median"]) == float(load["visits"][place]["median"])
        assert float(row["inspector_days_p95"]) == float(load["inspector_days"][place]["p95"])
        if row["compared_with"]:
            change = decision["changes"][0]
            more = change["activities"][row["activity"]] if row["activity"] else change["all"]
            assert float(row["change_visits_p5"]) == float(more["visits"][place]["p5"])
    assert found["seed"] == 1
    assert {each["confidence"] for each in found["assumptions"]} == {"assumed"}
    assert found["unusable"] == [
        {"authority": "York", "fact": "heads", "given": "fyne", "reason": found["unusable"][0]["reason"]}
    ]


def test_without_years_the_next_four_are_drawn(draw):
    assert json.loads(draw("one", "--draws", "5", "--format", "json").out)["years"] == [2025, 2026, 2027, 2028]


def test_a_region_is_followed_and_drawn_from_everybody(here):
    ran = here("project", "2026", *FEW, "--region", "north east", "--format", "json")
    found = json.loads(ran.out)
    assert found["authorities"] == 12
    assert found["decisions"]["pathway"]["versions"]["2026"]["basis"]["pairs"] > 100


def test_since_draws_from_later_inspections(here):
    ran = here("project", "2026", *FEW, "--since", "2021-06-01")
    assert "began on 1 June 2021 or later" in ran.out
    assert "began before 1 June 2021" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    "asked, said",
    [
        (["--years", "soon"], "`soon` is no year"),
        (["--years", "2028..2026"], "ends before it begins"),
        (["--years", "2024"], "2024 has begun on the day of the records, 2024-07-01"),
        (["--years", "2030..2099"], "2099 is too far off"),
        (["--years", ""], "it is empty"),
        (["--draws", "0"], "`--draws` is 0"),
        (["--draws", "100000000"], "`--draws` is 100000000"),
        (["--draws", "many"], "valid integer"),
        (["--seed", "-1"], "`--seed` is -1"),
        (["--since", "June"], "`June` is not a day"),
        (["--since", "2024-01-01"], "no inspection that follows another, of those since 2024-01-01, is complete"),
        (["--region", "Nowhere"], "no region is named"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_line(here, policies, records, asked, said):
    err = here.refused("project", "one", *asked, "--policies", policies, "--records", records)
    assert said in " ".join(err.split())
    assert len(err.splitlines()) <= 6


def test_versions_that_say_nothing_of_workload_are_refused(here, policies, records):
    err = here.refused("project", "silent", "--policies", policies, "--records", records)
    assert "no version says what follows" in err


def test_records_without_a_day_are_refused(here, policies, tmp_path):
    file = tmp_path / "undated.csv"
    file.write_text("authority,heads\nDudley,fine\n", "utf-8")
    assert "no record has a day" in here.refused("project", "one", "--policies", policies, "--records", file)
