"""`compare` over files of many records, with every one of its options."""

import csv
import json
import os
import pty
import subprocess
import sys
from io import StringIO

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest

from cli.running import ROOT
from comparison.small import decision, rule, write_version
from greenpaper.cli import progress
from greenpaper.records import csv_text

HEADS = ["fine", "fair", "fair", "poor", None, "not known"]
NAMES = ["Leeds", "Dudley", "York", "Slough", "Somerset", "Kent"]
REGIONS = ["South", "North", "North", None, "South", "South"]


@pytest.fixture
def policies(tmp_path):
    """Two versions, of which the second visits where heads are fair, too."""
    folder = tmp_path / "policies"
    for name, when in (("one", "heads is fine"), ("two", "heads is at least fair")):
        write_version(folder, name, decision(rule("visit", when, "visit"), rule("call", "heads is poor", "call")))
    return folder


def table(**more):
    columns = {"heads": HEADS, "hands": ["fine"] * 6, "region": REGIONS, "authority": NAMES}
    return pa.table(columns | more)


@pytest.fixture
def compare(here, policies, tmp_path):
    """The command over a file of these records."""

    class Over:
        file = tmp_path / "records.parquet"

        def __init__(self):
            self.written(table())

        def written(self, records):
            pq.write_table(records, self.file)

        def __call__(self, *arguments, versions=("one", "two")):
            return here("compare", *versions, *arguments, "--policies", policies, "--records", self.file)

        def refused(self, *arguments, versions=("one", "two")):
            return here.refused("compare", *versions, *arguments, "--policies", policies, "--records", self.file)

    return Over()


def test_records_of_a_parquet_file_are_counted(compare):
    ran = compare()
    assert (ran.code, ran.err) == (0, "")
    assert "Comparison of one and two over 6 records" in ran.out
    assert "6 records in 4 different situations" in ran.out
    assert "one to two: 2 move for certain, 2 may move, 2 do not move." in ran.out
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "A visit 1 3" in lines
    assert "no rule applies A visit 2 2 0" in lines
    assert "heads fair moves no rule applies A visit 2" in lines
    assert "heads 2" in lines
    assert "one: rule" not in ran.out


def test_groups_are_told_side_by_side(compare):
    lines = [" ".join(line.split()) for line in compare("--by", "region").out.splitlines()]
    at = lines.index("By region, one to two")
    assert lines[at + 3 : at + 6] == ["North 2 2 0 0", "South 3 0 2 1", "not given 1 0 0 1"]
    lines = [" ".join(line.split()) for line in compare("--by", "region", versions=["one"]).out.splitlines()]
    assert "By region" in lines


def test_every_form_says_the_same(compare, tmp_path):
    data = json.loads(compare("--by", "region", "--format", "json").out)
    (moves,) = data["decisions"]["follow_up"]["moves"]
    assert (data["records"], data["situations"], data["by"]) == (6, 4, "region")
    assert (moves["certain"], moves["possible"], moves["none"]) == (2, 2, 2)
    assert moves["situations"][0]["situation"] == {"heads": "fair"}
    assert [(each["group"], each["records"]) for each in data["groups"]] == [("North", 2), ("South", 3), (None, 1)]
    assert data["unknown"] == {"heads": 2}
    rows = list(csv.DictReader(StringIO(compare("--by", "region", "--format", "csv").out)))
    assert sum(int(row["records"]) for row in rows if not row["by"]) == 6
    assert sum(int(row["certain"]) for row in rows if row["group"] == "North") == 2
    assert {row["to"] for row in rows} == {"two"}
    for form in ("markdown", "html"):
        assert "2 move for certain" in compare("--format", form).out
    alone = csv.DictReader(StringIO(compare("--format", "csv", versions=["one"]).out))
    assert [(row["before_status"], row["before"], row["records"]) for row in alone] == [
        ("decided", "visit", "1"), ("decided", "call", "1"), ("undetermined", "", "2"), ("no rule", "", "2")
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json", "txt"])
def test_a_report_is_written(compare, tmp_path, ending):
    ran = compare("--report", tmp_path / f"report.{ending}")
    assert (ran.code, "Written to" in ran.err) == (0, True)
    assert (tmp_path / f"report.{ending}").stat().st_size > 300


def test_the_authorities_as_one_file_are_told_as_one_by_one(here, tmp_path):
    from greenpaper.records.tables import load_records
    from greenpaper.source.shipped import shipped

    cells = [each.cells for each in load_records(shipped("authorities")).current]
    names = dict.fromkeys(name for each in cells for name in each)
    file = tmp_path / "all.parquet"
    pq.write_table(
        pa.table({name: [None if each.get(name) is None else str(each[name]) for each in cells] for name in names}),
        file,
    )
    counted = json.loads(here("compare", "2025", "2026", "--records", file, "--format", "json").out)
    alone = json.loads(here("compare", "2025", "2026", "--format", "json").out)
    for name, told in alone["decisions"].items():
        (moves,), (expected,) = counted["decisions"][name]["moves"], told["moves"]
        assert (moves["certain"], moves["possible"]) == (expected["certain"], expected["possible"])
        assert [each["records"] for each in counted["decisions"][name]["totals"]] == [
            each["authorities"] for each in told["totals"]
        ]


# CSV


def test_a_csv_file_is_counted_when_asked_or_when_it_is_large(compare, tmp_path, monkeypatch):
    compare.file = tmp_path / "records.csv"
    arrow_csv.write_csv(table().drop_columns("region"), compare.file)
    assert "6 authorities" in compare().out
    assert "6 records in 4 different situations" in compare("--count").out
    monkeypatch.setattr(csv_text, "MOST_BYTES", 50)
    ran = compare()
    assert "6 records in 4 different situations" in ran.out
    assert "its records are counted" in ran.err


def test_rows_that_do_not_fit_the_header_are_refused(compare, tmp_path):
    compare.file = tmp_path / "records.csv"
    compare.file.write_text("heads,hands\nfine,fine\nfine\n", "utf-8")
    assert "line 3 has 1" in compare.refused("--count")


# What cannot be used


def test_values_that_cannot_be_used_are_refused_or_counted_as_unknown(compare):
    heads = ["fyne"] * 12 + ["fine"]
    compare.written(pa.table({"heads": heads, "remark": ["x"] * 13}))
    said = compare.refused()
    assert "`remark`: no version knows this fact" in said
    assert "row 1, `heads`: `fyne`" in said
    assert "and 3 more" in said
    ran = compare("--beside", "remark", "--on-bad", "unknown")
    assert "12 values count as unknown." in ran.out
    assert "and 2 more" in ran.out
    data = json.loads(compare("--on-bad", "unknown", "--format", "json").out)
    assert (data["unusable"]["count"], len(data["unusable"]["first"]), data["unknown"]["heads"]) == (12, 12, 12)


def test_conditions_choose_situations(compare):
    assert "3 records in 2 different" in compare("--where", "heads is at least fair").out
    assert "2 records in 1 situation" in compare("--where", "heads is unknown").out
    assert "2 records in 1 situation" in compare("--where", "heads is fair and hands is fine").out
    assert "no record meets the selection" in compare.refused("--where", "hands is poor")
    assert "error[" in compare.refused("--where", "haeds is poor")


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--region", "North"], "use `--by region`"),
        (["--neighbours-of", "A1"], "they name no authorities"),
        (["--by", "place"], "there is no column `place`"),
        (["--as-of", "yesterday"], "is not a day"),
        (["--report", "x.doc"], "the name must end in"),
    ],
)
def test_what_does_not_go_with_counted_records_is_refused(compare, arguments, said):
    assert said in compare.refused(*arguments)


