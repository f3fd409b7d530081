"""A bar on the terminal while a long work goes on, with the time that is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from rich.table import Table

T = TypeVar("T")

DELAY = 0.4  # seconds: what is done before needs no bar
PER_SECOND = 5
WIDTH = 32


def follow(items: Iterable[T], title: str, total: int) -> Iterator[T]:
    """Go through `items`, `total` of them, each counted once it is there, under a bar."""
    bar = _Bar(title, total)
    timer = Timer(DELAY, bar.show)
    timer.daemon = True
    timer.start()
    try:
        for item in items:
            bar.step()
            yield item
    finally:
        timer.cancel()
        timer.join()
        bar.hide()


class _Bar:
    """What is done of a work, and its picture once it has been asked for.

    Steps only count: the picture is drawn from another thread, a few times a second.
    """

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done = title, total, 0
        self.start = self.last = monotonic()
        self._live: Any = None

    def step(self) -> None:
        self.done += 1
        self.last = monotonic()

    def show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(
            get_renderable=self.draw,
            console=Console(stderr=True),
            refresh_per_second=PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()

    def hide(self) -> None:
        if self._live is not None:
            self._live.stop()

    def draw(self) -> Table:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        done, total = self.done, self.total
        table = Table.grid(padding=(0, 1))
        numbers = f"{done}/{total}" if total > 1 else ""
        left = format_left(self.estimate(monotonic()))
        table.add_row(self.title, ProgressBar(total, done, WIDTH, pulse=not done), numbers, left)
        return table

    def estimate(self, now: float) -> float | None:
        """The seconds left, where the steps to come take what those before took."""
        if not 0 < self.done < self.total:
            return None
        pace = (self.last - self.start) / self.done
        return pace * (self.total - self.done) - (now - self.last)


def format_left(seconds: float | None) -> str:
    """« encore 25 s »: coarse, so that it does not dance."""
    if seconds is None:
        return ""
    if seconds < 2:
        return "encore un instant"
    if seconds <= 55:
        return f"encore {ceil(seconds) if seconds < 10 else ceil(seconds / 5) * 5} s"
    minutes = ceil(seconds / 60)
    if minutes < 60:
        return f"encore {minutes} min"
    return f"encore {minutes // 60} h {minutes % 60:02d}"
