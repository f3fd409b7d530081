"""How many slips the tests see: each is put into a copy of the tree, and its room's tests run.

    python -m tools.mutants                       the sample of all rooms, and of what is printed
    python -m tools.mutants lists templates       of these alone
    python -m tools.mutants --number 40 --seed 2  fewer, others

A slip that was seen is remembered in `build/mutants.json` and is not tried again: a second run
tries what survived. Survivors that no test can see stand in `equivalents.yaml`, with the reason.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import yaml

from tools.mutants.code_slips import count_places, draw_code_slips
from tools.mutants.paper_slips import draw_paper_slips
from tools.mutants.slip import Slip

Tests: TypeAlias = Sequence[str]

ROOT = Path(__file__).resolve().parents[2]
# A room's own tests, and those where its work shows; those that see most come first.
CODE = {
    "lists": ("tests/lists",),
    "planning": ("tests/planning",),
    "press/merging": ("tests/press/merging",),
    "press/printing": ("tests/press/printing",),
    "output": ("tests/output", "tests/making/test_index.py"),
    "making": (
        *("tests/making", "tests/commands/test_new.py", "tests/commands/test_build.py"),
        *("tests/commands/test_recap.py", "tests/commands/test_batch_stages.py"),
        "tests/lists/placements/test_stages.py",
    ),
    "domain": ("tests/domain", "tests/yaml_files", "tests/review"),
    "rules": ("tests/rules", "tests/lists", "tests/review"),
}
PAPER = {
    "templates": (
        *("tests/documents/test_golden.py", "tests/documents/test_codes.py"),
        *("tests/making/test_index.py", "tests/press/template", "tests/test_livret.py"),
        "tests/test_autre_diplome.py",
    ),
    "referentiel.yaml": (
        *("tests/test_referentiel_facts.py", "tests/test_fidelite.py"),
        "tests/documents/test_golden.py",
    ),
}
GREEN = {0, 5}  # of pytest: all passed, and nothing to run
MOST_NEAR = 12  # tests that call a slip's function, tried before the others
SHARE_OF_PAPER = 5  # a slip of each of these for as many of the code
KNOWN = ROOT / "build" / "mutants.json"


def main() -> int:
    options = read_options()
    slips = {room: draw(room, options) for room in options.rooms}
    untold = leave_out(slips)
    known = json.loads(KNOWN.read_text("utf-8")) if KNOWN.exists() else {}
    survivors = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        bench = lay_bench(Path(folder))
        for room in options.rooms:
            waiting = [slip for slip in untold[room] if known.get(slip.name) != "seen"]
            limit, reach = bench.measure(TESTS[room], room in CODE) if waiting else (0, {})
            for slip in waiting:
                near = reach.get(slip.file, {}).get(find_function(slip), [])
                others = reach.get("", {}).get("0", [])  # that start a process
                named = named_after(slip, TESTS[room])  # which may see what a cache has kept
                tests = [near[:MOST_NEAR], [*near[MOST_NEAR:], *others, *named]]
                if not near:  # such as a table that is read when the file is imported
                    tests = [named, TESTS[room]]
                known[slip.name] = bench.judge(slip, tests, limit)
                KNOWN.parent.mkdir(exist_ok=True)
                KNOWN.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
                if known[slip.name] != "seen":
                    survivors.append(slip)
                    print(f"survived: {slip.name}\n", flush=True)
    tell(untold, known)
    return bool(survivors)


TESTS = {**CODE, **PAPER}


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tools.mutants")
    parser.add_argument("rooms", nargs="*", metavar="room", help=", ".join(TESTS))
    parser.add_argument("--number", type=int, default=300, help="of slips in the code")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if strangers := set(options.rooms) - set(TESTS):
        parser.error(f"no such room: {', '.join(sorted(strangers))}")
    options.rooms = options.rooms or list(TESTS)
    return options


def draw(room: str, options: argparse.Namespace) -> list[Slip]:
    """A room has its share of the sample, by the places where a slip can be made."""
    if room in PAPER:
        number = options.number // SHARE_OF_PAPER
        return draw_paper_slips(ROOT, room, number, options.seed)
    places = {one: count_places(ROOT, one) for one in CODE}
    number = round(options.number * places[room] / sum(places.values()))
    return list(draw_code_slips(ROOT, room, number, options.seed))


def find_function(slip: Slip) -> str:
    """The first line of the function that the slip is in, '' where it is in none."""
    code = (ROOT / slip.file).read_text("utf-8") if slip.file.endswith(".py") else ""
    around = [
        min(part.lineno for part in (node, *node.decorator_list))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef) and node.lineno <= slip.line <= (node.end_lineno or 0)
    ]
    return str(max(around, default=""))


def named_after(slip: Slip, tests: Tests) -> Tests:
    """The files of tests that have the name of the slip's."""
    name = f"test_{Path(slip.file).stem}.py"
    near = [path for room in tests for path in sorted((ROOT / room).rglob(name))]
    return [path.relative_to(ROOT).as_posix() for path in near]


