"""Every way side by side, in turn, several rounds; the medians as Markdown."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Sample
from benchmarks.report import describe_machine, format_ratio, format_table, format_time

CROWDS = (1000, 2500, 5000, 10_000)


@dataclass(frozen=True)
class Options:
    """How much to measure; `weasyprint_pupils` stand for all, one taking as long as another."""

    pupils: int
    weasyprint_pupils: int
    rounds: int
    folder: Path | None
    ten_thousand: bool


def measure(
    ways: dict[str, Callable[[], Sample]], rounds: int, clear: Callable[[], None]
) -> dict[str, Sample]:
    """The medians of `rounds` rounds; a round runs every way once, and ends with `clear`."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    for number in range(rounds):
        for name, way in ways.items():
            samples[name].append(way())
            say(f"round {number + 1}: {name}: {format_time(samples[name][-1].seconds)}")
        clear()
    return {name: _median(found) for name, found in samples.items()}


def _median(samples: list[Sample]) -> Sample:
    return Sample(
        median(sample.seconds for sample in samples),
        median(sample.peak_mb for sample in samples),
        median(sample.kilobytes for sample in samples),
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def compare(samples: dict[str, Sample], head: str, reference: str) -> str:
    """The table of `samples`, with the time of each against that of `reference`."""
    base = samples[reference].seconds
    return format_table(
        (head, "time a booklet", f"against {reference}", "peak memory", "size of a file"),
        (
            (
                name,
                format_time(sample.seconds),
                format_ratio(sample.seconds / base),
                f"{sample.peak_mb:.0f} MB",
                f"{sample.kilobytes:.0f} kB",
            )
            for name, sample in samples.items()
        ),
    )


def compare_crowds(bench: Bench) -> str:
    """The table of ever more pupils in one command."""
    rows = []
    for count in CROWDS:
        sample = bench.crowd(count)
        say(f"{count} pupils: {format_time(sample.seconds)}")
        rows.append((
            f"{count:,}", format_time(sample.seconds), format_time(sample.seconds / count),
            f"{sample.peak_mb:.0f} MB",
        ))  # fmt: skip
    return format_table(("pupils in one command", "time", "a booklet", "peak memory"), rows)


def run(options: Options) -> None:
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-", dir=options.folder) as scratch:
        bench = Bench(Path(scratch), options.pupils, options.weasyprint_pupils)
        bench.prepare()
        print(describe_machine() + "\n", flush=True)
        if options.ten_thousand:
            print(compare_crowds(bench))
            return
        ways = measure(bench.ways(), options.rounds, bench.clear)
        print(compare(ways, "way", "(d) one more pupil, warm") + "\n", flush=True)
        booklets = measure(bench.booklets(), options.rounds, bench.clear)
        print(compare(booklets, "one booklet", "WeasyPrint alone, same HTML"))


def parse_options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--pupils", type=int, default=100)
    parser.add_argument(
        "--a-pupils", type=int, default=5, dest="weasyprint_pupils",
        help="pupils of way (a), where each takes seconds",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to write to")
    parser.add_argument(
        "--ten-thousand", action="store_true", help="only 1,000 to 10,000 pupils in one command"
    )
    return Options(**vars(parser.parse_args()))


if __name__ == "__main__":
    run(parse_options())
