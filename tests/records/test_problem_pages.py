"""Every problem has a manual page, and what its page avoids is that problem."""

import re
from inspect import getdoc
from textwrap import dedent

import pytest

from greenpaper.framework.checked import Confidence
from greenpaper.records import mapping_problems, problems, response_problems
from greenpaper.records.importer import import_tables
from greenpaper.records.record import Authority
from greenpaper.records.register_table import read_register
from greenpaper.records.responses import read_response_table
from greenpaper.records.tables import read_records
from records.raw import lay_out, source_with

REGISTER = (
    Authority("E08000035", "Leeds"), Authority("E06000014", "York"),
    Authority("E06000058", "Bournemouth, Christchurch and Poole"),
)  # fmt: skip
PAGE = re.compile(r"\A(?P<summary>[^\n]+\.)\n\nWhy it matters\n(?P<why>(?: {4}[^\n]+\n?)+)(?P<rest>.*)\Z", re.DOTALL)
BLOCKS = re.compile(r"\nAvoid\n(?P<avoid>(?:    [^\n]+\n?|\n(?=    ))+)\n+Prefer\n(?P<prefer>(?:    [^\n]+\n?)+)\Z")


def blocks_of(problem) -> tuple[str, str] | None:
    page = PAGE.match(getdoc(problem))
    assert page, problem.__name__
    if not page["rest"].strip():
        return None
    blocks = BLOCKS.match(page["rest"] if page["rest"].startswith("\n") else "\n" + page["rest"])
    assert blocks, problem.__name__
    return dedent(blocks["avoid"]).strip("\n") + "\n", dedent(blocks["prefer"]).strip("\n") + "\n"


def code_of(problem) -> str:
    return problem.__name__.replace("_", "-")


def codes_in_table(text: str) -> list[str]:
    if text.startswith("code,name"):
        found = read_register("r.csv", text.encode())[1]
    else:
        found = read_records("t.csv", text.encode(), REGISTER)[1]
    return [each.code for each in found]


WITH_BLOCKS = [each for each in problems.PROBLEMS if blocks_of(each)]
RESPONSES_WITH_BLOCKS = [each for each in response_problems.PROBLEMS if blocks_of(each)]
MAPPINGS_WITH_BLOCKS = [each for each in mapping_problems.PROBLEMS if blocks_of(each)]


def test_pages_with_examples_are_found():
    assert len(WITH_BLOCKS) >= 18
    assert len(MAPPINGS_WITH_BLOCKS) >= 5
    assert len(RESPONSES_WITH_BLOCKS) == 5


@pytest.mark.parametrize("problem", WITH_BLOCKS, ids=code_of)
def test_the_table_to_avoid_has_the_problem_and_the_one_to_prefer_has_none(problem):
    avoid, prefer = blocks_of(problem)
    assert code_of(problem) in codes_in_table(avoid)
    assert codes_in_table(prefer) == []


def codes_in_responses(text: str) -> list[str]:
    return [each.code for each in read_response_table("t.csv", text.encode(), tuple(Confidence))[1]]


@pytest.mark.parametrize("problem", RESPONSES_WITH_BLOCKS, ids=code_of)
def test_the_responses_to_avoid_have_the_problem_and_those_to_prefer_have_none(problem):
    avoid, prefer = blocks_of(problem)
    assert codes_in_responses(avoid) == [code_of(problem)] or code_of(problem) == "column-of-no-use"
    assert code_of(problem) in codes_in_responses(avoid)
    assert codes_in_responses(prefer) == []


def codes_in_mapping(text: str, folder) -> list[str]:
    folder.mkdir()
    key = text.partition(":")[0]
    return [
        each.code for each in import_tables(*lay_out(folder, source=source_with(**{key: text.strip()}))).diagnostics
    ]


@pytest.mark.parametrize("problem", MAPPINGS_WITH_BLOCKS, ids=code_of)
def test_the_mapping_to_avoid_has_the_problem_and_the_one_to_prefer_has_not(problem, tmp_path):
    avoid, prefer = blocks_of(problem)
    assert code_of(problem) in codes_in_mapping(avoid, tmp_path / "avoid")
    assert code_of(problem) not in codes_in_mapping(prefer, tmp_path / "prefer")


def test_every_function_of_a_problem_is_listed():
    for module in (problems, mapping_problems, response_problems):
        made = [
            each
            for name, each in vars(module).items()
            if getattr(each, "__module__", "") == module.__name__ and not name.startswith("_")
        ]
        assert tuple(made) == module.PROBLEMS
