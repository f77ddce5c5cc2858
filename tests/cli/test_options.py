"""`options`, in every form and with every one of its options; and what `check` says of declared changes."""

import csv
import io
import json

import pytest

from comparison.six import EDITS, write_six
from comparison.test_effects import LAXER, STRICTER
from comparison.test_intents import declared
from comparison.test_options import drafted, proposal
from greenpaper.comparison import options as all_options

RECORDS = """\
authority,leaders,help,care,flag
Leeds,good,weak,good,false
Kent,good,inadequate,good,false
Wigan,good,,good,false
"""


@pytest.fixture
def weights(tmp_path):
    """A draft with two proposals that do not go together, and three records."""
    policies, records = tmp_path / "policies", tmp_path / "records.csv"
    drafted(policies, proposal("strict", STRICTER), proposal("lax", f"excludes: {{strict: o0}}, {LAXER}"))
    records.write_text(RECORDS, "utf-8")
    return ("--policies", policies, "--records", records)


def test_every_combination_is_shown_with_what_changes_and_who_moves(here, weights):
    ran = here("options", "two", *weights)
    assert ran.code == 0
    rows = [line.split() for line in ran.out.splitlines()]
    assert ["preferred", "options", "0", "0", "112", "0", "0"] in rows
    assert ["strict=o0", "35", "0", "112", "1", "1"] in rows
    assert "3 combinations of 2 proposals, each against one. 3 authorities, each by its latest inspection" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 110


def test_one_authority_is_told_what_decides_for_it(here, weights):
    ran = here("options", "two", "--authority", "Leeds", *weights)
    assert "1 authority, by its latest inspection" in ran.out
    assert "Leeds: strict alone decides." in ran.out
    assert "Wigan: strict and lax decide together" not in ran.out
    data = json.loads(here("options", "two", "--authority", "Leeds", "--format", "json", *weights).out)
    assert data["pathway"]["decided_by"] == ["strict"]
    assert [case["options"] for case in data["pathway"]["cases"]] == [{"strict": "as_is"}, {"strict": "o0"}]


def test_the_data_hold_every_combination_and_who_moves(here, weights):
    data = json.loads(here("options", "two", "--format", "json", *weights).out)
    combinations = data["decisions"]["pathway"]["combinations"]
    assert [(each["options"], each["move"]) for each in combinations] == [
        ({"strict": "as_is", "lax": "as_is"}, []),
        ({"strict": "as_is", "lax": "o0"}, ["Kent"]),
        ({"strict": "o0", "lax": "as_is"}, ["Leeds"]),
    ]
    rows = list(csv.DictReader(io.StringIO(here("options", "two", "--format", "csv", *weights).out)))
    assert [(row["combination"], row["who_moves"]) for row in rows] == [
        ("preferred options", ""), ("lax=o0", "Kent"), ("strict=o0", "Leeds"),
    ]  # fmt: skip
    assert {int(row["situations_that_change"]) for row in rows} == {each["change"] for each in combinations}


@pytest.mark.parametrize("form", ["html", "md", "csv", "txt", "json"])
def test_the_matrix_is_written_in_every_form(here, weights, tmp_path, form):
    ran = here("options", "two", "--report", tmp_path / f"matrix.{form}", *weights)
    assert ran.code == 0
    text = (tmp_path / f"matrix.{form}").read_text("utf-8")
    assert "Leeds" in text or form not in ("csv", "json")
    assert "strict=o0" in text or form == "json"


def test_records_are_selected(here, weights):
    assert "1 authority, by its latest" in here("options", "two", "--region", "south east", *weights).out
    assert "1 authority, by its latest" in here("options", "two", "--where", "help is weak", *weights).out


def test_options_that_are_chosen_stay_so(here, weights):
    ran = here("options", "two+strict=as_is", *weights)
    assert "2 combinations" in ran.out
    assert "strict=o0" not in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tow",), "no version is named `tow`: did you mean `two`?"),
        (("two+strict=o1",), "`strict` has no option `o1`: there are as_is, o0"),
        (("two+stricter=o0",), "nothing that can be chosen is named `stricter`: did you mean `strict`?"),
        (("two", "--authority", "Leedz"), "no authority is named `Leedz`: did you mean `Leeds`?"),
        (("two", "--where", "region is west"), "error[off-the-scale]"),
        (("one",), "`one` has no proposals and no readings: there is nothing to choose"),
        (("two", "--report", "matrix.pdf"), "matrix.pdf"),
        (("two", "--as-of", "today"), "`today` is not a day"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(here, weights, arguments, said):
    assert said in here.refused("options", *arguments, *weights)


def test_options_that_exclude_each_other_cannot_both_be_chosen(here, weights):
    ran = here("options", "two+strict=o0+lax=o0", *weights)
    assert ran.code != 0
    assert "option-excludes" in ran.err


def test_too_many_combinations_are_said_to_be_too_many(here, tmp_path, monkeypatch):
    monkeypatch.setattr(all_options, "MOST_COMBINATIONS", 100)
    said = here.refused("options", "six", "--policies", write_six(tmp_path / "policies"))
    assert said == (
        "greenpaper: there are more than 100 combinations of options: choose some of them, as in six+proposal=option\n"
    )


def test_of_many_combinations_the_simplest_are_shown(here, tmp_path):
    ran = here("options", "six", "--policies", write_six(tmp_path / "policies"))
    assert "Every combination against 2026; 689 further ones are in the CSV and JSON forms" in ran.out
    assert all(f"\n{name}={option} " in ran.out for name in EDITS for option in ("one", "other"))


def test_nothing_is_told_apart_where_nothing_can_be_compared(here):
    ran = here("options", "2027-draft+scale=narrative", "--authority", "Wigan")
    assert "Wigan: no combination can be compared." in ran.out
    assert "`maps_from` on the scale" in ran.out


# Declarations


def check_of(here, folder, option):
    drafted(folder / "policies", proposal("p", option))
    (folder / "records.csv").write_text(RECORDS, "utf-8")
    return here(
        "check", "two", "--fail-on", "error", "--policies", folder / "policies", "--records", folder / "records.csv"
    )


WHERE = "any of practice is weak and none of practice are inadequate"
MOVERS = "{certain: [Leeds], possible: [Wigan]}"


def test_an_option_that_does_what_it_declares_passes(here, tmp_path):
    ran = check_of(here, tmp_path, declared(STRICTER, WHERE, movers=MOVERS))
    assert ran.code == 0
    assert "intent" not in ran.out
    assert "movers" not in ran.out


@pytest.mark.parametrize(
    ("option", "code", "said"),
    [
        (declared(STRICTER, "help is weak and care is good"), 1, "error[outside-intent]: `p=o0` changes `pathway` in"),
        (declared(STRICTER, WHERE, "fine and leaders is good"), 0, "warning[intent-without-effect]"),
        (declared(STRICTER, WHERE, movers="{}"), 0, "note: not expected: Leeds"),
        (
            declared(STRICTER, WHERE, movers="{certain: [Leedss], possible: [Wigan]}"),
            1,
            "did you mean `Leeds`?",
        ),
        (declared(STRICTER, "any of practise is weak"), 1, "practise"),
    ],
)
def test_what_an_option_does_otherwise_is_shown_at_its_place(here, tmp_path, option, code, said):
    ran = check_of(here, tmp_path, option)
    assert (ran.code, said in ran.out) == (code, True), ran.out
    assert "two/proposals/0.yaml:7:" in ran.out
    assert "^" in ran.out
