"""`backtest` with every one of its options."""

import csv
import json
from io import StringIO

import pytest

from cli.running import ROOT, run
from comparison.small import decision, rule, write_version

FORMATS = ("text", "json", "markdown", "csv", "html")
RULES = (rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit"))
PLAIN = "outcomes: {visit: {title: A visit}, call: {title: A call}, letter: {title: A letter}}"
SAYS = PLAIN.replace("A visit}", "A visit, attributes: {form: long, calls: 1}}")


def back_test(text):
    return decision(*RULES, more=f"back_test: {text}\n").replace(PLAIN, SAYS)


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    write_version(folder, "one", back_test("{form: {next: kind}, calls: {between: calls}}"))
    write_version(folder, "misspelt", back_test("{calls: {between: cals}}"))
    write_version(folder, "silent", decision(*RULES))
    return folder


@pytest.fixture
def records(tmp_path):
    """Three authorities with two inspections each, of which the last has no days, and a table of visits beside them."""
    file = tmp_path / "mine" / "records.csv"
    file.parent.mkdir()
    file.write_text(
        "authority,first_day,last_day,published,kind,heads\n"
        "Dudley,2019-03-04,2019-03-08,2019-05-01,brief,poor\nDudley,2022-03-07,2022-03-11,2022-05-01,long,fine\n"
        "Leeds,2020-03-02,2020-03-06,2020-05-01,brief,poor\nLeeds,2023-03-06,2023-03-10,2023-05-01,brief,fine\n"
        "York,2021-03-01,2021-03-05,2021-05-01,long,\nYork,,,2024-05-01,long,fine\n", "utf-8",
    )  # fmt: skip
    (file.parent / "calls.csv").write_text(
        "authority,first_day,last_day\nHull,2018-01-08,2018-01-09\nLeeds,2021-02-01,2021-02-02\nHull,2025-01-06,2025-01-07\n",
        "utf-8",
    )
    return file


def rows(text):
    return [(row["authority"], row["attribute"], row["finding"]) for row in csv.DictReader(StringIO(text))]


def test_backtest_of_a_shipped_version_prints_agreement_and_every_disagreement():
    ran = run("backtest", "2025")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Back-test of 2025\n")
    assert "168 pairs of successive inspections of 151 authorities, records to 20 August 2026." in ran.out
    assert "happened is known, 155 agree." in ran.out
    assert ran.out.index("Croydon ") < ran.out.index("Swindon ")


def test_backtest_counts_apart_what_began_in_a_month_whose_first_day_of_force_is_not_known():
    said = " ".join(run("backtest", "2018-09").out.split())
    assert "144 of the first inspections began while 2018-09 applied; of 3 more that is not known, because" in said


@pytest.mark.parametrize("form", FORMATS)
def test_backtest_in_every_format(here, policies, records, form):
    ran = here("backtest", "one", "--policies", policies, "--records", records, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "Dudley" in ran.out
    assert "form" in ran.out.lower()


def test_backtest_as_rows_has_each_pair_once_for_each_attribute(here, policies, records):
    ran = here("backtest", "one", "--policies", policies, "--records", records, "--format", "csv")
    assert sorted(rows(ran.out)) == [
        ("Dudley", "calls", "disagrees"), ("Dudley", "form", "agrees"), ("Leeds", "calls", "agrees"),
        ("Leeds", "form", "disagrees"), ("York", "calls", "not known"), ("York", "form", "may agree"),
    ]  # fmt: skip


def test_backtest_as_json_counts_by_answer_and_has_every_pair(here, policies, records):
    found = json.loads(here("backtest", "one", "--policies", policies, "--records", records, "--format", "json").out)
    form = found["decisions"]["follow_up"]["attributes"]["form"]
    assert found["pairs"] == len(form["each"]) == 3
    assert form["agreement"] == {"least": 1, "most": 2, "of": 3}
    assert {line["outcome"] or line["status"]: line["pairs"] for line in form["by_answer"]} == {
        "visit": 2, "call": 0, "letter": 0, "undetermined": 1
    }  # fmt: skip
    assert found["without_days"] == ["E06000014"]


@pytest.mark.parametrize(
    "options, left",
    [
        (["--since", "2020-03-02"], {"Leeds", "York"}),
        (["--until", "2020-03-02"], {"Dudley", "Leeds"}),
        (["--since", "2020-01-01", "--until", "2020-12-31"], {"Leeds"}),
        (["--region", "Yorkshire and the Humber"], {"Leeds", "York"}),
        (["--where", "heads is poor"], {"Dudley", "Leeds"}),
    ],
)
def test_pairs_are_selected_by_their_first_inspection(here, policies, options, left, records):
    ran = here("backtest", "one", "--policies", policies, "--records", records, "--format", "csv", *options)
    assert {name for name, *_ in rows(ran.out)} == left


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["one", "--since", "2030-01-01"], "no record meets the selection"),
        (["one", "--since", "soon"], "`soon` is not a day"),
        (["one", "--region", "Yorkshire"], "no region is named `Yorkshire`"),
        (["silent"], "add `back_test` to a decision"),
        (["onne"], "did you mean `one`?"),
        (["misspelt"], "help: did you mean `calls`?"),
    ],
)
def test_what_cannot_be_tested_says_what_to_do(here, policies, records, arguments, said):
    ran = here("backtest", *arguments, "--policies", policies, "--records", records)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_no_visits_known_is_said_with_a_table_that_has_only_a_header(here, policies, records):
    (records.parent / "calls.csv").unlink()
    assert (
        "put `calls.csv` beside the records"
        in here("backtest", "one", "--policies", policies, "--records", records).err
    )
    (records.parent / "calls.csv").write_text("authority,first_day,last_day\n", "utf-8")
    ran = here("backtest", "one", "--policies", policies, "--records", records, "--format", "csv")
    assert {finding for _, attribute, finding in rows(ran.out) if attribute == "calls"} == {"not known"}


def test_a_cell_that_cannot_be_used_is_listed_at_the_end(here, policies, records):
    records.write_text(records.read_text("utf-8").replace("long,\n", "long,pooor\n"), "utf-8")
    ran = here("backtest", "one", "--policies", policies, "--records", records)
    assert "Values that could not be used" in ran.out
    assert "York: heads “pooor”: not a grade of `quality`" in ran.out


def test_a_draft_is_tested_like_its_base_where_it_says_nothing_else(here):
    draft = here("backtest", "2027-draft+gap=open", "--policies", ROOT / "policies", "--format", "json")
    base = here("backtest", "2026", "--policies", ROOT / "policies", "--format", "json")
    assert json.loads(draft.out)["decisions"] == json.loads(base.out)["decisions"]
