"""A process, its time and its peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROJET = ROOT / "examples" / "pfmp.yaml"
OUTPUTS = "outputs"  # the folder of what a round writes, in the benchmark's own


@dataclass(frozen=True)
class Run:
    """What a process took: the whole of it, from its start; and the JSON that it printed.

    `processor_seconds` count those of its own processes too.
    """

    seconds: float
    peak_mb: float
    said: Mapping[str, Any]
    processor_seconds: float


def run_python(arguments: Sequence[str | Path], cache: Path, root: Path = ROOT) -> Run:
    """Run `python -m …` with the masters in `cache`; raises RuntimeError where it fails.

    `root` is the folder of another checkout, with a `.venv` of its own.
    """
    python = sys.executable if root == ROOT else root / ".venv/bin/python"
    command = [str(python), "-m", *map(str, arguments)]
    environment = {**os.environ, "PFMP_CACHE": str(cache)}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    said = json.loads(output) if output.startswith("{") else {}
    return Run(seconds, usage.ru_maxrss / 1024, said, usage.ru_utime + usage.ru_stime)


def run_way(name: str, scratch: Path, count: int, output: Path, cache: Path) -> Run:
    """One of `ways`."""
    return run_python(["benchmarks.ways", name, scratch, str(count), output], cache)


def run_batch(class_file: Path, output: Path, cache: Path) -> Run:
    """`pfmp batch`, as a user runs it."""
    return run_python(["pfmp_cli", "batch", class_file, "--projet", PROJET, "-o", output], cache)


def run_booklet(output: Path, cache: Path) -> Run:
    """`pfmp booklet`, as a user runs it."""
    edition = ["--class", "terminale", "--option", "B"]
    return run_python(["pfmp_cli", "booklet", *edition, "--projet", PROJET, "-o", output], cache)
