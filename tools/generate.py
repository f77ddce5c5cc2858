"""Write what is made from the code: the JSON Schemas and the manual pages of problems. `--check` only compares."""

import sys
from inspect import cleandoc
from pathlib import Path

from greenpaper.cli.manual import problems
from greenpaper.cli.schemas import FILES
from greenpaper.source.schemas import schema_texts

ROOT = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Path → text of every generated file."""
    made = {ROOT / "schemas" / name: text for name, text in schema_texts(FILES).items()}
    pages = {code: _page(code, cleandoc(problem.__doc__ or "")) for code, problem in problems().items()}
    made |= {ROOT / "docs" / "problems" / f"{code}.md": page for code, page in pages.items()}
    made[ROOT / "docs" / "problems" / "README.md"] = _index()
    return made


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
    """Files that differ from what would be made, and pages of problems that are no more."""
    different = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
    orphans = [path for path in (ROOT / "docs" / "problems").glob("*.md") if path not in made]
    return different + orphans + [path for path in (ROOT / "schemas").glob("*") if path not in made]


def main(arguments: list[str]) -> int:
    made = generated()
    old = stale(made)
    if "--check" in arguments:
        print(
            "\n".join(f"{path.relative_to(ROOT)} is stale: run `make generate`" for path in old)
            or "generated files are fresh"
        )
        return int(bool(old))
    for path in old:
        if path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(old)} files written or removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
