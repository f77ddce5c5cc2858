"""Build the wheel, install it alone in a new environment, and run it from an empty folder."""

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSIDE = ("_data/policies/2026/framework.yaml", "_data/schemas/decision.schema.json", "_data/authorities/register.csv")


def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        wheel = build(folder)
        names = zipfile.ZipFile(wheel).namelist()
        missing = [each for each in INSIDE if f"greenpaper/{each}" not in names]
        if missing:
            print(f"not in the wheel: {', '.join(missing)}")
            return 1
        python = alone(folder / "venv", wheel)
        empty = folder / "empty"
        empty.mkdir()
        subprocess.run([python.parent / "greenpaper", "compare", "2025", "2026", "2027-draft"], cwd=empty, check=True)
        (ROOT / "dist").mkdir(exist_ok=True)
        target = ROOT / "dist" / wheel.name
        target.write_bytes(wheel.read_bytes())
        print(f"\nbuilt and run: {target.relative_to(ROOT)}, {target.stat().st_size // 1024} KiB")
        return 0


def build(folder: Path) -> Path:
    pip(Path(sys.executable), "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def alone(folder: Path, wheel: Path) -> Path:
    """An environment that holds the wheel and what it depends on, and nothing of the checkout."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip(python, "install", "-c", str(ROOT / "constraints.txt"), str(wheel))
    return python


def pip(python: Path, *arguments: str) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
