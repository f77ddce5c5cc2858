"""Where results go: the terminal, or a file that was asked for. The only place that prints."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greenpaper.cli.forms import Format
from greenpaper.cli.selecting import Unusable
from greenpaper.report.view import View

SUFFIXES = {".html": Format.HTML, ".md": Format.MARKDOWN, ".csv": Format.CSV, ".json": Format.JSON, ".txt": Format.TEXT}


def out(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def aside(text: str) -> None:
    """Print something that is not the result."""
    sys.stderr.write(f"{text}\n")


def formatted(form: Format, view: Callable[[], View], data: Callable[[], Any], table: Callable[[], str]) -> str:
    """The result in the form asked for; only what that form needs is made."""
    match form:
        case Format.TEXT:
            from greenpaper.report.to_text import to_text

            return to_text(view())
        case Format.MARKDOWN:
            from greenpaper.report.to_markdown import to_markdown

            return to_markdown(view())
        case Format.HTML:
            from greenpaper.report.to_html import to_html

            return to_html(view())
        case Format.JSON:
            return as_json(data())
        case Format.CSV:
            return table()


def as_json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def form_of(path: Path) -> Format:
    """The form that a file's name asks for. Raises Unusable."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise Unusable(f"`{path}`: the name must end in {', '.join(SUFFIXES)}")
    return form


def write(path: Path, text: str) -> None:
    """Write a file that was asked for. Raises Unusable when that is not possible."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Unusable(f"`{path}` cannot be written: {fault.strerror}") from None
