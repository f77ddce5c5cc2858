"""Every command with every one of its options: the ordinary way, and what it prints."""

import csv
import json
import re
from io import StringIO

import pytest

from cli.running import ROOT, run
from comparison.small import constraint, decision, rule, write_version
from greenpaper.cli.app import app
from greenpaper.cli.manual import problems
from records.raw import lay_out

FORMATS = ("text", "json", "markdown", "csv", "html")
SUFFIXES = {"html": "<!doctype html>", "md": "# Comparison", "csv": "code,authority", "json": "{", "txt": "Comparison"}
GOOD = rule("good", "heads is fine", "letter")
BAD = rule("bad", "heads is at most fair", "visit")


@pytest.fixture
def policies(tmp_path):
    """Two small versions that differ in one rule, with a case each."""
    folder = tmp_path / "policies"
    case = "  - {name: fine heads, given: {heads: fine}, expect: {follow_up: letter}}\n"
    write_version(folder, "one", decision(GOOD, BAD), cases=case)
    write_version(folder, "two", decision(GOOD, rule("bad", "heads is at most fair", "call")), cases=case)
    return folder


@pytest.fixture
def records(tmp_path):
    """Three authorities in a file of their own, one of them with a fact that is not known."""
    file = tmp_path / "records.csv"
    file.write_text(
        "authority,published,heads\nDudley,2026-05-01,fine\nLeeds,2026-06-01,fair\nYork,2026-05-30,\n", "utf-8"
    )
    return file


def answers(text):
    """Authority → answer, of a printed CSV."""
    return {row["authority"]: row["outcome"] or row["possible"] for row in csv.DictReader(StringIO(text))}


def test_every_command_has_a_test_here(here):
    commands = {each.name or each.callback.__name__ for each in app.registered_commands}
    assert commands == {
        "check",
        "test",
        "explain",
        "evaluate",
        "compare",
        "backtest",
        "inspections",
        "read",
        "diff",
        "import",
        "versions",
        "problem",
        "schema",
        "workload",
        "options",
        "consultation",
        "responses",
        "log",
        "freeze",
        "verify",
        "new",
        "consolidate",
        "sources",
        "timeline",
        "project",
    }
    for command in commands:
        shown = here(command, "--help")
        assert (shown.code, shown.err) == (0, "")
        assert re.match(rf"Usage: .*greenpaper {command} ", shown.out)


# check


def test_check_of_a_shipped_version_prints_its_findings_and_ends_with_0():
    ran = run("check", "2026")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("2026: 0 errors, 0 warnings, 6 notes\n")


def test_check_without_versions_takes_all_that_are_not_superseded(here):
    ran = here("check")
    assert ran.code == 0
    assert re.findall(r"^(\S+): \d+ errors", ran.out, re.MULTILINE) == ["2026", "2027-draft"]


