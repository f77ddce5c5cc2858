"""Cold start of the commands: a new process each, medians in one interleaved run, as ratios to a bare Python."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9
GREENPAPER = [sys.executable, "-m", "greenpaper"]
COMMANDS: dict[str, list[str]] = {
    "python, nothing": [sys.executable, "-c", "pass"],
    "python, its yaml, lark and pydantic": [sys.executable, "-c", "import yaml, lark, pydantic"],
    "greenpaper --help": [*GREENPAPER, "--help"],
    "greenpaper versions": [*GREENPAPER, "versions"],
    "greenpaper explain Somerset": [*GREENPAPER, "explain", "Somerset"],
    "greenpaper check 2026": [*GREENPAPER, "check", "2026"],
    "greenpaper compare 2025 2026": [*GREENPAPER, "compare", "2025", "2026"],
    "greenpaper compare 2025 2026 2027-draft": [*GREENPAPER, "compare", "2025", "2026", "2027-draft"],
}


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    base = statistics.median(times["python, nothing"])
    print(f"{'cold process':42}{'median':>10}{'worst':>10}{'ratio':>8}   ({ROUNDS} rounds, interleaved)")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:42}{median:9.3f}s{max(found):9.3f}s{median / base:8.1f}")


def seconds(command: Sequence[str]) -> float:
    """Wall-clock seconds of one process, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
