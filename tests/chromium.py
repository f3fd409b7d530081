"""Chromium with a window of its own, driven as a hand does: clicks, keys, and what then shows.

It speaks the DevTools protocol.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

from PIL import Image

from tests.browser import PATIENCE, Link, find_command, run_browser

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    return find_command(*COMMANDS)


class Window(Link):
    """A window on one address."""

    def go(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def evaluate(self, script: str) -> Any:
        """What a script of the page's comes to, awaited."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        said = self.call("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def give(self, selector: str, *files: Path) -> None:
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(one) for one in files])

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
    options = (f"--user-data-dir={profile}", "--remote-debugging-port=0", address)
    with run_browser([command, *FLAGS, *options], profile, lambda: _find_target(profile)) as link:
        yield Window(link)


@contextmanager
def open_chromium(profile: Path, downloads: Path) -> Iterator[Window]:
    """An empty window, whose downloads go to a folder."""
    with open_window("about:blank", profile) as window:
        window.call("Page.enable")
        window.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
        yield window


def _find_target(profile: Path) -> str | None:
    """The address of the window's own end of the protocol."""
    opener = build_opener(ProxyHandler({}))
    try:
        port = (profile / "DevToolsActivePort").read_text().split()[0]
        with opener.open(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE) as answer:
            targets = json.load(answer)
    except (OSError, IndexError):
        return None
    pages = (t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
    return next(pages, None)
