"""Write what is made from the code and the policies: JSON Schemas, pages of problems and of versions.

`--check` only compares.
"""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

from greenpaper.cli.manual import problems
from greenpaper.cli.reading import whole_of
from greenpaper.cli.schemas import FILES
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector
from greenpaper.report.framework_page import framework_view, governs
from greenpaper.report.to_markdown import escape, to_markdown
from greenpaper.report.words import label
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.schemas import schema_texts

ROOT = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Path → text of every generated file."""
    made = {ROOT / "schemas" / name: text for name, text in schema_texts(FILES).items()}
    pages = {code: _page(code, cleandoc(problem.__doc__ or "")) for code, problem in problems().items()}
    made |= {ROOT / "docs" / "problems" / f"{code}.md": page for code, page in pages.items()}
    made[ROOT / "docs" / "problems" / "README.md"] = _index()
    return made


def of_versions() -> tuple[dict[Path, str], str]:
    """Path → text of the page of every version, and of their index; or the pages there are, and what is wrong."""
    folder = ROOT / "docs" / "frameworks"
    try:
        return {folder / name: page for name, page in framework_pages(ROOT / "policies")}, ""
    except PolicyError as fault:
        there = {page: page.read_text("utf-8") for page in folder.glob("*.md")}
        return there, f"the pages of versions are left as they are: {fault}"


def framework_pages(policies: Path) -> Iterator[tuple[str, str]]:
    """The page of every version, and their index. Raises PolicyError."""
    catalogue = Catalogue(policies)
    wholes = {version: whole_of(Selector(catalogue, version)) for version in catalogue.heads}
    for version, whole in wholes.items():
        yield f"{version}.md", to_markdown(framework_view(whole))
    head = "# The versions\n\nEach on one page, made from its files; `greenpaper read VERSION` prints the same.\n\n"
    rows = (_row(version, whole.framework) for version, whole in wholes.items())
    yield "README.md", f"{head}| Version | Status | Governs | Title |\n|---|---|---|---|\n{''.join(rows)}"


def _row(version: str, framework: Framework) -> str:
    cells = [f"[{label(framework)}]({version}.md)", framework.status, governs(framework), framework.title]
    return f"| {' | '.join(cells[:1] + [escape(each) for each in cells[1:]])} |\n"


def _page(code: str, doc: str) -> str:
    """The docstring as Markdown: its headings, and its examples as blocks."""
    first, *rest = doc.split("\n")
    lines = [f"# {code}", "", first]
    example = False
    for line in rest:
        if line and not line.startswith(" "):
            lines += ["```", ""] * example + [f"## {line}", ""]
            example = line in ("Avoid", "Prefer")
            lines += ["```yaml"] * example
        elif line or not example:
            lines.append(line.removeprefix("    "))
    return "\n".join([*lines, *["```"] * example]).rstrip() + "\n"


def _index() -> str:
    rows = (
        f"- [{code}]({code}.md): {cleandoc(problem.__doc__ or '').splitlines()[0]}"
        for code, problem in problems().items()
    )
    head = "# Problems\n\nEvery problem has a code and a page; `greenpaper problem CODE` prints it.\n\n"
    return head + "\n".join(rows) + "\n"


def stale(made: dict[Path, str]) -> list[Path]:
    """Files that differ from what would be made, and pages of problems and versions that are no more."""
    different = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
    folders = (ROOT / "docs" / name for name in ("problems", "frameworks"))
    orphans = [path for folder in folders for path in folder.glob("*.md") if path not in made]
    return different + orphans + [path for path in (ROOT / "schemas").glob("*") if path not in made]


def main(arguments: list[str]) -> int:
    pages, fault = of_versions()
    made = generated() | pages
    if fault:
        print(fault)
    old = stale(made)
    if "--check" in arguments:
        print(
            "\n".join(f"{path.relative_to(ROOT)} is stale: run `make generate`" for path in old)
            or "generated files are fresh"
        )
        return int(bool(old or fault))
    for path in old:
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(old)} files written or removed")
    return int(bool(fault))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
