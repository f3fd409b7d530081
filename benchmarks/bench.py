"""A benchmark's folders, and one run of each way in them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import OUTPUTS, Run, run_batch, run_booklet, run_way
from benchmarks.pupils import write_class_file

MANY = 10  # times as many pupils, to tell what one more costs from what a command costs


@dataclass(frozen=True)
class Sample:
    """A way's figure in one round: seconds a booklet, peak memory, mean size of a file."""

    seconds: float
    peak_mb: float
    kilobytes: float


class Bench:
    """The folders of a benchmark, and one run of each way."""

    def __init__(self, scratch: Path, pupils: int, weasyprint_pupils: int) -> None:
        self.scratch = scratch
        self.pupils, self.weasyprint_pupils = pupils, weasyprint_pupils
        self.cache = scratch / "cache"
        self.outputs = scratch / OUTPUTS

    def prepare(self) -> None:
        """Write what the ways start from, and lay the masters out for the warm ones."""
        for count in (self.pupils, self.pupils * MANY):
            write_class_file(self._class_file(count), count)
        run_way("prepare", self.scratch, self.pupils, self.scratch, self.cache)
        run_booklet(self.scratch / "livret.pdf", self.cache)

    def ways(self) -> dict[str, Callable[[], Sample]]:
        """Each way by its name in the table, in the order in which a round runs them."""
        count, few = self.pupils, self.weasyprint_pupils
        return {
            "(a) Jinja + WeasyPrint": lambda: self._way("weasyprint_each", few),
            "(b) Typst kept warm, pupil by sys_inputs": lambda: self._way("typst_each", count),
            "(b) Typst kept warm, pupil by a file": lambda: self._way("typst_file_each", count),
            f"(c) `pfmp batch`, cold, {count} pupils": lambda: self._batch(count, cold=True),
            f"(d) `pfmp batch`, warm, {count} pupils": lambda: self._batch(count),
            f"(d) `pfmp batch`, warm, {count * MANY} pupils": lambda: self._batch(count * MANY),
            "(d) one more pupil, warm": lambda: self._way("merge_each", count),
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

    def clear(self) -> None:
        """Delete what was written. Not between the ways of a round: a file system is slower to
        make files when it has just deleted many."""
        shutil.rmtree(self.outputs, ignore_errors=True)

    def _way(self, name: str, count: int) -> Sample:
        with self._cache() as cache:
            run = run_way(name, self.scratch, count, self._output(name), cache)
        seconds, size = float(run.said["seconds"]), int(run.said["bytes"])
        if run.said["booklets"] != count:
            raise RuntimeError(f"{name}: {run.said['booklets']} booklets for {count} pupils")
        return Sample(seconds / count, run.peak_mb, size / count / 1000)

    def _batch(self, count: int, cold: bool = False) -> Sample:
        output = self._output(f"batch-{count}-{cold}")
        with self._cache(cold) as cache:
            run = run_batch(self._class_file(count), output, cache)
        sizes = [path.stat().st_size for path in output.rglob("*.pdf")]
        if len(sizes) != count:
            raise RuntimeError(f"{len(sizes)} booklets for {count} pupils")
        return Sample(run.seconds / count, run.peak_mb, sum(sizes) / count / 1000)

    def _booklet(self, cold: bool = False) -> Sample:
        output = self._output(f"booklet-{cold}.pdf")
        with self._cache(cold) as cache:
            run = run_booklet(output, cache)
        return _whole(run, output.stat().st_size)

    def _weasyprint_once(self) -> Sample:
        run = run_way("weasyprint_once", self.scratch, 1, self._output("once"), self.cache)
        return _whole(run, int(run.said["bytes"]))

    def _output(self, name: str) -> Path:
        """Where a run writes; what earlier ones wrote has gone to the disk by now."""
        os.sync()
        return self.outputs / name

    @contextmanager
    def _cache(self, cold: bool = False) -> Iterator[Path]:
        """The folder of the masters: an empty one where the run is to be cold."""
        if cold:
            with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
                yield Path(folder)
            return
        masters = sorted(self.cache.iterdir())
        yield self.cache
        if masters != sorted(self.cache.iterdir()):
            raise RuntimeError("a warm run made a master: were the templates changed meanwhile?")


def _whole(run: Run, size: int) -> Sample:
    return Sample(run.seconds, run.peak_mb, size / 1000)
