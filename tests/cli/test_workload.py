"""`workload` with every one of its options."""

import csv
import json
from io import StringIO

import pytest

from cli.running import run
from comparison.small import FACTS, decision, write_version
from comparison.test_workload import ACTS, CALL_AND_STAY, ONE_STAY, RULES, told

FORMATS = ("text", "json", "markdown", "csv", "html")


@pytest.fixture
def policies(tmp_path):
    """Two versions, of which the second adds a call; one that says nothing; one in other words."""
    folder = tmp_path / "policies"
    for name, visit in (("one", ONE_STAY), ("two", CALL_AND_STAY)):
        (write_version(folder, name, told(visit, ONE_STAY)) / "activities.yaml").write_text(ACTS, "utf-8")
    write_version(folder, "silent", decision(*RULES))
    other = write_version(
        folder, "other", told(ONE_STAY, ""), vocabulary=FACTS.replace("poor, fair", "weak, poor, fair")
    )
    (other / "activities.yaml").write_text(ACTS, "utf-8")
    return folder


@pytest.fixture
def records(tmp_path):
    """Four authorities in two regions, one with a fact that is not known and one that no version can use."""
    file = tmp_path / "records.csv"
    file.write_text(
        "authority,published,heads\nDudley,2026-05-01,fine\nLeeds,2026-06-01,fair\nYork,2026-05-30,\nHull,2026-05-30,fyne\n",
        "utf-8",
    )
    return file


@pytest.fixture
def add_up(here, policies, records):
    def command(*arguments):
        return here("workload", *arguments, "--policies", policies, "--records", records)

    return command


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def total(text, version, region="all"):
    (row,) = [
        each for each in rows(text) if (each["version"], each["region"], each["activity"]) == (version, region, "")
    ]
    return row


def test_workload_of_two_shipped_versions_is_added_up_and_says_what_it_rests_on():
    ran = run("workload", "2025", "2026")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Workload of 2025 and 2026\n")
    assert "4536 to 6720   assumed" in ran.out
    assert "-48 to +16   assumed" in ran.out
    assert "2025: Short inspection, inspectors: 4 to 6 (stated)." in ran.out
    assert "Monitoring visit 1 to 6 (assumed)." in ran.out


def test_workload_without_versions_takes_those_that_are_not_superseded(here):
    ran = here("workload", "--format", "csv")
    assert {row["version"] for row in rows(ran.out)} == {"2026", "2027-draft"}