def leave_out(slips: dict[str, list[Slip]]) -> dict[str, list[Slip]]:
    """Without those of which is told that no test can see them."""
    told = yaml.safe_load((Path(__file__).parent / "equivalents.yaml").read_text("utf-8")) or ()
    names = {f"{one['file']}\n- {one['was']}\n+ {one['becomes']}" for one in told}
    return {
        room: [one for one in listed if one.name not in names] for room, listed in slips.items()
    }


def tell(slips: dict[str, list[Slip]], known: dict[str, str]) -> None:
    counts = {room: Counter(known[slip.name] for slip in listed) for room, listed in slips.items()}
    counts["in all"] = sum(counts.values(), Counter())
    for room, count in counts.items():
        seen, total = count["seen"], count.total()
        print(f"{room:<18} {seen:>4} of {total:>4} seen  {100 * seen / max(total, 1):5.1f} %")


@dataclass(frozen=True)
class Bench:
    """A copy of the tree, where slips are made and tests run."""

    folder: Path

    def judge(self, slip: Slip, tests: Iterable[Tests], limit: float) -> str:
        """Whether some of the tests see it, of which the likeliest come first."""
        path, kept = self.folder / slip.file, self.folder.parent / "kept"
        path.rename(kept)
        path.write_text(slip.text, "utf-8")
        try:
            seen = any(self.run(some, limit) not in GREEN for some in tests if some)
            return "seen" if seen else "survived"
        finally:
            kept.replace(path)  # with its time: its bytecode is good again

    def measure(self, tests: Tests, traced: bool) -> tuple[float, dict[str, dict[str, list[str]]]]:
        """The seconds that these tests may take, and where they are `traced`, which of them call
        which functions: {file: {first line: tests}}."""
        start, found = time.monotonic(), self.folder.parent / "reach.json"
        found.write_text("{}")
        plugin = ("-p", "tools.mutants.reach") if traced else ()
        more = {"PYTHONDONTWRITEBYTECODE": "", "REACH": str(found)}
        if self.run([*plugin, *tests], None, more) != 0:
            sys.exit(f"{' '.join(tests)}: not green without a slip")
        return 60 + 3 * (time.monotonic() - start), json.loads(found.read_text("utf-8"))

    def run(
        self, tests: Tests, limit: float | None, more: Mapping[str, str] = MappingProxyType({})
    ) -> int:
        """pytest's exit code; a hang is one too."""
        alone = ["-n0"] if importlib.util.find_spec("xdist") else []
        usual = ["-m", "pytest", "-q", "-x", "-m", "not lent", "-p", "no:cacheprovider", *alone]
        quiet = {"PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            [sys.executable, *usual, f"--basetemp={self.folder.parent / 'tmp'}", *tests],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), **quiet, **more},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return -1
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def lay_bench(folder: Path) -> Bench:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in filter(lambda one: (ROOT / one).exists(), listed):
        target = folder / "tree" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return Bench(folder / "tree")


if __name__ == "__main__":
    sys.exit(main())
