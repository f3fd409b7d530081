"""A class of 35 and a blank booklet, masters kept: `python -m benchmarks.warm`.

Whole commands, Python's start included, in turn: with what the last run knew of the school, without
it, and as another checkout does (`--against`, with a `.venv` of its own in it).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks.processes import PROJET, ROOT
from benchmarks.pupils import write_class_file
from benchmarks.report import format_ratio, format_table, format_time

PUPILS = 35
MEMORY = "memoire.json"  # what a run keeps of its school in the cache


class Checkout:
    """The commands of a checkout, with a cache of its own."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root, self.scratch = root, scratch
        self.cache = scratch / "cache"
        scratch.mkdir()
        for name in ("pfmp.yaml", "logo.svg"):
            shutil.copy(PROJET.parent / name, scratch)
        write_class_file(scratch / "eleves.csv", PUPILS)

    def run(self, command: str) -> tuple[float, float, float]:
        """Seconds of the whole process and of the processor, and its peak memory in MB."""
        shutil.rmtree(self.scratch / "documents", ignore_errors=True)
        edition = ["--class", "terminale", "--option", "B"]
        arguments = {
            "batch": [self.scratch / "eleves.csv", "-o", self.scratch / "documents"],
            "booklet": [*edition, "-o", self.scratch / "livret.pdf"],
        }[command]
        line = [
            self.root / ".venv/bin/pfmp",
            command,
            *arguments,
            "--projet",
            self.scratch / "pfmp.yaml",
        ]
        environment = {**os.environ, "PFMP_CACHE": str(self.cache)}
        # As installed: our modules are compiled once.
        environment |= {"PYTHONPYCACHEPREFIX": str(self.scratch), "PYTHONDONTWRITEBYTECODE": ""}
        start = time.perf_counter()
        process = subprocess.Popen(
            line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"exit code {process.returncode}: {line}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def forget(self) -> None:
        (self.cache / MEMORY).unlink(missing_ok=True)


def _medians(runs: list[tuple[float, float, float]]) -> list[float]:
    return [median(figures) for figures in zip(*runs, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warm", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--against", type=Path, help="the folder of another checkout")
    options = parser.parse_args()
    found: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-") as folder:
        ours = Checkout(ROOT, Path(folder) / "ours")
        others = [Checkout(options.against, Path(folder) / "other")] if options.against else []
        for command in ("batch", "booklet"):
            for one in (ours, *others):
                one.run(command)  # lays out
            for _ in range(options.rounds):
                ours.forget()
                found[command, "school read anew"].append(ours.run(command))
                found[command, "school remembered"].append(ours.run(command))
                for other in others:
                    found[command, "the other checkout"].append(other.run(command))
    rows = []
    for (command, way), runs in found.items():
        warm = _medians(found[command, "school remembered"])
        seconds, processor, memory = _medians(runs)
        times = format_time(seconds), format_time(processor)
        ratios = format_ratio(seconds / warm[0]), format_ratio(processor / warm[1])
        rows.append((f"`pfmp {command}`, {way}", *times, *ratios, f"{memory:.0f} MB"))
    heads = ("way", "time", "of the processor", "against remembered", "processor", "peak memory")
    print(format_table(heads, rows))


if __name__ == "__main__":
    main()
