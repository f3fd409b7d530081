"""`pfmp check` on the shipped référentiel and examples, Python's start included.

Wall and processor time, medians: on a busy machine, the second is the one to look at.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.report import describe_machine, format_table, format_time

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "pfmp_cli", "check", "examples", "referentiel.yaml",
           "examples/eleves.csv")  # fmt: skip
WAYS = {"`pfmp check --sans-rendu`": ("--sans-rendu",), "`pfmp check`, masters kept": ()}


def measure(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Seconds on the clock and on the processors, of one run."""
    before, start = os.times(), time.perf_counter()
    subprocess.run((*COMMAND, *arguments), cwd=ROOT, capture_output=True, check=True)
    wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system
    return wall, spent - before.children_user - before.children_system


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    rows = []
    for name, arguments in WAYS.items():
        measure(arguments)  # the masters, and Python's own caches
        walls, spent = zip(*(measure(arguments) for _ in range(rounds)), strict=True)
        rows.append((name, format_time(median(walls)), format_time(median(spent))))
    print(describe_machine() + "\n")
    print(format_table(("command", "time", "processor time"), rows))


if __name__ == "__main__":
    main()