@pytest.mark.parametrize("form", FORMATS)
def test_workload_in_every_format(add_up, form):
    ran = add_up("one", "two", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "stay" in ran.out.lower()
    assert "stated" in ran.out.lower()


def test_a_row_for_each_version_region_and_activity(add_up):
    ran = add_up("one", "two", "--by", "region", "--format", "csv")
    found = [(row["version"], row["region"], row["activity"]) for row in rows(ran.out)]
    assert found[:5] == [
        ("one", "all", "stay"),
        ("one", "all", ""),
        ("two", "all", "call"),
        ("two", "all", "stay"),
        ("two", "all", ""),
    ]
    assert {region for _, region, _ in found} == {"all", "West Midlands", "Yorkshire and the Humber"}
    yorkshire = total(ran.out, "two", "Yorkshire and the Humber")
    assert (yorkshire["stated"], yorkshire["undetermined"]) == ("1", "2")
    assert (yorkshire["inspector_days_least"], yorkshire["inspector_days_most"]) == ("28", "48")
    changed = (yorkshire["change_inspector_days_least"], yorkshire["change_inspector_days_most"])
    assert (yorkshire["compared_with"], *changed, yorkshire["change_confidence"]) == ("one", "4", "12", "stated")


def test_fewer_days_are_a_number_in_csv_too(add_up):
    assert total(add_up("two", "one", "--format", "csv").out, "one")["change_inspector_days_least"] == "-12"


def test_json_has_every_standing_amount_and_value_that_could_not_be_used(add_up):
    found = json.loads(add_up("one", "two", "--format", "json").out)
    (area,) = found["decisions"]["follow_up"]
    assert area["versions"]["one"]["authorities"]["undetermined"] == 2
    assert area["versions"]["two"]["all"]["inspector_days"] == {"least": 36, "most": 60}
    assert area["changes"][0]["all"]["inspector_days"] == {"least": 4, "most": 12}
    stay = found["versions"][0]["activities"]["stay"]
    assert stay["inspectors"] == {"least": 4, "most": 6, "confidence": "stated", "note": None, "source": None}
    assert found["versions"][0]["follows"]["follow_up"] == {
        "visit": {"stay": {"least": 1, "most": 1, "confidence": None, "note": None, "source": None}},
        "call": None,
        "letter": {"stay": {"least": 1, "most": 1, "confidence": None, "note": None, "source": None}},
    }
    assert [each["given"] for each in found["unusable"]] == ["fyne"]


@pytest.mark.parametrize(
    "options, counted",
    [
        (["--region", "West Midlands"], "1"),
        (["--where", "heads is at most fair"], "1"),
        (["--where", "heads is known"], "2"),
        (["--as-of", "2026-08-01"], "4"),
    ],
)
def test_records_are_selected(add_up, options, counted):
    assert total(add_up("one", "--format", "csv", *options).out, "one")["authorities"] == counted


def test_what_cannot_be_counted_or_compared_is_said(add_up):
    ran = add_up("one", "silent", "other")
    assert "one to silent: the change is not stated for 4 authorities, counted for 0." in ran.out
    assert "one to other: not comparable, because the two versions judge heads differently" in ran.out
    assert "Not counted: what the outcome takes is not stated" in ran.out
    assert "Not counted: undetermined, and not stated of every possible answer" in ran.out
    assert "silent: A visit: what it takes is not stated" in ran.out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["silent"], "no version says what follows from its outcomes: add `activities` to them"),
        (["one", "--by", "county"], "county"),
        (["one", "--region", "Yorkshire"], "no region is named `Yorkshire`"),
        (["onne"], "did you mean `one`?"),
        (["one", "--options"], "`one` has no options to choose between"),
        (["--options"], "name it, such as 2027-draft"),
        (["one", "--options", "--by", "region"], "choose one of them"),
        (["one", "two", "--options"], "`--options` is about one version"),
        (["one", "--as-of", "soon"], "`soon` is not a day"),
    ],
)
def test_what_cannot_be_added_up_says_what_to_do(add_up, arguments, said):
    ran = add_up(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


DRAFT = "framework: small\nversion: draft\ntitle: A draft\nstatus: draft\nbase: one\n"
PROPOSAL = """\
proposal: more
title: Whether a call is added
confidence: illustrative
preferred: without
options:
  without: {title: No call}
  with:
    title: A call
    edits:
      - replace: activities/call/days_on_site/number
        with: 3
      - add_to: decisions/follow_up/outcomes/visit/activities
        entry: {call: 1}
"""


def test_every_combination_of_options_is_a_row_against_the_base(add_up, policies):
    (policies / "draft/proposals").mkdir(parents=True)
    (policies / "draft/framework.yaml").write_text(DRAFT, "utf-8")
    (policies / "draft/proposals/more.yaml").write_text(PROPOSAL, "utf-8")
    ran = add_up("draft", "--options")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Workload of draft (illustrative) with every combination of options\n")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["#1", "without"] in lines
    assert ["#2", "with"] in lines
    assert ["one", "2", "2", "4", "32", "to", "48", "stated"] in lines
    assert ["#2", "2", "2", "5", "to", "7", "38", "to", "66", "+6", "to", "+18", "illustrative"] in lines
    as_rows = add_up("draft", "--options", "--format", "csv").out
    assert total(as_rows, "draft+more=with")["change_inspector_days_most"] == "18"
    refused = add_up("draft+more=with", "--options")
    assert (refused.code, refused.out) == (2, "")
    assert "name `draft` without any" in refused.err
