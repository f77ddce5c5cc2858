"""A view as one HTML file: self-contained, escaped, readable without scripts, printable."""

import re
from functools import cache
from importlib import resources
from typing import Any

from greenpaper.report.view import View
from greenpaper.source.render import visible

ADDRESS = re.compile(r"(https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)'’])")


def to_html(view: View) -> str:
    """The whole page. Nothing is fetched from anywhere; all text is escaped."""
    rendered = _template().render(view=view)
    assert isinstance(rendered, str)
    return rendered


@cache
def _template() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_shown,
    )  # fmt: skip
    environment.filters["parts"] = _parts
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("page.html")


def _parts(text: str) -> list[str]:
    """The text cut at web addresses: every second part is one."""
    return ADDRESS.split(visible(text))


def _shown(value: Any) -> Any:
    """Plain text without characters that show nothing; markup is left as it is."""
    return visible(value) if type(value) is str else value


def _text(name: str) -> str:
    return resources.files("greenpaper.report").joinpath(name).read_text("utf-8")
