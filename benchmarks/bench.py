"""A benchmark's folders, and one run of each way in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Run, run_batch, run_booklet, run_way
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
        self.booklet = scratch / "livret.pdf"

    def prepare(self) -> None:
        """Write what the ways start from, and lay the masters out for the warm ones."""
        for count in (self.pupils, self.pupils * MANY):
            write_class_file(self._class_file(count), count)
        run_way("prepare", self.scratch, self.pupils, self.scratch, self.cache)
        run_booklet(self.booklet, self.cache)

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
        with _fresh(output, keep), self._cache() as cache:
            run = run_way(name, self.scratch, count, output, cache)
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
    def _cache(self, cold: bool = False) -> Iterator[Path]:
        """The folder of the masters: an empty one where the run is to be cold."""
        if not cold:
            masters = sorted(self.cache.iterdir())
            yield self.cache
            if masters != sorted(self.cache.iterdir()):
                raise RuntimeError(
                    "a warm run made a master: were the templates changed meanwhile?"
                )
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
