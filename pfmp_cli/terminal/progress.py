"""A bar on the terminal while a long work goes on, with the time that is left.

Only `console` imports it, where there is a terminal: `rich` is slow to load.
"""

from collections.abc import Iterable, Iterator
from math import ceil
from threading import Timer
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

T = TypeVar("T")

DELAY = 0.4  # seconds: what is done before needs no bar


def follow(items: Iterable[T], title: str, total: int) -> Iterator[T]:
    """Go through `items`, `total` of them, each counted once it is there, under a bar."""
    columns = (TextColumn("{task.description}"), BarColumn(32), TimeLeft())
    progress = Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = progress.add_task(title, total=None)  # a bar that moves until the first step is done
    timer = Timer(DELAY, progress.start)
    timer.daemon = True
    timer.start()
    try:
        for item in items:
            progress.update(task, advance=1, total=total, stepped=progress.get_time())
            yield item
    finally:
        timer.cancel()
        timer.join()
        progress.stop()


class TimeLeft(ProgressColumn):
    """« 2/4 encore 25 s », where the steps to come take what those before took."""

    def render(self, task: Task) -> Text:
        if not task.completed or task.start_time is None or not task.remaining:
            return Text()
        pace = (task.fields["stepped"] - task.start_time) / task.completed
        left = pace * task.remaining - (task.get_time() - task.fields["stepped"])
        return Text(f"{task.completed:.0f}/{task.total:.0f} {format_left(left)}")


def format_left(seconds: float) -> str:
    """« encore 25 s »: coarse, so that it does not dance."""
    if seconds < 2:
        return "encore un instant"
    if seconds <= 55:
        return f"encore {ceil(seconds) if seconds < 10 else ceil(seconds / 5) * 5} s"
    return f"encore {ceil(seconds / 60)} min"
