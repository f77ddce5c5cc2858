"""Markdown pages that run: a page is played from top to bottom in one folder, and comes back with what really came out.

A page is played as a reader would follow it, in a folder that has `policies/` and `authorities/` beside it:

- a ```` ```console ```` block holds commands after `$ `, each with its output. Known are `greenpaper`, `cp -r`, `rm`,
  `rm -r`, `mkdir`, `cat`, `git`, as somebody on one day, and `echo $?`; a command may end in `| head -N` or
  `| tail -N`;
- a block whose line above ends in a file name, such as "Write `cases.yaml`:", is written to that file;
- a ```` ```diff ```` block under such a line changes the file: its `-` lines must stand there once, its `+` lines replace them;
- a ```` ```python ```` block is run: as a session where it has `>>>`, otherwise what it prints must be in its comments.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from greenpaper.__main__ import exit_code

ROOT = Path(__file__).resolve().parents[1]
DATA = ("policies", "authorities")
FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_ABOVE = re.compile(r"`([\w./+-]+\.[a-z]+)`:\n+\Z")
CUT = re.compile(r"^(.*?) \| (head|tail) -(\d+)$")
PRINTED = re.compile(r"^print\(.*\)  # (.+)$", re.MULTILINE)


class NotPlayable(Exception):
    """A page asks for something that a page cannot do, or that does not happen."""


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, and the file that the line above names."""

    kind: str
    text: str
    file: str

    @property
    def runs(self) -> bool:
        """Whether playing the page does anything with the block."""
        return self.kind in ("console", "python") or bool(self.file)


def pages() -> tuple[Path, ...]:
    """Every page of the project that people read, but not the generated ones."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")]
    found += [ROOT / folder / "README.md" for folder in ("policies", "authorities", "tests")]
    generated = {ROOT / "docs" / name for name in ("problems", "frameworks")}
    return tuple(sorted(page for page in found if page.is_file() and page.parent not in generated))


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(_block(text, match) for match in FENCE.finditer(text))


def _block(text: str, match: re.Match[str]) -> Block:
    above = FILE_ABOVE.search(text[: match.start()])
    return Block(match[1], match[2], above[1] if above else "")


def commands(text: str) -> tuple[str, ...]:
    """Every command of the page's console blocks."""
    shown = (block.text for block in blocks(text) if block.kind == "console")
    return tuple(command for block in shown for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE))


def is_played(text: str) -> bool:
    return any(block.runs for block in blocks(text))