def test_check_ends_with_1_for_a_warning_unless_only_errors_fail_it(here, tmp_path):
    write_version(tmp_path, "gap", decision(GOOD))
    ran = here("check", "gap", "--policies", tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert "warning[nothing-applies]: 2 of 3 sets of grades have no answer to: What follows?" in ran.out
    assert here("check", "gap", "--policies", tmp_path, "--fail-on", "error").code == 0
    assert here("check", "gap", "--policies", tmp_path, "--fail-on", "warning").code == 1


def test_check_prints_every_error_of_a_version_and_ends_with_1(here, tmp_path):
    write_version(tmp_path, "wrong", decision(rule("good", "head is fine", "leter")))
    ran = here("check", "wrong", "--policies", tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert "error[unknown-fact]" in ran.out
    assert "did you mean `heads`?" in ran.out
    assert "error[unknown-outcome]" in ran.out
    assert ran.out.endswith("wrong: 2 errors, 0 warnings, 0 notes\n")


def test_check_as_json_has_findings_and_counts(here, tmp_path):
    write_version(tmp_path, "gap", decision(GOOD))
    ran = here("check", "gap", "--policies", tmp_path, "--format", "json")
    (found,) = json.loads(ran.out)
    assert found["version"] == "gap"
    *unused, gap = sorted(found["findings"], key=lambda each: each["code"])
    assert {each["code"] for each in unused} == {"never-used"}
    assert (gap["severity"], gap["code"], gap["about"]) == ("warning", "nothing-applies", "decisions/follow_up")
    assert (gap["count"], gap["witness"], gap["explained"]) == (2, {"heads": "fair"}, None)
    assert re.search(r"0\.yaml:\d+:\d+$", gap["place"])
    assert found["decisions"]["follow_up"] == {
        "facts": ["heads"], "situations": 3, "without_rule": 2, "left_open": 0, "overlaps": []
    }  # fmt: skip


def test_check_as_json_of_a_version_with_errors_has_no_counts(here, tmp_path):
    write_version(tmp_path, "wrong", decision(rule("good", "head is fine", "letter")))
    ran = here("check", "wrong", "--policies", tmp_path, "--format", "json")
    (found,) = json.loads(ran.out)
    assert ran.code == 1
    assert found["decisions"] is None


def test_check_takes_the_path_of_a_folder(here, tmp_path):
    folder = write_version(tmp_path, "one", decision(GOOD, BAD))
    assert here("check", folder).out.endswith("one: 0 errors, 3 warnings, 0 notes\n")


# test


def test_test_runs_the_cases_of_the_versions_named(policies):
    ran = run("test", "one", "two", "--policies", policies)
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if not line.startswith(" ")] == [
        "one: 1 of 1 cases passed; rules 1 of 2, conditions 0 of 2",
        "two: 1 of 1 cases passed; rules 1 of 2, conditions 0 of 2",
    ]


def test_test_as_json_lists_every_case(here, policies):
    found = json.loads(here("test", "one", "--policies", policies, "--format", "json").out)
    assert list(found) == ["one"]
    assert found["one"]["cases"] == [{"case": "fine heads", "passed": True, "failures": []}]


def test_a_case_that_does_not_hold_is_shown_with_its_place_and_ends_with_1(here, tmp_path):
    write_version(
        tmp_path, "one", decision(GOOD, BAD),
        cases="  - {name: poor heads get a letter, given: {heads: poor}, expect: {follow_up: letter}}\n"
        "  - {name: fine heads get a letter, given: {heads: fine}, expect: {follow_up: letter}}\n",
    )  # fmt: skip
    ran = here("test", "one", "--policies", tmp_path)
    assert (ran.code, ran.err) == (1, "")
    first, place, failure, total, *_ = ran.out.splitlines()
    assert first == "failed: poor heads get a letter"
    assert re.search(r"cases/all.yaml:2:\d+$", place)
    assert failure.startswith("  `follow_up` is visit")
    assert failure.endswith("letter")
    assert total == "one: 1 of 2 cases passed; rules 1 of 2, conditions 0 of 2"


# explain


def test_explain_shows_one_authority_under_the_version_in_force():
    ran = run("explain", "Somerset")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Somerset, inspected ")
    assert "Under 2026: " in ran.out


@pytest.mark.parametrize("name", ["Dudley", "dudley", "E08000027", "332"])
def test_explain_finds_an_authority_by_name_or_code(here, name):
    assert here("explain", name).out.startswith("Dudley, inspected ")


def test_explain_under_another_version(here):
    assert "Under 2025: " in here("explain", "Dudley", "--version", "2025").out
    assert "leaders_alone" not in here("explain", "Slough", "--version", "2027-draft").out
    shown = here("explain", "Slough", "--version", "2027-draft+gap=monitoring").out
    assert "Leaders graded below a practice judgement lead to monitoring visits" in " ".join(shown.split())
    assert "Rule leaders_alone (illustrative): any of practice is better than leaders" in " ".join(shown.split())


def test_explain_with_other_values_shows_what_would_follow_and_that_they_are_not_the_reports(here):
    shown = here("explain", "Dudley", "--set", "in_care=inadequate", "--set", "care_leavers=good").out
    assert "\nMonitoring visits, then standard inspection.\n" in shown
    assert "Not from the report: in care inadequate, care leavers good." in shown
    assert "Not from the report" not in here("explain", "Dudley").out


def test_explain_with_an_empty_value_leaves_the_fact_unknown(here):
    shown = here("explain", "Somerset", "--set", "leaders=").out
    assert "  leaders              not known\n" in shown
    assert "Not from the report: leaders (not known)." in shown


def test_explain_as_json_tells_which_values_were_set(here):
    found = json.loads(here("explain", "Dudley", "--set", "in_care=good", "--format", "json").out)
    assert found["set"] == {"in_care": "good"}
    assert found["facts"]["in_care"] == "good"
    assert json.loads(here("explain", "Dudley", "--format", "json").out)["set"] == {}


@pytest.mark.parametrize("form", FORMATS)
def test_explain_in_every_format(here, form):
    shown = here("explain", "Dudley", "--format", form).out
    assert "Dudley" in shown
    assert "monitoring" in shown


def test_explain_with_policies_and_records_of_ones_own_and_a_day(here, policies, records):
    ran = here(
        "explain", "Leeds", "--version", "one", "--policies", policies, "--records", records, "--as-of", "2026-08-01"
    )
    assert ran.code == 0
    assert "A visit." in ran.out


# evaluate


def test_evaluate_prints_a_line_for_every_authority():
    ran = run("evaluate", "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    assert len(answers(ran.out)) == 153


def test_evaluate_one_authority(here):
    assert list(answers(here("evaluate", "Leeds", "--format", "csv").out)) == ["Leeds"]


def test_evaluate_a_region(here):
    found = answers(here("evaluate", "--region", "north east", "--format", "csv").out)
    assert len(found) == 12
    assert "Gateshead" in found


def test_evaluate_neighbours_and_the_authority_itself(here):
    found = answers(here("evaluate", "--neighbours-of", "Leeds", "--format", "csv").out)
    assert len(found) == 11
    assert "Leeds" in found


def test_evaluate_where_a_condition_is_true(here):
    found = answers(here("evaluate", "--where", "in_care is inadequate", "--format", "csv").out)
    assert found.keys() == {"Devon", "Halton", "Havering", "Swindon", "Tameside"}


def test_selections_are_combined(here):
    both = answers(here("evaluate", "--where", "leaders is outstanding", "--region", "London", "--format", "csv").out)
    where = answers(here("evaluate", "--where", "leaders is outstanding", "--format", "csv").out)
    region = answers(here("evaluate", "--region", "London", "--format", "csv").out)
    assert both.keys() == where.keys() & region.keys()
    assert 0 < len(both) < len(region)


@pytest.mark.parametrize("form", FORMATS)
def test_evaluate_in_every_format(here, form):
    shown = here("evaluate", "--region", "North East", "--version", "2025", "--format", form).out
    assert "Gateshead" in shown
    assert "2025" in shown


def test_evaluate_policies_and_records_of_ones_own(here, policies, records):
    ran = here(
        "evaluate", "--version", "one", "--policies", policies, "--records", records, "--format", "csv",
        "--as-of", "2026-08-01",
    )  # fmt: skip
    assert answers(ran.out) == {"Dudley": "letter", "Leeds": "visit", "York": "visit; letter"}


def test_evaluate_shows_what_the_answers_rest_on(here, tmp_path, records):
    write_version(
        tmp_path, "one", decision(rule("guess", "heads is fine", "letter", confidence="assumed"), BAD),
        constraints=constraint("K-1", "heads is at least hands", confidence="derived"),
    )  # fmt: skip
    shown = here("evaluate", "--version", "one", "--policies", tmp_path, "--records", records).out
    assert "one: rule guess (assumed): heads is fine" in shown
    assert "constraint K-1 is not stated by a source but derived" in shown


# compare


def test_compare_prints_totals_and_movers():
    ran = run("compare", "2025", "2026")
    assert (ran.code, ran.err) == (0, "")
    assert "2025 to 2026: nobody moves for certain, 2 may move." in ran.out


def test_compare_without_versions_takes_all_that_are_not_superseded(here):
    assert here("compare").out.startswith("Comparison of 2026 and 2027-draft (illustrative)\n")


def test_compare_with_every_selection(here):
    ran = here(
        "compare", "2025", "2026", "--region", "West Midlands", "--neighbours-of", "Dudley", "--where",
        "leaders is at most requires_improvement", "--as-of", "2026-08-20", "--format", "json",
    )  # fmt: skip
    found = json.loads(ran.out)
    assert 0 < found["authorities"] < 14
    assert "Dudley" in {each["authority"] for each in found["records"]}


@pytest.mark.parametrize("form", FORMATS)
def test_compare_in_every_format(here, form):
    shown = here("compare", "2025", "2026", "--region", "West Midlands", "--format", form).out
    assert "Dudley" in shown
    assert "2026" in shown


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_compare_writes_the_report_that_its_name_asks_for(here, tmp_path, suffix):
    file = tmp_path / f"report.{suffix.upper()}"
    ran = here("compare", "2025", "2026", "--report", file, "--region", "West Midlands")
    assert ran.code == 0
    assert ran.err == f"Written to {file}: every authority with its reasons.\n"
    assert ran.out.startswith("Comparison of 2025 and 2026\n")
    written = file.read_text("utf-8")
    assert written.startswith(SUFFIXES[suffix])
    assert "Wolverhampton" in written


def test_compare_policies_and_records_of_ones_own(here, policies, records):
    found = json.loads(
        here("compare", "one", "two", "--policies", policies, "--records", records, "--format", "json").out
    )
    (moves,) = found["decisions"]["follow_up"]["moves"]
    assert [(each["authority"], each["movement"]) for each in moves["authorities"]] == [
        ("Leeds", "moves"), ("York", "may move")
    ]  # fmt: skip


def test_compare_says_to_which_day_months_are_counted_and_does_not_call_it_the_day_of_the_records(here):
    first = here("compare", "2025", "2026", "--region", "London", "--as-of", "2027-01-31").out.splitlines()[2]
    assert first.endswith(", records to 20 August 2026, months counted to 31 January 2027.")
    first = here("compare", "2025", "2026", "--region", "London").out.splitlines()[2]
    assert first.endswith(", records to 20 August 2026.")


def test_policies_and_records_may_be_named_by_the_environment(here, policies, records, monkeypatch):
    monkeypatch.setenv("GREENPAPER_POLICIES", str(policies))
    monkeypatch.setenv("GREENPAPER_RECORDS", str(records))
    assert here("compare").out.startswith("Comparison of one and two\n\n3 authorities")


# timeline


def test_timeline_of_one_authority_says_what_comes_next_and_what_was_due():
    ran = run("timeline", "Slough")
    assert (ran.code, ran.err) == (0, "")
    first, *_ = ran.out.splitlines()
    assert first == "Timeline of Slough: inspections 2, focused visits 4, as of 20 August 2026"
    said = " ".join(ran.out.split())
    assert (
        "Action plan on the area for priority action, by the authority: due by 22 April 2026, 70 working days" in said
    )
    assert "Overdue by 28 days, as far as the records go. Assumed (usually)." in said


@pytest.mark.parametrize("form", FORMATS)
def test_timeline_in_every_format(here, form):
    ran = here("timeline", "dudley", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "Dudley" in ran.out
    assert re.search("2025-04-30|30 April 2025", ran.out)


def test_timeline_as_json_says_how_sure_each_day_is(here):
    found = json.loads(here("timeline", "Slough", "--format", "json").out)
    (visit,) = [each for each in found["occasions"] if each["published"] == "2026-01-12"]
    (plan,) = [each for each in visit["due"] if each["deadline"] == "action_plan"]
    assert (plan["due_by"], plan["stands"], plan["done"]) == ("2026-04-22", "not recorded", None)
    assert (plan["day_is"], plan["assumed_from"]) == ("assumed", "letter_published")
    assert (plan["confidence"], plan["overall_confidence"]) == ("stated", "assumed")
    assert plan["source"]["document"] == "letters"
    assert found["next"]["version"]["version"] == "2026"
    assert [each["stands"] for each in found["next"]["due"]] == ["overdue"]


def test_timeline_on_another_day_and_under_another_version(here):
    found = json.loads(here("timeline", "Slough", "--as-of", "2025-08-01", "--format", "json").out)
    assert (found["as_of"], found["next"]["version"]["version"]) == ("2025-08-01", "2025")
    assert [each["stands"] for each in found["next"]["due"]] == ["due now"]
    assert not [each for each in found["occasions"] if each["periods"] and each["periods"][0][0] > "2025-08-01"]
    found = json.loads(here("timeline", "Slough", "--version", "2027-draft", "--format", "json").out)
    assert found["next"]["version"]["version"] == "2027-draft"


def test_timeline_with_policies_and_records_of_ones_own(here, policies, records):
    ran = here("timeline", "Leeds", "--version", "one", "--policies", policies, "--records", records)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Timeline of Leeds: inspections 1, as of 1 June 2026\n")
    assert "No version here governs that day." in ran.out


def test_timeline_refuses_what_it_cannot_use(here, policies, records):
    ran = here("timeline", "Ledes")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean `Leeds`?" in ran.err
    assert here("timeline", "Leeds", "--as-of", "tomorrow").err.startswith("greenpaper: `tomorrow` is not a day")
    ran = here("timeline", "Leeds", "--policies", policies, "--records", records)
    assert (ran.code, ran.err) == (2, "greenpaper: no version is in force on that day: name one with `--version`\n")
    (policies / "calendars").mkdir()
    (policies / "calendars" / "work.yaml").write_text("calendar: work\n", "utf-8")
    ran = here("timeline", "Leeds", "--version", "one", "--policies", policies, "--records", records)
    assert ran.code == 2
    assert "error[missing-key]" in ran.err


# import, versions, problem, schema


def test_import_writes_tables_and_lists_what_is_not_used(tmp_path):
    mapping, raw = lay_out(tmp_path)
    ran = run("import", mapping, "--from", raw, "--output", tmp_path / "made" / "here")
    assert (ran.code, ran.err) == (0, "")
    assert "register.csv: 2 rows" in ran.out
    assert "not used: " in ran.out
    assert "raw.csv row 4: it is of an earlier framework" in ran.out
    assert {each.name for each in (tmp_path / "made/here").iterdir()} >= {"register.csv", "inspections.csv"}


def test_import_shows_no_control_character_of_the_files_it_reads(here, tmp_path):
    mapping, raw = lay_out(tmp_path)
    rows = (raw / "raw.csv").read_text("utf-8")
    (raw / "raw.csv").write_text(rows.replace("parser\n", "parser,\x1b[31m\n", 1).replace(",1\n", ",1,2\n"), "utf-8")
    ran = here("import", mapping, "--from", raw, "-o", tmp_path / "made")
    assert "\x1b" not in ran.out + ran.err
    assert "<U+001B>" in ran.out + ran.err


def test_what_import_writes_can_be_compared(here, tmp_path):
    mapping, raw = lay_out(tmp_path)
    here("import", mapping, "--from", raw, "-o", tmp_path / "tables")
    ran = here("compare", "2026", "--records", tmp_path / "tables", "--where", "leaders is good", "--format", "csv")
    assert answers(ran.out).keys() == {"Leeds", "York"}


def test_versions_are_listed():
    ran = run("versions")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(r"^(\S+) +(?:superseded|in force|draft) ", ran.out, re.MULTILINE) == [
        "2018",
        "2018-09",
        "2023",
        "2024-04",
        "2025",
        "2026",
        "2022-care-leavers",
        "2027-draft",
    ]


def test_versions_show_a_day_or_the_month_it_is_in():
    ran = run("versions")
    assert re.search(r"^2023 +superseded +January 2023 +April 2024 ", ran.out, re.MULTILINE)
    listed = {each["version"]: each for each in json.loads(run("versions", "--format", "json").out)}
    assert (listed["2023"]["from"], listed["2023"]["until"]) == ("2023-01", "2024-04")
    assert (listed["2018-09"]["from"], listed["2018-09"]["until"]) == ("2018-09", "2022-12-31")


def test_versions_as_json_and_of_another_folder(here, policies):
    found = json.loads(here("versions", "--format", "json", "--policies", policies).out)
    assert [each["version"] for each in found] == ["one", "two"]
    assert found[0]["status"] == "draft"


def test_problem_lists_every_code_and_shows_a_page(here):
    listed = run("problem").out.splitlines()
    assert len(listed) == len(problems()) >= 80
    shown = here("problem", "unknown-fact").out
    assert shown.startswith("unknown-fact\n\nA condition names a fact that the vocabulary does not have.\n")


def test_schema_prints_all_and_writes_each(here, tmp_path):
    ran = run("schema")
    shipped = [each.name.removesuffix(".schema.json") for each in (ROOT / "schemas").iterdir()]
    assert json.loads(ran.out).keys() == set(shipped)
    assert len(shipped) >= 6
    assert here("schema", "--output", tmp_path).code == 0
    written = {each.name: each.read_text("utf-8") for each in tmp_path.iterdir()}
    assert written == {each.name: each.read_text("utf-8") for each in (ROOT / "schemas").iterdir()}
    assert here("schema", "-o", tmp_path / "a" / "b").code == 0
