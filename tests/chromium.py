"""Chromium with a window of its own, driven as a hand does: clicks, keys, and what then shows.

It speaks the DevTools protocol. Nothing here sleeps for a while and hopes: what is waited for
is looked for until it is there.
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import ProxyHandler, build_opener

from PIL import Image
from websockets.sync.client import ClientConnection, connect

T = TypeVar("T")

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60  # seconds: a machine that does ten things at once
KEY_OF_A_CHARACTER = 0xE7  # VK_PACKET: whatever the keyboard, this character
WIDTH, HEIGHT = 900, 2500  # two A4 pages under each other, at 96 pixels an inch
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"),
    *("--no-first-run", "--no-default-browser-check", "--hide-scrollbars"),
    *("--force-device-scale-factor=1", f"--window-size={WIDTH},{HEIGHT}"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def find_chromium() -> str | None:
    """The command that starts it; None on a machine without it."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def wait_for(look: Callable[[], T | None], what: str) -> T:
    """What `look` finds, as soon as it finds something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Chromium: no {what} after {PATIENCE} s")


class Window:
    """A window on one address."""

    def __init__(self, link: ClientConnection) -> None:
        self._link, self._calls = link, 0

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command of the protocol; what else it says is passed over."""
        self._calls += 1
        self._link.send(json.dumps({"id": self._calls, "method": method, "params": params}))
        while True:
            said = json.loads(self._link.recv(timeout=PATIENCE))
            if said.get("id") == self._calls:
                assert "error" not in said, said
                return dict(said["result"])

    def evaluate(self, script: str) -> Any:
        """What a script of the page's comes to, awaited."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        said = self.call("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def look(self) -> Image.Image:
        """What shows, in greys."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        return Image.open(io.BytesIO(base64.b64decode(data))).convert("L")

    def click(self, x: float, y: float) -> None:
        where: dict[str, Any] = {"x": x, "y": y}
        self.call("Input.dispatchMouseEvent", type="mouseMoved", **where)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **where)

    def type(self, text: str) -> None:
        for char in text:
            key: dict[str, Any] = {"key": char, "windowsVirtualKeyCode": KEY_OF_A_CHARACTER}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=char, **key)
            self.call("Input.dispatchKeyEvent", type="keyUp", **key)


@contextmanager
def open_window(address: str, profile: Path) -> Iterator[Window]:
    """A window on `address`; Chromium ends with it. `profile` is an empty folder for it."""
    command = find_chromium()
    assert command
    options = (f"--user-data-dir={profile}", "--remote-debugging-port=0")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "HOME": str(profile)}
    with subprocess.Popen(
        [command, *FLAGS, *options, address], env=environment, **quiet
    ) as process:
        try:
            target = _find_target(process, profile)
            with connect(target, max_size=None, proxy=None, open_timeout=PATIENCE) as link:
                yield Window(link)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def _find_target(process: subprocess.Popen[bytes], profile: Path) -> str:
    """The address of the window's own end of the protocol."""
    opener = build_opener(ProxyHandler({}))

    def look() -> str | None:
        assert process.poll() is None, "Chromium ended before it had a window"
        try:
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with opener.open(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE) as answer:
                targets = json.load(answer)
        except (OSError, IndexError):
            return None
        pages = (t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
        return next(pages, None)

    return wait_for(look, "window")
