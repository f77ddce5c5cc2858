"""A view as one HTML file: self-contained, escaped, readable without scripts, printable."""

from functools import cache
from importlib import resources
from typing import Any

from greenpaper.report.view import View


def to_html(view: View) -> str:
    """The whole page. Nothing is fetched from anywhere; all text is escaped."""
    rendered = _template().render(view=view)
    assert isinstance(rendered, str)
    return rendered


@cache
def _template() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("page.html")


def _text(name: str) -> str:
    return resources.files("greenpaper.report").joinpath(name).read_text("utf-8")
