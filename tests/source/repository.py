"""A git repository for a test, away from whatever the user's own git is told to do."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

AWAY = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_DATE": "",
    "GIT_COMMITTER_DATE": "",
}


@dataclass(frozen=True)
class Repository:
    home: Path

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        """What git prints; it is called by somebody on that day."""
        at = f"{day}T12:00:00+00:00"
        run = subprocess.run(
            [
                "git",
                "-C",
                str(self.home),
                "-c",
                "user.name=somebody",
                "-c",
                "user.email=somebody@example.org",
                *arguments,
            ],
            env=os.environ | AWAY | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def write(self, name: str, text: str) -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, message: str, *, day: str = "2026-01-01") -> str:
        """Record everything that is there; its hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")


def repository(home: Path) -> Repository:
    """An empty one, in a folder that is made."""
    home.mkdir(parents=True, exist_ok=True)
    made = Repository(home)
    made.git("init", "--quiet", "--initial-branch=main")
    return made
