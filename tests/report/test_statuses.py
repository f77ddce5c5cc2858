"""Every way in which a decision can end has its words, in every format."""

import csv
import json
from io import StringIO

import pytest

from greenpaper.comparison.compare import compare
from greenpaper.evaluation.records import evaluate
from greenpaper.framework.checked import Status
from greenpaper.records.record import Unknown
from greenpaper.report import words
from greenpaper.report.comparison import comparison_view
from greenpaper.report.data import COLUMNS, comparison_data, evaluation_data, evaluation_rows
from greenpaper.report.evaluations import evaluations_view
from greenpaper.report.explanation import explanation_view
from greenpaper.report.to_csv import to_csv
from greenpaper.report.to_html import to_html
from greenpaper.report.to_markdown import to_markdown
from greenpaper.report.to_text import to_text
from report.reading import page_of
from report.views import ENDINGS, accept_or_read, ended, endings, record

ANSWERS = {
    "decided": "A letter.",
    "decided, an earlier rule first": "A letter.",
    "decided though a rule is undetermined": "A letter.",
    "undetermined": "Undetermined. Still possible: A visit; or no rule applies.",
    "nothing known": "Undetermined. Still possible: A visit; or a call; or a letter; or no rule applies.",
    "no rule": "No rule applies.",
    "conflict": "Rules conflict: a call or a letter.",
    "conflict of two rules": "Rules conflict: a call or a letter.",
    "inadmissible": "Inadmissible grades: no rule applies. The facts break the constraints below, so this is what the rules alone say.",
    "several outcomes": "A call and a letter.",
    "several outcomes possible": "Undetermined. Still possible: A call and a letter; or a letter.",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return endings(tmp_path_factory.mktemp("endings"))


def test_every_status_ends_somewhere_here(made):
    found = {evaluation.decisions["follow_up"].status for _, evaluation in made.values()}
    assert found == set(Status)
    assert ENDINGS.keys() == ANSWERS.keys()


@pytest.mark.parametrize("name", ENDINGS)
def test_an_ending_is_said_in_words(made, name):
    text = " ".join(to_text(explanation_view(*made[name])).split())
    assert f"What follows? {ANSWERS[name]} - " in text


@pytest.mark.parametrize("name", ENDINGS)
def test_an_ending_is_the_same_in_markdown_and_html(made, name):
    view = explanation_view(*made[name])
    for shown in (page_of(to_html(view)).text, to_markdown(view).replace("\\", "")):
        assert ANSWERS[name] in shown


@pytest.mark.parametrize("name", ENDINGS)
def test_an_ending_is_told_apart_in_csv_and_json(made, name):
    given, evaluation = made[name]
    verdict = evaluation.decisions["follow_up"]
    (row,) = csv.DictReader(StringIO(to_csv(COLUMNS, evaluation_rows(given, evaluation))))
    found = json.loads(json.dumps(evaluation_data(given, evaluation)))["decisions"]["follow_up"]
    assert row["status"] == found["status"] == str(verdict.status)
    assert row["outcome"] == (found["outcome"] or "") == (verdict.outcome.id if verdict.outcome else "")
    assert len(found["possible"]) == len(row["possible"].split("; ")) == len(verdict.possible)


def test_endings_differ_from_each_other_in_csv(made):
    rows = {name: evaluation_rows(*each)[0][4:] for name, each in made.items()}
    alike = {"decided, an earlier rule first", "decided though a rule is undetermined", "conflict of two rules"}
    others = [row for name, row in rows.items() if name not in alike]
    assert len(set(others)) == len(others) == 8


@pytest.mark.parametrize("name", ENDINGS)
def test_the_whole_explanation_is_as_it_was_accepted(made, name):
    text = to_text(explanation_view(*made[name]))
    assert text == accept_or_read(f"explain {name}.txt", text)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    """All ways of resolving side by side, over one record for every ending."""
    folder = tmp_path_factory.mktemp("comparison")
    frameworks = [
        ended(folder, each, version=each.replace(" ", "-")) for each in ("first", "agree", "only one", "every")
    ]
    cells = {tuple(cells.items()): cells for _, cells in ENDINGS.values()}
    rows = [record(f"Town{number}", **each) for number, each in enumerate(cells.values())]
    return compare(frameworks, [*rows, record("Wrongtown", heads="fyne", feet="3")])


def test_a_comparison_is_as_it_was_accepted(comparison):
    view = comparison_view(comparison, authorities=True)
    for suffix, shown in (("txt", to_text(view)), ("md", to_markdown(view)), ("html", to_html(view))):
        assert shown == accept_or_read(f"compare.{suffix}", shown)
    data = json.dumps(comparison_data(comparison), indent=1) + "\n"
    assert data == accept_or_read("compare.json", data)
    rows = (line for row in comparison.rows for each in row.evaluations for line in evaluation_rows(row.record, each))
    table = to_csv(COLUMNS, rows)
    assert table == accept_or_read("compare.csv", table)


def test_evaluations_are_as_they_were_accepted(comparison):
    framework = comparison.frameworks[0]
    evaluated = [(row.record, row.evaluations[0]) for row in comparison.rows]
    text = to_text(evaluations_view(framework, evaluated, None, None))
    assert text == accept_or_read("evaluate.txt", text)


def test_every_status_is_a_line_of_its_own_in_the_totals(comparison):
    shown = to_text(comparison_view(comparison))
    for status in Status:
        if status is not Status.DECIDED:
            assert f"\n{words.STATUSES[status]} " in shown
    assert "\nA call and a letter " in shown


def test_every_way_of_being_unknown_has_its_own_words(tmp_path):
    framework = ended(tmp_path, "first")
    for kind in Unknown:
        given = record(heads=kind, hands="poor")
        assert f"Not known: heads ({kind})." in to_text(explanation_view(given, evaluate(framework, given)))
