"""A process that is kept warm, and ended where its work has become useless."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

PATIENCE = 2.0  # seconds that a process told to stop may take


class Stopped(Exception):
    """The process ended in the middle of its work, with this exit code."""


class Worker:
    """A process that runs `serve` on its end of a pipe; `busy` until its work is done."""

    def __init__(self, serve: Callable[[Connection], None]) -> None:
        self._serve = serve
        self._process: SpawnProcess | None = None
        self._pipe: Any = None
        self.busy = False

    def start(self, request: Any) -> None:
        """Begin a new work; what is under way is given up."""
        if self.busy:
            self.stop()
        if self._process is None:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=self._serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        self.busy = True
        with suppress(OSError):  # it died in the meantime: `read` says so
            self._pipe.send(request)

    def read(self, wait: float) -> Iterator[Any]:
        """What it has said, and says within `wait` seconds. Raises Stopped where it has ended."""
        if not self.busy or self._process is None:
            time.sleep(wait)
            return
        try:
            while self.busy and self._pipe.poll(wait):
                yield self._pipe.recv()
                wait = 0
        except (EOFError, OSError):
            self._process.join(PATIENCE)
            raise Stopped(self.stop()) from None

    def stop(self) -> int | None:
        """End it, the patient way first, and give its exit code."""
        process, self._process, self.busy = self._process, None, False
        if process is None:
            return None
        self._pipe.close()
        process.terminate()
        process.join(PATIENCE)
        process.kill()
        process.join()
        return process.exitcode
