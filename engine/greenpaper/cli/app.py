"""The command line: names, options and help. What a command does is in the module of its name, imported when called.

One file, though a long one: it is a list of the commands, each a few lines, and what they share stands above them.
"""

from pathlib import Path
from typing import Annotated

import typer

from greenpaper.cli.forms import By, Chapter, DiffPart, FailOn, Format, NewStatus, OnBad, Plain, Told

app = typer.Typer(
    name="greenpaper",
    help="Inspection frameworks as data: evaluate any authority against any version, and say exactly what changes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
)


def _something(context: typer.Context, option: typer.CallbackParam, value: str) -> str:
    """An option that is given must say something: an empty one would be taken for none at all."""
    given = context.get_parameter_source(option.name or "")
    if given is not None and given.name == "COMMANDLINE" and not value.strip():
        raise typer.BadParameter("it is empty: say what is meant, or leave the option out")
    return value


Policies = Annotated[
    Path | None,
    typer.Option(envvar="GREENPAPER_POLICIES", help="Folder of versions; without it, those that come with greenpaper."),
]
Records = Annotated[
    Path | None,
    typer.Option(envvar="GREENPAPER_RECORDS", help="Folder or file of records; without it, the 153 authorities."),
]
Formatted = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
Simple = Annotated[Plain, typer.Option("--format", help="How the result is printed.")]
AsOf = Annotated[str, typer.Option(help="Day to which months are counted, such as 2026-08-20.", metavar="DATE")]
Where = Annotated[
    str, typer.Option(help="Only records of which this condition is true.", metavar="CONDITION", callback=_something)
]
Region = Annotated[str, typer.Option(help="Only authorities of this region.")]
Neighbours = Annotated[
    str, typer.Option(help="Only this authority and its statistical neighbours.", metavar="AUTHORITY")
]
Versions = Annotated[list[str] | None, typer.Argument(help="Versions, such as 2026 or 2027-draft+proposal=option.")]


