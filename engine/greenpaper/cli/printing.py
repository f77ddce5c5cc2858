"""Where results go: the terminal, or a file that was asked for. The only place that prints."""

import json
import os
import re
import sys
from codecs import backslashreplace_errors, register_error
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from greenpaper.cli.forms import Format
from greenpaper.cli.selecting import Unusable
from greenpaper.report.view import View
from greenpaper.source.writing import write_whole

NOT_ASCII = re.compile(r"[^\n -~]")
SUFFIXES = {".html": Format.HTML, ".md": Format.MARKDOWN, ".csv": Format.CSV, ".json": Format.JSON, ".txt": Format.TEXT}


def out(text: str) -> None:
    """Print a result; characters that the output cannot show are printed as codes. Raises Unusable when it is full."""
    if isinstance(sys.stdout, TextIOWrapper):
        register_error("plain", plain)
        sys.stdout.reconfigure(errors="plain")
    try:
        print(text, end="" if text.endswith("\n") else "\n", flush=True)  # noqa: T201
    except BrokenPipeError:
        raise
    except OSError as fault:
        drop_output()
        raise Unusable(f"the result cannot be printed: {fault.strerror}") from None


def plain(fault: UnicodeError) -> tuple[str | bytes, int]:
    """Lines as hyphens, every other character that an encoding lacks as its code, which JSON also reads."""
    if isinstance(fault, UnicodeEncodeError) and set(fault.object[fault.start : fault.end]) == {"─"}:
        return "-" * (fault.end - fault.start), fault.end
    return backslashreplace_errors(fault)


def aside(text: str) -> None:
    """Print something that is not the result."""
    print(text, file=sys.stderr)  # noqa: T201


def drop_output() -> None:
    """Give up what is not yet printed, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    """Plain data as JSON, indented; a character that shows nothing, or that a terminal obeys, as its code."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return NOT_ASCII.sub(lambda found: found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1], text)


def form_of(path: Path) -> Format:
    """The form that a file's name asks for. Raises Unusable."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise Unusable(f"`{path}`: the name must end in {', '.join(SUFFIXES)}")
    return form


def make_folder(path: Path) -> None:
    """Make a folder that was asked for. Raises Unusable when that is not possible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unusable(f"`{path}` cannot be made: {fault.strerror}") from None


def write(path: Path, text: str) -> None:
    """Write a file that was asked for. Raises Unusable when that is not possible; then what was there still is."""
    try:
        write_whole(path, text)
    except OSError as fault:
        raise Unusable(f"`{path}` cannot be written: {fault.strerror}") from None
