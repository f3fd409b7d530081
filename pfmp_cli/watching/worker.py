"""Processes that stand ready: one works, another takes its place at once when it must stop."""

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
Serve = Callable[["Connection"], None]


class Stopped(Exception):
    """The process ended in the middle of its work; `code` is its exit code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class _Ouvrier:
    """A process that runs `serve` on its end of a pipe."""

    def __init__(self, serve: Serve) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()


class Equipe:
    """A worker, a spare once the first work is done, and those who are being stopped."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self._spares = [_Ouvrier(serve)]
        self._at_work: _Ouvrier | None = None
        self._leaving: list[tuple[float, _Ouvrier]] = []

    def start(self, request: Any) -> None:
        """Begin a new work; what is under way is given up."""
        self.abandon()
        self._at_work = self._spares.pop() if self._spares else _Ouvrier(self.serve)
        with suppress(OSError):  # it died in the meantime: `read` says so
            self._at_work.pipe.send(request)

    def abandon(self) -> None:
        """Give up what is under way, if anything is."""
        if self._at_work is not None:
            self._at_work.stop()
            self._leaving.append((time.monotonic(), self._at_work))
            self._at_work = None

    def read(self) -> Iterator[Any]:
        """What the worker has said by now. Raises Stopped where it has ended."""
        try:
            while self._at_work is not None and self._at_work.pipe.poll():
                yield self._at_work.pipe.recv()
        except (EOFError, OSError):
            lost, self._at_work = self._at_work, None
            raise Stopped(_exit_code(lost)) from None

    def rest(self) -> None:
        """The work is done: its worker is ready for the next, and a spare for its place."""
        if self._at_work is not None:
            self._spares.append(self._at_work)
            self._at_work = None
        while len(self._spares) < 2:
            self._spares.insert(0, _Ouvrier(self.serve))

    def tidy(self) -> None:
        """Make those leave who were told to long ago."""
        for told, worker in self._leaving:
            if time.monotonic() - told > PATIENCE:
                worker.process.kill()
        self._leaving = [(t, o) for t, o in self._leaving if o.process.is_alive()]

    def dismiss(self) -> None:
        """End them all, the patient way first."""
        self.abandon()
        everyone = [*self._spares, *(worker for _, worker in self._leaving)]
        for worker in everyone:
            worker.stop()
        deadline = time.monotonic() + PATIENCE
        for worker in everyone:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            worker.process.kill()


def _exit_code(worker: _Ouvrier | None) -> int | None:
    if worker is None:
        return None
    worker.process.join(PATIENCE)
    return worker.process.exitcode
