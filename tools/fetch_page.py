"""What the page in the browser runs on → `pfmp_cli/data/page`: Pyodide, and calamine for it.

Both are pinned by hash: `requirements/page/package-lock.json` for npm, `requirements/runtime.txt`
for pip, of whose release of calamine the browser's wheel is one file more.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "pfmp_cli" / "data" / "page"
PINS = ROOT / "requirements" / "page"
PYODIDE = (
    *("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs"),
    *("python_stdlib.zip", "pyodide-lock.json"),
)
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14")


def fetch() -> None:
    """Fill the folder; one that is full is left as it is."""
    if (stamp := TARGET / "stamp").is_file() and stamp.read_text() == _pins():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("make page : il faut npm, que Node.js apporte.")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINS / name, folder)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        subprocess.run([npm, "ci", *quiet], cwd=folder, check=True)
        modules = Path(folder) / "node_modules"
        for name in PYODIDE:
            shutil.copy(modules / "pyodide" / name, TARGET)
        # For the tests: the wheel does without.
        shutil.copy(modules / "axe-core" / "axe.min.js", ROOT / "build" / "axe.min.js")
        pinned = Path(folder) / "calamine.txt"
        pinned.write_text(_pin_of_calamine())
        words = ("--quiet", "--no-deps", "--only-binary", ":all:", *PLATFORM, "--dest", str(TARGET))
        command = [sys.executable, "-m", "pip", "download", "--require-hashes", *words]
        subprocess.run([*command, "-r", str(pinned)], check=True)
    stamp.write_text(_pins())


def _pins() -> str:
    return (PINS / "package-lock.json").read_text() + _pin_of_calamine()


def _pin_of_calamine() -> str:
    """Its lines in the lock of pfmp."""
    lock = (ROOT / "requirements" / "runtime.txt").read_text()
    found = re.search(r"^python-calamine==.*(?:(?<=\\)\n.*)*", lock, re.M)
    assert found
    return found[0] + "\n"


if __name__ == "__main__":
    (ROOT / "build").mkdir(exist_ok=True)
    fetch()
