"""Firefox with a window of its own, driven over WebDriver BiDi."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection

from tests.browser import Link, find_command, run_browser

PREFERENCES = {
    "browser.download.folderList": 2,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


def find_firefox() -> str | None:
    """The command that starts it; None on a machine without it."""
    return find_command("firefox-esr", "firefox")


class FirefoxWindow(Link):
    """A window on one address."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__(socket)
        self.call("session.new", capabilities={})
        self._tab = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def go(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self._tab, url=address)

    def _evaluate(self, script: str) -> dict[str, Any]:
        asked = {"expression": script, "target": {"context": self._tab}, "awaitPromise": True}
        said = self.call("script.evaluate", **asked, userActivation=True)
        assert said["type"] == "success", said
        return dict(said["result"])

    def evaluate(self, script: str) -> Any:
        """What an expression of the page's comes to, awaited."""
        said = self._evaluate(f"Promise.resolve({script}).then(JSON.stringify)")
        return json.loads(said.get("value", "null"))

    def give(self, selector: str, *files: Path) -> None:
        node = self._evaluate(f"document.querySelector({selector!r})")["sharedId"]
        names = [str(one) for one in files]
        self.call("input.setFiles", context=self._tab, element={"sharedId": node}, files=names)


@contextmanager
def open_firefox(profile: Path, downloads: Path) -> Iterator[FirefoxWindow]:
    """An empty window; Firefox ends with it. `profile` is a folder for it."""
    command = find_firefox()
    assert command
    profile.mkdir()
    wanted = {**PREFERENCES, "browser.download.dir": str(downloads)}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(wanted[name])});" for name in wanted)
    (profile / "user.js").write_text("\n".join(lines))

    def find_socket() -> str | None:
        try:
            told = json.loads((profile / "WebDriverBiDiServer.json").read_text())
        except (OSError, ValueError):
            return None
        return f"ws://{told['ws_host']}:{told['ws_port']}/session"

    words = ("--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile))
    with run_browser([command, *words], profile, find_socket) as socket:
        yield FirefoxWindow(socket)