@contextlib.contextmanager
def beside_the_data(folder: Path) -> Iterator[None]:
    """Work in `folder` as in a clone: with the data at hand, and shown by the same short paths."""
    for name in DATA:
        shutil.copytree(ROOT / name, folder / name)
    settings = {"GREENPAPER_POLICIES": DATA[0], "GREENPAPER_RECORDS": DATA[1], "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    with contextlib.chdir(folder), mock.patch.dict(os.environ, settings):
        yield


def played(text: str, folder: Path) -> str:
    """The page with the output that its commands really have. Raises NotPlayable."""
    with beside_the_data(folder):
        player = _Player()
        return FENCE.sub(lambda match: player.play(_block(text, match), match[0]), text)


class _Player:
    """One page being played: how its last command ended, and the names that its Python blocks share."""

    def __init__(self) -> None:
        self.code = 0
        self.names: dict[str, object] = {}

    def play(self, block: Block, whole: str) -> str:
        match block.kind:
            case "console":
                return f"```console\n{self._console(block.text)}```"
            case "python":
                self._python(block.text)
            case "diff" if block.file:
                _change(Path(block.file), block.text)
            case _ if block.file:
                Path(block.file).parent.mkdir(parents=True, exist_ok=True)
                Path(block.file).write_text(block.text, encoding="utf-8")
        return whole

    def _console(self, text: str) -> str:
        before, *parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
        if before.strip() or not parts:
            raise NotPlayable(f"a console block begins with a command: {before}")
        shown = []
        for part in parts:
            command = part.partition("\n")[0]
            output = self._run(command)
            shown.append(f"$ {command}\n{output}\n" if output else f"$ {command}\n")
        return "".join(
            f"{part}\n" if number + 1 < len(shown) and part.count("\n") > 1 else part
            for number, part in enumerate(shown)
        )

    def _run(self, command: str) -> str:
        if cut := CUT.match(command):
            lines, number = self._run(cut[1]).split("\n"), int(cut[3])
            return "\n".join(lines[:number] if cut[2] == "head" else lines[-number:]).strip("\n")
        match shlex.split(command):
            case ["greenpaper", *arguments]:
                self.code, output = greenpaper(*arguments)
                return output
            case ["cp", "-r", source, target]:
                shutil.copytree(source, target)
            case ["rm", "-r", folder]:
                shutil.rmtree(folder)
            case ["rm", pattern]:
                if not (files := sorted(Path().glob(pattern))):
                    raise NotPlayable(f"there is nothing to remove: {command}")
                for file in files:
                    file.unlink()
            case ["mkdir", folder]:
                Path(folder).mkdir()
            case ["cat", file]:
                return Path(file).read_text("utf-8").rstrip("\n")
            case ["git", *arguments]:
                return git(*arguments)
            case ["echo", "$?"]:
                return str(self.code)
            case _:
                raise NotPlayable(f"no page can run `{command}`")
        return ""

    def _python(self, text: str) -> None:
        if ">>>" in text:
            self._session(text)
            return
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(text, "a Python block", "exec"), self.names)
        if printed.getvalue().splitlines() != PRINTED.findall(text):
            raise NotPlayable(f"the block prints\n{printed.getvalue()}and says\n{PRINTED.findall(text)}")

    def _session(self, text: str) -> None:
        said = io.StringIO()
        flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        runner = doctest.DocTestRunner(optionflags=flags)
        test = doctest.DocTestParser().get_doctest(text, self.names, "a Python block", None, 0)
        runner.run(test, out=said.write, clear_globs=False)
        self.names.update(test.globs)
        if said.getvalue():
            raise NotPlayable(said.getvalue())


def greenpaper(*arguments: str) -> tuple[int, str]:
    """Exit code and output of one command, both streams together, run in this process."""
    said = io.StringIO()
    named = mock.patch.object(sys, "argv", ["greenpaper", *arguments])
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), named:
        code = exit_code()
    return code, "\n".join(line.rstrip() for line in said.getvalue().rstrip("\n").split("\n"))


def git(*arguments: str) -> str:
    """What git prints, called by nobody in particular, so that the same commits have the same hashes."""
    who = {"NAME": "Somebody", "EMAIL": "somebody@example.org", "DATE": "2026-01-10T12:00:00+00:00"}
    same = {f"GIT_{role}_{what}": said for role in ("AUTHOR", "COMMITTER") for what, said in who.items()}
    away = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    run = subprocess.run(["git", *arguments], env=os.environ | away | same, capture_output=True, text=True, check=False)
    if run.returncode:
        raise NotPlayable(run.stderr)
    return run.stdout.rstrip("\n")


def _change(file: Path, diff: str) -> None:
    lines = diff.splitlines()
    if any(line[:1] not in ("-", "+", " ", "") for line in lines):
        raise NotPlayable(f"a line of a change begins with `-`, `+` or a blank: {diff}")
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    text = file.read_text("utf-8")
    if text.count(old) != 1 and old:
        raise NotPlayable(f"{file} has these lines {text.count(old)} times:\n{old}")
    file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def check_page(page: Path, folder: Path) -> None:
    """The page says what happens. With GREENPAPER_ACCEPT=1 it is rewritten to say so."""
    text = page.read_text("utf-8")
    really = played(text, folder)
    if os.environ.get("GREENPAPER_ACCEPT") == "1":
        page.write_text(really, encoding="utf-8")
    else:
        assert really == text, f"{page.relative_to(ROOT)} shows another output: GREENPAPER_ACCEPT=1 rewrites it"
