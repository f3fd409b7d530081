"""Ctrl-C, and the system's wish that a run ends: heard in order, and not within a file.

What is written is whole, and counted; what a run opened is closed; the exit code is the shell's.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# The terminal is closed, or the session, the machine, a job of a pipeline comes to its end.
_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def end_in_order() -> Iterator[list[int]]:
    """Within the block these signals are a Ctrl-C; gives those that came. What whoever started us
    has them ignore (`nohup`) stays ignored."""
    caught: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        caught.append(number)
        if len(caught) == 1:  # the others find us at it
            raise KeyboardInterrupt

    heeded = [number for number in _ENDS if signal.getsignal(number) is signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, end)
    try:
        yield caught
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Hear them at the end of the block where they came within it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDS)}
    caught: list[int] = []
    held = [number for number, handler in before.items() if callable(handler)]
    for number in held:
        signal.signal(number, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, before[number])
        for number in caught:
            signal.raise_signal(number)
