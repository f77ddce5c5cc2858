"""The reference is whole: every command, option, key, status and kind of unknown is on its page, and no others."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
import typer

from docs.pages import REFERENCE, first_cells, prose, sections
from greenpaper.cli.app import app
from greenpaper.cli.exits import DONE, FINDINGS, OUR_FAULT, UNUSABLE
from greenpaper.comparison.applying import Accord
from greenpaper.comparison.backtest import Finding
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.due import Footing, State
from greenpaper.comparison.inspections import Resolution
from greenpaper.comparison.inspections import Standing as UnderConstraints
from greenpaper.comparison.workload import Standing
from greenpaper.framework.checked import Confidence, Modality, Resolve, Status
from greenpaper.framework.written import KINDS
from greenpaper.records.columns import RECORD_COLUMNS, REGISTER_COLUMNS
from greenpaper.records.record import Unknown
from greenpaper.source.diagnostics import Severity
from greenpaper.source.written import Written
from transcripts import ROOT

COMMANDS = (REFERENCE / "commands.md").read_text("utf-8")
FILES = (REFERENCE / "policy-files.md").read_text("utf-8")
STATUSES = (REFERENCE / "statuses.md").read_text("utf-8")
RECORDS = (REFERENCE / "records.md").read_text("utf-8")

# Commands


def options_of(command):
    """Every option of a command, and the words it can take."""
    for option in command.params:
        if option.param_type_name == "option" and "--help" not in option.opts:
            kind = option.type_descriptor.annotation
            words = [str(each) for each in kind] if isinstance(kind, type) and issubclass(kind, StrEnum) else []
            yield tuple(option.opts), tuple(words)


def unlike_the_program(page: str) -> list[str]:
    """What the page says of commands and the program does not, and the other way round."""
    found = []
    parts = sections(page)
    commands = typer.main.get_command(app).commands
    on_page = {heading.removeprefix("greenpaper ") for heading in parts if heading.startswith("greenpaper ")}
    found += [f"command {each}" for each in on_page ^ commands.keys()]
    for name in on_page & commands.keys():
        section = parts[f"greenpaper {name}"]
        real = {opt for opts, _ in options_of(commands[name]) for opt in opts}
        found += [f"{name} {each}" for each in set(first_cells(section)) ^ real]
        words = re.findall(r"`([^`]+)`", section)
        for opts, choices in options_of(commands[name]):
            found += [f"{name} {opts[0]} {each}" for each in choices if each not in words]
    return found


def test_every_command_and_option_is_on_the_page_and_no_others():
    commands = typer.main.get_command(app).commands
    assert len(commands) >= 9
    assert sum(len(list(options_of(command))) for command in commands.values()) >= 30
    assert unlike_the_program(COMMANDS) == []


@pytest.mark.parametrize(
    "old, new, missing",
    [
        ("## greenpaper schema", "## greenpaper shema", "command schema"),
        ("| `--fail-on` |", "| fail-on |", "check --fail-on"),
        ("| `--output`, `-o` | the folder to write to, ", "| `--output` | the folder to write to, ", "schema -o"),
        ("`--report` | write", "`--rapport` | write", "compare --rapport"),
        ("`error` or `warning` (the default)", "a severity", "check --fail-on error"),
    ],
)
def test_a_gap_in_the_page_of_commands_is_seen(old, new, missing):
    assert old in COMMANDS
    assert missing in unlike_the_program(COMMANDS.replace(old, new))


def test_options_of_several_commands_are_said_to_be_of_those():
    table = sections(COMMANDS)["Options of several commands"]
    of = {name: {opt for opts, _ in options_of(command) for opt in opts} for name, command in commands_of().items()}
    for option, said in re.findall(r"^\| `(--[\w-]+)` \| ([^|]+) \|", table, re.MULTILINE):
        named = set(re.findall(r"`(\w+)`", said))
        named = set(of) - named if said.startswith("all but") else named
        assert named == {name for name, options in of.items() if option in options}, option


def commands_of():
    return typer.main.get_command(app).commands


def test_every_exit_code_is_on_the_page():
    codes = re.findall(r"^\| (\d+) \|", sections(COMMANDS)["What ends a command"], re.MULTILINE)
    assert sorted(map(int, codes)) == [DONE, FINDINGS, UNUSABLE, OUR_FAULT]


# Policy files

HEADINGS = {
    "FrameworkFile": "framework.yaml",
    "AppliesTo": "What it applies to",
    "Starting": "The days",
    "Source": "A source",
    "Citation": "A citation",
    "VocabularyFile": "vocabulary.yaml",
    "Scale": "A scale",
    "Fact": "A fact",
    "Group": "A group",
    "Definition": "A definition",
    "AssumedFor": "A time for which it is assumed",
    "Titled": "Something with a title",
    "CriteriaFile": "criteria.yaml",
    "Criterion": "A criterion",
    "ThemesFile": "themes.yaml",
    "ReferencesFile": "references.yaml",
    "EventsFile": "events.yaml",
    "Event": "An event",
    "DeadlinesFile": "deadlines.yaml",
    "Deadline": "A deadline",
    "OpenQuestionsFile": "open_questions.yaml",
    "OpenQuestion": "An open question",
    "ConstraintsFile": "constraints.yaml",
    "Constraint": "A constraint",
    "ActivitiesFile": "activities.yaml",
    "Activity": "An activity",
    "Amount": "An amount",
    "DecisionFile": "decisions/*.yaml",
    "Outcome": "An outcome",
    "Sequel": "What an attribute is compared with",
    "Rule": "A rule",
    "LeftOpen": "An open point",
    "Precedence": "The precedence",
    "InvariantsFile": "invariants.yaml",
    "Invariant": "An invariant",
    "RelationsFile": "invariants.yaml beside the versions",
    "Relation": "An invariant over two versions",
    "TwoVersions": "The two versions",
    "ExplainedFile": "explained.yaml",
    "Explained": "An explanation",
    "CasesFile": "cases/*.yaml",
    "Case": "A case",
    "Expectation": "What a case expects",
    "ProposalFile": "proposals/*.yaml",
    "Option": "An option",
    "Edit": "An edit",
    "Intent": "An intent",
    "Movers": "The movers",
    "ReadingFile": "readings/*.yaml",
    "ConsultationFile": "consultation.yaml",
    "Dates": "The dates",
    "DateSaid": "A date",
    "DocumentListed": "A document",
    "ChannelOpened": "A channel",
    "QuestionAsked": "A question",
    "DecisionTold": "A decision on a proposal",
    "ResponsesFile": "responses.yaml",
    "ResponseSaid": "A response",
    "SealFile": "seal.yaml",
    "Sealed": "What was sealed",
    "Erratum": "An erratum",
    "ManifestFile": "sources/*.yaml beside the versions",
    "ManifestSentence": "A sentence",
    "TracedFile": "traced.yaml",
    "CalendarFile": "calendars/*.yaml beside the versions",
    "Holiday": "A holiday",
    "Basis": "What a calendar rests on",
}


def models_in(annotation) -> list[type[Written]]:
    if isinstance(annotation, type) and issubclass(annotation, Written):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def words_in(annotation) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in words_in(part)]


def all_models() -> dict[str, type[Written]]:
    """Every model that a policy file can hold, by name."""
    found: dict[str, type[Written]] = {}
    waiting = list(KINDS.values())
    while waiting:
        model = waiting.pop()
        if found.setdefault(model.__name__, model) is model:
            inside = [each for field in model.model_fields.values() for each in models_in(whole(field))]
            waiting += [each for each in inside if each.__name__ not in found]
    return found


def whole(field):
    """The annotation with the parts that pydantic keeps beside it."""
    return field.annotation


def unlike_the_models(page: str, models: dict[str, type[Written]]) -> list[str]:
    """Keys and words that the page lacks, or has and no file may."""
    found = []
    parts = sections(page)
    for name, model in models.items():
        section = parts.get(HEADINGS.get(name, ""), "")
        table = section.split("| `resolve` | several")[0]
        keys = {field.alias or key for key, field in model.model_fields.items()}
        found += [f"{name} {key}" for key in set(first_cells(table)) ^ keys]
        said = set(re.findall(r"`([^`]+)`", section))
        found += [
            f"{name} {word}"
            for key, field in model.model_fields.items()
            if key != "confidence"
            for word in words_in(field.annotation)
            if word not in said
        ]
    return found


def test_every_key_of_every_file_is_on_the_page_and_no_others():
    models = all_models()
    assert len(models) == len(HEADINGS) >= 23
    assert sum(len(model.model_fields) for model in models.values()) >= 100
    assert unlike_the_models(FILES, models) == []


def test_every_file_of_a_version_is_on_the_page():
    from greenpaper.framework.parts import LAYOUT

    assert sorted(first_cells(FILES.partition("## framework.yaml")[0])) == sorted(pattern for _, pattern in LAYOUT)


class Added(Written):
    colour: Literal["red", "green"]


@pytest.mark.parametrize(
    "page, models, missing",
    [
        (FILES.replace("| `also_titled` |", "| also titled |"), None, "Fact also_titled"),
        (FILES.replace("| `precedence` |", "| `precedense` |"), None, "DecisionFile precedense"),
        (FILES.replace("`superseded`", "superseded"), None, "FrameworkFile superseded"),
        (FILES, {"Added": Added}, "Added colour"),
        (FILES, {"Added": Added}, "Added green"),
    ],
)
def test_a_gap_in_the_page_of_policy_files_is_seen(page, models, missing):
    assert missing in unlike_the_models(page, models or all_models())


# Statuses and the like

TABLES: tuple[tuple[str, str, type[StrEnum]], ...] = (
    (STATUSES, "How a decision stands on one record", Status),
    (STATUSES, "Whether an authority moves between two versions", Movement),
    (STATUSES, "How an answer stands to what happened", Finding),
    (STATUSES, "How an inspection comes to its version", Resolution),
    (STATUSES, "How an inspection stands to its version", UnderConstraints),
    (STATUSES, "How the answers of two versions stand to each other", Accord),
    (STATUSES, "What can be said of a workload", Standing),
    (STATUSES, "How what is due stands on a day", State),
    (STATUSES, "How the day of an event is known", Footing),
    (STATUSES, "How sure a statement is", Confidence),
    (STATUSES, "How firmly the source says it", Modality),
    (STATUSES, "How bad a finding is", Severity),
    (RECORDS, "No value", Unknown),
)


def unlike_the_words(page: str, heading: str, words: list[str]) -> set[str]:
    return set(first_cells(sections(page)[heading])) ^ set(words)


@pytest.mark.parametrize("page, heading, words", TABLES, ids=[words.__name__ for _, _, words in TABLES])
def test_every_word_of_a_kind_is_in_its_table_and_no_others(page, heading, words):
    assert unlike_the_words(page, heading, [str(each) for each in words]) == set()


def test_a_gap_in_a_table_of_words_is_seen():
    without = STATUSES.replace("| `conflict` |", "| conflict |")
    assert unlike_the_words(without, "How a decision stands on one record", [str(each) for each in Status]) == {
        "conflict"
    }


def test_every_way_to_resolve_is_in_its_table():
    table = "| `resolve` |" + sections(FILES)["decisions/*.yaml"].split("| `resolve` | several")[1]
    assert first_cells(table)[1:] == [str(each) for each in Resolve]


def test_every_column_of_records_is_on_the_page():
    columns = first_cells(sections(RECORDS)["The columns of a table of records"])
    assert sorted(columns) == sorted(RECORD_COLUMNS)
    assert set(REGISTER_COLUMNS) <= set(re.findall(r"`([^`]+)`", sections(RECORDS)["The columns of a register"]))


# Tasks


def tasks_missing(page: str) -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    tasks = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) - {"help"}
    assert len(tasks) >= 9
    return tasks ^ set(re.findall(r"^\| `make ([a-z-]+)` \|", page, re.MULTILINE))


def test_every_task_is_among_those_for_contributors():
    page = prose(Path(ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert tasks_missing(page) == set()
    assert tasks_missing(page.replace("| `make wheel` |", "| `make wheal` |")) == {"wheel", "wheal"}
