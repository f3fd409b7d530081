"""A whole school in one SIECLE list: `python -m benchmarks.ecole`.

2,000 pupils, three documents each, in the five classes and options. What is timed is the whole
command, Python's start included: with no master at hand, with them, and once more with nothing
changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.processes import PROJET, Run, run_python
from benchmarks.pupils import write_siecle_file
from benchmarks.report import describe_machine, format_table, format_time

DOCUMENTS = ("livret", "grille", "attestation")
CROWDS = (500, 1000, 2000)
EDITIONS = 5  # classes and options


@dataclass(frozen=True)
class Figures:
    """The runs of a round: one pupil of each class and option with no master at hand, all of
    them so, all of them with the masters, and once more."""

    masters: Run
    cold: Run
    warm: Run
    again: Run


class Ecole:
    """The folders of the benchmark, and the command run in them."""

    def __init__(self, scratch: Path) -> None:
        self.scratch, self.number = scratch, 0
        for count in (EDITIONS, *CROWDS):
            write_siecle_file(self._list(count), count)

    def _list(self, count: int) -> Path:
        return self.scratch / f"EXP_Liste-{count}.csv"

    def run(self, count: int, cache: Path, output: Path) -> Run:
        """`pfmp batch` of that many pupils; raises RuntimeError where a file is missing."""
        options = ["--projet", PROJET, "--documents", ",".join(DOCUMENTS), "--period", "1"]
        os.sync()
        run = run_python(["pfmp_cli", "batch", self._list(count), *options, "-o", output], cache)
        made = sum(1 for _ in output.rglob("*.pdf"))
        if made != count * len(DOCUMENTS):
            raise RuntimeError(f"{made} files for {count} pupils")
        return run

    def measure(self, count: int) -> Figures:
        """One round."""
        self.number += 1
        folder = self.scratch / f"round-{self.number}"
        masters = self.run(EDITIONS, folder / "cache-masters", folder / "masters")
        cold = self.run(count, folder / "cache", folder / "cold")
        warm = self.run(count, folder / "cache", folder / "warm")
        again = self.run(count, folder / "cache", folder / "warm")
        shutil.rmtree(folder)
        return Figures(masters, cold, warm, again)


def _row(count: int, rounds: list[Figures]) -> tuple[str, ...]:
    def of(pick: Callable[[Figures], float]) -> float:
        return median(map(pick, rounds))

    def times(pick: Callable[[Figures], Run]) -> str:
        seconds = of(lambda found: pick(found).seconds)
        processor = of(lambda found: pick(found).processor_seconds)
        return f"{format_time(seconds)} ({format_time(processor)})"

    more = (count - EDITIONS) * len(DOCUMENTS)
    beyond = of(lambda f: (f.cold.processor_seconds - f.masters.processor_seconds) / more)
    return (
        f"{count:,}", f"{count * len(DOCUMENTS):,}", times(lambda f: f.cold), format_time(beyond),
        times(lambda f: f.warm), format_time(of(lambda f: f.warm.seconds) / more),
        times(lambda f: f.again), f"{of(lambda f: f.warm.peak_mb):.0f} MB",
        f"{of(lambda f: f.again.peak_mb):.0f} MB",
    )  # fmt: skip


HEADS = (
    "pupils", "files", "first run, cold", "processor, a file beyond the masters",
    "first run, warm", "a file of it", "unchanged run", "peak memory", "of the unchanged run",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ecole", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to write to (4 GB)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-", dir=options.folder) as scratch:
        ecole = Ecole(Path(scratch))
        print(describe_machine() + "\n", flush=True)
        rows = [
            _row(count, [ecole.measure(count) for _ in range(options.rounds)]) for count in CROWDS
        ]
    print(format_table(HEADS, rows))


if __name__ == "__main__":
    main()
