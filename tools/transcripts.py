"""Rewrite the outputs shown below `$ greenpaper …` in Markdown pages by running the commands. Read the difference."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def rewritten(text: str) -> str:
    return BLOCK.sub(lambda block: f"```console\n{_block(block.group(1))}```", text)


def _block(block: str) -> str:
    parts = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        shown = run(command) if command.startswith("greenpaper ") else output.rstrip("\n")
        parts.append(f"$ {command}\n{shown}\n" if shown else f"$ {command}\n")
    return "\n".join(parts) if len(parts) > 1 else "".join(parts)


def run(command: str) -> str:
    """What the command prints, in the project's folder."""
    arguments = [sys.executable, "-m", "greenpaper", *shlex.split(command)[1:]]
    ran = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    return (ran.stdout + ran.stderr).rstrip("\n")


def main(pages: list[str]) -> None:
    for page in map(Path, pages):
        page.write_text(rewritten(page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
