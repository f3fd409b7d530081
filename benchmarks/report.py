"""What was measured, as Markdown, with the machine named."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path


def describe_machine() -> str:
    """Processor, memory and the versions that the figures depend on."""
    processor = _field("/proc/cpuinfo", "model name") or platform.processor()
    memory = int(_field("/proc/meminfo", "MemTotal").split()[0] or 0) / 2**20
    versions = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "typst"))
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def _field(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, "")


def format_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left and the others to the right."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rule, *rows))


def format_time(seconds: float) -> str:
    """With three significant digits: `3.31 s`, `90.1 ms`, `1.20 ms`."""
    if seconds >= 1:
        return f"{_round(seconds)} s"
    return f"{_round(seconds * 1000)} ms"


def format_ratio(ratio: float) -> str:
    """`2,750 ×`, `75 ×`, `0.86 ×`."""
    return f"{ratio:,.0f} ×" if ratio >= 20 else f"{_round(ratio)} ×"


def _round(number: float) -> str:
    decimals = 2 if number < 10 else 1 if number < 100 else 0
    return f"{number:.{decimals}f}"
