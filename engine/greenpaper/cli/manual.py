"""`greenpaper problem`."""

from collections.abc import Callable
from inspect import getdoc

from greenpaper.cli.printing import out
from greenpaper.cli.selecting import Unusable
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.nearest import did_you_mean

Problem = Callable[..., Diagnostic]


def problems() -> dict[str, Problem]:
    """Every problem by its code, in the order of the floors they belong to."""
    from greenpaper.analysis import invariant_problems, tracing_problems
    from greenpaper.analysis import problems as analysis
    from greenpaper.comparison import intent_problems
    from greenpaper.comparison import problems as comparison
    from greenpaper.framework import (
        calendar_problems,
        consultation_problems,
        content_problems,
        manifest_problems,
        seal_problems,
    )
    from greenpaper.framework import problems as framework
    from greenpaper.language import problems as language
    from greenpaper.language import syntax_problems
    from greenpaper.records import mapping_problems, response_problems
    from greenpaper.records import problems as records
    from greenpaper.source import problems as source
    from greenpaper.source import shape_problems

    rooms = (
        source,
        syntax_problems,
        language,
        shape_problems,
        framework,
        content_problems,
        seal_problems,
        consultation_problems,
        manifest_problems,
        calendar_problems,
        records,
        mapping_problems,
        response_problems,
        analysis,
        invariant_problems,
        tracing_problems,
        comparison,
        intent_problems,
    )
    return {code_of(problem): problem for room in rooms for problem in room.PROBLEMS}


def code_of(problem: Problem) -> str:
    """The code of a problem is its function's name."""
    return problem.__name__.replace("_", "-")


def show_problem(code: str) -> None:
    known = problems()
    if not code:
        out("\n".join(f"{name:28}{(getdoc(problem) or '').splitlines()[0]}" for name, problem in known.items()))
    elif code in known:
        out(f"{code}\n\n{getdoc(known[code])}")
    else:
        raise Unusable(f"no problem has the code `{code}`: {did_you_mean(code, known) or 'leave it out to list all'}")
