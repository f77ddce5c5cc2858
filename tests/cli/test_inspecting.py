"""`inspections` with every one of its options, in every format."""

import csv
import json
from io import StringIO

import pytest

from comparison.small import constraint, decision, rule, write_version

FORMATS = ("text", "json", "markdown", "csv", "html")
RULES = (rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit"))
LIMIT = constraint("K-1", "heads is at most hands", confidence="derived")
ROWS = (
    "Dudley,2019-03-04,2019-03-08,2019-05-01,fine,fine",
    "Dudley,2022-03-07,2022-03-11,2022-05-01,poor,fair",
    "Leeds,2016-03-01,2016-03-05,2016-05-01,fair,fine",
    "York,,,2022-06-01,fair,fine",
    "York,2023-03-06,2023-03-10,2023-05-01,,fine",
)


def governing(first, until=""):
    return f"applies_to: {{inspections_starting: {{from: {first}{f', until: {until}' if until else ''}}}}}\n"


@pytest.fixture
def policies(tmp_path):
    """Two versions that are whole, and a draft of the second."""
    folder = tmp_path / "policies"
    write_version(folder, "late", decision(*RULES), head=governing("2021-01-01", "2029-12-31"), constraints=LIMIT)
    write_version(folder, "early", decision(*RULES), head=governing("2018-01-01", "2020-12-31"))
    (folder / "idea").mkdir()
    head = f"framework: small\nversion: idea\ntitle: A draft\nstatus: draft\nbase: late\n{governing('2030-01-01')}"
    (folder / "idea/framework.yaml").write_text(head, "utf-8")
    return folder


@pytest.fixture
def records(tmp_path):
    return write_records(tmp_path / "records.csv", ROWS)


def write_records(file, rows):
    file.write_text("\n".join(["authority,first_day,last_day,published,heads,hands", *rows, ""]), "utf-8")
    return file


@pytest.fixture
def shown(here, policies, records):
    def run(*options, form="text", file=records):
        return here("inspections", *options, "--policies", policies, "--records", file, "--format", form)

    return run


def test_every_inspection_is_resolved_or_listed_with_the_reason(shown):
    ran = shown()
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == ["Inspections by the version that governs them", ""]
    said = " ".join(ran.out.split())
    assert (
        "5 inspections of 3 authorities, records to 1 May 2023. 1 has no days on site and is selected by the day of"
        " publication. 3 resolved to the version that governs, 2 not; none inadmissible."
    ) in said
    assert [line.split() for line in lines if line.startswith(("early", "late"))] == [
        ["early", "2018-01-01", "2020-12-31", "1", "0", "0", "1", "0"],
        ["late", "2021-01-01", "2029-12-31", "2", "0", "0", "2", "0"],
    ]
    assert [line.split("   ")[-1].strip() for line in lines if line.startswith(("Leeds", "York"))] == [
        "before the first version, early", "no days on site"
    ]  # fmt: skip
    assert "late: constraint K-1 is not stated by a source but derived." in said


def test_a_draft_governs_nothing_and_is_left_out(shown):
    assert "idea" not in shown().out


def test_as_rows_there_is_one_for_each_inspection(shown):
    rows = list(csv.DictReader(StringIO(shown(form="csv").out)))
    assert [(each["authority"], each["first_day"], each["version"], each["resolved"]) for each in rows] == [
        ("Dudley", "2019-03-04", "early", "by the day it started"),
        ("Dudley", "2022-03-07", "late", "by the day it started"),
        ("Leeds", "2016-03-01", "", "not resolved"),
        ("York", "", "", "not resolved"),
        ("York", "2023-03-06", "late", "by the day it started"),
    ]
    assert [each["standing"] for each in rows] == ["admissible", "admissible", "", "", "admissible"]
    assert (rows[3]["published"], rows[3]["why_not_resolved"]) == ("2022-06-01", "no days on site")


def test_as_json_there_are_counts_and_every_inspection(shown):
    found = json.loads(shown(form="json").out)
    assert (found["inspections"], found["resolved"], found["inadmissible"]) == (5, 3, 0)
    early, late = found["versions"]
    assert (early["from"], early["until"], late["from"]) == ("2018-01-01", "2020-12-31", "2021-01-01")
    assert sum(each["inspections"] for each in found["versions"]) == found["resolved"]
    assert len(found["each"]) == 5


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("options", [(), ("--under", "late")])
def test_in_every_format(shown, form, options):
    ran = shown(*options, form=form)
    assert (ran.code, ran.err) == (0, "")
    assert "late" in ran.out
    assert ("early" in ran.out) is (options == ())


def test_what_a_version_is_only_assumed_for_counts_apart_with_the_reason(here, tmp_path, records):
    stretch = "{starting: {from: 2022-01-01, until: 2022-12-31}, because: A later text has not been read.}"
    head = f"applies_to: {{inspections_starting: {{from: 2018-01-01}}, assumed_for: [{stretch}]}}\n"
    write_version(tmp_path / "assumed", "one", decision(*RULES), head=head)
    options = ("inspections", "--policies", tmp_path / "assumed", "--records", records)
    shown = here(*options).out
    assert ["one", "2018-01-01", "3", "0", "1", "3", "0"] in [line.split() for line in shown.splitlines()]
    said = "one: assumed for 1 inspection from 1 January 2022 until 31 December 2022. A later text has not been read."
    assert said in " ".join(shown.split())
    found = json.loads(here(*options, "--format", "json").out)
    assert [each["inspection"]["periods"][0][0] for each in found["each"] if each["assumed"]] == ["2022-03-07"]


# What is inadmissible


@pytest.fixture
def planted(tmp_path):
    """The same records with one grade changed, which no constraint of its version allows."""
    return write_records(tmp_path / "planted.csv", [row.replace("poor,fair", "fine,fair") for row in ROWS])


def test_an_inadmissible_inspection_is_shown_with_the_constraint_it_breaks_and_ends_with_1(shown, planted):
    ran = shown(file=planted)
    assert (ran.code, ran.err) == (1, "")
    said = " ".join(ran.out.split())
    assert "3 resolved to the version that governs, 2 not; 1 inadmissible." in said
    (line,) = [line for line in shown(form="markdown", file=planted).out.splitlines() if line.startswith("| Dudley")]
    assert line == (
        "| Dudley | 7 March to 11 March 2022 | late | K-1 (always, derived): heads is at most hands |"
        " heads fine, hands fair |"
    )


def test_in_rows_and_json_too(shown, planted):
    ran = shown(form="csv", file=planted)
    rows = [row for row in csv.DictReader(StringIO(ran.out)) if row["standing"] == "inadmissible"]
    assert (ran.code, [(each["authority"], each["version"], each["broken"]) for each in rows]) == (
        1, [("Dudley", "late", "K-1")]
    )  # fmt: skip
    ran = shown(form="json", file=planted)
    assert ran.code == 1
    (broken,) = [each["broken"] for each in json.loads(ran.out)["each"] if each["standing"] == "inadmissible"]
    assert [(each["constraint"], each["force"], each["confidence"]) for each in broken] == [
        ("K-1", "always", "derived")
    ]
    assert broken[0]["place"].endswith("constraints.yaml:3:14")


def test_what_is_unusual_is_admissible_and_shown_and_does_not_fail(here, tmp_path, records):
    usual = constraint("K-2", "heads is fine", force="usual")
    write_version(tmp_path / "usual", "one", decision(*RULES), head=governing("2018-01-01"), constraints=usual)
    options = ("--policies", tmp_path / "usual", "--records", records)
    ran = here("inspections", *options)
    assert ran.code == 0
    assert "Flagged" in ran.out
    assert ["one", "2018-01-01", "3", "0", "0", "3", "1", "0"] in [line.split() for line in ran.out.splitlines()]
    (line,) = [line for line in here("inspections", *options, "--format", "markdown").out.splitlines() if "K-2" in line]
    assert line.startswith("| Dudley | 7 March to 11 March 2022 | one | K-2 (usual, stated): heads is fine |")


def test_only_the_inspections_selected_can_fail(shown, planted):
    assert shown("--until", "2020-12-31", file=planted).code == 0
    assert shown("--since", "2022-03-07", file=planted).code == 1
    assert shown("--since", "2022-03-08", file=planted).code == 0


# Which inspections


@pytest.mark.parametrize(
    "options, days",
    [
        ((), ["2019-03-04", "2022-03-07", "2016-03-01", "", "2023-03-06"]),
        (("--since", "2019-03-04"), ["2019-03-04", "2022-03-07", "", "2023-03-06"]),
        (("--since", "2022-06-01"), ["", "2023-03-06"]),
        (("--since", "2022-06-02"), ["2023-03-06"]),
        (("--until", "2019-03-04"), ["2019-03-04", "2016-03-01"]),
        (("--since", "2017-01-01", "--until", "2022-06-01"), ["2019-03-04", "2022-03-07", ""]),
        (("--region", "london"), None),
    ],
)
def test_by_the_day_they_began_or_that_of_the_report_where_that_is_not_known(shown, options, days):
    if days is None:
        assert shown(*options, form="csv").err == "greenpaper: no region is named `london`: there are West Midlands, Yorkshire and the Humber\n"  # fmt: skip
    else:
        rows = csv.DictReader(StringIO(shown(*options, form="csv").out))
        assert [each["first_day"] for each in rows] == days


def test_by_region(shown):
    rows = csv.DictReader(StringIO(shown("--region", "west midlands", form="csv").out))
    assert {each["authority"] for each in rows} == {"Dudley"}


@pytest.mark.parametrize(
    "options, said",
    [
        (("--since", "soon"), "`soon` is not a day"),
        (("--since", "2030-01-01"), "no inspection meets the selection"),
        (("--under", "lat"), "no version is named `lat`: did you mean `late`?"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_printed(here, policies, records, options, said):
    assert said in here.refused("inspections", *options, "--policies", policies, "--records", records)


def test_versions_of_which_none_says_what_it_governs_are_refused(here, tmp_path, records):
    write_version(tmp_path / "other", "one", decision(*RULES))
    said = here.refused("inspections", "--policies", tmp_path / "other", "--records", records)
    assert "no version in `" in said
    assert "says which inspections it governs" in said


# Under versions asked of all of them


def test_under_a_version_the_rules_that_apply_are_counted_and_those_without_days_apart(shown):
    ran = shown("--under", "late")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Inspections under late\n\n")
    assert [line.split() for line in ran.out.splitlines() if line.startswith(("good", "bad", "none", "not", "all"))] == [
        ["good", "1", "0", "1"], ["bad", "2", "1", "3"], ["none", "0", "0", "0"], ["not", "known", "1", "0", "1"],
        ["all", "4", "1", "5"],
    ]  # fmt: skip


def test_under_a_version_nothing_fails_and_what_it_excludes_is_told(shown, planted):
    ran = shown("--under", "late", file=planted)
    assert ran.code == 0
    assert "The constraints of late exclude what is known of 1; its rules are asked all the same." in ran.out


def test_under_two_versions_what_is_the_same_is_counted(shown, policies):
    write_version(policies, "other", decision(RULES[0], rule("bad", "heads is at most fair", "call")))
    found = json.loads(shown("--under", "late", "--under", "early", "--under", "other", form="json").out)
    assert [
        (each["from"], each["to"], *(each[name]["inspections"] for name in ("the same", "different", "not comparable")))
        for each in found["compared"]
    ] == [("late", "early", 4, 0, 1), ("late", "other", 1, 3, 1)]
    assert [each["different"]["without_days"] for each in found["compared"]] == [0, 1]


def test_under_versions_as_rows(shown):
    rows = list(csv.DictReader(StringIO(shown("--under", "late", "--under", "early", form="csv").out)))
    assert len(rows) == 10
    assert [(each["version"], each["rules_that_apply"], each["outcome"]) for each in rows if each["authority"] == "York"] == [
        ("late", "bad", "visit"), ("late", "not known", ""), ("early", "bad", "visit"), ("early", "not known", "")
    ]  # fmt: skip
