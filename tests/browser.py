"""What two browsers have in common: a command, a socket of commands, patience, and an end.

Nothing here sleeps for a while and hopes: what is waited for is looked for until it is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from websockets.sync.client import ClientConnection, connect

T = TypeVar("T")

PATIENCE = 60  # seconds: a machine that does ten things at once


def find_command(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def wait_for(look: Callable[[], T | None], what: str) -> T:
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"browser: no {what} after {PATIENCE} s")


class Link:
    """The socket of a browser's protocol: DevTools' and WebDriver BiDi's have one form."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._calls = socket, 0
        self.events: list[str] = []

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command of the protocol; what happened before it is noted."""
        self._calls += 1
        self._socket.send(json.dumps({"id": self._calls, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv(timeout=PATIENCE))
            if said.get("id") == self._calls:
                assert "error" not in said, said
                return dict(said["result"])
            self.events.append(said["method"])


@contextmanager
def run_browser(
    command: list[str], home: Path, find_socket: Callable[[], str | None]
) -> Iterator[ClientConnection]:
    """A browser at home in a folder, and its socket, once it has one; it ends with it."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, "HOME": str(home)}, **quiet) as process:

        def look() -> str | None:
            assert process.poll() is None, "the browser ended before it had a window"
            return find_socket()

        try:
            socket = wait_for(look, "window")
            with connect(socket, max_size=None, proxy=None, open_timeout=PATIENCE) as link:
                yield link
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