def test_files_that_cannot_be_read_are_refused(compare, tmp_path):
    compare.file.write_bytes(b"PAR1 and no more")
    assert "cannot be read" in compare.refused()
    compare.file.unlink()
    assert "there is no file" in compare.refused()
    compare.written(table().slice(0, 0))
    assert "holds no records" in compare.refused()


@pytest.mark.parametrize("option", [["--count"], ["--by", "region"], ["--beside", "note"], ["--on-bad", "unknown"]])
def test_options_of_counted_records_need_such_records(here, option):
    assert f"`{option[0]}` is for records that are counted" in here.refused("compare", "2025", "2026", *option)


def test_without_the_libraries_one_line_says_what_to_install(compare, monkeypatch):
    for name in [
        each for each in sys.modules if each.startswith(("greenpaper.population.", "greenpaper.comparison.many"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (line,) = compare.refused().splitlines()
    assert "greenpaper[frames]" in line


# Progress


def test_progress_is_shown_on_a_terminal_only(compare, policies):
    assert compare().err == ""
    control, terminal = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "greenpaper",
        "compare",
        "one",
        "two",
        "--policies",
        policies,
        "--records",
        compare.file,
    ]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal, check=True)
    os.close(terminal)
    assert "records.parquet" in os.read(control, 10_000).decode()
    assert b"6 records in 4 different situations" in ran.stdout


@pytest.mark.parametrize("unit", ["rows", "bytes"])
def test_progress_tells_rate_and_size(monkeypatch, capsys, unit):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress.watched("big.csv", 1000, unit) as tell:
        tell(500)
        tell(1000)
    assert "big.csv" in capsys.readouterr().err


def test_a_report_is_never_written_over_the_records(compare, tmp_path):
    compare.file = tmp_path / "records.csv"
    arrow_csv.write_csv(table(), compare.file)
    before = compare.file.read_bytes()
    for name in ("records.csv", "./records.csv", "../" + tmp_path.name + "/records.csv"):
        assert "holds the records" in compare.refused("--count", "--report", tmp_path / name)
        assert compare.file.read_bytes() == before
    (tmp_path / "linked.csv").symlink_to(compare.file)
    assert "holds the records" in compare.refused("--count", "--report", tmp_path / "linked.csv")
    assert compare.file.read_bytes() == before


@pytest.mark.parametrize("command", [["evaluate"], ["explain", "Leeds"], ["project"]])
def test_commands_that_read_records_one_by_one_refuse_files_of_columns_by_name(command, here):
    ran = here(*command, "--records", "grades.parquet")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "greenpaper: only `compare` takes a .parquet file: save `grades.parquet` as CSV or XLSX\n"


def test_a_column_that_is_misspelt_is_told_the_near_one(compare):
    assert "there is no column `regoin` to group by: did you mean `region`?" in compare.refused("--by", "regoin")
    assert "there is no column `authorty`: did you mean `authority`?" in compare.refused("--beside", "authorty")


def test_lines_in_a_name_or_a_value_make_no_lines_of_a_message(compare):
    compare.written(table(**{"a\nb\x1b[31m": HEADS, "hands": ["fine\ngreenpaper: done"] * 6}))
    said = compare.refused()
    assert "`a<U+000A>b<U+001B>[31m`: no version knows this fact" in said
    assert "row 1, `hands`: `fine<U+000A>greenpaper: done`" in said
    assert "there is no column `x<U+000A>y` to group by" in compare.refused("--by", "x\ny", "--on-bad", "unknown")