@app.command()
def check(
    versions: Versions = None,
    fail_on: Annotated[FailOn, typer.Option(help="From which severity on the exit code is 1.")] = FailOn.WARNING,
    since: Annotated[
        str,
        typer.Option(
            help="A revision of git from which on a status took only allowed steps.", metavar="REV", callback=_something
        ),
    ] = "",
    format: Simple = Plain.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Check versions for problems and gaps. What no rule or more than one covers is counted, and shown."""
    from greenpaper.cli.checking import Against, check_versions

    against = Against(since, records)
    check_versions(versions or [], against, fail_on=fail_on, as_json=format is Plain.JSON, policies=policies)


@app.command()
def test(versions: Versions = None, format: Simple = Plain.TEXT, policies: Policies = None) -> None:
    """Run the worked cases of versions."""
    from greenpaper.cli.testing import test_versions

    test_versions(versions or [], as_json=format is Plain.JSON, policies=policies)


@app.command()
def explain(
    authority: Annotated[str, typer.Argument(help="Name, alias or code of an authority.")],
    version: Annotated[
        str, typer.Option(help="Version; without it, the one in force when the records were taken.")
    ] = "",
    set_: Annotated[list[str] | None, typer.Option("--set", help="Use another value, such as leaders=good.")] = None,
    fix: Annotated[
        list[str] | None, typer.Option(help="A fact that the nearest changes must leave as it is.", metavar="FACT")
    ] = None,
    against: Annotated[str, typer.Option(help="Another version to contrast it with.", metavar="VERSION")] = "",
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Explain what follows for one authority, and why. Every rule is told, and what would change the answer."""
    from greenpaper.cli.explaining import Question, explain_authority

    question = Question(authority, version, tuple(set_ or ()), tuple(fix or ()), against)
    explain_authority(question, as_of=as_of, form=format, policies=policies, records=records)


@app.command()
def evaluate(
    authority: Annotated[str, typer.Argument(help="Name, alias or code; without it, all authorities.")] = "",
    version: Annotated[
        str, typer.Option(help="Version; without it, the one in force when the records were taken.")
    ] = "",
    where: Where = "",
    region: Region = "",
    neighbours_of: Neighbours = "",
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Evaluate one authority, or all, under one version."""
    from greenpaper.cli.evaluating import evaluate_authorities
    from greenpaper.cli.selecting import Selection

    selection = Selection(authority, where, region, neighbours_of)
    evaluate_authorities(version, selection, as_of=as_of, form=format, policies=policies, records=records)


@app.command()
def compare(
    versions: Versions = None,
    report: Annotated[
        Path | None, typer.Option(help="Write the whole comparison to this .html, .md, .csv or .json file.")
    ] = None,
    where: Where = "",
    region: Region = "",
    neighbours_of: Neighbours = "",
    count: Annotated[bool, typer.Option("--count", help="Count the records of a CSV file by situation.")] = False,
    by: Annotated[
        str, typer.Option(help="Counted records also by this column.", metavar="COLUMN", callback=_something)
    ] = "",
    beside: Annotated[
        list[str] | None, typer.Option(help="A column of counted records that is no fact.", metavar="COLUMN")
    ] = None,
    on_bad: Annotated[
        OnBad, typer.Option(help="Values of counted records that cannot be used: refused, or unknown.")
    ] = OnBad.RAISE,
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Compare versions over all authorities. The first is the one the others are compared with."""
    from greenpaper.cli.comparing import compare_versions
    from greenpaper.cli.counting import Counting
    from greenpaper.cli.selecting import Selection

    selection, counting = Selection("", where, region, neighbours_of), Counting(count, by, tuple(beside or ()), on_bad)
    compare_versions(
        versions or [], selection, counting, report=report, as_of=as_of, form=format, policies=policies, records=records
    )


@app.command()
def diff(
    versions: Annotated[list[str], typer.Argument(help="The earlier and the later version.")],
    only: Annotated[list[DiffPart] | None, typer.Option(help="Only this part; may be given more than once.")] = None,
    intent: Annotated[
        str,
        typer.Option(
            help="Prove that only situations change where this holds.", metavar="CONDITION", callback=_something
        ),
    ] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where behaviour changes.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write the difference to this .html, .md, .txt or .json file.")
    ] = None,
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Show exactly what changes from one version to another. In words, in all situations, for all authorities."""
    from greenpaper.cli.diffing import Asked, diff_versions

    asked = Asked(tuple(only or ()), intent, exit_code)
    diff_versions(versions, asked, report=report, as_of=as_of, form=format, policies=policies, records=records)


@app.command()
def options(
    version: Annotated[
        str, typer.Argument(help="A draft, or a version with readings; chosen options stay as they are.")
    ],
    authority: Annotated[
        str, typer.Option(help="Which proposals decide for this authority.", callback=_something)
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write the matrix to this .html, .md, .csv, .txt or .json file.")
    ] = None,
    where: Where = "",
    region: Region = "",
    neighbours_of: Neighbours = "",
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Work out every combination of a draft's options. What changes, who moves, and what hangs together."""
    from greenpaper.cli.options import Asked, show_options
    from greenpaper.cli.selecting import Selection

    asked = Asked(Selection("", where, region, neighbours_of), authority)
    show_options(version, asked, report=report, as_of=as_of, form=format, policies=policies, records=records)


@app.command()
def backtest(
    version: Annotated[str, typer.Argument(help="Version that is put to the test.")],
    since: Annotated[
        str, typer.Option(help="Only pairs whose first inspection began on this day or later.", metavar="DATE")
    ] = "",
    until: Annotated[
        str, typer.Option(help="Only pairs whose first inspection began on this day or earlier.", metavar="DATE")
    ] = "",
    where: Where = "",
    region: Region = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Compare what a version says with what happened. Of every inspection, until the next one."""
    from greenpaper.cli.backtesting import History, backtest_version
    from greenpaper.cli.selecting import Selection

    history = History(Selection("", where, region), since, until)
    backtest_version(version, history, form=format, policies=policies, records=records)


@app.command()
def inspections(
    since: Annotated[str, typer.Option(help="Only inspections that began on this day or later.", metavar="DATE")] = "",
    until: Annotated[
        str, typer.Option(help="Only inspections that began on this day or earlier.", metavar="DATE")
    ] = "",
    region: Region = "",
    under: Annotated[
        list[str] | None,
        typer.Option(help="Ask this version of every inspection; may be given more than once.", metavar="VERSION"),
    ] = None,
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Check every inspection against the version that governs it. Or ask other versions which of their rules apply."""
    from greenpaper.cli.inspecting import Asked, show_inspections

    asked = Asked(region, since, until, tuple(under or ()))
    show_inspections(asked, form=format, policies=policies, records=records)


@app.command()
def read(
    version: Annotated[str, typer.Argument(help="Version that is to be read, perhaps with options.")],
    only: Annotated[list[Chapter] | None, typer.Option(help="Only this chapter; may be given more than once.")] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write the page to this .html, .md, .txt or .json file too.")
    ] = None,
    format: Formatted = Format.TEXT,
    policies: Policies = None,
) -> None:
    """Read a whole version in plain English. Every statement with its source and how sure it is."""
    from greenpaper.cli.reading import read_version

    read_version(version, tuple(only or ()), report=report, form=format, policies=policies)


@app.command()
def timeline(
    authority: Annotated[str, typer.Argument(help="Name, alias or code of an authority.")],
    version: Annotated[
        str, typer.Option(help="Version for what comes next; without it, the one in force on the day.")
    ] = "",
    as_of: Annotated[
        str, typer.Option(help="Day on which it is told; without it, the day of the records.", metavar="DATE")
    ] = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Tell what is due when for one authority, and why. After each inspection and visit, and what comes next."""
    from greenpaper.cli.timeline import Asked, tell_timeline

    tell_timeline(Asked(authority, version, as_of), form=format, policies=policies, records=records)


@app.command()
def consultation(
    version: Annotated[str, typer.Argument(help="Version that was consulted on.")],
    format: Formatted = Format.TEXT,
    policies: Policies = None,
) -> None:
    """Show a consultation, and what came of it. Its dates, what was asked, what was answered, what was decided."""
    from greenpaper.cli.consulting import show_consultation

    show_consultation(version, form=format, policies=policies)


@app.command()
def responses(
    version: Annotated[str, typer.Argument(help="Version that was consulted on.")],
    table: Annotated[Path, typer.Argument(help="Table of responses in CSV.", metavar="FILE.csv")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of the version's folder.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace responses that are there and differ.")] = False,
    policies: Policies = None,
) -> None:
    """Write the responses to a consultation from a table. They are checked against what was asked."""
    from greenpaper.cli.responding import write_responses

    write_responses(version, table, output=output, replace=replace, policies=policies)


@app.command()
def workload(
    versions: Versions = None,
    by: Annotated[By | None, typer.Option(help="Break the totals down.")] = None,
    options: Annotated[
        bool, typer.Option("--options", help="Every combination of options of one version, against its base.")
    ] = False,
    where: Where = "",
    region: Region = "",
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Add up the visits and inspector days of versions. Over one cycle, and compared with the first of them."""
    from greenpaper.cli.adding_up import Sum, add_up
    from greenpaper.cli.selecting import Selection

    asked = Sum(Selection("", where, region), by is By.REGION, options)
    add_up(versions or [], asked, as_of=as_of, form=format, policies=policies, records=records)


@app.command()
def project(
    versions: Versions = None,
    years: Annotated[
        str,
        typer.Option(help="Year or years, such as 2027..2030; without it, the next four.", callback=_something),
    ] = "",
    draws: Annotated[int, typer.Option(help="How many times the years are drawn.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The seed: the same one draws the same years.")] = 1,
    since: Annotated[
        str,
        typer.Option(help="Draw only from what began on this day or later.", metavar="DATE", callback=_something),
    ] = "",
    region: Region = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Draw the coming years under versions. Visits and inspector days of each year, with how far they spread."""
    from greenpaper.cli.projecting import Wanted
    from greenpaper.cli.projecting import project as draw

    wanted = Wanted(years, draws, seed, since, region)
    draw(versions or [], wanted, form=format, policies=policies, records=records)


@app.command(name="import")
def import_(
    mapping: Annotated[Path, typer.Argument(help="Column mapping in YAML.")],
    raw: Annotated[Path, typer.Option("--from", help="Folder with the files that the mapping names.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the tables to.")],
) -> None:
    """Turn analysts' files into greenpaper's tables. Every row that is not used is listed, with the reason why."""
    from greenpaper.cli.importing import import_files

    import_files(mapping, raw, output)


@app.command()
def versions(format: Simple = Plain.TEXT, policies: Policies = None) -> None:
    """List the versions, when each applies and its status."""
    from greenpaper.cli.listing import list_versions

    list_versions(as_json=format is Plain.JSON, policies=policies)


@app.command()
def log(
    version: Annotated[str, typer.Argument(help="Version whose history is told.")],
    limit: Annotated[int | None, typer.Option(help="Only so many commits, the newest.", min=1)] = None,
    format: Annotated[Told, typer.Option(help="How the result is printed.")] = Told.TEXT,
    policies: Policies = None,
) -> None:
    """Tell the history of a version from git. Every commit, its status, and what it changed in behaviour."""
    from greenpaper.cli.history import tell_history

    tell_history(version, limit=limit, form=format, policies=policies)


@app.command()
def new(
    version: Annotated[str, typer.Argument(help="Name of the draft that is to be begun, and of its folder.")],
    base: Annotated[str, typer.Option("--from", help="Version that it amends.", metavar="BASE")],
    policies: Policies = None,
) -> None:
    """Begin a draft, with a proposal to fill in. Its folder is made beside the other versions."""
    from greenpaper.cli.creating import begin_draft

    begin_draft(version, base, policies=policies)


@app.command()
def consolidate(
    version: Annotated[str, typer.Argument(help="Draft, or version with readings, with the options chosen.")],
    name: Annotated[str, typer.Option("--as", help="Name of the version that is written out.", metavar="VERSION")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Its folder; without it, one beside the other versions.")
    ] = None,
    status: Annotated[NewStatus, typer.Option(help="Status of the version that is written out.")] = NewStatus.DRAFT,
    policies: Policies = None,
) -> None:
    """Write out a draft as a version that is whole. Its options are chosen, and it is proved to be the same."""
    from greenpaper.cli.consolidating import Asked, consolidate_version

    consolidate_version(version, Asked(name, output, status), policies=policies)


@app.command()
def sources(
    version: Annotated[str, typer.Argument(help="Version, such as 2026 or 2027-draft+proposal=option.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="Write down what the cited sentences say, as what the version rests on.")
    ] = False,
    format: Formatted = Format.TEXT,
    policies: Policies = None,
) -> None:
    """Trace a version to its documents and back. What is encoded, what is not and why, and what is stale."""
    from greenpaper.cli.tracing import tell_sources

    tell_sources(version, accept=accept, form=format, policies=policies)


@app.command()
def freeze(
    version: Annotated[str, typer.Argument(help="Version that is to stay as it is.")],
    erratum: Annotated[
        str,
        typer.Option(help="Record a change of a sealed version, with its reason.", metavar="WHY", callback=_something),
    ] = "",
    on: Annotated[
        str, typer.Option(help="Day that is written down; without it, today.", metavar="DATE", callback=_something)
    ] = "",
    policies: Policies = None,
) -> None:
    """Seal a version, so that every later change shows. Two hashes of it are written down beside it."""
    from greenpaper.cli.sealing import freeze_version

    freeze_version(version, erratum, on, policies=policies)


@app.command()
def verify(versions: Versions = None, format: Simple = Plain.TEXT, policies: Policies = None) -> None:
    """Say of each version whether it is as it was sealed."""
    from greenpaper.cli.sealing import verify_versions

    verify_versions(versions or [], as_json=format is Plain.JSON, policies=policies)


@app.command()
def problem(code: Annotated[str, typer.Argument(help="Code of a problem; without it, all are listed.")] = "") -> None:
    """Show the manual page of a problem."""
    from greenpaper.cli.manual import show_problem

    show_problem(code)


@app.command()
def schema(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder to write the schemas to.")] = None,
) -> None:
    """Print or write the JSON Schemas of policy files."""
    from greenpaper.cli.schemas import write_schemas

    write_schemas(output)
