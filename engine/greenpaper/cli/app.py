"""The command line: names, options and help. What a command does is in the module of its name, imported when called."""

from pathlib import Path
from typing import Annotated

import typer

from greenpaper.cli.forms import DiffPart, FailOn, Format, Plain

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
    format: Simple = Plain.TEXT,
    policies: Policies = None,
) -> None:
    """Check versions: shape, names, conditions, and what no rule or more than one rule covers."""
    from greenpaper.cli.checking import check_versions

    check_versions(versions or [], fail_on=fail_on, as_json=format is Plain.JSON, policies=policies)


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
    """Explain what follows for one authority: why, what would change it, and how every rule applied."""
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
    as_of: AsOf = "",
    format: Formatted = Format.TEXT,
    policies: Policies = None,
    records: Records = None,
) -> None:
    """Compare versions over all authorities; the first is the one the others are compared with."""
    from greenpaper.cli.comparing import compare_versions
    from greenpaper.cli.selecting import Selection

    selection = Selection("", where, region, neighbours_of)
    compare_versions(
        versions or [], selection, report=report, as_of=as_of, form=format, policies=policies, records=records
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
    """Show exactly what changes from one version to another: in words, in every situation, for every authority."""
    from greenpaper.cli.diffing import Asked, diff_versions

    asked = Asked(tuple(only or ()), intent, exit_code)
    diff_versions(versions, asked, report=report, as_of=as_of, form=format, policies=policies, records=records)


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
    """Compare what a version says of every inspection with what happened until the next one."""
    from greenpaper.cli.backtesting import History, backtest_version
    from greenpaper.cli.selecting import Selection

    history = History(Selection("", where, region), since, until)
    backtest_version(version, history, form=format, policies=policies, records=records)


@app.command(name="import")
def import_(
    mapping: Annotated[Path, typer.Argument(help="Column mapping in YAML.")],
    raw: Annotated[Path, typer.Option("--from", help="Folder with the files that the mapping names.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the tables to.")],
) -> None:
    """Turn analysts' files into greenpaper's tables, listing every row that is not used and why."""
    from greenpaper.cli.importing import import_files

    import_files(mapping, raw, output)


@app.command()
def versions(format: Simple = Plain.TEXT, policies: Policies = None) -> None:
    """List the versions, when each applies and its status."""
    from greenpaper.cli.listing import list_versions

    list_versions(as_json=format is Plain.JSON, policies=policies)


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
