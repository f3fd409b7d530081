"""The bar on a terminal: how long is left, nothing where there is no terminal, no trace after."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from rich.progress import Progress

from pfmp_cli.terminal import console
from pfmp_cli.terminal.progress import TimeLeft, format_left
from tests.systems import UNIX


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "encore un instant"), (1.9, "encore un instant"), (2.2, "encore 3 s"),
        (9, "encore 9 s"), (11, "encore 15 s"), (55, "encore 55 s"), (56, "encore 1 min"),
        (61, "encore 2 min"), (3540, "encore 59 min"), (5405, "encore 91 min"),
    ],
)  # fmt: skip
def test_the_time_left_is_said_coarsely(seconds: float, text: str) -> None:
    assert format_left(seconds) == text


def test_the_steps_left_take_what_those_before_took() -> None:
    moments = [100.0]
    progress = Progress(TimeLeft(), get_time=lambda: moments[-1])
    progress.add_task("Mise en page", total=None)
    (task,) = progress.tasks
    shown = [str(TimeLeft().render(task))]  # nothing done yet: nothing is known
    progress.update(task.id, completed=2, total=5, stepped=108.0)
    for moment in (108.0, 111.0):  # it goes down between two steps of several seconds
        moments.append(moment)
        shown.append(str(TimeLeft().render(task)))
    progress.update(task.id, completed=5)
    shown.append(str(TimeLeft().render(task)))

    assert shown == ["", "2/5 encore 15 s", "2/5 encore 9 s", ""]


def test_without_a_terminal_there_is_no_bar() -> None:
    items = iter(range(3))

    assert console.track(items, "Documents", 3) is items


SLOW = """
import sys, time
from pfmp_cli.terminal import console
def steps():
    for _ in range(4):
        time.sleep(float(sys.argv[1]))
        yield
try:
    for _ in console.track(steps(), "Mise en page", 4):
        pass
    console.say("fini")
except KeyboardInterrupt:
    console.say("interrompu")
"""


def watch(interrupt_at: str = "", pause: float = 0.5, **env: str) -> str:
    """What a terminal is sent by `SLOW`; Ctrl-C once it has shown `interrupt_at`."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(env)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in background
        os.execv(sys.executable, [sys.executable, "-c", SLOW, str(pause)])
    shown = b""
    while True:
        try:
            block = os.read(terminal, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
        if interrupt_at and interrupt_at.encode() in shown:
            os.kill(child, signal.SIGINT)
            interrupt_at = ""
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode()


@UNIX
def test_a_terminal_shows_what_is_left_and_is_left_clean() -> None:
    shown = watch(TERM="xterm", COLUMNS="80")

    assert "Mise en page" in shown
    assert "2/4 encore" in shown
    clean = shown.rpartition("\x1b[?25h")[2]  # the cursor is back
    assert clean.replace("\r", "").endswith("\x1b[2Kfini\n")


@UNIX
def test_an_interrupted_bar_leaves_the_terminal_clean() -> None:
    shown = watch("1/4", TERM="xterm", COLUMNS="80")
    clean = shown.rpartition("\x1b[?25h")[2]

    assert clean.replace("\r", "").endswith("\x1b[2Kinterrompu\n")


@UNIX
def test_a_terminal_that_cannot_draw_gets_no_bar() -> None:
    assert watch(TERM="dumb").replace("\r", "") == "fini\n"


@UNIX
def test_what_is_done_at_once_gets_no_bar() -> None:
    assert watch(pause=0, TERM="xterm", COLUMNS="80").replace("\r", "") == "fini\n"
