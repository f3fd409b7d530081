"""Processes that work for us: each can be ended, and none outlives what it works for.

What is laid out may come from anyone, and may never be done, or take all the memory there is.
"""

import os
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any, TypeVar

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.rules import template_rules as rules

T = TypeVar("T")
R = TypeVar("R")

LIMIT = 120  # seconds that a work may take: a booklet takes three
KILLED = -9  # how a process ends from which the system takes its memory back
MEMORY = 4 << 30  # bytes that one may ask for, where the system counts them: a booklet needs 1/10

if sys.platform != "win32":
    _SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """The process ended in the middle of its work: its exit code, None where it took too long."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code

    def explain(self, name: str, position: Position | None = None) -> Diagnostic:
        """Why there is no document of that name."""
        if self.code is None:
            return rules.TOO_LONG_A_WORK.at(position, name=name, limit=LIMIT)
        if self.code == KILLED:
            return rules.OUT_OF_MEMORY.at(position, name=name)
        return rules.LAYOUT_ENDED.at(position, name=name, code=self.code)


class Worker:
    """A process that calls functions of modules, and says what each gives, one by one where it is
    an iterator, or what it raises; `busy` until that is all."""

    def __init__(self) -> None:
        self._process: Any = None
        self._folder = ""
        self._deadline = 0.0
        self.pipe: Any = None
        self.busy = False

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin a new work; what is under way is given up."""
        if self.busy:
            self.stop()
        if self._process is None:
            self._launch()
        self.busy, self._deadline = True, time.monotonic() + LIMIT
        with suppress(OSError):  # it died in the meantime: `read` says so
            self.pipe.send((function, arguments))

    def _launch(self) -> None:
        import tempfile
        from multiprocessing import get_context, resource_tracker

        if sys.platform != "win32":
            resource_tracker.ensure_running()  # started within, it would lift the mask
        context = get_context("spawn")
        with _undisturbed():
            self._folder = tempfile.mkdtemp(prefix="pfmp-")
            self.pipe, theirs = context.Pipe()
            arguments = (theirs, self._folder, os.getcwd())
            self._process = context.Process(target=_live, args=arguments, daemon=True)
            self._process.start()
            theirs.close()

    @property
    def left(self) -> float:
        """The seconds that its work may still take."""
        return max(0, self._deadline - time.monotonic())

    def read(self, seconds: float) -> Iterator[Any]:
        """What it has said, and says within these `seconds`. Raises Stopped where it has ended."""
        if not self.busy or self._process is None:
            time.sleep(seconds)
            return
        try:
            while self.busy and self.pipe.poll(min(seconds, self.left)):
                said = self.pipe.recv()
                self.busy = said is not None
                yield from said or ()
                seconds = 0
        except (EOFError, OSError):
            self._process.join()
            raise Stopped(self.stop()) from None
        if self.busy and not self.left:
            self.stop()
            raise Stopped(None)

    def stop(self) -> int | None:
        """End it, with all that it has in the temporary folder, and give its exit code."""
        process, self._process, self.busy = self._process, None, False
        if process is None:
            return None
        with _undisturbed():
            self.pipe.close()
            process.kill()
            process.join()
            shutil.rmtree(self._folder, ignore_errors=True)
        code: int | None = process.exitcode
        return code


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Begin or end a process in one go; it does not hear Ctrl-C before it knows what to do."""
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live(connection: Any, folder: str, here: str) -> None:
    """What a worker does: Ctrl-C is its parent's to hear, whose end is its own.

    Each thing it says is in a tuple; None says that a work is done.
    """
    import tempfile

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    tempfile.tempdir = folder
    os.chdir(here)
    Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    _limit_memory()
    with suppress(EOFError, OSError):
        while True:
            for said in _answer(*connection.recv()):
                connection.send((said,))
            connection.send(None)


def _answer(function: Callable[..., Any], arguments: Sequence[Any]) -> Iterator[Any]:
    try:
        answer = function(*arguments)
        yield from answer if isinstance(answer, Iterator) else [answer]
    except MemoryError:
        yield Stopped(KILLED)
    except Exception as exception:
        yield exception


def _end_with_parent(folder: str) -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _limit_memory() -> None:
    if sys.platform != "win32":  # it has no limits
        import resource

        with suppress(ValueError, OSError):  # macOS has not this one
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def is_worker() -> bool:
    """Whether this process is one, which starts no others."""
    from multiprocessing import parent_process

    return parent_process() is not None


def call(worker: Worker, function: Callable[..., R], *arguments: Any) -> R:
    """What `function` gives or raises in a worker. Raises Stopped."""
    worker.start(function, *arguments)
    answers: list[Any] = []
    while worker.busy:
        answers += worker.read(worker.left)
    if isinstance(answers[0], Exception):
        raise answers[0]
    result: R = answers[0]
    return result


def map_in_processes(
    function: Callable[[T], R], items: Sequence[T]
) -> Generator[R | InputRefused | Stopped, None, None]:
    """What `function` gives for each, in their order; by as many processes as there
    are processors. What it refuses, and what comes to no end, is given in its place."""
    waiting = deque(range(len(items)))
    done: dict[int, Any] = {}
    ranks = {Worker(): -1 for _ in range(min(len(items), os.cpu_count() or 1))}
    try:
        for rank in range(len(items)):
            while rank not in done:
                for worker in ranks:
                    if waiting and not worker.busy:
                        ranks[worker] = waiting.popleft()
                        worker.start(function, items[ranks[worker]])
                for worker, answer in _hear(list(ranks)):
                    if isinstance(answer, Stopped) and answer.code == KILLED and len(ranks) > 1:
                        waiting.appendleft(ranks.pop(worker))  # the others need less memory
                        worker.stop()
                    else:
                        done[ranks[worker]] = answer
            answer = done.pop(rank)
            if isinstance(answer, Exception) and not isinstance(answer, InputRefused | Stopped):
                raise answer
            yield answer
    finally:
        for worker in ranks:
            worker.stop()


def _hear(workers: Sequence[Worker]) -> Iterator[tuple[Worker, Any]]:
    """Those that say something, or have ended, as soon as there is one."""
    from multiprocessing.connection import wait

    busy = [worker for worker in workers if worker.busy]
    wait([worker.pipe for worker in busy], min(worker.left for worker in busy))
    for worker in busy:
        try:
            for answer in worker.read(0):
                yield worker, answer
        except Stopped as end:
            yield worker, end
