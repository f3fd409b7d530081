"""Every way side by side, in turn, several rounds; the medians as Markdown."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.processes import Run, run_batch, run_booklet, run_way
from benchmarks.pupils import write_class_file
from benchmarks.report import describe_machine, format_ratio, format_table, format_time

MANY = 10  # times as many pupils, to tell what one more costs from what a command costs
CROWDS = (1000, 2500, 5000, 10_000)


@dataclass(frozen=True)
class Options:
    """How much to measure; `weasyprint_pupils` stand for all, one taking as long as another."""

    pupils: int
    weasyprint_pupils: int
    rounds: int
    folder: Path | None
    ten_thousand: bool


@dataclass(frozen=True)
class Sample:
    """A way's figure in one round: seconds a booklet, peak memory, mean size of a file."""

    seconds: float
    peak_mb: float
    kilobytes: float


class Bench:
    """The folders of a benchmark, and one run of each way."""

    def __init__(self, scratch: Path, options: Options) -> None:
        self.scratch, self.options = scratch, options
        self.cache = scratch / "cache"
        self.booklet = scratch / "livret.pdf"

    def prepare(self) -> None:
        """Write what the ways start from, and lay the masters out for the warm ones."""
        for count in (self.options.pupils, self.options.pupils * MANY):
            write_class_file(self._class_file(count), count)
        run_way("prepare", self.scratch, self.options.pupils, self.scratch, self.cache)
        run_booklet(self.booklet, self.cache)

    def ways(self) -> dict[str, Callable[[], Sample]]:
        """Each way by its name in the table, in the order in which a round runs them."""
        count, few = self.options.pupils, self.options.weasyprint_pupils
        return {
            "(a) Jinja + WeasyPrint": lambda: self._way("weasyprint_each", few),
            "(b) Typst, compiler kept warm": lambda: self._way("typst_each", count),
            f"(c) `pfmp batch`, cold, {count} pupils": lambda: self._batch(count, cold=True),
            f"(d) `pfmp batch`, warm, {count} pupils": lambda: self._batch(count),
            f"(d) `pfmp batch`, warm, {count * MANY} pupils": lambda: self._batch(count * MANY),
            "(d) one more pupil, warm": lambda: self._way("merge_each", count, keep=True),
            "(e) the same bytes, written": lambda: self._way("write_each", count),
        }

    def booklets(self) -> dict[str, Callable[[], Sample]]:
        """Ways to make one blank booklet, whole processes."""
        return {
            "WeasyPrint alone, same HTML": self._weasyprint_once,
            "`pfmp booklet`, cold": lambda: self._booklet(cold=True),
            "`pfmp booklet`, warm": self._booklet,
        }

    def crowd(self, count: int) -> Sample:
        """A warm `pfmp batch` of many pupils; the time is the whole command's."""
        write_class_file(self._class_file(count), count)
        sample = self._batch(count)
        return Sample(sample.seconds * count, sample.peak_mb, sample.kilobytes)

    def _class_file(self, count: int) -> Path:
        return self.scratch / f"eleves-{count}.csv"

    def _way(self, name: str, count: int, keep: bool = False) -> Sample:
        output = self.scratch / ("merged" if keep else "output")
        with _fresh(output, keep):
            run = run_way(name, self.scratch, count, output, self.cache)
        seconds, size = float(run.said["seconds"]), int(run.said["bytes"])
        if run.said["booklets"] != count:
            raise RuntimeError(f"{name}: {run.said['booklets']} booklets for {count} pupils")
        return Sample(seconds / count, run.peak_mb, size / count / 1000)

    def _batch(self, count: int, cold: bool = False) -> Sample:
        output = self.scratch / "output"
        with _fresh(output), self._cache(cold) as cache:
            run = run_batch(self._class_file(count), output, cache)
            sizes = [path.stat().st_size for path in output.rglob("*.pdf")]
        if len(sizes) != count:
            raise RuntimeError(f"{len(sizes)} booklets for {count} pupils")
        return Sample(run.seconds / count, run.peak_mb, sum(sizes) / count / 1000)

    def _booklet(self, cold: bool = False) -> Sample:
        self.booklet.unlink(missing_ok=True)
        with self._cache(cold) as cache:
            run = run_booklet(self.booklet, cache)
        return _whole(run, self.booklet.stat().st_size)

    def _weasyprint_once(self) -> Sample:
        output = self.scratch / "output"
        with _fresh(output):
            run = run_way("weasyprint_once", self.scratch, 1, output, self.cache)
        return _whole(run, int(run.said["bytes"]))

    @contextmanager
    def _cache(self, cold: bool) -> Iterator[Path]:
        """The folder of the masters: an empty one where the run is to be cold."""
        if not cold:
            yield self.cache
            return
        with _fresh(self.scratch / "cold"):
            yield self.scratch / "cold"


def _whole(run: Run, size: int) -> Sample:
    return Sample(run.seconds, run.peak_mb, size / 1000)


@contextmanager
def _fresh(folder: Path, keep: bool = False) -> Iterator[None]:
    """`folder` is not there at the start, nor at the end unless to `keep` it."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def measure(ways: dict[str, Callable[[], Sample]], rounds: int) -> dict[str, Sample]:
    """The medians of `rounds` rounds; a round runs every way once."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    for number in range(rounds):
        for name, way in ways.items():
            samples[name].append(way())
            say(f"round {number + 1}: {name}: {format_time(samples[name][-1].seconds)}")
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
        bench = Bench(Path(scratch), options)
        bench.prepare()
        print(describe_machine() + "\n", flush=True)
        if options.ten_thousand:
            print(compare_crowds(bench))
            return
        ways = measure(bench.ways(), options.rounds)
        print(compare(ways, "way", "(d) one more pupil, warm") + "\n", flush=True)
        booklets = measure(bench.booklets(), options.rounds)
        print(compare(booklets, "one booklet", "WeasyPrint alone, same HTML"))


def parse_options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--pupils", type=int, default=100)
    parser.add_argument(
        "--a-pupils", type=int, default=5, dest="weasyprint_pupils",
        help="pupils of way (a), where each takes seconds",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the files are written (the disk matters)")
    parser.add_argument(
        "--ten-thousand", action="store_true", help="only 1,000 to 10,000 pupils in one command"
    )
    return Options(**vars(parser.parse_args()))


if __name__ == "__main__":
    run(parse_options())
