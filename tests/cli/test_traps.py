"""What must never happen: each mistake of a user is told in words, ends with 2 and leaves nothing behind."""

import json
import os
import re
import shutil

import pytest

from cli.running import OUR_FAULT, ROOT, TRACEBACK, run
from comparison.small import decision, rule, write_version
from greenpaper.__main__ import exit_code
from records.raw import lay_out

VISIT = rule("visit-most", "heads is at least fair", "visit")

MISSPELT = {
    "version": (["check", "2026x"], "no version is named `2026x`: did you mean `2026`?"),
    "version, nothing near": (["compare", "xyz", "2026"], "no version is named `xyz`: there are 2018, 2018-09, 2022-care-leavers, 2023, 2024-04, 2025, 2026, 2027-draft"),
    "version of explain": (["explain", "Leeds", "--version", "202"], "no version is named `202`: did you mean"),
    "version by path": (["check", "./nowhere/2026"], "no version is named `2026`: there are none"),
    "authority": (["explain", "Dudly"], "no authority is named `Dudly`: did you mean `Dudley`?"),
    "authority, nothing near": (["evaluate", "qqq"], "no authority is named `qqq`: give its name or its ONS code"),
    "neighbours": (["compare", "2026", "--neighbours-of", "Leds"], "no authority is named `Leds`: did you mean `Leeds`?"),
    "region": (["evaluate", "--region", "Lndon"], "no region is named `Lndon`: did you mean `London`?"),
    "region, nothing near": (["evaluate", "--region", "qqq"], "no region is named `qqq`: there are London, "),
    "fact set": (["explain", "Leeds", "--set", "leader=good"], "`--set leader=…`: 2026 has no such fact: did you mean `leaders`?"),
    "value set": (["explain", "Leeds", "--set", "leaders=god"], "`leaders` `god`: not a grade of `four_point` (did you mean `good`?)"),
    "set without a value": (["explain", "Leeds", "--set", "leaders"], "`--set leaders`: write fact=value, such as `--set leaders=good`"),
    "set without a name": (["explain", "Leeds", "--set", "=good"], "`--set =good`: write fact=value"),
    "proposal": (["check", "2027-draft+treshold=two"], "nothing that can be chosen is named `treshold`: did you mean `threshold`?"),
    "option": (["check", "2027-draft+gap=monitorng"], "`gap` has no option `monitorng`: did you mean `monitoring`?"),
    "option without a proposal": (["check", "2027-draft+monitoring"], "after `+` stands key=value, such as proposal=option, not `monitoring`"),
    "option of a version without proposals": (["check", "2025+a=b"], "there is nothing to choose for `a`: no proposals and no readings"),
    "format": (["compare", "2026", "--format", "pdf"], "'pdf' is not one of 'text', 'json', 'markdown', 'csv', 'html'"),
    "format of check": (["check", "2026", "--format", "html"], "'html' is not one of 'text', 'json'"),
    "fail-on": (["check", "2026", "--fail-on", "notes"], "'notes' is not one of 'error', 'warning'"),
    "date": (["compare", "2026", "--as-of", "31/12/2026"], "`31/12/2026` is not a day: write year, month and day, such as 2026-08-20"),
    "date that is not in the calendar": (["explain", "Leeds", "--as-of", "2026-02-30"], "`2026-02-30` is not a day"),
    "problem": (["problem", "unknwon-fact"], "no problem has the code `unknwon-fact`: did you mean `unknown-fact`?"),
    "command": (["comapre"], "No such command 'comapre'"),
    "suffix": (["compare", "2026", "--report", "x.docx"], "`x.docx`: the name must end in .html, .md, .csv, .json, .txt"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path_factory, monkeypatch):
    """Every command here runs in an empty folder, and leaves it empty."""
    folder = tmp_path_factory.mktemp("empty")
    monkeypatch.chdir(folder)
    yield folder
    assert list(folder.iterdir()) == []


def squeezed(text):
    """The text without the line ends that a usage message is wrapped at."""
    return " ".join(text.split())


@pytest.mark.parametrize("arguments, said", MISSPELT.values(), ids=MISSPELT)
def test_what_is_misspelt_is_named_with_one_thing_to_do(here, arguments, said):
    assert said in squeezed(here.refused(*arguments))


def test_misspelt_names_end_with_2_in_a_process_of_their_own(in_an_empty_folder):
    ran = run("compare", "2025", "2062", cwd=in_an_empty_folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("greenpaper: no version is named `2062`")
    assert TRACEBACK not in ran.err


# Selections


def test_a_condition_with_an_unknown_name_is_shown_with_a_caret(here):
    said = here.refused("evaluate", "--where", "leader is good").splitlines()
    assert said[4].startswith("  | ^^^^^^ not in the ")
    assert said[:4] + said[5:] == [
        "error[unknown-fact]: no fact is named `leader`",
        " --> condition:1:1",
        "  |",
        "1 | leader is good",
        "  |",
        "help: did you mean `leaders`?",
    ]


@pytest.mark.parametrize(
    "condition, code",
    [
        ("leaders is at least", "missing-value"),
        ("leaders is 3", "different-types"),
        ("leaders is perfect", "off-the-scale"),
        ("any of practise is good", "unknown-group"),
        ("leaders is good and", "missing-condition"),
        ("(leaders is good", "bracket-not-closed"),
        ("\x1b[31m is good", "unknown-sign"),
    ],
)
def test_a_condition_that_cannot_be_used_is_a_problem_with_a_place(here, condition, code):
    said = here.refused("compare", "2025", "2026", "--where", condition)
    assert f"error[{code}]: " in said
    assert " --> condition:1:" in said
    assert "^" in said
    assert "\x1b" not in said


def test_a_condition_selects_only_records_of_which_it_is_true(here):
    """Dudley's care leavers are not judged separately: neither the condition nor its negation selects it."""

    def selected(where):
        found = json.loads(here("compare", "2026", "--where", where, "--format", "json").out)
        return {each["authority"] for each in found["records"]}

    holds, fails = selected("care_leavers is good"), selected("not care_leavers is good")
    unknown = selected("care_leavers is unknown")
    assert "Dudley" in unknown
    assert len(holds) + len(fails) + len(unknown) == len(holds | fails | unknown) == 153
    assert min(len(holds), len(fails), len(unknown)) > 0


@pytest.mark.parametrize(
    "selection",
    [
        ["--where", "leaders is inadequate and in_care is outstanding and care_leavers is outstanding"],
        ["--region", "London", "--neighbours-of", "Northumberland", "--where", "leaders is inadequate"],
    ],
)
@pytest.mark.parametrize("command", [["compare", "2025", "2026"], ["evaluate"]])
def test_a_selection_of_nobody_is_an_error_not_an_empty_result(here, command, selection):
    assert here.refused(*command, *selection) == "greenpaper: no record meets the selection\n"


# Versions that cannot be used


def test_a_version_that_fails_to_load_is_never_a_comparison_without_differences(here, tmp_path):
    write_version(tmp_path, "one", decision(VISIT))
    write_version(tmp_path, "two", decision(rule("visit-all", "head is fine", "visit")))
    for versions in (["one", "two"], ["two", "one"], ["two"], []):
        said = here.refused("compare", *versions, "--policies", tmp_path)
        assert "error[unknown-fact]: no fact is named `head`" in said
        assert "two/decisions/0.yaml:7:11" in said


def test_a_version_with_a_broken_case_can_be_compared_but_not_tested(here, tmp_path):
    write_version(
        tmp_path, "one", decision(VISIT), cases="  - {name: c, given: {head: fine}, expect: {follow_up: visit}}\n"
    )
    assert here("compare", "one", "--policies", tmp_path).code == 0
    assert "cases/all.yaml:2:" in here.refused("test", "one", "--policies", tmp_path)


@pytest.mark.parametrize("command", [["check"], ["compare"], ["test"], ["versions"], ["check", "2026"]])
def test_a_folder_without_versions_is_an_error(here, tmp_path, command):
    said = here.refused(*command, "--policies", tmp_path)
    assert "there are no" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [["check"], ["compare"], ["test"], ["versions"], ["explain", "Leeds"], ["evaluate"]]
)
@pytest.mark.parametrize("kind", ["missing", "file"])
def test_policies_that_are_no_folder_are_an_error(here, tmp_path, command, kind):
    policies = tmp_path / "policies"
    if kind == "file":
        policies.write_text("", "utf-8")
    assert here.refused(*command, "--policies", policies) == f"greenpaper: there is no folder `{policies}`\n"


def test_a_framework_file_that_is_empty_is_a_problem_with_a_place(here, tmp_path):
    write_version(tmp_path, "one", decision(VISIT))
    (tmp_path / "one/framework.yaml").write_text("", "utf-8")
    assert "one/framework.yaml:1:1" in here.refused("compare", "one", "--policies", tmp_path)


def test_no_version_in_force_asks_for_one(here, tmp_path):
    write_version(tmp_path, "one", decision(VISIT))
    said = here.refused("explain", "Leeds", "--policies", tmp_path)
    assert "name one with `--version`" in said


# Cases


def test_versions_without_cases_do_not_count_as_passed(here, tmp_path):
    write_version(tmp_path, "none", decision(VISIT))
    write_version(
        tmp_path, "some", decision(VISIT), cases="  - {name: c, given: {heads: fine}, expect: {follow_up: visit}}\n"
    )
    assert here.refused("test", "none", "--policies", tmp_path) == "greenpaper: none: there are no cases to run\n"
    ran = here("test", "some", "none", "--policies", tmp_path)
    assert ran.code == 2
    first, *_, last = ran.out.splitlines()
    assert first.startswith("some: 1 of 1 cases passed; ")
    assert last == "none: 0 of 0 cases passed"
    assert ran.err == "greenpaper: none: there are no cases to run\n"


@pytest.mark.parametrize(
    "given, expected",
    [
        ("{heads: fine}", "{follow_up: visitt}"),
        ("{heads: fine}", "{folow_up: visit}"),
        ("{heads: fine}", "{follow_up: {outcome: visit, rule: no-such-rule}}"),
        ("{head: fine}", "{follow_up: visit}"),
    ],
)
def test_a_case_that_names_what_is_not_there_is_an_error(here, tmp_path, given, expected):
    write_version(tmp_path, "one", decision(VISIT), cases=f"  - {{name: c, given: {given}, expect: {expected}}}\n")
    assert "cases/all.yaml:2:" in here.refused("test", "one", "--policies", tmp_path)


def test_the_cases_of_two_options_are_run_apart_and_named_apart(here):
    options = ["2027-draft", "2027-draft+gap=monitoring", "2027-draft+threshold=any"]
    ran = here("test", *options)
    assert [line.split(":")[0] for line in ran.out.splitlines() if "cases passed" in line] == options
    assert json.loads(here("test", *options, "--format", "json").out).keys() == set(options)


def test_a_case_runs_under_its_own_options_where_those_of_the_command_exclude_them(here):
    """`threshold=any` excludes `scale=five_point`; its cases pass all the same."""
    ran = here("test", "2027-draft+scale=five_point", "--format", "json")
    cases = json.loads(ran.out)["2027-draft+scale=five_point"]["cases"]
    assert ran.err == ""
    assert all(each["passed"] for each in cases if each["case"].startswith("any weakness: "))
    assert [each["passed"] for each in cases].count(False) == 6


# Records that cannot be used

UNUSABLE = {
    "no such column": (b"name,heads\nLeeds,fine\n", "error[missing-column]: no column is named `authority` or `code`", "1:"),
    "not UTF-8": (b"authority,heads\nLe\xe9ds,fine\n", "error[not-utf-8]: ", "2:3"),
    "empty": (b"", "error[empty-file]: ", "1:1"),
    "only a header": (b"authority,heads\n", "error[no-rows]: ", "1:1"),
    "a short row": (b"authority,published,heads\nLeeds,\n", "error[", "2:"),
    "an unknown authority": (b"authority,heads\nLeds,fine\n", "error[unknown-authority]: no authority is named `Leds`", "2:1"),
    "a date that is none": (b"authority,published\nLeeds,1 May\n", "error[bad-date]: ", "2:7"),
}  # fmt: skip


@pytest.mark.parametrize("content, said, place", UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize("command", [["compare", "2025", "2026"], ["evaluate", "--version", "2026"]])
def test_records_that_cannot_be_read_are_a_problem_with_a_place(here, tmp_path, command, content, said, place):
    file = tmp_path / "records.csv"
    file.write_bytes(content)
    shown = here.refused(*command, "--records", file)
    assert said in shown
    assert f" --> {file}:{place}" in shown


def test_a_records_file_that_is_not_there_is_a_problem(here, tmp_path):
    assert "error[unreadable-file]" in here.refused("compare", "2026", "--records", tmp_path / "none.csv")
    shown = here.refused("compare", "2026", "--records", tmp_path)
    assert f"{tmp_path}/inspections.csv:1:1" in shown
    assert f"{tmp_path}/register.csv:1:1" in shown


def test_compare_lists_every_value_it_cannot_use(here, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text("authority,leaders,in_care,unheard_of\nLeeds,god,good,1\nYork,good,bad,\n", "utf-8")
    ran = here("compare", "2025", "2026", "--records", file)
    assert ran.code == 0
    shown = squeezed(ran.out.partition("Values that could not be used")[2])
    assert "Leeds: leaders “god”: not a grade of `four_point`; did you mean `good`?" in shown
    assert "Leeds: unheard of “1”: no version knows this fact" in shown
    assert "York: in care “bad”: not a grade of `four_point`" in shown


def test_evaluate_names_every_record_it_cannot_use(here, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text("authority,leaders,in_care\nLeeds,god,good\nYork,good,bad\n", "utf-8")
    said = here.refused("evaluate", "--version", "2026", "--records", file)
    assert "greenpaper: Leeds: `leaders` `god`: not a grade of `four_point` (did you mean `good`?)" in said
    assert "York: `in_care` `bad`: not a grade of `four_point`" in said


# Writing


def test_a_report_that_cannot_be_written_is_an_error(here, tmp_path):
    for file in (tmp_path / "no/folder/report.html", tmp_path / "folder.html"):
        (tmp_path / "folder.html").mkdir(exist_ok=True)
        ran = here("compare", "2025", "2026", "--region", "London", "--report", file)
        assert ran.code == 2
        assert ran.err.startswith(f"greenpaper: `{file}` cannot be written: ")
        assert len(ran.err.splitlines()) == 1


def test_the_name_of_a_report_is_checked_before_anything_is_compared(here):
    assert here.refused("compare", "2025", "2026", "--report", "report") == (
        "greenpaper: `report`: the name must end in .html, .md, .csv, .json, .txt\n"
    )


def test_tables_are_not_imported_into_a_file(here, tmp_path):
    mapping, raw = lay_out(tmp_path)
    taken = tmp_path / "taken"
    taken.write_text("", "utf-8")
    for folder in (taken, taken / "below"):
        said = here.refused("import", mapping, "--from", raw, "-o", folder)
        assert said.startswith(f"greenpaper: `{folder}` cannot be ")
        assert len(said.splitlines()) == 1


def test_import_of_a_mapping_or_folder_that_is_not_there_is_an_error(here, tmp_path):
    mapping, raw = lay_out(tmp_path)
    assert "unreadable-file" in here.refused("import", tmp_path / "none.yaml", "--from", raw, "-o", tmp_path / "made")
    assert "error[" in here.refused("import", mapping, "--from", tmp_path / "none", "-o", tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_schemas_are_not_written_into_a_file(here, tmp_path):
    (tmp_path / "taken").write_text("", "utf-8")
    assert "taken` cannot be " in here.refused("schema", "-o", tmp_path / "taken")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "2026"],
        ["test", "2026"],
        ["explain", "Leeds"],
        ["evaluate", "Leeds", "--format", "html"],
        ["compare", "2025", "2026", "--format", "html"],
        ["versions"],
        ["problem"],
        ["schema"],
    ],
    ids=" ".join,
)
def test_no_file_appears_unless_one_is_asked_for(here, arguments):
    assert here(*arguments).code == 0


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_a_result_that_cannot_be_printed_is_not_a_fault_of_the_program(form):
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no device that is always full")
    with open("/dev/full", "wb") as full:
        import subprocess
        import sys

        command = [sys.executable, "-m", "greenpaper", "compare", "2025", "2026", "--format", form]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert ran.stderr.decode() == "greenpaper: the result cannot be printed: No space left on device\n"


# Messages


@pytest.mark.parametrize(
    "arguments",
    [["explain"], ["evaluate", "--where"], ["check"], ["evaluate", "--region"], ["explain", "Leeds", "--set"]],
)
def test_no_message_is_longer_than_a_screen(here, arguments):
    here.refused(*arguments, "x" * 20_000)


@pytest.mark.parametrize("arguments", [["explain"], ["check"], ["problem"], ["compare", "2026", "--report"]])
def test_a_message_shows_no_control_character(here, arguments):
    said = here.refused(*arguments, "\x1b[31m\u202e")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "<U+001B>" in said


def test_arguments_that_are_not_utf_8_are_shown_as_codes(in_an_empty_folder):
    ran = run("explain", b"\xff", cwd=in_an_empty_folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "greenpaper: no authority is named `<U+DCFF>`: give its name or its ONS code\n"


def test_long_names_are_kept_whole_within_the_width_of_the_text(here, tmp_path):
    name = " ".join(["Extraordinarily"] * 14) + " " + "Long" * 40
    records = tmp_path / "records"
    records.mkdir()
    (records / "register.csv").write_text(f"code,name\nE1,{name}\n", "utf-8")
    (records / "inspections.csv").write_text("code,leaders\nE1,good\n", "utf-8")
    shown = here("compare", "2025", "2026", "--records", records).out
    assert max(map(len, shown.splitlines())) <= 110
    first = next(number for number, line in enumerate(shown.splitlines()) if line.startswith("Extra"))
    words = [line[: len("Extraordinarily") + 20].split("   ")[0] for line in shown.splitlines()[first:]]
    assert name.replace(" ", "") in "".join(words).replace(" ", "")
    assert name in here("evaluate", "--version", "2026", "--records", records, "--format", "csv").out


# Our own faults


def test_a_fault_of_the_program_is_loud_and_ends_with_70(monkeypatch, capsys):
    from greenpaper.cli import listing

    def broken(*arguments, **options):
        raise KeyError("a planted fault")

    monkeypatch.setattr(listing, "catalogue_of", broken)
    monkeypatch.setattr("sys.argv", ["greenpaper", "versions"])
    assert exit_code() == 70
    printed = capsys.readouterr()
    assert printed.out == ""
    assert TRACEBACK in printed.err
    assert "KeyError: 'a planted fault'" in printed.err
    assert printed.err.endswith(OUR_FAULT + "\n")


def test_a_witness_that_evaluation_does_not_confirm_is_a_fault_and_is_not_printed(monkeypatch, capsys):
    from greenpaper.analysis import coverage

    monkeypatch.setattr(coverage, "_both_apply", lambda *arguments: False)
    monkeypatch.setattr("sys.argv", ["greenpaper", "check", "2026"])
    assert exit_code() == 70
    printed = capsys.readouterr()
    assert "for example" not in printed.out
    assert "evaluation does not confirm the witness" in printed.err


def test_the_shipped_folders_are_used_from_anywhere(in_an_empty_folder):
    assert run("versions", cwd=in_an_empty_folder).out == run("versions", cwd=ROOT).out


def test_a_version_by_its_path_is_that_folder_and_not_the_shipped_one(here, tmp_path):
    folder = shutil.copytree(ROOT / "policies/2026", tmp_path / "policies/2026")
    shutil.copytree(ROOT / "policies/2025", tmp_path / "policies/2025")
    rules = folder / "decisions/pathway.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(re.sub("any of practice is inadequate", "any of practice is outstanding", text), "utf-8")
    ran = here("compare", "2026", folder, "--format", "json")
    found = json.loads(ran.out)
    assert found["decisions"]["pathway"]["moves"][0]["certain"] > 20
    light = found["decisions"]["pathway"]["totals"][0]["authorities"]
    assert light.keys() == {"2026", str(folder)}
    assert light["2026"] == 115
    shown = here("compare", "2026", folder).out
    assert f"2026 to {folder}: " in shown
